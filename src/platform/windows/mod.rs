//! The Windows twin: access lists in place of modes, reparse points in place of links, the console's end in place of
//! signals. What Windows cannot do, and what takes its place, is in docs/adr/0072-windows.md.

mod list;

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Access, Fault, FileId, Folder};
use list::{Kind, Whose};

/// Open the link itself, never what it leads to.
const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
/// Without it no folder can be opened.
const BACKUP_SEMANTICS: u32 = 0x0200_0000;
/// Somebody else may read it, and write where they have the lock; nobody may move or remove it while it is open.
const NOT_AWAY: u32 = 0x1 | 0x2;
const GENERIC_READ: u32 = 0x8000_0000;
const GENERIC_WRITE: u32 = 0x4000_0000;
/// To set an access list.
const WRITE_DAC: u32 = 0x0004_0000;
/// Of what is a link, a folder mounted elsewhere, or kept by another program such as a cloud drive.
const REPARSE_POINT: u32 = 0x400;

/// Nothing: a file takes its access list from its folder, and whether a crash leaves a copy of the memory is the
/// machine's setting, off unless somebody has turned it on.
pub(super) fn prepare() -> io::Result<()> {
    Ok(())
}

pub(super) fn private_folder(path: &Path) -> Result<Folder, Fault> {
    match open_folder(path, GENERIC_READ) {
        Ok(found) => narrow(path, &found),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
            if let Some(above) = path.parent() {
                std::fs::create_dir_all(above)?;
            }
            std::fs::create_dir(path)?;
            tighten(path)?;
            Ok(Folder::Made)
        }
        Err(other) => Err(other.into()),
    }
}

fn narrow(path: &Path, found: &File) -> Result<Folder, Fault> {
    let shown = path.display();
    let about = found.metadata()?;
    if about.file_attributes() & REPARSE_POINT != 0 || !about.is_dir() {
        let what = if about.file_attributes() & REPARSE_POINT != 0 { "a link" } else { "no folder" };
        return Err(Fault::NotPrivate(format!("{shown} is {what}. Nothing was touched. Name the folder itself.")));
    }
    match list::whose(found)? {
        Whose::Mine => Ok(Folder::Private),
        Whose::Theirs => Err(theirs(path)),
        Whose::Wide if std::fs::read_dir(path)?.next().is_some() => Err(wide(path, "(OI)(CI)")),
        Whose::Wide => {
            tighten(path)?;
            Ok(Folder::Tightened)
        }
    }
}

/// Sets the list, and looks whether the disk keeps one.
fn tighten(path: &Path) -> Result<(), Fault> {
    let mut folder = open_folder(path, GENERIC_READ | WRITE_DAC)?;
    list::close_to_others(&mut folder, Kind::Folder)?;
    kept(path, &folder)
}

fn kept(path: &Path, file: &File) -> Result<(), Fault> {
    if list::whose(file)? == Whose::Mine {
        return Ok(());
    }
    let shown = path.display();
    Err(Fault::NotPrivate(format!(
        "The disk of {shown} cannot keep others out. Nothing was written there. Name a folder on the computer's own disk."
    )))
}

fn theirs(path: &Path) -> Fault {
    Fault::NotPrivate(format!("{} is somebody else's. Nothing was touched. Name one of your own.", path.display()))
}

fn wide(path: &Path, within: &str) -> Fault {
    let shown = path.display();
    Fault::NotPrivate(format!(
        "Others on this machine can look into {shown}. Nothing was touched. Close it to them first: \
         icacls \"{shown}\" /inheritance:r /grant:r \"%USERNAME%\":{within}F"
    ))
}

fn open_folder(path: &Path, access: u32) -> io::Result<File> {
    OpenOptions::new().access_mode(access).custom_flags(BACKUP_SEMANTICS | OPEN_REPARSE_POINT).open(path)
}

pub(super) fn create_private(path: &Path) -> Result<File, Fault> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).access_mode(GENERIC_READ | GENERIC_WRITE | WRITE_DAC);
    let mut file = options.share_mode(NOT_AWAY).custom_flags(OPEN_REPARSE_POINT).open(path)?;
    // Before its first byte.
    list::close_to_others(&mut file, Kind::File)?;
    kept(path, &file)?;
    Ok(file)
}

pub(super) fn open_private(path: &Path, access: Access) -> Result<File, Fault> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(OPEN_REPARSE_POINT);
    if access == Access::Write {
        options.write(true).share_mode(NOT_AWAY);
    }
    let file = options.open(path)?;
    let shown = path.display();
    let found = file.metadata()?;
    if found.file_attributes() & REPARSE_POINT != 0 {
        return Err(Fault::NotPrivate(format!("{shown} is a link. Nothing was touched. Put the file itself there.")));
    }
    if !found.is_file() {
        return Err(Fault::NotPrivate(format!("{shown} is no plain file. Nothing was touched. Name a file.")));
    }
    match list::whose(&file)? {
        Whose::Mine => Ok(file),
        Whose::Theirs => Err(theirs(path)),
        Whose::Wide => Err(wide(path, "")),
    }
}

/// NTFS writes names through its own log, in order. Where the system lets a folder be flushed, that log is on disk
/// afterwards; where it does not, [`rename_new`] has flushed the file under its new name, and so the log before it.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    match open_folder(here, GENERIC_READ | GENERIC_WRITE).and_then(|folder| folder.sync_all()) {
        Err(fault) if cannot(&fault) => Ok(()),
        other => other,
    }
}

/// The system does not do this with a folder; that the folder is gone, or the disk fails, is something else.
fn cannot(fault: &io::Error) -> bool {
    /// `ERROR_INVALID_FUNCTION`, `ERROR_ACCESS_DENIED`, `ERROR_INVALID_HANDLE`, `ERROR_NOT_SUPPORTED`.
    const REFUSED: [i32; 4] = [1, 5, 6, 50];
    fault.raw_os_error().is_some_and(|code| REFUSED.contains(&code))
}

/// By a second name, since every rename that the standard library knows on Windows replaces what is there.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::hard_link(from, to)?;
    std::fs::remove_file(from)?;
    OpenOptions::new().read(true).write(true).custom_flags(OPEN_REPARSE_POINT).open(to)?.sync_all()
}

pub(super) fn listen(asked: &Arc<AtomicBool>) -> io::Result<()> {
    let asked = Arc::clone(asked);
    on_stop(move || asked.store(true, Ordering::Relaxed))
}

/// Ctrl-C, Ctrl-Break, the window's cross, signing off, shutting down. After the last three Windows waits for nobody:
/// what was acknowledged is on disk, and the next start says that the book was not closed.
pub(super) fn on_stop(tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
    waiting().push(Box::new(tell));
    let told = || {
        let all = std::mem::take(&mut *waiting());
        all.into_iter().for_each(|tell| tell());
    };
    match ctrlc::try_set_handler(told) {
        // Set by an earlier call of this same function: one handler tells all.
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(()),
        Err(ctrlc::Error::System(fault)) => Err(fault),
        Err(other) => Err(io::Error::other(other)),
    }
}

type Tell = Box<dyn FnOnce() + Send>;

/// Who is to be told.
fn waiting() -> MutexGuard<'static, Vec<Tell>> {
    static WAITING: Mutex<Vec<Tell>> = Mutex::new(Vec::new());
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The standard library does not give a file's number here: that another file lies in its place is not seen.
pub(super) fn id(_found: &Metadata) -> Option<FileId> {
    None
}

/// There is no such advice here.
pub(super) fn uncache(_file: &File) {}

/// The console's own way of it wants unsafe code: a file or an open file gives the passphrase here.
pub(super) fn ask_hidden(_prompt: &str) -> io::Result<zeroize::Zeroizing<String>> {
    Err(io::ErrorKind::Unsupported.into())
}

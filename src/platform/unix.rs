//! The Unix twin: modes, owners, links, signals.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::fs::{Mode, OFlags, RenameFlags};
use rustix::process::{Resource, Rlimit};

use super::{Access, Fault, FileId, Folder};

/// What others may do, in a mode.
const OTHERS: u32 = 0o077;

pub(super) fn prepare() -> io::Result<()> {
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    // Nor may another program of the same user look into its memory, or stop it with a debugger.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

pub(super) fn private_folder(path: &Path) -> Result<Folder, Fault> {
    match std::fs::symlink_metadata(path) {
        Ok(found) => narrow(path, &found),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
            DirBuilder::new().recursive(true).mode(0o700).create(path)?;
            // A umask could only have made it narrower; the mode is set again for one that leaves too little.
            std::fs::set_permissions(path, Permissions::from_mode(0o700))?;
            if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
                sync_folder(above)?;
            }
            Ok(Folder::Made)
        }
        Err(other) => Err(other.into()),
    }
}

fn narrow(path: &Path, found: &Metadata) -> Result<Folder, Fault> {
    let shown = path.display();
    if !found.is_dir() {
        let what = if found.is_symlink() { "a link" } else { "no folder" };
        return Err(Fault::NotPrivate(format!("{shown} is {what}. Nothing was touched. Name the folder itself.")));
    }
    mine(path, found)?;
    if found.mode() & OTHERS == 0 {
        return Ok(Folder::Private);
    }
    if std::fs::read_dir(path)?.next().is_some() {
        return Err(wide(path, "700"));
    }
    std::fs::set_permissions(path, Permissions::from_mode(0o700))?;
    Ok(Folder::Tightened)
}

fn mine(path: &Path, found: &Metadata) -> Result<(), Fault> {
    if found.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(Fault::NotPrivate(format!("{} is somebody else's. Nothing was touched. Name one of your own.", path.display())))
}

fn wide(path: &Path, mode: &str) -> Fault {
    let shown = path.display();
    Fault::NotPrivate(format!(
        "Others on this machine can look into {shown}. Nothing was touched. Close it to them first: chmod {mode} {shown}"
    ))
}

pub(super) fn create_private(path: &Path) -> Result<File, Fault> {
    Ok(OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).custom_flags(no_follow()).open(path)?)
}

pub(super) fn open_private(path: &Path, access: Access) -> Result<File, Fault> {
    let mut options = OpenOptions::new();
    // Without blocking: a pipe in the file's place must not hold the program up.
    options.read(true).write(access == Access::Write).custom_flags(no_follow() | flag(OFlags::NONBLOCK));
    let file = match options.open(path) {
        Err(fault) if fault.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            let shown = path.display();
            return Err(Fault::NotPrivate(format!(
                "{shown} is a link. Nothing was touched. Put the file itself there."
            )));
        }
        other => other?,
    };
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(Fault::NotPrivate(format!(
            "{} is no plain file. Nothing was touched. Name a file.",
            path.display()
        )));
    }
    mine(path, &found)?;
    if found.mode() & OTHERS != 0 {
        return Err(wide(path, "600"));
    }
    Ok(file)
}

fn no_follow() -> i32 {
    flag(OFlags::NOFOLLOW) | flag(OFlags::CLOEXEC)
}

fn flag(flag: OFlags) -> i32 {
    i32::try_from(flag.bits()).expect("open flags are small")
}

pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(here)?.sync_all()
}

pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::io::Errno;
    let here = rustix::fs::CWD;
    match rustix::fs::renameat_with(here, from, here, to, RenameFlags::NOREPLACE) {
        // A file system that cannot say "only if new": a name of its own does not replace either.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            std::fs::hard_link(from, to)?;
            std::fs::remove_file(from)
        }
        other => Ok(other?),
    }
}

#[allow(clippy::unnecessary_wraps, reason = "its twin cannot say")]
pub(super) fn id(found: &Metadata) -> Option<FileId> {
    Some(FileId { device: found.dev(), number: found.ino() })
}

pub(super) fn ask_hidden(prompt: &str) -> io::Result<zeroize::Zeroizing<String>> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    use std::io::{Read, Write};
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let before = tcgetattr(&terminal)?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &hidden)?;
    let mut typed = zeroize::Zeroizing::new(String::with_capacity(1025));
    let read = terminal.write_all(prompt.as_bytes()).and_then(|()| {
        let mut byte = [0];
        let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(1025));
        while bytes.len() < 1024 && terminal.read(&mut byte)? == 1 && byte != *b"\n" {
            bytes.extend(byte);
        }
        typed.push_str(&String::from_utf8_lossy(&bytes));
        terminal.write_all(b"\n")
    });
    tcsetattr(&terminal, OptionalActions::Flush, &before)?;
    read.map(|()| typed)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub(super) fn uncache(file: &File) {
    // It is advice: whether it was taken cannot be told.
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
pub(super) fn uncache(_file: &File) {}

pub(super) fn listen(asked: &Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    for signal in [SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(asked))?;
    }
    Ok(())
}

pub(super) fn on_stop(tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    let wait = move || {
        if signals.forever().next().is_some() {
            tell();
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait)?;
    Ok(())
}

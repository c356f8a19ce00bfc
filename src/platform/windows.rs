//! The Windows twin: a folder of the user's profile is private as it is made; links are looked for before opening.
//!
//! Windows has no modes: a new file takes the access list of its folder, and a profile's folder is its owner's. What
//! cannot be asked for here (a folder's sync, signals) is left out, and said where it is.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Access, Fault, FileId, Folder};

pub(super) fn prepare() -> io::Result<()> {
    Ok(())
}

pub(super) fn private_folder(path: &Path) -> Result<Folder, Fault> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(Folder::Private),
        Ok(_) => Err(Fault::NotPrivate(format!(
            "{} is a link or no folder. Nothing was touched. Name the folder itself.",
            path.display()
        ))),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
            std::fs::create_dir_all(path)?;
            Ok(Folder::Made)
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) fn create_private(path: &Path) -> Result<File, Fault> {
    Ok(OpenOptions::new().read(true).write(true).create_new(true).open(path)?)
}

pub(super) fn open_private(path: &Path, access: Access) -> Result<File, Fault> {
    if !std::fs::symlink_metadata(path)?.is_file() {
        let shown = path.display();
        return Err(Fault::NotPrivate(format!("{shown} is a link or no plain file. Nothing was touched.")));
    }
    Ok(OpenOptions::new().read(true).write(access == Access::Write).open(path)?)
}

/// NTFS writes names through its own log; there is no call to wait for it.
pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::hard_link(from, to)?;
    std::fs::remove_file(from)
}

/// The standard library does not give a file's number here: that another file lies in its place is not seen.
pub(super) fn id(_found: &Metadata) -> Option<FileId> {
    None
}

/// There is no such advice here.
pub(super) fn uncache(_file: &File) {}

/// Windows has no signals: closing the window ends the program, and what was on disk is on disk.
pub(super) fn listen(_asked: &Arc<AtomicBool>) -> io::Result<()> {
    Ok(())
}

/// Likewise.
pub(super) fn on_stop(_tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
    Ok(())
}

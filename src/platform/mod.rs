//! What differs by system, a twin each for Unix and Windows: private folders and files, syncing a folder, signals.
//!
//! Private means: of the one who runs Doorbook, and of nobody else. A file is opened without following a link.

pub mod health;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What can go wrong with a folder or a file, by what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Others could read or change it: the sentence says which, and the cure.
    #[error("{0}")]
    NotPrivate(String),
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What became of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// It was private already.
    Private,
    /// It was made.
    Made,
    /// It was empty, and others could look into it: now they cannot. Say so.
    Tightened,
}

/// Once, before anything else: what this program makes is its owner's alone, a crash leaves no copy of its memory, and on
/// Linux no other program of the same user looks into it.
///
/// # Errors
/// The system refused it.
pub fn prepare() -> io::Result<()> {
    system::prepare()
}

/// Makes a folder private, or finds it so. An empty one that is too wide is made narrower; one with something in it is
/// refused, since it may be shared on purpose.
///
/// # Errors
/// [`Fault::NotPrivate`]: it is a link, it is somebody else's, or it is too wide.
pub fn private_folder(path: &Path) -> Result<Folder, Fault> {
    system::private_folder(path)
}

/// A new private file; it must not be there yet.
///
/// # Errors
/// [`Fault::Io`], with `AlreadyExists` if there is one.
pub fn create_private(path: &Path) -> Result<File, Fault> {
    system::create_private(path)
}

/// An existing private file, to read and to write.
///
/// # Errors
/// [`Fault::NotPrivate`]: it is a link, no plain file, or too wide.
pub fn open_private(path: &Path) -> Result<File, Fault> {
    system::open_private(path, Access::Write)
}

/// An existing private file, to read only.
///
/// # Errors
/// As [`open_private`].
pub fn read_private(path: &Path) -> Result<File, Fault> {
    system::open_private(path, Access::Read)
}

/// Makes a rename or a new name in this folder outlast a power cut.
///
/// # Errors
/// The disk failed.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    system::sync_folder(path)
}

/// Renames, and never over something that is there.
///
/// # Errors
/// `AlreadyExists` if there is something.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    system::rename_new(from, to)
}

/// Which file something is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId {
    /// The file system that it lies on.
    pub device: u64,
    /// Its number there.
    pub number: u64,
}

/// Which file this is; `None` where the system cannot say so.
///
/// # Errors
/// The system refused.
pub fn id_of(file: &File) -> io::Result<Option<FileId>> {
    Ok(system::id(&file.metadata()?))
}

/// Which file this name stands for, no link followed; `None` where the system cannot say so.
///
/// # Errors
/// There is none.
pub fn id_at(path: &Path) -> io::Result<Option<FileId>> {
    Ok(system::id(&path.symlink_metadata()?))
}

/// Asks the system to let go what it holds of a file in memory, so that what is read next comes from the disk. It may
/// decline; what it has not written yet it keeps, and writes.
pub fn uncache(file: &File) {
    system::uncache(file);
}

/// Asks somebody at the terminal for a line that is not shown while it is typed.
///
/// # Errors
/// There is no terminal.
pub fn ask_hidden(prompt: &str) -> io::Result<zeroize::Zeroizing<String>> {
    system::ask_hidden(prompt)
}

/// Has the system asked this program to end? Shutting down, closing the terminal's window.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on.
    ///
    /// # Errors
    /// The system refused.
    pub fn listen() -> io::Result<Self> {
        let stop = Self::default();
        system::listen(&stop.0)?;
        Ok(stop)
    }

    /// It has.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Calls this, once, when the system asks the program to end; it waits on a thread of its own, and wakes for nothing
/// else.
///
/// # Errors
/// The system refused.
pub fn on_stop(tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
    system::on_stop(tell)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

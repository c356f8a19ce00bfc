//! What a redb file asks of the file system: the seam at which a test records or fails it, and the real one.
//!
//! Nothing here knows what is in a file: whatever else is kept in a redb file is made, opened and put in place through
//! this as well.

use std::fmt::Debug;
use std::fs::File;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{BackendError, StorageBackend};

use crate::platform::{self, FileId};

/// The bytes by whose locks redb 4.5 tells that a writer is alive, in every one of its modes. They lie far beyond the
/// end of a file (redb, docs/design.md, "Lock bytes").
const WRITER: (Bound<u64>, Bound<u64>) = (Bound::Included(1 << 62), Bound::Included((1 << 62) + 1));

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To be read only.
    Read,
    /// To be read and written.
    Write,
}

/// An open file: its bytes, and which file it is, where the system can say so.
#[derive(Debug)]
pub struct OpenFile {
    /// Its bytes and its locks.
    pub bytes: Box<dyn StorageBackend>,
    /// Which file it is: the name may come to stand for another one.
    pub id: Option<FileId>,
}

/// A file system. All files are private, and no link is followed.
pub trait Disk: Debug + Send + Sync {
    /// Is there anything of this name, if only a link?
    fn is_there(&self, path: &Path) -> bool;

    /// A new, empty, private file.
    ///
    /// # Errors
    /// `AlreadyExists` if there is one; the disk failed.
    fn create(&self, path: &Path) -> Result<OpenFile, platform::Fault>;

    /// A private file that is there.
    ///
    /// # Errors
    /// It is none, or not private; the disk failed.
    fn open(&self, path: &Path, access: Access) -> Result<OpenFile, platform::Fault>;

    /// Which file this name stands for now, where the system can say so.
    ///
    /// # Errors
    /// There is none.
    fn id(&self, path: &Path) -> io::Result<Option<FileId>>;

    /// Makes all of a closed file outlast a power cut.
    ///
    /// # Errors
    /// The disk failed.
    fn sync(&self, path: &Path) -> Result<(), platform::Fault>;

    /// Renames, and never over something that is there.
    ///
    /// # Errors
    /// `AlreadyExists` if there is something; the disk failed.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames, and over what is there: the old one or the new one has the name at every moment.
    ///
    /// # Errors
    /// The disk failed.
    fn rename_over(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names of a folder outlast a power cut.
    ///
    /// # Errors
    /// The disk failed.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// The disk failed.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// The files of a folder whose names begin so; none where it cannot be read.
    fn names(&self, folder: &Path, beginning: &str) -> Vec<PathBuf>;

    /// Can parts of its files be locked, so that others may read a file while one writes it?
    fn shares(&self) -> bool;

    /// Lets go what the system holds of a file in memory, so that what is read next comes from the disk. A file whose
    /// sync failed may read as if it had not.
    fn uncache(&self, path: &Path);

    /// Has somebody this file open for writing? Asked without taking a lock, so that nobody is kept out by the question.
    ///
    /// # Errors
    /// It cannot be opened or asked.
    fn is_written(&self, path: &Path) -> Result<bool, platform::Fault>;
}

/// The real one.
#[derive(Debug, Clone, Copy)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn is_there(&self, path: &Path) -> bool {
        path.symlink_metadata().is_ok()
    }

    fn create(&self, path: &Path) -> Result<OpenFile, platform::Fault> {
        Ok(of(platform::create_private(path)?)?)
    }

    fn open(&self, path: &Path, access: Access) -> Result<OpenFile, platform::Fault> {
        Ok(of(open(path, access)?)?)
    }

    fn id(&self, path: &Path) -> io::Result<Option<FileId>> {
        platform::id_at(path)
    }

    fn sync(&self, path: &Path) -> Result<(), platform::Fault> {
        Ok(platform::open_private(path)?.sync_all()?)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        platform::rename_new(from, to)
    }

    fn rename_over(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        platform::sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn names(&self, folder: &Path, beginning: &str) -> Vec<PathBuf> {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let Ok(entries) = here.read_dir() else { return Vec::new() };
        let named = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(beginning));
        named.map(|entry| entry.path()).collect()
    }

    fn shares(&self) -> bool {
        cfg!(any(target_os = "linux", target_vendor = "apple", windows))
    }

    fn uncache(&self, path: &Path) {
        if let Ok(file) = platform::read_private(path) {
            platform::uncache(&file);
        }
    }

    fn is_written(&self, path: &Path) -> Result<bool, platform::Fault> {
        let bytes = of(open(path, Access::Write)?)?.bytes;
        match bytes.query_lock_range(WRITER.0, WRITER.1) {
            Ok(written) => Ok(written),
            // Where no part of a file can be locked, redb locks all of it.
            Err(BackendError::Unsupported) => Ok(open(path, Access::Write)?.try_lock().is_err()),
            Err(fault) => Err(io::Error::other(fault.to_string()).into()),
        }
    }
}

fn open(path: &Path, access: Access) -> Result<File, platform::Fault> {
    match access {
        Access::Read => platform::read_private(path),
        Access::Write => platform::open_private(path),
    }
}

fn of(file: File) -> io::Result<OpenFile> {
    let id = platform::id_of(&file)?;
    let bytes = FileBackend::new(file).map_err(|fault| io::Error::other(fault.to_string()))?;
    Ok(OpenFile { bytes: Box::new(bytes), id })
}

/// A file's bytes as redb takes them. The locks are passed on: without them two writers could have one file.
#[derive(Debug)]
pub(in crate::journal) struct Bytes(pub(in crate::journal) Box<dyn StorageBackend>);

impl StorageBackend for Bytes {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.0.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.query_lock_range(start, end)
    }
}

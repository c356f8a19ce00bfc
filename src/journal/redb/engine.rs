//! The engine: opening, closing, checking it; its errors and its panics told as faults.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use redb::{Builder, ConcurrencyMode, Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, StorageError};

use super::super::fault::{Fault, of_io};
use super::super::kept::RegisterId;
use super::disk::{Access, Bytes, Disk, OpenFile};
use super::tables;
use crate::platform::FileId;

/// Bytes of pages that a desk keeps: more only stays resident after the check of every page (docs/PERFORMANCE.md).
pub(super) const DESK: usize = 5 << 17;
/// The same for an import, which puts rows into many pages.
pub(super) const IMPORT: usize = 8 << 20;

/// An open file, and which one it is.
pub(super) struct Engine {
    open: Open,
    pub(super) id: Option<FileId>,
}

enum Open {
    Write(Database),
    Read(ReadOnlyDatabase),
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self.open, Open::Write(_)) { "Write" } else { "Read" })
    }
}

impl Engine {
    /// Opens what is there.
    pub(super) fn open(disk: &dyn Disk, path: &Path, access: Access, cache: usize) -> Result<Self, Fault> {
        if access == Access::Read {
            return match Self::attempt(disk, path, access, cache) {
                // Somebody is about to open it for writing, or to put it right: that one is at work, not gone.
                Err(Fault::NotClosed) if disk.is_written(path).unwrap_or(false) => Err(Fault::InUse),
                other => other,
            };
        }
        if matches!(Self::attempt(disk, path, Access::Read, cache), Err(Fault::NotClosed)) {
            // A disk that failed may have left in memory what it could not write: what is judged now must be on it.
            disk.uncache(path);
        }
        Self::attempt(disk, path, access, cache)
    }

    fn attempt(disk: &dyn Disk, path: &Path, access: Access, cache: usize) -> Result<Self, Fault> {
        let OpenFile { bytes, id } = disk.open(path, access)?;
        if bytes.len().map_err(of_io)? == 0 {
            return Err(Fault::Damaged("its file is empty".to_owned()));
        }
        let (builder, bytes) = (builder(disk, cache), Bytes(bytes));
        let open: Result<Open, Fault> = caught(|| {
            Ok(match access {
                Access::Read => Open::Read(builder.open_read_only_with_backend(bytes).map_err(told)?),
                Access::Write => Open::Write(builder.create_with_backend(bytes).map_err(told)?),
            })
        })?;
        Ok(Self { open: open?, id })
    }

    /// Makes the tables in a new, empty file, in one commit.
    pub(super) fn make(disk: &dyn Disk, path: &Path, register: RegisterId) -> Result<Self, Fault> {
        let OpenFile { bytes, id } = disk.create(path)?;
        let database = caught(|| builder(disk, IMPORT).create_with_backend(Bytes(bytes)).map_err(told))??;
        tables::make(&database, register)?;
        Ok(Self { open: Open::Write(database), id })
    }

    /// The file is whole on disk and its lock is free.
    pub(super) fn close(self) -> Result<(), Fault> {
        match self.open {
            Open::Write(database) => database.close().map_err(told),
            Open::Read(database) => database.close().map_err(told),
        }
    }

    /// Reads in one snapshot.
    pub(super) fn read<T>(&self, read: impl FnOnce(&ReadTransaction) -> Result<T, Fault>) -> Result<T, Fault> {
        let tx = match &self.open {
            Open::Write(database) => database.begin_read(),
            Open::Read(database) => database.begin_read(),
        };
        read(&tx.map_err(told)?)
    }

    /// The database, if it may be written to.
    pub(super) fn writing(&self) -> Result<&Database, Fault> {
        if let Open::Write(database) = &self.open { Ok(database) } else { Err(Fault::ReadOnly) }
    }

    /// The engine's check of every page. It needs the right to write.
    pub(super) fn check(&mut self) -> Result<(), Fault> {
        match &mut self.open {
            Open::Read(_) => Ok(()),
            Open::Write(database) => {
                if database.check_integrity().map_err(told)? {
                    return Ok(());
                }
                Err(Fault::Damaged("its pages did not agree and were put right; compare it with a copy".to_owned()))
            }
        }
    }
}

fn builder(disk: &dyn Disk, cache: usize) -> Builder {
    let mode = if disk.shares() { ConcurrencyMode::SingleWriter } else { ConcurrencyMode::ExclusiveWriter };
    let mut builder = Builder::new();
    builder.set_cache_size(cache).set_check_integrity_on_open(true).set_concurrency_mode(mode);
    builder
}

/// An error of the engine, by what to do about it.
pub fn told(error: impl Into<redb::Error>) -> Fault {
    use redb::Error as E;
    match error.into() {
        E::DatabaseAlreadyOpen | E::LockProtocolMismatch => Fault::InUse,
        E::RepairAborted => Fault::NotClosed,
        E::UpgradeRequired(version) => Fault::TooNew(version),
        E::Io(io) => of_io(io),
        E::Corrupted(what) => Fault::Damaged(what),
        E::TableDoesNotExist(_) | E::TableIsMultimap(_) | E::TableIsNotMultimap(_) | E::LockPoisoned(_) => {
            Fault::Damaged("its tables are not those of a register".to_owned())
        }
        table @ (E::TableTypeMismatch { .. } | E::TypeDefinitionChanged { .. }) => Fault::Damaged(table.to_string()),
        other => Fault::Device(other.to_string()),
    }
}

/// An error while reading or writing a table.
pub fn stored(error: StorageError) -> Fault {
    told(error)
}

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Is this thread inside the engine, where a panic is caught and told as damage? A panic hook asks, and stays quiet.
pub fn catching() -> bool {
    CATCHING.get()
}

/// The same for work that may fail by itself.
pub fn within<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    caught(work)?
}

/// Runs the engine; its panic, which damaged pages can bring about, is damage.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    let before = CATCHING.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(before);
    done.map_err(|_| Fault::Damaged("its pages cannot be read".to_owned()))
}

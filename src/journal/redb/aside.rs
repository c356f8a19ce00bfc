//! A look aside: the engine works on the file as on its own, and what it writes stays in memory.
//!
//! So its check of every page, and its putting right of a file that was not closed, can be had of a file that must not
//! be written to: one that is damaged, or lies on a disk that is read only. No copy of it is left anywhere.

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::backends::FileBackend;
use redb::{Builder, Database, ReadTransaction, ReadableDatabase, StorageBackend};

use super::super::Journal;
use super::super::fault::{Abandon, AppendFault, Fault, of_io};
use super::super::kept::{EntryId, Head, Kept, Row, Seq, Which};
use super::super::watch::{Bell, Watch};
use super::engine::{caught, told};
use super::tables;
use crate::platform;

/// What is kept in memory of the file, at a time.
const BLOCK: u64 = 4096;
/// More only stays resident after a scan.
const CACHE: usize = 4 << 20;

/// What the engine checks before it is asked anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// Every page: one that is not as it was written is damage.
    Checked,
    /// None: whoever reads holds every row against its own link.
    Trusted,
}

/// A journal to be read, whatever state its file is in; the file is not written to.
pub struct Aside {
    database: Option<Database>,
}

impl std::fmt::Debug for Aside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aside").finish_non_exhaustive()
    }
}

impl Aside {
    /// Opens one.
    ///
    /// # Errors
    /// [`Fault::InUse`] while somebody else writes to it, and the rest, by what to do.
    pub fn open(path: &Path, pages: Pages) -> Result<Self, Fault> {
        let file = platform::read_private(path)?;
        let len = file.metadata().map_err(of_io)?.len();
        if len == 0 {
            return Err(Fault::Damaged("its file is empty".to_owned()));
        }
        let opened = caught(|| {
            let file = FileBackend::new(file).map_err(told)?;
            // Shared by all who only read. A system without such locks says so, and goes on.
            if matches!(file.try_lock_shared_range(Bound::Unbounded, Bound::Unbounded), Ok(false)) {
                return Err(Fault::InUse);
            }
            let beside = Beside { file, over: Mutex::new(Over { len, base: len, blocks: BTreeMap::new() }) };
            let mut builder = Builder::new();
            builder.set_cache_size(CACHE).set_check_integrity_on_open(pages == Pages::Checked);
            builder.create_with_backend(beside).map_err(told)
        });
        let mut aside = Self { database: Some(opened.unwrap_or_else(Err)?) };
        aside.head()?;
        Ok(aside)
    }

    fn read_in<T>(&self, read: impl FnOnce(&ReadTransaction) -> Result<T, Fault>) -> Result<T, Fault> {
        let Some(database) = &self.database else { return Err(Fault::Missing) };
        caught(|| read(&database.begin_read().map_err(told)?)).unwrap_or_else(Err)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let database = self.database.take();
        // What closing it says is of the memory that is let go.
        let _ = caught(|| drop(database));
    }
}

impl Journal for Aside {
    fn head(&mut self) -> Result<Head, Fault> {
        self.read_in(tables::head)
    }

    fn append(
        &mut self,
        _expected: &Head,
        _rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        Err(Fault::ReadOnly.into())
    }

    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
        self.read_in(|tx| tables::read(tx, which, after, limit))
    }

    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
        self.read_in(|tx| tables::find(tx, id))
    }

    fn forget(&mut self, _bodies: &[Seq]) -> Result<(), Fault> {
        Err(Fault::ReadOnly)
    }

    fn check(&mut self) -> Result<(), Fault> {
        self.read_in(tables::counts)
    }

    fn astray(&mut self, rows: &[Kept]) -> Result<Option<Seq>, Fault> {
        self.read_in(|tx| tables::astray(tx, rows))
    }

    fn tags(&mut self) -> Result<Option<u64>, Fault> {
        self.read_in(|tx| tables::tags(tx).map(Some))
    }

    fn watcher(&mut self) -> Box<dyn Watch> {
        Bell::default().listen()
    }
}

/// A file under what was written beside it.
#[derive(Debug)]
struct Beside {
    file: FileBackend,
    over: Mutex<Over>,
}

#[derive(Debug)]
struct Over {
    len: u64,
    /// As far as the file itself still shows through.
    base: u64,
    blocks: BTreeMap<u64, Vec<u8>>,
}

impl Beside {
    fn over(&self) -> MutexGuard<'_, Over> {
        self.over.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the file shows there, and nothing beyond it.
    fn under(&self, base: u64, offset: u64, out: &mut [u8]) -> io::Result<()> {
        out.fill(0);
        let many = usize::try_from(base.saturating_sub(offset)).unwrap_or(usize::MAX).min(out.len());
        match out.get_mut(..many) {
            Some(part) if !part.is_empty() => self.file.read(offset, part),
            _ => Ok(()),
        }
    }
}

/// The part of `at .. at + many` that lies in a block: where in the block, where in the part, how much.
fn overlap(block: u64, at: u64, many: usize) -> (usize, usize, usize) {
    let from = block * BLOCK;
    let many = u64::try_from(many).unwrap_or(u64::MAX);
    let (first, last) = (from.max(at), (from + BLOCK).min(at.saturating_add(many)));
    let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    (size(first.saturating_sub(from)), size(first.saturating_sub(at)), size(last.saturating_sub(first)))
}

impl StorageBackend for Beside {
    fn len(&self) -> Result<u64, io::Error> {
        Ok(self.over().len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let over = self.over();
        let many = u64::try_from(out.len()).unwrap_or(u64::MAX);
        if offset.checked_add(many).is_none_or(|end| end > over.len) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if many == 0 {
            return Ok(());
        }
        self.under(over.base, offset, out)?;
        let len = out.len();
        for (block, bytes) in over.blocks.range(offset / BLOCK..=(offset + many - 1) / BLOCK) {
            let (within, at, size) = overlap(*block, offset, len);
            if let (Some(to), Some(from)) = (out.get_mut(at..at + size), bytes.get(within..within + size)) {
                to.copy_from_slice(from);
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        let mut over = self.over();
        over.len = len;
        over.base = over.base.min(len);
        over.blocks.retain(|block, _| block * BLOCK < len);
        if let Some(mut last) = over.blocks.last_entry().filter(|last| (last.key() + 1) * BLOCK > len) {
            let keep = usize::try_from(len % BLOCK).unwrap_or(0);
            last.get_mut().iter_mut().skip(keep).for_each(|byte| *byte = 0);
        }
        Ok(())
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        let mut over = self.over();
        let many = u64::try_from(data.len()).unwrap_or(u64::MAX);
        let end = offset.checked_add(many).ok_or(io::ErrorKind::InvalidInput)?;
        over.len = over.len.max(end);
        if many == 0 {
            return Ok(());
        }
        for block in offset / BLOCK..=(end - 1) / BLOCK {
            if !over.blocks.contains_key(&block) {
                let mut bytes = vec![0; usize::try_from(BLOCK).unwrap_or(0)];
                self.under(over.base, block * BLOCK, &mut bytes)?;
                over.blocks.insert(block, bytes);
            }
            let (within, at, size) = overlap(block, offset, data.len());
            let to = over.blocks.get_mut(&block).and_then(|bytes| bytes.get_mut(within..within + size));
            if let (Some(to), Some(from)) = (to, data.get(at..at + size)) {
                to.copy_from_slice(from);
            }
        }
        Ok(())
    }

    fn close(&self) -> Result<(), io::Error> {
        self.file.close()
    }
}

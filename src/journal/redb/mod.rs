//! A journal on disk: one redb file, every append one transaction in two phases.
//!
//! A file arrives whole: it is made under a temporary name, filled, closed, synced, renamed. It is opened by its
//! engine's full check and nothing is written before that has passed. Where the disk fails or the engine panics the
//! file is let go, and the next call opens it again, with the check.

mod aside;
mod disk;
mod engine;
mod rows;
mod scan;
mod tables;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::engine::{DESK, Engine, IMPORT, caught};
use super::fault::{Abandon, AppendFault, Fault};
use super::kept::{EntryId, Head, Kept, RegisterId, Row, Seq, Which};
use super::watch::{Bell, Watch};
use super::{Journal, fault};
use crate::platform::FileId;

pub use self::aside::{Aside, Pages};
pub(super) use self::disk::Bytes;
pub use self::disk::{Access, Disk, OpenFile, RealDisk};
pub use self::engine::catching;
pub(super) use self::engine::{stored, told, within};
pub use self::rows::VERSION;
pub use self::scan::{LooseRow, Scan, scan, scan_file};

/// On disk.
#[derive(Debug)]
pub struct Redb {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    access: Access,
    /// Bytes of pages that are kept.
    cache: usize,
    /// Let go after a fault of the disk; the next call opens it again.
    engine: Option<Engine>,
    /// Which file it was when it was first opened.
    id: Option<FileId>,
    bell: Bell,
}

impl Redb {
    /// Opens a journal, after its engine's own check of every page.
    ///
    /// # Errors
    /// [`Fault::InUse`], [`Fault::Missing`], [`Fault::NotPrivate`], [`Fault::Damaged`] and the rest, by what to do.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        Self::open_on(Arc::new(RealDisk), path)
    }

    /// The same for an import: it keeps more pages in memory.
    ///
    /// # Errors
    /// As [`Redb::open`].
    pub fn open_for_import(path: &Path) -> Result<Self, Fault> {
        Self::opened(Arc::new(RealDisk), path, IMPORT)
    }

    /// The same on any disk.
    ///
    /// # Errors
    /// As [`Redb::open`].
    pub fn open_on(disk: Arc<dyn Disk>, path: &Path) -> Result<Self, Fault> {
        Self::opened(disk, path, DESK)
    }

    fn opened(disk: Arc<dyn Disk>, path: &Path, cache: usize) -> Result<Self, Fault> {
        if disk.is_there(path) {
            // Whoever made it may have been killed before its name was safe from a power cut.
            disk.sync_folder(folder(path)).map_err(fault::of_io)?;
        }
        Self::with(disk, path, Access::Write, cache)
    }

    /// Opens a journal to be read only, without the check: each row must be held against its own link.
    ///
    /// # Errors
    /// As [`Redb::open`]; [`Fault::NotClosed`] where it was not closed.
    pub fn look(path: &Path) -> Result<Self, Fault> {
        Self::look_on(Arc::new(RealDisk), path)
    }

    /// The same on any disk.
    ///
    /// # Errors
    /// As [`Redb::look`].
    pub fn look_on(disk: Arc<dyn Disk>, path: &Path) -> Result<Self, Fault> {
        Self::with(disk, path, Access::Read, DESK)
    }

    /// Makes a journal, with all that `fill` puts into it, or nothing at all. What an earlier making left behind when it
    /// was cut off is cleaned up.
    ///
    /// # Errors
    /// [`Fault::Exists`]; what `fill` gives; a fault of the disk. None of them leaves half a journal: it is not there, or
    /// where only the last step failed it is there, whole.
    pub fn create<F: From<Fault>>(
        path: &Path,
        register: RegisterId,
        fill: impl FnOnce(&mut Self) -> Result<(), F>,
    ) -> Result<Self, F> {
        Self::create_on(Arc::new(RealDisk), path, register, fill)
    }

    /// The same on any disk.
    ///
    /// # Errors
    /// As [`Redb::create`].
    pub fn create_on<F: From<Fault>>(
        disk: Arc<dyn Disk>,
        path: &Path,
        register: RegisterId,
        fill: impl FnOnce(&mut Self) -> Result<(), F>,
    ) -> Result<Self, F> {
        if disk.is_there(path) {
            return Err(Fault::Exists.into());
        }
        sweep(&*disk, path);
        let half = half_name(path);
        let made = Self::make(Arc::clone(&disk), &half, register).map_err(F::from).and_then(|mut new| {
            fill(&mut new)?;
            Ok(new.shut(path, &half)?)
        });
        if made.is_err() {
            // Whatever is there is not a journal yet, and its name says so.
            let _ = disk.remove(&half);
        }
        made?;
        Ok(Self::with(disk, path, Access::Write, DESK)?)
    }

    fn with(disk: Arc<dyn Disk>, path: &Path, access: Access, cache: usize) -> Result<Self, Fault> {
        let (path, bell) = (path.to_owned(), Bell::default());
        let mut journal = Self { disk, path, access, cache, engine: None, id: None, bell };
        let head = journal.head()?;
        journal.bell.ring(head.seq);
        Ok(journal)
    }

    fn make(disk: Arc<dyn Disk>, half: &Path, register: RegisterId) -> Result<Self, Fault> {
        let engine = Engine::make(&*disk, half, register)?;
        let (id, engine) = (engine.id, Some(engine));
        let (path, bell) = (half.to_owned(), Bell::default());
        Ok(Self { disk, path, access: Access::Write, cache: IMPORT, engine, id, bell })
    }

    /// Close, sync, rename, sync the folder.
    fn shut(mut self, path: &Path, half: &Path) -> Result<(), Fault> {
        self.engine.take().map_or(Ok(()), Engine::close)?;
        self.disk.sync(half)?;
        self.disk.rename_new(half, path).map_err(fault::of_io)?;
        self.disk.sync_folder(folder(path)).map_err(fault::of_io)
    }

    /// The engine; opened again, and the same file, where it was let go.
    fn engine(&mut self) -> Result<&mut Engine, Fault> {
        if self.engine.is_none() {
            let engine = Engine::open(&*self.disk, &self.path, self.access, self.cache)?;
            if self.id.is_some_and(|id| engine.id != Some(id)) {
                return Err(Fault::Moved);
            }
            self.id = engine.id;
            self.engine = Some(engine);
        }
        self.engine.as_mut().ok_or(Fault::Missing)
    }

    /// Does the name still stand for the open file? Else what is written now would be found by nobody.
    fn is_in_place(&self) -> Result<(), Fault> {
        match self.disk.id(&self.path) {
            Ok(now) if now == self.id => Ok(()),
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(fault::of_io(fault)),
            _ => Err(Fault::Moved),
        }
    }

    /// Does some work with the engine; lets the file go where it went wrong.
    fn work<T, F: From<Fault> + Trouble>(&mut self, work: impl FnOnce(&mut Engine) -> Result<T, F>) -> Result<T, F> {
        let engine = self.engine()?;
        let done = caught(|| work(engine)).unwrap_or_else(|panicked| Err(panicked.into()));
        if done.as_ref().is_err_and(Trouble::lets_go) {
            self.let_go();
        }
        done
    }

    /// The same for work that writes.
    fn write<T, F: From<Fault> + Trouble>(&mut self, work: impl FnOnce(&Engine) -> Result<T, F>) -> Result<T, F> {
        self.engine()?;
        self.is_in_place()?;
        self.work(|engine| work(engine))
    }

    fn let_go(&mut self) {
        if let Some(engine) = self.engine.take() {
            // It is damaged or its disk failed already; what closing it says adds nothing.
            let _ = caught(|| drop(engine));
        }
    }
}

impl Drop for Redb {
    fn drop(&mut self) {
        self.let_go();
    }
}

/// Which faults mean that the file must be opened afresh.
trait Trouble {
    fn lets_go(&self) -> bool;
}

impl Trouble for Fault {
    fn lets_go(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Full | Self::Device(_))
    }
}

impl Trouble for AppendFault {
    fn lets_go(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::Fault(fault) => fault.lets_go(),
            Self::Behind(_) | Self::Abandoned(_) | Self::Twice(_) => false,
        }
    }
}

impl Journal for Redb {
    fn head(&mut self) -> Result<Head, Fault> {
        self.work(|engine| engine.read(tables::head))
    }

    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        // A panic of whoever makes the rows is theirs, and no damage: it goes on once the transaction is rolled back.
        let mut thrown = None;
        let mut rows = std::iter::from_fn(|| {
            let next = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| rows.next()));
            next.unwrap_or_else(|panic| {
                thrown = Some(panic);
                Some(Err(Abandon))
            })
        });
        let done = self.write(|engine| tables::append(engine.writing()?, expected, &mut rows));
        if let Some(panic) = thrown {
            std::panic::resume_unwind(panic);
        }
        let head = done?;
        self.bell.ring(head.seq);
        Ok(head)
    }

    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
        self.work(|engine| engine.read(|tx| tables::read(tx, which, after, limit)))
    }

    fn pick(&mut self, places: &[Seq]) -> Result<Vec<Kept>, Fault> {
        self.work(|engine| engine.read(|tx| tables::pick(tx, places)))
    }

    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
        self.work(|engine| engine.read(|tx| tables::find(tx, id)))
    }

    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.write(|engine| tables::forget(engine.writing()?, bodies))
    }

    fn check(&mut self) -> Result<(), Fault> {
        self.work(|engine| {
            engine.check()?;
            engine.read(tables::counts)
        })
    }

    fn astray(&mut self, rows: &[Kept]) -> Result<Option<Seq>, Fault> {
        self.work(|engine| engine.read(|tx| tables::astray(tx, rows)))
    }

    fn tags(&mut self) -> Result<Option<u64>, Fault> {
        self.work(|engine| engine.read(|tx| tables::tags(tx).map(Some)))
    }

    fn watcher(&mut self) -> Box<dyn Watch> {
        self.bell.listen()
    }
}

/// The folder that a file lies in.
fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// What every temporary name of a journal begins with.
fn half_prefix(path: &Path) -> String {
    format!(".{}.half-", path.file_name().unwrap_or_default().to_string_lossy())
}

fn half_name(path: &Path) -> PathBuf {
    let clock = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos());
    path.with_file_name(format!("{}{clock}", half_prefix(path)))
}

/// Removes what a making that was cut off left behind. One that somebody is at work on is left alone: it is locked.
fn sweep(disk: &dyn Disk, path: &Path) {
    for half in disk.names(folder(path), &half_prefix(path)) {
        if disk.is_written(&half).is_ok_and(|written| !written) {
            // If it cannot be removed it stays, and harms nobody: its name is never opened.
            let _ = disk.remove(&half);
        }
    }
}

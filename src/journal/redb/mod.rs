//! A journal on disk: one redb file, every append one transaction in two phases.
//!
//! A file arrives whole: it is made under a temporary name, filled, closed, synced, renamed. It is opened by its
//! engine's full check and nothing is written before that has passed. Where the disk fails or the engine panics the
//! file is let go, and the next call opens it again, with the check.

mod aside;
mod engine;
mod rows;
mod scan;
mod tables;

use std::path::{Path, PathBuf};

use self::engine::{Access, Engine, caught};
use super::fault::{Abandon, AppendFault, Fault};
use super::kept::{EntryId, Head, Kept, RegisterId, Row, Seq, Which};
use super::watch::{Bell, Watch};
use super::{Journal, fault};
use crate::platform;

pub use self::aside::{Aside, Pages};
pub use self::engine::catching;
pub use self::rows::VERSION;
pub use self::scan::{LooseRow, Scan, scan, scan_file};

/// On disk.
#[derive(Debug)]
pub struct Redb {
    path: PathBuf,
    access: Access,
    /// Let go after a fault of the disk; the next call opens it again.
    engine: Option<Engine>,
    bell: Bell,
}

impl Redb {
    /// Opens a journal, after its engine's own check of every page.
    ///
    /// # Errors
    /// [`Fault::InUse`], [`Fault::Missing`], [`Fault::NotPrivate`], [`Fault::Damaged`] and the rest, by what to do.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        Self::with(path, Access::Write)
    }

    /// Opens a journal to be read only, without the check: each row must be held against its own link.
    ///
    /// # Errors
    /// As [`Redb::open`]; [`Fault::NotClosed`] where it was not closed.
    pub fn look(path: &Path) -> Result<Self, Fault> {
        Self::with(path, Access::Read)
    }

    /// Makes a journal, with all that `fill` puts into it, or nothing at all. What an earlier making left behind when it
    /// was cut off is cleaned up.
    ///
    /// # Errors
    /// [`Fault::Exists`]; what `fill` gives; a fault of the disk. None of them leaves a journal.
    pub fn create<F: From<Fault>>(
        path: &Path,
        register: RegisterId,
        fill: impl FnOnce(&mut Self) -> Result<(), F>,
    ) -> Result<Self, F> {
        if path.symlink_metadata().is_ok() {
            return Err(Fault::Exists.into());
        }
        sweep(path);
        let half = half_name(path);
        let made = Self::make(&half, register).map_err(F::from).and_then(|mut new| {
            fill(&mut new)?;
            Ok(new.shut(path, &half)?)
        });
        if made.is_err() {
            // Whatever is there is not a journal yet, and its name says so.
            let _ = std::fs::remove_file(&half);
        }
        made?;
        Ok(Self::open(path)?)
    }

    fn with(path: &Path, access: Access) -> Result<Self, Fault> {
        let mut journal = Self { path: path.to_owned(), access, engine: None, bell: Bell::default() };
        let head = journal.head()?;
        journal.bell.ring(head.seq);
        Ok(journal)
    }

    fn make(half: &Path, register: RegisterId) -> Result<Self, Fault> {
        let engine = Engine::make(platform::create_private(half)?, register)?;
        Ok(Self { path: half.to_owned(), access: Access::Write, engine: Some(engine), bell: Bell::default() })
    }

    /// Close, sync, rename, sync the folder.
    fn shut(mut self, path: &Path, half: &Path) -> Result<(), Fault> {
        self.engine.take().map_or(Ok(()), Engine::close)?;
        platform::open_private(half)?.sync_all().map_err(fault::of_io)?;
        platform::rename_new(half, path).map_err(fault::of_io)?;
        platform::sync_folder(path.parent().unwrap_or(Path::new(""))).map_err(fault::of_io)
    }

    /// Does some work with the engine; lets the file go where it went wrong.
    fn work<T, F: From<Fault> + Trouble>(&mut self, work: impl FnOnce(&mut Engine) -> Result<T, F>) -> Result<T, F> {
        let engine = match &mut self.engine {
            Some(engine) => engine,
            closed => closed.insert(Engine::open(&self.path, self.access)?),
        };
        let done = caught(|| work(engine)).unwrap_or_else(|panicked| Err(panicked.into()));
        if done.as_ref().is_err_and(Trouble::lets_go) {
            self.let_go();
        }
        done
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
        let done = self.work(|engine| tables::append(engine.writing()?, expected, &mut rows));
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

    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
        self.work(|engine| engine.read(|tx| tables::find(tx, id)))
    }

    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.work(|engine| tables::forget(engine.writing()?, bodies))
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

/// What every temporary name of a journal begins with.
fn half_prefix(path: &Path) -> String {
    format!(".{}.half-", path.file_name().unwrap_or_default().to_string_lossy())
}

fn half_name(path: &Path) -> PathBuf {
    let clock = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos());
    path.with_file_name(format!("{}{clock}", half_prefix(path)))
}

/// Removes what a making that was cut off left behind. One that somebody is at work on is left alone: it is locked.
fn sweep(path: &Path) {
    let prefix = half_prefix(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix)) {
        let alone = platform::open_private(&entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if alone {
            // If it cannot be removed it stays, and harms nobody: its name is never opened.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

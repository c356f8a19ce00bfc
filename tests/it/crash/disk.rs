//! A disk in memory: it writes down all that is asked of it, fails when it is told to, and can be cut off at any point.

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use doorbook::journal::{Access, Disk, OpenFile};
use doorbook::platform::{Fault, FileId};
use redb::{BackendError, StorageBackend};

use super::images::Walk;

const PAGE: usize = 4096;
static ZERO: LazyLock<Arc<[u8; PAGE]>> = LazyLock::new(|| Arc::new([0; PAGE]));

/// The bytes of a file, by pages that copies share until one of them writes.
#[derive(Clone, Default)]
pub struct Content {
    pages: Vec<Arc<[u8; PAGE]>>,
    len: u64,
}

impl Content {
    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn set_len(&mut self, len: u64) {
        let (many, rest) = ((len as usize).div_ceil(PAGE), len as usize % PAGE);
        self.pages.resize(many, Arc::clone(&ZERO));
        if len < self.len && rest > 0 {
            Arc::make_mut(&mut self.pages[many - 1])[rest..].fill(0);
        }
        self.len = len;
    }

    pub fn write(&mut self, at: u64, mut data: &[u8]) {
        let mut at = at as usize;
        if (at + data.len()) as u64 > self.len {
            self.set_len((at + data.len()) as u64);
        }
        while !data.is_empty() {
            let (page, from) = (at / PAGE, at % PAGE);
            let (now, later) = data.split_at(data.len().min(PAGE - from));
            Arc::make_mut(&mut self.pages[page])[from..from + now.len()].copy_from_slice(now);
            (at, data) = (at + now.len(), later);
        }
    }

    pub fn read(&self, at: u64, mut out: &mut [u8]) -> bool {
        let mut at = at as usize;
        if (at + out.len()) as u64 > self.len {
            return false;
        }
        while !out.is_empty() {
            let (page, from) = (at / PAGE, at % PAGE);
            let (now, later) = out.split_at_mut(out.len().min(PAGE - from));
            now.copy_from_slice(&self.pages[page][from..from + now.len()]);
            (at, out) = (at + now.len(), later);
        }
        true
    }
}

/// All that is on a disk: one folder.
#[derive(Clone, Default)]
pub struct Image {
    pub files: Vec<Content>,
    pub names: BTreeMap<PathBuf, usize>,
}

/// One thing that was asked for and done; or `Mark`: what was acknowledged by then.
#[derive(Clone)]
pub enum Op {
    Create {
        name: PathBuf,
    },
    Write {
        file: usize,
        at: u64,
        data: Arc<[u8]>,
    },
    SetLen {
        file: usize,
        len: u64,
    },
    Sync {
        file: usize,
    },
    /// Of what waited to be written, what is named here was; the rest never will be, and a later sync does not tell.
    SyncFailed {
        file: usize,
        kept: Vec<usize>,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        name: PathBuf,
    },
    SyncFolder,
    Mark(usize),
}

/// How an operation fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Any at all: nothing is done.
    Device,
    /// A write: the first half is done.
    Torn,
    /// A write, a growing, a making: there is no room.
    Full,
    /// A sync. What waited is lost, though it can still be read; by the flag, some of it is not.
    Sync { some: bool },
}

impl How {
    pub const ALL: [Self; 5] =
        [Self::Device, Self::Torn, Self::Full, Self::Sync { some: false }, Self::Sync { some: true }];

    fn is_of(self, kind: Kind) -> bool {
        match self {
            Self::Device => true,
            Self::Torn => kind == Kind::Write,
            Self::Full => matches!(kind, Kind::Write | Kind::Grow),
            Self::Sync { .. } => kind == Kind::Sync,
        }
    }

    fn error(self) -> io::Error {
        io::Error::from_raw_os_error(if self == Self::Full { 28 } else { 5 })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Read,
    Write,
    Grow,
    Sync,
    Name,
}

/// The `at`th operation of its kind fails, and the next ones: so many in all.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub at: usize,
    pub how: How,
    pub times: usize,
}

impl Plan {
    pub fn for_good(self) -> bool {
        self.times == usize::MAX
    }
}

#[derive(Default)]
struct State {
    base: Image,
    live: Image,
    log: Vec<Op>,
    plan: Option<Plan>,
    asked: usize,
    failed: usize,
}

/// The disk. A copy is the same disk.
#[derive(Clone)]
pub struct MemDisk {
    state: Arc<Mutex<State>>,
    shares: bool,
}

impl std::fmt::Debug for MemDisk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemDisk")
    }
}

impl MemDisk {
    pub fn of(image: Image) -> Self {
        let state = State { base: image.clone(), live: image, ..State::default() };
        Self { state: Arc::new(Mutex::new(state)), shares: super::states::shares() }
    }

    pub fn arc(&self) -> Arc<dyn Disk> {
        Arc::new(self.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// What a program sees there now.
    pub fn live(&self) -> Image {
        self.state().live.clone()
    }

    /// What was there at first, and all that was done since.
    pub fn log(&self) -> (Image, Vec<Op>) {
        let state = self.state();
        (state.base.clone(), state.log.clone())
    }

    pub fn mark(&self, mark: usize) {
        self.state().log.push(Op::Mark(mark));
    }

    /// From here on this goes wrong.
    pub fn arm(&self, plan: Option<Plan>) {
        let mut state = self.state();
        (state.plan, state.asked, state.failed) = (plan, 0, 0);
    }

    /// How often it has gone wrong.
    pub fn failed(&self) -> usize {
        self.state().failed
    }

    pub fn names(&self) -> Vec<PathBuf> {
        self.state().live.names.keys().cloned().collect()
    }
}

impl State {
    fn ask(&mut self, kind: Kind) -> Result<(), How> {
        let Some(plan) = self.plan.filter(|plan| plan.how.is_of(kind)) else { return Ok(()) };
        let at = self.asked;
        self.asked += 1;
        if at >= plan.at && at - plan.at < plan.times {
            self.failed += 1;
            return Err(plan.how);
        }
        Ok(())
    }

    fn check(&mut self, kind: Kind) -> io::Result<()> {
        self.ask(kind).map_err(How::error)
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        self.live.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write(&mut self, file: usize, at: u64, data: &[u8]) {
        self.live.files[file].write(at, data);
        self.log.push(Op::Write { file, at, data: data.into() });
    }

    fn sync(&mut self, file: usize) -> io::Result<()> {
        match self.ask(Kind::Sync) {
            Ok(()) => {
                self.log.push(Op::Sync { file });
                Ok(())
            }
            Err(how) => {
                let mut walk = Walk::new(&self.base, &self.log);
                walk.to(self.log.len());
                let some = how == How::Sync { some: true };
                let waiting = walk.waiting(file).into_iter().enumerate();
                let kept = waiting.filter(|(n, _)| some && n % 2 == 0).map(|(_, op)| op).collect();
                self.log.push(Op::SyncFailed { file, kept });
                Err(how.error())
            }
        }
    }
}

impl Disk for MemDisk {
    fn is_there(&self, path: &Path) -> bool {
        self.state().find(path).is_ok()
    }

    fn create(&self, path: &Path) -> Result<OpenFile, Fault> {
        let mut state = self.state();
        state.check(Kind::Grow)?;
        if state.find(path).is_ok() {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
        }
        let file = state.live.files.len();
        state.live.files.push(Content::default());
        state.live.names.insert(path.to_owned(), file);
        state.log.push(Op::Create { name: path.to_owned() });
        drop(state);
        Ok(self.handle(file))
    }

    fn open(&self, path: &Path, _access: Access) -> Result<OpenFile, Fault> {
        let mut state = self.state();
        state.check(Kind::Read)?;
        let file = state.find(path)?;
        drop(state);
        Ok(self.handle(file))
    }

    fn id(&self, path: &Path) -> io::Result<Option<FileId>> {
        let mut state = self.state();
        state.check(Kind::Read)?;
        state.find(path).map(id)
    }

    fn sync(&self, path: &Path) -> Result<(), Fault> {
        let mut state = self.state();
        let file = state.find(path)?;
        Ok(state.sync(file)?)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check(Kind::Name)?;
        let file = state.find(from)?;
        if state.find(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.live.names.remove(from);
        state.live.names.insert(to.to_owned(), file);
        state.log.push(Op::Rename { from: from.to_owned(), to: to.to_owned() });
        Ok(())
    }

    fn rename_over(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check(Kind::Name)?;
        let file = state.find(from)?;
        state.live.names.remove(from);
        state.live.names.insert(to.to_owned(), file);
        state.log.push(Op::Rename { from: from.to_owned(), to: to.to_owned() });
        Ok(())
    }

    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check(Kind::Sync)?;
        state.log.push(Op::SyncFolder);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check(Kind::Name)?;
        state.find(path)?;
        state.live.names.remove(path);
        state.log.push(Op::Remove { name: path.to_owned() });
        Ok(())
    }

    fn names(&self, _folder: &Path, beginning: &str) -> Vec<PathBuf> {
        let begins = |name: &PathBuf| name.file_name().unwrap().to_string_lossy().starts_with(beginning);
        self.state().live.names.keys().filter(|name| begins(name)).cloned().collect()
    }

    fn shares(&self) -> bool {
        self.shares
    }

    fn uncache(&self, path: &Path) {
        let mut state = self.state();
        let Ok(file) = state.find(path) else { return };
        let mut walk = Walk::new(&state.base, &state.log);
        walk.to(state.log.len());
        let on_disk = walk.with_all_that_waits(file);
        state.live.files[file] = on_disk;
    }

    fn is_written(&self, _path: &Path) -> Result<bool, Fault> {
        Ok(false)
    }
}

fn id(file: usize) -> Option<FileId> {
    Some(FileId { device: 1, number: file as u64 })
}

impl MemDisk {
    fn handle(&self, file: usize) -> OpenFile {
        OpenFile { bytes: Box::new(MemFile { disk: self.clone(), file }), id: id(file) }
    }
}

#[derive(Debug)]
struct MemFile {
    disk: MemDisk,
    file: usize,
}

impl StorageBackend for MemFile {
    fn len(&self) -> io::Result<u64> {
        let mut state = self.disk.state();
        state.check(Kind::Read)?;
        Ok(state.live.files[self.file].len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        state.check(Kind::Read)?;
        if state.live.files[self.file].read(offset, out) { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.disk.state();
        state.check(Kind::Grow)?;
        state.live.files[self.file].set_len(len);
        state.log.push(Op::SetLen { file: self.file, len });
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.disk.state().sync(self.file)
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        match state.ask(Kind::Write) {
            Ok(()) => state.write(self.file, offset, data),
            Err(how) => {
                if how == How::Torn {
                    state.write(self.file, offset, &data[..data.len() / 2]);
                }
                return Err(how.error());
            }
        }
        Ok(())
    }

    // One program at a time has a disk in memory: every lock is free.
    fn try_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn try_lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn query_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(false)
    }
}

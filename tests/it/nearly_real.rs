//! The real disk, but for one thing: changes of it that fail for a while, or files that are locked as a whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use doorbook::journal::{Access, Disk, OpenFile, RealDisk};
use doorbook::platform::{self, FileId};

/// So many changes succeed, then so many fail.
#[derive(Debug)]
pub struct NearlyReal {
    shares: bool,
    good: AtomicUsize,
    bad: AtomicUsize,
}

impl NearlyReal {
    /// Its files are locked as a whole: as an older Doorbook does it.
    pub fn unshared() -> Self {
        Self { shares: false, good: usize::MAX.into(), bad: 0.into() }
    }

    /// So many changes fail once [`NearlyReal::fails_after`] has said when.
    pub fn failing(bad: usize) -> Self {
        Self { shares: true, good: usize::MAX.into(), bad: bad.into() }
    }

    /// From now on so many changes succeed.
    pub fn fails_after(&self, good: usize) {
        self.good.store(good, Ordering::SeqCst);
    }

    fn change(&self) -> io::Result<()> {
        let one_less = |left: usize| left.checked_sub(1);
        let good = self.good.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok();
        let bad = !good && self.bad.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok();
        if bad { Err(io::Error::other("the disk fails")) } else { Ok(()) }
    }
}

impl Disk for NearlyReal {
    fn is_there(&self, path: &Path) -> bool {
        RealDisk.is_there(path)
    }
    fn create(&self, path: &Path) -> Result<OpenFile, platform::Fault> {
        self.change().map_err(platform::Fault::from)?;
        RealDisk.create(path)
    }
    fn open(&self, path: &Path, access: Access) -> Result<OpenFile, platform::Fault> {
        RealDisk.open(path, access)
    }
    fn id(&self, path: &Path) -> io::Result<Option<FileId>> {
        RealDisk.id(path)
    }
    fn sync(&self, path: &Path) -> Result<(), platform::Fault> {
        RealDisk.sync(path)
    }
    fn rename_over(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.rename_over(from, to)
    }
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename_new(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.sync_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn names(&self, folder: &Path, beginning: &str) -> Vec<PathBuf> {
        RealDisk.names(folder, beginning)
    }
    fn shares(&self) -> bool {
        self.shares
    }
    fn uncache(&self, path: &Path) {
        RealDisk.uncache(path);
    }
    fn is_written(&self, path: &Path) -> Result<bool, platform::Fault> {
        RealDisk.is_written(path)
    }
}

//! A small file beside the journal that is read and replaced whole: a cut leaves the old one or the new one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fault::{Fault, of_io};
use super::redb::{Access, Disk, RealDisk};

/// The largest that is read: a keyring of some hundred thousand families. One that is larger is not one.
const MOST: u64 = 64 << 20;

/// The file.
#[derive(Debug, Clone)]
pub struct Whole {
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

impl Whole {
    /// The file at this path, which need not be there.
    pub fn at(path: &Path) -> Self {
        Self::on(Arc::new(RealDisk), path)
    }

    /// The same on any disk.
    pub fn on(disk: Arc<dyn Disk>, path: &Path) -> Self {
        Self { disk, path: path.to_owned() }
    }

    /// What is in it; `None`: there is none.
    ///
    /// # Errors
    /// [`Fault::NotPrivate`]; [`Fault::Damaged`] where it is too large; the disk failed.
    pub fn read(&self) -> Result<Option<Vec<u8>>, Fault> {
        if !self.disk.is_there(&self.path) {
            return Ok(None);
        }
        let file = match self.disk.open(&self.path, Access::Read).map_err(Fault::from) {
            Err(Fault::Missing) => return Ok(None),
            other => other?,
        };
        let len = file.bytes.len().map_err(of_io)?;
        if len > MOST {
            return Err(Fault::Damaged(format!("{} is too large", self.path.display())));
        }
        let mut bytes = vec![0; usize::try_from(len).unwrap_or_default()];
        file.bytes.read(0, &mut bytes).map_err(of_io)?;
        Ok(Some(bytes))
    }

    /// Puts this in its place; on `Ok` it outlasts a power cut.
    ///
    /// # Errors
    /// The disk failed: it is as it was, or as it should be.
    pub fn replace(&self, bytes: &[u8]) -> Result<(), Fault> {
        let half = self.half();
        // One that an earlier try left when it was cut off.
        if self.disk.is_there(&half) {
            self.disk.remove(&half).map_err(of_io)?;
        }
        let written = self.write(&half, bytes);
        if written.is_err() {
            // It never got its name; that it stays harms nobody.
            let _ = self.disk.remove(&half);
        }
        written?;
        self.disk.sync_folder(self.folder()).map_err(of_io)
    }

    /// Gives what is there another name beside it, for good.
    ///
    /// # Errors
    /// The disk failed.
    pub fn set_aside(&self, name: &str) -> Result<(), Fault> {
        self.disk.rename_over(&self.path, &self.path.with_file_name(name)).map_err(of_io)?;
        self.disk.sync_folder(self.folder()).map_err(of_io)
    }

    fn write(&self, half: &Path, bytes: &[u8]) -> Result<(), Fault> {
        let file = self.disk.create(half)?;
        file.bytes.set_len(u64::try_from(bytes.len()).unwrap_or(u64::MAX)).map_err(of_io)?;
        file.bytes.write(0, bytes).map_err(of_io)?;
        file.bytes.sync_data().map_err(of_io)?;
        drop(file);
        self.disk.rename_over(half, &self.path).map_err(of_io)
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    fn half(&self) -> PathBuf {
        self.path.with_file_name(format!(".{}.half", self.path.file_name().unwrap_or_default().to_string_lossy()))
    }
}

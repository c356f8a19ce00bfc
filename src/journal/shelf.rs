//! A shelf: derived values by table and key, in a file of its own beside the journal. Losing it costs time, never truth.
//!
//! It is opened for a moment at a time, to read or to put a batch, so that whoever looks on is never kept out. A batch is
//! all or nothing. Knows nothing of what a value means, nor whether it is right: whoever keeps it there checks it.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::{
    AccessGuard, Builder, CursorError, Database, ReadOnlyDatabase, ReadOnlyTable, ReadableDatabase, Table,
    TableDefinition,
};

use super::fault::{Fault, of_io};
use super::redb::{Access, Bytes, Disk, OpenFile, RealDisk, stored, told, within};

/// Little is read of it at a time.
const CACHE: usize = 512 << 10;
const TABLE: TableDefinition<&[u8], &[u8]> = TableDefinition::new("shelf");

/// Bytes of a page.
type Stored<'a> = AccessGuard<'a, &'static [u8]>;

/// What a scan calls with each key and its value.
pub type Each<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), Fault> + 'a;

/// What a rewriting calls with each key and its value, for the value that is to stand there.
pub type Anew<'a> = dyn FnMut(&[u8], &[u8]) -> Result<Vec<u8>, Fault> + 'a;

/// One change: a value put at a key, or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The table's number and the key.
    pub key: Vec<u8>,
    /// The value; `None`: nothing is there any more.
    pub value: Option<Vec<u8>>,
}

/// Values by key. A key's first byte is the number of its table.
pub trait Shelf: Send {
    /// The values at these keys; `None` where there is none.
    ///
    /// # Errors
    /// [`Fault`]; `Missing` where there is no shelf.
    fn get(&mut self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault>;

    /// Every key of a table, with its value, in order.
    ///
    /// # Errors
    /// As [`Shelf::get`]; what `each` gives ends it.
    fn scan(&mut self, table: u8, each: &mut Each<'_>) -> Result<(), Fault>;

    /// Changes all of these, or none.
    ///
    /// # Errors
    /// [`Fault`].
    fn put(&mut self, batch: &mut dyn Iterator<Item = Put>) -> Result<(), Fault>;

    /// Another shelf in the place of this one, with another value at each key. Nothing of the old values is left in it; one
    /// that fails half way leaves the old one.
    ///
    /// # Errors
    /// As [`Shelf::get`]; what `anew` gives ends it.
    fn rewrite(&mut self, anew: &mut Anew<'_>) -> Result<(), Fault>;

    /// An empty shelf in the place of this one: whoever made the old one does not trust it.
    ///
    /// # Errors
    /// [`Fault`].
    fn clear(&mut self) -> Result<(), Fault>;

    /// Lets its file go until the next call.
    fn rest(&mut self) {}
}

/// In memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryShelf(BTreeMap<Vec<u8>, Vec<u8>>);

impl Shelf for MemoryShelf {
    fn get(&mut self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        Ok(keys.iter().map(|key| self.0.get(key).cloned()).collect())
    }

    fn scan(&mut self, table: u8, each: &mut Each<'_>) -> Result<(), Fault> {
        let of_table = self.0.range(vec![table]..).take_while(|(key, _)| key.first() == Some(&table));
        for (key, value) in of_table {
            each(key, value)?;
        }
        Ok(())
    }

    fn put(&mut self, batch: &mut dyn Iterator<Item = Put>) -> Result<(), Fault> {
        for Put { key, value } in batch {
            match value {
                Some(value) => drop(self.0.insert(key, value)),
                None => drop(self.0.remove(&key)),
            }
        }
        Ok(())
    }

    fn rewrite(&mut self, anew: &mut Anew<'_>) -> Result<(), Fault> {
        let one = |(key, value): (&Vec<u8>, &Vec<u8>)| Ok((key.clone(), anew(key, value)?));
        self.0 = self.0.iter().map(one).collect::<Result<_, Fault>>()?;
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Fault> {
        self.0.clear();
        Ok(())
    }
}

/// In a file.
pub struct DiskShelf {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// Open to be read, until it is written to or rests.
    looking: Option<ReadOnlyDatabase>,
}

impl std::fmt::Debug for DiskShelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DiskShelf").field("looking", &self.looking.is_some()).finish_non_exhaustive()
    }
}

impl DiskShelf {
    /// The shelf in this file, which need not be there.
    pub fn at(path: &Path) -> Self {
        Self::on(Arc::new(RealDisk), path)
    }

    /// The same on any disk.
    pub fn on(disk: Arc<dyn Disk>, path: &Path) -> Self {
        Self { disk, path: path.to_owned(), looking: None }
    }

    /// Reads in one snapshot.
    fn read<T>(
        &mut self,
        read: impl FnOnce(&ReadOnlyTable<&'static [u8], &'static [u8]>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (disk, path, looking) = (&*self.disk, &self.path, &mut self.looking);
        within(|| {
            let database = match looking {
                Some(database) => database,
                closed => closed.insert(look(disk, path)?),
            };
            let tx = database.begin_read().map_err(told)?;
            read(&tx.open_table(TABLE).map_err(told)?)
        })
    }

    /// One that was not closed is put right by being opened so.
    fn open(&self) -> Result<Database, Fault> {
        let file = match self.disk.open(&self.path, Access::Write).map_err(Fault::from) {
            Err(Fault::Missing) => self.disk.create(&self.path)?,
            other => other?,
        };
        to_write(file)
    }

    /// Where the one lies that is to take its place.
    fn half(&self) -> PathBuf {
        self.path.with_file_name(format!(".{}.half", self.path.file_name().unwrap_or_default().to_string_lossy()))
    }

    /// What an earlier rewriting left when it was cut off.
    fn remove_half(&self) -> Result<(), Fault> {
        let half = self.half();
        if self.disk.is_there(&half) { self.disk.remove(&half).map_err(of_io) } else { Ok(()) }
    }

    /// Writes the one that is to take its place, whole and safe.
    fn write_half(&self, anew: &mut Anew<'_>) -> Result<(), Fault> {
        let old = look(&*self.disk, &self.path)?;
        let from = old.begin_read().map_err(told)?.open_table(TABLE).map_err(told)?;
        let half = to_write(self.disk.create(&self.half())?)?;
        let tx = half.begin_write().map_err(told)?;
        let mut ended = Ok(());
        {
            let mut table = tx.open_table(TABLE).map_err(told)?;
            let one = |item| {
                let put = match item {
                    Ok((key, value)) => put_anew(&key, &value, anew),
                    Err(fault) => Err(stored(fault)),
                };
                // What cannot be read or made ends it, and is told after.
                put.map_err(|fault| ended = Err(fault)).ok()
            };
            let mut all = from.range::<&[u8]>(..).map_err(stored)?.map_while(one);
            put_all(&mut table, &mut all)?;
        }
        ended?;
        tx.commit().map_err(told)?;
        half.close().map_err(told)
    }
}

fn put_anew(key: &Stored<'_>, value: &Stored<'_>, anew: &mut Anew<'_>) -> Result<Put, Fault> {
    Ok(Put { key: key.value().to_vec(), value: Some(anew(key.value(), value.value())?) })
}

fn look(disk: &dyn Disk, path: &Path) -> Result<ReadOnlyDatabase, Fault> {
    let file = disk.open(path, Access::Read)?;
    if file.bytes.len().map_err(of_io)? == 0 {
        return Err(Fault::Damaged("its file is empty".to_owned()));
    }
    builder().open_read_only_with_backend(Bytes(file.bytes)).map_err(told)
}

fn to_write(file: OpenFile) -> Result<Database, Fault> {
    builder().create_with_backend(Bytes(file.bytes)).map_err(told)
}

/// Puts each value in after the one before it, as long as their keys ascend and nothing stands between; a run that ends
/// goes on where the next one belongs.
fn put_all(
    table: &mut Table<'_, &'static [u8], &'static [u8]>,
    batch: &mut dyn Iterator<Item = Put>,
) -> Result<(), Fault> {
    let mut next = batch.next();
    while let Some(Put { key, value }) = next {
        match value {
            Some(value) => drop(table.insert(&key[..], &value[..]).map_err(stored)?),
            None => drop(table.remove(&key[..]).map_err(stored)?),
        }
        let mut at = table.upper_bound_mut(Bound::Included(&key[..])).map_err(stored)?;
        next = batch.next();
        while let Some(Put { key, value: Some(value) }) = &next {
            match at.insert_before(&key[..], &value[..]) {
                Ok(()) => next = batch.next(),
                Err(CursorError::UnorderedKey) => break,
                Err(fault) => return Err(told(fault)),
            }
        }
        at.close().map_err(stored)?;
    }
    Ok(())
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE);
    builder
}

impl Shelf for DiskShelf {
    fn get(&mut self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        self.read(|table| {
            let value = |key: &Vec<u8>| {
                let found = table.get(&key[..]).map_err(stored)?;
                Ok(found.map(|value| value.value().to_vec()))
            };
            keys.iter().map(value).collect()
        })
    }

    fn scan(&mut self, table: u8, each: &mut Each<'_>) -> Result<(), Fault> {
        self.read(|all| {
            for item in all.range::<&[u8]>(&[table][..]..).map_err(stored)? {
                let (key, value) = item.map_err(stored)?;
                if key.value().first() != Some(&table) {
                    break;
                }
                each(key.value(), value.value())?;
            }
            Ok(())
        })
    }

    fn put(&mut self, batch: &mut dyn Iterator<Item = Put>) -> Result<(), Fault> {
        self.rest();
        within(|| {
            let database = self.open()?;
            let tx = database.begin_write().map_err(told)?;
            {
                let mut table = tx.open_table(TABLE).map_err(told)?;
                put_all(&mut table, batch)?;
            }
            tx.commit().map_err(told)?;
            database.close().map_err(told)
        })
    }

    fn rewrite(&mut self, anew: &mut Anew<'_>) -> Result<(), Fault> {
        self.rest();
        self.remove_half()?;
        let written = within(|| self.write_half(anew));
        let placed = written.and_then(|()| self.disk.rename_over(&self.half(), &self.path).map_err(of_io));
        if placed.is_err() {
            // It never got its name; that it stays harms nobody.
            let _ = self.remove_half();
        }
        placed
    }

    fn clear(&mut self) -> Result<(), Fault> {
        self.rest();
        // Nobody reads it.
        let _ = self.remove_half();
        if self.disk.is_there(&self.path) { self.disk.remove(&self.path).map_err(of_io) } else { Ok(()) }
    }

    fn rest(&mut self) {
        self.looking = None;
    }
}

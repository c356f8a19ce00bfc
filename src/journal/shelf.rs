//! A shelf: derived values by table and key, in a file of its own beside the journal. Losing it costs time, never truth.
//!
//! It is opened for a moment at a time, to read or to put a batch, so that whoever looks on is never kept out. A batch is
//! all or nothing. Knows nothing of what a value means, nor whether it is right: whoever keeps it there checks it.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{Builder, CursorError, Database, ReadOnlyDatabase, ReadOnlyTable, ReadableDatabase, Table, TableDefinition};

use super::fault::{Fault, of_io};
use super::redb::{stored, told, within};
use crate::platform;

/// Little is read of it at a time.
const CACHE: usize = 512 << 10;
const TABLE: TableDefinition<&[u8], &[u8]> = TableDefinition::new("shelf");

/// What a scan calls with each key and its value.
pub type Each<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), Fault> + 'a;

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

    fn clear(&mut self) -> Result<(), Fault> {
        self.0.clear();
        Ok(())
    }
}

/// In a file.
pub struct DiskShelf {
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
        Self { path: path.to_owned(), looking: None }
    }

    /// Reads in one snapshot.
    fn read<T>(
        &mut self,
        read: impl FnOnce(&ReadOnlyTable<&'static [u8], &'static [u8]>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (path, looking) = (&self.path, &mut self.looking);
        within(|| {
            let database = match looking {
                Some(database) => database,
                closed => closed.insert(look(path)?),
            };
            let tx = database.begin_read().map_err(told)?;
            read(&tx.open_table(TABLE).map_err(told)?)
        })
    }

    /// One that was not closed is put right by being opened so.
    fn open(&self) -> Result<Database, Fault> {
        let file = match platform::open_private(&self.path).map_err(Fault::from) {
            Err(Fault::Missing) => platform::create_private(&self.path)?,
            other => other?,
        };
        builder().create_with_backend(FileBackend::new(file).map_err(told)?).map_err(told)
    }
}

fn look(path: &Path) -> Result<ReadOnlyDatabase, Fault> {
    let file = platform::read_private(path)?;
    if file.metadata().map_err(of_io)?.len() == 0 {
        return Err(Fault::Damaged("its file is empty".to_owned()));
    }
    builder().open_read_only_with_backend(FileBackend::new(file).map_err(told)?).map_err(told)
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

    fn clear(&mut self) -> Result<(), Fault> {
        self.rest();
        match std::fs::remove_file(&self.path) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(of_io(fault)),
            _ => Ok(()),
        }
    }

    fn rest(&mut self) {
        self.looking = None;
    }
}

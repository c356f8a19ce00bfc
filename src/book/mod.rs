//! Domain entries in and out of rows: wire types, seal, link, tag, open and check.
//!
//! [`Book`] writes complete entries as rows and reads rows as entries, each held against its own link. What an entry
//! looks like as bytes is in [`wire`], and for ever in `docs/JOURNAL.md`.

pub mod directory;
mod entry;
mod epochs;
mod fault;
pub mod flat;
pub mod ids;
pub mod keys;
pub mod notes;
mod policy;
mod row;
mod salvage;
mod stream;
mod verify;
pub mod wire;

use std::path::Path;
use std::sync::Arc;

use crate::domain::event::{Entry, FileRef};
use crate::domain::ids::{DayId, EntryId, RegisterId};
use crate::journal::{self, AppendFault, Disk, Head, Journal, Kept, RealDisk, Seq, Watch, Which};
use crate::vault::{Envelope, NullSealer, SEALED, Sealer, TagOf};

use self::entry::Layers;
use self::epochs::Epochs;
use self::row::Ready;

pub use fault::{GivenUp, ReadFault, WriteFault};
pub use policy::policy_default;
pub use salvage::{Salvaged, salvage};
pub use verify::{CURE, Named, Report, Spoilt};
pub use wire::file_bytes;

/// How many rows are read at a time.
const PAGE: usize = 4096;
/// How many of them are opened at a time.
const AT_A_TIME: usize = 1024;

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its place, from 1.
    pub seq: u64,
    /// The entry.
    pub entry: Entry,
}

/// A book over a journal.
pub struct Book<J> {
    journal: J,
    layers: Layers,
    /// As far as this book has read or written.
    head: Head,
}

/// A book in a file of this machine.
pub type DiskBook = Book<Box<dyn Journal>>;

impl<J> std::fmt::Debug for Book<J> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("head", &self.head).finish_non_exhaustive()
    }
}

impl DiskBook {
    /// Makes a book in a file, with its first entries, or nothing at all.
    ///
    /// # Errors
    /// [`GivenUp::Entry`]: whoever gave the entries gave up. Else why there is no book; none is left half made.
    pub fn create_at<E>(
        path: &Path,
        register: RegisterId,
        first: &mut dyn Iterator<Item = Result<Entry, E>>,
    ) -> Result<Self, GivenUp<E>> {
        let journal = journal::create_file(path, journal::RegisterId(register.0.into_bytes()), |new| {
            Book::open(new).map_err(WriteFault::from)?.append_all(first).map(|_| ())
        })?;
        Ok(Self::open(journal).map_err(WriteFault::from)?)
    }

    /// The same under keys: what seals is asked for once the register is known.
    ///
    /// # Errors
    /// As [`DiskBook::create_at`].
    pub fn create_sealed_at<E>(
        path: &Path,
        register: RegisterId,
        sealer: &dyn Fn() -> Box<dyn Sealer>,
        first: &mut dyn Iterator<Item = Result<Entry, E>>,
    ) -> Result<Self, GivenUp<E>> {
        Self::create_sealed_on((Arc::new(RealDisk), path), register, sealer, first)
    }

    /// The same on any disk.
    ///
    /// # Errors
    /// As [`DiskBook::create_at`].
    pub fn create_sealed_on<E>(
        (disk, path): (Arc<dyn Disk>, &Path),
        register: RegisterId,
        sealer: &dyn Fn() -> Box<dyn Sealer>,
        first: &mut dyn Iterator<Item = Result<Entry, E>>,
    ) -> Result<Self, GivenUp<E>> {
        let register = journal::RegisterId(register.0.into_bytes());
        let journal = journal::create_file_on(disk, path, register, |new| {
            Book::sealed(new, sealer()).map_err(WriteFault::from)?.append_all(first).map(|_| ())
        })?;
        Ok(Self::sealed(journal, sealer()).map_err(WriteFault::from)?)
    }

    /// Opens the book in a file, to read and to write, after a check of every page.
    ///
    /// # Errors
    /// [`ReadFault`], by what to do.
    pub fn open_at(path: &Path) -> Result<Self, ReadFault> {
        Self::open(journal::open_file(path)?)
    }

    /// The same for an import, which may keep more in memory.
    ///
    /// # Errors
    /// [`ReadFault`], by what to do.
    pub fn open_for_import_at(path: &Path) -> Result<Self, ReadFault> {
        Self::open(journal::open_file_for_import(path)?)
    }

    /// Opens the book in a file to read only, at once, without that check: each entry is held against its own link.
    ///
    /// # Errors
    /// [`ReadFault`]; `NotClosed` where it must be opened for writing first.
    pub fn look_at(path: &Path) -> Result<Self, ReadFault> {
        Self::open(journal::look_at_file(path)?)
    }

    /// Opens the book in a file to read only, whatever state it is in: the check of every page, and what the engine puts
    /// right, stay in memory.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn aside_at(path: &Path) -> Result<Self, ReadFault> {
        Self::open(journal::aside_file(path, journal::Pages::Checked)?)
    }

    /// The same without the check: of a file that does not pass it, whose entries are held against their own links.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn what_is_left_at(path: &Path) -> Result<Self, ReadFault> {
        Self::open(journal::aside_file(path, journal::Pages::Trusted)?)
    }
}

impl<J: Journal> Book<J> {
    /// A book over any journal, with nothing sealed.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn open(mut journal: J) -> Result<Self, ReadFault> {
        let register = journal.head()?.register;
        Self::sealed(journal, Box::new(NullSealer::new(register.0)))
    }

    /// A book over any journal, under these keys.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn sealed(mut journal: J, sealer: Box<dyn Sealer>) -> Result<Self, ReadFault> {
        let head = journal.head()?;
        Ok(Self { journal, layers: Layers::new(head.register, sealer), head })
    }

    /// The same book under other keys.
    #[must_use]
    pub fn under(self, sealer: Box<dyn Sealer>) -> Self {
        Self { layers: Layers::new(self.head.register, sealer), ..self }
    }

    /// Is it sealed? Its first entry says so, by the format of its envelope.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn is_sealed(&mut self) -> Result<bool, ReadFault> {
        let first = self.journal.read(Which::All, Seq::START, 1)?;
        let envelope = first.first().and_then(|kept| Envelope::read(&kept.row.shell).ok());
        Ok(envelope.is_some_and(|envelope| envelope.format >= SEALED))
    }

    /// Which register this is.
    pub fn register(&self) -> RegisterId {
        RegisterId(uuid::Uuid::from_bytes(self.head.register.0))
    }

    /// As far as this book has read or written: the place and the link of the last entry.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Writes complete entries, all or nothing, after what this book has read or written; on `Ok` they are on disk.
    ///
    /// # Errors
    /// [`WriteFault`], by what to do; only after [`WriteFault::Unknown`] may they be there all the same.
    pub fn append(&mut self, entries: &[Entry]) -> Result<Head, WriteFault> {
        let mut all = entries.iter().cloned().map(Ok::<_, std::convert::Infallible>);
        self.append_all(&mut all).map_err(|fault| match fault {
            GivenUp::Write(fault) => fault,
            GivenUp::Entry(never) => match never {},
        })
    }

    /// Entries that were written just now, as this book reads them: an account is closed to whoever is no reader of it,
    /// though they have written it themselves.
    ///
    /// # Errors
    /// There are no keys.
    pub fn as_read(&self, mut entries: Vec<Entry>) -> Result<Vec<Entry>, ReadFault> {
        let done = entries.iter_mut().try_for_each(|entry| self.layers.as_read(entry));
        done.map(|()| entries).map_err(|_| ReadFault::Locked)
    }

    /// Writes entries as they come, all or nothing: an import. An `Err` of theirs writes nothing, and is given back.
    ///
    /// # Errors
    /// As [`Book::append`].
    pub fn append_all<E>(&mut self, entries: &mut dyn Iterator<Item = Result<Entry, E>>) -> Result<Head, GivenUp<E>> {
        let (mut first, mut given_up, mut unwritable) = (None, None, None);
        let mut entries = entries.map(|entry| {
            entry.inspect(|entry| first = first.or(Some(entry.id))).map_err(|why| {
                given_up = Some(why);
                journal::Abandon
            })
        });
        let (layers, mut at) = (&self.layers, self.head);
        let mut row = |ready: Result<Ready, WriteFault>| {
            let made = ready
                .and_then(|ready| layers.row(&at, ready))
                .inspect(|row| at = Head { seq: at.seq.next(), link: row.link, ..at });
            made.map_err(|why| {
                unwritable = Some(why);
                journal::Abandon
            })
        };
        let sealer = self.layers.sealer();
        let long = |on| sealer.many(on);
        let mut ready = |entry| layers.ready(entry);
        let done = stream::append(&mut self.journal, &self.head, &mut entries, &mut ready, &mut row, &long);
        drop(entries);
        if let Err(AppendFault::Abandoned(_)) = &done
            && let Some(why) = unwritable.map(GivenUp::Write).or(given_up.map(GivenUp::Entry))
        {
            return Err(why);
        }
        self.head = self.settle(done, first)?;
        Ok(self.head)
    }

    /// What an append came to. Where it is not known, its first entry is looked for: all are there, or none.
    fn settle(&mut self, done: Result<Head, AppendFault>, first: Option<EntryId>) -> Result<Head, WriteFault> {
        let fault = match done {
            Ok(head) => return Ok(head),
            Err(AppendFault::Unknown(fault)) => fault,
            Err(AppendFault::Behind(_)) => return Err(WriteFault::Behind),
            Err(AppendFault::Twice(_)) => return Err(WriteFault::Twice),
            Err(AppendFault::Abandoned(_)) => return Err(WriteFault::NoEvent),
            Err(AppendFault::Fault(fault)) => return Err(WriteFault::Journal(fault)),
        };
        let Some(first) = first else { return Err(WriteFault::Journal(fault)) };
        let unknown = |_| WriteFault::Unknown(fault.clone());
        if self.find(first).map_err(unknown)?.is_none() {
            return Err(WriteFault::Journal(fault));
        }
        self.journal.head().map_err(|_| WriteFault::Unknown(fault))
    }

    /// All entries.
    ///
    /// # Errors
    /// [`ReadFault`]; damage is told by its place, never left out.
    pub fn read_all(&mut self) -> Result<Vec<Placed>, ReadFault> {
        let known = self.head;
        self.head = Head::empty(known.register);
        self.news().inspect_err(|_| self.head = known)
    }

    /// The entries that somebody wrote since this book last read or wrote.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn news(&mut self) -> Result<Vec<Placed>, ReadFault> {
        let (from, mut found) = (self.head, Vec::new());
        let at = self.each_after(from, &mut |placed| found.push(placed.clone()))?;
        self.head = at;
        Ok(found)
    }

    /// All entries and their rows, one after the other; this book has read as far as the last of them then.
    ///
    /// # Errors
    /// As [`Book::read_all`].
    pub fn read_again(&mut self, each: &mut dyn FnMut(&Kept, &Placed)) -> Result<(), ReadFault> {
        self.head = self.each_row_after(Head::empty(self.head.register), each)?;
        Ok(())
    }

    /// Every entry after a place, each held against the one before it; the place and link of the last.
    ///
    /// # Errors
    /// [`ReadFault`]; damage is told by its place, never left out.
    pub fn each_after(&mut self, from: Head, each: &mut dyn FnMut(&Placed)) -> Result<Head, ReadFault> {
        self.each_row_after(from, &mut |_, placed| each(placed))
    }

    /// The same with each one's row.
    ///
    /// # Errors
    /// As [`Book::each_after`].
    pub fn each_row_after(&mut self, from: Head, each: &mut dyn FnMut(&Kept, &Placed)) -> Result<Head, ReadFault> {
        let end = self.journal.head()?;
        let mut at = from;
        let mut epochs = Epochs::at(&mut self.journal, from.seq)?;
        while at.seq < end.seq {
            let page = up_to(&end, &mut self.journal, at.seq, PAGE)?;
            if page.is_empty() {
                return Err(ReadFault::lost(at.seq.next()));
            }
            for some in page.chunks(AT_A_TIME) {
                for (kept, opened) in some.iter().zip(self.layers.entries(some)) {
                    at = Layers::follows(&at, kept)?;
                    let opened = opened?;
                    epochs.follow(kept)?;
                    each(kept, &opened);
                }
            }
        }
        if at == end { Ok(at) } else { Err(ReadFault::lost(end.seq)) }
    }

    /// The entries at these places, in the order in which they are named.
    ///
    /// # Errors
    /// [`ReadFault`]; a place without an entry is damage.
    pub fn read_places(&mut self, places: &[u64]) -> Result<Vec<Placed>, ReadFault> {
        let mut found = Vec::with_capacity(places.len());
        self.each_row_at(places, &mut |_, placed| found.push(placed))?;
        Ok(found)
    }

    /// The same, one after the other, with each one's row.
    ///
    /// # Errors
    /// As [`Book::read_places`].
    pub fn each_row_at(&mut self, places: &[u64], each: &mut dyn FnMut(&Kept, Placed)) -> Result<(), ReadFault> {
        for some in places.chunks(PAGE) {
            let some: Vec<Seq> = some.iter().copied().map(Seq).collect();
            let rows = self.journal.pick(&some)?;
            for (kept, placed) in rows.iter().zip(self.layers.entries(&rows)) {
                each(kept, placed?);
            }
        }
        Ok(())
    }

    /// The entries of an open day.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn read_day(&mut self, day: DayId) -> Result<Vec<Placed>, ReadFault> {
        self.read_tag(TagOf::Day(day.0.into_bytes()))
    }

    /// The entries of a file.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn read_file(&mut self, file: FileRef) -> Result<Vec<Placed>, ReadFault> {
        self.read_tag(TagOf::File(wire::file_bytes(file)))
    }

    fn read_tag(&mut self, of: TagOf) -> Result<Vec<Placed>, ReadFault> {
        let tag = self.layers.tag(of);
        let (mut found, mut after) = (Vec::new(), Seq::START);
        loop {
            let page = self.journal.read(Which::Tag(tag), after, PAGE)?;
            let Some(last) = page.last() else { return Ok(found) };
            after = last.seq;
            for placed in self.layers.entries(&page) {
                found.push(placed?);
            }
        }
    }

    /// The place of an entry, if it was written.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn find(&mut self, id: EntryId) -> Result<Option<u64>, ReadFault> {
        Ok(self.journal.find(journal::EntryId(id.0.into_bytes()))?.map(|seq| seq.0))
    }

    /// The entry at a place.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn at(&mut self, seq: u64) -> Result<Option<Placed>, ReadFault> {
        let Some(before) = seq.checked_sub(1) else { return Ok(None) };
        let page = self.journal.read(Which::All, Seq(before), 1)?;
        page.first().map(|kept| self.layers.entry(kept)).transpose()
    }

    /// A hint that somebody wrote.
    pub fn watcher(&mut self) -> Box<dyn Watch> {
        self.journal.watcher()
    }

    /// The journal again.
    pub fn into_journal(self) -> J {
        self.journal
    }
}

/// Rows after a place and none beyond this head: somebody may have written since it was read.
fn up_to<J: Journal>(end: &Head, journal: &mut J, after: Seq, limit: usize) -> Result<Vec<Kept>, journal::Fault> {
    let mut page = journal.read(Which::All, after, limit)?;
    page.retain(|kept| kept.seq <= end.seq);
    Ok(page)
}

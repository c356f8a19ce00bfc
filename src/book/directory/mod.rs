//! The directory: which entries of the book a desk needs, so that a start reads today and not ten years.
//!
//! It holds places in the book and little else; what it leads to is read from the book, each entry held against its own
//! link. It goes as far as an entry whose link it remembers; what was written since is read at the start. One that does
//! not fit its book, or is damaged, is made anew. It is derived: deleting it costs time, never truth.

mod bring;
mod building;
mod forms;
mod gather;
mod reseal;

use std::collections::{BTreeMap, BTreeSet};

use super::{Book, Placed, ReadFault};
use crate::domain::case::CaseHead;
use crate::domain::codes::Moment;
use crate::domain::event::{CaseEvent, CentreEvent, Entry, Event};
use crate::domain::ids::{CaseId, DayId};
use crate::journal::{Fault, Head, Journal, Seq, Shelf, Which};

use self::building::Building;
use self::forms::{CaseForm, HeadForm, ListsForm, Sealed, Table};

/// Each time that so many entries were read it is told.
const TELLS: u64 = 4096;

/// A directory over a shelf, and what was written since it was last put there.
pub struct Directory {
    shelf: Box<dyn Shelf>,
    sealed: Sealed,
    /// As far as the shelf goes.
    at: Head,
    lists: ListsForm,
    last: Option<Moment>,
    since: Since,
    /// It was made under an earlier key, which somebody may have who has left.
    carried: bool,
    /// Families that must not meet, as of so many entries about that.
    families: (usize, Vec<(CaseId, CaseId)>),
}

impl std::fmt::Debug for Directory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Directory").field("at", &self.at.seq).finish_non_exhaustive()
    }
}

/// What was written after what the shelf knows.
#[derive(Default)]
struct Since {
    /// How many entries.
    entries: u64,
    /// The last of them.
    head: Option<Head>,
    /// Case files that have new entries, and where.
    cases: BTreeMap<CaseId, Vec<u64>>,
    /// Days that have new entries.
    days: BTreeSet<DayId>,
    /// Somebody was listed twice: any file may read otherwise now.
    merged: bool,
    /// What is known already of case files that are new.
    building: Building,
}

/// Why a directory cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is none, or it is not of this book, or it is damaged: make it anew.
    #[error("the directory is to be made anew")]
    Stale,
    /// The book itself cannot be read.
    #[error(transparent)]
    Book(#[from] ReadFault),
}

impl From<Fault> for Unusable {
    fn from(_: Fault) -> Self {
        Self::Stale
    }
}

impl Directory {
    /// The directory of a book, with what was written since.
    ///
    /// # Errors
    /// [`Unusable::Stale`]: make it with [`Directory::make`].
    pub fn open<J: Journal>(book: &mut Book<J>, shelf: Box<dyn Shelf>) -> Result<Self, Unusable> {
        let mut directory = Self::empty(book, shelf);
        let [head, lists] = [Table::Head, Table::Lists].map(|table| table.key(&[]));
        let form: HeadForm = directory.one(&head)?.ok_or(Unusable::Stale)?;
        directory.lists = directory.one(&lists)?.ok_or(Unusable::Stale)?;
        directory.last = form.last.as_deref().and_then(|last| Moment::parse_from_rfc3339(last).ok());
        directory.carried = form.carried;
        directory.at = Head { seq: Seq(form.seq), link: crate::journal::Link(form.link), ..directory.at };
        directory.fits(book)?;
        directory.follow(book)?;
        Ok(directory)
    }

    /// Reads the whole book, and makes the directory; `told` hears how many entries were read.
    ///
    /// # Errors
    /// The book cannot be read; or, [`Unusable::Stale`], the shelf cannot be written.
    pub fn make<J: Journal>(
        book: &mut Book<J>,
        mut shelf: Box<dyn Shelf>,
        told: &mut dyn FnMut(u64),
    ) -> Result<Self, Unusable> {
        shelf.clear()?;
        let mut directory = Self::empty(book, shelf);
        directory.fill(book, told)?;
        Ok(directory)
    }

    /// Throws away what the shelf holds, and makes it anew, as [`Directory::make`] does. Where the shelf cannot be written all
    /// of it stays in memory.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn remake<J: Journal>(&mut self, book: &mut Book<J>, told: &mut dyn FnMut(u64)) -> Result<(), ReadFault> {
        // That it could not be thrown away shows when it is written.
        let _ = self.shelf.clear();
        (self.at, self.lists, self.last) = (Head::empty(book.head.register), ListsForm::default(), None);
        (self.since, self.families, self.carried) = (Since::default(), (0, Vec::new()), false);
        match self.fill(book, told) {
            Err(Unusable::Book(fault)) => Err(fault),
            _ => Ok(()),
        }
    }

    /// Reads all that it does not go as far as, and puts it away.
    fn fill<J: Journal>(&mut self, book: &mut Book<J>, told: &mut dyn FnMut(u64)) -> Result<(), Unusable> {
        self.follow_telling(book, told)?;
        // Putting it away takes its time too.
        if self.since.entries >= TELLS {
            told(self.since.entries);
        }
        self.put_away(book)
    }

    /// Takes in what somebody wrote since, and puts it on the shelf.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn catch_up<J: Journal>(&mut self, book: &mut Book<J>) -> Result<(), Unusable> {
        self.follow(book)?;
        self.put_away(book)
    }

    /// The ids of all case files.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn cases(&mut self) -> Result<BTreeSet<CaseId>, Unusable> {
        let mut cases: BTreeSet<CaseId> = self.since.cases.keys().copied().collect();
        self.each::<CaseForm>(Table::Cases, &mut |id, _| {
            cases.insert(CaseId(id));
        })?;
        Ok(cases)
    }

    /// Lets the shelf's file go until it is needed again.
    pub fn rest(&mut self) {
        self.shelf.rest();
    }

    fn empty<J: Journal>(book: &Book<J>, shelf: Box<dyn Shelf>) -> Self {
        let register = book.head.register;
        Self {
            shelf,
            sealed: Sealed::by(book.layers.sealer()),
            at: Head::empty(register),
            lists: ListsForm::default(),
            last: None,
            since: Since::default(),
            carried: false,
            families: (0, Vec::new()),
        }
    }

    /// Was it made under an earlier key, and taken along? Only the desk that took it along knows what it had open then.
    pub fn is_carried(&self) -> bool {
        self.carried
    }

    /// Does the entry that it goes as far as stand in the book, as it remembers it?
    fn fits<J: Journal>(&self, book: &mut Book<J>) -> Result<(), Unusable> {
        if self.at.seq == Seq::START {
            return Ok(());
        }
        let kept = book.journal.read(Which::All, Seq(self.at.seq.0 - 1), 1).map_err(ReadFault::from)?;
        let fits = kept.first().is_some_and(|kept| kept.seq == self.at.seq && kept.row.link == self.at.link);
        if fits { Ok(()) } else { Err(Unusable::Stale) }
    }

    /// Takes in all that was written since.
    fn follow<J: Journal>(&mut self, book: &mut Book<J>) -> Result<(), Unusable> {
        self.follow_telling(book, &mut |_| {})
    }

    fn follow_telling<J: Journal>(&mut self, book: &mut Book<J>, told: &mut dyn FnMut(u64)) -> Result<(), Unusable> {
        let from = self.head();
        let end = book.each_after(from, &mut |placed| {
            if placed.seq % TELLS == 0 {
                told(placed.seq);
            }
            self.note(placed.seq, &placed.entry);
        })?;
        self.since.head = Some(end);
        Ok(())
    }

    /// As far as it goes with what was written since.
    pub fn head(&self) -> Head {
        self.since.head.unwrap_or(self.at)
    }

    /// Entries that are not on the shelf yet.
    pub fn waiting(&self) -> u64 {
        self.since.entries
    }

    /// These were written just now, and the book goes as far as this.
    pub fn wrote(&mut self, entries: &[Entry], head: Head) {
        let many = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        let first = head.seq.0.saturating_sub(many).saturating_add(1);
        (first..).zip(entries).for_each(|(seq, entry)| self.note(seq, entry));
        self.since.head = Some(head);
    }

    /// Takes one entry in.
    fn note(&mut self, seq: u64, entry: &Entry) {
        self.since.entries += 1;
        if let Some(day) = entry.day {
            self.since.days.insert(day);
            if !entry.is_use() {
                self.last = self.last.max(Some(entry.recorded_at.max(entry.occurred_at)));
            }
            return;
        }
        match entry.event.open() {
            // What was done with the register is not what it is.
            Some(Event::Centre(
                CentreEvent::DayNote { .. }
                | CentreEvent::Viewed { .. }
                | CentreEvent::Exported { .. }
                | CentreEvent::WrongTries { .. },
            )) => {}
            Some(Event::Centre(CentreEvent::KeysSet(set))) => {
                self.lists.names_keys(seq, set);
            }
            Some(Event::Centre(_)) => self.lists.centre.push(seq),
            Some(Event::Case(event)) => self.note_case(seq, event, entry),
            _ => {}
        }
    }

    fn note_case(&mut self, seq: u64, event: &CaseEvent, entry: &Entry) {
        match event {
            CaseEvent::CaseOpened(CaseHead { case, .. })
            | CaseEvent::MemberListed { case, .. }
            | CaseEvent::InstructionGiven { case, .. }
            | CaseEvent::InstructionWithdrawn { case, .. }
            | CaseEvent::PatternSet { case, .. } => {
                let places = self.since.cases.entry(*case).or_default();
                self.since.building.note(*case, event, entry, places.is_empty(), &self.sealed);
                places.push(seq);
            }
            CaseEvent::KeptApart { .. }
            | CaseEvent::ApartClosed { .. }
            | CaseEvent::FamiliesApart { .. }
            | CaseEvent::FamiliesApartClosed { .. } => self.lists.apart.push(seq),
            CaseEvent::PersonMerged { .. } => {
                self.lists.apart.push(seq);
                self.lists.merges.push(seq);
                self.since.merged = true;
            }
        }
    }

    /// One value of the shelf; `None`: there is none.
    fn one<T: serde::de::DeserializeOwned>(&mut self, key: &[u8]) -> Result<Option<T>, Unusable> {
        Ok(self.many(&[key.to_vec()])?.pop().flatten())
    }

    /// Values of the shelf, in the order of their keys; one that is not what was written makes all of it stale.
    fn many<T: serde::de::DeserializeOwned>(&mut self, keys: &[Vec<u8>]) -> Result<Vec<Option<T>>, Unusable> {
        let values = match self.shelf.get(keys) {
            // Before anything was put there.
            Err(Fault::Missing) if self.at.seq == Seq::START => return Ok(keys.iter().map(|_| None).collect()),
            other => other?,
        };
        let read = |(key, value): (&Vec<u8>, Option<Vec<u8>>)| match value {
            None => Ok(None),
            Some(value) => self.sealed.read(key, &value).map(Some).ok_or(Unusable::Stale),
        };
        keys.iter().zip(values).map(read).collect()
    }

    /// Every value of a table, in the order of its keys.
    fn each<T: serde::de::DeserializeOwned>(
        &mut self,
        table: Table,
        each: &mut dyn FnMut(uuid::Uuid, T),
    ) -> Result<(), Unusable> {
        let (sealed, mut stale, mut many) = (self.sealed.clone(), false, 0);
        let scanned = self.shelf.scan(table as u8, &mut |key, value| {
            let id = key.get(1..).and_then(|id| uuid::Uuid::from_slice(id).ok());
            many += 1;
            match id.zip(sealed.read::<T>(key, value)) {
                Some((id, form)) => each(id, form),
                None => stale = true,
            }
            Ok(())
        });
        match scanned {
            Err(Fault::Missing) if self.at.seq == Seq::START => Ok(()),
            Ok(()) if stale || self.lists.count(table).is_some_and(|count| *count != many) => Err(Unusable::Stale),
            other => Ok(other?),
        }
    }

    /// The places of the entries of cases, those of before first.
    fn places(&mut self, cases: &[CaseId]) -> Result<Vec<Vec<u64>>, Unusable> {
        Ok(self.places_of(cases)?.into_iter().map(|(places, _)| places).collect())
    }

    /// The same; and how many of them the shelf has.
    fn places_of(&mut self, cases: &[CaseId]) -> Result<Vec<(Vec<u64>, usize)>, Unusable> {
        let kept: Vec<Option<CaseForm>> = match self.lists.count(Table::Cases) {
            Some(0) => cases.iter().map(|_| None).collect(),
            _ => {
                let keys: Vec<Vec<u8>> = cases.iter().map(|case| Table::Cases.key(case.0.as_bytes())).collect();
                self.many(&keys)?
            }
        };
        let all = cases.iter().zip(kept).map(|(case, kept)| {
            let since = self.since.cases.get(case);
            // Whoever is asked for is on file.
            let mut places = kept.or_else(|| since.map(|_| CaseForm::default())).ok_or(Unusable::Stale)?.places;
            let known = places.len();
            places.extend(since.into_iter().flatten());
            Ok((places, known))
        });
        all.collect()
    }
}

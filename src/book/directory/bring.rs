//! What a register is asked for, read from the book by what the directory knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::forms::{DayForm, Table, WeekForm};
use super::gather::day_no;
use super::{Book, Directory, Placed, Unusable};
use crate::domain::case::CaseFile;
use crate::domain::event::Entry;
use crate::domain::ids::{CaseId, day_on};
use crate::domain::past::{Brought, Holds, Past, Want};
use crate::domain::register::Register;
use crate::journal::{Journal, Kept};

impl Directory {
    /// A register with what is needed before anything else: what it is, its policies, its team, which days are open. Each of
    /// the centre's own entries is shown to `met` too.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn centre<J: Journal>(
        &mut self,
        book: &mut Book<J>,
        met: &mut dyn FnMut(&Kept, &Placed),
    ) -> Result<Register, Unusable> {
        let mut register =
            Register { holds: Holds::Part { dates: BTreeSet::new(), past: false }, ..Register::default() };
        self.centre_into(book, &mut register, met)?;
        let open = self.lists.open.iter().cloned().map(DayForm::read);
        let written_to = |day: &crate::domain::past::PastDay| self.since.days.contains(&day.id);
        register.past = Past { days: open.filter(|d| !written_to(d)).map(|d| (d.id, d)).collect(), last: self.last };
        // Days that were written to since are few, and are held whole.
        let since: Vec<_> = self.since.days.iter().copied().collect();
        for day in since {
            for placed in book.read_day(day)? {
                register.fold(&placed.entry);
            }
        }
        Ok(register)
    }

    pub(super) fn centre_into<J: Journal>(
        &mut self,
        book: &mut Book<J>,
        register: &mut Register,
        met: &mut dyn FnMut(&Kept, &Placed),
    ) -> Result<(), Unusable> {
        let each = &mut |kept: &Kept, placed: Placed| {
            register.fold(&placed.entry);
            met(kept, &placed);
        };
        Ok(book.each_row_at(&self.lists.centre, each)?)
    }

    /// Who must not meet, in every file, taken into a register.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn apart<J: Journal>(&mut self, book: &mut Book<J>, register: &mut Register) -> Result<(), Unusable> {
        self.entries_apart(book).map(|entries| entries.iter().for_each(|entry| register.fold(entry)))
    }

    /// The same as entries.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn entries_apart<J: Journal>(&mut self, book: &mut Book<J>) -> Result<Vec<Entry>, Unusable> {
        let entries: Vec<Entry> = book.read_places(&self.lists.apart)?.into_iter().map(|placed| placed.entry).collect();
        let mut scratch = Register::default();
        entries.iter().for_each(|entry| scratch.fold(entry));
        self.families = (entries.len(), scratch.families.open().map(|(pair, _)| pair).collect());
        Ok(entries)
    }

    /// The entries of the day of a date; none if it was not opened.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn day<J: Journal>(&mut self, book: &mut Book<J>, date: NaiveDate) -> Result<Vec<Entry>, Unusable> {
        let id = day_on(book.register().0, date);
        Ok(book.read_day(id)?.into_iter().map(|placed| placed.entry).collect())
    }

    /// Reads what is asked for. Whoever takes it in must hold who must not meet already.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn bring<J: Journal>(&mut self, book: &mut Book<J>, want: &Want) -> Result<Brought, Unusable> {
        match want {
            Want::Date(date) => self.date(book, *date),
            Want::Case(case) => Ok(Brought { cases: self.case_files(book, &[*case])?, ..Brought::default() }),
            Want::Past => Ok(Brought { past: Some(self.past(book)?), ..Brought::default() }),
        }
    }

    fn date<J: Journal>(&mut self, book: &mut Book<J>, date: NaiveDate) -> Result<Brought, Unusable> {
        let day = self.day(book, date)?;
        let cases = self.files_of(book, date, day.iter().filter_map(expected).collect())?;
        let days = if day.is_empty() { Vec::new() } else { vec![day] };
        Ok(Brought { days, cases, ..Brought::default() })
    }

    /// The case files that a date needs: those of its day, if it was opened, those that the bookings expect, and every
    /// family that must not meet one of these.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn files_of<J: Journal>(
        &mut self,
        book: &mut Book<J>,
        date: NaiveDate,
        of_day: BTreeSet<CaseId>,
    ) -> Result<Vec<CaseFile>, Unusable> {
        let mut cases = of_day;
        cases.extend(self.expected_on(date)?);
        if self.families.0 != self.lists.apart.len() {
            self.entries_apart(book)?;
        }
        // A family that must not meet one of these may be held against it.
        for (one, other) in &self.families.1 {
            if cases.contains(one) || cases.contains(other) {
                cases.extend([*one, *other]);
            }
        }
        let cases: Vec<CaseId> = cases.into_iter().collect();
        self.case_files(book, &cases)
    }

    /// What is left of every day.
    fn past<J: Journal>(&mut self, book: &mut Book<J>) -> Result<Past, Unusable> {
        let mut days = BTreeMap::new();
        let mut put = |form: DayForm| days.insert(form.id(), form.read());
        self.each::<DayForm>(Table::Days, &mut |_, form| drop(put(form)))?;
        self.days_since(book)?.into_iter().for_each(|form| drop(put(form)));
        Ok(Past { days, last: self.last })
    }

    /// The families that the bookings expect on a date.
    fn expected_on(&mut self, date: NaiveDate) -> Result<BTreeSet<CaseId>, Unusable> {
        let forms: Option<Vec<WeekForm>> = self.one(&Table::Week.key(&[day_no(date.weekday())]))?;
        if forms.is_none() && self.lists.count(Table::Cases).is_some_and(|cases| *cases > 0) {
            return Err(Unusable::Stale);
        }
        let falls = forms.unwrap_or_default().into_iter().filter(|form| form.falls_on(date));
        // What was written to a file since may say otherwise: those are read, and asked themselves.
        Ok(falls.map(|form| CaseId(form.case)).chain(self.since.cases.keys().copied()).collect())
    }

    /// Case files as they stand; one that is not there is left out.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn case_files<J: Journal>(&mut self, book: &mut Book<J>, cases: &[CaseId]) -> Result<Vec<CaseFile>, Unusable> {
        let places = self.places(cases)?;
        Ok(self.files(book, cases, &places)?.into_iter().flatten().collect())
    }

    /// The files whose entries lie at these places. Who had been listed twice is taken in at its place among them.
    pub(super) fn files<J: Journal>(
        &mut self,
        book: &mut Book<J>,
        cases: &[CaseId],
        places: &[Vec<u64>],
    ) -> Result<Vec<Option<CaseFile>>, Unusable> {
        let merges = book.read_places(&self.lists.merges)?;
        // All at once: one walk of the engine, and two threads to open them.
        let mut read = book.read_places(&places.concat())?.into_iter();
        let mut files = Vec::with_capacity(cases.len());
        for (case, places) in cases.iter().zip(places) {
            let mut scratch = Register::default();
            let mut all: Vec<Placed> = read.by_ref().take(places.len()).collect();
            all.extend(merges.iter().cloned());
            all.sort_by_key(|placed| placed.seq);
            all.iter().for_each(|placed| scratch.fold(&placed.entry));
            files.push(scratch.cases.remove(case));
        }
        Ok(files)
    }
}

/// The case that a session of a day is of.
fn expected(entry: &Entry) -> Option<CaseId> {
    use crate::domain::event::{DayEvent, Event};
    match entry.event.open() {
        Some(Event::Day(DayEvent::SessionExpected(expected))) => Some(expected.case),
        _ => None,
    }
}

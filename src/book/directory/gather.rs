//! Putting on the shelf what was written since: the touched cases, days and bookings, in one batch.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Weekday;
use serde::Serialize;

use super::forms::{CaseForm, DayForm, HeadForm, NameForm, Table, WeekForm, names};
use super::{Book, Directory, Since, Unusable};
use crate::domain::case::CaseFile;
use crate::domain::find::{Name, Names};
use crate::domain::ids::{CaseId, DayId};
use crate::domain::past::PastDay;
use crate::domain::register::Register;
use crate::journal::{Fault, Head, Journal, Put, Seq};

/// Cases whose values are made at a time, so that a directory of a hundred thousand people is made in little memory.
const AT_A_TIME: usize = 256;
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

impl Directory {
    /// Puts on the shelf what was written since: all of it, or nothing.
    ///
    /// # Errors
    /// [`Unusable`]; the shelf is as it was.
    pub fn put_away<J: Journal>(&mut self, book: &mut Book<J>) -> Result<(), Unusable> {
        let head = self.head();
        if self.since.entries == 0 && self.at == head {
            return Ok(());
        }
        // Its key may be another one since: values of the old one would lie among those of the new.
        if self.at.seq != Seq::START && self.one::<HeadForm>(&Table::Head.key(&[]))?.is_none() {
            return Err(Unusable::Stale);
        }
        let before = self.lists.clone();
        self.put_all(book, head).inspect_err(|_| self.lists = before)
    }

    fn put_all<J: Journal>(&mut self, book: &mut Book<J>, head: Head) -> Result<(), Unusable> {
        let cases = self.touched()?;
        let mut week = self.week(&cases)?;
        let days = self.days_since(book)?;
        self.lists.open.retain(|open| !days.iter().any(|day| day.id() == open.id()));
        self.lists.open.extend(days.iter().filter(|day| day.is_open()).cloned());
        let mut batch: Vec<Put> = Vec::new();
        let forms: Vec<Value> = days.iter().map(|day| self.value(Table::Days, day.id().0.as_bytes(), day)).collect();
        self.put(&mut batch, Table::Days, forms)?;
        self.since.building.finish(&self.sealed);
        // Cases a few at a time; everything is put at the end, in one batch.
        for some in cases.chunks(AT_A_TIME) {
            self.put_cases(book, some, &mut batch, &mut week)?;
        }
        for (day, forms) in &week {
            batch.extend(self.value(Table::Week, &[*day], forms));
        }
        let last = self.last.map(|last| last.to_rfc3339());
        batch.extend(self.value(Table::Lists, &[], &self.lists));
        let form = HeadForm { seq: head.seq.0, link: head.link.0, last, carried: self.carried };
        batch.extend(self.value(Table::Head, &[], &form));
        // In the order of their keys they lie close together, and each goes in beside the one before it.
        batch.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        self.shelf.put(&mut batch.into_iter())?;
        self.at = head;
        self.since = Since { head: Some(head), ..Since::default() };
        Ok(())
    }

    /// Values of some cases: of those that are new as they were made when their entries went by, else as they are read.
    fn put_cases<J: Journal>(
        &mut self,
        book: &mut Book<J>,
        some: &[CaseId],
        batch: &mut Vec<Put>,
        week: &mut BTreeMap<u8, Vec<WeekForm>>,
    ) -> Result<(), Unusable> {
        let (mut cases, mut names_of, mut read) = (Vec::new(), Vec::new(), Vec::new());
        for (case, (places, known)) in some.iter().zip(self.places_of(some)?) {
            // Who had been listed twice is not known to what was made meanwhile.
            let is_new = known == 0 && self.lists.merges.is_empty();
            let built = self.since.building.take(*case, places.len()).filter(|_| is_new);
            let form = CaseForm { places };
            cases.push(self.value(Table::Cases, case.0.as_bytes(), &form));
            let Some(built) = built else {
                read.push((*case, form.places));
                continue;
            };
            names_of.push(Some(Put { key: Table::Names.key(case.0.as_bytes()), value: Some(built.names) }));
            built.week.into_iter().for_each(|(day, form)| week.entry(day).or_default().push(form));
        }
        let (ids, places): (Vec<CaseId>, Vec<Vec<u64>>) = read.into_iter().unzip();
        for (case, file) in ids.iter().zip(self.files(book, &ids, &places)?) {
            let Some(file) = file else { continue };
            names_of.push(self.value(Table::Names, case.0.as_bytes(), &names(&file)));
            week_of(&file).for_each(|(day, form)| week.entry(day).or_default().push(form));
        }
        self.put(batch, Table::Cases, cases)?;
        self.put(batch, Table::Names, names_of)
    }

    /// Puts more values of a table in; each is counted where there was none.
    fn put(&mut self, batch: &mut Vec<Put>, table: Table, values: Vec<Value>) -> Result<(), Unusable> {
        let values: Vec<Put> = values.into_iter().collect::<Option<_>>().ok_or(Unusable::Stale)?;
        let is_empty = self.lists.count(table).is_some_and(|count| *count == 0);
        let known = match is_empty {
            true => 0,
            false => {
                let keys: Vec<Vec<u8>> = values.iter().map(|put| put.key.clone()).collect();
                match self.shelf.get(&keys) {
                    Err(Fault::Missing) if self.at.seq == Seq::START => 0,
                    other => other?.iter().filter(|value| value.is_some()).count(),
                }
            }
        };
        if let Some(count) = self.lists.count(table) {
            *count += u64::try_from(values.len() - known).unwrap_or_default();
        }
        batch.extend(values);
        Ok(())
    }

    fn value(&self, table: Table, of: &[u8], form: &impl Serialize) -> Value {
        let key = table.key(of);
        let value = self.sealed.write(&key, form)?;
        Some(Put { key, value: Some(value) })
    }

    /// The cases that read otherwise now: those written to, and after somebody was found to be listed twice, all.
    fn touched(&mut self) -> Result<Vec<CaseId>, Unusable> {
        let mut cases: BTreeSet<CaseId> = self.since.cases.keys().copied().collect();
        if self.since.merged {
            self.each::<CaseForm>(Table::Cases, &mut |id, _| {
                cases.insert(CaseId(id));
            })?;
        }
        Ok(cases.into_iter().collect())
    }

    /// The bookings of the week, those of these cases left out.
    fn week(&mut self, but: &[CaseId]) -> Result<BTreeMap<u8, Vec<WeekForm>>, Unusable> {
        if but.is_empty() {
            return Ok(BTreeMap::new());
        }
        let but: BTreeSet<CaseId> = but.iter().copied().collect();
        let keys: Vec<Vec<u8>> = WEEK.iter().map(|day| Table::Week.key(&[day_no(*day)])).collect();
        let kept: Vec<Option<Vec<WeekForm>>> = self.many(&keys)?;
        let left = |forms: Option<Vec<WeekForm>>| {
            let mut forms = forms.unwrap_or_default();
            forms.retain(|form| !but.contains(&CaseId(form.case)));
            forms
        };
        Ok(WEEK.iter().map(|day| day_no(*day)).zip(kept.into_iter().map(left)).collect())
    }

    /// What is left of each day that was written to.
    pub(super) fn days_since<J: Journal>(&mut self, book: &mut Book<J>) -> Result<Vec<DayForm>, Unusable> {
        let mut base = Register::default();
        self.centre_into(book, &mut base, &mut |_, _| {})?;
        let ids: Vec<DayId> = self.since.days.iter().copied().collect();
        let mut forms = Vec::with_capacity(ids.len());
        for id in ids {
            for placed in book.read_day(id)? {
                base.fold(&placed.entry);
            }
            let Some(day) = base.days.remove(&id).filter(|day| day.opened.is_some()) else { continue };
            forms.push(DayForm::of(&PastDay::of(&base, &day)));
        }
        Ok(forms)
    }

    /// The names of everybody on file.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn names<J: Journal>(&mut self, book: &mut Book<J>) -> Result<Names, Unusable> {
        let since = self.touched()?;
        let mut names = Names::default();
        self.each::<Vec<NameForm>>(Table::Names, &mut |case, forms| {
            if since.binary_search(&CaseId(case)).is_err() {
                forms.iter().for_each(|form| names.push(&form.read(CaseId(case))));
            }
        })?;
        for some in since.chunks(AT_A_TIME) {
            for file in self.case_files(book, some)? {
                file.people.iter().for_each(|member| names.push(&Name::of(file.head.case, member)));
            }
        }
        names.index();
        Ok(names)
    }
}

/// A value as it is put on the shelf; `None`: it cannot be written.
type Value = Option<Put>;

/// The bookings of a file, by the number of the weekday.
pub(super) fn week_of(file: &CaseFile) -> impl Iterator<Item = (u8, WeekForm)> + '_ {
    let comes = file.patterns.values().filter(|_| !file.head.kind.is_by_post());
    comes.map(|pattern| (day_no(pattern.weekday), WeekForm::of(&file.head, pattern)))
}

/// The number of a weekday as a key.
pub(super) fn day_no(day: Weekday) -> u8 {
    u8::try_from(day.num_days_from_monday()).unwrap_or_default()
}

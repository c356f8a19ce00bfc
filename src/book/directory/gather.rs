//! Putting on the shelf what was written since: the touched cases, days and bookings, in one batch.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Weekday;
use serde::Serialize;

use super::forms::{CaseForm, DayForm, HeadForm, NameForm, Table, WeekForm, names};
use super::{Book, Directory, Since, Unusable};
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
        for day in &days {
            self.put(&mut batch, Table::Days, day.id().0, day)?;
        }
        // Cases a few at a time; everything is put at the end, in one batch.
        for some in cases.chunks(AT_A_TIME) {
            let places = self.places(some)?;
            let files = self.files(book, some, &places)?;
            for ((case, places), file) in some.iter().zip(places).zip(files) {
                self.put(&mut batch, Table::Cases, case.0, &CaseForm { places })?;
                let Some(file) = file else { continue };
                self.put(&mut batch, Table::Names, case.0, &names(&file))?;
                for pattern in file.patterns.values().filter(|_| !file.head.kind.is_by_post()) {
                    week.entry(day_no(pattern.weekday)).or_default().push(WeekForm::of(&file.head, pattern));
                }
            }
        }
        for (day, forms) in &week {
            batch.extend(self.value(Table::Week, &[*day], forms));
        }
        let last = self.last.map(|last| last.to_rfc3339());
        batch.extend(self.value(Table::Lists, &[], &self.lists));
        batch.extend(self.value(Table::Head, &[], &HeadForm { seq: head.seq.0, link: head.link.0, last }));
        self.shelf.put(&mut batch.into_iter())?;
        self.at = head;
        self.since = Since { head: Some(head), ..Since::default() };
        Ok(())
    }

    /// Puts one more value in; it is counted where there was none.
    fn put(
        &mut self,
        batch: &mut Vec<Put>,
        table: Table,
        id: uuid::Uuid,
        form: &impl Serialize,
    ) -> Result<(), Unusable> {
        let put = self.value(table, id.as_bytes(), form).ok_or(Unusable::Stale)?;
        let known = match self.shelf.get(std::slice::from_ref(&put.key)) {
            Err(Fault::Missing) if self.at.seq == Seq::START => false,
            other => other?.iter().any(Option::is_some),
        };
        if let Some(count) = self.lists.count(table).filter(|_| !known) {
            *count += 1;
        }
        batch.push(put);
        Ok(())
    }

    fn value(&self, table: Table, of: &[u8], form: &impl Serialize) -> Option<Put> {
        let key = table.key(of);
        let value = self.checked.write(&key, form)?;
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
        self.centre_into(book, &mut base)?;
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

/// The number of a weekday as a key.
pub(super) fn day_no(day: Weekday) -> u8 {
    u8::try_from(day.num_days_from_monday()).unwrap_or_default()
}

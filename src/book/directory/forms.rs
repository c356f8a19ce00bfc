//! The values on the shelf: how they are written, and that each is sealed for its place.
//!
//! Nothing here is for ever: a directory of another version, or one that does not check, is made anew from the book.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::domain::case::{CaseFile, CaseHead, Member, Pattern};
use crate::domain::event::KeysSet;
use crate::domain::find::Name;
use crate::domain::ids::{CaseId, DayId, PatternId, PersonId};
use crate::domain::past::{PastDay, PastSession};
use crate::domain::policy::Code;
use crate::vault::{Sealer, wipe};

/// Counts up when any form here changes.
const VERSION: u8 = 2;

/// The tables of the shelf: the first byte of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Table {
    /// One value: as far as the directory goes.
    Head = 1,
    /// One value: the places of the centre's own entries, of pairs, and which days are open.
    Lists,
    /// By weekday: who may be expected.
    Week,
    /// By case: the places of its entries.
    Cases,
    /// By case: the names of its people.
    Names,
    /// By day: what is left of it.
    Days,
}

impl Table {
    /// The key of a value.
    pub(super) fn key(self, of: &[u8]) -> Vec<u8> {
        let mut key = vec![self as u8];
        key.extend_from_slice(of);
        key
    }
}

/// A date as the number of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Date(i32);

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce())
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        Self::from_num_days_from_ce_opt(date.0).unwrap_or_default()
    }
}

/// As far as the directory goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HeadForm {
    pub seq: u64,
    pub link: [u8; 32],
    /// The latest time of any entry of a day, RFC 3339.
    pub last: Option<String>,
    /// It was made under an earlier key, and taken along.
    pub carried: bool,
}

/// Places in the book, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ListsForm {
    /// What the register is, its policies, its team.
    pub centre: Vec<u64>,
    /// Of these, the last that names the keyring and changes nobody's key, and its version: the next one makes it needless.
    pub plain: Option<(u64, u64)>,
    /// The version that the last one named which stays.
    pub named: u64,
    /// Who must not meet, in every file; and who was listed twice.
    pub apart: Vec<u64>,
    /// Of these, who was listed twice.
    pub merges: Vec<u64>,
    /// Days that are not signed.
    pub open: Vec<DayForm>,
    /// How many values the tables of cases, of names and of days hold: one that is hidden by damage is missed.
    pub counts: [u64; 3],
}

/// Between two that stay a keyring is at most so many versions ahead: far less than what a reader takes.
const STAYS: u64 = 256;

impl ListsForm {
    /// The keyring is named at a place. A new file makes a new version, so that these are many: what changes nobody's key is
    /// needed until the next. What a reader would not take stays, so that it is told.
    pub(super) fn names_keys(&mut self, seq: u64, set: &KeysSet) {
        let changes = set.act.is_some() || !(set.added.is_empty() && set.removed.is_empty() && set.groups.is_empty());
        if let Some((place, plain)) = self.plain.take() {
            let needless = self.named < plain && plain < set.version && set.version - self.named <= STAYS;
            if !needless {
                self.named = self.named.max(plain);
            } else if let Some(at) = self.centre.iter().rposition(|at| *at == place) {
                self.centre.remove(at);
            }
        }
        self.centre.push(seq);
        if changes {
            self.named = self.named.max(set.version);
        } else {
            self.plain = Some((seq, set.version));
        }
    }

    /// How many values a table holds, where that is known.
    pub(super) fn count(&mut self, table: Table) -> Option<&mut u64> {
        let [cases, names, days] = &mut self.counts;
        match table {
            Table::Cases => Some(cases),
            Table::Names => Some(names),
            Table::Days => Some(days),
            Table::Head | Table::Lists | Table::Week => None,
        }
    }
}

/// A case: where its entries lie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CaseForm {
    pub places: Vec<u64>,
}

/// A booking, as far as it says on which dates a family is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WeekForm {
    pub case: Uuid,
    opened: Date,
    closed: Option<Date>,
    from: Date,
    to: Option<Date>,
    every: u16,
}

impl WeekForm {
    pub(super) fn of(head: &CaseHead, pattern: &Pattern) -> Self {
        Self {
            case: head.case.0,
            opened: head.opened.into(),
            closed: head.closed.map(Date::from),
            from: pattern.from.into(),
            to: pattern.to.map(Date::from),
            every: pattern.every_weeks,
        }
    }

    /// Is the family expected on a date, which is of the weekday that this is kept under?
    pub(super) fn falls_on(&self, date: NaiveDate) -> bool {
        let open = NaiveDate::from(self.opened) <= date && self.closed.is_none_or(|closed| date <= closed.into());
        open && self.pattern(date.weekday()).falls_on(date)
    }

    fn pattern(&self, weekday: Weekday) -> Pattern {
        Pattern {
            id: PatternId(Uuid::nil()),
            weekday,
            start: chrono::NaiveTime::MIN,
            end: chrono::NaiveTime::MIN,
            room: Code::new(""),
            every_weeks: self.every,
            from: self.from.into(),
            to: self.to.map(NaiveDate::from),
            legs: None,
        }
    }
}

/// A session as the limits count it: its case, by side, by child.
type SessionForm = (Uuid, [Option<bool>; 2], Vec<(Uuid, Option<bool>)>);

/// What is left of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DayForm {
    id: Uuid,
    date: Date,
    signed: bool,
    waits: bool,
    sessions: Vec<SessionForm>,
    noted: Vec<(Uuid, u8)>,
}

impl DayForm {
    pub(super) fn of(day: &PastDay) -> Self {
        let session =
            |s: &PastSession| (s.case.0, s.missed, s.no_part.iter().map(|(person, so)| (person.0, *so)).collect());
        Self {
            id: day.id.0,
            date: day.date.into(),
            signed: day.signed,
            waits: day.waits,
            sessions: day.sessions.iter().map(session).collect(),
            noted: day.noted.iter().copied().collect(),
        }
    }

    pub(super) fn read(self) -> PastDay {
        let session = |(case, missed, no_part): SessionForm| PastSession {
            case: CaseId(case),
            missed,
            no_part: no_part.into_iter().map(|(person, so)| (PersonId(person), so)).collect(),
        };
        PastDay {
            id: DayId(self.id),
            date: self.date.into(),
            signed: self.signed,
            waits: self.waits,
            sessions: self.sessions.into_iter().map(session).collect(),
            noted: self.noted.into_iter().collect(),
        }
    }

    pub(super) fn id(&self) -> DayId {
        DayId(self.id)
    }

    pub(super) fn is_open(&self) -> bool {
        !self.signed
    }
}

/// A person's names as they are shown, and when they were born.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NameForm {
    person: Uuid,
    given: String,
    known_as: String,
    family: String,
    born: Option<Date>,
}

impl NameForm {
    pub(super) fn of(member: &Member) -> Self {
        Self {
            person: member.person.0,
            given: member.given.to_string(),
            known_as: member.known_as.as_ref().map(ToString::to_string).unwrap_or_default(),
            family: member.family.to_string(),
            born: member.born.map(Date::from),
        }
    }

    pub(super) fn read(&self, case: CaseId) -> Name<'_> {
        Name {
            case,
            person: PersonId(self.person),
            given: &self.given,
            known_as: &self.known_as,
            family: &self.family,
            born: self.born.map(NaiveDate::from),
        }
    }
}

/// All names of a file.
pub(super) fn names(file: &CaseFile) -> Vec<NameForm> {
    file.people.iter().map(NameForm::of).collect()
}

/// Writes and reads values, each sealed for its place on the shelf.
#[derive(Clone)]
pub(super) struct Sealed(Arc<dyn Sealer>);

impl Sealed {
    /// By the keys of a book.
    pub(super) fn by(sealer: Arc<dyn Sealer>) -> Self {
        Self(sealer)
    }

    /// A value; `None`: it cannot be written.
    pub(super) fn write(&self, key: &[u8], form: &impl Serialize) -> Option<Vec<u8>> {
        let mut bytes = postcard::to_allocvec(form).ok()?;
        let sealed = self.0.seal_shelf(&place(key), &bytes).ok();
        wipe(&mut bytes);
        sealed
    }

    /// A value under this key, of one that was sealed for the same place under another; `None`: it was not.
    pub(super) fn again(&self, before: &Self, key: &[u8], value: &[u8]) -> Option<Vec<u8>> {
        let mut bytes = before.0.open_shelf(&place(key), value).ok()?;
        let sealed = self.0.seal_shelf(&place(key), &bytes).ok();
        wipe(&mut bytes);
        sealed
    }

    /// What was written at this key; `None`: it is not that, or was sealed under another key.
    pub(super) fn read<T: DeserializeOwned>(&self, key: &[u8], value: &[u8]) -> Option<T> {
        let mut bytes = self.0.open_shelf(&place(key), value).ok()?;
        let form = postcard::from_bytes(&bytes).ok();
        wipe(&mut bytes);
        form
    }
}

/// What a value is bound to: the version of all forms here, and its key.
fn place(key: &[u8]) -> Vec<u8> {
    let mut place = Vec::with_capacity(1 + key.len());
    place.push(VERSION);
    place.extend_from_slice(key);
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::StaffId;

    fn set(version: u64, changes: bool) -> KeysSet {
        let removed = if changes { vec![StaffId(uuid::Uuid::nil())] } else { Vec::new() };
        let (added, groups) = (Vec::new(), Vec::new());
        KeysSet { version, epoch: 1, sum: [0; 32], added, removed, groups, act: None, signed: None }
    }

    /// What nobody has signed, what comes again, and what is far ahead or behind: the next one does not hide it.
    #[test]
    fn what_no_reader_takes_stays() {
        for bad in [set(11, true), set(10, false), set(3, false), set(5000, false)] {
            let mut lists = ListsForm::default();
            for (seq, one) in [set(10, false), bad.clone(), set(12, false), set(13, false)].iter().enumerate() {
                lists.names_keys(seq as u64 + 1, one);
            }
            assert!(lists.centre.contains(&2), "{bad:?}");
        }
    }

    /// Whoever reads these places alone must find what counts, and no version far ahead of the one before it.
    #[test]
    fn of_what_names_the_keyring_the_last_stays_and_what_changes_a_key_and_steps_between() {
        let mut lists = ListsForm::default();
        let (mut version, mut all) = (0, Vec::new());
        for seq in 1..=5000 {
            // Something else of the centre's stands between.
            if seq % 7 == 0 {
                lists.centre.push(seq);
                continue;
            }
            version += if seq % 911 == 0 { 700 } else { 1 };
            let changes = seq % 1300 == 0;
            lists.names_keys(seq, &set(version, changes));
            all.push((seq, version, changes));
            // Looking at all of it each time takes half a minute.
            if seq % 61 != 0 && !changes {
                continue;
            }
            let kept: Vec<_> = all.iter().filter(|(seq, ..)| lists.centre.contains(seq)).collect();
            assert!(all.iter().filter(|(.., changes)| *changes).all(|one| kept.contains(&one)));
            assert_eq!(kept.last().map(|one| one.0), Some(seq), "the last stays");
            let ahead = kept.windows(2).map(|two| two[1].1 - two[0].1).max();
            assert!(ahead.is_none_or(|ahead| ahead <= 700 + STAYS), "{ahead:?}");
        }
        assert!(lists.centre.len() < 5000 / 7 + 40, "{}", lists.centre.len());
        assert!(lists.centre.is_sorted());
    }
}

//! Days that are not held whole: what of them still counts, and whether anything of them still waits.
//!
//! A desk that has been used for ten years holds today, and of every other day this. It is derived from a day's
//! entries, as all is; what waits is read by taking the day's own entries in again ([`Want`]).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::case::CaseFile;
use crate::domain::codes::{Moment, Party};
use crate::domain::day::Day;
use crate::domain::event::Entry;
use crate::domain::ids::{CaseId, DayId, PersonId};
use crate::domain::register::Register;
use crate::domain::todo;

/// What is left of a day that is not held whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDay {
    /// Its id.
    pub id: DayId,
    /// Its date.
    pub date: NaiveDate,
    /// It is signed.
    pub signed: bool,
    /// Something of it waits for the coordinator, the safeguarding lead or the chair.
    pub waits: bool,
    /// How its sessions went, as far as a limit counts them.
    pub sessions: Vec<PastSession>,
    /// What was noted on it: about what, and which check.
    pub noted: BTreeSet<(Uuid, u8)>,
}

/// A session as the limits of the policy count it (domain.md 3.2, and 4 check 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastSession {
    /// Of which case.
    pub case: CaseId,
    /// By side, the one that brings first: missed without a valid reason, came, or neither.
    pub missed: [Option<bool>; 2],
    /// By child: took no part, had contact, or neither.
    pub no_part: Vec<(PersonId, Option<bool>)>,
}

impl PastSession {
    /// Whether a side missed it.
    pub fn missed_by(&self, party: Party) -> Option<bool> {
        let [brings, visits] = self.missed;
        if party == Party::Brings { brings } else { visits }
    }
}

impl PastDay {
    /// Of a day, as it stands.
    pub fn of(register: &Register, day: &Day) -> Self {
        Self {
            id: day.id,
            date: day.date,
            signed: day.is_signed(),
            waits: todo::waits(register, day),
            sessions: day.sessions.iter().map(|session| todo::counted(day, session)).collect(),
            noted: day.noted.clone(),
        }
    }
}

/// What a register knows of days that it does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Those days. Of a register that holds only a part: at first those that were never signed.
    pub days: BTreeMap<DayId, PastDay>,
    /// The latest time of any entry of a day.
    pub last: Option<Moment>,
}

impl Past {
    /// The dates whose days are in hand on a date: its own, and the one before where its day was never signed.
    pub fn to_be_in_hand(&self, today: NaiveDate) -> Vec<NaiveDate> {
        today.pred_opt().filter(|date| self.is_open(*date)).into_iter().chain([today]).collect()
    }

    /// Is the day of this date one that was never signed, and not held?
    pub fn is_open(&self, date: NaiveDate) -> bool {
        self.days.values().any(|day| day.date == date && !day.signed)
    }
}

/// How much of the book a register holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Holds {
    /// All of it.
    #[default]
    All,
    /// What a desk needs at hand; the rest is asked for.
    Part {
        /// Dates whose day and whose expected families are held.
        dates: BTreeSet<NaiveDate>,
        /// Every day is held, or what is left of it.
        past: bool,
    },
}

/// What a register does not hold, and may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Want {
    /// The day of a date, and the case files of who is expected on it.
    Date(NaiveDate),
    /// What is left of every day, and whole the days of which something waits.
    Past,
    /// A case file.
    Case(CaseId),
}

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// The entries of days, each day by itself, in the order in which they were written.
    pub days: Vec<Vec<Entry>>,
    /// Case files as they stand.
    pub cases: Vec<CaseFile>,
    /// What is left of every day.
    pub past: Option<Past>,
    /// The entries of who must not meet, in every file, where the register was given before they were read.
    pub apart: Vec<Entry>,
}

impl Register {
    /// Is this not at hand?
    pub fn lacks(&self, want: &Want) -> bool {
        let Holds::Part { dates, past } = &self.holds else { return false };
        match want {
            Want::Date(date) => !dates.contains(date),
            Want::Past => !past,
            Want::Case(case) => !self.cases.contains_key(case),
        }
    }

    /// Takes in what was asked for. What is held already stays: it is as new or newer.
    pub fn bring(&mut self, want: &Want, brought: Brought) {
        brought.apart.iter().for_each(|entry| self.fold(entry));
        for file in brought.cases {
            self.hold_case(file);
        }
        if let Some(past) = brought.past {
            self.past = past;
            // What is held is held whole, and newer.
            self.past.days.retain(|id, _| !self.days.contains_key(id));
        }
        brought.days.iter().for_each(|entries| self.hold_day(entries));
        if let Holds::Part { dates, past } = &mut self.holds {
            match want {
                Want::Date(date) => {
                    dates.insert(*date);
                }
                Want::Past => *past = true,
                Want::Case(_) => {}
            }
        }
    }

    /// Takes in a day that is not held, by all of its entries.
    pub fn hold_day(&mut self, entries: &[Entry]) {
        let Some(id) = entries.first().and_then(|e| e.day).filter(|id| !self.days.contains_key(id)) else { return };
        self.past.days.remove(&id);
        entries.iter().for_each(|entry| self.fold(entry));
    }

    /// Lets go of all days but those of these dates, and of case files: what was let go is asked for again where it is
    /// needed. Of a day that waits for nothing nothing stays; the book has it.
    pub fn let_go_but(&mut self, keep: &[NaiveDate]) {
        if self.holds == Holds::All {
            return;
        }
        let gone: Vec<DayId> = self.days.values().filter(|d| !keep.contains(&d.date)).map(|d| d.id).collect();
        for id in gone {
            let Some(day) = self.days.remove(&id) else { continue };
            let last = day.last_entry();
            self.past.last = self.past.last.max(last);
            let left = PastDay::of(self, &day);
            self.past.days.insert(id, left);
        }
        self.past.days.retain(|_, day| !day.signed);
        self.cases.clear();
        self.holds = Holds::Part { dates: BTreeSet::new(), past: false };
    }

    /// Every day that was opened, by date: what counts of it.
    pub fn all_days(&self) -> Vec<Cow<'_, PastDay>> {
        let held = self.days.values().filter(|d| d.opened.is_some()).map(|day| Cow::Owned(PastDay::of(self, day)));
        let left = self.past.days.values().filter(|d| !self.days.contains_key(&d.id)).map(Cow::Borrowed);
        let mut days: Vec<Cow<'_, PastDay>> = held.chain(left).collect();
        days.sort_by_key(|day| day.date);
        days
    }

    /// When the last entry of any day happened or was written, whichever is later.
    pub fn last_entry(&self) -> Option<Moment> {
        self.days.values().filter_map(Day::last_entry).max().max(self.past.last)
    }
}

//! The register: the fold of all entries into team, policy, case files and days. Total: never fails, never panics.

mod files;
pub mod people;
mod used;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::case::CaseFile;
use crate::domain::codes::{Moment, Role};
use crate::domain::day::Day;
use crate::domain::event::{
    About, By, CentreEvent, DayEvent, Entry, Event, Expected, KeysSet, Readers, RegisterKind, StaffCard, UserCard,
    UserKeys,
};
use crate::domain::ids::{CaseId, DayId, PersonId, RegisterId, StaffId, day_on};
use crate::domain::pairs::{Mark, Pairs};
use crate::domain::past::{Holds, Past};
use crate::domain::policy::Policy;

/// Everything that the entries say.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Its id and what it is for, once its first entry is read.
    pub made: Option<(RegisterId, RegisterKind)>,
    /// Each version of the policy.
    pub policies: BTreeMap<u32, Arc<Policy>>,
    /// When each version of the policy was written, and by whom.
    pub policy_history: Vec<(u32, Moment, By)>,
    /// The team, those who left too.
    pub team: BTreeMap<StaffId, StaffCard>,
    /// The list of authorised users, those who left too.
    pub users: BTreeMap<StaffId, UserCard>,
    /// What was done about them, the oldest first.
    pub people: Vec<people::Done>,
    /// The last public keys of everybody who ever had any. Which of them count is the book's to know.
    pub keyed: BTreeMap<StaffId, UserKeys>,
    /// The last version of the keyring that was written down.
    pub keys: Option<KeysSet>,
    /// Case files.
    pub cases: BTreeMap<CaseId, CaseFile>,
    /// Pairs of people who must not meet, by any file, and those who may again; and who was listed twice.
    pub pairs: Pairs<PersonId>,
    /// Pairs of families who must not meet.
    pub families: Pairs<CaseId>,
    /// Days that were opened.
    pub days: BTreeMap<DayId, Day>,
    /// What is known of days that are not held whole.
    pub past: Past,
    /// How much of the book this is.
    pub holds: Holds,
}

impl Register {
    /// Takes one more entry in.
    pub fn fold(&mut self, entry: &Entry) {
        if let Some(day) = entry.day {
            self.fold_day(day, entry);
            return;
        }
        match entry.event.open() {
            Some(Event::Centre(event)) => self.fold_centre(event, entry),
            Some(Event::Case(event)) => {
                self.fold_file(event, &Mark { at: entry.occurred_at, by: entry.by, why: None });
            }
            _ => {}
        }
    }

    fn fold_day(&mut self, id: DayId, entry: &Entry) {
        if !self.days.contains_key(&id) {
            if self.past.days.contains_key(&id) {
                // It is not held: where it is asked for, the book gives all of it.
                return;
            }
            let (date, version) = match entry.event.open() {
                Some(Event::Day(DayEvent::Opened { date, policy })) => (*date, Some(*policy)),
                _ => (entry.occurred_at.date_naive(), None),
            };
            let policy = version.and_then(|v| self.policies.get(&v).cloned()).unwrap_or_else(|| self.policy());
            self.days.insert(id, Day::new(id, date, policy));
        }
        if let Some(day) = self.days.get_mut(&id) {
            day.fold(entry.clone());
        }
    }

    fn fold_centre(&mut self, event: &CentreEvent, entry: &Entry) {
        self.fold_people(event, entry);
        match event {
            CentreEvent::RegisterMade { register, kind } => self.made = Some((*register, *kind)),
            CentreEvent::PolicySet(policy) => {
                self.policies.insert(policy.version, Arc::new((**policy).clone()));
                self.policy_history.push((policy.version, entry.recorded_at, entry.by));
            }
            CentreEvent::StaffListed(card) => {
                self.team.insert(card.staff, card.clone());
            }
            CentreEvent::AuthorisedUser(card) => {
                self.users.insert(card.staff, card.clone());
            }
            CentreEvent::KeysSet(keys) => {
                self.keyed.extend(keys.added.iter().map(|keys| (keys.staff, *keys)));
                // Who signed it is held against the book where the book is.
                self.keys = Some(KeysSet { signed: None, ..keys.clone() });
            }
            // What was done with the register, not what it is.
            CentreEvent::DayNote { .. }
            | CentreEvent::Viewed { .. }
            | CentreEvent::Exported { .. }
            | CentreEvent::WrongTries { .. } => {}
        }
    }

    /// The policy in force.
    pub fn policy(&self) -> Arc<Policy> {
        self.policies.values().next_back().cloned().unwrap_or_default()
    }

    /// A practice register.
    pub fn is_practice(&self) -> bool {
        matches!(self.made, Some((_, RegisterKind::Practice { .. })))
    }

    /// What stands on every screen and page of a practice register; `None`: a centre's own. One made empty holds what
    /// somebody imported into it: nobody may take that for a real one.
    pub fn practice_mark(&self) -> Option<&'static str> {
        match self.made {
            Some((_, RegisterKind::Practice { starts: Some(_) })) => Some("PRACTICE   invented people"),
            Some((_, RegisterKind::Practice { starts: None })) => Some("PRACTICE   not a real register"),
            _ => None,
        }
    }

    /// The date of the day that a desk works on: today's, unless last night's was never signed and families are still in
    /// by the register. Midnight does not roll a day over.
    pub fn date_in_hand(&self, now: Moment) -> NaiveDate {
        let today = now.date_naive();
        let yesterday = today.pred_opt().unwrap_or(today);
        let left_open = self.days.get(&self.day_id(yesterday)).filter(|d| d.opened.is_some() && !d.is_signed());
        let families_in = left_open.is_some_and(|d| d.heads().children + d.heads().adults > 0);
        if families_in && !self.days.contains_key(&self.day_id(today)) { yesterday } else { today }
    }

    /// The sessions that the patterns expect on a date, numbered in order of start; nothing is written.
    pub fn expected_on(&self, date: NaiveDate) -> Vec<Expected> {
        let policy = self.policy();
        let mut all: Vec<Expected> = Vec::new();
        for case in self.cases.values().filter(|c| c.is_open_on(date)) {
            if case.head.kind.is_by_post() {
                continue;
            }
            all.extend(case.patterns.values().filter(|p| p.falls_on(date)).map(|p| case.expected(p, date, &policy)));
        }
        all.sort_by(|a, b| (a.start, &a.code, a.session).cmp(&(b.start, &b.code, b.session)));
        let today: BTreeSet<PersonId> = all.iter().flat_map(|e| &e.people).map(|m| m.person).collect();
        let apart = self.apart_among(&today);
        for (no, expected) in (1..).zip(&mut all) {
            expected.no = no;
            let of = |person: &PersonId| expected.people.iter().any(|m| m.person == *person);
            expected.apart = apart.iter().filter(|(one, other)| of(one) || of(other)).copied().collect();
        }
        all
    }

    /// The id of the day on a date.
    pub fn day_id(&self, date: NaiveDate) -> DayId {
        day_on(self.made.map(|(id, _)| id.0).unwrap_or_default(), date)
    }

    /// First name of someone of the team.
    pub fn staff_name(&self, staff: StaffId) -> &str {
        self.team.get(&staff).map_or("?", |card| card.given.as_str())
    }

    /// Role of someone of the team.
    pub fn role(&self, staff: StaffId) -> Role {
        self.team.get(&staff).map_or(Role::Volunteer, |card| card.role)
    }

    /// For whom an account about somebody is.
    pub fn readers(&self, about: About) -> Readers {
        match about {
            About::Worker { staff, .. } => Readers::of_worker(self.role(staff)),
            About::Session { .. } | About::Nobody(_) => Readers::Concern,
        }
    }

    /// The team of today, in the order of their numbers.
    pub fn present_team(&self) -> Vec<&StaffCard> {
        let mut team: Vec<&StaffCard> = self.team.values().filter(|c| !c.left).collect();
        team.sort_by_key(|c| c.number);
        team
    }

    /// The case files that somebody is in.
    pub fn cases_of(&self, person: PersonId) -> impl Iterator<Item = &CaseFile> {
        self.cases.values().filter(move |c| c.people.iter().any(|m| m.person == person))
    }
}

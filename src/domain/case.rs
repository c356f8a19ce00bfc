//! A case file: the children, the side that brings, the side that visits, instructions, patterns.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::domain::codes::{Consent, ContactKind, Effect, Flag, Legs, Offsite, Origin, Party, Referral, Side};
use crate::domain::event::{CaseEvent, Expected};
use crate::domain::ids::{CaseId, InstructionId, PatternId, PersonId, StaffId, expected_session};
use crate::domain::policy::{Code, Plan, Policy};
use crate::domain::text::Text;

/// The head of a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// Its id.
    pub case: CaseId,
    /// The centre's own reference, `F25-00001`: no name in it.
    pub code: Text,
    /// Kind of contact.
    pub kind: ContactKind,
    /// Who referred the family.
    pub referral: Referral,
    /// When it was taken on.
    pub opened: NaiveDate,
    /// When it was closed.
    pub closed: Option<NaiveDate>,
    /// Its own plan, where the centre's does not fit.
    pub plan: Option<Plan>,
    /// The worker who supervises, of one-to-one contact.
    pub supervisor: Option<StaffId>,
    /// What lets the children leave the building with the visiting party; `None`: nothing does.
    pub offsite: Option<Offsite>,
}

/// One person of a case, as the file has them; frozen into each day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Whose side.
    pub side: Side,
    /// What they are to the session.
    pub standing: Standing,
    /// Given name.
    pub given: Text,
    /// Surname.
    pub family: Text,
    /// What they are called, if not the given name.
    pub known_as: Option<Text>,
    /// Date of birth, of children.
    pub born: Option<NaiveDate>,
    /// To the children: `mother`, `foster carer`.
    pub relation: Text,
    /// Number held on file.
    pub phone: Option<Text>,
    /// May collect the children.
    pub collects: bool,
    /// Where this came from.
    pub origin: Origin,
    /// When it was learnt.
    pub dated: NaiveDate,
}

/// What somebody on the file is to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Expected each time: the children, the two parties.
    Party,
    /// May come along with their side.
    Visitor,
    /// May come along, with a worker near.
    VisitorSupervised,
    /// Is named on the file and may not come in.
    NotPermitted,
    /// May bring or collect.
    Collector,
}

/// An instruction at the door (domain.md 3.5): what to do, never why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// Its id.
    pub id: InstructionId,
    /// The flag.
    pub flag: Flag,
    /// What it does.
    pub effect: Effect,
    /// About whom, if one person.
    pub about: Option<PersonId>,
    /// On whose card it stands; `None`: on both.
    pub party: Option<Party>,
    /// The words on the card.
    pub words: Text,
    /// Why: for the coordinator and the safeguarding lead only.
    pub reason: Option<Text>,
    /// Of a medical fact: whether consent to hold it was seen.
    pub consent: Option<Consent>,
    /// Where this came from.
    pub origin: Origin,
    /// From when.
    pub from: NaiveDate,
    /// Until when, this day included.
    pub to: Option<NaiveDate>,
    /// A number that it sets: how many named visitors may come at once.
    pub limit: Option<u16>,
}

/// A repeating booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Its id.
    pub id: PatternId,
    /// The day of the week.
    pub weekday: Weekday,
    /// Start of the session, local time.
    pub start: NaiveTime,
    /// End of the session, local time.
    pub end: NaiveTime,
    /// The room.
    pub room: Code,
    /// Every so many weeks, 1 or more.
    pub every_weeks: u16,
    /// Counted from the first such weekday on or after this date.
    pub from: NaiveDate,
    /// This day included; `None`: until the case closes.
    pub to: Option<NaiveDate>,
    /// Of a handover: which journeys; `None` is both.
    pub legs: Option<Legs>,
}

impl Instruction {
    /// Its paper ended before that date. It stays on the card, and where it blocks it blocks still, until somebody
    /// withdraws it: that is the safe direction.
    pub fn ended_on(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.to.filter(|to| *to < date)
    }

    /// Permissions are refused because of it.
    pub fn blocks(&self, flag: Flag) -> bool {
        self.flag == flag && self.effect == Effect::Block
    }
}

impl Pattern {
    /// Does this pattern expect a session on that date? Every `every_weeks` from the first such weekday on or after
    /// `from`, `to` included.
    pub fn falls_on(&self, date: NaiveDate) -> bool {
        if date.weekday() != self.weekday || date < self.from || self.to.is_some_and(|to| date > to) {
            return false;
        }
        let wait = (7 + self.weekday.num_days_from_monday() - self.from.weekday().num_days_from_monday()) % 7;
        let first = self.from + chrono::Days::new(u64::from(wait));
        let weeks = (date - first).num_weeks();
        weeks >= 0 && weeks % i64::from(self.every_weeks.max(1)) == 0
    }
}

impl Member {
    /// What they are called: known as, else given.
    pub fn called(&self) -> &str {
        self.known_as.as_ref().unwrap_or(&self.given).as_str()
    }

    /// Age in whole years on a date, if the date of birth is held.
    pub fn age_on(&self, date: NaiveDate) -> Option<u32> {
        self.born.and_then(|born| date.years_since(born))
    }

    /// The party that they come with.
    pub fn party(&self) -> Party {
        if self.side == Side::Visiting { Party::Visits } else { Party::Brings }
    }

    /// A child.
    pub fn is_child(&self) -> bool {
        self.side == Side::Child
    }

    /// May be the one responsible for a child here: an adult of either party, or who may bring and collect.
    pub fn may_have_children(&self) -> bool {
        let brings = self.side == Side::Resident && self.collects && self.standing != Standing::NotPermitted;
        !self.is_child() && (self.is_expected() || brings)
    }

    /// Expected each time.
    pub fn is_expected(&self) -> bool {
        self.standing == Standing::Party
    }
}

/// A case file as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Its head.
    pub head: CaseHead,
    /// Its people, in the order that they were listed.
    pub people: Vec<Member>,
    /// Its instructions.
    pub instructions: Vec<Instruction>,
    /// Its bookings.
    pub patterns: BTreeMap<PatternId, Pattern>,
    /// Pairs who must not meet, as this file says; the register knows what the others say.
    pub apart: Vec<(PersonId, PersonId)>,
}

impl CaseFile {
    /// A file with nobody in it.
    pub fn new(head: CaseHead) -> Self {
        Self { head, people: Vec::new(), instructions: Vec::new(), patterns: BTreeMap::new(), apart: Vec::new() }
    }

    /// Takes one more event in.
    pub fn fold(&mut self, event: &CaseEvent) {
        match event {
            CaseEvent::CaseOpened(head) => self.head = head.clone(),
            CaseEvent::MemberListed { member, .. } => put(&mut self.people, (**member).clone(), |m| m.person),
            CaseEvent::InstructionGiven { instruction, .. } => {
                put(&mut self.instructions, (**instruction).clone(), |i| i.id);
            }
            CaseEvent::InstructionWithdrawn { instruction, .. } => self.instructions.retain(|i| i.id != *instruction),
            CaseEvent::PatternSet { pattern, .. } => {
                self.patterns.insert(pattern.id, pattern.clone());
            }
            // Who must not meet is the register's: a pair may be of two files.
            CaseEvent::KeptApart { .. }
            | CaseEvent::ApartClosed { .. }
            | CaseEvent::FamiliesApart { .. }
            | CaseEvent::FamiliesApartClosed { .. }
            | CaseEvent::PersonMerged { .. } => {}
        }
    }

    /// What a pattern of this case expects on a date, frozen as the file now stands; its number is not given yet, and
    /// who must not meet is as this file alone says.
    pub fn expected(&self, pattern: &Pattern, date: NaiveDate, policy: &Policy) -> Expected {
        // One that has ended stays on the card, marked, until somebody withdraws it (ADR 60).
        let begun = |i: &&Instruction| i.from <= date;
        Expected {
            session: expected_session(pattern.id, date),
            no: 0,
            case: self.head.case,
            code: self.head.code.clone(),
            kind: self.head.kind,
            start: pattern.start,
            end: pattern.end,
            room: pattern.room.clone(),
            plan: self.head.plan.clone().unwrap_or_else(|| self.usual_plan(policy)),
            people: self.people.clone(),
            instructions: self.instructions.iter().filter(begun).cloned().collect(),
            apart: self.apart.clone(),
            pattern: Some(pattern.id),
            supervisor: self.head.supervisor,
            legs: pattern.legs,
            offsite: self.head.offsite,
        }
    }

    /// The centre's plan; of a handover, the side that brings comes first, and the other when it has gone (domain.md 2.5).
    fn usual_plan(&self, policy: &Policy) -> Plan {
        let usual = policy.plan.clone();
        match self.head.kind.manner().gap {
            true => Plan { first: Party::Brings, first_min: 15, second_min: 0, hold_min: 0, ..usual },
            false => usual,
        }
    }

    /// Is the case open on a date?
    pub fn is_open_on(&self, date: NaiveDate) -> bool {
        self.head.opened <= date && self.head.closed.is_none_or(|closed| date <= closed)
    }
}

/// Replaces the one of the same id in its place, or adds it at the end.
fn put<T, K: PartialEq>(list: &mut Vec<T>, new: T, id: impl Fn(&T) -> K) {
    match list.iter_mut().find(|old| id(old) == id(&new)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn every(weeks: u16, from: &str, to: Option<&str>) -> Pattern {
        Pattern {
            id: PatternId(Uuid::nil()),
            weekday: Weekday::Sat,
            start: NaiveTime::MIN,
            end: NaiveTime::MIN,
            room: Code::new("oak"),
            every_weeks: weeks,
            from: from.parse().unwrap(),
            to: to.map(|d| d.parse().unwrap()),
            legs: None,
        }
    }

    #[test]
    fn a_pattern_counts_from_its_first_weekday_and_includes_its_last_date() {
        // 2026-06-03 is a Wednesday; the first Saturday is 6 June.
        let pattern = every(2, "2026-06-03", Some("2026-06-20"));
        let falls: Vec<u32> =
            (1..=30).filter(|d| pattern.falls_on(NaiveDate::from_ymd_opt(2026, 6, *d).unwrap())).collect();
        assert_eq!(falls, [6, 20]);
        assert!(!pattern.falls_on("2026-07-04".parse().unwrap()));
        assert!(every(1, "2026-06-06", None).falls_on("2026-06-06".parse().unwrap()));
    }
}

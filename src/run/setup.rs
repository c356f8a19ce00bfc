//! The first entries of a register: what it is, its policy, its team, and of a practice one its families.

use std::borrow::Cow;

use chrono::NaiveDateTime;

use crate::book::policy_default;
use crate::domain::case::CaseFile;
use crate::domain::codes::Moment;
use crate::domain::event::{By, CentreEvent, Draft, Entry, Event, FileRef, RegisterKind, Source};
use crate::domain::ids::{CaseId, DeskId, Ids, PersonId, RegisterId};
use crate::domain::policy::Policy;
use crate::domain::register::Register;
use crate::import::{self, practice};
use crate::run::stamp::{Hand, stamp};

/// The desk of a register that only one machine writes.
pub const DESK: DeskId = DeskId(uuid::Uuid::from_u128(1));

/// What a practice register comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Families {
    /// The team only.
    None,
    /// The invented families and their Saturday.
    Invented,
}

/// The first entries of a practice register, one act.
pub fn practice_entries(register: RegisterId, families: Families, now: Moment, ids: Ids) -> Vec<Entry> {
    let starts: Option<NaiveDateTime> = (families == Families::Invented).then(practice::starts);
    let policy = policy_default();
    let mut events: Vec<(FileRef, Event)> = vec![
        (FileRef::Centre, centre(CentreEvent::RegisterMade { register, kind: RegisterKind::Practice { starts } })),
        (FileRef::Centre, centre(CentreEvent::PolicySet(Box::new(policy.clone())))),
    ];
    let team = practice::team(register).into_iter();
    events.extend(team.map(|card| (FileRef::Staff(card.staff), centre(CentreEvent::StaffListed(card)))));
    if families == Families::Invented {
        events.extend(practice::families(register, &policy));
    }
    let drafts = events.into_iter().map(|(file, event)| outside_days(file, event, now)).collect();
    stamp(drafts, &Hand { by: By::Program, desk: DESK, now, source: Source::Desk }, ids)
}

/// A draft that belongs to no day.
pub fn outside_days(file: FileRef, event: Event, now: Moment) -> Draft {
    Draft { day: None, file, occurred_at: now, against: Vec::new(), source: Source::Desk, event }
}

fn centre(event: CentreEvent) -> Event {
    Event::Centre(event)
}

/// What the register already holds, for an import.
#[derive(Debug)]
pub struct Held<'a> {
    policy: std::sync::Arc<Policy>,
    register: &'a Register,
}

impl<'a> Held<'a> {
    /// Of this register.
    pub fn new(register: &'a Register) -> Self {
        Self { policy: register.policy(), register }
    }
}

impl import::Known for Held<'_> {
    fn policy(&self) -> &Policy {
        &self.policy
    }

    fn case(&self, id: CaseId) -> Option<Cow<'_, CaseFile>> {
        self.register.cases.get(&id).map(Cow::Borrowed)
    }

    fn stays(&self, person: PersonId) -> PersonId {
        self.register.pairs.stays(person)
    }

    fn may_meet_again(&self, one: PersonId, other: PersonId) -> bool {
        self.register.pairs.may_again(one, other)
    }
}

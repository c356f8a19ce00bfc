//! What the rules of the house say of how contact goes, read with the pencil of `naive`: the gate, the supervisor
//! throughout, the gap of a handover, out of the building only where it may be, the escort on no roll (domain.md 2.1,
//! 2.4, 2.5).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use doorbook::domain::case::{Instruction, Standing};
use doorbook::domain::codes::{ContactKind, Effect, Flag, Legs, Moment, Party, Side};
use doorbook::domain::event::{Carer, DayEvent, DoorEvent, Entry, Event, Expected, NoteEvent, OutFor};
use doorbook::domain::ids::{NoteId, PersonId, SessionId, StaffId};
use doorbook::domain::policy::Policy;

use super::naive::{Sheet, Whereabouts, lines};
use super::oracle::Wrong;

/// One worker is named, who has the children throughout.
pub fn is_one_to_one(kind: ContactKind) -> bool {
    matches!(kind, ContactKind::Supervised | ContactKind::Assessment | ContactKind::Escorted | ContactKind::LifeStory)
}

/// What is known of the sessions beside who is where.
struct Course<'a> {
    policy: &'a Policy,
    plans: BTreeMap<SessionId, &'a Expected>,
    instructions: BTreeMap<SessionId, Vec<Instruction>>,
    /// The one who is named now, and everyone who was named today.
    supervisor: BTreeMap<SessionId, Option<StaffId>>,
    named: BTreeMap<SessionId, BTreeSet<StaffId>>,
    /// Kept here by a worker: safe, whoever it is.
    kept: BTreeSet<PersonId>,
    /// New papers that nobody has read.
    papers: BTreeMap<NoteId, SessionId>,
    /// When an adult last went, by session and side.
    went: BTreeMap<(SessionId, Party), Moment>,
    shift: BTreeMap<StaffId, bool>,
}

/// Everything that goes against those rules, at any time of the day.
pub fn wrongs(entries: &[Entry], policy: &Policy, found: &mut BTreeSet<Wrong>) {
    let lines = lines(entries);
    let mut sheet = Sheet::expected(&lines);
    let mut course = Course::new(&lines, policy);
    let (mut before, mut gated) = (BTreeSet::new(), BTreeSet::new());
    for (n, (at, event)) in lines.iter().enumerate() {
        let shut: BTreeSet<SessionId> = course.plans.keys().copied().filter(|s| course.is_gated(*s)).collect();
        let together = sheet.in_contact();
        if let Event::Door(event) = event {
            course.before(&sheet, *at, event, found);
        }
        sheet.line(*at, event);
        course.line(*at, event);
        let begins = |(session, _): &&(SessionId, PersonId)| shut.contains(session);
        gated.extend(sheet.in_contact().difference(&together).filter(begins).copied());
        // What one act writes of several people is one moment.
        if lines.get(n + 1).is_some_and(|(next, _)| next == at) {
            continue;
        }
        let now = sheet.in_contact();
        for (session, _) in now.difference(&before).filter(|begun| gated.contains(*begun)) {
            found.insert(Wrong::Gate(*session));
        }
        gated.clear();
        before = now;
        course.throughout(&sheet, found);
    }
}

impl<'a> Course<'a> {
    fn new(lines: &[(Moment, &'a Event)], policy: &'a Policy) -> Self {
        let mut course = Self {
            policy,
            plans: BTreeMap::new(),
            instructions: BTreeMap::new(),
            supervisor: BTreeMap::new(),
            named: BTreeMap::new(),
            kept: BTreeSet::new(),
            papers: BTreeMap::new(),
            went: BTreeMap::new(),
            shift: BTreeMap::new(),
        };
        for (_, event) in lines {
            if let Event::Day(DayEvent::SessionExpected(plan)) = event {
                course.plans.insert(plan.session, plan);
                course.instructions.insert(plan.session, plan.instructions.clone());
                course.supervisor.insert(plan.session, plan.supervisor);
                course.named.insert(plan.session, plan.supervisor.into_iter().collect());
            }
        }
        course
    }

    fn blocks(&self, session: SessionId, flag: Flag) -> bool {
        self.instructions[&session].iter().any(|i| i.flag == flag && i.effect == Effect::Block)
    }

    /// The session may not begin (domain.md 2.1).
    fn is_gated(&self, session: SessionId) -> bool {
        if self.blocks(session, Flag::Suspended) || self.papers.values().any(|s| *s == session) {
            return true;
        }
        let by = self.supervisor[&session];
        is_one_to_one(self.plans[&session].kind) && by.is_none_or(|s| self.shift.get(&s) != Some(&true))
    }

    fn line(&mut self, at: Moment, event: &Event) {
        match event {
            Event::Day(DayEvent::StaffCame { staff, .. }) => {
                self.shift.insert(*staff, true);
            }
            Event::Day(DayEvent::StaffWent { staff }) => {
                self.shift.insert(*staff, false);
            }
            Event::Note(NoteEvent::MessageLeft { message, session: Some(session), kind, .. })
                if self.policy.messages.iter().any(|m| m.code == *kind && m.stops) =>
            {
                self.papers.insert(*message, *session);
            }
            Event::Note(NoteEvent::MessageDone { message }) => {
                self.papers.remove(message);
            }
            Event::Door(event) => self.door(at, event),
            _ => {}
        }
    }

    fn door(&mut self, at: Moment, event: &DoorEvent) {
        match event {
            DoorEvent::SupervisorNamed { session, staff } => {
                self.supervisor.insert(*session, Some(*staff));
                self.named.entry(*session).or_default().insert(*staff);
            }
            DoorEvent::InstructionSet { session, instruction } => {
                let all = self.instructions.entry(*session).or_default();
                all.retain(|i| i.id != instruction.id);
                all.push((**instruction).clone());
            }
            DoorEvent::InstructionLifted { session, instruction } => {
                self.instructions.entry(*session).or_default().retain(|i| i.id != *instruction);
            }
            DoorEvent::KeptHere { child, .. } => {
                self.kept.insert(*child);
            }
            DoorEvent::ChildLeft { child, .. } => {
                self.kept.remove(child);
            }
            DoorEvent::AdultLeft { session, person, .. } | DoorEvent::WentOut { session, person, .. } => {
                if let Some(party) = self.party_of_adult(*session, *person) {
                    self.went.insert((*session, party), at);
                }
            }
            _ => {}
        }
    }

    fn party_of_adult(&self, session: SessionId, person: PersonId) -> Option<Party> {
        let member = self.plans[&session].people.iter().find(|m| m.person == person)?;
        (member.side != Side::Child).then(|| member.party())
    }

    /// What an event goes against as things stand before it.
    fn before(&self, sheet: &Sheet, at: Moment, event: &DoorEvent, found: &mut BTreeSet<Wrong>) {
        match event {
            DoorEvent::Arrived { session, person, .. } | DoorEvent::CameBack { session, person, .. } => {
                let back = matches!(sheet.at(*session, *person), Whereabouts::Out(_));
                // Who is on the list may come to take the children home.
                let fetches = self.plans[session].people.iter().any(|m| m.person == *person && m.collects);
                if self.blocks(*session, Flag::Suspended) && !back && !fetches {
                    found.insert(Wrong::Gate(*session));
                }
                if self.in_the_gap(sheet, *session, *person, at) {
                    found.insert(Wrong::Gap(*session, *person));
                }
            }
            DoorEvent::WentOut { session, person, out: OutFor::WithVisiting { adult, .. }, .. } => {
                let plan = self.plans[session];
                let is_child = plan.people.iter().any(|m| m.person == *person && m.side == Side::Child);
                let visits = plan.people.iter().any(|m| m.person == *adult && m.side == Side::Visiting);
                let may = plan.offsite.is_some() && !self.blocks(*session, Flag::Premises) && visits;
                let for_good = plan.kind == ContactKind::Handover && plan.legs == Some(Legs::Out);
                if is_child && (!may || for_good) {
                    found.insert(Wrong::Offsite(*session, *person));
                }
            }
            DoorEvent::Walked { session, child, walker, .. } if sheet.is_along(*walker) => {
                found.insert(Wrong::Escort(*session, *child));
            }
            _ => {}
        }
    }

    /// In a handover one side comes when the other has been gone for some minutes (domain.md 2.5).
    fn in_the_gap(&self, sheet: &Sheet, session: SessionId, person: PersonId, at: Moment) -> bool {
        let plan = self.plans[&session];
        let Some(party) = self.party_of_adult(session, person) else { return false };
        if plan.kind != ContactKind::Handover || plan.plan.may_meet {
            return false;
        }
        let other = if party == Party::Brings { Party::Visits } else { Party::Brings };
        let adults = plan.people.iter().filter(|m| m.side != Side::Child && m.party() == other);
        let here = adults.map(|m| sheet.at(session, m.person)).any(|w| matches!(w, Whereabouts::In(_)));
        let gap = Duration::minutes(i64::from(self.policy.gap_min));
        here || self.went.get(&(session, other)).is_some_and(|went| at < *went + gap)
    }

    /// In one-to-one contact the supervisor has the child throughout: the side that visits never does. Who goes along
    /// with one child has no other.
    fn throughout(&self, sheet: &Sheet, found: &mut BTreeSet<Wrong>) {
        for plan in self.plans.values() {
            let session = plan.session;
            for child in plan.people.iter().filter(|m| m.side == Side::Child).map(|m| m.person) {
                let carer = sheet.carer(session, child);
                let is_in = matches!(sheet.at(session, child), Whereabouts::In(_));
                if let (true, Some(Carer::Worker(staff))) = (is_in, carer)
                    && sheet.is_along(staff)
                {
                    found.insert(Wrong::Escort(session, child));
                }
                if is_one_to_one(plan.kind) && self.is_without_supervisor(sheet, plan, child, carer) {
                    found.insert(Wrong::Supervisor(session, child));
                }
            }
        }
    }

    fn is_without_supervisor(&self, sheet: &Sheet, plan: &Expected, child: PersonId, carer: Option<Carer>) -> bool {
        let visiting = || plan.people.iter().filter(|m| m.side == Side::Visiting);
        let with_them = match sheet.at(plan.session, child) {
            Whereabouts::Out(OutFor::WithVisiting { .. }) => true,
            Whereabouts::In(place) => visiting()
                .filter(|m| m.standing == Standing::Party)
                .any(|m| sheet.at(plan.session, m.person) == &Whereabouts::In(place.clone())),
            _ => false,
        };
        match carer {
            Some(Carer::Adult(adult)) => visiting().any(|m| m.person == adult),
            Some(Carer::Worker(staff)) => {
                with_them && !self.named[&plan.session].contains(&staff) && !self.kept.contains(&child)
            }
            None => false,
        }
    }
}

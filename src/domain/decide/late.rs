//! Facts that were not written at the time: walked over, went out, the wrong child, at home. Never refused.

use crate::domain::case::Member;
use crate::domain::codes::{Legs, Party, Rule};
use crate::domain::day::{Attendance, Presence, Session, Stay};
use crate::domain::decide::{Desk, going, journey, note};
use crate::domain::event::{Basis, Carer, DoorEvent, Draft, Leaving, OutFor};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn walked(
        self,
        session: SessionId,
        children: &[PersonId],
        walker: StaffId,
        place: &Code,
        into: Carer,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        if children.is_empty() {
            return Err(Refusal::Nobody);
        }
        if matches!(into, Carer::Adult(adult) if session.member(adult).is_none_or(Member::is_child)) {
            return Err(Refusal::Unknown);
        }
        let mut drafts = Vec::new();
        for child in children {
            session.member(*child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
            let at = self.fact_time(*child);
            let mut against = Vec::new();
            let stay = Stay { from: at, until: None, place: Some(place), door: None };
            let together = self.day.apart_from(*child).iter().any(|other| children.contains(other));
            if together || self.day.free(*child, &stay).is_err() {
                against.push(Rule::KeepApart);
            }
            if self.worker(walker).is_err() {
                against.push(Rule::NamedWorker);
            }
            if super::walk::may_have(self, session, into, place).is_err() {
                against.push(Rule::OneResponsibleAdult);
            }
            if self.gate(session).is_err() {
                against.push(Rule::Gate);
            }
            self.push_if_backwards(&mut against, *child);
            if session.of(*child).is_none_or(|a| !a.is_in()) && !against.contains(&Rule::TimesForward) {
                against.push(Rule::TimesForward);
            }
            let event = DoorEvent::Walked { session: session.id(), child: *child, walker, place: place.clone(), into };
            drafts.push(self.door_against(session, at, event, against));
        }
        Ok(drafts)
    }

    pub(super) fn went_out(
        self,
        session: SessionId,
        people: &[PersonId],
        door: &Code,
        out: &OutFor,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        if people.is_empty() {
            return Err(Refusal::Nobody);
        }
        let with_visiting = matches!(out, OutFor::WithVisiting { .. });
        let visits = match out {
            OutFor::WithVisiting { adult, .. } => {
                session.member(*adult).filter(|m| !m.is_child()).ok_or(Refusal::Unknown)?.party() == Party::Visits
            }
            OutFor::Reachable => true,
        };
        let may_go = visits && journey::lets_out(session).is_ok() && session.legs() != Some(Legs::Back);
        let mut drafts = Vec::new();
        for person in people {
            let member = session.member(*person).ok_or(Refusal::Unknown)?;
            let mut against = Vec::new();
            if with_visiting && member.is_child() && !may_go {
                against.push(Rule::Offsite);
            }
            if going::has_another(self.day, Carer::Adult(*person), people) {
                against.push(Rule::OneResponsibleAdult);
            }
            self.push_if_backwards(&mut against, *person);
            if session.of(*person).is_none_or(|a| !a.is_in()) && !against.contains(&Rule::TimesForward) {
                against.push(Rule::TimesForward);
            }
            let (session_id, door, out) = (session.id(), door.clone(), out.clone());
            let event = DoorEvent::WentOut { session: session_id, person: *person, door, out };
            drafts.push(self.door_against(session, self.fact_time(*person), event, against));
        }
        Ok(drafts)
    }

    /// A child went out with a family that is not theirs, or alone: missing, until somebody knows better.
    pub(super) fn wrong_child(self, session: SessionId, child: PersonId, door: &Code) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        session.member(child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
        let mut against = vec![Rule::CheckedCollector];
        self.push_if_backwards(&mut against, child);
        self.push_if_not_here(&mut against, session, child);
        let basis = Basis::TakenWithoutUs { by: None };
        let leaving = Leaving::Unseen;
        let event = DoorEvent::ChildLeft { session: session.id(), child, door: door.clone(), basis, leaving };
        let mut drafts = vec![self.door_against(session, self.fact_time(child), event, against)];
        drafts.extend(note::raised_with_kind(self, session, None, "MISS"));
        Ok(drafts)
    }

    /// The adult whom they were out with is not out any more either, and nobody saw them.
    fn no_longer_out(self, session: &Session, children: &[PersonId]) -> Vec<Draft> {
        let with = children.iter().filter_map(|c| session.of(*c)).find_map(|a| match a.presence() {
            Presence::Out(OutFor::WithVisiting { adult, .. }) => Some(*adult),
            _ => None,
        });
        let out = |a: &Attendance| matches!(a.presence(), Presence::Out(_));
        let adult = with.filter(|adult| session.of(*adult).is_some_and(out));
        let left = adult.map(|person| {
            let door = session.of(person).and_then(|a| a.door_in()).cloned();
            let door = door.unwrap_or_else(|| self.day.usual_way(session, Party::Visits).0);
            let (session_id, leaving) = (session.id(), Leaving::Unseen);
            let event = DoorEvent::AdultLeft { session: session_id, person, door, leaving };
            self.door(session, self.fact_time(person), event)
        });
        left.into_iter().collect()
    }

    /// Who was out did not come back here, and is at home by the word of somebody of the case.
    pub(super) fn home(
        self,
        session: SessionId,
        children: &[PersonId],
        said_by: PersonId,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        let by = session.member(said_by).filter(|m| !m.is_child()).ok_or(Refusal::Unknown)?;
        if children.is_empty() {
            return Err(Refusal::Nobody);
        }
        let mut drafts = Vec::new();
        for child in children {
            session.member(*child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
            let mut against = if by.collects { Vec::new() } else { vec![Rule::CheckedCollector] };
            self.push_if_backwards(&mut against, *child);
            let door = session.of(*child).and_then(|a| a.door_in()).cloned();
            let door = door.unwrap_or_else(|| self.day.usual_way(session, by.party()).0);
            let (child, basis, leaving) = (*child, Basis::Home { said_by }, Leaving::Unseen);
            let event = DoorEvent::ChildLeft { session: session.id(), child, door, basis, leaving };
            drafts.push(self.door_against(session, self.fact_time(child), event, against));
        }
        drafts.extend(self.no_longer_out(session, children));
        drafts.extend(note::raised_with_kind(self, session, None, "RETN"));
        Ok(drafts)
    }
}

//! Facts that a permission is, if it has happened: went to another place, was given, handed over, joined the call. Never
//! refused, but for who or what nobody knows.

use crate::domain::case::Member;
use crate::domain::codes::Rule;
use crate::domain::day::{Session, Stay};
use crate::domain::decide::{Desk, course, walk};
use crate::domain::event::{Basis, Carer, DoorEvent, Draft, Leaving};
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::kind::TakesPart;
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn went_to(self, session: SessionId, people: &[PersonId], place: &Code) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        known(session, people)?;
        let mut group = walk::with_their_own(session, people);
        group.retain(|p| people.contains(p) || session.of(*p).and_then(|a| a.place()) != Some(place));
        let moved = |person: PersonId| {
            let at = self.fact_time(person);
            let stay = Stay { from: at, until: None, place: Some(place), door: None };
            let mut against = Vec::new();
            if self.day.free(person, &stay).is_err() {
                against.push(Rule::KeepApart);
            }
            self.push_if_backwards(&mut against, person);
            self.push_if_not_in(&mut against, session, person);
            let event = DoorEvent::Moved { session: session.id(), person, place: place.clone() };
            self.door_against(session, at, event, against)
        };
        Ok(group.into_iter().map(moved).collect())
    }

    pub(super) fn given(self, session: SessionId, children: &[PersonId], carer: Carer) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        known_children(session, children)?;
        match carer {
            Carer::Adult(adult) if session.member(adult).is_none_or(Member::is_child) => return Err(Refusal::Unknown),
            Carer::Worker(staff) if !self.register.team.contains_key(&staff) => return Err(Refusal::Unknown),
            _ => {}
        }
        let mut drafts = course::named_by_meeting(self, session, carer, self.stamp.at);
        for child in children {
            let mut against = Vec::new();
            let theirs = session.of(*child).and_then(|a| a.place()).unwrap_or(&session.plan.room);
            if walk::may_have(self, session, carer, theirs).is_err() {
                let is_worker = matches!(carer, Carer::Worker(_));
                against.push(if is_worker { Rule::NamedWorker } else { Rule::OneResponsibleAdult });
            }
            self.push_if_backwards(&mut against, *child);
            self.push_if_not_in(&mut against, session, *child);
            let event = DoorEvent::GivenTo { session: session.id(), child: *child, carer };
            drafts.push(self.door_against(session, self.fact_time(*child), event, against));
        }
        Ok(drafts)
    }

    /// Whatever the ground was: it stays as it was written down, and is not that of a checked collector.
    pub(super) fn handed_over(
        self,
        session: SessionId,
        children: &[PersonId],
        basis: &Basis,
        door: &Code,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        known_children(session, children)?;
        let left = |child: &PersonId| {
            let mut against = vec![Rule::CheckedCollector];
            self.push_if_backwards(&mut against, *child);
            self.push_if_not_here(&mut against, session, *child);
            let (session_id, door, basis) = (session.id(), door.clone(), basis.clone());
            let event =
                DoorEvent::ChildLeft { session: session_id, child: *child, door, basis, leaving: Leaving::Seen };
            self.door_against(session, self.fact_time(*child), event, against)
        };
        Ok(children.iter().map(left).collect())
    }

    pub(super) fn joined(self, session: SessionId, person: PersonId) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        let member = session.member(person).filter(|m| !m.is_child()).ok_or(Refusal::Unknown)?;
        if session.manner().visits != TakesPart::OnLine {
            return Err(Refusal::NotByVideo);
        }
        let mut against = Vec::new();
        if !member.is_expected() {
            against.push(Rule::Listed);
        }
        if self.gate(session).is_err() {
            against.push(Rule::Gate);
        }
        self.push_if_backwards(&mut against, person);
        if session.of(person).is_some_and(|a| a.is_in() || a.is_on_line()) && !against.contains(&Rule::TimesForward) {
            against.push(Rule::TimesForward);
        }
        let event = DoorEvent::JoinedOnLine { session: session.id(), person };
        Ok(vec![self.door_against(session, self.fact_time(person), event, against)])
    }

    /// By the book there was no pause: the line of it comes before this one.
    pub(super) fn went_on(self, session: SessionId) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        let against = if session.is_paused() { Vec::new() } else { vec![Rule::TimesForward] };
        let event = DoorEvent::Resumed { session: session.id() };
        Ok(vec![self.door_against(session, self.stamp.at, event, against)])
    }

    fn push_if_not_in(self, against: &mut Vec<Rule>, session: &Session, person: PersonId) {
        if session.of(person).is_none_or(|a| !a.is_in()) && !against.contains(&Rule::TimesForward) {
            against.push(Rule::TimesForward);
        }
    }
}

fn known(session: &Session, people: &[PersonId]) -> Result<(), Refusal> {
    if people.is_empty() {
        return Err(Refusal::Nobody);
    }
    if people.iter().all(|p| session.member(*p).is_some()) { Ok(()) } else { Err(Refusal::Unknown) }
}

fn known_children(session: &Session, children: &[PersonId]) -> Result<(), Refusal> {
    known(session, children)?;
    let all = children.iter().all(|c| session.member(*c).is_some_and(Member::is_child));
    if all { Ok(()) } else { Err(Refusal::Unknown) }
}

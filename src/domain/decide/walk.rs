//! May a worker walk the children over, or back? May they go to another place?

use crate::domain::codes::{Party, Side};
use crate::domain::day::{Day, Session};
use crate::domain::decide::{Desk, course, journey};
use crate::domain::event::{Carer, DoorEvent, Draft};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::kind::TakesPart;
use crate::domain::policy::{Code, Use};
use crate::domain::refusal::Refusal;

pub(super) fn walk(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    children: &[PersonId],
    walker: StaffId,
    place: &Code,
    into: Carer,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    if children.is_empty() {
        return Err(Refusal::Nobody);
    }
    desk.worker(walker)?;
    desk.place_known(place)?;
    may_have(desk, session, into, place)?;
    may_be_outside(desk, session, children, place, Some(into))?;
    desk.leaves_nobody(walker, children, place)?;
    let at = desk.time_for(whole, children)?;
    into_contact(desk, session, walker, place, into)?;
    desk.all_free(whole, children, at, Some(place), None)?;
    let mut drafts = Vec::new();
    for child in children {
        let attendance = session.of(*child).filter(|a| a.is_in()).ok_or(Refusal::NotIn(*child))?;
        if !session.member(*child).is_some_and(|m| m.is_child()) {
            return Err(Refusal::Unknown);
        }
        if attendance.carer() == Some(into) && attendance.place() == Some(place) {
            return Err(Refusal::AlreadySo);
        }
        let event = DoorEvent::Walked { session: session.id(), child: *child, walker, place: place.clone(), into };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// Into contact: only where nothing stands in the way of it, and one-to-one only with the supervisor, throughout.
fn into_contact(desk: Desk<'_>, session: &Session, walker: StaffId, place: &Code, into: Carer) -> Result<(), Refusal> {
    let visiting = |p: PersonId| session.member(p).is_some_and(|m| m.side == Side::Visiting);
    let there = session.adults(Party::Visits).any(|(m, a)| m.is_expected() && a.place() == Some(place));
    let on_line = session.is_on_line() && *place == session.plan.room;
    let with_adult = matches!(into, Carer::Adult(adult) if visiting(adult));
    // Where nobody visits, contact is in the room of the plan, with the worker.
    let by_plan = session.manner().visits == TakesPart::Not && matches!(into, Carer::Worker(_));
    let in_the_room = by_plan && *place == session.plan.room;
    if ![with_adult, there, on_line, in_the_room].contains(&true) {
        return Ok(());
    }
    if session.is_paused() {
        return Err(Refusal::AlreadySo);
    }
    desk.gate(session)?;
    if !session.plan.kind.is_supervised() {
        return Ok(());
    }
    match into {
        Carer::Adult(adult) if visiting(adult) => desk.pass(Err(Refusal::NeverAlone(adult))),
        Carer::Worker(staff) => desk.pass(journey::is_supervisor(session, staff)),
        Carer::Adult(_) => desk.pass(Err(Refusal::NotSupervisor(walker))),
    }
}

/// In the grounds a child is out of the building as much as on a journey: only where that may be. Their own adult may wait
/// there with them.
pub(super) fn may_be_outside(
    desk: Desk<'_>,
    session: &Session,
    people: &[PersonId],
    place: &Code,
    into: Option<Carer>,
) -> Result<(), Refusal> {
    if desk.day.policy.place(place).is_none_or(|p| p.use_for != Use::Outside) {
        return Ok(());
    }
    let own = |c: Carer| matches!(c, Carer::Adult(a) if session.member(a).is_some_and(|m| m.side == Side::Resident));
    let goes = |p: &PersonId| {
        let carer = into.or_else(|| session.of(*p).and_then(|a| a.carer()));
        session.member(*p).is_some_and(|m| m.is_child()) && !carer.is_some_and(own)
    };
    if people.iter().any(goes) { desk.pass(journey::lets_out(session)) } else { Ok(()) }
}

impl Desk<'_> {
    /// A place of the centre, or the room of a plan that was taken over from elsewhere.
    pub(super) fn place_known(self, place: &Code) -> Result<(), Refusal> {
        let planned = || self.day.sessions.iter().any(|s| s.plan.room == *place);
        if self.day.policy.place(place).is_some() || planned() { Ok(()) } else { Err(Refusal::Unknown) }
    }

    /// A door of the centre.
    pub(super) fn door_known(self, door: &Code) -> Result<(), Refusal> {
        self.day.policy.door(door).map(|_| ()).ok_or(Refusal::Unknown)
    }
}

/// May this adult be the one responsible, there?
pub(super) fn may_have(desk: Desk<'_>, session: &Session, carer: Carer, place: &Code) -> Result<(), Refusal> {
    match carer {
        Carer::Worker(staff) => desk.worker(staff),
        Carer::Adult(adult) => {
            let member = session.member(adult).ok_or(Refusal::Unknown)?;
            if !member.may_have_children() {
                return Err(Refusal::NotCarer(adult));
            }
            match session.of(adult).and_then(|a| a.place()) {
                Some(theirs) if theirs == place => Ok(()),
                Some(_) => Err(Refusal::NotThere(adult)),
                None => Err(Refusal::NotIn(adult)),
            }
        }
    }
}

pub(super) fn go_to(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    people: &[PersonId],
    place: &Code,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    if people.is_empty() {
        return Err(Refusal::Nobody);
    }
    for person in people {
        if session.of(*person).is_none_or(|a| !a.is_in()) {
            return Err(Refusal::NotIn(*person));
        }
    }
    desk.place_known(place)?;
    let mut group = with_their_own(session, people);
    group.retain(|p| session.of(*p).and_then(|a| a.place()) != Some(place));
    if group.is_empty() {
        return Err(Refusal::AlreadySo);
    }
    let at = desk.time_for(whole, &group)?;
    may_be_outside(desk, session, &group, place, None)?;
    course::with_supervisor(desk, session, &group, place, None)?;
    desk.all_free(whole, &group, at, Some(place), None)?;
    let mut drafts = Vec::new();
    for person in group {
        let event = DoorEvent::Moved { session: session.id(), person, place: place.clone() };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// A child goes with the adult who has them, and that adult with the child.
pub(super) fn with_their_own(session: &Session, people: &[PersonId]) -> Vec<PersonId> {
    let mut group: Vec<PersonId> = people.to_vec();
    let carers = session.children().filter(|(m, a)| a.is_in() && people.contains(&m.person));
    group.extend(carers.filter_map(|(_, a)| match a.carer() {
        Some(Carer::Adult(adult)) => session.of(adult).is_some_and(|a| a.is_in()).then_some(adult),
        _ => None,
    }));
    let children: Vec<PersonId> = session
        .children()
        .filter(|(_, a)| a.is_in() && matches!(a.carer(), Some(Carer::Adult(adult)) if group.contains(&adult)))
        .map(|(m, _)| m.person)
        .collect();
    group.extend(children);
    let mut seen = Vec::new();
    group.retain(|p| {
        !seen.contains(p) && {
            seen.push(*p);
            true
        }
    });
    group
}

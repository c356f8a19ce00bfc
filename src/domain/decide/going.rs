//! May they go? A child only with a checked collector; the side that visits only after the hold; an adult never while a
//! child is in their care.

use crate::domain::case::Standing;
use crate::domain::codes::{Moment, Party, Role};
use crate::domain::day::{Day, Hold, Session};
use crate::domain::decide::{Desk, letin};
use crate::domain::event::{Basis, Carer, DoorEvent, Draft, Leaving, OutFor};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

pub(super) fn let_go(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    people: &[PersonId],
    door: &Code,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    let at = leaving_time(desk, whole, session, people, door)?;
    let mut drafts = Vec::new();
    for person in people {
        let party = session.member(*person).ok_or(Refusal::Unknown)?.party();
        not_held(desk.day, session, party, at)?;
        if party == Party::Brings && is_last_of_theirs(session, people) {
            return Err(Refusal::GoesOutOnly(*person));
        }
        let event = DoorEvent::AdultLeft {
            session: session.id(),
            person: *person,
            door: door.clone(),
            leaving: Leaving::LetGo,
        };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

pub(super) fn go_out(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    people: &[PersonId],
    door: &Code,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    let at = leaving_time(desk, whole, session, people, door)?;
    let mut drafts = Vec::new();
    for person in people {
        if session.member(*person).is_none_or(|m| m.party() == Party::Visits) {
            return Err(Refusal::Holds { party: Party::Visits, until: None });
        }
        not_held(desk.day, session, Party::Brings, at)?;
        let (session_id, door) = (session.id(), door.clone());
        let event = DoorEvent::WentOut { session: session_id, person: *person, door, out: OutFor::Reachable };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

pub(super) fn hand_over(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    children: &[PersonId],
    basis: &Basis,
    walker: Option<StaffId>,
    door: &Code,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    if children.is_empty() {
        return Err(Refusal::Nobody);
    }
    for child in children {
        let is_child = session.member(*child).is_some_and(|m| m.is_child());
        if !is_child || session.of(*child).is_none_or(|a| !a.is_in()) {
            return Err(Refusal::NotIn(*child));
        }
    }
    let collector = checked(desk, session, basis)?;
    let mut moving: Vec<PersonId> = children.to_vec();
    moving.extend(collector);
    let at = desk.time_for(whole, &moving)?;
    not_held(desk.day, session, Party::Brings, at)?;
    if let Some(collector) = collector {
        letin::free(whole, collector, at, None, Some(door))?;
    }
    let mut drafts = collector_comes(desk, whole, session, collector, door, at)?;
    drafts.extend(walked_back(desk, session, children, collector, walker, at)?);
    for child in children {
        let (session_id, door, basis) = (session.id(), door.clone(), basis.clone());
        let event = DoorEvent::ChildLeft { session: session_id, child: *child, door, basis, leaving: Leaving::LetGo };
        drafts.push(desk.door(session, at, event));
    }
    if let Some(person) = collector.filter(|c| !has_another(session, *c, children)) {
        let (session_id, door) = (session.id(), door.clone());
        let event = DoorEvent::AdultLeft { session: session_id, person, door, leaving: Leaving::WithChild };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// The checked collector, if it is one of the list: invariant 3.
fn checked(desk: Desk<'_>, session: &Session, basis: &Basis) -> Result<Option<PersonId>, Refusal> {
    match basis {
        Basis::Listed(person) => {
            let member = session.member(*person).ok_or(Refusal::NotCollector)?;
            let listed = member.collects && !member.is_child() && member.standing != Standing::NotPermitted;
            if listed { Ok(Some(*person)) } else { Err(Refusal::NotCollector) }
        }
        Basis::Agency { name, number, decided, .. } => {
            let complete = !name.is_empty() && !number.is_empty() && !decided.is_empty();
            if complete { Ok(None) } else { Err(Refusal::NotCollector) }
        }
        Basis::Verified { coordinator, number, name } => {
            let by_them = *coordinator == desk.stamp.by && desk.register.role(*coordinator) == Role::Coordinator;
            if by_them && !number.is_empty() && !name.is_empty() { Ok(None) } else { Err(Refusal::NotCollector) }
        }
        Basis::TakenWithoutUs { .. } => Err(Refusal::NotCollector),
    }
}

/// A collector who was not here yet comes in, to collect.
fn collector_comes(
    desk: Desk<'_>,
    whole: &Day,
    session: &Session,
    collector: Option<PersonId>,
    door: &Code,
    at: Moment,
) -> Result<Vec<Draft>, Refusal> {
    let Some(collector) = collector.filter(|c| session.of(*c).is_none_or(|a| !a.is_in())) else {
        return Ok(Vec::new());
    };
    let place = whole.leads_to(door).unwrap_or(door);
    letin::free(whole, collector, at, Some(place), Some(door))?;
    Ok(vec![desk.door(session, at, letin::came(session, collector, door, place, None))])
}

/// Children who are with the side that visits are walked back first, by a worker who is named.
fn walked_back(
    desk: Desk<'_>,
    session: &Session,
    children: &[PersonId],
    collector: Option<PersonId>,
    walker: Option<StaffId>,
    at: Moment,
) -> Result<Vec<Draft>, Refusal> {
    let mut drafts = Vec::new();
    for child in children {
        let Some(attendance) = session.of(*child).filter(|a| session.with_visiting(a)) else { continue };
        let walker = walker.ok_or(Refusal::NoWalker)?;
        desk.worker(walker)?;
        let into = collector.map_or(Carer::Worker(walker), Carer::Adult);
        let theirs = collector.and_then(|c| session.of(c)).and_then(|a| a.place());
        let Some(place) = theirs.or(attendance.place()).cloned() else { continue };
        let event = DoorEvent::Walked { session: session.id(), child: *child, walker, place, into };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// This adult has another child of the case, who stays.
fn has_another(session: &Session, adult: PersonId, leaving: &[PersonId]) -> bool {
    session.children().any(|(m, a)| !leaving.contains(&m.person) && a.is_in() && a.carer() == Some(Carer::Adult(adult)))
}

/// Adults who go are in, have no child in their care, and the way out is clear.
fn leaving_time(
    desk: Desk<'_>,
    whole: &Day,
    session: &Session,
    people: &[PersonId],
    door: &Code,
) -> Result<Moment, Refusal> {
    if people.is_empty() {
        return Err(Refusal::Nobody);
    }
    let at = desk.time_for(whole, people)?;
    for person in people {
        let adult = session.member(*person).is_some_and(|m| !m.is_child());
        if !adult || session.of(*person).is_none_or(|a| !a.is_in()) {
            return Err(Refusal::NotIn(*person));
        }
        if !desk.day.in_care_of(Carer::Adult(*person)).is_empty() {
            return Err(Refusal::HasChild(*person));
        }
        letin::free(whole, *person, at, None, Some(door))?;
    }
    Ok(at)
}

fn not_held(day: &Day, session: &Session, party: Party, at: Moment) -> Result<(), Refusal> {
    match day.hold(session, party) {
        Hold::ChildIn => Err(Refusal::Holds { party, until: None }),
        Hold::Until(until) if at < until => Err(Refusal::Holds { party, until: Some(until) }),
        _ => Ok(()),
    }
}

/// A child of the case is in, and no other adult of the side that brings would be left to have them.
fn is_last_of_theirs(session: &Session, going: &[PersonId]) -> bool {
    let child_in = session.children().any(|(_, a)| a.is_in());
    let another = session.adults(Party::Brings).any(|(m, a)| a.is_in() && !going.contains(&m.person));
    child_in && !another
}

//! May they go? A child only with a checked collector; the side that visits only after the hold; an adult never while a
//! child is in their care.

use crate::domain::case::{Member, Standing};
use crate::domain::codes::{Flag, Moment, Party, Rule, Side};
use crate::domain::day::{Attendance, Day, Hold, Session};
use crate::domain::decide::{Desk, journey, letin};
use crate::domain::event::{Basis, Carer, DoorEvent, Draft, Leaving, OutFor};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::{Code, Power};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;

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
        desk.pass(not_held(desk.day, session, party, at))?;
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
        desk.pass(not_held(desk.day, session, Party::Brings, at))?;
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
    all_here(session, children)?;
    desk.pass(not_kept_back(session, children, basis))?;
    let collector = checked(desk, session, basis)?;
    // A child whom they have in the building stays with somebody: with a worker first, or goes along.
    if let Some(person) = collector.filter(|c| has_another(desk.day, Carer::Adult(*c), children)) {
        return Err(Refusal::HasChild(person));
    }
    desk.door_known(door)?;
    let mut moving: Vec<PersonId> = children.to_vec();
    moving.extend(collector);
    let at = desk.time_for(whole, &moving)?;
    let against = held_up(desk, session, collector, at, basis)?;
    desk.pass(desk.way_out(whole, &moving, at, door))?;
    let mut drafts = collector_comes(desk, whole, session, collector, door, at)?;
    drafts.extend(walked_back(desk, whole, session, children, collector, walker, at)?);
    for child in children {
        let (session_id, door, basis) = (session.id(), door.clone(), basis.clone());
        let event = DoorEvent::ChildLeft { session: session_id, child: *child, door, basis, leaving: Leaving::LetGo };
        drafts.push(desk.door_against(session, at, event, against.clone()));
    }
    if let Some(person) = collector {
        let event = collector_goes(session, person, children, door);
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// The collector leaves with the children; or, while a child of theirs is still in, goes out and is to come back.
fn collector_goes(session: &Session, person: PersonId, children: &[PersonId], door: &Code) -> DoorEvent {
    let stays = |m: &Member, a: &Attendance| a.is_in() && !children.contains(&m.person);
    let (session_id, door) = (session.id(), door.clone());
    match !session.manner().gap && session.children().any(|(m, a)| stays(m, a)) {
        true => DoorEvent::WentOut { session: session_id, person, door, out: OutFor::Reachable },
        false => DoorEvent::AdultLeft { session: session_id, person, door, leaving: Leaving::WithChild },
    }
}

/// Children who are here.
pub(super) fn all_here(session: &Session, children: &[PersonId]) -> Result<(), Refusal> {
    let here = |child: &PersonId| {
        session.member(*child).is_some_and(Member::is_child) && session.of(*child).is_some_and(Attendance::is_in)
    };
    children.iter().find(|c| !here(c)).map_or(Ok(()), |child| Err(Refusal::NotIn(*child)))
}

/// A child who was kept back although somebody had come for them goes when the coordinator has said so, or with an agency
/// (domain.md 2.6: the adult who collects is not fit to).
fn not_kept_back(session: &Session, children: &[PersonId], basis: &Basis) -> Result<(), Refusal> {
    if matches!(basis, Basis::Agency { .. }) {
        return Ok(());
    }
    let kept = |child: &&PersonId| session.of(**child).is_some_and(|a| a.kept_back.is_some());
    children.iter().find(kept).map_or(Ok(()), |child| Err(Refusal::KeptBack(*child)))
}

/// The holds. An agency is never held up by one: that it would have been is an open question.
fn held_up(
    desk: Desk<'_>,
    session: &Session,
    collector: Option<PersonId>,
    at: Moment,
    basis: &Basis,
) -> Result<Vec<Rule>, Refusal> {
    let elsewhere = || collector.map_or(Ok(()), |c| not_held_elsewhere(desk, session, c, at));
    match desk.pass(not_held(desk.day, session, Party::Brings, at)).and_then(|()| elsewhere()) {
        Ok(()) => Ok(Vec::new()),
        Err(_) if matches!(basis, Basis::Agency { .. }) => Ok(vec![Rule::Hold]),
        Err(refusal) => Err(refusal),
    }
}

/// The checked collector, if it is one of the list: invariant 3.
fn checked(desk: Desk<'_>, session: &Session, basis: &Basis) -> Result<Option<PersonId>, Refusal> {
    match basis {
        Basis::Listed(person) => {
            let member = session.member(*person).ok_or(Refusal::NotCollector)?;
            let barred = member.standing == Standing::NotPermitted || session.bars(*person, Flag::Collectors);
            let listed = member.collects && !member.is_child() && !barred;
            if listed { Ok(Some(*person)) } else { Err(Refusal::NotCollector) }
        }
        Basis::Agency { agency, name, number, decided } => {
            let complete = [agency, name, number, decided].iter().all(|t| !t.is_empty());
            if complete { Ok(None) } else { Err(Refusal::NotCollector) }
        }
        Basis::Verified { coordinator, number, name } => {
            let by_them = *coordinator == desk.stamp.by && desk.needs(Power::OneOff).is_ok();
            let carers = session.plan.people.iter().filter(|m| m.side == Side::Resident && m.is_expected());
            let on_file = carers.filter_map(|m| m.phone.as_ref()).any(|p| same_number(p, number));
            let may = by_them && on_file && !name.is_empty() && !session.only_listed_collect();
            if may { Ok(None) } else { Err(Refusal::NotCollector) }
        }
        Basis::Handover(_) | Basis::Home { .. } | Basis::TakenWithoutUs { .. } => Err(Refusal::NotCollector),
    }
}

/// The same digits, however they are set apart.
fn same_number(one: &Text, other: &Text) -> bool {
    let digits = |t: &Text| t.as_str().chars().filter(char::is_ascii_digit).collect::<String>();
    !digits(one).is_empty() && digits(one) == digits(other)
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
    desk.pass(journey::gap(desk, session, &[collector], at))?;
    desk.leaves_no_child_out(&[collector])?;
    desk.all_free(whole, &[collector], at, Some(place), Some(door))?;
    Ok(vec![desk.door(session, at, letin::came(session, collector, door, place, None))])
}

/// Children who are with the side that visits are walked back first, by a worker who is named.
fn walked_back(
    desk: Desk<'_>,
    whole: &Day,
    session: &Session,
    children: &[PersonId],
    collector: Option<PersonId>,
    walker: Option<StaffId>,
    at: Moment,
) -> Result<Vec<Draft>, Refusal> {
    let mut drafts = Vec::new();
    for child in children {
        let Some(attendance) = session.of(*child).filter(|a| session.is_walked_back(a)) else { continue };
        let walker = walker.ok_or(Refusal::NoWalker)?;
        desk.worker(walker)?;
        let into = collector.map_or(Carer::Worker(walker), Carer::Adult);
        let theirs = collector.and_then(|c| session.of(c)).and_then(|a| a.place());
        let Some(place) = theirs.or(attendance.place()).cloned() else { continue };
        desk.all_free(whole, &[*child], at, Some(&place), None)?;
        let event = DoorEvent::Walked { session: session.id(), child: *child, walker, place, into };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// This adult has another child here, of any case, who stays: somebody may visit two.
pub(super) fn has_another(day: &Day, carer: Carer, leaving: &[PersonId]) -> bool {
    day.in_care_of(carer).iter().any(|(_, child)| !leaving.contains(child))
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
    desk.door_known(door)?;
    let at = desk.time_for(whole, people)?;
    for person in people {
        let adult = session.member(*person).is_some_and(|m| !m.is_child());
        if !adult || session.of(*person).is_none_or(|a| !a.is_in()) {
            return Err(Refusal::NotIn(*person));
        }
        if !desk.day.in_care_of(Carer::Adult(*person)).is_empty() {
            return Err(Refusal::HasChild(*person));
        }
        not_held_elsewhere(desk, session, *person, at)?;
    }
    desk.pass(desk.way_out(whole, people, at, door))?;
    Ok(at)
}

/// Somebody of two cases goes from both: from one that they visit, even where they came for the other.
fn not_held_elsewhere(desk: Desk<'_>, session: &Session, person: PersonId, at: Moment) -> Result<(), Refusal> {
    for other in desk.day.sessions.iter().filter(|s| s.id() != session.id()) {
        let Some((member, attendance)) = other.member(person).zip(other.of(person)) else { continue };
        if attendance.is_in() || member.party() == Party::Visits {
            desk.pass(not_held(desk.day, other, member.party(), at))?;
        }
    }
    Ok(())
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
    // In a handover the worker has the children while neither side is here.
    let by_worker = |a: &Attendance| session.manner().gap && matches!(a.carer(), Some(Carer::Worker(_)));
    let child_in = session.children().any(|(_, a)| a.is_in() && !by_worker(a));
    let another = session.adults(Party::Brings).any(|(m, a)| a.is_in() && !going.contains(&m.person));
    child_in && !another
}

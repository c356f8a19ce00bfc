//! May they come in? Listed, not here already, clear of everyone whom they must not meet, and every child in the care
//! of exactly one adult.

use crate::domain::case::{Member, Standing};
use crate::domain::codes::{Flag, Moment, Party, Side};
use crate::domain::day::{Attendance, Clash, Day, Presence, Session, Stay};
use crate::domain::decide::{Desk, course, journey, note};
use crate::domain::event::{Carer, DoorEvent, Draft};
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::policy::Code;
use crate::domain::refusal::{Gate, Refusal};

pub(super) fn let_in(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    people: &[PersonId],
    door: &Code,
    place: &Code,
    carer: Option<Carer>,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    if people.is_empty() {
        return Err(Refusal::Nobody);
    }
    for person in people {
        may_come(session, *person)?;
    }
    not_too_many(session, people)?;
    let at = desk.time_for(whole, people)?;
    desk.pass(all_free(whole, people, at, Some(place), Some(door)))?;
    desk.pass(journey::gap(desk, session, people, at))?;
    desk.pass(not_suspended(session, people))?;
    desk.leaves_no_child_out(people)?;
    comes_with_all(desk, people, carer)?;
    if let Some(Carer::Adult(adult)) = carer.filter(|_| carer_of(desk, session, people, carer).is_none()) {
        return Err(Refusal::NotCarer(adult));
    }
    let child_carer = carer_of(desk, session, people, carer);
    course::with_supervisor(desk, session, people, place, child_carer)?;
    let mut drafts = Vec::new();
    // Adults first, so that every child comes into somebody's care.
    let (adults, children): (Vec<PersonId>, Vec<PersonId>) =
        people.iter().partition(|p| session.member(**p).is_some_and(|m| !m.is_child()));
    for person in adults {
        drafts.push(desk.door(session, at, came(session, person, door, place, None)));
    }
    for child in children {
        let carer = child_carer.ok_or(Refusal::NoCarer)?;
        drafts.push(desk.door(session, at, came(session, child, door, place, Some(carer))));
    }
    drafts.extend(brought_by_nobody_known(desk, session, people, child_carer));
    Ok(drafts)
}

/// Children whom nobody on the list brings are let in with a worker, and the coordinator is told.
fn brought_by_nobody_known(desk: Desk<'_>, session: &Session, people: &[PersonId], carer: Option<Carer>) -> Vec<Draft> {
    let children = people.iter().any(|p| session.member(*p).is_some_and(|m| m.is_child()));
    let with_us = |p: &PersonId| session.of(*p).is_some_and(|a| matches!(a.presence(), Presence::Out(_)));
    let brought = people.iter().any(|p| session.member(*p).is_some_and(|m| !m.is_child()) || with_us(p));
    let by_worker = matches!(carer, Some(Carer::Worker(_)));
    match children && !brought && by_worker && !session.side_in(Party::Brings) {
        true => note::raised_with_kind(desk, session, None, "UNAU"),
        false => Vec::new(),
    }
}

/// Are they free of everyone whom they must not meet, and may they go together?
pub(super) fn all_free(
    whole: &Day,
    people: &[PersonId],
    at: Moment,
    place: Option<&Code>,
    door: Option<&Code>,
) -> Result<(), Refusal> {
    for person in people {
        free(whole, *person, at, place, door)?;
        if whole.apart_from(*person).iter().any(|other| people.contains(other)) {
            let through = door.map(|d| whole.leads_to(d).unwrap_or(d));
            if let Some(place) = place.or(through) {
                return Err(Refusal::Clash(Clash::Place(place.clone())));
            }
        }
    }
    Ok(())
}

/// Is this stay free of everyone whom the person must not meet?
pub(super) fn free(
    whole: &Day,
    person: PersonId,
    at: Moment,
    place: Option<&Code>,
    door: Option<&Code>,
) -> Result<(), Refusal> {
    let until = whole.moves_of(person).into_iter().map(|m| m.at).find(|then| *then > at);
    whole.free(person, &Stay { from: at, until, place, door }).map_err(Refusal::Clash)
}

/// A family that is suspended is not let in until the coordinator has said so. Who went out from here comes back.
fn not_suspended(session: &Session, people: &[PersonId]) -> Result<(), Refusal> {
    let back = |p: &PersonId| session.of(*p).is_some_and(|a| matches!(a.presence(), Presence::Out(_)));
    if session.is_suspended() && !people.iter().all(back) { Err(Refusal::Gate(Gate::Suspended)) } else { Ok(()) }
}

/// Named visitors, those who are here and those who come, are no more than the instruction says.
fn not_too_many(session: &Session, people: &[PersonId]) -> Result<(), Refusal> {
    let is_visitor = |m: &Member| matches!(m.standing, Standing::Visitor | Standing::VisitorSupervised);
    let Some(most) = session.most_visitors() else { return Ok(()) };
    let comes = |m: &Member| people.contains(&m.person);
    if !session.all().any(|(m, _)| is_visitor(m) && comes(m)) {
        return Ok(());
    }
    let visitors = session.all().filter(|(m, a)| is_visitor(m) && (a.is_in() || comes(m))).count();
    if visitors > usize::from(most) { Err(Refusal::TooMany(most)) } else { Ok(()) }
}

/// A worker who went along comes back with every child whom they went along with.
fn comes_with_all(desk: Desk<'_>, people: &[PersonId], carer: Option<Carer>) -> Result<(), Refusal> {
    let Some(Carer::Worker(staff)) = carer else { return Ok(()) };
    let out = |a: &Attendance| matches!(a.presence(), Presence::Out(_)) && a.carer() == carer;
    let mut children = desk.day.sessions.iter().flat_map(Session::children);
    match children.any(|(m, a)| out(a) && !people.contains(&m.person)) {
        true => Err(Refusal::WorkerOut(staff)),
        false => Ok(()),
    }
}

fn may_come(session: &Session, person: PersonId) -> Result<(), Refusal> {
    let member = session.member(person).ok_or(Refusal::Unknown)?;
    if member.standing == Standing::NotPermitted || session.bars(person, Flag::Visitors) {
        return Err(Refusal::NotListed(person));
    }
    match session.of(person).map(|a| a.presence()) {
        Some(Presence::In(_)) => Err(Refusal::IsIn(person)),
        _ => Ok(()),
    }
}

/// The event of coming in, for the first time or again.
pub(super) fn came(session: &Session, person: PersonId, door: &Code, place: &Code, carer: Option<Carer>) -> DoorEvent {
    let (session_id, door, place) = (session.id(), door.clone(), place.clone());
    match session.of(person).map(|a| a.presence()) {
        Some(Presence::Out(_)) => DoorEvent::CameBack { session: session_id, person, door, place, carer },
        _ => DoorEvent::Arrived { session: session_id, person, door, place, carer },
    }
}

/// The adult who is responsible for the children who come in: who was named, else the adult who comes with them, else
/// an adult of theirs who is here.
pub(super) fn carer_of(desk: Desk<'_>, session: &Session, people: &[PersonId], named: Option<Carer>) -> Option<Carer> {
    let comes = |p: PersonId| people.contains(&p) || session.of(p).is_some_and(|a| a.is_in());
    match named {
        Some(Carer::Worker(staff)) => return desk.day.on_shift(staff).then_some(Carer::Worker(staff)),
        Some(Carer::Adult(adult)) => {
            let may = session.member(adult).is_some_and(Member::may_have_children);
            return (may && comes(adult)).then_some(Carer::Adult(adult));
        }
        None => {}
    }
    let may = |m: &Member| m.side == Side::Resident && m.may_have_children();
    let residents = || session.adults(Party::Brings).filter(|(m, _)| may(m)).map(|(m, _)| m.person);
    let arriving = residents().find(|p| people.contains(p));
    arriving.or_else(|| residents().find(|p| comes(*p))).map(Carer::Adult)
}

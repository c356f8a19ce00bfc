//! May children go out with the visiting party? Only where the order or agreement on file lets them (invariant 3), with
//! a time to be back, or for good where a handover has one journey only (domain.md 2.5).

use crate::domain::codes::{Legs, Moment, Party, Side};
use crate::domain::day::{Day, Session};
use crate::domain::decide::{Desk, Journey, going};
use crate::domain::event::{Basis, Carer, DoorEvent, Draft, Leaving, OutFor};
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

/// What is asked: who goes out, with whom, on which journey.
#[derive(Clone, Copy)]
pub(super) struct Going<'a> {
    pub(super) children: &'a [PersonId],
    pub(super) adult: PersonId,
    pub(super) journey: &'a Journey,
    pub(super) door: &'a Code,
}

pub(super) fn take_out(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    going: Going<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    desk.door_known(going.door)?;
    all_here(desk, session, going)?;
    desk.gate(session)?;
    desk.pass(lets_out(session))?;
    let for_good = session.legs() == Some(Legs::Out);
    if !for_good && going.journey.until.is_none() {
        return Err(Refusal::NoReturn);
    }
    goes_along(desk, session, going)?;
    let mut moving = going.children.to_vec();
    moving.push(going.adult);
    let at = desk.time_for(whole, &moving)?;
    desk.pass(desk.way_out(whole, &moving, at, going.door))?;
    Ok(if for_good { left(desk, session, going, at) } else { out(desk, session, going, at) })
}

/// The children are here, and so is the adult of the side that visits who takes them; nobody's child stays behind alone.
fn all_here(desk: Desk<'_>, session: &Session, going: Going<'_>) -> Result<(), Refusal> {
    if going.children.is_empty() {
        return Err(Refusal::Nobody);
    }
    going::all_here(session, going.children)?;
    let member = session.member(going.adult).ok_or(Refusal::Unknown)?;
    if member.side != Side::Visiting || !member.may_have_children() {
        return Err(Refusal::NotCarer(going.adult));
    }
    if session.of(going.adult).is_none_or(|a| !a.is_in()) {
        return Err(Refusal::NotIn(going.adult));
    }
    match going::has_another(desk.day, Carer::Adult(going.adult), going.children) {
        true => Err(Refusal::HasChild(going.adult)),
        false => Ok(()),
    }
}

/// An order or agreement on file lets them, and no instruction forbids it.
pub(super) fn lets_out(session: &Session) -> Result<(), Refusal> {
    if session.plan.offsite.is_none() || session.stays_in() { Err(Refusal::Offsite) } else { Ok(()) }
}

/// The worker who goes along is named, here, and has no other child. In one-to-one contact it is the supervisor.
fn goes_along(desk: Desk<'_>, session: &Session, going: Going<'_>) -> Result<(), Refusal> {
    let supervised = session.plan.kind.is_supervised();
    let Some(worker) = going.journey.worker else {
        return if supervised { Err(Refusal::NoWalker) } else { Ok(()) };
    };
    desk.worker(worker)?;
    if going::has_another(desk.day, Carer::Worker(worker), going.children) {
        return Err(Refusal::WorkerHasChild(worker));
    }
    if supervised { desk.pass(is_supervisor(session, worker)) } else { Ok(()) }
}

/// In one-to-one contact only the supervisor has the children.
pub(super) fn is_supervisor(session: &Session, worker: crate::domain::ids::StaffId) -> Result<(), Refusal> {
    if session.supervisor == Some(worker) { Ok(()) } else { Err(Refusal::NotSupervisor(worker)) }
}

/// Out, and to come back.
fn out(desk: Desk<'_>, session: &Session, going: Going<'_>, at: Moment) -> Vec<Draft> {
    let Journey { until, to, number, worker } = going.journey.clone();
    let out = OutFor::WithVisiting { adult: going.adult, until, to, number, worker };
    let people = going.children.iter().copied().chain([going.adult]);
    let draft = |person| {
        let (session_id, door, out) = (session.id(), going.door.clone(), out.clone());
        desk.door(session, at, DoorEvent::WentOut { session: session_id, person, door, out })
    };
    people.map(draft).collect()
}

/// One journey only: the children have left with a named adult, and nothing is open.
fn left(desk: Desk<'_>, session: &Session, going: Going<'_>, at: Moment) -> Vec<Draft> {
    let draft = |child: &PersonId| {
        let (session_id, door, basis) = (session.id(), going.door.clone(), Basis::Handover(going.adult));
        let event = DoorEvent::ChildLeft { session: session_id, child: *child, door, basis, leaving: Leaving::LetGo };
        desk.door(session, at, event)
    };
    let mut drafts: Vec<Draft> = going.children.iter().map(draft).collect();
    let (session_id, door) = (session.id(), going.door.clone());
    let leaving = Leaving::WithChild;
    let event = DoorEvent::AdultLeft { session: session_id, person: going.adult, door, leaving };
    drafts.push(desk.door(session, at, event));
    drafts
}

/// In a handover a side comes in only when the other has been gone for some minutes.
pub(super) fn gap(desk: Desk<'_>, session: &Session, people: &[PersonId], at: Moment) -> Result<(), Refusal> {
    let adults = people.iter().filter_map(|p| session.member(*p)).filter(|m| !m.is_child());
    let mut parties: Vec<Party> = adults.map(|m| m.party()).collect();
    parties.dedup();
    if Party::ALL.iter().all(|party| parties.contains(party)) && session.manner().gap && !session.plan.plan.may_meet {
        return Err(Refusal::Gap { until: None });
    }
    match parties.into_iter().find_map(|party| desk.day.gap(session, party, at)) {
        Some(until) => Err(Refusal::Gap { until }),
        None => Ok(()),
    }
}

//! What comes next in one-to-one contact (domain.md 2.4): the supervisor meets the children, both sides go to the room,
//! the supervisor has the children throughout, and takes them back.

use super::{AtHand, Idle, Question, Step, children_in, leaving_door, supported};
use crate::domain::codes::{Party, Side};
use crate::domain::day::{Session, Stage};
use crate::domain::decide::{Journey, Permission};
use crate::domain::event::Carer;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::kind::TakesPart;

pub(super) fn step(at_hand: AtHand<'_>, party: Party) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    let end = day.local(session.plan.end, at);
    if session.is_together() && at < end {
        return Step::Nothing(Idle::Together(end));
    }
    let over = session.is_together() || session.had_contact() || session.early.is_some() || session.over();
    let children: Vec<PersonId> = session.children().filter(|(_, a)| a.is_in()).map(|(m, _)| m.person).collect();
    if over || children.is_empty() || children.iter().all(|c| session.of(*c).is_some_and(|a| a.no_part.is_some())) {
        return afterwards(at_hand, party);
    }
    let taking_part = || session.children().filter(|(_, a)| a.is_in() && a.no_part.is_none());
    match taking_part().find_map(|(_, a)| met_by(a.carer())) {
        None if party == Party::Brings => {
            let children = children_in(session, ticked);
            Step::Ask(Question::WhoMeets { children, supervisor: session.supervisor })
        }
        None => Step::Nothing(Idle::OtherSide),
        Some(worker) => {
            let children = taking_part().map(|(m, _)| m.person).collect();
            into_the_room(at_hand, session.supervisor.unwrap_or(worker), children)
        }
    }
}

fn met_by(carer: Option<Carer>) -> Option<StaffId> {
    if let Some(Carer::Worker(staff)) = carer { Some(staff) } else { None }
}

/// Both sides go to the room: the side that visits first, then the supervisor with the children. Escorted contact goes
/// out instead, with the worker.
fn into_the_room(at_hand: AtHand<'_>, worker: StaffId, children: Vec<PersonId>) -> Step {
    let AtHand { day, session, at, .. } = at_hand;
    let room = session.plan.room.clone();
    if session.manner().visits == TakesPart::Not {
        let (id, into) = (session.id(), Carer::Worker(worker));
        return Step::Do(Permission::Walk { session: id, children, walker: worker, place: room, into });
    }
    let adults: Vec<PersonId> = visiting(session);
    let Some(first) = adults.first().copied() else { return Step::Nothing(Idle::OtherSide) };
    if session.manner().goes_out {
        let until = Some(day.local(session.plan.end, at));
        let journey = Journey { until, worker: Some(worker), ..Journey::default() };
        let door = leaving_door(day, session, &adults, Party::Visits);
        return Step::Do(Permission::TakeOut { session: session.id(), children, adult: first, journey, door });
    }
    let elsewhere = |p: &PersonId| session.of(*p).and_then(|a| a.place()) != Some(&room);
    if adults.iter().any(elsewhere) {
        let people = adults.into_iter().filter(elsewhere).collect();
        return Step::Do(Permission::Move { session: session.id(), people, place: room });
    }
    let (id, into) = (session.id(), Carer::Worker(worker));
    Step::Do(Permission::Walk { session: id, children, walker: worker, place: room, into })
}

/// Those of the side that visits whom the children come to see, and who are here.
fn visiting(session: &Session) -> Vec<PersonId> {
    let here = session.adults(Party::Visits).filter(|(m, a)| m.side == Side::Visiting && a.is_in());
    here.map(|(m, _)| m.person).collect()
}

/// Contact is over, or cannot be: as in supported contact.
fn afterwards(at_hand: AtHand<'_>, party: Party) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    if party == Party::Visits {
        return supported::visits(at_hand);
    }
    let children = children_in(session, ticked);
    if children.is_empty() {
        return supported::carers_only(day, session, ticked, at);
    }
    match day.stage(session, at) {
        Stage::Together | Stage::Leaving => supported::who_takes(day, session, children, at),
        _ => Step::Nothing(Idle::OtherSide),
    }
}

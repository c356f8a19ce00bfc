//! What comes next in one-to-one contact (domain.md 2.4): both sides wait apart; the supervisor meets the children; the
//! side that visits goes to the room; the supervisor takes the children in, has them throughout, and takes them back.
//!
//! Escorted contact goes out of the building instead of into a room; life-story work has no other side.

use super::{AtHand, Idle, Question, Step, children_in, leaving_door, supported};
use crate::domain::codes::{Moment, Party, Side};
use crate::domain::day::{Attendance, Day, Presence, Session};
use crate::domain::decide::{Journey, Permission, Record};
use crate::domain::event::Carer;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::kind::TakesPart;
use crate::domain::policy::{Code, Use};
use crate::domain::refusal::{Gate, Refusal};

/// Minutes before the end at which it is said that so many are left.
const CALL: i64 = 10;

pub(super) fn step(at_hand: AtHand<'_>, party: Party) -> Step {
    let AtHand { day, session, at, .. } = at_hand;
    let end = day.local(session.plan.end, at);
    if at >= end || session.early.is_some() || session.over() {
        return afterwards(at_hand, party);
    }
    let waiting = waiting(session);
    if waiting.is_empty() {
        return match session.is_together() {
            true => until_the_end(session, at, end),
            false if is_still_to_come(session) => Step::Nothing(Idle::OtherSide),
            false => afterwards(at_hand, party),
        };
    }
    if session.manner().visits == TakesPart::AtTheDoor && visiting(session).is_empty() {
        let left = session.adults(Party::Visits).any(|(m, a)| m.is_expected() && a.left_at().is_some());
        return if left { afterwards(at_hand, party) } else { Step::Nothing(Idle::OtherSide) };
    }
    meet(at_hand, party, waiting)
}

/// Children who are here and take part, and are not in contact.
fn waiting(session: &Session) -> Vec<PersonId> {
    let waits = |a: &Attendance| a.is_in() && a.no_part.is_none() && !session.with_visiting(a);
    session.children().filter(|(_, a)| waits(a)).map(|(m, _)| m.person).collect()
}

/// No contact yet, and a child who is expected has not come.
fn is_still_to_come(session: &Session) -> bool {
    let expected = |a: &Attendance| a.presence() == Presence::Expected;
    !session.had_contact() && session.children().any(|(m, a)| m.is_expected() && expected(a))
}

fn until_the_end(session: &Session, at: Moment, end: Moment) -> Step {
    let is_out = session.children().any(|(_, a)| matches!(a.presence(), Presence::Out(_)));
    let is_time = !is_out && at >= end - chrono::Duration::minutes(CALL);
    match session.ten_minutes {
        None if is_time => Step::Write(Record::TenMinutes { session: session.id() }),
        _ => Step::Nothing(Idle::Together(end)),
    }
}

/// The supervisor meets the children first, by a digit: Enter changes nobody's care.
fn meet(at_hand: AtHand<'_>, party: Party, waiting: Vec<PersonId>) -> Step {
    let AtHand { day, session, ticked, .. } = at_hand;
    let carer = |child: &PersonId| session.of(*child).and_then(Attendance::carer);
    let is_met = |child: &PersonId| match (carer(child), session.supervisor) {
        (Some(Carer::Worker(worker)), Some(supervisor)) => worker == supervisor,
        (Some(Carer::Worker(_)), None) => true,
        _ => false,
    };
    let (met, apart): (Vec<PersonId>, Vec<PersonId>) = waiting.into_iter().partition(is_met);
    if let Some(worker) = met.first().and_then(carer).and_then(worker).filter(|_| apart.is_empty()) {
        return into_the_room(at_hand, party, worker, met);
    }
    match day.gate(session) {
        // Nobody has met them: they stay with their own adult until it is known who supervises.
        Some(gate @ (Gate::NoSupervisor | Gate::SupervisorAway(_))) => Step::Wait(Refusal::Gate(gate)),
        _ if party == Party::Visits => Step::Nothing(Idle::OtherSide),
        _ => {
            let children: Vec<PersonId> = apart.into_iter().filter(|c| ticked.contains(c)).collect();
            match children.is_empty() {
                true => Step::Nothing(Idle::OtherSide),
                false => Step::Ask(Question::WhoMeets { children, supervisor: session.supervisor }),
            }
        }
    }
}

fn worker(carer: Carer) -> Option<StaffId> {
    if let Carer::Worker(staff) = carer { Some(staff) } else { None }
}

/// Both sides go to the room: the side that visits first, from its own card, then the supervisor with the children.
/// Escorted contact goes out instead, with the worker.
fn into_the_room(at_hand: AtHand<'_>, party: Party, worker: StaffId, children: Vec<PersonId>) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    let adults = visiting(session);
    let manner = session.manner();
    if manner.goes_out {
        let Some(adult) = adults.first().copied() else { return Step::Nothing(Idle::OtherSide) };
        let until = Some(day.local(session.plan.end, at));
        let journey = Journey { until, worker: Some(worker), ..Journey::default() };
        let door = leaving_door(day, session, &adults, Party::Visits);
        return Step::Do(Permission::TakeOut { session: session.id(), children, adult, journey, door });
    }
    let place = room(day, session);
    let is_elsewhere = |p: &PersonId| session.of(*p).and_then(|a| a.place()) != Some(&place);
    if manner.visits == TakesPart::AtTheDoor && adults.iter().any(is_elsewhere) {
        let people: Vec<PersonId> =
            adults.into_iter().filter(|p| is_elsewhere(p) && (party == Party::Brings || ticked.contains(p))).collect();
        return match party == Party::Visits && !people.is_empty() {
            true => Step::Do(Permission::Move { session: session.id(), people, place }),
            false => Step::Nothing(Idle::OtherSide),
        };
    }
    Step::Do(Permission::Walk { session: session.id(), children, walker: worker, place, into: Carer::Worker(worker) })
}

/// The room of the plan, or the one that the side that visits has been taken to instead.
fn room(day: &Day, session: &Session) -> Code {
    let is_room = |code: &&Code| day.policy.place(code).is_some_and(|p| p.use_for == Use::Contact);
    let there = session.adults(Party::Visits).filter(|(m, _)| m.is_expected()).find_map(|(_, a)| a.place());
    there.filter(is_room).unwrap_or(&session.plan.room).clone()
}

/// Those of the side that visits who are here, whom the children come to see first.
fn visiting(session: &Session) -> Vec<PersonId> {
    let here = || session.adults(Party::Visits).filter(|(m, a)| m.side == Side::Visiting && a.is_in());
    if !here().any(|(m, _)| m.is_expected()) {
        return Vec::new();
    }
    let (party, others): (Vec<_>, Vec<_>) = here().partition(|(m, _)| m.is_expected());
    party.into_iter().chain(others).map(|(m, _)| m.person).collect()
}

/// Contact is over, or cannot be.
fn afterwards(at_hand: AtHand<'_>, party: Party) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    if let Some(step) = away_from_the_room(day, session) {
        return step;
    }
    if party == Party::Visits {
        return visitors_go(at_hand);
    }
    if session.children().any(|(_, a)| matches!(a.presence(), Presence::Out(_))) {
        // They are still out with the worker: it is for the side that visits to come back.
        return Step::Nothing(Idle::OtherSide);
    }
    let children = children_in(session, ticked);
    match children.is_empty() {
        true => supported::carers_only(day, session, ticked, at),
        false => supported::who_takes(day, session, children, at),
    }
}

/// Nobody has come for them yet: the supervisor has them, away from the room.
fn away_from_the_room(day: &Day, session: &Session) -> Option<Step> {
    if session.adults(Party::Brings).any(|(_, a)| a.is_in()) {
        return None;
    }
    let children: Vec<PersonId> =
        session.children().filter(|(_, a)| a.is_in() && session.with_visiting(a)).map(|(m, _)| m.person).collect();
    let walker = children.first().and_then(|c| session.of(*c)).and_then(Attendance::carer).and_then(worker)?;
    let (place, into) = (day.waiting_place(), Carer::Worker(walker));
    Some(Step::Do(Permission::Walk { session: session.id(), children, walker, place, into }))
}

/// They go once the children have, and the minutes of the plan have run.
fn visitors_go(AtHand { day, session, ticked, .. }: AtHand<'_>) -> Step {
    let child_in = session.children().any(|(_, a)| a.is_in());
    let leaves_first = session.early.as_ref().is_some_and(|e| e.party == Some(Party::Visits));
    if session.is_together() || (child_in && !leaves_first) {
        return Step::Nothing(Idle::OtherCard);
    }
    let door = leaving_door(day, session, ticked, Party::Visits);
    Step::Do(Permission::LetGo { session: session.id(), people: ticked.to_vec(), door })
}

//! What comes next in contact by video: the side that visits joins on line, the children go to the room with whoever has
//! them, or with a worker where that adult is not to be on it, and home afterwards. A call that broke off is joined again.

use super::{AtHand, Idle, Question, Step, children_in, supported};
use crate::domain::codes::Party;
use crate::domain::day::{Day, Session};
use crate::domain::decide::{Permission, Record};
use crate::domain::event::Carer;
use crate::domain::ids::PersonId;

pub(super) fn step(at_hand: AtHand<'_>, party: Party) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    let end = day.local(session.plan.end, at);
    let is_over = at >= end || session.over() || session.early.is_some();
    if party == Party::Visits {
        return on_line(at_hand, is_over);
    }
    let children = children_in(session, ticked);
    if children.is_empty() {
        return supported::carers_only(day, session, ticked, at);
    }
    if is_over {
        return supported::who_takes(day, session, children, at);
    }
    if session.is_together() {
        return Step::Nothing(Idle::Together(end));
    }
    let room = &session.plan.room;
    let elsewhere = children.iter().any(|c| session.of(*c).and_then(|a| a.place()) != Some(room));
    if session.is_on_line() && elsewhere {
        // An adult whom those on line must not meet is not on the call: a worker has the children for it.
        let apart: Vec<PersonId> = children.iter().copied().filter(|c| is_kept_from_call(day, session, *c)).collect();
        if !apart.is_empty() {
            return Step::Ask(Question::WhoMeets { children: apart, supervisor: None });
        }
        let people = with_their_adults(session, children);
        return Step::Do(Permission::Move { session: session.id(), people, place: room.clone() });
    }
    Step::Nothing(Idle::OtherSide)
}

/// The adult who has this child must not meet somebody who is on line.
fn is_kept_from_call(day: &Day, session: &Session, child: PersonId) -> bool {
    let Some(Carer::Adult(adult)) = session.of(child).and_then(|a| a.carer()) else { return false };
    let apart = day.apart_from(adult);
    session.adults(Party::Visits).any(|(m, a)| a.is_on_line() && apart.contains(&m.person))
}

/// The adults of theirs who have them go along.
fn with_their_adults(session: &Session, children: Vec<PersonId>) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = Vec::new();
    for child in &children {
        if let Some(Carer::Adult(adult)) = session.of(*child).and_then(|a| a.carer())
            && !people.contains(&adult)
        {
            people.push(adult);
        }
    }
    people.extend(children);
    people
}

/// They join, leave the call when it is over, and join again where it broke off.
fn on_line(AtHand { day, session, ticked, at }: AtHand<'_>, is_over: bool) -> Step {
    let on_line = session.adults(Party::Visits).find(|(_, a)| a.is_on_line());
    match on_line {
        Some((member, _)) if is_over => {
            Step::Write(Record::Disconnect { session: session.id(), person: member.person })
        }
        Some(_) => Step::Nothing(Idle::Together(day.local(session.plan.end, at))),
        None if is_over && left(session) => Step::Nothing(Idle::Gone),
        None => ticked.first().map_or(Step::Nothing(Idle::Nobody), |person| {
            Step::Do(Permission::Connect { session: session.id(), person: *person })
        }),
    }
}

fn left(session: &Session) -> bool {
    session.adults(Party::Visits).any(|(_, a)| a.left_at().is_some())
}

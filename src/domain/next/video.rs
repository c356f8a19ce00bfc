//! What comes next in contact by video: the side that visits joins on line, the children go to the room with whoever has
//! them, and home afterwards.

use super::{AtHand, Idle, Step, children_in, supported};
use crate::domain::codes::Party;
use crate::domain::decide::{Permission, Record};

pub(super) fn step(at_hand: AtHand<'_>, party: Party) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    let end = day.local(session.plan.end, at);
    if party == Party::Visits {
        let on_line = session.adults(Party::Visits).find(|(_, a)| a.is_on_line());
        let left = session.adults(Party::Visits).any(|(_, a)| a.left_at().is_some());
        return match on_line {
            Some((member, _)) if at >= end || session.over() => {
                Step::Write(Record::Disconnect { session: session.id(), person: member.person })
            }
            Some(_) => Step::Nothing(Idle::Together(end)),
            None if left => Step::Nothing(Idle::Gone),
            None => ticked.first().map_or(Step::Nothing(Idle::Nobody), |person| {
                Step::Do(Permission::Connect { session: session.id(), person: *person })
            }),
        };
    }
    let children = children_in(session, ticked);
    if children.is_empty() {
        return supported::carers_only(day, session, ticked, at);
    }
    if session.is_together() && at < end {
        return Step::Nothing(Idle::Together(end));
    }
    if session.had_contact() || session.over() || session.early.is_some() {
        return supported::who_takes(day, session, children, at);
    }
    let room = &session.plan.room;
    let elsewhere = children.iter().any(|c| session.of(*c).and_then(|a| a.place()) != Some(room));
    if session.is_on_line() && elsewhere {
        return Step::Do(Permission::Move { session: session.id(), people: children, place: room.clone() });
    }
    Step::Nothing(Idle::OtherSide)
}

//! What comes next in supported contact: come, walk over, together, walk back and leave, stay, go.

use super::{AtHand, Idle, Question, Step, children_in, leaving_door};
use crate::domain::codes::{Moment, Party, Side};
use crate::domain::day::{Day, Hold, Session, Stage};
use crate::domain::decide::Permission;
use crate::domain::ids::PersonId;
use crate::domain::refusal::Refusal;

/// The side that brings is here.
pub(super) fn brings(AtHand { day, session, ticked, at }: AtHand<'_>) -> Step {
    let children = children_in(session, ticked);
    if children.is_empty() {
        return carers_only(day, session, ticked, at);
    }
    match day.stage(session, at) {
        Stage::Together if at < day.local(session.plan.end, at) => {
            Step::Nothing(Idle::Together(day.local(session.plan.end, at)))
        }
        Stage::Together | Stage::Leaving => who_takes(day, session, children, at),
        _ => walk_over(session, children).unwrap_or(Step::Nothing(Idle::OtherSide)),
    }
}

/// Adults of the side that brings, with none of their children here.
pub(super) fn carers_only(day: &Day, session: &Session, ticked: &[PersonId], at: Moment) -> Step {
    let another_child = session.children().any(|(_, a)| a.is_in());
    if another_child && session.is_together() {
        return Step::Nothing(Idle::Together(day.local(session.plan.end, at)));
    }
    let over = session.over() || session.had_contact() || session.children().any(|(_, a)| a.left_at().is_some());
    if !over || another_child {
        return Step::Nothing(Idle::OtherSide);
    }
    let door = leaving_door(day, session, ticked, Party::Brings);
    Step::Do(Permission::LetGo { session: session.id(), people: ticked.to_vec(), door })
}

/// The side that visits is here.
pub(super) fn visits(AtHand { day, session, ticked, at }: AtHand<'_>) -> Step {
    let end = day.local(session.plan.end, at);
    if session.is_together() {
        return if at < end { Step::Nothing(Idle::Together(end)) } else { Step::Nothing(Idle::OtherCard) };
    }
    let fresh = !session.had_contact() && session.early.is_none() && !session.over();
    if fresh {
        let children: Vec<PersonId> =
            session.children().filter(|(_, a)| a.is_in() && a.no_part.is_none()).map(|(m, _)| m.person).collect();
        let gone = session.children().any(|(_, a)| a.left_at().is_some());
        if !children.is_empty() {
            return walk_over(session, children).unwrap_or(Step::Nothing(Idle::OtherSide));
        }
        if !gone {
            return Step::Nothing(Idle::OtherSide);
        }
    }
    let door = leaving_door(day, session, ticked, Party::Visits);
    Step::Do(Permission::LetGo { session: session.id(), people: ticked.to_vec(), door })
}

/// Walking over: the children who take part, to the adult whom they come to see.
fn walk_over(session: &Session, children: Vec<PersonId>) -> Option<Step> {
    let children: Vec<PersonId> =
        children.into_iter().filter(|c| session.of(*c).is_some_and(|a| a.no_part.is_none())).collect();
    if children.is_empty() || session.early.is_some() {
        return None;
    }
    let (into, place) = session
        .adults(Party::Visits)
        .filter(|(m, _)| m.is_expected() && m.side == Side::Visiting)
        .find_map(|(m, a)| a.place().map(|place| (m.person, place.clone())))?;
    Some(Step::Ask(Question::WhoWalks { children, into, place }))
}

/// The children go home, once their own side need not stay any more.
pub(super) fn who_takes(day: &Day, session: &Session, children: Vec<PersonId>, at: Moment) -> Step {
    match day.hold(session, Party::Brings) {
        Hold::Until(until) if at < until => Step::Wait(Refusal::Holds { party: Party::Brings, until: Some(until) }),
        _ => Step::Ask(Question::WhoTakes { children }),
    }
}

//! What comes next in a handover (domain.md 2.5): one side comes, a worker has the children, that side goes; minutes
//! later the other comes. Out and back, out only, or back only.

use super::{AtHand, Idle, Question, Step, children_in, leaving_door, supported};
use crate::domain::codes::{Legs, Party, Side};
use crate::domain::day::{Presence, Session};
use crate::domain::decide::Permission;
use crate::domain::event::Carer;
use crate::domain::ids::PersonId;
use crate::domain::refusal::Refusal;

pub(super) fn step(at_hand: AtHand<'_>, party: Party) -> Step {
    match party {
        Party::Brings => brings(at_hand),
        Party::Visits => visits(at_hand),
    }
}

/// The children are with a worker, and so their own side may go; or they are back, and their own side takes them.
fn brings(at_hand: AtHand<'_>) -> Step {
    let AtHand { session, ticked, .. } = at_hand;
    let children = children_in(session, ticked);
    let adults = adults_in(session, ticked, Party::Brings);
    if children.is_empty() {
        return if adults.is_empty() { Step::Nothing(Idle::OtherSide) } else { go(at_hand, adults, Party::Brings) };
    }
    if is_home_time(session) {
        return home(at_hand, children);
    }
    let with_worker = |c: &PersonId| matches!(session.of(*c).and_then(|a| a.carer()), Some(Carer::Worker(_)));
    let children: Vec<PersonId> = children.into_iter().filter(|c| !with_worker(c)).collect();
    if !children.is_empty() {
        return Step::Ask(Question::WhoMeets { children, supervisor: None });
    }
    if adults.is_empty() { Step::Nothing(Idle::OtherSide) } else { go(at_hand, adults, Party::Brings) }
}

/// They go home with somebody of the list: not while the side that visits is here, nor in the minutes after.
fn home(AtHand { day, session, at, .. }: AtHand<'_>, children: Vec<PersonId>) -> Step {
    let theirs_in = session.adults(Party::Brings).any(|(_, a)| a.is_in());
    match day.gap(session, Party::Brings, at) {
        Some(None) if !theirs_in => Step::Nothing(Idle::OtherSide),
        Some(until) if !theirs_in => Step::Wait(Refusal::Gap { until }),
        _ => supported::who_takes(day, session, children, at),
    }
}

/// They take the children out; or they have brought them back, and go.
fn visits(at_hand: AtHand<'_>) -> Step {
    let AtHand { day, session, ticked, at } = at_hand;
    let adults = adults_in(session, ticked, Party::Visits);
    if adults.is_empty() {
        return Step::Nothing(Idle::OtherSide);
    }
    let waiting: Vec<PersonId> =
        session.children().filter(|(_, a)| a.is_in() && a.no_part.is_none()).map(|(m, _)| m.person).collect();
    let all_gone = session.children().all(|(_, a)| a.left_at().is_some());
    if is_home_time(session) || session.over() || session.early.is_some() || all_gone {
        return go(at_hand, adults, Party::Visits);
    }
    if waiting.is_empty() {
        return Step::Nothing(Idle::OtherSide);
    }
    let until = (session.legs() == Some(Legs::Both)).then(|| day.local(session.plan.end, at));
    let adults: Vec<PersonId> = adults.into_iter().filter(|a| may_take(session, *a)).collect();
    match adults.is_empty() {
        true => Step::Nothing(Idle::OtherSide),
        false => Step::Ask(Question::WhoGoes { children: waiting, adults, until }),
    }
}

/// The children are back with us, or were never to go: what comes next is that they go home.
fn is_home_time(session: &Session) -> bool {
    let out = session.children().any(|(_, a)| matches!(a.presence(), Presence::Out(_)));
    let back = session.had_contact() || session.legs() == Some(Legs::Back);
    (back && !out) || session.over() || session.early.is_some()
}

/// A visitor who only comes along does not take the children out.
fn may_take(session: &Session, adult: PersonId) -> bool {
    session.member(adult).is_some_and(|m| m.side == Side::Visiting && m.may_have_children())
}

fn adults_in(session: &Session, ticked: &[PersonId], party: Party) -> Vec<PersonId> {
    let here = session.adults(party).filter(|(m, a)| a.is_in() && ticked.contains(&m.person));
    here.map(|(m, _)| m.person).collect()
}

fn go(at_hand: AtHand<'_>, people: Vec<PersonId>, party: Party) -> Step {
    let door = leaving_door(at_hand.day, at_hand.session, &people, party);
    Step::Do(Permission::LetGo { session: at_hand.session.id(), people, door })
}

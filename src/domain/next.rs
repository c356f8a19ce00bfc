//! What normally comes next: the Enter line is this value and nothing else, and Enter does it.

use crate::domain::case::Member;
use crate::domain::codes::{Moment, Party, Side};
use crate::domain::day::{Attendance, Day, Hold, Presence, Session, Stage};
use crate::domain::decide::{Command, Permission, Stamp, decide};
use crate::domain::ids::{DayId, PersonId, SessionId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;

/// What Enter does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// This, at once: it changes nobody's responsibility for a child.
    Do(Permission),
    /// Asks a question that a digit answers.
    Ask(Question),
    /// Not now; why.
    Wait(Refusal),
    /// Nothing is to be done on this side.
    Nothing(Idle),
}

/// A question that a digit answers, after showing the names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Who walks these children over?
    WhoWalks {
        /// The children.
        children: Vec<PersonId>,
        /// The adult who is to have them.
        into: PersonId,
        /// Where.
        place: Code,
    },
    /// Who takes these children?
    WhoTakes {
        /// The children.
        children: Vec<PersonId>,
    },
}

/// Why there is nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// The other side is awaited.
    OtherSide,
    /// Together, until the end.
    Together(Moment),
    /// This side does not come today.
    NotToday,
    /// Everyone of this side has left.
    Gone,
    /// Nobody is ticked.
    Nobody,
    /// It is for the other side's card.
    OtherCard,
}

/// Whom an act on this card is about, if nobody changes the ticks: those who are out, else those who are here, else
/// those who are expected.
pub fn usual_ticks(session: &Session, party: Party) -> Vec<PersonId> {
    let pick = |wanted: fn(&Member, &Attendance) -> bool| -> Vec<PersonId> {
        session.side(party).filter(|(m, a)| wanted(m, a)).map(|(m, _)| m.person).collect()
    };
    let out = pick(|_, a| matches!(a.presence(), Presence::Out(_)));
    if !out.is_empty() {
        return out;
    }
    let here = pick(|_, a| a.is_in());
    if !here.is_empty() {
        return here;
    }
    pick(|m, a| m.is_expected() && matches!(a.presence(), Presence::Expected))
}

/// The card that is for now: the side that brings while it has a next step, else the other.
pub fn usual_card(register: &Register, day: DayId, session: SessionId, stamp: &Stamp) -> Party {
    let has_step = |party| {
        let Some(s) = register.days.get(&day).and_then(|d| d.session(session)) else { return false };
        let way = register.days.get(&day).map(|d| d.usual_way(s, party));
        let Some((door, place)) = way else { return false };
        let ticked = usual_ticks(s, party);
        !matches!(next_step(register, day, session, party, &ticked, (&door, &place), stamp), Step::Nothing(_))
    };
    if has_step(Party::Brings) || !has_step(Party::Visits) { Party::Brings } else { Party::Visits }
}

/// What Enter does on this card, with these people ticked, by this way in.
pub fn next_step(
    register: &Register,
    day: DayId,
    session: SessionId,
    party: Party,
    ticked: &[PersonId],
    way: (&Code, &Code),
    stamp: &Stamp,
) -> Step {
    let Some(open) = register.days.get(&day) else { return Step::Wait(Refusal::NotOpen) };
    let Some(known) = open.session(session) else { return Step::Wait(Refusal::Unknown) };
    if open.is_signed() {
        return Step::Wait(Refusal::Signed);
    }
    let away: Vec<PersonId> = ticked.iter().copied().filter(|p| known.of(*p).is_some_and(|a| !a.is_in())).collect();
    let step = if !away.is_empty() {
        let (door, place) = (way.0.clone(), way.1.clone());
        Step::Do(Permission::LetIn { session, people: away, door, place, carer: None })
    } else if ticked.is_empty() {
        Step::Nothing(idle(known, party))
    } else if party == Party::Brings {
        brings(open, known, ticked, stamp)
    } else {
        visits(open, known, ticked, stamp)
    };
    match step {
        Step::Do(permission) => match decide(register, day, &Command::May(permission.clone()), stamp) {
            Ok(_) => Step::Do(permission),
            Err(refusal) => Step::Wait(refusal),
        },
        other => other,
    }
}

/// The side that brings is here.
fn brings(day: &Day, session: &Session, ticked: &[PersonId], stamp: &Stamp) -> Step {
    let at = stamp.at;
    let children = children_in(session, ticked);
    if children.is_empty() {
        return carers_only(day, session, ticked, at);
    }
    match day.stage(session, at) {
        Stage::Together if at < day.local(session.plan.end, at) => {
            Step::Nothing(Idle::Together(day.local(session.plan.end, at)))
        }
        Stage::Together | Stage::Leaving => match day.hold(session, Party::Brings) {
            Hold::Until(until) if at < until => Step::Wait(Refusal::Holds { party: Party::Brings, until: Some(until) }),
            _ => Step::Ask(Question::WhoTakes { children }),
        },
        _ => walk_over(session, children).unwrap_or(Step::Nothing(Idle::OtherSide)),
    }
}

/// Adults of the side that brings, with none of their children here.
fn carers_only(day: &Day, session: &Session, ticked: &[PersonId], at: Moment) -> Step {
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
fn visits(day: &Day, session: &Session, ticked: &[PersonId], stamp: &Stamp) -> Step {
    let at = stamp.at;
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

/// Children of the ticked who are here.
pub fn children_in(session: &Session, ticked: &[PersonId]) -> Vec<PersonId> {
    session.children().filter(|(m, a)| a.is_in() && (ticked.contains(&m.person))).map(|(m, _)| m.person).collect()
}

/// People leave by the door that they came in by.
pub fn leaving_door(day: &Day, session: &Session, people: &[PersonId], party: Party) -> Code {
    let door = people.iter().find_map(|p| session.of(*p).and_then(|a| a.door_in()));
    door.cloned().unwrap_or_else(|| day.usual_way(session, party).0)
}

fn idle(session: &Session, party: Party) -> Idle {
    if session.side_absent(party) {
        Idle::NotToday
    } else if session.side_came(party) {
        Idle::Gone
    } else {
        Idle::Nobody
    }
}

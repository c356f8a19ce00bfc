//! What a day, as it is written, goes against. Undo and corrections are judged by what they would add to it.

use std::collections::BTreeSet;

use chrono::Duration;

use crate::domain::codes::{Party, Rule};
use crate::domain::day::{Attendance, Day, Session, Whereabouts};
use crate::domain::event::{Carer, Leaving};
use crate::domain::ids::PersonId;

/// One rule, and one person whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The person.
    pub person: PersonId,
}

/// Everything that the day, as it is written, goes against.
pub fn breaches(day: &Day) -> BTreeSet<Breach> {
    let mut found = BTreeSet::new();
    for session in &day.sessions {
        for (member, attendance) in session.all() {
            let person = member.person;
            let mut add = |rule, is: bool| {
                if is {
                    found.insert(Breach { rule, person });
                }
            };
            add(Rule::TimesForward, !in_sequence(attendance));
            add(Rule::OneResponsibleAdult, member.is_child() && !in_care(day, attendance));
            add(Rule::Hold, member.party() == Party::Visits && left_in_hold(session, attendance));
            add(Rule::KeepApart, meets_somebody(day, person));
        }
    }
    found
}

/// Comes in only when out, goes on only when in.
fn in_sequence(attendance: &Attendance) -> bool {
    let mut is_in = false;
    attendance.moves.iter().all(|m| {
        let enters = matches!(m.to, Whereabouts::In(_)) && m.door.is_some();
        let fits = enters != is_in;
        is_in = matches!(m.to, Whereabouts::In(_));
        fits
    })
}

/// A child who is here has one adult, and that adult is here.
fn in_care(day: &Day, attendance: &Attendance) -> bool {
    if !attendance.is_in() {
        return true;
    }
    match attendance.carer() {
        None => false,
        Some(Carer::Worker(staff)) => day.on_shift(staff),
        Some(Carer::Adult(adult)) => day.sessions.iter().filter_map(|s| s.of(adult)).any(|a| a.is_in()),
    }
}

/// Was let go while a child was in, or before the hold had run.
fn left_in_hold(session: &Session, attendance: &Attendance) -> bool {
    let hold = Duration::minutes(i64::from(session.plan.plan.hold_min));
    let early = session.early.as_ref().is_some_and(|e| e.party == Some(Party::Visits));
    if session.plan.plan.may_meet || hold.is_zero() || early {
        return false;
    }
    let mut let_go = attendance.moves.iter().filter(|m| m.to == Whereabouts::Left(Some(Leaving::LetGo))).map(|m| m.at);
    let mut children = session.children().filter(|(_, a)| a.came());
    let_go.next_back().is_some_and(|went| {
        children.any(|(_, a)| {
            let came_before = a.came_at().is_some_and(|came| came <= went);
            came_before && a.left_at().is_none_or(|left| left + hold > went)
        })
    })
}

fn meets_somebody(day: &Day, person: PersonId) -> bool {
    let others = day.apart_from(person);
    if others.is_empty() {
        return false;
    }
    let apart = Duration::minutes(i64::from(day.policy.apart_min));
    let (mine, passes) = (day.stays_of(person), day.passes_of(person));
    others.into_iter().any(|other| {
        let theirs = day.stays_of(other);
        let their_passes = day.passes_of(other);
        let meet = mine.iter().any(|(place, from, to)| {
            theirs.iter().any(|(their_place, their_from, their_to)| {
                place == their_place && to.is_none_or(|to| *their_from < to) && their_to.is_none_or(|t| *from < t)
            })
        });
        let door = passes
            .iter()
            .any(|(door, at)| their_passes.iter().any(|(d, then)| d == door && (*at - *then).abs() < apart));
        meet || door
    })
}

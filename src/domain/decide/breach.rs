//! What a day, as it is written, goes against. Undo and corrections are judged by what they would add to it.

use std::collections::BTreeSet;

use chrono::Duration;

use crate::domain::case::Member;
use crate::domain::codes::{Moment, Party, Rule};
use crate::domain::day::{Attendance, Day, Move, Presence, Session, Whereabouts};
use crate::domain::event::{Carer, DoorEvent, Event, Leaving};
use crate::domain::ids::{EntryId, PersonId, StaffId};
use crate::domain::policy::Code;

/// One rule, and one person whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The person.
    pub person: PersonId,
    /// Whom they met, from when, and how, if they did.
    pub met: Option<(PersonId, Moment, How)>,
    /// The movement that does not fit those before it: one does not hide another.
    pub entry: Option<EntryId>,
}

/// How two people met: one way at one moment does not hide another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// In one place.
    Place,
    /// Through one door, within the minutes set.
    Door,
    /// One went by where the other was.
    Passing,
}

/// Everything that the day, as it is written, goes against.
pub fn breaches(day: &Day) -> BTreeSet<Breach> {
    let mut found = BTreeSet::new();
    for session in &day.sessions {
        for (member, attendance) in session.all() {
            let person = member.person;
            let mut add = |rule, is: bool| {
                if is {
                    found.insert(Breach { rule, person, met: None, entry: None });
                }
            };
            add(Rule::OneResponsibleAdult, member.is_child() && !in_care(day, attendance));
            add(Rule::Hold, member.party() == Party::Visits && left_in_hold(day, session, attendance));
            add(Rule::Hold, member.party() == Party::Brings && left_in_return(day, session, attendance));
            add(Rule::Supervisor, was_alone(attendance));
            add(Rule::Gap, !member.is_child() && came_in_gap(day, session, member.party(), attendance));
            add(Rule::NamedWorker, member.is_child() && walked_by_nobody_here(day, session, person));
            let rule = Rule::KeepApart;
            found.extend(meetings(day, person).map(|met| Breach { rule, person, met: Some(met), entry: None }));
            let rule = Rule::TimesForward;
            found.extend(misfits(attendance).map(|entry| Breach { rule, person, met: None, entry: Some(entry) }));
        }
    }
    found
}

/// Movements out of sequence: one comes in only when out, goes on only when in; who is out and to come back may leave
/// from there.
fn misfits(attendance: &Attendance) -> impl Iterator<Item = EntryId> + '_ {
    let (mut is_in, mut is_out) = (false, false);
    let misfit = move |m: &&Move| {
        let enters = matches!(m.to, Whereabouts::In(_)) && m.door.is_some();
        let joins = m.to == Whereabouts::OnLine && !is_in;
        let fits = joins || enters != is_in || (is_out && matches!(m.to, Whereabouts::Left(_)));
        is_in = matches!(m.to, Whereabouts::In(_));
        is_out = matches!(m.to, Whereabouts::Out(_) | Whereabouts::OnLine);
        !fits
    };
    attendance.moves.iter().filter(misfit).map(|m| m.entry)
}

/// In one-to-one contact, at any time without the supervisor.
fn was_alone(child: &Attendance) -> bool {
    child.alone.iter().any(|(from, to)| *to != Some(*from))
}

/// In a handover, came in while the other side was here, or too soon after it had gone.
fn came_in_gap(day: &Day, session: &Session, party: Party, attendance: &Attendance) -> bool {
    if !session.manner().gap || session.plan.plan.may_meet {
        return false;
    }
    let gap = Duration::minutes(i64::from(day.policy.gap_min));
    let came = attendance.moves.iter().filter(|m| m.door.is_some() && matches!(m.to, Whereabouts::In(_)));
    let order = |m: &Move| (m.at, day.entries.iter().position(|e| e.id == m.entry));
    let meets = |came: &Move| {
        let mut others =
            session.adults(party.other()).filter_map(|(_, a)| a.moves.iter().rev().find(|m| order(m) < order(came)));
        others.any(|m| matches!(m.to, Whereabouts::In(_)) || came.at < m.at + gap)
    };
    came.into_iter().any(meets)
}

/// Left, or went out, too soon after the visiting party had left first with a child in.
fn left_in_return(day: &Day, session: &Session, attendance: &Attendance) -> bool {
    if session.plan.plan.may_meet || session.plan.plan.hold_min == 0 || !session.keeps_a_hold() {
        return false;
    }
    let stays = Duration::minutes(i64::from(day.policy.return_min));
    let child_in = |at: Moment| {
        session
            .children()
            .any(|(_, a)| matches!(a.moves.iter().rev().find(|m| m.at <= at).map(|m| &m.to), Some(Whereabouts::In(_))))
    };
    let let_go = |m: &&Move| m.to == Whereabouts::Left(Some(Leaving::LetGo));
    let first: Vec<Moment> = session
        .adults(Party::Visits)
        .filter_map(|(_, a)| a.moves.last().filter(let_go).map(|m| m.at))
        .filter(|at| child_in(*at))
        .collect();
    let goes = |m: &&Move| matches!(m.to, Whereabouts::Out(_) | Whereabouts::Left(None | Some(Leaving::LetGo)));
    let mut gone = attendance.moves.iter().filter(goes).map(|m| m.at);
    gone.any(|at| first.iter().any(|went| *went < at && at < *went + stays))
}

/// Was walked by somebody who was not on shift, then or by now.
fn walked_by_nobody_here(day: &Day, session: &Session, child: PersonId) -> bool {
    let mut walked = day.entries.iter().filter(|e| !day.undone.contains(&e.act)).filter_map(|e| match e.event.open() {
        Some(Event::Door(DoorEvent::Walked { session: of, child: c, walker, .. }))
            if *of == session.id() && *c == child =>
        {
            Some((*walker, day.happened(e)))
        }
        _ => None,
    });
    let was_here = |(walker, at): (StaffId, Moment)| {
        let mut spells = day.team.get(&walker).into_iter().flatten();
        day.on_shift(walker) || spells.any(|s| s.came <= at && s.went.is_none_or(|went| at <= went))
    };
    !walked.all(was_here)
}

/// A child who is here has one adult, and that adult is here; one who is out has one who is out with them.
fn in_care(day: &Day, child: &Attendance) -> bool {
    let may = |adult| day.sessions.iter().filter_map(|s| s.member(adult)).any(Member::may_have_children);
    match (child.presence(), child.carer()) {
        (Presence::In(_), Some(Carer::Adult(adult))) => day.has_carer(child) && may(adult),
        (Presence::In(_), _) => day.has_carer(child),
        (Presence::Out(_), None) => false,
        (Presence::Out(_), Some(Carer::Worker(staff))) => day.on_shift(staff),
        (Presence::Out(_), Some(Carer::Adult(adult))) => {
            let mut rows = day.sessions.iter().filter_map(|s| s.of(adult));
            may(adult) && rows.any(|a| matches!(a.presence(), Presence::Out(_)))
        }
        _ => true,
    }
}

/// Contact that began where it might not, by these lines: it began by them, or they shut the gate behind it (that the
/// supervisor came, or was named, is taken back).
pub(super) fn begun_at_the_gate(before: &Day, after: &Day) -> BTreeSet<Breach> {
    let mut found = BTreeSet::new();
    for session in &after.sessions {
        let was = before.session(session.id());
        let same = before.team == after.team && was.is_some_and(|s| s.supervisor == session.supervisor);
        let gated = |day: &Day, from: Moment| {
            let then = day.as_at(from);
            then.session(session.id()).is_some_and(|s| then.gate(s).is_some())
        };
        for (member, child) in session.children() {
            let was = was.and_then(|s| s.of(member.person));
            let is_new = |from: Moment| was.is_none_or(|a| a.contact.iter().all(|(then, _)| *then != from));
            let shuts = |from: Moment| is_new(from) || (!same && !gated(before, from));
            let lasts = |(from, to): &&(Moment, Option<Moment>)| *to != Some(*from);
            if child.contact.iter().filter(lasts).any(|(from, _)| shuts(*from) && gated(after, *from)) {
                found.insert(Breach { rule: Rule::Gate, person: member.person, met: None, entry: None });
            }
        }
    }
    found
}

/// Was let go while a child was in or out, or before the hold had run.
fn left_in_hold(day: &Day, session: &Session, attendance: &Attendance) -> bool {
    let hold = Duration::minutes(i64::from(session.plan.plan.hold_min));
    let early = |at: Moment| session.early.as_ref().is_some_and(|e| e.party == Some(Party::Visits) && e.at <= at);
    if session.plan.plan.may_meet || hold.is_zero() || !session.keeps_a_hold() {
        return false;
    }
    // Of one minute, what was written first came first.
    let order = |m: &Move| (m.at, day.entries.iter().position(|e| e.id == m.entry));
    let let_go = attendance.moves.iter().rev().find(|m| m.to == Whereabouts::Left(Some(Leaving::LetGo)));
    let_go.filter(|went| !early(went.at)).is_some_and(|went| {
        let before = |m: &&Move| order(m) < order(went);
        session.children().filter_map(|(_, a)| a.moves.iter().rev().find(before)).any(|m| match m.to {
            Whereabouts::Left(_) => went.at < m.at + hold,
            Whereabouts::In(_) | Whereabouts::Out(_) => true,
            Whereabouts::OnLine => false,
        })
    })
}

/// Whom somebody met whom they must not, and from when: in one place, at one entrance within the minutes set, or by
/// going through the place that the other is in.
fn meetings(day: &Day, person: PersonId) -> impl Iterator<Item = (PersonId, Moment, How)> {
    let (mine, passes) = (day.stays_of(person), day.passes_of(person));
    let mut met = BTreeSet::new();
    for other in day.apart_from(person) {
        let (theirs, their_passes) = (day.stays_of(other), day.passes_of(other));
        let apart = day.apart_min(person, other);
        for (place, from, to) in &mine {
            let overlap = |(there, their_from, their_to): &&(&Code, Moment, Option<Moment>)| {
                there == place && to.is_none_or(|to| *their_from < to) && their_to.is_none_or(|to| *from < to)
            };
            met.extend(
                theirs.iter().filter(overlap).map(|(_, their_from, _)| (other, *from.max(their_from), How::Place)),
            );
        }
        for (door, at) in &passes {
            let near = their_passes.iter().filter(|(d, then)| d == door && (*at - *then).abs() < apart);
            met.extend(near.map(|(_, then)| (other, *at.max(then), How::Door)));
        }
        let by = goes_by(day, &passes, &theirs).chain(goes_by(day, &their_passes, &mine));
        met.extend(by.map(|at| (other, at, How::Passing)));
    }
    met.into_iter()
}

/// Goes through a door into, or out of, the place behind it while the other is there.
fn goes_by<'a>(
    day: &'a Day,
    passes: &'a [(&Code, Moment)],
    stays: &'a [(&Code, Moment, Option<Moment>)],
) -> impl Iterator<Item = Moment> + 'a {
    let there = |door: &Code, at: Moment| {
        let through = day.leads_to(door);
        stays.iter().any(|(place, from, to)| through == Some(*place) && *from <= at && to.is_none_or(|to| at < to))
    };
    passes.iter().filter(move |(door, at)| there(door, *at)).map(|(_, at)| *at)
}

//! What is due because somebody is not where they should be by now: a child out who is not back, a child whom nobody
//! collects (domain.md 2.5 and 2.6); and what one-to-one contact wants (2.4).

use chrono::Duration;

use crate::domain::codes::{CallAnswer, Moment, Party};
use crate::domain::day::{Call, Day, Session, Stage};
use crate::domain::due::DueKind;
use crate::domain::ids::PersonId;
use crate::domain::kind::During;

/// Minutes after the end before *not collected* is said.
const COLLECTED_BY: i64 = 10;
/// Minutes before the start from which a session that may not begin is said to be so.
const GATE_FROM: i64 = 30;
/// Minutes before the end at which the ten-minute call is due.
const TEN: i64 = 10;
/// Minutes of a pause before it is said.
const LONG_PAUSE: i64 = 10;

/// What a line says, on whose card, since when.
pub(super) type Line = (Party, DueKind, Moment);

/// A child is out and should be back.
pub(super) fn overdue(day: &Day, session: &Session, now: Moment) -> Option<Line> {
    let Stage::Out(Some(until)) = day.stage(session, now) else { return None };
    if now < until {
        return None;
    }
    let minutes = (now - until).num_minutes();
    let kind = DueKind::NotBack { minutes, ring: next_number(day, session, Party::Visits, until, minutes) };
    Some((Party::Visits, kind, until))
}

/// Children whom nobody collects, since the end of the session or since they came back.
pub(super) fn not_collected(day: &Day, session: &Session, now: Moment) -> Option<Line> {
    let end = day.local(session.plan.end, now).max(session.contact_ended().unwrap_or(now - Duration::days(1)));
    let minutes = (now - end).num_minutes();
    if minutes < COLLECTED_BY || !session.children().any(|(_, a)| a.is_in()) {
        return None;
    }
    let kind = DueKind::NotCollected { minutes, ring: next_number(day, session, Party::Brings, end, minutes) };
    Some((Party::Brings, kind, end))
}

/// Who is to be rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ring {
    /// Nobody yet.
    NotYet,
    /// Somebody of the case: the first number, the second...
    Number(u8, PersonId),
    /// All have been rung, or it has been too long: the coordinator, and the duty team.
    DutyTeam,
}

/// The next number: of that side first, then of the others who may collect, those not rung since; after the time of the
/// policy the duty team.
fn next_number(day: &Day, session: &Session, party: Party, since: Moment, minutes: i64) -> Ring {
    if party == Party::Visits && minutes < i64::from(day.policy.overdue_min) {
        return Ring::NotYet;
    }
    let answered = |c: &&Call| c.at >= since && c.answer == CallAnswer::Answered && c.person.is_some();
    let late = minutes >= i64::from(day.policy.escalate_min);
    if !late && session.calls.iter().rev().take(1).any(|c| answered(&c)) {
        return Ring::NotYet;
    }
    let rung = |p: PersonId| session.calls.iter().any(|c: &Call| c.person == Some(p) && c.at >= since);
    let own = session.adults(party).filter(|(m, _)| m.is_expected() || (m.collects && party == Party::Brings));
    let own: Vec<PersonId> = own.filter(|(m, _)| m.phone.is_some()).map(|(m, _)| m.person).collect();
    match (0..).zip(&own).find(|(_, p)| !rung(**p)) {
        Some((n, person)) if !late => Ring::Number(u8::try_from(n + 1).unwrap_or(u8::MAX), *person),
        _ => Ring::DutyTeam,
    }
}

/// What one-to-one contact wants, and what stands in the way of a session that is soon.
pub(super) fn course(day: &Day, session: &Session, now: Moment) -> Option<Line> {
    let (start, end) = (day.local(session.plan.start, now), day.local(session.plan.end, now));
    if let Some(pause) = session.pause().filter(|p| (now - p.at).num_minutes() >= LONG_PAUSE) {
        return Some((Party::Brings, DueKind::Paused { minutes: (now - pause.at).num_minutes() }, pause.at));
    }
    let supervised = session.manner().carer == During::Supervisor;
    let ten = end - Duration::minutes(TEN);
    if supervised && session.is_together() && session.ten_minutes.is_none() && ten <= now && now < end {
        return Some((Party::Brings, DueKind::TenMinutes, ten));
    }
    let soon = start - Duration::minutes(GATE_FROM);
    let begun = session.had_contact() || session.over();
    (!begun && now >= soon && now < end && day.gate(session).is_some()).then_some((Party::Brings, DueKind::Gate, soon))
}

/// The times at which one of these lines comes or changes.
pub(super) fn times(day: &Day, session: &Session, now: Moment) -> Vec<Moment> {
    let (start, end) = (day.local(session.plan.start, now), day.local(session.plan.end, now));
    let minutes = |m: u16| Duration::minutes(i64::from(m));
    let mut times = Vec::new();
    if let Stage::Out(Some(until)) = day.stage(session, now) {
        times.extend([until, until + minutes(day.policy.overdue_min), until + minutes(day.policy.escalate_min)]);
    }
    if session.plan.kind.is_supervised() {
        times.extend([start - Duration::minutes(GATE_FROM), end - Duration::minutes(TEN)]);
    }
    times.extend(session.pause().map(|p| p.at + Duration::minutes(LONG_PAUSE)));
    times
}

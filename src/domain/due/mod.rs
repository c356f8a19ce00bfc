//! What is due: the lines above the board, and the time of the next one.

mod alarm;

pub use alarm::Ring;

use chrono::Duration;

use crate::domain::codes::{Moment, Party};
use crate::domain::day::{Clash, Day, Hold, Outcome, Presence, Session, Stage, Stay};
use crate::domain::ids::SessionId;

/// One line: which session, which side, what, since or from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Number of the session.
    pub no: u16,
    /// The session.
    pub session: SessionId,
    /// The side whose card it is about.
    pub party: Party,
    /// What.
    pub kind: DueKind,
    /// Since when, or from when.
    pub at: Moment,
}

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueKind {
    /// Minutes late; whether they rang.
    Late {
        /// Minutes since they were due.
        minutes: i64,
        /// They said that they are on the way.
        rang: bool,
        /// The grace has run: ring them.
        ring: bool,
    },
    /// The way in is clear from then.
    Clear,
    /// Time to walk the children over.
    WalkOver,
    /// Time to end.
    End,
    /// A child is here, with nobody responsible by the book.
    NobodyHas,
    /// Minutes since the end, and children are still here.
    NotCollected {
        /// Minutes since the end.
        minutes: i64,
        /// Who is to be rung next.
        ring: Ring,
    },
    /// A child is out and should be back.
    NotBack {
        /// Minutes since they were to be back.
        minutes: i64,
        /// Who is to be rung next.
        ring: Ring,
    },
    /// The session may not begin: the card says why.
    Gate,
    /// It is time to say that ten minutes are left.
    TenMinutes,
    /// Contact has been paused for so many minutes.
    Paused {
        /// Minutes.
        minutes: i64,
    },
    /// The social worker must be told that there was no contact.
    TellWorker,
    /// This side may go now.
    MayGo,
    /// This side must be told that there is no contact.
    Tell,
}

impl DueKind {
    /// A child first; then what is to be done now; then what is to be known.
    fn rank(&self) -> u8 {
        match self {
            Self::NobodyHas | Self::NotCollected { .. } | Self::NotBack { .. } => 0,
            Self::End | Self::WalkOver | Self::MayGo | Self::TenMinutes => 1,
            _ => 2,
        }
    }
}

/// Everything that is due at a time: what is to be done now first, each the oldest first.
pub fn due(day: &Day, now: Moment) -> Vec<Due> {
    if day.is_signed() {
        return Vec::new();
    }
    let mut lines: Vec<Due> = day.sessions.iter().filter_map(|s| of(day, s, now)).collect();
    lines.sort_by_key(|d| (d.kind.rank(), d.at > now, d.at, d.no));
    lines
}

/// The most pressing line of one session.
fn of(day: &Day, session: &Session, now: Moment) -> Option<Due> {
    let line = |party, kind, at| Some(Due { no: session.plan.no, session: session.plan.session, party, kind, at });
    let (start, end) = (day.local(session.plan.start, now), day.local(session.plan.end, now));
    if session.children().any(|(_, a)| a.is_in() && !day.has_carer(a)) {
        return line(Party::Brings, DueKind::NobodyHas, now);
    }
    if let Some((party, kind, at)) = alarm::overdue(day, session, now).or_else(|| alarm::course(day, session, now)) {
        return line(party, kind, at);
    }
    match day.stage(session, now) {
        Stage::Together if now >= end => return line(Party::Brings, DueKind::End, end),
        Stage::Here if now >= start && !session.over() => return line(Party::Brings, DueKind::WalkOver, start),
        Stage::Leaving if session.children().any(|(_, a)| a.is_in()) => return leaving(day, session, now),
        Stage::WithUs if session.over() => return leaving(day, session, now),
        Stage::Leaving | Stage::OneSide(_) if session.side_in(Party::Visits) && may_go(day, session, now) => {
            return line(Party::Visits, DueKind::MayGo, free_since(day, session, now));
        }
        _ => {}
    }
    if let Some(party) = to_be_told(session) {
        return line(party, DueKind::Tell, now);
    }
    if worker_to_be_told(day, session) {
        return line(Party::Brings, DueKind::TellWorker, now);
    }
    if let Some((party, clear)) = clear_from(day, session, now) {
        return line(party, DueKind::Clear, clear);
    }
    late(day, session, now)
}

/// Children are still here after the contact.
fn leaving(day: &Day, session: &Session, now: Moment) -> Option<Due> {
    let (no, id) = (session.plan.no, session.plan.session);
    let held = day.hold(session, Party::Brings).until(now);
    let visits_may = session.side_in(Party::Visits) && !day.hold(session, Party::Visits).holds_at(now);
    if visits_may {
        let at = session.early.as_ref().map_or(now, |e| e.at);
        return Some(Due { no, session: id, party: Party::Visits, kind: DueKind::MayGo, at });
    }
    if let (None, Some((party, kind, at))) = (held, alarm::not_collected(day, session, now)) {
        return Some(Due { no, session: id, party, kind, at });
    }
    match held {
        None if session.manner().gap && !session.adults(Party::Brings).any(|(_, a)| a.is_in()) => None,
        None => {
            let at = if let Hold::Until(until) = day.hold(session, Party::Brings) { until } else { now };
            Some(Due { no, session: id, party: Party::Brings, kind: DueKind::MayGo, at })
        }
        Some(_) => None,
    }
}

/// The side that visits has nobody to stay for, and no hold runs.
fn may_go(day: &Day, session: &Session, now: Moment) -> bool {
    let waits = session.children().any(|(_, a)| a.is_in());
    let contact_over =
        session.had_contact() || session.over() || session.children().any(|(_, a)| a.left_at().is_some());
    contact_over && !waits && !day.hold(session, Party::Visits).holds_at(now)
}

fn free_since(day: &Day, session: &Session, now: Moment) -> Moment {
    match day.hold(session, Party::Visits) {
        Hold::Until(until) => until,
        _ => now,
    }
}

/// The social worker of a looked-after child is to be told that there was no contact.
pub fn worker_to_be_told(day: &Day, session: &Session) -> bool {
    let not_held = matches!(day.outcome(session), Outcome::NotHeld | Outcome::Cancelled);
    session.is_looked_after() && session.social_worker_told.is_none() && not_held
}

/// The side that was not told yet that the other does not come.
pub fn to_be_told(session: &Session) -> Option<Party> {
    let pair = [(Party::Brings, Party::Visits), (Party::Visits, Party::Brings)];
    if session.cancelled.is_some() {
        let waits = |p: &Party| session.expected(*p).any(|(_, a)| matches!(a.presence(), Presence::Expected));
        return Party::ALL.iter().copied().find(|p| waits(p) && !session.told.contains_key(p));
    }
    pair.into_iter().find_map(|(away, other)| {
        let waits = session.expected(other).any(|(_, a)| matches!(a.presence(), Presence::Expected));
        let known = session
            .expected(away)
            .all(|(_, a)| a.not_admitted.is_some() || a.absence.as_ref().is_some_and(|x| x.told.is_some()));
        let tell = session.side_absent(away) && known && waits && !session.told.contains_key(&other);
        tell.then_some(other)
    })
}

/// For a side that is still to come: from when its usual way in is clear of whom it must not meet.
pub fn clear_from(day: &Day, session: &Session, now: Moment) -> Option<(Party, Moment)> {
    if session.over() {
        return None;
    }
    let gap = |party: Party| day.gap(session, party, now).flatten().filter(|_| !session.side_came(party));
    if let Some(clear) = [Party::Brings, Party::Visits].into_iter().find_map(|p| gap(p).map(|at| (p, at))) {
        return Some(clear);
    }
    if !session.keeps_apart() {
        return None;
    }
    [Party::Brings, Party::Visits].into_iter().find_map(|party| {
        if session.side_came(party) {
            return None;
        }
        let (door, place) = day.usual_way(session, party);
        let stay = Stay { from: now, until: None, place: Some(&place), door: Some(&door) };
        let latest = session
            .expected(party)
            .filter_map(|(m, _)| day.free(m.person, &stay).err())
            .filter_map(|clash| if let Clash::Entrance { clear_from, .. } = clash { Some(clear_from) } else { None })
            .max();
        latest.map(|at| (party, at))
    })
}

fn late(day: &Day, session: &Session, now: Moment) -> Option<Due> {
    let first = session.plan.plan.first;
    let other = if first == Party::Visits { Party::Brings } else { Party::Visits };
    let (party, minutes) =
        [first, other].into_iter().find_map(|p| day.late_by(session, p, now).map(|minutes| (p, minutes)))?;
    let at = day.due_at(session, party, now);
    let rang = session.on_way.contains_key(&party);
    let ring = minutes >= i64::from(day.policy.grace_min);
    Some(Due {
        no: session.plan.no,
        session: session.plan.session,
        party,
        kind: DueKind::Late { minutes, rang, ring },
        at,
    })
}

/// The next time after now at which something becomes due.
pub fn next_due(day: &Day, now: Moment) -> Option<Moment> {
    let mut times: Vec<Moment> = Vec::new();
    for session in &day.sessions {
        times.extend(times_of(day, session, now));
    }
    times.into_iter().filter(|t| *t > now).min()
}

fn times_of(day: &Day, session: &Session, now: Moment) -> Vec<Moment> {
    let grace = Duration::minutes(i64::from(day.policy.grace_min));
    let mut times = Vec::new();
    for party in [Party::Visits, Party::Brings] {
        if !session.side_came(party) && !session.side_absent(party) && !session.over() {
            let due = day.due_at(session, party, now);
            times.extend([due, due + Duration::minutes(1), due + grace]);
        }
        if session.side_in(party)
            && let Hold::Until(until) = day.hold(session, party)
        {
            times.push(until);
        }
    }
    times.extend(clear_from(day, session, now).map(|(_, at)| at));
    times.extend(alarm::times(day, session, now));
    match day.stage(session, now) {
        Stage::Here => times.push(day.local(session.plan.start, now)),
        Stage::Together => times.push(day.local(session.plan.end, now)),
        _ => {}
    }
    times
}

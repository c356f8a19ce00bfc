//! How far a session has come, and how it ended. Derived, never stored.

use chrono::Duration;

use crate::domain::codes::{Moment, Party};
use crate::domain::day::{Day, Hold, Presence, Session};
use crate::domain::event::OutFor;
use crate::domain::kind::TakesPart;

/// How far a session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody is here yet.
    Later,
    /// One side is here.
    OneSide(Party),
    /// Both sides are here, the children with the side that brings.
    Here,
    /// The children are with the side that visits.
    Together,
    /// A child is out with the side that visits.
    Out(Option<Moment>),
    /// Contact is over; somebody is still here.
    Leaving,
    /// The children have left; the side that visits stays until then.
    Stays(Moment),
    /// Everybody has left.
    Home,
    /// A side does not come, or contact cannot be.
    NotToday,
}

/// How a session ended, as far as it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Expected,
    /// Somebody is here.
    Open,
    /// Children and the visiting side were together.
    Held,
    /// Together, and ended before its time.
    HeldShort,
    /// Somebody came or was due, and there was no contact.
    NotHeld,
    /// Word came before anyone did.
    Cancelled,
}

impl Outcome {
    /// The code for data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Open => "open",
            Self::Held => "held",
            Self::HeldShort => "held_short",
            Self::NotHeld => "not_held",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Stage {
    /// The code for data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::OneSide(Party::Brings) => "bringing_side_here",
            Self::OneSide(Party::Visits) => "visiting_side_here",
            Self::Here => "here",
            Self::Together => "together",
            Self::Out(_) => "out",
            Self::Leaving => "leaving",
            Self::Stays(_) => "stays",
            Self::Home => "home",
            Self::NotToday => "not_today",
        }
    }
}

impl Day {
    /// How far a session has come, at a time.
    pub fn stage(&self, session: &Session, now: Moment) -> Stage {
        let (brings, visits) = (session.side_in(Party::Brings), session.side_in(Party::Visits));
        let out = session.children().find_map(|(_, a)| match a.presence() {
            Presence::Out(OutFor::WithVisiting { until, .. }) => Some(*until),
            _ => None,
        });
        if let Some(until) = out {
            return Stage::Out(until);
        }
        if session.is_together() {
            return Stage::Together;
        }
        if !brings && !visits {
            return self.stage_of_empty(session);
        }
        if session.children().any(|(_, a)| a.came()) && !session.children().any(|(_, a)| a.is_in()) && visits {
            return match self.hold(session, Party::Visits) {
                Hold::Until(until) if now < until => Stage::Stays(until),
                _ => Stage::Leaving,
            };
        }
        if session.had_contact() || session.early.is_some() || session.over() {
            return Stage::Leaving;
        }
        match (brings, visits) {
            (true, true) => Stage::Here,
            (true, false) => Stage::OneSide(Party::Brings),
            _ => Stage::OneSide(Party::Visits),
        }
    }

    fn stage_of_empty(&self, session: &Session) -> Stage {
        let came = session.side_came(Party::Brings) || session.side_came(Party::Visits);
        if session.over() || (session.stands && !came) {
            return if came { Stage::Home } else { Stage::NotToday };
        }
        let waits = session.all().any(|(_, a)| matches!(a.presence(), Presence::Out(_)));
        match came && !waits && (session.had_contact() || session.stands || session.children().any(|(_, a)| a.came())) {
            true => Stage::Home,
            false => Stage::Later,
        }
    }

    /// How a session ended, as far as it has.
    pub fn outcome(&self, session: &Session) -> Outcome {
        let here = session.all().any(|(_, a)| matches!(a.presence(), Presence::In(_) | Presence::Out(_)));
        let came = session.all().any(|(_, a)| a.came());
        if here {
            return Outcome::Open;
        }
        if session.had_contact() {
            return if session.early.is_some() { Outcome::HeldShort } else { Outcome::Held };
        }
        match (came || session.turned_away(), session.over() || session.stands) {
            (true, _) => Outcome::NotHeld,
            (false, true) if self.told_before(session) => Outcome::Cancelled,
            (false, true) => Outcome::NotHeld,
            (false, false) => Outcome::Expected,
        }
    }

    /// Word came before the start.
    fn told_before(&self, session: &Session) -> bool {
        session.all().filter_map(|(_, a)| a.absence.as_ref()).any(|absence| {
            let told = absence.told.as_ref().map(|t| t.at);
            told.is_some_and(|at| at < self.local(session.plan.start, at))
        })
    }

    /// Minutes that a side is late, if it is due, nobody of it came, and it is not known not to come.
    pub fn late_by(&self, session: &Session, party: Party, now: Moment) -> Option<i64> {
        let is_awaited = session.awaits(party);
        if !is_awaited || session.side_came(party) || session.side_absent(party) || session.over() {
            return None;
        }
        let due = self.due_at(session, party, now);
        (now > due).then(|| (now - due).num_minutes()).filter(|m| *m > 0)
    }

    /// When a side is due: by the plan, or when it said that it would be here.
    pub fn due_at(&self, session: &Session, party: Party, near: Moment) -> Moment {
        let plan = &session.plan.plan;
        let by_video = party == Party::Visits && session.manner().visits == TakesPart::OnLine;
        // Whoever joins by video does so at the start: there is no way to walk.
        let minutes = if by_video {
            0
        } else if plan.first == party {
            plan.first_min
        } else {
            plan.second_min
        };
        let planned = self.local(session.plan.start, near) - Duration::minutes(i64::from(minutes));
        let said = session.on_way.get(&party).and_then(|w| w.expected);
        said.map_or(planned, |said| said.max(planned))
    }
}

impl Session {
    /// No contact can be any more: a side does not come, or no child takes part.
    pub fn over(&self) -> bool {
        if self.is_together() {
            return false;
        }
        self.side_absent(Party::Brings) || self.side_absent(Party::Visits) || self.none_takes_part()
    }

    /// All children who came took no part, and none is still awaited.
    fn none_takes_part(&self) -> bool {
        let mut children = self.children().filter(|(m, _)| m.is_expected()).peekable();
        children.peek().is_some()
            && children.all(|(_, a)| a.no_part.is_some() || a.absence.is_some() || a.not_admitted.is_some())
    }

    fn turned_away(&self) -> bool {
        self.all().any(|(_, a)| a.not_admitted.is_some())
    }
}

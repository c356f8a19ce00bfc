//! The hold: who stays, and until when (invariant 4, domain.md 2.3 and 2.6).

use chrono::Duration;

use crate::domain::codes::{Moment, Party};
use crate::domain::day::{Day, Presence, Session};

/// May this side go?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// There is none.
    None,
    /// A child of the case is still in, or out with somebody: nobody of the visiting side goes.
    ChildIn,
    /// Until then.
    Until(Moment),
}

impl Hold {
    /// Does it stand in the way at that time?
    pub fn holds_at(self, at: Moment) -> bool {
        match self {
            Self::None => false,
            Self::ChildIn => true,
            Self::Until(until) => at < until,
        }
    }

    /// The time at which it ends, while it runs.
    pub fn until(self, at: Moment) -> Option<Moment> {
        if let Self::Until(until) = self { (at < until).then_some(until) } else { None }
    }
}

impl Day {
    /// The hold on a side.
    pub fn hold(&self, session: &Session, party: Party) -> Hold {
        // Who is on a call, or not there at all, meets nobody at the door; in a handover a gap is kept instead.
        if session.plan.plan.may_meet || !session.keeps_a_hold() {
            return Hold::None;
        }
        match party {
            Party::Visits => visiting(session),
            Party::Brings => self.bringing(session),
        }
    }

    /// When the visiting party left first, the children and their side stay for a while (`return_min`).
    fn bringing(&self, session: &Session) -> Hold {
        if session.plan.plan.hold_min == 0 {
            return Hold::None;
        }
        let child_in = session.children().any(|(_, a)| a.is_in());
        let last_child = session.children().filter_map(|(_, a)| a.left_at()).max().filter(|_| !child_in);
        let gone = session.adults(Party::Visits).filter_map(|(_, a)| a.left_at()).max();
        let came = session.children().any(|(_, a)| a.came());
        match gone {
            Some(gone) if came && last_child.is_none_or(|child| gone < child) => {
                Hold::Until(gone + Duration::minutes(i64::from(self.policy.return_min)))
            }
            _ => Hold::None,
        }
    }
}

/// The visiting party stays while a child is in, then for the minutes of the plan. A child who never came starts none.
fn visiting(session: &Session) -> Hold {
    let hold = session.plan.plan.hold_min;
    let here = |a: &&crate::domain::day::Attendance| matches!(a.presence(), Presence::In(_) | Presence::Out(_));
    if session.children().map(|(_, a)| a).any(|a| here(&a)) {
        let leaves_first = session.early.as_ref().is_some_and(|e| e.party == Some(Party::Visits));
        let free = hold == 0 || leaves_first;
        return if free && !session.is_together() { Hold::None } else { Hold::ChildIn };
    }
    match session.children().filter_map(|(_, a)| a.left_at()).max() {
        Some(left) if hold > 0 => Hold::Until(left + Duration::minutes(i64::from(hold))),
        _ => Hold::None,
    }
}

//! Why contact may not begin, or children may not go out (domain.md 2.1 and 2.5), and the gap of a handover.

use chrono::Duration;

use crate::domain::codes::{Legs, Moment, Party};
use crate::domain::day::{Day, Session};
use crate::domain::refusal::Gate;

impl Day {
    /// Why contact of this session may not begin; `None`: it may.
    pub fn gate(&self, session: &Session) -> Option<Gate> {
        self.gates(session).into_iter().next()
    }

    /// All that stands in the way of contact of this session.
    pub fn gates(&self, session: &Session) -> Vec<Gate> {
        let suspended = session.is_suspended().then_some(Gate::Suspended);
        let cancelled = session.cancelled.is_some().then_some(Gate::Cancelled);
        let stops = |kind: &crate::domain::policy::Code| self.policy.message(kind).is_some_and(|m| m.stops);
        let waits =
            |m: &&crate::domain::day::Message| m.session == Some(session.id()) && m.done.is_none() && stops(&m.kind);
        let papers = self.messages.iter().find(waits).map(|papers| Gate::Papers(papers.id));
        [suspended, cancelled, papers, self.nobody_supervises(session)].into_iter().flatten().collect()
    }

    fn nobody_supervises(&self, session: &Session) -> Option<Gate> {
        match session.supervisor {
            _ if !session.plan.kind.is_supervised() => None,
            None => Some(Gate::NoSupervisor),
            Some(staff) if !self.on_shift(staff) => Some(Gate::SupervisorAway(staff)),
            Some(_) => None,
        }
    }

    /// In a handover, from when a side may come in: `None` is now, `Some(None)` as long as the other side is here.
    pub fn gap(&self, session: &Session, party: Party, at: Moment) -> Option<Option<Moment>> {
        if !session.manner().gap || session.plan.plan.may_meet {
            return None;
        }
        let other = party.other();
        // Who takes the children over comes when they are with us, not before.
        let takes_over = (session.legs() == Some(Legs::Back)) == (party == Party::Brings);
        let awaited = takes_over && !session.over() && !session.children().any(|(_, a)| a.came());
        if awaited || session.adults(other).any(|(_, a)| a.is_in()) {
            return Some(None);
        }
        let went = |a: &crate::domain::day::Attendance| a.moves.last().filter(|m| m.at <= at).map(|m| m.at);
        let last = session.adults(other).filter_map(|(_, a)| went(a)).max()?;
        let clear = last + Duration::minutes(i64::from(self.policy.gap_min));
        (at < clear).then_some(Some(clear))
    }
}

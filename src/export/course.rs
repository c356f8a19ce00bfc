//! How contact went, as JSON has it: pauses and minutes owed, by times and codes; no words of it.

use super::day::{OwedOut, PauseOut};
use super::fill::time;
use crate::domain::day::Session;

pub(super) fn pauses(session: &Session) -> Vec<PauseOut> {
    let out = |pause: &crate::domain::day::Pause| PauseOut {
        session: session.id().to_string(),
        from: time(pause.at),
        until: pause.until.map(time),
        code: pause.why.to_string(),
        decided: pause.decided.to_string(),
    };
    session.pauses.iter().map(out).collect()
}

pub(super) fn owed(session: &Session) -> Vec<OwedOut> {
    let out = |owed: &crate::domain::day::Owed| OwedOut {
        session: session.id().to_string(),
        at: time(owed.at),
        minutes: owed.minutes,
        side: owed.party.code().to_owned(),
        code: owed.why.to_string(),
    };
    session.owed.iter().map(out).collect()
}

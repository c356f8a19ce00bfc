//! Wrong passphrases: counted, the next one later each time, and told to whoever gets in.

use std::time::Duration;

use crate::app::state::App;
use crate::app::words::{count, hm};
use crate::domain::codes::Moment;

/// The longest wait, in seconds: nobody who mistypes is kept from a fire roll by it, and nobody guesses 60 an hour.
const LONGEST: u64 = 60;
/// Wrong ones after which the wait no longer grows.
const GROWS: u32 = 7;

/// Wrong passphrases since somebody last got in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    /// How many.
    pub count: u16,
    /// When the last was.
    pub last: Option<Moment>,
}

/// The same, and how long the next one waits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    pub(super) tries: Tries,
    /// One after the other, since somebody showed who they are.
    running: u32,
    /// No try before then, by the clock that never goes back.
    until: Option<Duration>,
}

impl Tries {
    /// How long after the last of them the next one is taken.
    pub fn wait(self) -> Duration {
        if self.count == 0 { Duration::ZERO } else { wait(u32::from(self.count)) }
    }
}

impl State {
    /// Leaving and starting again is no way round the wait.
    pub(super) fn at_start(tries: Tries) -> Self {
        let running = u32::from(tries.count);
        Self { tries, running, until: (running > 0).then(|| tries.wait()) }
    }

    /// Somebody showed who they are: the next one waits for nothing. Who gets in is still told.
    pub(super) fn right(&mut self) {
        (self.running, self.until) = (0, None);
    }

    pub(super) fn until(&self) -> Option<Duration> {
        self.until
    }
}

/// 1, 2, 4 ... 60 seconds.
fn wait(running: u32) -> Duration {
    let doubled = 1_u64.checked_shl(running.saturating_sub(1).min(GROWS)).unwrap_or(LONGEST);
    Duration::from_secs(doubled.min(LONGEST))
}

/// A passphrase was wrong; the sentence says from when on the next one is taken.
pub(in crate::app) fn wrong(app: &mut App) -> String {
    let state = &mut app.lock.tries;
    state.tries.count = state.tries.count.saturating_add(1);
    state.tries.last = Some(app.now);
    state.running = state.running.saturating_add(1);
    state.until = Some(app.since_start + wait(state.running));
    "This number and this passphrase do not go together. Type it again.".to_owned()
}

/// Until when the next try waits, if it does.
pub(in crate::app) fn waits_until(app: &App) -> Option<Moment> {
    let rest = app.lock.tries.until?.checked_sub(app.since_start).filter(|rest| !rest.is_zero())?;
    Some(app.now + chrono::Duration::from_std(rest).ok()?)
}

/// What whoever gets in is told.
pub(in crate::app) fn told(tries: Tries) -> Option<String> {
    let last = hm(tries.last?);
    match tries.count {
        0 => None,
        1 => Some(format!("1 wrong passphrase was tried, at {last}.")),
        n => Some(format!(
            "{} were tried, the last at {last}.",
            count(n.into(), "wrong passphrase", "wrong passphrases")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_ends_at_a_minute() {
        let waits: Vec<u64> = (1..=9).map(|n| wait(n).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(wait(u32::MAX).as_secs(), 60);
    }
}

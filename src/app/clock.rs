//! The computer's clock has jumped: the desk says so, and goes on. What is written keeps its order, and nobody is told to wait.

use std::time::Duration;

use crate::app::state::Setup;
use crate::app::words::{count, hm, long_date};
use crate::domain::codes::Moment;
use crate::domain::register::Register;

/// Back by less than this is a clock that was put right.
const BACK: i64 = 60;
/// On by less than this is a computer that slept.
const ON: i64 = 12 * 3600;
/// So long the desk says so, whatever is pressed meanwhile.
const SAYS: Duration = Duration::from_secs(60);

/// What both clocks said last, and what is said about it.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// It is a practice clock: moved on by keys.
    pub moves: bool,
    seen: Option<(Moment, Duration)>,
    said: Option<(String, Duration)>,
}

impl State {
    /// At the start: is the book's last entry later than the clock? A practice register has a clock of its own.
    pub fn at_start(register: &Register, setup: Setup) -> Self {
        let now = setup.now;
        let entries = register.days.values().flat_map(|day| &day.entries);
        let last = entries.map(|entry| entry.recorded_at).max();
        let ahead = last.filter(|last| !register.is_practice() && (*last - now).num_seconds() >= BACK);
        let says = ahead.map(|last| {
            let of = format!("{} {}", last.format("%-d %B %Y"), hm(last));
            format!("The last entry is of {of}, later than the computer's clock. Check the clock.")
        });
        Self { moves: setup.clock_moves, seen: None, said: says.map(|says| (says, SAYS)) }
    }

    /// Both clocks as they are now: the one on the wall, and the one that never goes back.
    pub fn tells(&mut self, now: Moment, since_start: Duration) {
        if let Some((then, at)) = self.seen.filter(|_| !self.moves) {
            let passed = seconds(since_start) - seconds(at);
            let jump = (now - then).num_seconds() - passed;
            if jump <= -BACK || jump >= ON {
                self.said = Some((says(jump, now), since_start + SAYS));
            }
        }
        self.seen = Some((now, since_start));
    }

    /// What is said, while it is.
    pub fn says(&self, since_start: Duration) -> Option<&str> {
        self.said.as_ref().filter(|(_, until)| since_start < *until).map(|(says, _)| says.as_str())
    }
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

fn says(jump: i64, now: Moment) -> String {
    let by = long(jump.unsigned_abs());
    if jump < 0 {
        let to = if jump.unsigned_abs() < DAY { hm(now) } else { long_date(now.date_naive()) };
        return format!("The computer's clock went back {by}, to {to}. Check it; nothing is lost.");
    }
    format!("The computer's clock went on {by}, to {}. Check it.", long_date(now.date_naive()))
}

const DAY: u64 = 24 * 3600;

/// `61 minutes`, `3 hours`, `12 days`, `10 years`
fn long(seconds: u64) -> String {
    let of = |unit: u64, one, more| count(usize::try_from(seconds / unit).unwrap_or(usize::MAX), one, more);
    match seconds {
        ..7200 => of(60, "minute", "minutes"),
        7200..172_800 => of(3600, "hour", "hours"),
        172_800..63_072_000 => of(DAY, "day", "days"),
        _ => of(365 * DAY, "year", "years"),
    }
}

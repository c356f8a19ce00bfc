//! The only `now()`, and the only dealer of ids.

use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use uuid::{NoContext, Timestamp, Uuid};

use crate::domain::codes::Moment;
use crate::domain::ids::Ids;
use crate::domain::zone;

/// A clock in a zone. A practice clock may stand, or start anywhere; a centre's own is the system's.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: Tz,
    hand: Hand,
    started: Instant,
}

/// What moves the clock.
#[derive(Debug, Clone, Copy)]
enum Hand {
    /// The system's clock.
    System,
    /// Started at a time of our own, and runs on.
    Running { from: DateTime<Utc>, since: Instant },
    /// Stands still.
    Standing(DateTime<Utc>),
}

/// There is no such zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There is no time zone {0}. Nothing was changed. Name one such as Europe/London.")]
pub struct NoSuchZone(pub String);

impl Clock {
    /// The system's clock.
    ///
    /// # Errors
    /// There is no such zone.
    pub fn system(zone: &str) -> Result<Self, NoSuchZone> {
        let zone = zone.parse().map_err(|_| NoSuchZone(zone.to_owned()))?;
        Ok(Self { zone, hand: Hand::System, started: Instant::now() })
    }

    /// A practice clock that starts at a local time, and runs on.
    ///
    /// # Errors
    /// There is no such zone.
    pub fn running(zone: &str, from: NaiveDateTime) -> Result<Self, NoSuchZone> {
        let mut clock = Self::system(zone)?;
        clock.hand = Hand::Running { from: clock.local(from).to_utc(), since: clock.started };
        Ok(clock)
    }

    /// A practice clock that stands at a local time.
    ///
    /// # Errors
    /// There is no such zone.
    pub fn standing(zone: &str, at: NaiveDateTime) -> Result<Self, NoSuchZone> {
        let mut clock = Self::system(zone)?;
        clock.hand = Hand::Standing(clock.local(at).to_utc());
        Ok(clock)
    }

    /// The same clock, timed from where another one was: keys are timed from the start of the program.
    #[must_use]
    pub fn started_with(self, other: &Self) -> Self {
        Self { started: other.started, ..self }
    }

    /// Now, in whole seconds, with the offset that the zone has now.
    pub fn now(&self) -> Moment {
        self.in_zone(self.utc())
    }

    /// The local date and time now.
    pub fn local_now(&self) -> NaiveDateTime {
        self.now().naive_local()
    }

    /// Does the clock follow the system's? Only a practice clock does not.
    pub fn is_system(&self) -> bool {
        matches!(self.hand, Hand::System)
    }

    /// Moves a practice clock forward; the system's stays. It never goes back.
    pub fn forward(&mut self, minutes: u32) {
        let by = TimeDelta::minutes(i64::from(minutes));
        match &mut self.hand {
            Hand::System => {}
            Hand::Running { from: at, .. } | Hand::Standing(at) => *at += by,
        }
    }

    /// Sets a practice clock; one that runs, runs on from there. The system's stays. Whoever calls sees to it that no
    /// entry is later.
    pub fn set(&mut self, to: Moment) {
        match &mut self.hand {
            Hand::System => {}
            Hand::Running { from, since } => (*from, *since) = (to.to_utc(), Instant::now()),
            Hand::Standing(at) => *at = to.to_utc(),
        }
    }

    /// The moment of a local time. Of an hour that comes twice, the first; an hour that is left out counts on from
    /// before it, so 01:30 in spring is 02:30.
    pub fn local(&self, local: NaiveDateTime) -> Moment {
        zone::planned(self.zone, local)
    }

    /// The moment with the offset that the zone has then.
    pub fn in_zone(&self, utc: DateTime<Utc>) -> Moment {
        let whole = utc.with_nanosecond(0).unwrap_or(utc);
        whole.with_timezone(&self.zone).fixed_offset()
    }

    /// What one decision deals its ids from: version 7, of the clock's own time and of chance.
    pub fn ids(&self) -> Ids {
        let now = self.utc();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        Ids(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())))
    }

    /// Since the program started: it never goes backwards, whatever the clock does. Keys are timed by it.
    pub fn since_start(&self) -> Duration {
        self.started.elapsed()
    }

    /// Now by this machine, whatever clock a register keeps.
    pub fn machine_now() -> Moment {
        let now = Local::now();
        now.with_nanosecond(0).unwrap_or(now).fixed_offset()
    }

    /// The offset that this machine has now, whatever zone the register keeps.
    pub fn machine_offset() -> FixedOffset {
        *Local::now().offset()
    }

    fn utc(&self) -> DateTime<Utc> {
        match self.hand {
            Hand::System => Utc::now(),
            Hand::Running { from, since } => from + TimeDelta::from_std(since.elapsed()).unwrap_or_default(),
            Hand::Standing(at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    fn london(text: &str) -> Clock {
        Clock::standing("Europe/London", at(text)).expect("a zone")
    }

    #[test]
    fn a_standing_clock_stands_and_is_moved() {
        let mut clock = london("2026-11-21T09:40:00");
        assert_eq!(clock.now().to_rfc3339(), "2026-11-21T09:40:00+00:00");
        clock.forward(25);
        assert_eq!(clock.local_now(), at("2026-11-21T10:05:00"));
        clock.set(clock.local(at("2026-06-27T09:40:00")));
        assert_eq!(clock.now().to_rfc3339(), "2026-06-27T09:40:00+01:00");
        assert_eq!(clock.ids().0.get_version_num(), 7);
        assert_ne!(clock.ids(), clock.ids());
        assert!(
            clock.ids().0 < {
                clock.forward(1);
                clock.ids().0
            }
        );
    }

    #[test]
    fn a_running_clock_runs_on() {
        let clock = Clock::running("Europe/London", at("2026-11-21T23:59:59")).expect("a zone");
        let first = clock.now();
        std::thread::sleep(Duration::from_millis(1100));
        assert!(clock.now() > first && clock.now() - first < TimeDelta::minutes(1));
        assert!(clock.since_start() >= Duration::from_secs(1));
    }

    #[test]
    fn the_missing_and_the_doubled_hour_are_times() {
        let clock = london("2026-01-01T00:00:00");
        assert_eq!(clock.local(at("2026-03-29T01:30:00")).to_rfc3339(), "2026-03-29T02:30:00+01:00");
        assert_eq!(clock.local(at("2026-10-25T01:30:00")).to_rfc3339(), "2026-10-25T01:30:00+01:00");
        assert_eq!(clock.local(at("2026-10-25T02:00:00")).to_rfc3339(), "2026-10-25T02:00:00+00:00");
        assert!(Clock::system("Europe/Atlantis").is_err());
    }
}

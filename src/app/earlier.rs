//! A time set back (screens.md, rule 10): one or two digits are minutes ago, three or four a time.

use chrono::{NaiveDate, NaiveTime, Timelike};

use crate::app::state::App;
use crate::domain::codes::Moment;
use crate::domain::zone;

/// Digits that are kept.
const DIGITS: usize = 4;

/// The digits so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier(String);

impl Earlier {
    /// Takes one digit more.
    pub fn press(&mut self, digit: u8) {
        if self.0.len() < DIGITS {
            self.0.push_str(&digit.to_string());
        }
    }

    /// Takes the last digit away.
    pub fn backspace(&mut self) {
        self.0.pop();
    }

    /// The digits.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

/// Why digits are no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTime {
    /// Nothing typed: it is now.
    Empty,
    /// There is no such time of day.
    NoSuch,
    /// It has not come yet.
    Future,
}

/// The night after a day is over by this hour: until then its small hours belong to the day in hand.
const NIGHT: u32 = 6;

/// One or two digits are minutes ago, three or four a time of the day in hand or of the night after it.
///
/// # Errors
/// Why they are no time.
pub fn typed(app: &App, digits: &str) -> Result<Moment, NoTime> {
    let day = Day { date: app.date, zone: &app.policy().zone };
    read(digits, day, app.now)
}

/// The day that a time is of.
#[derive(Debug, Clone, Copy)]
struct Day<'a> {
    date: NaiveDate,
    zone: &'a str,
}

fn read(digits: &str, day: Day<'_>, now: Moment) -> Result<Moment, NoTime> {
    let number: u32 = digits.parse().map_err(|_| NoTime::Empty)?;
    let minute = now.timestamp().div_euclid(60);
    if digits.len() <= 2 {
        let ago = chrono::Duration::minutes(i64::from(number));
        let whole = now - chrono::Duration::seconds(now.timestamp() - minute * 60);
        return Ok(if number == 0 { now } else { whole - ago });
    }
    let time = NaiveTime::from_hms_opt(number / 100, number % 100, 0).ok_or(NoTime::NoSuch)?;
    let mut all = zone::moments(day.zone, day.date.and_time(time), now);
    if now.hour() < NIGHT && day.date.succ_opt() == Some(now.date_naive()) {
        all.extend(zone::moments(day.zone, now.date_naive().and_time(time), now));
    }
    // Of an hour that comes twice, and of a night, the last one that has been.
    match all.iter().rev().find(|at| **at <= now) {
        Some(at) => Ok(*at),
        None if all.is_empty() => Err(NoTime::NoSuch),
        None => Err(NoTime::Future),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Moment {
        Moment::parse_from_rfc3339(&format!("2026-11-21T{time}+00:00")).unwrap()
    }

    fn read_at(digits: &str, now: &str) -> Result<Moment, NoTime> {
        let now = Moment::parse_from_rfc3339(now).unwrap();
        read(digits, Day { date: now.date_naive(), zone: "Europe/London" }, now)
    }

    fn on(date: &str, digits: &str, now: &str) -> String {
        let day = Day { date: date.parse().unwrap(), zone: "Europe/London" };
        let now = Moment::parse_from_rfc3339(now).unwrap();
        read(digits, day, now).map_or_else(|why| format!("{why:?}"), |at| at.to_rfc3339())
    }

    #[test]
    fn digits_are_minutes_or_a_time() {
        let now = "2026-11-21T10:12:40+00:00";
        let read = |digits| read_at(digits, now);
        assert_eq!(read("9"), Ok(at("10:03:00")));
        assert_eq!(read("75"), Ok(at("08:57:00")));
        assert_eq!(read("1003"), Ok(at("10:03:00")));
        assert_eq!(read("955"), Ok(at("09:55:00")));
        assert_eq!(read("0"), Ok(at("10:12:40")));
        assert_eq!(read("1013"), Err(NoTime::Future));
        assert_eq!(read("1099"), Err(NoTime::NoSuch));
        assert_eq!(read(""), Err(NoTime::Empty));
    }

    #[test]
    fn a_time_has_the_offset_of_its_own_hour() {
        // The day before a change of the clocks, entered on the day of it.
        assert_eq!(on("2026-10-24", "1600", "2026-10-25T10:00:00+00:00"), "2026-10-24T16:00:00+01:00");
        assert_eq!(on("2026-03-28", "1600", "2026-03-29T10:00:00+01:00"), "2026-03-28T16:00:00+00:00");
        // The hour that comes twice: the last one that has been. The one that is left out is no time.
        assert_eq!(on("2026-10-25", "130", "2026-10-25T01:50:00+01:00"), "2026-10-25T01:30:00+01:00");
        assert_eq!(on("2026-10-25", "130", "2026-10-25T01:20:00+00:00"), "2026-10-25T01:30:00+01:00");
        assert_eq!(on("2026-10-25", "130", "2026-10-25T01:40:00+00:00"), "2026-10-25T01:30:00+00:00");
        assert_eq!(on("2026-03-29", "130", "2026-03-29T09:00:00+01:00"), "NoSuch");
    }

    #[test]
    fn the_small_hours_belong_to_the_day_before() {
        assert_eq!(on("2026-11-21", "2350", "2026-11-22T00:20:00+00:00"), "2026-11-21T23:50:00+00:00");
        assert_eq!(on("2026-11-21", "0010", "2026-11-22T00:20:00+00:00"), "2026-11-22T00:10:00+00:00");
        assert_eq!(on("2026-11-21", "0930", "2026-11-22T10:20:00+00:00"), "2026-11-21T09:30:00+00:00");
    }
}

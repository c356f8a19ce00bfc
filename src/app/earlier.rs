//! A time set back (screens.md, rule 10): one or two digits are minutes ago, three or four a time.

use chrono::{Duration, NaiveTime};

use crate::domain::codes::Moment;

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

    /// The time that they mean; `None`: no time, or one that has not come yet.
    pub fn at(&self, now: Moment) -> Option<Moment> {
        let number: u32 = self.0.parse().ok()?;
        if self.0.len() <= 2 {
            return Some(now - Duration::minutes(i64::from(number)));
        }
        let time = NaiveTime::from_hms_opt(number / 100, number % 100, 0)?;
        let at = now.date_naive().and_time(time).and_local_timezone(*now.offset()).single()?;
        (at <= now).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(digits: &str) -> Option<String> {
        let now: Moment = "2026-11-21T10:12:30+00:00".parse().expect("a moment");
        let mut earlier = Earlier::default();
        digits.bytes().for_each(|b| earlier.press(b - b'0'));
        earlier.at(now).map(|at| at.format("%H:%M").to_string())
    }

    #[test]
    fn two_digits_are_minutes_and_four_a_time() {
        assert_eq!(at("9").as_deref(), Some("10:03"));
        assert_eq!(at("12").as_deref(), Some("10:00"));
        assert_eq!(at("1003").as_deref(), Some("10:03"));
        assert_eq!(at("903").as_deref(), Some("09:03"));
        assert_eq!(at("1013"), None);
        assert_eq!(at("990"), None);
        assert_eq!(at(""), None);
    }
}

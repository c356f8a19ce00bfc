//! A time set back (screens.md, rule 10): 1 or 2 digits are minutes ago, 3 or 4 a time of the day.

use chrono::{Duration, NaiveTime};

use crate::domain::codes::Moment;

/// The time that these digits mean; `None`: they mean none. It may lie after now: the rules refuse that.
pub fn earlier(typed: &str, now: Moment) -> Option<Moment> {
    if typed.is_empty() || typed.len() > 4 || !typed.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let number: u32 = typed.parse().ok()?;
    if typed.len() <= 2 {
        return Some(now - Duration::minutes(i64::from(number)));
    }
    let time = NaiveTime::from_hms_opt(number / 100, number % 100, 0)?;
    now.date_naive().and_time(time).and_local_timezone(*now.offset()).single()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::hm;

    #[test]
    fn short_numbers_are_minutes_and_long_ones_times() {
        let now = Moment::parse_from_rfc3339("2026-11-21T10:12:00+00:00").unwrap();
        let at = |typed: &str| earlier(typed, now).map(hm);
        assert_eq!(at("9").as_deref(), Some("10:03"));
        assert_eq!(at("45").as_deref(), Some("09:27"));
        assert_eq!(at("1003").as_deref(), Some("10:03"));
        assert_eq!(at("903").as_deref(), Some("09:03"));
        assert_eq!(at("2461"), None);
        assert_eq!(at(""), None);
        assert_eq!(at("x"), None);
    }
}

//! A time set back (screens.md, rule 10): one or two digits are minutes ago, three or four a time.

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

    /// The time that they mean.
    ///
    /// # Errors
    /// Why they are no time.
    pub fn at(&self, now: Moment) -> Result<Moment, NoTime> {
        read(&self.0, now)
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

/// One or two digits are minutes ago, three or four a time of today.
///
/// # Errors
/// Why they are no time.
pub fn read(digits: &str, now: Moment) -> Result<Moment, NoTime> {
    let number: u32 = digits.parse().map_err(|_| NoTime::Empty)?;
    let minute = now.timestamp().div_euclid(60);
    if digits.len() <= 2 {
        let ago = chrono::Duration::minutes(i64::from(number));
        let whole = now - chrono::Duration::seconds(now.timestamp() - minute * 60);
        return Ok(if number == 0 { now } else { whole - ago });
    }
    let local = now.date_naive().and_hms_opt(number / 100, number % 100, 0).ok_or(NoTime::NoSuch)?;
    let at = local.and_local_timezone(*now.offset()).single().ok_or(NoTime::NoSuch)?;
    if at > now { Err(NoTime::Future) } else { Ok(at) }
}

/// The same on a day of before: three or four digits are a time of that day.
///
/// # Errors
/// Why they are no time.
pub fn read_on(date: chrono::NaiveDate, digits: &str, now: Moment) -> Result<Moment, NoTime> {
    let at = read(digits, now);
    if digits.len() <= 2 || date == now.date_naive() {
        return at;
    }
    let number: u32 = digits.parse().map_err(|_| NoTime::Empty)?;
    let local = date.and_hms_opt(number / 100, number % 100, 0).ok_or(NoTime::NoSuch)?;
    let at = local.and_local_timezone(*now.offset()).single().ok_or(NoTime::NoSuch)?;
    if at > now { Err(NoTime::Future) } else { Ok(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Moment {
        Moment::parse_from_rfc3339(&format!("2026-11-21T{time}+00:00")).unwrap()
    }

    #[test]
    fn digits_are_minutes_or_a_time() {
        let now = at("10:12:40");
        assert_eq!(read("9", now), Ok(at("10:03:00")));
        assert_eq!(read("75", now), Ok(at("08:57:00")));
        assert_eq!(read("1003", now), Ok(at("10:03:00")));
        assert_eq!(read("955", now), Ok(at("09:55:00")));
        assert_eq!(read("0", now), Ok(now));
        assert_eq!(read("1013", now), Err(NoTime::Future));
        assert_eq!(read("1099", now), Err(NoTime::NoSuch));
        assert_eq!(read("", now), Err(NoTime::Empty));
    }
}

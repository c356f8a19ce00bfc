//! Values of one row: dates, times, days of the week, numbers, words of a fixed list. What is wrong becomes a fault.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::domain::text::Text;
use crate::import::faults::{Faults, Table, shown};

/// One row being read.
pub(crate) struct Cells<'a> {
    pub(crate) table: Table,
    pub(crate) line: u32,
    pub(crate) faults: &'a mut Faults,
}

/// Years that a register can hold; also keeps every sum with dates in range.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Most weeks between two sessions of a booking.
const WEEKS: std::ops::RangeInclusive<u16> = 1..=52;

impl Cells<'_> {
    /// A fault of this row.
    pub(crate) fn fault(&mut self, what: String, cure: impl Into<String>) {
        self.faults.fault(self.table, Some(self.line), what, cure);
    }

    /// A notice about this row.
    pub(crate) fn notice(&mut self, words: String) {
        self.faults.notice(self.table, Some(self.line), words);
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, column: &str, raw: &str, cure: &str) -> Option<Text> {
        let text = Text::name(raw);
        if text.is_empty() {
            self.fault(format!("{column} is empty"), cure);
            return None;
        }
        Some(text)
    }

    /// A date that must be there.
    pub(crate) fn date(&mut self, column: &str, raw: &str) -> Option<NaiveDate> {
        let date = parse_date(raw);
        if date.is_none() {
            let what = match raw {
                "" => format!("{column} is empty"),
                _ => format!("{} in {column} is not a date", shown(raw)),
            };
            self.fault(what, "Write it as year-month-day, 2026-03-28");
        }
        date
    }

    /// A date that may be empty: `Some(None)`. `None` is a fault.
    pub(crate) fn maybe_date(&mut self, column: &str, raw: &str) -> Option<Option<NaiveDate>> {
        if raw.is_empty() { Some(None) } else { self.date(column, raw).map(Some) }
    }

    /// A time of day.
    pub(crate) fn time(&mut self, column: &str, raw: &str) -> Option<NaiveTime> {
        let time = parse_time(raw);
        if time.is_none() {
            let what = match raw {
                "" => format!("{column} is empty"),
                _ => format!("{} in {column} is not a time", shown(raw)),
            };
            self.fault(what, "Write it with 24 hours, 14:30");
        }
        time
    }

    /// A day of the week, short or in full.
    pub(crate) fn weekday(&mut self, column: &str, raw: &str) -> Option<Weekday> {
        let day = raw.parse().ok();
        if day.is_none() {
            let what = format!("{} in {column} is not a day of the week", shown(raw));
            self.fault(what, "Write Mon, Tue, Wed, Thu, Fri, Sat or Sun");
        }
        day
    }

    /// A number of weeks between two sessions.
    pub(crate) fn weeks(&mut self, column: &str, raw: &str) -> Option<u16> {
        let digits = !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit());
        let weeks = raw.parse().ok().filter(|_| digits);
        match weeks {
            Some(weeks) if WEEKS.contains(&weeks) => Some(weeks),
            Some(weeks) => {
                let what = format!("{column} is {weeks}, so it never comes round");
                let high = format!("{column} is {weeks}, more than a year");
                let cure = "Write 1 for every week, 2 for every other week, up to 52";
                self.fault(if weeks == 0 { what } else { high }, cure);
                None
            }
            None => {
                let what = format!("{} in {column} is not a number of weeks", shown(raw));
                self.fault(what, "Write 1 for every week, 2 for every other week, up to 52");
                None
            }
        }
    }

    /// One word of a fixed list, whatever its capitals.
    pub(crate) fn choice<T: Copy>(&mut self, column: &str, raw: &str, list: &[(&str, T)]) -> Option<T> {
        let found = list.iter().find(|(word, _)| word.eq_ignore_ascii_case(raw)).map(|&(_, value)| value);
        if found.is_none() {
            let what = match raw {
                "" => format!("{column} is empty"),
                _ => format!("{} cannot stand in {column}", shown(raw)),
            };
            self.fault(what, format!("Write {}", one_of(list)));
        }
        found
    }

    /// One word of a fixed list, or empty: `Some(None)`. `None` is a fault.
    pub(crate) fn maybe_choice<T: Copy>(&mut self, column: &str, raw: &str, list: &[(&str, T)]) -> Option<Option<T>> {
        if raw.is_empty() { Some(None) } else { self.choice(column, raw, list).map(Some) }
    }
}

/// `supported, supervised or handover`
fn one_of<T>(list: &[(&str, T)]) -> String {
    let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// A date as year-month-day, all ten characters; anything else could mean two days.
fn parse_date(raw: &str) -> Option<NaiveDate> {
    let date = plain_date(raw).or_else(|| NaiveDate::parse_from_str(raw, "%Y-%m-%d").ok())?;
    (raw.len() == 10 && YEARS.contains(&date.year())).then_some(date)
}

/// Ten characters, as nearly all are, without the search that a format is.
fn plain_date(raw: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = raw.as_bytes() else { return None };
    let year = number(&[y1, y2, y3, y4])?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// Five characters, likewise.
fn plain_time(raw: &str) -> Option<NaiveTime> {
    let &[h1, h2, b':', m1, m2] = raw.as_bytes() else { return None };
    NaiveTime::from_hms_opt(number(&[h1, h2])?, number(&[m1, m2])?, 0)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |n, digit| digit.is_ascii_digit().then(|| 10 * n + u32::from(digit - b'0')))
}

/// A time with hours and minutes; a spreadsheet's `:00` seconds do no harm.
fn parse_time(raw: &str) -> Option<NaiveTime> {
    if let Some(time) = plain_time(raw) {
        return Some(time);
    }
    let minutes = match raw.strip_suffix(":00") {
        Some(head) if head.contains(':') => head,
        _ => raw,
    };
    let plain = minutes.bytes().all(|b| b.is_ascii_digit() || b == b':');
    NaiveTime::parse_from_str(minutes, "%H:%M").ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_have_one_reading() {
        assert!(parse_date("2024-02-29").is_some());
        for bad in ["2023-02-29", "28/06/2025", "2025-6-28", "+2025-06-28", "12025-06-28", "0001-01-01", " 2025-06-28"]
        {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
        assert_eq!(parse_time("9:30"), parse_time("09:30:00"));
        assert!(parse_time("09:30").is_some());
        for bad in ["25:00", "9.30", "9:30pm", "0930", "", "10:00:30", "1:00:00:00"] {
            assert!(parse_time(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_list_reads_as_one_would_say_it() {
        assert_eq!(one_of(&[("a", 1), ("b", 2), ("c", 3)]), "a, b or c");
        assert_eq!(one_of(&[("a", 1)]), "a");
    }
}

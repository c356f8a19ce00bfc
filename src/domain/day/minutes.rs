//! Minutes of contact: how long it was, what a late start or an early end cost, and by which working day a report is due
//! (domain.md 2.4 and 2.6).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::codes::Moment;
use crate::domain::day::{Attendance, Day, Session};

impl Session {
    /// Minutes in which a child was in contact, pauses left out; until `now` where it is going on.
    pub fn contact_minutes(&self, now: Moment) -> i64 {
        let spans = self.children().flat_map(|(_, a)| a.contact.iter().copied());
        self.without_pauses(merged(spans.collect(), now), now)
    }

    /// The same of one child.
    pub fn contact_minutes_of(&self, child: &Attendance, now: Moment) -> i64 {
        self.without_pauses(merged(child.contact.clone(), now), now)
    }

    /// Minutes of all pauses so far.
    pub fn paused_minutes(&self, now: Moment) -> i64 {
        self.pauses.iter().map(|p| (p.until.unwrap_or(now) - p.at).num_minutes()).sum()
    }

    fn without_pauses(&self, spans: Vec<(Moment, Moment)>, now: Moment) -> i64 {
        let seconds: i64 = spans
            .into_iter()
            .map(|(from, to)| {
                let paused: i64 = self.pauses.iter().map(|p| overlap((from, to), (p.at, p.until.unwrap_or(now)))).sum();
                (to - from).num_seconds() - paused
            })
            .sum();
        seconds.max(0) / 60
    }
}

impl Day {
    /// Minutes by which contact began after its time.
    pub fn began_late_by(&self, session: &Session) -> Option<i64> {
        let began = session.contact_began()?;
        Some((began - self.local(session.plan.start, began)).num_minutes()).filter(|m| *m > 0)
    }

    /// Minutes by which contact was over before its time.
    pub fn ended_short_by(&self, session: &Session) -> Option<i64> {
        let ended = session.contact_ended()?;
        Some((self.local(session.plan.end, ended) - ended).num_minutes()).filter(|m| *m > 0)
    }
}

/// Spans that touch become one; one that is open ends now.
fn merged(spans: Vec<(Moment, Option<Moment>)>, now: Moment) -> Vec<(Moment, Moment)> {
    let mut spans: Vec<(Moment, Moment)> =
        spans.into_iter().map(|(from, to)| (from, to.unwrap_or(now).max(from))).collect();
    spans.sort();
    let mut out: Vec<(Moment, Moment)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut() {
            Some((_, last)) if from <= *last => *last = (*last).max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// Seconds that two spans share.
fn overlap(one: (Moment, Moment), other: (Moment, Moment)) -> i64 {
    (one.1.min(other.1) - one.0.max(other.0)).num_seconds().max(0)
}

/// The date so many working days after another: Monday to Friday. Bank holidays are not known here.
pub fn working_day(from: NaiveDate, days: u16) -> NaiveDate {
    let is_working = |date: &NaiveDate| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let Some(nth) = usize::from(days).checked_sub(1) else { return from };
    let ahead = (1..).map_while(|n| from.checked_add_days(Days::new(n)));
    ahead.filter(is_working).nth(nth).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_leave_weekends_out() {
        // 21 November 2026 is a Saturday.
        assert_eq!(working_day(date("2026-11-21"), 0), date("2026-11-21"));
        assert_eq!(working_day(date("2026-11-21"), 1), date("2026-11-23"));
        assert_eq!(working_day(date("2026-11-21"), 5), date("2026-11-27"));
        assert_eq!(working_day(date("2026-11-21"), 10), date("2026-12-04"));
        assert_eq!(working_day(date("2026-11-27"), 1), date("2026-11-30"));
    }

    #[test]
    fn spans_that_touch_are_counted_once() {
        let at = |minute: u32| {
            let time = chrono::NaiveTime::from_hms_opt(10, minute, 0).unwrap();
            date("2026-11-21").and_time(time).and_utc().fixed_offset()
        };
        let spans = vec![(at(5), Some(at(20))), (at(0), Some(at(10))), (at(30), None)];
        assert_eq!(merged(spans, at(40)), [(at(0), at(20)), (at(30), at(40))]);
        assert_eq!(overlap((at(0), at(20)), (at(15), at(40))), 300);
        assert_eq!(overlap((at(0), at(20)), (at(25), at(40))), 0);
    }
}

//! Local times of the policy's zone as moments: the hour that is left out in spring, and the one that comes twice in autumn.

use chrono::{LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::domain::codes::Moment;

/// The moments of a local time: none in the hour that is left out, two in the one that comes twice, the earlier first. In
/// a zone that is not known here, the one with the offset of `near`.
pub fn moments(zone: &str, local: NaiveDateTime, near: Moment) -> Vec<Moment> {
    let fixed = |result: LocalResult<Moment>| match result {
        LocalResult::Single(at) => vec![at],
        LocalResult::Ambiguous(one, other) => vec![one, other],
        LocalResult::None => Vec::new(),
    };
    match zone.parse::<Tz>() {
        Ok(zone) => fixed(zone.from_local_datetime(&local).map(|at| at.fixed_offset())),
        Err(_) => fixed(local.and_local_timezone(*near.offset())),
    }
}

/// The moment of a local time that was planned. Of an hour that comes twice, the first; one that is left out counts on
/// from before it, so 01:30 in spring is 02:30.
pub fn planned(zone: Tz, local: NaiveDateTime) -> Moment {
    let at = match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at,
        LocalResult::None => {
            let before = zone.offset_from_utc_datetime(&(local - TimeDelta::hours(3))).fix();
            zone.from_utc_datetime(&(local - TimeDelta::seconds(i64::from(before.local_minus_utc()))))
        }
    };
    at.fixed_offset()
}

/// The same by a zone's name; in a zone that is not known here, with the offset of `near`.
pub fn planned_in(zone: &str, local: NaiveDateTime, near: Moment) -> Moment {
    match zone.parse() {
        Ok(zone) => planned(zone, local),
        Err(_) => local.and_local_timezone(*near.offset()).single().unwrap_or(near),
    }
}

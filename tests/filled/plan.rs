//! Which days are worked, and which family has which place on which of them.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Europe::London;
use doorbook::domain::codes::Moment;

use super::families::{Booking, Family, clash};
use super::{Dice, Order, today};

/// Weekdays on which the centre is open, the first of them first.
const OPEN: [Weekday; 7] =
    [Weekday::Sat, Weekday::Sun, Weekday::Wed, Weekday::Fri, Weekday::Mon, Weekday::Tue, Weekday::Thu];
/// People of a family, about.
const PEOPLE: usize = 43;
/// Entries of a session from its place on the day to its end, in tenths; and of a file.
const OF_SESSION: usize = 114;
const OF_FILE: usize = 76;

pub(super) struct Plan {
    /// In the order in which their files are opened.
    pub(super) families: Vec<Family>,
    /// The days, today the last.
    pub(super) days: Vec<NaiveDate>,
}

impl Plan {
    pub(super) fn new(order: &Order, dice: &mut Dice) -> Self {
        let count = order.families.max(order.people * 10 / PEOPLE + 1).max(order.sessions * 11 / 10);
        let (days, weekdays) = days(order, count);
        let mut families = Vec::with_capacity(count);
        let slots = slots(&days, weekdays, order.sessions, count);
        let each = count.div_ceil(slots.len().max(1));
        let mut people = 0;
        for slot in &slots {
            for part in 0..each {
                let (from, to) = (slot.dates.len() * part / each, slot.dates.len() * (part + 1) / each);
                let is_last = part + 1 == each;
                let booking = Booking {
                    dates: slot.dates.get(from..to).unwrap_or_default(),
                    place: slot.place,
                    weeks: slot.weeks,
                    goes_on: is_last,
                    daily: order.daily,
                };
                let family = Family::new(dice, families.len(), &booking, days.first().copied().unwrap_or(today()));
                people += family.people.len();
                families.push(family);
            }
        }
        while people < order.people {
            let booking = Booking { dates: &[], place: 0, weeks: 2, goes_on: false, daily: false };
            let from = *dice.pick(&days);
            let family = Family::new(dice, families.len(), &booking, from);
            people += family.people.len();
            families.push(family);
        }
        families.sort_by_key(|f| (f.opened, f.number));
        clash(&mut families, order.clashes);
        Self { families, days }
    }

    /// When the book begins.
    pub(super) fn starts(&self) -> Moment {
        let first = self.families.first().map_or(today(), |f| f.opened);
        moment(first, 8, 0)
    }
}

/// The days, and on how many days of the week the centre is open.
fn days(order: &Order, families: usize) -> (Vec<NaiveDate>, usize) {
    let weeks = usize::try_from(order.years.max(1)).unwrap_or(1) * 52;
    let files = families * OF_FILE / 10;
    let of_a_day = order.sessions * OF_SESSION / 10 + 15;
    let wanted = match order.entries {
        0 => weeks,
        entries => (entries.saturating_sub(files + of_a_day / 4) + of_a_day / 2) / of_a_day + 1,
    };
    let weekdays = wanted.div_ceil(weeks).clamp(1, OPEN.len());
    let open = OPEN.get(..weekdays).unwrap_or(&OPEN);
    let back = (0..).filter_map(|n| today().checked_sub_days(Days::new(n)));
    let mut days: Vec<NaiveDate> = back.filter(|d| open.contains(&d.weekday())).take(wanted.max(1)).collect();
    days.reverse();
    (days, weekdays)
}

/// One session of a weekday, every week or every other.
struct Slot {
    dates: Vec<NaiveDate>,
    /// The how manieth of its day.
    place: usize,
    weeks: u16,
}

fn slots(days: &[NaiveDate], weekdays: usize, sessions: usize, families: usize) -> Vec<Slot> {
    let weeks: u16 = if families < weekdays * sessions * 2 || days.len() < weekdays * 4 { 1 } else { 2 };
    let mut slots = Vec::new();
    for weekday in OPEN.iter().take(weekdays) {
        let mine: Vec<NaiveDate> = days.iter().copied().filter(|d| d.weekday() == *weekday).collect();
        for place in 0..sessions {
            for phase in 0..usize::from(weeks) {
                let of_phase = |d: &&NaiveDate| d.iso_week_number() % usize::from(weeks) == phase;
                slots.push(Slot { dates: mine.iter().filter(of_phase).copied().collect(), place, weeks });
            }
        }
    }
    slots
}

trait Weeks {
    fn iso_week_number(&self) -> usize;
}

impl Weeks for NaiveDate {
    /// Weeks since a Monday long ago: it alternates over the turn of a year too.
    fn iso_week_number(&self) -> usize {
        usize::try_from((self.num_days_from_ce() - 1) / 7).unwrap_or(0)
    }
}

/// A local time of a date.
pub(super) fn moment(date: NaiveDate, hour: u32, minute: u32) -> Moment {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let local = date.and_time(time);
    London.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc().fixed_offset(), |at| at.fixed_offset())
}

//! What a spreadsheet lets stand and a coordinator should know: rooms taken twice, people listed twice, families without
//! a side. All of it is listed, nothing of it refused.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, Weekday};

use crate::domain::case::Pattern;
use crate::domain::codes::ContactKind;
use crate::domain::policy::Code;
use crate::domain::text::Text;
use crate::import::faults::{Notice, Table};
use crate::import::rows::{FamilyRow, PersonRow, Residence, Who};

/// Most notices of one kind: a longer list is read by nobody, and hides the others.
const MOST: usize = 40;

/// The first notices of a kind, and how many more there are.
pub(crate) fn cut(mut notices: Vec<Notice>, kind: &str) -> Vec<Notice> {
    let more = notices.len().saturating_sub(MOST);
    if more > 0 {
        notices.truncate(MOST);
        notices.push(Notice { table: None, line: None, words: format!("and {more} more {kind}") });
    }
    notices
}

/// A booking, with what a sentence about it needs.
pub(crate) struct Slot<'a> {
    pub(crate) line: u32,
    pub(crate) code: &'a Text,
    pub(crate) kind: ContactKind,
    /// The last day on which the case can have a session.
    pub(crate) closed: Option<NaiveDate>,
    pub(crate) pattern: Pattern,
}

impl Slot<'_> {
    /// One family with one worker: nobody else belongs in the room.
    fn alone(&self) -> bool {
        matches!(self.kind, ContactKind::Supervised | ContactKind::Assessment)
    }

    fn last(&self) -> NaiveDate {
        let far = NaiveDate::MAX;
        self.pattern.to.unwrap_or(far).min(self.closed.unwrap_or(far))
    }
}

/// Two bookings of one room at overlapping times that fall on one date, where one of them needs the room to itself.
/// Group sessions sharing a room are ordinary and are not named.
pub(crate) fn rooms(slots: &[Slot], room_name: impl Fn(&Code) -> Text) -> Vec<Notice> {
    let mut groups: HashMap<(&Code, Weekday), Vec<&Slot>> = HashMap::new();
    for slot in slots {
        groups.entry((&slot.pattern.room, slot.pattern.weekday)).or_default().push(slot);
    }
    let mut found = Vec::new();
    for group in groups.values_mut() {
        group.sort_by_key(|slot| (slot.pattern.start, slot.line));
        for (i, early) in group.iter().enumerate() {
            let rest = group.iter().skip(i + 1).take_while(|late| late.pattern.start < early.pattern.end);
            for late in rest.filter(|late| early.alone() || late.alone()) {
                if let Some(date) = common_date(early, late) {
                    found.push(clash(early, late, date, &room_name(&early.pattern.room)));
                }
            }
        }
    }
    found.sort_by_key(|notice| notice.line);
    found
}

fn clash(one: &Slot, other: &Slot, date: NaiveDate, room: &Text) -> Notice {
    let (first, second) = if one.line <= other.line { (one, other) } else { (other, one) };
    let whose = match (first.alone(), second.alone()) {
        (true, true) => "both are one-to-one".to_owned(),
        (true, false) => format!("{} is one-to-one", first.code),
        (false, _) => format!("{} is one-to-one", second.code),
    };
    let hours = |slot: &Slot| format!("{} to {}", slot.pattern.start.format("%H:%M"), slot.pattern.end.format("%H:%M"));
    let words = format!(
        "{room} is taken twice on {date}: {} {} (line {}) and {} {}; {whose}",
        first.code,
        hours(first),
        first.line,
        second.code,
        hours(second),
    );
    Notice { table: Some(Table::Bookings), line: Some(second.line), words }
}

/// The first date on which both fall. A pattern comes round after at most its own weeks, so as many steps of the other
/// try every way in which they can meet.
fn common_date(one: &Slot, other: &Slot) -> Option<NaiveDate> {
    let from = one.pattern.from.max(other.pattern.from);
    let to = one.last().min(other.last());
    let weeks = u64::from(one.pattern.every_weeks.max(1));
    let near = (0..7 * weeks).map(|n| from.checked_add_days(Days::new(n))).map_while(|d| d.filter(|d| *d <= to));
    let first = near.into_iter().find(|date| one.pattern.falls_on(*date))?;
    (0..u64::from(other.pattern.every_weeks.max(1)))
        .map_while(|n| first.checked_add_days(Days::new(7 * weeks * n)).filter(|date| *date <= to))
        .find(|date| other.pattern.falls_on(*date))
}

/// People who stand in the table twice: the same names in one family, or the same names and date of birth or number in
/// two. People are matched by id only, so they stay two.
pub(crate) fn people(people: &[PersonRow]) -> Vec<Notice> {
    let mut seen: HashMap<(String, String), &PersonRow> = HashMap::new();
    let mut found = Vec::new();
    for row in people {
        let name = format!("{} {}", row.given, row.surname).to_lowercase();
        let mark = match (row.who, &row.phone) {
            (Who::Child(Some(born)), _) => Some(born.to_string()),
            (Who::Child(None), _) | (_, None) => None,
            (_, Some(phone)) => Some(phone.as_str().chars().filter(|c| !c.is_whitespace()).collect()),
        };
        let family = (name.clone(), format!("family {}", row.family));
        let everywhere = mark.map(|mark| (name, mark));
        let keys = || std::iter::once(&family).chain(&everywhere);
        if let Some(first) = keys().find_map(|key| seen.get(key)) {
            let words = format!("{} {} stands on line {} too; kept as two people", row.given, row.surname, first.line);
            found.push(Notice { table: Some(Table::People), line: Some(row.line), words });
        }
        for key in keys() {
            seen.entry(key.clone()).or_insert(row);
        }
    }
    found
}

/// A family that no session can be held for as it stands.
pub(crate) fn family(row: &FamilyRow, people: &[&PersonRow], bookings: usize) -> Option<Notice> {
    let has = |wanted: fn(Who) -> bool| people.iter().any(|p| wanted(p.who));
    let gaps = [
        (has(|who| matches!(who, Who::Child(_))), "no child"),
        (has(|who| who == Who::Party(Residence::Resident)), "no resident party"),
        (has(|who| who == Who::Party(Residence::NonResident)), "no non-resident party"),
        (bookings > 0, "no booking"),
    ];
    let missing: Vec<&str> = gaps.iter().filter(|(is_there, _)| !is_there).map(|(_, words)| *words).collect();
    let words = format!("{} has {}", row.code, missing.join(", "));
    let open = row.closed.is_none();
    (open && !missing.is_empty()).then_some(Notice { table: Some(Table::Families), line: Some(row.line), words })
}

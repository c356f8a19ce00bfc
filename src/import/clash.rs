//! What a spreadsheet lets stand and a coordinator should know: rooms taken twice, people listed twice, families without
//! a side. All of it is listed, nothing of it refused.

use std::collections::{BinaryHeap, HashMap};

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::domain::codes::ContactKind;
use crate::domain::policy::Code;
use crate::domain::text::Text;
use crate::import::faults::{Notice, Table};
use crate::import::index::{Head, digest};
use crate::import::rows::{BookingRow, FamilyRow, PersonRow, Residence, Who};

/// Most notices of one kind: a longer list is read by nobody, and hides the others.
const MOST: usize = 40;

/// And how many more there are of a kind.
fn more(all: usize, kind: &str) -> Option<Notice> {
    let more = all.saturating_sub(MOST);
    (more > 0).then(|| Notice { table: None, line: None, words: format!("and {more} more {kind}") })
}

/// One family with one worker: nobody else belongs in the room.
pub(crate) fn is_alone(kind: ContactKind) -> bool {
    matches!(kind, ContactKind::Supervised | ContactKind::Assessment)
}

/// A booking, by the little that a clash hangs on. Days are counted from the first of the calendar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    line: u32,
    /// The row of its family.
    family: u32,
    weekday: Weekday,
    start: NaiveTime,
    end: NaiveTime,
    /// The first day on which it falls.
    first: i32,
    /// The last day on which the case can have a session.
    last: i32,
    weeks: i32,
    is_alone: bool,
}

impl Slot {
    pub(crate) fn of(row: &BookingRow, head: &Head, family: u32) -> Self {
        let wait = row.weekday.days_since(row.from.weekday());
        let far = NaiveDate::MAX;
        Self {
            line: row.line,
            family,
            weekday: row.weekday,
            start: row.start,
            end: row.end,
            first: row.from.num_days_from_ce() + i32::try_from(wait).unwrap_or(0),
            last: row.to.unwrap_or(far).min(head.closed.unwrap_or(far)).num_days_from_ce(),
            weeks: i32::from(row.every_weeks.max(1)),
            is_alone: head.is_alone,
        }
    }

    /// The first day on which both fall: of one weekday, so in whole weeks. A pattern comes round after at most its own
    /// weeks, so as many steps of the other try every way in which they can meet.
    fn meets(&self, other: &Self) -> Option<i32> {
        let (from, to) = (self.first.max(other.first), self.last.min(other.last));
        let step = 7 * self.weeks;
        let near = self.first + (from - self.first + step - 1).div_euclid(step) * step;
        (0..other.weeks)
            .map(|n| near + n * step)
            .take_while(|day| *day <= to)
            .find(|day| (day - other.first).rem_euclid(7 * other.weeks) == 0)
    }
}

/// All bookings, by room and day of the week.
#[derive(Debug, Default)]
pub(crate) struct Slots(HashMap<(Code, Weekday), Vec<Slot>>);

/// Two bookings that clash, in the order in which they are told: by the line of the later one, then by the hours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Clash {
    line: u32,
    hours: [(NaiveTime, u32); 2],
    day: i32,
    room: Code,
}

impl Slots {
    pub(crate) fn add(&mut self, room: Code, slot: Slot) {
        self.0.entry((room, slot.weekday)).or_default().push(slot);
    }

    /// Two bookings of one room at overlapping times that fall on one date, where one of them needs the room to itself.
    /// Group sessions sharing a room are ordinary and are not named. All are counted; the first are told.
    pub(crate) fn clashes(self) -> Clashes {
        let (mut all, mut first) = (0, BinaryHeap::new());
        let mut told: HashMap<u32, Slot> = HashMap::new();
        for ((room, _), mut group) in self.0 {
            // Only bookings that still run when the next one begins can meet it.
            group.sort_unstable_by_key(|slot| (slot.first, slot.line));
            let mut running: Vec<Slot> = Vec::new();
            for new in group {
                running.retain(|old| old.last >= new.first);
                for old in &running {
                    let overlap = old.start < new.end && new.start < old.end;
                    if !overlap || !(old.is_alone || new.is_alone) {
                        continue;
                    }
                    let Some(day) = old.meets(&new) else { continue };
                    all += 1;
                    let line = old.line.max(new.line);
                    if first.len() == MOST && first.peek().is_some_and(|last: &Clash| last.line < line) {
                        continue;
                    }
                    let mut hours = [(old.start, old.line), (new.start, new.line)];
                    hours.sort_unstable();
                    first.push(Clash { line, hours, day, room: room.clone() });
                    told.extend([(old.line, *old), (new.line, new)]);
                    if first.len() > MOST {
                        first.pop();
                    }
                }
                running.push(new);
            }
        }
        Clashes { all, first: first.into_sorted_vec(), told }
    }
}

/// What was found of rooms that are taken twice.
#[derive(Debug, Default)]
pub(crate) struct Clashes {
    all: usize,
    first: Vec<Clash>,
    /// The bookings of these, by line.
    told: HashMap<u32, Slot>,
}

impl Clashes {
    /// In words.
    pub(crate) fn notices(self, code: impl FnMut(u32) -> Text, name: impl Fn(&Code) -> Text) -> Vec<Notice> {
        let mut notices = sentences(self.first, &self.told, code, name);
        notices.extend(more(self.all, "rooms taken twice"));
        notices
    }
}

fn sentences(
    clashes: Vec<Clash>,
    slots: &HashMap<u32, Slot>,
    mut code: impl FnMut(u32) -> Text,
    name: impl Fn(&Code) -> Text,
) -> Vec<Notice> {
    let mut one = |clash: Clash| {
        let mut lines = clash.hours.map(|(_, line)| line);
        lines.sort_unstable();
        let [first, second] = lines.map(|line| slots.get(&line));
        let (first, second) = (first?, second?);
        let codes = [code(first.family), code(second.family)];
        Some(sentence([first, second], &codes, clash.day, &name(&clash.room)))
    };
    clashes.into_iter().filter_map(&mut one).collect()
}

fn sentence([first, second]: [&Slot; 2], [one, other]: &[Text; 2], day: i32, room: &Text) -> Notice {
    let whose = match (first.is_alone, second.is_alone) {
        (true, true) => "both are one-to-one".to_owned(),
        (true, false) => format!("{one} is one-to-one"),
        (false, _) => format!("{other} is one-to-one"),
    };
    let hours = |slot: &Slot| format!("{} to {}", slot.start.format("%H:%M"), slot.end.format("%H:%M"));
    let date = NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default();
    let words = format!(
        "{room} is taken twice on {date}: {one} {} (line {}) and {other} {}; {whose}",
        hours(first),
        first.line,
        hours(second),
    );
    Notice { table: Some(Table::Bookings), line: Some(second.line), words }
}

/// Marks of people, to find those who stand in the table twice: the same names in one family, or the same names and date
/// of birth or number in two. People are matched by id only, so they stay two.
///
/// A mark is twelve bytes that stand for a text, and the line: sorted, the same text lies together, by line.
#[derive(Debug, Default)]
pub(crate) struct Twins {
    in_family: Vec<u128>,
    anywhere: Vec<u128>,
}

impl Twins {
    pub(crate) fn add(&mut self, row: &PersonRow, family: u32) {
        let name = format!("{} {}", row.given, row.surname).to_lowercase();
        let mark = |text: &str| u128::from_be_bytes(digest(text)) & !u128::from(u32::MAX) | u128::from(row.line);
        let own = match (row.who, &row.phone) {
            (Who::Child(Some(born)), _) => Some(format!("{name}\0{}", born.num_days_from_ce())),
            (Who::Child(None), _) | (_, None) => None,
            (_, Some(phone)) => {
                let number: String = phone.as_str().chars().filter(|c| !c.is_whitespace()).collect();
                Some(format!("{name}\0number {number}"))
            }
        };
        self.anywhere.extend(own.map(|text| mark(&text)));
        self.in_family.push(mark(&format!("{name}\0{family}")));
    }

    /// The first of them, in the words of their rows, and how many more there are.
    pub(crate) fn notices(self, mut name: impl FnMut(u32) -> Option<String>) -> Vec<Notice> {
        let mut found = seconds(self.in_family);
        found.extend(seconds(self.anywhere));
        // By line; who stands in the family too is told of that one.
        found.sort_by_key(|(line, _)| *line);
        found.dedup_by_key(|(line, _)| *line);
        let all = found.len();
        let mut one = |(line, first): (u32, u32)| {
            let words = format!("{} stands on line {first} too; kept as two people", name(line)?);
            Some(Notice { table: Some(Table::People), line: Some(line), words })
        };
        let mut notices: Vec<Notice> = found.into_iter().take(MOST).filter_map(&mut one).collect();
        notices.extend(more(all, "people who stand twice"));
        notices
    }
}

/// The lines of marks that stood on an earlier line, with that line.
fn seconds(mut marks: Vec<u128>) -> Vec<(u32, u32)> {
    let line = |mark: &u128| u32::try_from(mark & u128::from(u32::MAX)).unwrap_or_default();
    marks.sort_unstable();
    let mut found = Vec::new();
    for group in marks.chunk_by(|one, other| one >> 32 == other >> 32) {
        if let Some((first, rest)) = group.split_first() {
            found.extend(rest.iter().map(|mark| (line(mark), line(first))));
        }
    }
    found
}

/// A family that no session can be held for as it stands.
pub(crate) fn family(row: &FamilyRow, people: &[PersonRow], bookings: usize) -> Option<Notice> {
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

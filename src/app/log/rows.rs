//! The rows of the day's log: one an entry, those of one act together.

use crate::app::looked;
use crate::app::state::App;
use crate::app::words::{self, count, hm};
use crate::domain::codes::Moment;
use crate::domain::day::Day;
use crate::domain::event::{By, DayEvent, Entry, Event, Source};
use crate::domain::ids::EntryId;
use crate::domain::register::people::{Change, Done};

/// One row.
pub(super) struct Row {
    pub(super) entry: EntryId,
    /// When it happened, a correction counted.
    pub(super) at: Moment,
    /// When it was written.
    pub(super) written: Moment,
    /// Who wrote it; empty where an earlier row of the act says so.
    pub(super) who: String,
    /// What.
    pub(super) says: String,
    /// The first of its act.
    pub(super) first: bool,
    /// Its act was taken back.
    pub(super) undone: bool,
    /// Its time can be corrected.
    pub(super) at_the_door: bool,
    /// When it was first said to have happened, if that was corrected.
    pub(super) was: Option<Moment>,
}

/// The whole day, the newest last. In lobby view equal rows of one act are one.
pub(super) fn rows(app: &App) -> Vec<Row> {
    let Some(day) = app.day() else { return Vec::new() };
    let staff_view = app.staff_view();
    let mut rows: Vec<Row> = Vec::new();
    let mut last: Option<&Entry> = None;
    for entry in &day.entries {
        if matches!(entry.event.open(), Some(Event::Day(DayEvent::SessionExpected(_)))) {
            continue;
        }
        let first = last.is_none_or(|l| l.act != entry.act);
        let row = row(app, day, entry, first);
        let repeated = !first && !staff_view && rows.last().is_some_and(|r| r.says == row.says);
        if !repeated && !row.says.is_empty() && !row.says.starts_with(", paper") {
            rows.push(row);
            last = Some(entry);
        }
    }
    rows.extend(people(app));
    rows.sort_by_key(|row| row.written);
    rows
}

/// What was done that day about who opens the register. In lobby view that it was, and no more.
fn people(app: &App) -> Vec<Row> {
    // The team that a register was made with is no change; and wrong passphrases are none of the list.
    let made = |done: &Done| done.by == By::Program && matches!(done.what, Change::Added { .. } | Change::Key(_));
    let shown = |done: &&Done| !made(done) && (app.staff_view() || !matches!(done.what, Change::Tries { .. }));
    let of_day = app.register.people.iter().filter(|done| done.at.date_naive() == app.date).filter(shown);
    let row = |done: &Done| Row {
        entry: done.entry,
        at: done.at,
        written: done.at,
        who: if app.staff_view() { words::done_by(app, done.by) } else { String::new() },
        says: if app.staff_view() { words::done(app, done) } else { "the team list was changed".to_owned() },
        first: true,
        undone: false,
        at_the_door: false,
        was: None,
    };
    let mut rows: Vec<Row> = of_day.map(row).collect();
    rows.dedup_by(|a, b| !app.staff_view() && hm(a.at) == hm(b.at));
    rows
}

fn row(app: &App, day: &Day, entry: &Entry, first: bool) -> Row {
    let at = day.happened(entry);
    let was = Some(entry.occurred_at).filter(|was| hm(*was) != hm(at));
    let is_note = matches!(entry.event.open(), Some(Event::Note(_)));
    let undone = day.undone.contains(&entry.act) && !is_note;
    let who = match entry.by {
        By::Staff(staff) if first && (app.staff_view() || !is_note) => app.register.staff_name(staff).to_owned(),
        _ => String::new(),
    };
    Row {
        entry: entry.id,
        at,
        written: entry.recorded_at,
        who,
        says: format!("{}{}", says(app, day, entry), from(&entry.source)),
        first,
        undone,
        at_the_door: matches!(entry.event.open(), Some(Event::Door(_))),
        was,
    }
}

/// From where, if not from the desk.
fn from(source: &Source) -> String {
    match source {
        Source::Paper { sheet: 1, line } => format!(", paper line {line}"),
        Source::Paper { sheet, line } => format!(", paper sheet {sheet} line {line}"),
        _ => String::new(),
    }
}

fn says(app: &App, day: &Day, entry: &Entry) -> String {
    match entry.event.open() {
        Some(Event::Centre(event)) if app.staff_view() && looked::may_read(app, entry) => {
            app.register.used(day, event).unwrap_or_default()
        }
        Some(Event::Centre(_)) => String::new(),
        Some(Event::Day(DayEvent::Opened { .. })) => {
            format!("the day is open, {}", count(day.sessions.len(), "session", "sessions"))
        }
        Some(_) if app.staff_view() => words::entry(app, day, entry),
        Some(_) => words::entry_in_lobby(app, day, entry),
        None => "sealed to others".to_owned(),
    }
}

//! The entries of a day in the order in which they were written: who, when, what kind. No words of any note.

use std::fmt::Write;

use chrono::NaiveDate;
use serde::Serialize;

use super::day::FORMAT;
use super::text::marked;
use crate::domain::day::Day;
use crate::domain::event::{By, CentreEvent, Entry, Event, Source};
use crate::domain::ids::CaseId;
use crate::domain::register::Register;
use crate::domain::text;

/// The log of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LogOut {
    /// The form of this.
    pub format: u32,
    /// The calendar date.
    pub date: String,
    /// Invented people.
    pub practice: bool,
    /// In the order in which they were written.
    pub entries: Vec<EntryOut>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EntryOut {
    /// Its id.
    pub id: String,
    /// Shared by all entries of one decision.
    pub act: String,
    /// When it happened, as it was written.
    pub occurred_at: String,
    /// When it was written.
    pub recorded_at: String,
    /// When it happened, where that was corrected.
    pub corrected_to: Option<String>,
    /// Someone of the team; `null`: the program.
    pub by: Option<String>,
    /// Their first name.
    pub name: Option<String>,
    /// At which desk.
    pub desk: String,
    /// From where.
    pub source: SourceOut,
    /// Rules that it goes against.
    pub against: Vec<String>,
    /// What happened, by its name; `null`: sealed to others, or disposed of.
    pub event: Option<String>,
    /// The case file that was looked into, where one was.
    pub case: Option<String>,
    /// What was done with the register, in words.
    pub says: Option<String>,
    /// It was taken back.
    pub undone: bool,
}

/// From where an entry came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SourceOut {
    /// `desk`, `paper`, `import` or `outbox`.
    pub kind: String,
    /// Number of the paper sheet.
    pub sheet: Option<u32>,
    /// Line of the sheet or the file.
    pub line: Option<u32>,
    /// Name of the file.
    pub file: Option<String>,
    /// The desk that wrote it while the link was down.
    pub desk: Option<String>,
}

/// The log of a day; `name` names an event.
pub fn log(register: &Register, date: NaiveDate, name: impl Fn(&Event) -> String) -> LogOut {
    let day = register.days.get(&register.day_id(date));
    // A note about a worker is for the safeguarding lead and the chair only, that it was written included.
    let entries = day.map(|day| {
        let told = day.entries.iter().filter(|e| !day.is_of_worker_note(e));
        told.map(|e| entry_out(register, day, e, &name)).collect()
    });
    LogOut {
        format: FORMAT,
        date: date.to_string(),
        practice: register.is_practice(),
        entries: entries.unwrap_or_default(),
    }
}

/// The case files that were looked into on this day, and that are not of its families.
pub fn files_in_log(register: &Register, date: NaiveDate) -> Vec<CaseId> {
    let day = register.days.get(&register.day_id(date));
    let viewed = day.into_iter().flat_map(|day| day.entries.iter().filter_map(viewed));
    viewed.filter(|case| !register.cases.contains_key(case)).collect()
}

fn viewed(entry: &Entry) -> Option<CaseId> {
    match entry.event.open() {
        Some(Event::Centre(CentreEvent::Viewed { case })) => Some(*case),
        _ => None,
    }
}

fn entry_out(register: &Register, day: &Day, entry: &Entry, name: &impl Fn(&Event) -> String) -> EntryOut {
    let by = if let By::Staff(staff) = entry.by { Some(staff) } else { None };
    EntryOut {
        id: entry.id.to_string(),
        act: entry.act.to_string(),
        occurred_at: entry.occurred_at.to_rfc3339(),
        recorded_at: entry.recorded_at.to_rfc3339(),
        corrected_to: day.times.get(&entry.id).map(chrono::DateTime::to_rfc3339),
        by: by.map(|staff| staff.to_string()),
        name: by.map(|staff| register.staff_name(staff).to_owned()),
        desk: entry.desk.to_string(),
        source: source_out(&entry.source),
        against: entry.against.iter().map(|rule| rule.code().to_owned()).collect(),
        event: entry.event.open().map(name),
        case: viewed(entry).map(|case| case.to_string()),
        says: match entry.event.open() {
            Some(Event::Centre(event)) => register.used(day, event),
            _ => None,
        },
        undone: day.undone.contains(&entry.act),
    }
}

fn source_out(source: &Source) -> SourceOut {
    let of = |kind: &str| SourceOut { kind: kind.to_owned(), ..SourceOut::default() };
    match source {
        Source::Desk => of("desk"),
        Source::Paper { sheet, line } => SourceOut { sheet: Some(*sheet), line: Some(*line), ..of("paper") },
        Source::Import { file, line } => SourceOut { file: Some(file.to_string()), line: Some(*line), ..of("import") },
        Source::Outbox { desk } => SourceOut { desk: Some(desk.to_string()), ..of("outbox") },
    }
}

/// The log as lines of text; `mark` stands on every page of a practice register's.
pub fn log_text(log: &LogOut, mark: Option<&str>) -> String {
    if log.entries.is_empty() {
        return marked(&format!("{}: nothing was written on this day.", log.date), mark);
    }
    let many = if log.entries.len() == 1 { "entry" } else { "entries" };
    let mut out = format!("{}   {} {many}\n\n", log.date, log.entries.len());
    for entry in &log.entries {
        let clock = |at: &str| at.get(11..16).unwrap_or("?").to_owned();
        let happened = entry.corrected_to.as_ref().unwrap_or(&entry.occurred_at);
        let (happened, written) = (clock(happened), clock(&entry.recorded_at));
        let late = if happened == written { String::new() } else { format!("   written {written}") };
        let undone = if entry.undone { "   taken back" } else { "" };
        let against = if entry.against.is_empty() { String::new() } else { format!("   {}", entry.against.join(" ")) };
        let (name, event) = (entry.name.as_deref().unwrap_or("-"), entry.event.as_deref().unwrap_or("sealed"));
        let name = text::line(name);
        let paper = match (entry.source.sheet, entry.source.line) {
            (Some(sheet), Some(line)) => format!("   paper {sheet}/{line}"),
            _ => String::new(),
        };
        let says = entry.says.as_ref().map(|says| format!("   {}", text::line(says))).unwrap_or_default();
        writeln!(out, "{happened}  {name:<12}{event:<22}{says}{late}{paper}{undone}{against}")
            .expect("a String takes all");
    }
    let out: String = out.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    marked(&out, mark)
}

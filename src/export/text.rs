//! A day as plain text: for reading at a glance, or printing. Its layout may change; scripts read the JSON.

use std::fmt::Write;

use super::day::{DayOut, SessionOut};
use crate::domain::codes::Side;
use crate::domain::register::Register;
use crate::domain::text;

/// The day as lines of text.
pub fn day_text(register: &Register, day: &DayOut) -> String {
    let mut out = String::new();
    head(&mut out, register, day);
    for session in &day.sessions {
        line(&mut out, &row(day, session));
    }
    if day.sessions.is_empty() {
        line(&mut out, "No sessions.");
    }
    foot(&mut out, day);
    marked(&out, register.practice_mark())
}

/// Lines, the mark of a practice register on every page of them.
pub(super) fn marked(out: &str, mark: Option<&str>) -> String {
    text::marked(mark, out.lines().map(str::to_owned).collect()).into_iter().map(|line| line + "\n").collect()
}

fn head(out: &mut String, register: &Register, day: &DayOut) {
    let date = day.date.parse::<chrono::NaiveDate>().map(|date| date.format("%A %-d %B %Y").to_string());
    line(out, &format!("{}   {}", date.unwrap_or_else(|_| day.date.clone()), day.centre));
    let opened = day.opened.as_deref().map(hour);
    let state = match (&opened, &day.signed) {
        (None, _) => "Never opened: what the bookings expect.".to_owned(),
        (Some(at), None) => format!("Opened {at}, not signed."),
        (Some(at), Some(signed)) => {
            let by = signed.by.parse().map(|id| register.staff_name(crate::domain::ids::StaffId(id)).to_owned());
            format!("Opened {at}, signed {} by {}.", hour(&signed.at), by.unwrap_or_default())
        }
    };
    line(out, &state);
    line(out, "");
}

fn row(day: &DayOut, session: &SessionOut) -> String {
    let names = |side: Side| {
        let of = day.people.iter().filter(|p| p.session == session.id && p.expected && p.side == side.code());
        of.map(|p| p.given.as_str()).collect::<Vec<_>>().join(", ")
    };
    let state = if day.opened.is_some() { session.stage.replace('_', " ") } else { "expected".to_owned() };
    format!(
        "{:>3}  {}-{}  {}  {:<12}{:<10}{:<20}{}  with {} / {}",
        session.no,
        session.start,
        session.end,
        session.kind,
        session.case,
        session.room,
        state,
        names(Side::Child),
        names(Side::Resident),
        names(Side::Visiting),
    )
}

fn foot(out: &mut String, day: &DayOut) {
    let counts = &day.counts;
    line(out, "");
    let of = |n: u16, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let sessions = format!("{} {}", counts.sessions, if counts.sessions == 1 { "session" } else { "sessions" });
    line(out, &format!("{sessions}, {} held, {} not held.", counts.held, counts.not_held));
    if day.opened.is_none() {
        return;
    }
    line(
        out,
        &format!(
            "In the building: {}, {}, {} team, {}.",
            of(counts.children, "child", "children"),
            of(counts.adults, "adult", "adults"),
            counts.team,
            of(counts.others, "other", "others")
        ),
    );
    let unseen = day.notes.iter().filter(|note| !note.seen && !note.mistaken).count();
    line(out, &format!("Not coming: {}. Notes for the coordinator: {unseen} not seen yet.", day.absences.len()));
    line(out, &format!("Open questions: {}.", day.questions.len()));
}

fn hour(at: &str) -> String {
    at.get(11..16).unwrap_or(at).to_owned()
}

fn line(out: &mut String, words: &str) {
    writeln!(out, "{}", text::line(words.trim_end())).expect("a String takes all that is written to it");
}

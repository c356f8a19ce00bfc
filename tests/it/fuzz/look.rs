//! What must hold after each step, as far as it is cheap.

use std::collections::BTreeSet;

use doorbook::app::screen::{Block, Field};
use doorbook::app::{App, view};
use doorbook::domain::day::Day;
use doorbook::domain::event::Entry;
use doorbook::domain::register::Register;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::rig::Rig;
use crate::draw::{MONO, whole};
use crate::properties::naive::{Sheet, differences, roll_of};
use crate::properties::oracle::Oracle;

/// Entries, folded.
pub fn folded(entries: &[Entry]) -> Register {
    let mut register = Register::default();
    entries.iter().for_each(|entry| register.fold(entry));
    register
}

/// All fields in which something is typed, in their order, as a usual screen has them: a small one may leave some out.
pub fn fields(app: &App) -> Vec<Field> {
    let mut app = app.clone();
    app.size = doorbook::app::screen::Size::default();
    let screen = view(&app);
    let mut found: Vec<Field> = screen.enter.field.into_iter().collect();
    for block in screen.body.iter().chain(&screen.strip) {
        typed(block, &mut found);
    }
    found
}

fn typed(block: &Block, into: &mut Vec<Field>) {
    match block {
        Block::Input { field, .. } => into.push(field.clone()),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| typed(block, into)),
        _ => {}
    }
}

/// After a step; `before`: how many entries there were.
pub fn after(rig: &mut Rig, before: usize) -> Result<(), String> {
    drawn(&rig.app)?;
    if rig.log.len() > before {
        in_their_days(rig)?;
    }
    // What is on disk and not yet told of is not on the screen.
    if rig.pending.is_none() && rig.log.len() > before {
        let days: Vec<&Day> = rig.app.register.days.values().collect();
        days.into_iter().filter(|day| rig.log[before..].iter().any(|e| e.day == Some(day.id))).try_for_each(held)?;
    }
    Ok(())
}

/// The screen at its size: whole rows, nothing that a terminal obeys, and an Enter line that is never empty.
fn drawn(app: &App) -> Result<(), String> {
    let screen = view(app);
    if screen.enter.says.trim().is_empty() && screen.enter.field.is_none() && !app.hidden {
        return Err(format!("no Enter line: in {:?}", app.mode()));
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, app.size.width, app.size.height));
    let cursor = doorbook::tui::paint(&mut buffer, &screen, &MONO);
    whole(&buffer).map_err(|what| format!("not whole: {what}"))?;
    match cursor {
        Some(at) if at.x >= app.size.width || at.y >= app.size.height => Err(format!("the cursor is outside: {at:?}")),
        _ => Ok(()),
    }
}

/// Each entry is in its one day, and none is lost; order is by place in the book.
fn in_their_days(rig: &Rig) -> Result<(), String> {
    let pending = rig.pending.as_ref().map_or(0, |(entries, _)| entries.len());
    let told = &rig.log[..rig.log.len() - pending];
    let of_days = told.iter().filter(|entry| entry.day.is_some()).count();
    let days = &rig.app.register.days;
    let held: usize = days.values().map(|day| day.entries.len()).sum();
    let mut ids = BTreeSet::new();
    for day in days.values() {
        if day.entries.iter().any(|entry| entry.day != Some(day.id) || !ids.insert(entry.id)) {
            return Err("an entry on another day: or twice".to_owned());
        }
        let of: Vec<_> = told.iter().filter(|entry| entry.day == Some(day.id)).map(|entry| entry.id).collect();
        if of != day.entries.iter().map(|entry| entry.id).collect::<Vec<_>>() {
            return Err("out of order: the entries of a day".to_owned());
        }
    }
    if held == of_days { Ok(()) } else { Err(format!("entries lost: {held} of {of_days} in their days")) }
}

/// A day as the second model has it, its people's times in order, and nothing wrong where nothing was against a rule.
fn held(day: &Day) -> Result<(), String> {
    let sheet = Sheet::of(&day.entries);
    let differ = differences(day, &sheet);
    if !differ.is_empty() {
        return Err(format!("the second model differs: {}", differ.join("; ")));
    }
    if roll_of(day) != sheet.roll() {
        return Err("the second model differs: on the roll".to_owned());
    }
    for (person, attendance) in day.sessions.iter().flat_map(|session| &session.people) {
        let times: Vec<_> = attendance.steps().map(|step| step.at).collect();
        if !times.is_sorted() {
            return Err(format!("times run backwards: of {person}"));
        }
    }
    if day.against.is_empty() && day.overrides.is_empty() && day.times.is_empty() {
        let wrongs = Oracle::new(&day.entries, &day.policy).wrongs();
        let grave = wrongs.iter().find(|wrong| format!("{wrong:?}").starts_with("Care"));
        if let Some(wrong) = grave {
            return Err(format!("wrong: {wrong:?}"));
        }
    }
    Ok(())
}

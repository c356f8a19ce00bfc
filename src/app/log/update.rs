//! Keys of the day's log: the mark, and another time for what is marked.

use crate::app::action::Effect;
use crate::app::earlier::{self, NoTime};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::log::State;
use crate::app::log::rows::{Row, rows};
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words;
use crate::app::write::Then;
use crate::domain::codes::Moment;
use crate::domain::decide::{Amend, Command, decide};
use crate::domain::refusal::Refusal;

/// Rows that a page key moves by.
const PAGE: usize = 12;
/// Digits of a time.
const TIME: usize = 4;

/// Opens the day's log, at its last row.
pub fn open(app: &mut App) {
    app.over = None;
    app.log = State::default();
    app.view = View::Log;
}

/// Which row is in hand.
pub(super) fn mark(app: &App, rows: &[Row]) -> usize {
    let marked = app.log.mark.and_then(|mark| rows.iter().position(|r| r.entry == mark));
    marked.unwrap_or_else(|| rows.len().saturating_sub(1))
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.log.typed.is_some() {
        return typed(app, press);
    }
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.to_board(),
        (Some(Intent::Go | Intent::Correct), _) if !app.guard.stray && !app.guard.spent => correct(app),
        (Some(Intent::Down | Intent::Next), _) => step(app, |at| at + 1),
        (Some(Intent::Up | Intent::Previous), _) => step(app, |at| at.saturating_sub(1)),
        (Some(Intent::PageDown), _) => step(app, |at| at + PAGE),
        (Some(Intent::PageUp), _) => step(app, |at| at.saturating_sub(PAGE)),
        (Some(Intent::First), _) => step(app, |_| 0),
        (Some(Intent::Last), _) => app.log.mark = None,
        (None, Key::Char(c)) if !c.is_ascii_digit() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn step(app: &mut App, to: impl Fn(usize) -> usize) {
    let rows = rows(app);
    let last = rows.len().saturating_sub(1);
    let at = to(mark(app, &rows)).min(last);
    app.log.mark = if at == last { None } else { rows.get(at).map(|r| r.entry) };
}

fn correct(app: &mut App) {
    let rows = rows(app);
    if let Some(row) = rows.get(mark(app, &rows))
        && may_correct(app, row, row.at).is_ok()
    {
        app.log.mark = Some(row.entry);
        app.log.typed = Some(String::new());
    }
}

/// Why this row's time cannot be that: a sentence.
pub(super) fn may_correct(app: &App, row: &Row, at: Moment) -> Result<(), String> {
    if !row.at_the_door {
        return Err("only what happened at the door has a time to correct. Arrows move".to_owned());
    }
    if row.undone {
        return Err("it was taken back. Arrows move".to_owned());
    }
    if !app.staff_view() {
        return Err("F5 shows who it is about; then Enter corrects its time".to_owned());
    }
    let command = Command::Amend(Amend::SetTime { entry: row.entry, at });
    let asked = decide(&app.register, app.day, &command, &app.stamp(None));
    asked.map(|_| ()).map_err(|refusal| words::refusal(app, &refusal))
}

fn typed(app: &mut App, press: Press) -> Vec<Effect> {
    let Some(typed) = &mut app.log.typed else { return Vec::new() };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.log.typed = None,
        (Some(Intent::Go), _) => return set(app),
        (_, Key::Backspace) => {
            typed.pop();
        }
        (_, Key::Char(c)) if c.is_ascii_digit() && typed.len() < TIME => typed.push(c),
        _ => {}
    }
    if app.log.typed.as_deref().is_some_and(|t| earlier::typed(app, t) == Err(NoTime::Future)) {
        app.flash = Some(words::sentence(&words::refusal(app, &Refusal::Future)));
    }
    Vec::new()
}

fn set(app: &mut App) -> Vec<Effect> {
    let rows = rows(app);
    let at = app.log.typed.as_deref().and_then(|typed| earlier::typed(app, typed).ok());
    let Some((row, at)) = rows.get(mark(app, &rows)).zip(at) else { return Vec::new() };
    if may_correct(app, row, at).is_err() {
        return Vec::new();
    }
    app.log.typed = None;
    app.guard.spent = true;
    app.write(&Command::Amend(Amend::SetTime { entry: row.entry, at }), None, Then::Stay)
}

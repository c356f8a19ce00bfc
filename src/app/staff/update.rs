//! Keys of staff on shift.

use std::time::Duration;

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::number::Pressed;
use crate::app::staff::form::{Focus, Form, places, sessions};
use crate::app::staff::{numbered, numbers, visitors};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::decide::{Command, DayAct, Permission};
use crate::domain::ids::FileId;

/// The same number again within this time is the same press: nobody is signed out by a finger that bounces.
const BOUNCE: Duration = Duration::from_secs(1);

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.staff.form_open {
        return form(app, &press);
    }
    if let Some(visitor) = app.staff.asked {
        return asked(app, &press, visitor);
    }
    if let Some(digit) = press.digit() {
        return digit_pressed(app, digit);
    }
    match (press.intent, press.key) {
        (Some(Intent::Go), _) => return go(app),
        (Some(Intent::Back), _) if app.staff.number.is_empty() => app.to_board(),
        (Some(Intent::Back), _) | (_, Key::Backspace) => app.staff.number.clear(),
        (Some(Intent::Down), _) => mark(app, false),
        (Some(Intent::Up), _) => mark(app, true),
        (None, Key::Char(_)) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    let form = &mut app.staff.form;
    match form.focus {
        Focus::Name => form.name.paste(text),
        Focus::Other => form.other.paste(text),
        Focus::What | Focus::Place | Focus::Session => {}
    }
}

fn digit_pressed(app: &mut App, digit: u8) -> Vec<Effect> {
    if digit == 0 && app.staff.number.is_empty() {
        open_form(app);
        return Vec::new();
    }
    match app.staff.number.press(digit, &numbers(app)) {
        Pressed::Picked(number) => toggle(app, number),
        Pressed::More => Vec::new(),
        Pressed::Unknown => {
            app.flash = Some("Nobody of the team has that number.".to_owned());
            Vec::new()
        }
    }
}

fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || app.guard.spent {
        return Vec::new();
    }
    if let Some(number) = app.staff.number.take(&numbers(app)) {
        let effects = toggle(app, number);
        app.guard.spent = !effects.is_empty();
        return effects;
    }
    app.staff.asked = app.staff.mark.filter(|mark| visitors(app).iter().any(|(id, _)| id == mark));
    Vec::new()
}

/// In, or out if they are in.
fn toggle(app: &mut App, number: u16) -> Vec<Effect> {
    let Some(staff) = numbered(app, number).map(|c| c.staff) else { return Vec::new() };
    let bounces = app.staff.last.is_some_and(|(n, at)| n == number && app.since_start.saturating_sub(at) < BOUNCE);
    app.staff.last = Some((number, app.since_start));
    if bounces {
        return Vec::new();
    }
    let command = match app.day().is_some_and(|d| d.on_shift(staff)) {
        true => Command::May(Permission::StaffOut { staff }),
        false => Command::Day(DayAct::StaffIn { staff }),
    };
    app.write(&command, None, Then::Stay)
}

fn mark(app: &mut App, up: bool) {
    let ids: Vec<FileId> = visitors(app).into_iter().map(|(id, _)| id).collect();
    let at = app.staff.mark.and_then(|mark| ids.iter().position(|id| *id == mark));
    let next = match at {
        None => 0,
        Some(at) if up => at.saturating_sub(1),
        Some(at) => (at + 1).min(ids.len().saturating_sub(1)),
    };
    app.staff.mark = ids.get(next).copied();
}

/// Has somebody left? `1` writes it.
fn asked(app: &mut App, press: &Press, visitor: FileId) -> Vec<Effect> {
    match (press.intent, press.digit()) {
        (Some(Intent::Back), _) => app.staff.asked = None,
        (_, Some(1)) => {
            (app.staff.asked, app.staff.mark) = (None, None);
            return app.write(&Command::Day(DayAct::VisitorOut { visitor }), None, Then::Stay);
        }
        (None, None) if press.char().is_some() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// Empty, unless what was typed has not been saved.
fn open_form(app: &mut App) {
    let form = &app.staff.form;
    let same = |v: &crate::domain::day::Visitor| v.name == form.name.text() && v.what == form.what_words();
    if form.sent && app.day().is_some_and(|d| d.visitors.values().any(same)) {
        app.staff.form = Form::default();
    }
    app.staff.form.sent = false;
    app.staff.form_open = true;
}

fn form(app: &mut App, press: &Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => app.staff.form_open = false,
        Some(Intent::Next) => app.staff.form.step(false),
        Some(Intent::Previous) => app.staff.form.step(true),
        Some(Intent::Go) => return save(app),
        _ => {
            let (places, sessions) = (places(app), sessions(app));
            if !app.staff.form.press(press, &places, &sessions) {
                app.flash = Some("Here a number chooses.".to_owned());
            }
        }
    }
    Vec::new()
}

/// Enter goes on to what is missing, and saves what is whole.
fn save(app: &mut App) -> Vec<Effect> {
    if let Some(missing) = app.staff.form.missing() {
        app.staff.form.focus = missing;
        return Vec::new();
    }
    let form = &app.staff.form;
    let (Some(place), false) = (form.place.clone(), app.guard.spent) else { return Vec::new() };
    let session = form.session.and_then(|no| app.day()?.numbered(no)).map(|s| s.id());
    let act = DayAct::VisitorIn { name: form.name.text(), what: form.what_words(), place, session };
    let effects = app.write(&Command::Day(act), None, Then::Stay);
    if !effects.is_empty() {
        app.guard.spent = true;
        (app.staff.form.sent, app.staff.form_open) = (true, false);
    }
    effects
}

//! A number takes the desk.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::number::Pressed;
use crate::app::start::{Why, known, numbered, numbers, why};
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words;
use crate::app::write::Then;
use crate::domain::decide::{Command, DayAct, Stamp, decide};
use crate::domain::ids::StaffId;

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(who) = app.known() {
        return known::update(app, &press, who);
    }
    if let Some(digit) = press.digit() {
        return match app.start.number.press(digit, &numbers(app)) {
            Pressed::Picked(number) => picked(app, number),
            Pressed::More => Vec::new(),
            Pressed::Unknown => {
                app.flash = Some("Nobody of the team has that number.".to_owned());
                Vec::new()
            }
        };
    }
    match (press.intent, press.key) {
        (Some(Intent::Go), _) => return go(app),
        (Some(Intent::Back), _) => back(app),
        (_, Key::Backspace) => app.start.number.clear(),
        (None, Key::Char(_)) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || app.guard.spent {
        return Vec::new();
    }
    let number = app.start.number.take(&numbers(app));
    let effects = match (number, why(app)) {
        (Some(number), _) => picked(app, number),
        (None, Why::Again(Some(was))) => take(app, was),
        _ => Vec::new(),
    };
    app.guard.spent = !effects.is_empty();
    effects
}

/// One step back: first the digits, then where the person was to change. With nobody at the desk there is no back.
fn back(app: &mut App) {
    if !app.start.number.is_empty() {
        app.start.number.clear();
    } else if app.who.is_some() {
        app.view = app.start.back.take().unwrap_or(View::Board);
    }
}

fn picked(app: &mut App, number: u16) -> Vec<Effect> {
    let Some(staff) = numbered(app, number).map(|c| c.staff) else { return Vec::new() };
    if why(app) == Why::Change(staff) {
        let name = app.register.staff_name(staff).to_owned();
        back(app);
        app.flash = Some(format!("{name} is at the desk already. Nothing was written."));
        return Vec::new();
    }
    take(app, staff)
}

/// The act is that person's own; nobody has the desk until it is on disk.
pub(in crate::app) fn take(app: &mut App, staff: StaffId) -> Vec<Effect> {
    let act = match app.day() {
        None => DayAct::Open { date: app.date },
        Some(_) => DayAct::TakeDesk { staff },
    };
    let stamp = Stamp { by: staff, ..app.stamp(None) };
    match decide(&app.register, app.day, &Command::Day(act), &stamp) {
        Ok(drafts) => {
            app.staff_view_until = None;
            app.append(drafts, Then::TookDesk)
        }
        Err(refusal) => {
            app.flash = Some(words::sentence(&words::refusal(app, &refusal)));
            Vec::new()
        }
    }
}

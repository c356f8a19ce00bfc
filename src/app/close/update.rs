//! Keys of the close: answering by digit, going to the place of a question, signing.

use std::time::Duration;

use crate::app::action::Effect;
use crate::app::close::{count, signed};
use crate::app::earlier;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words;
use crate::app::write::Then;
use crate::app::{card, prove, staff, tell};
use crate::domain::close::{Question, Subject, is_count_stale, questions};
use crate::domain::codes::Party;
use crate::domain::decide::{Command, DayAct};
use crate::domain::next::usual_card;

/// A digit this soon after the last one is the same press: it answers nothing of another family.
const BOUNCE: Duration = Duration::from_millis(120);
/// Digits of a time.
const TIME: usize = 4;

/// Opens the close, in staff view. The count is asked first, unless the last one still holds.
pub fn open(app: &mut App) {
    let Some(day) = app.day() else {
        app.flash = Some(words::sentence(&words::refusal(app, &crate::domain::refusal::Refusal::NotOpen)));
        return;
    };
    let (is_signed, ask) = (day.is_signed(), day.counted.is_none() || is_count_stale(day));
    app.staff_screen(View::Close);
    app.close.reason = None;
    if is_signed {
        app.close.count = None;
    } else if ask && app.close.count.is_none() {
        count::ask(app);
    }
}

/// An answer, or the count, is on disk.
pub fn answered(app: &mut App) {
    app.close.count = None;
    app.close.typed = None;
    app.close.set = None;
    let open = app.day().map_or(0, |day| questions(day, app.now).len());
    if app.close.mark >= open {
        app.close.mark = 0;
    }
}

/// Lobby view came back: answers are kept, and what is counted so far.
pub fn goes_dark(app: &mut App) {
    app.close.reason = None;
}

/// The questions that stop the close.
pub(super) fn open_questions(app: &App) -> Vec<Question> {
    app.day().map(|day| questions(day, app.now)).unwrap_or_default()
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.day().is_none_or(|d| d.is_signed()) {
        return signed::update(app, press);
    }
    if app.close.count.is_some() {
        return count::update(app, press);
    }
    if app.close.typed.is_some() {
        typed(app, press);
        return Vec::new();
    }
    match (press.intent, press.key) {
        (Some(Intent::Back), _) if app.close.set.take().is_some() => {}
        (Some(Intent::Back), _) => app.to_board(),
        (Some(Intent::Go), _) => return go(app),
        (Some(Intent::Next | Intent::Down), _) => step(app, 1),
        (Some(Intent::Previous | Intent::Up), _) => step(app, -1),
        (Some(Intent::First), _) => app.close.mark = 0,
        (Some(Intent::Last), _) => app.close.mark = open_questions(app).len().saturating_sub(1),
        (Some(Intent::CountAgain), _) => count::ask(app),
        (Some(Intent::Print), _) => return print(app),
        (Some(Intent::Earlier), _) => app.close.typed = Some(String::new()),
        (_, Key::Char(c)) if c.is_ascii_digit() => return digit(app, press),
        (_, Key::Char(_)) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// The close as a text file.
pub(super) fn print(app: &mut App) -> Vec<Effect> {
    app.flash = Some("The close is written for the printer.".to_owned());
    vec![Effect::PrintClose(super::printed::lines(app))]
}

fn step(app: &mut App, by: isize) {
    let len = open_questions(app).len().max(1);
    let by = by.rem_euclid(isize::try_from(len).unwrap_or(1)).unsigned_abs();
    app.close.mark = (app.close.mark + by) % len;
    app.close.set = None;
}

/// The small field of a time set back: Enter sets it, and writes nothing.
fn typed(app: &mut App, press: Press) {
    let Some(typed) = &app.close.typed else { return };
    let time = earlier::typed(app, typed);
    let Some(typed) = &mut app.close.typed else { return };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.close.typed = None,
        (Some(Intent::Go), _) => {
            if let Ok(at) = time {
                app.close.set = Some(at);
                app.close.typed = None;
            }
        }
        (_, Key::Backspace) => {
            typed.pop();
        }
        (_, Key::Char(c)) if c.is_ascii_digit() && typed.len() < TIME => typed.push(c),
        _ => {}
    }
}

/// A digit answers, and the mark stays where the next question comes up.
fn digit(app: &mut App, press: Press) -> Vec<Effect> {
    let bounce = app.close.last_digit.is_some_and(|last| press.since_start.saturating_sub(last) < BOUNCE);
    app.close.last_digit = Some(press.since_start);
    let all = open_questions(app);
    let Some(question) = all.get(app.close.mark) else { return Vec::new() };
    let at = press.digit().and_then(|d| usize::from(d).checked_sub(1));
    let Some(choice) = at.and_then(|at| question.answers.get(at)).filter(|_| !bounce) else { return Vec::new() };
    let command = if app.close.set.is_some() { choice.at_a_time() } else { choice.command.clone() };
    match command {
        None => {
            count::ask(app);
            Vec::new()
        }
        Some(command) => app.write(&command, app.close.set.or(choice.at), Then::Close),
    }
}

/// Enter goes to the place of the question; where none is left, it signs.
fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || app.guard.spent {
        return Vec::new();
    }
    let all = open_questions(app);
    let Some(question) = all.get(app.close.mark) else {
        if !all.is_empty() {
            return Vec::new();
        }
        app.guard.spent = true;
        if app.is_sealed() {
            prove::sign(app);
            return Vec::new();
        }
        return app.write(&Command::Day(DayAct::Sign), None, Then::Board);
    };
    match (&question.about, question.about.card()) {
        (_, Some((session, party))) => {
            let party = party.unwrap_or_else(|| side_of(app, &question.about, session));
            card::open(app, session, party);
        }
        (Subject::Note(note), _) => tell::open(app, *note),
        _ => staff::open(app),
    }
    Vec::new()
}

/// The side whose card a question belongs on: of the person, else the one that has a next step.
fn side_of(app: &App, about: &Subject, session: crate::domain::ids::SessionId) -> Party {
    if let Subject::AdultIn { person, .. } = about {
        let member = app.session_of(Some(session)).and_then(|s| s.member(*person));
        return member.map_or(Party::Brings, |m| m.party());
    }
    usual_card(&app.register, app.day, session, &app.stamp(None))
}

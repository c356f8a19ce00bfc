//! Keys of the list: the mark, what a digit does to the marked line, Enter reads it or opens its day.

use crate::app::action::Effect;
use crate::app::close;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::looked;
use crate::app::state::App;
use crate::app::todo::answers::acts;
use crate::app::todo::read::{may_read, may_read_notes};
use crate::app::todo::{State, in_hand, reads_of_team, refresh};
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::event::About;
use crate::domain::ids::CaseId;
use crate::domain::todo::{Todo, What};

/// Rows that a page key moves by.
const PAGE: usize = 10;

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(digit) = press.digit() {
        return answer(app, digit);
    }
    if app.todo.reading.is_some() {
        match press.intent {
            Some(Intent::Back) => app.todo.reading = None,
            Some(Intent::Go) if !app.guard.stray && !app.guard.spent => app.todo.reading = None,
            None if press.char().is_some() => app.guard.stray = true,
            _ => {}
        }
        return Vec::new();
    }
    let last = app.todo.list.len().saturating_sub(1);
    let mark = app.todo.mark;
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.to_board(),
        (Some(Intent::Go), _) => return go(app),
        (Some(Intent::Down | Intent::Next), _) => app.todo.mark = (mark + 1).min(last),
        (Some(Intent::Up | Intent::Previous), _) => app.todo.mark = mark.saturating_sub(1),
        (Some(Intent::PageDown), _) => app.todo.mark = (mark + PAGE).min(last),
        (Some(Intent::PageUp), _) => app.todo.mark = mark.saturating_sub(PAGE),
        (Some(Intent::First), _) => app.todo.mark = 0,
        (Some(Intent::Last), _) => app.todo.mark = last,
        (_, Key::Left | Key::Right) if reads_of_team(app) => {
            app.todo = State { team: !app.todo.team, ..State::default() };
            refresh(app);
        }
        (None, Key::Char(_)) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// A digit does what the marked line offers under it, on the day that the line is of.
fn answer(app: &mut App, digit: u8) -> Vec<Effect> {
    let Some(todo) = in_hand(app) else { return Vec::new() };
    let at = usize::from(digit).checked_sub(1);
    let Some(act) = at.and_then(|at| acts(app, &todo).into_iter().nth(at)) else { return Vec::new() };
    app.write_on(todo.day, &act.command, Then::Listed)
}

/// An answer is on disk: the list is shorter by a line, and the mark stays where the next one comes up.
pub fn listed(app: &mut App) {
    app.todo.reading = None;
    refresh(app);
}

fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || app.guard.spent {
        return Vec::new();
    }
    let Some(todo) = in_hand(app) else { return Vec::new() };
    match todo.what {
        What::Unsigned => {
            app.take_day(todo.date);
            close::open(app);
        }
        What::Note(note) | What::Message(note) if may_open(app, &todo) => {
            app.todo.reading = Some((todo.day, note));
            return of_family(app, &todo).map(|case| looked::look(app, case)).unwrap_or_default();
        }
        _ => {}
    }
    Vec::new()
}

/// The family whose file is read with it. What is told of one of the team is in no file of a family, and in no log.
fn of_family(app: &App, todo: &Todo) -> Option<CaseId> {
    let day = app.register.days.get(&todo.day)?;
    match todo.what {
        What::Note(id) => match day.notes.iter().find(|note| note.id == id)?.about? {
            About::Session { case, .. } => Some(case),
            About::Worker { .. } | About::Nobody(_) => None,
        },
        What::Message(id) => {
            let session = day.messages.iter().find(|message| message.id == id)?.session?;
            Some(day.session(session)?.plan.case)
        }
        _ => None,
    }
}

/// May who is at the desk read the words of this line?
pub(super) fn may_open(app: &App, todo: &Todo) -> bool {
    let Some(day) = app.register.days.get(&todo.day) else { return false };
    match todo.what {
        What::Note(id) => day.notes.iter().find(|n| n.id == id).is_some_and(|n| may_read(app, n)),
        What::Message(_) => may_read_notes(app),
        _ => false,
    }
}

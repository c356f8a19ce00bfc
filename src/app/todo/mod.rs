//! For the coordinator: her own list of what waits, of any day; and a note, read. A screen of staff view.

mod answers;
mod read;
mod update;
mod view;
mod words;

pub use update::{listed, update};
pub use view::view;

use chrono::NaiveDate;

use crate::app::keymap::Keys;
use crate::app::state::{App, View};
use crate::domain::ids::{DayId, NoteId};
use crate::domain::todo::{Todo, What, about_the_team, todo};

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "For the coordinator",
    own: &[],
    typing: false,
    also: &[
        ("digits", "What the marked line offers: seen, dealt with, known"),
        ("Enter", "Reads a note, or opens a day that was never signed"),
        ("Left Right", "Safeguarding lead and chair: the other list"),
    ],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What stands in the list in hand: over all days that there were, so not asked for at every frame.
    list: Vec<Todo>,
    /// The row in hand.
    mark: usize,
    /// The list about the team is in hand: safeguarding lead and chair only.
    team: bool,
    /// A note, or a message, that is read.
    reading: Option<(DayId, NoteId)>,
}

/// Opens it, in staff view.
pub fn open(app: &mut App) {
    app.todo = State::default();
    app.staff_screen(View::Todo);
    refresh(app);
}

/// Something was written or read: what stands in the list in hand now.
pub(super) fn refresh(app: &mut App) {
    if app.view != View::Todo {
        return;
    }
    app.todo.list = match app.who.filter(|_| app.todo.team) {
        Some(who) => about_the_team(&app.register, who),
        None => todo(&app.register, app.today()),
    };
    app.todo.mark = app.todo.mark.min(app.todo.list.len().saturating_sub(1));
}

/// Dates whose days stand in the list and are not held.
pub(super) fn dates(app: &App) -> Vec<NaiveDate> {
    let gone = |todo: &&Todo| {
        !matches!(todo.what, What::Ends { .. } | What::NewKey { .. }) && !app.register.days.contains_key(&todo.day)
    };
    app.todo.list.iter().filter(gone).map(|todo| todo.date).collect()
}

/// The line in hand.
fn in_hand(app: &App) -> Option<Todo> {
    app.todo.list.get(app.todo.mark).cloned()
}

/// Who is at the desk reads notes about the team.
fn reads_of_team(app: &App) -> bool {
    app.who.is_some_and(|who| app.register.role(who).reads_of_workers())
}

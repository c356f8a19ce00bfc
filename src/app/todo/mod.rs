//! For the coordinator: her own list of what waits, of any day; and a note, read. A screen of staff view.

mod answers;
mod read;
mod update;
mod view;
mod words;

pub use update::{listed, update};
pub use view::view;

use crate::app::keymap::Keys;
use crate::app::state::{App, View};
use crate::domain::ids::{DayId, NoteId};
use crate::domain::todo::{Todo, about_the_team, todo};

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
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
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
}

/// What stands in the list in hand.
fn list(app: &App) -> Vec<Todo> {
    match app.who.filter(|_| app.todo.team) {
        Some(who) => about_the_team(&app.register, who),
        None => todo(&app.register, app.today()),
    }
}

/// The line in hand.
fn in_hand(app: &App) -> Option<Todo> {
    list(app).get(app.todo.mark).cloned()
}

/// Who is at the desk reads notes about the team.
fn reads_of_team(app: &App) -> bool {
    app.who.is_some_and(|who| app.register.role(who).reads_of_workers())
}

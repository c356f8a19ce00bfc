//! Find: letters typed on the board, over its last rows. One person left opens that person's side; more go into a list
//! where the No chooses.

mod on_file;
mod update;
mod view;

pub(super) use on_file::says;
pub use update::{begin, pasted, update};
pub use view::view;

use crate::app::keymap::Keys;
use crate::app::state::{App, View};
use crate::domain::find::{Found, Hits, OnFile, find};
use crate::domain::ids::{CaseId, NoteId};

/// Its keys: all printed characters are text.
pub const KEYS: Keys = Keys {
    name: "Find",
    own: &[],
    typing: true,
    also: &[("letters", "more of the name"), ("digits", "in the list: the No chooses")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Letters typed so far.
    pub typed: String,
    /// The list is in hand: the No chooses.
    pub in_list: bool,
    /// The marked person of the list.
    pub mark: Option<usize>,
    /// Digits typed in the list.
    pub no: String,
    /// Anybody on file whose names begin so, whether expected today or not.
    pub on_file: Hits,
    /// F8 was the key before the first letter: what fits nobody may be meant for that note.
    pub note: Option<NoteId>,
    /// Somebody on file who is not expected today: when are they next?
    pub asked: Option<OnFile>,
}

impl State {
    /// Letters have been typed.
    pub fn is_open(&self) -> bool {
        !self.typed.is_empty()
    }

    /// The case file that is needed for an answer.
    pub fn asks_for(&self) -> Option<CaseId> {
        self.asked.as_ref().map(|asked| asked.case)
    }

    /// Nothing is typed any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// The note that what is typed may be meant for: it was written by the key before, and nobody's name begins so.
pub(super) fn meant_for(app: &App) -> Option<NoteId> {
    app.find.note.filter(|_| app.view == View::Board && app.find.is_open() && found(app).is_empty())
}

/// Who is found.
fn found(app: &App) -> Vec<Found> {
    app.day().map(|day| find(day, &app.find.typed)).unwrap_or_default()
}

//! Day log: who did what, when; a time can be corrected.

mod rows;
mod update;
mod view;

pub use update::{open, update};
pub use view::view;

use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::domain::ids::EntryId;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Day log",
    own: &[bind(Key::Char('-'), Intent::Correct)],
    typing: false,
    also: &[("digits", "The other time, once its field is open")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The entry in hand; `None`: the last.
    mark: Option<EntryId>,
    /// Digits of another time for it.
    typed: Option<String>,
}

//! Who is in: everyone in the building by place, seen one by one. Names are shown in lobby view too: life before privacy.

mod people;
mod places;
mod update;
mod view;

pub use update::{open, update};
pub use view::{named, view};

pub(super) use people::first_names;
pub(super) use view::heads;

use std::collections::BTreeSet;
use std::time::Duration;

use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::domain::day::Who;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Who is in",
    own: &[
        bind(Key::Char('p'), Intent::Print),
        bind(Key::Char('m'), Intent::Place),
        bind(Key::Char('f'), Intent::EndMuster),
    ],
    typing: false,
    also: &[("Left Right", "To the people of the other muster point")],
};

/// Its state. Who has been seen is nobody's entry: only the end of a muster is.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Who has been seen since the roll was opened.
    seen: BTreeSet<Who>,
    /// The row in hand.
    mark: Option<Who>,
    /// When the roll was opened, by the clock that never goes back.
    opened: Option<Duration>,
    /// Where the marked one is, is asked: a digit moves them.
    places: bool,
    /// The end was asked for: Enter writes it.
    ending: bool,
    /// Musters of the day when it was opened: one more, and this one has ended.
    musters: usize,
}

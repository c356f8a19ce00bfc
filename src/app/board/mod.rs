//! The board.

use crate::app::action::Effect;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "The board", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Scrolls so that the mark is in view.
pub fn show_mark(_app: &mut App) {}

/// A key was pressed.
pub fn update(_app: &mut App, _press: Press) -> Vec<Effect> {
    Vec::new()
}

/// The screen.
pub fn view(_app: &App) -> Screen {
    Screen::default()
}

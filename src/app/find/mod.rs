//! Find.

use crate::app::action::Effect;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Find", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

impl State {
    /// Letters have been typed.
    pub fn is_open(&self) -> bool {
        false
    }

    /// Nothing is typed any more.
    pub fn clear(&mut self) {}
}

/// Text was pasted.
pub fn pasted(_app: &mut App, _text: &str) {}

/// A key was pressed.
pub fn update(_app: &mut App, _press: Press) -> Vec<Effect> {
    Vec::new()
}

/// The screen.
pub fn view(_app: &App) -> Screen {
    Screen::default()
}

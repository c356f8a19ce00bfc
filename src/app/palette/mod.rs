//! All commands: every command that this person may use, searchable, with its key.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "All commands", own: &[], typing: true, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Opens the palette.
pub fn open(app: &mut App) {
    app.over = Some(crate::app::state::Over::Palette);
}

/// Text was pasted.
pub fn pasted(_app: &mut App, _text: &str) {}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if press.intent == Some(Intent::Back) {
        app.over = None;
        app.hidden = false;
        app.to_board();
    }
    Vec::new()
}

/// The screen.
pub fn view(_app: &App) -> Screen {
    Screen::default()
}

//! Take back: what the last act was; 1 takes it back.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Take back", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Opens what would be taken back.
pub fn open(app: &mut App) {
    app.over = Some(crate::app::state::Over::Undo);
}

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

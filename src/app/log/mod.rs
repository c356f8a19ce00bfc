//! Day log: who did what, when; a time can be corrected.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Day log", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Opens the day's log.
pub fn open(app: &mut App) {
    app.view = crate::app::state::View::Log;
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

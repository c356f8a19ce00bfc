//! Not coming: who does not come today, why, and who told us.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Not coming", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Opens the picker for one side of the session in hand.
pub fn open(app: &mut App, _party: crate::domain::codes::Party) {
    app.view = crate::app::state::View::Absent;
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

//! Staff on shift: the team by digit, and anyone else in the building.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Staff on shift", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Opens staff on shift.
pub fn open(app: &mut App) {
    app.view = crate::app::state::View::Staff;
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

//! Close: the blind count, the open questions, the signature.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Close", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Opens the close.
pub fn open(app: &mut App) {
    app.view = crate::app::state::View::Close;
}

/// Heads are being counted: the register's own figures are not shown.
pub fn hides_totals(_app: &App) -> bool {
    false
}

/// An answer is on disk.
pub fn answered(_app: &mut App) {}

/// Lobby view came back: the close is a screen of staff view.
pub fn lobby(_app: &mut App) {}

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

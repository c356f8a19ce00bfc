//! Who is at the desk: a digit says who it is, and opens the day if it is not open.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Who is at the desk", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {}

/// Another person takes the desk: asks who.
pub fn change_person(app: &mut App) {
    app.view = crate::app::state::View::Start;
}

/// Nobody has said who they are.
pub fn say_who(app: &mut App) -> Vec<Effect> {
    app.flash = Some("First say who you are: press your number.".to_owned());
    Vec::new()
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

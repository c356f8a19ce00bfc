//! The card.

use crate::app::action::Effect;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "The card", own: &[], typing: false, also: &[] };

/// Keys of a question on the card.
pub const QUESTION_KEYS: Keys = Keys { name: "A question on the card", own: &[], typing: false, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// A question is open.
    pub question: Option<()>,
}

impl State {
    /// Nothing is asked, nothing is set back.
    pub fn settle(&mut self) {
        self.question = None;
    }
}

/// Opens the card of a session, of one side.
pub fn open(app: &mut App, session: crate::domain::ids::SessionId, _party: crate::domain::codes::Party) {
    app.session = Some(session);
    app.view = crate::app::state::View::Card;
}

/// A key was pressed.
pub fn update(_app: &mut App, _press: Press) -> Vec<Effect> {
    Vec::new()
}

/// The screen.
pub fn view(_app: &App) -> Screen {
    Screen::default()
}

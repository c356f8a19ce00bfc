//! Tell the coordinator: a note that is on disk before its form opens.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Tell the coordinator", own: &[], typing: true, also: &[] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The last note raised at this desk.
    pub last: Option<crate::domain::ids::NoteId>,
}

/// Opens the form of a note.
pub fn open(app: &mut App, note: crate::domain::ids::NoteId) {
    app.tell.last = Some(note);
    app.view = crate::app::state::View::Tell;
}

/// A note was written from lobby view: only one line changes.
pub fn written(app: &mut App, note: crate::domain::ids::NoteId) {
    app.tell.last = Some(note);
}

/// F8 was pressed while the form is open: a fresh press opens the 999 card.
pub fn pressed_in_form(_app: &mut App, _press: crate::app::guard::TellPress) -> Vec<Effect> {
    Vec::new()
}

/// Words that were left when the program last ended.
pub fn restore(_app: &mut App, _staff: crate::domain::ids::StaffId, _words: &crate::domain::text::Text) {}

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

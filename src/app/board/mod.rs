//! The board: what is due, today's sessions by number, and what Enter opens.

mod rows;
mod update;
mod view;

pub use update::update;
pub use view::{beneath, view};

use crate::app::keymap::Keys;
use crate::app::state::App;
use crate::domain::codes::Party;
use crate::domain::ids::SessionId;

/// Its keys. Letters find, digits pick.
pub const KEYS: Keys = Keys {
    name: "The board",
    own: &[],
    typing: false,
    also: &[("letters", "find somebody of today's families"), ("1 to 99", "pick a session by its number")],
};

/// Its state; the marked row is the session in hand.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The first row in view.
    pub top: usize,
    /// Digits typed so far.
    pub typed: String,
    /// The Due line that Tab went to: its session and the side it is about.
    pub due: Option<(SessionId, Party)>,
}

/// Scrolls so that the mark is in view.
pub fn show_mark(app: &mut App) {
    let Some(day) = app.day() else { return };
    let (count, rows) = (day.sessions.len(), view::rows_in_view(app));
    let at = day.sessions.iter().position(|s| Some(s.plan.session) == app.session).unwrap_or(0);
    let top = app.board.top.min(count.saturating_sub(rows));
    app.board.top = if at < top {
        at
    } else if at >= top + rows {
        at + 1 - rows
    } else {
        top
    };
}

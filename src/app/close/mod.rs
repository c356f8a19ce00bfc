//! Close: the blind count, the open questions, the signature, opening the day again. A screen of staff view.

mod count;
mod printed;
mod says;
mod signed;
mod update;
mod view;

pub use says::rule;
pub use signed::{ask_reason, may_reopen, pasted};
pub use update::{answered, goes_dark, open, update};
pub use view::view;

use std::time::Duration;

use crate::app::close::count::Fields;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::app::state::App;
use crate::domain::codes::Moment;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Close",
    own: &[
        bind(Key::Char('c'), Intent::CountAgain),
        bind(Key::Char('-'), Intent::Earlier),
        bind(Key::Char('r'), Intent::Reopen),
        bind(Key::Char('p'), Intent::Print),
    ],
    typing: false,
    also: &[("digits", "The count; then the answer of the marked question"), ("Backspace", "Takes a digit away")],
};

/// Keys while the reason is typed why a signed day is opened again.
pub const REASON_KEYS: Keys = Keys {
    name: "Why the day is opened again",
    own: &[],
    typing: true,
    also: &[("letters", "The reason"), ("Backspace", "Takes a letter away")],
};

/// Its state. Answers are entries; only what is being typed is here.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Heads are being counted: what is typed so far.
    count: Option<Fields>,
    /// The count was asked today: the board hides its totals.
    begun: bool,
    /// Which question is in hand.
    mark: usize,
    /// Digits of a time that the answer is to be set back to.
    typed: Option<String>,
    /// A time that the next answer is set back to.
    set: Option<Moment>,
    /// When the last answer was pressed: a digit that bounces answers nothing else.
    last_digit: Option<Duration>,
    /// Why the day is opened again, as far as typed.
    reason: Option<String>,
}

impl State {
    /// A reason is being typed.
    pub fn asks_reason(&self) -> bool {
        self.reason.is_some()
    }
}

/// From the first count on, until the day is signed, no other screen shows how many the register has in the building: a
/// count that is to be trusted is made before the figures are seen. (Who is in shows them always.)
pub fn hides_totals(app: &App) -> bool {
    app.day().is_some_and(|day| !day.is_signed() && (app.close.begun || day.counted.is_some()))
}

//! One act by two people: somebody else shows by their passphrase that they allow it, or sign; who has the desk keeps it.

mod sign;
mod update;
mod view;

pub use update::{allow, not_proved, pasted, proved, sign, update};
pub use view::view;

pub(super) use sign::words_of as alone;

use crate::app::keymap::Keys;
use crate::app::pass::Pass;
use crate::domain::codes::Moment;
use crate::domain::decide::Command;
use crate::domain::ids::StaffId;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Somebody else's passphrase",
    own: &[],
    typing: true,
    also: &[
        ("digits", "their number; 0 at the end of the day: nobody else signs, then why"),
        ("letters", "their passphrase: four letters of each word are enough"),
    ],
};

/// What is asked of somebody else.
#[derive(Debug, Clone)]
enum Of {
    /// To allow this.
    Allow { by: StaffId, command: Box<Command>, at: Option<Moment>, what: String },
    /// To sign the day with who has the desk.
    Sign(sign::Reason),
}

/// Its state, while it is asked.
#[derive(Debug, Clone)]
pub struct State {
    of: Of,
    pass: Pass,
    /// One sentence about the last try.
    says: Option<String>,
}

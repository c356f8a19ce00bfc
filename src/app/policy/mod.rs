//! How the centre works: the policy, section by section, changed in a draft and written as one new version.

mod changes;
pub(super) mod form;
mod rows;
mod sections;
mod update;
mod view;

pub use changes::{changes, history};
pub use update::{pasted, update};
pub use view::{saved, view};

use std::sync::Arc;

use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::app::policy::form::Form;
use crate::app::policy::sections::Section;
use crate::app::state::{App, View};
use crate::domain::policy::{Policy, Power};

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "How the centre works",
    own: &[bind(Key::Char('a'), Intent::Add), bind(Key::Char('r'), Intent::Retire)],
    typing: false,
    also: &[
        ("digits", "a section; in one a number, or who may"),
        ("Left Right", "the other lists of a section"),
        ("1", "once asked: writes the new version"),
    ],
};

/// Keys of the small form.
pub const FORM_KEYS: Keys = Keys {
    name: "How the centre works: one line of it",
    own: &[],
    typing: true,
    also: &[("letters", "its words"), ("1-9", "chooses"), ("Left Right", "the choice before, the next")],
};

/// Its state. The draft is no entry: only what is written is.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What would be written; its version is the one that it comes from.
    draft: Option<Policy>,
    /// The section in hand; `None`: the list of them.
    section: Option<Section>,
    /// Which list of a section that has several.
    list: usize,
    /// The row in hand.
    mark: usize,
    /// Digits of a number.
    typed: String,
    /// The form in hand.
    form: Option<Form>,
    /// Whether it is to be written, is asked.
    asks: bool,
}

impl State {
    /// Letters are text.
    pub fn is_typing(&self) -> bool {
        self.form.is_some()
    }
}

/// Opens it, in staff view. A draft that was not written is still there.
pub fn open(app: &mut App) {
    app.policy.typed.clear();
    app.policy.asks = false;
    app.staff_screen(View::Policy);
}

/// May who is at the desk change it? Others read it.
fn may_change(app: &App) -> bool {
    app.who.is_some_and(|who| app.policy().may(app.register.role(who), Power::SetPolicy))
}

/// The version in force: the next day opened holds to it.
fn in_force(app: &App) -> Arc<Policy> {
    app.register.policy()
}

/// What would be written: the draft, if it comes from the version in force.
fn draft(app: &App) -> Policy {
    let held = in_force(app);
    let of_now = app.policy.draft.as_ref().filter(|d| d.version == held.version);
    of_now.cloned().unwrap_or_else(|| (*held).clone())
}

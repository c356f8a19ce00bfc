//! People: who may open the register, added, changed, removed, and given a new passphrase. A screen of staff view.

mod card;
mod done;
mod form;
mod history;
mod own;
mod update;
mod view;

pub use card::{Card, Listed, PeopleAct, PeopleDone};
pub use done::{done, listed, not_done, offered};
pub use own::{
    KEYS as OWN_KEYS, left as own_left, open as open_own, pasted as own_pasted, update as own_update, view as own_view,
};
pub use update::{open, pasted, update};
pub use view::view;

pub(super) use form::{blocks as form_blocks, card as form_card, empty as empty_form, missing as form_missing};
pub(super) use view::once;

use crate::app::field::Typed;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::app::policy::form::Form;
use crate::app::secret::Secret;
use crate::app::state::{App, View};
use crate::domain::ids::StaffId;

/// Its keys. No letter writes: each opens a form or a question.
pub const KEYS: Keys = Keys {
    name: "People",
    own: &[
        bind(Key::Char('a'), Intent::Add),
        bind(Key::Char('n'), Intent::NewPassphrase),
        bind(Key::Char('g'), Intent::GiveNotes),
        bind(Key::Char('r'), Intent::Remove),
        bind(Key::Char('h'), Intent::History),
    ],
    typing: false,
    also: &[("Enter", "changes what is held of the marked one"), ("1", "once asked: does it")],
};

/// Keys of its forms.
pub const FORM_KEYS: Keys = Keys {
    name: "People: one of them",
    own: &[],
    typing: true,
    also: &[("letters, digits", "what is held of them"), ("1-9 Left Right", "chooses a role, yes or no")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Everybody, once they have come.
    all: Option<Vec<Listed>>,
    /// The row in hand.
    mark: Option<StaffId>,
    /// What is in hand.
    step: Step,
    /// Something is being done: keys do nothing until the answer comes.
    busy: bool,
    /// One sentence about what was done last, or why it was not.
    says: Option<String>,
    /// One's own passphrase is changed.
    own: Option<own::State>,
}

/// What is in hand.
#[derive(Debug, Clone, Default)]
enum Step {
    /// The list.
    #[default]
    List,
    /// Somebody new, or what is held of somebody.
    Form(Form, Option<StaffId>),
    /// A question that `1` answers.
    Ask(Ask),
    /// The word without which nobody is removed.
    Remove(Typed),
    /// What was done, the newest first, from this row on.
    History(usize),
    /// A passphrase that is shown once, and whose.
    Shown(StaffId, Secret),
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// A first key, or a new passphrase.
    Passphrase,
    /// Earlier notes.
    Give,
}

impl State {
    /// An act is waited for, or of the screen that shows it the list.
    pub(super) fn waits(&self, view: View) -> bool {
        let list = view == View::People && self.all.is_none();
        list || self.busy || self.own.as_ref().is_some_and(own::State::is_busy)
    }

    /// A passphrase is shown that was not yet written down.
    pub(super) fn is_shown(&self) -> bool {
        matches!(self.step, Step::Shown(..))
    }

    /// Letters are text.
    pub fn is_typing(&self) -> bool {
        matches!(self.step, Step::Form(..) | Step::Remove(_))
    }
}

/// Everybody, those who left last; each by their number.
fn rows(app: &App) -> Vec<&Listed> {
    let mut all: Vec<&Listed> = app.people.all.iter().flatten().collect();
    all.sort_by_key(|l| (l.left.is_some(), l.card.number, l.staff));
    all
}

/// The row in hand.
fn marked(app: &App) -> Option<&Listed> {
    let all = rows(app);
    let mark = app.people.mark.and_then(|mark| all.iter().find(|l| l.staff == mark).copied());
    mark.or_else(|| all.first().copied())
}

/// `Ruth Hughes`
fn name(card: &Card) -> String {
    format!("{} {}", card.given, card.family).trim().to_owned()
}

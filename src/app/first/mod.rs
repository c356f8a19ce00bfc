//! First start: there is no register yet. A centre is set up with its first coordinator, or the practice register is
//! made. Nothing is on disk before the recovery words were written down.

mod answer;
mod update;
mod view;
mod words;

pub use answer::{made, not_set_up};
pub use update::{pasted, update};
pub use view::view;

use crate::app::field::Purpose;
use crate::app::keymap::Keys;
use crate::app::lock::WordList;
use crate::app::newpass::NewPass;
use crate::app::people::{Card, empty_form};
use crate::app::policy::form::Form;
use crate::app::secret::Secret;
use crate::app::state::{App, Setup, View};
use crate::domain::codes::Role;
use crate::domain::text::Text;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "First start",
    own: &[],
    typing: false,
    also: &[("Enter", "makes the practice register"), ("1", "sets up a centre")],
};

/// Keys of its forms.
pub const FORM_KEYS: Keys = Keys {
    name: "First start: a centre",
    own: &[],
    typing: true,
    also: &[("letters, digits", "the centre, you, your passphrase, two recovery words")],
};

/// A centre, and its first coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// The centre's name.
    pub centre: Text,
    /// The first coordinator, number 1.
    pub card: Card,
    /// Their passphrase.
    pub passphrase: Secret,
}

/// Its state.
#[derive(Debug, Clone)]
pub struct State {
    /// Where the register would lie.
    folder: String,
    /// What its recovery sheet is made of.
    pub(super) list: WordList,
    step: Step,
    /// The centre and its coordinator, as far as typed.
    form: Form,
    new: NewPass,
    /// The 26 words, while they may be read.
    words: Option<Secret>,
    /// Two of them that are asked for, by their number from 0, and what is typed.
    check: words::Check,
    busy: bool,
    /// Esc was pressed over the 26 words: once more makes them void.
    voids: bool,
    says: Option<String>,
}

/// What is in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A centre, or practice?
    Ask,
    /// The centre and its coordinator.
    Form,
    /// Their passphrase.
    Passphrase,
    /// The 26 words.
    Words,
    /// Two of them.
    Check,
}

impl State {
    fn new(folder: String, list: WordList) -> Self {
        let form = empty_form(1, Role::Coordinator);
        Self {
            folder,
            list,
            step: Step::Ask,
            // Behind the fields that every person has.
            form: form.words("Name of the centre", Purpose::CentreWords, &Text::default()),
            new: NewPass::default(),
            words: None,
            check: words::Check::default(),
            busy: false,
            voids: false,
            says: None,
        }
    }

    /// The 26 words stand on the screen.
    pub(super) fn shows_words(&self) -> bool {
        self.step == Step::Words
    }

    /// Letters are text.
    pub fn is_typing(&self) -> bool {
        matches!(self.step, Step::Form | Step::Passphrase | Step::Check)
    }

    /// Five words have come.
    pub(super) fn offer(&mut self, words: Secret) {
        self.new.offer(words);
    }
}

impl App {
    /// Where there is no register yet; `folder`: where it would lie, as it is shown; `list`: the words of its sheet.
    pub fn first(setup: Setup, folder: String, list: WordList) -> Self {
        let mut app = Self::empty(setup, View::First);
        app.lock.first = Some(Box::new(State::new(folder, list)));
        app
    }
}

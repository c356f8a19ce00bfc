//! The card of a session, one side of it: who is really here, what comes next, and the questions that a letter opens.
//!
//! A digit ticks who is here; Enter does the next step of the side in hand (`domain::next`); a letter opens a question
//! (`ask`) that a digit answers. Enter never changes who is responsible for a child.

mod answer;
mod ask;
mod course;
mod foot;
mod form;
mod lines;
mod opens;
mod people;
mod set_back;
mod step;
mod todo;
mod update;
mod view;
mod will;

pub use ask::{Files, Pair, Question, date, offered};
pub use form::Form;
pub use update::{cancel, leave_message, lobby, open, pasted, update};
pub use view::{beside, shut, view};

use std::collections::BTreeMap;

use crate::app::card::set_back::SetBack;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::app::number::Number;
use crate::domain::codes::Party;
use crate::domain::decide::Permission;
use crate::domain::ids::PersonId;
use crate::domain::policy::Code;

/// Keys of the card. No letter writes: each opens a question with nothing chosen.
pub const KEYS: Keys = Keys {
    name: "The card of a session",
    own: &[
        bind(Key::Char('a'), Intent::NotComing),
        bind(Key::Char('l'), Intent::Late),
        bind(Key::Char('w'), Intent::BroughtBy),
        bind(Key::Char('d'), Intent::LeavesWith),
        bind(Key::Char('o'), Intent::GoesOut),
        bind(Key::Char('m'), Intent::Place),
        bind(Key::Char('n'), Intent::NoPart),
        bind(Key::Char('k'), Intent::Keep),
        bind(Key::Char('g'), Intent::GiveBack),
        bind(Key::Char('c'), Intent::Call),
        bind(Key::Char('f'), Intent::Message),
        bind(Key::Char('v'), Intent::Another),
        bind(Key::Char('e'), Intent::Early),
        bind(Key::Char('x'), Intent::Happened),
        bind(Key::Char('t'), Intent::ToldOther),
        bind(Key::Char('s'), Intent::Contact),
        bind(Key::Char('i'), Intent::Files),
        bind(Key::Char('r'), Intent::Allow),
        bind(Key::Char('-'), Intent::Earlier),
    ],
    typing: false,
    also: &[("1 to 9", "who is really here")],
};

/// Keys of a question on the card.
pub const QUESTION_KEYS: Keys = Keys {
    name: "A question on the card",
    own: &[
        bind(Key::Char('-'), Intent::Earlier),
        bind(Key::Char('w'), Intent::BroughtBy),
        bind(Key::Char('k'), Intent::Keep),
        bind(Key::Char('r'), Intent::Allow),
    ],
    typing: false,
    also: &[("0 to 9", "the answer")],
};

/// Keys of a form on the card: all printed characters are text.
pub const FORM_KEYS: Keys =
    Keys { name: "A form on the card", own: &[], typing: true, also: &[("letters, digits", "text")] };

/// Its state.
#[derive(Debug, Clone)]
pub struct State {
    /// The side in hand.
    pub party: Party,
    /// Ticks that were changed by hand.
    pub ticks: BTreeMap<PersonId, bool>,
    /// Another way in: door and place.
    pub way: Option<(Code, Code)>,
    /// A time set back.
    pub set_back: SetBack,
    /// The question that is open.
    pub question: Option<Question>,
    /// Digits so far, where more than nine can answer it.
    pub number: Number,
    /// What was chosen in it, where Enter is to follow.
    pub chosen: Option<usize>,
    /// The form that is open.
    pub form: Option<Form>,
    /// What an answer asked for, and the rules did not let be.
    pub refused: Option<Permission>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            party: Party::Brings,
            ticks: BTreeMap::new(),
            way: None,
            set_back: SetBack::default(),
            question: None,
            number: Number::default(),
            chosen: None,
            form: None,
            refused: None,
        }
    }
}

impl State {
    /// Nothing is ticked by hand, asked, or set back.
    pub fn settle(&mut self) {
        *self = Self { party: self.party, ..Self::default() };
    }

    /// The question is closed, the ticks stay.
    pub fn close_question(&mut self) {
        self.question = None;
        self.number.clear();
        self.chosen = None;
        self.form = None;
        self.refused = None;
    }
}

//! From keys to intents, by mode: one table a screen, from which footer, help and docs/KEYS.md are made.

use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::{
    absent, board, card, close, find, first, help, hide, lock, log, palette, paper, people, policy, prove, roll, shut,
    staff, start, tell, todo, undo,
};

/// One line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The key.
    pub key: Key,
    /// What it means.
    pub intent: Intent,
}

/// A table of one mode.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// The name of the screen, for help and docs.
    pub name: &'static str,
    /// Keys of its own; they win over the common ones.
    pub own: &'static [Binding],
    /// Letters are text here, or find: the common keys that are printed characters do not hold.
    pub typing: bool,
    /// Keys of other kinds, for help and docs: digits, letters.
    pub also: &'static [(&'static str, &'static str)],
}

/// What is in hand. Derived from the state, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// Before anybody has the desk, or when the person changes.
    Start,
    /// The board.
    Board,
    /// Letters typed on the board.
    Find,
    /// The card of a session.
    Card,
    /// A question on the card.
    Question,
    /// A form on the card.
    CardForm,
    /// Not coming.
    Absent,
    /// Not coming: another reason, found by typing.
    AbsentFind,
    /// Tell the coordinator.
    Tell,
    /// Who is in.
    Roll,
    /// Close.
    Close,
    /// The reason why a signed day is opened again.
    Reason,
    /// Staff on shift.
    Staff,
    /// Somebody else comes into the building.
    StaffForm,
    /// Day log.
    Log,
    /// Which sheet is entered.
    Paper,
    /// How the centre works.
    Policy,
    /// One line of it.
    PolicyForm,
    /// For the coordinator.
    Todo,
    /// The book was shut with people in.
    Shut,
    /// Help.
    Help,
    /// Every command.
    Palette,
    /// What would be taken back.
    Undo,
    /// The hidden screen.
    Hidden,
    /// Nobody is in.
    Locked,
    /// Another person takes the desk, by passphrase.
    Change,
    /// Somebody else's passphrase, for one act.
    Prove,
    /// Who may open the register.
    People,
    /// One of them.
    PeopleForm,
    /// One's own passphrase.
    Passphrase,
    /// There is no register yet.
    First,
    /// A centre is set up.
    FirstForm,
}

impl Mode {
    /// Every mode, in the order of docs/KEYS.md.
    pub const ALL: &'static [Self] = &[
        Self::Start,
        Self::Board,
        Self::Find,
        Self::Card,
        Self::Question,
        Self::CardForm,
        Self::Absent,
        Self::AbsentFind,
        Self::Tell,
        Self::Roll,
        Self::Close,
        Self::Reason,
        Self::Staff,
        Self::StaffForm,
        Self::Log,
        Self::Paper,
        Self::Policy,
        Self::PolicyForm,
        Self::Todo,
        Self::Shut,
        Self::Help,
        Self::Palette,
        Self::Undo,
        Self::Hidden,
        Self::Locked,
        Self::Change,
        Self::Prove,
        Self::People,
        Self::PeopleForm,
        Self::Passphrase,
        Self::First,
        Self::FirstForm,
    ];

    /// What is typed here may be a passphrase: no key of it is remembered.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Locked | Self::Change | Self::Prove | Self::Passphrase | Self::FirstForm)
    }

    /// A digit does something at once here, rather than being part of a number or a text.
    pub fn digits_answer(self) -> bool {
        matches!(
            self,
            Self::Question
                | Self::Absent
                | Self::Staff
                | Self::Start
                | Self::Undo
                | Self::Close
                | Self::Todo
                | Self::Shut
                | Self::People
                | Self::First
        )
    }

    /// Its table.
    pub fn keys(self) -> &'static Keys {
        match self {
            Self::Start => &start::KEYS,
            Self::Board => &board::KEYS,
            Self::Find => &find::KEYS,
            Self::Card => &card::KEYS,
            Self::Question => &card::QUESTION_KEYS,
            Self::CardForm => &card::FORM_KEYS,
            Self::Absent => &absent::KEYS,
            Self::AbsentFind => &absent::FIND_KEYS,
            Self::Tell => &tell::KEYS,
            Self::Roll => &roll::KEYS,
            Self::Close => &close::KEYS,
            Self::Reason => &close::REASON_KEYS,
            Self::Staff => &staff::KEYS,
            Self::StaffForm => &staff::FORM_KEYS,
            Self::Log => &log::KEYS,
            Self::Paper => &paper::KEYS,
            Self::Policy => &policy::KEYS,
            Self::PolicyForm => &policy::FORM_KEYS,
            Self::Todo => &todo::KEYS,
            Self::Shut => &shut::KEYS,
            Self::Help => &help::KEYS,
            Self::Palette => &palette::KEYS,
            Self::Undo => &undo::KEYS,
            Self::Hidden => &hide::KEYS,
            Self::Locked => &lock::KEYS,
            Self::Change => &lock::CHANGE_KEYS,
            Self::Prove => &prove::KEYS,
            Self::People => &people::KEYS,
            Self::PeopleForm => &people::FORM_KEYS,
            Self::Passphrase => &people::OWN_KEYS,
            Self::First => &first::KEYS,
            Self::FirstForm => &first::FORM_KEYS,
        }
    }
}

/// A line of a table.
pub const fn bind(key: Key, intent: Intent) -> Binding {
    Binding { key, intent }
}

/// Keys that hold on every screen that has none of its own for them. F8, F9, F1 and F12 have twins that every terminal
/// lets through.
pub const COMMON: &[Binding] = &[
    bind(Key::Enter, Intent::Go),
    bind(Key::Esc, Intent::Back),
    bind(Key::Tab, Intent::Next),
    bind(Key::BackTab, Intent::Previous),
    bind(Key::Up, Intent::Up),
    bind(Key::Down, Intent::Down),
    bind(Key::PageUp, Intent::PageUp),
    bind(Key::PageDown, Intent::PageDown),
    bind(Key::Home, Intent::First),
    bind(Key::End, Intent::Last),
    bind(Key::F(1), Intent::Help),
    bind(Key::Char('?'), Intent::Help),
    bind(Key::F(2), Intent::Staff),
    bind(Key::F(3), Intent::Log),
    bind(Key::F(5), Intent::View),
    bind(Key::F(6), Intent::Person),
    bind(Key::F(7), Intent::Close),
    bind(Key::F(8), Intent::Tell),
    bind(Key::Char('*'), Intent::Tell),
    bind(Key::F(9), Intent::Roll),
    bind(Key::Char('('), Intent::Roll),
    bind(Key::Char('!'), Intent::Todo),
    bind(Key::F(12), Intent::Hide),
    bind(Key::Char(' '), Intent::Hide),
    bind(Key::Ctrl('p'), Intent::Palette),
    bind(Key::Ctrl('z'), Intent::Undo),
    bind(Key::Ctrl('l'), Intent::Lock),
    bind(Key::Ctrl('q'), Intent::Quit),
    bind(Key::Ctrl('t'), Intent::Minute),
    bind(Key::Ctrl('n'), Intent::NextDue),
];

/// What a key means in a mode.
pub fn meaning(mode: Mode, key: Key) -> Option<Intent> {
    let keys = mode.keys();
    let own = keys.own.iter().find(|b| b.key == key);
    let common = || COMMON.iter().find(|b| b.key == key && !(keys.typing && matches!(key, Key::Char(_))));
    own.or_else(common).map(|b| b.intent)
}

/// The key of an intent in a mode, as printed on it: the first in the tables.
pub fn key_of(mode: Mode, intent: Intent) -> Option<Key> {
    mode.keys().own.iter().chain(COMMON).find(|b| b.intent == intent).map(|b| b.key)
}

//! The locked screen: number and passphrase open the register; until then nothing of it can be read but, once it was
//! open, who was in.

mod answer;
mod change;
mod raised;
mod recover;
mod roll;
mod sheet;
mod tries;
mod update;
mod view;

pub use answer::{fails, making, not_unlocked, recovered, unlocked};
pub use change::{KEYS as CHANGE_KEYS, change_person};
pub use raised::{enter_raised, raised_stored};
pub use sheet::WordList;
pub use tries::Tries;
pub use update::{asked, idle, lock, pasted, tell, update, wakes_at};
pub use view::view;

pub(super) use answer::{proved, said};
pub(super) use change::{left as left_change, update as change_update, view as change_view};
pub(super) use tries::waits_until;
pub(super) use view::reads;

use std::time::Duration;

use crate::app::first;
use crate::app::keymap::Keys;
use crate::app::lock::roll::Roll;
use crate::app::pass::Pass;
use crate::app::screen::Block;
use crate::app::secret::Secret;
use crate::app::state::{App, Setup, View};
use crate::domain::codes::Moment;
use crate::domain::ids::StaffId;
use crate::domain::past::Want;
use crate::domain::register::Register;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Locked",
    own: &[],
    typing: true,
    also: &[
        ("digits", "your number; 0 is the recovery sheet"),
        ("letters", "your passphrase: four letters of each word are enough"),
        ("F8", "keeps the time; it is entered when somebody unlocks"),
        ("F9", "first names and places of who was in"),
        ("F12", "on the recovery sheet: its words as dots, and back"),
    ],
};

/// A register whose people have passphrases.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Of a practice register: the passphrase that everybody knows, shown and filled in.
    pub practice: Option<Secret>,
    /// About how many seconds unlocking takes on this machine.
    pub seconds: u8,
    /// The words that a recovery sheet is made of.
    pub list: WordList,
}

/// What comes when somebody is in.
#[derive(Debug, Clone)]
pub struct Unlocked {
    /// Who.
    pub who: StaffId,
    /// As this person may read it.
    pub register: Register,
    /// Who must not meet, and what this asks for, is being read, and comes by itself as `Brought`.
    pub comes: Option<Want>,
    /// As at a start: the register may have a clock of its own. The size is the one that the screen has.
    pub setup: Setup,
    /// When F8 was pressed on the locked screen, as far as it is not entered.
    pub raised: Vec<Moment>,
    /// Keys that nobody who may had given were in the keyring, or something else in the place of theirs: it was put right.
    pub put_right: bool,
}

/// Why nobody is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotUnlocked {
    /// Number and passphrase do not go together.
    Wrong,
    /// It cannot be opened: what happened, what was kept, what to do.
    Trouble(String),
}

/// Its state; and who is in, while somebody is.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `None`: nothing is sealed, and no screen asks for a passphrase.
    sealed: Option<Sealed>,
    /// What is typed.
    pass: Pass,
    /// The recovery sheet is typed: whose number, and its words.
    recover: Option<sheet::Sheet>,
    /// A new passphrase that is shown once, and of which number.
    shown: Option<(u8, Secret)>,
    /// Wrong passphrases, and how long the next waits.
    tries: tries::State,
    /// One sentence about the last try.
    says: Option<String>,
    /// Who was in when it was locked.
    roll: Option<Roll>,
    /// It is on the screen, from this row on.
    roll_from: Option<usize>,
    /// When F8 was pressed while it was locked.
    raised: Vec<Moment>,
    /// Who has unlocked it.
    known: Option<StaffId>,
    /// When the last key was pressed.
    last_key: Duration,
    /// It was open before, and only locked.
    warm: bool,
    /// It is locked as soon as what is being saved is on disk.
    wanted: bool,
    /// Entries that were read of how many, while the directory is made again and an answer is waited for.
    making: Option<(u64, u64)>,
    /// Where Esc goes when the person only changes.
    back: Option<View>,
    /// There is no register yet.
    pub(super) first: Option<Box<first::State>>,
}

impl State {
    /// Of a register that is sealed, its fields as they are at the start.
    fn of(sealed: Sealed) -> Self {
        let pass = Pass::filled(sealed.practice.as_ref());
        Self { sealed: Some(sealed), pass, ..Self::default() }
    }

    /// A key was pressed, or something pasted.
    pub(super) fn touched(&mut self, at: Duration) {
        self.last_key = at;
    }

    /// A passphrase is being tried.
    pub(super) fn is_trying(&self) -> bool {
        self.pass.tried || self.recover.as_ref().is_some_and(|r| r.tried)
    }

    /// The answer has come.
    pub(super) fn is_made(&mut self) {
        self.making = None;
    }

    /// A new passphrase stands on the screen.
    pub(super) fn shows_once(&self) -> bool {
        self.shown.is_some()
    }

    /// It is to be locked once what is being saved is on disk.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// What was being saved could not be: it stays open, with what was typed.
    pub(super) fn is_not_wanted(&mut self) {
        self.wanted = false;
    }

    /// What whoever gets in is told.
    pub(super) fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    /// The passphrase that everybody knows.
    pub(super) fn practice(&self) -> Option<&Secret> {
        self.sealed.as_ref().and_then(|s| s.practice.as_ref())
    }
}

impl App {
    /// At the start of a sealed register: nothing of it is read.
    pub fn locked(setup: Setup, sealed: Sealed, tries: Tries) -> Self {
        let mut app = Self::empty(setup, View::Locked);
        app.lock = State { tries: tries::State::at_start(tries), ..State::of(sealed) };
        app
    }

    /// Nothing of any register.
    pub(super) fn empty(setup: Setup, view: View) -> Self {
        let register = Register::default();
        let date = setup.now.date_naive();
        let day = register.day_id(date);
        Self { view, ..Self::blank(register, setup, date, day) }
    }

    /// People have passphrases here.
    pub fn is_sealed(&self) -> bool {
        self.lock.sealed.is_some()
    }

    /// Nobody is in: nothing of the book is held.
    pub fn is_locked(&self) -> bool {
        matches!(self.view, View::Locked | View::First)
    }

    /// Everybody in it is invented.
    pub(super) fn is_practice(&self) -> bool {
        self.register.is_practice() || self.lock.practice().is_some()
    }

    /// Who has unlocked it: at the desk, or about to be.
    pub(super) fn known(&self) -> Option<StaffId> {
        self.lock.known.filter(|_| self.is_sealed())
    }
}

/// What a practice register says of its passphrase.
fn practice(app: &App) -> Vec<Block> {
    let Some(passphrase) = app.lock.practice() else { return Vec::new() };
    vec![
        Block::line("    Everybody in this register is invented. The passphrase of each number is"),
        Block::line(format!("    {}", passphrase.reveal())),
        Block::Blank,
    ]
}

/// `about a second`, `about 3 seconds`.
pub(super) fn how_long(app: &App) -> String {
    match app.lock.sealed.as_ref().map_or(1, |s| s.seconds) {
        0 | 1 => "about a second".to_owned(),
        n => format!("about {n} seconds"),
    }
}

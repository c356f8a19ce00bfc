//! A number and a passphrase: the two fields by which somebody shows who they are.

use crate::app::key::Key;
use crate::app::screen::{Block, Field};
use crate::app::secret::Secret;
use crate::app::update::Press;
use crate::domain::text;

/// Digits of a number.
const DIGITS: usize = 3;
/// Dots that are drawn; more are not told apart.
const DOTS: usize = 48;

/// Which field is in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The number.
    #[default]
    Number,
    /// The passphrase.
    Passphrase,
}

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct Pass {
    number: String,
    passphrase: Secret,
    /// The field in hand.
    pub focus: Focus,
    /// It is being tried: keys do nothing until the answer comes.
    pub tried: bool,
}

impl Pass {
    /// With a passphrase in it already: a practice register's.
    pub fn filled(passphrase: Option<&Secret>) -> Self {
        Self { passphrase: passphrase.cloned().unwrap_or_default(), ..Self::default() }
    }

    /// Of a person who is known: only the passphrase is asked.
    pub fn of(number: u8, passphrase: Option<&Secret>) -> Self {
        Self { number: number.to_string(), focus: Focus::Passphrase, ..Self::filled(passphrase) }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<u8> {
        self.number.parse().ok()
    }

    /// Something is typed as a passphrase.
    pub fn has_passphrase(&self) -> bool {
        !self.passphrase.is_empty()
    }

    /// The first digit of the number is to come.
    pub fn is_at_first_digit(&self) -> bool {
        self.focus == Focus::Number && self.number.is_empty()
    }

    /// Both are there.
    pub fn is_whole(&self) -> bool {
        self.number().is_some() && self.has_passphrase()
    }

    /// The other field.
    pub fn turn(&mut self) {
        self.focus = match self.focus {
            Focus::Number => Focus::Passphrase,
            Focus::Passphrase => Focus::Number,
        };
    }

    /// Number and passphrase, to be tried; the passphrase is not here any more.
    pub fn send(&mut self) -> Option<(u8, Secret)> {
        let number = self.number().filter(|_| self.is_whole() && !self.tried)?;
        self.tried = true;
        Some((number, self.passphrase.take()))
    }

    /// It was not right: the number stays, and the passphrase is typed again.
    pub fn again(&mut self, practice: Option<&Secret>) {
        self.tried = false;
        self.passphrase = practice.cloned().unwrap_or_default();
        self.focus = Focus::Passphrase;
    }

    /// One step back: the passphrase goes first, then the number. Whether there was something.
    pub fn back(&mut self) -> bool {
        let typed = !self.passphrase.is_empty() || !self.number.is_empty();
        if self.passphrase.is_empty() {
            self.number.clear();
        }
        self.passphrase.wipe();
        self.focus = if self.number.is_empty() { Focus::Number } else { self.focus };
        typed
    }

    /// A key for the field in hand. A number never goes on by itself, since the locked screen knows nobody's; the first
    /// letter behind it does, and is the passphrase's.
    pub fn press(&mut self, press: &Press) {
        if let Key::Char(c) = press.key
            && self.number().is_some()
            && !c.is_ascii_digit()
        {
            self.focus = Focus::Passphrase;
        }
        match (self.focus, press.key) {
            (Focus::Number, Key::Backspace) => {
                self.number.pop();
            }
            (Focus::Number, Key::Delete) => self.number.clear(),
            (Focus::Number, Key::Char(c)) if c.is_ascii_digit() && self.number.len() < DIGITS => self.number.push(c),
            (Focus::Passphrase, Key::Backspace) => self.passphrase.pop(),
            (Focus::Passphrase, Key::Delete) => self.passphrase.wipe(),
            (Focus::Passphrase, Key::Char(c)) if text::allowed(c) => self.passphrase.push(c),
            _ => {}
        }
    }

    /// Text was pasted: into the passphrase, as one line.
    pub fn paste(&mut self, raw: &str) {
        if self.focus == Focus::Passphrase {
            let line = raw.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
            line.filter(|c| text::allowed(*c)).for_each(|c| self.passphrase.push(c));
        }
    }

    /// The two fields, a blank row between; in clear where everybody may read it.
    pub fn blocks(&self, labels: [&str; 2], clear: bool) -> Vec<Block> {
        let field = |before| Field { before, after: String::new() };
        let passphrase = if clear { self.passphrase.reveal().to_owned() } else { dots(&self.passphrase) };
        let input = |label: &str, before, focused| Block::Input {
            label: format!("    {label:<14}"),
            field: field(before),
            right: String::new(),
            focused: focused && !self.tried,
        };
        let [number, secret] = labels;
        vec![
            input(number, self.number.clone(), self.focus == Focus::Number),
            Block::Blank,
            input(secret, passphrase, self.focus == Focus::Passphrase),
        ]
    }
}

/// A dot for each character.
pub fn dots(secret: &Secret) -> String {
    "*".repeat(secret.chars().min(DOTS))
}

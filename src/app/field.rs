//! Text fields: the fixed list of what can be typed in free words (design.md, invariant 8), and the field itself.

use tui_input::{Input, InputRequest};

use crate::app::key::Key;
use crate::app::screen::Field;
use crate::app::update::Press;
use crate::domain::text::{self, Text};

/// Characters of a message of a fixed kind, and of where they go.
const FEW_WORDS: usize = 60;
/// Characters of where a thing lies.
const WHERE_IT_LIES: usize = 24;

/// Digits of somebody's number.
const PERSON_NUMBER: usize = 3;

/// What a field is for. Nothing else can be typed in free words on these screens; none of it says how contact went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The name of somebody who is in the building, as given.
    VisitorName,
    /// What they are, where no number says it.
    VisitorWhat,
    /// A note for the coordinator.
    NoteWords,
    /// The number of a paper form.
    NotePaper,
    /// The name of somebody at the door, as given: not on the list, of an agency, a one-off collector.
    NameAsGiven,
    /// The number of an agency, or the number on file that was rung.
    Number,
    /// Who of an agency decided.
    DecidedBy,
    /// Why a signed day is opened again.
    ReopenedWhy,
    /// Where children go with the side that visits, if it was said.
    WhereTo,
    /// A time, in digits.
    Time,
    /// Where a thing that is kept lies: `locker 4`.
    KeptAt,
    /// A few words of a message of a fixed kind: the new number, the day asked for.
    MessageWords,
    /// What to do at the door: the words of an instruction on a card.
    InstructionWords,
    /// Why, of an instruction: for who reads notes.
    InstructionWhy,
    /// From when, or until when, an instruction holds.
    InstructionDate,
    /// How many may come at once.
    HowMany,
    /// Why two must not meet, or may again: for who reads notes.
    ApartWhy,
    /// The No of another family of today.
    FamilyNo,
    /// The centre's own words: its name and address, places, doors, reasons, kinds of note, things, messages.
    CentreWords,
    /// A number of the centre's own: its own, the duty team's.
    CentreNumber,
    /// First name, surname, title of somebody who may open the register.
    PersonName,
    /// Their job role, and their e-mail.
    PersonWords,
    /// The number that picks them.
    PersonNumber,
    /// When they signed the undertaking.
    PersonDate,
    /// The word without which nobody is removed.
    Confirm,
    /// Letters that narrow a list; never kept.
    Filter,
}

/// A field that is being typed in.
#[derive(Debug, Clone)]
pub struct Typed {
    purpose: Purpose,
    input: Input,
}

impl Typed {
    /// An empty field.
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, input: Input::default() }
    }

    /// With a text in it, the caret behind it.
    pub fn with(purpose: Purpose, text: &Text) -> Self {
        Self { purpose, input: Input::new(one_line(text.as_str())) }
    }

    /// Another text in it, the caret behind it.
    pub fn fill(&mut self, text: &Text) {
        *self = Self::with(self.purpose, text);
    }

    /// Takes a key that is text or moves the caret; whether it was one.
    pub fn press(&mut self, press: &Press) -> bool {
        let request = match press.key {
            Key::Char(c) if text::allowed(c) && self.has_room(c) => InputRequest::InsertChar(c),
            Key::Char(_) => return true,
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            _ => return false,
        };
        self.input.handle(request);
        true
    }

    /// Takes a pasted text, cleaned, as one line.
    pub fn paste(&mut self, raw: &str) {
        let clean = Text::note(raw);
        for c in one_line(clean.as_str()).chars().filter(|c| text::allowed(*c)) {
            if !self.has_room(c) {
                return;
            }
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    fn has_room(&self, c: char) -> bool {
        match self.purpose {
            Purpose::NoteWords => self.input.value().len() + c.len_utf8() <= text::NOTE,
            // A few words, never a report of how contact went.
            Purpose::MessageWords | Purpose::WhereTo => self.input.value().chars().count() < FEW_WORDS,
            Purpose::KeptAt => self.input.value().chars().count() < WHERE_IT_LIES,
            Purpose::PersonNumber => c.is_ascii_digit() && self.input.value().len() < PERSON_NUMBER,
            Purpose::Time => c.is_ascii_digit() && self.input.value().len() < 4,
            _ => self.input.value().chars().count() < text::NAME,
        }
    }

    /// What is typed, clean.
    pub fn text(&self) -> Text {
        if self.purpose == Purpose::NoteWords { Text::note(self.input.value()) } else { Text::name(self.input.value()) }
    }

    /// Nothing is typed, blanks apart.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// As a screen has it.
    pub fn field(&self) -> Field {
        let at = self.input.cursor();
        let chars = || self.input.value().chars();
        Field { before: chars().take(at).collect(), after: chars().skip(at).collect() }
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

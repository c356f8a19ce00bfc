//! Small forms on the card: a name as given, an agency's name and number.

use crate::app::card::ask::{Question, files_form};
use crate::app::field::{Purpose, Typed};
use crate::app::screen::Block;
use crate::app::update::Press;
use crate::domain::text::Text;

/// A form: labelled fields, one of them in hand.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Labels and what is typed.
    pub fields: Vec<(&'static str, Typed)>,
    /// The field in hand.
    pub focus: usize,
    /// So many of the first fields must have something in them.
    pub needs: usize,
}

impl Form {
    /// A form with empty fields.
    pub fn new(fields: &[(&'static str, Purpose)]) -> Self {
        Self::needing(fields.len(), fields)
    }

    /// A form whose fields may stay empty.
    pub fn optional(fields: &[(&'static str, Purpose)]) -> Self {
        Self::needing(0, fields)
    }

    /// A form with empty fields, of which only the first so many must be filled.
    pub fn needing(needs: usize, fields: &[(&'static str, Purpose)]) -> Self {
        Self { fields: fields.iter().map(|(label, purpose)| (*label, Typed::new(*purpose))).collect(), focus: 0, needs }
    }

    /// The form of a question, if it has one.
    pub fn of(question: &Question) -> Option<Self> {
        Some(match question {
            Question::Another => Self::new(&[("Name, as given", Purpose::NameAsGiven)]),
            Question::Agency { .. } => Self::new(&[
                ("Name", Purpose::NameAsGiven),
                ("Number", Purpose::Number),
                ("Who decided", Purpose::DecidedBy),
            ]),
            Question::OneOff { .. } => {
                Self::new(&[("Name, as given", Purpose::NameAsGiven), ("Number you rang", Purpose::Number)])
            }
            Question::WhereTo(_) => {
                Self::optional(&[("Where they go", Purpose::WhereTo), ("Their number", Purpose::Number)])
            }
            Question::BackTyped(_) => Self::new(&[("Back at", Purpose::Time)]),
            Question::KeepWhere { .. } => Self::new(&[("It lies in", Purpose::KeptAt)]),
            Question::MessageWords { .. } => Self::optional(&[("A few words", Purpose::MessageWords)]),
            Question::Files(files) => return files_form(files),
            _ => return None,
        })
    }

    /// Something in a field already, which can be changed.
    pub fn fill(&mut self, n: usize, text: &Text) {
        if let Some((_, typed)) = self.fields.get_mut(n) {
            typed.fill(text);
        }
    }

    /// What is typed in a field, clean.
    pub fn text(&self, n: usize) -> Text {
        self.fields.get(n).map(|(_, typed)| typed.text()).unwrap_or_default()
    }

    /// Every field that must has something in it.
    pub fn is_full(&self) -> bool {
        self.fields.iter().take(self.needs).all(|(_, typed)| !typed.is_empty())
    }

    /// The next field, round and round.
    pub fn next(&mut self, by: usize) {
        let count = self.fields.len().max(1);
        self.focus = (self.focus + by) % count;
    }

    /// A key for the field in hand.
    pub fn press(&mut self, press: &Press) {
        if let Some((_, typed)) = self.fields.get_mut(self.focus) {
            typed.press(press);
        }
    }

    /// Pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some((_, typed)) = self.fields.get_mut(self.focus) {
            typed.paste(text);
        }
    }

    /// The fields, as blocks.
    pub fn blocks(&self) -> Vec<Block> {
        let block = |(n, (label, typed)): (usize, &(&'static str, Typed))| Block::Input {
            label: format!("  {label:<18}"),
            field: typed.field(),
            right: String::new(),
            focused: n == self.focus,
        };
        self.fields.iter().enumerate().map(block).collect()
    }
}

//! Small forms on the card: a name as given, an agency's name and number. The fields that can be reached are the fixed
//! list of `docs/ARCHITECTURE.md`, invariant 8.

use tui_input::{Input, InputRequest};

use crate::app::key::Key;
use crate::app::screen::{Block, Field};
use crate::domain::text::{NAME, Text, allowed};

/// A form: labelled fields, one of them in hand.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Labels and what is typed.
    pub fields: Vec<(&'static str, Input)>,
    /// The field in hand.
    pub focus: usize,
}

impl Form {
    /// A form with empty fields.
    pub fn new(labels: &[&'static str]) -> Self {
        Self { fields: labels.iter().map(|l| (*l, Input::default())).collect(), focus: 0 }
    }

    /// What is typed in a field, clean.
    pub fn text(&self, n: usize) -> Text {
        self.fields.get(n).map(|(_, input)| Text::name(input.value())).unwrap_or_default()
    }

    /// Every field has something in it.
    pub fn is_full(&self) -> bool {
        (0..self.fields.len()).all(|n| !self.text(n).is_empty())
    }

    /// The next field, round and round.
    pub fn next(&mut self, by: usize) {
        let count = self.fields.len().max(1);
        self.focus = (self.focus + by) % count;
    }

    /// A key for the field in hand.
    pub fn key(&mut self, key: Key) {
        let Some((_, input)) = self.fields.get_mut(self.focus) else { return };
        edit(input, key);
    }

    /// Pasted text: its first line.
    pub fn paste(&mut self, text: &str) {
        for c in Text::name(text.lines().next().unwrap_or_default()).as_str().chars() {
            self.key(Key::Char(c));
        }
    }

    /// The fields, as blocks.
    pub fn blocks(&self) -> Vec<Block> {
        let block = |(n, (label, input)): (usize, &(&'static str, Input))| Block::Input {
            label: format!("  {label:<18}"),
            field: field(input),
            right: String::new(),
            focused: n == self.focus,
        };
        self.fields.iter().enumerate().map(block).collect()
    }
}

/// A key for a line of text.
pub fn edit(input: &mut Input, key: Key) {
    let request = match key {
        Key::Char(c) if allowed(c) && input.value().chars().count() < NAME => InputRequest::InsertChar(c),
        Key::Backspace => InputRequest::DeletePrevChar,
        Key::Delete => InputRequest::DeleteNextChar,
        Key::Left => InputRequest::GoToPrevChar,
        Key::Right => InputRequest::GoToNextChar,
        Key::Home => InputRequest::GoToStart,
        Key::End => InputRequest::GoToEnd,
        _ => return,
    };
    input.handle(request);
}

/// The text before and after the caret.
pub fn field(input: &Input) -> Field {
    let at = input.cursor();
    Field { before: input.value().chars().take(at).collect(), after: input.value().chars().skip(at).collect() }
}

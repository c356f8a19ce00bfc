//! The small form of one line of the policy: words, choices, a digit.

use crate::app::field::{Purpose, Typed};
use crate::app::key::Key;
use crate::app::screen::{Block, Field, Piece};
use crate::app::update::Press;
use crate::domain::text::Text;

/// Cells before a value.
const INDENT: u16 = 25;
/// Cells of a row of choices: what a screen of 80 has beside it.
const CHOICES: usize = 53;
/// Between two of them.
const BETWEEN: &str = "   ";

/// What is filled in.
#[derive(Debug, Clone)]
pub(in crate::app) enum Input {
    Words(Typed),
    Choice { options: Vec<String>, at: usize },
    Digit(Option<u8>),
}

/// A form.
#[derive(Debug, Clone)]
pub(in crate::app) struct Form {
    /// Labels and what is filled in.
    pub(in crate::app) fields: Vec<(&'static str, Input)>,
    pub(in crate::app) focus: usize,
    /// The row that it is of; `None`: a new one.
    pub(in crate::app) row: Option<usize>,
}

impl Form {
    pub(in crate::app) fn new(row: Option<usize>) -> Self {
        Self { fields: Vec::new(), focus: 0, row }
    }

    /// With words.
    pub(in crate::app) fn words(mut self, label: &'static str, purpose: Purpose, text: &Text) -> Self {
        self.fields.push((label, Input::Words(Typed::with(purpose, text))));
        self
    }

    /// With a choice.
    pub(in crate::app) fn choice<T: Into<String>>(
        mut self,
        label: &'static str,
        options: impl IntoIterator<Item = T>,
        at: usize,
    ) -> Self {
        let options = options.into_iter().map(Into::into).collect();
        self.fields.push((label, Input::Choice { options, at }));
        self
    }

    /// With yes or no.
    pub(in crate::app) fn yes(self, label: &'static str, is: bool) -> Self {
        self.choice(label, ["no", "yes"], usize::from(is))
    }

    /// With a digit, or none.
    pub(in crate::app) fn digit(mut self, label: &'static str, digit: Option<u8>) -> Self {
        self.fields.push((label, Input::Digit(digit)));
        self
    }

    pub(in crate::app) fn text(&self, n: usize) -> Text {
        match self.fields.get(n) {
            Some((_, Input::Words(typed))) => typed.text(),
            _ => Text::default(),
        }
    }

    pub(in crate::app) fn chosen(&self, n: usize) -> usize {
        match self.fields.get(n) {
            Some((_, Input::Choice { at, .. })) => *at,
            _ => 0,
        }
    }

    pub(in crate::app) fn is_yes(&self, n: usize) -> bool {
        self.chosen(n) == 1
    }

    pub(in crate::app) fn pressed_digit(&self, n: usize) -> Option<u8> {
        match self.fields.get(n) {
            Some((_, Input::Digit(digit))) => *digit,
            _ => None,
        }
    }

    pub(in crate::app) fn step(&mut self, back: bool) {
        let count = self.fields.len().max(1);
        self.focus = (self.focus + if back { count - 1 } else { 1 }) % count;
    }

    /// Takes a key for the field in hand; whether it meant something.
    pub(in crate::app) fn press(&mut self, press: &Press) -> bool {
        let digit = press.digit();
        match self.fields.get_mut(self.focus).map(|(_, input)| input) {
            Some(Input::Words(typed)) => typed.press(press),
            Some(Input::Choice { options, at }) => match (press.key, digit) {
                (Key::Left, _) => step_to(at, options.len().saturating_sub(1), options.len()),
                (Key::Right, _) => step_to(at, 1, options.len()),
                (_, Some(digit)) => match usize::from(digit).checked_sub(1).filter(|n| *n < options.len()) {
                    Some(n) => step_to(at, n + options.len() - *at, options.len()),
                    None => false,
                },
                _ => press.char().is_none(),
            },
            Some(Input::Digit(kept)) => match (press.key, digit) {
                (Key::Backspace | Key::Delete, _) => {
                    *kept = None;
                    true
                }
                (_, Some(digit)) => {
                    *kept = Some(digit);
                    true
                }
                _ => press.char().is_none(),
            },
            None => true,
        }
    }

    pub(in crate::app) fn paste(&mut self, text: &str) {
        if let Some((_, Input::Words(typed))) = self.fields.get_mut(self.focus) {
            typed.paste(text);
        }
    }

    /// Words that it needs, and has not.
    pub(in crate::app) fn is_empty(&self) -> bool {
        matches!(self.fields.first(), Some((_, Input::Words(typed))) if typed.is_empty())
    }

    /// What the field in hand takes.
    pub(in crate::app) fn hint(&self) -> (&'static str, &'static str) {
        match self.fields.get(self.focus) {
            Some((_, Input::Choice { .. })) => ("1-9 arrows", "choose"),
            Some((_, Input::Digit(_))) => ("1-9", "its digit, Backspace none"),
            _ => ("letters", "words"),
        }
    }

    /// The fields, drawn; the choices of the one in hand stand below it.
    pub(in crate::app) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (n, (label, input)) in self.fields.iter().enumerate() {
            let focused = n == self.focus;
            let shown = format!("  {label:<22}");
            match input {
                Input::Words(typed) => {
                    blocks.push(Block::Input { label: shown, field: typed.field(), right: String::new(), focused });
                }
                Input::Digit(digit) => {
                    let before = digit.map(|d| d.to_string()).unwrap_or_default();
                    let (field, right) = (Field { before, after: String::new() }, "1 to 8, or none".to_owned());
                    blocks.push(Block::Input { label: shown, field, right, focused });
                }
                Input::Choice { options, at } => blocks.extend(choice(label, options, *at, focused)),
            }
        }
        blocks
    }
}

/// Round and round; always something.
fn step_to(at: &mut usize, by: usize, count: usize) -> bool {
    *at = (*at + by) % count.max(1);
    true
}

fn choice(label: &str, options: &[String], at: usize, focused: bool) -> Vec<Block> {
    let value = options.get(at).cloned().unwrap_or_default();
    let (label, value) = (format!("  {label}"), if focused { Piece::strong(value) } else { Piece::plain(value) });
    let mut blocks = vec![Block::pieces(vec![Piece::plain(label), Piece::To(INDENT), value])];
    if focused {
        let each = options.iter().zip(1..).map(|(words, n): (&String, usize)| match n {
            1..=9 => format!("{n} {words}"),
            _ => words.clone(),
        });
        let row = |value| Block::Field { label: String::new(), shape: None, value, indent: INDENT };
        blocks.extend(in_rows(each).into_iter().map(row));
    }
    blocks
}

/// As many to a row as fit, none of them broken over two.
fn in_rows(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for one in all {
        match rows.last_mut().filter(|row| row.chars().count() + BETWEEN.len() + one.chars().count() <= CHOICES) {
            Some(row) => *row = [row.as_str(), &one].join(BETWEEN),
            None => rows.push(one),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_choice_is_broken_over_two_rows() {
        let roles =
            ["1 volunteer", "2 supervisor", "3 session lead", "4 coordinator", "5 safeguarding lead", "6 chair"];
        let rows = in_rows(roles.into_iter().map(str::to_owned));
        assert_eq!(
            rows,
            ["1 volunteer   2 supervisor   3 session lead", "4 coordinator   5 safeguarding lead   6 chair"]
        );
        let long = "x".repeat(CHOICES + 9);
        assert_eq!(in_rows([long.clone(), "1 no".to_owned()].into_iter()), [long, "1 no".to_owned()]);
    }
}

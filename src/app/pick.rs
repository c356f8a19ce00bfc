//! A list to find in by typing: what stands under `9 another`. A number or the arrows pick; Enter takes the mark.

use crate::app::field::{Purpose, Typed};
use crate::app::frame::{enter, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Enter, Line, Piece, Shape};
use crate::app::update::Press;
use crate::domain::policy::Code;

/// Rows of the list that are in view; a digit picks one of them.
const ROWS: usize = 9;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its code; never shown.
    pub code: Code,
    /// Its words.
    pub words: String,
}

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// The list stays.
    Open,
    /// This was chosen.
    Chosen(Code),
    /// One step back.
    Left,
}

/// The list in hand.
#[derive(Debug, Clone)]
pub struct Pick {
    typed: Typed,
    mark: Option<usize>,
}

impl Default for Pick {
    fn default() -> Self {
        Self { typed: Typed::new(Purpose::Filter), mark: None }
    }
}

impl Pick {
    /// Takes a key.
    pub fn press(&mut self, press: &Press, all: &[Choice]) -> Picked {
        let count = self.matching(all).len();
        match press.intent {
            Some(Intent::Back) => return Picked::Left,
            Some(Intent::Go) => return self.in_hand(all).map_or(Picked::Open, Picked::Chosen),
            Some(Intent::Down) => {
                let next = self.mark.map_or(0, |m| m + 1);
                self.mark = Some(next.min(count.saturating_sub(1)));
                return Picked::Open;
            }
            Some(Intent::Up) => {
                self.mark = self.mark.map(|m| m.saturating_sub(1));
                return Picked::Open;
            }
            _ => {}
        }
        if let Some(digit) = press.digit() {
            return self.numbered(digit, all);
        }
        if self.typed.press(press) {
            self.mark = None;
        }
        Picked::Open
    }

    fn numbered(&self, digit: u8, all: &[Choice]) -> Picked {
        let at = usize::from(digit).checked_sub(1).map(|n| self.first() + n);
        let found = at.and_then(|at| self.matching(all).get(at).map(|c| c.code.clone()));
        found.map_or(Picked::Open, Picked::Chosen)
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, raw: &str) {
        self.typed.paste(raw);
        self.mark = None;
    }

    /// What Enter would take: the marked one, or the only one.
    fn in_hand(&self, all: &[Choice]) -> Option<Code> {
        let found = self.matching(all);
        match (self.mark, found.as_slice()) {
            (Some(mark), _) => found.get(mark).map(|c| c.code.clone()),
            (None, [one]) => Some(one.code.clone()),
            _ => None,
        }
    }

    /// Those that hold every word typed; those with a word that begins so first.
    fn matching<'a>(&self, all: &'a [Choice]) -> Vec<&'a Choice> {
        let typed = self.typed.text().as_str().to_lowercase();
        let begins = |c: &Choice| {
            let words = c.words.to_lowercase();
            typed.split(' ').all(|t| words.split(' ').any(|w| w.starts_with(t)))
        };
        let holds = |c: &Choice| typed.split(' ').all(|t| c.words.to_lowercase().contains(t));
        let mut found: Vec<&Choice> = all.iter().filter(|c| holds(c)).collect();
        found.sort_by_key(|c| !begins(c));
        found
    }

    fn first(&self) -> usize {
        self.mark.map_or(0, |m| (m + 1).saturating_sub(ROWS))
    }

    /// The field and the list.
    pub fn blocks(&self, all: &[Choice]) -> Vec<Block> {
        let found = self.matching(all);
        let right = match found.len() {
            0 => "nothing fits".to_owned(),
            n if n > ROWS => format!("{n} fit: type more, or arrows"),
            n => format!("{n} fit"),
        };
        let mut blocks =
            vec![Block::Input { label: "Find".to_owned(), field: self.typed.field(), right, focused: true }];
        for (n, (at, choice)) in (1..).zip(found.iter().enumerate().skip(self.first()).take(ROWS)) {
            let mark = if self.mark == Some(at) { Shape::Mark } else { Shape::None };
            let left = vec![Piece::Shape(mark), Piece::To(4), Piece::plain(format!("{n}   {}", choice.words))];
            blocks.push(Block::Line(Line { left, right: Vec::new() }));
        }
        blocks
    }

    /// What Enter would do.
    pub fn enter(&self, all: &[Choice]) -> Enter {
        let found = self.matching(all);
        match (self.mark, found.len()) {
            (Some(_), n) if n > 0 => enter("takes the marked line; nothing is written yet"),
            (_, 0) => wait("nothing fits. Backspace, or Esc goes back"),
            (None, 1) => enter("takes the one line left; nothing is written yet"),
            _ => wait("press a number, or type more of it; Esc goes back"),
        }
    }
}

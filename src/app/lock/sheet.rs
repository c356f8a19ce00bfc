//! The 26 words of a recovery sheet as they are typed: each told at once whether it is one of the list, and which it is.

use std::fmt::Write;

use crate::app::key::Key;
use crate::app::screen::{Block, Piece, Shape};
use crate::app::secret::{LETTERS, Secret};

/// Words of a sheet.
pub(super) const WORDS: usize = 26;
/// Rows of the grid, which stands as the sheet was shown when it was made.
const ROWS: usize = 7;
/// Cells of a column.
const COLUMN: u16 = 19;
/// Letters of a word that are kept: the longest of the list has eight.
const LONGEST: usize = 12;
/// Bytes of a cell of the grid, at most: a letter may have four.
const CELL: usize = LONGEST * 4 + 2;
/// Bytes of what is said of the word in hand, at most.
const SAYS: usize = 256;
/// Words that are offered at once.
const OFFERED: usize = 8;

/// The list that every sheet is made of, in the order of the alphabet.
#[derive(Clone, Copy)]
pub struct WordList(pub &'static [&'static str]);

impl std::fmt::Debug for WordList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WordList")
    }
}

impl WordList {
    /// The word that this is: whole, or by its first four letters, or because no other begins so.
    pub(super) fn meant(self, typed: &str) -> Option<&'static str> {
        let end = typed.char_indices().nth(LETTERS).map_or(typed.len(), |(at, _)| at);
        let four = typed.get(..end).unwrap_or(typed);
        match self.0.binary_search(&typed) {
            Ok(at) => self.0.get(at).copied(),
            Err(_) if typed.is_empty() => None,
            Err(_) => match self.begin(four) {
                [only] => Some(*only),
                _ => None,
            },
        }
    }

    /// Those that begin so.
    fn begin(self, letters: &str) -> &'static [&'static str] {
        let from = self.0.partition_point(|word| *word < letters);
        let rest = self.0.get(from..).unwrap_or_default();
        let many = rest.iter().take_while(|word| word.starts_with(letters)).count();
        rest.get(..many).unwrap_or_default()
    }
}

/// What is typed of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    list: WordList,
    number: String,
    words: Vec<Secret>,
    /// 0: the number; from 1: the word in hand.
    at: usize,
    /// The words are drawn as dots.
    pub(super) hidden: bool,
    /// It is being tried: keys do nothing until the answer comes.
    pub(super) tried: bool,
}

impl Sheet {
    pub(super) fn new(list: WordList) -> Self {
        let words = (0..WORDS).map(|_| Secret::default()).collect();
        Self { list, number: String::new(), words, at: 0, hidden: false, tried: false }
    }

    /// Whose passphrase is lost.
    pub(super) fn number(&self) -> Option<u8> {
        self.number.parse().ok()
    }

    /// The number of the word in hand, from 1.
    pub(super) fn in_hand(&self) -> Option<usize> {
        Some(self.at).filter(|at| *at > 0)
    }

    fn word(&self) -> Option<&Secret> {
        self.words.get(self.at.checked_sub(1)?)
    }

    fn meant(&self, word: &Secret) -> Option<&'static str> {
        self.list.meant(word.reveal())
    }

    /// The first word that is missing or is none of the list, from 1.
    pub(super) fn missing(&self) -> Option<usize> {
        self.words.iter().position(|word| self.meant(word).is_none()).map(|at| at + 1)
    }

    /// What stands in the field in hand is the beginning of no word.
    pub(super) fn is_wrong_here(&self) -> bool {
        self.word().is_some_and(|word| self.meant(word).is_none() && self.list.begin(word.reveal()).is_empty())
    }

    /// All 26, whole, to be tried; they stay here, so that one can be put right.
    pub(super) fn send(&mut self) -> Option<(u8, Secret)> {
        let number = self.number()?;
        let mut all = Secret::default();
        for word in &self.words {
            if !all.is_empty() {
                all.push(' ');
            }
            self.meant(word)?.chars().for_each(|c| all.push(c));
        }
        self.tried = true;
        Some((number, all))
    }

    /// To the next field, or the one before.
    pub(super) fn step(&mut self, back: bool) {
        let all = WORDS + 1;
        self.at = (self.at + if back { all - 1 } else { 1 }) % all;
    }

    /// To the number, or the first word that is missing.
    pub(super) fn aim(&mut self) {
        self.at = if self.number().is_none() { 0 } else { self.missing().unwrap_or(self.at) };
    }

    /// A key for the field in hand; whether it meant something.
    pub(super) fn press(&mut self, key: Key) -> bool {
        let at = self.at;
        match (at.checked_sub(1).and_then(|n| self.words.get_mut(n)), key) {
            (None, Key::Backspace) => drop(self.number.pop()),
            (None, Key::Delete) => self.number.clear(),
            (None, Key::Char(c)) if c.is_ascii_digit() && self.number.len() < 3 => self.number.push(c),
            // Behind the number the first word begins.
            (None, Key::Char(c)) if c.is_alphabetic() && !self.number.is_empty() => {
                self.at = 1;
                return self.press(key);
            }
            (None, Key::Char(' ')) if !self.number.is_empty() => self.step(false),
            (Some(word), Key::Backspace) if word.chars() == 0 => self.at -= 1,
            (Some(word), Key::Backspace) => word.pop(),
            (Some(word), Key::Delete) => word.wipe(),
            (Some(word), Key::Char(' ' | '-')) if word.chars() > 0 && at < WORDS => self.at += 1,
            (Some(_), Key::Char(' ' | '-')) => {}
            (Some(word), Key::Char(c)) if c.is_alphabetic() && word.chars() < LONGEST => {
                c.to_lowercase().for_each(|c| word.push(c));
            }
            (Some(_), Key::Char(c)) if c.is_alphabetic() => {}
            (_, Key::Left) => self.step(true),
            (_, Key::Right) => self.step(false),
            (_, Key::Char(_)) => return false,
            _ => {}
        }
        true
    }

    /// Text was pasted.
    pub(super) fn paste(&mut self, text: &str) {
        for c in text.chars() {
            self.press(Key::Char(if c.is_whitespace() { ' ' } else { c }));
        }
    }

    /// One step back: the word in hand goes, then the field before; at an empty number there is nothing more.
    pub(super) fn back(&mut self) -> bool {
        match self.at {
            0 if self.number.is_empty() => false,
            0 => {
                self.number.clear();
                true
            }
            _ => {
                self.press(Key::Backspace);
                true
            }
        }
    }

    /// What is to be said of the word in hand: with room for all of it, since a text that grows leaves copies behind.
    pub(super) fn says(&self) -> String {
        let mut says = String::with_capacity(SAYS);
        // A `String` takes all that is written to it.
        let _ = self.say(&mut says);
        says
    }

    fn say(&self, to: &mut String) -> std::fmt::Result {
        let (Some(word), n) = (self.word(), self.at) else { return Ok(()) };
        if self.hidden && !self.is_wrong_here() {
            return write!(to, "Word {n} of {WORDS}.");
        }
        let (typed, meant) = (word.reveal(), self.meant(word));
        let begin = self.list.begin(typed);
        match (meant, begin.len()) {
            _ if typed.is_empty() => {
                return write!(to, "Word {n} of {WORDS}. Four letters are enough; a blank goes on.");
            }
            (Some(meant), 2..) => write!(to, "Word {n} is {meant}. Also: ")?,
            (Some(meant), _) => return write!(to, "Word {n} is {meant}."),
            (None, 0) if self.hidden => return write!(to, "Word {n}: no word of the list begins so."),
            (None, 0) => return write!(to, "Word {n}: no word of the list begins {typed}. Look at the sheet."),
            (None, _) if self.hidden => return write!(to, "Word {n} may be several words: one letter more."),
            (None, _) => write!(to, "Word {n}, {typed}: ")?,
        }
        let others = begin.iter().take(OFFERED).filter(|word| Some(**word) != meant);
        for (at, other) in others.enumerate() {
            write!(to, "{}{other}", if at > 0 { ", " } else { "" })?;
        }
        if begin.len() > OFFERED { write!(to, " …") } else { Ok(()) }
    }

    /// The number's field.
    pub(super) fn number_field(&self) -> Block {
        Block::Input {
            label: format!("    {:<14}", "Whose number"),
            field: crate::app::screen::Field { before: self.number.clone(), after: String::new() },
            right: String::new(),
            focused: self.at == 0 && !self.tried,
        }
    }

    /// The words under their numbers, column by column, as on the sheet.
    pub(super) fn grid(&self) -> Vec<Block> {
        let row = |at: usize| {
            let mut pieces = Vec::new();
            for (column, n) in (0_u16..).zip((at..WORDS).step_by(ROWS)) {
                pieces.extend(self.cell(column, n));
            }
            Block::pieces(pieces)
        };
        (0..ROWS).map(row).collect()
    }

    fn cell(&self, column: u16, n: usize) -> Vec<Piece> {
        let here = self.at == n + 1;
        let word = self.words.get(n);
        let typed = word.map(Secret::reveal).unwrap_or_default();
        let meant = word.and_then(|word| self.meant(word));
        let wrong = if !here && !typed.is_empty() && meant.is_none() { "?" } else { "" };
        // In one piece that does not grow: what is shown is wiped once it is drawn.
        let mut shown = String::with_capacity(CELL);
        shown.push_str(wrong);
        match meant {
            _ if self.hidden => shown.extend(typed.chars().map(|_| '*')),
            // What is being typed stands as it is typed.
            Some(meant) if !here => shown.push_str(meant),
            _ => shown.push_str(typed),
        }
        shown.push_str(if here && !self.tried { "_" } else { "" });
        vec![
            Piece::To(1 + column * COLUMN),
            Piece::Shape(if here { Shape::Mark } else { Shape::None }),
            Piece::To(3 + column * COLUMN),
            Piece::quiet(format!("{:>2}", n + 1)),
            Piece::To(6 + column * COLUMN),
            if here { Piece::strong(shown) } else { Piece::plain(shown) },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: WordList = WordList(&["abandon", "act", "action", "actor", "candle", "candy", "zoo"]);

    #[test]
    fn a_word_is_meant_whole_by_four_letters_or_where_no_other_begins_so() {
        for (typed, meant) in
            [("abandon", "abandon"), ("aba", "abandon"), ("act", "act"), ("acti", "action"), ("z", "zoo")]
        {
            assert_eq!(LIST.meant(typed), Some(meant), "{typed}");
        }
        for none in ["", "a", "ac", "cand", "q", "actx"] {
            assert_eq!(LIST.meant(none), None, "{none}");
        }
    }

    #[test]
    fn it_says_what_is_meant_and_what_is_not_of_the_list() {
        let mut sheet = Sheet::new(LIST);
        sheet.paste("5 act");
        assert_eq!(sheet.says(), "Word 1 is act. Also: action, actor");
        sheet.paste(" can");
        assert_eq!(sheet.says(), "Word 2, can: candle, candy");
        sheet.paste("x");
        assert_eq!(sheet.says(), "Word 2: no word of the list begins canx. Look at the sheet.");
        assert!(sheet.is_wrong_here() && sheet.send().is_none());
        for typed in ["", "a", "act", "canx", "ﬃﬃﬃﬃﬃﬃﬃﬃﬃﬃﬃﬃ"] {
            let mut sheet = Sheet::new(LIST);
            sheet.paste(&format!("5 {typed}"));
            assert_eq!(sheet.says().capacity(), SAYS, "it was moved: {typed}");
            for n in 0..2 {
                sheet.at = 2 - n;
                let cell = sheet.cell(0, 0);
                assert!(matches!(&cell[5], Piece::Words(shown, _) if shown.capacity() == CELL), "{cell:?}");
            }
        }
        sheet.hidden = true;
        assert!(!sheet.says().contains("can"), "{}", sheet.says());
        assert_eq!((sheet.number(), sheet.missing()), (Some(5), Some(2)));
    }
}

//! The recovery words: 26 in a numbered grid, and two of them asked back before anything is on disk.

use crate::app::key::Key;
use crate::app::screen::{Block, Field, Piece};
use crate::app::secret::Secret;
use crate::app::update::Press;
use crate::domain::ids::Ids;
use crate::domain::text;

/// Rows of the grid.
const ROWS: usize = 7;
/// Cells of a column: the longest word of the list has eight letters.
const COLUMN: u16 = 19;
/// Letters of a field.
const LETTERS: usize = 24;

/// Two of the words, asked back.
#[derive(Debug, Clone, Default)]
pub(super) struct Check {
    /// Which, from 0.
    asked: [usize; 2],
    typed: [Secret; 2],
    at: usize,
}

impl Check {
    /// Two of so many, by the chance that lies in the ids of a key.
    pub(super) fn of(ids: Ids, count: usize) -> Self {
        let chance = usize::try_from(ids.0.as_u128() & 0xffff_ffff).unwrap_or_default();
        let count = count.max(2);
        let one = chance % count;
        let other = (one + 1 + (chance / count) % (count - 1)) % count;
        Self { asked: [one.min(other), one.max(other)], ..Self::default() }
    }

    /// The other of the two.
    pub(super) fn turn(&mut self) {
        self.at = 1 - self.at.min(1);
    }

    pub(super) fn press(&mut self, press: &Press) {
        let Some(typed) = self.typed.get_mut(self.at) else { return };
        match press.key {
            Key::Backspace => typed.pop(),
            Key::Delete => typed.wipe(),
            Key::Char(c) if text::allowed(c) && typed.chars() < LETTERS => typed.push(c),
            _ => {}
        }
    }

    /// Both are typed.
    pub(super) fn is_whole(&self) -> bool {
        self.typed.iter().all(|t| !t.is_empty())
    }

    /// Both are right.
    pub(super) fn is_right(&self, words: &Secret) -> bool {
        let all: Vec<&str> = words.reveal().split(' ').collect();
        self.asked.iter().zip(&self.typed).all(|(n, typed)| {
            all.get(*n).is_some_and(|word| Secret::new(word).is_same_of_list(typed) && !typed.is_empty())
        })
    }

    /// `3 and 17`
    pub(super) fn which(&self) -> String {
        let [one, other] = self.asked;
        format!("{} and {}", one + 1, other + 1)
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let each = self.asked.iter().zip(&self.typed).enumerate();
        let input = |(n, (asked, typed)): (usize, (&usize, &Secret))| Block::Input {
            label: format!("    Word {:<8}", asked + 1),
            field: Field { before: typed.reveal().to_owned(), after: String::new() },
            right: String::new(),
            focused: n == self.at,
        };
        each.map(input).collect()
    }
}

/// How many words there are.
pub(super) fn count(words: &Secret) -> usize {
    words.reveal().split(' ').count()
}

/// The words under their numbers, column by column.
pub(super) fn grid(words: &Secret) -> Vec<Block> {
    let all: Vec<&str> = words.reveal().split(' ').collect();
    let row = |at: usize| {
        let mut pieces = Vec::new();
        for (column, n) in (0_u16..).zip((at..all.len()).step_by(ROWS)) {
            pieces.push(Piece::To(2 + column * COLUMN));
            pieces.push(Piece::quiet(format!("{:>2}", n + 1)));
            pieces.push(Piece::To(6 + column * COLUMN));
            pieces.push(Piece::strong(all.get(n).copied().unwrap_or_default()));
        }
        Block::pieces(pieces)
    };
    (0..ROWS.min(all.len())).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_different_words_are_asked_whatever_the_chance() {
        for n in 0..2000_u128 {
            let [one, other] = Check::of(Ids(uuid::Uuid::from_u128(n * 7919)), 26).asked;
            assert!(one < other && other < 26, "{one} {other}");
        }
    }
}

//! The recovery sheet: a seed as 26 words with a check in them, and the place of a mistake in what is typed from it.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::person::Seed;
use super::secret::Secret;
use super::words;

/// Words on the sheet: 286 bits, 256 of the seed and 30 of its check.
pub const WORDS: usize = 26;
/// Bytes that one typed byte can become: three become 33 by their compatibility form, two become three in small letters.
const WIDER: usize = 18;
const CHECK: &[u8] = b"doorbook recovery check v1";

/// The words of the sheet. They are shown once.
#[derive(Clone)]
pub struct RecoveryWords([u16; WORDS]);

/// Why words give no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryFault {
    /// There are not 26.
    #[error("the sheet has 26 words, and {0} {are} typed", are = if *.0 == 1 { "is" } else { "are" })]
    Count(usize),
    /// Not a word of the list.
    #[error("word {0} is not of the list that every sheet is made of")]
    NotAWord(usize),
    /// All are words, and the check fails; with this one alone changed it would hold.
    #[error("word {0} is not as on the sheet")]
    Wrong(usize),
    /// All are words, and the check fails; with these two exchanged it would hold.
    #[error("words {0} and {1} have changed places")]
    Exchanged(usize, usize),
    /// All are words, and the check fails.
    #[error("more than one of the words is not as on the sheet")]
    NotThese,
}

impl RecoveryWords {
    /// The words of a seed.
    pub(super) fn of(seed: &Seed) -> Self {
        let check = check(seed.secret());
        let mut numbers = [0; WORDS];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = (at * 11..at * 11 + 11).fold(0, |number, bit| number << 1 | bit_of(seed.secret(), check, bit));
        }
        Self(numbers)
    }

    /// The words in their order.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().map(|number| words::word(*number))
    }

    /// All of them, with one space between: what is typed.
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(WORDS * 9));
        for (at, word) in self.words().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// Reads what was typed from the sheet; four letters of each word are enough.
    ///
    /// # Errors
    /// [`RecoveryFault`], with the place of the mistake, from 1, where there is one.
    pub fn read(typed: &str) -> Result<Self, RecoveryFault> {
        // Nothing is kept but the numbers.
        let plain = plain(typed);
        let count = plain.split(words::parts).filter(|word| !word.is_empty()).count();
        let mut read = Self([0; WORDS]);
        let typed = plain.split(words::parts).filter(|word| !word.is_empty());
        for ((at, word), number) in typed.enumerate().zip(&mut read.0) {
            *number = words::number(word).ok_or(RecoveryFault::NotAWord(at + 1))?;
        }
        if count != WORDS {
            return Err(RecoveryFault::Count(count));
        }
        if read.holds() { Ok(read) } else { Err(read.mistake()) }
    }

    /// The seed that they are.
    pub(super) fn seed(&self) -> Seed {
        let mut secret = Secret::blank();
        for (at, byte) in secret.bytes_mut().iter_mut().enumerate() {
            *byte = (at * 8..at * 8 + 8).fold(0, |byte, bit| byte << 1 | u8::from(self.bit(bit)));
        }
        Seed::from(secret)
    }

    fn bit(&self, bit: usize) -> bool {
        self.0.get(bit / 11).is_some_and(|number| number >> (10 - bit % 11) & 1 == 1)
    }

    fn holds(&self) -> bool {
        let typed = (256..WORDS * 11).fold(0, |check, bit| check << 1 | u32::from(self.bit(bit)));
        typed == check(self.seed().secret())
    }

    /// Tries each other word in each place: a million to one that what holds then is what was meant.
    fn mistake(&self) -> RecoveryFault {
        for (one, other) in (0..WORDS).flat_map(|one| (one + 1..WORDS).map(move |other| (one, other))) {
            let mut tried = self.clone();
            tried.0.swap(one, other);
            if tried.holds() {
                return RecoveryFault::Exchanged(one + 1, other + 1);
            }
        }
        for place in 0..WORDS {
            let mut tried = self.clone();
            for other in 0..2048 {
                if let Some(number) = tried.0.get_mut(place) {
                    *number = other;
                }
                if tried.holds() {
                    return RecoveryFault::Wrong(place + 1);
                }
            }
        }
        RecoveryFault::NotThese
    }
}

impl Drop for RecoveryWords {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

impl fmt::Debug for RecoveryWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryWords")
    }
}

/// As it counts, in one piece of memory that never grows: no copy is left behind.
fn plain(typed: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(typed.len().saturating_mul(WIDER)));
    plain.extend(typed.nfkc().flat_map(char::to_lowercase));
    plain
}

/// The first 30 bits.
fn check(seed: &Secret) -> u32 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(CHECK);
    hasher.update(seed.bytes());
    let first = hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default();
    u32::from_be_bytes(first) >> 2
}

/// A bit of the seed, or of the check behind it, from the highest of the first byte on.
fn bit_of(seed: &Secret, check: u32, bit: usize) -> u16 {
    match seed.bytes().get(bit / 8) {
        Some(byte) => u16::from(byte >> (7 - bit % 8) & 1),
        None => u16::from(check >> (WORDS * 11 - 1 - bit) & 1 == 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(first: u8) -> RecoveryWords {
        let mut secret = Secret::blank();
        secret.bytes_mut().iter_mut().enumerate().for_each(|(at, byte)| *byte = first.wrapping_mul(at as u8 + 3));
        RecoveryWords::of(&Seed::from(secret))
    }

    #[test]
    fn a_seed_comes_back_from_its_words() {
        for first in 0..50 {
            let words = words(first);
            let read = RecoveryWords::read(&words.text()).unwrap();
            assert_eq!(read.0, words.0);
            let four: Vec<String> = words.words().map(|word| word.chars().take(4).collect()).collect();
            let read = RecoveryWords::read(&four.join("\n").to_uppercase()).unwrap();
            assert_eq!(read.seed().secret().bytes(), words.seed().secret().bytes());
        }
    }

    #[test]
    fn what_is_read_is_never_moved() {
        for typed in
            ["abandon ability".to_owned(), "\u{fdfa}".repeat(100), "\u{130}".repeat(160), "\u{1f82}".repeat(100)]
        {
            let read = plain(&typed);
            assert_eq!(read.capacity(), typed.len() * WIDER, "{} bytes of {}", read.len(), typed.len());
        }
    }

    #[test]
    fn the_place_of_a_mistake_is_told() {
        let words = words(77);
        let with = |place: usize, word: &str| {
            let mut all: Vec<&str> = words.words().collect();
            all[place - 1] = word;
            RecoveryWords::read(&all.join(" ")).unwrap_err()
        };
        assert_eq!(with(3, "qqqq"), RecoveryFault::NotAWord(3));
        for place in [1, 17, 24, 25, 26] {
            let right = words.words().nth(place - 1).unwrap();
            let other = if right == "zoo" { "abandon" } else { "zoo" };
            assert_eq!(with(place, other), RecoveryFault::Wrong(place));
        }
        let mut all: Vec<&str> = words.words().collect();
        all.swap(3, 22);
        assert_eq!(RecoveryWords::read(&all.join(" ")).unwrap_err(), RecoveryFault::Exchanged(4, 23));
        all.swap(3, 22);
        all.swap(6, 7);
        assert_eq!(RecoveryWords::read(&all.join(" ")).unwrap_err(), RecoveryFault::Exchanged(7, 8));
        assert_eq!(RecoveryWords::read(&all[..25].join(" ")).unwrap_err(), RecoveryFault::Count(25));
        all.push("zoo");
        assert_eq!(RecoveryWords::read(&all.join(" ")).unwrap_err(), RecoveryFault::Count(27));
        all.truncate(26);
        all.swap(0, 20);
        assert_eq!(RecoveryWords::read(&all.join(" ")).unwrap_err(), RecoveryFault::NotThese);
        assert_eq!(RecoveryWords::read("").unwrap_err(), RecoveryFault::Count(0));
        assert_eq!(RecoveryFault::Count(1).to_string(), "the sheet has 26 words, and 1 is typed");
        assert_eq!(RecoveryFault::Exchanged(7, 8).to_string(), "words 7 and 8 have changed places");
    }
}

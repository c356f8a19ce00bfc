//! Passphrases: five words dealt by chance, and one form for whatever way somebody types them.
//!
//! `words.txt` is the English list of BIP 39 (2,048 words, told apart by their first four letters), as the crate `bip39`
//! has it, CC0-1.0.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{Fault, Random, random};

/// Words of a generated passphrase: 55 bits, behind Argon2id.
pub const WORDS: usize = 5;
/// Bytes of a passphrase at most, as it counts; a longer one is refused, never cut.
pub const LONGEST: usize = 1024;

/// In the order of the alphabet, as the standard has them.
static LIST: LazyLock<Vec<&'static str>> = LazyLock::new(|| include_str!("words.txt").lines().collect());

/// All of them.
pub fn list() -> &'static [&'static str] {
    &LIST
}

/// The word of a number from 0 to 2047.
pub(super) fn word(number: u16) -> &'static str {
    LIST.get(usize::from(number & 2047)).copied().unwrap_or_default()
}

/// The number of a word, whole or by its first four letters.
pub(super) fn number(typed: &str) -> Option<u16> {
    let exact = LIST.binary_search(&typed).ok();
    exact.or_else(|| by_four(typed)).and_then(|at| u16::try_from(at).ok())
}

/// The one word with the same first four letters.
fn by_four(typed: &str) -> Option<usize> {
    let four = typed.get(..4)?;
    let at = LIST.partition_point(|word| *word < four);
    LIST.get(at).filter(|word| word.starts_with(four)).map(|_| at)
}

/// Five words by chance, with one space between them.
///
/// # Errors
/// [`Fault::NoRandom`].
pub fn generate(random: &dyn Random) -> Result<Zeroizing<String>, Fault> {
    // Eight letters at most, and a space.
    let mut words = Zeroizing::new(String::with_capacity(WORDS * 9));
    for at in 0..WORDS {
        if at > 0 {
            words.push(' ');
        }
        words.push_str(word(u16::from_le_bytes(random::open(random)?)));
    }
    Ok(words)
}

/// What counts of a passphrase as typed: compatibility forms and capitals do not, nor how words are parted (spaces,
/// hyphens, dashes), nor the letters after the fourth of a word that begins like one of the list. `None`: too long.
pub(super) fn normalise(typed: &str) -> Option<Zeroizing<String>> {
    // Room for all that can come, so that it never moves: what is abbreviated is never longer.
    let mut plain = Zeroizing::new(String::with_capacity(LONGEST + 4));
    let mut gap = false;
    for c in typed.nfkc().flat_map(char::to_lowercase) {
        if parts(c) {
            gap = !plain.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            plain.push(' ');
        }
        plain.push(c);
        if plain.len() > LONGEST {
            return None;
        }
    }
    let mut counts = Zeroizing::new(String::with_capacity(plain.len()));
    for (at, word) in plain.split(' ').enumerate() {
        if at > 0 {
            counts.push(' ');
        }
        counts.push_str(abbreviated(word));
    }
    Some(counts)
}

/// White space, hyphens and dashes, minus.
pub(super) fn parts(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn abbreviated(word: &str) -> &str {
    let longer = word.chars().nth(4).is_some();
    word.get(..4).filter(|_| longer && by_four(word).is_some()).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_standards() {
        assert_eq!(LIST.len(), 2048);
        assert!(LIST.is_sorted());
        assert_eq!(word(0), "abandon");
        assert_eq!(word(2047), "zoo");
        let four = |word: &&str| word.chars().take(4).collect::<String>();
        assert_eq!(LIST.iter().map(four).collect::<std::collections::BTreeSet<_>>().len(), 2048);
        let sum = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(&<sha2::Sha256 as sha2::Digest>::digest(include_bytes!("words.txt"))), sum);
    }

    #[test]
    fn a_word_is_known_whole_and_by_four_letters() {
        for at in 0..2048 {
            assert_eq!(number(word(at)), Some(at));
            assert_eq!(number(&word(at).chars().take(4).collect::<String>()), Some(at));
        }
        assert_eq!(number("aban"), Some(0));
        assert_eq!(number("act"), LIST.binary_search(&"act").ok().map(|at| at as u16));
        for none in ["", "a", "aba", "qqqq", "zzzz", "día"] {
            assert_eq!(number(none), None, "{none}");
        }
    }

    #[test]
    fn a_passphrase_counts_however_it_is_typed() {
        let counts = |typed: &str| normalise(typed).unwrap().to_string();
        let one = counts("abandon act zoo ladder crystal");
        assert_eq!(one, "aban act zoo ladd crys");
        for same in [
            "aban act zoo ladd crys",
            "  ABANDON-act\u{2014}zoo \t ladder\u{a0}CRYS ",
            "abandonment act zoo ladders crystals",
            "ａｂａｎ act zoo ladd crys",
        ] {
            assert_eq!(counts(same), one, "{same}");
        }
        for other in ["aban act zo ladd crys", "abanact zoo ladd crys", "aban act zoo ladd", "aban act zoo ladd cryx"] {
            assert_ne!(counts(other), one, "{other}");
        }
        assert_eq!(counts("Siân\u{301} x"), counts("sia\u{302}n\u{301} X"));
        assert_eq!(counts("wxyzw día"), "wxyzw día");
        assert!(normalise(&"x".repeat(LONGEST)).is_some());
        assert!(normalise(&"x".repeat(LONGEST + 1)).is_none());
    }
}

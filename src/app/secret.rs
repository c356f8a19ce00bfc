//! What nobody but its owner may read: passphrases and recovery words. Bounded, never in a `Debug`, wiped when done with.

use zeroize::{Zeroize, Zeroizing};

/// Longest, in bytes: the 26 words of a recovery sheet fit.
pub const LONGEST: usize = 320;

/// A passphrase, or the words of a recovery sheet. It lies in one piece of memory that never grows, so that no copy of it
/// is left behind, and is wiped when it is dropped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Of these words, as far as there is room.
    pub fn new(words: &str) -> Self {
        let mut secret = Self::default();
        words.chars().for_each(|c| secret.push(c));
        secret
    }

    /// One character more, if there is room.
    pub fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() <= LONGEST {
            self.0.push(c);
        }
    }

    /// One character less.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Wipes it; its room stays, so that what is typed next makes no copies either.
    pub fn wipe(&mut self) {
        self.0.zeroize();
    }

    /// Takes it out, and leaves nothing.
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// What it is: for the vault, and for the one screen that shows it once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Nothing is in it, blanks apart.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// How many characters, for the dots.
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }

    /// The same words, typed again: capitals, blanks and hyphens make no difference.
    pub fn is_same(&self, typed: &Self) -> bool {
        words(&self.0, usize::MAX) == words(&typed.0, usize::MAX)
    }

    /// The same, of words from the list: the first four letters of each are enough, as the vault takes them.
    pub fn is_same_of_list(&self, typed: &Self) -> bool {
        words(&self.0, LETTERS) == words(&typed.0, LETTERS)
    }
}

/// Letters of a word that tell it from every other of the list.
pub const LETTERS: usize = 4;

/// Small letters, so many of each word, a blank between.
fn words(words: &str, letters: usize) -> Zeroizing<String> {
    // A letter can become three when it is made small.
    let mut tidy = Zeroizing::new(String::with_capacity(LONGEST * 3));
    for word in words.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()) {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.extend(word.chars().take(letters).flat_map(char::to_lowercase));
    }
    tidy
}

impl Default for Secret {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(LONGEST)))
    }
}

impl Clone for Secret {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl Eq for Secret {}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_grows_and_says_nothing() {
        let mut secret = Secret::default();
        let room = secret.0.capacity();
        (0..2 * LONGEST).for_each(|_| secret.push('é'));
        assert_eq!((secret.0.capacity(), secret.0.len()), (room, LONGEST));
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret Some(Secret)");
        secret.wipe();
        assert!(secret.is_empty() && secret.0.capacity() >= LONGEST);
        assert_eq!(Secret::new("one two").clone().0.capacity(), room);
    }

    #[test]
    fn four_letters_of_each_word_are_enough() {
        let made = Secret::new("anchor bicycle cat dolphin");
        for typed in ["anchor bicycle cat dolphin", "anch bicy cat dolp", " ANCH-bicy  cat dolphi "] {
            assert!(made.is_same_of_list(&Secret::new(typed)), "{typed}");
        }
        assert!(made.is_same(&Secret::new("Anchor Bicycle-cat  dolphin")) && !made.is_same(&Secret::new("anch bicy")));
        for typed in ["anch bicy cat", "anc bicy cat dolp", "anch bicy cats dolp", ""] {
            assert!(!made.is_same_of_list(&Secret::new(typed)), "{typed}");
        }
    }
}

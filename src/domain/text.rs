//! Text that came from outside, cleaned once at every entrance: typing, paste, import, restore.
//!
//! NFC; no control characters (a newline only in a note); no bidi or zero-width characters but the joiners that emoji
//! and scripts need; at most 8 combining marks on one letter; bounded length.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most combining marks kept on one letter.
const MARKS: usize = 8;
/// Longest name, in characters.
pub const NAME: usize = 200;
/// Longest note, in bytes (64 KiB).
pub const NOTE: usize = 64 * 1024;

/// Clean text. The only way to make one is to clean something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Text(String);

impl Text {
    /// One line, at most [`NAME`] characters, white space trimmed and runs of it made one space.
    pub fn name(raw: &str) -> Self {
        if is_plain(raw) {
            return Self(raw.to_owned());
        }
        let spaced: String = clean(raw).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let words: Vec<&str> = spaced.split(' ').filter(|w| !w.is_empty()).collect();
        Self(words.join(" ").chars().take(NAME).collect::<String>().trim_end().to_owned())
    }

    /// Several lines, at most [`NOTE`] bytes, trimmed at both ends.
    pub fn note(raw: &str) -> Self {
        let mut out = String::new();
        for c in clean(raw) {
            if out.len() + c.len_utf8() > NOTE {
                break;
            }
            out.push(c);
        }
        Self(out.trim().to_owned())
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// May this character stand in clean text? Typing asks it key by key.
pub fn allowed(c: char) -> bool {
    !c.is_control() && !is_hidden(c)
}

/// Hidden characters go first, so that what they parted is composed; then NFC; then marks are counted. Clean text
/// cleaned again is the same.
fn clean(raw: &str) -> impl Iterator<Item = char> + '_ {
    let unix = raw.replace("\r\n", "\n").replace('\r', "\n");
    let seen: String = unix.chars().filter(|&c| c == '\n' || c == '\t' || allowed(c)).collect();
    let composed: Vec<char> = seen.nfc().collect();
    let mut marks = 0;
    let kept = composed.into_iter().filter(move |&c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks <= MARKS
    });
    kept.map(|c| if c == '\t' { ' ' } else { c })
}

/// Is this a clean name as it stands, by a look at its bytes? Printable ASCII in words with one space between them.
fn is_plain(raw: &str) -> bool {
    let mut before = b' ';
    let words = raw.bytes().all(|byte| {
        let follows = byte.is_ascii_graphic() || (byte == b' ' && before != b' ');
        before = byte;
        follows
    });
    words && raw.len() <= NAME && (before != b' ' || raw.is_empty())
}

/// Characters that steer or hide text: bidi controls, zero-width characters, tags, the byte-order mark. The zero-width
/// joiner and non-joiner stay, since emoji and several scripts need them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{061C}'
        | '\u{FEFF}' | '\u{00AD}' | '\u{180E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{2028}' | '\u{2029}'
        | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_clean_line() {
        assert_eq!(Text::name("  Sia\u{302}n\t\n O\u{2019}Neill ").as_str(), "Siân O\u{2019}Neill");
        assert_eq!(Text::name("a\u{202E}b\u{1b}[31mc\u{200B}").as_str(), "ab[31mc");
        assert_eq!(Text::name("👨\u{200D}👩\u{200D}👧").as_str(), "👨\u{200D}👩\u{200D}👧");
    }

    #[test]
    fn zalgo_and_length_are_bounded() {
        let zalgo = format!("Z{}", "\u{335}".repeat(100));
        assert!(Text::name(&zalgo).as_str().chars().count() <= 1 + MARKS);
        assert_eq!(Text::name(&"é".repeat(500)).as_str().chars().count(), NAME);
        assert!(Text::note(&"é".repeat(NOTE)).as_str().len() <= NOTE);
    }

    #[test]
    fn what_is_plain_is_taken_as_it_stands() {
        for plain in ["", "a", "Oak 6", "O'Neill-Smith, a b"] {
            assert!(is_plain(plain), "{plain:?}");
        }
        let long = "a".repeat(NAME + 1);
        for other in [" a", "a ", "a  b", " ", "a\tb", "a\u{7f}", "\u{e9}", &long] {
            assert!(!is_plain(other), "{other:?}");
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for raw in ["e\u{200B}\u{301}", "a\u{202E}\u{301}\u{301}", "o\u{2060}\u{308}\u{200B}\u{304}"] {
            let once = Text::name(raw);
            assert_eq!(Text::name(once.as_str()), once);
        }
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(Text::note("one\r\ntwo\rthree\u{0}").as_str(), "one\ntwo\nthree");
    }
}

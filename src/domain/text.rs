//! Text that came from outside, cleaned once at every entrance: typing, paste, import, restore.
//!
//! NFC; no control characters (a newline only in a note); no bidi or zero-width characters but the joiners that emoji
//! and scripts need, each between two letters; at most 8 combining marks on one letter, and none where there is no letter
//! at all; bounded length.

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
        let spaced: String = clean(raw).into_iter().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let words: Vec<&str> = spaced.split(' ').filter(|w| !w.is_empty()).collect();
        Self(whole(&words.join(" ").chars().take(NAME).collect::<String>()).to_owned())
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
        Self(whole(&out).trim_start().to_owned())
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

/// Any text as one line that a terminal, a printer or a file of lines may be given: line ends and tabs are blanks, and
/// what would steer or hide is a mark that something stood there.
pub fn line(raw: &str) -> String {
    raw.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { visible(c) }).collect()
}

/// The same for a text of several lines.
pub fn lines(raw: &str) -> String {
    raw.chars().map(|c| if c == '\n' { c } else { visible(if c == '\t' { ' ' } else { c }) }).collect()
}

/// Lines of a paper with this mark above every fifty of them: a page has sixty, so none is without it.
pub fn marked(mark: Option<&str>, lines: Vec<String>) -> Vec<String> {
    let Some(mark) = mark else { return lines };
    lines.chunks(50).flat_map(|page| [mark.to_owned()].into_iter().chain(page.iter().cloned())).collect()
}

fn visible(c: char) -> char {
    if allowed(c) { c } else { char::REPLACEMENT_CHARACTER }
}

/// Hidden characters go first, and joiners that join nothing, so that what they parted is composed; then NFC; then marks
/// are counted. Clean text cleaned again is the same.
fn clean(raw: &str) -> Vec<char> {
    if raw.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return raw.chars().collect();
    }
    let unix = raw.replace("\r\n", "\n").replace('\r', "\n");
    let seen: Vec<char> = unix.chars().filter(|&c| c == '\n' || c == '\t' || allowed(c)).collect();
    let mut marks = 0;
    let composed = standing(&seen).into_iter().nfc().filter(move |&c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks <= MARKS
    });
    let clean: Vec<char> = composed.map(|c| if c == '\t' { ' ' } else { c }).collect();
    // Marks alone, without a letter in it all, are a name that nobody sees.
    let seen = clean.iter().any(|&c| !c.is_whitespace() && !is_combining_mark(c) && !is_joiner(c));
    if seen { clean } else { Vec::new() }
}

/// Without joiners that join nothing.
fn standing(seen: &[char]) -> Vec<char> {
    let mut kept: Vec<char> = Vec::with_capacity(seen.len());
    for (at, &c) in seen.iter().enumerate() {
        let joins = || {
            let next = seen.iter().skip(at + 1).find(|c| !is_joiner(**c));
            let before = kept.last().is_some_and(|b| !b.is_whitespace() && !is_joiner(*b));
            before && next.is_some_and(|c| !c.is_whitespace())
        };
        if !is_joiner(c) || joins() {
            kept.push(c);
        }
    }
    kept
}

/// A text was cut here: no blank and no joiner at its end.
fn whole(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || is_joiner(c))
}

/// The zero-width joiner and non-joiner: emoji and several scripts need them, between two letters.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
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

/// Characters that steer or hide text, or stand for none: bidi controls, zero-width characters but the joiners, letters
/// that are blank, tags, the byte-order mark, noncharacters.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{061C}'
        | '\u{FEFF}' | '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
        | '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}' | '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sixty_rows_have_the_mark() {
        let lines: Vec<String> = (0..170).map(|n| n.to_string()).collect();
        assert_eq!(marked(None, lines.clone()), lines);
        let all = marked(Some("P"), lines.clone());
        assert!(all.windows(60).all(|page| page.contains(&"P".to_owned())));
        assert_eq!(all.into_iter().filter(|row| row != "P").collect::<Vec<_>>(), lines);
        assert!(marked(Some("P"), lines).first().is_some_and(|row| row == "P"));
    }

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
        for raw in [
            "e\u{200B}\u{301}",
            "a\u{202E}\u{301}\u{301}",
            "o\u{2060}\u{308}\u{200B}\u{304}",
            "\u{200D}\u{301}e\u{200D}\u{200C}\u{301}x\u{200D} \u{200D}",
        ] {
            let once = Text::name(raw);
            assert_eq!(Text::name(once.as_str()), once);
        }
    }

    #[test]
    fn a_name_that_nobody_sees_is_none() {
        for raw in
            ["\u{200D}", "\u{200C}\u{200D} \u{200D}", "\u{301}\u{302}", "\u{3164}", "\u{2800}\u{115F}", "\u{FE0F}"]
        {
            assert!(Text::name(raw).is_empty() && Text::note(raw).is_empty(), "{raw:?}");
        }
        assert_eq!(Text::name(" Mia\u{200D}").as_str(), "Mia");
        assert_eq!(Text::name("\u{FFFE}a\u{1FFFF}b\u{FDD0}\u{E0041}\u{FFFD}").as_str(), "ab\u{FFFD}");
        assert_eq!(Text::name("क्\u{200D}ष").as_str(), "क्\u{200D}ष");
        let cut = Text::name(&format!("{}\u{200D}b", "a".repeat(NAME - 1)));
        assert_eq!(Text::name(cut.as_str()), cut);
    }

    #[test]
    fn a_line_is_one_line_and_shows_what_was_taken_out() {
        assert_eq!(line("a\nb\t\u{1b}[2J\u{202E}"), "a b \u{FFFD}[2J\u{FFFD}");
        assert_eq!(lines("a\nb\u{9b}"), "a\nb\u{FFFD}");
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(Text::note("one\r\ntwo\rthree\u{0}").as_str(), "one\ntwo\nthree");
    }
}

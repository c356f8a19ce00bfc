//! Finding people by the letters of their names, whatever accents either has: today's here, anybody on file in
//! [`Names`].

mod on_file;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::day::Day;
use crate::domain::ids::{PersonId, SessionId};

pub use on_file::{Hits, Name, Names, OnFile};

/// Somebody of today's families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Number of the session.
    pub no: u16,
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
}

/// From this many letters on, surnames are searched too.
const SURNAMES_FROM: usize = 3;
/// From here on a script is written without spaces, and one character is a whole surname.
const UNSPACED: char = '\u{2E80}';

/// Everyone of today's families whose names begin with the words typed, in the order of the board. One or two letters
/// match first names and known-as names only.
pub fn find(day: &Day, typed: &str) -> Vec<Found> {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let surnames = with_surnames(&folded);
    let mut found = Vec::new();
    for session in &day.sessions {
        for (member, _) in session.all() {
            let known = member.known_as.as_ref().map_or("", |k| k.as_str());
            let family = if surnames { member.family.as_str() } else { "" };
            let names = fold(&format!("{} {known} {family}", member.given));
            if words.iter().all(|w| begins(&names, w)) {
                found.push(Found { no: session.plan.no, session: session.id(), person: member.person });
            }
        }
    }
    found
}

/// One or two letters match first names only, so that few are found; surnames come in from the third, or a second word.
fn with_surnames(folded: &str) -> bool {
    folded.split(' ').filter(|w| !w.is_empty()).count() > 1
        || folded.chars().count() >= SURNAMES_FROM
        || folded.chars().any(|c| c >= UNSPACED)
}

/// One of the words of the names begins with the word typed; in a script without spaces, anywhere.
fn begins(names: &str, word: &str) -> bool {
    let spaced = word.chars().all(|c| c < UNSPACED);
    if spaced { names.split(' ').any(|n| n.starts_with(word)) } else { names.contains(word) }
}

/// Letters without accents, case or apostrophes: `Siân` and `Sia◌̂n` are `sian`, `Łukasz` is `lukasz`, `O’Neill` is
/// `oneill`, `Jean-Luc` is `jean luc`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '`' | '\u{00B4}' => {}
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '-' | '.' | '\u{2010}'..='\u{2015}' => out.push(' '),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_takes_accents_case_and_apostrophes_away() {
        for (name, folded) in [
            ("Siân", "sian"),
            ("Sia\u{302}n", "sian"),
            ("Łukasz", "lukasz"),
            ("Nguyễn", "nguyen"),
            ("O\u{2019}Neill", "oneill"),
            ("Sørensen", "sorensen"),
            ("Jean-Luc", "jean luc"),
            ("İpek", "ipek"),
            ("王芳", "王芳"),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }
}

//! Finding anybody on file by the letters of their names, among a hundred thousand, between two keys.
//!
//! All folded names stand in one text, and the places where a word begins are kept sorted by what follows, so that a
//! word typed is two binary searches. A script without spaces begins anew at each character.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::{UNSPACED, begins, fold, with_surnames};
use crate::domain::case::{CaseFile, Member};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::text::Text;

/// Between names in the text; no name holds it.
const END: char = '\n';

/// A person of a file, as they are to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The file.
    pub case: CaseId,
    /// Who.
    pub person: PersonId,
    /// Given name.
    pub given: &'a str,
    /// What they are called, if not that.
    pub known_as: &'a str,
    /// Surname.
    pub family: &'a str,
    /// Date of birth, of children.
    pub born: Option<NaiveDate>,
}

impl<'a> Name<'a> {
    /// Of a person of a file.
    pub fn of(case: CaseId, member: &'a Member) -> Self {
        Self {
            case,
            person: member.person,
            given: member.given.as_str(),
            known_as: member.known_as.as_ref().map_or("", Text::as_str),
            family: member.family.as_str(),
            born: member.born,
        }
    }
}

/// The names of everybody on file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Folded: given name and known-as, then the surname, a line each.
    text: String,
    /// As they are shown, one after another.
    shown: String,
    rows: Vec<Row>,
    cases: Vec<CaseId>,
    /// Where words begin and in which row, sorted by what follows.
    starts: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    /// Where its text begins, and where in it the surname does.
    at: u32,
    family: u32,
    shown: u32,
    case: u32,
    person: PersonId,
    born: Option<NaiveDate>,
}

/// Somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFile {
    /// The file.
    pub case: CaseId,
    /// Who.
    pub person: PersonId,
    /// As they are shown: `Siân PRITCHARD`.
    pub shown: String,
    /// Date of birth, of children.
    pub born: Option<NaiveDate>,
}

/// How many were found, and the first of them by the alphabet of what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many people.
    pub count: usize,
    /// The first of them.
    pub first: Vec<OnFile>,
}

impl Names {
    /// Of everybody of these files.
    pub fn of_files<'a>(files: impl Iterator<Item = &'a CaseFile>) -> Self {
        Self::of(files.flat_map(|file| file.people.iter().map(|member| Name::of(file.head.case, member))))
    }

    /// Of these people, in any order.
    pub fn of<'a>(all: impl Iterator<Item = Name<'a>>) -> Self {
        let mut names = Self::default();
        all.for_each(|name| names.push(&name));
        names.text.shrink_to_fit();
        names.shown.shrink_to_fit();
        names.rows.shrink_to_fit();
        names.index();
        names
    }

    /// Puts one more in, not to be found before [`Names::index`].
    pub fn push(&mut self, name: &Name<'_>) {
        if self.cases.last() != Some(&name.case) {
            self.cases.push(name.case);
        }
        let place = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let at = place(&self.text);
        self.text.push_str(fold(&format!("{} {}", name.given, name.known_as)).trim());
        self.text.push(' ');
        let family = place(&self.text);
        self.text.push_str(fold(name.family).trim());
        self.text.push(END);
        let shown = place(&self.shown);
        let called = if name.known_as.is_empty() { name.given } else { name.known_as };
        self.shown.push_str(called);
        self.shown.push(' ');
        self.shown.push_str(&name.family.to_uppercase());
        let case = u32::try_from(self.cases.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.rows.push(Row { at, family, shown, case, person: name.person, born: name.born });
    }

    /// Sorts what was put in.
    pub fn index(&mut self) {
        let mut starts = Vec::with_capacity(self.rows.len().saturating_mul(3));
        let (mut before, mut row) = (END, 0);
        for (at, c) in self.text.char_indices() {
            if c >= UNSPACED || (matches!(before, END | ' ') && !matches!(c, END | ' ')) {
                starts.push((u32::try_from(at).unwrap_or(u32::MAX), row));
            }
            row += u32::from(c == END);
            before = c;
        }
        starts.sort_unstable_by(|(one, _), (other, _)| self.from(*one).cmp(self.from(*other)));
        starts.shrink_to_fit();
        self.starts = starts;
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Nobody is on file.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whoever has names that begin with the words typed, at most so many of them.
    pub fn find(&self, typed: &str, at_most: usize) -> Hits {
        let folded = fold(typed);
        let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        // The longest word leaves the fewest.
        let Some(longest) = words.iter().max_by_key(|w| w.len()) else { return Hits::default() };
        let surnames = with_surnames(&folded);
        // A bit a row: who was found by one name already.
        let mut seen = vec![0_u64; self.rows.len().div_ceil(64)];
        let (mut count, mut first) = (0, Vec::new());
        for (start, row) in self.beginning_with(longest) {
            let fits = surnames || self.rows.get(*row as usize).is_some_and(|of| *start < of.family);
            let Some(bits) = seen.get_mut(*row as usize / 64).filter(|_| fits) else { continue };
            let bit = 1 << (row % 64);
            if *bits & bit == 0 && self.has_all(*row as usize, &words) {
                *bits |= bit;
                count += 1;
                if first.len() < at_most {
                    first.extend(self.shown(*row));
                }
            }
        }
        Hits { count, first }
    }

    fn has_all(&self, row: usize, words: &[&str]) -> bool {
        if words.len() < 2 {
            return true;
        }
        let line = self.rows.get(row).map_or("", |of| self.text.get(of.at as usize..).unwrap_or_default());
        let line = line.split(END).next().unwrap_or_default();
        words.iter().all(|word| begins(line, word))
    }

    /// The places whose word begins so.
    fn beginning_with(&self, word: &str) -> &[(u32, u32)] {
        let word = word.as_bytes();
        let against = |(start, _): &(u32, u32)| {
            let from = self.from(*start);
            let head = from.get(..word.len()).unwrap_or(from);
            head.cmp(word)
        };
        let first = self.starts.partition_point(|start| against(start) == Ordering::Less);
        let last = self.starts.partition_point(|start| against(start) != Ordering::Greater);
        self.starts.get(first..last).unwrap_or_default()
    }

    fn from(&self, start: u32) -> &[u8] {
        self.text.as_bytes().get(start as usize..).unwrap_or_default()
    }

    fn shown(&self, row: u32) -> Option<OnFile> {
        let of = self.rows.get(row as usize)?;
        let end = self.rows.get(row as usize + 1).map_or(self.shown.len(), |next| next.shown as usize);
        let shown = self.shown.get(of.shown as usize..end)?.to_owned();
        Some(OnFile { case: *self.cases.get(of.case as usize)?, person: of.person, shown, born: of.born })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;

    const PEOPLE: [(&str, &str, &str); 9] = [
        ("Siân", "", "Pritchard"),
        ("Sia\u{302}n", "", "Jones"),
        ("Cerys", "Sian", "O\u{2019}Neill"),
        ("Łukasz", "", "Nguyễn"),
        ("Thị Hồng", "", "Nguyễn-Sian"),
        ("芳", "", "王"),
        ("Mia", "", "Sianova"),
        ("小明", "", "李王"),
        ("Sam", "", "Oneill"),
    ];

    fn names() -> Names {
        let person = |n: usize| PersonId(Uuid::from_u128(n as u128));
        Names::of(PEOPLE.iter().enumerate().map(|(n, (given, known_as, family))| Name {
            case: CaseId(Uuid::from_u128(n as u128 / 2)),
            person: person(n),
            given,
            known_as,
            family,
            born: None,
        }))
    }

    /// Everybody, one after the other.
    fn brute(typed: &str) -> BTreeSet<u128> {
        let folded = fold(typed);
        let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        let surnames = words.len() > 1 || folded.chars().count() >= 3 || typed.contains(['王', '小', '明', '李']);
        let fits = |(given, known_as, family): &(&str, &str, &str)| {
            let line = fold(&format!("{given} {known_as} {}", if surnames { family } else { "" }));
            !words.is_empty() && words.iter().all(|w| begins(&line, w))
        };
        (0..).zip(&PEOPLE).filter(|(_, name)| fits(name)).map(|(n, _)| n).collect()
    }

    #[test]
    fn as_many_are_found_as_by_looking_at_each() {
        let names = names();
        for typed in [
            "s",
            "si",
            "sian",
            "Siân",
            "nguyen",
            "nguyễn hong",
            "oneill",
            "O'Neill",
            "王",
            "李",
            "小",
            "明",
            "mi",
            "x",
            " ",
            "sian j",
        ] {
            let hits = names.find(typed, 100);
            let found: BTreeSet<u128> = hits.first.iter().map(|hit| hit.person.0.as_u128()).collect();
            assert_eq!(found, brute(typed), "{typed}");
            assert_eq!(hits.count, found.len(), "{typed}");
        }
        assert_eq!(names.find("sian", 2).first.len(), 2);
        assert_eq!(names.find("sian", 2).count, 5);
        assert_eq!(names.find("lukasz", 1).first.first().unwrap().shown, "Łukasz NGUYỄN");
    }
}

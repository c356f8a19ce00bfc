//! Text as cells: cleaned, measured, cut and wrapped by what the eye takes for one character.

use std::num::NonZeroU16;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::theme::{Glyphs, Theme};

/// Marks on one letter; Vietnamese needs two, pointed Hebrew four.
const MARKS: usize = 6;
/// Cells of one cluster: conjuncts of Indic scripts have the widest honest ones.
const WIDEST: u16 = 8;

/// What the eye takes for one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cluster {
    pub(super) text: String,
    pub(super) width: u16,
}

/// A text that may be drawn: no control characters, each cluster with its width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ink(Vec<Cluster>);

/// Writes over what is not needed any more; that it is looked at keeps the compiler from leaving it out.
pub(super) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    std::hint::black_box(bytes);
}

impl Ink {
    /// Cleans and measures.
    pub(super) fn new(text: &str, theme: &Theme) -> Self {
        // With room for all of it, and wiped: it may be what is shown once.
        let mut plain = String::with_capacity(text.len());
        plain.extend(text.chars().filter_map(printable));
        let mut clusters = Vec::with_capacity(plain.len());
        for cluster in plain.graphemes(true) {
            match (theme.glyphs, cluster) {
                (Glyphs::Ascii, "·" | "–" | "—" | "─") => clusters.push(Cluster { text: "-".into(), width: 1 }),
                (Glyphs::Ascii, "…") => clusters.extend(Self::raw(theme.ellipsis()).0),
                _ => clusters.extend(steady(cluster)),
            }
        }
        wipe(&mut plain.into_bytes());
        Self(clusters)
    }

    /// A glyph of the theme, needing no cleaning.
    pub(super) fn raw(text: &str) -> Self {
        Self(text.graphemes(true).map(|one| Cluster { text: one.into(), width: one.cell_width() }).collect())
    }

    pub(super) fn width(&self) -> u16 {
        self.0.iter().fold(0, |sum, one| sum.saturating_add(one.width))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clusters(&self) -> &[Cluster] {
        &self.0
    }

    /// With another behind it.
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// As much of the start as `room` cells hold.
    pub(super) fn start(&self, room: u16) -> Self {
        Self(self.0.get(..self.fits(0, room)).unwrap_or_default().to_vec())
    }

    /// As much of the end as `room` cells hold.
    pub(super) fn end(&self, room: u16) -> Self {
        let mut left = room;
        let kept = self.0.iter().rev().take_while(|one| take(&mut left, one.width)).count();
        Self(self.0.get(self.0.len() - kept..).unwrap_or_default().to_vec())
    }

    /// Whole if it fits; else cut, with an ellipsis.
    pub(super) fn cut(self, room: u16, theme: &Theme) -> Self {
        if self.width() <= room {
            return self;
        }
        let dots = Self::raw(theme.ellipsis());
        match room.checked_sub(dots.width()) {
            None => dots.start(room),
            Some(room) => self.start(room).trimmed().then(dots),
        }
    }

    /// In rows of at most `room` cells, broken at blanks where there are any.
    pub(super) fn wrap(&self, room: u16) -> Vec<Self> {
        let mut rows = Vec::new();
        let mut from = 0;
        while from < self.0.len() {
            // A cluster wider than the whole row stands alone, and is left out when it is drawn.
            let end = self.fits(from, room).max(from + 1);
            let next = if end >= self.0.len() { end } else { self.break_at(from, end) };
            let row = self.0.get(from..next).unwrap_or_default().to_vec();
            rows.push(Self(row).trimmed());
            from = next;
            while from > 0 && self.0.get(from).is_some_and(is_blank) {
                from += 1;
            }
        }
        if rows.is_empty() {
            rows.push(Self::default());
        }
        rows
    }

    /// In at most `rows` rows, the last cut where there is more.
    pub(super) fn wrap_to(&self, room: u16, rows: usize, theme: &Theme) -> Vec<Self> {
        let mut all = self.wrap(room);
        if all.len() > rows && rows > 0 {
            let last = all.drain(rows - 1..).reduce(|row, next| row.then(Self::raw(" ")).then(next));
            all.extend(last.map(|last| last.cut(room, theme)));
        }
        all
    }

    /// The index after the last cluster that fits, from `from`.
    fn fits(&self, from: usize, room: u16) -> usize {
        let mut left = room;
        from + self.0.iter().skip(from).take_while(|one| take(&mut left, one.width)).count()
    }

    /// Where to break between `from` and `end`: after the last blank, else at `end`.
    fn break_at(&self, from: usize, end: usize) -> usize {
        if self.0.get(end).is_some_and(is_blank) {
            return end;
        }
        let row = self.0.get(from..end).unwrap_or_default();
        row.iter().rposition(is_blank).filter(|at| *at > 0).map_or(end, |at| from + at + 1)
    }

    fn trimmed(mut self) -> Self {
        while self.0.last().is_some_and(is_blank) {
            self.0.pop();
        }
        self
    }
}

fn is_blank(cluster: &Cluster) -> bool {
    cluster.text == " "
}

fn take(left: &mut u16, width: u16) -> bool {
    match left.checked_sub(width) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}

/// Line ends and tabs become blanks; other control characters, those that turn the direction of writing, those that
/// nobody sees and those that are none, go.
fn printable(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{fff0}'..='\u{fffb}' | '\u{180e}' => None,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => None,
        '\u{fdd0}'..='\u{fdef}' => None,
        c if u32::from(c) & 0xfffe == 0xfffe => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// The cluster as every terminal draws it: where they disagree about its width (emoji joined or varied into one), its
/// first character stands for it, so that columns hold.
fn steady(cluster: &str) -> Option<Cluster> {
    let sum: usize = cluster.chars().map(|c| c.width().unwrap_or(0)).sum();
    let first = cluster.chars().next()?;
    let varied = cluster.contains('\u{fe0f}') || first.width() == Some(2);
    let text = if varied && sum != usize::from(cluster.cell_width()) { first.into() } else { bounded(cluster) };
    // Marks that take room: some terminals count the letters one by one, some the cluster. Room for the wider.
    let apart: usize = text.chars().map(apart).sum();
    let width = text.as_str().cell_width().max(u16::try_from(apart).unwrap_or(WIDEST).min(WIDEST));
    (width > 0).then_some(Cluster { text, width })
}

/// Cells of a character where a terminal counts the letters one by one. Marks that stand beside their letter have one there,
/// also those that Unicode counts as part of it (spacing marks that are `Other_Grapheme_Extend`: the vowel of `தா`).
fn apart(c: char) -> usize {
    const BESIDE: [u32; 32] = [
        0x9be, 0x9d7, 0xb3e, 0xb57, 0xbbe, 0xbd7, 0xcc0, 0xcc2, 0xcc7, 0xcc8, 0xcca, 0xccb, 0xcd5, 0xcd6, 0xd3e, 0xd57,
        0xdcf, 0xddf, 0x1715, 0x1734, 0x1b35, 0x1b3b, 0x1b3d, 0x1b43, 0x1b44, 0x1baa, 0x1bf2, 0x1bf3, 0x302e, 0x302f,
        0xa953, 0xa9c0,
    ];
    if BESIDE.binary_search(&u32::from(c)).is_ok() { 1 } else { c.width().unwrap_or(0) }
}

impl Cluster {
    /// The room that it has, where terminals may disagree about what it takes.
    pub(super) fn unsure(&self) -> Option<NonZeroU16> {
        let marked = self.text.chars().filter(|c| apart(*c) > 0).count() > 1;
        NonZeroU16::new(self.width).filter(|_| marked)
    }
}

/// Not more marks, nor more cells, than a letter of any script has.
fn bounded(cluster: &str) -> String {
    let mut text = String::with_capacity(cluster.len());
    let mut marks = 0;
    for c in cluster.chars() {
        marks += usize::from(c.width() == Some(0));
        if marks > MARKS {
            break;
        }
        text.push(c);
        if text.as_str().cell_width() > WIDEST {
            text.pop();
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(text: &str) -> Ink {
        Ink::new(text, &Theme::default())
    }

    fn shown(ink: &Ink) -> String {
        ink.clusters().iter().map(|one| one.text.as_str()).collect()
    }

    fn rows(text: &str, room: u16) -> Vec<String> {
        ink(text).wrap(room).iter().map(shown).collect()
    }

    #[test]
    fn names_have_the_width_that_the_eye_sees() {
        for (name, width) in [
            ("Siân", 4),
            ("Sia\u{302}n", 4),
            ("Łukasz", 6),
            ("Nguyễn", 6),
            ("王芳", 4),
            ("ليلى", 4),
            ("👨‍👩‍👧‍👦", 2),
            ("❤\u{fe0f}", 1),
            ("🇬🇧", 2),
            ("z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}", 1),
        ] {
            assert_eq!(ink(name).width(), width, "{name}");
        }
    }

    #[test]
    fn letters_with_marks_beside_them_have_room_for_both() {
        for (letter, width) in [("தா", 2), ("কা", 2), ("ಕೀ", 2), ("ගා", 2), ("மு", 2), ("का", 2), ("ன்", 1), ("ด้", 1)]
        {
            let ink = ink(letter);
            assert_eq!(ink.width(), width, "{letter}");
            assert_eq!(ink.clusters()[0].unsure().is_some(), width > 1, "{letter}");
        }
    }

    #[test]
    fn control_characters_are_never_ink() {
        assert_eq!(shown(&ink("a\x1b[31mb\u{202e}c\u{7}\u{9b}d\r\ne\tf")), "a[31mbcd  e f");
        assert!(ink("\u{302}\u{0}").is_empty() || ink("\u{302}\u{0}").width() > 0);
    }

    #[test]
    fn a_cut_never_splits_a_wide_character() {
        let theme = Theme::default();
        assert_eq!(shown(&ink("王芳王芳").cut(6, &theme)), "王芳…");
        assert_eq!(shown(&ink("王芳王芳").cut(4, &theme)), "王…");
        assert_eq!(shown(&ink("王芳").cut(0, &theme)), "");
        assert_eq!(shown(&ink("Mia and").cut(5, &theme)), "Mia…");
        assert_eq!(shown(&ink("王芳").end(3)), "芳");
        let ascii = Theme { glyphs: Glyphs::Ascii, ..theme };
        assert_eq!(shown(&ink("Bartholomew").cut(6, &ascii)), "Bart..");
        assert_eq!(shown(&Ink::new("one · Siân…", &ascii)), "one - Siân..");
    }

    #[test]
    fn text_wraps_at_blanks_and_long_words_break() {
        assert_eq!(rows("one two three", 8), ["one two", "three"]);
        assert_eq!(rows("one  ·  two", 20), ["one  ·  two"]);
        assert_eq!(rows("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(rows("王芳王", 3), ["王", "芳", "王"]);
        assert_eq!(rows("", 5), [""]);
        assert_eq!(rows("  indented", 20), ["  indented"]);
        assert_eq!(rows("王", 0), ["王"]);
    }

    #[test]
    fn what_does_not_fit_its_rows_says_so() {
        let theme = Theme::default();
        let cut: Vec<String> = ink("one two three four five").wrap_to(8, 2, &theme).iter().map(shown).collect();
        assert_eq!(cut, ["one two", "three f…"]);
    }
}

//! Blocks into rows: lines, fields, inputs and columns.

use ratatui::style::Style;

use crate::app::screen::{Block, Field, Line, Piece, Tone};

use super::row::{Focus, Row};
use super::table;
use super::text::Ink;
use super::theme::Theme;

/// Between blocks side by side.
const GAP: u16 = 2;

/// What a block is laid out on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) theme: &'a Theme,
    /// Cells that a block may use.
    pub(super) width: u16,
    /// What `width` is where the terminal has 80 cells; columns grow by the difference.
    pub(super) base: u16,
}

impl Sheet<'_> {
    /// Text ends one cell before the edge.
    pub(super) fn edge(&self) -> u16 {
        self.width.saturating_sub(1)
    }

    fn part(&self, count: u16) -> Self {
        let part = |whole: u16| whole.saturating_sub(GAP.saturating_mul(count.saturating_sub(1))) / count.max(1);
        Self { theme: self.theme, width: part(self.width), base: part(self.base) }
    }
}

/// Lays blocks out, one under the other.
pub(super) fn rows(sheet: &Sheet<'_>, blocks: &[Block]) -> Vec<Row> {
    blocks.iter().flat_map(|block| one(sheet, block)).collect()
}

fn one(sheet: &Sheet<'_>, block: &Block) -> Vec<Row> {
    match block {
        Block::Blank => vec![Row::default()],
        Block::Line(line) => vec![self::line(sheet, line)],
        Block::Field { label, shape, value, indent } => {
            let shape = shape.map(|shape| (sheet.theme.shape(shape), sheet.theme.shape_style(shape)));
            labelled(sheet, label, shape, value, *indent)
        }
        Block::Table(table) => table::rows(sheet, table),
        Block::Columns(columns) => side_by_side(sheet, columns),
        Block::Input { label, field, right, focused } => vec![input(sheet, label, field, right, *focused)],
        Block::Rule => vec![rule(sheet.theme, sheet.edge())],
    }
}

/// A horizontal line.
pub(super) fn rule(theme: &Theme, width: u16) -> Row {
    let mut row = Row::default();
    row.put(0, Ink::raw(&theme.across().repeat(usize::from(width))), theme.tone(Tone::Quiet));
    row
}

/// One row with words at both ends; the right end is kept whole first.
pub(super) fn line(sheet: &Sheet<'_>, line: &Line) -> Row {
    let edge = sheet.edge();
    let right = pieces(sheet, &line.right, 0, edge);
    let width = right.last().map_or(0, |(x, ink, _)| x.saturating_add(ink.width()));
    let start = edge.saturating_sub(width);
    let limit = if width == 0 { edge } else { start.saturating_sub(GAP) };
    let mut row = Row::default();
    for (x, ink, style) in pieces(sheet, &line.left, 0, limit) {
        row.put(x, ink, style);
    }
    for (x, ink, style) in right {
        row.put(start.saturating_add(x), ink, style);
    }
    row
}

/// Pieces at their places, from `x` and before `limit`.
fn pieces(sheet: &Sheet<'_>, pieces: &[Piece], mut x: u16, limit: u16) -> Vec<(u16, Ink, Style)> {
    let theme = sheet.theme;
    let mut placed = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (ink, style) = match piece {
            Piece::Words(words, tone) => (Ink::new(words, theme), theme.tone(*tone)),
            Piece::Shape(shape) => (Ink::raw(theme.shape(*shape)), theme.shape_style(*shape)),
            Piece::To(column) => {
                x = if x == 0 { *column } else { (*column).max(x.saturating_add(1)) };
                continue;
            }
        };
        let room = limit.saturating_sub(x);
        let whole = ink.width() <= room;
        let ink = ink.cut(room, theme);
        let end = x.saturating_add(ink.width());
        placed.push((x, ink, style));
        if !whole {
            break;
        }
        x = end;
    }
    placed
}

/// A label, and a text that wraps under itself.
fn labelled(sheet: &Sheet<'_>, label: &str, shape: Option<(&str, Style)>, value: &str, indent: u16) -> Vec<Row> {
    let theme = sheet.theme;
    let edge = sheet.edge();
    let label = Ink::new(label, theme).cut(edge / 2, theme);
    let before = if shape.is_some() { 2 } else { 0 };
    let needed = if label.is_empty() { before } else { label.width().saturating_add(1 + before) };
    let indent = indent.min(edge / 2).max(needed);
    let mut rows = Vec::new();
    for ink in Ink::new(value, theme).wrap(edge.saturating_sub(indent)) {
        let mut row = Row::default();
        if rows.is_empty() {
            row.put(0, label.clone(), theme.tone(Tone::Plain));
            if let Some((glyph, style)) = shape {
                row.put(indent.saturating_sub(2), Ink::raw(glyph), style);
            }
        }
        row.put(indent, ink, theme.tone(Tone::Plain));
        rows.push(row);
    }
    rows
}

fn side_by_side(sheet: &Sheet<'_>, columns: &[Vec<Block>]) -> Vec<Row> {
    let count = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    let part = sheet.part(count);
    let mut all: Vec<Row> = Vec::new();
    let mut x = 0;
    for blocks in columns {
        for (n, row) in rows(&part, blocks).into_iter().enumerate() {
            if all.len() == n {
                all.push(Row::default());
            }
            if let Some(whole) = all.get_mut(n) {
                whole.join(x, row.within(part.width));
            }
        }
        x = x.saturating_add(part.width).saturating_add(GAP);
    }
    all
}

fn input(sheet: &Sheet<'_>, label: &str, field: &Field, right: &str, focused: bool) -> Row {
    let theme = sheet.theme;
    let edge = sheet.edge();
    let mut row = Row::default();
    let right = Ink::new(right, theme).cut(edge / 2, theme);
    let limit = if right.is_empty() { edge } else { edge.saturating_sub(right.width().saturating_add(GAP)) };
    let end = row.put(0, Ink::new(label, theme).cut(limit / 2, theme), theme.tone(Tone::Plain));
    let x = if end == 0 { 0 } else { end.saturating_add(1) };
    typed(&mut row, theme, field, x, limit, focused);
    row.put(edge.saturating_sub(right.width()), right, theme.tone(Tone::Plain));
    row
}

/// Text with a caret, between `x` and `limit`; the caret stays in view. The answer is the cell after it.
pub(super) fn typed(row: &mut Row, theme: &Theme, field: &Field, x: u16, limit: u16, focused: bool) -> u16 {
    let (before, after) = (Ink::new(&field.before, theme), Ink::new(&field.after, theme));
    let plain = theme.tone(Tone::Plain);
    if !focused {
        return row.put(x, before.then(after).cut(limit.saturating_sub(x), theme), plain);
    }
    // A cell is kept for the caret, and two where the caret may stand on a wide character.
    let spare = after.clusters().first().map_or(1, |one| one.width);
    let shown = before.end(limit.saturating_sub(x).saturating_sub(spare));
    let at = row.put(x, shown, plain);
    row.focus = Some(Focus::Caret(at));
    if after.is_empty() {
        return row.put(at, Ink::raw(theme.caret()).start(limit.saturating_sub(at)), plain);
    }
    let first = after.start(spare.min(limit.saturating_sub(at)));
    let rest = after.end(after.width().saturating_sub(first.width()));
    let next = row.put(at, first, theme.under_caret());
    row.put(next, rest.start(limit.saturating_sub(next)), plain)
}

//! One row that has been laid out, and its way into the buffer.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::text::Ink;

/// One row: pieces at their places, counted from the left edge of its block.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pieces: Vec<(u16, Ink, Style)>,
    /// The cursor may be parked here.
    pub(super) focus: Option<Focus>,
}

/// Where the cursor belongs in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    /// In a field.
    Caret(u16),
    /// On the mark.
    Mark(u16),
}

impl Focus {
    pub(super) fn column(self) -> u16 {
        match self {
            Self::Caret(x) | Self::Mark(x) => x,
        }
    }

    pub(super) fn is_caret(self) -> bool {
        matches!(self, Self::Caret(_))
    }
}

impl Row {
    /// Puts ink at `x`; the answer is the cell after it. Pieces are put from left to right.
    pub(super) fn put(&mut self, x: u16, ink: Ink, style: Style) -> u16 {
        let end = x.saturating_add(ink.width());
        if !ink.is_empty() {
            self.pieces.push((x, ink, style));
        }
        end
    }

    /// Nothing is drawn here.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Without what stands at `limit` or further right.
    pub(super) fn within(mut self, limit: u16) -> Self {
        for (x, ink, _) in &mut self.pieces {
            *ink = ink.start(limit.saturating_sub(*x));
        }
        self
    }

    /// Another row's pieces, further right.
    pub(super) fn join(&mut self, x: u16, other: Self) {
        self.pieces.extend(other.pieces.into_iter().map(|(at, ink, style)| (at.saturating_add(x), ink, style)));
        let moved = other.focus.map(|focus| match focus {
            Focus::Caret(at) => Focus::Caret(at.saturating_add(x)),
            Focus::Mark(at) => Focus::Mark(at.saturating_add(x)),
        });
        self.focus = self.focus.filter(|focus| focus.is_caret() || moved.is_none()).or(moved);
    }

    /// Draws the row in the first line of `area`; what does not fit is left out, and no wide character is split.
    pub(super) fn paint(&self, buffer: &mut Buffer, area: Rect) {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return;
        }
        for (at, ink, style) in &self.pieces {
            let mut x = area.x.saturating_add(*at);
            for cluster in ink.clusters() {
                let end = x.saturating_add(cluster.width);
                if end > area.right() {
                    break;
                }
                if let Some(cell) = buffer.cell_mut(Position::new(x, area.y)) {
                    cell.set_symbol(&cluster.text).set_style(*style);
                    if let Some(width) = cluster.unsure() {
                        cell.diff_option = CellDiffOption::ForcedWidth(width);
                        cover(buffer, x.saturating_add(1)..end, area.y);
                    }
                }
                x = end;
            }
        }
    }
}

/// Cells that a cluster may or may not take are never drawn while it stands there, but must be once it has gone: they
/// are made to differ from a blank.
fn cover(buffer: &mut Buffer, columns: std::ops::Range<u16>, y: u16) {
    for x in columns {
        if let Some(cell) = buffer.cell_mut(Position::new(x, y)) {
            cell.set_symbol(" ").set_style(Style::new().add_modifier(Modifier::HIDDEN));
        }
    }
}

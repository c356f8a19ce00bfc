//! The body: its rows in the space there is, the strip over the last of them, and the card beside it on wide terminals.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::screen::{Block, Screen, Size, Tone};

use super::block::{Sheet, rows};
use super::row::Row;
use super::text::Ink;
use super::theme::Theme;

/// Cells of a body on a terminal of 80.
const BASE: u16 = 79;
/// Cells that a board keeps beside a card, at 120.
const MAIN: u16 = 76;
/// Cells of the card, at 120.
const BESIDE: u16 = 39;
/// From the board to the card, with the line between them in the middle.
const BETWEEN: u16 = 4;
/// Rows of a whole screen; below that, what is in hand comes before the layout.
const WHOLE: u16 = 24;

/// Draws the body in `area`; the answer is where the cursor belongs.
pub(super) fn paint(buffer: &mut Buffer, area: Rect, screen: &Screen, theme: &Theme) -> Option<Position> {
    let full = Size { width: buffer.area.width, height: buffer.area.height };
    let beside = screen.beside.as_deref().filter(|_| full.is_wide());
    let main = match beside {
        None => area,
        Some(blocks) => {
            let main = MAIN + full.width.saturating_sub(120) / 2;
            card(buffer, area, main, blocks, theme);
            Rect { width: main.min(area.width), ..area }
        }
    };
    let sheet = Sheet { theme, width: main.width, base: BASE };
    let (body, strip) = layers(&sheet, screen, area.height, full.height < WHOLE);
    let first = body.len();
    let all: Vec<Row> = body.into_iter().chain(strip).collect();
    for (row, y) in all.iter().zip(main.top()..main.bottom()) {
        row.paint(buffer, Rect { y, height: 1, ..main });
    }
    cursor(&all, first, main)
}

/// The rows of the body that are in view, and those of the strip, a blank row between them.
fn layers(sheet: &Sheet<'_>, screen: &Screen, height: u16, small: bool) -> (Vec<Row>, Vec<Row>) {
    let height = usize::from(height);
    let body = rows(sheet, &screen.body);
    if screen.strip.is_empty() {
        return (window(body, height), Vec::new());
    }
    let strip = window(rows(sheet, &screen.strip), height);
    let above = (height - strip.len()).saturating_sub(1);
    // On a whole screen no row moves when the strip opens; on a small one the row in hand stays in sight.
    let mut body = window(body, if small { above } else { height });
    body.truncate(above);
    body.resize_with(height - strip.len(), Row::default);
    (body, strip)
}

/// `height` rows: the first, unless the row in hand is further down.
fn window(mut rows: Vec<Row>, height: usize) -> Vec<Row> {
    let caret = rows.iter().position(|row| row.focus.is_some_and(|focus| focus.is_caret()));
    let focus = caret.or_else(|| rows.iter().position(|row| row.focus.is_some()));
    let blank = rows.iter().take_while(|row| row.is_blank()).count();
    let skip = focus.map_or(blank, |at| (at + 1).saturating_sub(height));
    // No blank row at the top is worth a row that would be lost.
    rows.drain(..skip.min(rows.len().saturating_sub(height)));
    rows.truncate(height);
    rows
}

/// A field before a mark, the strip before what it is laid over.
fn cursor(rows: &[Row], strip: usize, area: Rect) -> Option<Position> {
    let found = |caret: bool, from: usize| {
        let focused = rows.iter().enumerate().skip(from).filter_map(|(y, row)| Some((y, row.focus?)));
        focused.into_iter().find(|(_, focus)| focus.is_caret() == caret)
    };
    let best = found(true, strip).or_else(|| found(true, 0)).or_else(|| found(false, strip));
    let (y, focus) = best.or_else(|| found(false, 0))?;
    let y = area.y.saturating_add(u16::try_from(y).ok()?);
    let x = area.x.saturating_add(focus.column()).min(area.right().saturating_sub(1));
    (y < area.bottom() && !area.is_empty()).then_some(Position { x, y })
}

/// The card of the marked row, right of the first `main` cells.
fn card(buffer: &mut Buffer, area: Rect, main: u16, blocks: &[Block], theme: &Theme) {
    let x = area.x.saturating_add(main).saturating_add(BETWEEN).min(area.right());
    let card = Rect { x, width: area.right().saturating_sub(x), ..area };
    let sheet = Sheet { theme, width: card.width, base: BESIDE };
    let mut line = Row::default();
    line.put(main.saturating_add(BETWEEN / 2 - 1), Ink::raw(theme.down()), theme.tone(Tone::Quiet));
    let mut rows = rows(&sheet, blocks).into_iter();
    for y in area.top()..area.bottom() {
        line.paint(buffer, Rect { y, height: 1, ..area });
        if let Some(row) = rows.next() {
            row.paint(buffer, Rect { y, height: 1, ..card });
        }
    }
}

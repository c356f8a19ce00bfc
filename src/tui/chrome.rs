//! What stands around the body: head, rules, status, the Enter line, the footer; and which of them a small terminal keeps.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::screen::{Enter, Hint, Line, Piece, Screen, Tone};

use super::block::{self, Sheet, typed};
use super::body;
use super::row::{Focus, Row};
use super::text::Ink;
use super::theme::Theme;

/// Cells of the label of the Enter line.
const LABEL: u16 = 8;
/// Rows that a long sentence of the status takes at most.
const STATUS: usize = 6;
/// Rows that it leaves to the body.
const BODY: u16 = 6;
/// Between two texts on one row.
const GAP: u16 = 2;

/// Lays the whole screen out; the answer is where the cursor belongs.
pub(super) fn paint(buffer: &mut Buffer, screen: &Screen, theme: &Theme) -> Option<Position> {
    let whole = buffer.area;
    let area = Rect { x: whole.x.saturating_add(1).min(whole.right()), width: whole.width.saturating_sub(1), ..whole };
    if area.is_empty() {
        return None;
    }
    let sheet = Sheet { theme, width: area.width, base: area.width };
    let enter = enter(&sheet, &screen.enter);
    let status = status(&sheet, &screen.status);
    let plan = Plan::new(area.height, enter.len() > 1, status.len());
    let mut pen = Pen { buffer, area, y: area.y };
    pen.rows(plan.head.then(|| head(&sheet, &screen.head)));
    pen.rows(plan.under.then(|| ends(&sheet, &screen.under)));
    pen.rows(plan.upper.then(|| upper(&sheet, screen.watermark.as_deref())));
    let at = body::paint(pen.buffer, Rect { y: pen.y, height: plan.body, ..area }, screen, theme);
    pen.y = pen.y.saturating_add(plan.body);
    pen.rows(plan.lower.then(|| block::rule(theme, area.width)));
    pen.rows(status.into_iter().take(plan.status));
    let caret = pen.rows(enter.into_iter().take(plan.enter));
    pen.rows(plan.footer.then(|| footer(&sheet, &screen.footer)));
    caret.or(at)
}

/// Which rows there are room for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plan {
    head: bool,
    under: bool,
    upper: bool,
    body: u16,
    lower: bool,
    status: usize,
    enter: usize,
    footer: bool,
}

impl Plan {
    /// From the top of the screen, a row goes to what matters most: what Enter does, the keys, the row in hand.
    fn new(height: u16, two: bool, status: usize) -> Self {
        let mut left = height;
        let mut plan = Self { enter: usize::from(spend(&mut left)), ..Self::default() };
        plan.footer = spend(&mut left);
        plan.body = u16::from(spend(&mut left));
        plan.enter += usize::from(two && spend(&mut left));
        plan.upper = spend(&mut left);
        plan.head = spend(&mut left);
        plan.status = usize::from((!two || status > 1) && spend(&mut left));
        plan.under = spend(&mut left);
        plan.lower = spend(&mut left);
        // What happened and what to do is said to its end before the rest of the body is shown.
        while plan.status > 0 && plan.status < status && left >= BODY {
            plan.status += usize::from(spend(&mut left));
        }
        plan.body = plan.body.saturating_add(left);
        plan
    }
}

fn spend(left: &mut u16) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// Draws rows from the top down.
struct Pen<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    y: u16,
}

impl Pen<'_> {
    /// The answer is where a caret was drawn.
    fn rows(&mut self, rows: impl IntoIterator<Item = Row>) -> Option<Position> {
        let mut caret = None;
        for row in rows {
            row.paint(self.buffer, Rect { y: self.y, height: 1, ..self.area });
            if let Some(Focus::Caret(x)) = row.focus {
                let x = self.area.x.saturating_add(x).min(self.area.right().saturating_sub(1));
                caret = Some(Position { x, y: self.y });
            }
            self.y = self.y.saturating_add(1);
        }
        caret
    }
}

/// Left and right, the clock in the middle while there is room for it.
fn head(sheet: &Sheet<'_>, [left, middle, right]: &[String; 3]) -> Row {
    let theme = sheet.theme;
    let clock = Ink::new(middle, theme);
    // The sheet lacks the margin: the middle is that of the whole row.
    let x = sheet.width.saturating_add(2).saturating_sub(clock.width()) / 2;
    let x = x.saturating_sub(1);
    let side = |room: u16, text: &str| Ink::new(text, theme).cut(room, theme);
    let strong = theme.tone(Tone::Strong);
    if clock.is_empty() || x < sheet.width / 4 {
        return ends(sheet, &[[left.as_str(), middle.as_str()].join("  "), right.clone()]);
    }
    let mut row = Row::default();
    row.put(0, side(x.saturating_sub(GAP), left), strong);
    let end = row.put(x, clock, strong);
    let right = side(sheet.edge().saturating_sub(end.saturating_add(GAP)), right);
    row.put(sheet.edge().saturating_sub(right.width()), right, theme.tone(Tone::Plain));
    row
}

/// Left, and right at the edge.
fn ends(sheet: &Sheet<'_>, [left, right]: &[String; 2]) -> Row {
    let right = if right.is_empty() { Vec::new() } else { vec![Piece::plain(right.as_str())] };
    block::line(sheet, &Line { left: vec![Piece::plain(left.as_str())], right })
}

/// What the program says, whole: a sentence that tells what to do is not cut.
fn status(sheet: &Sheet<'_>, status: &[String; 2]) -> Vec<Row> {
    let theme = sheet.theme;
    let [says, right] = status;
    if !right.is_empty() {
        return vec![ends(sheet, status)];
    }
    let rows = Ink::new(says, theme).wrap_to(sheet.edge(), STATUS, theme);
    let row = |ink| {
        let mut row = Row::default();
        row.put(0, ink, theme.tone(Tone::Plain));
        row
    };
    rows.into_iter().map(row).collect()
}

/// The upper rule, with the watermark in it.
fn upper(sheet: &Sheet<'_>, watermark: Option<&str>) -> Row {
    let theme = sheet.theme;
    let mark = watermark.map(|words| Ink::new(words, theme).cut(sheet.width.saturating_sub(8), theme));
    let Some(mark) = mark.filter(|mark| !mark.is_empty()) else {
        return block::rule(theme, sheet.width);
    };
    let quiet = theme.tone(Tone::Quiet);
    let mut row = Row::default();
    let x = row.put(0, Ink::raw(&theme.across().repeat(2)), quiet);
    let end = row.put(x.saturating_add(1), mark, theme.watermark()).saturating_add(1);
    let rest = usize::from(sheet.width.saturating_sub(end));
    row.put(end, Ink::raw(&theme.across().repeat(rest)), quiet);
    row
}

/// The Enter line, in two rows where one does not hold it.
fn enter(sheet: &Sheet<'_>, enter: &Enter) -> Vec<Row> {
    let theme = sheet.theme;
    let edge = sheet.edge();
    let label = Ink::new(&enter.label, theme).cut((LABEL - 1).min(edge / 2), theme);
    let indent = LABEL.min(edge / 4).max(label.width().saturating_add(1));
    let mut first = Row::default();
    first.put(0, label, theme.tone(Tone::Strong));
    if let Some(field) = &enter.field {
        let end = typed(&mut first, theme, field, indent, edge, true);
        let x = end.saturating_add(GAP);
        first.put(x, Ink::new(&enter.says, theme).cut(edge.saturating_sub(x), theme), theme.tone(Tone::Plain));
        return vec![first];
    }
    let mut rows = vec![first];
    for (n, ink) in Ink::new(&enter.says, theme).wrap_to(edge.saturating_sub(indent), 2, theme).into_iter().enumerate()
    {
        if rows.len() == n {
            rows.push(Row::default());
        }
        if let Some(row) = rows.get_mut(n) {
            row.put(indent, ink, theme.tone(Tone::Plain));
        }
    }
    rows
}

/// As many keys as fit, from the likeliest; the last, the key for help, always.
fn footer(sheet: &Sheet<'_>, hints: &[Hint]) -> Row {
    let theme = sheet.theme;
    let Some((last, likely)) = hints.split_last() else {
        return Row::default();
    };
    let width = |hint: &Hint| {
        let (key, does) = (Ink::new(&hint.key, theme).width(), Ink::new(&hint.does, theme).width());
        key.saturating_add(1).saturating_add(does)
    };
    let mut left = sheet.edge().saturating_sub(width(last));
    let mut row = Row::default();
    let mut x = 0;
    for hint in likely {
        match left.checked_sub(width(hint).saturating_add(GAP)) {
            Some(rest) => left = rest,
            None => break,
        }
        x = put_hint(&mut row, theme, hint, x).saturating_add(GAP);
    }
    put_hint(&mut row, theme, last, x);
    row
}

fn put_hint(row: &mut Row, theme: &Theme, hint: &Hint, x: u16) -> u16 {
    let end = row.put(x, Ink::new(&hint.key, theme), theme.tone(Tone::Strong));
    row.put(end.saturating_add(1), Ink::new(&hint.does, theme), theme.tone(Tone::Quiet))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(plan: &Plan) -> usize {
        let flags = [plan.head, plan.under, plan.upper, plan.lower, plan.footer];
        flags.into_iter().filter(|on| *on).count() + usize::from(plan.body) + plan.enter + plan.status
    }

    #[test]
    fn every_row_is_used_and_none_twice() {
        for height in 0..60 {
            for (two, status) in [(false, 1), (true, 1), (false, 4), (true, 6)] {
                assert_eq!(total(&Plan::new(height, two, status)), usize::from(height), "{height}");
            }
        }
        assert_eq!(Plan::new(24, false, 1).body, 17);
        assert_eq!(Plan::new(24, true, 1).body, 17);
        assert_eq!(Plan::new(24, false, 4).body, 14);
    }

    #[test]
    fn a_small_terminal_keeps_what_matters_most() {
        assert_eq!(Plan::new(1, true, 6).enter, 1);
        assert!(Plan::new(2, true, 6).footer);
        assert_eq!(Plan::new(3, true, 6).body, 1);
        assert!(Plan::new(5, true, 6).upper);
    }
}

//! Tables into rows: columns that hold whatever the names are, and the mark before its row.

use ratatui::style::Style;

use crate::app::screen::{Cell, Column, Shape, Table, Tone};

use super::block::Sheet;
use super::row::{Focus, Row};
use super::text::Ink;
use super::theme::Theme;

/// Cells of the mark, and of the gap after a column.
const GAP: u16 = 2;
/// What a column that grows is not made narrower than.
const NARROW: u16 = 6;

/// The header, and the rows in view.
pub(super) fn rows(sheet: &Sheet<'_>, table: &Table) -> Vec<Row> {
    let places = places(sheet, &table.columns);
    let mut rows = Vec::with_capacity(table.rows.len() + 1);
    if !table.header.is_empty() {
        let mut row = Row::default();
        for (text, place) in table.header.iter().zip(&places) {
            let ink = Ink::new(text, sheet.theme).cut(place.width, sheet.theme);
            place.put(&mut row, ink, sheet.theme.tone(Tone::Quiet));
        }
        rows.push(row);
    }
    rows.extend(table.rows.iter().map(|row| self::row(sheet.theme, &places, row)));
    rows
}

/// A marked row has its mark, and is strong up to its names: few bytes for a cursor key, and enough for the eye.
fn row(theme: &Theme, places: &[Place], source: &crate::app::screen::Row) -> Row {
    let mut row = Row::default();
    if source.marked {
        row.put(0, Ink::raw(theme.shape(Shape::Mark)), theme.shape_style(Shape::Mark));
        row.focus = Some(Focus::Mark(0));
    }
    let mut strong = source.marked;
    for (cell, place) in source.cells.iter().zip(places) {
        let style = theme.tone(if strong { Tone::Strong } else { Tone::Plain });
        match cell {
            Cell::Words(words) => place.put(&mut row, Ink::new(words, theme).cut(place.width, theme), style),
            Cell::Names(names) => {
                place.put(&mut row, self::names(names, place.width, theme), style);
                strong = false;
            }
            Cell::Shapes(shapes) => place.put_shapes(&mut row, shapes, theme),
        }
    }
    row
}

/// As many names as fit, then how many more; one that alone does not fit is cut.
fn names(names: &[String], room: u16, theme: &Theme) -> Ink {
    let comma = Ink::raw(", ");
    let inks: Vec<Ink> = names.iter().map(|name| Ink::new(name, theme)).collect();
    let join = |count: usize| {
        let shown = inks.iter().take(count).cloned();
        shown.reduce(|sum, next| sum.then(comma.clone()).then(next)).unwrap_or_default()
    };
    let more = |count: usize| Ink::raw(&format!(" +{}", inks.len().saturating_sub(count)));
    let all = join(inks.len());
    if all.width() <= room || inks.len() < 2 {
        return all.cut(room, theme);
    }
    let fits = |count: &usize| join(*count).width().saturating_add(more(*count).width()) <= room;
    match (1..inks.len()).rev().find(fits) {
        Some(count) => join(count).then(more(count)),
        None => match room.checked_sub(more(1).width()).filter(|room| *room > 2) {
            Some(room) => join(1).cut(room, theme).then(more(1)),
            None => join(1).cut(room, theme),
        },
    }
}

/// Where a column stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: u16,
    width: u16,
    right: bool,
}

impl Place {
    fn put(&self, row: &mut Row, ink: Ink, style: Style) {
        let before = if self.right { self.width.saturating_sub(ink.width()) } else { 0 };
        row.put(self.x.saturating_add(before), ink, style);
    }

    fn put_shapes(&self, row: &mut Row, shapes: &[Shape], theme: &Theme) {
        let end = self.x.saturating_add(self.width);
        let mut x = self.x;
        for shape in shapes {
            if x >= end {
                break;
            }
            x = row.put(x, Ink::raw(theme.shape(*shape)), theme.shape_style(*shape)).saturating_add(1);
        }
    }
}

/// The columns in this width: those that grow share what is more than the base, and give back what is missing.
fn places(sheet: &Sheet<'_>, columns: &[Column]) -> Vec<Place> {
    let mut widths: Vec<u16> = columns.iter().map(|column| column.width).collect();
    let shares: u32 = columns.iter().map(|column| u32::from(column.grows)).sum();
    let extra = u32::from(sheet.width.saturating_sub(sheet.base));
    for (width, column) in widths.iter_mut().zip(columns) {
        let share = (extra * u32::from(column.grows)).checked_div(shares).unwrap_or(0);
        *width = width.saturating_add(u16::try_from(share).unwrap_or(0));
    }
    shrink(&mut widths, columns, sheet.width);
    let mut x = GAP;
    let mut places = Vec::with_capacity(columns.len());
    for (width, column) in widths.into_iter().zip(columns) {
        let width = width.min(sheet.width.saturating_sub(x));
        places.push(Place { x, width, right: column.right });
        x = x.saturating_add(width).saturating_add(GAP);
    }
    places
}

/// Takes what is missing from the columns that grow, the widest first.
fn shrink(widths: &mut [u16], columns: &[Column], room: u16) {
    let gaps = GAP.saturating_mul(u16::try_from(columns.len()).unwrap_or(u16::MAX));
    let wanted = widths.iter().fold(gaps, |sum, width| sum.saturating_add(*width));
    for _ in room..wanted {
        let growing = widths.iter_mut().zip(columns).filter(|(width, column)| column.grows > 0 && **width > NARROW);
        match growing.max_by_key(|(width, _)| **width) {
            Some((width, _)) => *width -= 1,
            None => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(list: &[&str], room: u16) -> String {
        let owned: Vec<String> = list.iter().map(ToString::to_string).collect();
        names(&owned, room, &Theme::default()).clusters().iter().map(|one| one.text.as_str()).collect()
    }

    #[test]
    fn names_shorten_to_how_many_more() {
        let five = ["Nguyệt", "Thị Hồng", "Lan", "Minh Anh", "Bảo"];
        assert_eq!(shown(&five, 25), "Nguyệt, Thị Hồng, Lan +2");
        assert_eq!(shown(&five, 40), "Nguyệt, Thị Hồng, Lan, Minh Anh, Bảo");
        assert_eq!(shown(&["Bartholomew-Christopher"], 21), "Bartholomew-Christop…");
        assert_eq!(shown(&["Bartholomew-Christopher", "Al", "Bo"], 14), "Bartholome… +2");
        assert_eq!(shown(&["Bartholomew-Christopher", "Al", "Bo"], 4), "Bar…");
        assert_eq!(shown(&[], 4), "");
    }
}

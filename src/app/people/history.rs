//! What was done about who may open the register, the newest first.

use crate::app::intent::Intent;
use crate::app::people::Step;
use crate::app::screen::{Block, Cell, Column, Row, Table};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::words;
use crate::domain::register::people::Done;

/// Rows that are shown at once: the body without the header.
fn room(app: &App) -> usize {
    app.size.body().saturating_sub(1).max(1)
}

/// The keys: from which row on it is shown, or back.
pub(super) fn update(app: &App, press: &Press, from: usize) -> Step {
    let last = app.register.people.len().saturating_sub(room(app));
    Step::History(match press.intent {
        Some(Intent::Back) => return Step::List,
        Some(Intent::Down | Intent::Next) => (from + 1).min(last),
        Some(Intent::Up | Intent::Previous) => from.saturating_sub(1),
        Some(Intent::PageDown) => (from + room(app)).min(last),
        Some(Intent::PageUp) => from.saturating_sub(room(app)),
        Some(Intent::First) => 0,
        Some(Intent::Last) => last,
        _ => from,
    })
}

/// Drawn.
pub(super) fn rows(app: &App, from: usize) -> Vec<Block> {
    let all = &app.register.people;
    let row = |done: &Done| {
        let when = done.at.format("%-d %b %Y %H:%M").to_string();
        let cells = [when, words::done_by(app, done.by), words::sentence(&words::done(app, done))];
        Row { cells: cells.map(Cell::Words).to_vec(), marked: false }
    };
    let column = |width, grows| Column { width, grows, right: false };
    vec![Block::Table(Table {
        columns: vec![column(17, 0), column(9, 0), column(46, 1)],
        header: ["When", "By", "What"].map(str::to_owned).to_vec(),
        rows: all.iter().rev().skip(from).take(room(app)).map(row).collect(),
    })]
}

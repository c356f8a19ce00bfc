//! Help: the keys of the screen below, from the tables that act.

mod doc;

pub use doc::keys_markdown;

use crate::app::action::Effect;
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Binding, COMMON, Keys, Mode};
use crate::app::roles;
use crate::app::screen::{Block, Cell, Column, Hint, Row, Screen, Table};
use crate::app::state::App;
use crate::app::update::Press;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Help", own: &[], typing: false, also: &[] };

/// Rows of the body that are not keys.
const AROUND: usize = 2;

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Rows above the first that is shown.
    first: usize,
}

/// One line of help: a key, what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) key: String,
    pub(super) does: String,
}

/// The keys that a mode has of its own.
pub(super) fn own(mode: Mode) -> Vec<Line> {
    let keys = mode.keys();
    let bound = keys.own.iter().map(|b| Line { key: b.key.to_string(), does: b.intent.help().to_owned() });
    let also = keys.also.iter().map(|(key, does)| Line { key: (*key).to_owned(), does: (*does).to_owned() });
    also.chain(bound).collect()
}

/// The common keys that hold in a mode.
pub(super) fn common(mode: Mode) -> Vec<Line> {
    let keys = mode.keys();
    let holds = |bound: &&Binding| {
        let text = keys.typing && matches!(bound.key, Key::Char(_));
        !text && !keys.own.iter().any(|b| b.key == bound.key)
    };
    grouped(COMMON.iter().filter(holds))
}

/// Keys of one meaning share a line.
pub(super) fn grouped<'a>(bound: impl Iterator<Item = &'a Binding>) -> Vec<Line> {
    let mut lines: Vec<(Intent, Line)> = Vec::new();
    for Binding { key, intent } in bound {
        match lines.iter_mut().find(|(known, _)| known == intent) {
            Some((_, line)) => line.key = format!("{} {key}", line.key),
            None => lines.push((*intent, Line { key: key.to_string(), does: intent.help().to_owned() })),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What this person may do on the screen below, now.
fn lines(app: &App) -> Vec<Line> {
    let mode = app.mode_below();
    let may = |line: &Line| {
        let bound = mode.keys().own.iter().chain(COMMON).filter(|b| b.intent.help() == line.does);
        let mut intents = bound.map(|b| b.intent).peekable();
        intents.peek().is_none() || intents.any(|intent| roles::may(app, intent))
    };
    let mut all = own(mode);
    if !all.is_empty() {
        all.push(Line { key: String::new(), does: String::new() });
    }
    all.extend(common(mode));
    all.retain(may);
    all
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    let page = app.size.body().saturating_sub(AROUND).max(1);
    let last = lines(app).len().saturating_sub(page);
    let first = app.laid.help.first;
    app.laid.help.first = match press.intent {
        Some(Intent::Back | Intent::Go | Intent::Help) => {
            app.over = None;
            0
        }
        Some(Intent::Down | Intent::Next) => first + 1,
        Some(Intent::Up | Intent::Previous) => first.saturating_sub(1),
        Some(Intent::PageDown) => first + page,
        Some(Intent::PageUp) => first.saturating_sub(page),
        Some(Intent::First) => 0,
        Some(Intent::Last) => last,
        Some(Intent::Hide) => {
            app.hidden = true;
            first
        }
        _ => first,
    }
    .min(last);
    Vec::new()
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let mode = app.mode_below();
    let all = lines(app);
    let page = app.size.body().saturating_sub(AROUND).max(1);
    let shown: Vec<Row> = all.iter().skip(app.laid.help.first).take(page).map(row).collect();
    let column = |width, grows| Column { width, grows, right: false };
    let (from, to) = (app.laid.help.first + 1, app.laid.help.first + shown.len());
    let place = if all.len() > page { format!("{from} to {to} of {}", all.len()) } else { String::new() };
    Screen {
        head: ["Help".to_owned(), String::new(), String::new()],
        under: [mode.keys().name.to_owned(), place],
        body: vec![
            Block::Blank,
            Block::Table(Table { columns: vec![column(12, 0), column(60, 1)], header: Vec::new(), rows: shown }),
        ],
        enter: frame::enter("back to the screen below"),
        footer: vec![
            Hint::new("arrows PageDown", "more"),
            Hint::new("Ctrl-P", Intent::Palette.does()),
            Hint::new("Esc", Intent::Back.does()),
        ],
        ..Screen::default()
    }
}

fn row(line: &Line) -> Row {
    Row { cells: vec![Cell::Words(line.key.clone()), Cell::Words(line.does.clone())], marked: false }
}

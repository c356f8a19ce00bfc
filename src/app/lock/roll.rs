//! Who was in when the screen was locked: first names and places, and nothing else (screens.md 5).

use crate::app::roll;
use crate::app::screen::{Block, Hint, Screen};
use crate::app::state::App;
use crate::app::words::hm;
use crate::app::{frame, intent::Intent};
use crate::domain::codes::Moment;

/// Rows of the body that are not the two columns.
const AROUND: usize = 2;

/// What is kept of the register while it is locked.
#[derive(Debug, Clone)]
pub(super) struct Roll {
    at: Moment,
    heads: String,
    /// Each place, and the first names of who is there.
    places: Vec<(String, Vec<String>)>,
}

impl Roll {
    /// As it stands now, if the day is open.
    pub(super) fn of(app: &App) -> Option<Self> {
        app.day()?;
        Some(Self { at: app.now, heads: roll::heads(app), places: roll::first_names(app) })
    }

    fn lines(&self) -> Vec<Block> {
        let mut lines = Vec::new();
        for (place, names) in &self.places {
            lines.push(Block::line(place.clone()));
            lines.extend(names.iter().map(|name| Block::line(format!("  {name}"))));
        }
        lines
    }
}

/// The most that the first row can be.
pub(super) fn last_row(app: &App) -> usize {
    let rows = app.lock.roll.as_ref().map_or(0, |r| r.lines().len());
    rows.saturating_sub(2 * room(app))
}

/// Rows of a column.
pub(super) fn room(app: &App) -> usize {
    app.size.body().saturating_sub(AROUND).max(1)
}

/// The screen.
pub(super) fn view(app: &App, from: usize) -> Screen {
    let room = room(app);
    let (under, status, body) = match &app.lock.roll {
        None => (String::new(), String::new(), nobody_read()),
        Some(roll) => {
            let lines = roll.lines();
            let shown: Vec<Block> = lines.iter().skip(from).take(2 * room).cloned().collect();
            let (left, right) = shown.split_at(room.min(shown.len()));
            let more = lines.len().saturating_sub(from + 2 * room);
            let more = if more == 0 { Block::Blank } else { Block::line(format!("more below: {more}")) };
            let columns = Block::Columns(vec![left.to_vec(), right.to_vec()]);
            (
                roll.heads.clone(),
                format!("As the book stood at {}, when it was locked.", hm(roll.at)),
                vec![columns, more],
            )
        }
    };
    Screen {
        head: ["Who was in".to_owned(), String::new(), String::new()],
        under: [under, String::new()],
        body,
        status: [status, String::new()],
        enter: frame::wait("Esc goes back to number and passphrase"),
        footer: frame::footer(app, &[Hint::new("arrows", "more"), Hint::new("F8", "a note")], &[Intent::Back]),
        ..Screen::default()
    }
}

fn nobody_read() -> Vec<Block> {
    [
        "",
        "Nobody has unlocked the register since the program started, so it cannot say",
        "who is in. Take the paper sheet, and count heads.",
    ]
    .map(Block::line)
    .to_vec()
}

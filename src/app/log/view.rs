//! The day's log on the screen.

use crate::app::earlier::{self, NoTime};
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::log::rows::{Row, rows};
use crate::app::log::update::{mark, may_correct};
use crate::app::screen::{Block, Cell, Column, Enter, Field, Hint, Screen, Table};
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::refusal::Refusal;

/// Rows of the body that are not entries.
const AROUND: usize = 1;

/// The screen.
pub fn view(app: &App) -> Screen {
    let rows = rows(app);
    let at = mark(app, &rows);
    let window = app.size.body().saturating_sub(AROUND).max(1);
    let first = (at + window / 2).min(rows.len()).saturating_sub(window).min(at);
    let to = (first + window).min(rows.len());
    let place = if rows.len() > window { format!("{} to {to} of {}", first + 1, rows.len()) } else { String::new() };
    let view = if app.staff_view() { "Staff view" } else { "Lobby view: F5 shows names" };
    Screen {
        head: [format!("Day log   {}", words::long_date(app.date)), String::new(), String::new()],
        under: [view.to_owned(), place],
        body: vec![table(&rows, first, window, at)],
        status: frame::saved(app),
        enter: enter(app, rows.get(at)),
        footer: footer(app),
        ..Screen::default()
    }
}

fn table(rows: &[Row], first: usize, window: usize, marked: usize) -> Block {
    let column = |width, grows| Column { width, grows, right: false };
    let shown = rows.iter().enumerate().skip(first).take(window);
    Block::Table(Table {
        columns: vec![column(5, 0), column(5, 0), column(7, 0), column(54, 1)],
        header: ["At", "Noted", "Who", "What"].map(String::from).to_vec(),
        rows: shown.map(|(n, row)| line(row, n == first, n == marked)).collect(),
    })
}

/// Of an act, the first row says who and when it was written; the others only what differs.
fn line(row: &Row, top: bool, marked: bool) -> crate::app::screen::Row {
    let leads = row.first || top;
    let late = hm(row.written) != hm(row.at);
    let written = if leads && late { hm(row.written) } else { String::new() };
    let was = row.was.map(|was| format!("(was {}) ", hm(was))).unwrap_or_default();
    let undone = if row.undone { "taken back: " } else { "" };
    let cells = vec![
        Cell::Words(if leads { hm(row.at) } else { String::new() }),
        Cell::Words(written),
        Cell::Words(row.who.clone()),
        Cell::Words(format!("{undone}{was}{}", row.says)),
    ];
    crate::app::screen::Row { cells, marked }
}

fn enter(app: &App, row: Option<&Row>) -> Enter {
    let Some(row) = row else { return frame::wait("nothing is written today yet. Esc goes back") };
    if let Some(typed) = &app.log.typed {
        return field(app, row, typed);
    }
    if app.guard.spent {
        return frame::wait("it is saved. Arrows move");
    }
    match may_correct(app, row, row.at) {
        Ok(()) => frame::enter(format!("asks for another time than {}: {}", hm(row.at), row.says)),
        Err(why) => frame::wait(why),
    }
}

fn field(app: &App, row: &Row, typed: &str) -> Enter {
    let field = Some(Field { before: typed.to_owned(), after: String::new() });
    let (ok, says) = match earlier::typed(app, typed) {
        Err(NoTime::Future) => (false, words::refusal(app, &Refusal::Future)),
        Err(_) => (false, "1 or 2 digits are minutes ago, 3 or 4 a time".to_owned()),
        Ok(at) => match may_correct(app, row, at) {
            Ok(()) => (true, format!("it was at {}, not {}: both are kept. {}", hm(at), hm(row.at), row.says)),
            Err(why) => (false, why),
        },
    };
    let enter = if ok { frame::enter(says) } else { frame::wait(says) };
    Enter { field, ..enter }
}

fn footer(app: &App) -> Vec<Hint> {
    if app.log.typed.is_some() {
        return vec![Hint::new("digits", "time"), Hint::new("Esc", "back, nothing written"), Hint::new("?", "help")];
    }
    let first = [Hint::new("arrows", "move"), Hint::new("Enter", Intent::Correct.does())];
    frame::footer(app, &first, &[Intent::View, Intent::Back, Intent::Undo, Intent::Tell, Intent::Roll])
}

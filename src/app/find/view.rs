//! The find strip, over the last rows of the board.

use crate::app::board;
use crate::app::find::on_file::not_today;
use crate::app::find::{found, meant_for};
use crate::app::frame;
use crate::app::screen::{Block, Cell, Column, Enter, Field, Hint, Row, Screen, Table};
use crate::app::state::App;
use crate::app::words::{self, count};
use crate::domain::day::{Day, Session};
use crate::domain::find::{Found, OnFile};

/// People shown at once.
const ROWS: usize = 6;

/// The screen.
pub fn view(app: &App) -> Screen {
    let mut screen = board::beneath(app);
    let all = found(app);
    let more = not_today(app);
    let field = Field { before: app.find.typed.clone(), after: String::new() };
    let right = match all.len() {
        0 => "nobody today".to_owned(),
        n => format!("{} today", count(n, "person", "people")),
    };
    let right = match app.find.on_file.count {
        0 => right,
        n => format!("{right}   {n} on file"),
    };
    screen.strip = vec![Block::Input { label: "Find  ".to_owned(), field, right, focused: true }];
    if let Some(day) = app.day() {
        screen.strip.push(Block::Table(table(app, day, &all, &more)));
    }
    screen.enter = enter(app, &all, !more.is_empty());
    let list = if app.find.in_list { "the No chooses" } else { "choose" };
    screen.footer = vec![
        Hint::new("letters", "more of the name"),
        Hint::new("Down", list),
        Hint::new("Esc", "back to the board"),
        Hint::new("F8", format!("tell {}", words::coordinator(app))),
        Hint::new("F1", "help"),
    ];
    screen
}

fn table(app: &App, day: &Day, all: &[Found], more: &[&OnFile]) -> Table {
    let mark = app.find.mark;
    let top = mark.map_or(0, |m| m.saturating_sub(ROWS - 1));
    let rows = all.iter().enumerate().filter_map(|(n, who)| {
        let session = day.session(who.session)?;
        Some(Row { cells: cells(app, day, session, who), marked: mark == Some(n) })
    });
    let column = |width, grows| Column { width, grows, right: false };
    let rest =
        more.iter().enumerate().map(|(n, hit)| Row { cells: other_day(app, hit), marked: mark == Some(all.len() + n) });
    Table {
        columns: vec![column(6, 0), column(24, 1), column(4, 0), column(7, 0), column(18, 0)],
        header: Vec::new(),
        rows: rows.chain(rest).skip(top).take(ROWS).collect(),
    }
}

/// Somebody on file who is not of today's families.
fn other_day(app: &App, hit: &OnFile) -> Vec<Cell> {
    let age = hit.born.and_then(|born| app.date.years_since(born)).map(|age| age.to_string()).unwrap_or_default();
    let words = |words: &str| Cell::Words(words.to_owned());
    vec![words(""), words(&hit.shown), words(&age), words(""), words("not today")]
}

/// Of a family whose card must be read first: the No only.
fn cells(app: &App, day: &Day, session: &Session, who: &Found) -> Vec<Cell> {
    let no = Cell::Words(format!("No {}", session.plan.no));
    let time = Cell::Words(words::plan(session.plan.start));
    if session.must_read() && !app.staff_view() {
        return vec![no, Cell::Words(String::new()), Cell::Words(String::new()), time, Cell::Words("see card".into())];
    }
    let member = session.member(who.person);
    let name = member.map(words::lettered).unwrap_or_default();
    let age = member.and_then(|m| m.age_on(day.date)).map(|a| a.to_string()).unwrap_or_default();
    let here = session.of(who.person).is_some_and(|a| a.is_in());
    let state = match (here, member.is_some_and(|m| m.is_child())) {
        (true, _) => "here",
        (false, true) => "",
        (false, false) => member.map_or("", |m| m.relation.as_str()),
    };
    vec![no, Cell::Words(name), Cell::Words(age), time, Cell::Words(state.to_owned())]
}

fn enter(app: &App, all: &[Found], others: bool) -> Enter {
    let name = |who: &Found| {
        let session = app.session_of(Some(who.session));
        session.filter(|s| !s.must_read() || app.staff_view()).and_then(|s| s.member(who.person)).map(words::lettered)
    };
    let opens = |who: &Found| match name(who) {
        Some(name) => format!("opens No {}, {name}", who.no),
        None => format!("opens No {}", who.no),
    };
    if app.find.mark.is_some_and(|mark| mark >= all.len()) {
        return frame::enter(match app.is_sealed() {
            true => "says when they are next expected; that you asked is written",
            false => "says when they are next expected; nothing is written",
        });
    }
    match (all, app.find.mark.and_then(|m| all.get(m))) {
        ([], _) if meant_for(app).is_some() => frame::wait("nobody today begins so. F8 puts these words into the note"),
        ([], _) if others => frame::wait("nobody of today. Down, then Enter, says when they are"),
        ([], _) => frame::wait("nobody of today's families begins so. Esc, or fewer letters"),
        ([only], _) => frame::enter(opens(only)),
        (_, Some(marked)) => frame::enter(opens(marked)),
        (_, None) if app.find.in_list => frame::wait("an arrow or a No chooses"),
        (many, None) => frame::enter(format!("goes into the list: there are {}", spelt(many.len()))),
    }
}

fn spelt(n: usize) -> String {
    match n {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        n => n.to_string(),
    }
}

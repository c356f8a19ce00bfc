//! The board drawn: heads, Due lines, rows, what was saved, what Enter does.

use crate::app::board::{rows, update};
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::keymap::Mode;
use crate::app::screen::{Block, Enter, Hint, Line, Piece, Screen};
use crate::app::state::App;
use crate::app::words::{self, count};
use crate::app::{card, close};
use crate::domain::day::Day;
use crate::domain::due::{Due, due};

/// Up to so many sessions, two Due lines stand above them.
const FEW: usize = 12;

/// The screen.
pub fn view(app: &App) -> Screen {
    let mut screen = beneath(app);
    screen.enter = enter(app);
    let view = if app.staff_view() { "lobby" } else { "staff" };
    let mut first = pick_hints(app.day().map_or(0, |d| d.sessions.len()));
    first.push(Hint::new("F5", view));
    if app.paper.is_on() {
        first.insert(0, Hint::new("Esc", "ends the paper"));
    }
    screen.footer = frame::footer(app, &first, &[Intent::Tell, Intent::Roll]);
    screen
}

/// What finds, picks and goes on; on a day with no sessions there is nothing to pick.
fn pick_hints(sessions: usize) -> Vec<Hint> {
    let digits = match sessions {
        0 => return Vec::new(),
        1 => "1".to_owned(),
        last => format!("1-{last}"),
    };
    vec![Hint::new("letters", "find"), Hint::new(digits, "pick"), Hint::new("Tab", "due")]
}

/// The board without its Enter line: find is laid over it.
pub fn beneath(app: &App) -> Screen {
    let mut screen = Screen {
        head: [words::long_date(app.date), String::new(), String::new()],
        status: frame::saved(app),
        ..Screen::default()
    };
    let Some(day) = app.day() else {
        screen.body = vec![Block::Blank, Block::line("This day is not open yet.")];
        return screen;
    };
    screen.under = [heads(app, day), for_coordinator(app, day)];
    screen.body = due_lines(app, day);
    screen.body.push(Block::Blank);
    if day.sessions.is_empty() {
        screen.body.push(Block::line("   No sessions today."));
    } else {
        screen.body.extend(session_rows(app, day));
    }
    if app.size.is_wide()
        && let Some(session) = app.in_hand()
    {
        screen.beside = Some(match session.must_read() && !app.staff_view() {
            true => card::shut(session),
            false => card::beside(app, session, update::side_for(app, session.plan.session)),
        });
    }
    screen
}

fn heads(app: &App, day: &Day) -> String {
    if let Some((at, signed)) = day.signatures.last().filter(|_| day.is_signed()) {
        return format!("Signed {} by {}. Read only", words::hm(*at), app.register.staff_name(signed.by));
    }
    if close::hides_totals(app) {
        return "Heads are being counted".to_owned();
    }
    let heads = day.heads();
    let mut says = format!(
        "In the building   {}   {}   {} team",
        count(usize::from(heads.children), "child", "children"),
        count(usize::from(heads.adults), "adult", "adults"),
        heads.team
    );
    if heads.others > 0 {
        says.push_str(&format!("   {} other", heads.others));
    }
    says
}

/// All that a note, or a message, ever shows here.
fn for_coordinator(app: &App, day: &Day) -> String {
    let notes = day.notes.iter().filter(|n| n.is_open()).count();
    let messages = day.messages.iter().filter(|m| m.done.is_none()).count();
    match notes + messages {
        _ if day.date != app.today() => "A day of before. Ctrl-P, today: back".to_owned(),
        0 => String::new(),
        n => format!("{n} for {}", words::coordinator(app)),
    }
}

/// How many Due lines stand above the rows.
fn due_rows(app: &App) -> usize {
    if app.day().is_some_and(|d| d.sessions.len() > FEW) && app.size.height < 30 { 1 } else { 2 }
}

/// How many sessions are in view.
pub(super) fn rows_in_view(app: &App) -> usize {
    let room = app.size.body().saturating_sub(due_rows(app) + 2);
    let all = app.day().map_or(0, |d| d.sessions.len());
    if all > room { room.saturating_sub(1).max(1) } else { room.max(1) }
}

fn due_lines(app: &App, day: &Day) -> Vec<Block> {
    let lines = due(day, app.now);
    let room = due_rows(app);
    // The line that Tab went to is always among those in view.
    let at = app.board.due.and_then(|(s, _)| lines.iter().position(|d| d.session == s)).unwrap_or(0);
    let from = at.saturating_sub(room.saturating_sub(1));
    let mut blocks: Vec<Block> =
        lines.iter().enumerate().skip(from).take(room).map(|(n, d)| due_line(app, d, n == from)).collect();
    let more = lines.len().saturating_sub(blocks.len());
    if more > 0
        && let Some(Block::Line(line)) = blocks.last_mut()
    {
        line.right = vec![Piece::quiet(format!("and {more} more"))];
    }
    if blocks.is_empty() {
        blocks.push(Block::pieces(vec![Piece::quiet("Due   nothing now")]));
    }
    blocks.resize(room.max(blocks.len()), Block::Blank);
    blocks
}

fn due_line(app: &App, line: &Due, first: bool) -> Block {
    let label = if first { "Due" } else { "" };
    let in_hand = app.board.due.is_some_and(|(s, _)| s == line.session);
    let no = format!("No {}", line.no);
    let says = words::due(app, line);
    let words = if in_hand { Piece::strong(says) } else { Piece::plain(says) };
    Block::Line(Line {
        left: vec![Piece::strong(label), Piece::To(6), Piece::strong(no), Piece::To(13), words],
        right: Vec::new(),
    })
}

fn session_rows(app: &App, day: &Day) -> Vec<Block> {
    let room = rows_in_view(app);
    let top = app.board.top;
    let shown: Vec<_> = day.sessions.iter().skip(top).take(room).collect();
    let table = if app.staff_view() { rows::staff(app, day, &shown) } else { rows::lobby(app, day, &shown) };
    let mut blocks = vec![Block::Table(table)];
    if day.sessions.len() > shown.len() {
        let says = format!("{} to {} of {}", top + 1, top + shown.len(), day.sessions.len());
        blocks.push(Block::Line(Line { left: Vec::new(), right: vec![Piece::quiet(says)] }));
    }
    blocks
}

fn enter(app: &App) -> Enter {
    debug_assert!(matches!(app.mode(), Mode::Board | Mode::Find) || app.over.is_some() || app.hidden);
    let typed = &app.board.typed;
    if !typed.is_empty() && update::picked(app).is_none() {
        return frame::wait(format!("there is no No {typed} today. Esc"));
    }
    match app.in_hand() {
        None => frame::wait("there is nothing to open. F2 who is on shift  F7 close the day"),
        Some(session) if !typed.is_empty() => {
            Enter { label: format!("No {typed}_"), says: format!("Enter opens No {}", session.plan.no), field: None }
        }
        Some(session) => frame::enter(format!("opens No {}", session.plan.no)),
    }
}

//! The list drawn: what waits, the acts of the marked line, what Enter does.

use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Enter, Hint, Piece, Screen, Shape};
use crate::app::state::App;
use crate::app::todo::answers::acts;
use crate::app::todo::update::may_open;
use crate::app::todo::words::{label, says};
use crate::app::todo::{in_hand, read, reads_of_team};
use crate::app::words;
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;
use crate::domain::todo::{Todo, What, about_the_team};

/// Rows of the body that are not lines.
const AROUND: usize = 3;
/// Columns of a line: its mark, its day and number, its words, its acts.
const COLUMNS: [u16; 4] = [0, 3, 18, 21];

/// The screen.
pub fn view(app: &App) -> Screen {
    if app.todo.reading.is_some() {
        return read::view(app);
    }
    let all = &app.todo.list;
    Screen {
        head: [head(app), String::new(), String::new()],
        under: [how_many(app), other_list(app)],
        body: body(app, all),
        status: frame::saved(app),
        enter: enter_line(app),
        footer: footer(app),
        ..Screen::default()
    }
}

fn head(app: &App) -> String {
    match app.todo.team {
        true => "About the team: for the lead and the chair".to_owned(),
        false => format!("For {}", words::coordinator(app)),
    }
}

/// How many things wait; of a long book some are read after the rest.
fn how_many(app: &App) -> String {
    let many = words::count(app.todo.list.len(), "thing waits", "things wait");
    let more = app.register.past.days.values().filter(|day| day.waits).count();
    match (app.reads_on(), more) {
        (true, _) => format!("{many} so far: reading on …"),
        (false, 0) => many,
        (false, more) => format!("{many}, and more on {}: these first", words::count(more, "later day", "later days")),
    }
}

/// The other list, for those who have one.
fn other_list(app: &App) -> String {
    let Some(who) = app.who.filter(|_| reads_of_team(app)) else { return String::new() };
    match app.todo.team {
        true => format!("Left: for {}", words::coordinator(app)),
        false => format!("Right: {} about the team", about_the_team(&app.register, who).len()),
    }
}

fn body(app: &App, all: &[Todo]) -> Vec<Block> {
    let mut body = vec![Block::Blank];
    if all.is_empty() {
        body.push(Block::line(if app.reads_on() { "" } else { "   Nothing waits." }));
        return body;
    }
    let offered = in_hand(app).map_or(0, |todo| acts(app, &todo).len() + 1);
    let room = app.size.body().saturating_sub(AROUND + offered).max(1);
    let first = (app.todo.mark + 1).saturating_sub(room);
    if first > 0 {
        body.push(Block::line(format!("   more above: {first}")));
    }
    for (n, todo) in all.iter().enumerate().skip(first).take(room) {
        body.extend(line(app, todo, n == app.todo.mark));
    }
    let below = all.len().saturating_sub(first + room);
    if below > 0 {
        body.push(Block::line(format!("   more below: {below}")));
    }
    body
}

fn line(app: &App, todo: &Todo, marked: bool) -> Vec<Block> {
    let [at_mark, at_label, at_words, at_act] = COLUMNS;
    let words = says(app, todo);
    let (mark, words) = if marked { (Shape::Mark, Piece::strong(words)) } else { (Shape::None, Piece::plain(words)) };
    let mut blocks = vec![Block::pieces(vec![
        Piece::To(at_mark),
        Piece::Shape(mark),
        Piece::To(at_label),
        Piece::plain(label(app, todo)),
        Piece::To(at_words),
        words,
    ])];
    if marked {
        let act = |(n, act): (u8, super::answers::Act)| {
            Block::pieces(vec![
                Piece::To(at_words),
                Piece::plain(n.to_string()),
                Piece::To(at_act),
                Piece::plain(act.says),
            ])
        };
        blocks.extend((1..).zip(acts(app, todo)).map(act));
    }
    blocks
}

fn enter_line(app: &App) -> Enter {
    if app.guard.spent {
        return wait("it is saved. A number answers the next line");
    }
    let Some(todo) = in_hand(app) else { return wait("nothing waits here. Esc goes back") };
    match todo.what {
        What::Unsigned => enter(format!("opens {}, to be closed and signed", words::long_date(todo.date))),
        What::Note(_) | What::Message(_) if may_open(app, &todo) => enter("reads it; nothing is written"),
        What::Note(_) | What::Message(_) => wait(words::refusal(app, &Refusal::Needs(Power::ReadNotes))),
        _ => wait("a number answers; Esc goes back"),
    }
}

fn footer(app: &App) -> Vec<Hint> {
    let mut first = Vec::new();
    match in_hand(app).map_or(0, |todo| acts(app, &todo).len()) {
        0 => {}
        1 => first.push(Hint::new("1", "answer")),
        n => first.push(Hint::new(format!("1-{n}"), "answer")),
    }
    first.push(Hint::new("arrows", "move"));
    frame::footer(app, &first, &[Intent::Close, Intent::Log, Intent::Hide, Intent::Back])
}

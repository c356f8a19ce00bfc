//! Who is at the desk, drawn.

use crate::app::frame::{enter, footer, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Enter, Hint, Piece, Screen};
use crate::app::start::{Why, known, numbered, numbers, why};
use crate::app::state::App;
use crate::app::words;
use crate::domain::event::StaffCard;
use crate::domain::todo::unsigned;

/// The team stands in two columns from here on.
const ONE_COLUMN: usize = 9;

/// The screen.
pub fn view(app: &App) -> Screen {
    if let Some(who) = app.known() {
        return known::view(app, who);
    }
    let why = why(app);
    let mut body = vec![Block::Blank];
    body.extend(top(app, why));
    body.push(Block::Blank);
    body.extend(team(app));
    body.push(Block::Blank);
    body.push(Block::line(match why {
        Why::NotOpen => "Your number opens the day in your name, and puts you on shift.",
        Why::Again(_) | Why::Change(_) => "What is written from then on is written in that person's name.",
    }));
    body.extend([words_left(app), never_signed(app)].into_iter().flatten().map(Block::line));
    let status = if app.start.number.is_empty() { String::new() } else { app.start.number.shown() };
    let mut intents = vec![Intent::Roll, Intent::Hide];
    if matches!(why, Why::Change(_)) {
        intents.insert(0, Intent::Back);
    }
    Screen {
        head: head(app, why),
        under: [under(app, why), String::new()],
        body,
        status: [status, String::new()],
        enter: enter_line(app, why),
        footer: footer(app, &[Hint::new(range(app), "who you are")], &intents),
        ..Screen::default()
    }
}

pub(super) fn head(app: &App, why: Why) -> [String; 3] {
    let left = match why {
        Why::Change(_) => "Another person at the desk".to_owned(),
        _ => words::long_date(app.date),
    };
    [left, String::new(), String::new()]
}

pub(super) fn under(app: &App, why: Why) -> String {
    match why {
        Why::NotOpen => app.policy().centre.to_string(),
        _ if app.day().is_some_and(|d| d.is_signed()) => {
            "The day is signed: it can be read, and F8 still writes.".into()
        }
        _ => "The day is open.".to_owned(),
    }
}

fn top(app: &App, why: Why) -> Vec<Block> {
    let mut lines = Vec::new();
    if app.unclean {
        lines.push("The book was not shut properly. Everything that the screen had shown is here.".to_owned());
    }
    match why {
        Why::NotOpen => lines.push(not_open(app)),
        Why::Again(Some(was)) => lines.push(format!("{} was at the desk.", app.register.staff_name(was))),
        Why::Again(None) => lines.push("Nobody was at this desk yet.".to_owned()),
        Why::Change(who) => lines.push(format!("{} is at the desk now.", app.register.staff_name(who))),
    }
    let ask = if matches!(why, Why::Change(_)) { "Who takes the desk?" } else { "Who are you?" };
    let mut blocks: Vec<Block> = lines.into_iter().map(Block::line).collect();
    blocks.extend([Block::Blank, Block::line(ask)]);
    blocks
}

pub(super) fn not_open(app: &App) -> String {
    let expected = match app.register.expected_on(app.date).len() {
        _ if app.reads_the_day() => "Who is expected is being read.".to_owned(),
        0 => "No session is expected.".to_owned(),
        1 => "1 session is expected.".to_owned(),
        n => format!("{n} sessions are expected."),
    };
    format!("{} is not open yet. {expected}", words::long_date(app.date))
}

pub(in crate::app) fn team(app: &App) -> Vec<Block> {
    let team = app.register.present_team();
    if team.is_empty() {
        return vec![Block::line("Nobody is on the team list yet.")];
    }
    let rows: Vec<Block> = team.iter().map(|card| row(app, card)).collect();
    if rows.len() <= ONE_COLUMN {
        return rows;
    }
    let (left, right) = rows.split_at(rows.len().div_ceil(2));
    vec![Block::Columns(vec![left.to_vec(), right.to_vec()])]
}

fn row(app: &App, card: &StaffCard) -> Block {
    Block::pieces(vec![
        Piece::plain(format!("{:>6}", card.number)),
        Piece::To(10),
        Piece::plain(words::staff(app, card)),
        Piece::To(24),
        Piece::quiet(words::role(card.role)),
    ])
}

/// A draft that was left when the program ended.
pub(super) fn words_left(app: &App) -> Option<String> {
    let name = app.register.staff_name(app.tell.left_by()?);
    Some(format!("Words that {name} had typed for {} are kept: F8 twice shows them.", words::coordinator(app)))
}

/// Days of before that were never signed.
pub(super) fn never_signed(app: &App) -> Option<String> {
    let days = unsigned(&app.register, app.today());
    match days.as_slice() {
        [] => None,
        [one] => Some(format!("{} was never signed: ! shows it, once you are here.", words::long_date(*one))),
        [first, ..] => {
            let first = first.format("%-d %B");
            Some(format!(
                "{} days were never signed, the first on {first}: ! shows them, once you are here.",
                days.len()
            ))
        }
    }
}

fn range(app: &App) -> String {
    match (numbers(app).first(), numbers(app).last()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    }
}

fn enter_line(app: &App, why: Why) -> Enter {
    let at = words::hm(app.now);
    let picked = app.start.number.exact(&numbers(app)).and_then(|n| numbered(app, n));
    match (picked, why) {
        (Some(card), Why::NotOpen) => enter(format!("{} opens the day, {at}", words::staff(app, card))),
        (Some(card), _) => enter(format!("{} takes the desk, {at}", words::staff(app, card))),
        (None, Why::NotOpen) => wait("your number opens the day; Enter does not"),
        (None, Why::Again(Some(was))) => enter(format!("{} has the desk again, {at}", app.register.staff_name(was))),
        (None, Why::Again(None)) => wait("your number takes the desk; Enter does not"),
        (None, Why::Change(_)) => wait("a number gives the desk to that person; Esc, and nothing changes"),
    }
}

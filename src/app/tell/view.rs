//! The form of a note, drawn.

use crate::app::frame::{enter, footer, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Enter, Hint, Line, Piece, Screen};
use crate::app::state::App;
use crate::app::tell::form::{ANOTHER, Focus, Form, Kind, MISTAKE, Whom, number_of, others, whom, with_digit};
use crate::app::tell::{danger, note_of};
use crate::app::words;

/// Where the second column of kinds begins.
const SECOND: u16 = 43;

/// The screen.
pub fn view(app: &App) -> Screen {
    let Some(form) = &app.tell.form else {
        return Screen { enter: wait("the note is written. Esc goes back to the board"), ..Screen::default() };
    };
    if form.danger {
        return danger::view(app, form);
    }
    let ruth = words::coordinator(app);
    let at = note_of(app, form.note).map_or(app.now, |n| n.at);
    Screen {
        head: [format!("For {ruth}   note {}", number_of(app, form)), String::new(), String::new()],
        under: [
            format!("Written {} and safe. Esc leaves at any moment; finish it when you can.", words::hms(at)),
            String::new(),
        ],
        body: body(app, form),
        status: [status(app, form), String::new()],
        enter: enter_line(app, form),
        footer: hints(app, form),
        ..Screen::default()
    }
}

fn body(app: &App, form: &Form) -> Vec<Block> {
    let mut body = vec![Block::Blank, about(app, form), Block::Blank, Block::line("What was it?")];
    if let Some(pick) = &form.pick {
        body.extend(pick.blocks(&others(app)));
        return body;
    }
    body.extend(kinds(app));
    body.extend([
        Block::Blank,
        Block::line("Two words will do"),
        Block::Input {
            label: "    >".to_owned(),
            field: form.words.field(),
            right: String::new(),
            focused: matches!(form.focus, Focus::Kind | Focus::Words),
        },
        Block::Blank,
        Block::line("What you saw and heard, and the child's own words. Not what it may mean."),
    ]);
    body.push(match form.focus == Focus::Paper || !form.paper.is_empty() {
        true => Block::Input {
            label: "Number of the paper form".to_owned(),
            field: form.paper.field(),
            right: String::new(),
            focused: form.focus == Focus::Paper,
        },
        false => Block::line("More to tell? Here later, or on a paper form: Tab, and type its number."),
    });
    body
}

fn about(app: &App, form: &Form) -> Block {
    let right = match (form.focus, form.whom) {
        (Focus::About, Whom::Worker(_)) => "their number, or arrows: a family, nobody",
        (Focus::About, _) => "a No, or arrows: nobody, one of the team",
        _ => "another person or family, or nobody:  Tab",
    };
    let name = whom(app, form);
    let name = if form.focus == Focus::About { Piece::strong(format!("{name} ")) } else { Piece::plain(name) };
    Block::Line(Line { left: vec![Piece::plain("About"), Piece::To(8), name], right: vec![Piece::plain(right)] })
}

/// The kinds by digit, in two columns; below them 9 and 0.
fn kinds(app: &App) -> Vec<Block> {
    let kinds = with_digit(app);
    let (left, right) = kinds.split_at(kinds.len().div_ceil(2));
    let row = |digit: u8, words: &str| format!("{digit}   {words}");
    let pieces = |one: &str, two: &str| {
        Block::pieces(vec![Piece::plain(format!("    {one}")), Piece::To(SECOND), Piece::plain(two)])
    };
    let mut blocks: Vec<Block> = Vec::new();
    for (n, kind) in left.iter().enumerate() {
        let two = right.get(n).map(|k| row(k.digit.unwrap_or_default(), k.words.as_str())).unwrap_or_default();
        blocks.push(pieces(&row(kind.digit.unwrap_or_default(), kind.words.as_str()), &two));
    }
    blocks.push(pieces(&row(ANOTHER, "another: type to find it"), &row(MISTAKE, "pressed by mistake")));
    blocks
}

/// The digit only; in staff view the words too.
fn status(app: &App, form: &Form) -> String {
    let Some(digit) = form.digit() else { return String::new() };
    let words = form.code().and_then(|code| app.policy().kind(&code).map(|k| k.words.to_string()));
    match words.filter(|_| app.staff_view()) {
        Some(words) => format!("Chosen   {digit}   {words}"),
        None => format!("Chosen   {digit}"),
    }
}

fn enter_line(app: &App, form: &Form) -> Enter {
    let ruth = words::coordinator(app);
    if let Some(pick) = &form.pick {
        return pick.enter(&others(app));
    }
    if !form.number.is_empty() {
        return enter(format!("the note is about {}", form.number.shown().trim_end_matches('_')));
    }
    match form.kind {
        Some(Kind::Mistake) if form.has_content() => {
            wait("0 would lose what you typed. Another number, or Esc: all is kept")
        }
        Some(Kind::Mistake) => enter(format!("note {} was pressed by mistake", number_of(app, form))),
        _ if !form.has_content() => wait("a number, or two words. Esc leaves, and the note stays"),
        _ if form.asks_whom(app) => wait("say again about whom of the team it is: Tab, Right, a number"),
        _ if form.is_of_the_team(app) => enter("saves it, for the lead and the chair only"),
        _ => enter(format!("saves it for {ruth}; nobody else at this desk can read it")),
    }
}

fn hints(app: &App, form: &Form) -> Vec<Hint> {
    let first = match form.focus {
        _ if form.pick.is_some() => Hint::new("letters", "find"),
        Focus::Kind => Hint::new("0-9", "what"),
        Focus::Words => Hint::new("letters", "words"),
        Focus::Paper => Hint::new("0-9", "its number"),
        Focus::About => Hint::new("0-9", "whom"),
    };
    let leave = if form.pick.is_some() { "back" } else { "leave, all is kept" };
    let hints = [first, Hint::new("Tab", "next"), Hint::new("F8", "danger now: 999 card"), Hint::new("Esc", leave)];
    footer(app, &hints, &[] as &[Intent])
}

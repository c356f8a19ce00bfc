//! *Not coming*, drawn.

use crate::app::absent::told::{Asking, CHANNELS, said, tellers, told};
use crate::app::absent::{ANOTHER, chosen, others, party, people, with_digit};
use crate::app::frame::{enter, footer, wait};
use crate::app::intent::Intent;
use crate::app::screen::{Block, Enter, Field, Hint, Line, Piece, Screen};
use crate::app::state::App;
use crate::app::words;
use crate::domain::case::Member;
use crate::domain::codes::Channel;
use crate::domain::day::Session;

/// Names in the Enter line, before `+2`.
const NAMES: usize = 4;
/// Where the second column of reasons begins.
const SECOND: u16 = 43;
/// Where the text beside a label begins.
const TEXT: u16 = 10;

/// The screen.
pub fn view(app: &App) -> Screen {
    let Some(session) = app.in_hand() else {
        return Screen { enter: wait("there is no session here. Esc goes back"), ..Screen::default() };
    };
    let people = people(app, session);
    let names: Vec<String> = people.iter().map(|m| words::short(m)).collect();
    let plan = &session.plan;
    Screen {
        head: [
            format!("No {}   {} to {}", plan.no, words::plan(plan.start), words::plan(plan.end)),
            String::new(),
            String::new(),
        ],
        under: [
            format!("Not coming: {}    {}", words::party(party(app)), names.join(", ")),
            "Tab  the other side".to_owned(),
        ],
        body: body(app, session),
        strip: strip(app, session),
        status: [status(app), String::new()],
        enter: enter_line(app, session, &people),
        footer: hints(app),
        ..Screen::default()
    }
}

fn body(app: &App, session: &Session) -> Vec<Block> {
    let mut body = vec![Block::Blank, Block::line("Why?")];
    if let Some(pick) = &app.absent.pick {
        body.extend(pick.blocks(&others(app)));
        return body;
    }
    body.extend(reasons(app));
    body.push(Block::Blank);
    body.push(Block::Line(label("Told us", &said(app, session)).with_right("t  change")));
    let told = told(app, session);
    body.push(match told.is_some_and(|t| t.channel == Channel::Phone) {
        true => Block::Line(label("", "Ring back on the number held if you do not know the voice.")),
        false => Block::Blank,
    });
    body.push(Block::Blank);
    body.push(Block::Line(label("Then", "the other side must be told: a Due line on the board says so.")));
    let ruth = words::coordinator(app);
    body.push(Block::line("You may say to them, and nothing more:"));
    let say = format!("\"They are not coming today. {} will be in touch.\"", words::sentence(&ruth));
    body.push(Block::Line(label("", &say)));
    body.push(Block::Blank);
    body.push(Block::line(format!("The reason goes to {ruth}. It is not shown on this screen again.")));
    body
}

fn label(label: &str, text: &str) -> Line {
    Line { left: vec![Piece::plain(label), Piece::To(TEXT), Piece::plain(text)], right: Vec::new() }
}

/// The reasons by digit, in two columns; 9 and 0 are the last.
fn reasons(app: &App) -> Vec<Block> {
    let with_digit = with_digit(app);
    let row = |digit: u8, words: &str| format!("{digit}   {words}");
    let of = |zero: bool| with_digit.iter().filter(move |r| (r.digit == Some(0)) == zero);
    let mut rows: Vec<String> = of(false).map(|r| row(r.digit.unwrap_or(0), r.words.as_str())).collect();
    rows.push(row(ANOTHER, "another: type to find it"));
    rows.extend(of(true).map(|r| row(0, r.words.as_str())));
    two_columns(&rows, rows.len().div_ceil(2))
}

fn two_columns(rows: &[String], left: usize) -> Vec<Block> {
    let (left, right) = rows.split_at(left.min(rows.len()));
    let mut blocks = Vec::new();
    for (n, row) in left.iter().enumerate() {
        let mut pieces = vec![Piece::plain(format!("    {row}"))];
        if let Some(beside) = right.get(n) {
            pieces.extend([Piece::To(SECOND), Piece::plain(beside)]);
        }
        blocks.push(Block::pieces(pieces));
    }
    blocks
}

/// The small question, over the last rows.
fn strip(app: &App, session: &Session) -> Vec<Block> {
    let line = |n: u8, words: &str| format!("{n}   {words}");
    let (ask, mut rows): (&str, Vec<String>) = match &app.absent.asking {
        None => return Vec::new(),
        Some(Asking::Who) => {
            let mut rows: Vec<String> = tellers(app, session).iter().map(|(n, _, name)| line(*n, name)).collect();
            rows.extend([line(8, "somebody else"), line(0, "nobody has told us")]);
            ("Who told us?", rows)
        }
        Some(Asking::How) => ("How?", CHANNELS.iter().map(|(n, _, words)| line(*n, words)).collect()),
        Some(Asking::When(_)) => {
            let how = ["1 or 2 digits are minutes ago, 3 or 4 a time: 9, or 1003.", "No digit: now."];
            ("When?", how.map(str::to_owned).to_vec())
        }
    };
    let mut blocks = vec![Block::Rule, Block::line(ask)];
    blocks.extend(rows.drain(..).map(|r| Block::line(format!("    {r}"))));
    blocks
}

fn status(app: &App) -> String {
    match (&app.absent.why, chosen(app)) {
        (Some(why), Some(reason)) if app.staff_view() => format!("Chosen   {}   {}", why.digit, reason.words),
        (Some(why), _) => format!("Chosen   {}", why.digit),
        _ => String::new(),
    }
}

fn enter_line(app: &App, session: &Session, people: &[&Member]) -> Enter {
    if let Some(pick) = &app.absent.pick {
        return pick.enter(&others(app));
    }
    match &app.absent.asking {
        Some(Asking::Who) => return wait("a number says who told us. Esc goes back"),
        Some(Asking::How) => return wait("a number says how. Esc goes back"),
        Some(Asking::When(digits)) => {
            let field = Field { before: digits.digits().to_owned(), after: String::new() };
            return Enter { field: Some(field), ..enter("sets when they told us; nothing is written yet") };
        }
        None => {}
    }
    if people.is_empty() {
        return wait("everyone of this side has come. Tab  the other side   Esc back");
    }
    match chosen(app) {
        None => wait("a number says why. 0, where no word has come"),
        Some(reason) => enter(not_coming(app, session, people, reason.provisional)),
    }
}

/// `Ama, Noah, Ivy and Theo are not coming today, reason 1, told 10:02`.
fn not_coming(app: &App, session: &Session, people: &[&Member], provisional: bool) -> String {
    let mut names: Vec<String> = people.iter().map(|m| words::short(m)).collect();
    let who = if names.len() > NAMES {
        let more = names.len() - (NAMES - 1);
        names.truncate(NAMES - 1);
        format!("{} +{more}", names.join(", "))
    } else {
        words::list(&names)
    };
    let are = if people.len() == 1 { "is" } else { "are" };
    let why = match (&app.absent.why, chosen(app)) {
        _ if provisional => "no word yet: asked again at the close".to_owned(),
        (_, Some(reason)) if app.staff_view() => reason.words.to_string(),
        (Some(why), _) => format!("reason {}", why.digit),
        _ => String::new(),
    };
    let told = told(app, session).map(|t| format!(", told {}", words::hm(t.at))).unwrap_or_default();
    format!("{who} {are} not coming today, {why}{told}")
}

fn hints(app: &App) -> Vec<Hint> {
    if app.absent.pick.is_some() {
        return footer(app, &[Hint::new("letters", "find"), Hint::new("1-9", "takes it")], &[Intent::Back]);
    }
    if app.absent.asking.is_some() {
        return footer(app, &[Hint::new("0-9", "answer")], &[Intent::Back]);
    }
    let first = [
        Hint::new("0-9", "why"),
        Hint::new("t", "told us"),
        Hint::new("Tab", "other side"),
        Hint::new("Esc", "back, nothing written"),
        Hint::new("-", "earlier"),
    ];
    footer(app, &first, &[])
}

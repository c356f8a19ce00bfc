//! The close on the screen: what was counted, what is settled, the questions with the answers of the marked one.

use crate::app::close::update::open_questions;
use crate::app::close::{count, says, signed};
use crate::app::earlier::{self, NoTime};
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::paper::FILES;
use crate::app::screen::{Block, Enter, Field, Hint, Line, Piece, Screen, Shape};
use crate::app::state::App;
use crate::app::words::{self, hm, list, short};
use crate::domain::close::{Question, Subject, settled, tally};
use crate::domain::day::{Day, Stage};
use crate::domain::decide::{Command, DayAct, decide};
use crate::domain::event::Source;
use crate::domain::refusal::Refusal;

/// Rows of the body before the first question.
const ABOVE: usize = 3;
/// Columns of a question: its mark, its number, its words, its answers.
const COLUMNS: [u16; 4] = [0, 3, 10, 13];

/// The screen.
pub fn view(app: &App) -> Screen {
    let Some(day) = app.day().filter(|d| !d.is_signed()) else { return signed::view(app) };
    if let Some(fields) = &app.close.count {
        return count::view(app, fields);
    }
    let open = open_questions(app);
    let counted = day.counted.map(|(_, c)| format!("You counted   {}", count::line(c)));
    Screen {
        head: [format!("Close   {}", words::long_date(app.date)), String::new(), String::new()],
        under: [counted.unwrap_or_default(), format!("{} settled", settled(day, app.now))],
        body: body(app, day, &open),
        status: [waiting(day, app).unwrap_or_else(|| frame::saved(app)[0].clone()), String::new()],
        enter: enter(app, day, &open),
        footer: footer(app, &open),
        ..Screen::default()
    }
}

fn body(app: &App, day: &Day, open: &[Question]) -> Vec<Block> {
    let want = open.iter().filter(|q| q.about.wants_a_line()).count();
    let stops = match open.len() - want {
        0 => "Nothing stops the close".to_owned(),
        1 => "1 question stops the close".to_owned(),
        n => format!("{n} questions stop the close"),
    };
    let stops = match want {
        0 => stops,
        1 => format!("{stops}; 1 wants a line from you, then lets you through"),
        n => format!("{stops}; {n} want a line from you, then let you through"),
    };
    let mut body = vec![Block::Blank, Block::line(stops), Block::Blank];
    if open.is_empty() {
        let tally = tally(day);
        body.push(Block::line(format!("   {} held   {} not held", tally.held, tally.not_held)));
        body.push(Block::Blank);
        body.push(Block::line(paper(day)));
        return body;
    }
    let rows = app.size.body().saturating_sub(ABOVE);
    body.extend(shown(app, day, open, rows));
    body
}

/// The sheets of the day are lying somewhere: on the desk, in the envelope, in the register's folder.
fn paper(day: &Day) -> String {
    let [desk, sealed] = FILES;
    let lines = day.entries.iter().filter(|e| matches!(e.source, Source::Paper { .. }));
    let acts: std::collections::BTreeSet<_> = lines.map(|e| e.act).collect();
    let entered = if acts.is_empty() {
        String::new()
    } else {
        format!(" {} entered.", words::count(acts.len(), "line", "lines"))
    };
    format!("   Paper: destroy or file both sheets, also {desk}, {sealed}.{entered}")
}

/// The questions from one on, such that the marked one and its answers are in view.
fn shown(app: &App, day: &Day, open: &[Question], rows: usize) -> Vec<Block> {
    let mark = app.close.mark.min(open.len().saturating_sub(1));
    let answers = open.get(mark).map_or(0, |q| q.answers.len() + 1);
    let whole = open.len() + answers;
    let room = if whole <= rows { rows } else { rows.saturating_sub(2) };
    let first = (mark + 1 + answers).saturating_sub(room).min(mark);
    let mut blocks = Vec::new();
    if whole > rows {
        blocks.push(if first == 0 { Block::Blank } else { Block::line(format!("   more above: {first}")) });
    }
    let mut last = first;
    for (n, question) in open.iter().enumerate().skip(first) {
        let needs = if n == mark { 1 + answers } else { 1 };
        if blocks.len() + needs > rows.saturating_sub(usize::from(whole > rows)) {
            break;
        }
        blocks.extend(lines(app, day, question, n == mark));
        last = n + 1;
    }
    if last < open.len() {
        blocks.push(Block::line(format!("   more below: {}", open.len() - last)));
    }
    blocks
}

fn lines(app: &App, day: &Day, question: &Question, marked: bool) -> Vec<Block> {
    let [at_mark, at_label, at_words, at_answer] = COLUMNS;
    let words = says::question(app, day, question);
    let (mark, words) = if marked { (Shape::Mark, Piece::strong(words)) } else { (Shape::None, Piece::plain(words)) };
    let label = says::label(day, question);
    let mut pieces = vec![Piece::To(at_mark), Piece::Shape(mark)];
    if label.is_empty() {
        pieces.extend([Piece::To(at_label), words]);
    } else {
        pieces.extend([Piece::To(at_label), Piece::plain(label), Piece::To(at_words), words]);
    }
    let mut blocks = vec![Block::Line(Line { left: pieces, right: Vec::new() })];
    if !marked {
        return blocks;
    }
    for (n, choice) in (1..).zip(&question.answers) {
        let says = says::answer(app, day, question, choice);
        blocks.push(Block::pieces(vec![
            Piece::To(at_words),
            Piece::plain(format!("{n}")),
            Piece::To(at_answer),
            Piece::plain(says),
        ]));
    }
    blocks.push(Block::Blank);
    blocks
}

/// Children who are out: the answers keep, the signing waits.
fn waiting(day: &Day, app: &App) -> Option<String> {
    day.sessions.iter().find_map(|session| {
        let Stage::Out(until) = day.stage(session, app.now) else { return None };
        let out = session.children().filter(|(_, a)| !a.is_in() && a.came() && a.left_at().is_none());
        let names: Vec<String> = out.map(|(m, _)| short(m)).collect();
        let (is, them) = if names.len() == 1 { ("is", "") } else { ("are", "") };
        let until = until.map(|at| format!(" until {}", hm(at))).unwrap_or_default();
        Some(format!("{} {is} out{until}{them}. Answers keep; the signing waits.", list(&names)))
    })
}

fn enter(app: &App, day: &Day, open: &[Question]) -> Enter {
    if let Some(typed) = &app.close.typed {
        return time_field(app, typed);
    }
    if app.guard.spent {
        return frame::wait(match open.is_empty() {
            true => "it is saved. Tab, then Enter signs",
            false => "it is saved. A number answers; Tab, then Enter goes there",
        });
    }
    match open.get(app.close.mark) {
        Some(question) => frame::enter(goes_to(day, question)),
        None if open.is_empty() => sign(app, day),
        None => frame::wait("Tab goes to a question"),
    }
}

/// Who signs, or why not.
fn sign(app: &App, day: &Day) -> Enter {
    let command = Command::Day(DayAct::Sign);
    match decide(&app.register, day.id, &command, &app.stamp(None)) {
        Ok(_) => {
            let who = app.who.map(|who| app.register.staff_name(who).to_owned()).unwrap_or_default();
            let then = if app.is_sealed() { "asks who signs with you" } else { "after that only addenda" };
            frame::enter(format!("{who} signs {}; {then}", words::long_date(app.date)))
        }
        Err(refusal) => frame::wait(words::refusal(app, &refusal)),
    }
}

fn time_field(app: &App, typed: &str) -> Enter {
    let says = match earlier::typed(app, typed) {
        Ok(at) => format!("sets {} for the answer; it writes nothing yet", hm(at)),
        Err(NoTime::Future) => words::refusal(app, &Refusal::Future),
        Err(_) => "1 or 2 digits are minutes ago, 3 or 4 a time".to_owned(),
    };
    let field = Some(Field { before: typed.to_owned(), after: String::new() });
    Enter { field, ..frame::enter(says) }
}

fn goes_to(day: &Day, question: &Question) -> String {
    match (&question.about, question.about.card().and_then(|(session, _)| day.session(session))) {
        (_, Some(session)) => format!("goes to No {}; F7 comes back here", session.plan.no),
        (Subject::Note(_), _) => "goes to the note; F7 comes back here".to_owned(),
        _ => "goes to who is on shift; F7 comes back here".to_owned(),
    }
}

fn footer(app: &App, open: &[Question]) -> Vec<Hint> {
    let mut first = Vec::new();
    let answers = open.get(app.close.mark).map_or(0, |q| q.answers.len());
    match answers {
        0 => {}
        1 => first.push(Hint::new("1", "answer")),
        n => first.push(Hint::new(format!("1-{n}"), "answer")),
    }
    first.push(Hint::new("Tab", "next"));
    if answers > 0 {
        first.push(Hint::new("-", Intent::Earlier.does()));
    }
    first.push(Hint::new("c", Intent::CountAgain.does()));
    first.push(Hint::new("p", Intent::Print.does()));
    first.push(Hint::new("Esc", "board, all kept"));
    frame::footer(app, &first, &[])
}

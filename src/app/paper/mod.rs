//! What was written on paper while the book was shut, entered afterwards on the ordinary cards: each act is a line.

mod view;

pub use view::view;

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::Keys;
use crate::app::roles;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words::count;
use crate::domain::codes::Moment;
use crate::domain::decide::{Command, PaperLine, Permission, Record, decide};
use crate::domain::event::{Entry, Source};
use crate::domain::policy::Power;

/// Said where a line has no time yet.
pub const TIME_FIRST: &str = "the time on the paper first: - and its digits, Enter";
/// The files of the sheets, in the register's folder.
pub const FILES: [&str; 2] = ["desk-sheet.txt", "sealed-sheet.txt"];
/// Digits of the number of a sheet.
const DIGITS: usize = 3;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Which paper sheet",
    own: &[],
    typing: false,
    also: &[("digits", "the number of the sheet"), ("Backspace", "Takes a digit away")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Digits of the number of the sheet.
    typed: String,
    /// A sheet is being entered.
    on: Option<Sheet>,
}

/// A sheet that is being entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sheet {
    number: u32,
    /// The next line.
    line: u32,
    /// Lines entered since it was opened.
    entered: usize,
    /// Those of them that are a question of the close.
    questions: usize,
}

impl State {
    /// A sheet is being entered.
    pub fn is_on(&self) -> bool {
        self.on.is_some()
    }

    /// The next line, while a sheet is being entered.
    pub fn next_line(&self) -> Option<u32> {
        self.on.map(|sheet| sheet.line)
    }

    /// A line has the time that stands on the paper; who does not come is written as of now.
    pub(super) fn wants_time(&self, command: &Command, at: Option<Moment>) -> bool {
        let of_now = matches!(command, Command::Write(Record::NotComing { .. } | Record::NoPart { .. }));
        self.is_on() && at.is_none() && !of_now && is_line(command)
    }

    /// The command as the next line of the sheet, while one is being entered.
    pub(super) fn as_line(&self, command: &Command) -> Command {
        match self.on.filter(|_| is_line(command)) {
            Some(Sheet { number: sheet, line, .. }) => {
                Command::Paper(PaperLine { sheet, line, says: Box::new(command.clone()) })
            }
            None => command.clone(),
        }
    }

    /// An act is on disk: if it was a line, the next one follows.
    pub(super) fn stored(&mut self, entries: &[Entry]) {
        let Some(sheet) = &mut self.on else { return };
        if entries.iter().any(|e| matches!(e.source, Source::Paper { .. })) {
            sheet.line = sheet.line.saturating_add(1);
            sheet.entered += 1;
            sheet.questions += entries.iter().filter(|e| !e.against.is_empty()).count();
        }
    }
}

/// What a sheet has lines for: who came and went. The team, notes and the close are written as ever.
fn is_line(command: &Command) -> bool {
    matches!(command, Command::May(_) | Command::Happened(_) | Command::Write(_))
}

/// Asks which sheet: 1, if nobody says otherwise.
pub fn open(app: &mut App) {
    if !roles::may(app, Intent::FromPaper) {
        app.flash = Some("A sheet is being entered. Esc on the board ends it.".to_owned());
        return;
    }
    app.over = None;
    app.paper.typed.clear();
    app.view = View::Paper;
}

/// Ends it, on the board: how many lines, how many questions.
pub fn end(app: &mut App) {
    let Some(sheet) = app.paper.on.take() else { return };
    let lines = count(sheet.entered, "line", "lines");
    let questions = count(sheet.questions, "question", "questions");
    app.flash = Some(format!("{lines} entered, {questions} for the close"));
}

/// Writes the sheets for the printer. The sealed one holds names and numbers: it is made at the opening, and again only
/// by who may take them out.
pub fn print(app: &mut App) -> Vec<Effect> {
    if app.day().is_none() {
        app.flash = Some("The sheets are made when the day is opened.".to_owned());
        return Vec::new();
    }
    vec![Effect::PrintSheets { sealed: roles::has(app, Power::Export), asked: true }]
}

fn number(app: &App) -> u32 {
    app.paper.typed.parse().ok().filter(|n| *n > 0).unwrap_or(1)
}

/// The line after the last that was entered of a sheet.
fn line_after(app: &App, sheet: u32) -> u32 {
    let lines = app.day().into_iter().flat_map(|day| &day.entries).filter_map(|e| match e.source {
        Source::Paper { sheet: of, line } if of == sheet => Some(line),
        _ => None,
    });
    lines.max().unwrap_or(0).saturating_add(1)
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.to_board(),
        (Some(Intent::Go), _) if !app.guard.stray => {
            let (number, entered, questions) = (number(app), 0, 0);
            app.paper.on = Some(Sheet { number, line: line_after(app, number), entered, questions });
            app.to_board();
        }
        (_, Key::Backspace) => {
            app.paper.typed.pop();
        }
        (_, Key::Char(c)) if c.is_ascii_digit() && app.paper.typed.len() < DIGITS => app.paper.typed.push(c),
        (_, Key::Char(c)) if !c.is_ascii_digit() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// What Enter will do, with its line; and whether it goes against a rule.
pub fn with_line(app: &App, permission: &Permission, says: String) -> String {
    let Some(line) = app.paper.next_line() else { return says };
    let stamp = app.stamp(app.card.set_back.at);
    match decide(&app.register, app.day, &Command::May(permission.clone()), &stamp) {
        Ok(_) => format!("{says}, line {line}"),
        Err(_) => format!("{says}, line {line}: a question for the close"),
    }
}

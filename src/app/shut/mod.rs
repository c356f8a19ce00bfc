//! The first screen after the book was shut with people in: is it still so?

use crate::app::action::Effect;
use crate::app::frame;
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::{Block, Hint, Screen};
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words::{count, hm};
use crate::app::write::Then;
use crate::app::{paper, roll};
use crate::domain::codes::Moment;
use crate::domain::decide::{Command, DayAct};

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "The book was shut",
    own: &[],
    typing: false,
    also: &[("1", "it is still so"), ("2", "go through who is in"), ("3", "enter the paper sheet")],
};

/// Shut for less than this, nobody is asked.
const MINUTES: i64 = 2;

/// Its state.
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
    /// The last time at which the book is known to have been open; `None`: nothing is to be asked.
    since: Option<Moment>,
    /// When the program started.
    started: Option<Moment>,
}

/// How long, and how many were in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gap {
    minutes: u32,
    inside: u16,
}

/// What the entries of the day say at the start: the last of them was written while the book was open. What was taken out
/// on the command line was not.
pub fn at_start(app: &App) -> State {
    let written = app.day().and_then(|day| day.entries.iter().filter(|e| !e.is_use()).map(|e| e.recorded_at).max());
    State { since: written, started: Some(app.now) }
}

/// The book is known to have been open then, though nothing was written.
pub fn was_open(app: &mut App, at: Moment) -> Vec<Effect> {
    app.start.shut.since = app.start.shut.since.map(|since| since.max(at));
    Vec::new()
}

/// Is there something to ask? Not while nobody but the team is in, nor on a signed day.
fn gap(app: &App) -> Option<Gap> {
    let (since, started) = (app.start.shut.since?, app.start.shut.started?);
    let day = app.day().filter(|d| !d.is_signed())?;
    let heads = day.heads();
    let minutes = (started - since).num_minutes();
    let families = heads.children + heads.adults + heads.others > 0;
    let minutes = u32::try_from(minutes).ok().filter(|_| families && minutes >= MINUTES)?;
    Some(Gap { minutes, inside: heads.all() })
}

/// Somebody has the desk: the question comes first, then the board.
pub fn after_taking(app: &mut App) {
    app.to_board();
    if gap(app).is_some() {
        app.view = View::Shut;
    }
}

/// Somebody has said whether it is still so.
pub fn answered(app: &mut App, after: After) {
    app.start.shut.since = None;
    app.to_board();
    match after {
        After::Board => {}
        After::Roll => roll::open(app),
        After::Paper => start_paper(app),
    }
}

/// What comes after the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// It is still so.
    Board,
    /// They are gone through.
    Roll,
    /// The paper sheet is entered.
    Paper,
}

/// The paper sheet is entered from here on.
pub fn start_paper(app: &mut App) {
    paper::open(app);
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if press.intent == Some(Intent::Back) {
        app.to_board();
        return Vec::new();
    }
    let after = match press.digit() {
        Some(1) => After::Board,
        Some(2) => After::Roll,
        Some(3) => After::Paper,
        _ => {
            app.guard.stray |= press.intent.is_none() && press.char().is_some();
            return Vec::new();
        }
    };
    let Some(Gap { minutes, inside }) = gap(app) else {
        app.to_board();
        return Vec::new();
    };
    let act = DayAct::Resume { minutes, inside, so: after == After::Board };
    app.write(&Command::Day(act), None, Then::Resumed(after))
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let Gap { minutes, inside } = gap(app).unwrap_or(Gap { minutes: 0, inside: 0 });
    let (people, is) = (count(inside.into(), "person", "people"), if inside == 1 { "was" } else { "were" });
    let since = app.start.shut.since.map(hm).unwrap_or_default();
    let shut = count(usize::try_from(minutes).unwrap_or(usize::MAX), "minute", "minutes");
    let option = |n: u8, says: &str| Block::line(format!("      {n}   {says}"));
    Screen {
        head: ["The book was shut".to_owned(), String::new(), String::new()],
        under: [format!("It was open until {since}"), String::new()],
        body: vec![
            Block::Blank,
            Block::line(format!("The book was shut for {shut}; {people} {is} in. Is it still so?")),
            Block::Blank,
            option(1, "yes: nobody came or went"),
            option(2, "go through them: who is in, one by one"),
            option(3, "enter the paper sheet"),
            Block::Blank,
            Block::line("Look round first. Who came or went: - on the card takes its own time."),
        ],
        status: frame::saved(app),
        enter: frame::wait("1, 2 or 3 answers; Esc leaves it for later"),
        footer: frame::footer(
            app,
            &[Hint::new("1-3", "answer")],
            &[Intent::Tell, Intent::Roll, Intent::Hide, Intent::Back],
        ),
        ..Screen::default()
    }
}

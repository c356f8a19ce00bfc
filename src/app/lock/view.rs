//! The locked screen, drawn.

use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::lock::{how_long, practice, recover, roll, waits_until};
use crate::app::pass::Focus;
use crate::app::screen::{Block, Enter, Hint, Screen};
use crate::app::state::App;
use crate::app::words::{self, count, hms};

/// The screen.
pub fn view(app: &App) -> Screen {
    if let Some(from) = app.lock.roll_from {
        return roll::view(app, from);
    }
    if let Some((number, _)) = &app.lock.shown {
        return recover::shown(app, *number);
    }
    if let Some(pass) = &app.lock.recover {
        return recover::view(app, pass);
    }
    let mut body = vec![Block::Blank, Block::Blank];
    body.extend(app.lock.pass.blocks(["Your number", "Passphrase"], app.lock.practice().is_some()));
    body.push(Block::Blank);
    body.extend(practice(app));
    body.extend([
        Block::line("    Four letters of each word are enough; capitals make no difference."),
        Block::line(format!("    Opening takes {}: so long that nobody can try them all.", how_long(app))),
        Block::line("    Lost? A coordinator gives a new one; else 0 and the recovery sheet."),
    ]);
    body.extend(kept(app));
    Screen {
        head: ["Doorbook".to_owned(), String::new(), String::new()],
        under: ["Locked".to_owned(), String::new()],
        body,
        status: [status(app), String::new()],
        enter: enter_line(app),
        footer: footer(app),
        ..Screen::default()
    }
}

/// What F8 has kept.
fn kept(app: &App) -> Vec<Block> {
    let Some(last) = app.lock.raised.last() else { return Vec::new() };
    let notes = count(app.lock.raised.len(), "note", "notes");
    vec![
        Block::Blank,
        Block::line(format!("    {notes} kept here, the last at {}: entered once somebody is in.", hms(*last))),
    ]
}

fn status(app: &App) -> String {
    app.lock.says.clone().or_else(|| app.asked.trouble.clone()).unwrap_or_default()
}

/// It is being tried.
pub(super) fn opening(app: &App) -> Enter {
    reads(app).unwrap_or_else(|| wait(format!("opening …, {}", how_long(app))))
}

/// The directory is made again, and how far that is.
pub fn reads(app: &App) -> Option<Enter> {
    let (read, of) = app.lock.making?;
    Some(wait(format!("making the directory: {}", words::so_many_read(read, of))))
}

/// From when on the next one is taken.
pub(super) fn waits(app: &App) -> Option<Enter> {
    waits_until(app).map(|at| wait(format!("the next try is taken from {} on", hms(at))))
}

fn enter_line(app: &App) -> Enter {
    let pass = &app.lock.pass;
    match (pass.number(), pass.has_passphrase(), waits(app)) {
        _ if pass.tried => opening(app),
        (_, _, Some(waits)) => waits,
        (None, ..) => wait("type your number, then your passphrase"),
        (Some(0), ..) => enter("asks for the 26 words of the recovery sheet"),
        (Some(_), false, _) if pass.focus == Focus::Number => enter("goes to the passphrase"),
        (Some(_), false, _) => wait("type your passphrase: four letters of each word are enough"),
        (Some(number), true, _) => enter(format!("opens the register for number {number}")),
    }
}

fn footer(app: &App) -> Vec<Hint> {
    let first = [Hint::new("Tab", "next field")];
    let mut hints = frame::footer(app, &first, &[Intent::Roll, Intent::Quit]);
    // With nobody in there is no name to tell.
    hints.insert(2.min(hints.len()), Hint::new("F8", "a note"));
    hints
}

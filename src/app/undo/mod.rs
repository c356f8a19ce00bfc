//! Take back: what the last act was; 1 takes it back, Enter does not.

use crate::app::action::Effect;
use crate::app::frame::{footer, saved, wait};
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::screen::{Block, Hint, Line, Screen};
use crate::app::state::{App, Over};
use crate::app::update::{Press, common};
use crate::app::words;
use crate::app::write::Then;
use crate::domain::day::{Day, Session};
use crate::domain::decide::{Amend, Command, decide, last_act};
use crate::domain::event::{Entry, Event};
use crate::domain::ids::ActId;

/// Sentences that are shown; an act rarely has more.
const SHOWN: usize = 8;

/// Its keys.
pub const KEYS: Keys = Keys { name: "Take back", own: &[], typing: false, also: &[("1", "takes it back")] };

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What is shown, and what `1` takes back: no other act, whatever comes in between.
    act: Option<ActId>,
}

/// Opens what would be taken back; where there is nothing, says so and opens nothing.
pub fn open(app: &mut App) {
    let last = app.day().zip(app.who).and_then(|(day, who)| last_act(day, who, app.desk));
    let Some(act) = last else {
        app.flash = Some("There is nothing of yours here to take back. Notes and the opening stay.".to_owned());
        return;
    };
    let command = Command::Amend(Amend::Undo { act });
    match decide(&app.register, app.day, &command, &app.stamp(None)) {
        Ok(_) => {
            app.laid.undo.act = Some(act);
            app.over = Some(Over::Undo);
        }
        Err(refusal) => app.flash = Some(words::sentence(&words::refusal(app, &refusal))),
    }
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    match (press.intent, press.digit(), app.laid.undo.act) {
        (Some(Intent::Back | Intent::Undo), ..) => app.over = None,
        (_, Some(1), Some(act)) => {
            return app.write(&Command::Amend(Amend::Undo { act }), None, Then::Board);
        }
        (Some(intent @ (Intent::Hide | Intent::View | Intent::Roll)), ..) => {
            if intent == Intent::Roll {
                app.over = None;
            }
            return common(app, intent).unwrap_or_default();
        }
        (None, None, _) if press.char().is_some() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let entries = acted(app);
    let at = entries.first().map(|e| words::hm(e.recorded_at)).unwrap_or_default();
    let mut body = vec![Block::Blank, Block::line(format!("Written at {at}:")), Block::Blank];
    body.extend(sentences(app, &entries));
    body.extend([
        Block::Blank,
        Block::line("   1   take it back"),
        Block::Blank,
        Block::line("Both stay in the book: what was written, and that it was taken back."),
    ]);
    if entries.iter().any(|e| is_note(e)) {
        body.push(Block::line(format!("The note for {} stays.", words::coordinator(app))));
    }
    Screen {
        head: ["Take back".to_owned(), String::new(), String::new()],
        under: ["Your last act at this desk".to_owned(), String::new()],
        body,
        status: saved(app),
        enter: wait("1 takes it back; Enter does not. Esc, and it stays as it is"),
        footer: footer(app, &[Hint::new("1", "takes it back")], &[Intent::Back]),
        ..Screen::default()
    }
}

/// The entries of the act in hand.
fn acted(app: &App) -> Vec<&Entry> {
    let entries = app.day().map(|day| day.entries.as_slice()).unwrap_or_default();
    entries.iter().filter(|e| Some(e.act) == app.laid.undo.act).collect()
}

fn is_note(entry: &Entry) -> bool {
    matches!(entry.event.open(), Some(Event::Note(_)))
}

/// What each entry says; of a family whose card must be read first, in lobby view, the number only.
fn sentences(app: &App, entries: &[&Entry]) -> Vec<Block> {
    let Some(day) = app.day() else { return Vec::new() };
    let mut said: Vec<String> = Vec::new();
    for entry in entries.iter().filter(|e| !is_note(e)) {
        let says = match session_of(day, entry).filter(|s| s.must_read() && !app.staff_view()) {
            Some(session) => format!("No {}  was written; F5 shows what", session.plan.no),
            None if !app.staff_view() => words::sentence(&words::entry_in_lobby(app, day, entry)),
            None => words::sentence(&words::entry(app, day, entry)),
        };
        if !said.contains(&says) {
            said.push(says);
        }
    }
    let more = said.len().saturating_sub(SHOWN);
    let mut blocks: Vec<Block> = said.into_iter().take(SHOWN).map(|s| Block::line(format!("   {s}"))).collect();
    if more > 0 {
        blocks.push(Block::Line(Line::plain(format!("   +{more} more of the same act"))));
    }
    blocks
}

fn session_of<'a>(day: &'a Day, entry: &Entry) -> Option<&'a Session> {
    match entry.event.open() {
        Some(Event::Door(event)) => day.session(event.session()),
        _ => None,
    }
}

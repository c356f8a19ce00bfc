//! What stands on a card under *Do*: the instructions of this side, and what follows once the two sides have met.

use crate::app::card::ask::{date_words, reads_reasons};
use crate::app::card::view::field;
use crate::app::screen::{Block, Shape};
use crate::app::state::App;
use crate::app::words;
use crate::domain::case::Instruction;
use crate::domain::codes::{Consent, Effect, Flag, Party};
use crate::domain::day::Session;
use crate::domain::lobby;

/// One thing to do, and whether it must be read first.
struct Todo {
    words: String,
    read: bool,
}

/// Instructions of this side: what to do, never why. Those that could tell of risks or health only in staff view.
pub(super) fn todo(app: &App, session: &Session, party: Party) -> Vec<Block> {
    let own = |i: &&Instruction| i.party.is_none_or(|p| p == party);
    let (open, kept): (Vec<&Instruction>, Vec<&Instruction>) =
        session.instructions.iter().filter(own).partition(|i| app.staff_view() || lobby::shows(i.flag));
    let mut all: Vec<Todo> = Vec::new();
    all.extend(after_meeting(session, party));
    for instruction in open {
        all.push(Todo { words: says(app, session, party, instruction), read: must_read(app, instruction) });
        all.extend(why(app, instruction));
    }
    if !kept.is_empty() {
        let words = "There is something to read: F5, when nobody stands beside you.".to_owned();
        all.push(Todo { words, read: true });
    }
    let block = |(n, todo): (usize, Todo)| {
        let label = if n == 0 { "Do" } else { "" };
        field(label, todo.read.then_some(Shape::Read), todo.words)
    };
    all.into_iter().enumerate().map(block).collect()
}

fn must_read(app: &App, instruction: &Instruction) -> bool {
    instruction.effect != Effect::Show || instruction.ended_on(app.date).is_some()
}

/// The words, about whom, and what is to be known of its paper.
fn says(app: &App, session: &Session, party: Party, instruction: &Instruction) -> String {
    if instruction.consent == Some(Consent::Withdrawn) {
        return format!("Consent to hold this was withdrawn: ask {}.", words::coordinator(app));
    }
    let mut says = instruction.words.to_string();
    if app.staff_view()
        && let Some(about) = instruction.about.and_then(|p| session.member(p)).filter(|m| m.party() == party)
    {
        says = format!("{}: {says}", words::lettered(about));
    }
    if instruction.consent == Some(Consent::NotSeen) && !says.to_lowercase().contains("consent") {
        says.push_str(" (consent not seen)");
    }
    if let Some(most) = instruction.limit.filter(|_| instruction.flag == Flag::Visitors) {
        says.push_str(&format!(" No more than {most} at once."));
    }
    if instruction.flag == Flag::Phones && instruction.effect != Effect::Show && !keeps_phone(session, party) {
        says.push_str("  k keeps it");
    }
    if let Some(to) = instruction.ended_on(app.date) {
        let (to, ruth) = (date_words(app, to), words::coordinator(app));
        let ended = match instruction.effect {
            Effect::Block => format!(" The paper for this ended on {to}. It still holds: ask {ruth}."),
            _ => format!(" The paper for this ended on {to}: ask {ruth}."),
        };
        says.push_str(&ended);
    }
    says
}

/// A phone of this side is in keeping.
fn keeps_phone(session: &Session, party: Party) -> bool {
    session.things.iter().any(|t| t.party == party && t.back.is_none() && t.what.as_str().eq_ignore_ascii_case("phone"))
}

/// Why, for who reads notes, in staff view.
fn why(app: &App, instruction: &Instruction) -> Option<Todo> {
    let reason = instruction.reason.as_ref().filter(|_| reads_reasons(app))?;
    Some(Todo { words: format!("Why: {reason}"), read: false })
}

/// They met: the plan for leaving is kept all the same, and now more than before.
fn after_meeting(session: &Session, party: Party) -> Option<Todo> {
    if session.met.is_empty() || !session.keeps_apart() || !session.side_in(party) {
        return None;
    }
    let words = match party {
        Party::Brings => "Leaving is as planned: this side goes first. Look out before the door is opened.",
        Party::Visits => {
            "Leaving is as planned: this side stays until the time is over. Somebody of the team stays near."
        }
    };
    Some(Todo { words: words.to_owned(), read: true })
}

//! What a digit does to a line of the list.

use crate::app::state::App;
use crate::app::words::coordinator;
use crate::domain::decide::{Amend, Command, NoteAct};
use crate::domain::event::Answer;
use crate::domain::ids::NoteId;
use crate::domain::todo::{Todo, What};

/// What a digit says, and what it writes.
pub(super) struct Act {
    pub(super) says: String,
    pub(super) command: Command,
}

/// Contact waits for this message.
fn stops(app: &App, todo: &Todo, message: NoteId) -> bool {
    let day = app.register.days.get(&todo.day);
    let kind = day.and_then(|d| d.messages.iter().find(|m| m.id == message).and_then(|m| d.policy.message(&m.kind)));
    kind.is_some_and(|k| k.stops)
}

/// The acts of a line, in the order of their digits from 1.
pub(super) fn acts(app: &App, todo: &Todo) -> Vec<Act> {
    let act = |says: &str, command| Act { says: says.to_owned(), command };
    let answer = |answer| Command::Amend(Amend::Answer(answer));
    let noted = |says: &str| match todo.what.noted() {
        Some((about, check)) => vec![act(says, answer(Answer::Noted { about, check: check.number() }))],
        None => Vec::new(),
    };
    match &todo.what {
        What::Note(note) => vec![act("seen", Command::Note(NoteAct::See { note: *note }))],
        What::Message(message) => {
            let says = if stops(app, todo, *message) { "read: contact may go on" } else { "dealt with" };
            vec![act(says, Command::Note(NoteAct::Deal { message: *message }))]
        }
        What::Override(entry) => vec![
            act("it was allowed", answer(Answer::Confirmed { entry: *entry })),
            act("it was not allowed", answer(Answer::Denied { entry: *entry })),
        ],
        What::Against(entry) => {
            vec![act(&format!("{} knows", coordinator(app)), answer(Answer::Known { entry: *entry }))]
        }
        What::Missed { .. } | What::TookNoPart { .. } => noted("looked at: it goes off the list"),
        What::Report { .. } => noted("the report is written"),
        What::Owed { .. } => noted("made up"),
        What::ToTell { .. } | What::ToTellWorker(_) => noted("told since"),
        What::NewKey { .. } => noted(&format!("{} knows", coordinator(app))),
        What::Ends { .. } => noted("looked at: it goes off the list"),
        What::Unsigned => Vec::new(),
    }
}

//! `f`: a message of a fixed kind for the coordinator, with a few words. New papers stop contact until she has read them.

use crate::app::card::ask::going::at;
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::state::App;
use crate::app::words::coordinator;
use crate::domain::day::Session;
use crate::domain::decide::{Command, NoteAct};
use crate::domain::policy::Code;

pub(super) fn kind(app: &App) -> Asked {
    let policy = app.policy();
    let mut kinds: Vec<_> = policy.messages.iter().filter(|m| !m.retired).collect();
    kinds.sort_by_key(|m| m.digit.unwrap_or(u8::MAX));
    let answer = |(digit, m): (u8, &crate::domain::policy::Item)| {
        let ask = Does::Ask(Question::MessageWords { kind: m.code.clone() });
        Answer::new(digit, m.words.as_str(), ask)
    };
    let ruth = coordinator(app);
    Asked::new(format!("For {ruth}: what is it about?"), "a number says what; nothing is written yet")
        .answers((1..=9).zip(kinds).map(answer).collect())
        .line(format!("A worry about a child, or how somebody behaved: F8, not here. {ruth} reads both."))
}

pub(super) fn words(app: &App, session: &Session, kind: &Code) -> Asked {
    let words = app.card.form.as_ref().map(|f| f.text(0)).unwrap_or_default();
    let policy = app.policy();
    let item = policy.message(kind);
    let (title, stops) = item.map(|m| (m.words.to_string(), m.stops)).unwrap_or_default();
    let ruth = coordinator(app);
    let waits = if stops { format!("; the children wait until {ruth} has read them") } else { String::new() };
    let says = format!("leaves it for {ruth}, {}{waits}", at(app));
    let mut asked = Asked::new(format!("For {ruth}: {title}."), "a few words, or none");
    if stops {
        asked = asked.line(format!("Take the papers, or a copy of them, to {ruth}. Do not read them out here."));
    }
    let act = NoteAct::Leave { session: Some(session.id()), kind: kind.clone(), words };
    asked.form = Some((Command::Note(act), says));
    asked
}

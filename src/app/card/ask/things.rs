//! `k` and `g`: a phone, a bag, a medicine is kept, and given back; or a child is: not handed over.

use crate::app::card::ask::going::at;
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{self, hm, party};
use crate::domain::codes::Party;
use crate::domain::day::{Session, Thing};
use crate::domain::decide::{Command, Record};
use crate::domain::policy::Code;

/// Things of a side that are still kept.
pub fn kept(session: &Session, party: Party) -> impl Iterator<Item = &Thing> {
    session.things.iter().filter(move |t| t.party == party && t.back.is_none())
}

/// `phone, locker 4  ·  bag, hook 2`: what is to be given back before this side goes.
pub fn to_give_back(app: &App, session: &Session, party: Party) -> Option<String> {
    let day = app.day()?;
    let all: Vec<String> =
        kept(session, party).map(|t| format!("{}, {}", words::thing(day, &t.what), t.place)).collect();
    (!all.is_empty()).then(|| all.join("  ·  "))
}

pub(super) fn what(app: &App, session: &Session) -> Asked {
    let policy = app.policy();
    let mut things: Vec<_> = policy.things.iter().filter(|t| !t.retired).collect();
    things.sort_by_key(|t| t.digit.unwrap_or(u8::MAX));
    let mut answers: Vec<Answer> = (1..=9)
        .zip(things)
        .map(|(digit, t)| Answer::new(digit, t.words.as_str(), Does::Ask(Question::KeepWhere { what: t.code.clone() })))
        .collect();
    let child = match people::children(app, session).is_empty() {
        true => Does::Not("no child of theirs is here by the book. Esc back".to_owned()),
        false => Does::Ask(Question::Keep),
    };
    answers.push(Answer::new(0, "a child stays here: do not hand over", child));
    let asked = Asked::new("What do we keep?", "a number says what; nothing is written yet").answers(answers);
    match to_give_back(app, session, app.card.party) {
        Some(held) => asked.line(format!("With us now: {held}.   g gives back")),
        None => asked,
    }
}

pub(super) fn place(app: &App, session: &Session, what: &Code) -> Asked {
    let place = app.card.form.as_ref().map(|f| f.text(0)).unwrap_or_default();
    let thing = app.day().map(|d| words::thing(d, what)).unwrap_or_default();
    let side = app.card.party;
    let says = format!("{thing} of {} is kept: {place}, {}", party(side), at(app));
    let record = Record::KeepThing { session: session.id(), party: side, what: what.clone(), place };
    let mut asked = Asked::new(format!("Where does it lie?   {thing}"), "where it lies, as locker 4")
        .line("Medicine: ask who gives it, and when. It goes home with the child.");
    asked.form = Some((Command::Write(record), says));
    asked
}

pub(super) fn give_back(app: &App, session: &Session) -> Asked {
    let Some(day) = app.day() else { return Asked::new("Nothing is kept.", "Esc back") };
    let back = |t: &Thing| Does::Write(Command::Write(Record::GiveBack { session: session.id(), thing: t.id }));
    let answers: Vec<Answer> = (1..=9)
        .zip(kept(session, app.card.party))
        .map(|(digit, t)| {
            let says = format!("{}, {}", words::thing(day, &t.what), t.place);
            Answer::new(digit, says, back(t)).more(format!("since {}", hm(t.at)))
        })
        .collect();
    if answers.is_empty() {
        return Asked::new("Nothing of theirs is kept.", "Esc back");
    }
    Asked::new("What is given back?", "a number writes that they have it; Enter does not")
        .answers(answers)
        .line(format!("At {}.", at(app)))
}

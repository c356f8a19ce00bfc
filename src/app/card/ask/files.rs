//! `i`: what the coordinator changes on file from a card. Staff view only; nothing is written before Enter.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::app::card::ask::file_words::{before, day_month, instruction_line, spell_line};
use crate::app::card::ask::instruct;
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::card::form::Form;
use crate::app::field::Purpose;
use crate::app::screen::Block;
use crate::app::state::App;
use crate::app::words::{self, lettered};
use crate::domain::codes::Party;
use crate::domain::day::Session;
use crate::domain::decide::{Command, FileAct, NoteAct};
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::domain::text::Text;

/// A question about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    /// What is to be changed?
    Menu,
    /// An instruction: of which kind?
    Kinds,
    /// Its words, from when, until when, why.
    Words {
        /// Which of the kinds.
        kind: u8,
    },
    /// Two people must not meet: one of them?
    One,
    /// The other?
    Other {
        /// The one.
        one: PersonId,
    },
    /// The other is of another family: its No?
    Elsewhere {
        /// The one.
        one: PersonId,
    },
    /// Who of that family?
    There {
        /// The one.
        one: PersonId,
        /// The session of that family.
        session: SessionId,
    },
    /// Why must they not meet?
    Apart {
        /// One of them.
        one: PersonId,
        /// The other.
        other: PersonId,
    },
    /// Who may meet again?
    Again,
    /// Why may they?
    AgainWhy {
        /// Who.
        pair: Pair,
    },
    /// The other family that must not be met: its No, and why.
    Family,
    /// Which instruction no longer holds?
    Ends,
}

/// Who may meet again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    /// Two people.
    People(PersonId, PersonId),
    /// Two families.
    Families(CaseId, CaseId),
}

/// The form of a question, if it has one.
pub fn form(files: &Files) -> Option<Form> {
    Some(match files {
        Files::Words { kind } => return instruct::form(*kind),
        Files::Elsewhere { .. } => Form::new(&[("No", Purpose::FamilyNo)]),
        Files::Apart { .. } => Form::needing(0, &[("Why, if known", Purpose::ApartWhy)]),
        Files::AgainWhy { .. } => Form::new(&[("Why", Purpose::ApartWhy)]),
        Files::Family => Form::needing(1, &[("No", Purpose::FamilyNo), ("Why, if known", Purpose::ApartWhy)]),
        _ => return None,
    })
}

pub(super) fn asked(app: &App, session: &Session, files: &Files) -> Asked {
    match files {
        Files::Menu => menu(app, session),
        Files::Kinds => instruct::kinds(),
        Files::Words { kind } => instruct::words(app, session, *kind),
        Files::One => one(session),
        Files::Other { one } => other(session, *one),
        Files::Elsewhere { one } => elsewhere(app, session, *one),
        Files::There { one, session } => there(app, *one, *session),
        Files::Apart { one, other } => apart(app, session, *one, *other),
        Files::Again => again(app, session),
        Files::AgainWhy { pair } => again_why(app, session, *pair),
        Files::Family => family(app, session),
        Files::Ends => ends(app, session),
    }
}

fn ask(files: Files) -> Does {
    Does::Ask(Question::Files(files))
}

fn menu(app: &App, session: &Session) -> Asked {
    let mut answers = vec![
        Answer::new(1, "an instruction", ask(Files::Kinds)),
        Answer::new(2, "two people must not meet", ask(Files::One)),
        Answer::new(3, "they may meet again", ask(Files::Again)),
        Answer::new(4, "the other family must not be met", ask(Files::Family)).more("by its No today"),
        Answer::new(5, "an instruction no longer holds", ask(Files::Ends)),
    ];
    let stops = |kind| app.policy().message(kind).is_some_and(|m| m.stops);
    let papers = app.day().into_iter().flat_map(|d| &d.messages);
    let open = papers.filter(|m| m.session == Some(session.id()) && m.done.is_none() && stops(&m.kind));
    if let Some(message) = open.map(|m| m.id).next() {
        let deal = Command::Note(NoteAct::Deal { message });
        let says = format!("the new papers of No {} are read: contact may go on", session.plan.no);
        answers.push(Answer::new(6, "the new papers are read: go on", Does::Choose(deal, says)));
    }
    Asked::new("What changes on file?", "a number says what; nothing is written yet")
        .answers(answers)
        .line("It holds at once, today and from now on. Ctrl-Z does not take it back.")
}

/// Everybody of a family whom digits can pick: adults first.
fn people(session: &Session, does: impl Fn(PersonId) -> Does) -> Vec<Answer> {
    let (adults, children): (Vec<_>, Vec<_>) = session.plan.people.iter().partition(|m| !m.is_child());
    let all = (1..=9).zip(adults.into_iter().chain(children));
    all.map(|(digit, m)| {
        let what = if m.is_child() { "child".to_owned() } else { m.relation.to_string() };
        Answer::new(digit, lettered(m), does(m.person)).more(format!("{what}, {}", words::party(m.party())))
    })
    .collect()
}

fn one(session: &Session) -> Asked {
    Asked::new("Two people must not meet. Who is one of them?", "a number says who; nothing is written yet")
        .answers(people(session, |one| ask(Files::Other { one })))
}

fn other(session: &Session, one: PersonId) -> Asked {
    let mut answers = people(session, |other| ask(Files::Apart { one, other }));
    answers.retain(|a| a.does != ask(Files::Apart { one, other: one }));
    answers.push(Answer::new(0, "somebody of another family", ask(Files::Elsewhere { one })).more("by its No today"));
    let title = format!("Whom must {} not meet?", name(session, one));
    Asked::new(title, "a number says who; nothing is written yet").answers(answers)
}

/// The session of the No that is typed, if it is another one of today.
fn typed_family<'a>(app: &'a App, session: &Session) -> Option<&'a Session> {
    let no: u16 = app.card.form.as_ref().map(|f| f.text(0))?.as_str().parse().ok()?;
    app.day()?.numbered(no).filter(|s| s.plan.case != session.plan.case)
}

fn elsewhere(app: &App, session: &Session, one: PersonId) -> Asked {
    let mut asked = Asked::new("Of which family is the other?", "the No of another family of today");
    if let Some(theirs) = typed_family(app, session) {
        let says = format!("asks who of No {}", theirs.plan.no);
        asked.goes_on = Some((Question::Files(Files::There { one, session: theirs.id() }), says));
    }
    asked
}

fn there(app: &App, one: PersonId, session: SessionId) -> Asked {
    let title = "Who of that family?";
    let asked = Asked::new(title, "a number says who; nothing is written yet");
    match app.session_of(Some(session)) {
        Some(theirs) => asked.answers(people(theirs, |other| ask(Files::Apart { one, other }))),
        None => asked,
    }
}

fn text(app: &App, n: usize) -> Text {
    app.card.form.as_ref().map(|f| f.text(n)).unwrap_or_default()
}

fn apart(app: &App, session: &Session, one: PersonId, other: PersonId) -> Asked {
    let case = session.plan.case;
    let (a, b) = (name_anywhere(app, one), name_anywhere(app, other));
    let why = Some(text(app, 0)).filter(|w| !w.is_empty());
    let mut asked = Asked::new(format!("{a} and {b} must not meet."), "why, if it is known");
    let says = format!("{a} and {b} must not meet, from now on, on file and today");
    if app.register.pairs.is_open(one, other) {
        asked.waits = "the file says so already. Esc back".to_owned();
    } else {
        asked.form = Some((Command::File(FileAct::KeepApart { case, one, other, why }), says));
    }
    for line in before(app, app.register.pairs.history(one, other)) {
        asked.lines.push(Block::line(line));
    }
    asked.line("Why is for you and the lead: no card shows it in lobby view.")
}

fn again(app: &App, session: &Session) -> Asked {
    let case = session.plan.case;
    let people: BTreeSet<PersonId> = session.plan.people.iter().map(|m| m.person).collect();
    let pairs = app.register.pairs.open().filter(|((one, other), _)| people.contains(one) || people.contains(other));
    // The side that brings first, as everywhere.
    let brings = |p: PersonId| session.member(p).is_some_and(|m| m.party() == Party::Brings);
    let pairs = pairs.map(|((one, other), spell)| {
        let (one, other) = if brings(other) && !brings(one) { (other, one) } else { (one, other) };
        let says = format!("{} and {}", name_anywhere(app, one), name_anywhere(app, other));
        (says, Pair::People(one, other), spell_line(app, spell))
    });
    let families = app.register.families.open().filter(|((one, other), _)| *one == case || *other == case);
    let families = families.map(|((one, other), spell)| {
        let theirs = if one == case { other } else { one };
        (format!("the family {}", family_name(app, theirs)), Pair::Families(case, theirs), spell_line(app, spell))
    });
    let answers: Vec<Answer> = (1..=9)
        .zip(pairs.chain(families))
        .map(|(digit, (says, pair, more))| Answer::new(digit, says, ask(Files::AgainWhy { pair })).more(more))
        .collect();
    let title = if answers.is_empty() { "Nobody of this file is kept from anybody." } else { "Who may meet again?" };
    Asked::new(title, "a number says who; nothing is written yet")
        .answers(answers)
        .line("An instruction that keeps the two sides from meeting is ended by 5, not here.")
}

fn again_why(app: &App, session: &Session, pair: Pair) -> Asked {
    let (who, act, history) = match pair {
        Pair::People(one, other) => {
            let who = format!("{} and {}", name_anywhere(app, one), name_anywhere(app, other));
            let act = FileAct::CloseApart { case: session.plan.case, one, other, why: text(app, 0) };
            (who, act, app.register.pairs.history(one, other))
        }
        Pair::Families(case, other) => {
            let who = format!("This family and {}", family_name(app, other));
            let act = FileAct::CloseFamilies { case, other, why: text(app, 0) };
            (who, act, app.register.families.history(case, other))
        }
    };
    let mut asked = Asked::new(format!("{who} may meet again. Why?"), "why: who decided it, and on what paper");
    asked.form = Some((Command::File(act), format!("{who} may meet again, from now on, on file and today")));
    for line in before(app, history) {
        asked.lines.push(Block::line(line));
    }
    asked
}

fn family(app: &App, session: &Session) -> Asked {
    let case = session.plan.case;
    let mut asked = Asked::new(
        format!("No {} and another family must not meet: nobody of the one, anybody of the other.", session.plan.no),
        "the No of the other family today",
    );
    if let Some(theirs) = typed_family(app, session) {
        let why = Some(text(app, 1)).filter(|w| !w.is_empty());
        let act = FileAct::FamiliesApart { case, other: theirs.plan.case, why };
        let says = format!("No {} and No {} must not meet, from now on", session.plan.no, theirs.plan.no);
        asked.form = Some((Command::File(act), says));
        for line in before(app, app.register.families.history(case, theirs.plan.case)) {
            asked.lines.push(Block::line(line));
        }
    }
    asked
}

fn ends(app: &App, session: &Session) -> Asked {
    let case = session.plan.case;
    let held = app.register.cases.get(&case).map(|f| f.instructions.as_slice()).unwrap_or_default();
    let answers: Vec<Answer> = (1..=9)
        .zip(held)
        .map(|(digit, i)| {
            let act = Command::File(FileAct::Withdraw { case, instruction: i.id });
            let says = format!("from now on, no longer: {}", i.words);
            Answer::new(digit, i.words.as_str(), Does::Choose(act, says)).more(instruction_line(app, i))
        })
        .collect();
    let title = if answers.is_empty() { "This file has no instruction." } else { "Which instruction no longer holds?" };
    Asked::new(title, "a number first, then Enter").answers(answers)
}

fn name(session: &Session, person: PersonId) -> String {
    session.member(person).map(lettered).unwrap_or_default()
}

/// Of any file: today's names first.
fn name_anywhere(app: &App, person: PersonId) -> String {
    let today = app.day().and_then(|d| d.sessions.iter().find_map(|s| s.member(person)));
    let file = || app.register.cases_of(person).find_map(|f| f.people.iter().find(|m| m.person == person));
    today.or_else(file).map_or_else(|| "somebody".to_owned(), lettered)
}

/// `No 4`, or the reference of a family that is not on today's list.
fn family_name(app: &App, case: CaseId) -> String {
    let today = app.day().and_then(|d| d.sessions.iter().find(|s| s.plan.case == case)).map(|s| s.plan.no);
    let code = || app.register.cases.get(&case).map(|f| f.head.code.to_string()).unwrap_or_default();
    today.map_or_else(code, |no| format!("No {no}"))
}

/// A date as somebody types it: `3/12/2026`, `3.12.2026`, `2026-12-03`, `3 December 2026`.
pub fn date(typed: &str) -> Option<NaiveDate> {
    let formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"];
    // A year of two digits would be read as of the first century.
    let read = formats.iter().find_map(|format| NaiveDate::parse_from_str(typed, format).ok());
    read.filter(|d| chrono::Datelike::year(d) > 1999).filter(|d| !day_month(*d).is_empty())
}

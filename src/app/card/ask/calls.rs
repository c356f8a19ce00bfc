//! `c`: somebody is rung because nobody came, or nobody is back. The next number stands first; one digit says how it
//! went, and the time is kept.

use crate::app::card::ask::going::at;
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::case::Standing;
use crate::domain::codes::{CallAnswer, Party};
use crate::domain::day::Session;
use crate::domain::decide::{Command, Record};
use crate::domain::due::{DueKind, Ring, due};
use crate::domain::ids::PersonId;
use crate::domain::text::Text;

/// Other numbers that are offered.
const OTHERS: usize = 6;

/// Somebody who can be rung.
struct Line {
    person: Option<PersonId>,
    number: Option<Text>,
    name: String,
    /// Of a person the last three digits, in staff view and of the centre's list the whole number.
    dial: String,
}

/// People of the side in hand first, those who come each time before the others; then the centre's list.
fn lines(app: &App, session: &Session) -> Vec<Line> {
    let listed = session.adults(app.card.party).filter(|(m, _)| m.standing != Standing::NotPermitted);
    let mut people: Vec<_> = listed.map(|(m, _)| m).filter(|m| m.phone.is_some()).collect();
    people.sort_by_key(|m| !m.is_expected());
    let mut all: Vec<Line> = people
        .into_iter()
        .map(|m| {
            let phone = m.phone.clone().unwrap_or_default();
            let dial = match app.staff_view() {
                true => phone.to_string(),
                false => format!("number ends in {}", words::last_three(&phone)),
            };
            let name = format!("{}, {}", words::lettered(m), m.relation);
            Line { person: Some(m.person), number: None, name, dial }
        })
        .collect();
    all.extend(app.policy().numbers.iter().map(|n| {
        let dial = if n.number.is_empty() { "number by the telephone".to_owned() } else { n.number.to_string() };
        Line { person: None, number: Some(n.name.clone()), name: n.name.to_string(), dial }
    }));
    all
}

/// The one to ring next: whom the Due line names, else the one after the last who was rung, from the first.
pub fn next_call(app: &App, session: &Session) -> usize {
    let all = lines(app, session);
    let due = app.day().map(|day| due(day, app.now)).unwrap_or_default();
    let named = due.into_iter().find(|d| d.session == session.id()).and_then(|d| match d.kind {
        DueKind::NotCollected { ring, .. } | DueKind::NotBack { ring, .. } => match ring {
            Ring::NotYet => None,
            Ring::Number(_, person) => all.iter().position(|l| l.person == Some(person)),
            Ring::DutyTeam => all.iter().position(|l| l.person.is_none()),
        },
        _ => None,
    });
    if let Some(named) = named {
        return named;
    }
    let rung = session.calls.iter().rev().find_map(|c| all.iter().position(|l| l.is(c.person, c.number.as_ref())));
    rung.map_or(0, |n| (n + 1) % all.len().max(1))
}

impl Line {
    fn is(&self, person: Option<PersonId>, number: Option<&Text>) -> bool {
        self.person == person && self.number.as_ref() == number
    }
}

pub(super) fn call(app: &App, session: &Session, which: usize) -> Asked {
    let all = lines(app, session);
    let Some(line) = all.get(which) else { return Asked::new("No number is on file.", "Esc back") };
    let rang = |answer| {
        let (person, number) = (line.person, line.number.clone());
        Does::Write(Command::Write(Record::Call { session: session.id(), person, number, answer }))
    };
    let mut answers: Vec<Answer> = (1..)
        .zip(CallAnswer::ALL.iter().copied())
        .map(|(digit, answer)| Answer::new(digit, words::answered(answer), rang(answer)))
        .collect();
    let others = all.iter().enumerate().filter(|(n, _)| *n != which).take(OTHERS);
    let other = |(digit, (n, l)): (u8, (usize, &Line))| {
        let says = format!("ring {}", l.name);
        Answer::new(digit, says, Does::Ask(Question::Call(n))).more(last(session, l).unwrap_or_else(|| l.dial.clone()))
    };
    answers.extend((4..).zip(others).map(other));
    let rung = last(session, line).map(|l| format!("  Today {l}.")).unwrap_or_default();
    Asked::new(format!("Ring {}: {}.", line.name, line.dial), "a number writes how it went; Enter does not")
        .hint("Ring first, then press the number.")
        .answers(answers)
        .line(format!("At {}.{rung}", at(app)))
        .line(whole(app))
}

fn whole(app: &App) -> &'static str {
    if app.staff_view() { "" } else { "F5 shows the whole number, when nobody stands beside you." }
}

/// How the last call to that number went.
fn last(session: &Session, line: &Line) -> Option<String> {
    let call = session.calls.iter().rev().find(|c| line.is(c.person, c.number.as_ref()))?;
    Some(format!("{} {}", hm(call.at), words::answered(call.answer)))
}

/// The side on whose card a call may be read: of the centre's list, the side that brings.
pub fn side_of(session: &Session, person: Option<PersonId>) -> Party {
    person.and_then(|p| session.member(p)).map_or(Party::Brings, |m| m.party())
}

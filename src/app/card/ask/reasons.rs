//! Late, took no part, not let in, ends early: a reason is chosen, then Enter.

use crate::app::card::ask::going::{are_together, at, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question, team};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{hm, party};
use crate::domain::codes::Party;
use crate::domain::day::Session;
use crate::domain::decide::{Command, Permission, Record};
use crate::domain::ids::PersonId;
use crate::domain::policy::{Code, Reason};

/// Minutes that a side may say it needs, by digit from 2.
const MINUTES: [i64; 6] = [5, 10, 15, 20, 30, 45];

pub(super) fn late(app: &App, session: &Session) -> Asked {
    let record = |expected| Command::Write(Record::OnTheWay { session: session.id(), party: app.card.party, expected });
    let side = party(app.card.party);
    let says = format!("{side} rang: on the way, written {}", at(app));
    let mut answers = vec![Answer::new(1, "on the way", Does::Choose(record(None), says))];
    for (digit, minutes) in (2..).zip(MINUTES) {
        let expected = app.card.set_back.at.unwrap_or(app.now) + chrono::Duration::minutes(minutes);
        let says = format!("{side} rang: here about {}, written {}", hm(expected), at(app));
        let choice = Does::Choose(record(Some(expected)), says);
        answers.push(Answer::new(digit, format!("in {minutes} minutes"), choice).more(hm(expected)));
    }
    Asked::new("They rang. When will they be here?", "a number first, then Enter").answers(answers)
}

pub(super) fn no_part(app: &App, session: &Session) -> Asked {
    let ticked = people::ticked(app, session);
    let here: Vec<PersonId> = people::children(app, session);
    if app.card.party == Party::Brings && !here.is_empty() {
        return took_no_part(app, session, &here);
    }
    let away: Vec<PersonId> = ticked.into_iter().filter(|p| session.of(*p).is_some_and(|a| !a.is_in())).collect();
    not_admitted(app, session, &away)
}

/// Per child, from when it was tried; the carer stays responsible.
fn took_no_part(app: &App, session: &Session, children: &[PersonId]) -> Asked {
    let tried_from = app.card.set_back.at.unwrap_or(app.now);
    let answers = reasons(
        app,
        |r| r.of_child,
        |reason| {
            let why = reason.code.clone();
            let (session, children) = (session.id(), children.to_vec());
            Command::Write(Record::NoPart { session, children, why, tried_from })
        },
    );
    let who = lettered(session, children);
    let says = format!("{who} came and did not take part, tried from {}", at(app));
    Asked::new(format!("{who} came and did not take part. Why?"), "a number first, then Enter")
        .hint("- earlier: since when it was tried")
        .answers(chosen(answers, &says))
        .line("They stay with the adult who has them. A brother or sister may still go in.")
}

fn not_admitted(app: &App, session: &Session, people: &[PersonId]) -> Asked {
    let answers = reasons(
        app,
        |r| !r.of_child,
        |reason| {
            let why = reason.code.clone();
            Command::Write(Record::NotAdmit { session: session.id(), people: people.to_vec(), why })
        },
    );
    let who = lettered(session, people);
    let says = format!("{who} came and is not let in, {}", at(app));
    Asked::new(format!("{who} came and is not let in. Why?"), "a number first, then Enter")
        .answers(chosen(answers, &says))
        .line("Say   \"I cannot let you in today. Somebody will talk to you.\"")
}

/// The reasons of the list that fit, each with what it would write.
fn reasons(app: &App, fits: impl Fn(&Reason) -> bool, write: impl Fn(&Reason) -> Command) -> Vec<(String, Command)> {
    let policy = app.policy();
    let fitting = policy.no_part.iter().filter(|r| !r.retired && fits(r));
    fitting.take(9).map(|r| (r.words.to_string(), write(r))).collect()
}

fn chosen(answers: Vec<(String, Command)>, says: &str) -> Vec<Answer> {
    let answer = |(digit, (words, command)): (u8, (String, Command))| {
        Answer::new(digit, words, Does::Choose(command, format!("{says}, reason {digit}")))
    };
    (1..).zip(answers).map(answer).collect()
}

/// The centre cancels: its own reasons, and those from outside.
pub(super) fn cancel(app: &App, session: &Session) -> Asked {
    let policy = app.policy();
    let reasons = policy.reasons.iter().filter(|r| !r.retired && r.party.is_none() && !r.provisional);
    let answers = (1..).zip(reasons).map(|(digit, reason)| {
        let cancel = Permission::Cancel { session: session.id(), why: reason.code.clone() };
        let says = format!("the centre cancels No {}, reason {digit}, {}", session.plan.no, at(app));
        Answer::new(digit, reason.words.as_str(), Does::Choose(Command::May(cancel), says))
    });
    Asked::new(format!("Why does the centre cancel No {}?", session.plan.no), "a number first, then Enter")
        .answers(answers.collect())
        .line("Both sides are told; Ctrl-Z takes it back.")
}

pub(super) fn early(app: &App, session: &Session) -> Asked {
    let children: Vec<PersonId> = session.children().filter(|(_, a)| a.is_in()).map(|(m, _)| m.person).collect();
    let together = are_together(session, &children);
    let policy = app.policy();
    let answers = (1..=9).zip(policy.early.iter().filter(|r| !r.retired)).map(|(digit, reason)| {
        let does = match together {
            true => Does::Ask(Question::EarlyWalker { why: reason.code.clone() }),
            false => Does::Choose(
                end(app, session, &reason.code, None),
                format!("contact ends now, {}, reason {digit}", at(app)),
            ),
        };
        Answer::new(digit, reason.words.as_str(), does)
    });
    Asked::new("Contact ends before its time. Why?", "a number first; nothing is written yet")
        .answers(answers.collect())
        .line("The children go back first; then the adult may go, and their side stays.")
}

pub(super) fn early_walker(app: &App, session: &Session, why: &Code) -> Asked {
    let children: Vec<PersonId> =
        session.children().filter(|(_, a)| session.with_visiting(a)).map(|(m, _)| m.person).collect();
    let walk = |walker| Does::Write(end(app, session, why, Some(walker)));
    Asked::new(format!("Who walks {} back?", lettered(session, &children)), "a number walks them back; Enter does not")
        .answers(team(app, walk))
        .line(format!("Contact ends at {}.", at(app)))
}

fn end(app: &App, session: &Session, why: &Code, walker: Option<crate::domain::ids::StaffId>) -> Command {
    // The team's own decision is nobody's side.
    let party = Some(app.card.party).filter(|_| why.as_str() != "E-STP");
    Command::Write(Record::EndEarly { session: session.id(), party, why: why.clone(), walker })
}

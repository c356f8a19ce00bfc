//! What stops the day's signing: questions 1 to 5 of domain.md 4, notes that nobody has seen, and facts that went
//! against a rule. Every question has an honest answer; nobody is ever signed out by the clock.

mod count;
mod question;
mod still_in;
pub(in crate::domain) mod wants;

pub use count::is_count_stale;
pub use question::{Choice, Question, Says, Subject};

use still_in::still_in;

use crate::domain::codes::{LeftOpen, Moment, Party};
use crate::domain::day::{Attendance, Day, Note, Outcome, Presence, Session};
use crate::domain::decide::{Amend, Command, NoteAct, Record};
use crate::domain::event::Answer;
use crate::domain::ids::PersonId;
use crate::domain::policy::Code;

/// How many sessions ended which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Held, short ones too.
    pub held: u16,
    /// Not held, cancelled ones too.
    pub not_held: u16,
}

/// How many sessions ended which way.
pub fn tally(day: &Day) -> Tally {
    let mut tally = Tally::default();
    for session in &day.sessions {
        match day.outcome(session) {
            Outcome::Held | Outcome::HeldShort => tally.held += 1,
            _ => tally.not_held += 1,
        }
    }
    tally
}

/// How many things of the day are settled: each person who was expected, each note.
pub fn settled(day: &Day, now: Moment) -> usize {
    let open = questions(day, now);
    let asked = |person: PersonId| open.iter().any(|q| q.about.is_about(person));
    let expected = |s: &Session| s.all().filter(|(m, _)| m.is_expected() && !asked(m.person)).count();
    let people: usize = day.sessions.iter().map(expected).sum();
    people + day.notes.iter().filter(|n| n.seen || n.stands).count()
}

/// Every open question, in the order of the sessions, the count and the notes last.
pub fn questions(day: &Day, now: Moment) -> Vec<Question> {
    let mut all = Vec::new();
    for session in &day.sessions {
        all.extend(still_in(day, session, now));
        let not_come = not_come(day, session, now);
        if not_come.is_empty() {
            all.extend(unsettled(day, session));
        }
        all.extend(not_come);
        all.extend(wants::report(day, session));
    }
    all.extend(count::others_in(day, now));
    all.extend(count::differs(day));
    all.extend(overrides(day));
    let against = day.against.iter().filter(|a| !day.known.contains(&a.entry));
    all.extend(against.map(|a| Question {
        about: Subject::Against { entry: a.entry, session: a.session, rules: a.rules.clone() },
        answers: vec![answer(Says::Known, Answer::Known { entry: a.entry })],
    }));
    let notes = day.notes.iter().filter(|n| n.is_open() && !n.stands);
    all.extend(notes.map(|n| Question { about: Subject::Note(n.id), answers: of_note(n) }));
    all.extend(wants::wants(day));
    all
}

/// Seen by who may; else whoever signs says why it is left open, and it stays on the coordinator's list.
fn of_note(note: &Note) -> Vec<Choice> {
    let seen = choice(Says::Seen, Command::Note(NoteAct::See { note: note.id }));
    let left = |why: &LeftOpen| answer(Says::LeftOpen(*why), Answer::NoteStands { note: note.id, why: Some(*why) });
    std::iter::once(seen).chain(LeftOpen::ALL.iter().map(left)).collect()
}

/// What was allowed by name only, or written by another hand than that of who allowed it.
fn overrides(day: &Day) -> impl Iterator<Item = Question> + '_ {
    day.overrides.iter().filter(|o| o.is_open()).map(|o| Question {
        about: Subject::Override { entry: o.entry, session: o.session },
        answers: vec![
            answer(Says::DidAllow, Answer::Confirmed { entry: o.entry }),
            answer(Says::DidNotAllow, Answer::Denied { entry: o.entry }),
        ],
    })
}

fn choice(says: Says, command: Command) -> Choice {
    Choice { says, command: Some(command), at: None }
}

fn answer(says: Says, answer: Answer) -> Choice {
    choice(says, Command::Amend(Amend::Answer(answer)))
}

fn count_again() -> Choice {
    Choice { says: Says::CountAgain, command: None, at: None }
}

/// Check 5: everyone who was expected came, or is known not to come and why.
fn not_come(day: &Day, session: &Session, now: Moment) -> Vec<Question> {
    let mut all = Vec::new();
    for party in [Party::Brings, Party::Visits] {
        let people: Vec<PersonId> = session
            .expected(party)
            .filter(|(m, a)| {
                is_unknown(day, a) && !(session.side_came(party) && !m.is_child() && party == Party::Brings)
            })
            .map(|(m, _)| m.person)
            .collect();
        if people.is_empty() || session.cancelled.is_some() || excused(day, session, party, now) {
            continue;
        }
        let code = Code::new(if party == Party::Brings { "R-NIL" } else { "N-NIL" });
        let record = Record::NotComing { session: session.id(), people: people.clone(), why: code, told: None };
        all.push(Question {
            about: Subject::WhyNot { session: session.id(), party, people },
            answers: vec![choice(Says::NoReason, Command::Write(record))],
        });
    }
    all
}

/// Neither came, nor is it known why not.
fn is_unknown(day: &Day, attendance: &Attendance) -> bool {
    match attendance.presence() {
        Presence::Expected => true,
        Presence::NotComing(absence) => day.policy.reason(&absence.why).is_some_and(|r| r.provisional),
        _ => false,
    }
}

/// A side need not have come: it was told in time that the other does not.
fn excused(day: &Day, session: &Session, party: Party, now: Moment) -> bool {
    let other = if party == Party::Brings { Party::Visits } else { Party::Brings };
    if session.told.contains_key(&party) {
        return true;
    }
    let due = day.due_at(session, party, now);
    session.side_absent(other)
        && session
            .expected(other)
            .filter_map(|(_, a)| a.absence.as_ref())
            .all(|absence| absence.told.as_ref().is_some_and(|t| t.at < due))
}

/// Check 4: each session is held, not held or cancelled. Asked where nothing else is asked of a session that nothing
/// has settled: both sides were told not to come.
fn unsettled(day: &Day, session: &Session) -> Option<Question> {
    let open = day.outcome(session) == Outcome::Expected && !session.stands && session.cancelled.is_none();
    open.then(|| Question {
        about: Subject::Unsettled(session.id()),
        answers: vec![answer(Says::Stands, Answer::SessionStands { session: session.id() })],
    })
}

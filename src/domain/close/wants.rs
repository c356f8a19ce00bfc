//! What wants a line before the day is signed (domain.md 4, the W checks), and what one-to-one contact must have.

use crate::domain::close::{Choice, Question, Says, Subject, answer, choice};
use crate::domain::codes::{Channel, Moment, Party};
use crate::domain::day::{Day, Outcome, Session};
use crate::domain::decide::{Command, Record};
use crate::domain::due;
use crate::domain::event::Answer;
use crate::domain::ids::{EntryId, NoteId, SessionId};
use uuid::Uuid;

/// Checks of domain.md 4.
const ALLOWED: u8 = 11;
const MET: u8 = 12;
const TOLD: u8 = 15;
const KEPT: u8 = 17;
const MESSAGES: u8 = 19;

/// Check 10: of one-to-one contact that was held, who writes the report and by when.
pub(super) fn report(day: &Day, session: &Session) -> Option<Question> {
    let held = matches!(day.outcome(session), Outcome::Held | Outcome::HeldShort);
    if !session.manner().report || !held || session.report.is_some() {
        return None;
    }
    let due = day.report_due();
    let owners = session.supervising().into_iter().chain(day.shift().filter(|s| Some(*s) != session.supervising()));
    let by = |owner| {
        let record = Record::Report { session: session.id(), owner, due };
        choice(Says::ReportBy(owner, due), Command::Write(record))
    };
    Some(Question { about: Subject::Report(session.id()), answers: owners.take(6).map(by).collect() })
}

/// What wants a line: it does not say how, but that somebody has thought of it.
pub(super) fn wants(day: &Day, _now: Moment) -> Vec<Question> {
    let mut all: Vec<Question> = day.sessions.iter().flat_map(|s| of_session(day, s)).collect();
    let here: Vec<EntryId> = day.overrides.iter().filter(|o| o.is_in_person()).map(|o| o.entry).collect();
    all.extend(at_once(day, ALLOWED, here.len(), Subject::AllowedHere(here), Says::OnTheList));
    let untold: Vec<(SessionId, Party)> =
        day.sessions.iter().filter_map(|s| due::to_be_told(s).map(|p| (s.id(), p))).collect();
    all.extend(at_once(day, TOLD, untold.len(), Subject::ToTell(untold), Says::AllTold));
    let open: Vec<NoteId> = day.messages.iter().filter(|m| m.done.is_none()).map(|m| m.id).collect();
    all.extend(at_once(day, MESSAGES, open.len(), Subject::Messages(open), Says::OnTheList));
    all
}

/// One line for all of a kind: a day of ten telephone calls wants one key, not ten.
fn at_once(day: &Day, check: u8, count: usize, about: Subject, says: Says) -> Option<Question> {
    let asks = count > 0 && !is_noted(day, day.id.0, check);
    let mut answers = vec![noted(says.clone(), day.id.0, check)];
    if says != Says::OnTheList {
        answers.push(noted(Says::OnTheList, day.id.0, check));
    }
    asks.then_some(Question { about, answers })
}

fn of_session(day: &Day, session: &Session) -> Vec<Question> {
    let mut all = Vec::new();
    let id = session.id();
    if !session.met.is_empty() && !is_noted(day, id.0, MET) {
        all.push(Question { about: Subject::Met(id), answers: vec![noted(Says::Written, id.0, MET)] });
    }
    for thing in session.things.iter().filter(|t| t.back.is_none() && !is_noted(day, t.id.0, KEPT)) {
        let back = Record::GiveBack { session: id, thing: thing.id };
        let answers = vec![choice(Says::GivenBack, Command::Write(back)), noted(Says::StaysKept, thing.id.0, KEPT)];
        all.push(Question { about: Subject::Thing(id, thing.id), answers });
    }
    if due::worker_to_be_told(day, session) && !is_noted(day, id.0, TOLD) {
        let told = Record::ToldWorker { session: id, channel: Channel::Phone };
        let answers = vec![choice(Says::Told, Command::Write(told)), noted(Says::OnTheList, id.0, TOLD)];
        all.push(Question { about: Subject::ToTellWorker(id), answers });
    }
    all
}

fn is_noted(day: &Day, about: Uuid, check: u8) -> bool {
    day.noted.contains(&(about, check))
}

fn noted(says: Says, about: Uuid, check: u8) -> Choice {
    answer(says, Answer::Noted { about, check })
}

//! What wants a line before the day is signed (domain.md 4, the W checks), and what one-to-one contact must have.

use crate::domain::close::{Choice, Question, Says, Subject, answer, choice};
use crate::domain::codes::{Channel, Party};
use crate::domain::day::{Day, Outcome, Session};
use crate::domain::decide::{Command, Record};
use crate::domain::due;
use crate::domain::event::Answer;
use crate::domain::ids::{EntryId, NoteId, SessionId};
use uuid::Uuid;

/// Checks of domain.md 4.
const ALLOWED: u8 = 11;
const MET: u8 = 12;
/// They were told; or it stands on the coordinator's list.
pub(in crate::domain) const TOLD: u8 = 15;
const UNTOLD: u8 = 16;
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
pub(super) fn wants(day: &Day) -> Vec<Question> {
    let mut all: Vec<Question> = day.sessions.iter().flat_map(|s| of_session(day, s)).collect();
    let here: Vec<EntryId> = day.overrides.iter().filter(|o| o.is_in_person()).map(|o| o.entry).collect();
    let ids: Vec<Uuid> = here.iter().map(|e| e.0).collect();
    all.extend(at_once(day, &ids, Subject::AllowedHere(here), &[(Says::OnTheList, ALLOWED)]));
    let untold: Vec<(SessionId, Party)> =
        day.sessions.iter().filter_map(|s| due::to_be_told(s).map(|p| (s.id(), p))).collect();
    let ids: Vec<Uuid> = untold.iter().map(|(s, _)| s.0).collect();
    all.extend(at_once(day, &ids, Subject::ToTell(untold), &[(Says::AllTold, TOLD), (Says::OnTheList, UNTOLD)]));
    let open: Vec<NoteId> = day.messages.iter().filter(|m| m.done.is_none()).map(|m| m.id).collect();
    let ids: Vec<Uuid> = open.iter().map(|m| m.0).collect();
    all.extend(at_once(day, &ids, Subject::Messages(open), &[(Says::OnTheList, MESSAGES)]));
    all
}

/// One line for all of a kind: a day of ten telephone calls wants one key, not ten. What comes later is asked anew.
fn at_once(day: &Day, ids: &[Uuid], about: Subject, answers: &[(Says, u8)]) -> Option<Question> {
    let all = Uuid::from_u128(ids.iter().fold(0, |all, id| all ^ id.as_u128()));
    if ids.is_empty() || answers.iter().any(|(_, check)| is_noted(day, all, *check)) {
        return None;
    }
    let answers = answers.iter().map(|(says, check)| noted(says.clone(), all, *check)).collect();
    Some(Question { about, answers })
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
    if due::worker_to_be_told(day, session) && !is_noted(day, id.0, UNTOLD) {
        let told = Record::ToldWorker { session: id, channel: Channel::Phone };
        let answers = vec![choice(Says::Told, Command::Write(told)), noted(Says::OnTheList, id.0, UNTOLD)];
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

//! Checks 1 to 3 of the close: who is still here, or out, by the register.

use chrono::Duration;

use crate::domain::case::Member;
use crate::domain::close::{Choice, Question, Says, Subject, choice, count_again};
use crate::domain::codes::{Moment, Party};
use crate::domain::day::{Attendance, Day, Hold, Presence, Session};
use crate::domain::decide::{Command, Fact, Record};
use crate::domain::event::OutFor;
use crate::domain::ids::PersonId;
use crate::domain::policy::Code;

/// Checks 1 to 3: by the register somebody of a session is still here, or is out and has not come back. The children
/// come first: who had them may go once they are known to have gone.
pub(super) fn still_in(day: &Day, session: &Session, now: Moment) -> Vec<Question> {
    let door = |member: &Member, attendance: &Attendance| {
        attendance.door_in().cloned().unwrap_or_else(|| day.usual_way(session, member.party()).0)
    };
    let open = || session.all().filter(|(_, a)| matches!(a.presence(), Presence::In(_) | Presence::Out(_)));
    let (children, adults) = (open().filter(|(m, _)| m.is_child()), open().filter(|(m, _)| !m.is_child()));
    let mut all: Vec<Question> =
        children.map(|(m, a)| child_in(day, session, m.person, a.is_in(), &door(m, a), now)).collect();
    // Who took a child out is asked about with the child.
    let with_child =
        |a: &Attendance| matches!(a.presence(), Presence::Out(OutFor::WithVisiting { .. })) && child_out(session);
    let adults = adults.filter(|(_, a)| !with_child(a));
    all.extend(adults.map(|(m, a)| adult_in(day, session, m.person, &door(m, a), now)));
    let on_line = session.all().filter(|(_, a)| a.is_on_line());
    all.extend(on_line.map(|(m, _)| {
        let record = Record::Disconnect { session: session.id(), person: m.person };
        let answers = vec![choice(Says::LeftCall, Command::Write(record))];
        Question { about: Subject::AdultIn { session: session.id(), person: m.person }, answers }
    }));
    all
}

fn child_out(session: &Session) -> bool {
    session.children().any(|(_, a)| matches!(a.presence(), Presence::Out(OutFor::WithVisiting { .. })))
}

fn adult_in(day: &Day, session: &Session, person: PersonId, door: &Code, now: Moment) -> Question {
    let id = session.id();
    let seen = Command::Happened(Fact::LeftAbout { session: id, person, door: door.clone() });
    let unseen = Command::Happened(Fact::Left { session: id, person, door: door.clone(), seen: false });
    let estimate = likely_left(day, session, person, now);
    Question {
        about: Subject::AdultIn { session: session.id(), person },
        answers: vec![
            Choice { at: Some(estimate), ..choice(Says::LeftSeen, seen) },
            Choice { at: Some(estimate), ..choice(Says::LeftUnseen(estimate), unseen) },
            count_again(),
        ],
    }
}

/// When somebody whom nobody signed out most likely left: when the hold was over, else when the session ended.
fn likely_left(day: &Day, session: &Session, person: PersonId, now: Moment) -> Moment {
    let party = session.member(person).map_or(Party::Brings, |m| m.party());
    let planned = day.local(session.plan.end, now);
    let likely = match day.hold(session, party) {
        Hold::Until(until) => until,
        _ => planned.max(session.children().filter_map(|(_, a)| a.left_at()).max().unwrap_or(planned)),
    };
    not_counted(day, likely, day.last_seen(person), now)
}

/// Who was not seen at the count had left before it, and after what is last known of them.
pub(super) fn not_counted(day: &Day, likely: Moment, last: Option<Moment>, now: Moment) -> Moment {
    let before = day.counted.map_or(now, |(at, _)| at - Duration::minutes(1));
    let likely = likely.min(before);
    last.map_or(likely, |last| likely.max(last + Duration::minutes(1))).min(now)
}

fn child_in(day: &Day, session: &Session, child: PersonId, is_in: bool, door: &Code, now: Moment) -> Question {
    if let Some(Presence::Out(OutFor::WithVisiting { adult, .. })) = session.of(child).map(|a| a.presence()) {
        return not_back(day, session, child, *adult, door, now);
    }
    let collectors = || session.adults(Party::Brings).filter(|(m, _)| m.collects).take(6);
    let here = collectors().filter(|(_, a)| a.is_in()).filter_map(|(m, _)| day.last_seen(m.person));
    let last = here.chain(day.last_seen(child)).max();
    let at = Some(not_counted(day, day.local(session.plan.end, now), last, now));
    let mut answers: Vec<Choice> = collectors()
        .map(|(m, _)| {
            let (session, door) = (session.id(), door.clone());
            let fact = Fact::Collected { session, child, by: m.person, door };
            Choice { at, ..choice(Says::WentWith(m.person), Command::Happened(fact)) }
        })
        .collect();
    let taken = Fact::Taken { session: session.id(), children: vec![child], by: None, door: door.clone() };
    answers.push(Choice { at, ..choice(Says::NobodySaw, Command::Happened(taken)) });
    if is_in {
        answers.push(count_again());
    }
    Question { about: Subject::ChildIn { session: session.id(), person: child }, answers }
}

/// Check 3: a child is out with somebody and has not come back here.
fn not_back(day: &Day, session: &Session, child: PersonId, adult: PersonId, door: &Code, now: Moment) -> Question {
    let at = Some(not_counted(day, now, day.last_seen(child), now));
    let theirs = session.adults(Party::Brings).filter(|(m, _)| m.collects && m.is_expected()).take(3);
    let mut answers: Vec<Choice> = theirs
        .map(|(m, _)| {
            let home = Fact::Home { session: session.id(), children: vec![child], said_by: m.person };
            Choice { at, ..choice(Says::HomeBy(m.person), Command::Happened(home)) }
        })
        .collect();
    let (session_id, children, by) = (session.id(), vec![child], Some(adult));
    let taken = Fact::Taken { session: session_id, children, by, door: door.clone() };
    answers.push(Choice { at, ..choice(Says::NotBack(adult), Command::Happened(taken)) });
    Question { about: Subject::ChildIn { session: session.id(), person: child }, answers }
}

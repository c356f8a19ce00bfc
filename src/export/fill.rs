//! From the register to a day as JSON has it. Of a day never opened: what the bookings expect, and nothing else.

use chrono::NaiveDate;

use super::course;
use super::day::{
    AbsenceOut, CountedOut, CountsOut, DayOut, FORMAT, MovementOut, NoteOut, PersonOut, QuestionOut, ResponsibleOut,
    SessionOut, SignedOut, StaffOut, VisitorOut,
};
use crate::domain::close::{Subject, questions};
use crate::domain::codes::Moment;
use crate::domain::day::{Attendance, Day, Outcome, Presence, Session, Whereabouts};
use crate::domain::event::Carer;
use crate::domain::ids::PersonId;
use crate::domain::register::Register;

/// A day of the register as it stands at `now`.
pub fn day(register: &Register, date: NaiveDate, now: Moment) -> DayOut {
    let id = register.day_id(date);
    match register.days.get(&id).filter(|day| day.opened.is_some()) {
        Some(day) => DayOut { questions: open_questions(day, now), ..filled(register, day, now) },
        None => {
            let mut day = Day::new(id, date, register.policy());
            day.sessions = register.expected_on(date).into_iter().map(Session::new).collect();
            filled(register, &day, now)
        }
    }
}

fn filled(register: &Register, day: &Day, now: Moment) -> DayOut {
    DayOut {
        format: FORMAT,
        date: day.date.to_string(),
        centre: day.policy.centre.to_string(),
        practice: register.is_practice(),
        opened: day.opened.map(time),
        signed: day.signatures.last().filter(|_| day.is_signed()).map(|(at, signed)| SignedOut {
            by: signed.by.to_string(),
            at: time(*at),
            close: signed.close,
        }),
        sessions: day.sessions.iter().map(|session| session_out(day, session, now)).collect(),
        people: day.sessions.iter().flat_map(|session| people(session, now)).collect(),
        movements: movements(day),
        responsible: day.sessions.iter().flat_map(responsible).collect(),
        absences: day.sessions.iter().flat_map(|session| absences(day, session)).collect(),
        pauses: day.sessions.iter().flat_map(course::pauses).collect(),
        owed: day.sessions.iter().flat_map(course::owed).collect(),
        notes: notes(day),
        questions: Vec::new(),
        staff: staff(register, day),
        visitors: visitors(day),
        counts: counts(day),
    }
}

/// With the offset that it was written with.
pub(super) fn time(at: Moment) -> String {
    at.to_rfc3339()
}

fn text(id: impl ToString) -> Option<String> {
    Some(id.to_string())
}

fn session_out(day: &Day, session: &Session, now: Moment) -> SessionOut {
    let plan = &session.plan;
    SessionOut {
        id: plan.session.to_string(),
        no: plan.no,
        case: plan.code.to_string(),
        kind: plan.kind.code().to_owned(),
        start: plan.start.format("%H:%M").to_string(),
        end: plan.end.format("%H:%M").to_string(),
        room: plan.room.to_string(),
        stage: if session.is_paused() { "paused" } else { day.stage(session, now).code() }.to_owned(),
        outcome: day.outcome(session).code().to_owned(),
        supervisor: session.supervisor.and_then(text),
        contact_minutes: session.contact_minutes(now),
        ten_minutes: session.ten_minutes.map(time),
        report_by: session.report.and_then(|report| text(report.owner)),
        report_due: session.report.and_then(|report| text(report.due)),
        social_worker_told: session.social_worker_told.map(time),
    }
}

fn people(session: &Session, now: Moment) -> Vec<PersonOut> {
    let person = |(member, attendance): (&crate::domain::case::Member, &Attendance)| PersonOut {
        id: member.person.to_string(),
        session: session.id().to_string(),
        given: member.given.to_string(),
        family: member.family.to_string(),
        side: member.side.code().to_owned(),
        relation: member.relation.to_string(),
        expected: member.is_expected(),
        presence: presence(attendance).to_owned(),
        place: attendance.place().map(ToString::to_string),
        contact_minutes: member.is_child().then(|| session.contact_minutes_of(attendance, now)),
    };
    session.all().map(person).collect()
}

pub(super) fn presence(attendance: &Attendance) -> &'static str {
    match attendance.presence() {
        Presence::Expected => "expected",
        Presence::In(_) => "in",
        Presence::Out(_) => "out",
        Presence::Left => "left",
        Presence::NotComing(_) => "not_coming",
        Presence::NotAdmitted => "not_admitted",
        Presence::OnLine => "on_line",
    }
}

fn movements(day: &Day) -> Vec<MovementOut> {
    let mut all = Vec::new();
    for session in &day.sessions {
        for (person, attendance) in &session.people {
            all.extend(attendance.moves.iter().map(|m| (m.at, session, *person, m)));
        }
    }
    all.sort_by_key(|(at, session, person, _)| (*at, session.plan.no, *person));
    let out = |(at, session, person, m): (Moment, &Session, PersonId, &crate::domain::day::Move)| MovementOut {
        session: session.id().to_string(),
        person: person.to_string(),
        kind: kind(&m.to, m.door.is_some()).to_owned(),
        place: if let Whereabouts::In(place) = &m.to { text(place) } else { None },
        door: m.door.as_ref().map(ToString::to_string),
        occurred_at: time(at),
        recorded_at: time(m.recorded_at),
        entry: m.entry.to_string(),
    };
    all.into_iter().map(out).collect()
}

fn kind(to: &Whereabouts, by_a_door: bool) -> &'static str {
    match to {
        Whereabouts::In(_) if by_a_door => "came_in",
        Whereabouts::In(_) => "moved",
        Whereabouts::Out(_) => "went_out",
        Whereabouts::Left(_) => "left",
        Whereabouts::OnLine => "on_line",
    }
}

fn responsible(session: &Session) -> Vec<ResponsibleOut> {
    let of = |child: PersonId, attendance: &Attendance| {
        let carer = attendance.carer()?;
        // Out with somebody, the carer is whom the child went out with, since then.
        let since = match attendance.presence() {
            Presence::Out(_) => attendance.moves.last().map(|m| m.at),
            _ => attendance.care.last().map(|(at, _)| *at),
        };
        let (adult, worker) = match carer {
            Carer::Adult(adult) => (text(adult), None),
            Carer::Worker(worker) => (None, text(worker)),
        };
        let (session, child) = (session.id().to_string(), child.to_string());
        Some(ResponsibleOut { session, child, adult, worker, since: time(since?) })
    };
    session.children().filter_map(|(member, attendance)| of(member.person, attendance)).collect()
}

fn absences(day: &Day, session: &Session) -> Vec<AbsenceOut> {
    let of = |person: PersonId, attendance: &Attendance| {
        let Presence::NotComing(absence) = attendance.presence() else { return None };
        let told = absence.told.as_ref();
        Some(AbsenceOut {
            session: session.id().to_string(),
            person: person.to_string(),
            code: absence.why.to_string(),
            told_at: told.map(|told| time(told.at)),
            told_by: told.and_then(|told| told.by).and_then(text),
            told_to: told.and_then(|told| text(told.to)),
            channel: told.and_then(|told| text(told.channel.code())),
            provisional: day.policy.reason(&absence.why).is_some_and(|reason| reason.provisional),
        })
    };
    session.all().filter_map(|(member, attendance)| of(member.person, attendance)).collect()
}

fn notes(day: &Day) -> Vec<NoteOut> {
    let note = |note: &crate::domain::day::Note| NoteOut {
        id: note.id.to_string(),
        no: note.no,
        at: time(note.at),
        session: note.session.and_then(text),
        kind_chosen: note.kind.is_some(),
        seen: note.seen,
        mistaken: note.mistaken,
    };
    // A note about a worker is for the safeguarding lead and the chair only, count included.
    day.notes.iter().filter(|n| !n.is_about_worker()).map(note).collect()
}

fn open_questions(day: &Day, now: Moment) -> Vec<QuestionOut> {
    questions(day, now).into_iter().flat_map(|question| asked(&question.about)).collect()
}

/// One question about several people is one row each.
fn asked(about: &Subject) -> Vec<QuestionOut> {
    let of = |about: &str| QuestionOut { about: about.to_owned(), ..QuestionOut::default() };
    match about {
        Subject::AdultIn { session, person } => {
            vec![QuestionOut { session: text(session), person: text(person), ..of("adult_in") }]
        }
        Subject::ChildIn { session, person } => {
            vec![QuestionOut { session: text(session), person: text(person), ..of("child_in") }]
        }
        Subject::OtherIn(visitor) => vec![QuestionOut { visitor: text(visitor), ..of("other_in") }],
        Subject::Count => vec![of("count")],
        Subject::WhyNot { session, people, .. } => {
            let each = |person| QuestionOut { session: text(session), person: text(person), ..of("why_not") };
            people.iter().map(each).collect()
        }
        Subject::Unsettled(session) => vec![QuestionOut { session: text(session), ..of("unsettled") }],
        Subject::Note(note) => vec![QuestionOut { note: text(note), ..of("note") }],
        Subject::Override { entry, session } => {
            vec![QuestionOut { session: text(session), entry: text(entry), ..of("override") }]
        }
        Subject::Against { entry, session, .. } => {
            vec![QuestionOut { session: session.and_then(text), entry: text(entry), ..of("against") }]
        }
        Subject::AllowedHere(all) => all.iter().map(|e| QuestionOut { entry: text(e), ..of("allowed_here") }).collect(),
        Subject::Messages(all) => all.iter().map(|m| QuestionOut { note: text(m), ..of("message") }).collect(),
        Subject::Report(session) => vec![QuestionOut { session: text(session), ..of("report") }],
        Subject::Met(session) => vec![QuestionOut { session: text(session), ..of("met") }],
        Subject::Thing(session, _) => vec![QuestionOut { session: text(session), ..of("thing") }],
        Subject::ToTell(sides) => {
            sides.iter().map(|(s, _)| QuestionOut { session: text(s), ..of("to_tell") }).collect()
        }
        Subject::ToTellWorker(session) => vec![QuestionOut { session: text(session), ..of("to_tell_worker") }],
    }
}

fn staff(register: &Register, day: &Day) -> Vec<StaffOut> {
    let mut rows = Vec::new();
    for (staff, spells) in &day.team {
        let card = register.team.get(staff);
        rows.extend(spells.iter().map(|spell| StaffOut {
            id: staff.to_string(),
            number: card.map(|card| card.number),
            name: register.staff_name(*staff).to_owned(),
            came: time(spell.came),
            went: spell.went.map(time),
        }));
    }
    rows.sort_by_key(|row| row.number);
    rows
}

fn visitors(day: &Day) -> Vec<VisitorOut> {
    let row = |(id, visitor): (&crate::domain::ids::FileId, &crate::domain::day::Visitor)| VisitorOut {
        id: id.to_string(),
        name: visitor.name.to_string(),
        what: visitor.what.to_string(),
        session: visitor.session.and_then(text),
        came: time(visitor.spell.came),
        went: visitor.spell.went.map(time),
    };
    day.visitors.iter().map(row).collect()
}

fn counts(day: &Day) -> CountsOut {
    let heads = day.heads();
    let ended = |which: &[Outcome]| day.sessions.iter().filter(|s| which.contains(&day.outcome(s))).count();
    CountsOut {
        sessions: day.sessions.len(),
        held: ended(&[Outcome::Held, Outcome::HeldShort]),
        not_held: ended(&[Outcome::NotHeld, Outcome::Cancelled]),
        children: heads.children,
        adults: heads.adults,
        team: heads.team,
        others: heads.others,
        counted: day.counted.map(|(at, counted)| CountedOut {
            at: time(at),
            children: counted.children,
            adults: counted.adults,
            team: counted.team,
            others: counted.others,
        }),
    }
}

//! How contact goes that one worker has throughout: a pause, that it goes on, ten minutes left, minutes owed, who
//! supervises, who writes the report; and of a video call, that it broke off.
//!
//! Said so that somebody who reads along learns neither the kind of contact nor anything of the other side.

use chrono::NaiveDate;

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question, team, whole_team};
use crate::app::state::App;
use crate::app::words::{self, party, place_in};
use crate::domain::codes::{Channel, Party};
use crate::domain::day::{Attendance, Session, Stay, working_day};
use crate::domain::decide::{Command, Permission, Record};
use crate::domain::event::Carer;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::kind::TakesPart;
use crate::domain::policy::{Code, Reason, Use};

/// What can be written of contact, each under the same number whatever the kind: what cannot be says why.
pub(super) fn contact(app: &App, session: &Session) -> Asked {
    let mut answers = if by_video(session) { call(session) } else { pauses(session) };
    answers.push(match session.ten_minutes {
        None => Answer::new(3, "ten minutes are left: it was said", ten_minutes(session)).more(at(app)),
        Some(said) => Answer::new(3, "ten minutes are left: it was said", ten_minutes(session))
            .more(format!("first {}", words::hm(said))),
    });
    answers.push(Answer::new(4, "minutes are owed", Does::Ask(Question::Owed)).more(owed_so_far(session)));
    if session.plan.kind.is_supervised() {
        answers
            .push(Answer::new(5, "who has them throughout", Does::Ask(Question::Supervises)).more(who(app, session)));
        answers.push(
            Answer::new(6, "who writes it up, and by when", Does::Ask(Question::Report)).more(report(app, session)),
        );
        answers.push(meets_now(session));
    }
    Asked::new(
        format!("{}: what is it?", lettered(session, &children(session))),
        "a number goes on; nothing is written yet",
    )
    .hint(if by_video(session) { "1, 2 and 3 are written at once." } else { "2 and 3 are written at once." })
    .answers(answers)
}

fn children(session: &Session) -> Vec<PersonId> {
    session.children().filter(|(m, a)| m.is_expected() || a.came()).map(|(m, _)| m.person).collect()
}

/// One worker has the children throughout, or the other side joins by video: `s` asks how contact goes.
pub fn is_of_one_worker(session: &Session) -> bool {
    session.plan.kind.is_supervised() || by_video(session)
}

fn by_video(session: &Session) -> bool {
    session.manner().visits == TakesPart::OnLine
}

fn pauses(session: &Session) -> Vec<Answer> {
    let together_here = session.children().any(|(_, a)| a.is_in() && session.with_visiting(a));
    let pause = match (together_here, session.pause()) {
        (_, Some(pause)) => Does::Not(format!("it is paused since {}. 2 goes on", words::hm(pause.at))),
        (true, None) => Does::Ask(Question::Pause),
        (false, None) => Does::Not("they are not together here".to_owned()),
    };
    let goes_on = match session.is_paused() {
        true => Does::Write(Command::May(Permission::Resume { session: session.id() })),
        false => Does::Not("it is not paused".to_owned()),
    };
    vec![Answer::new(1, "a pause", pause), Answer::new(2, "goes on", goes_on)]
}

/// Of a call, a pause is that it broke off, and going on is joining again.
fn call(session: &Session) -> Vec<Answer> {
    let on_line = session.adults(Party::Visits).find(|(_, a)| a.is_on_line()).map(|(m, _)| m.person);
    let broke_off = match on_line {
        Some(person) => Does::Write(Command::Write(Record::Disconnect { session: session.id(), person })),
        None => Does::Not("nobody is on the call".to_owned()),
    };
    let away = session.adults(Party::Visits).find(|(m, a)| m.is_expected() && !a.is_on_line()).map(|(m, _)| m.person);
    let again = match away {
        Some(person) if on_line.is_none() => {
            Does::Write(Command::May(Permission::Connect { session: session.id(), person }))
        }
        _ => Does::Not("the call is on".to_owned()),
    };
    vec![
        Answer::new(1, "the call broke off, or has ended", broke_off),
        Answer::new(2, "the call is on, or on again", again),
    ]
}

fn ten_minutes(session: &Session) -> Does {
    match session.is_together() || session.is_paused() {
        true => Does::Write(Command::Write(Record::TenMinutes { session: session.id() })),
        false => Does::Not("they are not together".to_owned()),
    }
}

fn owed_so_far(session: &Session) -> String {
    match session.owed.iter().map(|o| u32::from(o.minutes)).sum::<u32>() {
        0 => String::new(),
        minutes => format!("{minutes} so far"),
    }
}

fn who(app: &App, session: &Session) -> String {
    session.supervisor.map_or_else(|| "nobody yet".to_owned(), |s| app.register.staff_name(s).to_owned())
}

fn report(app: &App, session: &Session) -> String {
    let says = |r: crate::domain::day::Report| format!("{}, by {}", app.register.staff_name(r.owner), day(r.due));
    session.report.map(says).unwrap_or_default()
}

/// An escort who cannot wait for the other side: the worker has the children from now on.
fn meets_now(session: &Session) -> Answer {
    let waits = |a: &Attendance| a.is_in() && matches!(a.carer(), Some(Carer::Adult(_)));
    let children: Vec<PersonId> = session.children().filter(|(_, a)| waits(a)).map(|(m, _)| m.person).collect();
    let does = match children.is_empty() {
        true => Does::Not("no child is here with an adult of theirs".to_owned()),
        false => Does::Ask(Question::WhoMeets { children, supervisor: session.supervisor }),
    };
    Answer::new(7, "a worker has them from here", does)
}

/// Why it pauses; where the children go is asked next.
pub(super) fn pause(app: &App, session: &Session) -> Asked {
    let reasons = app.policy();
    let reasons = reasons.pauses.iter().filter(|r| !r.retired);
    let answer = |(digit, reason): (u8, &Reason)| {
        Answer::new(digit, reason.words.as_str(), Does::Ask(Question::PausePlace { why: reason.code.clone() }))
    };
    Asked::new("A pause. Why?", "a number first; nothing is written yet")
        .answers((1..=9).zip(reasons).map(answer).collect())
        .line(stays_with(app, session))
}

/// Where the children go, with the worker who has them throughout.
pub(super) fn pause_place(app: &App, session: &Session, why: &Code) -> Asked {
    let together: Vec<PersonId> =
        session.children().filter(|(_, a)| session.with_visiting(a)).map(|(m, _)| m.person).collect();
    let write = |place: Option<Code>| {
        Does::Write(Command::Write(Record::Pause { session: session.id(), why: why.clone(), place }))
    };
    let mut answers = vec![Answer::new(0, "nowhere: they stay in the room", write(None))];
    let policy = app.policy();
    let places = policy.places.iter().filter(|p| !p.retired && p.use_for != Use::Outside);
    let elsewhere =
        places.filter(|p| !together.iter().any(|c| session.of(*c).and_then(|a| a.place()) == Some(&p.code)));
    for (digit, place) in (1..=9).zip(elsewhere) {
        let answer = Answer::new(digit, place_in(&policy, &place.code), write(Some(place.code.clone())));
        answers.push(match is_free(app, &together, &place.code) {
            true => answer,
            false => Answer { does: Does::Not("not there now: another place".to_owned()), ..answer }.more("not now"),
        });
    }
    let does = if together.len() == 1 { "does" } else { "do" };
    let title = format!("Where {does} {} go meanwhile?", lettered(session, &together));
    Asked::new(title, "a number writes the pause; Enter does not").answers(answers).line(format!(
        "At {}. {}",
        at(app),
        stays_with(app, session)
    ))
}

fn is_free(app: &App, people: &[PersonId], place: &Code) -> bool {
    let from = app.card.set_back.at.unwrap_or(app.now);
    let stay = Stay { from, until: None, place: Some(place), door: None };
    app.day().is_none_or(|day| people.iter().all(|p| day.free(*p, &stay).is_ok()))
}

fn stays_with(app: &App, session: &Session) -> String {
    let worker = session.supervising().map_or("the worker", |s| app.register.staff_name(s));
    format!("{worker} has the children throughout, wherever they go.")
}

/// How many: what the times of today say, or a round number.
pub(super) fn owed(app: &App, session: &Session) -> Asked {
    let Some(day) = app.day() else { return Asked::new("Minutes are owed. How many?", "Esc back") };
    let (late, short) = (day.began_late_by(session), day.ended_short_by(session));
    let ask = |minutes: i64| Does::Ask(Question::OwedWhy { minutes: u16::try_from(minutes).unwrap_or(u16::MAX) });
    let offered = [
        (late, "began late"),
        (short, "ended before its time"),
        (late.zip(short).map(|(late, short)| late + short), "both"),
    ];
    let offered = offered.into_iter().filter_map(|(minutes, what)| Some((minutes?, what)));
    let fixed = [5, 10, 15, 20, 30, 45].into_iter().map(|minutes| (minutes, ""));
    let answer = |(digit, (minutes, what)): (u8, (i64, &str))| {
        Answer::new(digit, words::count(usize::try_from(minutes).unwrap_or(0), "minute", "minutes"), ask(minutes))
            .more(what)
    };
    Asked::new("Minutes are owed. How many?", "a number first; nothing is written yet")
        .hint("by the times of today, or round")
        .answers((1..=9).zip(offered.chain(fixed)).map(answer).collect())
}

pub(super) fn owed_why(app: &App, minutes: u16) -> Asked {
    let policy = app.policy();
    let answer = |(digit, reason): (u8, &Reason)| {
        let why = reason.code.clone();
        Answer::new(digit, reason.words.as_str(), Does::Ask(Question::OwedTo { minutes, why }))
    };
    Asked::new(format!("{minutes} minutes are owed. Why?"), "a number first; nothing is written yet")
        .answers((1..=9).zip(policy.owed.iter().filter(|r| !r.retired)).map(answer).collect())
}

pub(super) fn owed_to(app: &App, session: &Session, minutes: u16, why: &Code) -> Asked {
    let answer = |(digit, to): (u8, Party)| {
        let record = Record::Owe { session: session.id(), minutes, party: to, why: why.clone() };
        Answer::new(digit, party(to), Does::Write(Command::Write(record)))
    };
    let sides = [(1, Party::Visits), (2, Party::Brings)];
    let words = app.policy().reason(why).map(|r| r.words.to_string()).unwrap_or_default();
    Asked::new(format!("{minutes} minutes are owed: {words}. To whom?"), "a number writes it; Enter does not")
        .answers(sides.into_iter().map(answer).collect())
        .line(format!("Written at {}. Ctrl-Z takes it back.", at(app)))
}

/// Who of the team has the children throughout. Children who are with the one named before are with the new one at once.
pub(super) fn supervises(app: &App, session: &Session) -> Asked {
    let write = |staff| Does::Write(Command::Write(Record::Supervisor { session: session.id(), staff }));
    let who = lettered(session, &children(session));
    let asked = Asked::new(format!("Who of the team has {who} throughout?"), "a number names them; Enter does not")
        .answers(marked(team(app, write), app, session.supervisor, "named now"));
    let with = session.children().find_map(|(_, a)| match a.carer() {
        Some(Carer::Worker(staff)) if a.is_in() && Some(staff) == session.supervisor => Some(staff),
        _ => None,
    });
    match with {
        Some(staff) => {
            let now = app.register.staff_name(staff);
            asked.line(format!("{who} is with {now} now: with whom you name from {} on.", at(app)))
        }
        None => asked,
    }
}

/// What else is known of one of the team, beside their name.
pub(super) fn marked(answers: Vec<Answer>, app: &App, staff: Option<StaffId>, more: &str) -> Vec<Answer> {
    let number = staff.and_then(|s| app.register.team.get(&s)).map(|c| c.number);
    answers.into_iter().map(|a| if Some(a.digit) == number { a.more(more) } else { a }).collect()
}

pub(super) fn report_by_whom(app: &App, session: &Session) -> Asked {
    let ask = |owner| Does::Ask(Question::ReportBy { owner });
    Asked::new("Who writes it up?", "a number first; nothing is written yet").answers(marked(
        whole_team(app, ask),
        app,
        session.supervisor,
        "has them throughout",
    ))
}

/// By when: the working days of the policy from today, or another usual number.
pub(super) fn report_by(app: &App, session: &Session, owner: StaffId) -> Asked {
    let days = app.policy().report_days;
    let usual = [days].into_iter().chain([5, 7, 10, 15].into_iter().filter(|n| *n != days)).chain([0]);
    let name = app.register.staff_name(owner).to_owned();
    let answer = |(digit, days): (u8, u16)| {
        let due = working_day(app.date, days);
        let says =
            if days == 0 { "today".to_owned() } else { words::count(usize::from(days), "working day", "working days") };
        let record = Record::Report { session: session.id(), owner, due };
        Answer::new(digit, says, Does::Write(Command::Write(record))).more(day(due))
    };
    Asked::new(format!("{name} writes it up. By when?"), "a number writes it; Enter does not")
        .answers((1..=9).zip(usual).map(answer).collect())
        .line("Monday to Friday are counted; bank holidays are not known here.")
}

/// `Friday 4 December`.
fn day(date: NaiveDate) -> String {
    date.format("%A %-d %B").to_string()
}

/// How whoever must be told of a looked-after child was told.
pub(super) fn told_worker(app: &App, session: &Session) -> Asked {
    let told = |channel| {
        let record = Record::ToldWorker { session: session.id(), channel };
        Does::Choose(Command::Write(record), format!("they were told, {}", at(app)))
    };
    let title = if app.staff_view() { "The social worker was told. How?" } else { "They were told. How?" };
    Asked::new(title, "a number first, then Enter").answers(vec![
        Answer::new(1, "by phone", told(Channel::Phone)),
        Answer::new(2, "at the door", told(Channel::InPerson)),
        Answer::new(3, "by message", told(Channel::Message)),
        Answer::new(4, "by e-mail", told(Channel::Email)),
    ])
}

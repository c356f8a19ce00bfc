//! The rows of the board, in lobby view and in staff view.

use crate::app::screen::{Cell, Column, Row, Shape, Table};
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::codes::{ContactKind, Moment, Party};
use crate::domain::day::{Attendance, Day, Presence, Session, Stage};
use crate::domain::due::clear_from;
use crate::domain::event::Carer;

/// Cells of staff view for the adult who brings, and who visits.
const BRINGS: u16 = 16;
const VISITS: u16 = 14;

/// Columns of lobby view: nothing about kinds, rooms, adults, reasons.
pub fn lobby(app: &App, day: &Day, sessions: &[&Session]) -> Table {
    let column = |width, grows, right| Column { width, grows, right };
    Table {
        columns: vec![
            column(3, 0, true),
            column(5, 0, false),
            column(25, 3, false),
            column(5, 0, false),
            column(10, 1, false),
            column(18, 1, false),
        ],
        header: ["No", "Time", "Children", "Sides", "Now", "Next"].map(str::to_owned).to_vec(),
        rows: sessions.iter().map(|s| lobby_row(app, day, s)).collect(),
    }
}

fn lobby_row(app: &App, day: &Day, session: &Session) -> Row {
    let now = app.now;
    Row {
        cells: vec![
            Cell::Words(session.plan.no.to_string()),
            Cell::Words(words::plan(session.plan.start)),
            Cell::Names(words::board_names(day, session)),
            Cell::Shapes(sides(session)),
            Cell::Words(state(day, session, now)),
            Cell::Words(next(day, session, now)),
        ],
        marked: Some(session.plan.session) == app.session,
    }
}

/// One mark a side; of a family whose card must be read first, only that.
fn sides(session: &Session) -> Vec<Shape> {
    if session.must_read() && !session.over() {
        return vec![Shape::Read];
    }
    [Party::Brings, Party::Visits].map(|party| side(session, party)).to_vec()
}

fn side(session: &Session, party: Party) -> Shape {
    let came = session.side_came(party);
    let here =
        session.side(party).any(|(_, a)| matches!(a.presence(), Presence::In(_) | Presence::Out(_) | Presence::OnLine));
    match (here, came) {
        _ if !session.awaits(party) => Shape::NotToday,
        (true, _) => Shape::Here,
        (false, true) => Shape::Done,
        (false, false) if session.over() => Shape::NotToday,
        (false, false) => Shape::Away,
    }
}

fn state(day: &Day, session: &Session, now: Moment) -> String {
    let stage = day.stage(session, now);
    match stage {
        Stage::Home => return "home".to_owned(),
        Stage::NotToday => return "not today".to_owned(),
        _ if session.must_read() => return "see card".to_owned(),
        _ => {}
    }
    let first = session.plan.plan.first;
    let late = [first, first.other()].into_iter().find_map(|p| day.late_by(session, p, now));
    match (stage, late) {
        (Stage::Later | Stage::OneSide(_), Some(minutes)) => format!("late {minutes}"),
        (Stage::Later, None) => "later".to_owned(),
        (Stage::OneSide(_), None) => "one side".to_owned(),
        (Stage::Here, _) => "here".to_owned(),
        // What kind of contact it is, is not for a lobby: a pause shows on the card and in staff view.
        (Stage::Together | Stage::Paused(_), _) => "together".to_owned(),
        (Stage::WithUs, _) => "with us".to_owned(),
        (Stage::Out(until), _) => until.map_or_else(|| "out".to_owned(), |at| format!("out {}", hm(at))),
        (Stage::Leaving, _) => "leaving".to_owned(),
        (Stage::Stays(until), _) => format!("stays {}", (until - now).num_minutes() + 1),
        _ => String::new(),
    }
}

fn next(day: &Day, session: &Session, now: Moment) -> String {
    if let Some((_, at)) = clear_from(day, session, now) {
        return format!("clear from {}", hm(at));
    }
    let stage = day.stage(session, now);
    if session.is_paused() {
        return format!("ends {}", words::plan(session.plan.end));
    }
    let hidden = session.must_read() && !matches!(stage, Stage::Together | Stage::Later);
    if hidden {
        return String::new();
    }
    match stage {
        Stage::Later | Stage::OneSide(_) | Stage::WithUs => awaited(day, session, now),
        Stage::Here if session.manner().goes_out => format!("goes out {}", words::plan(session.plan.start)),
        Stage::Here => format!("walk over {}", words::plan(session.plan.start)),
        Stage::Together | Stage::Paused(_) => format!("ends {}", words::plan(session.plan.end)),
        Stage::Leaving => "to leave".to_owned(),
        Stage::Stays(until) => format!("free at {}", hm(until)),
        Stage::Out(_) | Stage::Home | Stage::NotToday => String::new(),
    }
}

/// The side that is awaited: when it is due, or when to ring it.
fn awaited(day: &Day, session: &Session, now: Moment) -> String {
    let grace = chrono::Duration::minutes(i64::from(day.policy.grace_min));
    let awaited = |p: &Party| session.awaits(*p) && !session.side_came(*p);
    let missing = [Party::Visits, Party::Brings].into_iter().filter(awaited);
    let Some(due) = missing.map(|p| day.due_at(session, p, now)).min() else { return String::new() };
    if due >= now {
        format!("due by {}", hm(due))
    } else if due + grace > now {
        format!("ring them at {}", hm(due + grace))
    } else {
        "ring them".to_owned()
    }
}

/// Columns of staff view.
pub fn staff(app: &App, day: &Day, sessions: &[&Session]) -> Table {
    let column = |width, grows, right| Column { width, grows, right };
    let header = ["No", "Time", "Kind", "Children", "Brings", "Visits", "Child with"];
    Table {
        columns: vec![
            column(3, 0, true),
            column(5, 0, false),
            column(5, 0, false),
            column(12, 1, false),
            column(BRINGS, 0, false),
            column(VISITS, 0, false),
            column(10, 0, false),
        ],
        header: header.map(str::to_owned).to_vec(),
        rows: sessions.iter().map(|s| staff_row(app, day, s)).collect(),
    }
}

fn staff_row(app: &App, day: &Day, session: &Session) -> Row {
    Row {
        cells: vec![
            Cell::Words(session.plan.no.to_string()),
            Cell::Words(words::plan(session.plan.start)),
            Cell::Words(kind(session.plan.kind).to_owned()),
            Cell::Names(words::board_names(day, session)),
            Cell::Words(adult(day, session, Party::Brings, app.now, BRINGS)),
            Cell::Words(adult(day, session, Party::Visits, app.now, VISITS)),
            Cell::Words(child_with(app, session)),
        ],
        marked: Some(session.plan.session) == app.session,
    }
}

/// The kind of contact, as staff say it.
pub fn kind(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Supported => "group",
        ContactKind::Supervised => "1:1",
        ContactKind::Handover => "hand",
        ContactKind::Escorted => "esc",
        ContactKind::Video => "video",
        ContactKind::Indirect => "post",
        ContactKind::Assessment => "assmt",
        ContactKind::LifeStory => "life",
    }
}

/// The adult of a side who is here or expected, and where, or when due, in so many cells: the name gives way first.
fn adult(day: &Day, session: &Session, party: Party, now: Moment, cells: u16) -> String {
    let here = session.adults(party).find(|(_, a)| a.is_in());
    let Some((member, attendance)) = here.or_else(|| session.adults(party).find(|(m, _)| m.is_expected())) else {
        return "-".to_owned();
    };
    words::beside(&words::short(member), &where_now(day, session, party, attendance, now), usize::from(cells))
}

fn where_now(day: &Day, session: &Session, party: Party, attendance: &Attendance, now: Moment) -> String {
    match attendance.presence() {
        Presence::In(place) => words::place(&day.policy, place),
        Presence::Out(_) => "out".to_owned(),
        Presence::OnLine => "on line".to_owned(),
        Presence::Left => "left".to_owned(),
        Presence::NotComing(_) | Presence::NotAdmitted => "not today".to_owned(),
        Presence::Expected if session.over() || !session.awaits(party) => "not today".to_owned(),
        Presence::Expected => match day.late_by(session, party, now) {
            Some(minutes) => format!("late {minutes}"),
            None => format!("due {}", hm(day.due_at(session, party, now))),
        },
    }
}

fn child_with(app: &App, session: &Session) -> String {
    let carers: Vec<String> =
        session.children().filter_map(|(_, a)| a.carer()).map(|c| carer(app, session, c)).collect();
    match carers.first() {
        None => "-".to_owned(),
        Some(first) if carers.iter().all(|c| c == first) => first.clone(),
        Some(first) => format!("{first} +{}", carers.iter().filter(|c| *c != first).count()),
    }
}

fn carer(app: &App, session: &Session, carer: Carer) -> String {
    match carer {
        Carer::Adult(person) => session.member(person).map(words::short).unwrap_or_default(),
        Carer::Worker(staff) => app.register.staff_name(staff).to_owned(),
    }
}

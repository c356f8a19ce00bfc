//! The people of the roll, in the order in which they stand: by muster point, by place, children first.

use crate::app::state::App;
use crate::app::words;
use crate::domain::case::Member;
use crate::domain::codes::Moment;
use crate::domain::day::{Day, Presence, RollRow, Session, Who};
use crate::domain::event::OutFor;

/// Everyone in one place.
pub(super) struct Group {
    /// The place, as a heading.
    pub(super) place: String,
    /// The muster point of the place.
    pub(super) point: u8,
    /// Who is in it.
    pub(super) people: Vec<Person>,
}

/// One person.
pub(super) struct Person {
    pub(super) who: Who,
    /// First name and letter; where nobody is at the desk the first name only.
    pub(super) name: String,
    /// `child`, `team`, what anyone else is; nothing for an adult of a family.
    pub(super) what: String,
    /// Number of the session.
    pub(super) no: String,
    /// Where they muster: a child goes with the adult who has them.
    pub(super) point: u8,
}

/// `A`, `B`: the name of a muster point.
pub(super) fn letter(point: u8) -> char {
    char::from(b'A'.saturating_add(point.min(25)))
}

/// Everyone in the building; where nobody is at the desk by their first names only.
pub(super) fn groups(app: &App) -> Vec<Group> {
    groups_named(app, app.who.is_none())
}

/// Everyone in the building, by their first names only or not.
pub(super) fn groups_named(app: &App, locked: bool) -> Vec<Group> {
    let Some(day) = app.day() else { return Vec::new() };
    let mut rows = day.roll();
    rows.sort_by_key(|row| match row.who {
        Who::Child(..) => 0,
        Who::Adult(..) => 1,
        Who::Team(_) => 2,
        Who::Other(_) => 3,
    });
    let mut groups: Vec<Group> = Vec::new();
    for place in &day.policy.places {
        let here = rows.iter().filter(|r| r.place.as_ref() == Some(&place.code));
        let people: Vec<Person> = here.map(|r| person(app, day, r, locked)).collect();
        groups.push(Group { place: words::sentence(place.name.as_str()), point: place.muster, people });
    }
    let elsewhere = |r: &&RollRow| r.place.as_ref().is_none_or(|p| day.policy.place(p).is_none());
    let people: Vec<Person> = rows.iter().filter(elsewhere).map(|r| person(app, day, r, locked)).collect();
    groups.push(Group { place: "Moving about".to_owned(), point: 0, people });
    groups.retain(|g| !g.people.is_empty());
    groups.sort_by_key(|g| g.point);
    groups
}

/// Each place, and the first names of who is there: all that a locked screen says.
pub(in crate::app) fn first_names(app: &App) -> Vec<(String, Vec<String>)> {
    let names = |group: Group| (group.place, group.people.into_iter().map(|p| p.name).collect());
    groups_named(app, true).into_iter().map(names).collect()
}

fn person(app: &App, day: &Day, row: &RollRow, locked: bool) -> Person {
    let of = |session, person| day.session(session).and_then(|s| s.member(person).map(|m| (s, m)));
    let (name, what, no) = match row.who {
        Who::Child(session, person) => of(session, person).map(|(s, m)| family(s, m, "child", locked)),
        Who::Adult(session, person) => of(session, person).map(|(s, m)| family(s, m, "", locked)),
        Who::Team(staff) => Some((app.register.staff_name(staff).to_owned(), "team".to_owned(), String::new())),
        Who::Other(file) => day.visitors.get(&file).map(|v| (v.name.to_string(), v.what.to_string(), String::new())),
    }
    .unwrap_or_default();
    let what = if locked { String::new() } else { what };
    Person { who: row.who, name, what, no, point: day.muster_of(row) }
}

fn family(session: &Session, member: &Member, what: &str, locked: bool) -> (String, String, String) {
    match locked {
        true => (words::short(member), String::new(), String::new()),
        false => (words::lettered(member), what.to_owned(), session.plan.no.to_string()),
    }
}

/// Who was here and is not now, or is out: first names, those who are out first, then the latest.
pub(super) fn not_in(app: &App) -> Vec<String> {
    let Some(day) = app.day() else { return Vec::new() };
    let mut says: Vec<String> = day.sessions.iter().flat_map(|session| out(app, session)).collect();
    let mut gone: Vec<(Moment, u16, Vec<String>)> = Vec::new();
    for session in &day.sessions {
        for (member, attendance) in session.all() {
            let Some(at) = attendance.left_at() else { continue };
            match gone.iter_mut().find(|(when, no, _)| (*when, *no) == (at, session.plan.no)) {
                Some((_, _, names)) => names.push(words::short(member)),
                None => gone.push((at, session.plan.no, vec![words::short(member)])),
            }
        }
    }
    gone.sort_by_key(|(at, no, _)| (std::cmp::Reverse(*at), *no));
    says.extend(gone.into_iter().map(|(at, _, names)| format!("{}, gone home {}", names.join(", "), words::hm(at))));
    says
}

/// Those of a session who are out, with the worker who went along: together where they come back together.
fn out(app: &App, session: &Session) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |what: String, name: String| match groups.iter_mut().find(|(same, _)| *same == what) {
        Some((_, names)) if names.contains(&name) => {}
        Some((_, names)) => names.push(name),
        None => groups.push((what, vec![name])),
    };
    let (children, adults): (Vec<_>, Vec<_>) = session.all().partition(|(m, _)| m.is_child());
    for (member, attendance) in children.iter().chain(&adults) {
        if let Some(what) = out_for(attendance.presence()) {
            add(what, words::short(member));
        }
    }
    for (_, attendance) in &children {
        if let Presence::Out(OutFor::WithVisiting { worker: Some(staff), .. }) = attendance.presence()
            && let Some(what) = out_for(attendance.presence())
        {
            add(what, app.register.staff_name(*staff).to_owned());
        }
    }
    groups.into_iter().map(|(what, names)| format!("{}, {what}", names.join(", "))).collect()
}

fn out_for(presence: Presence<'_>) -> Option<String> {
    let Presence::Out(out) = presence else { return None };
    Some(match out {
        OutFor::Reachable => "out, can be rung".to_owned(),
        OutFor::WithVisiting { until: Some(until), .. } => format!("out to {}", words::hm(*until)),
        OutFor::WithVisiting { until: None, .. } => "out".to_owned(),
    })
}

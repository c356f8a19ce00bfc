//! How people, sides and places are named (screens.md, rule 12).

use crate::app::state::App;
use crate::domain::case::Member;
use crate::domain::codes::{How, Party, Role};
use crate::domain::day::{Day, Session};
use crate::domain::event::StaffCard;
use crate::domain::ids::StaffId;
use crate::domain::policy::{Code, Policy};

/// A name is not cut to less than so many cells.
const SHORTEST: usize = 4;

/// `Mia H`: what they are called, with the first letter of the surname.
pub fn lettered(member: &Member) -> String {
    match member.family.as_str().chars().next() {
        Some(letter) => format!("{} {letter}", member.called()),
        None => member.called().to_owned(),
    }
}

/// What they are called.
pub fn short(member: &Member) -> String {
    member.called().to_owned()
}

/// The children of a session as the board names them: the letter only where two of today's share a name, then the age.
pub fn board_names(day: &Day, session: &Session) -> Vec<String> {
    session.children().map(|(member, _)| board_name(day, member)).collect()
}

fn board_name(day: &Day, member: &Member) -> String {
    let others = || {
        day.sessions
            .iter()
            .flat_map(|s| s.children().map(|(m, _)| m))
            .filter(|m| m.person != member.person && m.called() == member.called())
    };
    if others().next().is_none() {
        return short(member);
    }
    let name = lettered(member);
    let age = member.age_on(day.date);
    match others().any(|m| lettered(m) == name) {
        true => age.map_or(name.clone(), |age| format!("{name} {age}")),
        false => name,
    }
}

/// A name and where they are, in so many cells: the name is cut before the place and the minute are.
pub fn beside(name: &str, place: &str, cells: usize) -> String {
    let fits = |place: &str| name.chars().count() + 2 + place.chars().count() <= cells;
    let place = if fits(place) { place } else { place.strip_prefix("due ").unwrap_or(place) };
    let room = cells.saturating_sub(place.chars().count() + 2);
    if fits(place) || room < SHORTEST {
        return format!("{name}  {place}");
    }
    let kept: String = name.chars().take(room - 1).collect();
    format!("{kept}…  {place}")
}

/// `Ama, Noah, Ivy and Theo`.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `the side that brings`.
pub fn party(party: Party) -> &'static str {
    match party {
        Party::Brings => "the side that brings",
        Party::Visits => "the side that visits",
    }
}

/// `the hall`, `Oak`.
pub fn place_in(policy: &Policy, code: &Code) -> String {
    match policy.place(code) {
        Some(place) if place.article => format!("the {}", place.name),
        Some(place) => place.name.to_string(),
        None => policy.door(code).map_or_else(|| code.to_string(), |d| format!("the {}", d.name)),
    }
}

/// `hall`, `Oak`.
pub fn place(policy: &Policy, code: &Code) -> String {
    policy.place(code).map_or_else(|| code.to_string(), |p| p.name.to_string())
}

/// The coordinator on shift by name, or *the coordinator*.
pub fn coordinator(app: &App) -> String {
    let team = app.register.present_team();
    let mut coordinators = team.iter().filter(|c| c.role == Role::Coordinator).peekable();
    let only = coordinators.peek().copied().copied();
    let on_shift = app.day().and_then(|day| coordinators.find(|c| day.on_shift(c.staff)).copied());
    on_shift.or(only).map_or_else(|| "the coordinator".to_owned(), |c| c.given.to_string())
}

/// Someone of the team: the first name, and the letter of the surname where two share it.
pub fn staff(app: &App, card: &StaffCard) -> String {
    let shared = app.register.present_team().iter().filter(|c| c.given == card.given).count() > 1;
    match card.family.as_str().chars().next().filter(|_| shared) {
        Some(letter) => format!("{} {letter}", card.given),
        None => card.given.to_string(),
    }
}

/// A role, in words that the lobby may read.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Volunteer => "volunteer",
        Role::Supervisor => "supervisor",
        Role::SessionLead => "session lead",
        Role::Coordinator => "coordinator",
        Role::SafeguardingLead => "lead",
        Role::Chair => "chair",
    }
}

/// The same, as the papers have it: where somebody is given a role.
pub fn role_whole(of: Role) -> &'static str {
    if of == Role::SafeguardingLead { "safeguarding lead" } else { role(of) }
}

/// `said by Ruth`, `allowed by Walter`.
pub fn allowed(app: &App, by: StaffId, how: How) -> String {
    let name = app.register.staff_name(by);
    if how == How::Said { format!("said by {name}") } else { format!("allowed by {name}") }
}

/// `Ruth says so`.
pub fn says_so(app: &App) -> String {
    format!("{} says so", coordinator(app))
}

/// `tell Ruth`.
pub fn tell(app: &App) -> String {
    format!("tell {}", coordinator(app))
}

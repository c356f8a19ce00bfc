//! What Enter will do: one sentence with who, where and which minute (screens.md, rule 1).

use crate::app::card::ask;
use crate::app::card::ask::is_of_one_worker;
use crate::app::state::App;
use crate::app::words::{self, hm, list, place_in};
use crate::domain::codes::{Moment, Party};
use crate::domain::day::Session;
use crate::domain::decide::{Journey, Permission, Record};
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::next::{Idle, Question};
use crate::domain::policy::Code;

/// Names of people of a session, as a sentence has them.
pub fn names(session: &Session, people: &[PersonId]) -> String {
    list(&people.iter().filter_map(|p| session.member(*p)).map(words::short).collect::<Vec<_>>())
}

/// Cells of two rows of the Enter line.
const TWO_ROWS: usize = 140;

/// The names before the rest of a sentence, in two rows: where they do not fit they shorten to `+2`, never what follows.
fn names_before(session: &Session, people: &[PersonId], rest: &str) -> String {
    let all = names(session, people);
    let room = TWO_ROWS.saturating_sub(rest.chars().count());
    if all.chars().count() <= room {
        return all;
    }
    let shown = (1..people.len()).rev().find_map(|n| {
        let first: Vec<String> = people.iter().take(n).filter_map(|p| session.member(*p)).map(words::short).collect();
        let short = format!("{} +{}", first.join(", "), people.len() - n);
        (short.chars().count() <= room).then_some(short)
    });
    shown.unwrap_or_else(|| all.chars().take(room.saturating_sub(1)).chain(['…']).collect())
}

/// `arrives`, `arrive`.
fn verb(people: &[PersonId], one: &'static str, many: &'static str) -> &'static str {
    if people.len() == 1 { one } else { many }
}

/// What is to be given back before this side goes.
fn give_back(app: &App, session: &Session) -> String {
    let back = ask::to_give_back(app, session, app.card.party);
    back.map(|things| format!(". First g: give back  {things}")).unwrap_or_default()
}

/// What a permission will do.
pub fn permission(app: &App, session: &Session, permission: &Permission, at: Moment) -> String {
    let policy = app.policy();
    let by = |door: &Code| place_in(&policy, door);
    match permission {
        Permission::LetIn { people, door, place, .. } => {
            let people = ordered(session, people);
            let arrive = verb(&people, "arrives", "arrive");
            let rest = format!(" {arrive} by {}, {}, {}", by(door), words::place(&policy, place), hm(at));
            format!("{}{rest}", names_before(session, &people, &rest))
        }
        Permission::LetGo { people, door, .. } => {
            let (leave, back) = (verb(people, "leaves", "leave"), give_back(app, session));
            let rest = format!(" {leave} by {}, {}{back}", by(door), hm(at));
            format!("{}{rest}", names_before(session, people, &rest))
        }
        Permission::Move { people, place, .. } => {
            let rest = format!(" {} to {}, {}", verb(people, "goes", "go"), place_in(&policy, place), hm(at));
            format!("{}{rest}", seen_here(app, session, people, &rest))
        }
        Permission::Walk { children, walker, place, .. } => walk(app, session, children, *walker, place, at),
        Permission::TakeOut { children, adult, journey, .. } => take_out(app, session, children, *adult, journey, at),
        Permission::Resume { .. } => format!("contact goes on, {}", hm(at)),
        Permission::Connect { person, .. } => {
            format!("{} joins by video, {}", names(session, std::slice::from_ref(person)), hm(at))
        }
        _ => String::new(),
    }
}

/// On a card in lobby view, where the other side is, is not to be read.
fn walk(app: &App, session: &Session, children: &[PersonId], walker: StaffId, place: &Code, at: Moment) -> String {
    let back = children.iter().filter_map(|c| session.of(*c)).any(|a| session.with_visiting(a));
    let to = match (app.card.party, app.staff_view()) {
        (_, false) if back => "back".to_owned(),
        (Party::Brings, false) => "over".to_owned(),
        _ => format!("to {}", place_in(&app.policy(), place)),
    };
    let rest = format!(" {to}, {}", hm(at));
    format!("{} takes {}{rest}", app.register.staff_name(walker), names_before(session, children, &rest))
}

/// On the card of the side that brings, with whom the children go is not to be read in the lobby.
fn take_out(
    app: &App,
    session: &Session,
    children: &[PersonId],
    adult: PersonId,
    journey: &Journey,
    at: Moment,
) -> String {
    let back = journey.until.map(|until| format!(", back {}", hm(until))).unwrap_or_default();
    let with = journey.worker.map(|w| format!(" with {}", app.register.staff_name(w))).unwrap_or_default();
    let mut people = children.to_vec();
    people.extend(Some(adult).filter(|_| app.staff_view() || app.card.party == Party::Visits));
    let rest = format!(" {} out{with}, {}{back}", verb(&people, "goes", "go"), hm(at));
    format!("{}{rest}", names_before(session, &people, &rest))
}

/// The names of those who may be named on this card: in lobby view nobody of the other side.
fn seen_here(app: &App, session: &Session, people: &[PersonId], rest: &str) -> String {
    let own = |p: &PersonId| session.member(*p).is_some_and(|m| m.is_child() || m.party() == app.card.party);
    match app.staff_view() || people.iter().all(own) {
        true => names_before(session, people, rest),
        false => "the other side".to_owned(),
    }
}

/// What a record will write.
pub fn record(app: &App, session: &Session, record: &Record, at: Moment) -> String {
    match record {
        Record::TenMinutes { .. } => format!("ten minutes are left: it was said, {}", hm(at)),
        Record::Disconnect { person, .. } => {
            format!("{} leaves the video call, {}", seen_here(app, session, &[*person], ""), hm(at))
        }
        _ => format!("writes it, {}", hm(at)),
    }
}

/// Adults first, as they stand on the card.
fn ordered(session: &Session, people: &[PersonId]) -> Vec<PersonId> {
    let is_child = |p: &PersonId| session.member(*p).is_some_and(|m| m.is_child());
    let (children, adults): (Vec<PersonId>, Vec<PersonId>) = people.iter().partition(|p| is_child(p));
    adults.into_iter().chain(children).collect()
}

/// What a question will ask.
pub fn question(session: &Session, question: &Question) -> String {
    match question {
        Question::WhoWalks { children, .. } => format!("asks who walks {} over", names(session, children)),
        Question::WhoMeets { children, .. } => format!("asks who has {} from here", names(session, children)),
        Question::HowTold => "asks how this side was told that there is no contact today".to_owned(),
        Question::WhoGoes { children, .. } => format!("asks who goes out with {}", names(session, children)),
        Question::WhoHas { children, .. } => format!("asks who has {}", names(session, children)),
        Question::WhoTakes { children } => format!("asks who takes {}", names(session, children)),
    }
}

/// Why there is nothing to do on this side, and what else can be done.
pub fn idle(app: &App, idle: Idle) -> String {
    match idle {
        Idle::OtherSide => "for the other side. Esc board".to_owned(),
        Idle::OtherCard => "the children leave first. Tab the other side".to_owned(),
        Idle::Together(end) => {
            let contact = if app.in_hand().is_some_and(is_of_one_worker) { "  s contact" } else { "" };
            match app.card.party {
                Party::Brings => format!("until {}. d leaves with  e leaves early{contact}  Esc board", hm(end)),
                Party::Visits => format!("until {}. e leaves early{contact}  Esc board", hm(end)),
            }
        }
        Idle::NotToday => "they do not come today. A number lets somebody in after all".to_owned(),
        Idle::Gone => "they have left. A number lets somebody in again".to_owned(),
        Idle::Nobody => "a number ticks who is here".to_owned(),
    }
}

//! Why not, and what to do instead. Never who must not be met.

use crate::app::state::App;
use crate::app::words::{coordinator, hm, place_in, policy, staff};
use crate::domain::codes::Party;
use crate::domain::day::Clash;
use crate::domain::ids::PersonId;
use crate::domain::policy::Power;
use crate::domain::refusal::{Gate, Refusal};

/// One sentence for a refusal, with the way out.
pub fn refusal(app: &App, refusal: &Refusal) -> String {
    let name = |person: PersonId| name_of(app, person);
    match refusal {
        Refusal::NotListed(person) => {
            format!("{} is not on the list. {} decides; v writes that they came", name(*person), coordinator(app))
        }
        Refusal::IsIn(person) => format!("{} is here already", name(*person)),
        Refusal::NotIn(person) => format!("{} is not here by the book. x it has happened", name(*person)),
        Refusal::Came(person) => format!("{} came today. n takes no part", name(*person)),
        Refusal::Backwards { person, last } => {
            format!("{} was last written at {}: not before that", name(*person), hm(*last))
        }
        Refusal::Clash(clash) => self::clash(app, clash),
        Refusal::NoCarer => "no adult of theirs is ticked. w brought by somebody else".to_owned(),
        Refusal::HasChild(person) => format!("{} has a child here. d leaves with", name(*person)),
        Refusal::ChildOut(person) => {
            format!("{} went out with them. Number if here too  x it has happened", name(*person))
        }
        Refusal::GoesOutOnly(person) => format!("{} may go out and be rung: o", name(*person)),
        Refusal::NoWalker => "a worker walks the children back: press their number".to_owned(),
        Refusal::NotThere(person) => format!("{} is in another place. m place", name(*person)),
        Refusal::KeptBack(person) => {
            format!("{} was kept back: {} decides who takes them", name(*person), coordinator(app))
        }
        Refusal::NotCarer(person) => format!("{} may not be the one who has the children", name(*person)),
        Refusal::Holds { party, until } => holds(*party, *until),
        Refusal::NotCollector => {
            format!("not on the list. They stay with us; {} rings the number on file", coordinator(app))
        }
        Refusal::Needs(power) => format!("{}. F6 changes the person", who_may(app, *power)),
        Refusal::NamesOther(person) => format!("it names {}, of the other side: say it without", name(*person)),
        other => of_team(app, other),
    }
}

/// Those that name one of the team, or who of them decides.
fn of_team(app: &App, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotOnShift(staff) => {
            format!("{} is not on shift. F2 signs them in", app.register.staff_name(*staff))
        }
        Refusal::Gate(Gate::NoSupervisor) => {
            format!("no worker is named for this session. s names one, or {} decides", coordinator(app))
        }
        Refusal::Gate(Gate::SupervisorAway(staff)) => {
            let name = app.register.staff_name(*staff);
            format!("{name} is not on shift. F2 signs them in; s names another, or {} decides", coordinator(app))
        }
        Refusal::WorkerOut(staff) => format!("{} is out with a child", app.register.staff_name(*staff)),
        Refusal::MayNotAllow(staff) => {
            format!("{} may not allow that. Esc, and another name", app.register.staff_name(*staff))
        }
        Refusal::NeverByName => format!("{} hands over in person; never by name alone", who_can(app, Power::OneOff)),
        Refusal::Gate(Gate::Suspended) => format!("not until {} has said so", who_can(app, Power::Gate)),
        Refusal::Gate(Gate::Cancelled) => format!("the centre cancelled it. {} decides", who_can(app, Power::Gate)),
        Refusal::Gate(Gate::Papers(_)) => {
            format!("new papers were shown: {} reads them first", who_can(app, Power::SeeNotes))
        }
        Refusal::WorkerHasChild(staff) => {
            format!("{} has a child here and stays", app.register.staff_name(*staff))
        }
        other => plain(other),
    }
}

/// Those that name nobody.
fn plain(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotOpen => "the day is not open yet. F6, then your number, opens it".to_owned(),
        Refusal::OpenAlready => "the day is open already".to_owned(),
        Refusal::Reading => "who is expected is still being read. Try again in a moment".to_owned(),
        Refusal::Signed => "the day is signed. x and a still write what was so; F8 too".to_owned(),
        Refusal::Unknown => "that is not on today's list. Esc goes back".to_owned(),
        Refusal::Nobody => "nobody is ticked. A number ticks who is here".to_owned(),
        Refusal::NothingToUndo => "there is nothing of yours to take back".to_owned(),
        Refusal::RestsOn => "something later rests on it. F3 corrects a time".to_owned(),
        Refusal::SameHand => "the second signature is of another person than the first".to_owned(),
        Refusal::NotCounted => "count heads first: c".to_owned(),
        Refusal::Questions(n) => format!("{n} still to answer"),
        Refusal::WhomAgain => "say again about whom of the team: what was told before is sealed".to_owned(),
        Refusal::NoReason => "a reason first: press its number".to_owned(),
        Refusal::Future => "that time has not come yet".to_owned(),
        Refusal::AlreadySo => "it is so already".to_owned(),
        Refusal::Gate(Gate::NoSupervisor) => "no supervisor is named for this session".to_owned(),
        Refusal::Gate(Gate::SupervisorAway(_)) => "the supervisor is not on shift".to_owned(),
        Refusal::Gap { until: Some(until) } => format!("not until {}. m they wait in the car", hm(*until)),
        Refusal::Gap { until: None } => "not yet. m they wait in the car, and are rung".to_owned(),
        Refusal::Offsite => "no paper on file lets them leave the building".to_owned(),
        Refusal::NoReturn => "say first when they are to be back".to_owned(),
        Refusal::NeverAlone(_) => "a worker has the children throughout".to_owned(),
        Refusal::NotSupervisor(_) => {
            "only the worker named for this session has them there. s names another".to_owned()
        }
        Refusal::Paused => "it is paused: they wait apart. m another place".to_owned(),
        Refusal::NotPaused => "it is not paused".to_owned(),
        Refusal::NotByVideo => "nobody of this session comes by video".to_owned(),
        Refusal::SomebodyIn => "somebody of this session is here".to_owned(),
        Refusal::NotToAllow => "nobody can allow that".to_owned(),
        Refusal::Policy(fault) => policy::fault(fault),
        other => of_file(other),
    }
}

/// Those about instructions and files.
fn of_file(refusal: &Refusal) -> String {
    match refusal {
        Refusal::PairAsItIs => "the file says so already: nothing was changed".to_owned(),
        Refusal::KeptApart => "they must not meet, by the file: close that first, with a reason".to_owned(),
        Refusal::TooMany(most) => format!("only {most} who come along, at once. A number unticks one"),
        Refusal::LobbyWord(word) => format!("a lobby may not read \"{word}\": say what to do, not why"),
        Refusal::NoConsent => "not without consent in writing: ask for it first".to_owned(),
        Refusal::NoWords => "say it in words first".to_owned(),
        Refusal::TwoSides => "they are on the two sides of one file: not one person".to_owned(),
        _ => "not now".to_owned(),
    }
}

fn holds(party: Party, until: Option<crate::domain::codes::Moment>) -> String {
    match (party, until) {
        (_, Some(until)) => format!("they stay here until {}. x it has happened", hm(until)),
        (Party::Visits, None) => "they stay while a child is here. e leaves early  x it has happened".to_owned(),
        (Party::Brings, None) => "they stay for now".to_owned(),
    }
}

fn clash(app: &App, clash: &Clash) -> String {
    let policy = app.policy();
    match clash {
        Clash::Place(place) => format!("not through {}. m another place  x it has happened", place_in(&policy, place)),
        Clash::Entrance { through, clear_from, .. } => format!(
            "not through {} until {}. m another place  x it has happened",
            place_in(&policy, through),
            hm(*clear_from)
        ),
    }
}

fn who_may(app: &App, power: Power) -> String {
    let names = who_can(app, power);
    let does = match power {
        Power::Sign => "signs",
        Power::SeeNotes => "marks it as seen",
        Power::Correct => "corrects what others wrote",
        Power::Loosen | Power::Gate | Power::OneOff | Power::Cancel | Power::Confirm => "decides that",
        Power::ReadNotes => "reads what others wrote",
        Power::Files => "changes files",
        Power::SetPolicy => "changes how the centre works",
        Power::Export => "takes names and numbers out",
        Power::People => "gives and takes keys",
    };
    format!("{names} {does}")
}

/// Who has a power, by the names on shift; with none of them here, the coordinator: `Ruth or Walter`.
pub fn who_can(app: &App, power: Power) -> String {
    let policy = app.policy();
    let Some(day) = app.day() else { return coordinator(app) };
    let able = app.register.present_team().into_iter().filter(|c| policy.may(c.role, power) && day.on_shift(c.staff));
    let names: Vec<String> = able.map(|card| staff(app, card)).collect();
    match names.as_slice() {
        [] => coordinator(app),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn name_of(app: &App, person: PersonId) -> String {
    let named = app.day().and_then(|d| d.sessions.iter().find_map(|s| s.member(person)));
    named.map_or_else(|| "that person".to_owned(), crate::app::words::short)
}

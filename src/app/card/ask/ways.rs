//! Another way in, another place; who brought the children.

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question, team};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{self, coordinator, hm, place_in};
use crate::domain::case::Standing;
use crate::domain::codes::{Moment, Party};
use crate::domain::day::{Clash, Day, Session, Stay};
use crate::domain::decide::{Command, Permission, Record};
use crate::domain::event::Carer;
use crate::domain::ids::PersonId;
use crate::domain::policy::{Code, Door, Use};

pub(super) fn way(app: &App, session: &Session) -> Asked {
    let mut ticked = people::ticked(app, session);
    if app.card.party == Party::Brings {
        // Children who are with the other side go where that side goes.
        ticked.retain(|p| session.of(*p).is_none_or(|a| !session.with_visiting(a)));
    }
    let is_in = !ticked.is_empty() && ticked.iter().all(|p| session.of(*p).is_some_and(|a| a.is_in()));
    if is_in { another_place(app, session, &ticked) } else { another_way(app, session, &ticked) }
}

/// Before they are in: each door, timed; or to wait outside and be rung.
fn another_way(app: &App, session: &Session, ticked: &[PersonId]) -> Asked {
    let asked = Asked::new("By which way do they come in?", "a number chooses the way; nothing is written yet");
    let Some(day) = app.day() else { return asked };
    let usual = day.usual_way(session, app.card.party);
    let when = app.card.set_back.at.unwrap_or(app.now);
    let mut answers: Vec<Answer> = Vec::new();
    for (digit, door) in (1..=7).zip(day.policy.doors.iter().filter(|d| !d.retired)) {
        let place = place_behind(day, app.card.party, door, &usual);
        let says = format!("{}, {}", door.name, words::place(&day.policy, &place));
        let clash = ticked.iter().find_map(|p| {
            day.free(*p, &Stay { from: when, until: None, place: Some(&place), door: Some(&door.code) }).err()
        });
        answers.push(Answer::new(digit, says, Does::Way(door.code.clone(), place)).more(clear(clash.as_ref())));
    }
    let digit = u8::try_from(answers.len()).unwrap_or(8).saturating_add(1);
    answers.push(wait_outside(app, day, session, digit, ticked, when));
    asked.answers(answers)
}

/// Where a door leads a side: the usual place by the usual door, else the waiting place behind it.
fn place_behind(day: &Day, party: Party, door: &Door, usual: &(Code, Code)) -> Code {
    let waits = day.policy.place(&door.leads_to).is_some_and(|p| p.use_for == Use::Waiting);
    if door.code == usual.0 || party == Party::Visits || !waits { usual.1.clone() } else { door.leads_to.clone() }
}

fn clear(clash: Option<&Clash>) -> String {
    match clash {
        None => "free now".to_owned(),
        Some(Clash::Entrance { clear_from, .. }) => format!("from {}", hm(*clear_from)),
        Some(Clash::Place(_)) => "not now".to_owned(),
    }
}

/// In the car, rung when the way is clear: written as on the way.
fn wait_outside(app: &App, day: &Day, session: &Session, digit: u8, ticked: &[PersonId], when: Moment) -> Answer {
    let (door, place) = day.usual_way(session, app.card.party);
    let stay = Stay { from: when, until: None, place: Some(&place), door: Some(&door) };
    let clear = ticked.iter().filter_map(|p| day.free(*p, &stay).err()).find_map(|c| match c {
        Clash::Entrance { clear_from, .. } => Some(clear_from),
        Clash::Place(_) => None,
    });
    // In a handover, when the minutes between the two sides are over.
    let clear = clear.or_else(|| day.gap(session, app.card.party, when).flatten());
    let record = Record::OnTheWay { session: session.id(), party: app.card.party, expected: clear };
    let more = clear.map_or_else(|| "ring them when it is clear".to_owned(), |at| format!("ring them at {}", hm(at)));
    Answer::new(digit, "they wait in the car", Does::Write(Command::Write(record))).more(more)
}

/// Once they are in: every place that is in use.
fn another_place(app: &App, session: &Session, ticked: &[PersonId]) -> Asked {
    let title = format!("Where to, {}?", lettered(session, ticked));
    let asked =
        Asked::new(title, "a number moves them; Enter does not").hint("A child goes with the adult who has them.");
    let Some(day) = app.day() else { return asked };
    let places = day.policy.places.iter().filter(|p| !p.retired && p.use_for != Use::Outside);
    let answers = (1..=9).zip(places).map(|(digit, place)| {
        let go = Permission::Move { session: session.id(), people: ticked.to_vec(), place: place.code.clone() };
        Answer::new(digit, place_in(&day.policy, &place.code), Does::Write(Command::May(go)))
    });
    asked.answers(answers.collect()).line(format!("At {}.", at(app)))
}

pub(super) fn brought_by(_app: &App, session: &Session) -> Asked {
    let collectors = session.adults(Party::Brings).filter(|(m, a)| m.standing == Standing::Collector && !a.is_in());
    let mut answers: Vec<Answer> = (1..=8)
        .zip(collectors)
        .map(|(digit, (member, _))| {
            Answer::new(digit, words::lettered(member), Does::Brings(member.person)).more(member.relation.as_str())
        })
        .collect();
    let nobody = "not on the list: one of the team has the children";
    answers.push(Answer::new(0, "somebody else", Does::Ask(Question::WorkerHas)).more(nobody));
    Asked::new("Who brings the children?", "a number says who; nothing is written yet").answers(answers)
}

pub(super) fn worker_has(app: &App, session: &Session) -> Asked {
    let ticked = people::ticked(app, session);
    let children: Vec<PersonId> = ticked.into_iter().filter(|p| is_awaited_child(session, *p)).collect();
    let (door, place) = people::way(app, session);
    let let_in = |staff| {
        Does::Write(Command::May(Permission::LetIn {
            session: session.id(),
            people: children.clone(),
            door: door.clone(),
            place: place.clone(),
            carer: Some(Carer::Worker(staff)),
        }))
    };
    Asked::new(format!("Who has {}?", lettered(session, &children)), "a number lets them in, with that worker")
        .answers(team(app, let_in))
        .line(format!("They are let in at {}. {} rings the number on file.", at(app), coordinator(app)))
        .line("Say   \"Only people on the form today. Somebody will talk to you.\"   v writes who came")
}

fn is_awaited_child(session: &Session, person: PersonId) -> bool {
    session.member(person).is_some_and(|m| m.is_child()) && session.of(person).is_some_and(|a| !a.is_in())
}

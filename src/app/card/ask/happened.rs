//! `x`: it has happened. Facts, each named by the question before its digit is pressed.

use crate::app::card::ask::going::{at, is_in, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{self, coordinator, place_in};
use crate::domain::codes::Party;
use crate::domain::day::{Attendance, Presence, Session};
use crate::domain::decide::{Command, Fact};
use crate::domain::ids::PersonId;
use crate::domain::next::leaving_door;
use crate::domain::policy::Code;

pub(super) fn what(app: &App, session: &Session) -> Asked {
    let (door, _) = people::way(app, session);
    let place = app.day().and_then(|d| d.leads_to(&door).cloned()).unwrap_or_else(|| Code::new("hall"));
    let met = Fact::SidesMet { session: session.id(), place: place.clone() };
    let where_met = format!("{}, {}", place_in(&app.policy(), &place), at(app));
    let answers = vec![
        Answer::new(1, "the two sides met", Does::Write(Command::Happened(met))).more(where_met),
        Answer::new(
            2,
            "somebody walked in",
            one_or_ask(away(app, session), |p| walked_in(app, session, p), Question::WhoWalkedIn),
        ),
        Answer::new(
            3,
            "somebody left",
            one_or_ask(here(session, app.card.party), |p| left(app, session, p), Question::WhoLeft),
        )
        .more(who_left_now(app, session)),
        Answer::new(4, "a child was taken", Does::Ask(Question::WhoTook)),
        Answer::new(5, "the wrong child went out", Does::Ask(Question::WrongChild)),
        Answer::new(6, "the two sides met, in another place", Does::Ask(Question::WhereMet)),
    ];
    Asked::new("What has happened?", "a number writes it; Enter does not").answers(answers).line(format!(
        "Written as it was, {}. {} is told.",
        at(app),
        coordinator(app)
    ))
}

/// If only one person can be meant, the question has named them already.
fn one_or_ask(people: Vec<PersonId>, fact: impl Fn(PersonId) -> Command, question: Question) -> Does {
    match people.as_slice() {
        [] => Does::Not("nobody of this side can be meant. Tab the other side".to_owned()),
        [one] if question == Question::WhoLeft => Does::Write(fact(*one)),
        _ => Does::Ask(question),
    }
}

fn who_left_now(app: &App, session: &Session) -> String {
    match here(session, app.card.party).as_slice() {
        [one] => format!("{}, {}", lettered(session, &[*one]), at(app)),
        _ => String::new(),
    }
}

/// Who can have left: here, or out and to come back.
fn here(session: &Session, party: Party) -> Vec<PersonId> {
    let here = |a: &Attendance| matches!(a.presence(), Presence::In(_) | Presence::Out(_));
    session.adults(party).filter(|(_, a)| here(a)).map(|(m, _)| m.person).collect()
}

/// Whom a child can be taken from us of: the ticked who are here or out, else all who are, else all who have not left:
/// by the book they did not come, and they were taken all the same.
fn takeable(app: &App, session: &Session) -> Vec<PersonId> {
    let here = |a: &Attendance| matches!(a.presence(), Presence::In(_) | Presence::Out(_));
    let ticked = people::ticked(app, session);
    let all = |fits: &dyn Fn(PersonId, &Attendance) -> bool| -> Vec<PersonId> {
        session.children().filter(|(m, a)| fits(m.person, a)).map(|(m, _)| m.person).collect()
    };
    let by_hand = all(&|p, a| here(a) && ticked.contains(&p));
    let present = if by_hand.is_empty() { all(&|_, a| here(a)) } else { by_hand };
    if !present.is_empty() {
        return present;
    }
    let awaited = all(&|p, a| a.left_at().is_none() && ticked.contains(&p));
    let any = if awaited.is_empty() { all(&|_, a| a.left_at().is_none()) } else { awaited };
    if any.is_empty() { all(&|_, _| true) } else { any }
}

fn away(app: &App, session: &Session) -> Vec<PersonId> {
    session.side(app.card.party).filter(|(_, a)| !a.is_in()).map(|(m, _)| m.person).collect()
}

fn walked_in(app: &App, session: &Session, person: PersonId) -> Command {
    let (door, place) = people::way(app, session);
    Command::Happened(Fact::WalkedIn { session: session.id(), person, door, place })
}

fn left(app: &App, session: &Session, person: PersonId) -> Command {
    Command::Happened(Fact::Left { session: session.id(), person, door: door(app, session, person), seen: true })
}

fn door(app: &App, session: &Session, person: PersonId) -> Code {
    let door = app.day().map(|d| leaving_door(d, session, &[person], app.card.party));
    door.unwrap_or_else(|| Code::new("front"))
}

fn people_answers(session: &Session, people: Vec<PersonId>, fact: impl Fn(PersonId) -> Command) -> Vec<Answer> {
    let named = people.into_iter().filter_map(|p| session.member(p).map(|m| (p, m)));
    let answer = |(digit, (p, m)): (u8, (PersonId, &crate::domain::case::Member))| {
        Answer::new(digit, words::lettered(m), Does::Write(fact(p))).more(m.relation.as_str())
    };
    (1..=9).zip(named).map(answer).collect()
}

pub(super) fn who_walked_in(app: &App, session: &Session) -> Asked {
    let answers = people_answers(session, away(app, session), |p| walked_in(app, session, p));
    Asked::new("Who walked in?", "a number writes that they are here; Enter does not")
        .answers(answers)
        .line(format!("Written as it was, {}.", at(app)))
}

pub(super) fn who_left(app: &App, session: &Session) -> Asked {
    let answers = people_answers(session, here(session, app.card.party), |p| left(app, session, p));
    Asked::new("Who left?", "a number writes that they have left; Enter does not")
        .answers(answers)
        .line(format!("Written as it was, {}.", at(app)))
}

pub(super) fn who_took(app: &App, session: &Session) -> Asked {
    let children: Vec<PersonId> = takeable(app, session);
    let taken = |by: Option<PersonId>| {
        let adult = by.or_else(|| children.first().copied());
        let door = adult.map_or_else(|| Code::new("front"), |p| door(app, session, p));
        Command::Happened(Fact::Taken { session: session.id(), children: children.clone(), by, door })
    };
    let there = |p: PersonId| is_in(session, p) || here(session, app.card.party).contains(&p);
    let adults = session.all().filter(|(m, _)| !m.is_child() && there(m.person)).map(|(m, _)| m.person);
    // In lobby view a card names one side only.
    let own = adults.filter(|p| app.staff_view() || session.member(*p).is_some_and(|m| m.party() == app.card.party));
    let mut answers = people_answers(session, own.take(8).collect(), |p| taken(Some(p)));
    answers.push(Answer::new(0, "somebody else, or nobody saw who", Does::Write(taken(None))));
    Asked::new(format!("Who took {}?", lettered(session, &children)), "a number writes it; Enter does not")
        .answers(answers)
        .line("Do not block, do not follow. 999 first: F8, then F8 again in its form.")
}

/// A child went out with another family, or alone: missing until somebody knows better.
pub(super) fn wrong_child(app: &App, session: &Session) -> Asked {
    let children: Vec<PersonId> =
        session.children().filter(|(_, a)| a.left_at().is_none()).map(|(m, _)| m.person).collect();
    let went = |child: PersonId| {
        let door = door(app, session, child);
        Command::Happened(Fact::WrongChild { session: session.id(), child, door })
    };
    Asked::new(
        "Which child of this card went out with the wrong people, or alone?",
        "a number writes it; Enter does not",
    )
    .answers(people_answers(session, children, went))
    .line("Somebody goes after them now, and another rings. Not found at once: 999, F8 and F8 again in its form.")
    .line("Back with us: their number ticks them, and Enter lets them in.")
}

/// Where the two sides met: every place that is in use, and outside.
pub(super) fn where_met(app: &App, session: &Session) -> Asked {
    let policy = app.policy();
    let met = |place: &Code| {
        let place = place.clone();
        Does::Write(Command::Happened(Fact::SidesMet { session: session.id(), place }))
    };
    let answers = (1..=9)
        .zip(policy.places.iter().filter(|p| !p.retired))
        .map(|(digit, p)| Answer::new(digit, place_in(&policy, &p.code), met(&p.code)));
    Asked::new("Where did the two sides meet?", "a number writes it; Enter does not")
        .answers(answers.collect())
        .line(format!("Written as it was, {}. {} is told.", at(app), coordinator(app)))
}

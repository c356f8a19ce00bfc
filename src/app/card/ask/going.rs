//! Walking over, and going home: who walks, who takes.

use crate::app::card::ask::{Answer, Asked, Does, Question, team, to_give_back};
use crate::app::card::will::names;
use crate::app::roles;
use crate::app::state::App;
use crate::app::words::{self, coordinator, hm, list};
use crate::domain::codes::Party;
use crate::domain::day::{Session, Whereabouts};
use crate::domain::decide::{Command, Permission};
use crate::domain::event::{Basis, Carer, DoorEvent, Event};
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::next::leaving_door;
use crate::domain::policy::{Code, Power};
use crate::domain::text::Text;

pub(super) fn who_walks(app: &App, session: &Session, children: &[PersonId], into: PersonId, place: &Code) -> Asked {
    let walk = |walker| {
        Does::Write(Command::May(Permission::Walk {
            session: session.id(),
            children: children.to_vec(),
            walker,
            place: place.clone(),
            into: Carer::Adult(into),
        }))
    };
    let title = format!("Who walks {} over?", lettered(session, children));
    Asked::new(title, "a number walks them over; Enter does not")
        .hint("Press the number.")
        .answers(team(app, walk))
        .line(format!("At {}. They are with the one they came to see from then on.", at(app)))
}

pub(super) fn who_takes(app: &App, session: &Session, children: &[PersonId], walker: Option<StaffId>) -> Asked {
    let mut collectors: Vec<PersonId> =
        session.adults(Party::Brings).filter(|(m, _)| m.collects).map(|(m, _)| m.person).collect();
    collectors.sort_by_key(|p| session.of(*p).is_none_or(|a| !a.is_in()));
    let mut answers: Vec<Answer> = (1..=8)
        .zip(collectors)
        .filter_map(|(digit, person)| {
            let member = session.member(person)?;
            let says = format!("{:<12} {}", words::lettered(member), member.relation);
            let does = Does::Write(hand_over(app, session, children, Basis::Listed(person), walker, Some(person)));
            Some(Answer::new(digit, says, does).more(how_known(session, person)))
        })
        .collect();
    let other = Question::TakesOther { children: children.to_vec(), walker };
    let others = "someone else: police, ambulance, social worker, or not on the list";
    answers.push(Answer::new(0, others, Does::Ask(other)));
    let waits = format!("a number hands {} over; Enter does not", names(session, children));
    let title = format!("Who takes {}?", lettered(session, children));
    let mut asked = Asked::new(title, waits).hint("Look at the person first, then press the number.").answers(answers);
    if let Some(things) = to_give_back(app, session, Party::Brings) {
        asked = asked.line(format!("Give back  {things}"));
    }
    asked = asked.line(format!("k {}: do not hand over", stays_short(session, children)));
    match walker {
        Some(walker) => {
            let name = app.register.staff_name(walker);
            asked.line(format!(
                "{name} walks {} back first, at {}.   w another walks",
                names(session, children),
                at(app)
            ))
        }
        None => asked.line(format!("At {}.", at(app))),
    }
}

/// `she stays` of the mock-up, by name: `Siân stays`.
fn stays_short(session: &Session, children: &[PersonId]) -> String {
    let verb = if children.len() == 1 { "stays" } else { "stay" };
    format!("{} {verb} here", names(session, children))
}

fn how_known(session: &Session, person: PersonId) -> &'static str {
    if session.of(person).is_some_and(|a| a.came()) { "brought them today" } else { "on the list" }
}

pub(super) fn who_walks_back(app: &App, session: &Session, children: &[PersonId]) -> Asked {
    let takes = |walker| Does::Ask(Question::WhoTakes { children: children.to_vec(), walker: Some(walker) });
    Asked::new(
        format!("Who walks {} back?", lettered(session, children)),
        "a number says who walks; nothing is written yet",
    )
    .answers(team(app, takes))
}

pub(super) fn takes_other(app: &App, session: &Session, children: &[PersonId], walker: Option<StaffId>) -> Asked {
    let agency = |agency| Does::Ask(Question::Agency { children: children.to_vec(), walker, agency });
    let one_off = match roles::has(app, Power::OneOff) {
        true => Does::Ask(Question::OneOff { children: children.to_vec(), walker }),
        false => Does::Not(format!(
            "{} with us; {} rings the number on file. k says who has them",
            stays(session, children),
            coordinator(app)
        )),
    };
    Asked::new(format!("Who takes {}?", lettered(session, children)), "a number says who; nothing is written yet")
        .answers(vec![
            Answer::new(1, "police", agency("police")),
            Answer::new(2, "ambulance", agency("ambulance")),
            Answer::new(3, "duty social worker", agency("duty social worker")),
            Answer::new(4, "another adult, not on the list", one_off),
            Answer::new(5, "was taken, without us", Does::Ask(Question::WhoTook)),
        ])
}

fn stays(session: &Session, children: &[PersonId]) -> String {
    let verb = if children.len() == 1 { "stays" } else { "stay" };
    format!("{} {verb}", names(session, children))
}

pub(super) fn agency(
    app: &App,
    session: &Session,
    children: &[PersonId],
    walker: Option<StaffId>,
    agency: &'static str,
) -> Asked {
    let text = |n| app.card.form.as_ref().map(|f| f.text(n)).unwrap_or_default();
    let basis = Basis::Agency { agency: Text::name(agency), name: text(0), number: text(1), decided: text(2) };
    let says = format!("{} leave with {agency}, {}, {}", names(session, children), text(0), at(app));
    let mut asked = Asked::new(
        format!("{} leave with {agency}.", lettered(session, children)),
        "their name, their number, and who decided. Tab goes on",
    );
    asked.form = Some((hand_over(app, session, children, basis, walker, None), says));
    asked
}

pub(super) fn one_off(app: &App, session: &Session, children: &[PersonId], walker: Option<StaffId>) -> Asked {
    let text = |n| app.card.form.as_ref().map(|f| f.text(n)).unwrap_or_default();
    let coordinator = app.who.unwrap_or(StaffId(uuid::Uuid::nil()));
    let basis = Basis::Verified { name: text(0), coordinator, number: text(1) };
    let says = format!("{} leave with {}, whom you checked, {}", names(session, children), text(0), at(app));
    let mut asked = Asked::new(
        format!("{} leave with somebody whom you checked.", lettered(session, children)),
        "their name, and the number on file that you rang. Tab goes on",
    );
    asked.form = Some((hand_over(app, session, children, basis, walker, None), says));
    asked
}

fn hand_over(
    app: &App,
    session: &Session,
    children: &[PersonId],
    basis: Basis,
    walker: Option<StaffId>,
    collector: Option<PersonId>,
) -> Command {
    let mut people: Vec<PersonId> = collector.into_iter().collect();
    people.extend_from_slice(children);
    let door =
        app.day().map(|d| leaving_door(d, session, &people, Party::Brings)).unwrap_or_else(|| Code::new("front"));
    let (session, children) = (session.id(), children.to_vec());
    Command::May(Permission::HandOver { session, children, basis, walker, door })
}

/// The worker who has these children throughout, else who walked them over and is still on shift.
pub fn walked_before(app: &App, session: &Session, children: &[PersonId]) -> Option<StaffId> {
    let day = app.day()?;
    let has = children.iter().find_map(|c| match session.of(*c)?.carer()? {
        Carer::Worker(staff) => Some(staff),
        Carer::Adult(_) => None,
    });
    if let Some(staff) = has.filter(|s| day.on_shift(*s)) {
        return Some(staff);
    }
    let walked =
        day.entries.iter().rev().filter(|e| !day.undone.contains(&e.act)).find_map(|e| match e.event.open() {
            Some(Event::Door(DoorEvent::Walked { session: of, child, walker, .. }))
                if *of == session.id() && children.contains(child) =>
            {
                Some(*walker)
            }
            _ => None,
        })?;
    day.on_shift(walked).then_some(walked)
}

/// Some of these children are with the side that visits.
pub fn are_together(session: &Session, children: &[PersonId]) -> bool {
    children.iter().filter_map(|c| session.of(*c)).any(|a| session.is_walked_back(a))
}

pub(super) fn lettered(session: &Session, people: &[PersonId]) -> String {
    list(&people.iter().filter_map(|p| session.member(*p)).map(words::lettered).collect::<Vec<_>>())
}

/// The minute that an answer writes.
pub(super) fn at(app: &App) -> String {
    hm(app.card.set_back.at.unwrap_or(app.now))
}

/// Somebody is in the building, of those who may be asked about.
pub(super) fn is_in(session: &Session, person: PersonId) -> bool {
    session.of(person).and_then(|a| a.moves.last()).is_some_and(|m| matches!(m.to, Whereabouts::In(_)))
}

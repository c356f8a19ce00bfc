//! Out with the side that visits: with whom, where they go and how they are reached, when they are to be back.

use chrono::Duration;

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::{Answer, Asked, Does, Question};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::codes::{Legs, Moment, Party, Side};
use crate::domain::day::{Day, Session};
use crate::domain::decide::{Command, Journey, Permission};
use crate::domain::ids::PersonId;
use crate::domain::next::leaving_door;
use crate::domain::zone;

/// Minutes later or earlier than planned, by digit from 1.
const SHIFTS: [(i64, &str); 6] = [
    (15, "15 minutes later"),
    (30, "30 minutes later"),
    (60, "an hour later"),
    (-15, "15 minutes earlier"),
    (-30, "30 minutes earlier"),
    (-60, "an hour earlier"),
];

/// Who may go out with whom, and on which journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outing {
    /// The children.
    pub children: Vec<PersonId>,
    /// Adults of the side that visits who are here.
    pub adults: Vec<PersonId>,
    /// The journey, as far as it is said.
    pub journey: Journey,
}

impl Outing {
    fn with(&self, journey: Journey) -> Self {
        Self { journey, ..self.clone() }
    }
}

/// The journey that `o` is about: only from the card of the side that visits, and only where a paper on file lets them.
pub fn outing(app: &App, day: &Day, session: &Session) -> Option<Outing> {
    let leaves = session.manner().goes_out || session.plan.offsite.is_some();
    if app.card.party != Party::Visits || !leaves || session.legs() == Some(Legs::Back) {
        return None;
    }
    let taking_part = session.children().filter(|(_, a)| a.is_in() && a.no_part.is_none());
    let children: Vec<PersonId> = taking_part.map(|(m, _)| m.person).collect();
    let takes = session.adults(Party::Visits).filter(|(m, a)| a.is_in() && m.side == Side::Visiting);
    let adults: Vec<PersonId> = takes.filter(|(m, _)| m.may_have_children()).map(|(m, _)| m.person).collect();
    if children.is_empty() || adults.is_empty() {
        return None;
    }
    let until = (session.legs() != Some(Legs::Out)).then(|| day.local(session.plan.end, app.now));
    let worker = if session.plan.kind.is_supervised() { session.supervising() } else { None };
    Some(Outing { children, adults, journey: Journey { until, worker, ..Journey::default() } })
}

pub(super) fn who_goes(app: &App, session: &Session, outing: &Outing) -> Asked {
    let Outing { children, adults, journey } = outing;
    let door = app
        .day()
        .map(|day| leaving_door(day, session, adults, Party::Visits))
        .unwrap_or_else(|| people::way(app, session).0);
    let go = |adult: PersonId| {
        let (session, children, door) = (session.id(), children.clone(), door.clone());
        Does::Write(Command::May(Permission::TakeOut { session, children, adult, journey: journey.clone(), door }))
    };
    let mut answers: Vec<Answer> = (1..=6)
        .zip(adults)
        .filter_map(|(digit, adult)| {
            let member = session.member(*adult)?;
            Some(Answer::new(digit, words::lettered(member), go(*adult)).more(member.relation.as_str()))
        })
        .collect();
    answers.push(Answer::new(7, "where they go, and their number", Does::Ask(Question::WhereTo(outing.clone()))));
    if journey.until.is_some() {
        answers.push(Answer::new(8, "back at another time", Does::Ask(Question::BackAt(outing.clone()))));
    }
    Asked::new(format!("Who goes out with {}?", lettered(session, children)), "a number takes them out; Enter does not")
        .hint("Look at the person first, then press the number.")
        .answers(answers)
        .line(format!("At {}. {}", at(app), back(journey)))
        .line(reached(session, outing))
}

fn back(journey: &Journey) -> String {
    match journey.until {
        Some(until) => format!("Back here at {}: say it once more.", hm(until)),
        None => "They do not come back here today.".to_owned(),
    }
}

/// How they are reached: what was said, else the number on file, of which the lobby reads three digits.
fn reached(session: &Session, outing: &Outing) -> String {
    let on_file = outing.adults.iter().find_map(|a| session.member(*a)?.phone.as_ref());
    let number = match (&outing.journey.number, on_file) {
        (Some(number), _) => format!("Reached on {number}."),
        (None, Some(number)) => format!("Reached on the number that ends in {}.", words::last_three(number)),
        (None, None) => "No number is on file: 7 takes one.".to_owned(),
    };
    if outing.journey.to.is_empty() { number } else { format!("They go to {}. {number}", outing.journey.to) }
}

pub(super) fn where_to(app: &App, session: &Session, outing: &Outing) -> Asked {
    let text = |n| app.card.form.as_ref().map(|f| f.text(n)).unwrap_or_default();
    let number = Some(text(1)).filter(|n| !n.is_empty());
    let journey = Journey { to: text(0), number, ..outing.journey.clone() };
    let mut asked = Asked::new(
        format!("Where do they go with {}?", lettered(session, &outing.children)),
        "what they say, as short as it can be. Tab goes on",
    )
    .line("Both may stay empty: then the number on file holds.");
    asked.goes_on = Some((Question::WhoGoes(outing.with(journey)), "goes on; nothing is written yet".to_owned()));
    asked
}

pub(super) fn back_at(session: &Session, outing: &Outing) -> Asked {
    let title = format!("When is {} back?", lettered(session, &outing.children));
    let asked = Asked::new(title, "a number says when; nothing is written yet");
    let Some(planned) = outing.journey.until else { return asked };
    let until = |at: Moment| Question::WhoGoes(outing.with(Journey { until: Some(at), ..outing.journey.clone() }));
    let answer = |(digit, (minutes, says)): (u8, (i64, &str))| {
        let at = planned + Duration::minutes(minutes);
        Answer::new(digit, says, Does::Ask(until(at))).more(hm(at))
    };
    let mut answers: Vec<Answer> = (1..).zip(SHIFTS).map(answer).collect();
    answers.push(Answer::new(0, "another time: type it", Does::Ask(Question::BackTyped(outing.clone()))));
    asked.answers(answers)
}

pub(super) fn back_typed(app: &App, session: &Session, outing: &Outing) -> Asked {
    let typed = app.card.form.as_ref().map(|f| f.text(0)).unwrap_or_default();
    let title = format!("When is {} back?", lettered(session, &outing.children));
    let mut asked = Asked::new(title, "a time of today that is still to come, as 1645");
    if let Some(until) = time_of(typed.as_str(), &app.policy().zone, app.now) {
        let journey = Journey { until: Some(until), ..outing.journey.clone() };
        let says = format!("back at {}; nothing is written yet", hm(until));
        asked.goes_on = Some((Question::WhoGoes(outing.with(journey)), says));
    }
    asked
}

/// Three or four digits are a time of today that is still to come.
fn time_of(digits: &str, zone: &str, now: Moment) -> Option<Moment> {
    let number: u32 = digits.parse().ok().filter(|_| digits.len() >= 3)?;
    let local = now.date_naive().and_hms_opt(number / 100, number % 100, 0)?;
    zone::moments(zone, local, now).into_iter().find(|at| *at > now)
}

//! Between the two sides: which worker has the children, with whom they go out, who has them when they are back.

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::single::marked;
use crate::app::card::ask::{Answer, Asked, Does, team};
use crate::app::card::people;
use crate::app::state::App;
use crate::app::words::{self, hm};
use crate::domain::codes::{Moment, Party};
use crate::domain::day::Session;
use crate::domain::decide::{Command, Journey, Permission};
use crate::domain::event::Carer;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::next::leaving_door;

/// The digits are the team's own; beside one of them stands who is named for the session.
pub(super) fn who_meets(app: &App, session: &Session, children: &[PersonId], likely: Option<StaffId>) -> Asked {
    let give = |staff| {
        let (session, children, carer) = (session.id(), children.to_vec(), Carer::Worker(staff));
        Does::Write(Command::May(Permission::Give { session, children, carer }))
    };
    let who = lettered(session, children);
    let asked = Asked::new(format!("Who has {who} from here?"), "a number has the children from here; Enter does not")
        .answers(marked(team(app, give), app, likely, "has them throughout"))
        .line(format!("At {}, where they are now.", at(app)));
    let Some(staff) = likely else { return asked };
    match app.day().is_some_and(|day| day.on_shift(staff)) {
        true => asked,
        false => asked.line(format!("{} is named, and not on shift: F2, or s.", app.register.staff_name(staff))),
    }
}

pub(super) fn who_goes(
    app: &App,
    session: &Session,
    children: &[PersonId],
    adults: &[PersonId],
    until: Option<Moment>,
) -> Asked {
    let door = app
        .day()
        .map(|day| leaving_door(day, session, adults, Party::Visits))
        .unwrap_or_else(|| people::way(app, session).0);
    let go = |adult: PersonId| {
        let journey = Journey { until, ..Journey::default() };
        let (session, children, door) = (session.id(), children.to_vec(), door.clone());
        Does::Write(Command::May(Permission::TakeOut { session, children, adult, journey, door }))
    };
    let answers = (1..=9).zip(adults).filter_map(|(digit, adult)| {
        let member = session.member(*adult)?;
        Some(Answer::new(digit, words::lettered(member), go(*adult)).more(member.relation.as_str()))
    });
    let who = lettered(session, children);
    let back =
        until.map_or_else(|| "They do not come back here today.".to_owned(), |at| format!("Back at {}.", hm(at)));
    Asked::new(format!("Who goes out with {who}?"), "a number takes them out; Enter does not")
        .hint("Look at the person first, then press the number.")
        .answers(answers.collect())
        .line(format!("At {}. {back}", at(app)))
}

pub(super) fn who_has(app: &App, session: &Session, people: &[PersonId], children: &[PersonId]) -> Asked {
    let (door, place) = people::way(app, session);
    let come = |staff| {
        Does::Write(Command::May(Permission::LetIn {
            session: session.id(),
            people: people.to_vec(),
            door: door.clone(),
            place: place.clone(),
            carer: Some(Carer::Worker(staff)),
        }))
    };
    let who = lettered(session, children);
    Asked::new(
        format!("{who}: brought here. Who of the team has the children?"),
        "a number lets them in, with that worker",
    )
    .answers(team(app, come))
    .line(format!("They come in at {}.", at(app)))
}

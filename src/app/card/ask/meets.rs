//! Between the two sides: which worker has the children, and who has them when they are back.

use crate::app::card::ask::going::{at, lettered};
use crate::app::card::ask::single::marked;
use crate::app::card::ask::{Asked, Does, team};
use crate::app::card::people;
use crate::app::state::App;
use crate::domain::day::Session;
use crate::domain::decide::{Command, Permission};
use crate::domain::event::Carer;
use crate::domain::ids::{PersonId, StaffId};

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

//! Another place for the marked one: a digit writes it.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::roll::update::marked;
use crate::app::screen::Block;
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::day::Who;
use crate::domain::decide::{Command, DayAct, Permission};
use crate::domain::policy::{Code, Place};

/// Places that have a digit.
const PLACES: usize = 9;

fn offered(app: &App) -> Vec<Place> {
    app.policy().places.iter().filter(|p| !p.retired).take(PLACES).cloned().collect()
}

/// Asks where the marked one is.
pub(super) fn ask(app: &mut App) {
    app.flash = match (app.who, marked(app).map(|p| p.who)) {
        (None, _) => Some("First say who you are: Esc, then your number.".to_owned()),
        (_, None) => Some("Nobody is marked. The arrows move the mark.".to_owned()),
        (_, Some(Who::Other(_))) => Some("F2 writes where they are: they leave there, and come again.".to_owned()),
        (_, Some(_)) => {
            app.roll.places = true;
            None
        }
    };
}

/// A key was pressed while it is asked.
pub(super) fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    if press.intent == Some(Intent::Back) {
        app.roll.places = false;
        return Vec::new();
    }
    let at = press.digit().and_then(|d| usize::from(d).checked_sub(1));
    let Some(place) = at.and_then(|at| offered(app).into_iter().nth(at)).map(|p| p.code) else {
        app.guard.stray |= press.intent.is_none() && press.char().is_some_and(|c| !c.is_ascii_digit());
        return Vec::new();
    };
    app.roll.places = false;
    let Some(command) = marked(app).and_then(|person| moves(person.who, place)) else { return Vec::new() };
    app.write(&command, None, Then::Stay)
}

fn moves(who: Who, place: Code) -> Option<Command> {
    Some(match who {
        Who::Team(staff) => Command::Day(DayAct::StaffAt { staff, place }),
        Who::Child(session, person) | Who::Adult(session, person) => {
            Command::May(Permission::Move { session, people: vec![person], place })
        }
        Who::Other(_) => return None,
    })
}

/// The question, over the last rows.
pub(super) fn strip(app: &App) -> Vec<Block> {
    let name = marked(app).map(|p| p.name).unwrap_or_default();
    let places = offered(app);
    let (left, right) = places.split_at(places.len().div_ceil(2));
    let row = |n: usize, p: &Place| Block::line(format!("      {n}   {}", p.name));
    let left: Vec<Block> = (1..).zip(left).map(|(n, p)| row(n, p)).collect();
    let from = left.len() + 1;
    let right: Vec<Block> = (from..).zip(right).map(|(n, p)| row(n, p)).collect();
    vec![Block::line(format!("Where is {name}?   A number writes it.")), Block::Columns(vec![left, right])]
}

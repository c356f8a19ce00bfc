//! Enter on the card: what it would do, by the register and nothing else, and doing it.

use crate::app::action::Effect;
use crate::app::card::answer::open_question;
use crate::app::card::{opens, people};
use crate::app::state::App;
use crate::app::write::Then;
use crate::domain::codes::Party;
use crate::domain::decide::{Command, Permission, Stamp};
use crate::domain::ids::{DayId, PersonId, SessionId};
use crate::domain::next::{Step, next_step, normally};
use crate::domain::policy::Code;
use crate::domain::register::Register;

/// What Enter does now.
pub(super) fn step(app: &App) -> Option<Step> {
    match (by(app, next_step)?, app.paper.is_on()) {
        // On paper it has happened: what a rule refuses is written with the rule.
        (Step::Wait(refusal), true) => Some(wanted(app).map_or(Step::Wait(refusal), Step::Do)),
        (step, _) => Some(step),
    }
}

/// What Enter would do if no rule stood in the way.
pub(super) fn wanted(app: &App) -> Option<Permission> {
    match by(app, normally)? {
        Step::Do(permission) => Some(permission),
        _ => None,
    }
}

/// `next_step` or `normally`.
type Next = fn(&Register, DayId, SessionId, Party, &[PersonId], (&Code, &Code), &Stamp) -> Step;

/// Of this card as it is ticked, by the way in and at the time that it has.
fn by(app: &App, next: Next) -> Option<Step> {
    let session = app.in_hand()?;
    let ticked = people::ticked(app, session);
    let (door, place) = people::way(app, session);
    let stamp = app.stamp(app.card.set_back.at);
    Some(next(&app.register, app.day, session.id(), app.card.party, &ticked, (&door, &place), &stamp))
}

pub(super) fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || (app.paper.is_on() && app.card.set_back.at.is_none()) {
        return Vec::new();
    }
    match step(app) {
        Some(Step::Do(permission)) if !app.guard.spent => {
            app.guard.spent = true;
            app.write(&Command::May(permission), app.card.set_back.at, Then::Board)
        }
        Some(Step::Write(record)) if !app.guard.spent => {
            app.guard.spent = true;
            app.write(&Command::Write(record), app.card.set_back.at, Then::Board)
        }
        Some(Step::Ask(asked)) => {
            let question = opens::question_for(app, asked);
            open_question(app, question);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

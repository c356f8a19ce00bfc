//! Keys in a question of the card, and in its form: a digit answers, Enter saves, Esc goes back.

use crate::app::action::Effect;
use crate::app::card::ask::{self, Asked, Does, Question};
use crate::app::card::update::{other_side, stray};
use crate::app::card::{Form, people};
use crate::app::earlier::Earlier;
use crate::app::intent::Intent;
use crate::app::number::Pressed;
use crate::app::prove;
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::codes::{How, Moment, Party};
use crate::domain::decide::{Allowance, Command, Record};
use crate::domain::ids::PersonId;

/// Opens a question, with nothing typed or chosen yet.
pub(super) fn open_question(app: &mut App, question: Question) {
    app.card.chosen = None;
    app.card.number.clear();
    app.card.form = Form::of(&question);
    app.card.refused = None;
    app.card.question = Some(question);
}

/// A key in a question.
pub(super) fn question(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(digit) = press.digit() {
        return answered(app, digit);
    }
    match press.intent {
        Some(Intent::Back) if !app.card.number.is_empty() => app.card.number.clear(),
        Some(Intent::Back) => app.card.close_question(),
        Some(Intent::Earlier) => app.card.set_back.typing = Some(Earlier::default()),
        Some(Intent::Go) if !app.guard.stray => return chosen(app),
        Some(Intent::BroughtBy) => match app.card.question.clone() {
            Some(Question::WhoTakes { children, walker: Some(_) }) => {
                open_question(app, Question::WhoWalksBack { children });
            }
            _ => stray(app, press),
        },
        Some(Intent::Keep) if asks_who_takes(app) => open_question(app, Question::Keep),
        Some(Intent::Next) => other_side(app),
        Some(Intent::Allow) => match ask::offered(app) {
            Some(permission) => open_question(app, Question::Allow { permission }),
            None => stray(app, press),
        },
        _ => stray(app, press),
    }
    Vec::new()
}

/// Who takes the children home is being asked: `k` keeps them instead.
fn asks_who_takes(app: &App) -> bool {
    matches!(app.card.question, Some(Question::WhoTakes { .. } | Question::TakesOther { .. }))
}

/// A digit, or the first of two where more than nine can answer.
fn answered(app: &mut App, digit: u8) -> Vec<Effect> {
    let (Some(session), Some(question)) = (app.in_hand(), app.card.question.clone()) else { return Vec::new() };
    let asked = ask::asked(app, session, &question);
    match app.card.number.press(digit, &asked.numbers()) {
        Pressed::Picked(number) => answer(app, &asked, number),
        Pressed::More => Vec::new(),
        Pressed::Unknown => {
            app.flash = Some(format!("There is no answer {digit} here."));
            Vec::new()
        }
    }
}

fn answer(app: &mut App, asked: &Asked, number: u16) -> Vec<Effect> {
    let Some((n, answer)) = asked.of(number) else { return Vec::new() };
    match answer.does.clone() {
        Does::Write(command) => {
            let effects = app.write(&command, app.card.set_back.at, Then::Board);
            app.card.refused = match command {
                Command::May(permission) if effects.is_empty() => Some(permission),
                _ => None,
            };
            return effects;
        }
        Does::Choose(..) | Does::Not(_) => app.card.chosen = Some(n),
        Does::Ask(question) => open_question(app, question),
        Does::Way(door, place) => {
            app.card.way = Some((door, place));
            app.card.close_question();
        }
        Does::Brings(person) => {
            brings(app, person);
            app.card.close_question();
        }
    }
    Vec::new()
}

/// Somebody else brings: ticked in place of the adults who are expected.
fn brings(app: &mut App, person: PersonId) {
    let Some(session) = app.in_hand() else { return };
    let usual: Vec<PersonId> = session
        .adults(Party::Brings)
        .filter(|(m, a)| m.person != person && !a.is_in())
        .map(|(m, _)| m.person)
        .filter(|p| people::ticked(app, session).contains(p))
        .collect();
    for other in usual {
        app.card.ticks.insert(other, false);
    }
    app.card.ticks.insert(person, true);
}

/// Enter, once a reason is chosen.
fn chosen(app: &mut App) -> Vec<Effect> {
    let (Some(session), Some(question)) = (app.in_hand(), app.card.question.clone()) else { return Vec::new() };
    let asked = ask::asked(app, session, &question);
    if let Some(number) = app.card.number.take(&asked.numbers()) {
        app.guard.spent = true;
        return answer(app, &asked, number);
    }
    let answer = app.card.chosen.and_then(|n| asked.answers.get(n));
    match answer.map(|a| a.does.clone()) {
        Some(Does::Choose(command, says)) if !app.guard.spent => {
            app.guard.spent = true;
            let at = record_time(&command, app);
            if let Command::Allowed(Allowance { by, how: How::Proved, .. }) = command {
                prove::allow(app, by, command, at, says);
                return Vec::new();
            }
            app.write(&command, at, Then::Board)
        }
        _ => Vec::new(),
    }
}

/// A time set back in *took no part* is since when it was tried; elsewhere it is when it was.
fn record_time(command: &Command, app: &App) -> Option<Moment> {
    match command {
        Command::Write(Record::NoPart { .. }) => None,
        _ => app.card.set_back.at,
    }
}

/// A key in a form.
pub(super) fn form(app: &mut App, press: Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => app.card.close_question(),
        Some(Intent::Next | Intent::Down) => {
            if let Some(form) = app.card.form.as_mut() {
                form.next(1);
            }
        }
        Some(Intent::Previous | Intent::Up) => {
            if let Some(form) = app.card.form.as_mut() {
                let last = form.fields.len().saturating_sub(1);
                form.next(last);
            }
        }
        Some(Intent::Go) => return form_saved(app),
        _ => {
            if let Some(form) = app.card.form.as_mut() {
                form.press(&press);
            }
        }
    }
    Vec::new()
}

fn form_saved(app: &mut App) -> Vec<Effect> {
    if app.guard.spent {
        return Vec::new();
    }
    let (Some(session), Some(question)) = (app.in_hand(), app.card.question.clone()) else { return Vec::new() };
    let asked = ask::asked(app, session, &question);
    match (app.card.form.as_mut(), asked.form, asked.goes_on) {
        (Some(form), ..) if !form.is_full() => form.next(1),
        (_, _, Some((next, _))) => open_question(app, next),
        (_, Some((command, _)), _) => {
            app.guard.spent = true;
            return app.write(&command, app.card.set_back.at, Then::Board);
        }
        // What is typed is not what the form takes: the Enter line says so.
        _ => {}
    }
    Vec::new()
}

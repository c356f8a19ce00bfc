//! The first screen of somebody who has unlocked the register: what one Enter writes, said before it is written.

use crate::app::action::Effect;
use crate::app::frame::{enter, footer};
use crate::app::intent::Intent;
use crate::app::lock;
use crate::app::screen::{Block, Enter, Hint, Screen};
use crate::app::start::view::{head, never_signed, not_open, under, words_left};
use crate::app::start::{Why, take, why};
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words;
use crate::domain::ids::StaffId;

/// A key was pressed.
pub(super) fn update(app: &mut App, press: &Press, who: StaffId) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Go) if !app.guard.stray && !app.guard.spent => {
            let effects = take(app, who);
            app.guard.spent = !effects.is_empty();
            return effects;
        }
        // Nobody has the desk yet: one step back is the locked screen.
        Some(Intent::Back) if app.who.is_none() => return lock::lock(app),
        Some(Intent::Back) => app.view = app.start.back.take().unwrap_or(View::Board),
        None if press.digit().is_some() => {
            app.flash = Some("Somebody else? Esc, then their number and passphrase.".to_owned());
        }
        None if press.char().is_some() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// The screen.
pub(super) fn view(app: &App, who: StaffId) -> Screen {
    let why = why(app);
    let mut lines: Vec<String> = vec![String::new()];
    if app.unclean {
        lines.push("The book was not shut properly. Everything that the screen had shown is here.".to_owned());
    }
    lines.extend(app.lock.says().map(str::to_owned));
    lines.extend(words::told(app));
    lines.push(stands(app, why));
    lines.extend([String::new(), format!("You are {}.", name(app, who)), String::new()]);
    lines.push(match why {
        Why::NotOpen => "Enter opens the day in your name, and puts you on shift.".to_owned(),
        Why::Again(_) | Why::Change(_) => "What is written from then on is written in your name.".to_owned(),
    });
    lines.push(String::new());
    lines.extend([words_left(app), never_signed(app)].into_iter().flatten());
    Screen {
        head: head(app, why),
        under: [under(app, why), String::new()],
        body: lines.into_iter().map(Block::line).collect(),
        enter: enter_line(app, why, who),
        footer: footer(app, &[Hint::new("Esc", "not you: lock")], &[Intent::Roll, Intent::Hide]),
        ..Screen::default()
    }
}

fn name(app: &App, who: StaffId) -> String {
    app.register.team.get(&who).map_or_else(|| "?".to_owned(), |card| words::staff(app, card))
}

fn stands(app: &App, why: Why) -> String {
    match why {
        Why::NotOpen => not_open(app),
        Why::Again(Some(was)) => format!("{} was at the desk.", app.register.staff_name(was)),
        Why::Again(None) => "Nobody was at this desk yet.".to_owned(),
        Why::Change(who) => format!("{} is at the desk now.", app.register.staff_name(who)),
    }
}

fn enter_line(app: &App, why: Why, who: StaffId) -> Enter {
    let (at, name) = (words::hm(app.now), name(app, who));
    enter(match why {
        Why::NotOpen => format!("{name} opens the day, {at}"),
        Why::Again(Some(was)) if was == who => format!("{name} has the desk again, {at}"),
        _ => format!("{name} takes the desk, {at}"),
    })
}

//! Keys while somebody else's passphrase is asked, and what follows when it was right.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::lock::{self, NotUnlocked, waits_until};
use crate::app::pass::{Focus, Pass};
use crate::app::prove::{Of, State, sign as signing};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::words;
use crate::app::write::Then;
use crate::domain::codes::Moment;
use crate::domain::decide::{Command, DayAct, decide};
use crate::domain::event::Second;
use crate::domain::ids::StaffId;

/// Asks this person's passphrase for something that they allow.
pub fn allow(app: &mut App, by: StaffId, command: Command, at: Option<Moment>, what: String) {
    let number = app.register.team.get(&by).map_or(0, |card| card.number);
    let of = Of::Allow { by, command: Box::new(command), at, what };
    app.laid.prove = Some(State { of, pass: Pass::of(number, app.lock.practice()), says: None });
}

/// Asks who signs the day with who has the desk. What stops the signing is said first.
pub fn sign(app: &mut App) {
    match decide(&app.register, app.day, &Command::Day(DayAct::Sign), &app.stamp(None)) {
        Ok(_) => {
            let of = Of::Sign(signing::Reason::default());
            app.laid.prove = Some(State { of, pass: Pass::filled(app.lock.practice()), says: None });
        }
        Err(refusal) => app.flash = Some(words::sentence(&words::refusal(app, &refusal))),
    }
}

/// A key was pressed.
pub fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    let Some(mut state) = app.laid.prove.take_if(|s| !s.pass.tried) else { return Vec::new() };
    match press.intent {
        // Nothing is written, and what was asked for stands as it was.
        Some(Intent::Back) if !asks_why(&state) => return Vec::new(),
        Some(Intent::Back) => turn(&mut state),
        Some(Intent::Go) => return go(app, state),
        Some(Intent::Next | Intent::Down) => turn(&mut state),
        Some(Intent::Previous | Intent::Up) => (0..2).for_each(|_| turn(&mut state)),
        _ => typed(&mut state, press),
    }
    app.laid.prove = Some(state);
    Vec::new()
}

fn typed(state: &mut State, press: &Press) {
    match &mut state.of {
        Of::Sign(reason) if reason.in_hand => {
            if let Some(why) = press.digit().and_then(signing::reason) {
                reason.chosen = Some(why);
            }
        }
        // Nobody has that number: it cannot be the beginning of one.
        Of::Sign(reason) if state.pass.is_at_first_digit() && press.digit() == Some(0) => reason.in_hand = true,
        _ => state.pass.press(press),
    }
}

/// Why nobody else signs is in hand.
fn asks_why(state: &State) -> bool {
    matches!(state.of, Of::Sign(signing::Reason { in_hand: true, .. }))
}

/// The next field: number, passphrase, and of a signature why there is none.
fn turn(state: &mut State) {
    match &mut state.of {
        Of::Allow { .. } => {}
        Of::Sign(reason) if reason.in_hand => {
            reason.in_hand = false;
            state.pass.focus = Focus::Number;
        }
        Of::Sign(reason) if state.pass.focus == Focus::Passphrase => reason.in_hand = true,
        Of::Sign(_) => state.pass.turn(),
    }
}

fn go(app: &mut App, mut state: State) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Of::Sign(reason) = state.of
        && reason.in_hand
    {
        let Some(why) = reason.chosen.filter(|_| !app.guard.spent) else {
            app.laid.prove = Some(state);
            return effects;
        };
        app.guard.spent = true;
        return app.write(&Command::Day(DayAct::SignWith(Second::Alone { why })), None, Then::Board);
    }
    if state.pass.number().is_some() && !state.pass.has_passphrase() {
        state.pass.focus = Focus::Passphrase;
    } else if !app.guard.spent && waits_until(app).is_none() {
        let sent = state.pass.send();
        app.guard.spent |= sent.is_some();
        effects.extend(sent.map(|(number, passphrase)| Effect::Prove { number, passphrase }));
        if !effects.is_empty() {
            state.says = None;
        }
    }
    app.laid.prove = Some(state);
    effects
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    if let Some(state) = app.laid.prove.as_mut().filter(|s| !s.pass.tried) {
        state.pass.paste(text);
    }
}

/// It was right: what was asked for is written, in both names.
pub fn proved(app: &mut App, staff: StaffId) -> Vec<Effect> {
    lock::proved(app);
    let Some(mut state) = app.laid.prove.take_if(|s| s.pass.tried) else { return Vec::new() };
    let (command, at) = match &state.of {
        Of::Allow { by, command, at, .. } if *by == staff => ((**command).clone(), *at),
        Of::Allow { .. } => return again(app, state, "That is somebody else's. Nothing was written.".to_owned()),
        Of::Sign(_) => (Command::Day(DayAct::SignWith(Second::By { staff })), None),
    };
    let effects = app.write(&command, at, Then::Board);
    if effects.is_empty() {
        state.says = app.flash.take().map(|says| words::sentence(&says));
        let says = state.says.clone().unwrap_or_default();
        return again(app, state, says);
    }
    effects
}

/// It was not: nothing is written.
pub fn not_proved(app: &mut App, why: NotUnlocked) -> Vec<Effect> {
    let says = lock::said(app, why);
    match app.laid.prove.take_if(|s| s.pass.tried) {
        Some(state) => again(app, state, says),
        None => Vec::new(),
    }
}

fn again(app: &mut App, mut state: State, says: String) -> Vec<Effect> {
    app.guard.spent = false;
    state.pass.again(app.lock.practice());
    state.says = Some(says);
    app.laid.prove = Some(state);
    Vec::new()
}

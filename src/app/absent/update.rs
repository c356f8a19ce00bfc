//! Keys of *not coming*: digits choose, `t` asks who told us, Enter saves what the form shows.

use crate::app::absent::told::{Asking, CHANNELS, Teller, tellers, told};
use crate::app::absent::{ANOTHER, Chosen, State, chosen, open, others, party, people, with_digit};
use crate::app::action::Effect;
use crate::app::card;
use crate::app::earlier::{self, Earlier, NoTime};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::pick::{Pick, Picked};
use crate::app::state::App;
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::codes::Party;
use crate::domain::decide::{Command, Record};

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.absent.pick.is_some() {
        picking(app, &press);
        return Vec::new();
    }
    if let Some(asking) = app.absent.asking.clone() {
        asked(app, &press, asking);
        return Vec::new();
    }
    if let Some(digit) = press.digit() {
        choose(app, digit);
        return Vec::new();
    }
    match (press.intent, press.char()) {
        (Some(Intent::Go), _) => return save(app),
        (Some(Intent::Back), _) => back_to_card(app),
        // What was chosen is not dropped by looking at the other side.
        (Some(Intent::Next | Intent::Previous), _) if app.absent.why.is_some() => {
            app.flash = Some("Enter writes this first; then the other side. Esc writes nothing.".to_owned());
        }
        (Some(Intent::Next | Intent::Previous), _) => open(app, other(party(app))),
        (Some(Intent::Earlier), _) => app.absent.asking = Some(Asking::When(Earlier::default())),
        (None, Some('t')) => app.absent.asking = Some(Asking::Who),
        (None, Some(_)) => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    if let Some(pick) = &mut app.absent.pick {
        pick.paste(text);
    }
}

fn other(party: Party) -> Party {
    match party {
        Party::Brings => Party::Visits,
        Party::Visits => Party::Brings,
    }
}

fn back_to_card(app: &mut App) {
    let party = party(app);
    match app.in_hand().map(crate::domain::day::Session::id) {
        Some(session) => card::open(app, session, party),
        None => app.to_board(),
    }
    app.absent = State::default();
}

fn choose(app: &mut App, digit: u8) {
    if digit == ANOTHER {
        app.absent.pick = Some(Pick::default());
        return;
    }
    match with_digit(app).into_iter().find(|r| r.digit == Some(digit)) {
        Some(reason) => app.absent.why = Some(Chosen { code: reason.code, digit }),
        None => app.flash = Some(format!("Nothing stands under {digit}.")),
    }
}

fn picking(app: &mut App, press: &Press) {
    let all = others(app);
    match app.absent.pick.as_mut().map(|pick| pick.press(press, &all)) {
        Some(Picked::Chosen(code)) => {
            app.absent.why = Some(Chosen { code, digit: ANOTHER });
            app.absent.pick = None;
        }
        Some(Picked::Left) => app.absent.pick = None,
        _ => {}
    }
}

/// One step of the small question: who, how, when. Esc goes one step back; nothing is written.
fn asked(app: &mut App, press: &Press, asking: Asking) {
    app.absent.asking = match (asking, press.intent, press.digit()) {
        (Asking::Who, Some(Intent::Back), _) => None,
        (Asking::How, Some(Intent::Back), _) => Some(Asking::Who),
        (Asking::When(_), Some(Intent::Back), _) => None,
        (Asking::Who, _, Some(digit)) => told_by(app, digit),
        (Asking::How, _, Some(digit)) => Some(told_how(app, digit)),
        (Asking::When(digits), Some(Intent::Go), _) => set_time(app, digits),
        (Asking::When(mut digits), _, digit) => {
            if let Some(digit) = digit {
                digits.press(digit);
            } else if press.key == Key::Backspace {
                digits.backspace();
            } else if press.char().is_some() {
                app.guard.stray = true;
            }
            Some(Asking::When(digits))
        }
        (asking, ..) => {
            if press.char().is_some() {
                app.guard.stray = true;
            }
            Some(asking)
        }
    };
}

fn told_by(app: &mut App, digit: u8) -> Option<Asking> {
    let people = app.in_hand().map(|s| tellers(app, s)).unwrap_or_default();
    app.absent.told.by = match (digit, people.into_iter().find(|(n, ..)| *n == digit)) {
        (0, _) => {
            app.absent.told.by = Teller::Nobody;
            return None;
        }
        (8, _) => Teller::Else,
        (_, Some((_, person, _))) => Teller::Person(person),
        _ => return Some(Asking::Who),
    };
    Some(Asking::How)
}

fn told_how(app: &mut App, digit: u8) -> Asking {
    match CHANNELS.iter().find(|(n, ..)| *n == digit) {
        Some((_, channel, _)) => {
            app.absent.told.channel = *channel;
            Asking::When(Earlier::default())
        }
        None => Asking::How,
    }
}

/// No digits: now.
fn set_time(app: &mut App, digits: Earlier) -> Option<Asking> {
    if app.guard.stray {
        return Some(Asking::When(digits));
    }
    match earlier::typed(app, digits.digits()) {
        Ok(at) => app.absent.told.at = Some(at),
        Err(NoTime::Empty) => app.absent.told.at = None,
        Err(_) => {
            app.flash = Some(format!("{} is no time that has been today.", digits.digits()));
            return Some(Asking::When(Earlier::default()));
        }
    }
    None
}

fn save(app: &mut App) -> Vec<Effect> {
    if app.guard.stray || app.guard.spent {
        return Vec::new();
    }
    let (Some(reason), Some(session)) = (chosen(app), app.in_hand()) else { return Vec::new() };
    let who: Vec<_> = people(app, session).into_iter().map(|m| m.person).collect();
    if who.is_empty() {
        return Vec::new();
    }
    let (session, told) = (session.id(), told(app, session));
    let record = Record::NotComing { session, people: who, why: reason.code, told };
    let effects = app.write(&Command::Write(record), app.absent.told.at, Then::Board);
    app.guard.spent = !effects.is_empty();
    effects
}

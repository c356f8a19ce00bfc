//! Keys on the card: digits tick, Enter does the next step, letters ask.

use crate::app::absent;
use crate::app::action::Effect;
use crate::app::card::answer::{form, open_question, question};
use crate::app::card::ask::{Files, Question};
use crate::app::card::opens::question_of;
use crate::app::card::people;
use crate::app::card::set_back::SetBack;
use crate::app::card::step::go;
use crate::app::earlier::{self, Earlier, NoTime};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::looked;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words;
use crate::domain::codes::Party;
use crate::domain::ids::SessionId;
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;

/// Opens the card of a session, of one side.
pub fn open(app: &mut App, session: SessionId, party: Party) {
    app.session = Some(session);
    app.card = super::State { party, ..super::State::default() };
    app.view = View::Card;
    app.guard.stray = false;
}

/// Opens the card of the session in hand with the question what the message for the coordinator is about.
pub fn leave_message(app: &mut App) {
    if let Some(session) = app.session {
        open(app, session, Party::Brings);
        open_question(app, Question::Message);
    }
}

/// Opens the card of the session in hand with the question why the centre cancels it.
pub fn cancel(app: &mut App) {
    if let Some(session) = app.session {
        open(app, session, Party::Brings);
        open_question(app, Question::Cancel);
    }
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if app.in_hand().is_none() {
        app.to_board();
        return Vec::new();
    }
    if app.card.set_back.typing.is_some() {
        return setting_back(app, press);
    }
    if app.card.form.is_some() {
        return form(app, press);
    }
    if app.card.question.is_some() {
        return question(app, press);
    }
    card(app, press)
}

/// Text was pasted: only a form takes it.
pub fn pasted(app: &mut App, text: &str) {
    match app.card.form.as_mut() {
        Some(form) => form.paste(text),
        None => app.guard.stray = true,
    }
}

fn card(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(digit) = press.digit() {
        tick(app, digit);
        return Vec::new();
    }
    match press.intent {
        Some(Intent::Go) => return go(app),
        Some(Intent::Back) => app.to_board(),
        Some(Intent::Next | Intent::Previous) => other_side(app),
        Some(Intent::NotComing) => not_coming(app),
        Some(Intent::Earlier) => app.card.set_back.typing = Some(Earlier::default()),
        Some(Intent::Files) => return files(app),
        Some(intent) => match question_of(app, intent) {
            Some(question) => open_question(app, question),
            None => stray(app, press),
        },
        None => stray(app, press),
    }
    Vec::new()
}

/// Those whom the ticks leave, if any were changed by hand; a time set back goes along.
fn not_coming(app: &mut App) {
    let (party, at) = (app.card.party, app.card.set_back.at);
    let ticked = app.in_hand().map(|s| people::ticked(app, s)).unwrap_or_default();
    let by_hand = !app.card.ticks.is_empty() && !ticked.is_empty();
    if by_hand {
        absent::open_for(app, party, ticked)
    } else {
        absent::open(app, party)
    }
    absent::told_at(app, at);
}

/// What the coordinator changes on file: in staff view, and only by who may. What the file holds is seen from here on.
fn files(app: &mut App) -> Vec<Effect> {
    let role = app.who.map(|who| app.register.role(who));
    if !role.is_some_and(|role| app.policy().may(role, Power::Files)) {
        app.flash = Some(words::sentence(&words::refusal(app, &Refusal::Needs(Power::Files))));
    } else if !app.staff_view() {
        app.flash = Some("F5 first, when nobody stands beside you; then i.".to_owned());
    } else {
        open_question(app, Question::Files(Files::Menu));
        return app.in_hand().map(|session| session.plan.case).map(|case| looked::look(app, case)).unwrap_or_default();
    }
    Vec::new()
}

/// Lobby view is back: what only staff view may show is put away.
pub fn lobby(app: &mut App) {
    if !app.staff_view() && matches!(app.card.question, Some(Question::Files(_))) {
        app.card.close_question();
    }
}

/// A letter that does nothing: Enter waits until Esc, Tab or a digit.
pub(super) fn stray(app: &mut App, press: Press) {
    if press.char().is_some() {
        app.guard.stray = true;
    }
}

pub(super) fn other_side(app: &mut App) {
    let party = if app.card.party == Party::Brings { Party::Visits } else { Party::Brings };
    app.card = super::State { party, ..super::State::default() };
}

fn tick(app: &mut App, digit: u8) {
    let Some(session) = app.in_hand() else { return };
    let Some(n) = usize::from(digit).checked_sub(1) else { return };
    let person = people::listed(app, session, app.card.party).get(n).map(|(m, _)| m.person);
    let Some(person) = person else {
        app.flash = Some(format!("There is nobody {digit} on this card."));
        return;
    };
    let was = people::ticked(app, session).contains(&person);
    app.card.ticks.insert(person, !was);
}

/// In the field of the Enter line: digits, then Enter sets the time and writes nothing.
fn setting_back(app: &mut App, press: Press) -> Vec<Effect> {
    let time = app.card.set_back.typing.as_ref().map(|typed| earlier::typed(app, typed.digits()));
    let Some((typed, time)) = app.card.set_back.typing.as_mut().zip(time) else { return Vec::new() };
    match (press.intent, press.key) {
        (Some(Intent::Back), _) => app.card.set_back.typing = None,
        (Some(Intent::Go), _) => {
            match time {
                Ok(at) => app.card.set_back = SetBack { typing: None, at: Some(at) },
                Err(NoTime::Empty) => app.card.set_back = SetBack::default(),
                Err(NoTime::NoSuch) => app.flash = Some(format!("There is no time {}.", typed.digits())),
                Err(NoTime::Future) => app.flash = Some("That time has not come yet.".to_owned()),
            }
            app.guard.spent = false;
        }
        (_, Key::Backspace) => typed.backspace(),
        _ => {
            if let Some(digit) = press.digit() {
                typed.press(digit);
            }
        }
    }
    Vec::new()
}

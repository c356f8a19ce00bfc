//! Keys of the first start.

use crate::app::action::Effect;
use crate::app::first::view::fits;
use crate::app::first::{SetUp, State, Step, words};
use crate::app::intent::Intent;
use crate::app::people::{form_card, form_missing};
use crate::app::state::App;
use crate::app::update::Press;
use crate::domain::codes::Role;
use crate::domain::text::Text;

/// Where the form has what only it has: behind the fields of a person.
pub(super) const CENTRE: usize = 9;
/// The role, in the fields of a person.
const ROLE: usize = 6;

/// A key was pressed.
pub fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    let Some(mut first) = app.lock.first.take() else { return Vec::new() };
    let effects = if first.busy { Vec::new() } else { pressed(app, &mut first, press) };
    app.lock.first = Some(first);
    effects
}

fn pressed(app: &mut App, first: &mut State, press: &Press) -> Vec<Effect> {
    match first.step {
        Step::Ask => ask(app, first, press),
        Step::Form => form(app, first, press),
        Step::Passphrase => passphrase(app, first, press),
        Step::Words => words(app, first, press),
        Step::Check => check(app, first, press),
    }
}

fn ask(app: &mut App, first: &mut State, press: &Press) -> Vec<Effect> {
    match (press.intent, press.digit()) {
        (Some(Intent::Go), _) if !app.guard.stray && !app.guard.spent => {
            app.guard.spent = true;
            first.busy = true;
            return vec![Effect::Practise];
        }
        (Some(Intent::Back), _) => return vec![Effect::Quit],
        (_, Some(1)) => first.step = Step::Form,
        (None, None) if press.char().is_some() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn form(app: &mut App, first: &mut State, press: &Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => first.step = Step::Ask,
        Some(Intent::Next | Intent::Down) => first.form.step(false),
        Some(Intent::Previous | Intent::Up) => first.form.step(true),
        Some(Intent::Go) => match missing(app, first) {
            Some((at, _)) => first.form.focus = at,
            None if !app.guard.spent => {
                app.guard.spent = true;
                first.step = Step::Passphrase;
                return vec![Effect::Offer];
            }
            None => {}
        },
        _ => {
            if !first.form.press(press) {
                app.flash = Some("Here a number chooses, or Left and Right.".to_owned());
            }
        }
    }
    Vec::new()
}

/// What is missing, and where.
pub(super) fn missing(app: &App, first: &State) -> Option<(usize, String)> {
    let person = form_missing(app, &first.form, &[]);
    let role = (form_card(&first.form).role != Role::Coordinator)
        .then(|| (ROLE, "the first of all is the coordinator; the others follow, under People".to_owned()));
    let centre =
        centre(first).is_empty().then(|| (CENTRE, "type the centre's name, as the head of a sheet has it".to_owned()));
    person.or(role).or(centre)
}

pub(super) fn centre(first: &State) -> Text {
    first.form.text(CENTRE)
}

fn passphrase(app: &mut App, first: &mut State, press: &Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => first.step = Step::Form,
        Some(Intent::Next | Intent::Previous | Intent::Up | Intent::Down) => first.new.turn(),
        Some(Intent::Go) => match first.new.ready() {
            Ok(passphrase) if !app.guard.spent => {
                app.guard.spent = true;
                first.busy = true;
                first.says = None;
                let (centre, card) = (centre(first), form_card(&first.form));
                return vec![Effect::SetUp(Box::new(SetUp { centre, card, passphrase }))];
            }
            Ok(_) => {}
            Err(_) => first.new.aim(),
        },
        _ => first.new.press(press),
    }
    Vec::new()
}

/// The 26 words: only a digit goes on, so that an Enter that is held does not pass them by.
fn words(app: &mut App, first: &mut State, press: &Press) -> Vec<Effect> {
    let asked = std::mem::take(&mut first.voids);
    match (press.intent, press.digit()) {
        (_, Some(1)) if !fits(app) => {}
        (_, Some(1)) => {
            let count = first.words.as_ref().map_or(0, words::count);
            first.check = words::Check::of(app.ids, count);
            first.says = None;
            first.step = Step::Check;
        }
        (Some(Intent::Back), _) if !asked => {
            first.voids = true;
            first.says = Some("Esc once more, and these words are void: there will be others.".to_owned());
        }
        (Some(Intent::Back), _) => {
            first.words = None;
            first.step = Step::Passphrase;
            first.says = Some("Those 26 words are void. There will be others: destroy what was written.".to_owned());
        }
        (None, None) if press.char().is_some() => app.guard.stray = true,
        _ => {}
    }
    Vec::new()
}

fn check(app: &mut App, first: &mut State, press: &Press) -> Vec<Effect> {
    match press.intent {
        Some(Intent::Back) => first.step = Step::Words,
        Some(Intent::Next | Intent::Previous | Intent::Up | Intent::Down) => first.check.turn(),
        Some(Intent::Go) if first.check.is_whole() && !app.guard.spent => {
            app.guard.spent = true;
            if !first.words.as_ref().is_some_and(|words| first.check.is_right(words)) {
                first.says = Some("That is not what the sheet should say. Esc shows the words again.".to_owned());
                return Vec::new();
            }
            first.words = None;
            first.check = words::Check::default();
            first.busy = true;
            return vec![Effect::SetUpKeep];
        }
        Some(Intent::Go) => first.check.turn(),
        _ => first.check.press(press),
    }
    Vec::new()
}

/// Text was pasted: into the form only. A passphrase and recovery words are typed by hand, as they will have to be.
pub fn pasted(app: &mut App, text: &str) {
    match app.lock.first.as_mut().filter(|first| !first.busy && first.step == Step::Form) {
        Some(first) => first.form.paste(text),
        None => app.flash = Some("Type it by hand, as you will have to.".to_owned()),
    }
}

//! Keys of the form: a digit chooses the kind, a letter begins the words, Enter saves, Esc leaves and keeps all.

use crate::app::action::Effect;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::pick::{Pick, Picked};
use crate::app::state::{App, View};
use crate::app::tell::form::{ANOTHER, Focus, Form, Kind, MISTAKE, Numbers, others, with_digit};
use crate::app::update::Press;
use crate::app::write::Then;
use crate::domain::decide::{Command, NoteAct};

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    let Some(mut form) = app.tell.form.take() else {
        if press.intent == Some(Intent::Back) {
            app.to_board();
        }
        return Vec::new();
    };
    let before = form.words.text();
    let done = pressed(app, &mut form, &press);
    let mut effects = Vec::new();
    if let Some(staff) = app.who.filter(|_| form.words.text() != before) {
        effects.push(Effect::KeepDraft { staff, note: Some(form.note), words: form.words.text() });
    }
    app.tell.form = Some(form);
    match done {
        Done::Stays => {}
        Done::Saves => effects.extend(save(app)),
        Done::Leaves => effects.extend(leave(app)),
    }
    effects
}

/// What a key asks for, beyond the form itself.
enum Done {
    Stays,
    Saves,
    Leaves,
}

fn pressed(app: &mut App, form: &mut Form, press: &Press) -> Done {
    if form.danger {
        form.danger = press.intent != Some(Intent::Back);
        return Done::Stays;
    }
    if let Some(pick) = &mut form.pick {
        match pick.press(press, &others(app)) {
            Picked::Chosen(code) => {
                form.kind = Some(Kind::Of { code, digit: ANOTHER });
                form.pick = None;
            }
            Picked::Left => form.pick = None,
            Picked::Open => {}
        }
        return Done::Stays;
    }
    match press.intent {
        Some(Intent::Back) => return Done::Leaves,
        Some(Intent::Go) if !form.number.is_empty() => form.settle(&Numbers::of(app)),
        Some(Intent::Go) => return Done::Saves,
        Some(step @ (Intent::Next | Intent::Previous)) => {
            form.settle(&Numbers::of(app));
            form.focus = form.focus.step(step == Intent::Previous);
        }
        _ => typed(app, form, press),
    }
    Done::Stays
}

fn typed(app: &mut App, form: &mut Form, press: &Press) {
    match (form.focus, press.digit()) {
        (Focus::Kind, Some(digit)) => choose(app, form, digit),
        (Focus::Kind, None) if press.char().is_some_and(|c| !c.is_whitespace()) => {
            form.focus = Focus::Words;
            form.words.press(press);
        }
        (Focus::Kind, None) => {}
        (Focus::Words, _) => {
            form.words.press(press);
        }
        (Focus::Paper, _) => {
            form.paper.press(press);
        }
        (Focus::About, Some(digit)) => {
            let numbers = Numbers::of(app);
            if !form.numbered(digit, &numbers) {
                app.flash = Some("There is no such number today.".to_owned());
            }
        }
        (Focus::About, None) => match press.key {
            Key::Right | Key::Down => form.turn(false, app.session),
            Key::Left | Key::Up => form.turn(true, app.session),
            Key::Backspace => form.number.clear(),
            _ => {}
        },
    }
}

fn choose(app: &mut App, form: &mut Form, digit: u8) {
    form.kind = match digit {
        MISTAKE => Some(Kind::Mistake),
        ANOTHER => {
            form.pick = Some(Pick::default());
            return;
        }
        _ => match with_digit(app).into_iter().find(|k| k.digit == Some(digit)) {
            Some(kind) => Some(Kind::Of { code: kind.code, digit }),
            None => {
                app.flash = Some(format!("Nothing stands under {digit}."));
                return;
            }
        },
    };
}

/// Text was pasted: into the list, the paper number, else the words.
pub fn pasted(app: &mut App, text: &str) -> Vec<Effect> {
    let Some(form) = &mut app.tell.form else { return Vec::new() };
    match (&mut form.pick, form.focus) {
        (Some(pick), _) => pick.paste(text),
        (None, Focus::Paper) => form.paper.paste(text),
        (None, _) => {
            form.focus = Focus::Words;
            form.words.paste(text);
            let (note, words) = (Some(form.note), form.words.text());
            return app.who.map(|staff| Effect::KeepDraft { staff, note, words }).into_iter().collect();
        }
    }
    Vec::new()
}

/// Enter: saves what the form shows.
fn save(app: &mut App) -> Vec<Effect> {
    let Some(form) = app.tell.form.as_ref().filter(|_| !app.guard.spent) else { return Vec::new() };
    let act = match form.kind {
        Some(Kind::Mistake) if form.has_content() => return Vec::new(),
        Some(Kind::Mistake) => NoteAct::Mistake { note: form.note },
        _ if form.has_content() => telling(app, form),
        _ => return Vec::new(),
    };
    let effects = app.write(&Command::Note(act), None, Then::NoteTold);
    app.guard.spent = !effects.is_empty();
    effects
}

/// Esc: all is kept, and the board comes back.
fn leave(app: &mut App) -> Vec<Effect> {
    let effects = left(app);
    if effects.is_empty() {
        app.tell.form = None;
        app.to_board();
        if let Some(next) = app.tell.next.take() {
            super::open(app, next);
        }
    }
    effects
}

/// The form is left, by Esc or for another screen: what was typed or chosen becomes an entry.
pub fn left(app: &mut App) -> Vec<Effect> {
    let Some(form) = app.tell.form.as_ref().filter(|f| f.has_content()) else {
        if app.view != View::Tell {
            app.tell.form = None;
        }
        return Vec::new();
    };
    let act = telling(app, form);
    app.write(&Command::Note(act), None, Then::NoteTold)
}

fn telling(app: &App, form: &Form) -> NoteAct {
    let paper = Some(form.paper.text()).filter(|p| !p.is_empty());
    NoteAct::Tell { note: form.note, about: form.about(app), kind: form.code(), words: form.words.text(), paper }
}

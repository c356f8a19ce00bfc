//! A lost passphrase: the 26 words of the recovery sheet give a number a new one, which is shown once.

use crate::app::action::Effect;
use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::lock::tries::waits_until;
use crate::app::lock::view::{opening, waits};
use crate::app::pass::{Focus, Pass};
use crate::app::people;
use crate::app::screen::{Block, Enter, Hint, Screen};
use crate::app::sealing::ONCE;
use crate::app::state::App;
use crate::app::update::Press;

/// A key was pressed while the sheet is typed, or the new passphrase is shown.
pub(super) fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    if app.lock.shown.is_some() && press.digit() != Some(1) {
        app.flash = Some(ONCE.to_owned());
    }
    if let Some((number, _)) = app.lock.shown.take_if(|_| press.digit() == Some(1)) {
        app.lock.pass = Pass::of(number, None);
    }
    let may = waits_until(app).is_none() && !app.guard.spent;
    let Some(pass) = app.lock.recover.as_mut().filter(|p| !p.tried) else { return Vec::new() };
    match press.intent {
        Some(Intent::Back) => {
            if !pass.back() {
                app.lock.recover = None;
            }
        }
        Some(Intent::Next | Intent::Previous | Intent::Up | Intent::Down) => pass.turn(),
        Some(Intent::Go) if pass.is_whole() && may => {
            app.guard.spent = true;
            return pass.send().map(|(number, words)| Effect::Recover { number, words }).into_iter().collect();
        }
        Some(Intent::Go) if pass.number().is_some() => pass.focus = Focus::Passphrase,
        Some(Intent::Go) => pass.focus = Focus::Number,
        _ => pass.press(press),
    }
    Vec::new()
}

/// The screen.
pub(super) fn view(app: &App, pass: &Pass) -> Screen {
    let mut body = vec![
        Block::Blank,
        Block::line("    The recovery sheet lies in a sealed envelope, in the safe. Its 26 words, one"),
        Block::line("    after the other, give a number a new passphrase. They open nothing here."),
        Block::Blank,
    ];
    body.extend(pass.blocks(["Whose number", "26 words"], false));
    body.push(Block::Blank);
    body.push(Block::line("    Four letters of each are enough. Afterwards: a new envelope, sealed."));
    Screen {
        head: ["Doorbook".to_owned(), String::new(), String::new()],
        under: ["Locked: the recovery sheet".to_owned(), String::new()],
        body,
        status: [app.lock.says.clone().unwrap_or_default(), String::new()],
        enter: enter_line(app, pass),
        footer: frame::footer(app, &[Hint::new("Tab", "next field")], &[Intent::Back, Intent::Roll, Intent::Tell]),
        ..Screen::default()
    }
}

fn enter_line(app: &App, pass: &Pass) -> Enter {
    match (pass.number(), pass.has_passphrase(), waits(app)) {
        _ if pass.tried => opening(app),
        (_, _, Some(waits)) => waits,
        (None, ..) => wait("type the number whose passphrase is lost; Esc goes back"),
        (Some(_), false, _) if pass.focus == Focus::Number => enter("goes to the 26 words"),
        (Some(_), false, _) => wait("type the 26 words, a blank between"),
        (Some(number), true, _) => enter(format!("gives number {number} a new passphrase, if the words are right")),
    }
}

/// The new passphrase.
pub(super) fn shown(app: &App, number: u8) -> Screen {
    let passphrase = app.lock.shown.as_ref().map(|(_, p)| p.clone()).unwrap_or_default();
    Screen {
        head: ["Doorbook".to_owned(), String::new(), String::new()],
        under: [format!("The new passphrase of number {number}"), String::new()],
        body: people::once(app, &format!("number {number}"), &passphrase),
        enter: wait("1 once it is written down; it is not shown again"),
        footer: frame::footer(app, &[Hint::new("1", "it is written down")], &[]),
        ..Screen::default()
    }
}

//! A lost passphrase: the 26 words of the recovery sheet give a number a new one, which is shown once. They lie on paper in
//! front of whoever types them, so they are shown; F12 draws them as dots.

use crate::app::action::Effect;
use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::lock::sheet::Sheet;
use crate::app::lock::tries::waits_until;
use crate::app::lock::view::{opening, waits};
use crate::app::pass::Pass;
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
    let Some(sheet) = app.lock.recover.as_mut().filter(|sheet| !sheet.tried) else { return Vec::new() };
    match press.intent {
        Some(Intent::Back) => {
            if !sheet.back() {
                app.lock.recover = None;
            }
        }
        Some(Intent::Hide) => sheet.hidden = !sheet.hidden,
        Some(Intent::Next | Intent::Down) => sheet.step(false),
        Some(Intent::Previous | Intent::Up) => sheet.step(true),
        Some(Intent::Go) if sheet.number().is_none() || sheet.missing().is_some() => sheet.aim(),
        Some(Intent::Go) if may => {
            app.guard.spent = true;
            app.lock.says = None;
            return sheet.send().map(|(number, words)| Effect::Recover { number, words }).into_iter().collect();
        }
        Some(Intent::Go) => {}
        _ => {
            if !sheet.press(press.key) {
                app.flash = Some("Letters alone: the number of each word stands beside it.".to_owned());
            }
        }
    }
    Vec::new()
}

/// The screen.
pub(super) fn view(app: &App, sheet: &Sheet) -> Screen {
    let line = Block::line;
    let mut body = vec![
        line("    Its envelope lies in the safe. Its 26 words give a number a new passphrase"),
        line("    and open nothing here. Afterwards: a new envelope, sealed."),
        Block::Blank,
        sheet.number_field(),
        Block::Blank,
    ];
    body.extend(sheet.grid());
    let value = app.lock.says.clone().filter(|_| !sheet.is_wrong_here()).unwrap_or_else(|| sheet.says());
    body.extend([Block::Blank, Block::Field { label: String::new(), shape: None, value, indent: 4 }]);
    let hide = Hint::new("F12", if sheet.hidden { "show the words" } else { "hide the words" });
    Screen {
        head: ["Doorbook".to_owned(), String::new(), String::new()],
        under: ["Locked: the recovery sheet".to_owned(), String::new()],
        body,
        enter: enter_line(app, sheet),
        footer: frame::footer(app, &[Hint::new("Tab", "next"), hide], &[Intent::Back, Intent::Roll, Intent::Tell]),
        ..Screen::default()
    }
}

fn enter_line(app: &App, sheet: &Sheet) -> Enter {
    match (sheet.number(), sheet.missing(), waits(app)) {
        _ if sheet.tried => opening(app),
        (_, _, Some(waits)) => waits,
        (None, ..) => wait("type the number whose passphrase is lost; Esc goes back"),
        (Some(_), Some(_), _) if sheet.is_wrong_here() => wait("this word is none of the list; Backspace"),
        (Some(_), Some(n), _) if sheet.in_hand() == Some(n) => wait(format!("type word {n}: four letters are enough")),
        (Some(_), Some(n), _) => enter(format!("goes to word {n}, the first that is missing")),
        (Some(number), None, _) => enter(format!("gives number {number} a new passphrase, if the words are right")),
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

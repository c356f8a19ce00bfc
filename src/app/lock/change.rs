//! F6: another person takes the desk, by number and passphrase; who has it stays until the other is in.

use crate::app::action::Effect;
use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::keymap::Keys;
use crate::app::lock::view::{opening, waits};
use crate::app::lock::{practice, waits_until};
use crate::app::pass::{Focus, Pass};
use crate::app::people;
use crate::app::screen::{Block, Enter, Hint, Screen};
use crate::app::start;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::app::words::{self, hm};

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Another person at the desk",
    own: &[],
    typing: true,
    also: &[("digits", "the number of who comes"), ("letters", "their passphrase: four letters of each word")],
};

/// Asks who comes.
pub fn change_person(app: &mut App) {
    if app.view != View::Change {
        app.lock.back = Some(app.view);
    }
    app.lock.pass = Pass::filled(app.lock.practice());
    app.lock.says = None;
    app.over = None;
    app.view = View::Change;
}

/// A key was pressed.
pub fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    if app.lock.pass.tried {
        return Vec::new();
    }
    match press.intent {
        Some(Intent::Go) => return go(app),
        Some(Intent::Back) => leave(app),
        Some(Intent::Next | Intent::Previous | Intent::Up | Intent::Down) => app.lock.pass.turn(),
        _ => {
            if app.lock.pass.number().is_none() && press.char().is_some_and(|c| !c.is_ascii_digit()) {
                app.flash = Some("First the number of who comes. Then their passphrase.".to_owned());
            }
            app.lock.pass.press(press);
        }
    }
    Vec::new()
}

fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.spent || waits_until(app).is_some() {
        return Vec::new();
    }
    let Some(number) = app.lock.pass.number() else {
        app.lock.pass.focus = Focus::Number;
        return Vec::new();
    };
    let staff = start::numbered(app, number.into()).map(|card| card.staff);
    if staff.is_some() && staff == app.who {
        let name = staff.map(|s| app.register.staff_name(s).to_owned()).unwrap_or_default();
        leave(app);
        app.flash = Some(format!("{name} is at the desk already. Nothing was written."));
        return Vec::new();
    }
    if !app.lock.pass.has_passphrase() {
        app.lock.pass.focus = Focus::Passphrase;
        return Vec::new();
    }
    app.guard.spent = true;
    app.lock.says = None;
    let sent = app.lock.pass.send();
    sent.map(|(number, passphrase)| Effect::Unlock { number, passphrase, change: true }).into_iter().collect()
}

/// Another screen was opened from one where a passphrase is typed: what was typed is wiped.
pub fn left(app: &mut App, was: View) {
    if app.view == was || app.is_locked() {
        return;
    }
    match was {
        View::Change => app.lock.pass = Pass::default(),
        View::Passphrase => people::own_left(app),
        _ => {}
    }
}

/// Back, with nothing changed.
fn leave(app: &mut App) {
    app.lock.pass = Pass::default();
    app.lock.says = None;
    app.view = app.lock.back.take().unwrap_or(View::Board);
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let now = app.who.map(|who| app.register.staff_name(who).to_owned()).unwrap_or_default();
    let mut body =
        vec![Block::line(format!("    {now} is at the desk, and stays until the other is in.")), Block::Blank];
    body.extend(app.lock.pass.blocks(["Number", "Passphrase"], app.lock.practice().is_some()));
    body.push(Block::Blank);
    body.extend(practice(app));
    body.extend(start::team(app));
    Screen {
        head: ["Another person at the desk".to_owned(), String::new(), String::new()],
        under: ["What is written from then on is written in that person's name.".to_owned(), String::new()],
        body,
        status: [app.lock.says.clone().unwrap_or_default(), String::new()],
        enter: enter_line(app),
        footer: frame::footer(app, &[Hint::new("Tab", "next field")], &[Intent::Back, Intent::Tell, Intent::Roll]),
        ..Screen::default()
    }
}

fn enter_line(app: &App) -> Enter {
    let pass = &app.lock.pass;
    let card = pass.number().and_then(|n| start::numbered(app, n.into()));
    let name = card.map_or_else(|| "nobody of the team".to_owned(), |card| words::staff(app, card));
    match (pass.number(), pass.has_passphrase(), waits(app)) {
        _ if pass.tried => opening(app),
        (_, _, Some(waits)) => waits,
        (None, ..) => wait("type the number of who comes; Esc, and nothing changes"),
        (Some(_), false, _) if pass.focus == Focus::Number => enter(format!("goes to the passphrase: {name}")),
        (Some(_), false, _) => wait(format!("the passphrase of number {}, {name}", pass.number().unwrap_or_default())),
        (Some(_), true, _) => enter(format!("{name} takes the desk, {}, if the passphrase is right", hm(app.now))),
    }
}

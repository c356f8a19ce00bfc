//! Keys of the locked screen, and what locks it.

use std::time::Duration;

use crate::app::action::Effect;
use crate::app::guard::TellPress;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::lock::roll::{Roll, last_row, room};
use crate::app::lock::sheet::Sheet;
use crate::app::lock::tries::waits_until;
use crate::app::lock::{State, WordList, recover};
use crate::app::pass::{Focus, Pass};
use crate::app::state::{App, Setup, View};
use crate::app::tell;
use crate::app::update::Press;
use crate::app::words::hms;

/// The desk locks itself after so long without a key. A family is walked over, and a hold of fifteen minutes watched,
/// without typing a passphrase at each return; a lobby reads first names on it at the most; and who finds it unattended
/// after the last family has gone finds it locked.
const IDLE: Duration = Duration::from_secs(15 * 60);

/// When the screen changes by itself: staff view goes back, a wait ends, the desk locks.
pub fn wakes_at(app: &App) -> Option<Duration> {
    let idle = (app.is_sealed() && (!app.is_locked() || app.lock.recover.as_ref().is_some_and(|sheet| !sheet.tried)))
        .then(|| app.lock.last_key + IDLE);
    let wait = app.lock.tries.until().filter(|until| *until > app.since_start);
    [app.staff_view_until, wait, idle].into_iter().flatten().min()
}

/// Nobody has pressed a key for so long that the desk locks itself. What is being saved is saved first.
pub fn idle(app: &mut App) -> Vec<Effect> {
    let since = app.since_start.saturating_sub(app.lock.last_key);
    if since >= IDLE && app.view == View::Locked && app.lock.recover.as_ref().is_some_and(|sheet| !sheet.tried) {
        // Words of a sheet are left lying on no screen.
        app.lock.recover = None;
    }
    let locks = app.is_sealed() && !app.is_locked() && app.flight.is_none() && since >= IDLE;
    if locks { lock(app) } else { Vec::new() }
}

/// Somebody asks for it. A note that is being told is saved first.
pub fn asked(app: &mut App) -> Vec<Effect> {
    if !app.is_sealed() {
        app.flash = Some("Nothing is sealed in this register, so there is nothing to lock. Space hides it.".to_owned());
        return Vec::new();
    }
    let effects = if app.view == View::Tell { tell::left(app) } else { Vec::new() };
    if app.flight.is_some() {
        app.lock.wanted = true;
        return effects;
    }
    lock(app)
}

/// Lets go of everything but who is in.
pub fn lock(app: &mut App) -> Vec<Effect> {
    let Some(sealed) = app.lock.sealed.take() else { return Vec::new() };
    let (desk, size, now, clock_moves) = (app.desk, app.size, app.now, app.clock.moves);
    let lock = State {
        tries: app.lock.tries,
        roll: Roll::of(app),
        raised: std::mem::take(&mut app.lock.raised),
        last_key: app.lock.last_key,
        warm: true,
        ..State::of(sealed)
    };
    let mut empty = App::empty(Setup { desk, size, now, clock_moves, unclean: false }, View::Locked);
    empty.since_start = app.since_start;
    empty.asked.trouble = app.asked.trouble.take();
    empty.lock = lock;
    *app = empty;
    vec![Effect::Lock]
}

/// A key was pressed.
pub fn update(app: &mut App, press: Press) -> Vec<Effect> {
    if let Some(from) = app.lock.roll_from {
        app.lock.roll_from = turned(app, &press, from);
        return Vec::new();
    }
    if press.intent == Some(Intent::Roll) {
        app.lock.roll_from = Some(0);
        return Vec::new();
    }
    if app.lock.shown.is_some() || app.lock.recover.is_some() {
        return recover::update(app, &press);
    }
    if app.lock.pass.tried {
        return Vec::new();
    }
    match press.intent {
        Some(Intent::Go) => return go(app),
        Some(Intent::Back) => {
            app.lock.pass.back();
            app.lock.says = None;
        }
        Some(Intent::Next | Intent::Previous | Intent::Up | Intent::Down) => app.lock.pass.turn(),
        _ => {
            if app.lock.pass.number().is_none() && press.char().is_some_and(|c| !c.is_ascii_digit()) {
                app.flash = Some("First the number that you have on the team list. Then the passphrase.".to_owned());
            }
            app.lock.pass.press(&press);
        }
    }
    Vec::new()
}

/// The keys of who was in.
fn turned(app: &App, press: &Press, from: usize) -> Option<usize> {
    let last = last_row(app);
    Some(match (press.intent, press.key) {
        (Some(Intent::Back | Intent::Roll), _) => return None,
        (Some(Intent::Down), _) => (from + 1).min(last),
        (Some(Intent::Up), _) => from.saturating_sub(1),
        (Some(Intent::PageDown), _) | (_, Key::Char(' ')) => (from + room(app)).min(last),
        (Some(Intent::PageUp), _) => from.saturating_sub(room(app)),
        _ => from,
    })
}

/// Enter: on to the passphrase, or the try.
fn go(app: &mut App) -> Vec<Effect> {
    if app.guard.spent || waits_until(app).is_some() {
        return Vec::new();
    }
    match app.lock.pass.number() {
        None => app.lock.pass.focus = Focus::Number,
        Some(0) => {
            let list = app.lock.sealed.as_ref().map_or(WordList(&[]), |sealed| sealed.list);
            (app.lock.recover, app.lock.says) = (Some(Sheet::new(list)), None);
            app.lock.pass = Pass::filled(app.lock.practice());
        }
        Some(_) if !app.lock.pass.has_passphrase() => app.lock.pass.focus = Focus::Passphrase,
        Some(_) => {
            app.guard.spent = true;
            app.lock.says = None;
            let sent = app.lock.pass.send();
            return sent
                .map(|(number, passphrase)| Effect::Unlock { number, passphrase, change: false })
                .into_iter()
                .collect();
        }
    }
    Vec::new()
}

/// Text was pasted.
pub fn pasted(app: &mut App, text: &str) {
    match &mut app.lock.recover {
        _ if app.lock.roll_from.is_some() || app.lock.shown.is_some() => {}
        Some(sheet) if !sheet.tried => sheet.paste(text),
        Some(_) => {}
        None if app.lock.pass.tried => {}
        None => app.lock.pass.paste(text),
    }
}

/// F8 while it is locked: the time is kept, and entered when somebody unlocks.
pub fn tell(app: &mut App, press: Press) -> Vec<Effect> {
    match app.guard.tell(press.since_start) {
        TellPress::New => {
            app.lock.raised.push(app.now);
            app.flash = Some(format!("Kept {}. It is entered when somebody unlocks; say more then.", hms(app.now)));
            vec![Effect::RaiseLocked { at: app.now }]
        }
        TellPress::Again => {
            app.flash = Some("It is kept. Its words can be written once somebody has unlocked.".to_owned());
            Vec::new()
        }
        TellPress::Bounce => Vec::new(),
    }
}

//! What came of a try: somebody is in, or nobody.

use crate::app::action::Effect;
use crate::app::lock::tries::{told, wrong};
use crate::app::lock::{NotUnlocked, Sealed, State, Unlocked, WordList};
use crate::app::secret::Secret;
use crate::app::shut;
use crate::app::start;
use crate::app::state::{App, Setup, View};
use crate::app::words;

/// What is said of a keyring that had more in it than the book names, or something else in the place of a key.
const PUT_RIGHT: &str = "Somebody had changed the keyring who may not. It is put right: tell the coordinator.";

/// Somebody is in: they are asked to take the desk. Who changes takes it at once: their Enter has said so.
pub fn unlocked(app: &mut App, unlocked: Unlocked) -> Vec<Effect> {
    if !matches!(app.view, View::Locked | View::First | View::Change) {
        return Vec::new();
    }
    let Unlocked { who, register, comes, setup, raised, put_right } = unlocked;
    let (changes, cold) = (app.view == View::Change, !app.lock.warm && app.view != View::Change);
    let says = told(app.lock.tries.tries);
    let says = if put_right { Some(PUT_RIGHT.to_owned()) } else { says };
    let mut new = App::new(register, Setup { size: app.size, ..setup });
    new.comes(comes);
    if !cold {
        // It was not shut, only locked.
        new.start.shut = shut::State::default();
    }
    new.session = app.session.filter(|id| new.session_of(Some(*id)).is_some()).or(new.session);
    new.since_start = app.since_start;
    new.guard = app.guard;
    // The Enter that unlocked has written nothing.
    new.guard.spent = false;
    new.ids = app.ids;
    new.asked.trouble = app.asked.trouble.take();
    let list = app.lock.first.as_ref().map_or(WordList(&[]), |first| first.list);
    let sealed = app.lock.sealed.take().unwrap_or(Sealed { practice: None, seconds: 1, list });
    new.lock = State { known: Some(who), raised, last_key: app.lock.last_key, says, ..State::of(sealed) };
    *app = new;
    if !changes {
        return Vec::new();
    }
    let tries = app.lock.says.take();
    let effects = start::take(app, who);
    // Neither hides the other: wrong passphrases come first.
    app.flash =
        tries.into_iter().chain(words::told(app)).reduce(|all, one| format!("{all} {one}")).or(app.flash.take());
    effects
}

/// Nobody is in: at the locked screen, or where somebody wanted to change.
pub fn not_unlocked(app: &mut App, why: NotUnlocked) -> Vec<Effect> {
    app.guard.spent = false;
    app.lock.is_made();
    let mut says = said(app, why.clone());
    if app.lock.recover.is_some() && why == NotUnlocked::Wrong {
        "These are not the words of this register's sheet. Nothing was changed.".clone_into(&mut says);
    }
    match &mut app.lock.recover {
        // What was typed stays, so that one word can be put right.
        Some(sheet) => sheet.tried = false,
        // Not filled in again: it may be somebody whose passphrase is another one.
        None => app.lock.pass.again(None),
    }
    app.lock.says = Some(says);
    Vec::new()
}

/// All of the book is read for its directory: said where an answer is waited for, and else once, in passing.
pub fn making(app: &mut App, read: u64, of: u64) -> Vec<Effect> {
    if app.lock.is_trying() || app.people.waits(app.view) {
        app.lock.making = Some((read, of));
    } else if !app.is_locked() {
        app.flash = Some(format!("The directory is being made: {}.", words::so_many_read(read, of)));
    }
    Vec::new()
}

/// Something could not be done while it is locked, or while a passphrase is tried.
pub fn fails(app: &mut App, why: String) -> Vec<Effect> {
    if app.lock.is_trying() {
        return not_unlocked(app, NotUnlocked::Trouble(why));
    }
    // What F8 asked for is not kept: nothing says that it is.
    app.lock.raised.pop();
    app.flash = Some(why);
    Vec::new()
}

/// The sentence of a refusal; a wrong passphrase is counted.
pub(in crate::app) fn said(app: &mut App, why: NotUnlocked) -> String {
    match why {
        NotUnlocked::Wrong => wrong(app),
        NotUnlocked::Trouble(sentence) => sentence,
    }
}

/// The recovery sheet was right: a new passphrase, shown once.
pub fn recovered(app: &mut App, number: u8, passphrase: Secret) -> Vec<Effect> {
    if app.view == View::Locked && app.lock.recover.take().is_some() {
        app.lock.tries.right();
        app.lock.is_made();
        (app.lock.says, app.lock.shown) = (None, Some((number, passphrase)));
    }
    Vec::new()
}

/// Somebody has shown who they are, while another has the desk.
pub(in crate::app) fn proved(app: &mut App) {
    app.lock.tries.right();
}

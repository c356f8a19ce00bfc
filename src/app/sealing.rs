//! Passphrases, people and the first start, as the one way in meets them: their answers, their keys, what holds there.

use crate::app::action::{Action, Effect};
use crate::app::intent::Intent;
use crate::app::state::{App, View};
use crate::app::update::{Press, common, tell_pressed, wake};
use crate::app::{first, lock, people, prove, start};

/// What came of a passphrase, of keys, of setting up; else something by which nothing was stored.
pub(super) fn answered(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Unlocked(unlocked) => lock::unlocked(app, *unlocked),
        Action::NotUnlocked(why) => lock::not_unlocked(app, why),
        Action::Making { read, of } => lock::making(app, read, of),
        Action::Recovered { number, passphrase } => lock::recovered(app, number, passphrase),
        Action::Proved(staff) => prove::proved(app, staff),
        Action::NotProved(why) => prove::not_proved(app, why),
        Action::Offered(words) => people::offered(app, words),
        Action::People(all) => people::listed(app, all),
        Action::PeopleDone(done) => people::done(app, done),
        Action::PeopleNot(why) => people::not_done(app, why),
        Action::SetUpMade(words) => first::made(app, words),
        Action::SetUpNot(why) => first::not_set_up(app, why),
        // No answer will come any more, or F8 could not be kept.
        Action::NotStored(why) if app.is_locked() || app.lock.is_trying() => lock::fails(app, why),
        told => {
            app.told(told);
            wake(app)
        }
    }
}

/// F8, wherever it is pressed.
pub(super) fn told(app: &mut App, press: Press) -> Vec<Effect> {
    match app.view {
        View::Locked => lock::tell(app, press),
        View::First => Vec::new(),
        _ if app.who.is_none() => start::say_who(app),
        _ => tell_pressed(app, press),
    }
}

/// Somebody else's passphrase is asked: who is in, hiding and locking hold, and leave it.
pub(super) fn proving(app: &mut App, press: Press) -> Vec<Effect> {
    match press.intent {
        Some(intent @ (Intent::Roll | Intent::Hide | Intent::Lock)) => {
            app.laid.prove = None;
            common(app, intent).unwrap_or_default()
        }
        _ => prove::update(app, &press),
    }
}

/// What is said where a key would leave what is shown once.
pub(super) const ONCE: &str = "That key does not leave this: it is shown this once. F12 hides it for now.";

/// A passphrase, or the words of a recovery sheet, stands on the screen, and is not shown again.
pub(super) fn shows_once(app: &App) -> bool {
    match app.view {
        View::Locked => app.lock.shows_once(),
        View::First => app.lock.first.as_ref().is_some_and(|first| first.shows_words()),
        View::People => app.people.is_shown(),
        _ => false,
    }
}

/// Leaves what is shown once for nothing but who is in, a note, help, or hiding it: all of them come back to it. Where a
/// note is told meanwhile, it cannot be locked or handed over either.
pub(super) fn kept_back(app: &mut App, intent: Intent) -> bool {
    let leaves = match intent {
        Intent::Lock | Intent::Person | Intent::Quit => shows_once(app) || app.people.is_shown(),
        Intent::Staff
        | Intent::Log
        | Intent::View
        | Intent::Close
        | Intent::Todo
        | Intent::Palette
        | Intent::Undo
        | Intent::Minute
        | Intent::NextDue => shows_once(app),
        _ => false,
    };
    if leaves {
        app.flash = Some(ONCE.to_owned());
    }
    leaves
}

/// The screens of passphrases and people.
pub(super) fn screen(app: &mut App, view: View, press: &Press) -> Vec<Effect> {
    match view {
        View::Locked => lock::update(app, *press),
        View::Change => lock::change_update(app, press),
        View::People => people::update(app, press),
        View::Passphrase => people::own_update(app, press),
        View::First => first::update(app, press),
        _ => Vec::new(),
    }
}

/// Does it mean the same here as everywhere?
pub(super) fn holds(app: &App, intent: Intent) -> bool {
    match app.view {
        View::Locked | View::First if intent == Intent::Hide => shows_once(app),
        View::Locked | View::First => matches!(intent, Intent::Help | Intent::Quit),
        View::Change | View::Passphrase => matches!(intent, Intent::Help | Intent::Hide | Intent::Roll | Intent::Lock),
        _ if app.who.is_none() => {
            let quits = intent == Intent::Quit && app.view == View::Start;
            quits || matches!(intent, Intent::Help | Intent::Hide | Intent::Roll | Intent::Lock)
        }
        _ => true,
    }
}

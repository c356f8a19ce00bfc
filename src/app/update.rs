//! The only way in: an action changes the state and asks for effects.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::app::action::{Action, Effect};
use crate::app::guard::TellPress;
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Mode, meaning};
use crate::app::state::{App, Over, View};
use crate::app::write::Then;
use crate::app::{
    absent, board, card, close, find, first, help, hide, lock, log, palette, paper, people, policy, prove, roll,
    sealing, shut, staff, start, tell, todo, undo,
};
use crate::domain::codes::Moment;
use crate::domain::decide::{Command, NoteAct};
use crate::domain::due;
use crate::domain::ids::{Ids, NoteId};

/// Staff view goes back by itself after this time without a key.
pub(super) const STAFF_VIEW: Duration = Duration::from_secs(60);

/// A key, and what it means in the mode that it is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// What it means here.
    pub intent: Option<Intent>,
    /// When, by the clock.
    pub now: Moment,
    /// When, by a clock that never goes back.
    pub since_start: Duration,
    /// The ids that what it writes may deal.
    pub ids: Ids,
}

impl Press {
    /// The digit, if it is one.
    pub fn digit(&self) -> Option<u8> {
        if let Key::Char(c) = self.key { c.to_digit(10).and_then(|d| u8::try_from(d).ok()) } else { None }
    }

    /// The printed character, if it is one.
    pub fn char(&self) -> Option<char> {
        if let Key::Char(c) = self.key { Some(c) } else { None }
    }
}

/// What came while something was being saved. It may be a passphrase: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub enum Waits {
    /// A key.
    Key(Press),
    /// A paste.
    Paste(Zeroizing<String>),
}

impl std::fmt::Debug for Waits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Key(_)) { "Key" } else { "Paste" })
    }
}

/// What is said of what no hands have typed.
pub(super) const FLOODED: &str = "What came faster than hands can type was left out. Look, then go on.";

/// Takes one action in; what is needed after it and is not held is asked for.
pub fn update(app: &mut App, action: Action) -> Vec<Effect> {
    let mut effects = take(app, action);
    effects.extend(app.ask());
    effects
}

fn take(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Key { key, now, since_start, ids } => {
            let press = Press { key, intent: None, now, since_start, ids };
            if app.flight.is_some() || app.reads_the_day() {
                wait(app, press);
                return Vec::new();
            }
            key_pressed(app, press)
        }
        Action::Paste { text, now } => paste(app, Zeroizing::new(text), now),
        Action::Resized(size) => {
            app.size = size;
            board::show_mark(app);
            Vec::new()
        }
        Action::Tick { now, since_start } => {
            tick(app, now, since_start);
            lock::idle(app)
        }
        // Nothing of the book is held that it could be folded into.
        Action::Stored(_) | Action::WasOpen(_) | Action::Draft { .. } if app.is_locked() => Vec::new(),
        Action::Stored(entries) => {
            let mut effects = app.stored(&entries);
            effects.extend(wake(app));
            effects
        }
        Action::Beside(entries) => {
            app.written_beside(&entries);
            Vec::new()
        }
        Action::WasOpen(at) => shut::was_open(app, at),
        Action::Draft { staff, note, words } => {
            tell::restore(app, staff, note, &words);
            Vec::new()
        }
        answer => sealing::answered(app, answer),
    }
}

/// A paste, which waits as a key does.
fn paste(app: &mut App, text: Zeroizing<String>, now: Moment) -> Vec<Effect> {
    app.now = now;
    app.lock.touched(app.since_start);
    if app.flight.is_some() || app.reads_the_day() {
        app.asked.waiting.push_back(Waits::Paste(text));
        return Vec::new();
    }
    pasted(app, &text)
}

/// A key waits for what is being saved. A digit on the close would answer a question that nobody has read yet.
fn wait(app: &mut App, press: Press) {
    if app.mode() != Mode::Close || press.digit().is_none() {
        app.asked.waiting.push_back(Waits::Key(press));
    }
}

/// What waited, in order, until a key of it writes again.
pub(super) fn wake(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    while app.flight.is_none() && !app.reads_the_day() {
        let Some(waits) = app.asked.waiting.pop_front() else { break };
        effects.extend(match waits {
            Waits::Key(press) => key_pressed(app, press),
            Waits::Paste(text) => pasted(app, &text),
        });
    }
    effects
}

fn tick(app: &mut App, now: Moment, since_start: Duration) {
    app.clock.tells(now, since_start);
    app.now = now;
    app.since_start = since_start;
    if app.staff_view_until.is_some_and(|until| since_start >= until) {
        app.staff_view_until = None;
        app.goes_dark();
    }
}

fn key_pressed(app: &mut App, mut press: Press) -> Vec<Effect> {
    tick(app, press.now, press.since_start);
    // A key after so long a time is the first that the locked screen sees: it may be anybody's.
    let locked = lock::idle(app);
    app.lock.touched(press.since_start);
    if !locked.is_empty() {
        return locked;
    }
    app.ids = press.ids;
    if app.staff_view_until.is_some() {
        app.staff_view_until = Some(press.since_start + STAFF_VIEW);
    }
    press.intent = meaning(app.mode(), press.key);
    if press.digit().is_none() && press.intent != Some(Intent::Go) {
        app.board.typed.clear();
    }
    // A digit that answers must not answer the next question too.
    let bounces = !app.mode().is_secret() && app.guard.bounces(press.key, press.since_start);
    if bounces && press.digit().is_some() && app.mode().digits_answer() {
        return Vec::new();
    }
    match press.intent {
        Some(Intent::Tell) => return sealing::told(app, press),
        Some(Intent::Go) => {
            if !app.guard.enter(press.since_start) {
                return Vec::new();
            }
        }
        _ => app.guard.other(),
    }
    if press.intent == Some(Intent::Back) || press.intent == Some(Intent::Next) || press.digit().is_some() {
        app.guard.stray = false;
    }
    app.flash = None;
    if app.hidden {
        return hide::update(app, press);
    }
    if app.laid.prove.is_some() {
        return sealing::proving(app, press);
    }
    if app.over.is_some() { over(app, press) } else { screen(app, press) }
}

fn over(app: &mut App, press: Press) -> Vec<Effect> {
    match app.over {
        Some(Over::Help) => help::update(app, press),
        Some(Over::Palette) => palette::update(app, press),
        Some(Over::Undo) => undo::update(app, press),
        None => Vec::new(),
    }
}

/// The hidden screen is uncovered, and this key counts there.
pub(super) fn uncovered(app: &mut App, mut press: Press) -> Vec<Effect> {
    press.intent = meaning(app.mode(), press.key);
    if app.over.is_some() { over(app, press) } else { screen(app, press) }
}

/// To the screen in hand, below what is laid over it.
pub(super) fn screen(app: &mut App, press: Press) -> Vec<Effect> {
    let was = app.view;
    if let Some(intent) = press.intent
        && let Some(mut effects) = common(app, intent)
    {
        if was == View::Tell && app.view != was && !app.is_locked() {
            effects.extend(tell::left(app));
        }
        lock::left_change(app, was);
        return effects;
    }
    match app.view {
        View::Start => start::update(app, press),
        View::Board if app.find.is_open() => find::update(app, press),
        View::Board => board::update(app, press),
        View::Card => card::update(app, press),
        View::Absent => absent::update(app, press),
        View::Tell => tell::update(app, press),
        View::Roll => roll::update(app, press),
        View::Close => close::update(app, press),
        View::Staff => staff::update(app, press),
        View::Log => log::update(app, press),
        View::Paper => paper::update(app, press),
        View::Policy => policy::update(app, press),
        View::Todo => todo::update(app, press),
        View::Shut => shut::update(app, press),
        other => sealing::screen(app, other, &press),
    }
}

/// What means the same on every screen. `None`: the screen's own business.
pub(super) fn common(app: &mut App, intent: Intent) -> Option<Vec<Effect>> {
    if sealing::kept_back(app, intent) {
        return Some(Vec::new());
    }
    if !sealing::holds(app, intent) {
        return None;
    }
    match intent {
        // Before anybody has the desk there is nothing to leave behind.
        Intent::Quit if app.who.is_none() => return Some(vec![Effect::Quit]),
        Intent::Help => app.over = Some(Over::Help),
        Intent::Palette => palette::open(app),
        Intent::Undo => undo::open(app),
        Intent::Hide => app.hidden = true,
        Intent::View => view_switched(app),
        Intent::Staff => staff::open(app),
        Intent::Log => log::open(app),
        Intent::Person => start::change_person(app),
        Intent::Close => close::open(app),
        Intent::Policy => policy::open(app),
        Intent::Todo => todo::open(app),
        Intent::Lock => return Some(lock::asked(app)),
        Intent::People => return Some(people::open(app)),
        Intent::OwnPassphrase => return Some(people::open_own(app)),
        Intent::Today => app.take_day(app.today()),
        Intent::Roll => roll::open(app),
        Intent::Sheets => return Some(paper::print(app)),
        Intent::FromPaper => paper::open(app),
        Intent::Minute => return Some(clock_on(app, Some(app.now + chrono::Duration::minutes(1)))),
        Intent::NextDue => {
            let next = app.day().and_then(|d| due::next_due(d, app.now));
            return Some(clock_on(app, next));
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn view_switched(app: &mut App) {
    if matches!(app.view, View::Roll | View::Staff | View::Start | View::Tell | View::Shut) {
        app.flash = Some("F5 changes nothing here. It is for the board, the cards and the day log.".to_owned());
        return;
    }
    app.staff_view_until = match app.staff_view_until {
        Some(_) => None,
        None => Some(app.since_start + STAFF_VIEW),
    };
    app.goes_dark();
}

/// A practice clock goes on, never back.
fn clock_on(app: &mut App, to: Option<Moment>) -> Vec<Effect> {
    match to {
        _ if !app.clock.moves => {
            app.flash = Some("Only the clock of a practice register can be moved.".to_owned());
            Vec::new()
        }
        Some(to) => vec![Effect::ClockTo(to)],
        None => {
            app.flash = Some("Nothing more is due today.".to_owned());
            Vec::new()
        }
    }
}

/// F8: written at once. On the hidden screen too.
pub(super) fn tell_pressed(app: &mut App, press: Press) -> Vec<Effect> {
    let kind = app.guard.tell(press.since_start);
    app.flash = None;
    app.hidden = false;
    if app.view == View::Tell {
        return tell::pressed_in_form(app, kind);
    }
    match (kind, app.tell.last) {
        (TellPress::Bounce, _) => Vec::new(),
        _ if find::meant_for(app).is_some() => tell::take_words(app),
        (TellPress::Again, Some(note)) => {
            tell::open(app, note);
            Vec::new()
        }
        _ => {
            let note: NoteId = app.ids.nth(0);
            let session = if app.view == View::Start { None } else { app.session };
            let form = app.staff_view() && !sealing::shows_once(app);
            let then = if form { Then::TellForm(note) } else { Then::NoteWritten(note) };
            app.write(&Command::Note(NoteAct::Raise { session, place: None }), None, then)
        }
    }
}

fn pasted(app: &mut App, text: &str) -> Vec<Effect> {
    app.flash = None;
    match app.mode() {
        crate::app::keymap::Mode::Find => find::pasted(app, text),
        crate::app::keymap::Mode::Card | crate::app::keymap::Mode::CardForm => card::pasted(app, text),
        crate::app::keymap::Mode::Tell => return tell::pasted(app, text),
        crate::app::keymap::Mode::AbsentFind => absent::pasted(app, text),
        crate::app::keymap::Mode::Palette => palette::pasted(app, text),
        crate::app::keymap::Mode::StaffForm => staff::pasted(app, text),
        crate::app::keymap::Mode::PolicyForm => policy::pasted(app, text),
        crate::app::keymap::Mode::Reason => close::pasted(app, text),
        Mode::Locked | Mode::Change => lock::pasted(app, text),
        Mode::Prove => prove::pasted(app, text),
        Mode::PeopleForm => people::pasted(app, text),
        Mode::Passphrase => people::own_pasted(app, text),
        Mode::FirstForm => first::pasted(app, text),
        _ => app.guard.stray = true,
    }
    Vec::new()
}

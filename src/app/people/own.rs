//! One's own passphrase, changed: anybody who has the desk, in staff view, once they have typed the one they have.

use crate::app::action::Effect;
use crate::app::frame::{self, enter, wait};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::Keys;
use crate::app::lock::reads;
use crate::app::newpass::NewPass;
use crate::app::pass::dots;
use crate::app::people::PeopleAct;
use crate::app::screen::{Block, Enter, Field, Hint, Screen};
use crate::app::secret::Secret;
use crate::app::state::{App, View};
use crate::app::update::Press;
use crate::domain::text;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "My passphrase",
    own: &[],
    typing: true,
    also: &[("letters", "the one that you have, then the new one twice")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    old: Secret,
    new: NewPass,
    /// The new one is in hand.
    at_new: bool,
    busy: bool,
    says: Option<String>,
}

impl State {
    pub(super) fn is_busy(&self) -> bool {
        self.busy
    }

    pub(super) fn offer(&mut self, words: Secret) {
        self.new.offer(words);
    }

    pub(super) fn not_done(&mut self, says: String) {
        (self.busy, self.at_new, self.says) = (false, false, Some(says));
        self.old.wipe();
    }
}

/// Opens it; five words are asked for.
pub fn open(app: &mut App) -> Vec<Effect> {
    if !app.is_sealed() {
        app.flash = Some("Nobody has a passphrase in this register: it is not sealed.".to_owned());
        return Vec::new();
    }
    app.people.own = Some(State::default());
    app.staff_screen(View::Passphrase);
    vec![Effect::Offer]
}

/// Another screen was opened: what was typed is wiped.
pub fn left(app: &mut App) {
    app.people.own = None;
}

/// A key was pressed.
pub fn update(app: &mut App, press: &Press) -> Vec<Effect> {
    let spent = app.guard.spent;
    let Some(own) = app.people.own.as_mut().filter(|o| !o.busy) else { return Vec::new() };
    match press.intent {
        Some(Intent::Back) => {
            app.people.own = None;
            app.to_board();
        }
        Some(Intent::Next | Intent::Down) => turn(own),
        Some(Intent::Previous | Intent::Up) => (0..2).for_each(|_| turn(own)),
        Some(Intent::Go) if own.old.is_empty() => own.at_new = false,
        Some(Intent::Go) => match own.new.ready() {
            Ok(new) if !spent => {
                own.busy = true;
                app.guard.spent = true;
                return vec![Effect::People(PeopleAct::ChangeOwn { old: own.old.take(), new })];
            }
            Ok(_) => {}
            Err(_) => {
                own.at_new = true;
                own.new.aim();
            }
        },
        _ if own.at_new => own.new.press(press),
        _ => match press.key {
            Key::Backspace => own.old.pop(),
            Key::Delete => own.old.wipe(),
            Key::Char(c) if text::allowed(c) => own.old.push(c),
            _ => {}
        },
    }
    Vec::new()
}

/// The one that they have, the new one, once more.
fn turn(own: &mut State) {
    match (own.at_new, own.new.is_again()) {
        (false, again) => {
            own.at_new = true;
            if again {
                own.new.turn();
            }
        }
        (true, false) => own.new.turn(),
        (true, true) => own.at_new = false,
    }
}

/// Text was pasted: only the one that they have may come from elsewhere.
pub fn pasted(app: &mut App, text: &str) {
    match app.people.own.as_mut().filter(|o| !o.busy && !o.at_new) {
        Some(own) => text.chars().filter(|c| text::allowed(*c)).for_each(|c| own.old.push(c)),
        None => app.guard.stray = true,
    }
}

/// The screen.
pub fn view(app: &App) -> Screen {
    let blank = State::default();
    let own = app.people.own.as_ref().unwrap_or(&blank);
    let mut body = vec![
        Block::Blank,
        Block::Input {
            label: format!("    {:<16}", "The one you have"),
            field: Field { before: dots(&own.old), after: String::new() },
            right: String::new(),
            focused: !own.at_new,
        },
        Block::Blank,
    ];
    body.extend(own.new.blocks(own.at_new));
    body.extend([Block::Blank, Block::line("    Or one of your own, of at least 15 characters.")]);
    Screen {
        head: ["My passphrase".to_owned(), String::new(), String::new()],
        under: ["Nobody else needs to do anything.".to_owned(), String::new()],
        body,
        status: [own.says.clone().unwrap_or_default(), String::new()],
        enter: enter_line(app, own),
        footer: frame::footer(app, &[Hint::new("Tab", "next field")], &[Intent::Back]),
        ..Screen::default()
    }
}

fn enter_line(app: &App, own: &State) -> Enter {
    if own.busy {
        return reads(app).unwrap_or_else(|| wait("changing it …"));
    }
    if own.old.is_empty() {
        return wait("first the passphrase that you have; Esc, and nothing changes");
    }
    match own.new.ready() {
        Ok(_) => enter("the new passphrase holds from now on; the old one opens nothing any more"),
        Err(_) if !own.at_new => enter("goes to the new one"),
        Err(why) => wait(why),
    }
}

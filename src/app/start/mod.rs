//! Who is at the desk: a number says who it is, and opens the day if it is not open.

mod known;
mod update;
mod view;

pub use update::update;
pub use view::view;

pub(super) use update::take;
pub(super) use view::team;

use crate::app::action::Effect;
use crate::app::keymap::Keys;
use crate::app::number::Number;
use crate::app::state::{App, View};
use crate::app::{lock, shut};
use crate::domain::event::StaffCard;
use crate::domain::ids::StaffId;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Who is at the desk",
    own: &[],
    typing: false,
    also: &[("numbers", "who you are: opens the day, or takes the desk")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Digits so far.
    number: Number,
    /// Where Esc goes, when the person only changes.
    back: Option<View>,
    /// What is known of the book when the program started.
    pub shut: shut::State,
}

/// Why the screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// The day is not open yet.
    NotOpen,
    /// The day is open, and nobody has said who they are since the program started.
    Again(Option<StaffId>),
    /// Another person takes the desk from this one.
    Change(StaffId),
}

fn why(app: &App) -> Why {
    match (app.day(), app.who) {
        (None, _) => Why::NotOpen,
        (Some(day), None) => Why::Again(day.desks.get(&app.desk).copied()),
        (Some(_), Some(who)) => Why::Change(who),
    }
}

pub(super) fn numbers(app: &App) -> Vec<u16> {
    app.register.present_team().iter().map(|c| u16::from(c.number)).collect()
}

pub(super) fn numbered(app: &App, number: u16) -> Option<&StaffCard> {
    app.register.present_team().into_iter().find(|c| u16::from(c.number) == number)
}

/// Another person takes the desk: asks who.
pub fn change_person(app: &mut App) {
    if app.is_sealed() {
        return lock::change_person(app);
    }
    let back = (app.view != View::Start).then_some(app.view);
    app.start = State { back, shut: app.start.shut, ..State::default() };
    app.view = View::Start;
}

/// Nobody has said who they are.
pub fn say_who(app: &mut App) -> Vec<Effect> {
    app.hidden = false;
    app.over = None;
    app.view = View::Start;
    app.flash = Some(match app.known() {
        Some(_) => "First Enter: the line below says what it writes.".to_owned(),
        None => "First say who you are: press your number.".to_owned(),
    });
    Vec::new()
}

//! Staff on shift: the team by number, and anyone else in the building.

mod form;
mod update;
mod view;

pub use update::{pasted, update};
pub use view::view;

use std::time::Duration;

use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Keys, bind};
use crate::app::number::Number;
use crate::app::staff::form::Form;
use crate::app::state::{App, View};
use crate::domain::day::Visitor;
use crate::domain::event::StaffCard;
use crate::domain::ids::FileId;

/// Its keys.
pub const KEYS: Keys = Keys {
    name: "Staff on shift",
    own: &[bind(Key::Char('p'), Intent::Sheets)],
    typing: false,
    also: &[("numbers", "sign in, or out"), ("0", "somebody else comes in"), ("arrows Enter", "somebody else leaves")],
};

/// Keys while somebody else is signed in.
pub const FORM_KEYS: Keys = Keys {
    name: "Somebody else in the building",
    own: &[],
    typing: true,
    also: &[("letters", "the name"), ("1-9", "what they are, and where")],
};

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Digits so far.
    number: Number,
    /// The number that was last taken, and when: the same again at once is the same press.
    last: Option<(u16, Duration)>,
    /// The marked one of those who are not of the team.
    mark: Option<FileId>,
    /// Whether this one has left, is asked.
    asked: Option<FileId>,
    /// The form is open.
    form_open: bool,
    /// What is typed in it; it stays when the form is left.
    form: Form,
}

impl State {
    /// Letters are text.
    pub fn is_typing(&self) -> bool {
        self.form_open
    }
}

/// Opens staff on shift.
pub fn open(app: &mut App) {
    let form = std::mem::take(&mut app.staff.form);
    app.staff = State { form, ..State::default() };
    app.view = View::Staff;
}

fn numbers(app: &App) -> Vec<u16> {
    app.register.present_team().iter().map(|c| u16::from(c.number)).collect()
}

fn numbered(app: &App, number: u16) -> Option<&StaffCard> {
    app.register.present_team().into_iter().find(|c| u16::from(c.number) == number)
}

/// Everyone else who is in the building, by when they came.
fn visitors(app: &App) -> Vec<(FileId, &Visitor)> {
    let all = app.day().into_iter().flat_map(|d| &d.visitors);
    let mut inside: Vec<_> = all.filter(|(_, v)| v.spell.went.is_none()).map(|(id, v)| (*id, v)).collect();
    inside.sort_by_key(|(id, v)| (v.spell.came, *id));
    inside
}

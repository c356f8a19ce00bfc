//! Somebody else comes into the building: name, what they are, where.

use crate::app::field::{Purpose, Typed};
use crate::app::state::App;
use crate::app::update::Press;
use crate::domain::policy::{Code, Place};
use crate::domain::text::Text;

/// What somebody is, by digit from 1; the last is typed.
pub(super) const WHAT: [&str; 5] = ["caretaker", "social worker", "interpreter", "contractor", "other: type it"];
/// Places that have a digit.
const PLACES: usize = 9;

/// Where the keyboard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Focus {
    #[default]
    Name,
    What,
    Other,
    Place,
}

/// The form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) focus: Focus,
    pub(super) name: Typed,
    /// An index of [`WHAT`].
    pub(super) what: Option<usize>,
    pub(super) other: Typed,
    pub(super) place: Option<Code>,
    /// Was to be saved: once it is on disk, the next form is empty.
    pub(super) sent: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            focus: Focus::default(),
            name: Typed::new(Purpose::VisitorName),
            what: None,
            other: Typed::new(Purpose::VisitorWhat),
            place: None,
            sent: false,
        }
    }
}

impl Form {
    fn is_other(&self) -> bool {
        self.what == Some(WHAT.len() - 1)
    }

    /// What they are, in words.
    pub(super) fn what_words(&self) -> Text {
        match self.what {
            _ if self.is_other() => self.other.text(),
            Some(at) => Text::name(WHAT.get(at).copied().unwrap_or_default()),
            None => Text::default(),
        }
    }

    /// The first field that is still to be filled.
    pub(super) fn missing(&self) -> Option<Focus> {
        if self.name.is_empty() {
            Some(Focus::Name)
        } else if self.what.is_none() {
            Some(Focus::What)
        } else if self.is_other() && self.other.is_empty() {
            Some(Focus::Other)
        } else if self.place.is_none() {
            Some(Focus::Place)
        } else {
            None
        }
    }

    /// The next field, or the one before.
    pub(super) fn step(&mut self, back: bool) {
        self.focus = match (self.focus, back) {
            (Focus::Name, false) | (Focus::Other, true) => Focus::What,
            (Focus::What, false) | (Focus::Place, true) if self.is_other() => Focus::Other,
            (Focus::What, false) | (Focus::Other, false) | (Focus::Name, true) => Focus::Place,
            (Focus::Place, false) | (Focus::What, true) => Focus::Name,
            (Focus::Place, true) => Focus::What,
        };
    }

    /// Takes a key that is text, or a digit that chooses; whether it meant something.
    pub(super) fn press(&mut self, press: &Press, places: &[Place]) -> bool {
        match (self.focus, press.digit().map(usize::from)) {
            (Focus::Name, _) => self.name.press(press),
            (Focus::Other, _) => self.other.press(press),
            (Focus::What, Some(digit @ 1..=5)) => {
                self.what = Some(digit - 1);
                self.focus = if self.is_other() { Focus::Other } else { Focus::Place };
                true
            }
            (Focus::Place, Some(digit)) => {
                let place = digit.checked_sub(1).and_then(|at| places.get(at));
                self.place = place.map(|p| p.code.clone()).or(self.place.take());
                place.is_some()
            }
            _ => press.char().is_none(),
        }
    }
}

/// Places that are offered.
pub(super) fn places(app: &App) -> Vec<Place> {
    app.policy().places.iter().filter(|p| !p.retired).take(PLACES).cloned().collect()
}

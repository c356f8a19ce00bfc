//! Somebody else comes into the building: name, what they are, where; for which session, if for one.

use crate::app::field::{Purpose, Typed};
use crate::app::number::{Number, Pressed};
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
    Session,
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
    /// The number of the session that they come for, if one; the digits so far.
    pub(super) session: Option<u16>,
    pub(super) number: Number,
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
            session: None,
            number: Number::default(),
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
            (Focus::What, false) | (Focus::Other, false) | (Focus::Session, true) => Focus::Place,
            (Focus::Place, false) | (Focus::Name, true) => Focus::Session,
            (Focus::Session, false) | (Focus::What, true) => Focus::Name,
            (Focus::Place, true) => Focus::What,
        };
    }

    /// Takes a key that is text, or a digit that chooses; whether it meant something.
    pub(super) fn press(&mut self, press: &Press, places: &[Place], sessions: &[u16]) -> bool {
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
                if place.is_some() {
                    self.focus = Focus::Session;
                }
                place.is_some()
            }
            (Focus::Session, Some(digit)) => self.for_session(digit, sessions),
            _ => press.char().is_none(),
        }
    }
}

impl Form {
    /// `0` is for no session; others are its number, as the board has it.
    fn for_session(&mut self, digit: usize, sessions: &[u16]) -> bool {
        if digit == 0 && self.number.is_empty() {
            self.session = None;
            return true;
        }
        match self.number.press(u8::try_from(digit).unwrap_or(0), sessions) {
            Pressed::Picked(no) => self.session = Some(no),
            // `1` of one to twelve is that, unless a digit follows.
            Pressed::More => self.session = self.number.exact(sessions),
            Pressed::Unknown => return false,
        }
        true
    }
}

/// Numbers of today's sessions.
pub(super) fn sessions(app: &App) -> Vec<u16> {
    app.day().map(|day| day.sessions.iter().map(|s| s.plan.no).collect()).unwrap_or_default()
}

/// Places that are offered.
pub(super) fn places(app: &App) -> Vec<Place> {
    app.policy().places.iter().filter(|p| !p.retired).take(PLACES).cloned().collect()
}

//! Not coming: who does not come today, why, and who told us (screens.md, mock-up 3).

mod told;
mod update;
mod view;

pub use update::{pasted, update};
pub use view::view;

use crate::app::absent::told::{Asking, ToldUs};
use crate::app::intent::Intent;
use crate::app::key::Key;
use crate::app::keymap::{Binding, Keys, bind};
use crate::app::pick::{Choice, Pick};
use crate::app::state::{App, View};
use crate::domain::case::Member;
use crate::domain::codes::Party;
use crate::domain::day::Session;
use crate::domain::ids::PersonId;
use crate::domain::policy::{Code, Reason};

const OWN: &[Binding] = &[bind(Key::Char('-'), Intent::Earlier)];

/// Its keys.
pub const KEYS: Keys =
    Keys { name: "Not coming", own: OWN, typing: false, also: &[("0-9", "why"), ("t", "told us: who, how, when")] };

/// Keys while another reason is looked for.
pub const FIND_KEYS: Keys = Keys {
    name: "Not coming: another reason",
    own: &[],
    typing: true,
    also: &[("letters", "find"), ("1-9", "takes that line")],
};

/// The digit that opens the list of all other reasons.
const ANOTHER: u8 = 9;

/// Its state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The side in hand.
    party: Option<Party>,
    /// Those whom the card had ticked as not here; `None`: everyone expected who has not come.
    people: Option<Vec<PersonId>>,
    /// The reason that was chosen, and by which digit.
    why: Option<Chosen>,
    /// Who told us, how and when.
    told: ToldUs,
    /// A small question about that.
    asking: Option<Asking>,
    /// The list of all other reasons.
    pick: Option<Pick>,
}

/// A reason, and the digit that chose it: all that a lobby may read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    code: Code,
    digit: u8,
}

impl State {
    /// Letters are text.
    pub fn is_typing(&self) -> bool {
        self.pick.is_some()
    }
}

/// Opens the picker for one side of the session in hand, for everyone expected who has not come.
pub fn open(app: &mut App, party: Party) {
    app.absent = State { party: Some(party), ..State::default() };
    app.view = View::Absent;
}

/// The same for some of them only: those whom the card has ticked.
pub fn open_for(app: &mut App, party: Party, people: Vec<PersonId>) {
    open(app, party);
    app.absent.people = Some(people);
}

/// Word came at that time, set back before the picker was opened.
pub fn told_at(app: &mut App, at: Option<crate::domain::codes::Moment>) {
    app.absent.told.at = at;
}

fn party(app: &App) -> Party {
    app.absent.party.unwrap_or(Party::Brings)
}

/// Those who do not come: expected each time, or ticked, and not here today so far. The adults first.
fn people<'a>(app: &App, session: &'a Session) -> Vec<&'a Member> {
    let ticked = app.absent.people.as_ref();
    let wanted = |m: &Member| ticked.map_or_else(|| m.is_expected(), |t| t.contains(&m.person));
    let mut people: Vec<&Member> =
        session.side(party(app)).filter(|(m, a)| wanted(m) && !a.came()).map(|(m, _)| m).collect();
    people.sort_by_key(|m| m.is_child());
    people
}

/// The reasons of the side in hand that have a digit.
fn with_digit(app: &App) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = fitting(app).into_iter().filter(|r| r.digit.is_some()).collect();
    reasons.sort_by_key(|r| r.digit);
    reasons
}

/// All others.
fn others(app: &App) -> Vec<Choice> {
    let rest = fitting(app).into_iter().filter(|r| r.digit.is_none());
    rest.map(|r| Choice { code: r.code, words: r.words.to_string() }).collect()
}

fn fitting(app: &App) -> Vec<Reason> {
    let fits = |r: &&Reason| !r.retired && r.party.is_none_or(|p| p == party(app));
    app.policy().reasons.iter().filter(fits).cloned().collect()
}

fn chosen(app: &App) -> Option<Reason> {
    let chosen = app.absent.why.as_ref()?;
    app.policy().reason(&chosen.code).cloned()
}

//! The second signature under a day: of another of the team, or why there is none.

use crate::app::frame::{enter, wait};
use crate::app::lock::how_long;
use crate::app::prove::State;
use crate::app::screen::{Block, Enter, Piece, Shape};
use crate::app::start;
use crate::app::state::App;
use crate::app::words;
use crate::domain::codes::Alone;
use crate::domain::event::StaffCard;

/// Why there is no second signature: whether it is being asked, and what was chosen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reason {
    pub(super) in_hand: bool,
    pub(super) chosen: Option<Alone>,
}

/// The reason of a digit.
pub(super) fn reason(digit: u8) -> Option<Alone> {
    Alone::ALL.get(usize::from(digit).checked_sub(1)?).copied()
}

/// A reason, in words.
pub(in crate::app) fn words_of(why: Alone) -> &'static str {
    match why {
        Alone::OnlyOne => "nobody else of the team is here",
        Alone::Gone => "the others had to go before the day was signed",
        Alone::NoPassphrase => "who is here has no passphrase that they can type",
    }
}

/// Those who may sign second: of the team, on shift that day.
fn others(app: &App) -> Vec<&StaffCard> {
    let was_here =
        |card: &&StaffCard| app.day().and_then(|d| d.team.get(&card.staff)).is_some_and(|spells| !spells.is_empty());
    app.register.present_team().into_iter().filter(was_here).filter(|c| Some(c.staff) != app.who).collect()
}

/// The body below the two fields.
pub(super) fn below(app: &App, reason: Reason) -> Vec<Block> {
    let names: Vec<String> = others(app).iter().map(|c| format!("{} {}", c.number, words::staff(app, c))).collect();
    let here = if names.is_empty() { "nobody else".to_owned() } else { names.join("   ") };
    let mut blocks = vec![Block::Blank, Block::line(format!("    On shift that day   {here}")), Block::Blank];
    // While a number or a passphrase is typed, no digit stands here that would be taken for a part of it.
    if !reason.in_hand {
        blocks.push(Block::line("    0   nobody else signs; asks why"));
        return blocks;
    }
    let title = Piece::strong("No second signature: why?");
    blocks.push(Block::pieces(vec![Piece::To(1), Piece::Shape(Shape::Mark), Piece::To(4), title]));
    for (n, why) in (1..).zip(Alone::ALL) {
        let shape = if reason.chosen == Some(*why) { Shape::Done } else { Shape::None };
        blocks.push(Block::pieces(vec![
            Piece::To(8),
            Piece::Shape(shape),
            Piece::To(10),
            Piece::plain(format!("{n}   {}", words_of(*why))),
        ]));
    }
    blocks
}

/// The Enter line.
pub(super) fn enter_line(app: &App, state: &State, reason: Reason) -> Enter {
    let me = app.who.map(|who| app.register.staff_name(who).to_owned()).unwrap_or_default();
    if reason.in_hand {
        return match reason.chosen {
            Some(why) => {
                let n = Alone::ALL.iter().position(|w| *w == why).unwrap_or_default() + 1;
                enter(format!("{me} signs alone, reason {n}; after that only addenda"))
            }
            None => wait("1 to 3 says why nobody else signs; Esc goes back to the number"),
        };
    }
    let card = state.pass.number().and_then(|n| start::numbered(app, n.into()));
    let name = card.map_or_else(|| "nobody of the team".to_owned(), |card| words::staff(app, card));
    match (state.pass.number(), state.pass.has_passphrase()) {
        (None, _) => wait("the number of who signs with you; 0 where there is nobody else"),
        (Some(_), false) => wait(format!("{name} types the passphrase of number {}", state.pass.number().unwrap_or(0))),
        (Some(_), true) => enter(format!("{name} signs with {me}, if the passphrase is right ({})", how_long(app))),
    }
}

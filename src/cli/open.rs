//! `doorbook`: opens the register at the desk; where there is none, the first screen asks.

use super::exit::{Exit, Stop};
use super::place::{Place, terminal};
use super::{out, practice};
use crate::book::{ReadFault, policy_default};
use crate::clock::Clock;
use crate::journal::Fault;
use crate::run::house::House;
use crate::run::open::{Opened, begin, is_there};
use crate::run::{self, Ended, Window, desk, when};

/// From so many entries on it is said that reading all of them takes its time.
const LONG: u64 = 40_000;

/// Opens the register, or asks.
pub(super) fn open_or_ask(place: &Place) -> Result<Exit, Stop> {
    place.has_its_book()?;
    terminal()?;
    if is_there(&place.folder) {
        return at_the_desk(place);
    }
    let clock = practice::clock(place)?;
    let window = window(place, &clock)?;
    told(run::first_start(window, place.folders(), clock))
}

/// Works the desk until somebody leaves.
pub(super) fn at_the_desk(place: &Place) -> Result<Exit, Stop> {
    if House::is_there(&place.folder) {
        // Its own clock is known once somebody is in.
        let clock = Clock::system(&policy_default().zone).map_err(when::Refused::from)?;
        let window = window(place, &clock)?;
        return told(run::sealed(window, place.folders(), clock)?);
    }
    // Said on the screen, not before it.
    let mut said = false;
    let mut opened: Opened = begin(&place.folder, &mut |entries| {
        if entries >= LONG && !std::mem::replace(&mut said, true) {
            out::say(
                "All of the book is read this once, some seconds for each hundred thousand entries; then it opens at once.",
            );
        }
    })?;
    let clock = when::clock(&opened.register, place.at)?;
    opened.days_in_hand(clock.now().date_naive())?;
    let window = window(place, &clock)?;
    told(desk(window, opened, clock, &place.folder))
}

/// How a desk ended.
fn told(ended: std::io::Result<Ended>) -> Result<Exit, Stop> {
    match ended {
        Ok(Ended::Left) => Ok(Exit::Done),
        Ok(Ended::InUse) => Err(ReadFault::from(Fault::InUse).into()),
        Ok(Ended::Broken) => Err(Stop::new(
            Exit::Broken,
            "A part of Doorbook has stopped on a fault of its own. All that it had shown as saved is kept. Open it again.",
        )),
        Err(fault) => Err(no_terminal(&fault)),
    }
}

fn window(place: &Place, clock: &Clock) -> Result<Window, Stop> {
    Window::open(place.theme, clock).map_err(|fault| no_terminal(&fault))
}

fn no_terminal(fault: &std::io::Error) -> Stop {
    let says = format!("The terminal cannot be used ({fault}). All that was saved is kept. Try another one.");
    Stop::new(Exit::Usage, says)
}

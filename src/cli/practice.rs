//! `practice`: makes the practice register where there is none, and opens it. It never overwrites one.

use super::args::PracticeArgs;
use super::exit::{Exit, Stop};
use super::open::at_the_desk;
use super::out;
use super::place::{Place, terminal};
use crate::book::policy_default;
use crate::clock::Clock;
use crate::journal::Fault;
use crate::platform::Folder;
use crate::run::open::is_there;
use crate::run::setup::Families;
use crate::run::when::Refused;
use crate::run::{self};

/// Makes and opens it, as asked.
pub(super) fn practice(place: &Place, words: PracticeArgs) -> Result<Exit, Stop> {
    let (there, shown) = (is_there(&place.folder), place.folder.display());
    if words.empty {
        make(place, Families::None)?;
        out::print(&format!(
            "A practice register with its team and no families is in {shown}\nNext: doorbook{} import FOLDER\n",
            place.data
        ))?;
        return Ok(Exit::Done);
    }
    if words.no_open {
        if there {
            is_practice(place)?;
            out::print(&format!("There is a practice register in {shown} already; nothing was changed.\n"))?;
        } else {
            make(place, Families::Invented)?;
            out::print(&format!("A practice register is in {shown}\nNext: doorbook{}\n", place.data))?;
        }
        return Ok(Exit::Done);
    }
    terminal()?;
    if !there {
        make(place, Families::Invented)?;
    }
    at_the_desk(place)
}

/// Makes one, whole or not at all.
pub(super) fn make(place: &Place, families: Families) -> Result<(), Stop> {
    if is_there(&place.folder) {
        return Err(run::open::is_private(&place.folder).err().unwrap_or_else(|| Fault::Exists.into()).into());
    }
    let alone = run::open::lacks_its_book(&place.folder);
    let became = run::open::make(&place.folder, families, &clock(place)?)?;
    if alone {
        out::say(
            "There was a keyring without its register in the folder. It was set aside beside the new one, as keyring and \
             eight letters: keep it, no copy of its register opens without it.",
        );
    }
    if became == Folder::Tightened {
        out::say(&format!("Others could look into {}. Now only you can.", place.folder.display()));
    }
    Ok(())
}

/// The clock that a register is made by.
pub(super) fn clock(place: &Place) -> Result<Clock, Stop> {
    let zone = policy_default().zone;
    let clock = place.at.map_or_else(|| Clock::system(&zone), |at| Clock::standing(&zone, at));
    clock.map_err(|fault| Refused::from(fault).into())
}

fn is_practice(place: &Place) -> Result<(), Stop> {
    if place.look()?.register.is_practice() {
        return Ok(());
    }
    Err(Stop::new(Exit::Refused, "The register in this folder is not for practice. Nothing was touched. Name another."))
}

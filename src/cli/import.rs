//! `import`: a dry run, then everything in one append, or nothing.

use std::convert::Infallible;

use super::args::ImportArgs;
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::DiskBook;
use crate::domain::event::Entry;
use crate::import::{Files, Plan, plan};
use crate::run::open::Opened;
use crate::run::setup::{DESK, Held};
use crate::run::stamp::stamp_import;
use crate::run::when;

/// Says what the files would add, and adds it.
pub(super) fn import(place: &Place, words: &ImportArgs) -> Result<Exit, Stop> {
    let mut opened = if words.dry_run { place.look()? } else { place.open()? };
    opened.all().map_err(|fault| place.stop(fault))?;
    let Opened { mut book, register, .. } = opened;
    if !register.is_practice() {
        let says =
            "Until sealing lands only a practice register takes an import, and this is not one. Nothing was written.";
        return Err(Stop::new(Exit::Refused, says));
    }
    let clock = when::clock(&register, place.at)?;
    let files = Files::of_folder(&words.folder)
        .map_err(|fault| Stop::new(Exit::Faults, format!("{fault}. Name the folder that families.csv lies in.")))?;
    let plan = match plan(book.register(), &files, &Held::new(&register)) {
        Ok(plan) => plan,
        Err(faults) => {
            out::print(&faults.report())?;
            let many = faults.count();
            let says = format!("The files have {many} to put right. Nothing was written.");
            return Err(Stop::new(Exit::Faults, says));
        }
    };
    out::print(&plan.report())?;
    if words.dry_run {
        out::print("\nThis was a dry run: nothing was written.\n")?;
        return Ok(Exit::Done);
    }
    write(&mut book, &plan, |plan| {
        let (now, ids) = (clock.now(), clock.ids());
        Box::new(stamp_import(plan, DESK, now, ids))
    })
}

fn write(
    book: &mut DiskBook,
    plan: &Plan,
    stamp: impl FnOnce(&Plan) -> Box<dyn Iterator<Item = Entry> + '_>,
) -> Result<Exit, Stop> {
    let many = plan.entries.len();
    if many == 0 {
        out::print("Nothing is new. Nothing was written.\n")?;
        return Ok(Exit::Done);
    }
    book.append_all(&mut stamp(plan).map(Ok::<_, Infallible>)).map_err(Stop::from)?;
    let entries = if many == 1 { "entry is" } else { "entries are" };
    out::print(&format!("\nWritten: {many} {entries} in the register.\n"))?;
    Ok(Exit::Done)
}

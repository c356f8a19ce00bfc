//! `import`: a dry run, then everything in one append, or nothing.

use super::args::ImportArgs;
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::file_bytes;
use crate::domain::codes::Moment;
use crate::domain::event::FileRef;
use crate::domain::policy::Power;
use crate::import::{Files, counted, plan};
use crate::run::making;
use crate::run::on_file::OnFile;
use crate::run::open::Opened;
use crate::run::setup::DESK;
use crate::run::stamp::stamp_import;
use crate::run::when;

/// Says what the files would add, and adds it.
pub(super) fn import(place: &Place, words: &ImportArgs) -> Result<Exit, Stop> {
    let mut opened = if words.dry_run { place.look()? } else { place.open()? };
    if !opened.register.is_practice() && opened.house.is_none() {
        let says = "Only a sealed register takes real families, and this is not one. Nothing was written.";
        return Err(Stop::new(Exit::Refused, says));
    }
    opened.may(Power::Files)?;
    let clock = when::clock(&opened.register, place.at)?;
    let files = Files::of_folder(&words.folder)
        .map_err(|fault| Stop::new(Exit::Faults, format!("{fault}. Name the folder that families.csv lies in.")))?;
    // A second hand on the same book, since the first one writes while the files are asked for.
    let held = OnFile::of(place.look()?)?;
    let mut plan = match plan(opened.book.register(), &files, &held) {
        Ok(plan) => plan,
        Err(faults) => {
            out::print(&faults.report())?;
            let faults = counted(faults.count(), "fault", "faults");
            let says = format!("The files have {faults}. Nothing was written. Put them right, and run it again.");
            return Err(Stop::new(Exit::Faults, says));
        }
    };
    if words.dry_run {
        plan.by_ref().for_each(drop);
        held.is_sound()?;
        out::print(&plan.report())?;
        out::print(&today(&mut opened, place, clock.now())?)?;
        out::print("\nThis was a dry run: nothing was written.\n")?;
        return Ok(Exit::Done);
    }
    let (now, ids) = (clock.now(), clock.ids());
    let today = today(&mut opened, place, now)?;
    // The keyring is durable before the first entry that needs it, and the book names it with them.
    let keyed = match &opened.house {
        Some(house) => {
            let files: Vec<[u8; 17]> = plan.cases().into_iter().map(|case| file_bytes(FileRef::Case(case))).collect();
            let files: Vec<[u8; 17]> = files.into_iter().chain([file_bytes(FileRef::Centre)]).collect();
            house.ready_for(&files)?.map(|set| making::told(set, &clock)).unwrap_or_default()
        }
        None => Vec::new(),
    };
    let rows = stamp_import(&mut plan, DESK, now, ids).map(|entry| held.is_sound().map(|()| entry));
    let mut entries = keyed.into_iter().map(Ok).chain(rows);
    opened.book.append_all(&mut entries).map_err(Stop::from)?;
    drop(entries);
    out::print(&plan.report())?;
    out::print(&today)?;
    let says = match plan.entries() {
        0 => "Nothing is new. Nothing was written.\n".to_owned(),
        1 => "\nWritten: 1 entry is in the register.\n".to_owned(),
        many => format!("\nWritten: {many} entries are in the register.\n"),
    };
    out::print(&says)?;
    // Now, so that the next start at the door need not. The rows of the files are not needed for it.
    drop(plan);
    drop((held, files));
    opened.put_away();
    Ok(Exit::Done)
}

/// What becomes of a day that is open now: it was frozen as it was opened.
fn today(opened: &mut Opened, place: &Place, now: Moment) -> Result<String, Stop> {
    let date = opened.register.date_in_hand(now);
    opened.days_in_hand(date).map_err(|fault| place.stop(fault))?;
    let day = opened.register.days.get(&opened.register.day_id(date)).filter(|day| day.opened.is_some());
    let Some(day) = day.filter(|day| !day.is_signed()) else { return Ok(String::new()) };
    let sessions = counted(day.sessions.len(), "session", "sessions");
    Ok(format!(
        "\n{} is open, and stays as it was opened: {sessions}, none added or changed, nobody more kept apart. What is \
         imported holds from the next day that is opened; what must hold at the door now is written on the card (i).\n",
        date.format("%A %-d %B %Y")
    ))
}

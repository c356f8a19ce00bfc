//! `day`, `log` and `roll`: what the register says of one day, as text or JSON. Of a sealed one that it was asked is an
//! entry, and nothing else is written.

use chrono::NaiveDate;

use super::args::{DayArgs, JsonArgs};
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::app::screen::Size;
use crate::app::{App, Setup, roll};
use crate::book::wire;
use crate::domain::codes::Moment;
use crate::domain::event::{By, CentreEvent, FileRef, Leaves};
use crate::domain::past::Want;
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::export;
use crate::run::house::{House, whose};
use crate::run::making;
use crate::run::open::Opened;
use crate::run::setup::DESK;
use crate::run::when;

/// Under a roll with nobody on it.
const NOT_OPENED: &str = "The day was not opened: by the book nobody is in. Count heads.";

/// Shows a day.
pub(super) fn day(place: &Place, words: &DayArgs) -> Result<Exit, Stop> {
    let (register, date, now) = read(place, words, Leaves::Day)?;
    let day = export::day(&register, date, now);
    out::print(&if words.json { json(&day)? } else { export::day_text(&register, &day) })?;
    Ok(Exit::Done)
}

/// Shows the entries of a day.
pub(super) fn log(place: &Place, words: &DayArgs) -> Result<Exit, Stop> {
    let (register, date, _) = read(place, words, Leaves::Log)?;
    let log = export::log(&register, date, wire::name);
    out::print(&if words.json { json(&log)? } else { export::log_text(&log, register.practice_mark()) })?;
    Ok(Exit::Done)
}

/// Shows who is in, now.
pub(super) fn roll(place: &Place, words: JsonArgs) -> Result<Exit, Stop> {
    let mut opened = match to_show(place) {
        // In a fire nobody waits for a book: where it cannot be written to, the roll is shown all the same.
        Err(Stop { exit: Exit::InUse | Exit::Disk | Exit::Damaged, .. }) => place.look()?,
        other => other?,
    };
    let now = when::clock(&opened.register, place.at)?.now();
    let _ = exported(&mut opened, place, Leaves::Roll, now.date_naive());
    opened.days_in_hand(now.date_naive()).map_err(|fault| place.stop(fault))?;
    let register = opened.register;
    if words.json {
        out::print(&json(&export::roll(&register, now))?)?;
        return Ok(Exit::Done);
    }
    let app = App::new(
        register,
        Setup { desk: DESK, size: Size { width: 80, height: 24 }, now, clock_moves: false, unclean: false },
    );
    let mut lines = roll::named(&app);
    if app.day().is_none_or(|day| day.opened.is_none()) {
        lines.push(NOT_OPENED.to_owned());
    }
    out::print(&(lines.join("\n") + "\n"))?;
    Ok(Exit::Done)
}

/// A register of which something is to be shown: where it is sealed that is written into it, so it is opened for that.
fn to_show(place: &Place) -> Result<Opened, Stop> {
    if House::is_there(&place.folder) { place.open() } else { place.look() }
}

fn read(place: &Place, words: &DayArgs, what: Leaves) -> Result<(Register, NaiveDate, Moment), Stop> {
    let mut opened = to_show(place)?;
    opened.may(Power::Export)?;
    let now = when::clock(&opened.register, place.at)?.now();
    let date = words.date.unwrap_or_else(|| now.date_naive());
    // Nothing is shown that was not written down.
    exported(&mut opened, place, what, date)?;
    opened.apart().and_then(|()| opened.bring(&Want::Date(date))).map_err(|fault| place.stop(fault))?;
    if what == Leaves::Log {
        let files = export::files_in_log(&opened.register, date);
        files.iter().try_for_each(|case| opened.bring(&Want::Case(*case))).map_err(|fault| place.stop(fault))?;
    }
    let register = opened.register;
    Ok((register, date, now))
}

/// Of a sealed register that something of it was shown is an entry, in the name of whoever asks; on today's day, where
/// that is open.
fn exported(opened: &mut Opened, place: &Place, what: Leaves, date: NaiveDate) -> Result<(), Stop> {
    let Some(keys) = opened.house.as_ref().map(House::keys).transpose()? else { return Ok(()) };
    let by = whose(&keys).map_or(By::Program, By::Staff);
    let clock = when::clock(&opened.register, place.at)?;
    opened.days_in_hand(clock.now().date_naive()).map_err(|fault| place.stop(fault))?;
    let register = &opened.register;
    let today = register.days.get(&register.day_id(register.date_in_hand(clock.now())));
    let day = today.filter(|day| day.opened.is_some()).map(|day| day.id);
    let event = CentreEvent::Exported { what, date: Some(date), case: None };
    let entries = making::on_day(day, making::of_centre(by, vec![(FileRef::Centre, event)], &clock));
    let head = opened.book.append(&entries)?;
    if let Some(directory) = &mut opened.directory {
        directory.wrote(&entries, head);
    }
    entries.iter().for_each(|entry| opened.register.fold(entry));
    Ok(())
}

fn json(what: &impl serde::Serialize) -> Result<String, Stop> {
    let text = export::json(what).map_err(|fault| Stop::new(Exit::Broken, format!("Not written: {fault}.")))?;
    Ok(text + "\n")
}

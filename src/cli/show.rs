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
use crate::domain::event::{By, CentreEvent, Event, FileRef, Leaves, Source};
use crate::domain::past::Want;
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::export;
use crate::run::house::{House, whose};
use crate::run::setup::{DESK, outside_days};
use crate::run::stamp::{Hand, stamp};
use crate::run::when;

/// Under a roll with nobody on it.
const NOT_OPENED: &str = "The day was not opened: by the book nobody is in. Count heads.";

/// Shows a day.
pub(super) fn day(place: &Place, words: &DayArgs) -> Result<Exit, Stop> {
    let (register, date, now) = read(place, words)?;
    exported(place, Leaves::Day, date)?;
    let day = export::day(&register, date, now);
    out::print(&if words.json { json(&day)? } else { export::day_text(&register, &day) })?;
    Ok(Exit::Done)
}

/// Shows the entries of a day.
pub(super) fn log(place: &Place, words: &DayArgs) -> Result<Exit, Stop> {
    let (register, date, _) = read(place, words)?;
    exported(place, Leaves::Log, date)?;
    let log = export::log(&register, date, wire::name);
    out::print(&if words.json { json(&log)? } else { export::log_text(&log) })?;
    Ok(Exit::Done)
}

/// Shows who is in, now.
pub(super) fn roll(place: &Place, words: JsonArgs) -> Result<Exit, Stop> {
    let mut opened = place.look()?;
    let now = when::clock(&opened.register, place.at)?.now();
    // Today's entries, and last night's where it was never signed.
    let today = now.date_naive();
    let open = today.pred_opt().filter(|date| opened.register.past.is_open(*date));
    for date in open.into_iter().chain([today]) {
        opened.day(date).map_err(|fault| place.stop(fault))?;
    }
    let register = opened.register;
    // In a fire nobody waits for a book: where a desk has it, the roll is shown all the same.
    let _ = exported(place, Leaves::Roll, now.date_naive());
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

fn read(place: &Place, words: &DayArgs) -> Result<(Register, NaiveDate, Moment), Stop> {
    let mut opened = place.look()?;
    let now = when::clock(&opened.register, place.at)?.now();
    let date = words.date.unwrap_or_else(|| now.date_naive());
    opened.apart().and_then(|()| opened.bring(&Want::Date(date))).map_err(|fault| place.stop(fault))?;
    let register = opened.register;
    Ok((register, date, now))
}

/// Of a sealed register that is an entry, in the name of whoever asks; nothing is shown that was not written down.
fn exported(place: &Place, what: Leaves, date: NaiveDate) -> Result<(), Stop> {
    if !House::is_there(&place.folder) {
        return Ok(());
    }
    let mut opened = place.open()?;
    if what != Leaves::Roll {
        opened.may(Power::Export)?;
    }
    let Some(keys) = opened.house.as_ref().map(House::keys).transpose()? else { return Ok(()) };
    let by = whose(&keys).map_or(By::Program, By::Staff);
    let clock = when::clock(&opened.register, place.at)?;
    let event = Event::Centre(CentreEvent::Exported { what, date: Some(date), case: None });
    let draft = outside_days(FileRef::Centre, event, clock.now());
    let hand = Hand { by, desk: DESK, now: clock.now(), source: Source::Desk };
    opened.book.append(&stamp(vec![draft], &hand, clock.ids()))?;
    Ok(())
}

fn json(what: &impl serde::Serialize) -> Result<String, Stop> {
    let text = export::json(what).map_err(|fault| Stop::new(Exit::Broken, format!("Not written: {fault}.")))?;
    Ok(text + "\n")
}

//! `day` and `log`: what the register says of one day, as text or JSON. Neither writes anything.

use chrono::NaiveDate;

use super::args::DayArgs;
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::wire;
use crate::domain::codes::Moment;
use crate::domain::past::Want;
use crate::domain::register::Register;
use crate::export;
use crate::run::when;

/// Shows a day.
pub(super) fn day(place: &Place, words: &DayArgs) -> Result<Exit, Stop> {
    let (register, date, now) = read(place, words)?;
    let day = export::day(&register, date, now);
    out::print(&if words.json { json(&day)? } else { export::day_text(&register, &day) })?;
    Ok(Exit::Done)
}

/// Shows the entries of a day.
pub(super) fn log(place: &Place, words: &DayArgs) -> Result<Exit, Stop> {
    let (register, date, _) = read(place, words)?;
    let log = export::log(&register, date, wire::name);
    out::print(&if words.json { json(&log)? } else { export::log_text(&log) })?;
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

fn json(what: &impl serde::Serialize) -> Result<String, Stop> {
    let text = export::json(what).map_err(|fault| Stop::new(Exit::Broken, format!("Not written: {fault}.")))?;
    Ok(text + "\n")
}

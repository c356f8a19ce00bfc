//! The command line: words in, an exit code out.

mod args;
mod book;
mod complete;
mod doctor;
mod exit;
mod import;
mod open;
mod out;
mod pass;
mod place;
mod practice;
mod salvage;
mod show;
mod verify;

use std::panic::catch_unwind;
use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Command};
use self::exit::{Exit, Stop};
use self::place::Place;
use crate::domain::text;
use crate::{platform, run};

/// Runs the program.
pub fn main() -> ExitCode {
    run::on_panic();
    let ended = catch_unwind(|| match work() {
        Ok(exit) => exit,
        Err(stop) => {
            out::say(&stop.says);
            stop.exit
        }
    });
    // The panic hook has given the terminal back, and said so.
    ended.unwrap_or(Exit::Broken).into()
}

/// Does the command line understand these words, those after `doorbook`? Nothing is done.
///
/// # Errors
/// What is said of words that it does not understand.
pub fn understands<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
    let read = Args::try_parse_from(std::iter::once("doorbook").chain(words));
    read.map(|_| ()).map_err(|fault| text::lines(&fault.render().to_string()))
}

fn work() -> Result<Exit, Stop> {
    platform::prepare().map_err(|fault| {
        let says = format!("The system refused to keep what Doorbook writes private ({fault}). Nothing was touched.");
        Stop::new(Exit::Disk, says)
    })?;
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(other) => return Ok(out::usage(&other)),
    };
    match args.command {
        Some(Command::Completions(words)) => return complete::completions(words),
        Some(Command::Doctor(words)) => return doctor::doctor(&args, words),
        _ => {}
    }
    let mut place = Place::find(&args)?;
    if matches!(args.command, Some(Command::Practice(_))) {
        place.practises();
    }
    match args.command {
        None => open::open_or_ask(&place),
        Some(Command::Practice(words)) => practice::practice(&place, words),
        Some(Command::Import(words)) => import::import(&place, &words),
        Some(Command::Day(words)) => show::day(&place, &words),
        Some(Command::Log(words)) => show::log(&place, &words),
        Some(Command::Roll(words)) => show::roll(&place, words),
        Some(Command::Verify(words)) => verify::verify(&place, &words),
        Some(Command::Book(words)) => book::book(&place, &words.what),
        Some(Command::Salvage(words)) => salvage::salvage(&place, &words),
        // Both are done above: they need no register.
        Some(Command::Doctor(_) | Command::Completions(_)) => Ok(Exit::Done),
    }
}

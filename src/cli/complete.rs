//! `completions`: what a shell needs to complete the words of the command line.

use clap::CommandFactory;

use super::args::{Args, ShellArgs};
use super::exit::{Exit, Stop};
use super::out;

/// Prints it.
pub(super) fn completions(words: ShellArgs) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(words.shell, &mut Args::command(), "doorbook", &mut script);
    out::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

//! Standard output and standard error. A reader that has gone away, as `head` does, is a quiet end. Whatever a register, a
//! file or a word of the command line holds, a terminal is given nothing from it that it would obey.

use std::io::{self, Write};

use super::exit::{Exit, Stop};
use crate::domain::text;

/// Writes to standard output.
pub(super) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    match out.write_all(text::lines(text).as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
            Err(Stop::new(Exit::Disk, format!("The output could not be written: {fault}.")))
        }
        _ => Ok(()),
    }
}

/// Says one sentence on standard error.
pub(super) fn say(sentence: &str) {
    // There is nowhere left to tell of a fault of standard error.
    let _ = writeln!(io::stderr().lock(), "{}", text::lines(sentence.trim_end()));
}

/// What the command line's reader says: its help, or what was said wrongly.
pub(super) fn usage(said: &clap::Error) -> Exit {
    let says = said.render().to_string();
    if said.use_stderr() {
        say(&says);
        return Exit::Usage;
    }
    // Help that nobody could be told of is no fault.
    let _ = print(&says);
    Exit::Done
}

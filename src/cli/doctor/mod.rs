//! `doctor`: how this machine, its disk and the register's folder are, a sentence a finding, with the cure.
//!
//! It names no person, so that it may be sent to whoever helps. It writes one file of its own, for the time that the
//! disk takes, and removes it; nothing of the register is touched, whatever state it is in.

mod disk;
mod finding;
mod folder;
mod machine;
mod register;

use super::args::{Args, JsonArgs};
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::config;
use crate::{journal, vault};
use finding::{Finding, State, quiet};

/// The store that this was built with.
const STORE: &str = "redb 4.5.0";

/// Looks at everything, and says it.
pub(super) fn doctor(args: &Args, words: JsonArgs) -> Result<Exit, Stop> {
    let mut found = vec![versions()];
    let place = match Place::find(args) {
        Ok(place) => {
            found.push(preferences(args, None));
            Ok(place)
        }
        Err(stop) => {
            found.push(preferences(args, Some(&stop)));
            // Preferences that cannot be read do not keep it from looking.
            Place::without_preferences(args)
        }
    };
    match place {
        Ok(place) => {
            found.extend(folder::findings(&place.folder));
            found.extend(disk::findings(&place.folder));
            found.extend(register::findings(&place.folder));
        }
        Err(stop) => found.push(Finding::wrong("folder", stop.exit, stop.says)),
    }
    found.extend(machine::findings());
    found.iter_mut().for_each(|finding| finding.says = quiet(&finding.says));
    out::print(&if words.json { json(&found)? } else { text(&found) })?;
    // What keeps it from being used stands before what could be better.
    let worst = found.iter().filter(|finding| finding.state == State::Wrong).map(|finding| finding.exit);
    Ok(worst.max_by_key(|exit| *exit == Exit::Damaged).unwrap_or(Exit::Done))
}

fn versions() -> Finding {
    let rust = env!("CARGO_PKG_RUST_VERSION");
    let (rows, entries) = (journal::VERSION, vault::FORMAT);
    let says = format!(
        "This is Doorbook {} for {} on {}, with {STORE}; it writes rows of version {rows} and entries of format \
         {entries}, and is built with Rust {rust} or later.",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    Finding::good("versions", says)
        .with("doorbook", env!("CARGO_PKG_VERSION"))
        .with("store", STORE)
        .with("rows", rows)
        .with("entries", entries)
}

fn preferences(args: &Args, fault: Option<&Stop>) -> Finding {
    let path = args.config.clone().or_else(config::file);
    let shown = path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    match fault {
        Some(stop) => Finding::wrong("preferences", stop.exit, stop.says.replace('\n', " ")),
        None if path.is_some_and(|path| path.exists()) => {
            Finding::good("preferences", format!("The preferences are read from {shown}."))
        }
        None => Finding::good("preferences", format!("There are no preferences; they would lie in {shown}.")),
    }
}

fn text(found: &[Finding]) -> String {
    let line = |finding: &Finding| format!("{:<7}{:<14}{}\n", finding.state.word(), finding.about, finding.says);
    let wrong = found.iter().filter(|finding| finding.state == State::Wrong).count();
    let end = match wrong {
        0 => "Nothing is wrong.\n".to_owned(),
        1 => "One thing is wrong: it says how to put it right.\n".to_owned(),
        _ => format!("{wrong} things are wrong: each says how to put it right.\n"),
    };
    found.iter().map(line).collect::<String>() + &end
}

fn json(found: &[Finding]) -> Result<String, Stop> {
    let out = serde_json::json!({ "format": 1, "findings": found });
    let text = serde_json::to_string_pretty(&out);
    text.map(|text| text + "\n").map_err(|fault| Stop::new(Exit::Broken, format!("Not written: {fault}.")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_store_is_the_one_that_it_says() {
        let lock = include_str!("../../../Cargo.lock");
        let (name, version) = super::STORE.split_once(' ').unwrap();
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")));
    }
}

//! The folder and what lies in it: who may look into it, and what is not Doorbook's.

use std::path::Path;

use super::finding::Finding;
use crate::cli::exit::Exit;
use crate::platform::health::{Kind, Seen, seen};
use crate::run::open::{DIRECTORY, file};

/// The files of a folder by their names, and what they are called here: a draft's name is the id of somebody.
const KNOWN: &[(&str, &str, &str)] = &[
    ("register.redb", "", "the register"),
    ("keyring", "", "the keyring"),
    ("tries.txt", "", "the count of wrong passphrases"),
    ("raised.txt", "", "notes raised while it was locked"),
    (DIRECTORY, "", "the directory"),
    ("roll.txt", "", "the roll for the printer"),
    ("close.txt", "", "the close for the printer"),
    ("desk-sheet.txt", "", "the sheet for the desk"),
    ("sealed-sheet.txt", "", "the sealed sheet"),
    ("open.txt", "", "the time until which it was open"),
    ("config.toml", "", "the preferences"),
    ("draft-", ".txt", "a draft"),
    (".", ".half", "a paper that was not finished"),
    (".register.redb.half-", "", "a register that was not finished"),
];

fn known(name: &str) -> Option<&'static str> {
    let is = |(front, back, _): &&(&str, &str, &str)| match *back {
        "" if front.ends_with('-') => name.starts_with(front),
        "" => name == *front,
        back => name.starts_with(front) && name.ends_with(back),
    };
    KNOWN.iter().find(is).map(|(_, _, what)| *what)
}

/// What is found.
pub(super) fn findings(folder: &Path) -> Vec<Finding> {
    let shown = folder.display();
    let look = match seen(folder) {
        Ok(look) => look,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            let says = format!(
                "There is no folder {shown}. Make a register with doorbook practice, or name its folder with --data."
            );
            return vec![Finding::wrong("folder", Exit::Missing, says)];
        }
        Err(fault) => {
            let says = format!("The folder {shown} cannot be looked at ({fault}): name another with --data.");
            return vec![Finding::wrong("folder", Exit::Disk, says)];
        }
    };
    let mut found = vec![of_folder(folder, look)];
    found.extend(of_files(folder));
    found
}

fn of_folder(folder: &Path, look: Seen) -> Finding {
    let shown = folder.display();
    let wrong = |says: String| Finding::wrong("folder", Exit::Refused, says);
    let finding = match look {
        Seen { kind: Kind::Link, .. } => wrong(format!("{shown} is a link: name the folder itself with --data.")),
        Seen { kind: Kind::File | Kind::Other, .. } => wrong(format!("{shown} is no folder: name one with --data.")),
        Seen { mine: false, .. } => {
            wrong(format!("The folder {shown} is somebody else's: name one of your own with --data."))
        }
        look if look.is_wide() => {
            wrong(format!("Others on this machine can look into the folder {shown}: close it with chmod 700 {shown}"))
        }
        _ => Finding::good("folder", format!("The folder is {shown}, and nobody else can look into it.")),
    };
    finding.with("mode", look.mode.map(|mode| format!("{mode:04o}")))
}

fn of_files(folder: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    let Ok(entries) = folder.read_dir() else {
        let says = "What lies in the folder cannot be listed: give yourself the right to with chmod 700.";
        return vec![Finding::wrong("files", Exit::Refused, says)];
    };
    let (mut good, mut strange, mut halves) = (0, 0, 0);
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(what) = known(&name) else {
            strange += 1;
            continue;
        };
        halves += usize::from(what.ends_with("not finished"));
        let Ok(look) = seen(&entry.path()) else { continue };
        match bad(&name, what, look) {
            Some(says) => found.push(Finding::wrong("files", Exit::Refused, says).with("mode", mode(look))),
            None => good += 1,
        }
    }
    if found.is_empty() {
        let says = format!("Files of Doorbook in it: {good}; nobody else can read any of them.");
        found.push(Finding::good("files", says).with("files", good));
    }
    if halves > 0 {
        let says =
            format!("Files that were not finished: {halves}. They are never opened, and the next making removes them.");
        found.push(Finding::note("files", says));
    }
    if strange > 0 {
        let says = format!(
            "Files in it that are not Doorbook's: {strange}. Put them elsewhere: the folder is for the register alone."
        );
        found.push(Finding::note("files", says));
    }
    if seen(&file(folder)).is_err() {
        let says = match crate::run::open::lacks_its_book(folder) {
            true => crate::run::house::HouseFault::NoBook.to_string(),
            false => {
                "There is no register in the folder. Make one with doorbook practice, or name its folder with --data."
                    .to_owned()
            }
        };
        found.push(Finding::wrong("register", Exit::Missing, says));
    }
    found
}

fn mode(look: Seen) -> Option<String> {
    look.mode.map(|mode| format!("{mode:04o}"))
}

fn bad(name: &str, what: &str, look: Seen) -> Option<String> {
    // The name of a draft is somebody's id, which says nothing without the register: the cure needs it.
    Some(match look {
        Seen { kind: Kind::Link, .. } => format!("{name} ({what}) is a link: put the file itself there."),
        Seen { kind: Kind::Folder | Kind::Other, .. } => format!("{name} ({what}) is no plain file: put it elsewhere."),
        Seen { mine: false, .. } => format!("{name} ({what}) is somebody else's: have it given to you, with chown."),
        look if look.is_wide() => format!("Others can read {name} ({what}): close it with chmod 600 in the folder."),
        _ => return None,
    })
}

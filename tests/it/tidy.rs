//! The rooms of the house: reads `src/`, and fails on a name that a room must not know, on a word in `tui`, on a clock
//! anywhere but in `clock`, on files and functions that have grown too long, on two crossterms.

mod reasons;
mod source;
mod teeth;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use source::Source;

/// What a room may know.
struct Room {
    name: &'static str,
    /// Other rooms, or parts of them.
    rooms: Rooms,
    crates: Crates,
    /// Parts of `std` that it must not know.
    not_std: &'static [&'static str],
}

enum Rooms {
    Only(&'static [&'static str]),
    Any,
}

enum Crates {
    Only(&'static [&'static str]),
    But(&'static [&'static str]),
}

const SCREEN_AND_STORE: &[&str] = &["ratatui", "crossterm", "tui_input", "redb"];
const OUTSIDE: &[&str] = &["fs", "thread", "net", "env", "process", "io"];

/// The table of docs/ARCHITECTURE.md. A new room fails until it has a line here.
const HOUSE: &[Room] = &[
    Room {
        name: "domain",
        rooms: Rooms::Only(&[]),
        crates: Crates::Only(&[
            "chrono",
            "chrono_tz",
            "uuid",
            "unicode_normalization",
            "unicode_segmentation",
            "thiserror",
        ]),
        not_std: OUTSIDE,
    },
    Room {
        name: "app",
        rooms: Rooms::Only(&["domain"]),
        crates: Crates::Only(&[
            "chrono",
            "chrono_tz",
            "uuid",
            "unicode_normalization",
            "unicode_segmentation",
            "unicode_width",
            "thiserror",
            "tui_input",
            "zeroize",
        ]),
        not_std: OUTSIDE,
    },
    Room {
        name: "tui",
        rooms: Rooms::Only(&["app"]),
        crates: Crates::Only(&["ratatui", "crossterm", "unicode_width", "unicode_segmentation"]),
        not_std: &["fs", "net", "env", "process"],
    },
    Room {
        name: "journal",
        rooms: Rooms::Only(&["platform"]),
        crates: Crates::Only(&["redb", "blake3", "uuid", "thiserror"]),
        not_std: &["net", "env", "process"],
    },
    Room {
        name: "book",
        rooms: Rooms::Only(&["journal", "vault", "domain"]),
        crates: Crates::But(SCREEN_AND_STORE),
        not_std: &["net", "env", "process"],
    },
    Room {
        name: "vault",
        rooms: Rooms::Only(&[]),
        crates: Crates::But(SCREEN_AND_STORE),
        not_std: &["net", "env", "process"],
    },
    Room { name: "platform", rooms: Rooms::Only(&[]), crates: Crates::But(SCREEN_AND_STORE), not_std: &["net"] },
    Room {
        name: "config",
        rooms: Rooms::Only(&[]),
        crates: Crates::Only(&["serde", "toml", "directories", "thiserror"]),
        not_std: &["net", "thread", "process"],
    },
    Room {
        name: "import",
        rooms: Rooms::Only(&["domain"]),
        crates: Crates::But(SCREEN_AND_STORE),
        not_std: &["net", "env"],
    },
    Room {
        name: "export",
        rooms: Rooms::Only(&["domain"]),
        crates: Crates::But(SCREEN_AND_STORE),
        not_std: &["net", "env"],
    },
    Room {
        name: "clock",
        rooms: Rooms::Only(&["domain"]),
        crates: Crates::Only(&["chrono", "chrono_tz", "uuid", "thiserror"]),
        not_std: OUTSIDE,
    },
    Room { name: "run", rooms: Rooms::Any, crates: Crates::But(&["redb", "ratatui"]), not_std: &["net"] },
    Room {
        name: "cli",
        rooms: Rooms::Any,
        crates: Crates::But(&["redb", "ratatui", "crossterm", "tui_input"]),
        not_std: &["net"],
    },
    Room { name: "lib", rooms: Rooms::Any, crates: Crates::Only(&[]), not_std: OUTSIDE },
    Room { name: "main", rooms: Rooms::Any, crates: Crates::Only(&[]), not_std: &["fs", "thread", "net", "env", "io"] },
];

/// Reads the clock, or deals an id.
const DEALS: &[&str] = &["now", "now_v7", "now_v6", "now_v1", "new_v4"];
/// What can be asked the time later.
const CLOCKS: &[&str] = &["Instant", "SystemTime"];
const PRINTS: &[&str] = &["println", "print", "eprintln", "eprint", "dbg"];
/// Lines of a file; at 300 one asks whether it is two.
const FILE: usize = 600;
/// Lines of code in a function where rules and screens are.
const FUNCTION: usize = 40;
const SHORT: &[&str] = &["src/domain/decide", "src/domain/day", "src/domain/next", "src/app/"];

/// Every fault of these files (path, text), as `path:line: what`; `crates`: what Cargo.toml depends on.
fn faults(files: &[(String, String)], crates: &BTreeSet<String>) -> Vec<String> {
    files.iter().flat_map(|(path, text)| file_faults(path, text, crates)).collect()
}

fn file_faults(path: &str, text: &str, crates: &BTreeSet<String>) -> Vec<String> {
    let source = Source::new(text);
    let mut found = shape(path, text);
    let Some(room) = HOUSE.iter().find(|room| room.name == room_of(path)) else {
        found
            .push(format!("{path}:1: `{}` is no room of the house: give it a line in tests/it/tidy.rs", room_of(path)));
        return found;
    };
    for used in source.paths() {
        let names = resolved(path, &used.names);
        if let Some(what) = must_not_know(room, &names, used.after, crates) {
            found.push(format!("{path}:{}: {what}", used.line));
        }
    }
    if room.name == "tui" {
        found.extend(words(path, &source));
    }
    if SHORT.iter().any(|short| path.starts_with(short)) {
        let long = source.functions().into_iter().filter(|(.., lines)| *lines > FUNCTION);
        found.extend(long.map(|(name, line, lines)| format!("{path}:{line}: fn {name} has {lines} lines of code")));
    }
    found
}

fn shape(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if !text.starts_with("//! ") {
        found.push(format!("{path}:1: does not open with a `//!` sentence saying its one job"));
    }
    if lines > FILE {
        found.push(format!("{path}:{FILE}: has {lines} lines: it is two files"));
    }
    if path == "src/main.rs" && lines > 40 {
        found.push(format!("{path}:41: has {lines} lines: main only hands over"));
    }
    found
}

/// `src/tui/text.rs` is in `tui`, `src/clock.rs` in `clock`.
fn room_of(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// With `self`, `super` and this crate's own name written out from `crate`.
fn resolved(path: &str, names: &[String]) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let mut module: Vec<&str> = inside.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).collect();
    let mut rest = names;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "super" => drop(module.pop()),
            "self" => {}
            "crate" | "doorbook" => module.clear(),
            _ => break,
        }
        rest = others;
    }
    if rest.len() == names.len() {
        return names.to_vec();
    }
    std::iter::once("crate").chain(module).chain(rest.iter().map(String::as_str)).map(String::from).collect()
}

fn must_not_know(room: &Room, names: &[String], after: char, crates: &BTreeSet<String>) -> Option<String> {
    let list: Vec<&str> = names.iter().map(String::as_str).collect();
    let whole = list.join("::");
    let last = *list.last()?;
    if room.name != "clock" && list.len() > 1 && after != '!' && DEALS.contains(&last) {
        return Some(format!("`{whole}`: only src/clock.rs reads the clock and deals ids"));
    }
    if matches!(room.name, "domain" | "app") && list.iter().any(|name| CLOCKS.contains(name)) {
        return Some(format!("`{whole}`: {} is given the time, and holds no clock", room.name));
    }
    if after == '!' && PRINTS.contains(&last) {
        return Some(format!("`{whole}!`: nothing prints past the screen"));
    }
    match list.as_slice() {
        ["crate", other, rest @ ..] => {
            let own = *other == room.name || !HOUSE.iter().any(|room| room.name == *other);
            let part = rest.first().map_or(String::new(), |rest| format!("{other}::{rest}"));
            let known = match room.rooms {
                Rooms::Any => true,
                Rooms::Only(rooms) => rooms.contains(other) || rooms.contains(&part.as_str()),
            };
            (!own && !known).then(|| format!("`{whole}`: {} must not know {other}", room.name))
        }
        ["std" | "core" | "alloc", part, ..] if room.not_std.contains(part) => {
            Some(format!("`{whole}`: {} must not know std::{part}", room.name))
        }
        [first, _, ..] if crates.contains(*first) => {
            let known = match room.crates {
                Crates::Only(only) => only.contains(first),
                Crates::But(but) => !but.contains(first),
            };
            (!known).then(|| format!("`{whole}`: {} must not know {first}", room.name))
        }
        _ => None,
    }
}

/// What only `tui` is asked: no word of its own, and no hand on the state.
fn words(path: &str, source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (line, literal) in &source.strings {
        if has_word(literal) {
            found.push(format!("{path}:{line}: {literal}: tui has no word of its own; app makes them"));
        }
    }
    for (n, line) in source.code.lines().enumerate() {
        let tail =
            line.split("&mut ").skip(1).map(|rest| rest.trim_start_matches("crate::").trim_start_matches("app::"));
        let app =
            |rest: &str| rest.strip_prefix("App").is_some_and(|next| !next.starts_with(|c: char| c.is_alphanumeric()));
        if tail.into_iter().any(app) {
            found.push(format!("{path}:{}: `&mut App`: drawing changes nothing", n + 1));
        }
    }
    found
}

/// Two letters in a row, outside braces; an escape is no letter.
fn has_word(literal: &str) -> bool {
    let body = literal.find('"').map_or(literal, |at| &literal[at..]);
    let (mut depth, mut run, mut escaped) = (0, 0, false);
    for c in body.chars() {
        match c {
            _ if escaped => (escaped, run) = (false, 0),
            '\\' => (escaped, run) = (true, 0),
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 0 && c.is_alphabetic() => run += 1,
            _ if depth == 0 => run = 0,
            _ => {}
        }
        if run > 1 {
            return true;
        }
    }
    false
}

/// How often a package stands in a lock file.
fn copies(lock: &str, name: &str) -> usize {
    lock.lines().filter(|line| *line == format!("name = \"{name}\"")).count()
}

/// The packages of every `[...dependencies]` table, as code writes them.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim_end_matches(']').ends_with("dependencies");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| inside && !line.starts_with('#')) {
            found.insert(name.trim().replace('-', "_"));
        }
    }
    found
}

fn read(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            into.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_room_keeps_to_itself() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    read(&home.join("src"), &mut files);
    files.sort();
    assert!(files.len() > 20, "only {} files were found", files.len());
    let manifest = |name: &str| fs::read_to_string(home.join(name)).unwrap();
    // The vault is a crate of its own.
    let crates = dependencies(&(manifest("Cargo.toml") + &manifest("src/vault/Cargo.toml")));
    let found = faults(&files, &crates);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn there_is_one_crossterm() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    assert_eq!(copies(&lock, "crossterm"), 1, "two crossterms split raw mode and the keys between them");
}

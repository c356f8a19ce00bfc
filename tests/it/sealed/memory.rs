//! What is left in the memory of a locked desk (attack 38): no passphrase, no key, and of names what docs/SECURITY.md says.
//!
//! Read as only root can read it: the program is not dumpable, so its own user gets nothing. Without the right the tests
//! say so and pass.
#![allow(clippy::print_stdout, reason = "what was left out is said")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use doorbook::domain::ids::RegisterId;
use doorbook::import::practice::team;
use doorbook::run::house::House;
use doorbook::run::making;
use doorbook::run::setup::{Families, practice_entries};
use doorbook::vault::{Fault, Group, Kdf, Keys, Kind, NewPerson, Random, System};

use super::{clock, words};
use crate::pty::{Pty, Setup};

const REGISTER: RegisterId = RegisterId(uuid::Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_0038));
/// In no list of words, so that all of it counts.
const PASSPHRASE: &str = "Quizzicle Marmoladka Obelisko Thundrax Vanishko";
/// As it counts.
const COUNTS: &str = "quizzicle marmoladka obelisko thundrax vanishko";
const WRONG: &str = "Wobblefink Crumpetto Dandelux";
/// Typed into a note; letters alone.
const NOTE: &str = "Zqxwvkremembered";

/// The system's randomness, and what was drawn of it that is a key.
#[derive(Default)]
struct Drawn(Mutex<Vec<Vec<u8>>>);

impl Random for Drawn {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        System.fill(bytes)?;
        // Salts and nonces are shorter, and no secrets.
        if bytes.len() >= 32 {
            self.0.lock().unwrap().push(bytes.to_vec());
        }
        Ok(())
    }
}

/// A real register on disk, with Ruth's key; what of its keys must not stay, by name.
fn register(home: &std::path::Path) -> (PathBuf, BTreeMap<String, Vec<u8>>) {
    let (folder, drawn) = (home.join("register"), Drawn::default());
    doorbook::platform::private_folder(&folder).unwrap();
    let entries = practice_entries(REGISTER, Families::Invented, clock().now(), clock().ids());
    let first = team(REGISTER).swap_remove(0);
    let groups = [Group::Concern];
    let passphrase = words(PASSPHRASE);
    let person = NewPerson {
        id: first.staff.0.into_bytes(),
        number: first.number,
        passphrase: &passphrase,
        kdf: Kdf::FLOOR,
        groups: &groups,
    };
    let (mut keys, _) = Keys::create(REGISTER.0.into_bytes(), Kind::Real, &person, &drawn).unwrap();
    keys.ensure_files(&making::files(&entries), &drawn).unwrap();
    let mut secrets = BTreeMap::from([
        ("directory key".to_owned(), keys.directory_key().bytes().to_vec()),
        ("key of own drafts".to_owned(), keys.own_key().bytes().to_vec()),
    ]);
    making::register(&House::of(&folder), &folder, keys, entries, &clock()).unwrap();
    for (n, bytes) in drawn.0.lock().unwrap().iter().enumerate() {
        for half in bytes.chunks_exact(32) {
            let drawn: [u8; 32] = half.try_into().unwrap();
            secrets.insert(format!("drawn {n}"), half.to_vec());
            for of in [
                "doorbook person x25519 v1",
                "doorbook person ed25519 v1",
                "doorbook shell key v1",
                "doorbook body base v1",
                "doorbook vault key v1",
                "doorbook keyring check v1",
            ] {
                secrets.insert(format!("{of} of drawn {n}"), blake3::derive_key(of, &drawn).to_vec());
            }
        }
    }
    (folder, secrets)
}

/// All that a process may write to, in pieces; `None`: it may not be read.
fn memory(pid: u32) -> Option<Vec<(String, Vec<u8>)>> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let file = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut all = Vec::new();
    for line in maps.lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let (from, to) = parts[0].split_once('-')?;
        let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
        if !parts[1].starts_with("rw") || parts.last().is_some_and(|name| name.starts_with("[v")) {
            continue;
        }
        let mut bytes = vec![0; (to - from) as usize];
        // A page that was never touched, or has just gone, is passed over.
        for (n, page) in bytes.chunks_mut(4096).enumerate() {
            let _ = file.read_at(page, from + 4096 * n as u64);
        }
        all.push((parts.get(5).unwrap_or(&"anonymous").to_string(), bytes));
    }
    Some(all).filter(|all| !all.is_empty())
}

/// Which of these are there, how often, and where.
fn found(memory: &[(String, Vec<u8>)], wanted: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let mut starts = vec![false; 1 << 16];
    let pair = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
    wanted.values().for_each(|what| starts[pair(what)] = true);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in memory {
        for at in 0..bytes.len().saturating_sub(1) {
            if !starts[usize::from(bytes[at]) << 8 | usize::from(bytes[at + 1])] {
                continue;
            }
            for (what, _) in wanted.iter().filter(|(_, what)| bytes[at..].starts_with(what)) {
                write!(found.entry(what.clone()).or_default(), "{name}+{at:x} ").unwrap();
            }
        }
    }
    found
}

fn types(desk: &mut Pty, text: &str) {
    for letter in text.chars() {
        desk.send(letter.to_string().as_bytes());
        std::thread::sleep(Duration::from_millis(12));
    }
}

fn nap() {
    std::thread::sleep(Duration::from_millis(900));
}

/// Ruth unlocks, opens the day, writes a note, looks at everything.
fn works(desk: &mut Pty) {
    desk.wait_for("Your number");
    desk.keys("1 Enter");
    types(desk, PASSPHRASE);
    desk.keys("Enter");
    desk.wait_for("You are ");
    nap();
    desk.keys("Enter");
    desk.wait_for("at the desk");
    nap();
    desk.keys("F8");
    nap();
    if !desk.screen().contains("Two words will do") {
        desk.keys("F8");
    }
    desk.wait_for("Two words will do");
    types(desk, NOTE);
    desk.wait_for(NOTE);
    desk.keys("Enter");
    desk.wait_gone("Two words will do");
    for key in ["F5", "F9", "F3", "F2", "F7", "F1"] {
        desk.keys(key);
        std::thread::sleep(Duration::from_millis(300));
        desk.keys("Esc");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn of_words(words: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    words.iter().map(|(name, word)| ((*name).to_owned(), word.as_bytes().to_vec())).collect()
}

/// What is let go has its first bytes written over by the allocator, and none of the rest: so by pieces.
fn pieces(name: &str, whole: &[u8], of: usize) -> Vec<(String, Vec<u8>)> {
    let starts = (0..=whole.len() - of).step_by(of / 2);
    starts.map(|at| (format!("{name}, from {at}"), whole[at..at + of].to_vec())).collect()
}

#[test]
fn a_locked_desk_has_no_passphrase_and_no_key_in_its_memory() {
    let home = tempfile::tempdir().unwrap();
    let (folder, mut secrets) = register(home.path());
    secrets = secrets.into_iter().flat_map(|(name, key)| pieces(&name, &key, 16)).collect();
    for (name, typed) in [("the passphrase", PASSPHRASE), ("as it counts", COUNTS), ("a wrong one", WRONG)] {
        secrets.extend(pieces(name, typed.as_bytes(), 8));
    }
    let setup = Setup::new(&["--data", folder.to_str().unwrap(), "--at", "2026-11-21T09:30"]);
    let mut desk = setup.home(home.path()).size(120, 40).start();
    works(&mut desk);
    let Some(pid) = desk.process_id() else { return };
    let Some(open) = memory(pid) else {
        println!("left out: the memory of a program that is not dumpable is for root alone to read");
        return;
    };
    // The search finds what is there: keys, while somebody is in.
    let before = found(&open, &secrets);
    assert!(before.keys().any(|what| what.contains("shell key")), "{:?}", before.keys());
    let names = of_words(&[
        ("a note", NOTE),
        ("the team", "Pemberton"),
        ("an instruction", "Straight to the room"),
        ("a number", "07700 900"),
        ("one family", "Hughes"),
        ("another family", "Howell"),
        ("a third", "Nowak"),
    ]);
    let named = found(&open, &names);
    drop(open);

    desk.keys("F4");
    desk.wait_for("Your number");
    nap();
    desk.keys("1 Enter");
    types(&mut desk, WRONG);
    desk.keys("Enter");
    std::thread::sleep(Duration::from_secs(2));
    let locked = memory(pid).unwrap();
    let after = found(&locked, &secrets);
    let size: usize = locked.iter().map(|(_, bytes)| bytes.len()).sum();
    println!(
        "{} patterns; {} found while it was open, {} of {} KiB when it was locked",
        secrets.len(),
        before.len(),
        after.len(),
        size >> 10
    );
    assert!(after.is_empty(), "left in memory: {after:#?}");
    let left = found(&locked, &names);
    let places = |found: &BTreeMap<String, String>| found.values().map(|at| at.split(' ').count() - 1).sum::<usize>();
    println!("names, numbers and words: in {} places, then in {}: {left:?}", places(&named), places(&left));
    // What was drawn or read lies in memory that is free again until something else is written there: little, by chance.
    assert!(places(&named) > 40 && places(&left) * 8 < places(&named), "{left:#?}");
}

/// Words of eight letters: what is found of them is no chance.
const SHEET: [&str; 26] = [
    "accident", "acoustic", "artefact", "attitude", "bachelor", "broccoli", "business", "category", "champion",
    "cinnamon", "congress", "consider", "convince", "cupboard", "december", "decorate", "dinosaur", "discover",
    "distance", "document", "elephant", "envelope", "evidence", "festival", "hedgehog", "hospital",
];

#[test]
fn the_words_of_a_recovery_sheet_are_gone_from_its_memory_once_they_are_off_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let (folder, _) = register(home.path());
    let setup = Setup::new(&["--data", folder.to_str().unwrap(), "--at", "2026-11-21T09:30"]);
    let mut desk = setup.home(home.path()).size(120, 40).start();
    desk.wait_for("Your number");
    desk.keys("0 Enter");
    desk.wait_for("Whose number");
    types(&mut desk, "1");
    for word in SHEET {
        // The first as on the sheet, the others by the letters that are enough.
        types(&mut desk, &format!(" {}", if word == SHEET[0] { word } else { &word[..4] }));
    }
    desk.wait_for("hospital");
    let wanted: BTreeMap<String, Vec<u8>> =
        SHEET.iter().map(|word| ((*word).to_owned(), word.as_bytes().to_vec())).collect();
    let Some(open) = desk.process_id().and_then(memory) else {
        println!("left out: the memory of a program that is not dumpable is for root alone to read");
        return;
    };
    let typed: BTreeMap<String, Vec<u8>> =
        SHEET[1..].iter().map(|word| (word[..4].to_owned(), word.as_bytes()[..4].to_vec())).collect();
    assert!(!found(&open, &typed).is_empty(), "the search finds what is typed");
    desk.keys("Enter");
    desk.wait_for("is not as on the sheet");
    for _ in SHEET {
        desk.send(b"\x1b[3~");
        std::thread::sleep(Duration::from_millis(30));
        desk.keys("Up");
        std::thread::sleep(Duration::from_millis(30));
    }
    desk.wait_gone("accident");
    desk.send(b"\x1b[3~");
    nap();
    desk.keys("Esc");
    desk.wait_for("Your number");
    nap();
    let left = found(&memory(desk.process_id().unwrap()).unwrap(), &wanted);
    println!("words of the sheet that are left: {left:?}");
    assert!(left.is_empty(), "{left:#?}");
}

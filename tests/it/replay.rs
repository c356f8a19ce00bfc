//! The fuzz targets in the usual suite: each over its seeds, then over ten thousand mutations of them, the same each time.
//! `DOORBOOK_REPLAYS` sets another number; bytes that cargo-fuzz found are kept under `tests/fuzz/found/TARGET`.

use std::path::{Path, PathBuf};

use crate::chance::Chance;

#[path = "../fuzz/bodies.rs"]
mod bodies;

fn fuzz_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// What is known to be well formed, to start from.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/v1");
    let texts = |all: &[&str]| all.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
    match target {
        "entry" => vec![rows(1), rows(4), vec![0x11], vec![0xff; 300]],
        "wire" => files(&corpus.join("events")),
        "csv" => vec![tables(), tables().into_iter().filter(|byte| *byte != b'\n').collect(), b"\x1e\x1e".to_vec()],
        "times" => {
            texts(&["2026-11-21T09:40", "2028-02-29", "2026-03-29T01:30", "9", "1003", "2400", "\u{661}\u{662}"])
        }
        "policy" => vec![std::fs::read(corpus.join("lists/policy.json")).unwrap()],
        "config" => texts(&["theme = \"dark\"\nascii = true\ndata = \"~/book\"\n", "\u{feff}theme = 1\n[x]\ny = 2\n"]),
        other => panic!("no seeds for {other}"),
    }
}

fn tables() -> Vec<u8> {
    let fixture = |name| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/register");
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        text.lines().take(12).map(|line| line.to_owned() + "\n").collect::<String>()
    };
    [fixture("families.csv"), fixture("people.csv"), fixture("bookings.csv")].join("\u{1e}").into_bytes()
}

/// Rows as a book writes them, in the form that the target `entry` takes.
fn rows(count: usize) -> Vec<u8> {
    use doorbook::journal::{Body, Journal, Memory, RegisterId, Seq, Which};
    let mut book = doorbook::book::Book::open(Memory::new(RegisterId([7; 16]))).unwrap();
    book.append(&Chance::new(5).entries(count)).unwrap();
    let mut out = Vec::new();
    for kept in book.into_journal().read(Which::All, Seq::START, count).unwrap() {
        let Body::Here(mut body) = kept.row.body else { continue };
        let mut shell = kept.row.shell;
        let parts = |bytes: &mut Vec<u8>| {
            let count = bytes.len().div_ceil(64).min(15);
            bytes.resize(count * 64, b' ');
            u8::try_from(count).unwrap()
        };
        out.push(parts(&mut shell) << 4 | parts(&mut body));
        out.extend(shell);
        out.extend(body);
    }
    out
}

/// One or a few changes, of the kind that finds most: bytes, words that mean something, pieces of another seed.
fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    const WORDS: &[&[u8]] = &[
        b"\x1b[2J",
        b"\xc2\x9b31m",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        "\u{202e}".as_bytes(),
        "\u{fdd0}".as_bytes(),
        b"\0",
        b"\r\n",
        b"\"",
        b",",
        b"\x1e",
        b"{",
        b"]",
        b"null",
        b"-1",
        b"99999999999999999999",
        b"1e400",
        b"0000-00-00",
        b"9999-12-31",
        b"-262144-01-01",
        b"+262143-12-31",
        b"23:59:60",
        b"2016-12-31T23:59:60+00:00",
        b"24:00",
        b"2026-03-29T01:30",
        "\u{1f468}\u{200d}\u{1f469}".as_bytes(),
        "＝1+1".as_bytes(),
        b"=1+1",
    ];
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(24)).min(bytes.len());
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let word = WORDS[chance.below(WORDS.len())];
                drop(bytes.splice(at..at, word.iter().copied()));
            }
            3 => {
                let word = WORDS[chance.below(WORDS.len())];
                drop(bytes.splice(at..end, word.iter().copied()));
            }
            4 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                let to = (from + chance.below(200)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            _ => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
        }
    }
    bytes
}

fn replay(target: &str) {
    let (_, body) = bodies::TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let seeds = seeds(target);
    seeds.iter().for_each(|seed| body(seed));
    files(&fuzz_folder().join("found").join(target)).iter().for_each(|found| body(found));
    let count = std::env::var("DOORBOOK_REPLAYS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    for seed in 0..count {
        let bytes = mutated(&mut Chance::new(seed), &seeds);
        let held = std::panic::catch_unwind(|| body(&bytes));
        assert!(held.is_ok(), "{target}: mutation {seed}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn entries_of_any_bytes_are_read_or_named() {
    replay("entry");
}

#[test]
fn events_of_any_json_are_read_folded_and_drawn() {
    replay("wire");
}

#[test]
fn files_of_any_bytes_are_taken_whole_or_not_at_all() {
    replay("csv");
}

#[test]
fn any_words_are_a_time_or_a_sentence() {
    replay("times");
}

#[test]
fn a_policy_of_any_json_comes_back_as_it_was() {
    replay("policy");
}

#[test]
fn preferences_of_any_text_are_taken_or_named_by_line() {
    replay("config");
}

/// For `.ci/fuzz`: the seeds as files.
#[test]
#[ignore = "writes files for .ci/fuzz"]
fn write_the_seeds() {
    let Some(folder) = std::env::var_os("DOORBOOK_SEEDS").map(PathBuf::from) else { return };
    for (target, _) in bodies::TARGETS {
        std::fs::create_dir_all(folder.join(target)).unwrap();
        for (n, seed) in seeds(target).iter().enumerate() {
            std::fs::write(folder.join(target).join(format!("{n:03}")), seed).unwrap();
        }
    }
}

//! What is still good of a damaged register comes out, byte by byte as it was stored, and nothing else does.

use std::path::Path;

use doorbook::book::salvage;
use doorbook::journal::{Body, EntryId, Journal, Link, RegisterId, Row, Seq, Tag, Which, link};
use doorbook::run::open;

use super::images::Images;
use super::worked::{Worked, lay};
use crate::cli::Folder;

fn salvaged(bytes: &[u8]) -> doorbook::book::Salvaged {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    lay(&path, bytes);
    let found = salvage(&path).unwrap();
    assert!(std::fs::read(&path).unwrap() == bytes, "the register was written to");
    found
}

/// Every entry that came out is one that was written, in its place.
fn all_were_written(worked: &Worked, found: &doorbook::book::Salvaged, what: &str) {
    for entry in &found.entries {
        let (seq, id) = (entry.kept.seq.0, uuid::Uuid::from_bytes(entry.kept.row.id.0));
        let written = worked.placed.iter().find(|placed| placed.seq == seq).map(|placed| placed.entry.id.0);
        assert_eq!(written, Some(id), "{what}: entry {seq}");
    }
}

#[test]
fn a_whole_register_comes_out_whole_closed_or_not() {
    for worked in [Worked::closed(), Worked::killed()] {
        let found = salvaged(&worked.bytes);
        assert_eq!((found.entries.len(), found.lost.len(), found.raw), (worked.placed.len(), 0, false));
        all_were_written(worked, &found, "whole");
    }
}

#[test]
fn where_the_engine_refuses_the_raw_bytes_are_scanned() {
    let worked = Worked::closed();
    let mut bytes = worked.bytes.clone();
    bytes[..4096].fill(0);
    let found = salvaged(&bytes);
    assert!(found.raw);
    assert_eq!((found.entries.len(), found.without_content(), found.lost_places()), (worked.placed.len(), 0, 0));
    all_were_written(worked, &found, "without its header");
    // No page begins where the engine put it: rows are found by themselves.
    let found = salvaged(&[&[0; 4103][..], &bytes[4096..]].concat());
    assert_eq!((found.entries.len(), found.without_content()), (worked.placed.len(), 0));
    all_were_written(worked, &found, "shifted");
}

#[test]
fn what_comes_out_of_damage_was_written_and_nothing_that_was_changed() {
    for worked in [Worked::closed(), Worked::killed()] {
        let mut make = Images::new(worked, super::seed() + 5);
        let mut images = make.sectors(4096, 5);
        images.extend(make.sectors(512, 5));
        images.extend(make.stale(8));
        let (mut whole, mut lost) = (0, 0);
        for image in &images {
            let found = salvaged(&image.of(&worked.bytes));
            all_were_written(worked, &found, &image.name);
            whole += usize::from(found.entries.len() == worked.placed.len());
            lost += found.lost_places();
        }
        println!("salvaged: {} images, {whole} whole, {lost} places lost in the others", images.len());
    }
}

#[test]
fn an_entry_that_does_not_hold_is_left_out_and_its_place_is_named() {
    let worked = Worked::closed();
    let mut bytes = worked.bytes.clone();
    bytes[..4096].fill(0);
    // One letter of every copy of one entry's content.
    let id = worked.placed[60].entry.id.0.into_bytes();
    let mut spoilt = 0;
    for at in 0..bytes.len() - 200 {
        if bytes[at..].starts_with(&id) && bytes[at - 1] == 1 {
            bytes[at + 16] ^= 1;
            spoilt += 1;
        }
    }
    assert!(spoilt > 0);
    let found = salvaged(&bytes);
    assert_eq!(found.lost, [(61, 61)]);
    assert_eq!(found.entries.len(), worked.placed.len() - 1);
}

fn hex<const N: usize>(text: &serde_json::Value) -> [u8; N] {
    let text = text.as_str().unwrap();
    std::array::from_fn(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap())
}

#[derive(serde::Deserialize)]
struct Line {
    place: u64,
    id: String,
    before: serde_json::Value,
    link: serde_json::Value,
    tags: [serde_json::Value; 2],
    shell: Option<Box<serde_json::value::RawValue>>,
    shell_sealed: Option<String>,
    body: Option<Box<serde_json::value::RawValue>>,
    body_sealed: Option<String>,
}

/// A layer as it was stored: open JSON without its envelope, or all of it in hexadecimal.
fn stored(open: Option<&serde_json::value::RawValue>, sealed: Option<&str>) -> Vec<u8> {
    match (open, sealed) {
        (Some(json), None) => [&[1, 0][..], &[0; 16], json.get().as_bytes()].concat(),
        (None, Some(hex)) => {
            (0..hex.len() / 2).map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap()).collect()
        }
        other => panic!("a layer is open or sealed: {other:?}"),
    }
}

/// Checks a salvaged file by docs/JOURNAL.md alone.
fn links_hold(path: &Path, register: RegisterId) -> usize {
    let text = std::fs::read_to_string(path).unwrap();
    let mut before = Link::NONE;
    for line in text.lines().skip(1) {
        let line: Line = serde_json::from_str(line).unwrap();
        let row = Row {
            id: EntryId(line.id.parse::<uuid::Uuid>().unwrap().into_bytes()),
            link: Link(hex(&line.link)),
            tags: line.tags.each_ref().map(|tag| Tag(hex(tag))),
            shell: stored(line.shell.as_deref(), line.shell_sealed.as_deref()),
            body: Body::Here(stored(line.body.as_deref(), line.body_sealed.as_deref())),
        };
        assert_eq!(Link(hex(&line.before)), before, "entry {}", line.place);
        assert_eq!(link::of(register, Seq(line.place), before, &row), row.link, "entry {}", line.place);
        before = row.link;
    }
    text.lines().count() - 1
}

#[test]
fn the_command_writes_a_new_private_file_whose_links_hold_and_touches_nothing() {
    let folder = Folder::practice(&["--no-open"]);
    let file = open::file(&folder.path);
    let before = std::fs::read(&file).unwrap();
    let to = folder.path.parent().unwrap().join("out.jsonl");
    let ran = folder.run(&["salvage", "--to", to.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("What was sealed is sealed in"), "{}", ran.err);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(to.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let first: serde_json::Value =
        serde_json::from_str(std::fs::read_to_string(&to).unwrap().lines().next().unwrap()).unwrap();
    let id: uuid::Uuid = first["register"].as_str().unwrap().parse().unwrap();
    assert_eq!(links_hold(&to, RegisterId(id.into_bytes())) as u64, first["last"].as_u64().unwrap());
    assert_eq!(folder.run(&["salvage", "--to", to.to_str().unwrap()]).code, 7, "it must not be there yet");
    // Every copy of one entry's content: it is lost, and said to be.
    let mut bytes = before.clone();
    let third = folder.book().into_journal().read(Which::All, Seq(2), 1).unwrap().remove(0);
    let Body::Here(body) = third.row.body else { panic!("it is there") };
    let (front, mut copies) = (&body[18..50], 0);
    while let Some(at) = bytes.windows(front.len()).position(|w| w == front) {
        bytes[at + 4] ^= 1;
        copies += 1;
    }
    assert!(copies > 0);
    lay(&file, &bytes);
    let other = folder.path.parent().unwrap().join("other.jsonl");
    let ran = folder.run(&["salvage", "--to", other.to_str().unwrap()]);
    assert_eq!(ran.code, 6, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("Keep it as it is"), "{}", ran.err);
    assert!(std::fs::read(&file).unwrap() == bytes);
    let verify = folder.run(&["verify"]);
    assert!(verify.code == 6 && verify.err.contains("doorbook salvage --to FILE"), "{}", verify.err);
    assert!(std::fs::read(&file).unwrap() == bytes, "verify wrote to it");
}

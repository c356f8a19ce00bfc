//! A register that somebody else wrote: rows whose links and tags are right, and whose every name and word attacks.

use std::path::Path;

use doorbook::book::Book;
use doorbook::domain::event::Entry;
use doorbook::domain::ids::RegisterId;
use doorbook::domain::register::Register;
use doorbook::journal::{self, Body, Head, Journal, Link, Memory, Row, Seq, Which, create_file, link};
use doorbook::run::setup::{Families, practice_entries};
use serde_json::Value;
use uuid::Uuid;

use crate::desk::harness::{ids, moment};

/// Fields that hold text; ids, codes and times keep their meaning.
const WORDS: &[&str] = &[
    "given", "family", "known_as", "relation", "phone", "words", "reason", "name", "outside", "centre", "address",
    "number", "why", "what", "to",
];

pub fn register() -> RegisterId {
    RegisterId(Uuid::from_u128(0xD00B_0000_0000_8000_8000_0000_0000_0001))
}

/// The practice Saturday, as a book writes it.
pub fn honest() -> Vec<Entry> {
    practice_entries(register(), Families::Invented, moment("2026-11-21T08:50"), ids(1))
}

/// Its rows with this text in every field of words.
pub fn rows(text: &str) -> Vec<Row> {
    let id = journal::RegisterId(register().0.into_bytes());
    let mut book = Book::open(Memory::new(id)).unwrap();
    book.append(&honest()).unwrap();
    let kept = book.into_journal().read(Which::All, Seq::START, 10_000).unwrap();
    let mut before = Link::NONE;
    kept.into_iter()
        .map(|kept| {
            let mut row = kept.row;
            let Body::Here(body) = &row.body else { panic!("a row of now has its body") };
            let mut json: Value = serde_json::from_slice(&body[18..]).unwrap();
            replace(&mut json, text);
            let body = [&body[..18], &serde_json::to_vec(&json).unwrap()].concat();
            let mut shell: Value = serde_json::from_slice(&row.shell[18..]).unwrap();
            shell["body"] = link::digest(&body).to_string().into();
            row.shell = [&row.shell[..18], &serde_json::to_vec(&shell).unwrap()].concat();
            row.body = Body::Here(body);
            row.link = link::of(id, kept.seq, before, &row);
            before = row.link;
            row
        })
        .collect()
}

fn replace(json: &mut Value, text: &str) {
    match json {
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    Value::String(words) if WORDS.contains(&name.as_str()) => text.clone_into(words),
                    _ => replace(inner, text),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, text)),
        _ => {}
    }
}

/// The entries that a book reads from such rows.
pub fn read(text: &str) -> Vec<Entry> {
    let id = journal::RegisterId(register().0.into_bytes());
    let mut journal = Memory::new(id);
    journal.append(&Head::empty(id), &mut rows(text).into_iter().map(Ok)).unwrap();
    Book::open(journal).unwrap().read_all().unwrap().into_iter().map(|placed| placed.entry).collect()
}

/// Such a register in a file.
pub fn on_disk(path: &Path, text: &str) {
    let id = journal::RegisterId(register().0.into_bytes());
    let made = create_file(path, id, |new| {
        new.append(&Head::empty(id), &mut rows(text).into_iter().map(Ok)).map(|_| ()).map_err(|_| journal::Fault::Full)
    });
    drop(made.unwrap());
}

/// Names and words are cleaned as they are read, and the register is whole.
#[test]
fn a_foreign_register_is_cleaned_as_it_is_read() {
    for text in super::all() {
        let mut folded = Register::default();
        read(&text).iter().for_each(|entry| folded.fold(entry));
        for file in folded.cases.values() {
            for member in &file.people {
                super::plain(member.given.as_str(), true);
                super::plain(member.family.as_str(), true);
            }
        }
        assert_eq!(folded.cases.len(), 12);
        super::plain(folded.policy().centre.as_str(), true);
    }
}

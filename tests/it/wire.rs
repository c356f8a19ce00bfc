//! The written form: what is written reads back, and whatever was ever written reads for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use doorbook::book::wire::{name, names, read_event, read_policy, write_event, write_policy};
use doorbook::book::{Book, ReadFault};
use doorbook::domain::codes::*;
use doorbook::domain::event::Readable;
use doorbook::journal::{Body, Head, Journal, Memory, RegisterId, Seq, Which, link};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::chance::Chance;

fn value(json: &[u8]) -> Value {
    serde_json::from_slice(json).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_event_reads_back_as_it_was_written(seed: u64) {
        let event = Chance::new(seed).event();
        let written = write_event(&event);
        let read = read_event(&written).unwrap();
        prop_assert_eq!(&read, &event);
        // Two moments are equal whatever their offsets; the written form holds the offset too.
        prop_assert_eq!(write_event(&read), written);
    }

    #[test]
    fn a_policy_reads_back_as_it_was_written(seed: u64) {
        let policy = Chance::new(seed).policy();
        prop_assert_eq!(read_policy(&write_policy(&policy)).unwrap(), policy);
    }

    #[test]
    fn no_bytes_make_reading_panic(seed: u64, cut: prop::sample::Index, bit: prop::sample::Index) {
        let mut written = write_event(&Chance::new(seed).event());
        let at = bit.index(written.len() * 8);
        written[at / 8] ^= 1 << (at % 8);
        let _ = read_event(&written);
        let _ = read_event(&written[..cut.index(written.len())]);
    }
}

#[test]
fn chance_comes_upon_every_event() {
    let mut chance = Chance::new(1);
    let seen: BTreeSet<String> = (0..4000).map(|_| name(&chance.event())).collect();
    assert_eq!(seen, names().into_iter().collect());
}

#[test]
fn a_field_that_is_not_known_is_passed_over_and_an_event_that_is_not_known_is_told() {
    let read = read_event(br#"{"note":{"is":"seen","note":"00000000-0000-0000-0000-000000000001","later":[1]}}"#);
    assert_eq!(name(&read.unwrap()), "note.seen");
    let fault = read_event(br#"{"note":{"is":"sung"}}"#).unwrap_err();
    assert!(fault.to_string().contains("sung"), "{fault}");
    let code = read_event(
        br#"{"door":{"is":"on_the_way","session":"00000000-0000-0000-0000-000000000001","party":"both","expected":null}}"#,
    );
    assert_eq!(code.unwrap_err().to_string(), "no Party has the code both");
}

#[test]
fn a_format_of_the_future_is_refused_by_its_number() {
    let register = RegisterId([7; 16]);
    let mut book = Book::open(Memory::new(register)).unwrap();
    book.append(&Chance::new(3).entries(1)).unwrap();
    let mut row = book.into_journal().read(Which::All, Seq::START, 1).unwrap().remove(0).row;
    row.shell[0] = 9;
    row.link = link::of(register, Seq(1), Head::empty(register).link, &row);
    let mut newer = Memory::new(register);
    newer.append(&Head::empty(register), &mut [Ok(row)].into_iter()).unwrap();
    let fault = Book::open(newer).unwrap().read_all().unwrap_err();
    assert_eq!(fault, ReadFault::TooNew { seq: 1, format: 9 });
}

#[test]
fn a_shell_holds_no_kind_no_person_and_no_file_name() {
    let register = RegisterId([7; 16]);
    let mut chance = Chance::new(11);
    for _ in 0..300 {
        let mut book = Book::open(Memory::new(register)).unwrap();
        let entry = chance.entry();
        book.append(std::slice::from_ref(&entry)).unwrap();
        let row = book.into_journal().read(Which::All, Seq::START, 1).unwrap().remove(0).row;
        let shell = value(&row.shell[18..]);
        let fields: Vec<&str> = shell.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["act", "body", "by", "day", "desk", "event", "file", "occurred_at", "recorded_at"]);
        let Readable::Open(event) = &entry.event else { unreachable!() };
        assert_eq!(shell["event"], name(event));
    }
}

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/v1")
}

fn corpus_files(folder: &str) -> BTreeMap<String, Value> {
    let files = std::fs::read_dir(corpus().join(folder)).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), value(&std::fs::read(&path).unwrap())))
        .collect()
}

#[test]
fn every_event_ever_written_reads() {
    let mut seen = BTreeSet::new();
    for (file, written) in corpus_files("events") {
        let event = read_event(written.to_string().as_bytes()).unwrap_or_else(|fault| panic!("{file}: {fault}"));
        assert_eq!(known_of(&value(&write_event(&event)), &written), written, "{file}");
        assert!(file.starts_with(&name(&event)), "{file} is {}", name(&event));
        seen.insert(name(&event));
    }
    let missing: Vec<String> = names().into_iter().filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "without a file in tests/corpus (run with WRITE_THE_CORPUS=1): {missing:?}");
}

#[test]
fn every_shape_that_chance_finds_has_a_file() {
    let mut known = BTreeSet::new();
    corpus_files("events").values().for_each(|written| shapes("", written, &mut known));
    let mut chance = Chance::new(99);
    for _ in 0..3000 {
        let written = value(&write_event(&chance.event()));
        let mut new = BTreeSet::new();
        shapes("", &written, &mut new);
        let missing: Vec<&String> = new.difference(&known).collect();
        assert!(missing.is_empty(), "without a file in tests/corpus (run with WRITE_THE_CORPUS=1): {missing:?}");
    }
}

/// What is written now, without the fields that a later form has gained.
fn known_of(now: &Value, then: &Value) -> Value {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => now
            .iter()
            .filter(|(field, _)| then.contains_key(*field))
            .map(|(field, inner)| (field.clone(), known_of(inner, then.get(field).unwrap_or(&Value::Null))))
            .collect(),
        (Value::Array(now), Value::Array(then)) if now.len() == then.len() => {
            now.iter().zip(then).map(|(now, then)| known_of(now, then)).collect()
        }
        _ => now.clone(),
    }
}

/// The paths of a value, with what stands there: which fields, which variant, there or not.
fn shapes(path: &str, value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            let tag = fields.get("is").or(fields.get("answer")).and_then(Value::as_str).unwrap_or("");
            fields.iter().for_each(|(field, inner)| shapes(&format!("{path}/{tag}:{field}"), inner, into));
        }
        Value::Array(items) => items.iter().for_each(|item| shapes(&format!("{path}[]"), item, into)),
        Value::Null => drop(into.insert(format!("{path} null"))),
        _ => drop(into.insert(path.to_owned())),
    }
}

/// All codes of the fixed lists, by list.
fn codes() -> Value {
    macro_rules! lists {
        ($($list:ident),+) => {
            json!({ $(stringify!($list): $list::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),+ })
        };
    }
    lists!(
        Alone,
        ContactKind,
        Side,
        Party,
        Role,
        Origin,
        Referral,
        Channel,
        Flag,
        Effect,
        Consent,
        Rule,
        Legs,
        Offsite,
        CallAnswer,
        How,
        LeftOpen
    )
}

#[test]
fn every_code_ever_written_reads() {
    let now = codes();
    let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, file) in corpus_files("lists").iter().filter(|(name, _)| name.starts_with("codes")) {
        for (list, codes) in file.as_object().unwrap() {
            for code in codes.as_array().unwrap() {
                assert!(now[list].as_array().unwrap().contains(code), "{list} {code} no longer reads");
                written.entry(list.clone()).or_default().insert(code.to_string());
            }
        }
    }
    for (list, codes) in now.as_object().unwrap() {
        let known = written.get(list).map_or(0, BTreeSet::len);
        assert_eq!(codes.as_array().unwrap().len(), known, "{list}: add it to a new codes file of the corpus");
    }
}

#[test]
fn the_first_policy_reads() {
    let written = corpus_files("lists").remove("policy").unwrap();
    let policy = read_policy(written.to_string().as_bytes()).unwrap();
    assert_eq!(known_of(&value(&write_policy(&policy)), &written), written);
    assert!(!policy.pauses.is_empty() && policy.gap_min == 10, "what it did not say is as it is built in");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &Value) -> Vec<u8> {
    let text = text.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// Rows as a book writes them, with everything that the link and the tags are made of.
fn rows() -> Value {
    let register = RegisterId(*b"a-register-of-16");
    let mut book = Book::open(Memory::new(register)).unwrap();
    book.append(&Chance::new(2026).entries(5)).unwrap();
    let mut journal = book.into_journal();
    journal.forget(&[Seq(4)]).unwrap();
    let kept = journal.read(Which::All, Seq::START, 9).unwrap();
    let rows: Vec<Value> = kept
        .iter()
        .map(|kept| {
            let row = &kept.row;
            let body = match &row.body {
                Body::Here(bytes) => json!({ "here": hex(bytes) }),
                Body::Gone(digest) => json!({ "gone": digest.to_string() }),
            };
            json!({
                "id": hex(&row.id.0), "before": kept.before.to_string(), "link": row.link.to_string(),
                "tags": [row.tags[0].to_string(), row.tags[1].to_string()], "shell": hex(&row.shell), "body": body,
            })
        })
        .collect();
    json!({ "register": hex(&register.0), "rows": rows })
}

#[test]
fn rows_ever_written_are_linked_tagged_and_read() {
    use doorbook::journal::{Digest, EntryId, Link, Row, Tag};
    let written = corpus_files("lists").remove("rows").unwrap();
    let register = RegisterId(unhex(&written["register"]).try_into().unwrap());
    let mut journal = Memory::new(register);
    let rows = written["rows"].as_array().unwrap().iter().map(|row| {
        let tag = |at: usize| Tag(unhex(&row["tags"][at]).try_into().unwrap());
        let gone = row["body"].get("gone").map(|digest| Body::Gone(Digest(unhex(digest).try_into().unwrap())));
        Ok(Row {
            id: EntryId(unhex(&row["id"]).try_into().unwrap()),
            link: Link(unhex(&row["link"]).try_into().unwrap()),
            tags: [tag(0), tag(1)],
            shell: unhex(&row["shell"]),
            body: gone.unwrap_or_else(|| Body::Here(unhex(&row["body"]["here"]))),
        })
    });
    journal.append(&Head::empty(register), &mut rows.collect::<Vec<_>>().into_iter()).unwrap();
    let mut book = Book::open(journal).unwrap();
    let report = book.verify();
    assert!(report.is_good() && report.good == 5 && report.gone == 1, "{}", report.sentence());
    let read: Vec<bool> = book.read_all().unwrap().iter().map(|placed| placed.entry.event.open().is_some()).collect();
    assert_eq!(read, [true, true, true, false, true]);
}

/// With `WRITE_THE_CORPUS=1`: adds what is missing; what is there stays as it is, for ever.
#[test]
fn write_the_corpus() {
    if std::env::var_os("WRITE_THE_CORPUS").is_none() {
        return;
    }
    let write = |path: String, value: &Value| {
        let path = corpus().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if !path.exists() {
            std::fs::write(&path, serde_json::to_string_pretty(value).unwrap() + "\n").unwrap();
        }
    };
    write("lists/codes.json".into(), &codes());
    write("lists/codes-2.json".into(), &codes());
    write("lists/policy-2.json".into(), &value(&write_policy(&doorbook::book::policy_default())));
    write("lists/policy.json".into(), &value(&write_policy(&doorbook::book::policy_default())));
    write("lists/rows.json".into(), &rows());
    std::fs::create_dir_all(corpus().join("events")).unwrap();
    let files = corpus_files("events");
    let mut known = BTreeSet::new();
    files.values().for_each(|written| shapes("", written, &mut known));
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    for seed in [99, 100] {
        let mut chance = Chance::new(seed);
        for _ in 0..3000 {
            let event = chance.event();
            let (written, before) = (value(&write_event(&event)), known.len());
            shapes("", &written, &mut known);
            while known.len() > before {
                let n = count.entry(name(&event)).and_modify(|n| *n += 1).or_insert(1);
                let file = format!("{}-{n}", name(&event));
                if !files.contains_key(&file) {
                    write(format!("events/{file}.json"), &written);
                    break;
                }
            }
        }
    }
}

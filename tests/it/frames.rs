//! Format 2: what is written reads back, whatever the bytes are; what lies open is what may lie open; an account is
//! read by its readers only.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::Timelike;
use doorbook::book::wire::frames::{SHELL, read_body, read_shell};
use doorbook::book::{Book, ReadFault, WriteFault};
use doorbook::domain::event::{CentreEvent, Entry, Event, FileRef, NoteEvent, Readable, Readers};
use doorbook::journal::{Body, Head, Journal, Kept, Link, Memory, RegisterId, Row, Seq, Which, link};
use doorbook::vault::{
    BodyBound, Envelope, Fault, Group, Keep, KeyId, NullSealer, Opened, Sealer, ShellBound, TagOf, Whose,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::chance::Chance;

const REGISTER: RegisterId = RegisterId(*b"a-register-of-16");

/// Seals as the vault does, as far as a book can tell: a layer opens where it was sealed for and nowhere else. What it
/// hides it hides from nobody.
pub struct Pretends {
    tags: NullSealer,
    /// Groups whose accounts it opens.
    reads: Vec<u8>,
}

impl Pretends {
    pub fn reading(reads: &[u8]) -> Box<Self> {
        Box::new(Self { tags: NullSealer::new(REGISTER.0), reads: reads.to_vec() })
    }
}

fn check(bound: &[&[u8]], plain: &[u8]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in bound {
        hasher.update(part);
    }
    hasher.update(plain).finalize().as_bytes()[..16].try_into().unwrap()
}

fn seal(method: u8, key: [u8; 16], bound: &[&[u8]], plain: &[u8]) -> Vec<u8> {
    // Under the first house key, as it were.
    let mut payload = 1_u32.to_le_bytes().to_vec();
    payload.extend(check(&[bound, &[&key]].concat(), plain));
    payload.extend(plain.iter().map(|byte| byte ^ 0x5a));
    Envelope { format: 2, method, key: KeyId(key), payload: &payload }.write()
}

fn open(bound: &[&[u8]], sealed: &[u8]) -> Result<Opened, Fault> {
    let envelope = Envelope::read(sealed)?;
    let sealed = envelope.payload.get(4..).ok_or(Fault::Damaged)?;
    let (tag, hidden) = sealed.split_first_chunk::<16>().ok_or(Fault::Damaged)?;
    let plain: Vec<u8> = hidden.iter().map(|byte| byte ^ 0x5a).collect();
    let good = *tag == check(&[bound, &[&envelope.key.0]].concat(), &plain);
    if good { Ok(Opened::Open(plain)) } else { Err(Fault::Damaged) }
}

impl Sealer for Pretends {
    fn format(&self) -> u8 {
        2
    }
    fn seal_body(&self, whose: &Whose, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut key = [1 + u8::from(whose.keep == Keep::Lasting); 16];
        key[..15].copy_from_slice(&whose.file[..15]);
        Ok(seal(1, key, &[&bound.register, &bound.entry], plain))
    }
    fn open_body(&self, bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        open(&[&bound.register, &bound.entry], sealed)
    }
    fn seal_shell(&self, bound: &ShellBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(seal(1, [0; 16], &[&bound.register, &bound.seq.to_le_bytes(), &bound.before], plain))
    }
    fn open_shell(&self, bound: &ShellBound, sealed: &[u8]) -> Result<Opened, Fault> {
        open(&[&bound.register, &bound.seq.to_le_bytes(), &bound.before], sealed)
    }
    fn seal_plain(&self, plain: &[u8]) -> Vec<u8> {
        Envelope { format: 2, method: 0, key: KeyId([0; 16]), payload: plain }.write()
    }
    fn seal_account(&self, group: Group, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut key = [0; 16];
        key[15] = group.code();
        Ok(seal(2, key, &[&bound.register, &bound.entry], plain))
    }
    fn seal_decoy(&self, group: Group, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut sealed = self.seal_account(group, bound, plain)?;
        sealed[22] ^= 1;
        Ok(sealed)
    }
    fn open_account(&self, bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        let group = Envelope::read(sealed)?.key.0[15];
        if self.reads.contains(&group) { open(&[&bound.register, &bound.entry], sealed) } else { Ok(Opened::Closed) }
    }
    fn seal_shelf(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        self.tags.seal_shelf(place, plain)
    }
    fn open_shelf(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        self.tags.open_shelf(place, sealed)
    }
    fn tag(&self, of: TagOf) -> [u8; 16] {
        self.tags.tag(of)
    }
}

fn all_groups() -> Box<Pretends> {
    Pretends::reading(&[1, 2, 3, 4])
}

/// Shells have microseconds; the program's own clock has whole seconds.
fn to_micros(entry: &mut Entry) {
    for at in [&mut entry.occurred_at, &mut entry.recorded_at] {
        *at = at.with_nanosecond(at.nanosecond() / 1000 * 1000).unwrap();
    }
}

fn entries(seed: u64, many: usize) -> Vec<Entry> {
    let mut all = Chance::new(seed).entries(many);
    all.iter_mut().for_each(to_micros);
    all
}

fn entry_of(event: Event) -> Entry {
    let mut entry = Chance::new(5).entry_of(event);
    to_micros(&mut entry);
    entry
}

fn written(entries: &[Entry]) -> Memory {
    let memory = Memory::new(REGISTER);
    Book::sealed(memory.clone(), all_groups()).unwrap().append(entries).unwrap();
    memory
}

fn read(memory: &Memory, reads: Box<Pretends>) -> Result<Vec<Entry>, ReadFault> {
    let placed = Book::sealed(memory.clone(), reads)?.read_all()?;
    Ok(placed.into_iter().map(|placed| placed.entry).collect())
}

fn kept(memory: &Memory) -> Vec<Kept> {
    memory.clone().read(Which::All, Seq::START, usize::MAX).unwrap()
}

/// The two layers of an entry as frames.
fn layers(entry: &Entry) -> (Vec<u8>, Vec<u8>) {
    let row = kept(&written(std::slice::from_ref(entry))).remove(0).row;
    let Body::Here(body) = &row.body else { unreachable!() };
    let plain = |sealed: &[u8]| match sealed[1] {
        0 => sealed[18..].to_vec(),
        _ => sealed[38..].iter().map(|byte| byte ^ 0x5a).collect(),
    };
    (plain(&row.shell), plain(body))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_entry_reads_back_as_it_was_written(seed: u64) {
        let all = entries(seed, 2);
        let memory = written(&all);
        let back = read(&memory, all_groups()).unwrap();
        // Of an allegation all know no more than that it is one.
        let known = |mut entry: Entry| {
            if let Readable::Open(Event::Note(NoteEvent::Told { to, .. })) = &mut entry.event {
                *to = to.as_all_know();
            }
            entry
        };
        prop_assert_eq!(&back, &all.iter().cloned().map(known).collect::<Vec<_>>());
        // Two moments are equal whatever their offsets; the written form holds the offset too.
        for (back, all) in back.iter().zip(&all) {
            prop_assert_eq!(back.occurred_at.offset(), all.occurred_at.offset());
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(seed: u64, cut: prop::sample::Index, bit: prop::sample::Index, any: Vec<u8>) {
        let (shell, body) = layers(&entries(seed, 1)[0]);
        prop_assert_eq!(shell.len(), SHELL);
        for frame in [shell, body] {
            let mut bad = frame.clone();
            let at = bit.index(bad.len() * 8);
            bad[at / 8] ^= 1 << (at % 8);
            for bytes in [&bad[..], &frame[..cut.index(frame.len())], &any] {
                let _ = (read_shell(bytes), read_body(bytes));
            }
        }
        let _ = (read_shell(&any), read_body(&any));
    }
}

/// Frames that promise more than they hold, and times that no clock has.
#[test]
fn hostile_frames_end_with_what_is_wrong() {
    let (shell, body) = layers(&entry_of(Event::Note(NoteEvent::Seen { note: Chance::new(1).id() })));
    let with = |at: usize, bytes: &[u8]| {
        let mut bad = shell.clone();
        bad[at..at + bytes.len()].copy_from_slice(bytes);
        read_shell(&bad).unwrap_err().to_string()
    };
    assert!(read_shell(&shell).is_ok() && read_body(&body).is_ok());
    assert!(with(18, &[2]).contains("neither of a day nor of none"));
    assert!(with(35, &[9]).contains("no kind 9 of file"));
    for extreme in [i64::MIN, i64::MAX, i64::MIN / 2, -62_135_596_800_000_001, 253_402_300_800_000_000] {
        assert!(with(52, &extreme.to_le_bytes()).contains("are no time"), "{extreme}");
    }
    for extreme in [i32::MIN, i32::MAX, 86_400, -86_400] {
        assert!(with(60, &extreme.to_le_bytes()).contains("are no offset"), "{extreme}");
    }
    assert!(with(76, &[7]).contains("no kind 7 of writer"));
    assert!(read_shell(&[&shell[..], &[0]].concat()).is_err());
    let long = [&[2_u8][..], &u16::MAX.to_le_bytes(), b"families.csv"].concat();
    assert_eq!(read_body(&long).unwrap_err().to_string(), "it is too short");
    let many = [&[0_u8][..], &u16::MAX.to_le_bytes(), &[255; 300]].concat();
    assert!(read_body(&many).is_err());
    let line = [&[2_u8][..], &0_u16.to_le_bytes(), &u64::MAX.to_le_bytes(), &[0, 0], b"{}"].concat();
    assert!(read_body(&line).is_err(), "a line of a file is never so far down");
    let deep = [&[0_u8, 0, 0][..], &b"[".repeat(100_000)].concat();
    assert!(read_body(&deep).is_err());
}

#[test]
fn what_anybody_may_read_is_that_and_no_more() {
    let mut chance = Chance::new(8);
    for entry in std::iter::repeat_with(|| chance.entry()).take(800) {
        let Readable::Open(event) = &entry.event else { unreachable!() };
        let open = matches!(event, Event::Centre(CentreEvent::KeysSet(_) | CentreEvent::DayNote { .. }));
        let row = kept(&written(std::slice::from_ref(&entry))).remove(0).row;
        let Body::Here(body) = &row.body else { unreachable!() };
        assert_eq!((row.shell[1] == 0, body[1] == 0), (open, open), "{}", doorbook::book::wire::name(event));
        assert_eq!((row.shell[0], body[0]), (2, 2));
    }
}

/// A book of one entry whose layers somebody without a key has put in the place of it.
fn forged(shell: Vec<u8>, body: Vec<u8>, entry: &Entry) -> Result<Vec<Entry>, ReadFault> {
    let mut row = Row { shell, body: Body::Here(body), ..kept(&written(std::slice::from_ref(entry))).remove(0).row };
    row.link = link::of(REGISTER, Seq(1), Link::NONE, &row);
    let mut memory = Memory::new(REGISTER);
    memory.append(&Head::empty(REGISTER), &mut [Ok(row)].into_iter()).unwrap();
    read(&memory, all_groups())
}

#[test]
fn nobody_without_a_key_writes_what_should_be_sealed() {
    let front = |frame: &[u8]| [&[2, 0][..], &[0; 16], frame].concat();
    let seen = entry_of(Event::Note(NoteEvent::Seen { note: Chance::new(1).id() }));
    let (_, body) = layers(&seen);
    let (mut shell, _) = layers(&seen);
    shell[109..].copy_from_slice(blake3::hash(&front(&body)).as_bytes());
    let fault = forged(front(&shell), front(&body), &seen).unwrap_err().to_string();
    assert!(fault.contains("lies open and should be sealed"), "{fault}");

    // An open shell of what may lie open, over the body of something else.
    let note = Event::Centre(CentreEvent::DayNote { day: Chance::new(2).id(), note: "x".to_owned() });
    let (mut shell, own) = layers(&entry_of(note.clone()));
    assert!(forged(front(&shell), front(&own), &entry_of(note.clone())).is_ok());
    shell[109..].copy_from_slice(blake3::hash(&front(&body)).as_bytes());
    let fault = forged(front(&shell), front(&body), &entry_of(note)).unwrap_err().to_string();
    assert!(fault.contains("of another event"), "{fault}");

    // Format 1, which knows no key.
    let mut plain = Memory::new(REGISTER);
    Book::open(plain.clone()).unwrap().append(std::slice::from_ref(&seen)).unwrap();
    let row = plain.read(Which::All, Seq::START, 1).unwrap().remove(0).row;
    let Body::Here(body) = row.body else { unreachable!() };
    assert!(matches!(forged(row.shell, body, &seen), Err(ReadFault::Damaged { seq: 1, .. })));
}

/// Without any key: what lies open is read, all else is locked.
#[test]
fn without_a_key_a_sealed_book_is_locked() {
    let memory = written(&entries(3, 4));
    assert_eq!(Book::open(memory.clone()).unwrap().read_all(), Err(ReadFault::Locked));
    let report = Book::open(memory).unwrap().verify();
    assert!(report.is_good() && report.good == 4 && report.sealed == 4, "{}", report.sentence());
    let note = Event::Centre(CentreEvent::DayNote { day: Chance::new(2).id(), note: "the head\n".to_owned() });
    let all = [entry_of(note)];
    assert_eq!(Book::open(written(&all)).unwrap().read_all().unwrap()[0].entry, all[0]);
}

#[test]
fn an_account_is_open_to_its_readers_and_closed_to_all_others() {
    let mut chance = Chance::new(31);
    let mut seen = BTreeMap::new();
    while seen.len() < 4 {
        let entry = entry_of(chance.event());
        let Readable::Open(Event::Note(NoteEvent::Told { to, account, note })) = &entry.event else { continue };
        let group = match to {
            Readers::Concern => 1,
            Readers::Allegation => 2,
            Readers::Lead => 3,
            Readers::Chair => 4,
        };
        let memory = written(std::slice::from_ref(&entry));
        for reads in 1..=4 {
            let read = read(&memory, Pretends::reading(&[reads])).unwrap().remove(0);
            let Readable::Open(Event::Note(NoteEvent::Told { to: of, account: here, note: same })) = &read.event else {
                panic!("{:?}", read.event)
            };
            assert_eq!(
                (*of, same),
                (to.as_all_know(), note),
                "when, of which note, and whether of the team, is known to all"
            );
            assert_eq!(here == account, reads == group);
            assert!(reads == group || *here == Readable::Closed);
            let book = Book::sealed(memory.clone(), Pretends::reading(&[reads])).unwrap();
            assert_eq!(book.as_read(vec![entry.clone()]).unwrap().first(), Some(&read), "as soon as it is written");
            // Who cannot read it cannot write it again as if they had.
            if reads != group {
                let mut book = Book::sealed(Memory::new(REGISTER), Pretends::reading(&[reads])).unwrap();
                assert_eq!(book.append(std::slice::from_ref(&read)), Err(WriteFault::NoEvent), "{to:?}");
            }
        }
        // Not a word of it stands in the body, whoever opens that.
        let (_, body) = layers(&entry);
        let json: Value = serde_json::from_slice(&body[body.iter().position(|byte| *byte == b'{').unwrap()..]).unwrap();
        let fields: Vec<&String> = json["note"].as_object().unwrap().keys().collect();
        let of_the_team = ["copies", "is", "note", "to"];
        assert_eq!(fields, if group == 1 { ["is", "note", "sealed", "to"] } else { of_the_team });
        seen.insert(group, ());
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &Value) -> Vec<u8> {
    let text = text.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/v2/frames.json")
}

/// An entry of every event, its two frames, and what of it is in the shell.
fn made() -> BTreeMap<String, Value> {
    let mut chance = Chance::new(2026);
    let mut all = BTreeMap::new();
    while all.len() < doorbook::book::wire::names().len() {
        let event = chance.event();
        let name = doorbook::book::wire::name(&event);
        let mut entry = chance.entry_of(event);
        to_micros(&mut entry);
        if all.contains_key(&name) {
            continue;
        }
        let (shell, body) = layers(&entry);
        let file = match entry.file {
            FileRef::Centre => json!("centre"),
            FileRef::Staff(id) => json!({ "staff": id.to_string() }),
            FileRef::Case(id) => json!({ "case": id.to_string() }),
            FileRef::Apart(id) => json!({ "apart": id.to_string() }),
        };
        let says = json!({
            "act": entry.act.to_string(), "day": entry.day.map(|day| day.to_string()), "file": file,
            "occurred_at": entry.occurred_at.to_rfc3339(), "recorded_at": entry.recorded_at.to_rfc3339(),
            "desk": entry.desk.to_string(),
        });
        all.insert(name, json!({ "shell": hex(&shell), "body": hex(&body), "says": says }));
    }
    all
}

/// Every number of an event, and every place of a frame, for ever.
#[test]
fn frames_ever_written_read() {
    let path = corpus();
    if std::env::var_os("WRITE_THE_CORPUS").is_some() && !path.exists() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, serde_json::to_string_pretty(&made()).unwrap() + "\n").unwrap();
    }
    let written: BTreeMap<String, Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let names: Vec<String> = written.keys().cloned().collect();
    let now: Vec<String> = doorbook::book::wire::names();
    assert!(now.iter().all(|name| names.contains(name)), "add it to the frames of a new file of the corpus");
    for (name, frames) in written {
        let shell = read_shell(&unhex(&frames["shell"])).unwrap();
        assert_eq!(doorbook::book::wire::name_of(shell.event.unwrap()).as_deref(), Some(name.as_str()));
        let says = &frames["says"];
        assert_eq!(says["act"], shell.act.to_string());
        assert_eq!(says["day"].as_str().map(str::to_owned), shell.day.map(|day| day.to_string()));
        assert_eq!(says["occurred_at"], shell.occurred_at.to_rfc3339());
        assert_eq!(says["recorded_at"], shell.recorded_at.to_rfc3339());
        assert_eq!(says["desk"], shell.desk.to_string());
        read_body(&unhex(&frames["body"])).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

//! What each fuzz target does with bytes: shared by cargo-fuzz (`targets/`) and by the replays in `cargo test`
//! (`tests/it/replay.rs`), so that what a night finds stays found. A body panics where a promise is broken.

use std::sync::OnceLock;

use chrono::DateTime;
use doorbook::app::screen::Size;
use doorbook::app::{App, Setup, view};
use doorbook::book::{Book, wire};
use doorbook::cli;
use doorbook::config;
use doorbook::domain::codes::Moment;
use doorbook::domain::ids::{Ids, RegisterId};
use doorbook::domain::register::Register;
use doorbook::domain::text;
use doorbook::import::{Files, plan};
use doorbook::journal::{self, Body, EntryId, Head, Journal, Link, Memory, Row, Seq, Tag, link};
use doorbook::run::setup::{DESK, Families, Held, practice_entries};

/// What a target does with its bytes.
type Target = fn(&[u8]);

/// By name, as `.ci/fuzz` and the replays call them.
pub const TARGETS: [(&str, Target); 6] =
    [("entry", entry), ("wire", wire), ("csv", csv), ("times", times), ("policy", policy), ("config", config)];

fn register() -> RegisterId {
    RegisterId(uuid::Uuid::from_u128(7))
}

fn now() -> Moment {
    DateTime::parse_from_rfc3339("2026-11-21T09:30:00+00:00").expect("a time")
}

fn invented() -> &'static Register {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    REGISTER.get_or_init(|| {
        let mut folded = Register::default();
        let ids = Ids(uuid::Uuid::from_u128(1 << 64));
        practice_entries(register(), Families::Invented, now(), ids).iter().for_each(|entry| folded.fold(entry));
        folded
    })
}

/// No sentence that is made of what somebody else wrote may hold what a terminal obeys.
fn is_plain(says: &str) {
    assert!(says.chars().all(|c| c == '\n' || text::allowed(c)), "{says:?}");
}

/// The bytes of rows (shell and body, by a length byte each, in 16s): a book either reads them or names the damage; what
/// it reads, it writes again, and reads the same.
pub fn entry(bytes: &[u8]) {
    let journal_id = journal::RegisterId(register().0.into_bytes());
    let mut journal = Memory::new(journal_id);
    let (mut head, mut rest) = (Head::empty(journal_id), bytes);
    while let Some((&size, after)) = rest.split_first() {
        let (shell, after) = after.split_at((usize::from(size >> 4) * 64).min(after.len()));
        let (body, after) = after.split_at((usize::from(size & 15) * 64).min(after.len()));
        rest = after;
        let id = EntryId((head.seq.0 + 1).to_le_bytes().repeat(2).try_into().expect("twice 8 bytes"));
        let body = if body.is_empty() { Body::Gone(link::digest(shell)) } else { Body::Here(body.to_vec()) };
        let mut row = Row { id, link: Link::NONE, tags: [Tag([1; 16]), Tag([2; 16])], shell: shell.to_vec(), body };
        row.link = link::of(journal_id, Seq(head.seq.0 + 1), head.link, &row);
        head = journal.append(&head, &mut std::iter::once(Ok(row))).expect("a row in its place");
    }
    let mut book = Book::open(journal).expect("a journal in memory");
    match book.read_all() {
        Ok(read) => {
            let mut folded = Register::default();
            read.iter().for_each(|placed| folded.fold(&placed.entry));
        }
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
    let _ = book.verify();
}

/// The JSON of an event: read, folded into a whole register and its day, drawn; written and read again, it is the same.
pub fn wire(bytes: &[u8]) {
    let Ok(event) = wire::read_event(bytes) else { return };
    let again = wire::read_event(&wire::write_event(&event)).expect("what was written reads");
    assert!(again == event, "{event:?} came back as {again:?}");
    let mut folded = invented().clone();
    let of_day = !matches!(event, doorbook::domain::event::Event::Centre(_) | doorbook::domain::event::Event::Case(_));
    let day = of_day.then(|| folded.day_id(now().date_naive()));
    let draft = doorbook::domain::event::Draft {
        day,
        file: doorbook::domain::event::FileRef::Centre,
        occurred_at: now(),
        against: Vec::new(),
        source: doorbook::domain::event::Source::Desk,
        event,
    };
    let hand = doorbook::run::stamp::Hand {
        by: doorbook::domain::event::By::Program,
        desk: DESK,
        now: now(),
        source: doorbook::domain::event::Source::Desk,
    };
    let ids = Ids(uuid::Uuid::from_u128(3 << 64));
    doorbook::run::stamp::stamp(vec![draft], &hand, ids).iter().for_each(|entry| folded.fold(entry));
    let date = now().date_naive();
    let out = doorbook::export::day(&folded, date, now());
    is_plain(&doorbook::export::day_text(&folded, &out));
    let _ = view(&App::new(folded, setup()));
}

fn setup() -> Setup {
    Setup { desk: DESK, size: Size::default(), now: now(), clock_moves: false, unclean: false }
}

/// Three files, a 0x1e byte between them: all of them or nothing, every fault with a sentence.
pub fn csv(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0x1e).map(<[u8]>::to_vec);
    let (families, people, bookings) = (parts.next(), parts.next(), parts.next());
    let files = Files { families, people, bookings, ..Files::default() };
    let held = invented();
    match plan(register(), &files, &Held::new(held)) {
        Err(faults) => {
            assert!(faults.count() > 0, "a refusal names a fault");
            is_plain(&faults.report());
        }
        Ok(mut planned) => {
            let mut folded = held.clone();
            let ids = Ids(uuid::Uuid::from_u128(2 << 64));
            let entries = doorbook::run::stamp::stamp_import(&mut planned, DESK, now(), ids);
            entries.for_each(|entry| folded.fold(&entry));
            is_plain(&planned.report());
            let held = Held::new(&folded);
            let again = plan(register(), &files, &held).expect("what was taken is taken again").count();
            assert!(again == 0, "a second run adds {again} entries");
        }
    }
}

/// A date or a time as words of the command line, and digits typed into the field of a time.
pub fn times(bytes: &[u8]) {
    let said = String::from_utf8_lossy(bytes);
    for words in [["--at", &said], ["day", &said], ["log", &said], [&*format!("--at={said}"), "day"]] {
        if let Err(says) = cli::understands(words) {
            is_plain(&says);
        }
    }
    static APP: OnceLock<App> = OnceLock::new();
    let app = APP.get_or_init(|| App::new(invented().clone(), setup()));
    let _ = doorbook::app::time_typed(app, &said);
}

/// The JSON of a policy: read, it is written and read the same.
pub fn policy(bytes: &[u8]) {
    let Ok(policy) = wire::read_policy(bytes) else { return };
    let again = wire::read_policy(&wire::write_policy(&policy)).expect("what was written reads");
    assert!(again == policy, "{policy:?} came back as {again:?}");
}

/// Preferences as TOML: taken whole, or every fault by its line.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(faults) = config::parse(&text, Some(std::path::Path::new("/home"))) {
        assert!(!faults.is_empty(), "a refusal names a fault");
        let lines = text.lines().count().max(1) + 1;
        assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)), "{faults:?}");
    }
}

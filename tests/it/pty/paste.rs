//! A clipboard of megabytes with an end of a paste within it, and bytes that come by themselves: nothing is written but what
//! the form names, the desk answers afterwards, and it has not grown.
//!
//! One MiB as a rule; `DOORBOOK_PASTE=10485760` for the ten of a night.

#![allow(clippy::print_stdout, reason = "how much it held is part of the answer")]

use std::path::Path;
use std::time::{Duration, Instant};

use doorbook::domain::event::{Entry, Event, NoteEvent};
use doorbook::domain::text::{NOTE, allowed};
use doorbook::run::open;

use super::{Pty, Setup};

/// What is said of what was left out.
const LEFT_OUT: &str = "faster than hands can type";
/// What no hands would wait for; the desk then listens again.
const PAUSE: Duration = Duration::from_millis(600);

fn size() -> usize {
    std::env::var("DOORBOOK_PASTE").ok().and_then(|size| size.parse().ok()).unwrap_or(1 << 20)
}

/// So many bytes, line by line.
fn lines(line: &str, size: usize) -> String {
    line.repeat(size / line.len() + 1)
}

/// A practice desk with a day that Jean has opened.
fn opened(home: &Path) -> Pty {
    let mut desk = Setup::new(&["practice", "--at", "2026-11-21T09:30"]).home(home).start();
    desk.comes_in("5");
    desk
}

/// The entries of the day in order, once the desk has ended.
fn of_the_day(mut desk: Pty, home: &Path) -> Vec<Entry> {
    desk.terminate();
    assert_eq!(desk.exit_code(), 0, "{}", desk.screen());
    let file = super::desk::register(home);
    let mut opened = open::open(file.parent().unwrap(), open::Who::Practises).unwrap();
    opened.all().unwrap();
    opened.register.days.into_values().flat_map(|day| day.entries).collect()
}

/// Most that the program ever held, and what it holds now, in KiB. Elsewhere than on Linux it is not known: 0.
fn memory(desk: &Pty) -> [usize; 2] {
    let pid = desk.child.process_id().unwrap();
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    ["VmHWM:", "VmRSS:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
        line.trim().trim_end_matches(" kB").parse().unwrap()
    })
}

/// Sends it, and waits until the program has read all of it and heard nothing for a moment.
fn sends(desk: &mut Pty, bytes: &[u8]) {
    desk.send(bytes);
    std::thread::sleep(PAUSE);
}

#[test]
fn a_huge_paste_with_an_end_within_it_fills_its_field_and_does_nothing_else() {
    let (home, size) = (tempfile::tempdir().unwrap(), size());
    let mut desk = opened(home.path());
    desk.keys("F8");
    desk.wait_for("Written 09:30");
    std::thread::sleep(PAUSE);
    desk.keys("F8");
    desk.wait_for("Two words will do");
    desk.keys("7 Tab");
    let before = memory(&desk);
    // Enter would save, digits would choose, F8 would write a note, Esc would leave: all of it stands behind the end.
    let text = lines("Mia had a graze\u{1b}]0;x\u{7} on her knee.\r\n", size / 2);
    let keys = lines("\r1\x1b[19~\x1b\x1b1\r\r2\r\x1b[18~0\t0\t", size / 2);
    let paste = format!("\x1b[200~{text}\x1b[201~{keys}\x1b[201~");
    let from = Instant::now();
    sends(&mut desk, paste.as_bytes());
    desk.wait_for(LEFT_OUT);
    let once = memory(&desk);
    // And once more: what was in the way of the first is not in the way of the second.
    sends(&mut desk, paste.as_bytes());
    desk.wait_for("graze");
    let twice = memory(&desk);
    println!("{size} bytes twice in {:?}; KiB at most and now: {before:?}, {once:?}, {twice:?}", from.elapsed());
    // The paste as it comes, and as it is given on, with room for a buffer that doubles.
    let allowed_kib = 4 * size / 1024 + 8 * 1024;
    assert!(twice[0] <= before[0] + allowed_kib, "{before:?}, {once:?}, {twice:?} KiB");
    assert!(twice[1] <= once[1] + 4 * 1024, "it grows with each: {once:?}, {twice:?} KiB");
    // The desk answers, in the same form.
    desk.keys("Tab BackTab");
    std::thread::sleep(PAUSE);
    desk.keys("Enter");
    desk.wait_for("Saved 09:30");
    let entries = of_the_day(desk, home.path());
    let notes: Vec<&NoteEvent> = entries.iter().filter_map(|e| note(e)).collect();
    let [NoteEvent::Raised { .. }, NoteEvent::Told { account, .. }] = notes.as_slice() else { panic!("{notes:?}") };
    // It is opened by Ruth's keys: a concern is for the coordinator.
    let words = &account.open().unwrap().words;
    assert!(words.as_str().starts_with("Mia had a graze") && words.as_str().len() <= NOTE);
    assert!(words.as_str().chars().all(|c| c == '\n' || allowed(c)));
    let others: Vec<&Entry> = entries.iter().filter(|e| note(e).is_none()).collect();
    assert!(others.iter().all(|e| matches!(e.event.open(), Some(Event::Day(_)))), "{others:?}");
}

fn note(entry: &Entry) -> Option<&NoteEvent> {
    match entry.event.open() {
        Some(Event::Note(note)) => Some(note),
        _ => None,
    }
}

/// Bytes that come by themselves, outside a paste: letters, ends of lines, halves of keys, no UTF-8.
#[test]
fn a_flood_of_bytes_is_left_out_and_the_desk_answers_afterwards() {
    let (home, size) = (tempfile::tempdir().unwrap(), size());
    let mut desk = opened(home.path());
    let before = memory(&desk);
    let unit =
        b"1\r\r2\r\r\x1b[201~mia\r\x1b[19~\x1b[\xff\xfe\xc3(\x9b2J\x1b[<0;1;1M\x1b[18~0\t0\t5\t0\r\x00\x7f\x1b\x1b";
    let bytes = unit.repeat(size / unit.len() + 1);
    let from = Instant::now();
    sends(&mut desk, &bytes);
    let after = memory(&desk);
    let took = from.elapsed();
    assert!(after[0] <= before[0] + 8 * 1024, "{before:?}, {after:?} KiB");
    // The bytes of a key that was cut off end with the pause.
    desk.keys("Esc");
    std::thread::sleep(PAUSE);
    desk.keys("Esc");
    std::thread::sleep(PAUSE);
    desk.send(&[0x0c]);
    desk.wait_until("a whole screen", |screen| {
        screen.contents().contains("F1 help") || screen.contents().contains("? help")
    });
    desk.keys("F2");
    desk.wait_for("Staff");
    let entries = of_the_day(desk, home.path());
    println!("{size} bytes in {took:?}; {} entries; KiB at most and now: {before:?}, {after:?}", entries.len());
    // Those that came before it was clear that no hands type so: a thousand keys at most, most of which write nothing.
    assert!(entries.len() < 200, "{} entries of a flood", entries.len());
}

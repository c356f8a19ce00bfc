//! `kill -9` in the middle of a day at the desk: all that the screen had shown as saved is in the book afterwards.

#![allow(clippy::print_stdout, reason = "how much was shown is part of the answer")]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use doorbook::domain::event::{DayEvent, Entry, Event, NoteEvent};
use doorbook::run::house::KEYRING;
use doorbook::run::open;

use super::{Setup, bytes};
use crate::chance::Chance;

/// The day: each word is a key, `.` a pause in which a second Enter is one of its own. Whoever adds screens adds their
/// keys here; it goes on with `AGAIN` when it is over.
const DAY: &str = "5 Enter . . . Enter . F2 1 2 3 4 Esc \
    1 Enter . Enter F8 2 Enter . Enter 4 Enter . Enter 1 Enter . Enter 5 Enter . Enter F8 . F8 Esc 6 Enter . Enter \
    2 Enter . Enter 7 Enter . Enter 4 Enter . Enter Ctrl-Z 1 5 Enter . Enter 6 Enter . Enter 8 Enter . Enter F6 2";
const AGAIN: &str = "F8 Esc F2 2 Esc F8 Esc F2 3 Esc F2 2 Esc F2 3 Esc";
/// Between two keys.
const PAUSE: Duration = Duration::from_millis(6);
/// More than the desk takes for one press of Enter that bounced.
const LONG: Duration = Duration::from_millis(140);
/// Desks at once: each waits for its next key most of the time.
const AT_ONCE: usize = 4;
/// The last moment at which it is killed, after its start.
const LAST_MS: u64 = 3600;

/// The status lines that began so, each new one once, by replaying what the terminal was sent, frame by frame.
fn shown(sent: &[u8], began: &str) -> Vec<String> {
    const END: &[u8] = b"\x1b[0m";
    let mut parser = vt100::Parser::new(super::cells(24), super::cells(80), 0);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = sent;
    // What comes after the last end is a frame cut short: nobody has seen it whole.
    while let Some(at) = rest.windows(END.len()).position(|window| window == END) {
        let (frame, after) = rest.split_at(at + END.len());
        parser.process(frame);
        rest = after;
        let screen = parser.screen().contents();
        let saved = screen.lines().map(str::trim).find(|line| line.starts_with(began)).map(words);
        lines.extend(saved.filter(|line| lines.last().is_none_or(|last| last != line)));
    }
    lines
}

/// Without what stands at the right edge: that may change while nothing is saved.
fn words(line: &str) -> String {
    line.split("   ").take(2).collect::<Vec<_>>().join("   ")
}

/// The acts of the day, in order.
fn acts(folder: &Path) -> Vec<Vec<Entry>> {
    let mut book = open::open(folder, open::Who::Practises).unwrap().book;
    let report = book.verify();
    assert!(report.is_good(), "{}", report.sentence());
    let mut acts: Vec<Vec<Entry>> = Vec::new();
    for placed in book.read_all().unwrap().into_iter().filter(|placed| placed.entry.day.is_some()) {
        match acts.last_mut().filter(|act| act[0].act == placed.entry.act) {
            Some(act) => act.push(placed.entry),
            None => acts.push(vec![placed.entry]),
        }
    }
    acts
}

fn is_opening(act: &[Entry]) -> bool {
    act.iter().any(|entry| matches!(entry.event.open(), Some(Event::Day(DayEvent::Opened { .. }))))
}

/// Types until the moment comes, kills, and looks. The answer is how many saves the screen had shown.
fn kill_at(template: &Path, after: Duration) -> usize {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    doorbook::platform::private_folder(&data).unwrap();
    std::fs::copy(open::file(template), open::file(&data)).unwrap();
    std::fs::copy(template.join(KEYRING), data.join(KEYRING)).unwrap();
    let mut desk = Setup::new(&["--data", data.to_str().unwrap(), "practice"]).home(home.path()).start();
    let from = Instant::now();
    let mut keys = DAY.split_whitespace().chain(AGAIN.split_whitespace().cycle());
    while from.elapsed() < after {
        // Not before there is a desk: what is typed ahead is the terminal's own affair.
        let mut pause = PAUSE;
        if desk.with_screen(vt100::Screen::alternate_screen) {
            match keys.next().unwrap() {
                "." => pause = LONG,
                key => desk.send(&bytes(key)),
            }
        }
        std::thread::sleep(pause.min(after.saturating_sub(from.elapsed())));
    }
    desk.kill();
    desk.exit_code();
    let sent = desk.sent();
    let saved = shown(&sent, "Saved ");
    let written: BTreeSet<String> = shown(&sent, "Written ").into_iter().filter(|w| w.contains("F8 again")).collect();
    let acts = acts(&data);
    assert!(acts.len() >= saved.len(), "{} acts, and the screen had shown {saved:#?}", acts.len());
    let notes = acts.iter().flatten().filter(|e| matches!(e.event.open(), Some(Event::Note(NoteEvent::Raised { .. }))));
    assert!(notes.count() >= written.len(), "the screen had shown {written:#?}");
    for act in acts.iter().filter(|act| is_opening(act)) {
        assert_eq!(act.len(), 1 + 12 + 2, "half an act");
    }
    // The desk goes on from there.
    assert!(open::open(&data, doorbook::run::open::Who::Practises).is_ok());
    saved.len()
}

fn kills(times: usize) {
    let seed = std::env::var("DOORBOOK_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::from(std::time::UNIX_EPOCH.elapsed().unwrap().subsec_nanos()));
    let template = tempfile::tempdir().unwrap();
    let mut make = Setup::new(&["practice", "--no-open", "--data", template.path().to_str().unwrap()]).start();
    assert_eq!(make.exit_code(), 0, "{}", make.screen());
    let mut chance = Chance::new(seed);
    let all: Vec<Duration> = (0..times).map(|_| Duration::from_millis(chance.next() % LAST_MS)).collect();
    let one = |n: usize, after: Duration| {
        let one = std::panic::catch_unwind(|| kill_at(template.path(), after));
        one.unwrap_or_else(|_| panic!("kill {n} after {after:?}; again with DOORBOOK_SEED={seed}"))
    };
    let saves: usize = std::thread::scope(|scope| {
        let lane = |lane| all.iter().enumerate().skip(lane).step_by(AT_ONCE).map(|(n, after)| one(n, *after)).sum();
        let lanes: Vec<_> = (0..AT_ONCE).map(|at| scope.spawn(move || -> usize { lane(at) })).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).sum()
    });
    println!("{times} kills, {saves} saves shown");
    assert!(saves > times, "only {saves} saves were shown in {times} days; DOORBOOK_SEED={seed}");
}

#[test]
fn whatever_the_screen_had_shown_outlasts_a_few_kills() {
    kills(5);
}

#[test]
#[ignore = "slow: a hundred days, each killed"]
fn whatever_the_screen_had_shown_outlasts_a_hundred_kills() {
    kills(100);
}

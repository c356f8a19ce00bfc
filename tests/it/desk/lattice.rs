//! Every screen and everything that is laid over one, at every size: nothing panics, no row is wider than the screen or
//! short of it, the cursor is inside, and what was typed is there when the terminal is its old size again.
//!
//! Every small size of every screen, and of the larger ones every seventh by turns; all of them with
//! `DOORBOOK_LATTICE=whole`, as `.ci/nightly` does.

use std::collections::BTreeSet;

use doorbook::app::action::Action;
use doorbook::app::keymap::Mode;
use doorbook::app::screen::Size;
use doorbook::app::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::hand::{saturday, small_day};
use super::harness::Desk;
use super::{first, people, prove};
use crate::draw::{ASCII, MONO, whole};

/// Widths and heights beyond the small ones: around each size from which the layout is another, and far beyond.
const WIDE: &[u16] =
    &[13, 16, 20, 24, 30, 39, 40, 41, 59, 60, 61, 79, 80, 81, 99, 100, 119, 120, 121, 160, 200, 300, 400, 500];
const HIGH: &[u16] = &[1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 19, 20, 23, 24, 25, 30, 39, 40, 41, 60, 100, 150, 200];
/// Of the larger sizes each screen is drawn at one of so many.
const TURNS: usize = 7;

/// From the desk of a worked morning.
const SCREENS: &[&str] = &[
    "",
    "f5",
    "3",
    "m i",
    "f5 m i",
    "w a n enter",
    "3 enter",
    "3 enter tab",
    "f5 3 enter tab",
    "3 enter x",
    "1 enter d",
    "1 enter enter",
    "3 enter minus 9",
    "8 enter v",
    "8 enter v \"Kofi",
    "4 enter a",
    "4 enter a 1",
    "4 enter a 9",
    "4 enter a 9 \"tr",
    "1 enter r",
    "f8 f8",
    "f8 f8 7 tab \"fell",
    "f8 f8 7 +2s f8",
    "f9",
    "f9 enter enter",
    "f7",
    "f7 0 tab 0 tab 5 tab 0 enter",
    "f7 0 tab 0 tab 5 tab 0 enter tab",
    "f2",
    "f2 0",
    "f2 0 \"Mr tab \"caretaker",
    "f3",
    "f5 f3",
    "ctrl-p",
    "ctrl-p \"sheets",
    "ctrl-p \"enter space \"the space \"paper enter",
    "ctrl-p \"how space \"the enter",
    "ctrl-p \"how space \"the enter 1",
    "ctrl-p \"how space \"the enter 3 a",
    "ctrl-p \"how space \"the enter 3 a \"Ash tab 3",
    "ctrl-p \"how space \"the enter 0",
    "!",
    "! enter",
    "f1",
    "3 enter f1",
    "ctrl-z",
    "f12",
    "f6",
];

/// A desk with people in, a note, a row where two must not meet, a question open; and those of other hours.
fn desks() -> Vec<(String, Desk)> {
    let mut morning = saturday("09:10", "Ruth");
    morning.keys("7 enter a 1 enter tab enter t 1 enter @09:42 t o enter enter");
    morning
        .keys("@09:43 1 enter tab enter 2 enter tab enter 5 enter tab enter @09:48 6 f8 esc @09:52 1 enter enter home");
    let mut all: Vec<(String, Desk)> = SCREENS
        .iter()
        .map(|keys| {
            let mut desk = morning.fork();
            desk.keys(keys);
            ((*keys).to_owned(), desk)
        })
        .collect();
    all.push(("the start".to_owned(), Desk::practice("08:55")));
    let mut shut = morning.fork();
    shut.keys("@10:23");
    let mut shut = shut.restarted();
    shut.keys("enter");
    all.push(("shut with people in".to_owned(), shut));
    let mut signed = small_day("Ruth");
    for keys in ["f7 0 tab 0 tab 5 tab 0 enter 2 1 1", "enter f7", "r", "\"Kofi"] {
        signed.keys(keys);
        all.push((format!("the close: {keys}"), signed.fork()));
    }
    all.extend(of_passphrases());
    all
}

/// The screens that ask who somebody is, or say who may come in.
fn of_passphrases() -> Vec<(String, Desk)> {
    let with = |name: &str, mut desk: Desk, keys: &str| {
        desk.keys(keys);
        (format!("{name}: {keys}"), desk)
    };
    let mut asked = prove::refused();
    asked.keys("r");
    let who = prove::digit(&asked, "types their passphrase");
    asked.keys(&who);
    let form = format!("{} enter", first::FORM);
    vec![
        with("locked", Desk::sealed("08:55"), "5"),
        with("the sheet", Desk::sealed("08:55"), "0 enter 5 tab \"abandon"),
        with("another person", Desk::sealed_saturday("09:55"), "f6 2 \"anch"),
        with("locked again", Desk::sealed_saturday("09:55"), "f4 f9"),
        with("a proof", asked, "1 enter \"anch"),
        with("people", people::open(), ""),
        with("people", people::open(), "a \"Mrs"),
        with("people", people::open(), "down r \"remo"),
        with("own passphrase", Desk::sealed_saturday("09:55"), "ctrl-p \"my space \"pass enter \"anch"),
        with("first", first::first(), ""),
        with("first", first::first(), "1 \"Ruth"),
        with("first", first::first(), &form),
    ]
}

fn sizes(turn: usize, all: bool) -> Vec<Size> {
    let small = (0..=12).flat_map(|width| (0..=6).map(move |height| Size { width, height }));
    let larger = WIDE.iter().flat_map(|&width| HIGH.iter().map(move |&height| Size { width, height }));
    let mine = larger.enumerate().filter(|(n, _)| all || n % TURNS == turn % TURNS).map(|(_, size)| size);
    let flat = [(0, 200), (500, 0), (1, 200), (80, 24)].map(|(width, height)| Size { width, height });
    small.chain(mine).chain(flat).collect()
}

#[test]
fn every_screen_holds_at_every_size() {
    let all = std::env::var("DOORBOOK_LATTICE").is_ok_and(|lattice| lattice == "whole");
    let mut reached = BTreeSet::new();
    for (turn, (name, mut desk)) in desks().into_iter().enumerate() {
        reached.insert(desk.app.mode());
        let before = desk.screen();
        for (n, size) in sizes(turn, all).into_iter().enumerate() {
            desk.send(Action::Resized(size));
            let Size { width, height } = size;
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            let cursor = doorbook::tui::paint(&mut buffer, &view(&desk.app), if n % 2 == 0 { &MONO } else { &ASCII });
            whole(&buffer).unwrap_or_else(|what| panic!("{name:?} at {width}x{height}: {what}"));
            assert!(
                cursor.is_none_or(|at| at.x < width && at.y < height),
                "{name:?} at {width}x{height}: the cursor is at {cursor:?}"
            );
        }
        assert_eq!(desk.screen(), before, "{name:?} is another after its sizes");
    }
    let missing: Vec<&Mode> = Mode::ALL.iter().filter(|mode| !reached.contains(mode)).collect();
    assert!(missing.is_empty(), "no screen was drawn of {missing:?}");
}

//! The terminal's guard in a real terminal: a copy of this test binary is the program, so that it can panic.

use std::io::Write;
use std::time::Duration;

use doorbook::app::key::Key;
use doorbook::tui::input::Reader;
use doorbook::tui::{Input, Look, Terminal, Theme, terminal};

use super::{Pty, Setup};
use crate::draw::{MONO, sample};

const ASKED: &str = "DOORBOOK_TEST_GUARD";
const WORDS: &str = "The desk stopped.";

/// The program: draws a board, then does what each key says.
#[test]
fn program() {
    let Ok(look) = std::env::var(ASKED) else { return };
    let theme = Theme { look: if look == "dark" { Look::Dark } else { Look::Mono }, ..MONO };
    terminal::on_panic(WORDS);
    let mut screen = sample::board();
    let mut desk = Terminal::enter().unwrap();
    assert!(Terminal::enter().is_err());
    let mut reader = Reader::new(|| Duration::ZERO);
    loop {
        desk.draw(&screen, &theme).unwrap();
        match reader.read().unwrap() {
            Input::Key { key: Key::Char('p'), .. } => panic!("Mia's address"),
            Input::Key { key: Key::Char('t'), .. } => {
                let other = std::thread::spawn(|| panic!("Mia's address"));
                screen.status[0] = format!("told: {}", other.join().is_err());
            }
            Input::Key { key: Key::Ctrl('l'), .. } => desk.redraw_all().unwrap(),
            Input::Key { key: Key::Ctrl('q'), .. } => break,
            Input::Key { key, .. } => screen.status[0] = format!("key {key}"),
            Input::Paste { text, .. } => screen.status[0] = format!("paste of {}: {text}", text.len()),
            Input::Flood => screen.status[0] = "flood".to_owned(),
            Input::Resize(size) => screen.status[0] = format!("{} by {}", size.width, size.height),
        }
    }
    drop(desk);
    // Past libtest's own capture: the test looks for it on the old screen.
    std::io::stdout().lock().write_all(b"given back\r\n").unwrap();
}

fn start() -> Pty {
    let me = std::env::current_exe().unwrap();
    let args = ["--exact", "pty::guard::program", "--nocapture", "--test-threads=1", "--color=never"];
    let desk = Setup::new(&args).program(me).env(ASKED, "mono").start();
    desk.wait_for("opens No 1");
    desk
}

#[track_caller]
fn is_given_back(desk: &Pty) {
    desk.with_screen(|screen| {
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    });
}

#[test]
fn a_drop_gives_the_terminal_back() {
    let mut desk = start();
    assert!(desk.with_screen(|screen| screen.alternate_screen() && screen.bracketed_paste()));
    desk.keys("Ctrl-Q");
    assert_eq!(desk.exit_code(), 0);
    is_given_back(&desk);
    assert!(desk.screen().contains("given back"), "{}", desk.screen());
}

#[test]
fn a_panic_gives_the_terminal_back_and_tells_nothing_of_the_book() {
    let mut desk = start();
    desk.keys("p");
    assert_ne!(desk.exit_code(), 0);
    is_given_back(&desk);
    assert!(desk.screen().contains(WORDS), "{}", desk.screen());
    assert!(!String::from_utf8_lossy(&desk.sent()).contains("address"));
}

#[test]
fn a_panic_elsewhere_leaves_the_screen_alone() {
    let mut desk = start();
    desk.keys("t");
    let screen = desk.wait_for("told: true");
    assert!(!screen.contains(WORDS) && screen.contains("opens No 1"), "{screen}");
    desk.keys("Ctrl-Q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn keys_pastes_and_sizes_arrive() {
    let mut desk = start();
    for (keys, told) in [
        ("F8", "key F8"),
        ("Ctrl-Z", "key Ctrl-Z"),
        ("BackTab", "key BackTab"),
        ("ż", "key ż"),
        ("Ctrl-J", "key Enter"),
    ] {
        desk.keys(keys);
        desk.wait_for(told);
    }
    // Escape and a letter in one read are two keys, as they were typed.
    desk.send(b"\x1bm");
    desk.wait_for("key m");
    desk.send(b"\x1b[200~Mia\rLeo\x1b[201~");
    desk.wait_for("paste of 7: Mia Leo");
    desk.resize(120, 40);
    desk.wait_for("120 by 40");
    desk.resize(30, 6);
    desk.wait_gone("120 by 40");
    desk.wait_for("opens No 1");
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_screen() {
    let mut desk = start();
    for n in 0..60 {
        desk.resize(20 + (n * 37) % 120, 3 + (n * 13) % 50);
    }
    desk.resize(80, 24);
    desk.wait_for("80 by 24");
    desk.send(&[0x0c]);
    // All of it in one condition: what is left of the frames before may hold some of it already.
    desk.wait_until("a whole board", |screen| {
        let screen = screen.contents();
        ["Saturday 21", "12  11:00  Bartholomew", "80 by 24", "? help"].iter().all(|part| screen.contains(part))
    });
    desk.keys("Ctrl-Q");
    assert_eq!(desk.exit_code(), 0);
}

/// Asking costs a round trip, and a slow answer is read as keys.
#[test]
fn the_terminal_is_asked_nothing() {
    let mut desk = start();
    desk.keys("Ctrl-L F8");
    desk.wait_for("key F8");
    let sent = String::from_utf8_lossy(&desk.sent()).into_owned();
    for question in [
        "\x1b[6n",
        "\x1b[c",
        "\x1b[0c",
        "\x1b[?u",
        "\x1b[>",
        "\x1b]10;?",
        "\x1b]11;?",
        "\x1b[?2026$p",
        "\x1b[14t",
        "\x1b[18t",
    ] {
        assert!(!sent.contains(question), "asked {question:?}");
    }
}

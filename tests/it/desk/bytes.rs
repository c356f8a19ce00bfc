//! What a key costs on the wire: few bytes on every screen, since a desk may be at the other end of a slow line.

use doorbook::app::key::Key;
use doorbook::app::view;
use doorbook::tui::{Steady, Theme, draw};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::harness::Desk;
use crate::filled::desk::Wire;

/// The bytes of each of these keys, after the screen has been opened by a script.
fn costs(open: &str, keys: &[Key]) -> Vec<usize> {
    let mut desk = Desk::saturday("09:52");
    desk.keys(open);
    let wire = Wire::default();
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 80, 24)) };
    let mut terminal = Terminal::with_options(Steady::new(wire.clone()), options).unwrap();
    let mut frame = |desk: &Desk| {
        let screen = view(&desk.app);
        terminal.draw(|frame| draw(frame, &screen, &Theme::default())).unwrap();
        wire.0.take().len()
    };
    frame(&desk);
    let cost = |key: &Key| {
        desk.press(*key);
        frame(&desk)
    };
    keys.iter().map(cost).collect()
}

#[test]
fn a_cursor_key_costs_at_most_300_bytes() {
    for (screen, open) in [
        ("board", ""),
        ("board, staff view", "f5"),
        ("find", "m"),
        ("who is in", "f9"),
        ("staff", "f2"),
        ("day log", "f3"),
        ("for the coordinator", "!"),
        ("policy", "ctrl-p \"how enter"),
    ] {
        let costs = costs(open, &[Key::Down, Key::Down, Key::Up, Key::Down, Key::Up]);
        assert!(costs.iter().all(|cost| *cost <= 300), "{screen}: {costs:?}");
    }
}

#[test]
fn a_typed_letter_costs_at_most_64_bytes() {
    // The first letter may change what Enter says.
    for (screen, open) in [("staff form", "f2 0 \"M"), ("a note", "f5 f8 tab tab \"M")] {
        let costs = costs(open, &[Key::Char('s'), Key::Char('u'), Key::Backspace]);
        assert!(costs.iter().all(|cost| *cost <= 64), "{screen}: {costs:?}");
    }
}

#[test]
fn a_key_that_changes_nothing_costs_nothing() {
    assert_eq!(costs("f2", &[Key::Home, Key::Home]).last(), Some(&0));
}

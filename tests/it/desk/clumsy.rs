//! Clumsy hands: a neighbour key, a double, a held key, a name typed on a card, put into every step of the scripted day.
//! No child leaves; nothing is written that the Enter line or the question had not named; nothing for another family.

use std::time::Duration;

use doorbook::app::key::Key;
use doorbook::app::keymap::Mode;
use doorbook::domain::event::{DoorEvent, Entry, Event};

use super::day::tokens;
use super::harness::{Desk, key};

/// Every key of a keyboard.
fn keyboard() -> Vec<Key> {
    let printed = "abcdefghijklmnopqrstuvwxyz0123456789-=[];'#,./*(?! QWÉł王".chars().map(Key::Char);
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Ctrl('z'),
        Key::Ctrl('p'),
        Key::Ctrl('q'),
        Key::Ctrl('t'),
        Key::Ctrl('n'),
    ];
    printed.chain(named).chain((1..=12).map(Key::F)).collect()
}

/// Calls `at` before every key of the scripted day, with that key.
fn at_every_step(mut at: impl FnMut(&Desk, Key)) {
    let mut desk = Desk::practice("08:55");
    for token in tokens() {
        if !token.starts_with('@') && !token.starts_with('+') {
            at(&desk, key(token));
        }
        desk.keys(token);
    }
}

/// What was written by one key, held against the screen before it.
#[track_caller]
fn named_before(before: &Desk, after: &Desk, pressed: Key) {
    let written = &after.log[before.written()..];
    if written.is_empty() {
        return;
    }
    let screen = before.screen();
    let enter = before.enter();
    let says = |why: &str| format!("{why}: {pressed} wrote {:?}\non\n{screen}", names(written));
    let digit = matches!(pressed, Key::Char(c) if c.is_ascii_digit());
    let tells = matches!(pressed, Key::F(8) | Key::Char('*'));
    // However the form of a note is left, what was chosen and typed there is kept.
    let note = |e: &Entry| matches!(e.event.open(), Some(Event::Note(_)));
    let leaves_form = before.app.view == doorbook::app::View::Tell && written.iter().all(note);
    assert!(digit || tells || leaves_form || pressed == Key::Enter, "{}", says("no letter writes"));
    if pressed == Key::Enter {
        assert!(enter.starts_with("Enter"), "{}", says("Enter was Wait"));
        assert!(!written.iter().any(|e| gives_a_child(before, e)), "{}", says("Enter changed who has a child"));
    }
    for entry in written {
        let Some(Event::Door(event)) = entry.event.open() else { continue };
        if before.app.mode() == Mode::Close {
            // A question of the close names its own family; the count's words stand on the screen.
            continue;
        }
        assert_eq!(Some(event.session()), before.app.session, "{}", says("another family"));
        let session = before.app.in_hand().unwrap();
        if let Some(member) = event.person().and_then(|p| session.member(p)) {
            let also_named = screen.contains(member.called()) || before.app.mode() == Mode::Close;
            assert!(also_named, "{}", says(&format!("{} was not named", member.called())));
        }
        if matches!(event, DoorEvent::ChildLeft { .. }) {
            let asked = matches!(before.app.mode(), Mode::Question | Mode::CardForm | Mode::Close);
            assert!(asked && (digit || pressed == Key::Enter), "{}", says("a child left unasked"));
        }
    }
}

/// Somebody else is responsible for a child after this, or nobody.
fn gives_a_child(before: &Desk, entry: &Entry) -> bool {
    let Some(Event::Door(event)) = entry.event.open() else { return false };
    let has = |child| before.app.day()?.session(event.session())?.of(child)?.carer();
    match event {
        // The supervisor has the child throughout: they only go to another room.
        DoorEvent::Walked { child, into, .. } => has(*child) != Some(*into),
        DoorEvent::ChildLeft { .. } | DoorEvent::GivenTo { .. } | DoorEvent::KeptHere { .. } => true,
        _ => false,
    }
}

fn names(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|e| format!("{:?}", e.event)).map(|e| e.chars().take(90).collect()).collect()
}

fn child_left(entries: &[Entry]) -> bool {
    entries.iter().any(|e| matches!(e.event.open(), Some(Event::Door(DoorEvent::ChildLeft { .. }))))
}

#[test]
fn every_mis_key_at_every_step() {
    let keyboard = keyboard();
    at_every_step(|desk, _| {
        for wrong in &keyboard {
            let mut fork = desk.fork();
            fork.press(*wrong);
            named_before(desk, &fork, *wrong);
        }
    });
}

#[test]
fn a_key_pressed_twice_writes_once() {
    at_every_step(|desk, pressed| {
        let mut once = desk.fork();
        once.press(pressed);
        let mut twice = once.fork();
        twice.press_after(pressed, Duration::from_millis(60));
        named_before(&once, &twice, pressed);
        let second = &twice.log[once.written()..];
        assert!(!child_left(second), "{pressed} twice let a child go\n{}", once.screen());
    });
}

#[test]
fn a_held_key_writes_once() {
    at_every_step(|desk, pressed| {
        let mut held = desk.fork();
        held.press(pressed);
        let after_one = held.written();
        let session = held.app.session;
        for _ in 0..30 {
            held.press_after(pressed, Duration::from_millis(33));
        }
        let more = &held.log[after_one..];
        assert!(!child_left(more), "{pressed} held let a child go\n{}", held.screen());
        for entry in more {
            if let Some(Event::Door(event)) = entry.event.open() {
                assert_eq!(Some(event.session()), session, "{pressed} held wrote for another family");
                panic!("{pressed} held wrote again: {event:?}");
            }
        }
    });
}

#[test]
fn a_name_typed_on_the_wrong_screen_writes_nothing() {
    let names = ["carys", "mia", "leo", "dan", "ama", "kev", "noah", "wanda", "xena", "emma", "ada", "madeleine"];
    at_every_step(|desk, _| {
        if matches!(desk.app.mode(), Mode::Tell) {
            return;
        }
        for name in names {
            let mut typed = desk.fork();
            for c in name.chars() {
                typed.press(Key::Char(c));
            }
            assert_eq!(typed.written(), desk.written(), "{name} wrote on\n{}", desk.screen());
            let before = typed.fork();
            typed.press(Key::Enter);
            named_before(&before, &typed, Key::Enter);
            let card = matches!(desk.app.mode(), Mode::Card | Mode::Question);
            if card {
                assert_eq!(typed.written(), desk.written(), "{name} and Enter wrote on\n{}", before.screen());
            }
        }
    });
}

#[test]
fn enter_after_enter_writes_nothing_more() {
    at_every_step(|desk, pressed| {
        if pressed != Key::Enter {
            return;
        }
        let mut more = desk.fork();
        more.press(Key::Enter);
        let wrote = more.written() > desk.written();
        let after = more.written();
        for _ in 0..4 {
            more.press(Key::Enter);
        }
        if wrote {
            assert_eq!(more.written(), after, "Enter wrote again without another key\n{}", more.screen());
        }
    });
}

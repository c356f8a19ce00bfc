//! Clumsy hands and the lobby on the screens of passphrases: nothing is written that was not named, nothing is shown.

use std::time::Duration;

use doorbook::app::action::Effect;
use doorbook::app::key::Key;
use doorbook::app::keymap::Mode;
use doorbook::domain::event::{Event, NoteEvent};

use super::harness::{Desk, key};
use super::lobby::is_fit_for_the_lobby;
use super::vault::{SHEET, WORDS, short, words};

/// Every key of a keyboard, those of two letters apart.
fn keyboard() -> Vec<Key> {
    let printed = "aeghjlnprstvxz0123456789- *(?!É王".chars().map(Key::Char);
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
        Key::Home,
        Key::End,
        Key::PageDown,
        Key::Ctrl('z'),
        Key::Ctrl('p'),
        Key::F(4),
        Key::Ctrl('q'),
        Key::Ctrl('t'),
    ];
    printed.chain(named).chain((1..=12).map(Key::F)).collect()
}

/// A whole way through the screens of passphrases, from the locked screen to two signatures.
fn script() -> Vec<(Desk, String)> {
    let change = format!("f6 2 {} enter f6 5 {} enter", words(), words());
    let recover = format!("0 enter 5 tab {} enter 1", short(SHEET));
    let people = "f6 1 ctrl-p p e o p l e enter down n 1 1 r r e m o v e enter";
    let mut ruth = Desk::sealed("08:55");
    ruth.comes_in("1");
    vec![
        (Desk::sealed("08:55"), format!("5 tab {} enter enter f8 f4 f9 esc f8", words())),
        (Desk::sealed_saturday("09:55"), change),
        (Desk::sealed("08:55"), recover),
        (ruth, people.trim_start_matches("f6 1 ").to_owned()),
    ]
}

/// What one key wrote or asked for, held against the screen before it.
#[track_caller]
fn named_before(before: &Desk, after: &Desk, pressed: Key) {
    let written = &after.log[before.written()..];
    let (screen, enter) = (before.screen(), before.enter());
    let tells = matches!(pressed, Key::F(8) | Key::Char('*'));
    let note = written.iter().all(|e| matches!(e.event.open(), Some(Event::Note(NoteEvent::Raised { .. }))));
    let by_enter = pressed == Key::Enter && enter.starts_with("Enter");
    assert!(written.is_empty() || by_enter || (tells && note), "{pressed} wrote on\n{screen}");
    let asks = |e: &&Effect| {
        matches!(e, Effect::Unlock { .. } | Effect::Prove { .. } | Effect::Recover { .. } | Effect::SetUp(_))
    };
    let tried = after.effects.iter().filter(asks).count();
    assert!(tried == 0 || by_enter, "{pressed} tried a passphrase on\n{screen}");
    let acts = after
        .effects
        .iter()
        .filter(|e| matches!(e, Effect::People(act) if *act != doorbook::app::people::PeopleAct::List));
    let digit = pressed == Key::Char('1') && screen.contains("1   ");
    assert!(acts.count() == 0 || by_enter || digit, "{pressed} acted on people on\n{screen}");
}

#[test]
fn every_mis_key_at_every_step() {
    let keyboard = keyboard();
    for (mut desk, script) in script() {
        for token in script.split_whitespace() {
            for wrong in &keyboard {
                let mut fork = desk.fork();
                fork.press(*wrong);
                named_before(&desk, &fork, *wrong);
                let state = format!("{:?}", fork.app);
                assert!(!state.contains("anch") && !state.contains("abse abso"), "{wrong}: a passphrase in the state");
            }
            desk.keys(token);
        }
    }
}

#[test]
fn a_key_held_or_pressed_twice_does_it_once() {
    for (mut desk, script) in script() {
        for token in script.split_whitespace() {
            let mut held = desk.fork();
            held.keys(token);
            let (written, asked) = (held.written(), held.effects.len());
            for _ in 0..20 {
                held.press_after(key(token), Duration::from_millis(33));
            }
            let more = &held.log[written..];
            assert!(more.is_empty(), "{token} held wrote again: {more:?}\n{}", held.screen());
            let asks = |e: &Effect| matches!(e, Effect::Unlock { .. } | Effect::Prove { .. } | Effect::Recover { .. });
            let again = held.effects[asked..].iter().filter(|e| asks(e)).count();
            assert_eq!(again, 0, "{token} held tried again\n{}", held.screen());
            desk.keys(token);
        }
    }
}

#[test]
fn nothing_of_them_is_unfit_for_the_lobby() {
    for (mut desk, script) in script() {
        for token in script.split_whitespace() {
            desk.keys(token);
            if desk.screen().contains("Locked: the recovery sheet") {
                // Words of a public list, dealt by chance: one of them may be any word. Everything beside them is fit.
                let mut dots = desk.fork();
                dots.keys("f12");
                is_fit_for_the_lobby(&dots);
            } else if !matches!(desk.app.mode(), Mode::People | Mode::PeopleForm | Mode::Passphrase) {
                is_fit_for_the_lobby(&desk);
            }
            let shown = desk.app.mode() == Mode::Locked && desk.screen().contains("f o r e");
            assert!(shown || !desk.screen().contains("anch"), "{}", desk.screen());
        }
    }
}

#[test]
fn keys_typed_ahead_of_the_field_are_not_shown_by_the_state() {
    let mut desk = Desk::sealed_saturday("11:15");
    // A save is under way: F6 and the passphrase wait for it.
    desk.app.flight = Some(doorbook::app::write::Flight { then: doorbook::app::Then::Stay });
    desk.keys(&format!("f6 2 {}", words()));
    let state = format!("{:?}", desk.app);
    assert!(!state.contains("'a'") && !state.contains("Char("), "typed keys are in the state");
    assert!(!state.contains(WORDS));
}

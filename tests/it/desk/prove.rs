//! One act by two people: somebody else's passphrase, and the two signatures under a day.

use doorbook::app::View;
use doorbook::app::action::{Action, Effect};
use doorbook::app::keymap::Mode;
use doorbook::app::screen::Size;
use doorbook::domain::codes::{Alone, How};
use doorbook::domain::event::{DayEvent, DoorEvent, Entry, Event, Second};

use super::harness::Desk;
use super::vault::words;

/// What is allowed by whom, and how.
fn allowed(entries: &[Entry]) -> Vec<(String, How)> {
    let of = |e: &Entry| match e.event.open() {
        Some(Event::Door(DoorEvent::Allowed { by, how, .. })) => Some((by.to_string(), *how)),
        _ => None,
    };
    entries.iter().filter_map(of).collect()
}

/// Jean at the desk, No 3: the way in is not clear, and Ruth may let it be.
pub fn refused() -> Desk {
    let mut desk = Desk::sealed_saturday("09:44");
    desk.keys("t o enter enter @09:46 c a enter");
    desk
}

/// The digit of an answer on the screen.
pub fn digit(desk: &Desk, words: &str) -> String {
    let screen = desk.screen();
    let line = screen.lines().find(|l| l.contains(words)).unwrap_or_else(|| panic!("{words}\n{screen}"));
    line.split_whitespace().find(|w| w.chars().all(|c| c.is_ascii_digit())).unwrap().to_owned()
}

#[test]
fn who_allows_it_types_their_passphrase() {
    let mut desk = refused();
    let before = desk.written();
    assert!(desk.enter().contains("r "), "{}", desk.enter());
    desk.keys("r");
    let who = digit(&desk, "types their passphrase");
    desk.keys(&who);
    desk.keys("1");
    desk.sees("whose passphrase is asked next");
    desk.keys("enter");
    assert_eq!((desk.app.mode(), desk.written()), (Mode::Prove, before));
    insta::assert_snapshot!("prove_allow_80", desk.screen());
    desk.keys("enter esc");
    assert_eq!((desk.app.view, desk.written()), (View::Card, before), "Esc, and nothing is written");
    desk.keys("enter");
    desk.keys("w r o n g enter");
    assert_eq!(desk.written(), before);
    desk.sees("do not go together");
    desk.keys(&format!("+2s {} enter", words()));
    let written = desk.log[before..].to_vec();
    assert_eq!(allowed(&written).into_iter().map(|(_, how)| how).collect::<Vec<_>>(), [How::Proved]);
    assert_eq!(desk.app.who.map(|w| desk.app.register.staff_name(w).to_owned()).as_deref(), Some("Jean"));
    assert!(desk.app.day().unwrap().overrides.iter().all(|o| !o.is_open()), "nothing more is asked at the close");
    desk.reloads();
}

#[test]
fn a_proof_of_somebody_else_writes_nothing() {
    let mut desk = refused();
    let before = desk.written();
    desk.keys("r");
    let who = digit(&desk, "types their passphrase");
    desk.keys(&who).keys("1 enter").keys(&words());
    desk.vault.as_mut().unwrap().slow = true;
    desk.keys("enter");
    desk.keys("1 2 enter enter esc");
    desk.vault.as_mut().unwrap().now();
    let jean = desk.app.who.unwrap();
    desk.send(Action::Proved(jean));
    assert_eq!(desk.written(), before);
    desk.sees("somebody else's");
    // An answer that nobody waits for.
    desk.keys("esc");
    desk.send(Action::Proved(jean));
    assert_eq!(desk.written(), before);
}

#[test]
fn f8_and_f9_hold_while_a_passphrase_is_asked() {
    let mut desk = refused();
    desk.keys("r");
    let who = digit(&desk, "types their passphrase");
    desk.keys(&who).keys("1 enter a n c h");
    let before = desk.written();
    desk.keys("f8");
    assert_eq!(desk.written(), before + 1);
    desk.keys("f9");
    assert_eq!(desk.app.view, View::Roll);
    assert!(desk.app.laid.prove.is_none());
}

/// A day with nobody in, ready to be signed by Ruth.
fn ready(others: &str) -> Desk {
    let mut desk = Desk::with(doorbook::run::setup::Families::None, "2026-11-21T08:55");
    desk.vault = Some(super::vault::Vault::of(&desk.app.register));
    desk.started_locked(None, doorbook::app::lock::Tries::default());
    desk.comes_in("1");
    if !others.is_empty() {
        desk.keys("f2").keys(others).keys("esc");
    }
    let team = 1 + others.split_whitespace().count();
    desk.awake_until("12:52").keys(&format!("f7 0 tab 0 tab {team} tab 0 enter tab"));
    desk
}

fn signed(desk: &Desk) -> Option<Option<Second>> {
    desk.log.iter().find_map(|e| match e.event.open() {
        Some(Event::Day(DayEvent::Signed(signed))) => Some(signed.second),
        _ => None,
    })
}

#[test]
fn two_people_sign_the_day() {
    let mut desk = ready("3");
    assert_eq!(desk.enter(), "Enter   Ruth signs Saturday 21 November 2026; asks who signs with you");
    desk.keys("enter");
    insta::assert_snapshot!("prove_sign_80", desk.screen());
    desk.keys("enter enter enter");
    assert_eq!(signed(&desk), None);
    // Oneself, and somebody who was not there.
    desk.keys(&format!("1 {} enter", words()));
    desk.sees("another person than the first");
    desk.keys(&format!("backtab bksp 2 {} enter", words()));
    desk.sees("not on shift");
    assert_eq!(signed(&desk), None);
    desk.keys(&format!("backtab bksp 3 {} enter", words()));
    let walter = desk.app.register.present_team().iter().find(|c| c.number == 3).unwrap().staff;
    assert_eq!(signed(&desk), Some(Some(Second::By { staff: walter })));
    desk.keys("f7");
    desk.sees("signed by Ruth and Walter");
    desk.reloads();
}

#[test]
fn one_person_alone_signs_with_a_reason() {
    let mut desk = ready("");
    desk.keys("enter");
    desk.sees_not("1   nobody").sees_not("1-3").sees("0   nobody else signs");
    desk.keys("1 0");
    desk.sees("10_");
    desk.keys("bksp bksp 0");
    assert!(desk.enter().starts_with("Wait   1 to 3 says why"), "{}", desk.enter());
    desk.sees("1   nobody").sees("1-3 why");
    desk.keys("esc");
    desk.sees_not("1   nobody");
    desk.keys("0");
    desk.keys("enter 9 enter");
    assert_eq!(signed(&desk), None);
    desk.keys("1");
    insta::assert_snapshot!("prove_alone_80", desk.screen());
    assert_eq!(desk.enter(), "Enter   Ruth signs alone, reason 1; after that only addenda");
    desk.keys("enter");
    assert_eq!(signed(&desk), Some(Some(Second::Alone { why: Alone::OnlyOne })));
    desk.keys("f7");
    desk.sees("signed by Ruth alone");
    desk.reloads();
}

#[test]
fn an_unsealed_register_is_signed_by_one() {
    let mut desk = Desk::with(doorbook::run::setup::Families::None, "2026-11-21T08:55");
    desk.keys("1 @12:52 f7 0 tab 0 tab 1 tab 0 enter tab enter");
    assert_eq!(signed(&desk), Some(None));
}

#[test]
fn the_screen_goes_dark_and_takes_the_passphrase_with_it() {
    let mut desk = ready("3");
    desk.keys("enter 3 a n c h +61s");
    assert!(desk.app.laid.prove.is_none());
    assert_eq!(desk.app.view, View::Board);
    assert!(!desk.effects.iter().any(|e| matches!(e, Effect::Prove { .. })));
}

#[test]
fn any_size() {
    let mut desk = ready("3");
    desk.keys("enter 3");
    let mut asks = refused();
    asks.keys("r");
    let who = digit(&asks, "types their passphrase");
    asks.keys(&who).keys("1 enter");
    for desk in [&mut desk, &mut asks] {
        for (width, height) in [(120, 40), (40, 10), (20, 5), (1, 1), (0, 0), (79, 23)] {
            desk.send(Action::Resized(Size { width, height }));
            desk.screen();
            assert_eq!(desk.app.mode(), Mode::Prove);
        }
    }
}

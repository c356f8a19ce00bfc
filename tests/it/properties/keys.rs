//! Keys alone never reach a clash: whatever is typed at the desk on the practice Saturday, `x` apart (it writes what has
//! happened), nobody meets whom they must not, no child is without a responsible adult, and none is gone with a stranger.

use doorbook::domain::event::{Basis, DoorEvent, Event};
use proptest::prelude::*;

use super::cases;
use super::oracle::Oracle;
use crate::desk::harness::Desk;

const KEYS: &[&str] = &[
    "enter", "enter", "enter", "esc", "esc", "tab", "tab", "backtab", "up", "down", "left", "right", "minus", "1", "2",
    "3", "4", "5", "6", "7", "8", "9", "0", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
    "p", "q", "r", "s", "t", "u", "v", "w", "y", "z", "bksp", "space", "?", "+20s", "+1m", "+5m", "+15m",
];

/// What a trained hand does, so that days get somewhere: a family comes, is walked over, goes.
const PHRASES: &[&str] = &[
    "3 enter enter",
    "3 enter tab enter",
    "3 enter enter 1",
    "3 enter enter 2 enter",
    "t o enter enter",
    "c a enter enter",
    "enter 1",
    "enter 2",
    "enter 3",
    "m 2 enter",
    "d 1",
    "d 2 1",
    "e 1 2",
    "1 enter tab enter",
    "1 enter enter",
    "1 enter enter 2",
    "4 enter tab enter",
    "4 enter enter",
    "+5m esc",
    "@11:31",
    "@12:01",
    "+20m",
    "k 1",
    "g 1",
    "l 1",
    "1 2 enter",
    "n 1",
];

fn script() -> impl Strategy<Value = Vec<&'static str>> {
    let token = prop_oneof![3 => proptest::sample::select(KEYS), 1 => proptest::sample::select(PHRASES)];
    proptest::collection::vec(token, 1..120)
}

fn check(desk: &mut Desk, script: &[&str]) -> Result<(), TestCaseError> {
    let entries = desk.entries();
    let policy = desk.app.policy();
    let oracle = Oracle::new(&entries, &policy);
    let wrongs = oracle.wrongs();
    prop_assert!(wrongs.is_empty(), "{wrongs:?} by {}", script.join(" "));
    for entry in &entries {
        if let Some(Event::Door(DoorEvent::ChildLeft { session, child, basis, .. })) = entry.event.open() {
            let listed = match basis {
                Basis::Listed(by) => oracle.member(*session, *by).is_some_and(|m| m.collects),
                Basis::Verified { .. } | Basis::Agency { .. } | Basis::Handover(_) => true,
                Basis::TakenWithoutUs { .. } | Basis::Home { .. } => false,
            };
            prop_assert!(listed, "{child} is gone by {}", script.join(" "));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(25))]

    #[test]
    fn keys_alone_never_reach_a_clash(script in script(), at in proptest::sample::select(&["09:38", "09:55", "10:20"])) {
        let mut desk = Desk::saturday(at);
        for token in &script {
            // The clock of the harness goes one way.
            if let Some(time) = token.strip_prefix('@') {
                if desk.now.format("%H:%M").to_string().as_str() < time {
                    desk.keys(token);
                }
            } else {
                desk.keys(token);
            }
        }
        check(&mut desk, &script)?;
        desk.reloads();
    }
}

/// The phrases do reach contact and going home; else the test above says nothing.
#[test]
fn the_phrases_get_somewhere() {
    let mut desk = Desk::saturday("09:45");
    desk.keys("1 enter tab enter esc @09:55 1 enter enter esc @10:00 1 enter enter 2 esc @12:01");
    assert!(desk.entries().iter().any(|e| matches!(e.event.open(), Some(Event::Door(DoorEvent::Walked { .. })))));
}

//! First start: a centre is set up, and nothing is on disk before its recovery words were written down.

use std::time::Duration;

use doorbook::app::action::{Action, Effect};
use doorbook::app::key::Key;
use doorbook::app::lock::WordList;
use doorbook::app::screen::Size;
use doorbook::app::{App, View};
use doorbook::domain::codes::Role;

use super::harness::{Desk, setup};
use super::vault::{OFFERED, SHEET, Vault, short};

/// A folder without a register.
pub fn first() -> Desk {
    let mut desk = Desk::practice("08:55");
    desk.vault = Some(Vault::of(&desk.app.register));
    desk.app =
        App::first(setup(desk.now), "~/.local/share/doorbook".to_owned(), WordList(doorbook::vault::words::list()));
    desk.app.since_start = desk.since_start;
    desk
}

pub const FORM: &str =
    "1 \"Ruth tab \"Hughes tab tab tab \"Coordinator tab tab tab \"3.5.2026 tab 2 tab \"Elm space \"Road";

fn asked(desk: &Desk) -> Vec<String> {
    let of = |e: &Effect| format!("{e:?}").split([' ', '(']).next().unwrap_or_default().to_owned();
    desk.effects.iter().map(of).collect()
}

/// The two words that are asked back, typed.
fn two_words(desk: &Desk) -> String {
    let screen = desk.screen();
    let sheet: Vec<&str> = SHEET.split_whitespace().collect();
    let asked = screen.lines().filter_map(|l| l.trim().strip_prefix("Word "));
    let each: Vec<String> = asked
        .map(|l| l.split_whitespace().next().unwrap().parse::<usize>().unwrap())
        .map(|n| short(sheet[n - 1]))
        .collect();
    assert_eq!(each.len(), 2, "{screen}");
    each.join("tab ")
}

#[test]
fn enter_practises_and_esc_leaves() {
    let mut desk = first();
    insta::assert_snapshot!("first_80", desk.screen());
    desk.keys("x enter");
    assert!(asked(&desk).is_empty(), "a letter, then Enter: Wait");
    desk.keys("esc");
    assert_eq!(asked(&desk), ["Quit"]);
    let mut desk = first();
    desk.keys("enter enter enter");
    assert_eq!(asked(&desk), ["Practise"]);
}

#[test]
fn a_centre_from_its_name_to_the_board() {
    let mut desk = first();
    desk.keys("1");
    insta::assert_snapshot!("first_form_80", desk.screen());
    desk.keys(&FORM[1..]);
    assert!(desk.enter().starts_with("Enter   goes on to your passphrase"), "{}", desk.enter());
    desk.keys("enter");
    insta::assert_snapshot!("first_passphrase_80", desk.screen());
    desk.keys(&format!("{} enter", short(OFFERED)));
    desk.sees_not("forest");
    desk.keys(&format!("{} enter", short(OFFERED)));
    insta::assert_snapshot!("first_words_80", desk.screen());
    for word in SHEET.split_whitespace() {
        desk.sees(word);
    }
    desk.keys("f2 f4 ctrl-q ctrl-p enter 7 f12");
    desk.sees_not("abandon");
    desk.keys("1");
    desk.sees("abandon");
    assert_eq!(asked(&desk), ["Offer", "SetUp"], "nothing leaves them but 1, and Esc twice");
    desk.keys("1");
    insta::assert_snapshot!("first_check_80", desk.screen());
    desk.sees_not("abandon");
    let two = two_words(&desk);
    desk.keys(&two).keys("enter");
    assert_eq!(asked(&desk), ["Offer", "SetUp", "SetUpKeep"]);
    let set_up = desk.effects.iter().find_map(|e| if let Effect::SetUp(s) = e { Some(s.clone()) } else { None });
    let set_up = set_up.unwrap();
    assert_eq!((set_up.centre.as_str(), set_up.card.number, set_up.card.role), ("Elm Road", 1, Role::Coordinator));
    assert_eq!(set_up.passphrase.reveal(), OFFERED);
    assert_eq!((desk.app.view, desk.app.is_sealed()), (View::Start, true));
    assert_eq!(desk.enter(), "Enter   Ruth opens the day, 08:55");
    assert!(!format!("{:?}", desk.app).contains("abandon"));
    // The register that was just made knows the words of its sheet too.
    desk.keys("enter f4 0 enter 1 \"aban");
    desk.sees("Word 1 is abandon.");
}

#[test]
fn wrong_words_and_held_keys_write_nothing() {
    let mut desk = first();
    desk.keys(FORM).keys("enter").keys(&format!("{} enter {} enter", short(OFFERED), short(OFFERED)));
    for _ in 0..40 {
        desk.press_after(Key::Enter, Duration::from_millis(150));
    }
    desk.sees("abandon");
    desk.keys("1 x tab y enter enter");
    desk.sees("not what the sheet should say");
    desk.keys("esc");
    desk.sees("abandon");
    desk.keys("esc");
    desk.sees("Esc once more").sees("abandon");
    desk.keys("esc");
    desk.sees("void").sees_not("abandon");
    assert_eq!(asked(&desk).iter().filter(|a| *a == "SetUpKeep").count(), 0);
}

#[test]
fn only_a_coordinator_of_age_who_has_signed_begins() {
    let mut desk = first();
    desk.keys(FORM).keys("backtab backtab backtab 1 enter");
    assert!(desk.enter().contains("the first of all is the coordinator"), "{}", desk.enter());
    desk.keys("4 tab tab 1 enter");
    assert!(desk.enter().contains("18 or over"), "{}", desk.enter());
    assert!(asked(&desk).is_empty());
    desk.keys("esc 1");
    desk.sees("Elm Road");
}

#[test]
fn what_cannot_be_written_says_so_and_goes_over_the_words_again() {
    let mut desk = first();
    desk.keys(FORM).keys("enter").keys(&format!("{} enter {} enter 1", short(OFFERED), short(OFFERED)));
    desk.vault.as_mut().unwrap().keys.clear();
    let two = two_words(&desk);
    desk.keys(&two).keys("enter");
    desk.sees("The disk is full").sees("Five words");
    assert_eq!(desk.app.view, View::First);
    let now = desk.now;
    desk.send(Action::Paste { text: "forest garlic".to_owned(), now });
    desk.sees("Type it by hand");
}

#[test]
fn any_size() {
    for script in ["", FORM, &format!("{FORM} enter"), &format!("{FORM} enter {0} enter {0} enter", short(OFFERED))] {
        let mut desk = first();
        desk.keys(script);
        for (width, height) in [(120, 40), (40, 10), (20, 5), (1, 1), (0, 0), (79, 23)] {
            desk.send(Action::Resized(Size { width, height }));
            let screen = desk.screen();
            assert!(width < 40 || screen.contains("Enter") || screen.contains("Wait"), "{screen}");
        }
    }
}

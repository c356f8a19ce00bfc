//! People: the list of who may open the register, and what is done about it, by who may and by clumsy hands.

use std::time::Duration;

use doorbook::app::View;
use doorbook::app::action::{Action, Effect};
use doorbook::app::key::Key;
use doorbook::app::people::PeopleAct;
use doorbook::app::screen::Size;
use doorbook::domain::codes::Role;

use super::harness::Desk;
use super::vault::{OFFERED, short, words};

/// Ruth at the desk, with the list before her.
pub fn open() -> Desk {
    let mut desk = Desk::sealed("08:55");
    desk.comes_in("1").keys("ctrl-p p e o p l e enter");
    assert_eq!(desk.app.view, View::People, "{}", desk.screen());
    desk
}

fn acts(desk: &Desk) -> Vec<PeopleAct> {
    let act = |e: &Effect| match e {
        Effect::People(act) if *act != PeopleAct::List => Some(act.clone()),
        _ => None,
    };
    desk.effects.iter().filter_map(act).collect()
}

#[test]
fn the_list_of_who_may_open_it() {
    let mut desk = open();
    insta::assert_snapshot!("people_80", desk.screen());
    desk.keys("down down end home");
    assert!(desk.enter().contains("Ruth"), "{}", desk.enter());
    desk.keys("x enter");
    assert!(acts(&desk).is_empty());
    assert!(desk.enter().starts_with("Wait"));
    desk.keys("tab").keys("esc");
    assert_eq!(desk.app.view, View::Board);
}

#[test]
fn only_who_has_the_power() {
    let mut desk = Desk::sealed_saturday("09:55");
    desk.keys("ctrl-p p e o p l e");
    desk.sees_not("Who may open the register");
    desk.keys("esc ctrl-p m y space p a s s");
    desk.sees("Another passphrase for yourself");
    let mut unsealed = Desk::saturday("09:55");
    unsealed.keys("f6 1 ctrl-p p e o p l e");
    unsealed.sees_not("Who may open the register");
}

#[test]
fn somebody_new_gets_a_passphrase_that_is_shown_once() {
    let mut desk = open();
    desk.keys("a");
    insta::assert_snapshot!("people_new_80", desk.screen());
    assert_eq!(desk.enter(), "Wait   type the first name");
    desk.keys("\"Nadia enter \"Okafor tab tab tab \"Volunteer tab tab 2 tab \"3.5.2026 tab enter");
    assert!(desk.enter().contains("18 or over"), "{}", desk.enter());
    desk.keys("backtab backtab");
    desk.sees("1 volunteer   2 supervisor   3 session lead\n").sees("4 coordinator   5 safeguarding lead   6 chair\n");
    desk.keys("tab tab");
    assert!(acts(&desk).is_empty(), "nobody under age has a key");
    desk.keys("2");
    insta::assert_snapshot!("people_new_full_80", desk.screen());
    desk.keys("enter enter enter");
    let [PeopleAct::Add(card)] = &acts(&desk)[..] else { panic!("{:?}", acts(&desk)) };
    assert_eq!((card.number, card.role, card.given.as_str()), (6, Role::Supervisor, "Nadia"));
    insta::assert_snapshot!("people_shown_80", desk.screen());
    desk.sees("f o r e");
    assert!(!format!("{:?}", desk.app).contains("forest"));
    for _ in 0..20 {
        desk.press_after(Key::Enter, Duration::from_millis(200));
    }
    desk.keys("esc tab space 2 down");
    desk.sees("f o r e");
    desk.keys("1");
    desk.sees_not("f o r e").sees("Nadia");
    desk.reloads();
}

#[test]
fn what_is_missing_or_wrong_is_said_before_it_is_sent() {
    let mut desk = open();
    desk.keys("a \"Nadia enter \"Okafor tab tab \"nadia enter");
    assert_eq!(desk.enter(), "Wait   an e-mail has an @ in it; or leave it empty");
    desk.keys("\"@x tab \"V tab bksp 5 enter");
    assert_eq!(desk.enter(), "Wait   number 5 is Jean's: another one");
    desk.keys("bksp 0 enter");
    assert_eq!(desk.enter(), "Wait   a number from 1 to 99 picks them");
    desk.keys("bksp 7 enter");
    assert!(desk.enter().contains("undertaking"), "{}", desk.enter());
    desk.keys("\"3.5.2027 enter");
    assert!(desk.enter().contains("has not come yet"), "{}", desk.enter());
    assert!(acts(&desk).is_empty());
}

#[test]
fn a_role_is_changed_and_the_last_who_gives_keys_keeps_that() {
    let mut desk = open();
    desk.keys("down enter");
    desk.sees("Sam");
    desk.keys("tab tab tab tab tab tab 3 enter");
    let [PeopleAct::Change(_, card)] = &acts(&desk)[..] else { panic!("{:?}", acts(&desk)) };
    assert_eq!(card.role, Role::SessionLead);
    desk.sees("is changed");
    desk.keys("home enter tab tab tab tab tab tab 1 enter");
    assert_eq!(acts(&desk).len(), 1);
    assert!(desk.enter().contains("the last who may give keys"), "{}", desk.enter());
}

#[test]
fn removing_takes_a_word() {
    let mut desk = open();
    desk.keys("down r");
    insta::assert_snapshot!("people_remove_80", desk.screen());
    desk.sees("Nobody else needs to do anything");
    desk.keys("enter enter \"remov enter");
    let now = desk.now;
    desk.send(Action::Paste { text: "remove".to_owned(), now });
    desk.keys("enter");
    assert!(acts(&desk).is_empty());
    desk.keys("e enter enter enter");
    assert!(matches!(&acts(&desk)[..], [PeopleAct::Remove(_)]), "{:?}", acts(&desk));
    desk.sees("left 21 Nov 2026").sees("opens nothing that is written from now on");
    desk.keys("home r");
    desk.sees("Nobody removes themselves");
}

#[test]
fn a_new_passphrase_takes_a_digit() {
    let mut desk = open();
    desk.keys("down n");
    insta::assert_snapshot!("people_reset_80", desk.screen());
    desk.keys("enter enter n n");
    assert!(acts(&desk).is_empty());
    desk.keys("esc");
    desk.sees_not("The old one opens nothing");
    desk.keys("n 1");
    assert!(matches!(&acts(&desk)[..], [PeopleAct::Reset(_)]));
    desk.sees("f o r e");
    desk.keys("1 home n");
    desk.sees("my passphrase");
}

#[test]
fn earlier_notes_are_given_to_who_lacks_them() {
    let mut desk = open();
    desk.keys("down g");
    desk.sees("lacks no notes");
    let vault = desk.vault.as_mut().unwrap();
    vault.list[1].lacks_notes = true;
    desk.keys("esc ctrl-p p e o p l e enter");
    desk.sees("lacks notes: g");
    desk.keys("g enter 1");
    assert!(matches!(&acts(&desk)[..], [PeopleAct::Give(_)]));
    desk.sees("reads earlier notes now");
}

#[test]
fn no_key_but_the_one_it_names_leaves_a_shown_passphrase() {
    let mut desk = open();
    desk.keys("down n 1");
    for key in ["f2", "f3", "f4", "f5", "f6", "f7", "!", "ctrl-p", "ctrl-z", "ctrl-q", "esc", "enter", "2", "x"] {
        desk.keys(key);
        assert_eq!(desk.app.view, View::People, "{key}");
        desk.sees("f o r e").sees("That key does not leave");
    }
    assert!(!desk.effects.iter().any(|e| matches!(e, Effect::Lock | Effect::Quit)));
    desk.keys("esc f12");
    desk.sees_not("f o r e");
    desk.keys("1");
    desk.sees("f o r e");
    // A note, and who is in, come back to it.
    let before = desk.written();
    desk.keys("f8");
    assert_eq!((desk.app.view, desk.written()), (View::People, before + 1));
    desk.keys("down f8 f8");
    assert_eq!(desk.app.view, View::Tell);
    desk.keys("f4 f6");
    assert_eq!(desk.app.view, View::Tell, "locked or handed over it would be gone");
    desk.keys("esc");
    desk.sees("f o r e");
    desk.keys("f9");
    assert_eq!(desk.app.view, View::Roll);
    desk.keys("+70s");
    assert!(!desk.app.hidden, "who is in stays");
    desk.keys("esc");
    desk.sees("f o r e");
    desk.keys("f1 esc");
    desk.sees("f o r e");
    desk.keys("1");
    desk.sees_not("f o r e");
    desk.keys("f2");
    assert_eq!(desk.app.view, View::Staff);
}

#[test]
fn a_shown_passphrase_is_hidden_by_the_dark_and_lost_by_the_lock() {
    let mut desk = open();
    desk.keys("down n 1 +61s");
    desk.sees_not("f o r e");
    assert!(desk.app.hidden);
    desk.keys("2");
    desk.sees("f o r e");
    desk.keys("+15m");
    assert_eq!(desk.app.view, View::Locked);
    assert!(!format!("{:?}", desk.app).contains("Shown"));
}

#[test]
fn what_cannot_be_done_keeps_what_was_typed() {
    let mut desk = open();
    desk.vault.as_mut().unwrap().slow = true;
    desk.keys("a \"Nadia enter \"Okafor tab tab tab \"Volunteer tab tab tab \"3.5.2026 tab 2 enter");
    assert_eq!(desk.enter(), "Wait   making keys …");
    desk.keys("1 2 3 enter \"xyz");
    desk.vault.as_mut().unwrap().now();
    desk.send(Action::PeopleNot("The disk is full. Nothing was changed. Make room, and press Enter again.".to_owned()));
    desk.sees("The disk is full").sees("Nadia").sees_not("xyz");
    desk.vault.as_mut().unwrap().slow = false;
    desk.keys("enter");
    desk.sees("f o r e");
}

#[test]
fn my_own_passphrase() {
    let mut desk = Desk::sealed_saturday("09:55");
    desk.keys("ctrl-p m y space p a s s enter");
    assert_eq!(desk.app.view, View::Passphrase, "{}", desk.screen());
    insta::assert_snapshot!("own_80", desk.screen());
    desk.keys(&format!("{} enter s h o r t enter", words()));
    assert!(acts(&desk).is_empty());
    assert!(desk.enter().contains("at least 15"), "{}", desk.enter());
    desk.keys("bksp bksp bksp bksp bksp").keys(&format!("{} enter", short(OFFERED)));
    desk.sees_not("forest");
    desk.keys(&short(OFFERED));
    assert!(desk.enter().starts_with("Enter   the new passphrase holds"), "{}", desk.enter());
    desk.keys("enter");
    assert!(matches!(&acts(&desk)[..], [PeopleAct::ChangeOwn { .. }]));
    assert_eq!(desk.app.view, View::Board);
    desk.sees("Your passphrase is changed");
    let mut wrong = Desk::sealed_saturday("09:55");
    let own = "\"correct-horse-battery";
    wrong.keys(&format!("ctrl-p m y space p a s s enter x enter {own} enter {own} enter"));
    wrong.sees("That is not the passphrase that you have");
    wrong.keys("f9 esc");
    assert!(!format!("{:?}", wrong.app).contains("horse"));
}

#[test]
fn any_size() {
    for script in ["", "a", "down r", "down n", "down n 1"] {
        let mut desk = open();
        desk.keys(script);
        for (width, height) in [(120, 40), (40, 10), (20, 5), (1, 1), (0, 0), (79, 23)] {
            desk.send(Action::Resized(Size { width, height }));
            let screen = desk.screen();
            assert!(width < 40 || screen.contains("Enter") || screen.contains("Wait"), "{screen}");
        }
    }
}

//! People: the list of who may open the register, and what is done about it, by who may and by clumsy hands.

use std::time::Duration;

use doorbook::app::View;
use doorbook::app::action::{Action, Effect};
use doorbook::app::key::Key;
use doorbook::app::people::PeopleAct;
use doorbook::app::screen::Size;
use doorbook::domain::codes::Role;
use doorbook::domain::event::{By, CentreEvent, Event, FileRef, KeysSet, Source, UserKeys};
use doorbook::run::setup::{DESK, outside_days};
use doorbook::run::stamp::{Hand, stamp};

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

/// A version of the keyring is written: this person has other keys.
fn keyed(desk: &mut Desk, number: u8, version: u64, by: By) {
    let staff = desk.log.iter().find_map(|e| match e.event.open() {
        Some(Event::Centre(CentreEvent::StaffListed(card))) if card.number == number => Some(card.staff),
        _ => None,
    });
    let keys = [u8::try_from(version).unwrap(); 32];
    let added = vec![UserKeys { staff: staff.unwrap(), seals: keys, signs: keys }];
    let (removed, groups) = (Vec::new(), Vec::new());
    let set = KeysSet { version, epoch: 1, sum: [0; 32], added, removed, groups, act: None, signed: None };
    let draft = outside_days(FileRef::Centre, Event::Centre(CentreEvent::KeysSet(set)), desk.now);
    let hand = Hand { by, desk: DESK, now: desk.now, source: Source::Desk };
    let entries = stamp(vec![draft], &hand, super::harness::ids(90_000 + u128::from(version)));
    desk.book.as_mut().unwrap().append(&entries).unwrap();
    desk.log.extend(entries.iter().cloned());
}

#[test]
fn a_passphrase_that_somebody_was_given_is_told_until_the_coordinator_knows() {
    let mut desk = Desk::sealed("08:55");
    let ruth = desk.vault.as_ref().unwrap().keys[&1].0;
    keyed(&mut desk, 2, 2, By::Program);
    keyed(&mut desk, 3, 3, By::Program);
    desk.comes_in("5").keys("f4");
    desk.sees_not("passphrase,");
    keyed(&mut desk, 2, 4, By::Staff(ruth));
    keyed(&mut desk, 3, 5, By::Program);
    let (sam, walter) = (
        "Sam was given a new passphrase by Ruth, 21 Nov 08:55.",
        "Walter has a new passphrase, by the recovery sheet, 21 Nov 08:55.",
    );
    // Whoever gets in, at the start and by F6, until it is marked as known.
    desk.keys(&format!("5 tab {} enter", words()));
    desk.sees(sam);
    desk.sees(walter);
    desk.keys("enter f6 4").keys(&format!("{} enter", words()));
    desk.sees("Walter has a new passphrase, by the recovery sheet");
    desk.keys("f4").keys(&format!("1 tab {} enter", words()));
    desk.sees(sam);
    desk.keys("enter !");
    desk.sees("Sam was given a new passphrase, 08:55");
    insta::assert_snapshot!("people_new_keys_todo_80", desk.screen());
    desk.keys("1 1");
    desk.sees_not("passphrase");
    desk.keys("f4").keys(&format!("5 tab {} enter", words()));
    desk.sees("You are Jean");
    desk.sees_not("passphrase,");
    desk.keys("enter");
    desk.reloads();
}

#[test]
fn the_log_and_people_say_what_was_done_and_when() {
    let mut desk = Desk::sealed("08:55");
    let ruth = desk.vault.as_ref().unwrap().keys[&1].0;
    keyed(&mut desk, 2, 2, By::Program);
    desk.wait_until(super::harness::moment("2026-11-21T09:10"));
    keyed(&mut desk, 2, 3, By::Staff(ruth));
    let sam = desk.vault.as_ref().unwrap().keys[&2].0;
    keyed(&mut desk, 2, 4, By::Staff(sam));
    desk.comes_in("1").keys("f3");
    desk.sees("the team list was changed");
    desk.sees_not("passphrase");
    desk.keys("f5");
    desk.sees("Sam was given a new passphrase");
    desk.sees("Sam changed their own passphrase");
    desk.keys("esc ctrl-p p e o p l e enter h");
    insta::assert_snapshot!("people_history_80", desk.screen());
    desk.sees("21 Nov 2026 09:10  Ruth       Sam was given a new passphrase");
    desk.sees("Walter was added: session lead");
    desk.keys("down x enter end home esc");
    desk.sees("Role here");
}

//! The day's log.

use doorbook::domain::decide::{Amend, Command};

use super::hand::{lets_in, small_day, takes, write};

#[test]
fn the_log_says_who_did_what_when() {
    let mut desk = small_day("Jean");
    desk.keys("f5 f3");
    insta::assert_snapshot!("log_80", desk.screen());
    desk.sees("Mia H left with Sarah H, on the list").sees("Jean");
    desk.reloads();
}

#[test]
fn lobby_view_has_numbers_and_verbs_only() {
    let mut desk = small_day("Jean");
    desk.keys("f3");
    insta::assert_snapshot!("log_lobby_80", desk.screen());
    for name in ["Mia", "Sarah", "Dan", "Kofi", "aunt", "note", "for Ruth", "Oak"] {
        desk.sees_not(name);
    }
    desk.sees("No 1  left");
    desk.keys("home");
    desk.sees("No 3  is written").sees("No 2  not today");
    assert!(desk.enter().starts_with("Wait"));
    desk.reloads();
}

#[test]
fn another_time_keeps_both() {
    let mut desk = small_day("Jean");
    lets_in(&mut desk, 5, "Kev", "oak");
    desk.keys("f5 f3");
    assert_eq!(desk.enter(), "Enter   asks for another time than 12:52: No 5  Kev O arrived by the front door, Oak");
    desk.keys("enter 9");
    assert!(desk.enter().starts_with("Enter   it was at 12:43, not 12:52: both are kept."), "{}", desk.enter());
    let before = desk.written();
    desk.keys("enter enter");
    assert_eq!(desk.written(), before + 1);
    desk.sees("12:43").sees("(was 12:52) No 5  Kev O").sees("corrected a time to 12:43");
    desk.reloads();
}

#[test]
fn a_time_of_another_person_needs_a_role_and_one_to_come_is_refused() {
    let mut desk = small_day("Jean");
    lets_in(&mut desk, 5, "Kev", "oak");
    takes(&mut desk, "Sam");
    desk.keys("f5 f3 up");
    assert_eq!(desk.enter(), "Wait   Ruth corrects what others wrote. F6 changes the person");
    desk.keys("enter 9 enter");
    takes(&mut desk, "Jean");
    let before = desk.written();
    desk.keys("f3 up up enter 1 3 5 9");
    assert_eq!(desk.enter(), "Wait   that time has not come yet");
    desk.keys("enter");
    assert_eq!(desk.written(), before);
    desk.reloads();
}

#[test]
fn what_was_taken_back_stays_and_says_so() {
    let mut desk = small_day("Jean");
    lets_in(&mut desk, 5, "Kev", "oak");
    let act = desk.app.can_undo().unwrap();
    write(&mut desk, &Command::Amend(Amend::Undo { act }));
    desk.keys("f5 f3");
    desk.sees("taken back: No 5  Kev O arrived").sees("took an act back");
    desk.keys("up");
    assert_eq!(desk.enter(), "Wait   it was taken back. Arrows move");
    desk.reloads();
}

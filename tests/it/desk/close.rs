//! Close: the blind count, the questions, the signature.

use std::time::Duration;

use doorbook::app::View;
use doorbook::app::close::hides_totals;
use doorbook::app::key::Key;
use doorbook::domain::codes::Party;
use doorbook::domain::event::{DayEvent, Event, Signed};

use super::hand::{lets_in, not_coming, saturday, small_day, takes};
use super::harness::Desk;

fn signed(desk: &mut Desk) -> Vec<Signed> {
    let of = |e: doorbook::domain::event::Entry| match e.event.open() {
        Some(Event::Day(DayEvent::Signed(signed))) => Some(signed.clone()),
        _ => None,
    };
    desk.entries().into_iter().filter_map(of).collect()
}

#[test]
fn a_small_day_is_closed_with_thirteen_keys() {
    let mut desk = small_day("Ruth");
    desk.keys("f7");
    desk.sees("Who do you see in the building?").sees_not("settled").sees_not("Dan");
    insta::assert_snapshot!("close_count_80", desk.screen());
    assert!(desk.enter().starts_with("Wait"));
    desk.keys("0 tab 0 tab 5 tab 0");
    assert_eq!(desk.enter(), "Enter   saves your count: 0 children, 0 adults, 5 team, 0 others");
    desk.keys("enter");
    desk.sees("3 questions stop the close").sees("You counted   0 children");
    desk.keys("tab backtab");
    insta::assert_snapshot!("close_80", desk.screen());
    desk.sees("Dan R is in Oak by the register. You did not see them.");
    desk.sees("left about 12:15, nobody saw: the time is an estimate");
    desk.keys("2 1 1");
    desk.sees("Nothing stops the close");
    insta::assert_snapshot!("close_sign_80", desk.screen());
    assert_eq!(desk.enter(), "Enter   Ruth signs Saturday 21 November 2026; after that only addenda");
    desk.keys("enter");
    let signed = signed(&mut desk);
    assert_eq!(signed.len(), 1);
    assert_eq!((signed[0].held, signed[0].not_held, signed[0].close), (1, 11, 1));
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn nobody_signs_over_an_open_question() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1");
    desk.sees("1 question stops the close");
    desk.keys("enter");
    assert!(signed(&mut desk).is_empty());
    desk.keys("esc f7");
    desk.sees("1 question stops the close").sees("You counted   0 children");
    desk.reloads();
}

#[test]
fn a_volunteer_does_not_sign_and_is_told_who_may() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1 esc");
    takes(&mut desk, "Jean");
    desk.keys("f7");
    assert_eq!(desk.enter(), "Wait   Ruth or Walter signs. F6 changes the person");
    desk.keys("enter");
    assert!(signed(&mut desk).is_empty());
    desk.reloads();
}

#[test]
fn after_the_signing_addenda_only_until_it_is_opened_again_with_a_reason() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1 enter");
    // An addendum: the reason of No 4 comes on Monday.
    not_coming(&mut desk, 4, Party::Brings, "C-ILL", true);
    desk.keys("f7");
    insta::assert_snapshot!("close_signed_80", desk.screen());
    desk.sees("Close 1   signed by Ruth at 12:52")
        .sees("1 held   11 not held")
        .sees("Addenda can still be written: x and a on a card, and F8.");
    assert_eq!(desk.enter(), "Enter   back to the board");
    desk.keys("r enter");
    assert!(desk.enter().starts_with("Wait"));
    desk.keys("\"Kofi space \"rang? enter");
    let why = desk.entries().into_iter().find_map(|e| match e.event.open() {
        Some(Event::Day(DayEvent::Reopened { why })) => Some(why.to_string()),
        _ => None,
    });
    assert_eq!(why.as_deref(), Some("Kofi rang?"));
    desk.keys("f7");
    desk.sees("Who do you see in the building?");
    desk.keys("0 tab 0 tab 5 tab 0 enter tab");
    desk.sees("Nothing stops the close");
    desk.keys("enter f7");
    desk.sees("Close 2, after close 1");
    desk.reloads();
}

#[test]
fn a_volunteer_does_not_open_a_signed_day_again() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1 enter");
    takes(&mut desk, "Jean");
    desk.keys("f7 r");
    desk.sees("Ruth or Walter signs").sees_not("Why is the day opened again");
    desk.keys("\"xx enter");
    assert!(desk.app.day().unwrap().is_signed());
    desk.reloads();
}

#[test]
fn a_digit_that_bounces_answers_nothing_else_and_a_doubled_enter_signs_nothing() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter");
    let before = desk.written();
    desk.press_after(Key::Char('1'), Duration::from_millis(300));
    desk.press_after(Key::Char('1'), Duration::from_millis(60));
    let acts = desk.entries().split_off(before).iter().map(|e| e.act).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(acts.len(), 1);
    desk.keys("1 1");
    desk.sees("Nothing stops the close");
    desk.keys("c 0 tab 0 tab 5 tab 0 enter enter enter");
    assert!(signed(&mut desk).is_empty());
    desk.keys("tab enter");
    assert_eq!(signed(&mut desk).len(), 1);
    desk.reloads();
}

#[test]
fn the_count_is_asked_again_only_when_somebody_came_or_went() {
    let mut desk = small_day("Ruth");
    assert!(!hides_totals(&desk.app));
    desk.keys("f7");
    assert!(hides_totals(&desk.app));
    desk.keys("0 tab 0 tab 5 tab 0 enter 2 esc f7");
    desk.sees("You counted   0 children");
    desk.keys("esc @12:58");
    lets_in(&mut desk, 5, "Kev", "oak");
    desk.keys("f7");
    desk.sees("Who do you see in the building?");
    desk.keys("0 tab 1 tab 5 tab 0 enter");
    desk.sees("Kev O is in Oak by the register. Are they still here?");
    desk.reloads();
}

#[test]
fn a_time_set_back_goes_with_the_answer() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter minus 1 2 2 0");
    let says = desk.enter();
    assert_eq!(says, "Enter   sets 12:20 for the answer; it writes nothing yet");
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before);
    desk.sees("left at 12:20, and somebody saw them go");
    desk.keys("1");
    let left = desk.entries().split_off(before);
    assert_eq!(left[0].occurred_at.format("%H:%M").to_string(), "12:20");
    assert!(left[0].against.is_empty(), "{left:?}");
    desk.keys("f3");
    desk.sees("as somebody saw").sees_not("about then");
    desk.reloads();
}

#[test]
fn somebody_saw_them_go_and_when_is_still_the_programs_guess() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter");
    desk.sees("left about 12:15, and somebody saw them go");
    desk.keys("1 f3");
    desk.sees("Dan R left, as somebody saw, about then");
    desk.reloads();
}

#[test]
fn lobby_view_leaves_the_close_and_keeps_the_answers() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 +61s");
    assert_eq!(desk.app.view, View::Board);
    desk.keys("f7");
    desk.sees("2 questions stop the close");
    desk.keys("f5");
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn a_count_that_differs_stops_the_close_and_may_stand() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 4 tab 0 enter 2 1");
    desk.sees("The count differs. Team: you 4, the register 5.");
    desk.keys("2 1");
    desk.sees("Nothing stops the close");
    desk.reloads();
}

#[test]
fn of_a_day_on_which_nobody_wrote_each_side_is_asked() {
    let mut desk = saturday("12:52", "Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter");
    desk.sees("24 questions stop the close").sees("Why the side that brings did not come: no word yet.");
    desk.sees("more below");
    for _ in 0..24 {
        desk.keys("1");
    }
    desk.sees("Nothing stops the close").sees("0 held   12 not held");
    desk.reloads();
}

#[test]
fn nothing_is_asked_of_who_did_not_come_when_another_brought_the_children() {
    let mut desk = small_day("Ruth");
    lets_in(&mut desk, 12, "Rupert", "oak");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter");
    desk.sees("4 questions stop the close").sees("Rupert C is in Oak");
    let mut desk = saturday("09:45", "Ruth");
    lets_in(&mut desk, 1, "Dan", "oak");
    lets_in(&mut desk, 1, "Kate Mia Leo", "waiting");
    desk.keys("@12:52 f7 0 tab 0 tab 5 tab 0 enter");
    desk.sees("Mia H is in the waiting room").sees_not("Sarah H did not come").sees_not("No 1   Why");
    desk.keys("end");
    desk.sees_not("Sarah H did not come");
    desk.reloads();
}

#[test]
fn enter_goes_to_the_place_of_a_question_and_f7_comes_back_without_a_new_count() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter enter");
    assert_eq!(desk.app.view, View::Close, "an Enter that has written does nothing more");
    desk.keys("tab backtab");
    assert_eq!(desk.enter(), "Enter   goes to No 1; F7 comes back here");
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Card);
    desk.keys("f7");
    desk.sees("3 questions stop the close");
    desk.keys("tab tab enter");
    assert_eq!(desk.app.view, View::Tell);
    desk.reloads();
}

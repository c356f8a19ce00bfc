//! Who is at the desk.

use doorbook::app::action::{Action, Effect};
use doorbook::app::{App, Setup, View};
use doorbook::domain::codes::Role;
use doorbook::domain::event::StaffCard;
use doorbook::domain::ids::StaffId;
use doorbook::domain::text::Text;

use super::harness::Desk;

/// The program starts again on the same book.
fn restarted(desk: &mut Desk, unclean: bool) {
    let register = desk.app.register.clone();
    let setup = Setup { desk: desk.app.desk, size: desk.app.size, now: desk.now, clock_moves: false, unclean };
    desk.app = App::new(register, setup);
}

#[test]
fn a_digit_opens_the_day_and_takes_the_desk() {
    let mut desk = Desk::practice("08:55");
    insta::assert_snapshot!("start_not_open", desk.screen());
    desk.sees("12 sessions are expected");
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before, "Enter opens nothing");
    desk.keys("5");
    assert_eq!(desk.app.view, View::Board);
    assert_eq!(desk.app.who.map(|w| desk.app.register.staff_name(w).to_owned()).as_deref(), Some("Jean"));
    assert!(desk.app.day().is_some());
    desk.reloads();
}

#[test]
fn a_name_typed_at_the_start_writes_nothing() {
    let mut desk = Desk::practice("08:55");
    let before = desk.written();
    desk.keys("j e a n enter f2 f7 ctrl-z");
    assert_eq!(desk.written(), before);
    assert!(desk.enter().starts_with("Wait"));
    desk.keys("9");
    desk.sees("Nobody of the team has that number");
    desk.reloads();
}

#[test]
fn with_nobody_at_the_desk_there_is_no_board() {
    let mut desk = Desk::practice("08:55");
    desk.keys("f9 esc");
    assert_eq!(desk.app.view, View::Start);
    desk.keys("esc esc");
    assert_eq!(desk.app.view, View::Start);
    desk.reloads();
}

#[test]
fn a_store_that_fails_leaves_nobody_at_the_desk() {
    let mut desk = Desk::practice("08:55");
    desk.fail = Some("The disk is full. Nothing was written.".to_owned());
    desk.keys("5");
    assert_eq!((desk.app.view, desk.app.who), (View::Start, None));
    desk.sees("The disk is full");
    desk.keys("5");
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn after_a_restart_the_same_person_goes_on_with_enter() {
    let mut desk = Desk::saturday("10:41");
    restarted(&mut desk, true);
    insta::assert_snapshot!("start_again", desk.screen());
    desk.sees("Jean was at the desk").sees("The book was not shut properly");
    desk.keys("f8");
    desk.sees("First say who you are");
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Board);
    assert_eq!(desk.app.who.map(|w| desk.app.register.staff_name(w).to_owned()).as_deref(), Some("Jean"));
    assert!(!desk.app.unclean);
    desk.reloads();
}

#[test]
fn another_person_takes_the_desk_by_digit() {
    let mut desk = Desk::saturday("11:15");
    let before = desk.written();
    desk.keys("f6");
    insta::assert_snapshot!("start_change", desk.screen());
    desk.keys("enter esc");
    assert_eq!((desk.app.view, desk.written()), (View::Board, before));
    desk.keys("f6 5");
    assert_eq!(desk.written(), before, "Jean is there already");
    desk.keys("f6 2");
    assert_eq!(desk.app.who.map(|w| desk.app.register.staff_name(w).to_owned()).as_deref(), Some("Sam"));
    assert_eq!(desk.written(), before + 1);
    desk.reloads();
}

#[test]
fn a_number_of_two_digits_is_collected() {
    let mut desk = Desk::practice("08:55");
    for number in 6..=12 {
        let staff = StaffId(uuid::Uuid::from_u128(900 + u128::from(number)));
        let card = StaffCard {
            staff,
            number,
            given: Text::name(&format!("Helper{number}")),
            family: Text::name("X"),
            role: Role::Volunteer,
            left: false,
        };
        desk.app.register.team.insert(staff, card);
    }
    desk.keys("1");
    desk.sees("No 1_");
    assert_eq!(desk.enter(), "Enter   Ruth opens the day, 08:55");
    insta::assert_snapshot!("start_team_of_twelve", desk.screen());
    desk.keys("2");
    assert_eq!(desk.app.who.map(|w| desk.app.register.staff_name(w).to_owned()).as_deref(), Some("Helper12"));
}

#[test]
fn a_day_with_nothing_booked_says_so() {
    let mut desk = Desk::with(doorbook::run::setup::Families::None, "2026-11-21T08:55");
    desk.sees("No session is expected");
    desk.keys("1");
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn words_that_were_left_are_announced() {
    let mut desk = Desk::saturday("10:14");
    desk.keys("f8 f8 7");
    desk.keys("\"he tab \"cried"); // focus moves to the words with the first letter; Tab goes on to the paper number
    let words = desk.effects.iter().rev().find_map(|e| match e {
        Effect::KeepDraft { note, words, .. } => Some((*note, words.clone())),
        _ => None,
    });
    let staff = desk.app.who.unwrap();
    restarted(&mut desk, true);
    let (note, words) = words.unwrap();
    assert_eq!(note, Some(desk.app.day().unwrap().notes[0].id));
    desk.send(Action::Draft { staff, note, words });
    desk.sees("Words that Jean had typed for Ruth are kept");
    desk.keys("enter f8 f8");
    desk.sees("First note 1").sees("> he");
    desk.keys("enter");
    desk.sees("note 2");
    assert_eq!(desk.app.day().unwrap().notes[0].words.as_str(), "he");
    desk.keys("esc");
    desk.reloads();
}

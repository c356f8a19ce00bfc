//! Take back.

use doorbook::app::{Over, View};

use super::harness::Desk;

fn sam_signed_out() -> Desk {
    let mut desk = Desk::saturday("10:00");
    desk.keys("f2 2 esc");
    desk
}

#[test]
fn what_would_be_taken_back_is_shown_and_1_does_it() {
    let mut desk = sam_signed_out();
    let sam = desk.app.register.present_team()[1].staff;
    assert!(!desk.app.day().unwrap().on_shift(sam));
    desk.keys("ctrl-z");
    insta::assert_snapshot!("undo", desk.screen());
    let before = desk.written();
    desk.keys("enter 2 x enter");
    assert_eq!(desk.written(), before, "only 1 takes back");
    desk.keys("1");
    assert_eq!((desk.app.view, desk.app.over), (View::Board, None));
    assert!(desk.app.day().unwrap().on_shift(sam));
    desk.reloads();
}

#[test]
fn esc_leaves_it_as_it_is() {
    let mut desk = sam_signed_out();
    let before = desk.written();
    desk.keys("ctrl-z esc");
    assert_eq!((desk.written(), desk.app.over), (before, None));
    desk.reloads();
}

#[test]
fn where_there_is_nothing_it_says_so_and_does_not_open() {
    let mut desk = Desk::practice("08:55");
    desk.keys("5");
    let before = desk.written();
    desk.keys("ctrl-z");
    assert_eq!((desk.app.over, desk.written()), (None, before));
    assert!(desk.app.flash.as_deref().unwrap_or_default().contains("nothing of yours"));
    desk.reloads();
}

#[test]
fn a_family_whose_card_must_be_read_is_only_a_number_in_the_lobby() {
    let mut desk = Desk::saturday("09:20");
    desk.app.session = desk.app.day().and_then(|d| d.numbered(3)).map(|s| s.plan.session);
    doorbook::app::absent::open(&mut desk.app, doorbook::domain::codes::Party::Visits);
    desk.keys("1 enter ctrl-z");
    assert_eq!(desk.app.over, Some(Over::Undo));
    desk.sees("No 3").sees_not("Tomos").sees_not("not coming");
    desk.keys("f5");
    desk.sees("Tomos");
    desk.keys("1");
    desk.reloads();
}

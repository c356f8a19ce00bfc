//! Staff on shift, and anyone else.

use std::time::Duration;

use doorbook::app::View;
use doorbook::app::key::Key;

use super::harness::Desk;

#[test]
fn digits_sign_the_team_in_and_out() {
    let mut desk = Desk::practice("08:58");
    desk.keys("5 f2");
    insta::assert_snapshot!("staff_one", desk.screen());
    desk.keys("1 2 3 4");
    assert_eq!(desk.app.day().unwrap().shift().count(), 5);
    desk.keys("+2s 2");
    assert_eq!(desk.app.day().unwrap().shift().count(), 4);
    desk.keys("esc");
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn a_finger_that_bounces_signs_nobody_out() {
    let mut desk = Desk::practice("08:58");
    desk.keys("5 f2 1");
    for _ in 0..20 {
        desk.press_after(Key::Char('1'), Duration::from_millis(33));
    }
    assert_eq!(desk.app.day().unwrap().shift().count(), 2);
    let before = desk.written();
    desk.keys("r u t h enter");
    assert_eq!(desk.written(), before, "a name writes nothing");
    desk.sees("That does nothing here");
    desk.reloads();
}

#[test]
fn a_caretaker_comes_and_goes() {
    let mut desk = Desk::saturday("09:05");
    desk.keys("f2 0 \"Mr space \"Webb");
    assert!(desk.enter().contains("goes on to what they are"), "{}", desk.enter());
    desk.keys("enter 1");
    insta::assert_snapshot!("staff_form", desk.screen());
    desk.keys("7");
    assert_eq!(desk.enter(), "Enter   Mr Webb, caretaker, is in the building, the office, 09:05");
    desk.keys("enter");
    assert_eq!(desk.app.day().unwrap().visitors.len(), 1);
    insta::assert_snapshot!("staff_with_visitor", desk.screen());
    let before = desk.written();
    desk.keys("enter down enter enter 2");
    desk.sees("Has Mr Webb left the building?");
    assert_eq!(desk.written(), before, "Enter only asks");
    desk.keys("1");
    assert!(desk.app.day().unwrap().visitors.values().all(|v| v.spell.went.is_some()));
    desk.keys("0");
    desk.sees_not("Webb");
    desk.keys("esc esc");
    desk.reloads();
}

#[test]
fn what_somebody_is_can_be_typed_and_nothing_typed_is_lost() {
    let mut desk = Desk::saturday("09:05");
    desk.keys("f2 0 \"Ann enter 5 \"piano esc esc f2 0");
    desk.sees("Ann").sees("piano");
    desk.keys("tab tab tab enter"); // wherever the keyboard is, Enter goes on to what is missing
    desk.keys("1 enter");
    let day = desk.app.day().unwrap();
    assert_eq!(day.visitors.values().next().map(|v| v.what.as_str().to_owned()).as_deref(), Some("piano"));
    desk.reloads();
}

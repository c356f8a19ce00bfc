//! Hidden.

use doorbook::app::View;

use super::harness::Desk;

#[test]
fn it_shows_the_clock_the_centre_and_how_much_is_due() {
    let mut desk = Desk::saturday("10:02");
    desk.keys("space");
    insta::assert_snapshot!("hidden", desk.screen());
    desk.sees("10:02").sees("The contact centre").sees(" due");
    for never in ["Jean", "Mia", "No 1", "Saved", "Ruth"] {
        desk.sees_not(never);
    }
    desk.reloads();
}

#[test]
fn enter_esc_digits_and_space_only_uncover() {
    for key in ["enter", "esc", "1", "space", "down"] {
        let mut desk = Desk::saturday("10:02");
        desk.keys("f2");
        let before = desk.written();
        desk.keys("f12").keys(key);
        assert!(!desk.app.hidden, "{key}");
        assert_eq!((desk.app.view, desk.written()), (View::Staff, before), "{key}");
        desk.reloads();
    }
}

#[test]
fn f9_a_letter_and_f8_count() {
    let mut desk = Desk::saturday("10:02");
    desk.keys("space f9");
    assert_eq!((desk.app.hidden, desk.app.view), (false, View::Roll));

    let mut desk = Desk::saturday("10:02");
    desk.keys("f2 f12 x");
    assert!(desk.app.guard.stray, "the letter is read on the screen below");

    let mut desk = Desk::saturday("10:02");
    let before = desk.written();
    desk.keys("space f8");
    assert_eq!((desk.app.hidden, desk.written()), (false, before + 1));
    desk.reloads();
}

//! Help.

use super::hand::{saturday, small_day};

#[test]
fn help_shows_the_keys_of_the_screen_below() {
    let mut desk = small_day("Ruth");
    desk.keys("f9 f1");
    insta::assert_snapshot!("help_80", desk.screen());
    desk.sees("Who is in").sees("Everyone is out, or the drill is over: written down");
    desk.keys("end");
    desk.sees("Ends the program");
    desk.keys("esc");
    desk.sees("seen 0 of");
    desk.keys("esc f3 ?");
    desk.sees("Day log").sees("It happened at another time");
    desk.keys("? f7 f1");
    desk.sees("The count; then the answer");
    desk.reloads();
}

#[test]
fn enter_on_help_goes_back_and_writes_nothing() {
    let mut desk = saturday("09:50", "Jean");
    let before = desk.written();
    desk.keys("f1 enter enter");
    assert_eq!(desk.written(), before);
    desk.reloads();
}

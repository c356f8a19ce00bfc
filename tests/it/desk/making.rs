//! What is said while the directory is made again: how far that is, wherever somebody waits for it; keys do there what they
//! do while anything is waited for.

use doorbook::app::View;
use doorbook::app::action::Action;
use doorbook::app::lock::NotUnlocked;

use super::harness::Desk;
use super::vault::{SHEET, short, words};

const SOME: Action = Action::Making { read: 120_000, of: 261_432 };
const SAYS: &str = "Wait   making the directory: 120,000 of 261,432 entries read";

fn slow(desk: &mut Desk) {
    desk.vault.as_mut().unwrap().slow = true;
}

#[test]
fn at_the_locked_screen() {
    let mut desk = Desk::sealed("08:55");
    let before = desk.written();
    slow(&mut desk);
    desk.keys(&format!("5 tab {} enter", words()));
    assert_eq!(desk.enter(), "Wait   opening …, about a second");
    desk.send(Action::Making { read: 4096, of: 1_000_000 });
    assert_eq!(desk.enter(), "Wait   making the directory: 4,096 of 1,000,000 entries read");
    desk.send(SOME);
    assert_eq!(desk.enter(), SAYS);
    // Nobody knows yet what a key will mean; F8 holds, and who was in.
    desk.keys(&format!("{} enter enter 1 esc f6 f8 f9", words()));
    desk.send(SOME);
    desk.keys("esc");
    assert_eq!(desk.enter(), SAYS);
    desk.sees("1 note kept here");
    assert!(!format!("{:?}", desk.app).contains("'a'"));
    desk.answered();
    assert_eq!((desk.app.view, desk.written()), (View::Start, before), "no key was left over");
    desk.keys("f4");
    desk.keys(&format!("5 tab {} enter", words()));
    assert_eq!(desk.enter(), "Wait   opening …, about a second", "of the next opening nothing is said before it is so");
}

#[test]
fn where_it_fails_the_next_try_says_nothing_of_it() {
    let mut desk = Desk::sealed("08:55");
    slow(&mut desk);
    desk.keys(&format!("5 tab {} enter", words()));
    desk.send(SOME);
    desk.vault.as_mut().unwrap().now();
    desk.send(Action::NotUnlocked(NotUnlocked::Trouble("The disk cannot be read.".to_owned())));
    desk.sees("The disk cannot be read").sees_not("directory");
    desk.keys(&format!("{} enter", words()));
    assert_eq!(desk.enter(), "Wait   opening …, about a second");
}

#[test]
fn where_somebody_else_takes_the_desk_and_at_the_recovery_sheet() {
    let mut desk = Desk::sealed_saturday("10:14");
    slow(&mut desk);
    desk.keys(&format!("f6 1 {} enter", words()));
    desk.send(SOME);
    assert_eq!((desk.app.view, desk.enter().as_str()), (View::Change, SAYS));
    desk.keys("1 2 3 enter esc");
    assert_eq!(desk.app.view, View::Change);
    desk.answered();
    assert_eq!(desk.app.view, View::Board);

    let mut desk = Desk::sealed("08:55");
    slow(&mut desk);
    desk.keys(&format!("0 enter 5 tab {} enter", short(SHEET)));
    assert_eq!(desk.enter(), "Wait   opening …, about a second");
    desk.send(SOME);
    assert_eq!(desk.enter(), SAYS);
}

#[test]
fn in_the_list_of_people_and_in_passing_where_nobody_waits() {
    let mut desk = super::people::open();
    slow(&mut desk);
    desk.keys("down r r e m o v e enter");
    assert_eq!(desk.enter(), "Wait   making keys …");
    desk.send(SOME);
    assert_eq!(desk.enter(), SAYS);
    desk.send(Action::PeopleNot("The disk is full.".to_owned()));
    assert!(!desk.enter().contains("directory"), "{}", desk.enter());
    desk.keys("esc esc");
    desk.send(SOME);
    desk.sees("The directory is being made: 120,000 of 261,432 entries read.");
    assert!(desk.enter() != SAYS);
}

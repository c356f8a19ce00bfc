//! The first screen after the book was shut with people in, and a day left unsigned.

use doorbook::app::View;
use doorbook::app::action::Action;
use doorbook::domain::event::{DayEvent, Event};

use super::hand::{lets_in, saturday, small_day, walks};
use super::harness::Desk;

/// Dan, Sarah and her two are in at 10:00, and the book is shut.
fn shut() -> Desk {
    let mut desk = saturday("09:45", "Jean");
    lets_in(&mut desk, 1, "Dan", "oak");
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@10:00");
    walks(&mut desk, 1, "Mia Leo", "Dan", "oak");
    desk
}

fn resumed(desk: &Desk) -> Vec<(u32, u16, bool)> {
    let of = |e: &doorbook::domain::event::Entry| match e.event.open() {
        Some(Event::Day(DayEvent::Resumed { minutes, inside, so })) => Some((*minutes, *inside, *so)),
        _ => None,
    };
    desk.log.iter().filter_map(of).collect()
}

#[test]
fn after_a_power_cut_it_is_asked_whether_it_is_still_so() {
    let mut desk = shut();
    desk.keys("@10:23");
    let mut desk = desk.restarted();
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Shut);
    desk.sees("The book was shut for 23 minutes; 9 people were in. Is it still so?");
    insta::assert_snapshot!("shut_80", desk.screen());
    desk.keys("+1s enter");
    assert_eq!(desk.written(), before + 1, "Enter answers nothing");
    desk.keys("1");
    assert_eq!((desk.app.view, resumed(&desk)), (View::Board, vec![(23, 9, true)]));
    // Once answered, nobody is asked again.
    desk.keys("f6 2");
    assert_eq!(desk.app.view, View::Board);
}

#[test]
fn two_goes_through_them_and_three_enters_the_paper() {
    let mut desk = shut();
    desk.keys("@10:23");
    let mut gone_through = desk.restarted();
    gone_through.keys("5 2");
    assert_eq!((gone_through.app.view, resumed(&gone_through)), (View::Roll, vec![(23, 9, false)]));
    let mut paper = desk.restarted();
    paper.keys("5 3");
    assert_eq!(resumed(&paper), [(23, 9, false)]);
    paper.sees("Enter the paper sheet").sees("Number of the sheet 1_");
}

#[test]
fn left_for_later_it_is_asked_of_the_next() {
    let mut desk = shut();
    desk.keys("@10:23");
    let mut desk = desk.restarted();
    desk.keys("5 esc");
    assert_eq!((desk.app.view, resumed(&desk).len()), (View::Board, 0));
    desk.keys("f6 2");
    desk.sees("Is it still so?");
}

#[test]
fn nobody_is_asked_where_nobody_was_in_or_the_book_was_open_until_just_now() {
    let mut empty = saturday("09:45", "Jean");
    empty.keys("@10:23");
    let mut empty = empty.restarted();
    empty.keys("enter");
    assert_eq!(empty.app.view, View::Board);
    let mut desk = shut();
    desk.keys("@10:01");
    let mut short = desk.restarted();
    short.keys("enter");
    assert_eq!(short.app.view, View::Board);
    // Nothing was written for a while, and the book was open all the same.
    desk.keys("@10:22");
    let until = desk.now;
    desk.keys("@10:23");
    let mut open = desk.restarted();
    open.send(Action::WasOpen(until));
    open.keys("enter");
    assert_eq!(open.app.view, View::Board);
}

#[test]
fn a_day_left_unsigned_is_told_at_the_start_and_can_be_closed() {
    let desk = small_day("Ruth");
    let mut next = desk.restarted_on("2026-11-28T08:55");
    next.sees("Saturday 21 November 2026 was never signed: ! shows it, once you are here.");
    insta::assert_snapshot!("shut_unsigned_start_80", next.screen());
    next.keys("1 !");
    next.sees("This day was never signed");
    next.keys("end");
    assert_eq!(next.enter(), "Enter   opens Saturday 21 November 2026, to be closed and signed");
    next.keys("enter");
    next.sees("Close   Saturday 21 November 2026").sees("Who do you see in the building?");
    next.keys("0 tab 0 tab 0 tab 0 enter");
    insta::assert_snapshot!("shut_unsigned_close_80", next.screen());
    next.keys("2 1");
    next.sees("The count differs");
    next.keys("2 +1s 1");
    assert_eq!(next.enter(), "Enter   Ruth signs Saturday 21 November 2026; after that only addenda");
    next.keys("enter");
    next.sees("Saturday 21 November 2026 is signed. This is today.").sees("Saturday 28 November 2026");
    next.keys("!");
    next.sees_not("never signed");
}

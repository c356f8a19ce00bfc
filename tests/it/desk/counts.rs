//! The key counts of screens.md: each job is done by exactly these keys, and no fewer are promised than are needed.

use doorbook::domain::event::{DoorEvent, Entry, Event, NoteEvent};

use super::harness::Desk;

/// Runs one job and returns what it wrote; the number of its keys is asserted.
#[track_caller]
fn job(desk: &mut Desk, keys: &str, count: usize) -> Vec<Entry> {
    assert_eq!(keys.split_whitespace().count(), count, "{keys}");
    let before = desk.written();
    desk.keys(keys);
    let written = desk.log[before..].to_vec();
    assert!(!written.is_empty(), "{keys} wrote nothing\n{}", desk.screen());
    written
}

fn doors(entries: &[Entry]) -> Vec<&DoorEvent> {
    entries.iter().filter_map(|e| if let Some(Event::Door(d)) = e.event.open() { Some(d) } else { None }).collect()
}

#[test]
fn check_in_a_booked_family_by_name_is_four_keys() {
    let mut desk = Desk::saturday("09:50");
    let written = job(&mut desk, "s a enter enter", 4);
    assert_eq!(doors(&written).iter().filter(|d| matches!(d, DoorEvent::Arrived { .. })).count(), 3);
    desk.reloads();
}

#[test]
fn check_in_a_booked_family_by_number_is_three_keys() {
    let mut desk = Desk::saturday("09:50");
    let written = job(&mut desk, "1 enter enter", 3);
    assert_eq!(doors(&written).len(), 3);
    desk.reloads();
}

#[test]
fn one_child_missing_is_one_digit_more() {
    let mut desk = Desk::saturday("09:50");
    let written = job(&mut desk, "1 enter 3 enter", 4);
    assert_eq!(doors(&written).len(), 2);
    desk.reloads();
}

#[test]
fn walking_the_children_over_is_four_keys() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter 1 enter enter @10:00");
    let written = job(&mut desk, "tab enter enter 2", 4);
    assert_eq!(doors(&written).iter().filter(|d| matches!(d, DoorEvent::Walked { .. })).count(), 2);
    desk.reloads();
}

#[test]
fn not_coming_with_a_reason_told_just_now_is_six_keys() {
    let mut desk = Desk::saturday("09:50");
    let written = job(&mut desk, "n o enter a 1 enter", 6);
    let told = doors(&written).into_iter().all(|d| matches!(d, DoorEvent::NotComing { told: Some(_), .. }));
    assert!(told && doors(&written).len() == 4);
    desk.reloads();
}

#[test]
fn telling_the_coordinator_with_a_kind_is_four_keys_and_on_disk_after_the_first() {
    let mut desk = Desk::saturday("10:14");
    desk.keys("6");
    let before = desk.written();
    desk.keys("f8");
    assert_eq!(desk.written(), before + 1);
    desk.keys("esc");
    let written = job(&mut desk, "f8 f8 7 enter", 4);
    let told = written.iter().any(|e| match e.event.open() {
        Some(Event::Note(NoteEvent::Told { account, .. })) => account.open().is_some_and(|a| a.kind.is_some()),
        _ => false,
    });
    assert!(told);
    desk.reloads();
}

#[test]
fn a_child_leaves_with_a_checked_collector_in_four_keys() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter 1 enter enter @10:00 tab enter enter 2 @12:00");
    let written = job(&mut desk, "1 enter d 1", 4);
    assert_eq!(doors(&written).iter().filter(|d| matches!(d, DoorEvent::ChildLeft { .. })).count(), 2);
    desk.reloads();
}

#[test]
fn letting_the_visiting_side_go_is_three_keys() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter 1 enter enter @10:00 tab enter enter 2 @12:00 1 enter d 1 @12:16");
    let written = job(&mut desk, "tab enter enter", 3);
    assert!(matches!(doors(&written).as_slice(), [DoorEvent::AdultLeft { .. }]));
    desk.reloads();
}

/// Keys of a close with three questions: `F7`, the count, three answers, Enter.
#[test]
fn a_close_with_three_questions_is_thirteen_keys() {
    let mut desk = super::saturday::closing_with_three_questions();
    desk.keys("f6 1");
    let keys = "f7 0 tab 0 tab 5 tab 0 enter 2 1 1 enter";
    assert_eq!(keys.split_whitespace().count(), 13);
    desk.keys(keys);
    let day = desk.app.day().unwrap();
    assert!(day.is_signed(), "{}", desk.screen());
    desk.reloads();
}

//! Not coming.

use doorbook::app::{View, absent};
use doorbook::domain::codes::{Channel, Party};
use doorbook::domain::day::Presence;
use doorbook::domain::event::{DoorEvent, Event, Told};

use super::harness::Desk;

/// The picker of a side, as the card opens it.
fn picker(at: &str, no: u16, party: Party) -> Desk {
    let mut desk = Desk::saturday(at);
    desk.app.session = desk.app.day().and_then(|d| d.numbered(no)).map(|s| s.plan.session);
    absent::open(&mut desk.app, party);
    desk
}

fn written(desk: &mut Desk) -> Vec<(String, Option<Told>)> {
    let entries = desk.entries();
    let said = entries.iter().filter_map(|e| match e.event.open() {
        Some(Event::Door(DoorEvent::NotComing { why, told, .. })) => Some((why.to_string(), told.clone())),
        _ => None,
    });
    said.collect()
}

#[test]
fn a_digit_and_enter_write_who_does_not_come() {
    let mut desk = picker("10:02", 4, Party::Brings);
    assert!(desk.enter().starts_with("Wait"));
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before, "nothing is chosen yet");
    desk.keys("1");
    insta::assert_snapshot!("absent_brings", desk.screen());
    assert_eq!(desk.enter(), "Enter   Ama, Noah, Ivy and Theo are not coming today, reason 1, told 10:02");
    desk.keys("enter");
    assert_eq!(desk.app.view, View::Board);
    let all = written(&mut desk);
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|(why, told)| why == "C-ILL" && told.as_ref().unwrap().channel == Channel::Phone));
    desk.reloads();
}

#[test]
fn no_word_yet_fills_nobody() {
    let mut desk = picker("10:17", 4, Party::Visits);
    desk.keys("0");
    insta::assert_snapshot!("absent_visits_no_word", desk.screen());
    desk.sees("nobody has told us");
    desk.keys("enter");
    assert_eq!(written(&mut desk), [("N-NOW".to_owned(), None)]);
    desk.reloads();
}

#[test]
fn under_9_all_others_are_found_by_typing_and_echoed_as_9() {
    let mut desk = picker("09:30", 1, Party::Visits);
    desk.keys("9");
    desk.sees("Find");
    desk.keys("\"hosp");
    insta::assert_snapshot!("absent_find", desk.screen());
    assert!(desk.enter().starts_with("Enter   takes the one line left"), "{}", desk.enter());
    desk.keys("enter");
    desk.sees("Chosen   9").sees_not("hospital");
    assert!(desk.enter().contains("reason 9"), "{}", desk.enter());
    desk.keys("f5");
    desk.sees("in hospital");
    desk.keys("f5 enter");
    assert_eq!(written(&mut desk)[0].0, "N-HOS");
    desk.reloads();
}

#[test]
fn the_list_is_picked_by_number_or_arrows_and_esc_goes_back_one_step() {
    let mut desk = picker("09:30", 1, Party::Brings);
    desk.keys("9 down down enter");
    let by_arrow = desk.enter();
    desk.keys("9 2");
    assert_eq!(by_arrow, desk.enter());
    desk.keys("9 \"zzz");
    assert!(desk.enter().starts_with("Wait   nothing fits"), "{}", desk.enter());
    desk.keys("esc");
    assert_eq!(desk.app.view, View::Absent);
    let before = desk.written();
    desk.keys("esc");
    assert_eq!((desk.app.view, desk.written()), (View::Card, before));
    desk.reloads();
}

#[test]
fn who_told_us_how_and_when_can_be_said() {
    let mut desk = picker("10:12", 4, Party::Brings);
    desk.keys("1 t");
    insta::assert_snapshot!("absent_told_us", desk.screen());
    desk.keys("8 3");
    insta::assert_snapshot!("absent_told_when", desk.screen());
    desk.keys("1 0 0 3 enter");
    desk.sees("10:03, by message, somebody else to Jean");
    desk.keys("minus 9 9 9 9 enter");
    desk.sees("no time");
    desk.keys("9 enter");
    desk.sees("10:03, by message");
    assert!(desk.enter().ends_with("told 10:03"), "{}", desk.enter());
    desk.keys("enter");
    let told = written(&mut desk)[0].1.clone().unwrap();
    assert_eq!((told.by, told.channel, told.at.format("%H:%M").to_string()), (None, Channel::Message, "10:03".into()));
    desk.reloads();
}

#[test]
fn tab_is_the_other_side_with_other_people_and_other_words() {
    let mut desk = picker("10:02", 4, Party::Brings);
    desk.keys("1 tab");
    desk.sees("Enter writes this first; then the other side.").sees("Ama");
    let mut desk = picker("10:02", 4, Party::Brings);
    desk.keys("tab");
    assert!(desk.enter().starts_with("Wait"), "nothing is chosen for the other side");
    desk.sees("the side that visits").sees("Kofi").sees_not("Ama").sees_not("school event").sees_not("Efua");
    desk.keys("2 enter");
    let session = desk.app.in_hand().unwrap();
    let away = session.expected(Party::Visits).all(|(_, a)| matches!(a.presence(), Presence::NotComing(_)));
    let open = session.expected(Party::Brings).all(|(_, a)| matches!(a.presence(), Presence::Expected));
    assert!(away && open);
    desk.reloads();
}

#[test]
fn a_name_typed_here_writes_nothing() {
    let mut desk = picker("10:02", 4, Party::Brings);
    let before = desk.written();
    desk.keys("1 n o a h enter enter");
    assert_eq!(desk.written(), before);
    desk.sees("That does nothing here");
    desk.reloads();
}

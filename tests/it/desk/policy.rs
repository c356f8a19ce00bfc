//! How the centre works: a draft, one question, one new version; who may, what is refused, what its history says.

use doorbook::app::View;
use doorbook::domain::codes::{Party, Role};
use doorbook::domain::event::{CentreEvent, Event};
use doorbook::domain::policy::{Code, Policy, Power, Use};

use super::hand::saturday;
use super::harness::Desk;

fn open(who: &str) -> Desk {
    let mut desk = saturday("13:10", who);
    desk.keys("ctrl-p \"how space \"the enter");
    assert_eq!(desk.app.view, View::Policy);
    desk
}

fn written(desk: &mut Desk) -> Vec<Policy> {
    let set = |e: doorbook::domain::event::Entry| match e.event.open() {
        Some(Event::Centre(CentreEvent::PolicySet(policy))) => Some((**policy).clone()),
        _ => None,
    };
    desk.entries().into_iter().filter_map(set).collect()
}

#[test]
fn a_number_is_changed_in_a_draft_and_written_by_a_digit_after_a_question() {
    let mut desk = open("Ruth");
    insta::assert_snapshot!("policy_80", desk.screen());
    let before = desk.written();
    desk.keys("1 2 0");
    assert_eq!(desk.enter(), "Enter   sets grace to 20 in the draft; nothing is written yet");
    desk.keys("enter");
    desk.sees("Would change   grace 15 -> 20").sees("1 change not written yet");
    insta::assert_snapshot!("policy_times_80", desk.screen());
    desk.keys("esc");
    assert_eq!(desk.enter(), "Enter   asks before it writes: grace 15 -> 20");
    desk.keys("enter +1s enter");
    desk.sees("write it: holds from the next day opened");
    assert_eq!(desk.written(), before, "Enter only asks");
    desk.keys("1");
    assert_eq!(desk.written(), before + 1);
    assert_eq!((desk.app.register.policy().version, desk.app.register.policy().grace_min), (2, 20));
    assert_eq!(desk.app.policy().grace_min, 15, "the day holds to the version that it opened under");
    desk.sees("Version 2, from the next day opened; today runs on version 1");
    desk.keys("0");
    desk.sees("Version 2   21 November 2026, 13:10   Ruth").sees("grace 15 -> 20").sees("how it began");
    insta::assert_snapshot!("policy_history_80", desk.screen());
    desk.keys("esc esc");
    assert_eq!(desk.app.view, View::Board);
    assert!(!desk.app.staff_view(), "the board goes back to lobby view");
    desk.reloads();
}

#[test]
fn numbers_out_of_range_and_out_of_order_are_refused_with_the_cure() {
    let mut desk = open("Ruth");
    desk.keys("1 9 9 9");
    assert_eq!(desk.enter(), "Wait   grace is 0 to 240. Backspace takes a digit away");
    desk.keys("enter esc down down 9 0 enter esc");
    assert_eq!(desk.enter(), "Wait   first side must not be less than other side");
    let before = desk.written();
    desk.keys("enter 1");
    assert_eq!(desk.written(), before);
    desk.reloads();
}

#[test]
fn a_place_is_added_with_a_code_of_its_own_and_one_is_retired_never_lost() {
    let mut desk = open("Ruth");
    desk.keys("3");
    insta::assert_snapshot!("policy_places_80", desk.screen());
    desk.keys("a \"Ash tab 3 tab 2");
    insta::assert_snapshot!("policy_form_80", desk.screen());
    desk.keys("enter");
    desk.sees("Would change   place added: Ash");
    desk.keys("home down down down r");
    desk.sees("place retired: Oak");
    desk.keys("esc enter 1");
    let policy = desk.app.register.policy();
    let ash = policy.place(&Code::new("ash")).unwrap();
    assert_eq!((ash.use_for, ash.muster, ash.article), (Use::Contact, 1, false));
    assert!(policy.place(&Code::new("oak")).unwrap().retired);
    assert_eq!(written(&mut desk).len(), 2);
    desk.reloads();
}

#[test]
fn a_reason_is_added_and_one_that_the_lobby_must_not_read_is_refused_by_its_word() {
    let mut desk = open("Ruth");
    desk.keys("5 a \"the space \"order space \"changed tab 2 tab tab 2 tab \"not space \"brought enter esc");
    assert_eq!(desk.enter(), "Wait   the lobby may read this: the order changed. Say it without the word order");
    let before = desk.written();
    desk.keys("enter 5 end enter");
    for _ in 0..20 {
        desk.keys("bksp");
    }
    desk.keys("\"the space \"train space \"stopped enter");
    assert_eq!(desk.written(), before);
    desk.keys("esc enter 1");
    let policy = desk.app.register.policy();
    let added = policy.reasons.last().unwrap();
    assert_eq!(
        (added.code.as_str(), added.words.as_str(), added.party),
        ("R-THE", "the train stopped", Some(Party::Brings))
    );
    assert!(added.told);
    desk.reloads();
}

#[test]
fn a_digit_stands_for_one_reason_only() {
    let mut desk = open("Ruth");
    desk.keys("6 end enter tab tab tab 1 enter esc");
    assert_eq!(
        desk.enter(),
        "Wait   1 stands for a child said something and for it nearly happened: give one another digit, or none"
    );
    desk.reloads();
}

#[test]
fn who_may_do_what_is_toggled_and_nobody_locks_the_centre_out() {
    let mut desk = open("Ruth");
    desk.keys("8");
    insta::assert_snapshot!("policy_powers_80", desk.screen());
    desk.keys("1 esc enter 1");
    assert!(desk.app.register.policy().may(Role::Volunteer, Power::Loosen));
    desk.keys("8 end up up 4 esc");
    assert_eq!(desk.enter(), "Wait   a coordinator must keep this: change how the centre works");
    desk.keys("0");
    desk.sees("volunteer may: let go early, let sides pass");
    desk.reloads();
}

#[test]
fn others_read_it_and_change_nothing() {
    let mut desk = open("Jean");
    let before = desk.written();
    desk.keys("1 2 0 enter esc 3 r a enter esc 8 1 esc");
    desk.sees_not("not written yet");
    assert_eq!(desk.written(), before);
    desk.keys("1");
    assert_eq!(desk.enter(), "Wait   Ruth changes how the centre works. F6 changes the person");
    desk.reloads();
}

#[test]
fn who_comes_first_holds_for_the_next_day_and_not_for_today() {
    let mut desk = open("Ruth");
    desk.keys("2 2 down 2 esc");
    let says = desk.enter();
    assert!(says.ends_with("first: the side that visits -> the side that brings; may meet: no -> yes"), "{says}");
    desk.keys("enter 1");
    assert_eq!(desk.app.register.policy().plan.first, Party::Brings);
    let day = desk.app.day().unwrap();
    assert!(day.sessions.iter().any(|s| s.plan.plan.first == Party::Visits));
    desk.reloads();
}

#[test]
fn the_number_of_the_duty_team_and_the_address_for_999_are_set() {
    let mut desk = open("Ruth");
    desk.keys("9 down enter \"1 space \"Mill space \"Lane enter down down enter tab \"0113 enter esc");
    desk.sees("address nothing -> 1 Mill Lane").sees("council duty team: nothing -> 0113");
    desk.keys("enter 1");
    let policy = desk.app.register.policy();
    assert_eq!((policy.address.as_str(), policy.numbers[0].number.as_str()), ("1 Mill Lane", "0113"));
    desk.reloads();
}

#[test]
fn a_draft_is_kept_when_the_screen_goes_dark_and_can_be_dropped() {
    let mut desk = open("Ruth");
    desk.keys("1 2 0 enter +61s");
    assert_eq!(desk.app.view, View::Board);
    desk.sees_not("grace");
    desk.keys("ctrl-p \"how space \"the enter");
    desk.sees("1 change not written yet");
    desk.keys("esc enter 0");
    desk.sees("The changes are dropped").sees_not("not written yet");
    desk.reloads();
}

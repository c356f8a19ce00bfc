//! Letters find anybody on file: counted in the lobby, named in staff view, and when they are next expected.

use std::sync::Arc;

use doorbook::app::action::Action;
use doorbook::domain::find::Names;
use doorbook::domain::register::Register;

use super::harness::{Desk, moment};
use crate::filled::{self, Order};

/// A desk of a book of some Saturdays, with everybody's names read.
fn desk() -> (Desk, Register) {
    let order =
        Order { families: 40, people: 0, years: 1, entries: 600, sessions: 4, daily: false, clashes: 0, seed: 3 };
    let (mut register, mut entries) = (Register::default(), Vec::new());
    filled::make(&order, |some| {
        some.iter().for_each(|entry| register.fold(entry));
        entries.extend_from_slice(some);
        Ok::<_, ()>(())
    })
    .unwrap();
    let mut desk = Desk::on(register.made.unwrap().0, &entries, moment("2026-11-21T10:12"));
    let names = Names::of_files(register.cases.values());
    desk.send(Action::Names(Arc::new(names)));
    desk.keys("1 enter");
    if desk.screen().contains("still so") {
        desk.keys("1");
    }
    (desk, register)
}

/// A surname of nobody of today.
fn surname_of_another_day(desk: &Desk, register: &Register) -> String {
    let day = desk.app.day().unwrap();
    let today = |family: &str| day.sessions.iter().flat_map(|s| s.all()).any(|(m, _)| m.family.as_str() == family);
    let mut families = register.cases.values().flat_map(|c| &c.people).map(|m| m.family.as_str());
    let plain = |f: &&str| f.len() > 4 && f.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_uppercase());
    families.find(|f| plain(f) && !today(f)).unwrap().to_lowercase()
}

#[test]
fn who_is_not_expected_today_is_counted_in_the_lobby_and_named_in_staff_view() {
    let (mut desk, register) = desk();
    let letters = surname_of_another_day(&desk, &register);
    let script: Vec<String> = letters.chars().map(|c| c.to_string()).collect();
    desk.keys(&script.join(" "));
    desk.sees("nobody today").sees("on file").sees_not(&letters.to_uppercase());
    let written = desk.written();
    desk.keys("down enter");
    assert_eq!(desk.written(), written);
    desk.keys("f5");
    if !desk.screen().contains("Find") {
        desk.keys(&script.join(" "));
    }
    desk.sees(&letters.to_uppercase()).sees("not today");
    desk.keys("down");
    assert!(desk.enter().contains("when they are next expected"), "{}", desk.enter());
    desk.keys("enter").sees("is not expected today");
    assert_eq!(desk.written(), written, "finding writes nothing");
    desk.keys("esc esc").sees_not("not today");
}

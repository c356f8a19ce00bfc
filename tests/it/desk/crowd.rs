//! A day of forty sessions, of one, and of none; and any screen at any size.

use std::collections::BTreeSet;

use chrono::Datelike;
use doorbook::app::action::Action;
use doorbook::app::screen::Size;
use doorbook::app::{View, view};
use doorbook::book::policy_default;
use doorbook::domain::event::{By, CaseEvent, Draft, Entry, Event, FileRef, Source};
use doorbook::domain::ids::{Ids, RegisterId};
use doorbook::domain::text::Text;
use doorbook::import::practice;
use doorbook::run::setup::{DESK, Families, outside_days, practice_entries};
use doorbook::run::stamp::{Hand, stamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

use super::day::tokens;
use super::harness::{Desk, moment};
use super::saturday::closing_with_three_questions;
use crate::draw::{MONO, shown};

const REGISTER: RegisterId = RegisterId(Uuid::from_u128(40));

/// A practice Saturday with so many families: the twelve over and over, each time with a year more to every child.
fn crowd(count: usize, at: &str) -> Desk {
    let now = moment("2026-11-21T08:55");
    let mut entries = practice_entries(REGISTER, Families::None, now, Ids(Uuid::from_u128(1 << 64)));
    entries.extend(families(count, now));
    let mut desk = Desk::on(REGISTER, &entries, now);
    desk.keys("5 f2 1 2 3 4 esc");
    desk.keys(&format!("@{at}"));
    desk
}

fn families(count: usize, now: doorbook::domain::codes::Moment) -> Vec<Entry> {
    let mut cases = BTreeSet::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for copy in 0..=u8::try_from(count / 12).unwrap() {
        let ids = RegisterId(Uuid::from_u128(1000 + u128::from(copy)));
        for (file, event) in practice::families(ids, &policy_default()) {
            let FileRef::Case(case) = file else { continue };
            cases.insert(case);
            if cases.len() > count {
                break;
            }
            drafts.push(outside_days(file, older(event, copy), now));
        }
    }
    let hand = Hand { by: By::Program, desk: DESK, now, source: Source::Desk };
    stamp(drafts, &hand, Ids(Uuid::from_u128(2 << 64)))
}

/// The same, of another family: another code, children so many years older.
fn older(event: Event, years: u8) -> Event {
    match event {
        Event::Case(CaseEvent::CaseOpened(mut head)) => {
            head.code = Text::name(&format!("{}-{years}", head.code));
            Event::Case(CaseEvent::CaseOpened(head))
        }
        Event::Case(CaseEvent::MemberListed { case, mut member }) => {
            member.born = member.born.and_then(|b| b.with_year(b.year() - i32::from(years)));
            Event::Case(CaseEvent::MemberListed { case, member })
        }
        other => other,
    }
}

fn resized(desk: &mut Desk, width: u16, height: u16) {
    desk.send(Action::Resized(Size { width, height }));
}

fn picture(desk: &Desk) -> String {
    shown(&view(&desk.app), desk.app.size.width, desk.app.size.height, &MONO)
}

/// Numbers of the rows in view.
fn numbers(desk: &Desk) -> Vec<u16> {
    let row = |line: &str| {
        let line = line.replace('▸', " ");
        let mut words = line.split_whitespace();
        let no = words.next()?.parse::<u16>().ok()?;
        words.next().filter(|w| w.contains(':')).map(|_| no)
    };
    desk.screen().lines().filter_map(row).collect()
}

#[test]
fn forty_sessions_in_eighty_columns() {
    let mut desk = crowd(40, "09:52");
    assert_eq!(desk.app.day().unwrap().sessions.len(), 40);
    insta::assert_snapshot!("crowd_80", picture(&desk));
    desk.sees("1 to 13 of 40");
    assert_eq!(numbers(&desk), (1..=13).collect::<Vec<_>>());
    desk.keys("pgdn");
    desk.sees("2 to 14 of 40");
    desk.keys("pgdn");
    insta::assert_snapshot!("crowd_80_second_page", picture(&desk));
    assert_eq!(numbers(&desk), (15..=27).collect::<Vec<_>>());
    desk.keys("end");
    desk.sees("28 to 40 of 40");
    desk.keys("home f5");
    insta::assert_snapshot!("crowd_80_staff", picture(&desk));
    desk.reloads();
}

#[test]
fn forty_sessions_in_a_hundred_and_twenty() {
    let mut desk = crowd(40, "09:52");
    resized(&mut desk, 120, 40);
    insta::assert_snapshot!("crowd_120", picture(&desk));
    desk.keys("4 0");
    assert!(numbers(&desk).contains(&40), "{}", desk.screen());
    insta::assert_snapshot!("crowd_120_end", picture(&desk));
}

#[test]
fn a_number_of_two_digits_picks() {
    let mut desk = crowd(40, "09:52");
    desk.keys("1");
    desk.sees("No 1_");
    desk.keys("1");
    desk.sees("No 11_");
    assert_eq!(desk.app.in_hand().unwrap().plan.no, 11);
    desk.keys("enter");
    desk.sees("No 11 ");
    desk.keys("esc 3 7");
    assert!(numbers(&desk).contains(&37), "the mark is in view\n{}", desk.screen());
    desk.keys("enter");
    assert_eq!((desk.app.view, desk.app.in_hand().unwrap().plan.no), (View::Card, 37));
    desk.reloads();
}

#[test]
fn due_speaks_for_the_whole_day() {
    let mut desk = crowd(40, "10:03");
    let due = |desk: &Desk| desk.screen().lines().filter(|l| l.trim_start().starts_with("Due")).count();
    desk.sees("Due   No 1 ").sees("more");
    assert_eq!(due(&desk), 1);
    // Tab goes through every one of them, in view or not; the mark comes with it.
    let mut gone = BTreeSet::new();
    for _ in 0..40 {
        desk.keys("tab");
        let no = desk.app.in_hand().unwrap().plan.no;
        desk.sees(&format!("No {no} "));
        assert!(numbers(&desk).contains(&no), "{}", desk.screen());
        gone.insert(no);
    }
    assert!(gone.iter().any(|no| *no > 24), "{gone:?}");
}

#[test]
fn find_among_forty_tells_the_mias_apart() {
    let mut desk = crowd(40, "09:52");
    desk.sees("Mia H 6");
    desk.keys("m i a");
    insta::assert_snapshot!("crowd_find", picture(&desk));
    assert!(desk.enter().starts_with("Enter   goes into the list"), "{}", desk.enter());
    let before = desk.written();
    desk.keys("enter enter");
    assert_eq!((desk.written(), desk.app.view), (before, View::Board));
    desk.keys("down down down down down down down");
    insta::assert_snapshot!("crowd_find_scrolled", picture(&desk));
}

#[test]
fn a_day_of_one_and_a_day_of_none() {
    let mut one = crowd(1, "09:52");
    insta::assert_snapshot!("crowd_one", picture(&one));
    resized(&mut one, 120, 40);
    insta::assert_snapshot!("crowd_one_120", picture(&one));
    let mut none = Desk::with(Families::None, "2026-11-21T08:55");
    insta::assert_snapshot!("crowd_none_start", picture(&none));
    none.keys("5");
    insta::assert_snapshot!("crowd_none", picture(&none));
    none.keys("enter 1 esc tab down pgdn end m esc enter");
    assert!(none.enter().starts_with("Wait"), "{}", none.enter());
    none.keys("f6 1 f7 0 tab 0 tab 1 tab 0 enter");
    insta::assert_snapshot!("crowd_none_close", picture(&none));
    none.reloads();
}

/// Every screen, of a small day and of a large one.
fn screens() -> Vec<Desk> {
    let scripts = [
        "",
        "f5",
        "m i",
        "m i enter",
        "1 enter",
        "1 enter f5",
        "1 enter enter",
        "1 enter m",
        "1 enter minus 9",
        "1 enter d",
        "1 enter a",
        "1 enter a 9",
        "1 enter v",
        "1 enter w 0",
        "1 enter x",
        "6 f8",
        "6 f8 f8 7",
        "6 f8 f8 +2s f8",
        "f2",
        "f2 0",
        "f3",
        "f5 f3",
        "f5 f3 enter",
        "f9",
        "f6",
        "f6 1 f7",
        "?",
        "1 enter ?",
        "ctrl-p",
        "ctrl-z",
        "space",
        "4 0",
    ];
    let mut all: Vec<Desk> = vec![closing_with_three_questions(), Desk::practice("08:55"), crowd(0, "09:52")];
    all[0].keys("f6 1 f7 0 tab 0 tab 5 tab 0 enter");
    for base in [Desk::saturday("09:58"), crowd(40, "10:03")] {
        for script in scripts {
            let mut desk = base.fork();
            desk.keys(script);
            all.push(desk);
        }
    }
    all
}

fn draws_at(desk: &mut Desk, width: u16, height: u16) {
    resized(desk, width, height);
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    doorbook::tui::paint(&mut buffer, &view(&desk.app), &MONO);
}

#[test]
fn any_screen_at_any_size() {
    let wide = [0, 1, 2, 5, 14, 33, 40, 79, 120, 200];
    let high = [0, 1, 2, 3, 5, 7, 8, 12, 23, 30, 60];
    for mut desk in screens() {
        for width in wide {
            for height in high {
                draws_at(&mut desk, width, height);
            }
        }
        // Keys at a size with no room, then back.
        resized(&mut desk, 0, 0);
        desk.keys("down pgdn end up home pgup tab esc");
        draws_at(&mut desk, 80, 24);
    }
}

#[test]
fn the_scripted_day_in_a_window_that_is_dragged_about() {
    let mut desk = Desk::practice("08:55");
    let sizes = (0_u16..).map(|n| ((n * 37) % 201, (n * 23) % 61));
    for (token, (width, height)) in tokens().into_iter().zip(sizes) {
        draws_at(&mut desk, width, height);
        desk.keys(token);
    }
    draws_at(&mut desk, 80, 24);
    desk.reloads();
}

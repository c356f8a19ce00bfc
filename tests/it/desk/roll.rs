//! Who is in.

use doorbook::app::action::Effect;
use doorbook::domain::codes::Party;
use doorbook::domain::decide::{Command, DayAct};
use doorbook::domain::event::{DayEvent, Event};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;

use super::hand::{lets_in, saturday, session, walks, write};
use super::harness::Desk;

fn in_the_building() -> Desk {
    let mut desk = saturday("09:45", "Jean");
    lets_in(&mut desk, 1, "Dan", "oak");
    lets_in(&mut desk, 2, "Ines", "oak");
    lets_in(&mut desk, 5, "Kev", "oak");
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "hall");
    lets_in(&mut desk, 2, "Piotr Aleksander", "hall");
    lets_in(&mut desk, 6, "Li 小明", "small");
    let (name, what) = (Text::name("Mr Webb"), Text::name("caretaker"));
    write(&mut desk, &Command::Day(DayAct::VisitorIn { name, what, place: Code::new("office"), session: None }));
    desk.keys("@10:00");
    walks(&mut desk, 1, "Mia Leo", "Dan", "oak");
    desk.keys("@10:41");
    desk
}

#[test]
fn everyone_stands_by_place_children_first() {
    let mut desk = in_the_building();
    desk.keys("f9");
    insta::assert_snapshot!("roll_80", desk.screen());
    desk.sees("4 children   6 adults   5 team   1 other      16 people").sees("seen 0 of 16");
    assert_eq!(desk.enter(), "Enter   Piotr N is seen; the mark moves on".replace("Piotr", "Aleksander"));
    desk.reloads();
}

#[test]
fn enter_marks_seen_and_writes_nothing_until_f_ends_it() {
    let mut desk = in_the_building();
    let before = desk.written();
    desk.keys("f9 enter enter enter");
    desk.sees("seen 3 of 16");
    desk.keys("up enter");
    desk.sees("seen 2 of 16");
    // Esc by mistake: what was seen is kept.
    desk.keys("esc f9");
    desk.sees("seen 2 of 16");
    assert_eq!(desk.written(), before);
    desk.keys("+1m");
    for _ in 0..14 {
        desk.keys("tab enter");
    }
    desk.sees("seen 16 of 16");
    assert_eq!(desk.enter(), "Wait   everyone is seen. f, then Enter, ends it and writes it down");
    desk.keys("enter enter");
    desk.sees("seen 16 of 16");
    // No letter writes: f only asks.
    let before = desk.written();
    desk.keys("f esc f");
    assert_eq!(desk.written(), before);
    assert_eq!(desk.enter(), "Enter   writes down that 16 of 16 were seen, and ends it");
    desk.keys("enter");
    let held = desk.entries().into_iter().find_map(|e| match e.event.open() {
        Some(Event::Day(DayEvent::MusterHeld { seen, of, seconds })) => Some((*seen, *of, *seconds)),
        _ => None,
    });
    let (seen, of, seconds) = held.unwrap();
    assert_eq!((seen, of), (16, 16));
    assert!((60..80).contains(&seconds), "{seconds}");
    desk.keys("f9");
    desk.sees("seen 0 of 16");
    desk.reloads();
}

#[test]
fn a_letter_does_nothing_and_enter_waits() {
    let mut desk = in_the_building();
    desk.keys("f9 s enter");
    desk.sees("seen 0 of 16").sees("That does nothing here");
    desk.keys("tab enter");
    desk.sees("seen 1 of 16");
    desk.reloads();
}

#[test]
fn the_roll_is_printed_whole_with_clock_and_centre() {
    let mut desk = in_the_building();
    desk.keys("f9 p");
    let lines = desk.effects.iter().rev().find_map(|e| match e {
        Effect::PrintRoll(lines) => Some(lines.clone()),
        _ => None,
    });
    let text = lines.unwrap().join("\n");
    for what in
        ["The contact centre", "10:41", "Saturday 21 November 2026", "16 people", "Oak", "Mia H", "Mr Webb", "Jean"]
    {
        assert!(text.contains(what), "{what}\n{text}");
    }
    desk.reloads();
}

#[test]
fn with_nobody_at_the_desk_first_names_and_places_only() {
    let mut desk = in_the_building();
    desk.app.who = None;
    desk.app.hidden = true;
    doorbook::app::roll::open(&mut desk.app);
    desk.sees("Oak").sees("Aleksander").sees_not("Aleksander N").sees_not("child  ").sees_not("caretaker");
    desk.keys("enter");
    desk.sees("seen 1 of 16");
    desk.reloads();
}

#[test]
fn who_is_out_or_gone_stands_below_and_a_long_roll_pages() {
    let mut desk = in_the_building();
    desk.keys("@12:00");
    super::hand::hands_over(&mut desk, 1, "Mia Leo", "Sarah");
    desk.keys("f9");
    desk.sees("Not in the building   Mia, Leo, Sarah, gone home 12:00");
    desk.keys("esc");
    for no in [4, 7, 8, 11, 12] {
        let all: Vec<String> = desk
            .app
            .day()
            .unwrap()
            .session(session(&desk, no))
            .unwrap()
            .expected(Party::Visits)
            .map(|(m, _)| m.given.to_string())
            .collect();
        lets_in(&mut desk, no, &all.join(" "), "oak");
    }
    lets_in(&mut desk, 4, "Ama Noah Ivy Theo Efua", "oak");
    lets_in(&mut desk, 7, "Farah Ayaan Zara", "oak");
    lets_in(&mut desk, 8, "Beth Oscar", "elm");
    desk.keys("f9");
    desk.sees("more below");
    desk.keys("end");
    desk.sees("more above").sees_not("more below");
    insta::assert_snapshot!("roll_paged_80", desk.screen());
    desk.keys("left");
    assert!(desk.enter().starts_with("Enter"), "{}", desk.enter());
    desk.reloads();
}

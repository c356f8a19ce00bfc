//! The Saturday of screens.md, row by row: the keys, what they meet, and each trap.

use doorbook::domain::day::Stage;
use doorbook::domain::event::{Amendment, DoorEvent, Event};

use super::day::tokens;
use super::harness::Desk;

fn stage(desk: &Desk, no: u16) -> Stage {
    let day = desk.app.day().unwrap();
    day.stage(day.numbered(no).unwrap(), desk.now)
}

/// Everybody of these sessions arrives and is walked over.
fn together(desk: &mut Desk, nos: &[u16]) {
    for no in nos {
        let digits: Vec<String> = no.to_string().chars().map(|c| c.to_string()).collect();
        let no = digits.join(" ");
        desk.keys(&format!("{no} enter enter {no} enter enter {no} enter enter 2"));
    }
}

/// The practice day with three things open: Dan is in, No 4 never came, one note. Everyone else does not come.
pub fn closing_with_three_questions() -> Desk {
    let mut desk = Desk::saturday("09:10");
    for no in ["2", "3", "5", "6", "7", "8", "9", "1 0", "1 1", "1 2"] {
        desk.keys(&format!("{no} enter a 1 enter tab enter t 1 enter"));
    }
    desk.keys("@09:50");
    together(&mut desk, &[1]);
    desk.keys("@10:14 4 enter l 1 enter f8");
    desk.keys("@12:00 1 enter d 1");
    // No 4: the side that visits rang in time; why the children did not come is not known.
    desk.keys("4 enter tab a 1 enter");
    desk.keys("@12:52");
    desk
}

#[test]
fn row_0855_the_team_signs_in_and_so_does_the_caretaker() {
    let mut desk = Desk::practice("08:55");
    desk.sees("not open yet");
    desk.keys("5");
    desk.sees("Jean at the desk");
    desk.keys("f2 1 2 3 4");
    desk.keys("esc").sees("5 team");
    desk.keys("f2 0");
    desk.keys("\"Mr tab");
    desk.reloads();
}

#[test]
fn row_0910_we_cannot_come() {
    let mut desk = Desk::saturday("09:10");
    desk.keys("7 enter");
    desk.keys("a").sees("Ring back on the number held if you do not know the voice");
    desk.keys("1");
    assert!(desk.enter().contains("reason 1"), "{}", desk.enter());
    desk.keys("enter").sees("not today");
    assert_eq!(stage(&desk, 7), Stage::NotToday);
    desk.reloads();
}

#[test]
fn row_0938_not_through_the_hall() {
    let mut desk = Desk::saturday("09:38");
    desk.keys("t o enter enter @09:42 c a enter");
    let enter = desk.enter();
    assert!(enter.starts_with("Wait   not through the hall"), "{enter}");
    assert!(enter.contains("m another place  x it has happened"), "{enter}");
    desk.sees_not("Tomos");
    let before = desk.written();
    desk.keys("enter enter");
    assert_eq!(desk.written(), before, "Enter is Wait");
    desk.keys("esc").sees("No 3   the way in is clear from 09:53");
    desk.keys("3 enter m").sees("side door").sees("they wait in the car").sees("ring them at 09:53");
    desk.keys("2");
    assert!(desk.enter().contains("arrive by the side door"), "{}", desk.enter());
    desk.keys("enter");
    assert_eq!(desk.written(), before + 2);
    desk.reloads();
}

#[test]
fn row_0950_a_queue_is_written_late_and_nobody_is_late() {
    let mut desk = Desk::saturday("10:04");
    desk.keys("1 enter minus 9 enter");
    assert!(desk.enter().contains("09:55"), "{}", desk.enter());
    desk.keys("enter");
    let last = desk.log.last().unwrap();
    assert_eq!(last.occurred_at.format("%H:%M").to_string(), "09:55");
    assert_eq!(last.recorded_at.format("%H:%M").to_string(), "10:04");
    let day = desk.app.day().unwrap();
    let session = day.numbered(1).unwrap();
    assert_eq!(day.late_by(session, doorbook::domain::codes::Party::Brings, desk.now), None);
    desk.reloads();
}

#[test]
fn row_1014_a_child_will_not_go_in() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("6 enter enter 6 enter enter @10:14 6 enter n minus 1 0 enter 1");
    assert!(desk.enter().contains("tried from 10:04"), "{}", desk.enter());
    desk.keys("enter");
    // The carer stays responsible; the child's side leaves first, then the hold.
    desk.keys("6 enter tab");
    assert!(desk.enter().starts_with("Wait"), "{}", desk.enter());
    desk.keys("esc 6 enter enter 1");
    assert!(matches!(stage(&desk, 6), Stage::Stays(_)), "{:?}", stage(&desk, 6));
    desk.keys("@10:30 tab enter enter");
    assert_eq!(stage(&desk, 6), Stage::Home);
    desk.reloads();
}

#[test]
fn row_1115_sam_takes_the_desk_by_a_digit() {
    let mut desk = Desk::saturday("11:15");
    desk.keys("f6 2").sees("Sam at the desk");
    desk.keys("1 enter enter");
    let sam = desk.app.who.unwrap();
    assert_eq!(desk.log.last().unwrap().by, doorbook::domain::event::By::Staff(sam));
    desk.reloads();
}

#[test]
fn row_1130_one_step_from_together_to_left_and_gone_is_gone() {
    let mut desk = Desk::saturday("09:38");
    desk.keys("t o enter enter @09:42 c a enter m 2 enter @10:00 3 enter enter 3");
    assert_eq!(stage(&desk, 3), Stage::Together);
    desk.keys("@11:30 3 enter d");
    desk.sees("Walter walks Siân back first");
    desk.keys("1");
    assert!(matches!(stage(&desk, 3), Stage::Stays(until) if until.format("%H:%M").to_string() == "11:45"));
    desk.keys("@11:34 3 enter");
    assert!(desk.enter().starts_with("Wait   they stay here until 11:45"), "{}", desk.enter());
    let before = desk.written();
    desk.keys("x 3");
    assert_eq!(stage(&desk, 3), Stage::Home);
    let written = &desk.log[before..];
    assert!(written[0].against.contains(&doorbook::domain::codes::Rule::Hold));
    assert!(written.iter().any(|e| matches!(e.event.open(), Some(Event::Note(_)))), "Ruth is told");
    desk.sees("1 for Ruth");
    desk.reloads();
}

#[test]
fn row_1140_the_visitor_leaves_early_and_the_carers_side_stays() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[5]);
    desk.keys("@11:40 5 enter tab e 2 4");
    desk.keys("5 enter tab enter");
    let left = matches!(desk.log.last().unwrap().event.open(), Some(Event::Door(DoorEvent::AdultLeft { .. })));
    assert!(left, "{}", desk.screen());
    desk.keys("5 enter");
    assert!(desk.enter().starts_with("Wait   they stay here until 11:50"), "{}", desk.enter());
    desk.keys("d 1").sees("until 11:50");
    desk.keys("esc esc @11:50 5 enter enter 1");
    assert_eq!(stage(&desk, 5), Stage::Home);
    desk.reloads();
}

#[test]
fn row_1200_all_leave_and_the_holds_run() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[1, 2]);
    desk.keys("@12:00 tab enter d 1 tab enter d 1");
    desk.keys("@12:14 1 enter");
    assert!(desk.enter().starts_with("Wait"), "{}", desk.enter());
    desk.keys("esc @12:15 tab enter enter tab enter enter");
    assert_eq!((stage(&desk, 1), stage(&desk, 2)), (Stage::Home, Stage::Home));
    desk.reloads();
}

#[test]
fn row_1252_nobody_is_signed_out_by_the_clock() {
    let mut desk = closing_with_three_questions();
    desk.keys("f6 1 f7 0 tab 0 tab 5 tab 0 enter");
    desk.sees("3 questions stop the close").sees("Dan R is in Oak by the register");
    let before = desk.written();
    desk.keys("2");
    let entry = &desk.log[before];
    assert_eq!(entry.occurred_at.format("%H:%M").to_string(), "12:15", "the likely time");
    let unseen = matches!(
        entry.event.open(),
        Some(Event::Door(DoorEvent::AdultLeft { leaving: doorbook::domain::event::Leaving::Unseen, .. }))
    );
    assert!(unseen, "{entry:?}");
    desk.keys("1 1");
    assert!(desk.enter().starts_with("Enter   Ruth signs"), "{}", desk.enter());
    desk.keys("enter");
    desk.sees("Signed 12:52 by Ruth");
    desk.reloads();
}

#[test]
fn the_whole_day_is_worked_closed_and_reloads() {
    let mut desk = Desk::practice("08:55");
    for token in tokens() {
        desk.keys(token);
    }
    let day = desk.app.day().unwrap();
    for session in &day.sessions {
        let stage = day.stage(session, desk.now);
        assert!(matches!(stage, Stage::Home | Stage::NotToday), "No {}: {stage:?}\n{}", session.plan.no, desk.screen());
    }
    desk.reloads();
}

#[test]
fn undo_takes_the_last_act_back_and_only_that() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter");
    desk.keys("ctrl-z 1");
    assert_eq!(stage(&desk, 1), Stage::Later);
    let undone = matches!(desk.log.last().unwrap().event.open(), Some(Event::Amend(Amendment::Undone { .. })));
    assert!(undone);
    desk.reloads();
}

#[test]
fn midnight_with_people_on_site_does_not_roll_the_day_over() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[1]);
    desk.wait_until(desk.now + chrono::Duration::hours(15));
    desk.keys("1 enter d 1").sees("No 1: the children have left");
    assert_eq!(desk.log.last().unwrap().occurred_at.date_naive().to_string(), "2026-11-22");
    // Started anew after midnight, the desk still stands on the day that was not signed: Dan is in.
    let again = desk.restarted();
    assert_eq!(again.app.date.to_string(), "2026-11-21");
    desk.reloads();
}

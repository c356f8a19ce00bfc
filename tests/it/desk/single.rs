//! One-to-one contact, minute by minute (domain.md 2.4): who has the children at every step, pauses, minutes owed, the
//! report, and what goes wrong.

use doorbook::domain::case::Standing;
use doorbook::domain::codes::{ContactKind, Party, Role};
use doorbook::domain::day::{Outcome, Session, Stage};
use doorbook::domain::decide::{Command, Permission};
use doorbook::domain::event::{Carer, DoorEvent, Event};
use doorbook::domain::policy::Code;

use super::hand;
use super::harness::Desk;
use super::kinds::Case;

fn one_to_one() -> Case {
    Case::of(ContactKind::Supervised)
}

pub fn session(desk: &Desk) -> &Session {
    desk.app.day().unwrap().numbered(1).unwrap()
}

/// Who has the child of that name: a first name.
pub fn has(desk: &Desk, child: &str) -> String {
    let session = session(desk);
    let child = session.children().find(|(m, _)| m.given.as_str() == child).unwrap().1;
    match child.carer() {
        None => "nobody".to_owned(),
        Some(Carer::Adult(adult)) => session.member(adult).unwrap().given.to_string(),
        Some(Carer::Worker(staff)) => desk.app.register.staff_name(staff).to_owned(),
    }
}

pub fn place(desk: &Desk, name: &str) -> String {
    let (_, attendance) = session(desk).all().find(|(m, _)| m.given.as_str() == name).unwrap();
    attendance.place().map(ToString::to_string).unwrap_or_default()
}

pub fn stage(desk: &Desk) -> Stage {
    desk.app.day().unwrap().stage(session(desk), desk.now)
}

/// Names of the events that these keys wrote.
fn writes(desk: &mut Desk, keys: &str) -> Vec<&'static str> {
    let before = desk.written();
    desk.keys(keys);
    let name = |event: &DoorEvent| match event {
        DoorEvent::Arrived { .. } => "arrived",
        DoorEvent::GivenTo { .. } => "given to",
        DoorEvent::Moved { .. } => "moved",
        DoorEvent::Walked { .. } => "walked",
        DoorEvent::Paused { .. } => "paused",
        DoorEvent::Resumed { .. } => "resumed",
        DoorEvent::TenMinutesCalled { .. } => "ten minutes",
        DoorEvent::ChildLeft { .. } => "child left",
        DoorEvent::AdultLeft { .. } => "adult left",
        DoorEvent::SupervisorNamed { .. } => "named",
        DoorEvent::MinutesOwed { .. } => "owed",
        DoorEvent::ReportDue { .. } => "report",
        DoorEvent::EndedEarly { .. } => "early",
        _ => "other",
    };
    let door = |e: &doorbook::domain::event::Entry| match e.event.open() {
        Some(Event::Door(event)) => name(event),
        _ => "other",
    };
    desk.log[before..].iter().map(door).collect()
}

#[track_caller]
fn enter_is(desk: &Desk, says: &str) {
    assert_eq!(desk.enter(), says, "\n{}", desk.screen());
}

/// Both sides are here, apart.
fn both_here(case: Case) -> Desk {
    let mut desk = Desk::kinds("09:45", &[case]);
    desk.keys("1 enter tab enter @10:00 1 enter enter");
    desk
}

/// In the room since 10:05.
pub fn together(case: Case) -> Desk {
    let mut desk = both_here(case);
    desk.keys("@10:05 1 enter enter 4 1 enter enter 1 enter enter");
    assert!(session(&desk).is_together(), "{}", desk.screen());
    desk
}

#[test]
fn both_sides_wait_apart_and_the_supervisor_takes_the_child_in() {
    let mut desk = Desk::kinds("09:45", &[one_to_one()]);
    desk.keys("1 enter tab");
    enter_is(&desk, "Enter   Mark arrives by the front door, small waiting room, 09:45");
    assert_eq!(writes(&mut desk, "enter"), ["arrived"]);
    desk.keys("@10:00 1 enter");
    enter_is(&desk, "Enter   Beth and Oscar arrive by the front door, waiting room, 10:00");
    assert_eq!(writes(&mut desk, "enter"), ["arrived", "arrived"]);
    assert_eq!((place(&desk, "Mark"), place(&desk, "Oscar")), ("small".into(), "waiting".into()));
    assert_eq!(has(&desk, "Oscar"), "Beth");

    desk.keys("@10:05 1 enter");
    enter_is(&desk, "Enter   asks who has Oscar from here");
    assert!(writes(&mut desk, "enter").is_empty());
    desk.sees("Who has Oscar B from here?").sees("4   Priya                         has them throughout");
    enter_is(&desk, "Wait   a number has the children from here; Enter does not");
    assert!(writes(&mut desk, "enter enter").is_empty(), "Enter never changes who has a child");
    assert_eq!(writes(&mut desk, "4"), ["given to"]);
    assert_eq!(has(&desk, "Oscar"), "Priya");

    // The side that visits goes to the room from its own card; the other card does not say where. Due leads there too,
    // though it is the children's time to walk over.
    let mut due = desk.fork();
    due.keys("tab").sees("Due   No 1   walk over now");
    due.keys("enter");
    enter_is(&due, "Enter   Mark goes to Elm, 10:05");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   Mark goes to Elm, 10:05");
    let mut fork = desk.fork();
    fork.keys("tab").sees_not("Elm").sees_not("Mark");
    enter_is(&fork, "Wait   for the other side. Esc board");
    assert_eq!(writes(&mut desk, "enter"), ["moved"]);
    desk.keys("1 enter");
    enter_is(&desk, "Enter   Priya takes Oscar over, 10:05");
    desk.sees_not("Elm").sees_not("Mark");
    assert_eq!(writes(&mut desk, "enter"), ["walked"]);
    assert_eq!((place(&desk, "Oscar"), has(&desk, "Oscar")), ("elm".into(), "Priya".into()));
    assert_eq!(stage(&desk), Stage::Together);
    desk.sees("together    ends 11:00");
    desk.reloads();
}

#[test]
fn ten_minutes_before_the_end_it_is_said_and_the_child_leaves_first() {
    let mut desk = together(one_to_one());
    desk.keys("@10:49 1 enter");
    enter_is(&desk, "Wait   until 11:00. d leaves with  e leaves early  s contact  Esc board");
    desk.keys("esc @10:50 1 enter");
    enter_is(&desk, "Enter   ten minutes are left: it was said, 10:50");
    assert_eq!(writes(&mut desk, "enter enter"), ["ten minutes"]);
    desk.keys("esc @11:00 1 enter");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter").sees("Priya walks Oscar back first, at 11:00.");
    assert_eq!(writes(&mut desk, "1"), ["walked", "child left", "adult left"]);
    desk.keys("1 enter").sees("The side that visits");
    enter_is(&desk, "Wait   they stay here until 11:15. x it has happened  r Ruth says so");
    desk.keys("esc @11:15 1 enter");
    enter_is(&desk, "Enter   Mark leaves by the front door, 11:15");
    assert_eq!(writes(&mut desk, "enter"), ["adult left"]);
    assert_eq!(stage(&desk), Stage::Home);
    assert_eq!(session(&desk).contact_minutes(desk.now), 55);
    desk.reloads();
}

#[test]
fn at_the_end_nobody_is_there_to_take_them_and_the_supervisor_has_them_out_of_the_room() {
    let mut desk = together(one_to_one());
    desk.keys("1 enter o 1");
    assert_eq!(place(&desk, "Beth"), "");
    desk.keys("@11:00 1 enter");
    // If Beth is back, Enter lets her in; if she is not, the other card has the step.
    enter_is(&desk, "Enter   Beth arrives by the front door, waiting room, 11:00");
    desk.keys("tab");
    enter_is(&desk, "Enter   Priya takes Oscar back, 11:00");
    assert_eq!(writes(&mut desk, "enter"), ["walked"]);
    assert_eq!((place(&desk, "Oscar"), has(&desk, "Oscar")), ("waiting".into(), "Priya".into()));
    assert!(!session(&desk).is_together());
    desk.keys("@11:06 1 enter");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter 1");
    assert!(matches!(stage(&desk), Stage::Stays(_)));
    desk.reloads();
}

#[test]
fn another_worker_who_has_the_child_never_takes_them_into_the_room() {
    let mut desk = both_here(one_to_one());
    desk.keys("1 enter enter 2");
    assert_eq!(has(&desk, "Oscar"), "Sam");
    // Enter would change who has the child: a digit does.
    desk.keys("1 enter");
    enter_is(&desk, "Enter   asks who has Oscar from here");
    let mut fork = desk.fork();
    fork.keys("m 3");
    assert_eq!(place(&fork, "Oscar"), "waiting", "not to where Mark is");
    desk.keys("enter 4 1 enter enter 1 enter enter");
    assert_eq!(has(&desk, "Oscar"), "Priya");
    assert!(session(&desk).is_together());
    desk.reloads();
}

/// By no way into contact with a worker who is not named: neither the child to the adult, nor the adult to the child.
#[test]
fn contact_is_with_the_supervisor_or_not_at_all() {
    let mut desk = both_here(one_to_one());
    desk.keys("1 enter enter 2");
    let (id, elm) = (hand::session(&desk, 1), Code::new("elm"));
    let child = hand::people(&desk, 1, "Oscar");
    let mark = hand::people(&desk, 1, "Mark");
    let to = |people: &[_], place: &str| {
        Command::May(Permission::Move { session: id, people: people.to_vec(), place: Code::new(place) })
    };
    assert!(!desk.write(&to(&mark, "waiting"), None, doorbook::app::Then::Stay), "Mark to where Sam has Oscar");
    assert!(!desk.write(&to(&child, "small"), None, doorbook::app::Then::Stay), "Sam with Oscar to Mark");
    // Nor straight from the door, once he has been out of it.
    let mut again = Desk::kinds("09:45", &[one_to_one()]);
    again.keys("1 enter enter 1 enter s 7 2");
    assert_eq!((has(&again, "Oscar"), place(&again, "Oscar")), ("Sam".into(), "waiting".into()));
    let (session, people) = (hand::session(&again, 1), hand::people(&again, 1, "Mark"));
    let (door, place) = (Code::new("front"), Code::new("waiting"));
    let let_in = Command::May(Permission::LetIn { session, people, door, place, carer: None });
    assert!(!again.write(&let_in, None, doorbook::app::Then::Stay), "Mark let in to where Sam has Oscar");
    let sam = hand::staff(&desk, "Sam");
    let walk = |walker, into| {
        Command::May(Permission::Walk { session: id, children: child.clone(), walker, place: elm.clone(), into })
    };
    hand::write(&mut desk, &to(&mark, "elm"));
    assert!(!desk.write(&walk(sam, Carer::Worker(sam)), None, doorbook::app::Then::Stay), "Sam takes Oscar in");
    assert!(!desk.write(&walk(sam, Carer::Adult(mark[0])), None, doorbook::app::Then::Stay), "to Mark alone");
    let priya = hand::staff(&desk, "Priya");
    hand::write(&mut desk, &walk(priya, Carer::Worker(priya)));
    for carer in [Carer::Worker(sam), Carer::Adult(mark[0])] {
        let give = Command::May(Permission::Give { session: id, children: child.clone(), carer });
        assert!(!desk.write(&give, None, doorbook::app::Then::Stay), "{carer:?}");
    }
    assert_eq!(has(&desk, "Oscar"), "Priya");
}

#[test]
fn a_pause_is_timed_and_the_supervisor_has_the_child_throughout() {
    let mut desk = together(one_to_one());
    desk.keys("@10:20 1 enter s").sees("1   a pause").sees("7   a worker has them from here");
    assert!(writes(&mut desk, "enter enter").is_empty(), "no letter writes, nor Enter after it");
    desk.keys("1").sees("1   toilet").sees("Priya has the children throughout, wherever they go.");
    desk.keys("1").sees("Where does Oscar B go meanwhile?").sees("0   nowhere: they stay in the room");
    desk.sees_not("Elm");
    assert_eq!(writes(&mut desk, "2"), ["paused", "moved"]);
    assert_eq!((place(&desk, "Oscar"), has(&desk, "Oscar")), ("waiting".into(), "Priya".into()));
    desk.keys("@10:24").sees("together    ends 11:00");
    desk.keys("1 enter").sees("Now     paused since 10:20, 4 minutes").sees_not("toilet");
    enter_is(&desk, "Enter   contact goes on, 10:24");
    desk.keys("f5").sees("paused since 10:20, 4 minutes: toilet").sees("Priya supervises").sees("paused 4 min");
    desk.keys("f5");
    assert_eq!(writes(&mut desk, "enter"), ["resumed", "moved"]);
    assert_eq!((place(&desk, "Oscar"), has(&desk, "Oscar")), ("elm".into(), "Priya".into()));
    desk.keys("@11:00");
    assert_eq!(session(&desk).contact_minutes(desk.now), 51);
    assert_eq!(session(&desk).paused_minutes(desk.now), 4);
    desk.reloads();
}

#[test]
fn a_pause_in_the_room_counts_as_none_of_contact() {
    let mut desk = together(one_to_one());
    desk.keys("@10:15 1 enter s 1 3 0 @10:25");
    assert_eq!(place(&desk, "Oscar"), "elm");
    desk.sees("together    ends 11:00");
    desk.keys("1 enter s 1");
    enter_is(&desk, "Wait   it is paused since 10:15. 2 goes on");
    assert_eq!(writes(&mut desk, "2"), ["resumed"]);
    assert_eq!(session(&desk).contact_minutes(desk.now), 10);
    desk.keys("1 enter s 2");
    enter_is(&desk, "Wait   it is not paused");
    desk.reloads();
}

#[test]
fn a_pause_that_runs_into_the_end_is_not_gone_on_with() {
    let mut desk = together(one_to_one());
    desk.keys("@10:55 1 enter s 1 2 2 @11:00 1 enter");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter 1");
    assert!(!session(&desk).is_paused(), "with the last child gone");
    assert_eq!(session(&desk).contact_minutes(desk.now), 50);
    desk.reloads();
}

#[test]
fn a_power_cut_in_a_pause_forgets_nothing() {
    let mut desk = together(one_to_one());
    desk.keys("@10:20 1 enter s 1 1 2 @10:27");
    let mut again = desk.restarted();
    assert!(session(&again).is_paused());
    assert_eq!(has(&again, "Oscar"), "Priya");
    again.app.who = desk.app.who;
    again.app.to_board();
    again.sees("together    ends 11:00");
    again.keys("1 enter");
    enter_is(&again, "Enter   contact goes on, 10:27");
}

#[test]
fn minutes_owed_are_offered_by_the_times_of_today() {
    let mut desk = together(one_to_one());
    desk.keys("@10:50 1 enter e 3 4");
    assert!(matches!(stage(&desk), Stage::Leaving), "{:?}", stage(&desk));
    desk.keys("1 enter s 4").sees("1   5 minutes                     began late");
    desk.sees("2   10 minutes                    ended before its time").sees("3   15 minutes                    both");
    desk.keys("3").sees("15 minutes are owed. Why?").sees("2   transport was late");
    desk.keys("2").sees("15 minutes are owed: transport was late. To whom?");
    assert!(writes(&mut desk, "enter enter").is_empty());
    assert_eq!(writes(&mut desk, "1"), ["owed"]);
    let owed = &session(&desk).owed[0];
    assert_eq!((owed.minutes, owed.party, owed.why.as_str()), (15, Party::Visits, "W-TRP"));
    desk.keys("1 enter f5").sees("Owed    15 min to the side that visits, transport was late");
    desk.keys("s").sees("15 so far");
    desk.reloads();
}

#[test]
fn the_report_is_due_in_working_days_and_is_the_supervisors() {
    let mut desk = together(one_to_one());
    desk.keys("1 enter s 6").sees("4   Priya                         has them throughout");
    desk.keys("4").sees("1   10 working days               Friday 4 December").sees("bank holidays are not known");
    assert_eq!(writes(&mut desk, "1"), ["report"]);
    let report = session(&desk).report.unwrap();
    assert_eq!((report.owner, report.due.to_string()), (hand::staff(&desk, "Priya"), "2026-12-04".to_owned()));
    desk.keys("f5 1 enter").sees("Report  Priya writes it, by Friday 4 December");
    desk.keys("esc f3").sees("Priya writes the report by Friday 4 December");
    desk.reloads();
}

#[test]
fn another_takes_over_in_the_middle_and_has_the_child_at_once() {
    let mut desk = together(one_to_one());
    desk.keys("@10:30 1 enter s 5").sees("Oscar B is with Priya now: with whom you name from 10:30 on.");
    assert_eq!(writes(&mut desk, "3"), ["named", "given to"]);
    assert_eq!(has(&desk, "Oscar"), "Walter");
    assert!(session(&desk).is_together());
    // Priya may leave, Walter may not.
    desk.keys("f2 4").sees("Priya is off shift");
    desk.keys("3").sees("Walter has a child here and stays");
    desk.keys("esc @11:00 1 enter enter").sees("Walter walks Oscar back first");
    desk.keys("1 ctrl-z 1 1 enter");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.reloads();
}

#[test]
fn without_a_supervisor_the_child_stays_with_their_own() {
    let mut desk = both_here(one_to_one().supervised_by(None));
    desk.keys("1 enter");
    enter_is(&desk, "Wait   no worker is named for this session. s names one, or Ruth decides");
    desk.keys("tab");
    enter_is(&desk, "Wait   no worker is named for this session. s names one, or Ruth decides");
    desk.keys("tab s").sees("5   who has them throughout             nobody yet");
    assert_eq!(writes(&mut desk, "5 3"), ["named"]);
    desk.keys("1 enter enter").sees("3   Walter                        has them throughout");
    desk.keys("3 1 enter enter 1 enter enter");
    assert_eq!(has(&desk, "Oscar"), "Walter");
    assert!(session(&desk).is_together());
    desk.reloads();
}

#[test]
fn a_supervisor_who_has_not_come_is_waited_for_and_then_it_is_not_held() {
    let mut desk = both_here(one_to_one());
    desk.keys("f2 4 esc 1 enter");
    enter_is(&desk, "Wait   Priya is not on shift. F2 signs them in; s names another, or Ruth decides");
    let mut comes = desk.fork();
    comes.keys("f2 4 esc 1 enter");
    enter_is(&comes, "Enter   asks who has Oscar from here");
    // She does not: the child was tried, and goes home with Beth; then Mark may go.
    desk.keys("esc @10:20 1 enter d 1 @10:35 1 enter enter");
    assert_eq!(desk.app.day().unwrap().outcome(session(&desk)), Outcome::NotHeld);
    assert_eq!(session(&desk).contact_minutes(desk.now), 0);
    desk.reloads();
}

#[test]
fn a_visiting_side_that_is_late_beyond_the_grace_is_not_waited_for() {
    let mut desk = Desk::kinds("09:55", &[one_to_one()]);
    desk.keys("1 enter enter @10:02").sees("late 17").sees("ring them");
    desk.keys("1 enter").sees("The side that visits");
    desk.keys("tab");
    enter_is(&desk, "Wait   for the other side. Esc board");
    // Nobody meets the child before there is somebody to see.
    assert!(writes(&mut desk, "enter enter").is_empty());
    desk.keys("tab a 0 enter");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter 1");
    assert_eq!(desk.app.day().unwrap().outcome(session(&desk)), Outcome::NotHeld);
    desk.reloads();
}

#[test]
fn an_escort_who_cannot_wait_leaves_the_child_with_the_supervisor() {
    let mut desk = Desk::kinds("09:50", &[one_to_one()]);
    desk.keys("1 enter enter 1 enter s 7 4");
    assert_eq!(has(&desk, "Oscar"), "Priya");
    assert_eq!(writes(&mut desk, "1 enter tab o 1"), ["other"], "Beth goes out, and can be rung");
    desk.keys("@09:58 1 enter").sees("The side that visits");
    desk.keys("enter @10:00 1 enter enter 1 enter enter");
    assert!(session(&desk).is_together(), "{}", desk.screen());
    desk.reloads();
}

#[test]
fn it_ends_early_and_the_supervisor_takes_the_child_back_first() {
    let mut desk = together(one_to_one());
    desk.keys("@10:30 1 enter tab e").sees("Contact ends before its time. Why?");
    desk.keys("2").sees("Who walks Oscar B back?");
    assert_eq!(writes(&mut desk, "4"), ["early", "walked"]);
    assert_eq!((place(&desk, "Oscar"), has(&desk, "Oscar")), ("waiting".into(), "Beth".into()));
    // The adult goes first, and the child's side stays.
    desk.keys("1 enter tab").sees("The side that visits");
    enter_is(&desk, "Enter   Mark leaves by the front door, 10:30");
    desk.keys("enter 1 enter");
    enter_is(&desk, "Wait   they stay here until 10:40. x it has happened");
    desk.keys("esc @10:40 1 enter enter 1");
    assert_eq!(desk.app.day().unwrap().outcome(session(&desk)), Outcome::HeldShort);
    assert_eq!(session(&desk).contact_minutes(desk.now), 25);
    desk.reloads();
}

#[test]
fn it_ends_in_a_pause_and_the_pause_ends_with_it() {
    let mut desk = together(one_to_one());
    desk.keys("@10:20 1 enter s 1 2 2 @10:28 1 enter e 3 enter");
    assert!(!session(&desk).is_paused());
    assert_eq!(session(&desk).paused_minutes(desk.now), 8);
    assert_eq!(has(&desk, "Oscar"), "Priya");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   asks who takes Oscar");
    desk.keys("enter 1");
    assert!(matches!(stage(&desk), Stage::Stays(_)));
    desk.reloads();
}

#[test]
fn a_child_who_will_not_go_in_again_took_part_until_then() {
    let mut desk = together(one_to_one());
    desk.keys("@10:20 1 enter s 1 2 2 @10:26 1 enter n 2 enter");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   contact goes on, 10:26");
    desk.keys("d 1 @10:45 1 enter enter");
    assert_eq!(stage(&desk), Stage::Home);
    assert_eq!(session(&desk).contact_minutes(desk.now), 15);
    desk.reloads();
}

#[test]
fn of_two_children_one_takes_part_and_one_does_not() {
    let mut desk = both_here(one_to_one().child("Zara", 5));
    desk.keys("1 enter 2 n 1 enter");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   asks who has Oscar from here");
    desk.keys("enter 4 1 enter enter 1 enter enter");
    assert_eq!((has(&desk, "Oscar"), has(&desk, "Zara")), ("Priya".into(), "Beth".into()));
    assert_eq!((place(&desk, "Oscar"), place(&desk, "Zara")), ("elm".into(), "waiting".into()));
    desk.keys("f5").sees("Priya +1");
    desk.reloads();
}

#[test]
fn a_child_who_comes_later_is_met_and_taken_in_as_well() {
    let mut desk = Desk::kinds("09:45", &[one_to_one().child("Zara", 5).collects("Gwen", "aunt")]);
    desk.keys("1 enter tab enter @10:00 1 enter 3 enter @10:05 1 enter enter 4");
    assert_eq!(session(&desk).children().filter(|(_, a)| a.is_in()).count(), 1);
    desk.keys("1 enter enter 1 enter enter");
    assert!(session(&desk).is_together(), "{}", desk.screen());
    desk.keys("@10:15 1 enter 1 2 3 enter");
    assert_eq!(has(&desk, "Zara"), "Beth");
    desk.keys("1 enter");
    enter_is(&desk, "Enter   asks who has Zara from here");
    desk.keys("enter 4 1 enter");
    enter_is(&desk, "Enter   Priya takes Zara over, 10:15");
    desk.keys("enter");
    assert_eq!((place(&desk, "Zara"), has(&desk, "Zara")), ("elm".into(), "Priya".into()));
    desk.reloads();
}

#[test]
fn a_permitted_visitor_goes_to_the_room_as_well() {
    let mut desk = Desk::kinds("09:45", &[one_to_one().visitor("Una", Standing::Visitor, "grandmother")]);
    desk.keys("1 enter tab 2 enter @10:00 1 enter enter 1 enter enter 4 1 enter");
    enter_is(&desk, "Enter   Mark and Una go to Elm, 10:00");
    desk.keys("enter 1 enter enter");
    assert!(session(&desk).is_together());
    desk.reloads();
}

/// Every act of the course is taken back by one key, and what was before stands.
#[test]
fn each_act_is_taken_back() {
    let acts = ["s 1 1 2", "s 1 3 0", "s 3", "s 4 1 1 1", "s 5 3", "s 6 4 1", "e 2 4"];
    for act in acts {
        let mut desk = together(one_to_one());
        desk.keys("@10:20");
        let before = format!("{:?}", session(&desk));
        desk.keys("1 enter");
        assert!(!writes(&mut desk, act).is_empty(), "{act}");
        assert_ne!(format!("{:?}", session(&desk)), before, "{act}");
        desk.keys("ctrl-z 1");
        assert_eq!(format!("{:?}", session(&desk)), before, "{act}");
        assert!(!session(&desk).is_paused() && session(&desk).is_together());
        desk.reloads();
    }
    let mut desk = together(one_to_one());
    desk.keys("@10:20 1 enter s 1 1 2 @10:25 1 enter enter ctrl-z 1");
    assert!(session(&desk).is_paused(), "that it goes on is taken back");
    assert_eq!(place(&desk, "Oscar"), "waiting");
    desk.reloads();
}

/// A letter, then the wrong digits: nothing is written that the question did not name.
#[test]
fn no_letter_writes_and_what_cannot_be_says_why() {
    let mut desk = both_here(one_to_one());
    desk.keys("1 enter s 1");
    enter_is(&desk, "Wait   they are not together here");
    assert!(writes(&mut desk, "enter 2 enter 3 enter 9 enter").is_empty());
    let mut supported = Desk::kinds("09:45", &[Case::of(ContactKind::Supported)]);
    supported.keys("1 enter s");
    supported.sees_not("what is it?");
    assert!(writes(&mut supported, "enter").is_empty(), "a letter that does nothing, then Enter is Wait");
}

#[test]
fn a_time_set_back_holds_for_a_pause_and_for_going_on() {
    let mut desk = together(one_to_one());
    desk.keys("@10:30 1 enter minus 6 enter s 1 1 2");
    desk.keys("1 enter minus 2 enter s 2");
    let pause = &session(&desk).pauses[0];
    assert_eq!(pause.at.format("%H:%M").to_string(), "10:24");
    assert_eq!(pause.until.unwrap().format("%H:%M").to_string(), "10:28");
    desk.reloads();
}

/// The tenth worker, and those above: the number goes on until it is one of them.
#[test]
fn a_team_of_twelve_is_picked_by_number() {
    let mut desk = Desk::with(doorbook::run::setup::Families::None, "2026-11-21T08:55");
    desk.with_case(&one_to_one());
    for (number, name) in (6..=12).zip(["Fay", "Gil", "Hana", "Ivo", "Jo", "Kim", "Lou"]) {
        desk.with_worker(number, name, Role::Volunteer);
    }
    desk.keys("5 f2 1 enter 2 3 4 6 7 8 9 1 0 1 1 1 2 esc @09:45 1 enter tab enter @10:00 1 enter enter");
    desk.keys("1 enter enter").sees("12  Lou").sees("10  Jo").sees("1-12 answer");
    let mut tenth = desk.fork();
    tenth.keys("1");
    enter_is(&tenth, "1_   Ruth: Who has Oscar B from here? Or the next digit");
    assert_eq!(has(&tenth, "Oscar"), "Beth");
    tenth.keys("0");
    assert_eq!(has(&tenth, "Oscar"), "Jo");
    let mut first = desk.fork();
    first.keys("1 enter");
    assert_eq!(has(&first, "Oscar"), "Ruth");
    let mut back = desk.fork();
    back.keys("1 esc").sees("12  Lou");
    enter_is(&back, "Wait   a number has the children from here; Enter does not");
    desk.keys("4");
    assert_eq!(has(&desk, "Oscar"), "Priya");
}

/// What a script may read of it: times, codes and ids, no words.
#[test]
fn the_day_as_data_has_pauses_minutes_and_the_report() {
    let mut desk = together(one_to_one());
    desk.keys("@10:20 1 enter s 1 1 2");
    let paused = doorbook::export::day(&desk.app.register, desk.app.date, desk.now);
    assert_eq!(paused.sessions[0].stage, "paused");
    assert_eq!(paused.pauses[0].until, None);
    desk.keys("@10:24 1 enter enter @10:52 1 enter enter 1 enter s 4 1 1 1 1 enter s 6 4 1 @11:00");
    let day = doorbook::export::day(&desk.app.register, desk.app.date, desk.now);
    let session = &day.sessions[0];
    assert_eq!((session.stage.as_str(), session.contact_minutes), ("together", 51));
    assert!(session.ten_minutes.as_ref().unwrap().starts_with("2026-11-21T10:52"));
    assert_eq!(session.report_due.as_deref(), Some("2026-12-04"));
    assert_eq!((session.report_by.as_ref(), session.supervisor.is_some()), (session.supervisor.as_ref(), true));
    assert_eq!((day.pauses[0].code.as_str(), day.pauses[0].until.is_some()), ("P-TOI", true));
    assert_eq!((day.owed[0].minutes, day.owed[0].side.as_str(), day.owed[0].code.as_str()), (5, "visits", "W-CEN"));
    let of = |side: &str| day.people.iter().find(|p| p.side == side).unwrap().contact_minutes;
    assert_eq!((of("CHI"), of("NRP")), (Some(51), None));
}

//! What goes wrong (domain.md 2.6 and the Saturday): each row worked at the desk, with its entries and the words on
//! screen. No word of it may tell somebody in the lobby why.

use doorbook::domain::close;
use doorbook::domain::codes::{ContactKind, Party, Rule};
use doorbook::domain::day::{Outcome, Presence, Session, Stage};
use doorbook::domain::decide::{Command, Record};
use doorbook::domain::event::{Basis, DoorEvent, Event, Leaving, NoteEvent, OutFor};

use super::hand;
use super::harness::Desk;
use super::kinds::Case;

fn session(desk: &Desk, no: u16) -> &Session {
    desk.app.day().unwrap().numbered(no).unwrap()
}

fn stage(desk: &Desk, no: u16) -> Stage {
    desk.app.day().unwrap().stage(session(desk, no), desk.now)
}

fn outcome(desk: &Desk, no: u16) -> Outcome {
    desk.app.day().unwrap().outcome(session(desk, no))
}

/// What a person of a session is at.
fn presence<'a>(desk: &'a Desk, no: u16, name: &str) -> Presence<'a> {
    let person = hand::people(desk, no, name)[0];
    session(desk, no).of(person).unwrap().presence()
}

/// The events of the door since so many entries, by their own name.
fn door_since(desk: &Desk, since: usize) -> Vec<DoorEvent> {
    let door = |e: &doorbook::domain::event::Entry| match e.event.open() {
        Some(Event::Door(event)) => Some(event.clone()),
        _ => None,
    };
    desk.log[since..].iter().filter_map(door).collect()
}

/// The kinds of the notes since so many entries.
fn notes_since(desk: &Desk, since: usize) -> Vec<String> {
    let told = |e: &doorbook::domain::event::Entry| match e.event.open() {
        Some(Event::Note(NoteEvent::Told { account, .. })) => Some(account.open()?.kind.as_ref()?.to_string()),
        _ => None,
    };
    desk.log[since..].iter().filter_map(told).collect()
}

/// Words that the lobby never reads, on the screen as it is now.
#[track_caller]
fn lobby(desk: &Desk) {
    let screen = desk.screen();
    let low = screen.to_lowercase();
    let words = ["drunk", "intox", "risk", "incident", "safeguard", "refused", "turned away", "banned", "no-show"];
    for word in words.into_iter().chain(["absent", "non-resident", "non-molest", "bail", "keep apart", "do not meet"]) {
        assert!(!low.contains(word), "{word} on\n{screen}");
    }
    for code in ["METX", "INTX", "UNCO", "RETN", "NRP", "ABDU", "07700 900"] {
        assert!(!screen.contains(code), "{code} on\n{screen}");
    }
}

/// Types a script, and reads every screen of it as somebody in the lobby would.
#[track_caller]
fn read_out(desk: &mut Desk, script: &str) {
    for token in script.split_whitespace() {
        desk.keys(token);
        lobby(desk);
    }
}

/// Both sides of these arrive and the children are walked over by Sam.
fn together(desk: &mut Desk, nos: &[u16]) {
    for no in nos {
        desk.keys(&format!("{no} enter enter {no} enter enter {no} enter enter 2"));
        assert_eq!(stage(desk, *no), Stage::Together, "{}", desk.screen());
    }
}

/// No 9: Helen has brought Grace, Sam has her, Helen has gone; Peter has taken her out until 16:30.
fn grace_is_out() -> Desk {
    let mut desk = Desk::saturday("10:17");
    read_out(&mut desk, "9 enter enter 9 enter enter 2 9 enter enter @10:30 9 enter enter 9 enter enter 1");
    desk
}

#[test]
fn a_handover_out_and_back_keeps_one_adult_and_the_gap() {
    let mut desk = Desk::saturday("10:17");
    desk.keys("9 enter enter 9 enter");
    assert_eq!(desk.enter(), "Enter   asks who has Grace from here");
    desk.keys("enter").sees("Who has Grace F from here?");
    let before = desk.written();
    desk.keys("enter enter");
    assert_eq!(desk.written(), before, "Enter does not say who has a child");
    desk.keys("2 9 enter").sees("One of us has Grace. You may go when you are ready.");
    assert!(desk.enter().starts_with("Enter   Helen leaves"), "{}", desk.enter());
    desk.keys("enter");
    // Peter, seven minutes later: not yet.
    desk.keys("@10:24 9 enter");
    assert!(desk.enter().starts_with("Wait   not until 10:27"), "{}", desk.enter());
    desk.sees_not("Helen");
    desk.keys("esc @10:30 9 enter enter 9 enter").sees("Please be back here by 16:30");
    desk.keys("o").sees("Who goes out with Grace F?").sees("number that ends in 192").sees("Back here at 16:30");
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before);
    desk.keys("1").sees("out 16:30");
    assert!(matches!(stage(&desk, 9), Stage::Out(Some(_))));
    let day = desk.app.day().unwrap();
    assert_eq!((day.heads().children, day.heads().adults), (0, 0), "out is on no fire roll");
    desk.keys("f9").sees("Grace, Peter, out to 16:30");
    // Back: a worker has her, Peter goes, and only then does Helen collect.
    desk.keys("esc @16:30 9 enter enter").sees("Who of the team has the children?");
    desk.keys("1 9 enter enter @16:32 9 enter");
    assert!(desk.enter().starts_with("Wait   not until 16:40"), "{}", desk.enter());
    let before = desk.written();
    desk.keys("d 1");
    assert_eq!(desk.written(), before, "nor by the letter");
    desk.keys("esc esc @16:41 9 enter enter 1");
    assert_eq!((stage(&desk, 9), outcome(&desk, 9)), (Stage::Home, Outcome::Held));
    desk.reloads();
}

#[test]
fn where_they_go_and_another_time_are_asked_and_may_stay_empty() {
    let mut desk = Desk::saturday("10:17");
    desk.keys("9 enter enter 9 enter enter 2 9 enter enter @10:30 9 enter enter 9 enter o");
    desk.keys("7 enter").sees("Who goes out with Grace F?").sees("number that ends in 192");
    desk.keys("7 \"Swimming tab \"07700900555 enter").sees("They go to Swimming. Reached on 07700900555.");
    desk.keys("8 0 \"99").keys("enter").sees("When is Grace F back?");
    desk.keys("bksp bksp \"1700");
    assert_eq!(desk.enter(), "Enter   back at 17:00; nothing is written yet");
    let before = desk.written();
    desk.keys("enter 8 4");
    desk.sees("Back here at 16:45");
    assert_eq!(desk.written(), before);
    desk.keys("1").sees("out 16:45");
    let out = door_since(&desk, before).into_iter().find_map(|e| match e {
        DoorEvent::WentOut { out: OutFor::WithVisiting { to, number, .. }, .. } => Some((to, number)),
        _ => None,
    });
    let (to, number) = out.unwrap();
    assert_eq!((to.as_str(), number.unwrap().as_str()), ("Swimming", "07700900555"));
    desk.reloads();
}

#[test]
fn a_handover_out_only_leaves_nothing_open_and_sunday_is_another_session() {
    let mut desk = Desk::saturday("10:17");
    desk.keys("1 0 enter enter 1 0 enter enter 3 1 0 enter enter @10:30 1 0 enter enter 1 0 enter");
    desk.keys("enter").sees("They do not come back here today.").sees_not("back at another time");
    let before = desk.written();
    desk.keys("1");
    let left = door_since(&desk, before);
    assert!(matches!(&left[0], DoorEvent::ChildLeft { basis: Basis::Handover(_), leaving: Leaving::LetGo, .. }));
    assert_eq!((stage(&desk, 10), outcome(&desk, 10)), (Stage::Home, Outcome::Held));
    let id = session(&desk, 10).id();
    let open = close::questions(desk.app.day().unwrap(), desk.now);
    assert!(open.iter().all(|q| q.about.card().is_none_or(|(s, _)| s != id)), "{open:?}");
    desk.reloads();

    // Sunday: back only. The children come with the side that visits, a worker has them, and they go home.
    let mut desk = Desk::with(doorbook::run::setup::Families::Invented, "2026-11-22T16:40");
    desk.keys("5 f2 1 2 3 4 esc").sees("Daniel, Ruby");
    desk.keys("@16:46 1 enter").sees("Adam S").sees("The side that visits").sees_not("Rachel");
    desk.keys("enter").sees("Daniel S and Ruby S: brought here.");
    desk.keys("2 1 enter enter @17:01 1 enter enter").sees("Who takes Daniel S and Ruby S?");
    desk.keys("1");
    assert_eq!((stage(&desk, 1), outcome(&desk, 1)), (Stage::Home, Outcome::Held));
    desk.reloads();
}

#[test]
fn early_with_the_other_side_in_the_lobby_waits_in_the_car_and_is_rung() {
    let mut desk = Desk::saturday("10:17");
    read_out(&mut desk, "9 enter enter @10:20 9 enter tab");
    assert!(desk.enter().starts_with("Wait   not yet. "), "{}", desk.enter());
    desk.sees_not("Helen");
    desk.keys("esc 9 enter enter 2 9 enter enter @10:22 9 enter m").sees("they wait in the car");
    desk.sees("ring them at 10:30");
    let before = desk.written();
    desk.keys("3");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::OnTheWay { party: Party::Visits, .. }]));
    desk.reloads();
}

#[test]
fn the_sides_met_is_written_where_it_was_and_nobody_is_asked_who_allowed_it() {
    let mut desk = Desk::saturday("10:27");
    desk.keys("9 enter x").sees("the hall, 10:27");
    let before = desk.written();
    desk.keys("1").sees("1 for Ruth");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::SidesMet { place, .. }] if place.as_str() == "hall"));
    assert_eq!(notes_since(&desk, before), ["METX"]);
    let before = desk.written();
    read_out(&mut desk, "9 enter x 6");
    desk.sees("Where did the two sides meet?").sees("the car park");
    read_out(&mut desk, "8");
    let met = door_since(&desk, before);
    assert!(matches!(&met[..], [DoorEvent::SidesMet { place, .. }] if place.as_str() == "carpark"), "{met:?}");
    desk.reloads();
}

#[test]
fn somebody_not_on_the_list_comes_alone_with_a_side_or_brings() {
    let mut desk = Desk::saturday("09:50");
    let before = desk.written();
    read_out(&mut desk, "1 enter tab v");
    desk.sees("Only people on the form today.");
    read_out(&mut desk, "\"Nan enter");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::UnlistedCame { party: Party::Visits, .. }]));
    assert_eq!(notes_since(&desk, before), ["UNAU"]);
    // The one who is on the list is let in all the same.
    desk.keys("1 enter tab enter");
    assert!(matches!(presence(&desk, 1, "Dan"), Presence::In(_)));
    // She brings the children: they are let in, Sam has them, and the mother is rung.
    read_out(&mut desk, "2 enter w 0 2");
    assert!(matches!(presence(&desk, 2, "Aleksander"), Presence::In(_)));
    assert!(!session(&desk, 2).of(hand::people(&desk, 2, "Piotr")[0]).unwrap().is_in());
    read_out(&mut desk, "2 enter tab c");
    desk.sees("Ring Piotr N, father: number ends in 121.");
    desk.reloads();
}

#[test]
fn a_child_who_is_upset_is_tried_for_so_many_minutes() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("6 enter enter 6 enter enter @10:20");
    let before = desk.written();
    read_out(&mut desk, "6 enter n minus 1 5 enter 2 enter");
    let no_part = door_since(&desk, before);
    let DoorEvent::TookNoPart { why, tried_from, .. } = &no_part[0] else { panic!("{no_part:?}") };
    assert_eq!((why.as_str(), tried_from.format("%H:%M").to_string().as_str()), ("C-UPS", "10:05"));
    assert_eq!(outcome(&desk, 6), Outcome::Open);
    desk.reloads();
}

#[test]
fn late_of_each_side_is_on_the_board_and_minutes_of_the_centre_are_owed() {
    let mut desk = Desk::saturday("10:02");
    desk.keys("1 enter enter 1 enter").sees("The side that visits");
    read_out(&mut desk, "l 3");
    assert!(desk.enter().contains("here about 10:12"), "{}", desk.enter());
    read_out(&mut desk, "enter");
    desk.sees("one side    due by 10:12");
    desk.keys("@10:20").sees("late 8");
    // The room was not ready: the centre owes ten minutes.
    let owe = Record::Owe {
        session: session(&desk, 2).id(),
        minutes: 10,
        party: Party::Visits,
        why: desk.app.policy().owed[0].code.clone(),
    };
    hand::write(&mut desk, &Command::Write(owe));
    assert_eq!(session(&desk, 2).owed[0].minutes, 10);
    desk.reloads();
}

#[test]
fn who_rang_and_is_late_all_the_same_stands_in_the_due_line() {
    let mut desk = Desk::kinds("10:02", &[Case::of(ContactKind::Supported)]);
    desk.sees("No 1   17 minutes late, no word: ring them");
    read_out(&mut desk, "1 enter tab l 1 enter @10:05");
    desk.sees("No 1   20 minutes late, rang: on the way");
    read_out(&mut desk, "1 enter tab l 3 enter");
    desk.sees("No 1   10 minutes late, no word yet");
    desk.reloads();
}

#[test]
fn a_visiting_adult_who_is_not_fit_is_not_let_in_and_ruth_is_told() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter 1 enter");
    let before = desk.written();
    read_out(&mut desk, "n");
    desk.sees("Dan R came and is not let in. Why?").sees("I cannot let you in today.");
    read_out(&mut desk, "1");
    desk.sees("reason 1").sees_not("Enter   not fit");
    read_out(&mut desk, "enter");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::NotAdmitted { why, .. }] if why.as_str() == "N-UNF"));
    assert_eq!(notes_since(&desk, before), ["INTX"]);
    desk.sees("1 for Ruth");
    // The children go home with who brought them, at once: no hold.
    desk.keys("1 enter enter 1");
    assert_eq!(outcome(&desk, 1), Outcome::NotHeld);
    desk.reloads();
}

#[test]
fn a_collecting_adult_who_is_not_fit_does_not_get_the_child() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[1]);
    let before = desk.written();
    read_out(&mut desk, "@12:00 1 enter d");
    desk.sees("k Mia and Leo stay here: do not hand over");
    read_out(&mut desk, "k");
    desk.sees("Who of the team has Mia H and Leo H?").sees("is told, and decides");
    read_out(&mut desk, "enter 3");
    let kept = door_since(&desk, before);
    let walter = hand::staff(&desk, "Walter");
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|e| matches!(e, DoorEvent::KeptHere { with, .. } if *with == walter)), "{kept:?}");
    desk.sees("1 for Ruth");
    // Ruth decides: the aunt takes them. The mother is still here, and goes by herself.
    desk.keys("@12:20 1 enter d").sees("Kate H");
    let before = desk.written();
    desk.keys("1");
    assert_eq!(desk.written(), before, "not the mother, nor anybody else, by three keys");
    desk.sees("was kept back: Ruth decides who takes them");
    desk.keys("2");
    assert_eq!(desk.written(), before);
    desk.keys("r").sees("Who allows it?");
    desk.keys("2 1 enter");
    assert!(matches!(presence(&desk, 1, "Mia"), Presence::Left));
    assert!(matches!(presence(&desk, 1, "Sarah"), Presence::In(_)));
    desk.keys("1 enter enter");
    assert!(matches!(presence(&desk, 1, "Sarah"), Presence::Left), "{}", desk.screen());
    desk.reloads();
}

#[test]
fn a_child_who_falls_ill_here_goes_home_first() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[5]);
    let before = desk.written();
    read_out(&mut desk, "@10:40 5 enter tab e 4 2");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::EndedEarly { .. }, DoorEvent::Walked { .. }]));
    desk.keys("5 enter f8 f8 8 enter");
    assert_eq!(notes_since(&desk, before), ["ACCI"]);
    desk.reloads();
}

#[test]
fn who_stays_when_contact_ends_early_hangs_on_who_ended_it() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[1, 5]);
    // The visitor goes: the carer's side stays.
    desk.keys("@11:40 5 enter tab e 2 2 5 enter tab");
    assert!(desk.enter().starts_with("Enter   Kev leaves"), "{}", desk.enter());
    desk.keys("enter 5 enter");
    assert!(desk.enter().starts_with("Wait   they stay here until 11:50"), "{}", desk.enter());
    // The team stops it: the children leave first, and the visitor stays.
    desk.keys("esc 1 enter tab e 5 2 1 enter tab");
    assert!(desk.enter().starts_with("Wait   they stay while a child is here"), "{}", desk.enter());
    desk.keys("esc 1 enter d 1 1 enter");
    assert!(desk.enter().starts_with("Wait   they stay here until 11:55"), "{}", desk.enter());
    desk.reloads();
}

#[test]
fn nobody_collects_and_each_call_is_one_digit() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[2]);
    desk.keys("@10:10 2 enter o 1 @12:01 2 enter k 0 2 @12:26");
    desk.sees("No 2   not collected, 25 min: ring 1st number");
    let before = desk.written();
    read_out(&mut desk, "2 enter c");
    desk.sees("Ring Piotr N, father: number ends in 121.").sees("no answer").sees("council duty team");
    read_out(&mut desk, "enter enter 2");
    assert_eq!(notes_since(&desk, before), ["UNCO"]);
    desk.sees("Ruth rings the duty team");
    read_out(&mut desk, "2 enter");
    desk.sees("12:26   rang Piotr N: no answer");
    read_out(&mut desk, "c");
    desk.sees("Ring council duty team");
    read_out(&mut desk, "4");
    desk.sees("Ring Piotr N, father").sees("Today 12:26 no answer.");
    read_out(&mut desk, "3");
    read_out(&mut desk, "2 enter c 1");
    assert_eq!(notes_since(&desk, before), ["UNCO"], "one note, not one a call");
    let ringing = door_since(&desk, before);
    assert_eq!(ringing.iter().filter(|e| matches!(e, DoorEvent::Called { .. })).count(), 3);
    // The duty team collects him: never blocked.
    desk.keys("@12:50 2 enter d 0 3 \"Ash tab \"0300 tab \"Duty enter");
    assert!(matches!(presence(&desk, 2, "Aleksander"), Presence::Left), "{}", desk.screen());
    desk.reloads();
}

#[test]
fn not_brought_back_is_rung_and_told() {
    let mut desk = grace_is_out();
    desk.keys("@16:29").sees_not("due back");
    desk.keys("@16:40").sees("No 9   due back 10 min ago");
    let mut desk = grace_is_out();
    desk.keys("@10:50 9 enter c 2");
    assert!(notes_since(&desk, 0).is_empty(), "a call before the time tells nobody");
    desk.keys("@16:50").sees("No 9   not back, 20 min: ring 1st number");
    read_out(&mut desk, "9 enter");
    desk.sees("c ring");
    let before = desk.written();
    read_out(&mut desk, "c");
    desk.sees("Ring Peter L");
    desk.keys("2");
    assert_eq!(notes_since(&desk, before), ["RETN"]);
    // Seen to have gone for good: written as taken, though by the book she is out.
    let before = desk.written();
    desk.keys("9 enter x 4").sees("Who took Grace F?");
    desk.keys("1");
    let taken = door_since(&desk, before);
    assert!(
        matches!(&taken[0], DoorEvent::ChildLeft { basis: Basis::TakenWithoutUs { by: Some(_) }, .. }),
        "{taken:?}"
    );
    assert_eq!(notes_since(&desk, before), ["ABDU"]);
    desk.reloads();
}

#[test]
fn somebody_tries_to_take_a_child_999_by_f8_alone_after_a_fresh_press() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[1]);
    desk.keys("1 f8 f8").sees_not("Ring 999 now");
    // A held key never opens it.
    for _ in 0..5 {
        desk.press_after(doorbook::app::key::Key::F(8), std::time::Duration::from_millis(33));
    }
    desk.sees_not("Ring 999 now");
    desk.keys("+2s f8").sees("Ring 999 now").sees("they ring us back on").sees("Mia").sees("Do not follow");
    desk.keys("esc esc").sees("Sides");
    let before = desk.written();
    desk.keys("1 enter x 4").sees("Who took Mia H and Leo H?").sees("Do not block, do not follow.");
    desk.keys("0");
    let taken = door_since(&desk, before);
    assert_eq!(taken.len(), 2);
    assert_eq!(notes_since(&desk, before), ["ABDU"]);
    assert!(desk.log[before].against.contains(&Rule::CheckedCollector));
    // Taken at the gate, before they were ever in by the book.
    let before = desk.written();
    desk.keys("5 enter x 4").sees("Who took Mia K?");
    desk.keys("0");
    assert!(matches!(presence(&desk, 5, "Mia"), Presence::Left));
    assert!(desk.log[before].against.contains(&Rule::TimesForward), "by the book she never came");
    desk.reloads();
}

#[test]
fn a_third_adult_is_written_and_the_one_on_the_list_comes_in() {
    let mut desk = Desk::saturday("10:00");
    desk.keys("5 enter tab enter");
    let before = desk.written();
    read_out(&mut desk, "5 enter tab v \"Bob enter");
    assert_eq!(notes_since(&desk, before), ["UNAU"]);
    desk.keys("5 enter tab").sees("Bob came with the side that visits: not on the list");
    desk.keys("tab").sees_not("Bob");
    desk.reloads();
}

#[test]
fn the_wrong_child_went_out() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter");
    let before = desk.written();
    read_out(&mut desk, "1 enter x 5");
    desk.sees("Which child of this card").sees("Mia H").sees("Leo H");
    read_out(&mut desk, "enter 2");
    assert!(matches!(presence(&desk, 1, "Leo"), Presence::Left));
    assert!(matches!(presence(&desk, 1, "Mia"), Presence::In(_)));
    assert_eq!(notes_since(&desk, before), ["MISS"]);
    // Found: ticked alone, and let in.
    desk.keys("1 enter tab 3 enter");
    assert!(matches!(presence(&desk, 1, "Leo"), Presence::In(_)), "{}", desk.screen());
    desk.reloads();
}

#[test]
fn fire_in_the_middle_of_it() {
    let mut desk = grace_is_out();
    desk.keys("@10:41 1 enter enter 1 enter enter 1 enter enter 2 2 enter enter 2 enter k 0 3");
    desk.keys("f9").sees("Grace, Peter, out to 16:30").sees("Mia H").sees("Aleksander");
    let roll = desk.app.day().unwrap().roll();
    assert_eq!(roll.len(), usize::from(desk.app.day().unwrap().heads().all()));
    assert!(desk.screen().contains("3 children"), "{}", desk.screen());
    let before = desk.written();
    desk.keys("enter enter f enter");
    assert!(desk.written() > before, "the muster is an entry");
    desk.reloads();
}

#[test]
fn who_takes_one_of_two_children_is_not_gone() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[1]);
    let before = desk.written();
    desk.keys("@11:30 1 enter 3 d").sees("Who takes Mia H?");
    desk.keys("1");
    let written = door_since(&desk, before);
    assert!(matches!(written.last(), Some(DoorEvent::WentOut { out: OutFor::Reachable, .. })), "{written:?}");
    assert!(matches!(presence(&desk, 1, "Leo"), Presence::In(_)));
    assert!(matches!(presence(&desk, 1, "Sarah"), Presence::Out(_)), "out, and to come back for Leo");
    desk.keys("@12:01 1 enter d").sees("Who takes Leo H?");
    desk.keys("1");
    assert!(matches!(presence(&desk, 1, "Sarah"), Presence::Left));
    assert!(matches!(stage(&desk, 1), Stage::Stays(_)));
    desk.reloads();
}

#[test]
fn a_carer_who_is_out_and_does_not_come_back_has_left() {
    let mut desk = Desk::saturday("09:50");
    together(&mut desk, &[2]);
    desk.keys("@10:10 2 enter o 1");
    let before = desk.written();
    desk.keys("@11:00 2 enter x").sees("Piotr N, 11:00");
    desk.keys("3");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::AdultLeft { leaving: Leaving::Seen, .. }]));
    assert!(matches!(presence(&desk, 2, "Piotr"), Presence::Left));
    desk.reloads();
}

#[test]
fn things_are_kept_and_given_back_before_their_side_goes() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter");
    let before = desk.written();
    read_out(&mut desk, "1 enter tab k");
    desk.sees("What do we keep?").sees("a child stays here: do not hand over");
    read_out(&mut desk, "3 enter");
    assert_eq!(desk.written(), before, "where it lies is asked");
    read_out(&mut desk, "\"fridge enter");
    assert!(matches!(&door_since(&desk, before)[..], [DoorEvent::ThingKept { party: Party::Brings, .. }]));
    desk.keys("1 enter enter 1 enter tab k 1 \"locker").keys("space 4 enter");
    desk.keys("1 enter tab").sees("Give back     phone, locker 4").sees_not("fridge");
    desk.keys("tab").sees("Give back     medicine, fridge").sees_not("locker");
    // Going home, and letting go: each is reminded of its own.
    desk.keys("esc 1 enter enter 2 @12:00 1 enter d").sees("Give back  medicine, fridge").sees_not("locker");
    desk.keys("esc g").sees("medicine, fridge");
    desk.keys("1 1 enter d 1 @12:16 1 enter");
    assert!(
        desk.enter().contains("Dan leaves by the front door, 12:16. First g: give back  phone, locker 4"),
        "{}",
        desk.enter()
    );
    desk.keys("g 1 1 enter");
    assert!(!desk.enter().contains("Give back"), "{}", desk.enter());
    desk.sees_not("Give back");
    desk.keys("enter");
    assert_eq!(stage(&desk, 1), Stage::Home);
    desk.reloads();
}

#[test]
fn new_papers_stop_contact_until_ruth_has_read_them() {
    let mut desk = Desk::saturday("09:50");
    desk.keys("1 enter enter 1 enter enter");
    let before = desk.written();
    read_out(&mut desk, "1 enter f");
    desk.sees("For Ruth: what is it about?").sees("new papers were shown");
    read_out(&mut desk, "2");
    assert!(desk.enter().contains("the children wait until Ruth has read them"), "{}", desk.enter());
    read_out(&mut desk, "enter");
    let left = desk.log[before].event.open();
    assert!(matches!(left, Some(Event::Note(NoteEvent::MessageLeft { kind, .. })) if kind.as_str() == "PAPERS"));
    read_out(&mut desk, "1 enter");
    desk.sees("See Ruth first.");
    let before = desk.written();
    desk.keys("enter 2");
    assert_eq!(desk.written(), before, "nobody is walked over");
    desk.sees("new papers were shown");
    // A new number, from the palette, with a few words.
    desk.keys("esc esc ctrl-p \"message enter").sees("For Ruth: what is it about?");
    desk.keys("1 \"07700").keys("enter").sees("a message for Ruth");
    // Never so long that it could tell how contact went.
    let long = "x".repeat(200);
    desk.keys(&format!("1 enter f 6 \"{long} enter"));
    assert_eq!(desk.app.day().unwrap().messages[2].words.as_str().len(), 60);
    assert_eq!(desk.app.day().unwrap().messages.len(), 3);
    assert_eq!(desk.app.day().unwrap().messages[1].words.as_str(), "07700");
    desk.reloads();
}

#[test]
fn the_999_card_says_where_and_which_number_rings_back() {
    let mut desk = Desk::practice("08:55");
    let mut policy = (*desk.app.policy()).clone();
    policy.address = doorbook::domain::text::Text::name("Church Lane, Bath BA1 1AA");
    policy.phone = doorbook::domain::text::Text::name("01632 960001");
    policy.version += 1;
    let set = Event::Centre(doorbook::domain::event::CentreEvent::PolicySet(Box::new(policy)));
    desk.files(vec![(doorbook::domain::event::FileRef::Centre, set)]);
    desk.keys("5 f2 1 2 3 4 esc 1 f8 f8 +2s f8");
    desk.sees("Church Lane, Bath BA1 1AA").sees("they ring us back on 01632 960001");
}

//! For Ruth: what waits, of any day; who reads what; what each digit does.

use doorbook::app::View;
use doorbook::domain::codes::{LeftOpen, Party, Role};
use doorbook::domain::decide::{Command, DayAct, NoteAct, Record};
use doorbook::domain::event::{About, Amendment, Answer, Event};
use doorbook::domain::ids::FileId;
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;

use super::hand::{not_coming, note, saturday, session, small_day, staff, takes, write};
use super::harness::Desk;

/// A note with words from Jean on No 6, one pressed by mistake, a message.
fn told() -> Desk {
    let mut desk = saturday("10:14", "Jean");
    note(&mut desk, 6);
    let about = {
        let of = desk.app.day().unwrap().numbered(6).unwrap();
        About::Session { session: of.id(), case: of.plan.case }
    };
    let id = desk.app.day().unwrap().notes[0].id;
    let (kind, words) = (Some(Code::new("REFU")), Text::note("he held on to the door"));
    write(&mut desk, &Command::Note(NoteAct::Tell { note: id, about, kind, words, paper: None }));
    desk.keys("@10:20");
    note(&mut desk, 4);
    let id = desk.app.day().unwrap().notes[1].id;
    write(&mut desk, &Command::Note(NoteAct::Mistake { note: id }));
    let session = Some(session(&desk, 2));
    let (kind, words) = (Code::new("PAPERS"), Text::note("a new order of 12 November"));
    write(&mut desk, &Command::Note(NoteAct::Leave { session, kind, words }));
    desk.app.to_board();
    desk
}

#[test]
fn the_list_is_opened_from_the_board_and_a_note_is_read_and_seen() {
    let mut desk = told();
    desk.sees("3 for Ruth");
    takes(&mut desk, "Ruth");
    desk.keys("!");
    assert_eq!(desk.app.view, View::Todo);
    insta::assert_snapshot!("todo_80", desk.screen());
    desk.sees("3 things wait").sees("Note 1, from Jean: child upset").sees("Note 2, from Jean, pressed by mistake");
    assert_eq!(desk.enter(), "Enter   reads it; nothing is written");
    let before = desk.written();
    desk.keys("enter");
    desk.sees("he held on to the door").sees("raised it");
    insta::assert_snapshot!("todo_note_80", desk.screen());
    desk.keys("enter +1s");
    assert_eq!(desk.written(), before, "reading writes nothing");
    desk.keys("1 1 down 1");
    assert_eq!(desk.written(), before + 3, "seen, seen, dealt with");
    desk.sees("Nothing waits.");
    desk.keys("esc");
    desk.sees_not("for Ruth");
    desk.reloads();
}

#[test]
fn others_see_that_it_is_there_and_read_nothing() {
    let mut desk = told();
    desk.keys("!");
    desk.sees("Note 1, from Jean").sees_not("child upset").sees_not("held on");
    assert_eq!(desk.enter(), "Wait   Ruth reads what others wrote. F6 changes the person");
    let before = desk.written();
    desk.keys("enter 1");
    desk.sees("Ruth marks it as seen").sees_not("held on");
    assert_eq!(desk.written(), before);
    desk.reloads();
}

#[test]
fn it_goes_dark_after_a_minute_and_is_never_in_lobby_view() {
    let mut desk = told();
    takes(&mut desk, "Ruth");
    desk.keys("! enter");
    desk.sees("held on to the door");
    desk.keys("+61s");
    assert_eq!(desk.app.view, View::Board);
    desk.sees_not("held on");
    desk.keys("! enter f5");
    desk.sees_not("held on");
    assert_eq!(desk.app.view, View::Board);
    desk.reloads();
}

#[test]
fn a_note_about_one_of_the_team_is_on_no_list_but_the_leads_and_the_chairs() {
    let mut desk = told();
    note(&mut desk, 6);
    let id = desk.app.day().unwrap().notes[2].id;
    let about = About::Worker { file: FileId(uuid::Uuid::from_u128(77)), staff: staff(&desk, "Sam") };
    let (kind, words) = (Some(Code::new("STAF")), Text::note("left them alone"));
    write(&mut desk, &Command::Note(NoteAct::Tell { note: id, about, kind, words, paper: None }));
    desk.app.to_board();
    desk.sees("3 for Ruth");
    takes(&mut desk, "Ruth");
    desk.keys("! right");
    desk.sees("3 things wait").sees_not("about the team").sees_not("left them alone").sees_not("Note 3");
    desk.keys("esc f3 f5");
    desk.sees_not("note 3");
    desk.keys("f5 esc");
    let (walter, sam) = (staff(&desk, "Walter"), staff(&desk, "Sam"));
    desk.app.register.team.get_mut(&walter).unwrap().role = Role::SafeguardingLead;
    desk.app.register.team.get_mut(&sam).unwrap().role = Role::Chair;
    // Not even the chair, where it is about the chair.
    takes(&mut desk, "Sam");
    desk.keys("!");
    desk.sees("Right: 0 about the team");
    takes(&mut desk, "Walter");
    desk.keys("esc ! right enter");
    desk.sees("left them alone").sees("About Sam, of the team");
    desk.keys("1");
    desk.sees("Nothing waits.").sees_not("note 3");
    assert!(desk.app.day().unwrap().notes[2].seen);
}

#[test]
fn a_session_lead_alone_closes_over_a_note_with_a_reason_and_it_stays_on_the_list() {
    let mut desk = small_day("Walter");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1");
    desk.sees("left open: Ruth could not be reached");
    insta::assert_snapshot!("todo_left_open_80", desk.screen());
    desk.keys("1");
    desk.sees("Ruth marks it as seen");
    desk.keys("+1s 3");
    let why = desk.entries().into_iter().find_map(|e| match e.event.open() {
        Some(Event::Amend(Amendment::Answered(Answer::NoteStands { why, .. }))) => Some(*why),
        _ => None,
    });
    assert_eq!(why, Some(Some(LeftOpen::NotReached)));
    assert_eq!(desk.enter(), "Enter   Walter signs Saturday 21 November 2026; after that only addenda");
    desk.keys("+1s tab enter");
    assert!(desk.app.day().unwrap().is_signed());
    takes(&mut desk, "Ruth");
    desk.keys("!");
    desk.sees("Note 1, from Walter, left open at the close");
    desk.keys("1");
    desk.sees("Nothing waits.");
    desk.reloads();
}

#[test]
fn a_note_pressed_by_mistake_costs_one_key_at_the_close() {
    let mut desk = small_day("Ruth");
    let id = desk.app.day().unwrap().notes[0].id;
    write(&mut desk, &Command::Note(NoteAct::Mistake { note: id }));
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1");
    desk.sees("was pressed by mistake.");
    desk.keys("1");
    desk.sees("Nothing stops the close");
    desk.reloads();
}

#[test]
fn two_missed_without_a_reason_and_minutes_owed_stand_on_the_list_until_they_are_looked_at() {
    let mut desk = saturday("12:52", "Ruth");
    let next_week = desk.app.register.expected_on("2026-11-28".parse().unwrap());
    let code = next_week.last().unwrap().code.clone();
    let here = desk.app.day().unwrap().sessions.iter().find(|s| s.plan.code == code).unwrap().plan.no;
    not_coming(&mut desk, here, Party::Visits, "N-NIL", false);
    let owe = Record::Owe { session: session(&desk, 8), minutes: 20, party: Party::Visits, why: Code::new("W-CEN") };
    write(&mut desk, &Command::Write(owe));
    let mut next = desk.restarted_on("2026-11-28T08:55");
    next.keys("1 @11:00");
    let no = next.app.day().unwrap().sessions.iter().find(|s| s.plan.code == code).unwrap().plan.no;
    not_coming(&mut next, no, Party::Visits, "N-NIL", false);
    next.app.to_board();
    next.keys("!");
    next.sees("2 missed in a row by the side that visits");
    next.sees("21 Nov  No 8").sees("20 minutes are owed to the side that visits");
    insta::assert_snapshot!("todo_limits_80", next.screen());
    next.keys("1 1");
    next.sees_not("in a row").sees_not("are owed");
}

#[test]
fn who_of_the_team_is_where_stands_on_the_roll() {
    let mut desk = saturday("09:40", "Jean");
    desk.keys("f9");
    desk.sees("Moving about");
    desk.keys("home m");
    insta::assert_snapshot!("todo_roll_place_80", desk.screen());
    let before = desk.written();
    desk.keys("enter 4");
    assert_eq!(desk.written(), before + 1, "only the digit writes");
    desk.sees("Oak");
    let day = desk.app.day().unwrap();
    assert_eq!(day.team.values().flatten().filter(|s| s.place == Some(Code::new("oak"))).count(), 1);
    assert_eq!(day.team.values().map(Vec::len).max(), Some(1), "nobody came twice");
    let sam = staff(&desk, "Sam");
    assert!(!desk.write(
        &Command::Day(DayAct::StaffAt { staff: sam, place: Code::new("moon") }),
        None,
        doorbook::app::Then::Stay
    ));
    desk.reloads();
}

#[test]
fn a_count_that_was_begun_and_given_up_gives_the_figures_back() {
    let mut desk = saturday("09:40", "Jean");
    desk.keys("f7 esc");
    desk.sees("In the building").sees_not("Heads are being counted");
    // One that is half done goes on.
    desk.keys("f7 0 esc");
    desk.sees("Heads are being counted");
    desk.reloads();
}

#[test]
fn the_close_is_printed_without_a_word_of_a_note() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter p");
    let lines = desk.effects.iter().find_map(|e| match e {
        doorbook::app::action::Effect::PrintClose(lines) => Some(lines.join("\n")),
        _ => None,
    });
    let lines = lines.unwrap();
    assert!(lines.contains("Counted at 12:52   0 children") && lines.contains("[ ] No 1"), "{lines}");
    desk.reloads();
}

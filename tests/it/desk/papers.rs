//! `i` on the card: what the coordinator changes on file, and what it does at the door from then on.

use doorbook::app::Then;
use doorbook::domain::decide::{Command, NoteAct};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;

use super::harness::Desk;

/// Ruth has the desk, in staff view, on the card of a family.
fn ruth(at: &str, no: &str) -> Desk {
    let mut desk = Desk::saturday(at);
    desk.keys(&format!("f6 1 {no} enter f5"));
    desk
}

#[test]
fn a_volunteer_is_told_who_may() {
    let mut desk = Desk::saturday("09:30");
    desk.keys("1 enter i").sees("Ruth changes files. F6 changes the person");
    let written = desk.written();
    desk.keys("1 enter");
    assert_eq!(desk.written(), written);
}

#[test]
fn not_in_front_of_the_lobby() {
    let mut desk = Desk::saturday("09:30");
    desk.keys("f6 1 1 enter i").sees("F5 first, when nobody stands beside you; then i.");
    desk.keys("f5 i").sees("What changes on file?").sees("2   two people must not meet");
    // Staff view goes back by itself, and takes the question with it.
    desk.keys("2 1").sees("Whom must");
    desk.keys("+1m").sees_not("Whom must").sees_not("Dan");
}

#[test]
fn two_people_must_not_meet_from_now_on() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 2").sees("Who is one of them?").sees("1   Sarah H").sees("3   Dan R");
    desk.keys("1").sees("Whom must Sarah H not meet?").sees_not("1   Sarah H").sees("0   somebody of another family");
    let written = desk.written();
    desk.keys("3").sees("Sarah H and Dan R must not meet.");
    assert_eq!(desk.enter(), "Enter   Sarah H and Dan R must not meet, from now on, on file and today");
    assert_eq!(desk.written(), written);
    desk.keys("\"bail enter").sees("Saved");
    desk.sees_not("bail");
    // At the door, at once; and the number only, on the board.
    desk.keys("f5 @09:46 1 enter tab enter");
    desk.keys("@09:50 1 enter");
    assert_eq!(
        desk.enter(),
        "Wait   not through the hall until 10:01. m another place  x it has happened  r Ruth says so"
    );
    desk.reloads();
}

#[test]
fn they_may_meet_again_with_a_reason_and_the_history_stays() {
    let mut desk = ruth("09:30", "3");
    desk.keys("i 2 1 3");
    assert_eq!(desk.enter(), "Wait   the file says so already. Esc back");
    desk.keys("esc i 3").sees("1   Carys H and Tomos P");
    desk.keys("1").sees("Carys H and Tomos P may meet again. Why?");
    let written = desk.written();
    // No reason, nothing is written.
    desk.keys("enter");
    assert_eq!(desk.written(), written);
    desk.keys("\"varied enter");
    assert!(desk.written() > written);
    // Kept apart again: what was before is there.
    desk.keys("enter i 2 1 3").sees("Carys H and Tomos P must not meet.").sees("ended 21 November, Ruth: varied");
    desk.reloads();
}

#[test]
fn somebody_of_another_family() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 2 1 0").sees("Of which family is the other?");
    desk.keys("1");
    assert_eq!(desk.enter(), "Wait   the No of another family of today");
    desk.keys("bksp 2");
    assert_eq!(desk.enter(), "Enter   asks who of No 2");
    desk.keys("enter").sees("Who of that family?").sees("1   Piotr N");
    desk.keys("1 enter").sees("Saved");
    // Both are read first from now on.
    desk.keys("f5");
    let marks = desk.screen().lines().filter(|l| l.contains("◆")).count();
    assert_eq!(marks, 3, "No 1, No 2 and No 3\n{}", desk.screen());
    desk.reloads();
}

#[test]
fn two_families_must_not_meet() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 4 4 enter").sees("Saved");
    desk.keys("f5 @09:40 1 enter enter 4 enter");
    assert!(desk.enter().starts_with("Wait   not through the hall"), "{}", desk.enter());
    desk.keys("esc f5 1 enter i 3").sees("the family No 4");
    desk.keys("1 \"moved enter esc f5 4 enter");
    assert!(desk.enter().starts_with("Enter   Ama"), "{}", desk.enter());
    desk.reloads();
}

#[test]
fn an_instruction_stands_on_the_card_at_once_and_its_reason_on_none() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 1 9").sees("on the card of the side that brings").sees("say what to do, not why");
    desk.keys("\"Side space \"door, space \"please. tab tab tab \"threats enter").sees("Saved");
    desk.keys("1 enter").sees("Side door, please.").sees("Why: threats");
    desk.keys("f5").sees("Side door, please.").sees_not("threats");
    desk.keys("tab").sees_not("Side door, please.");
    desk.reloads();
}

#[test]
fn words_that_a_lobby_may_not_read_are_named() {
    let mut desk = ruth("09:30", "1");
    let written = desk.written();
    desk.keys("i 1 9 \"court space \"order");
    assert!(desk.enter().starts_with("Wait   a lobby may not read"), "{}", desk.enter());
    desk.keys("enter").sees("a lobby may not read \"order\": say what to do, not why");
    assert_eq!(desk.written(), written);
    // What was typed is still there.
    desk.sees("court order");
}

#[test]
fn no_contact_for_now() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 1 1").sees("No contact for now, on both cards.");
    assert!(desk.enter().starts_with("Enter   No 1, from now on: No contact until"), "{}", desk.enter());
    desk.keys("enter f5 @09:46 1 enter");
    assert_eq!(desk.enter(), "Wait   not until Ruth has said so. r Ruth says so");
    desk.sees("There is something to read: F5");
    desk.keys("esc f5 1 enter i 5 1");
    assert_eq!(desk.enter(), "Enter   from now on, no longer: No contact until the coordinator has said so.");
    desk.keys("enter esc f5 1 enter");
    assert!(desk.enter().starts_with("Enter   Sarah"), "{}", desk.enter());
    desk.reloads();
}

#[test]
fn a_paper_that_has_ended_says_so_and_a_date_that_is_none_is_not_taken() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 1 9 \"Ask tab \"1/11/2026 tab \"3/11");
    assert_eq!(desk.enter(), "Wait   no such date");
    let written = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), written);
    desk.keys("\"/2026 enter");
    assert!(desk.written() > written);
    desk.keys("1 enter f5").sees("Ask The paper for this ended on 3 November: ask Ruth.");
    desk.reloads();
}

#[test]
fn new_papers_are_read() {
    let mut desk = ruth("09:30", "1");
    let session = desk.app.session;
    let (kind, words) = (Code::new("PAPERS"), Text::default());
    assert!(desk.write(&Command::Note(NoteAct::Leave { session, kind, words }), None, Then::Board));
    desk.keys("1 enter i").sees("6   the new papers are read: go on");
    desk.keys("6");
    assert_eq!(desk.enter(), "Enter   the new papers of No 1 are read: contact may go on");
    desk.keys("enter").sees("a message was dealt with");
    desk.keys("1 enter i").sees_not("papers are read");
    desk.reloads();
}

#[test]
fn one_key_does_not_take_a_file_back() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 2 1 3 enter").sees("Saved");
    desk.sees_not("Ctrl-Z takes it back");
}

#[test]
fn after_they_met_the_card_says_how_to_leave() {
    let mut desk = Desk::saturday("09:40");
    desk.keys("t o enter enter 3 enter x 1 3 enter");
    desk.sees_not("Leaving is as planned");
    desk.keys("tab").sees("Leaving is as planned: this side stays until the time is over.");
    desk.reloads();
}

#[test]
fn a_phone_that_is_to_be_handed_in_says_the_key_until_it_lies_in_keeping() {
    let mut desk = ruth("09:30", "1");
    desk.keys("tab i 1 5 enter f5 1 enter tab").sees("Phone handed in at the desk.  k keeps it");
    let session = desk.app.session.unwrap();
    let record = doorbook::domain::decide::Record::KeepThing {
        session,
        party: doorbook::domain::codes::Party::Visits,
        what: Code::new("PHONE"),
        place: Text::name("locker 4"),
    };
    assert!(desk.write(&Command::Write(record), None, Then::Stay));
    desk.sees("Phone handed in at the desk.").sees_not("k keeps it");
    desk.reloads();
}

#[test]
fn health_is_for_staff_view_only() {
    let mut desk = ruth("09:30", "1");
    desk.keys("i 1 8 \"Inhaler space \"in space \"the space \"bag enter 1 enter").sees("Inhaler in the bag");
    desk.keys("f5").sees_not("Inhaler").sees("There is something to read: F5");
    desk.reloads();
}

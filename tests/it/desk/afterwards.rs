//! What is written afterwards: from paper, as a fact, after the signature. It is kept as it was, with every rule that it
//! goes against, and never refused but for who or what nobody knows.

use doorbook::domain::codes::{ContactKind, Moment, Rule};
use doorbook::domain::day::Presence;
use doorbook::domain::decide::{Amend, Command, DayAct, Fact, FileAct, NoteAct, PaperLine, Permission, Record};
use doorbook::domain::event::{Basis, Carer, DoorEvent, Entry, Event};
use doorbook::domain::policy::Code;
use doorbook::domain::text::Text;

use super::hand::{lets_in, people, saturday, session, staff, write, write_at};
use super::harness::{Desk, moment};
use super::kinds::Case;

/// The entries that a command writes.
#[track_caller]
fn writes(desk: &mut Desk, command: &Command, at: Option<Moment>) -> Vec<Entry> {
    let before = desk.written();
    write_at(desk, command, at);
    desk.log[before..].to_vec()
}

fn line(line: u32, permission: Permission) -> Command {
    Command::Paper(PaperLine { sheet: 1, line, says: Box::new(Command::May(permission)) })
}

fn door(entry: &Entry) -> &DoorEvent {
    let Some(Event::Door(event)) = entry.event.open() else { panic!("{entry:?}") };
    event
}

#[test]
fn a_child_handed_over_by_the_sheet_left_with_whom_the_sheet_names() {
    let mut desk = saturday("09:55", "Jean");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@10:30");
    let (child, number) = (people(&desk, 1, "Mia")[0], Text::name("07700 900417"));
    let basis = Basis::Verified { name: Text::name("Aunt Jo"), coordinator: staff(&desk, "Ruth"), number };
    let hand = Permission::HandOver {
        session: session(&desk, 1),
        children: vec![child],
        basis: basis.clone(),
        walker: None,
        door: Code::new("front"),
    };
    assert!(!desk.write(&Command::May(hand.clone()), None, doorbook::app::Then::Stay), "Jean may not verify");
    let left = writes(&mut desk, &line(1, hand), Some(moment("2026-11-21T10:10")));
    assert!(matches!(door(&left[0]), DoorEvent::ChildLeft { basis: of, .. } if *of == basis), "{left:?}");
    assert_eq!(left[0].against, [Rule::CheckedCollector]);
    assert_eq!(left.len(), 1, "the question of the close asks; no note beside it");
    desk.keys("f3 f5");
    desk.sees("with Aunt Jo").sees_not("checked");
    desk.reloads();
}

#[test]
fn given_to_somebody_off_shift_and_gone_where_nobody_was_are_written_from_paper() {
    let mut desk = saturday("09:55", "Jean");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    let walter = staff(&desk, "Walter");
    write(&mut desk, &Command::May(Permission::StaffOut { staff: walter }));
    desk.keys("@10:30");
    let (id, mia) = (session(&desk, 1), people(&desk, 1, "Mia"));
    let carer = Carer::Worker(walter);
    let at = Some(moment("2026-11-21T10:10"));
    let give = Permission::Give { session: id, children: mia.clone(), carer };
    let given = writes(&mut desk, &line(1, give), at);
    assert!(matches!(door(&given[0]), DoorEvent::GivenTo { carer: of, .. } if *of == carer));
    assert!(given[0].against.contains(&Rule::NamedWorker), "{given:?}");
    // Dan is not in by the book: the line of his coming is not typed yet.
    let (dan, place) = (people(&desk, 1, "Dan"), Code::new("elm"));
    let went = Permission::Move { session: id, people: dan.clone(), place: place.clone() };
    let went = writes(&mut desk, &line(2, went), at);
    assert_eq!(went[0].against, [Rule::TimesForward]);
    let of = desk.app.day().unwrap().session(id).unwrap().of(dan[0]).unwrap().presence();
    assert!(matches!(of, Presence::In(p) if *p == place));
    desk.keys("f3");
    desk.sees("paper line 2");
    desk.reloads();
}

#[test]
fn a_child_who_is_said_to_have_left_as_an_adult_does_was_taken() {
    let mut desk = saturday("09:55", "Jean");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@10:10");
    let (session, person, door_at) = (session(&desk, 1), people(&desk, 1, "Mia")[0], Code::new("front"));
    let left = writes(&mut desk, &Command::Happened(Fact::Left { session, person, door: door_at, seen: true }), None);
    assert!(matches!(door(&left[0]), DoorEvent::ChildLeft { basis: Basis::TakenWithoutUs { by: None }, .. }));
    assert_eq!(left[0].against, [Rule::CheckedCollector]);
    desk.reloads();
}

#[test]
fn home_by_the_word_of_somebody_is_not_collected_by_them() {
    let mut desk = saturday("09:55", "Jean");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@12:10");
    let (session, said_by) = (session(&desk, 1), people(&desk, 1, "Sarah")[0]);
    let home = Fact::Home { session, children: people(&desk, 1, "Mia"), said_by };
    let left = writes(&mut desk, &Command::Happened(home), None);
    assert!(
        matches!(door(&left[0]), DoorEvent::ChildLeft { basis: Basis::Home { said_by: by }, .. } if *by == said_by)
    );
    desk.keys("f3 f5").sees("is at home, by the word of Sarah").sees_not("on the list");
    desk.reloads();
}

#[test]
fn what_changes_a_signed_day_is_a_question_and_why_somebody_did_not_come_is_none() {
    let mut desk = super::hand::small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1");
    write(&mut desk, &Command::Day(DayAct::Sign));
    assert!(desk.app.day().unwrap().is_signed(), "{}", desk.screen());
    let left = |e: &&Entry| matches!(e.event.open(), Some(Event::Door(DoorEvent::AdultLeft { .. })));
    let entry = desk.log.iter().rfind(left).unwrap().id;
    let at = moment("2026-11-21T12:20");
    let set = writes(&mut desk, &Command::Amend(Amend::SetTime { entry, at }), None);
    assert_eq!(set[0].against, [Rule::Signed]);
    let id = session(&desk, 4);
    let not_let_in = Record::NotAdmit { session: id, people: people(&desk, 4, "Noah"), why: Code::new("N-UNF") };
    let not_let_in = writes(&mut desk, &Command::Write(not_let_in), None);
    assert_eq!(not_let_in[0].against, [Rule::Signed]);
    let why = Code::new("C-ILL");
    let not_coming = Record::NotComing { session: id, people: people(&desk, 4, "Ivy"), why, told: None };
    let not_coming = writes(&mut desk, &Command::Write(not_coming), None);
    assert!(not_coming[0].against.is_empty());
    desk.reloads();
}

#[test]
fn contact_from_paper_names_the_gate_that_stood_in_its_way() {
    let mut desk = Desk::kinds("09:50", &[Case::of(ContactKind::Video)]);
    let (jean, id) = (staff(&desk, "Jean"), session(&desk, 1));
    write(&mut desk, &Command::Day(DayAct::TakeDesk { staff: jean }));
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Beth Oscar", "waiting");
    desk.keys("@10:00");
    let mark = people(&desk, 1, "Mark")[0];
    write(&mut desk, &Command::May(Permission::Connect { session: id, person: mark }));
    desk.keys("@10:05");
    let papers = NoteAct::Leave { session: Some(id), kind: Code::new("PAPERS"), words: Text::default() };
    write(&mut desk, &Command::Note(papers));
    desk.keys("@10:20");
    let go = Permission::Move { session: id, people: people(&desk, 1, "Beth Oscar"), place: Code::new("elm") };
    assert!(!desk.write(&Command::May(go.clone()), None, doorbook::app::Then::Stay), "refused at the desk");
    for (n, at) in [(1, "2026-11-21T10:10"), (2, "2026-11-21T10:20")] {
        let mut desk = desk.fork();
        let went = writes(&mut desk, &line(n, go.clone()), Some(moment(at)));
        assert_eq!(went[0].against, [Rule::Gate], "{at}");
    }
}

#[test]
fn to_stop_never_waits_for_a_place_to_be_clear() {
    let mut desk = saturday("09:50", "Ruth");
    lets_in(&mut desk, 1, "Dan", "oak");
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@10:00");
    super::hand::walks(&mut desk, 1, "Mia Leo", "Dan", "oak");
    let end = |desk: &Desk| {
        let walker = Some(staff(desk, "Sam"));
        Command::Write(Record::EndEarly { session: session(desk, 1), party: None, why: Code::new("E-STP"), walker })
    };
    // Somebody whom Mia must not meet waits where Sarah is; then somebody in the second waiting place too.
    let (sam, sarah) = (Carer::Worker(staff(&desk, "Sam")), Carer::Adult(people(&desk, 1, "Sarah")[0]));
    let mia = people(&desk, 1, "Mia")[0];
    let case = desk.app.day().unwrap().numbered(1).unwrap().plan.case;
    desk.keys("@10:10");
    lets_in(&mut desk, 2, "Piotr Aleksander", "waiting");
    let apart = |other| Command::File(FileAct::KeepApart { case, one: mia, other, why: None });
    let piotr = people(&desk, 2, "Piotr")[0];
    write(&mut desk, &apart(piotr));
    let walked = |entries: &[Entry]| {
        let walk = |e: &Entry| match door(e) {
            DoorEvent::Walked { place, into, .. } => Some((place.to_string(), *into, e.against.clone())),
            _ => None,
        };
        entries.iter().find_map(walk).unwrap()
    };
    let mut clear = desk.fork();
    let stop = end(&clear);
    let back = walked(&writes(&mut clear, &stop, None));
    assert_eq!(back, ("small".to_owned(), sam, vec![]));
    // Nowhere is clear: the children go to Sarah all the same, and it is a question.
    desk.keys("@10:20");
    lets_in(&mut desk, 3, "Carys", "small");
    let carys = people(&desk, 3, "Carys")[0];
    write(&mut desk, &apart(carys));
    let stop = end(&desk);
    let back = walked(&writes(&mut desk, &stop, None));
    assert_eq!(back, ("waiting".to_owned(), sarah, vec![Rule::KeepApart]));
    desk.reloads();
}

#[test]
fn a_volunteer_who_is_named_to_supervise_is_a_question_for_the_close() {
    let named = |by: &str, who: &str| {
        let mut desk = Desk::kinds("09:50", &[Case::of(ContactKind::Supervised).supervised_by(None)]);
        let (by, staff, session) = (staff(&desk, by), staff(&desk, who), session(&desk, 1));
        write(&mut desk, &Command::Day(DayAct::TakeDesk { staff: by }));
        let meets = desk.fork();
        let named = writes(&mut desk, &Command::Write(Record::Supervisor { session, staff }), None);
        // Whoever meets the children where nobody is named is named by it.
        let mut desk = meets;
        lets_in(&mut desk, 1, "Beth Oscar", "waiting");
        let (children, carer) = (people(&desk, 1, "Oscar"), Carer::Worker(staff));
        let met = writes(&mut desk, &Command::May(Permission::Give { session, children, carer }), None);
        assert_eq!(met[0].against, named[0].against);
        named[0].against.clone()
    };
    assert_eq!(named("Jean", "Jean"), [Rule::Supervises]);
    assert_eq!(named("Jean", "Priya"), [], "it is her role");
    assert_eq!(named("Ruth", "Jean"), [], "Ruth knows");
    let mut desk = Desk::kinds("09:50", &[Case::of(ContactKind::Supervised).supervised_by(Some("Jean"))]);
    let (session, jean) = (session(&desk, 1), staff(&desk, "Jean"));
    write(&mut desk, &Command::Day(DayAct::TakeDesk { staff: jean }));
    let on_file = writes(&mut desk, &Command::Write(Record::Supervisor { session, staff: jean }), None);
    assert_eq!(on_file[0].against, [], "the file names her");
}

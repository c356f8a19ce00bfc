//! Authority: somebody with the power allows one act past the rules; it is said so, counted, undone, confirmed.

use doorbook::app::Then;
use doorbook::domain::close;
use doorbook::domain::codes::{How, Moment, Party, Rule};
use doorbook::domain::day::Stage;
use doorbook::domain::decide::{Allowance, Amend, Command, NoteAct, Permission, decide};
use doorbook::domain::event::{Amendment, Answer, Basis, DoorEvent, Event};
use doorbook::domain::policy::Code;
use doorbook::domain::refusal::Refusal;
use doorbook::domain::text::Text;

use super::hand::{
    hands_over, lets_go, lets_in, people, saturday, session, small_day, staff, takes, walks, write, write_at,
};
use super::harness::Desk;

/// Tomos is in Elm since 09:38 by the front door; Carys and Siân stand at it at 09:42.
fn at_the_front_door() -> Desk {
    let mut desk = Desk::saturday("09:38");
    desk.keys("t o enter enter @09:42 c a enter");
    desk
}

/// The children of No 1 went home at 12:00; Dan stays until 12:15.
fn dan_stays(who: &str) -> Desk {
    let mut desk = saturday("09:45", who);
    lets_in(&mut desk, 1, "Dan", "oak");
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    desk.keys("@10:00");
    walks(&mut desk, 1, "Mia Leo", "Dan", "oak");
    desk.keys("@12:00");
    hands_over(&mut desk, 1, "Mia Leo", "Sarah");
    desk.keys("@12:05");
    desk
}

fn let_go_dan(desk: &Desk) -> Permission {
    Permission::LetGo { session: session(desk, 1), people: people(desk, 1, "Dan"), door: Code::new("front") }
}

fn by(desk: &Desk, permission: Permission, name: &str, how: How) -> Command {
    Command::Allowed(Allowance { permission, by: staff(desk, name), how, why: Code::new("A-SAW") })
}

fn asked(desk: &Desk, command: &Command, at: Option<Moment>) -> Result<usize, Refusal> {
    decide(&desk.app.register, desk.app.day, command, &desk.app.stamp(at)).map(|drafts| drafts.len())
}

fn open_overrides(desk: &Desk) -> usize {
    let questions = close::questions(desk.app.day().unwrap(), desk.now);
    questions.iter().filter(|q| matches!(q.about, close::Subject::Override { .. })).count()
}

#[test]
fn who_then_why_then_enter_and_no_enter_alone_gets_there() {
    let mut desk = dan_stays("Jean");
    desk.keys("1 enter");
    assert_eq!(desk.enter(), "Wait   they stay here until 12:15. x it has happened  r Ruth says so");
    desk.sees("r Ruth says so");
    let before = desk.written();
    desk.keys("enter enter enter");
    desk.keys("r enter enter enter");
    desk.sees("Who allows it?").sees("Dan leaves by the front door, 12:05");
    insta::assert_snapshot!("allow_who_80", desk.screen());
    desk.keys("2 enter enter");
    desk.sees("Why does Ruth allow it?").sees("until Ruth confirms");
    assert!(desk.enter().starts_with("Wait"), "{}", desk.enter());
    desk.keys("1");
    insta::assert_snapshot!("allow_why_80", desk.screen());
    assert_eq!(desk.enter(), "Enter   Dan leaves by the front door, 12:05; said by Ruth, reason 1");
    assert_eq!(desk.written(), before, "nothing until the last Enter");
    desk.keys("enter");
    assert_eq!(desk.written(), before + 2);
    desk.sees("No 1: one side has left, said by Ruth");
    let allowed = desk.log[before].event.open().cloned();
    let Some(Event::Door(DoorEvent::Allowed { rules, how, .. })) = allowed else { panic!("{allowed:?}") };
    assert_eq!((rules, how), (vec![Rule::Hold], How::Said));
    assert!(desk.log[before + 1].against.is_empty());
    desk.reloads();
}

#[test]
fn the_card_and_the_log_say_who_and_only_staff_view_says_why() {
    let mut desk = dan_stays("Jean");
    desk.keys("1 enter r 4 1 enter 1 enter tab");
    desk.sees("said by Walter: Dan R left").sees_not("looked for themselves");
    desk.keys("esc f3");
    desk.sees("No 1  said by Walter").sees_not("looked for themselves");
    desk.keys("f5");
    desk.sees("said by Walter: looked for themselves");
    desk.reloads();
}

#[test]
fn at_the_desk_it_is_allowed_by_name_and_needs_no_word_of_who_wrote_it() {
    let mut desk = dan_stays("Walter");
    desk.keys("1 enter r");
    desk.sees("1   Walter                        is here, and allows it").sees("2   Ruth").sees_not("4   ");
    desk.keys("1 2 enter");
    desk.sees("allowed by Walter");
    assert_eq!(open_overrides(&desk), 0, "Walter wrote what he allowed");
    let mut desk = dan_stays("Jean");
    desk.keys("1 enter r 1 2 enter");
    desk.sees("allowed by Ruth");
    assert_eq!(open_overrides(&desk), 1, "Jean wrote it");
    desk.reloads();
}

#[test]
fn never_through_a_clash_by_chance_and_never_a_name() {
    let mut desk = at_the_front_door();
    assert_eq!(
        desk.enter(),
        "Wait   not through the hall until 09:53. m another place  x it has happened  r Ruth says so"
    );
    desk.keys("r");
    desk.sees("Carys and Siân arrive by the front door").sees_not("Tomos").sees_not("Elm");
    desk.keys("1 2");
    desk.sees_not("Tomos");
    desk.keys("enter");
    desk.sees("No 3, saved").sees_not("said by");
    desk.reloads();
}

#[test]
fn an_answer_that_is_refused_offers_it_too() {
    let mut desk = saturday("09:45", "Jean");
    lets_in(&mut desk, 5, "Kev", "oak");
    desk.keys("@09:55");
    lets_in(&mut desk, 5, "Harpreet Mia", "waiting");
    desk.keys("@10:00");
    walks(&mut desk, 5, "Mia", "Kev", "oak");
    desk.keys("@11:40 5 enter tab e 2 4 5 enter tab enter 5 enter d 1");
    desk.sees("until 11:50").sees("r Ruth says so");
    let before = desk.written();
    desk.keys("enter r enter");
    desk.sees("Mia K leaves with Harpreet K, 11:40");
    assert_eq!(desk.written(), before);
    desk.keys("1 1 enter");
    assert!(matches!(desk.app.day().unwrap().stage(desk.app.in_hand().unwrap(), desk.now), Stage::Home));
    assert_eq!(desk.log[before].act, desk.log[before + 1].act);
    desk.reloads();
}

#[test]
fn what_nobody_may_allow_offers_nobody() {
    // A one-off collector: only the coordinator herself, having rung; never by a name.
    let mut desk = dan_stays("Jean");
    lets_in(&mut desk, 2, "Piotr Aleksander", "waiting");
    desk.keys("2 enter tab d 0 4");
    assert!(desk.enter().contains("rings the number on file"), "{}", desk.enter());
    desk.sees_not("says so");
    let before = desk.written();
    desk.keys("r 1 1 enter enter");
    assert_eq!(desk.written(), before);
    let number = desk.app.day().unwrap().numbered(2).unwrap().plan.people[1].phone.clone().unwrap();
    let ruth = staff(&desk, "Ruth");
    let basis = Basis::Verified { name: Text::name("A. Jones"), coordinator: ruth, number };
    let (id, children) = (session(&desk, 2), people(&desk, 2, "Aleksander"));
    let hand = Permission::HandOver { session: id, children, basis, walker: None, door: Code::new("front") };
    for how in [How::Here, How::Said] {
        let command = by(&desk, hand.clone(), "Ruth", how);
        assert_eq!(asked(&desk, &command, None), Err(Refusal::NeverByName));
    }
    // Nor somebody who is not a collector, nor an adult who has a child.
    let basis = Basis::Listed(people(&desk, 2, "Ines")[0]);
    let (session, children) = (session(&desk, 2), people(&desk, 2, "Aleksander"));
    let hand = Permission::HandOver { session, children, basis, walker: None, door: Code::new("front") };
    assert_eq!(asked(&desk, &by(&desk, hand, "Ruth", How::Here), None), Err(Refusal::NotCollector));
    desk.reloads();
}

#[test]
fn a_volunteers_name_waives_nothing_and_a_leads_not_the_gate() {
    let mut desk = dan_stays("Jean");
    let go = let_go_dan(&desk);
    for name in ["Jean", "Sam", "Priya"] {
        let refused = Err(Refusal::MayNotAllow(staff(&desk, name)));
        assert_eq!(asked(&desk, &by(&desk, go.clone(), name, How::Said), None), refused);
        assert_eq!(asked(&desk, &by(&desk, go.clone(), name, How::Here), None), refused);
    }
    assert_eq!(asked(&desk, &by(&desk, go, "Walter", How::Said), None), Ok(2));
    // New papers were shown for No 2: contact waits for the coordinator.
    lets_in(&mut desk, 2, "Ines", "oak");
    lets_in(&mut desk, 2, "Piotr Aleksander", "waiting");
    let id = session(&desk, 2);
    write(
        &mut desk,
        &Command::Note(NoteAct::Leave { session: Some(id), kind: Code::new("PAPERS"), words: Text::default() }),
    );
    let walk = Permission::Walk {
        session: id,
        children: people(&desk, 2, "Aleksander"),
        walker: staff(&desk, "Sam"),
        place: Code::new("oak"),
        into: doorbook::domain::event::Carer::Adult(people(&desk, 2, "Ines")[0]),
    };
    let walter = by(&desk, walk.clone(), "Walter", How::Here);
    assert_eq!(asked(&desk, &walter, None), Err(Refusal::MayNotAllow(staff(&desk, "Walter"))));
    assert_eq!(asked(&desk, &by(&desk, walk, "Ruth", How::Here), None), Ok(2));
    desk.keys("2 enter enter 2");
    desk.sees("r Ruth says so");
    desk.keys("r");
    desk.sees("Ruth").sees_not("3 ").sees_not("Walter  ");
    desk.reloads();
}

#[test]
fn two_rules_at_once_need_both_powers() {
    // No 9 is a handover: minutes lie between its two sides. Helen is here; Peter's way in is refused for the gap.
    let mut desk = saturday("10:20", "Jean");
    lets_in(&mut desk, 9, "Helen Grace", "waiting");
    let peter = Permission::LetIn {
        session: session(&desk, 9),
        people: people(&desk, 9, "Peter"),
        door: Code::new("front"),
        place: Code::new("small"),
        carer: None,
    };
    assert_eq!(asked(&desk, &by(&desk, peter.clone(), "Walter", How::Said), None), Ok(2));
    // The file says, while the day is open, that they must not meet: two rules of the same power.
    let case = desk.app.day().unwrap().numbered(9).unwrap().plan.case;
    let (one, other) = (people(&desk, 9, "Helen")[0], people(&desk, 9, "Peter")[0]);
    takes(&mut desk, "Ruth");
    let apart = doorbook::domain::decide::FileAct::KeepApart { case, one, other, why: None };
    write(&mut desk, &Command::File(apart));
    takes(&mut desk, "Jean");
    let before = desk.written();
    let both = by(&desk, peter, "Walter", How::Said);
    write(&mut desk, &both);
    let Some(Event::Door(DoorEvent::Allowed { rules, .. })) = desk.log[before].event.open().cloned() else { panic!() };
    assert_eq!(rules, vec![Rule::KeepApart, Rule::Gap]);
    // Suspended too: the gate is not Walter's.
    let suspended = with_suspended(10);
    let mut desk = suspended;
    lets_in_allowed(&mut desk, 10, "Rachel Daniel Ruby", "waiting", "Ruth");
    let adam = Permission::LetIn {
        session: session(&desk, 10),
        people: people(&desk, 10, "Adam"),
        door: Code::new("front"),
        place: Code::new("small"),
        carer: None,
    };
    let refused = asked(&desk, &by(&desk, adam.clone(), "Walter", How::Said), None);
    assert_eq!(refused, Err(Refusal::MayNotAllow(staff(&desk, "Walter"))));
    assert_eq!(asked(&desk, &by(&desk, adam, "Ruth", How::Said), None), Ok(2));
    desk.reloads();
}

/// The practice day with one family suspended by its file, opened at 08:55.
fn with_suspended(no: u16) -> Desk {
    use doorbook::domain::case::Instruction;
    use doorbook::domain::codes::{Effect, Flag, Origin};
    use doorbook::domain::ids::InstructionId;
    let mut desk = saturday("10:20", "Ruth");
    let day = desk.app.day().unwrap();
    let (case, date) = (day.numbered(no).unwrap().plan.case, day.date);
    let instruction = Box::new(Instruction {
        id: InstructionId(uuid::Uuid::from_u128(77)),
        flag: Flag::Suspended,
        effect: Effect::Block,
        about: None,
        party: None,
        words: Text::name("Wait for Ruth."),
        reason: None,
        consent: None,
        origin: Origin::Session,
        from: date,
        to: None,
        limit: None,
    });
    write(&mut desk, &Command::File(doorbook::domain::decide::FileAct::Instruct { case, instruction }));
    takes(&mut desk, "Jean");
    desk
}

fn lets_in_allowed(desk: &mut Desk, no: u16, names: &str, place: &str, name: &str) {
    let (session, people) = (session(desk, no), people(desk, no, names));
    let (door, place) = (Code::new("front"), Code::new(place));
    let permission = Permission::LetIn { session, people, door, place, carer: None };
    let command = by(desk, permission, name, How::Said);
    write(desk, &command);
}

#[test]
fn what_is_waived_waives_nothing_else() {
    let mut desk = dan_stays("Jean");
    // Una, who came with Kev, is to go by the front door at once with Dan's allowance: she is not on his.
    let go = let_go_dan(&desk);
    let said = by(&desk, go, "Ruth", How::Said);
    write(&mut desk, &said);
    lets_in(&mut desk, 2, "Ines", "oak");
    lets_in(&mut desk, 2, "Piotr Aleksander", "waiting");
    walks(&mut desk, 2, "Aleksander", "Ines", "oak");
    let ines =
        Permission::LetGo { session: session(&desk, 2), people: people(&desk, 2, "Ines"), door: Code::new("front") };
    assert_eq!(asked(&desk, &Command::May(ines.clone()), None), Err(Refusal::HasChild(people(&desk, 2, "Ines")[0])));
    // She has the child: not even Ruth may let her go from him.
    let refused = asked(&desk, &by(&desk, ines, "Ruth", How::Here), None);
    assert_eq!(refused, Err(Refusal::HasChild(people(&desk, 2, "Ines")[0])));
    // Nor does an allowance stay: the next one of the family is asked again.
    desk.keys("@12:06");
    lets_in(&mut desk, 1, "Dan", "oak");
    let go = let_go_dan(&desk);
    assert!(matches!(asked(&desk, &Command::May(go), None), Err(Refusal::Holds { .. })));
    desk.reloads();
}

#[test]
fn a_waived_clash_does_not_waive_the_hold() {
    // No 3: Siân left with Carys at 11:30; Tomos stays until 11:45. Carys is back in the hall at 11:36.
    let mut desk = saturday("09:38", "Jean");
    lets_in(&mut desk, 3, "Tomos", "elm");
    desk.keys("@10:00");
    let (id, side) = (session(&desk, 3), Code::new("side"));
    let came = |names: &str, desk: &Desk| Permission::LetIn {
        session: id,
        people: people(desk, 3, names),
        door: side.clone(),
        place: Code::new("small"),
        carer: None,
    };
    let command = Command::May(came("Carys Siân", &desk));
    write(&mut desk, &command);
    walks(&mut desk, 3, "Siân", "Tomos", "elm");
    desk.keys("@11:30");
    let basis = Basis::Listed(people(&desk, 3, "Carys")[0]);
    let (children, walker) = (people(&desk, 3, "Siân"), Some(staff(&desk, "Sam")));
    write(&mut desk, &Command::May(Permission::HandOver { session: id, children, basis, walker, door: side.clone() }));
    desk.keys("@11:36");
    let back = Permission::LetIn {
        session: id,
        people: people(&desk, 3, "Carys"),
        door: Code::new("front"),
        place: Code::new("hall"),
        carer: None,
    };
    write(&mut desk, &Command::May(back));
    let tomos = Permission::LetGo { session: id, people: people(&desk, 3, "Tomos"), door: Code::new("front") };
    let before = desk.written();
    let said = by(&desk, tomos, "Ruth", How::Said);
    write(&mut desk, &said);
    let Some(Event::Door(DoorEvent::Allowed { rules, .. })) = desk.log[before].event.open().cloned() else { panic!() };
    assert_eq!(rules, vec![Rule::KeepApart, Rule::Hold], "both are named, none slips in under the other");
    desk.reloads();
}

#[test]
fn who_was_let_in_by_an_allowance_leaves_without_another_and_is_counted() {
    let mut desk = at_the_front_door();
    desk.keys("r 1 2 enter");
    let heads = desk.app.day().unwrap().heads();
    assert_eq!((heads.children, heads.adults), (1, 2));
    assert_eq!(desk.app.day().unwrap().roll().len(), 3 + 5, "the roll is true");
    // At 09:44 it is nine minutes still until the door would be clear: she goes out without asking again.
    desk.keys("@09:44");
    let (id, door) = (session(&desk, 3), Code::new("front"));
    let (children, basis) = (people(&desk, 3, "Siân"), Basis::Listed(people(&desk, 3, "Carys")[0]));
    let home = Permission::HandOver { session: id, children, basis, walker: None, door: door.clone() };
    assert!(asked(&desk, &Command::May(home.clone()), None).is_ok());
    // But not past him where he is now, in the hall: that would be another meeting.
    let mut fork = desk.fork();
    takes(&mut fork, "Jean");
    let tomos = people(&fork, 3, "Tomos");
    write(&mut fork, &Command::May(Permission::Move { session: id, people: tomos, place: Code::new("hall") }));
    assert!(matches!(asked(&fork, &Command::May(home.clone()), None), Err(Refusal::Clash(_))));
    write(&mut desk, &Command::May(home));
    desk.keys("@10:05");
    lets_go(&mut desk, 3, "Tomos");
    assert_eq!(desk.app.day().unwrap().heads().adults, 0);
    desk.reloads();
}

#[test]
fn an_allowance_is_undone_as_one_act_and_its_question_goes_with_it() {
    let mut desk = dan_stays("Jean");
    desk.keys("1 enter r 2 1 enter");
    assert_eq!(open_overrides(&desk), 1);
    assert!(desk.app.day().unwrap().roll().iter().all(|r| r.place != Some(Code::new("oak"))));
    desk.keys("ctrl-z");
    desk.sees("said by Ruth");
    desk.keys("1");
    assert_eq!(open_overrides(&desk), 0);
    assert!(desk.app.day().unwrap().overrides.is_empty());
    assert!(desk.app.day().unwrap().roll().iter().any(|r| r.place == Some(Code::new("oak"))), "Dan is here again");
    desk.keys("1 enter");
    assert!(desk.enter().starts_with("Wait   they stay here until 12:15"), "{}", desk.enter());
    desk.reloads();
}

#[test]
fn no_success_is_shown_for_what_is_refused() {
    let mut desk = dan_stays("Jean");
    desk.keys("1 enter r 2 1");
    // While the question stands, the day is signed elsewhere: the last Enter writes nothing, and says so.
    let before = (desk.written(), desk.app.saved.clone().map(|s| s.says));
    let go = let_go_dan(&desk);
    let sam = by(&desk, go, "Sam", How::Said);
    assert!(!desk.write(&sam, None, Then::Board));
    desk.sees("Sam may not allow that");
    desk.sees_not("one side has left");
    assert_eq!((desk.written(), desk.app.saved.clone().map(|s| s.says)), before);
    assert_eq!(desk.app.day().unwrap().heads().adults, 1, "Dan is in");
    desk.fail = Some("The disk is full.".to_owned());
    desk.keys("enter");
    desk.sees("The disk is full.").sees_not("said by Ruth 12");
    assert_eq!(desk.app.day().unwrap().heads().adults, 1, "and nothing was folded");
    desk.reloads();
}

#[test]
fn set_back_it_is_judged_as_it_stood_then() {
    let mut desk = dan_stays("Jean");
    desk.keys("@12:20");
    let at = |desk: &Desk, minutes: i64| Some(desk.now - chrono::Duration::minutes(minutes));
    let go = let_go_dan(&desk);
    // At 12:10 the hold ran; by 12:20 it does not, and there is nothing to allow.
    assert_eq!(asked(&desk, &by(&desk, go.clone(), "Ruth", How::Said), at(&desk, 10)), Ok(2));
    assert_eq!(asked(&desk, &by(&desk, go.clone(), "Ruth", How::Said), None), Err(Refusal::NotToAllow));
    // Who was not here then did not allow it here.
    let ruth = staff(&desk, "Ruth");
    let mut late = Desk::saturday("09:45");
    lets_in(&mut late, 1, "Dan", "oak");
    lets_in(&mut late, 1, "Sarah Mia Leo", "waiting");
    walks(&mut late, 1, "Mia Leo", "Dan", "oak");
    late.keys("@12:00");
    hands_over(&mut late, 1, "Mia Leo", "Sarah");
    late.keys("@12:02 f2 1 esc @12:08 f2 1 esc @12:10");
    assert!(late.app.day().unwrap().on_shift(ruth));
    let go = let_go_dan(&late);
    let here = by(&late, go.clone(), "Ruth", How::Here);
    assert_eq!(asked(&late, &here, at(&late, 5)), Err(Refusal::NotOnShift(ruth)));
    assert_eq!(asked(&late, &here, at(&late, 1)), Ok(2));
    assert_eq!(asked(&late, &by(&late, go, "Ruth", How::Said), at(&late, 5)), Ok(2));
    late.keys("1 enter minus 5 enter r");
    late.sees("as at 12:05")
        .sees("Ruth                          said so")
        .sees_not("Ruth                          is here");
    late.reloads();
}

#[test]
fn after_the_signing_nobody_allows_anything() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1 enter");
    let dan = Permission::LetIn {
        session: session(&desk, 3),
        people: people(&desk, 3, "Tomos"),
        door: Code::new("front"),
        place: Code::new("hall"),
        carer: None,
    };
    assert_eq!(asked(&desk, &by(&desk, dan, "Ruth", How::Here), None), Err(Refusal::Signed));
    desk.keys("3 enter r");
    desk.sees_not("Who allows it?");
    desk.reloads();
}

#[test]
fn a_reason_is_of_its_own_list() {
    let desk = dan_stays("Jean");
    let go = let_go_dan(&desk);
    for why in ["C-ILL", "NOPE", "E-AIL"] {
        let (permission, by) = (go.clone(), staff(&desk, "Ruth"));
        let command = Command::Allowed(Allowance { permission, by, how: How::Said, why: Code::new(why) });
        assert_eq!(asked(&desk, &command, None), Err(Refusal::NoReason), "{why}");
    }
}

/// Up to the close: Dan went at 12:05, said by Ruth; the others do not come.
fn closing(who: &str) -> Desk {
    let mut desk = dan_stays("Jean");
    for no in 2..=12 {
        super::hand::not_coming(&mut desk, no, Party::Brings, "C-ILL", true);
        super::hand::not_coming(&mut desk, no, Party::Visits, "N-ILL", true);
    }
    desk.keys("1 enter r 2 1 enter @12:52");
    takes(&mut desk, who);
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter");
    desk
}

#[test]
fn at_the_close_ruth_did_say_so() {
    let mut desk = closing("Ruth");
    desk.sees("1 question stops the close").sees("12:05: left before time, said by Ruth; written by Jean.");
    desk.keys("tab");
    insta::assert_snapshot!("close_override_80", desk.screen());
    desk.sees("1  Ruth did say so: looked for themselves").sees("2  Ruth did not");
    desk.keys("1");
    desk.sees("Nothing stops the close").sees("Paper: destroy or file both sheets");
    desk.keys("tab enter");
    assert!(desk.app.day().unwrap().is_signed());
    desk.reloads();
}

#[test]
fn at_the_close_ruth_did_not_and_what_was_done_went_against_the_rule() {
    let mut desk = closing("Ruth");
    desk.keys("2");
    desk.sees("1 question stops the close").sees("At 12:05 the side that visits left before");
    let last = desk.log.last().unwrap().clone();
    assert_eq!(last.against, [Rule::Hold]);
    assert!(matches!(last.event.open(), Some(Event::Amend(Amendment::Answered(Answer::Denied { .. })))));
    assert_eq!(desk.app.day().unwrap().heads().adults, 0, "he is gone all the same");
    desk.keys("1");
    desk.sees("Nothing stops the close");
    desk.reloads();
}

#[test]
fn who_may_not_confirm_is_told_who_may_and_nobody_answers_twice() {
    let mut desk = closing("Walter");
    let before = desk.written();
    desk.keys("1");
    assert_eq!(desk.written(), before, "it was not Walter");
    desk.sees("Ruth decides that");
    desk.keys("esc");
    takes(&mut desk, "Ruth");
    let entry = desk.app.day().unwrap().overrides[0].entry;
    write(&mut desk, &Command::Amend(Amend::Answer(Answer::Confirmed { entry })));
    let again = Command::Amend(Amend::Answer(Answer::Denied { entry }));
    assert_eq!(asked(&desk, &again, None), Err(Refusal::AlreadySo));
    // Where Walter is named he says so himself.
    let mut desk = dan_stays("Jean");
    desk.keys("1 enter r 4 1 enter");
    let entry = desk.app.day().unwrap().overrides[0].entry;
    takes(&mut desk, "Walter");
    write_at(&mut desk, &Command::Amend(Amend::Answer(Answer::Confirmed { entry })), None);
    assert_eq!(open_overrides(&desk), 0);
    desk.reloads();
}

/// domain.md 4, check 11: what a session lead allowed at the desk wants a line at the close, and a word of the
/// coordinator's afterwards; what she allowed herself does not.
#[test]
fn what_a_lead_allowed_in_person_wants_a_line_and_stands_on_ruths_list() {
    use doorbook::domain::todo::{What, todo};
    let waits = |desk: &Desk| {
        let all = todo(&desk.app.register, desk.app.date.succ_opt().unwrap());
        all.into_iter().filter(|t| matches!(t.what, What::Override(_))).count()
    };
    for (who, waiting) in [("Walter", 1), ("Ruth", 0)] {
        let mut desk = dan_stays(who);
        let command = by(&desk, let_go_dan(&desk), who, How::Here);
        write(&mut desk, &command);
        assert_eq!(waits(&desk), waiting, "{who}");
        let wanted = |desk: &Desk| {
            let questions = close::questions(desk.app.day().unwrap(), desk.now);
            questions.into_iter().any(|q| matches!(q.about, close::Subject::AllowedHere(_)) && q.about.wants_a_line())
        };
        assert!(wanted(&desk), "{who}");
        let entry = desk.app.day().unwrap().overrides[0].entry;
        takes(&mut desk, "Jean");
        let confirmed = Command::Amend(Amend::Answer(Answer::Confirmed { entry }));
        assert!(asked(&desk, &confirmed, None).is_err(), "a volunteer confirms nothing");
        takes(&mut desk, "Ruth");
        assert_eq!(asked(&desk, &confirmed, None).is_ok(), who == "Walter", "nobody confirms themselves");
        desk.reloads();
    }
}

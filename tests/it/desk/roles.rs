//! Who may do what: every role against what domain.md 2.7 lists, and what each of them is shown.

use doorbook::domain::codes::{CallAnswer, Channel, How, Party, Role};
use doorbook::domain::decide::*;
use doorbook::domain::event::{About, Answer, Basis, CentreEvent, Counted, Event, FileRef};
use doorbook::domain::ids::{FileId, StaffId};
use doorbook::domain::policy::{Code, Power};
use doorbook::domain::refusal::Refusal;
use doorbook::domain::text::Text;
use doorbook::run::setup::outside_days;
use doorbook::run::stamp::{Hand, stamp};
use uuid::Uuid;

use super::hand::{
    hands_over, lets_in, not_coming, note, people, saturday, session, small_day, staff, takes, walks, write,
};
use super::harness::Desk;

/// One of each role is in the team: the cast, a safeguarding lead, a chair.
fn of_each_role(desk: &mut Desk) -> Vec<(Role, StaffId)> {
    let mut all = vec![
        (Role::Volunteer, staff(desk, "Sam")),
        (Role::Supervisor, staff(desk, "Priya")),
        (Role::SessionLead, staff(desk, "Walter")),
        (Role::Coordinator, staff(desk, "Ruth")),
    ];
    for (n, role) in [(6, Role::SafeguardingLead), (7, Role::Chair)] {
        let card = doorbook::domain::event::StaffCard {
            staff: StaffId(Uuid::from_u128(u128::from(n))),
            number: n,
            given: Text::name(if n == 6 { "Dee" } else { "Chad" }),
            family: Text::name("X"),
            role,
            left: false,
        };
        all.push((role, card.staff));
        let event = Event::Centre(CentreEvent::StaffListed(card));
        let hand = Hand {
            by: doorbook::domain::event::By::Program,
            desk: desk.app.desk,
            now: desk.now,
            source: doorbook::domain::event::Source::Desk,
        };
        let ids = doorbook::domain::ids::Ids(Uuid::from_u128(u128::from(n) << 90));
        let entries = stamp(vec![outside_days(FileRef::Centre, event, desk.now)], &hand, ids);
        entries.iter().for_each(|e| desk.app.register.fold(e));
    }
    all
}

/// Dan stays until 12:15, Ines has Aleksander in Oak, a note and a message of Jean's wait, No 12 did not come yet.
fn midday() -> Desk {
    let mut desk = saturday("09:45", "Jean");
    lets_in(&mut desk, 1, "Dan", "oak");
    lets_in(&mut desk, 2, "Ines", "oak");
    desk.keys("@09:55");
    lets_in(&mut desk, 1, "Sarah Mia Leo", "waiting");
    lets_in(&mut desk, 2, "Piotr Aleksander", "waiting");
    desk.keys("@10:00");
    walks(&mut desk, 1, "Mia Leo", "Dan", "oak");
    walks(&mut desk, 2, "Aleksander", "Ines", "oak");
    note(&mut desk, 6);
    let leave = NoteAct::Leave { session: None, kind: Code::new("MOVE"), words: Text::default() };
    write(&mut desk, &Command::Note(leave));
    desk.keys("@12:00");
    hands_over(&mut desk, 1, "Mia Leo", "Sarah");
    not_coming(&mut desk, 7, Party::Brings, "C-ILL", true);
    let session = session(&desk, 4);
    write(&mut desk, &Command::Happened(Fact::SidesMet { session, place: Code::new("hall") }));
    let (session, person) = (self::session(&desk, 8), people(&desk, 8, "Mark")[0]);
    let left = Fact::Left { session, person, door: Code::new("front"), seen: true };
    write(&mut desk, &Command::Happened(left));
    desk.keys("@12:05");
    desk
}

const EVERYONE: &[Role] = Role::ALL;
const LOOSEN: &[Role] = &[Role::SessionLead, Role::Coordinator];
const RUTH: &[Role] = &[Role::Coordinator];
const NOTES: &[Role] = &[Role::Coordinator, Role::SafeguardingLead];

#[expect(clippy::too_many_lines, reason = "a list, one command a line")]
fn ordinary(desk: &Desk) -> Vec<(&'static str, Command)> {
    let (one, two, five, twelve) = (session(desk, 1), session(desk, 2), session(desk, 5), session(desk, 12));
    let (front, oak, sam) = (Code::new("front"), Code::new("oak"), staff(desk, "Sam"));
    let child = people(desk, 2, "Aleksander");
    let piotr = people(desk, 2, "Piotr");
    let kev = people(desk, 5, "Kev");
    let why = |code: &str| Code::new(code);
    vec![
        (
            "arrive",
            Command::May(Permission::LetIn {
                session: five,
                people: kev.clone(),
                door: front.clone(),
                place: oak.clone(),
                carer: None,
            }),
        ),
        ("move", Command::May(Permission::Move { session: one, people: people(desk, 1, "Dan"), place: why("elm") })),
        (
            "walk back",
            Command::May(Permission::Walk {
                session: two,
                children: child.clone(),
                walker: sam,
                place: why("waiting"),
                into: doorbook::domain::event::Carer::Adult(piotr[0]),
            }),
        ),
        ("goes out", Command::May(Permission::GoOut { session: two, people: piotr.clone(), door: front.clone() })),
        (
            "depart",
            Command::May(Permission::HandOver {
                session: two,
                children: child.clone(),
                basis: Basis::Listed(piotr[0]),
                walker: Some(sam),
                door: front.clone(),
            }),
        ),
        (
            "an agency",
            Command::May(Permission::HandOver {
                session: two,
                children: child.clone(),
                walker: Some(sam),
                door: front.clone(),
                basis: Basis::Agency {
                    agency: Text::name("police"),
                    name: Text::name("PC 1"),
                    number: Text::name("101"),
                    decided: Text::name("Sgt"),
                },
            }),
        ),
        ("off shift", Command::May(Permission::StaffOut { staff: sam })),
        ("met", Command::Happened(Fact::SidesMet { session: two, place: why("hall") })),
        (
            "walked in",
            Command::Happened(Fact::WalkedIn { session: five, person: kev[0], door: front.clone(), place: oak }),
        ),
        (
            "left in the hold",
            Command::Happened(Fact::Left {
                session: one,
                person: people(desk, 1, "Dan")[0],
                door: front.clone(),
                seen: true,
            }),
        ),
        ("taken", Command::Happened(Fact::Taken { session: two, children: child.clone(), by: None, door: front })),
        (
            "absent",
            Command::Write(Record::NotComing {
                session: twelve,
                people: people(desk, 12, "Rupert"),
                why: why("N-ILL"),
                told: None,
            }),
        ),
        ("turn away", Command::Write(Record::NotAdmit { session: five, people: kev, why: why("N-UNF") })),
        (
            "unlisted",
            Command::Write(Record::Unlisted { session: five, party: Party::Visits, name: Text::name("A man") }),
        ),
        (
            "no part",
            Command::Write(Record::NoPart {
                session: two,
                children: child.clone(),
                why: why("C-UPS"),
                tried_from: desk.now,
            }),
        ),
        ("stop", Command::Write(Record::EndEarly { session: two, party: None, why: why("E-STP"), walker: Some(sam) })),
        ("keep", Command::Write(Record::Keep { session: two, children: child, with: sam })),
        ("on the way", Command::Write(Record::OnTheWay { session: twelve, party: Party::Visits, expected: None })),
        ("told", Command::Write(Record::ToldOther { session: twelve, party: Party::Visits, channel: Channel::Phone })),
        (
            "rang",
            Command::Write(Record::Call {
                session: two,
                person: Some(piotr[0]),
                number: None,
                answer: CallAnswer::NoAnswer,
            }),
        ),
        ("a note", Command::Note(NoteAct::Raise { session: Some(two), place: None })),
        ("a message", Command::Note(NoteAct::Leave { session: Some(two), kind: why("RING"), words: Text::default() })),
        ("on shift", Command::Day(DayAct::StaffIn { staff: StaffId(Uuid::from_u128(7)) })),
        (
            "a caretaker",
            Command::Day(DayAct::VisitorIn {
                name: Text::name("Mr Webb"),
                what: Text::name("caretaker"),
                place: why("office"),
                session: None,
            }),
        ),
        ("a muster", Command::Day(DayAct::Muster { seen: 1, of: 1, seconds: 9 })),
        ("a count", Command::Day(DayAct::Count(Counted::default()))),
        (
            "from paper",
            Command::Paper(PaperLine {
                sheet: 1,
                line: 1,
                says: Box::new(Command::Write(Record::OnTheWay {
                    session: twelve,
                    party: Party::Visits,
                    expected: None,
                })),
            }),
        ),
    ]
}

fn by_role(desk: &Desk) -> Vec<(&'static str, Command, &'static [Role])> {
    let (one, two, four) = (session(desk, 1), session(desk, 2), session(desk, 4));
    let front = Code::new("front");
    let day = desk.app.day().unwrap();
    let case = day.numbered(2).unwrap().plan.case;
    let (piotr, ines) = (people(desk, 2, "Piotr")[0], people(desk, 2, "Ines")[0]);
    let jeans = day.notes[0].id;
    let others = desk.log.iter().find(|e| matches!(e.event.open(), Some(Event::Door(_)))).unwrap().id;
    let against = day.against[0].entry;
    let tell = NoteAct::Tell {
        note: jeans,
        about: About::Nobody(FileId(Uuid::from_u128(9))),
        kind: None,
        words: Text::note("x"),
        paper: None,
    };
    let policy = doorbook::domain::policy::Policy { grace_min: 20, ..(*desk.app.register.policy()).clone() };
    vec![
        ("cancel", Command::May(Permission::Cancel { session: four, why: Code::new("X-STF") }), RUTH),
        ("correct another's time", Command::Amend(Amend::SetTime { entry: others, at: desk.now }), RUTH),
        ("know of a fact against a rule", Command::Amend(Amend::Answer(Answer::Known { entry: against })), RUTH),
        ("a note is seen", Command::Note(NoteAct::See { note: jeans }), NOTES),
        ("another's note was a mistake", Command::Note(NoteAct::Mistake { note: jeans }), NOTES),
        ("write over another's note", Command::Note(tell), NOTES),
        ("a message is dealt with", Command::Note(NoteAct::Deal { message: day.messages[0].id }), NOTES),
        ("a count stands", Command::Amend(Amend::Answer(Answer::CountStands { counted: Counted::default() })), LOOSEN),
        ("a session stands", Command::Amend(Amend::Answer(Answer::SessionStands { session: one })), LOOSEN),
        ("keep apart", Command::File(FileAct::KeepApart { case, one: piotr, other: ines, why: None }), RUTH),
        ("policy", Command::Policy(Box::new(policy)), RUTH),
        (
            "let go in the hold",
            Command::May(Permission::LetGo { session: one, people: people(desk, 1, "Dan"), door: front.clone() }),
            &[],
        ),
        (
            "hand over to somebody not on the list",
            Command::May(Permission::HandOver {
                session: two,
                children: people(desk, 2, "Aleksander"),
                basis: Basis::Listed(ines),
                walker: None,
                door: front,
            }),
            &[],
        ),
    ]
}

fn allows(desk: &Desk, who: StaffId, command: &Command) -> Result<(), Refusal> {
    let stamp = Stamp { by: who, ..desk.app.stamp(None) };
    decide(&desk.app.register, desk.app.day, command, &stamp).map(|_| ())
}

#[test]
fn every_role_against_every_command() {
    let mut desk = midday();
    let team = of_each_role(&mut desk);
    let mut table: Vec<(&str, Command, &[Role])> = by_role(&desk);
    table.extend(ordinary(&desk).into_iter().map(|(name, command)| (name, command, EVERYONE)));
    for (name, command, may) in table {
        for (role, who) in &team {
            let asked = allows(&desk, *who, &command);
            assert_eq!(asked.is_ok(), may.contains(role), "{name}, {role:?}: {asked:?}");
        }
    }
}

#[test]
fn who_may_allow_hand_over_once_sign_and_take_out() {
    let mut desk = midday();
    let team = of_each_role(&mut desk);
    let (id, children) = (session(&desk, 2), people(&desk, 2, "Aleksander"));
    let number = desk.app.day().unwrap().numbered(2).unwrap().plan.people[1].phone.clone().unwrap();
    let dan =
        Permission::LetGo { session: session(&desk, 1), people: people(&desk, 1, "Dan"), door: Code::new("front") };
    for (role, who) in team {
        let basis = Basis::Verified { name: Text::name("A. Jones"), coordinator: who, number: number.clone() };
        let (children, walker, door) = (children.clone(), Some(staff(&desk, "Sam")), Code::new("front"));
        let once = Command::May(Permission::HandOver { session: id, children, basis, walker, door });
        assert_eq!(allows(&desk, who, &once).is_ok(), RUTH.contains(&role), "one-off, {role:?}");
        let why = Code::new("A-URG");
        let said = Command::Allowed(Allowance { permission: dan.clone(), by: who, how: How::Said, why });
        assert_eq!(allows(&desk, staff(&desk, "Jean"), &said).is_ok(), LOOSEN.contains(&role), "allow, {role:?}");
        for power in Power::ALL {
            let may = desk.app.policy().may(role, *power);
            assert_eq!(may_do(&desk.app.register, desk.app.day, who, *power).is_ok(), may);
        }
        assert_eq!(may_do(&desk.app.register, desk.app.day, who, Power::Export).is_ok(), RUTH.contains(&role));
    }
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1");
    for (role, who) in of_each_role(&mut desk) {
        let asked = allows(&desk, who, &Command::Day(DayAct::Sign));
        assert_eq!(asked.is_ok(), LOOSEN.contains(&role), "sign, {role:?}: {asked:?}");
    }
    let day = desk.app.day;
    assert!(matches!(may_do(&desk.app.register, day, StaffId(Uuid::nil()), Power::Sign), Err(Refusal::Needs(_))));
}

#[test]
fn a_refusal_names_who_can_of_those_on_shift() {
    let mut desk = small_day("Ruth");
    desk.keys("f7 0 tab 0 tab 5 tab 0 enter 2 1 1 esc");
    takes(&mut desk, "Jean");
    desk.keys("f7");
    assert_eq!(desk.enter(), "Wait   Ruth or Walter signs. F6 changes the person");
    desk.keys("esc f2 3 esc f7 0 tab 0 tab 4 tab 0 enter tab");
    assert_eq!(desk.enter(), "Wait   Ruth signs. F6 changes the person", "Walter went home");
    desk.reloads();
}

#[test]
fn footer_help_and_palette_show_what_this_person_may_do_now() {
    let mut desk = small_day("Ruth");
    desk.keys("ctrl-p");
    desk.sees_not("Ctrl-T").sees_not("Ruth says so");
    desk.keys("esc f7 ?");
    desk.sees_not("opens a signed day again");
    desk.keys("? 0 tab 0 tab 5 tab 0 enter 2 1 1 enter f7 ?");
    desk.sees("opens a signed day again");
    desk.keys("? esc");
    takes(&mut desk, "Jean");
    desk.keys("f7").sees_not("open again");
    desk.keys("?").sees_not("opens a signed day again");
    desk.keys("? esc 1 enter ?");
    desk.sees_not("allows what the line says Wait to");
    desk.reloads();
}

/// The centre cancels: by who may, from the list of commands; both sides are to be told, and the day is settled.
#[test]
fn the_centre_cancels_a_session_and_both_sides_are_told() {
    let mut desk = Desk::saturday("09:10");
    desk.keys("4 ctrl-p \"cancel");
    desk.sees_not("cancel for the centre");
    desk.keys("esc esc");
    super::hand::takes(&mut desk, "Ruth");
    desk.keys("4 ctrl-p \"cancel enter").sees("Why does the centre cancel No 4?").sees("too few of the team");
    assert!(desk.enter().starts_with("Wait"), "{}", desk.enter());
    desk.keys("2");
    assert_eq!(desk.enter(), "Enter   the centre cancels No 4, reason 2, 09:10");
    let before = desk.written();
    desk.keys("enter");
    assert_eq!(desk.written(), before + 1);
    desk.sees("No 4: not today").sees("the other side must be told");
    desk.keys("tab enter t 1 enter").sees("the other side must be told");
    desk.keys("tab enter t 1 enter").sees_not("must be told");
    let day = desk.app.day().unwrap();
    let session = day.numbered(4).unwrap();
    assert_eq!(day.outcome(session), doorbook::domain::day::Outcome::Cancelled);
    assert!(
        doorbook::domain::close::questions(day, desk.now)
            .iter()
            .all(|q| q.about.card().is_none_or(|(s, _)| s != session.id()))
    );
    // Nobody cancels what somebody has come for.
    desk.keys("@09:50 1 enter enter 1 ctrl-p \"cancel enter 2 enter");
    assert!(desk.app.day().unwrap().numbered(1).unwrap().cancelled.is_none());
    desk.reloads();
}

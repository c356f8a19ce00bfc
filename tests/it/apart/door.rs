//! What the door says to two who must not meet: place, entrance, passing by; and who they may be.

use doorbook::domain::case::Instruction;
use doorbook::domain::codes::{Consent, ContactKind, Effect, Flag, How, Offsite, Origin, Party};
use doorbook::domain::day::Clash;
use doorbook::domain::decide::{Allowance, Command, Fact, FileAct, Journey, Permission};
use doorbook::domain::event::{Basis, Carer};
use doorbook::domain::ids::{InstructionId, PersonId, SessionId};
use doorbook::domain::next::leaving_door;
use doorbook::domain::policy::{Code, Plan, Route};
use doorbook::domain::refusal::{Gate, Refusal};
use doorbook::domain::text::Text;
use uuid::Uuid;

use super::world::{World, case, person};

/// By the front door into the hall, or by the side door into the small waiting room.
const WAYS: [(&str, &str); 4] = [("front", "hall"), ("side", "small"), ("front", "oak"), ("front", "elm")];

fn session(world: &World, n: u32) -> SessionId {
    world.made.day().sessions.iter().find(|s| s.plan.case == case(n)).unwrap().id()
}

fn people(names: &str) -> Vec<PersonId> {
    names.split(' ').map(person).collect()
}

fn let_in(world: &World, n: u32, names: &str, (door, place): (&str, &str)) -> Command {
    let (door, place) = (Code::new(door), Code::new(place));
    Command::May(Permission::LetIn { session: session(world, n), people: people(names), door, place, carer: None })
}

/// The codes of the doors and places that the policy has.
fn ways(world: &mut World) -> [(&'static str, &'static str); 4] {
    world.open();
    let policy = world.made.day().policy.clone();
    for (door, place) in WAYS {
        assert!(policy.door(&Code::new(door)).is_some(), "{door} of {:?}", policy.doors);
        assert!(policy.place(&Code::new(place)).is_some(), "{place} of {:?}", policy.places);
    }
    WAYS
}

#[track_caller]
fn goes(world: &mut World, command: &Command) {
    if let Err(refusal) = world.write(command) {
        panic!("{command:?}: {refusal:?}");
    }
}

#[track_caller]
fn clash(world: &mut World, command: &Command) -> Clash {
    match world.write(command) {
        Err(Refusal::Clash(clash)) => clash,
        other => panic!("{command:?}: {other:?}"),
    }
}

fn on(world: &mut World, minute: &str) {
    world.made.at(minute);
}

/// Family, who, by which of the ways.
type Comes = (u32, &'static str, usize);

/// Setup, who is in first, who asks then, so many minutes later, may they?
const MEETINGS: &[(&str, &str, Comes, Comes, u32, bool)] = &[
    ("one place", "keep r1 v1 @1", (1, "v1", 0), (1, "r1 c1", 0), 60, false),
    ("one place, the other first", "keep r1 v1 @1", (1, "r1 c1", 0), (1, "v1", 0), 60, false),
    ("one door within the minutes", "keep r1 v1 @1", (1, "v1", 2), (1, "r1 c1", 0), 14, false),
    ("one door when they are over", "keep r1 v1 @1", (1, "v1", 2), (1, "r1 c1", 0), 15, true),
    ("another door at once", "keep r1 v1 @1", (1, "v1", 2), (1, "r1 c1", 1), 0, true),
    ("through the hall where the other is", "keep r1 v1 @1", (1, "r1 c1", 0), (1, "v1", 2), 60, false),
    ("nobody on file", "", (1, "v1", 0), (1, "r1 c1", 0), 0, true),
    ("closed again", "keep r1 v1 @1; close r1 v1 @1 why", (1, "v1", 0), (1, "r1 c1", 0), 0, true),
    ("of two families", "keep r1 r2 @1", (1, "r1 c1", 0), (2, "r2 c2", 0), 60, false),
    ("of two families, another place by another door", "keep r1 r2 @1", (1, "r1 c1", 0), (2, "r2 c2", 1), 0, true),
    ("two families: the visitors too", "fam 1 2", (1, "v1", 2), (2, "v2", 2), 60, false),
    ("two families: a child and an adult", "fam 1 2", (1, "r1 c1", 0), (2, "v2", 0), 60, false),
    ("two families, each in a room, by one door", "fam 1 2", (1, "v1", 2), (2, "v2", 3), 14, false),
    ("two families may meet again", "fam 1 2; unfam 1 2 why", (1, "v1", 2), (2, "v2", 2), 0, true),
    (
        "somebody of two cases, kept apart in the one, comes for the other",
        "keep x1 r1 @1",
        (3, "x1", 0),
        (1, "r1 c1", 0),
        60,
        false,
    ),
    ("visits in one case and brings in another", "keep x2 r1 @2", (4, "x2 c4", 0), (1, "r1 c1", 0), 60, false),
    (
        "visits in one case and brings in another, the other first",
        "keep x2 r1 @2",
        (1, "r1 c1", 0),
        (4, "x2 c4", 0),
        60,
        false,
    ),
    ("a collector", "keep k1 v1 @1", (1, "v1", 0), (1, "k1", 0), 60, false),
    ("one listed twice: by the id that stays", "keep d1 v1 @1; merge d1 r1", (1, "v1", 0), (1, "r1 c1", 0), 60, false),
    (
        "one listed twice: by the id that was given up, today",
        "keep r1 v1 @1; merge d1 r1",
        (1, "v1", 0),
        (1, "d1", 0),
        60,
        false,
    ),
    ("one listed twice, before the day", "~keep d1 v1 @1; ~merge d1 r1", (1, "v1", 0), (1, "r1 c1", 0), 60, false),
    ("families of whom one is today's list by another case", "fam 1 6", (4, "x6 v4", 0), (1, "r1 c1", 0), 60, false),
    ("the car park", "keep r1 v1 @1", (1, "v1", 4), (1, "r1 c1", 4), 60, false),
];

#[test]
fn who_must_not_meet_does_not_meet_at_the_door() {
    for (name, setup, first, then, minutes, may) in MEETINGS {
        let mut world = World::new(name);
        world.play(setup);
        let [hall, small, oak, elm] = ways(&mut world);
        let all = [hall, small, oak, elm, ("front", "carpark")];
        let place = |n: usize| all[n];
        on(&mut world, "09:30");
        let command = let_in(&world, first.0, first.1, place(first.2));
        goes(&mut world, &command);
        on(&mut world, &format!("{:02}:{:02}", 9 + (30 + minutes) / 60, (30 + minutes) % 60));
        let command = let_in(&world, then.0, then.1, place(then.2));
        let answer = world.write(&command);
        assert_eq!(answer.is_ok(), *may, "{name}: {answer:?}");
        assert!(*may || matches!(answer, Err(Refusal::Clash(_))), "{name}: {answer:?}");
    }
}

/// The longest of the minutes of the centre and of both cases' plans.
#[test]
fn minutes_at_one_entrance_are_the_longest_of_all_plans() {
    for (centre, own, other, wait) in [
        (15, None, None, 15),
        (15, Some(30), None, 30),
        (15, None, Some(25), 25),
        (15, Some(5), Some(5), 15),
        (15, Some(20), Some(40), 40),
    ] {
        let mut world = World::planned("minutes", |n, head| {
            let minutes = if n == 1 { own } else { other };
            let plan = Plan { apart_min: minutes, ..doorbook::book::policy_default().plan };
            head.plan = (n < 3).then_some(plan);
        });
        world.play("keep v1 v2 @1");
        assert_eq!(world.made.day().policy.apart_min, centre);
        assert_eq!(world.made.day().apart_min(person("v1"), person("v2")).num_minutes(), wait);
        on(&mut world, "09:30");
        let command = let_in(&world, 1, "v1", WAYS[2]);
        goes(&mut world, &command);
        on(&mut world, &format!("{:02}:{:02}", 9 + (30 + wait - 1) / 60, (30 + wait - 1) % 60));
        let command = let_in(&world, 2, "v2", WAYS[3]);
        assert!(matches!(clash(&mut world, &command), Clash::Entrance { .. }), "{wait}");
        on(&mut world, &format!("{:02}:{:02}", 9 + (30 + wait) / 60, (30 + wait) % 60));
        goes(&mut world, &command);
    }
}

/// Who was let in by an allowance goes out past the one whom they had met. Somebody who has passed since then is met anew:
/// within the minutes of the plan, as anywhere.
#[test]
fn the_way_out_after_an_allowance_keeps_the_minutes_of_the_plan() {
    for (planned, may) in [(Some(40), false), (None, true)] {
        let mut world = World::planned("allowed", |n, head| {
            let plan = Plan { apart_min: planned, ..doorbook::book::policy_default().plan };
            head.plan = (n == 1).then_some(plan);
        });
        world.play("keep v1 v2 @1");
        on(&mut world, "09:30");
        let command = let_in(&world, 1, "v1", WAYS[2]);
        goes(&mut world, &command);
        on(&mut world, "09:40");
        let Command::May(permission) = let_in(&world, 2, "v2", WAYS[3]) else { panic!() };
        let (by, how, why) = (world.made.who, How::Said, Code::new("A-SAW"));
        goes(&mut world, &Command::Allowed(Allowance { permission, by, how, why }));
        let leaves = |world: &World, n: u32, who: &str| {
            let (session, door) = (session(world, n), Code::new("front"));
            Command::May(Permission::LetGo { session, people: people(who), door })
        };
        on(&mut world, "10:21");
        let command = leaves(&world, 1, "v1");
        goes(&mut world, &command);
        on(&mut world, "10:41");
        let command = leaves(&world, 2, "v2");
        let answer = world.write(&command);
        assert_eq!(answer.is_ok(), may, "{planned:?}: {answer:?}");
        on(&mut world, "11:01");
        if !may {
            goes(&mut world, &command);
        }
    }
}

/// A pair that is kept apart while they are here is judged from then on: a move, and the way out.
#[test]
fn a_pair_of_today_is_checked_at_every_permission() {
    let mut world = World::new("every permission");
    ways(&mut world);
    on(&mut world, "09:30");
    for (n, names, way) in [(1, "v1", 2), (2, "r2 c2", 1), (3, "r3", 1), (1, "r1 c1", 0)] {
        let command = let_in(&world, n, names, WAYS[way]);
        goes(&mut world, &command);
    }
    world.play("keep c1 v1 @1; keep r2 r1 @1; keep r3 r1 @3");
    on(&mut world, "09:50");
    let first = session(&world, 1);
    let refused = [
        Permission::Move { session: first, people: people("r1"), place: Code::new("oak") },
        Permission::Move { session: first, people: people("v1"), place: Code::new("hall") },
        Permission::Move { session: first, people: people("r1"), place: Code::new("small") },
        Permission::Walk {
            session: first,
            children: people("c1"),
            walker: world.made.who,
            place: Code::new("oak"),
            into: Carer::Adult(person("v1")),
        },
        Permission::LetGo { session: first, people: people("v1"), door: Code::new("front") },
        Permission::GoOut { session: session(&world, 3), people: people("r3"), door: Code::new("front") },
        Permission::HandOver {
            session: session(&world, 2),
            children: people("c2"),
            basis: Basis::Listed(person("r2")),
            walker: None,
            door: Code::new("front"),
        },
    ];
    for permission in refused {
        clash(&mut world, &Command::May(permission));
    }
}

/// On line nobody meets anybody.
#[test]
fn nobody_meets_on_line() {
    let mut world = World::planned("video", |n, head| {
        if n == 1 {
            head.kind = ContactKind::Video;
        }
    });
    world.play("keep r1 v1 @1");
    on(&mut world, "10:00");
    let command = let_in(&world, 1, "r1 c1", WAYS[0]);
    goes(&mut world, &command);
    let join = Permission::Connect { session: session(&world, 1), person: person("v1") };
    goes(&mut world, &Command::May(join));
}

fn routed(door: &'static str, place: &'static str) -> World {
    World::planned("routes", |n, head| {
        let route = Route { party: Party::Brings, door: Code::new(door), place: Code::new(place) };
        let plan = Plan { routes: vec![route], ..doorbook::book::policy_default().plan };
        head.plan = (n == 1).then_some(plan);
    })
}

#[test]
fn a_planned_way_is_taken_while_the_centre_has_it() {
    for (door, place, expected) in [
        ("side", "small", ("side", "small")),
        ("gone", "small", ("front", "hall")),
        ("side", "gone", ("front", "hall")),
    ] {
        let mut world = routed(door, place);
        world.open();
        let session = world.made.day().session(session(&world, 1)).unwrap();
        let (door, place) = world.made.day().usual_way(session, Party::Brings);
        let waiting = world.made.day().waiting_place();
        let usual = if expected.0 == "front" { waiting.as_str().to_owned() } else { expected.1.to_owned() };
        assert_eq!((door.as_str(), place.as_str()), (expected.0, usual.as_str()));
    }
}

/// They met: the rules hold as before, the children's side leaves first, by the door that the plan has for it.
#[test]
fn after_they_met_the_plan_for_leaving_is_kept() {
    let mut world = routed("side", "small");
    world.play("keep r1 v1 @1");
    on(&mut world, "09:30");
    let command = let_in(&world, 1, "r1 c1", WAYS[0]);
    goes(&mut world, &command);
    let first = session(&world, 1);
    let came_by = |world: &World| {
        let day = world.made.day();
        leaving_door(day, day.session(first).unwrap(), &people("r1 c1"), Party::Brings)
    };
    assert_eq!(came_by(&world).as_str(), "front");
    let (front, hall) = (Code::new("front"), Code::new("hall"));
    let walked_in = Fact::WalkedIn { session: first, person: person("v1"), door: front, place: hall.clone() };
    goes(&mut world, &Command::Happened(walked_in));
    goes(&mut world, &Command::Happened(Fact::SidesMet { session: first, place: hall }));
    assert_eq!(came_by(&world).as_str(), "side");
    let go = Permission::LetGo { session: first, people: people("v1"), door: Code::new("front") };
    assert!(world.write(&Command::May(go)).is_err(), "the side that visits stays while a child is here");
}

fn instruction(flag: Flag, effect: Effect) -> Instruction {
    Instruction {
        id: InstructionId(Uuid::from_u128(0x1234)),
        flag,
        effect,
        about: None,
        party: None,
        words: Text::name("As agreed."),
        reason: Some(Text::name("a reason")),
        consent: None,
        origin: Origin::CourtOrder,
        from: "2026-11-01".parse().unwrap(),
        to: None,
        limit: None,
    }
}

fn instruct(n: u32, instruction: &Instruction) -> Command {
    Command::File(FileAct::Instruct { case: case(n), instruction: Box::new(instruction.clone()) })
}

/// No contact for now: at the first door, and where contact would begin if they are in already.
#[test]
fn suspended_stops_every_beginning() {
    for effect in [Effect::Block, Effect::Warn, Effect::Show] {
        let mut world = World::new("suspended");
        world.open();
        on(&mut world, "09:45");
        for (names, way) in [("v1", WAYS[2]), ("r1 c1", WAYS[0])] {
            let command = let_in(&world, 1, names, way);
            goes(&mut world, &command);
        }
        goes(&mut world, &instruct(1, &instruction(Flag::Suspended, effect)));
        let walk = Permission::Walk {
            session: session(&world, 1),
            children: people("c1"),
            walker: world.made.who,
            place: Code::new("oak"),
            into: Carer::Adult(person("v1")),
        };
        let come = let_in(&world, 1, "x1", WAYS[2]);
        let blocked = Err(Refusal::Gate(Gate::Suspended));
        assert_eq!(world.write(&Command::May(walk)).map(|_| ()) == blocked, effect == Effect::Block);
        assert_eq!(world.write(&come).map(|_| ()) == blocked, effect == Effect::Block);
    }
}

#[test]
fn they_stay_in_the_building() {
    for (effect, may) in [(Effect::Block, false), (Effect::Warn, true), (Effect::Show, true)] {
        let mut world = World::planned("premises", |n, head| {
            if n == 1 {
                head.kind = ContactKind::Handover;
                head.offsite = Some(Offsite::Order);
            }
        });
        world.open();
        goes(&mut world, &instruct(1, &instruction(Flag::Premises, effect)));
        on(&mut world, "09:45");
        let walked_in = |name: &str| Fact::WalkedIn {
            session: session(&world, 1),
            person: person(name),
            door: Code::new("front"),
            place: Code::new("hall"),
        };
        let facts = [walked_in("v1"), walked_in("c1")];
        facts.into_iter().for_each(|fact| goes(&mut world, &Command::Happened(fact)));
        let until = Some(world.made.now + chrono::Duration::hours(2));
        let out = Permission::TakeOut {
            session: session(&world, 1),
            children: people("c1"),
            adult: person("v1"),
            journey: Journey { until, ..Journey::default() },
            door: Code::new("front"),
        };
        let answer = world.write(&Command::May(out));
        assert_eq!(answer.is_ok(), may, "{effect:?}: {answer:?}");
    }
}

#[test]
fn named_visitors_and_how_many() {
    let mut world = World::new("visitors");
    world.open();
    on(&mut world, "09:45");
    let most = |n| Instruction { limit: Some(n), ..instruction(Flag::Visitors, Effect::Block) };
    goes(&mut world, &instruct(2, &most(0)));
    let command = let_in(&world, 2, "v2", WAYS[3]);
    goes(&mut world, &command);
    let command = let_in(&world, 2, "x2", WAYS[3]);
    assert_eq!(world.write(&command), Err(Refusal::TooMany(0)));
    goes(&mut world, &instruct(2, &most(1)));
    let barred = Instruction { about: Some(person("x2")), ..most(1) };
    goes(&mut world, &instruct(2, &barred));
    assert_eq!(world.write(&command), Err(Refusal::NotListed(person("x2"))));
    goes(&mut world, &instruct(2, &most(1)));
    goes(&mut world, &command);
}

#[test]
fn named_collectors() {
    let mut world = World::new("collectors");
    world.open();
    on(&mut world, "09:45");
    let command = let_in(&world, 1, "r1 c1", WAYS[0]);
    goes(&mut world, &command);
    let barred = Instruction { about: Some(person("k1")), ..instruction(Flag::Collectors, Effect::Block) };
    goes(&mut world, &instruct(1, &barred));
    let hand = |world: &World, name: &str| {
        Command::May(Permission::HandOver {
            session: session(world, 1),
            children: people("c1"),
            basis: Basis::Listed(person(name)),
            walker: None,
            door: Code::new("front"),
        })
    };
    let command = hand(&world, "k1");
    assert_eq!(world.write(&command), Err(Refusal::NotCollector));
    let command = hand(&world, "r1");
    goes(&mut world, &command);
}

/// A block whose paper has ended keeps people apart until somebody withdraws it; one of the future does not yet.
#[test]
fn a_block_holds_past_its_paper_and_not_before_its_day() {
    for (from, to, apart) in [
        ("2026-11-01", Some("2026-11-03"), true),
        ("2026-11-21", Some("2026-11-21"), true),
        ("2026-11-22", None, false),
    ] {
        for before in [true, false] {
            let mut world = World::new("dates");
            let (from, to) = (from.parse().unwrap(), to.map(|d: &str| d.parse().unwrap()));
            let given = Instruction { from, to, ..instruction(Flag::DoNotMeet, Effect::Block) };
            if before {
                let boxed = Box::new(given.clone());
                let event = doorbook::domain::event::CaseEvent::InstructionGiven { case: case(1), instruction: boxed };
                let mark = doorbook::domain::pairs::Mark {
                    at: world.made.now,
                    by: doorbook::domain::event::By::Program,
                    why: None,
                };
                world.made.register.fold_file(&event, &mark);
                world.open();
            } else {
                world.open();
                goes(&mut world, &instruct(1, &given));
            }
            let met = world.made.day().apart_from(person("r1")).contains(&person("v1"));
            assert_eq!(met, apart, "{from} {to:?} {before}");
            let withdraw = Command::File(FileAct::Withdraw { case: case(1), instruction: given.id });
            goes(&mut world, &withdraw);
            assert!(world.made.day().apart_from(person("r1")).is_empty());
        }
    }
}

#[test]
fn the_words_of_an_instruction_are_fit_for_a_lobby() {
    let mut world = World::new("words");
    world.open();
    let says =
        |words: &str, party| Instruction { words: Text::name(words), party, ..instruction(Flag::Other, Effect::Warn) };
    for (words, party, answer) in [
        ("Side door, then the small waiting room.", Some(Party::Brings), None),
        ("", None, Some(Refusal::NoWords)),
        ("By court order, the side door.", None, Some(Refusal::LobbyWord("order"))),
        ("They must not meet.", None, Some(Refusal::LobbyWord("must not meet"))),
        ("Ask Givenr1 for the bag.", Some(Party::Brings), None),
        ("Ask Givenr1 for the bag.", Some(Party::Visits), Some(Refusal::NamesOther(person("r1")))),
        ("Ask Givenr1 for the bag.", None, Some(Refusal::NamesOther(person("r1")))),
        ("Ask Mrs Familyr1.", Some(Party::Brings), Some(Refusal::NamesOther(person("r1")))),
    ] {
        let answer_is = world.write(&instruct(1, &says(words, party))).err();
        assert_eq!(answer_is, answer, "{words} {party:?}");
    }
    let health = |consent| Instruction {
        words: Text::name("Nut allergy: pen in the office."),
        consent,
        ..instruction(Flag::Medical, Effect::Warn)
    };
    for consent in [None, Some(Consent::NotSeen), Some(Consent::Withdrawn)] {
        assert_eq!(world.write(&instruct(1, &health(consent))), Err(Refusal::NoConsent));
    }
    goes(&mut world, &instruct(1, &health(Some(Consent::Seen))));
}

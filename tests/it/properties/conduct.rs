//! Invariants 1 to 5: no permission, record or undo brings about what the oracle calls wrong.

use std::collections::BTreeSet;

use chrono::Duration;
use doorbook::domain::codes::{ContactKind, Rule, Side};
use doorbook::domain::decide::{Amend, Command, DayAct, Fact, Journey, Permission, Record};
use doorbook::domain::event::{Basis, Carer, DoorEvent, Entry, Event};
use doorbook::domain::ids::{PersonId, SessionId};
use doorbook::domain::policy::Code;
use doorbook::domain::refusal::Refusal;
use proptest::prelude::*;

use super::naive::Sheet;
use super::oracle::{Oracle, Wrong};
use super::world::{Mix, Tried, World};
use super::{cases, numbers};

/// Facts and corrections may go against a rule; nothing else may.
fn is_fact(command: &Command) -> bool {
    matches!(command, Command::Happened(_) | Command::Amend(Amend::SetTime { .. }) | Command::Paper(_))
}

/// Somebody leaves by it, and it was not written at the time.
fn leaves(command: &Command) -> bool {
    match command {
        Command::Happened(fact) => matches!(
            fact,
            Fact::Left { .. }
                | Fact::LeftAbout { .. }
                | Fact::Collected { .. }
                | Fact::Taken { .. }
                | Fact::WentOut { .. }
                | Fact::WrongChild { .. }
                | Fact::Home { .. }
                | Fact::HandedOver { .. }
        ),
        Command::May(asked) => matches!(
            asked,
            Permission::LetGo { .. }
                | Permission::GoOut { .. }
                | Permission::TakeOut { .. }
                | Permission::HandOver { .. }
        ),
        Command::Paper(line) => leaves(&line.says),
        _ => false,
    }
}

/// The rule that it is of.
fn rule(wrong: &Wrong) -> Rule {
    match wrong {
        Wrong::Care(_) => Rule::OneResponsibleAdult,
        Wrong::Walker(_) | Wrong::Escort(..) => Rule::NamedWorker,
        Wrong::Place(..) | Wrong::Entrance(..) => Rule::KeepApart,
        Wrong::Collector(_) => Rule::CheckedCollector,
        Wrong::Hold(_) | Wrong::Return(_) => Rule::Hold,
        Wrong::Gate(_) => Rule::Gate,
        Wrong::Gap(..) => Rule::Gap,
        Wrong::Offsite(..) => Rule::Offsite,
        Wrong::Supervisor(..) => Rule::Supervisor,
    }
}

/// The rules that an override names as gone past.
fn named(entries: &[Entry]) -> Vec<Rule> {
    let rules = |e: &Entry| match e.event_of() {
        Some(Event::Door(DoorEvent::Allowed { rules, .. })) => rules.clone(),
        _ => Vec::new(),
    };
    entries.iter().flat_map(rules).collect()
}

fn wrongs(world: &World) -> BTreeSet<Wrong> {
    Oracle::new(&world.entries, &world.policy).wrongs()
}

/// Who is moved by these entries.
fn moved(entries: &[Entry]) -> Vec<(PersonId, &Entry)> {
    let door = |e| if let Some(Event::Door(event)) = Entry::event_of(e) { Some(event) } else { None };
    let moves = |event: &DoorEvent| match event {
        DoorEvent::Arrived { person, .. }
        | DoorEvent::CameBack { person, .. }
        | DoorEvent::Moved { person, .. }
        | DoorEvent::WentOut { person, .. }
        | DoorEvent::AdultLeft { person, .. } => Some(*person),
        DoorEvent::Walked { child, .. } | DoorEvent::ChildLeft { child, .. } => Some(*child),
        _ => None,
    };
    entries.iter().filter_map(|e| door(e).and_then(moves).map(|p| (p, e))).collect()
}

trait EventOf {
    fn event_of(&self) -> Option<&Event>;
}

impl EventOf for Entry {
    fn event_of(&self) -> Option<&Event> {
        self.event.open()
    }
}

fn run(seed: u64, numbers: &[u64], mix: Mix) -> Result<(), TestCaseError> {
    let mut world = World::new(seed, mix);
    let mut before = wrongs(&world);
    let mut ever = before.clone();
    prop_assert!(before.is_empty(), "at the opening: {before:?}");
    for number in numbers {
        let entries = world.entries.len();
        let behind = world.entries.iter().any(|e| e.occurred_at > world.now);
        let Some(tried) = world.next(*number) else { continue };
        let Ok(new) = &tried.result else { continue };
        let after = wrongs(&world);
        let added: Vec<&Wrong> = after.difference(&before).collect();
        if is_fact(&tried.command) {
            let says = new.iter().any(|e| !e.against.is_empty());
            // The door and the minute of somebody's leaving are as far as is known: nobody is accused by them.
            let leaves = leaves(&tried.command);
            // One of several who went by one act is set to another time: for a while the others are still here.
            let corrected = matches!(tried.command, Command::Amend(Amend::SetTime { .. }));
            let counts = |w: &&&Wrong| {
                let as_far_as_known = leaves && matches!(w, Wrong::Place(..) | Wrong::Entrance(..));
                // A correction names each rule once: what more it does against a rule that the day goes against is not told.
                let known = before.iter().any(|b| rule(b) == rule(w));
                let of_one = corrected && (known || matches!(w, Wrong::Escort(..)));
                !as_far_as_known && !of_one
            };
            let silent = added.iter().any(|w| counts(&w)) && !says;
            prop_assert!(!silent, "{added:?} and nothing against it\n{}\n{}", told(&tried), log(&world));
        } else if matches!(tried.command, Command::File(_) | Command::Note(_)) {
            // Who must not meet from now on may have met before; and papers may have been shown before contact began.
        } else {
            let waived = named(new);
            // What is safe needs no leave: a child who is kept here by a worker may be where the other side is.
            let safe = matches!(tried.command, Command::Write(_));
            // To stop never waits for a place to be clear: it says so.
            let asked = |w: &Wrong| safe && new.iter().any(|e| e.against.contains(&rule(w)));
            // What is taken back gives back what was written before it, wrong or not.
            let undo = matches!(tried.command, Command::Amend(Amend::Undo { .. }));
            let may = |w: &&&Wrong| {
                let was_so = undo && ever.contains(**w);
                let is_safe = safe && matches!(w, Wrong::Gate(_));
                // The clock went back: what is written now was before what is written already.
                let of_the_clock = behind && matches!(w, Wrong::Hold(_) | Wrong::Return(_));
                !was_so && !is_safe && !of_the_clock && !asked(w) && !waived.contains(&rule(w))
            };
            let added: Vec<&&Wrong> = added.iter().filter(may).collect();
            prop_assert!(added.is_empty(), "{added:?}\n{}\n{}", told(&tried), log(&world));
            let earlier = Oracle::new(&world.entries[..entries], &world.policy);
            for (person, entry) in moved(new) {
                let last = earlier.last_time(person);
                prop_assert!(
                    last.is_none_or(|last| entry.occurred_at >= last),
                    "{person} goes back to before {last:?}\n{}",
                    told(&tried)
                );
            }
        }
        ever.extend(after.iter().copied());
        before = after;
    }
    Ok(())
}

pub fn told(tried: &Tried) -> String {
    short(&format!("at {} (now {}): {:?}", tried.stamp.at, tried.stamp.now, tried.command))
}

/// The last four digits of each id are enough to tell them apart.
fn short(text: &str) -> String {
    let is_id = |at: usize| {
        text.get(at..at + 36).is_some_and(|t| {
            t.bytes()
                .enumerate()
                .all(|(n, b)| if matches!(n, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() })
        })
    };
    let (mut out, mut at) = (String::new(), 0);
    while let Some(next) = text[at..].chars().next() {
        if is_id(at) {
            out.push_str(&text[at + 28..at + 36]);
            at += 36;
        } else {
            out.push(next);
            at += next.len_utf8();
        }
    }
    out.replace(":00+00:00", "").replace("2026-11-21T", "").replace("2026-11-21 ", "")
}

/// The entries of the day, for whoever reads a failure.
pub fn log(world: &World) -> String {
    let line = |e: &Entry| match e.event.open() {
        Some(Event::Day(doorbook::domain::event::DayEvent::SessionExpected(plan))) => {
            let who = |m: &doorbook::domain::case::Member| {
                format!("{} {:?} {:?} {}", m.person, m.side, m.standing, m.collects)
            };
            let people: Vec<String> = plan.people.iter().map(who).collect();
            let p = &plan.plan;
            let plan =
                (plan.session, plan.kind, plan.legs, plan.offsite, plan.supervisor, &plan.apart, &plan.instructions);
            format!("{plan:?} may meet {} hold {}\n    {}", p.may_meet, p.hold_min, people.join("\n    "))
        }
        Some(Event::Centre(_) | Event::Case(_)) => String::new(),
        other => format!("{} {} {:?}", e.id, e.occurred_at, other.unwrap()),
    };
    short(&world.entries.iter().map(line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n"))
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn nothing_asked_for_brings_about_a_wrong(seed: u64, numbers in numbers(90)) {
        run(seed, &numbers, Mix::Asked)?;
    }

    #[test]
    fn nor_after_what_has_happened_against_the_rules(seed: u64, numbers in numbers(90)) {
        run(seed, &numbers, Mix::Anything)?;
    }
}

/// The first family of the practice Saturday: its session, those who bring, the children, those who visit.
fn first_family(world: &World) -> (SessionId, Vec<PersonId>, Vec<PersonId>, Vec<PersonId>) {
    let session = &world.day().sessions[0];
    let of = |side| {
        let all = session.plan.people.iter().filter(move |m| m.side == side && m.is_expected());
        all.map(|m| m.person).collect::<Vec<_>>()
    };
    (session.id(), of(Side::Resident), of(Side::Child), of(Side::Visiting))
}

fn let_in(session: SessionId, people: Vec<PersonId>, place: &str) -> Command {
    let (door, place) = (Code::new("front"), Code::new(place));
    Command::May(Permission::LetIn { session, people, door, place, carer: None })
}

#[test]
fn what_is_set_back_is_judged_as_it_stood_then() {
    let mut world = World::saturday();
    let (session, carers, children, visiting) = first_family(&world);
    let walker = world.staff[1];
    for people in [carers, children.clone()] {
        assert!(world.attempt(&let_in(session, people, "waiting"), None, 0, 0).result.is_ok());
    }
    assert!(world.attempt(&let_in(session, visiting.clone(), "oak"), None, 0, 0).result.is_ok());
    assert!(world.attempt(&Command::May(Permission::StaffOut { staff: walker }), None, 0, 0).result.is_ok());
    world.now += Duration::minutes(20);
    assert!(world.attempt(&Command::Day(DayAct::StaffIn { staff: walker }), None, 0, 0).result.is_ok());
    world.now += Duration::minutes(5);
    let (place, into) = (Code::new("oak"), Carer::Adult(visiting[0]));
    let walk = Command::May(Permission::Walk { session, children, walker, place, into });
    let back = world.attempt(&walk, Some(Duration::minutes(15)), 0, 0).result;
    assert_eq!(back.unwrap_err(), Refusal::NotOnShift(walker));
    assert!(world.attempt(&walk, None, 0, 0).result.is_ok());
}

#[test]
fn what_is_written_already_must_bear_what_is_set_back() {
    let mut world = World::saturday();
    let (session, carers, children, _) = first_family(&world);
    assert!(world.attempt(&let_in(session, carers.clone(), "waiting"), None, 0, 0).result.is_ok());
    world.now += Duration::minutes(10);
    let go = Command::May(Permission::LetGo { session, people: carers, door: Code::new("front") });
    assert!(world.attempt(&go, None, 0, 0).result.is_ok());
    world.now += Duration::minutes(10);
    // Their mother was here at that minute, and has left since: nobody would have them now.
    let back = world.attempt(&let_in(session, children, "waiting"), Some(Duration::minutes(15)), 0, 0).result;
    assert_eq!(back.unwrap_err(), Refusal::RestsOn);
}

/// Who goes along with one child has no other in the building, and is not asked to have one while away.
#[test]
fn an_escort_has_no_other_child() {
    let mut world = World::two_families([ContactKind::Escorted, ContactKind::Handover]);
    let supervisor = world.staff[3];
    let [escorted, handover] = [0, 1].map(|n| {
        let session = &world.day().sessions[n];
        (session.id(), session.plan.people.iter().map(|m| m.person).collect::<Vec<_>>())
    });
    for (session, people) in [&escorted, &handover] {
        let [child, mother, _] = people[..] else { unreachable!() };
        assert!(world.attempt(&let_in(*session, vec![mother, child], "waiting"), None, 0, 0).result.is_ok());
        let carer = Carer::Worker(supervisor);
        let give = Command::May(Permission::Give { session: *session, children: vec![child], carer });
        assert!(world.attempt(&give, None, 0, 0).result.is_ok());
    }
    let (session, people) = &escorted;
    assert!(world.attempt(&let_in(*session, vec![people[2]], "small"), None, 0, 0).result.is_ok());
    let journey =
        Journey { until: Some(world.now + Duration::hours(1)), worker: Some(supervisor), ..Journey::default() };
    let (children, adult, door) = (vec![people[0]], people[2], Code::new("front"));
    let out = Command::May(Permission::TakeOut { session: *session, children, adult, journey, door });
    assert_eq!(world.attempt(&out, None, 0, 0).result.unwrap_err(), Refusal::WorkerHasChild(supervisor));
    let (session, people) = &handover;
    let (children, other) = (vec![people[0]], Carer::Worker(world.staff[1]));
    let give = |carer| Command::May(Permission::Give { session: *session, children: children.clone(), carer });
    assert!(world.attempt(&give(other), None, 0, 0).result.is_ok());
    assert!(world.attempt(&out, None, 0, 0).result.is_ok());
    let back = world.attempt(&give(Carer::Worker(supervisor)), None, 0, 0).result;
    assert_eq!(back.unwrap_err(), Refusal::WorkerOut(supervisor));
    let (people, team, _) = Sheet::of(&world.entries).roll();
    assert!(!team.contains(&supervisor) && !people.contains_key(&escorted.1[0]));
}

/// A second before they left is the minute in which they left: it happens after that, and is judged so.
#[test]
fn set_back_into_the_minute_of_their_leaving_they_are_gone() {
    let mut world = World::two_families([ContactKind::Supported; 2]);
    let (session, people) = {
        let session = &world.day().sessions[0];
        (session.id(), session.plan.people.iter().map(|m| m.person).collect::<Vec<_>>())
    };
    let [child, mother, _] = people[..] else { unreachable!() };
    assert!(world.attempt(&let_in(session, vec![mother, child], "waiting"), None, 0, 0).result.is_ok());
    world.now += Duration::seconds(80);
    let (children, basis, door) = (vec![child], Basis::Listed(mother), Code::new("front"));
    let home = Command::May(Permission::HandOver { session, children: children.clone(), basis, walker: None, door });
    assert!(world.attempt(&home, None, 0, 0).result.is_ok());
    let carer = Carer::Worker(world.staff[1]);
    let give = Command::May(Permission::Give { session, children, carer });
    let back = world.attempt(&give, Some(Duration::seconds(1)), 0, 0).result;
    assert_eq!(back.unwrap_err(), Refusal::NotIn(child));
}

/// Nobody is left to be paused when the child has gone home out of a pause.
#[test]
fn a_pause_is_over_when_the_child_has_gone() {
    let mut world = World::two_families([ContactKind::Supervised; 2]);
    let (session, people, room) = {
        let session = &world.day().sessions[0];
        let people = session.plan.people.iter().map(|m| m.person).collect::<Vec<_>>();
        (session.id(), people, session.plan.room.clone())
    };
    let [child, mother, father] = people[..] else { unreachable!() };
    let priya = world.staff[3];
    let (children, into) = (vec![child], Carer::Worker(priya));
    let walk = Permission::Walk { session, children: children.clone(), walker: priya, place: room.clone(), into };
    let why = world.policy.pauses[0].code.clone();
    let (basis, door) = (Basis::Listed(mother), Code::new("front"));
    for command in [
        let_in(session, vec![mother, child], "waiting"),
        let_in(session, vec![father], room.as_str()),
        Command::May(Permission::Give { session, children: children.clone(), carer: into }),
        Command::May(walk),
        Command::Write(Record::Pause { session, why, place: Some(Code::new("waiting")) }),
        Command::May(Permission::HandOver { session, children, basis, walker: Some(priya), door }),
    ] {
        world.now += Duration::minutes(2);
        let done = world.attempt(&command, None, 0, 0).result;
        assert!(done.is_ok(), "{command:?}: {done:?}");
    }
    assert!(!world.day().session(session).unwrap().is_paused());
}

/// The numbers reach what they are meant to reach.
#[test]
fn the_days_are_real_days() {
    let mut accepted = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..60 {
        let mut world = World::new(seed, Mix::Anything);
        let mut chance = crate::chance::Chance::new(seed);
        for _ in 0..120 {
            if let Some(tried) = world.next(chance.next())
                && let Ok(entries) = tried.result
            {
                entries.iter().filter_map(|e| e.event.open()).for_each(|e| {
                    *accepted.entry(doorbook::book::wire::name(e)).or_default() += 1;
                });
            }
        }
    }
    let never: Vec<String> = doorbook::book::wire::names()
        .into_iter()
        .filter(|n| !n.starts_with("centre.") && !n.starts_with("case.") && !accepted.contains_key(n))
        .collect();
    // The world opens the day, `closing` signs it; nothing writes a child given to another in the same place yet.
    let elsewhere = ["day.opened", "day.session_expected", "day.signed", "day.reopened", "door.given_to"];
    assert!(never.iter().all(|n| elsewhere.contains(&n.as_str())), "{never:?} in {accepted:#?}");
    for often in ["door.child_left", "door.walked", "door.adult_left", "door.arrived", "amend.undone"] {
        assert!(accepted.get(often).is_some_and(|n| *n >= 120), "{often} is rare: {accepted:#?}");
    }
}

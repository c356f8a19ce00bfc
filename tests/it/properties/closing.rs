//! Invariant 7: no signing over an open question; every question has an honest answer; the clock signs nobody out.

use doorbook::domain::close;
use doorbook::domain::codes::{How, Moment};
use doorbook::domain::day::{Note, Outcome, Presence};
use doorbook::domain::decide::{Command, DayAct, Permission, Record};
use doorbook::domain::event::{About, DoorEvent, Event};
use doorbook::domain::refusal::Refusal;
use proptest::prelude::*;

use super::choose::heads;
use super::conduct::{log, told};
use super::world::{Mix, World};
use super::{cases, no_dead_end, numbers};

/// What still stands in the way of a signature, read without the list of questions.
pub fn open_ends(world: &World) -> Vec<String> {
    let day = world.day();
    let mut ends = Vec::new();
    for session in &day.sessions {
        for (member, attendance) in session.all() {
            if matches!(attendance.presence(), Presence::In(_) | Presence::Out(_)) {
                ends.push(format!("{} of {} has not left", member.person, session.id()));
            }
        }
        if day.outcome(session) == Outcome::Expected && !session.stands {
            ends.push(format!("{} is neither held nor not held nor cancelled", session.id()));
        }
    }
    // A note about a worker is for the safeguarding lead and the chair: it stands in no closing list.
    let worker = |n: &&Note| matches!(n.about, Some(About::Worker { .. }));
    let waits = day.notes.iter().filter(|n| !n.seen && !n.stands && !worker(n));
    ends.extend(waits.map(|n| format!("note {} is not seen", n.no)));
    // By name only, or by another hand than that of who allowed it: open until they, or the coordinator, have said so.
    let said = day.overrides.iter().filter(|o| o.how == How::Said && o.confirmed.is_none());
    ends.extend(said.map(|o| format!("what {} allowed is not confirmed", o.by)));
    let against = day.against.iter().filter(|a| !day.known.contains(&a.entry));
    ends.extend(against.map(|a| format!("{:?} is not known", a.rules)));
    ends
}

fn closes(world: &mut World) -> Result<(), TestCaseError> {
    if world.day().is_signed() {
        let why = doorbook::domain::text::Text::note("more was to be written");
        let reopened = world.attempt(&Command::Day(DayAct::Reopen { why }), None, 0, 0).result;
        prop_assert!(reopened.is_ok(), "{reopened:?}");
    }
    prop_assert!(!world.day().is_signed(), "opened again, and still signed");
    world.now = world.now.max(last(world));
    let counted = heads(world);
    prop_assert!(world.attempt(&Command::Day(DayAct::Count(counted)), None, 0, 0).result.is_ok());
    let questions = close::questions(world.day(), world.now).len();
    if questions > 0 {
        let refused = world.attempt(&Command::Day(DayAct::Sign), None, 0, 0).result;
        prop_assert_eq!(refused.unwrap_err(), Refusal::Questions(questions));
    }
    if let Err(stuck) = no_dead_end::answer_all(world, 0) {
        prop_assert!(false, "{stuck}\n{}", log(world));
    }
    let signed = world.attempt(&Command::Day(DayAct::Sign), None, 0, 0).result;
    prop_assert!(signed.is_ok(), "{signed:?}");
    prop_assert!(world.day().is_signed(), "signed, and not signed\n{}", log(world));
    Ok(())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_signature_stands_over_no_open_end(seed: u64, numbers in numbers(90)) {
        let mut world = World::new(seed, Mix::Anything);
        for number in &numbers {
            let before = open_ends(&world);
            let Some(tried) = world.next(*number) else { continue };
            if matches!(tried.command, Command::Day(DayAct::Sign)) && tried.result.is_ok() {
                prop_assert!(before.is_empty(), "{before:?}");
            }
        }
        closes(&mut world)?;
        let ends = open_ends(&world);
        prop_assert!(ends.is_empty(), "signed over {ends:?}\n{}", log(&world));
    }

    #[test]
    fn after_the_signature_only_addenda(seed: u64, numbers in numbers(50), after in numbers(40)) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        closes(&mut world)?;
        for number in &after {
            let Some(tried) = world.next(*number) else { continue };
            if !world.day().is_signed() {
                closes(&mut world)?;
                continue;
            }
            match &tried.command {
                // The team goes home after the signature.
                Command::May(Permission::StaffOut { .. }) => {}
                Command::May(_) => prop_assert_eq!(tried.result.unwrap_err(), Refusal::Signed, "{:?}", tried.command),
                Command::Happened(_) => prop_assert!(tried.result.is_ok(), "{}: {:?}", told(&tried), tried.result),
                Command::Write(Record::OnTheWay { .. } | Record::ToldOther { .. }) => {
                    prop_assert!(tried.result.is_ok(), "{}", told(&tried));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn the_clock_signs_nobody_out(seed: u64, numbers in numbers(60), hours in 1i64..40) {
        let mut world = World::new(seed, Mix::Anything);
        for number in &numbers {
            let Some(tried) = world.next(*number) else { continue };
            let left = |e: &doorbook::domain::event::Entry| {
                matches!(e.event.open(), Some(Event::Door(DoorEvent::AdultLeft { .. } | DoorEvent::ChildLeft { .. })))
            };
            let asked = matches!(
                tried.command,
                Command::Happened(_)
                    | Command::Paper(_)
                    | Command::Allowed(_)
                    | Command::May(
                        Permission::HandOver { .. } | Permission::LetGo { .. } | Permission::TakeOut { .. }
                    )
            );
            if let Ok(entries) = &tried.result {
                prop_assert!(asked || !entries.iter().any(left), "{}", told(&tried));
            }
        }
        let (before, roll) = (open_ends(&world), world.day().roll());
        world.now += chrono::Duration::hours(hours);
        prop_assert_eq!(open_ends(&world), before);
        prop_assert_eq!(world.day().roll(), roll.clone());
        prop_assert_eq!(world.day().as_at(world.now.max(last(&world))).roll(), roll);
    }
}

/// The last time that anything of the day has.
pub fn last(world: &World) -> Moment {
    world.day().entries.iter().map(|e| world.day().happened(e)).max().unwrap_or(world.now)
}

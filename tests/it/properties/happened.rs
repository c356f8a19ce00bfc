//! Invariant 11: what has happened can always be written, and the fire roll is then true.

use doorbook::domain::decide::{Command, Fact};
use doorbook::domain::event::{DoorEvent, Event};
use doorbook::domain::ids::{PersonId, SessionId};
use doorbook::domain::refusal::Refusal;
use proptest::prelude::*;
use uuid::Uuid;

use super::choose;
use super::conduct::{log, told};
use super::naive::{Sheet, roll_of};
use super::world::{Mix, World};
use super::{cases, numbers};
use crate::chance::Chance;

fn check_roll(world: &World) -> Result<(), TestCaseError> {
    let pencil = Sheet::of(&world.entries).roll();
    prop_assert_eq!(roll_of(world.day()), pencil, "\n{}", log(world));
    Ok(())
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn what_has_happened_can_always_be_written(seed: u64, numbers in numbers(90), after in numbers(20)) {
        let mut world = World::new(seed, Mix::Anything);
        for number in &numbers {
            let Some(tried) = world.next(*number) else { continue };
            if matches!(tried.command, Command::Happened(_)) {
                prop_assert!(tried.result.is_ok(), "{}: {:?}", told(&tried), tried.result);
            }
            check_roll(&world)?;
        }
        for number in &after {
            let mut chance = Chance::new(*number);
            let fact = choose::fact(&world, &mut chance);
            let tried = world.attempt(&Command::Happened(fact.clone()), None, chance.below(5), 0);
            prop_assert!(tried.result.is_ok(), "{}: {:?}", told(&tried), tried.result);
            check_roll(&world)?;
            // Written as now: the person is where the fact says.
            let (people, ..) = roll_of(world.day());
            match fact {
                Fact::WalkedIn { person, place, .. } => prop_assert_eq!(people.get(&person), Some(&place), "\n{}", log(&world)),
                Fact::Left { person, .. } | Fact::LeftAbout { person, .. } => prop_assert!(!people.contains_key(&person), "{}\n{}", told(&tried), log(&world)),
                Fact::Collected { child, by, .. } => {
                    prop_assert!(!people.contains_key(&child) && !people.contains_key(&by), "{}\n{}", told(&tried), log(&world));
                }
                Fact::Taken { children, .. } => {
                    let gone = children.iter().all(|c| !people.contains_key(c));
                    prop_assert!(gone, "{}", told(&tried));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn only_what_nobody_knows_of_is_refused(seed: u64, numbers in numbers(20), number: u64) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        let mut chance = Chance::new(number);
        let stranger = PersonId(Uuid::from_u128(0xDEAD));
        let (door, place) = (choose::door(&mut chance), choose::place(&mut chance));
        let session = choose::session(&world, &mut chance).id();
        let nowhere = SessionId(Uuid::from_u128(0xDEAD));
        for (session, fact) in [
            (nowhere, Fact::SidesMet { session: nowhere, place: place.clone() }),
            (session, Fact::WalkedIn { session, person: stranger, door: door.clone(), place }),
            (session, Fact::Left { session, person: stranger, door: door.clone(), seen: true }),
            (session, Fact::Taken { session, children: vec![stranger], by: None, door }),
        ] {
            let refused = world.attempt(&Command::Happened(fact), None, 0, 0).result;
            prop_assert_eq!(refused.unwrap_err(), Refusal::Unknown, "{}", session);
        }
    }

    /// A late entry keeps both its times, and nothing written is missing from the day.
    #[test]
    fn every_movement_is_kept_with_both_times(seed: u64, numbers in numbers(90)) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        let day = world.day();
        for entry in day.entries.iter().filter(|e| !day.undone.contains(&e.act)) {
            let Some(Event::Door(event)) = entry.event.open() else { continue };
            let moves = matches!(
                event,
                DoorEvent::Arrived { .. } | DoorEvent::CameBack { .. } | DoorEvent::Moved { .. } | DoorEvent::Walked { .. }
                | DoorEvent::WentOut { .. } | DoorEvent::AdultLeft { .. } | DoorEvent::ChildLeft { .. }
            );
            let Some(person) = event.person().filter(|_| moves) else { continue };
            let attendance = day.session(event.session()).unwrap().of(person).unwrap();
            let kept = attendance.moves.iter().filter(|m| m.entry == entry.id).collect::<Vec<_>>();
            prop_assert_eq!(kept.len(), 1, "{:?}", entry);
            prop_assert_eq!((kept[0].at, kept[0].recorded_at), (day.happened(entry), entry.recorded_at));
        }
        for session in &day.sessions {
            for (_, attendance) in session.all() {
                prop_assert!(attendance.moves.windows(2).all(|w| w[0].at <= w[1].at));
            }
        }
    }
}

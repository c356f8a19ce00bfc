//! After any sequence of changes: both ways, one open per pair, and history only grows.

use std::collections::BTreeSet;

use doorbook::domain::ids::PersonId;
use doorbook::domain::pairs::{Pairs, Spell};
use proptest::prelude::*;

use super::world::{PEOPLE, World, event, person};
use crate::chance::Chance;
use crate::properties::{cases, numbers};

fn step(chance: &mut Chance) -> String {
    let names: Vec<&str> = PEOPLE.iter().map(|p| p.0).collect();
    let (one, other) = (chance.pick(&names), chance.pick(&names));
    let of = |name: &str| PEOPLE.iter().find(|p| p.0 == name).map_or(1, |p| p.1);
    let (a, b) = (1 + chance.below(6), 1 + chance.below(6));
    let raw = if chance.below(3) == 0 { "~" } else { "" };
    match chance.below(7) {
        0..=2 => format!("{raw}keep {one} {other} @{}", of(one)),
        3 => format!("{raw}close {one} {other} @{} why", of(other)),
        4 => format!("{raw}fam {a} {b}"),
        5 => format!("{raw}unfam {a} {b} why"),
        _ => format!("{raw}merge {one} {other}"),
    }
}

/// All that was ever marked: openings and closings.
fn marks(pairs: &Pairs<PersonId>) -> (usize, usize) {
    let spells: Vec<&Spell> = pairs.all().flat_map(|(_, spells)| spells).collect();
    (spells.len(), spells.iter().filter(|s| s.closed.is_some()).count())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn pairs_stay_sound_after_any_steps(picks in numbers(40)) {
        let mut world = World::new("any");
        let mut before = marks(&world.made.register.pairs);
        for pick in picks {
            let step = step(&mut Chance::new(pick));
            let _ = world.step(&step);
            world.is_sound();
            let after = marks(&world.made.register.pairs);
            prop_assert!(after.0 >= before.0 && after.1 >= before.1, "{step}: history went from {before:?} to {after:?}");
            before = after;
        }
    }

    /// What is kept apart by the files is kept apart on the open day: nothing is ever looser today than on file.
    #[test]
    fn today_is_never_looser_than_the_file(picks in numbers(30)) {
        let mut world = World::new("any");
        world.open();
        for pick in picks {
            let step = step(&mut Chance::new(pick));
            if step.starts_with('~') {
                continue;
            }
            let _ = world.step(&step);
            let day = world.made.day();
            let people: BTreeSet<PersonId> = day.sessions.iter().flat_map(|s| &s.plan.people).map(|m| m.person).collect();
            for (one, other) in world.made.register.apart_among(&people) {
                let listed = people.contains(&one) || people.contains(&other);
                prop_assert!(!listed || day.apart_from(one).contains(&other), "{step}: {one} {other}");
            }
        }
    }

    /// To close and then merge is to merge and then close, where the id that stays has no pair of its own with them.
    #[test]
    fn closing_and_merging_commute(picks in numbers(6)) {
        let mut first = World::new("first");
        let mut second = World::new("second");
        for pick in picks {
            let mut chance = Chance::new(pick);
            let other = chance.pick(&["v1", "r2", "v2", "r3", "c2"]);
            for world in [&mut first, &mut second] {
                let _ = world.step(&format!("keep d1 {other} @1"));
            }
        }
        for (world, steps) in [
            (&mut first, ["~close d1 v1 @1 why", "~merge d1 r1"]),
            (&mut second, ["~merge d1 r1", "~close r1 v1 @1 why"]),
        ] {
            steps.iter().for_each(|s| { let _ = world.step(s); });
        }
        let open = |world: &World| -> Vec<_> { world.made.register.pairs.open().map(|(key, _)| key).collect() };
        prop_assert_eq!(open(&first), open(&second));
        prop_assert_eq!(marks(&first.made.register.pairs), marks(&second.made.register.pairs));
    }

    /// The order in which two are named changes nothing.
    #[test]
    fn a_pair_has_no_direction(picks in numbers(30)) {
        let (mut as_is, mut turned) = (World::new("as it is"), World::new("turned"));
        for pick in picks {
            let step = step(&mut Chance::new(pick));
            let words: Vec<&str> = step.split_whitespace().collect();
            let is_pair = words[0].trim_start_matches('~') != "merge";
            let other = match words.as_slice() {
                [what, a, b, rest @ ..] if is_pair => format!("{what} {b} {a} {}", rest.join(" ")),
                _ => step.clone(),
            };
            let raw = |s: &str| event(s.trim_start_matches('~'));
            let fold = |world: &mut World, s: &str| {
                let (_, event) = raw(s);
                let mark = doorbook::domain::pairs::Mark {
                    at: world.made.now,
                    by: doorbook::domain::event::By::Program,
                    why: None,
                };
                world.made.register.fold_file(&event, &mark);
            };
            fold(&mut as_is, &step);
            fold(&mut turned, &other);
            prop_assert_eq!(&as_is.made.register.pairs, &turned.made.register.pairs);
        }
        prop_assert!(!as_is.made.register.pairs.is_open(person("zz"), person("zy")));
    }
}

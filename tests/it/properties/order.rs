//! The fold: one by one or all at once, whatever the entries and their order; undo gives back what was before.

use doorbook::book::Book;
use doorbook::domain::codes::Moment;
use doorbook::domain::day::Day;
use doorbook::domain::decide::{Amend, Command, decide, last_act};
use doorbook::domain::event::{DayEvent, Entry, Event, NoteEvent};
use doorbook::domain::register::Register;
use doorbook::journal::Memory;
use proptest::prelude::*;

use super::choose::{Next, choose};
use super::closing::last;
use super::conduct::{log, told};
use super::world::{Mix, World};
use super::{cases, numbers};
use crate::chance::Chance;

/// All that the day says, but the entries that say it.
fn says(day: &Day) -> String {
    let mut day = day.clone();
    day.entries.clear();
    day.undone.clear();
    day.times.clear();
    format!("{day:#?}")
}

/// The same without notes, which no undo takes back.
fn says_but_notes(day: &Day) -> String {
    let mut day = day.clone();
    day.notes.clear();
    says(&day)
}

fn differ(one: &str, other: &str) -> String {
    let lines = one.lines().zip(other.lines()).filter(|(a, b)| a != b).take(8);
    lines.map(|(a, b)| format!("  {a}\n  {b}")).collect::<Vec<_>>().join("\n")
}

fn folded(entries: &[Entry]) -> Register {
    let mut register = Register::default();
    entries.iter().for_each(|e| register.fold(e));
    register
}

/// After everything that was ever written.
fn for_ever() -> Moment {
    super::world::at("9000-01-01T00:00:00+00:00")
}

/// The opening of the day, and who is expected.
fn is_frame(entry: &Entry) -> bool {
    matches!(entry.event.open(), Some(Event::Day(DayEvent::Opened { .. } | DayEvent::SessionExpected(_))))
}

fn shuffle<T>(all: &mut [T], chance: &mut Chance) {
    for n in (1..all.len()).rev() {
        all.swap(n, chance.below(n + 1));
    }
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn one_by_one_or_all_at_once_the_day_is_the_same(seed: u64, numbers in numbers(90)) {
        let mut world = World::new(seed, Mix::Anything);
        for number in &numbers {
            let Some(tried) = world.next(*number) else { continue };
            if tried.result.is_err() {
                continue;
            }
            let whole = world.day().as_at(for_ever());
            let (one, other) = (says(world.day()), says(&whole));
            prop_assert!(one == other, "{}\n{}", told(&tried), differ(&one, &other));
            let now = says(&world.day().as_at(world.now.max(last(&world))));
            prop_assert!(one == now, "as at now\n{}", differ(&one, &now));
        }
        let again = folded(&world.entries);
        prop_assert_eq!(format!("{again:?}"), format!("{:?}", world.register));
    }

    /// From an outbox, from another desk, from a damaged book: any entries in any order.
    #[test]
    fn entries_in_any_order_fold(seed: u64, numbers in numbers(70), order: u64) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        let mut chance = Chance::new(order);
        let (mut of_day, mut entries): (Vec<Entry>, Vec<Entry>) =
            world.entries.iter().cloned().partition(|e| e.day.is_some());
        let acts: Vec<_> = of_day.iter().map(|e| e.act).collect();
        for mut stray in chance.entries(20) {
            stray.day = Some(world.day);
            stray.act = chance.pick(&acts);
            of_day.push(stray);
        }
        shuffle(&mut of_day, &mut chance);
        entries.extend(of_day);
        let register = folded(&entries);
        let day = &register.days[&world.day];
        let (one, other) = (says(day), says(&day.as_at(for_ever())));
        prop_assert!(one == other, "{}", differ(&one, &other));
        let _ = (day.roll(), day.heads(), doorbook::domain::close::questions(day, world.now));
        let _ = (doorbook::domain::due::due(day, world.now), doorbook::domain::decide::breaches(day));
    }

    #[test]
    fn undo_gives_back_what_was_before(seed: u64, numbers in numbers(80)) {
        let mut world = World::new(seed, Mix::Anything);
        for number in &numbers {
            let before = says_but_notes(world.day());
            let Some(tried) = world.next(*number) else { continue };
            let (Ok(new), stamp) = (&tried.result, tried.stamp) else { continue };
            let Some(act) = new.first().map(|e| e.act) else { continue };
            if last_act(world.day(), stamp.by, stamp.desk) != Some(act) {
                continue;
            }
            let notes = world.day().notes.len();
            let mut undo = world.stamp(None, 0, 0);
            (undo.by, undo.desk) = (stamp.by, stamp.desk);
            if world.attempt_as(&Command::Amend(Amend::Undo { act }), undo).result.is_ok() {
                let after = says_but_notes(world.day());
                prop_assert!(before == after, "{}\n{}\n{}", told(&tried), differ(&before, &after), log(&world));
                prop_assert_eq!(world.day().notes.len(), notes, "a note was taken back");
            }
        }
    }

    /// Pure: the same register, command and stamp give the same answer, refused or not.
    #[test]
    fn the_same_question_has_the_same_answer(seed: u64, numbers in numbers(70)) {
        let mut world = World::new(seed, Mix::Anything);
        for number in &numbers {
            let mut chance = Chance::new(*number);
            let Next::Try { command, back, staff, desk } = choose(&world, &mut chance) else {
                world.next(*number);
                continue;
            };
            let stamp = world.stamp(back, staff, desk);
            let ask = || decide(&world.register, world.day, &command, &stamp);
            prop_assert_eq!(ask(), ask(), "{:?}", command);
            let again = decide(&folded(&world.entries), world.day, &command, &stamp);
            prop_assert_eq!(ask(), again, "{:?}", command);
            world.attempt_as(&command, stamp);
        }
    }

    /// What happened at different times folds to the same day, in whatever order it was written down.
    #[test]
    fn late_or_at_once_the_day_is_the_same(seed: u64, numbers in numbers(80), order: u64) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        let mut chance = Chance::new(order);
        let happens = |e: &&Entry| matches!(e.event.open(), Some(Event::Door(_) | Event::Day(_))) && !is_frame(e);
        let of_day: Vec<Entry> = world.entries.iter().filter(|e| e.day.is_some()).cloned().collect();
        let (happened, others): (Vec<&Entry>, Vec<&Entry>) = of_day.iter().partition(happens);
        let mut moments: Vec<Moment> = happened.iter().map(|e| world.day().happened(e)).collect();
        moments.sort();
        moments.dedup();
        shuffle(&mut moments, &mut chance);
        let at = |at: &Moment| happened.iter().filter(|e| world.day().happened(e) == *at).copied().collect::<Vec<_>>();
        let outside = world.entries.iter().filter(|e| e.day.is_none());
        let (frame, amends): (Vec<&Entry>, Vec<&Entry>) = others.into_iter().partition(|e| is_frame(e));
        let all = outside.chain(frame).chain(moments.iter().flat_map(at)).chain(amends);
        let register = folded(&all.cloned().collect::<Vec<_>>());
        let (one, other) = (says(world.day()), says(&register.days[&world.day]));
        prop_assert!(one == other, "{}\n{}", differ(&one, &other), log(&world));
    }

    /// What is in the book is what the desk saw.
    #[test]
    fn the_book_says_what_the_desk_saw(seed: u64, numbers in numbers(60)) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        let register = world.register.made.unwrap().0;
        let mut book = Book::open(Memory::new(doorbook::journal::RegisterId(register.0.into_bytes()))).unwrap();
        let mut rest = world.entries.as_slice();
        while !rest.is_empty() {
            let (act, others) = rest.split_at(rest.iter().take_while(|e| e.act == rest[0].act).count());
            book.append(act).unwrap();
            rest = others;
        }
        let read: Vec<Entry> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
        prop_assert!(read == world.entries, "an entry reads otherwise");
        prop_assert_eq!(format!("{:?}", folded(&read)), format!("{:?}", world.register));
    }

    /// Of a note nothing is lost, whatever the clock did between its parts.
    #[test]
    fn a_note_is_as_it_was_last_told(seed: u64, numbers in numbers(90)) {
        let mut world = World::new(seed, Mix::Anything);
        numbers.iter().for_each(|n| { world.next(*n); });
        for note in &world.day().notes {
            let events = world.entries.iter().filter_map(|e| match e.event.open() {
                Some(Event::Note(event)) => Some(event),
                _ => None,
            });
            let (mut words, mut seen) = (None, false);
            for event in events {
                match event {
                    NoteEvent::Told { note: id, account, .. } if *id == note.id => {
                        words = account.open().map(|account| account.words.clone());
                    }
                    NoteEvent::Seen { note: id } if *id == note.id => seen = true,
                    _ => {}
                }
            }
            prop_assert_eq!(words.unwrap_or_default(), note.words.clone(), "\n{}", log(&world));
            prop_assert!(!seen || note.seen);
        }
    }
}

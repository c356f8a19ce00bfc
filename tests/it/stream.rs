//! A long append, worked out, made and put away in three threads (`book::stream`): whatever ends it in the middle, nothing of
//! it is kept, and the book goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use doorbook::book::{Book, GivenUp, WriteFault};
use doorbook::domain::event::Entry;
use doorbook::journal::{Head, Journal, Memory, Redb};

use crate::chance::Chance;
use crate::journal::{REGISTER, on_disk};

/// More than what is handed over at once (512), what may lie between the two (four times that), and what is in hand.
const MANY: usize = 3600;
/// Where it ends: within what is one batch only, on its edges, and far beyond what may wait.
const ENDS: [usize; 9] = [0, 1, 511, 512, 513, 1024, 2900, 3100, MANY - 1];

/// Four entries that are there before, and those of the long append.
fn entries() -> (Vec<Entry>, Vec<Entry>) {
    let mut chance = Chance::new(512);
    let before = chance.entries(4);
    (before, chance.entries(MANY))
}

type AnyBook<'a> = Book<&'a mut dyn Journal>;

/// In memory and on disk, each with the first four; the disk is read again when it is over, by its engine's check.
fn on_each(before: &[Entry], test: impl Fn(&mut AnyBook<'_>)) {
    let tried = |journal: &mut dyn Journal| {
        let mut book = Book::open(journal).unwrap();
        book.append(before).unwrap();
        test(&mut book);
    };
    tried(&mut Memory::new(REGISTER));
    let (_folder, path, mut journal) = on_disk();
    tried(&mut journal);
    let end = journal.head().unwrap();
    drop(journal);
    let mut again = Redb::open(&path).unwrap();
    assert_eq!(again.head().unwrap(), end);
    again.check().unwrap();
}

/// It holds these and no more, verifies, and takes the next one.
#[track_caller]
fn goes_on(book: &mut AnyBook<'_>, held: &mut Vec<Entry>, head: &Head, what: &str) {
    assert_eq!(book.head(), head, "{what}: the book's own end");
    let read: Vec<Entry> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
    assert!(read == *held, "{what}: {} entries are there instead of {}", read.len(), held.len());
    let next = Chance::new(1_000_000 + held.len() as u64).entries(1);
    book.append(&next).unwrap();
    held.extend(next);
    let report = book.verify();
    assert!(report.is_good(), "{what}: {}", report.sentence());
}

#[test]
fn whoever_makes_a_long_append_gives_up_and_nothing_of_it_is_kept() {
    let (before, long) = entries();
    on_each(&before, |book| {
        let mut held = before.clone();
        for end in ENDS {
            let head = *book.head();
            let mut some = long.iter().take(end).cloned().map(Ok).chain([Err("gave up")]);
            let said = book.append_all(&mut some);
            assert!(matches!(said, Err(GivenUp::Entry("gave up"))), "after {end}: {said:?}");
            goes_on(book, &mut held, &head, &format!("gave up after {end}"));
        }
    });
}

#[test]
fn whoever_makes_a_long_append_panics_and_nothing_of_it_is_kept() {
    let (before, long) = entries();
    on_each(&before, |book| {
        let mut held = before.clone();
        for end in ENDS {
            let head = *book.head();
            let thrown = catch_unwind(AssertUnwindSafe(|| {
                let mut some = long.iter().enumerate().map(|(n, entry)| {
                    assert!(n != end, "theirs");
                    Ok::<_, ()>(entry.clone())
                });
                drop(book.append_all(&mut some));
            }));
            assert_eq!(*thrown.unwrap_err().downcast::<&str>().unwrap(), "theirs", "it goes on as it was");
            goes_on(book, &mut held, &head, &format!("panicked after {end}"));
        }
    });
}

#[test]
fn an_id_comes_twice_in_a_long_append_and_nothing_of_it_is_kept() {
    let (before, long) = entries();
    on_each(&before, |book| {
        let mut held = before.clone();
        // The first is at its place in the long append, or was there before.
        for (first, second) in
            [(Some(0), 1), (Some(0), 512), (Some(700), 701), (Some(3), 3500), (None, 0), (None, 600), (None, 3500)]
        {
            let head = *book.head();
            let mut all = long.clone();
            all[second].id = first.map_or(before[2].id, |first| long[first].id);
            let mut made = 0;
            let mut some = all.iter().cloned().map(Ok::<_, ()>).inspect(|_| made += 1);
            let said = book.append_all(&mut some);
            assert!(matches!(said, Err(GivenUp::Write(WriteFault::Twice))), "{second} as {first:?}: {said:?}");
            // Whoever makes them is not kept at work for nothing: what was handed over, what lies between, what is in hand.
            assert!(made <= second + 512 * 7, "{made} were made after the one at {second}");
            goes_on(book, &mut held, &head, &format!("{second} as {first:?}"));
        }
    });
}

#[test]
fn somebody_wrote_first_and_nothing_of_a_long_append_is_kept() {
    let (before, long) = entries();
    let shared = Memory::new(REGISTER);
    let (mut book, mut other) = (Book::open(shared.clone()).unwrap(), Book::open(shared).unwrap());
    other.append(&before).unwrap();
    let mut made = 0;
    let mut some = long.iter().cloned().map(Ok::<_, ()>).inspect(|_| made += 1);
    assert!(matches!(book.append_all(&mut some), Err(GivenUp::Write(WriteFault::Behind))));
    assert!(made < MANY, "all {made} were made for nothing");
    assert_eq!(other.read_all().unwrap().len(), before.len());
    book.read_all().unwrap();
    book.append(&long).unwrap();
    assert_eq!(book.read_all().unwrap().len(), before.len() + MANY);
}

/// In one piece by two threads or in small ones by one: the same rows, link by link.
#[test]
fn a_long_append_is_what_many_short_ones_are() {
    let (before, long) = entries();
    for many in [511, 512, 513, 1024, MANY] {
        let mut ends = Vec::new();
        for piece in [100, MANY] {
            let mut book = Book::open(Memory::new(REGISTER)).unwrap();
            book.append(&before).unwrap();
            for some in long[..many].chunks(piece) {
                book.append(some).unwrap();
            }
            ends.push(*book.head());
            assert_eq!(ends[0].seq.0, (before.len() + many) as u64);
        }
        assert_eq!(ends[0], ends[1], "{many} entries");
    }
}

//! The keeper over a journal in memory: what it writes, what it refuses, what it says.

use std::time::Duration;

use super::*;
use crate::domain::codes::Moment;
use crate::domain::event::{By, Draft, FileRef, RegisterKind, Source};
use crate::domain::ids::{Ids, RegisterId};
use crate::journal::{self, Abandon, AppendFault, Head, Kept as KeptRow, Memory, Row, Seq, Watch, Which};
use crate::run::setup::DESK;
use crate::run::stamp;

/// A journal whose next append goes wrong after, or before, it was written; or panics.
struct Wrong {
    memory: Memory,
    next: Vec<How>,
    /// Reads fail, so many times.
    blind: usize,
}

enum How {
    WrittenAndUnknown,
    NotWrittenAndUnknown,
    Panics,
}

impl Journal for Wrong {
    fn head(&mut self) -> Result<Head, Fault> {
        self.memory.head()
    }

    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        let unknown = Err(AppendFault::Unknown(Fault::Device("torn".to_owned())));
        match self.next.pop() {
            None => self.memory.append(expected, rows),
            Some(How::WrittenAndUnknown) => self.memory.append(expected, rows).and(unknown),
            Some(How::NotWrittenAndUnknown) => {
                rows.for_each(drop);
                unknown
            }
            Some(How::Panics) => panic!("a fault of our own"),
        }
    }

    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<KeptRow>, Fault> {
        self.memory.read(which, after, limit)
    }

    fn find(&mut self, id: journal::EntryId) -> Result<Option<Seq>, Fault> {
        match self.blind.checked_sub(1) {
            Some(left) => {
                self.blind = left;
                Err(Fault::Device("blind".to_owned()))
            }
            None => self.memory.find(id),
        }
    }

    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.memory.forget(bodies)
    }

    fn check(&mut self) -> Result<(), Fault> {
        self.memory.check()
    }

    fn watcher(&mut self) -> Box<dyn Watch> {
        self.memory.watcher()
    }
}

fn act(n: u128) -> Vec<Entry> {
    let now: Moment = "2026-11-21T09:00:00+00:00".parse().unwrap();
    let event = CentreEvent::RegisterMade { register: RegisterId(uuid::Uuid::nil()), kind: RegisterKind::Real };
    let event = Event::Centre(event);
    let draft =
        Draft { day: None, file: FileRef::Centre, occurred_at: now, against: Vec::new(), source: Source::Desk, event };
    let hand = stamp::Hand { by: By::Program, desk: DESK, now, source: Source::Desk };
    stamp::stamp(vec![draft], &hand, Ids(uuid::Uuid::from_u128(n << 64)))
}

/// What is answered to so many acts, one after the other.
fn answers(next: Vec<How>, blind: usize, acts: u128) -> Vec<Kept> {
    let memory = Memory::new(journal::RegisterId([7; 16]));
    let book = Book::open(Wrong { memory, next, blind }).unwrap();
    let (tell, hear) = channel();
    let keeper = Keeper::start(move || Ok(book), None, move |kept| tell.send(kept).unwrap()).unwrap();
    let answer = |n| match keeper.append(act(n)) {
        Ok(()) => hear.recv_timeout(Duration::from_secs(20)).unwrap(),
        Err(sentence) => Kept::Gone(sentence),
    };
    let all = (1..=acts).map(answer).collect();
    drop(keeper);
    all
}

fn is_not_stored(kept: &Kept) -> bool {
    matches!(kept, Kept::NotStored(_))
}

#[test]
fn an_act_is_answered_once_it_is_there() {
    assert_eq!(answers(Vec::new(), 0, 2), [Kept::Stored(act(1)), Kept::Stored(act(2))]);
}

#[test]
fn an_act_in_doubt_is_looked_for() {
    let all = answers(vec![How::WrittenAndUnknown], 0, 2);
    assert_eq!(all, [Kept::Stored(act(1)), Kept::Stored(act(2))]);
    let all = answers(vec![How::NotWrittenAndUnknown], 0, 2);
    assert!(is_not_stored(&all[0]) && all[1] == Kept::Stored(act(2)), "{all:?}");
}

#[test]
fn the_keeper_looks_again_where_the_book_could_not() {
    // The book looks once, and is blind then.
    let all = answers(vec![How::WrittenAndUnknown], 1, 2);
    assert_eq!(all, [Kept::Stored(act(1)), Kept::Stored(act(2))]);
}

#[test]
fn nothing_is_written_after_an_act_that_stays_in_doubt() {
    let all = answers(vec![How::WrittenAndUnknown], 3, 3);
    assert!(all.iter().all(is_not_stored), "{all:?}");
    assert_eq!(all[2], Kept::NotStored(DOUBT.to_owned()));
    let all = answers(vec![How::NotWrittenAndUnknown], 2, 3);
    assert!(is_not_stored(&all[0]) && all[1..] == [Kept::Stored(act(2)), Kept::Stored(act(3))], "{all:?}");
}

#[test]
fn a_keeper_that_stops_says_so_and_every_later_act_too() {
    let all = answers(vec![How::Panics], 0, 2);
    assert!(all.iter().all(|kept| *kept == Kept::Gone(GONE.to_owned())), "{all:?}");
}

//! A long append in four threads: what is to be written is worked out here, a second makes ready what does not hang on its
//! place, a third makes rows of that one after the other, and a fourth puts those away that were made before.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::ScopedJoinHandle;

use crate::journal::{Abandon, AppendFault, Head, Journal, Row};

/// Things that are handed over at once; fewer in all are no work for four.
const BATCH: usize = 512;
/// Batches that may lie between two threads: what is made for nothing, where one of them stops, stays little.
const BETWEEN: usize = 1;

/// What is handed over. Whoever makes the things says where they end: that no more come may also be that making them
/// failed, and then nothing is kept.
enum Handed<T> {
    Batch(Vec<T>),
    Abandon,
    End,
}

/// Tells that much is made in a row, and at the end, however it ends, that it is over.
struct Long<'a>(&'a dyn Fn(bool));

impl<'a> Long<'a> {
    fn begins(tell: &'a dyn Fn(bool)) -> Self {
        tell(true);
        Self(tell)
    }
}

impl Drop for Long<'_> {
    fn drop(&mut self) {
        (self.0)(false);
    }
}

/// Appends what is made of these things as they come, all or nothing; `long` is told when it is much, and when that is over.
pub(super) fn append<J: Journal, T: Send, R: Send>(
    journal: &mut J,
    expected: &Head,
    things: &mut dyn Iterator<Item = Result<T, Abandon>>,
    ready: &mut (dyn FnMut(T) -> R + Send),
    make: &mut (dyn FnMut(R) -> Result<Row, Abandon> + Send),
    long: &dyn Fn(bool),
) -> Result<Head, AppendFault> {
    let (first, last) = batch(things);
    if let Some(last) = last {
        let abandoned = matches!(last, Handed::Abandon).then_some(Err(Abandon));
        let things = first.into_iter().map(Ok).chain(abandoned);
        return journal.append(expected, &mut things.map(|thing| make(ready(thing?))));
    }
    let _long = Long::begins(long);
    std::thread::scope(|scope| {
        let (give, take) = sync_channel(BETWEEN);
        let (give_ready, take_ready) = sync_channel(BETWEEN);
        let (give_rows, take_rows) = sync_channel(BETWEEN);
        let readying = scope.spawn(move || {
            let things = first.into_iter().map(Ok).chain(Taken::from(take));
            hand_over(&mut things.map(|thing| thing.map(&mut *ready)), give_ready);
        });
        let making = scope.spawn(move || {
            hand_over(&mut Taken::from(take_ready).map(|thing| make(thing?)), give_rows);
        });
        let putting = scope.spawn(move || journal.append(expected, &mut Taken::from(take_rows)));
        hand_over(things, give);
        let done = joined(putting);
        joined(making);
        joined(readying);
        done
    })
}

/// What a thread came to; its panic goes on here.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Hands things over until there are no more, or nobody takes them.
fn hand_over<T>(things: &mut dyn Iterator<Item = Result<T, Abandon>>, give: SyncSender<Handed<T>>) {
    loop {
        let (things, last) = batch(things);
        // Whoever takes no more has failed, and says why when it is joined.
        let taken = give.send(Handed::Batch(things)).is_ok();
        match last {
            None if taken => {}
            Some(last) if taken => return drop(give.send(last)),
            _ => return,
        }
    }
}

/// The next things, and how they end if they are the last.
fn batch<T>(things: &mut dyn Iterator<Item = Result<T, Abandon>>) -> (Vec<T>, Option<Handed<T>>) {
    let mut made = Vec::new();
    while made.len() < BATCH {
        match things.next() {
            Some(Ok(thing)) => made.push(thing),
            Some(Err(Abandon)) => return (made, Some(Handed::Abandon)),
            None => return (made, Some(Handed::End)),
        }
    }
    (made, None)
}

/// Things as they come from another thread.
struct Taken<T> {
    from: Receiver<Handed<T>>,
    batch: std::vec::IntoIter<T>,
    is_over: bool,
}

impl<T> From<Receiver<Handed<T>>> for Taken<T> {
    fn from(from: Receiver<Handed<T>>) -> Self {
        Self { from, batch: Vec::new().into_iter(), is_over: false }
    }
}

impl<T> Iterator for Taken<T> {
    type Item = Result<T, Abandon>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(thing) = self.batch.next() {
                return Some(Ok(thing));
            }
            if self.is_over {
                return None;
            }
            match self.from.recv() {
                Ok(Handed::Batch(batch)) => self.batch = batch.into_iter(),
                Ok(Handed::End) => self.is_over = true,
                // Its maker is gone without a word: it panicked, and goes on panicking once this is rolled back.
                Ok(Handed::Abandon) | Err(_) => {
                    self.is_over = true;
                    return Some(Err(Abandon));
                }
            }
        }
    }
}

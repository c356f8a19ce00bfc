//! A long append in two threads: rows are made here while the journal puts away those made before.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::journal::{Abandon, AppendFault, Head, Journal, Row};

/// Rows that are handed over at once; fewer in all are no work for two.
const BATCH: usize = 512;
/// Batches that may lie between the two.
const BETWEEN: usize = 4;

/// What is handed over. Whoever makes the rows says where they end: that no more come may also be that making them
/// failed, and then nothing is kept.
enum Handed {
    Rows(Vec<Row>),
    Abandon,
    End,
}

/// Appends rows as they are made, all or nothing.
pub(super) fn append<J: Journal>(
    journal: &mut J,
    expected: &Head,
    rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
) -> Result<Head, AppendFault> {
    let (first, last) = batch(rows);
    if let Some(last) = last {
        let abandoned = matches!(last, Handed::Abandon).then_some(Err(Abandon));
        return journal.append(expected, &mut first.into_iter().map(Ok).chain(abandoned));
    }
    std::thread::scope(|scope| {
        let (give, take) = sync_channel(BETWEEN);
        let putting = scope.spawn(move || {
            let mut rows = first.into_iter().map(Ok).chain(Taken::from(take));
            journal.append(expected, &mut rows)
        });
        hand_over(rows, give);
        putting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Makes rows until there are no more, or nobody takes them.
fn hand_over(rows: &mut dyn Iterator<Item = Result<Row, Abandon>>, give: SyncSender<Handed>) {
    loop {
        let (rows, last) = batch(rows);
        // Whoever takes no more has failed, and says why when it is joined.
        let taken = give.send(Handed::Rows(rows)).is_ok();
        match last {
            None if taken => {}
            Some(last) if taken => return drop(give.send(last)),
            _ => return,
        }
    }
}

/// The next rows, and how they end if they are the last.
fn batch(rows: &mut dyn Iterator<Item = Result<Row, Abandon>>) -> (Vec<Row>, Option<Handed>) {
    let mut made = Vec::new();
    while made.len() < BATCH {
        match rows.next() {
            Some(Ok(row)) => made.push(row),
            Some(Err(Abandon)) => return (made, Some(Handed::Abandon)),
            None => return (made, Some(Handed::End)),
        }
    }
    (made, None)
}

/// Rows as they come from the other thread.
struct Taken {
    from: Receiver<Handed>,
    batch: std::vec::IntoIter<Row>,
    is_over: bool,
}

impl From<Receiver<Handed>> for Taken {
    fn from(from: Receiver<Handed>) -> Self {
        Self { from, batch: Vec::new().into_iter(), is_over: false }
    }
}

impl Iterator for Taken {
    type Item = Result<Row, Abandon>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.batch.next() {
                return Some(Ok(row));
            }
            if self.is_over {
                return None;
            }
            match self.from.recv() {
                Ok(Handed::Rows(rows)) => self.batch = rows.into_iter(),
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

//! The keeper: the thread that has the book, and answers once an act is on disk, or is not.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::book::{Book, WriteFault};
use crate::domain::event::Entry;
use crate::domain::ids::EntryId;
use crate::journal::Journal;

/// What is said when the keeper has stopped.
const GONE: &str =
    "The part of Doorbook that writes has stopped: this was not saved. Write it on paper, leave, and open it again.";
/// What is said of every act after one of which it is not known whether it is on disk.
const DOUBT: &str =
    "What went wrong before was saved after all; this was not. Leave, open Doorbook again, and look before you write.";

/// What is asked of the keeper.
enum Ask {
    Append(Vec<Entry>),
    Shut,
}

/// What the keeper answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// On disk.
    Stored(Vec<Entry>),
    /// Not, as far as is known: what happened, what was kept, what to do.
    NotStored(String),
    /// The keeper has stopped on a fault of its own.
    Gone(String),
}

/// The loop's end of it.
#[derive(Debug)]
pub struct Keeper {
    ask: Sender<Ask>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts it; every answer goes to `tell`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start<J: Journal + 'static>(book: Book<J>, tell: impl Fn(Kept) + Send + 'static) -> std::io::Result<Self> {
        let (ask, asked) = channel();
        let work = move || {
            if catch_unwind(AssertUnwindSafe(|| serve(book, &asked, &tell))).is_err() {
                tell(Kept::Gone(GONE.to_owned()));
            }
        };
        let thread = std::thread::Builder::new().name("keeper".to_owned()).spawn(work)?;
        Ok(Self { ask, thread })
    }

    /// Asks for one act to be written.
    ///
    /// # Errors
    /// The sentence, where the keeper has stopped.
    pub fn append(&self, entries: Vec<Entry>) -> Result<(), String> {
        self.ask.send(Ask::Append(entries)).map_err(|_| GONE.to_owned())
    }

    /// Waits until all that was asked for is written and the book is closed.
    pub fn shut(self) {
        // Where it has stopped already there is nothing left to close.
        let _ = self.ask.send(Ask::Shut);
        let _ = self.thread.join();
    }
}

fn serve<J: Journal>(book: Book<J>, asked: &Receiver<Ask>, tell: &impl Fn(Kept)) {
    let mut hand = Hand { book, doubt: None };
    while let Ok(Ask::Append(entries)) = asked.recv() {
        tell(match hand.write(&entries) {
            Ok(()) => Kept::Stored(entries),
            Err(sentence) => Kept::NotStored(sentence),
        });
    }
}

struct Hand<J> {
    book: Book<J>,
    /// The first entry of an act of which it is not known whether it is there.
    doubt: Option<EntryId>,
}

impl<J: Journal> Hand<J> {
    fn write(&mut self, entries: &[Entry]) -> Result<(), String> {
        self.settle()?;
        let fault = match self.book.append(entries) {
            Ok(_) => return Ok(()),
            Err(fault) => fault,
        };
        let Some(first) = entries.first().filter(|_| matches!(fault, WriteFault::Unknown(_))) else {
            return Err(fault.to_string());
        };
        match self.look_for(first.id) {
            Ok(true) => Ok(()),
            Ok(false) => Err("This was not saved; all before it is. Do it again.".to_owned()),
            Err(()) => {
                self.doubt = Some(first.id);
                Err(fault.to_string())
            }
        }
    }

    /// Nothing is written after an act in doubt before it is known not to be there: the screen would be behind the book.
    fn settle(&mut self) -> Result<(), String> {
        let Some(first) = self.doubt else { return Ok(()) };
        match self.look_for(first) {
            Ok(false) => self.doubt = None,
            Ok(true) => return Err(DOUBT.to_owned()),
            Err(()) => return Err("The disk cannot be read: this was not saved. Write it on paper.".to_owned()),
        }
        Ok(())
    }

    /// Is it there? Then the book goes on after it.
    fn look_for(&mut self, id: EntryId) -> Result<bool, ()> {
        let found = self.book.find(id).map_err(|_| ())?.is_some();
        if found {
            self.book.news().map_err(|_| ())?;
        }
        Ok(found)
    }
}

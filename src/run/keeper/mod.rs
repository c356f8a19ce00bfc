//! The keeper: the thread that has the book, and answers once an act is on disk, or is not.

mod directory;
mod doors;
mod let_in;
mod people;
mod step;
#[cfg(test)]
mod tests;

pub use doors::{Door, Doors, In};
pub(super) use people::cards;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::app::action::Action;
use crate::app::lock::NotUnlocked;
use crate::book::directory::{Directory, Unusable};
use crate::book::{Book, ReadFault, WriteFault};
use crate::domain::event::{CentreEvent, Entry, Event};
use crate::domain::find::Names;
use crate::domain::ids::EntryId;
use crate::domain::past::{Brought, Want};
use crate::domain::register::Register;
use crate::journal::{Fault, Journal};
use crate::run::making;
use crate::run::open::{OpenFault, Opened};

/// What is said when the keeper has stopped.
const GONE: &str =
    "The part of Doorbook that writes has stopped: this was not saved. Write it on paper, leave, and open it again.";
/// What is said of every act after one of which it is not known whether it is on disk.
const DOUBT: &str =
    "What went wrong before was saved after all; this was not. Leave, open Doorbook again, and look before you write.";

/// What is said of every act where it could not be read who must not meet.
const BLIND: &str =
    "Who must not meet could not be read: this was not saved. Write it on paper, leave, and open it again.";

/// Entries that are not in the directory, from which on they are put there while nobody waits.
const MANY: u64 = 2000;
/// The same when the program ends.
const SOME: u64 = 32;

/// What is asked of the keeper.
enum Ask {
    Append(Vec<Entry>),
    Read(Want),
    Door(Door),
    Shut,
}

/// What the keeper answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// On disk.
    Stored(Vec<Entry>),
    /// Not, as far as is known: what happened, what was kept, what to do.
    NotStored(String),
    /// What was asked for was read; `None`: it could not be.
    Read(Want, Option<Brought>),
    /// Everybody on file, to be found.
    Names(Arc<Names>),
    /// Another copy of Doorbook has the book: there is nothing to do here.
    InUse,
    /// The book cannot be trusted or written any more, and why.
    Trouble(String),
    /// The keeper has stopped on a fault of its own.
    Gone(String),
}

/// The loop's end of it. Dropping it waits until all that was asked for is written and the book is closed.
#[derive(Debug)]
pub struct Keeper {
    ask: Sender<Ask>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts it; every answer goes to `tell`. The book is opened on its thread, and nothing is written before that is
    /// done; where it cannot be opened, that is the answer to everything.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start<J: Journal + 'static>(
        open: impl FnOnce() -> Result<Book<J>, ReadFault> + Send + 'static,
        directory: Option<Directory>,
        tell: impl Fn(Kept) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::run(tell, move |asked, tell| match open() {
            Ok(book) => {
                let register = Register::default();
                let opened = Opened { register, directory, checked: true, ..Opened::new(book, None) };
                serve(Hand { opened, doubt: None, doors: None, lacks_apart: false }, asked, tell);
            }
            Err(ReadFault::Journal(Fault::InUse)) => tell(Kept::InUse),
            Err(why) => refuse(&why.to_string(), asked, tell),
        })
    }

    /// Starts it for a sealed register: the book is opened and checked while somebody types, and nothing of it is read
    /// before somebody is let in. With `unlocked` the keys are in hand already.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn sealed<J: Journal + 'static>(
        open: impl FnOnce() -> Result<(Book<J>, bool), OpenFault> + Send + 'static,
        doors: Doors,
        unlocked: bool,
        tell: impl Fn(Kept) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::run(tell, move |asked, tell| match open() {
            Ok((book, unclean)) => {
                let (register, house) = (Register::default(), Some(doors.house.clone()));
                let opened = Opened { register, unclean, checked: true, ..Opened::new(book, house) };
                let mut hand = Hand { opened, doubt: None, doors: Some(doors), lacks_apart: false };
                if unlocked {
                    hand.come_in(tell);
                }
                serve(hand, asked, tell);
            }
            Err(OpenFault::Read(ReadFault::Journal(Fault::InUse))) => tell(Kept::InUse),
            Err(why) => {
                (doors.say)(Action::NotUnlocked(NotUnlocked::Trouble(why.to_string())));
                refuse(&why.to_string(), asked, tell);
            }
        })
    }

    fn run<T: Fn(Kept) + Send + 'static>(
        tell: T,
        serve: impl FnOnce(&Receiver<Ask>, &T) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (ask, asked) = channel();
        let work = move || {
            let serving = AssertUnwindSafe(|| serve(&asked, &tell));
            if catch_unwind(serving).is_err() {
                tell(Kept::Gone(GONE.to_owned()));
                // Whatever is asked after that is answered too, so that the desk never waits for what cannot come.
                refuse(GONE, &asked, &|kept| match kept {
                    Kept::NotStored(sentence) => tell(Kept::Gone(sentence)),
                    Kept::Trouble(_) => {}
                    other => tell(other),
                });
            }
        };
        let thread = std::thread::Builder::new().name("keeper".to_owned()).spawn(work)?;
        Ok(Self { ask, thread: Some(thread) })
    }

    /// Asks for one act to be written.
    ///
    /// # Errors
    /// The sentence, where the keeper has stopped.
    pub fn append(&self, entries: Vec<Entry>) -> Result<(), String> {
        self.ask.send(Ask::Append(entries)).map_err(|_| GONE.to_owned())
    }

    /// Asks at the door of a sealed register.
    ///
    /// # Errors
    /// The sentence, where the keeper has stopped.
    pub fn door(&self, door: Door) -> Result<(), String> {
        self.ask.send(Ask::Door(door)).map_err(|_| GONE.to_owned())
    }

    /// Asks for something to be read.
    ///
    /// # Errors
    /// The sentence, where the keeper has stopped.
    pub fn read(&self, want: Want) -> Result<(), String> {
        self.ask.send(Ask::Read(want)).map_err(|_| GONE.to_owned())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Where it has stopped already there is nothing left to close.
        let _ = self.ask.send(Ask::Shut);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers everything with the same sentence.
fn refuse(why: &str, asked: &Receiver<Ask>, tell: &impl Fn(Kept)) {
    tell(Kept::Trouble(why.to_owned()));
    while let Ok(ask) = asked.recv() {
        match ask {
            Ask::Append(_) => tell(Kept::NotStored(why.to_owned())),
            Ask::Read(want) => tell(Kept::Read(want, None)),
            Ask::Door(_) => tell(Kept::Trouble(why.to_owned())),
            Ask::Shut => return,
        }
    }
}

fn serve<J: Journal>(mut hand: Hand<J>, asked: &Receiver<Ask>, tell: &impl Fn(Kept)) {
    hand.put_away(MANY);
    if let Some(directory) = &mut hand.opened.directory {
        if let Ok(names) = directory.names(&mut hand.opened.book) {
            tell(Kept::Names(Arc::new(names)));
        }
        directory.rest();
    }
    while let Ok(ask) = asked.recv() {
        match ask {
            Ask::Append(_) if hand.lacks_apart => tell(Kept::NotStored(BLIND.to_owned())),
            Ask::Append(entries) => {
                match hand.write(&entries) {
                    Ok(()) => {
                        // What was told of a note is closed to whoever is no reader of it, its writer too.
                        let read = hand.opened.book.as_read(entries.clone()).unwrap_or_default();
                        tell(Kept::Stored(read));
                        hand.signed(&entries);
                    }
                    Err(sentence) => tell(Kept::NotStored(sentence)),
                }
                hand.put_away(MANY);
            }
            Ask::Read(want) => tell(Kept::Read(want, hand.read(&want))),
            Ask::Door(door) => hand.door(door, tell),
            Ask::Shut => break,
        }
    }
    hand.put_away(SOME);
}

struct Hand<J> {
    opened: Opened<J>,
    /// Of a sealed register.
    doors: Option<Doors>,
    /// The first entry of an act of which it is not known whether it is there.
    doubt: Option<EntryId>,
    /// The desk does not know who must not meet: it could not be read.
    lacks_apart: bool,
}

impl<J: Journal> Hand<J> {
    fn write(&mut self, entries: &[Entry]) -> Result<(), String> {
        self.settle()?;
        if let Some(named) = self.keys_for(entries)? {
            // The keyring is durable; the book names it in the same act, so that one that is older is told.
            // It says all that one among them says, and more.
            let others = entries.iter().filter(|entry| !names_keys(entry)).cloned();
            return self.put(&named.into_iter().chain(others).collect::<Vec<_>>());
        }
        self.put(entries)
    }

    /// Makes the keys of files that have none yet; the entries that name the new keyring.
    fn keys_for(&self, entries: &[Entry]) -> Result<Option<Vec<Entry>>, String> {
        let Some(doors) = &self.doors else { return Ok(None) };
        let made = doors.house.ready_for(&making::files(entries)).map_err(|fault| fault.to_string())?;
        // One that was not saved before is named with the next entry that is.
        let not_told = || doors.house.not_told().filter(|_| !entries.iter().any(names_keys));
        Ok(made.or_else(not_told).map(|set| making::told(set, &doors.clock)))
    }

    fn put(&mut self, entries: &[Entry]) -> Result<(), String> {
        let names = entries.iter().filter_map(|entry| match entry.event.open() {
            Some(Event::Centre(CentreEvent::KeysSet(set))) => Some(set),
            _ => None,
        });
        if let Some(doors) = &self.doors {
            names.into_iter().try_for_each(|set| doors.house.takes(set)).map_err(|fault| fault.to_string())?;
        }
        let fault = match self.opened.book.append(entries) {
            Ok(head) => {
                self.is_told(entries);
                if let Some(directory) = &mut self.opened.directory {
                    directory.wrote(entries, head);
                }
                return Ok(());
            }
            Err(fault) => fault,
        };
        let Some(first) = entries.first().filter(|_| matches!(fault, WriteFault::Unknown(_))) else {
            return Err(fault.to_string());
        };
        match self.look_for(first.id) {
            Ok(true) => {
                self.is_told(entries);
                Ok(())
            }
            Ok(false) => Err("This was not saved; all before it is. Do it again.".to_owned()),
            Err(()) => {
                self.doubt = Some(first.id);
                Err(fault.to_string())
            }
        }
    }

    /// Where these name the keyring in hand, the book does now.
    fn is_told(&self, entries: &[Entry]) {
        if let Some(doors) = self.doors.as_ref().filter(|_| entries.iter().any(names_keys)) {
            doors.house.is_told();
        }
    }

    /// What is asked for; a directory that is of no use is made anew, which takes time.
    fn read(&mut self, want: &Want) -> Option<Brought> {
        let directory = self.opened.directory.as_mut()?;
        let mut brought = directory.bring(&mut self.opened.book, want);
        if brought == Err(Unusable::Stale) {
            let mut told = directory::tells(self.doors.as_ref(), self.opened.book.head().seq.0);
            directory.remake(&mut self.opened.book, &mut told).ok()?;
            brought = directory.bring(&mut self.opened.book, want);
        }
        directory.rest();
        brought.ok()
    }

    /// Puts into the directory what is not there yet, if it is so much. Where that fails nothing is lost: it is read at
    /// the next start.
    fn put_away(&mut self, from: u64) {
        if let Some(directory) = self.opened.directory.as_mut().filter(|directory| directory.waiting() >= from) {
            let _ = directory.put_away(&mut self.opened.book);
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
        let found = self.opened.book.find(id).map_err(|_| ())?.is_some();
        if found {
            let news = self.opened.book.news().map_err(|_| ())?;
            if let Some(directory) = &mut self.opened.directory {
                let entries: Vec<Entry> = news.into_iter().map(|placed| placed.entry).collect();
                directory.wrote(&entries, *self.opened.book.head());
            }
        }
        Ok(found)
    }
}

fn names_keys(entry: &Entry) -> bool {
    matches!(entry.event.open(), Some(Event::Centre(CentreEvent::KeysSet(_))))
}

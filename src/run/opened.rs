//! An open register: what is read of its book at once, and what when it is asked for.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::book::directory::{Directory, Unusable};
use crate::book::keys::{BadKeys, Chain, Fit, Walk};
use crate::book::{Book, DiskBook, Placed, ReadFault};
use crate::domain::event::{CentreEvent, Event};
use crate::domain::ids::CaseId;
use crate::domain::past::{Brought, Want};
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::journal::{Disk, DiskShelf, Fault, Head, Journal, Kept, MemoryShelf, RealDisk, Shelf};
use crate::run::house::{House, HouseFault};
use crate::run::making;
use crate::run::open::{DIRECTORY, OpenFault, file, of_keys, under};

/// Entries that are read at the end of a book, whatever the directory says.
const END: u64 = 16;

/// An open register.
pub struct Opened<J = Box<dyn Journal>> {
    /// The book.
    pub book: Book<J>,
    /// What was read of it, folded.
    pub register: Register,
    /// Where the rest lies; `None`: all of it was read.
    pub directory: Option<Directory>,
    /// Whoever had it last did not close it: the engine has put it right, and checked it.
    pub unclean: bool,
    /// The book was opened by the engine's check of every page, and may be written to.
    pub checked: bool,
    /// Its keys, where it is sealed.
    pub house: Option<House>,
    /// This desk has taken the directory along when the keys changed.
    pub(super) carries: bool,
    /// Who has a key, as the book said when it went as far as this.
    pub(super) chain: Option<(Head, Result<Chain, BadKeys>)>,
}

impl<J> std::fmt::Debug for Opened<J> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("book", &self.book).finish_non_exhaustive()
    }
}

impl<J> Opened<J> {
    /// Nothing is read of it yet.
    pub fn new(book: Book<J>, house: Option<House>) -> Self {
        Self {
            book,
            register: Register::default(),
            directory: None,
            unclean: false,
            checked: false,
            house,
            carries: false,
            chain: None,
        }
    }
}

impl<J: Journal> Opened<J> {
    /// Reads what is needed before anything else, by the directory; it is made where there is none, which reads the whole
    /// book: with `keeps` on the disk, and told now and then how many entries were read.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn begin(&mut self, folder: &Path, keeps: Option<&mut dyn FnMut(u64)>) -> Result<(), ReadFault> {
        let disk = self.house.as_ref().map_or_else(|| Arc::new(RealDisk) as Arc<dyn Disk>, House::disk);
        let directory = directory((disk, folder), &mut self.book, keeps, self.carries)?;
        let register = self.book.head().register;
        // Who has a key is found on the same way; of a register without keys nobody asks.
        let walk = || self.house.is_some().then(|| Walk::new(register, making::groups));
        let opened = match directory {
            None => None,
            Some(mut directory) => {
                let mut walk = walk();
                match directory.centre(&mut self.book, &mut |kept, placed| meet(&mut walk, kept, placed)) {
                    Ok(register) => Some((register, walk, Some(directory))),
                    Err(Unusable::Stale) => None,
                    Err(Unusable::Book(fault)) => return Err(fault),
                }
            }
        };
        let (register, walk, directory) = match opened {
            Some(opened) => opened,
            None => {
                let mut walk = walk();
                (whole(&mut self.book, &mut walk)?, walk, None)
            }
        };
        (self.register, self.directory) = (register, directory);
        self.chain = walk.map(|walk| (*self.book.head(), walk.end()));
        Ok(())
    }

    /// Who has a key, by the changes of the keyring that were signed; how the keyring in hand stands to it. `None`: nothing is
    /// sealed here.
    ///
    /// # Errors
    /// [`HouseFault::Unsigned`]; the book cannot be read.
    pub fn trusts(&mut self) -> Result<Option<Fit>, OpenFault> {
        let Some(house) = self.house.clone() else { return Ok(None) };
        let house = &house;
        let chain = match self.chain.take() {
            Some((head, chain)) if head == *self.book.head() => chain,
            // Something was written since.
            _ => self.book.chain(making::groups)?,
        };
        let fit = house.trusts(chain)?;
        self.ends_with(house).map(|()| Some(fit))
    }

    /// A directory can be made to match a keyring of before, by whoever has left since: the end of the book is read without
    /// one. What was sealed there with a later keyring, or names one, is not for the keyring in hand.
    fn ends_with(&mut self, house: &House) -> Result<(), OpenFault> {
        let last = self.book.head().seq.0;
        let places: Vec<u64> = (last.saturating_sub(END).saturating_add(1)..=last).collect();
        let version = house.keys()?.ring().version();
        let end = self.book.read_places(&places).map_err(|fault| of_keys(Some(house), fault))?;
        let later = |placed: &Placed| match placed.entry.event.open() {
            Some(Event::Centre(CentreEvent::KeysSet(set))) => set.version > version,
            _ => false,
        };
        if end.iter().any(later) { Err(HouseFault::Behind(version).into()) } else { Ok(()) }
    }

    /// May whoever has the keys do this? Of a register without keys everybody may.
    ///
    /// # Errors
    /// [`HouseFault::NotTheirs`].
    pub fn may(&self, power: Power) -> Result<(), HouseFault> {
        let Some(house) = &self.house else { return Ok(()) };
        let role = self.register.role(house.is_of(&self.register)?);
        if self.register.policy().may(role, power) { Ok(()) } else { Err(HouseFault::NotTheirs) }
    }

    /// Reads what is asked for, if the register does not hold it.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn bring(&mut self, want: &Want) -> Result<(), ReadFault> {
        let Some(directory) = self.directory.as_mut().filter(|_| self.register.lacks(want)) else { return Ok(()) };
        // The day of the first frame is held already.
        let held = if let Want::Date(date) = want {
            self.register.days.get(&self.register.day_id(*date)).map(|day| (*date, day))
        } else {
            None
        };
        let brought = match held {
            None => directory.bring(&mut self.book, want),
            Some((date, day)) => {
                let cases = day.sessions.iter().map(|session| session.plan.case).collect();
                let files = directory.files_of(&mut self.book, date, cases);
                files.map(|cases| Brought { cases, ..Brought::default() })
            }
        };
        match brought {
            Ok(brought) => self.register.bring(want, brought),
            Err(unusable) => self.read_all(unusable)?,
        }
        Ok(())
    }

    /// Reads who must not meet, in every file.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn apart(&mut self) -> Result<(), ReadFault> {
        let Some(directory) = &mut self.directory else { return Ok(()) };
        match directory.apart(&mut self.book, &mut self.register) {
            Ok(()) => Ok(()),
            Err(unusable) => self.read_all(unusable),
        }
    }

    /// Reads the day of a date alone, for the first frame; of a date whose day is not open also who is expected.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn day(&mut self, date: NaiveDate) -> Result<(), ReadFault> {
        self.day_alone(date)?;
        let held = self.register.days.contains_key(&self.register.day_id(date));
        if held { Ok(()) } else { self.bring(&Want::Date(date)) }
    }

    /// The same of a day that was opened; of another nothing.
    fn day_alone(&mut self, date: NaiveDate) -> Result<(), ReadFault> {
        let held = self.register.days.contains_key(&self.register.day_id(date));
        let Some(directory) = self.directory.as_mut().filter(|_| !held) else { return Ok(()) };
        match directory.day(&mut self.book, date) {
            Ok(day) => {
                self.register.hold_day(&day);
                Ok(())
            }
            Err(unusable) => self.read_all(unusable),
        }
    }

    /// Reads what is in hand on a date: its day, and last night's where it was never signed.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn days_in_hand(&mut self, today: NaiveDate) -> Result<(), ReadFault> {
        self.register.past.to_be_in_hand(today).into_iter().try_for_each(|date| self.day(date))
    }

    /// The same of days that were opened, and nothing of who is expected.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn days_opened(&mut self, today: NaiveDate) -> Result<(), ReadFault> {
        self.register.past.to_be_in_hand(today).into_iter().try_for_each(|date| self.day_alone(date))
    }

    /// The ids of all case files; `None`: the register holds them all.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn cases(&mut self) -> Result<Option<BTreeSet<CaseId>>, ReadFault> {
        let Some(directory) = &mut self.directory else { return Ok(None) };
        match directory.cases() {
            Ok(cases) => Ok(Some(cases)),
            Err(unusable) => self.read_all(unusable).map(|()| None),
        }
    }

    /// Takes into the directory what was written since it was made, where that is much.
    pub fn put_away(&mut self) {
        if let Some(directory) = &mut self.directory {
            // Where that fails nothing is lost: it is read at the next start.
            let _ = directory.catch_up(&mut self.book);
        }
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// [`ReadFault`].
    pub fn all(&mut self) -> Result<(), ReadFault> {
        self.read_all(Unusable::Stale)
    }

    /// The directory is of no use: it costs time.
    fn read_all(&mut self, unusable: Unusable) -> Result<(), ReadFault> {
        if let Unusable::Book(fault) = unusable {
            return Err(fault);
        }
        self.directory = None;
        self.register = whole(&mut self.book, &mut None)?;
        Ok(())
    }
}

impl Opened {
    /// Opens the book for the desk to write to, on the thread that will have it: one that was only read so far is checked
    /// now, and must end where it did when it was read.
    pub fn to_write(self, folder: &Path) -> impl FnOnce() -> Result<DiskBook, ReadFault> + Send + use<> {
        let path = file(folder);
        move || {
            if self.checked {
                return Ok(self.book);
            }
            let read = *self.book.head();
            drop(self.book);
            let book = under(DiskBook::open_at(&path)?, self.house.as_ref());
            // Somebody wrote in between, and has gone again: what was read here is behind.
            if *book.head() == read { Ok(book) } else { Err(Fault::InUse.into()) }
        }
    }
}

/// The directory of a folder's book; `None`: it cannot be made here, and all is to be read.
fn directory<J: Journal>(
    (disk, folder): (Arc<dyn Disk>, &Path),
    book: &mut Book<J>,
    keeps: Option<&mut dyn FnMut(u64)>,
    carries: bool,
) -> Result<Option<Directory>, ReadFault> {
    let shelf = || -> Box<dyn Shelf> { Box::new(DiskShelf::on(Arc::clone(&disk), &folder.join(DIRECTORY))) };
    // One that was taken along when somebody left may be of their making: it counts where it was taken along, and is made
    // anew at the next start.
    let ours = |directory: Directory| match directory.is_carried() && !carries {
        true => Err(Unusable::Stale),
        false => Ok(directory),
    };
    match Directory::open(book, shelf()).and_then(ours).or_else(|unusable| match (unusable, keeps) {
        // Whoever only looks writes nothing.
        (Unusable::Stale, None) => Directory::make(book, Box::new(MemoryShelf::default()), &mut |_| {}),
        (Unusable::Stale, Some(told)) => Directory::make(book, shelf(), told),
        (unusable, _) => Err(unusable),
    }) {
        Ok(directory) => Ok(Some(directory)),
        Err(Unusable::Stale) => Ok(None),
        Err(Unusable::Book(fault)) => Err(fault),
    }
}

fn meet(walk: &mut Option<Walk>, kept: &Kept, placed: &Placed) {
    if let Some(walk) = walk {
        walk.meet(kept, placed);
    }
}

fn whole<J: Journal>(book: &mut Book<J>, walk: &mut Option<Walk>) -> Result<Register, ReadFault> {
    let mut register = Register::default();
    book.read_again(&mut |kept, placed| {
        register.fold(&placed.entry);
        meet(walk, kept, placed);
    })?;
    Ok(register)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::run::open::{Who, make, open};
    use crate::run::setup::Families;
    use crate::vault::System;

    /// Whoever left has the keyring of their time, and can make a directory by it that leads to no later change.
    #[test]
    fn a_keyring_of_before_is_told_whatever_the_directory_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let clock = Clock::standing("Europe/London", "2026-11-21T09:30:00".parse().unwrap()).unwrap();
        make(folder, Families::Invented, &clock).unwrap();
        let keyring = std::fs::read(folder.join("keyring")).unwrap();
        let mut opened = open(folder, Who::Practises).unwrap();
        let before = opened.book.chain(making::groups).unwrap();
        let house = opened.house.clone().unwrap();
        let leaver = house.keys().unwrap().ring().people().last().unwrap().id;
        let ((), set) = house.change(|keys| keys.remove(&leaver, &System)).unwrap();
        opened.book.append(&making::told(set, &clock)).unwrap();
        drop(opened);

        std::fs::write(folder.join("keyring"), keyring).unwrap();
        let house = House::of(folder);
        let passphrase = crate::vault::Passphrase::new("practice").unwrap();
        let book = DiskBook::look_at(&file(folder)).unwrap();
        house.take(Some(std::sync::Arc::new(house.unlock(book.head().register.0, 1, &passphrase).unwrap())));
        let mut opened = Opened::new(under(book, Some(&house)), Some(house));
        opened.chain = Some((*opened.book.head(), before));
        assert!(matches!(opened.trusts(), Err(OpenFault::House(HouseFault::Behind(_)))));
    }
}

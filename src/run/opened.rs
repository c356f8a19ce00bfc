//! An open register: what is read of its book at once, and what when it is asked for.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::book::directory::{Directory, Unusable};
use crate::book::keys::Fit;
use crate::book::{Book, DiskBook, ReadFault};
use crate::domain::ids::CaseId;
use crate::domain::past::{Brought, Want};
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::journal::{Disk, DiskShelf, Fault, Journal, MemoryShelf, RealDisk, Shelf};
use crate::run::house::{House, HouseFault};
use crate::run::making;
use crate::run::open::{DIRECTORY, OpenFault, file, under};

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
}

impl<J> std::fmt::Debug for Opened<J> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("book", &self.book).finish_non_exhaustive()
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
        let directory = directory(disk, folder, &mut self.book, keeps)?;
        let opened = match directory {
            None => None,
            Some(mut directory) => match directory.centre(&mut self.book) {
                Ok(register) => Some((register, directory)),
                Err(Unusable::Stale) => None,
                Err(Unusable::Book(fault)) => return Err(fault),
            },
        };
        (self.register, self.directory) = match opened {
            Some((register, directory)) => (register, Some(directory)),
            None => (whole(&mut self.book)?, None),
        };
        Ok(())
    }

    /// Who has a key, by the changes of the keyring that were signed; how the keyring in hand stands to it. `None`: nothing is
    /// sealed here.
    ///
    /// # Errors
    /// [`HouseFault::Unsigned`]; the book cannot be read.
    pub fn trusts(&mut self) -> Result<Option<Fit>, OpenFault> {
        let Some(house) = &self.house else { return Ok(None) };
        let places = self.directory.as_ref().map(|directory| directory.centre_places().to_vec());
        let chain = self.book.chain(places.as_deref(), making::groups)?;
        Ok(Some(house.trusts(chain)?))
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
        let id = self.register.day_id(date);
        let Some(directory) = self.directory.as_mut().filter(|_| !self.register.days.contains_key(&id)) else {
            return Ok(());
        };
        match directory.day(&mut self.book, date) {
            Ok(day) if day.is_empty() => self.bring(&Want::Date(date)),
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
        let past = &self.register.past;
        let open = today.pred_opt().filter(|date| past.is_open(*date));
        open.into_iter().chain([today]).try_for_each(|date| self.day(date))
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
        self.register = whole(&mut self.book)?;
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
    disk: Arc<dyn Disk>,
    folder: &Path,
    book: &mut Book<J>,
    keeps: Option<&mut dyn FnMut(u64)>,
) -> Result<Option<Directory>, ReadFault> {
    let shelf = || -> Box<dyn Shelf> { Box::new(DiskShelf::on(Arc::clone(&disk), &folder.join(DIRECTORY))) };
    match Directory::open(book, shelf()).or_else(|unusable| match (unusable, keeps) {
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

fn whole<J: Journal>(book: &mut Book<J>) -> Result<Register, ReadFault> {
    let mut register = Register::default();
    for placed in book.read_all()? {
        register.fold(&placed.entry);
    }
    Ok(register)
}

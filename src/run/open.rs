//! The register of a folder: made whole, or opened, checked and folded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::book::directory::{Directory, Unusable};
use crate::book::keys::Fit;
use crate::book::{Book, DiskBook, ReadFault, WriteFault};
use crate::clock::Clock;
use crate::domain::ids::{CaseId, RegisterId};
use crate::domain::past::{Brought, Want};
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::journal::{DiskShelf, Fault, Journal, MemoryShelf, Shelf};
use crate::platform::{self, Folder};
use crate::run::house::{House, HouseFault, PRACTICE};
use crate::run::making;
use crate::run::papers::Papers;
use crate::run::setup::{Families, practice_entries};
use crate::vault::{Kind, Passphrase};

/// The name of a register in its folder.
const FILE: &str = "register.redb";
/// The name of its directory: derived, and made anew where it is not there.
pub const DIRECTORY: &str = "directory.redb";

/// Why a register is not opened or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenFault {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteFault),
    /// Its keys do not open it.
    #[error(transparent)]
    House(#[from] HouseFault),
}

impl From<Fault> for OpenFault {
    fn from(fault: Fault) -> Self {
        Self::Read(fault.into())
    }
}

/// Who opens a sealed register.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// Whoever comes first, of a practice register; of a real one nobody.
    Practises,
    /// By number and passphrase.
    Is(u8, &'a Passphrase),
}

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
        let directory = directory(folder, &mut self.book, keeps)?;
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

/// Where a folder's register lies.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Is there a register in this folder?
pub fn is_there(folder: &Path) -> bool {
    file(folder).symlink_metadata().is_ok()
}

/// Is there a keyring in this folder whose book is not? A copy of it is to be put back, and nothing made in its place.
pub fn lacks_its_book(folder: &Path) -> bool {
    House::is_there(folder) && !is_there(folder)
}

/// Makes a practice register, whole or not at all, and closes it; the answer is what became of the folder. Everybody of
/// its team has a key, under the passphrase that everybody knows.
///
/// # Errors
/// [`OpenFault`], by what to do; none leaves a register.
pub fn make(folder: &Path, families: Families, clock: &Clock) -> Result<Folder, OpenFault> {
    if is_there(folder) {
        return Err(Fault::Exists.into());
    }
    let became = platform::private_folder(folder).map_err(Fault::from)?;
    let register = RegisterId(clock.ids().0);
    let mut entries = practice_entries(register, families, clock.now(), clock.ids());
    let house = House::of(folder);
    making::practice(&house, register, &mut entries, clock)?;
    making::book(folder, register, &house, entries)?;
    Ok(became)
}

/// Opens it for an import: to read and to write, after the check of every page.
///
/// # Errors
/// [`OpenFault`], by what to do.
pub fn open(folder: &Path, who: Who<'_>) -> Result<Opened, OpenFault> {
    is_private(folder)?;
    let path = file(folder);
    // The engine marks its file while it is open for writing: a reader is refused what a writer has not closed.
    let unclean = matches!(DiskBook::look_at(&path), Err(ReadFault::Journal(Fault::NotClosed)));
    begun(folder, DiskBook::open_for_import_at(&path)?, State { unclean, checked: true }, who, Some(&mut |_| {}))
}

/// Opens it to be read, each entry held against its own link; only one that was not closed is opened for writing, since
/// it must be put right, and checked, first.
///
/// # Errors
/// [`OpenFault`], by what to do.
pub fn look(folder: &Path, who: Who<'_>) -> Result<Opened, OpenFault> {
    looked(folder, who, None)
}

/// The same for a desk, which will write, of a register that is not sealed: a directory that is not there is made; `told`
/// hears how many entries were read for it, now and then.
///
/// # Errors
/// [`OpenFault`], by what to do.
pub fn begin(folder: &Path, told: &mut dyn FnMut(u64)) -> Result<Opened, OpenFault> {
    looked(folder, Who::Practises, Some(told))
}

/// Opens the book of a sealed register for its desk, locked: after the check of every page. Was it not closed?
///
/// # Errors
/// [`OpenFault`], by what to do.
pub fn locked(folder: &Path, house: &House) -> Result<(DiskBook, bool), OpenFault> {
    is_private(folder)?;
    let path = file(folder);
    let unclean = matches!(DiskBook::look_at(&path), Err(ReadFault::Journal(Fault::NotClosed)));
    let mut book = DiskBook::open_at(&path)?;
    of_its_kind(folder, &mut book)?;
    Ok((under(book, Some(house)), unclean))
}

/// Are book and folder of one kind: sealed with a keyring, or neither? A book that is not sealed could be put in the place
/// of one that is, and would be written to in clear.
///
/// # Errors
/// [`HouseFault::Lost`], [`HouseFault::NotSealed`].
pub fn of_its_kind<J: Journal>(folder: &Path, book: &mut Book<J>) -> Result<(), OpenFault> {
    match (book.is_sealed()?, House::is_there(folder)) {
        (true, false) => Err(HouseFault::Lost.into()),
        (false, true) => Err(HouseFault::NotSealed.into()),
        // What somebody typed was sealed here: so was the book.
        (false, false) if Papers::has_sealed(folder) => Err(HouseFault::NeverSealed.into()),
        _ => Ok(()),
    }
}

fn looked(folder: &Path, who: Who<'_>, keeps: Option<&mut dyn FnMut(u64)>) -> Result<Opened, OpenFault> {
    is_private(folder)?;
    match DiskBook::look_at(&file(folder)) {
        Err(ReadFault::Journal(Fault::NotClosed)) => {
            begun(folder, DiskBook::open_at(&file(folder))?, State { unclean: true, checked: true }, who, keeps)
        }
        other => begun(folder, other?, State { unclean: false, checked: false }, who, keeps),
    }
}

/// How a book was opened.
#[derive(Debug, Clone, Copy)]
struct State {
    unclean: bool,
    checked: bool,
}

fn begun(
    folder: &Path,
    mut book: DiskBook,
    state: State,
    who: Who<'_>,
    keeps: Option<&mut dyn FnMut(u64)>,
) -> Result<Opened, OpenFault> {
    let State { unclean, checked } = state;
    let house = unlocked(folder, &mut book, who)?;
    let book = under(book, house.as_ref());
    let mut opened = Opened { book, register: Register::default(), directory: None, unclean, checked, house };
    opened.begin(folder, keeps).map_err(|fault| of_keys(opened.house.as_ref(), fault))?;
    // No Doorbook makes a register of families that is not sealed.
    let written = opened.book.head().seq.0 > 0;
    if opened.house.is_none() && written && !opened.register.is_practice() {
        return Err(HouseFault::NeverSealed.into());
    }
    let fit = opened.trusts()?;
    if let Some(house) = &opened.house {
        house.fits(opened.register.keys.as_ref())?;
        house.is_of(&opened.register)?;
    }
    if fit == Some(Fit::Forged) {
        return Err(HouseFault::Meddled.into());
    }
    Ok(opened)
}

/// What is locked to somebody who has keys was written with a later keyring.
pub fn of_keys(house: Option<&House>, fault: ReadFault) -> OpenFault {
    match house.and_then(|house| house.keys().ok()).filter(|_| fault == ReadFault::Locked) {
        Some(keys) => HouseFault::Behind(keys.ring().version()).into(),
        None => fault.into(),
    }
}

/// The keys of a sealed register in hand; `None`: it is not sealed.
fn unlocked(folder: &Path, book: &mut DiskBook, who: Who<'_>) -> Result<Option<House>, OpenFault> {
    of_its_kind(folder, book)?;
    if !House::is_there(folder) {
        return Ok(None);
    }
    let (house, register) = (House::of(folder), book.head().register.0);
    let practice = Passphrase::new(PRACTICE);
    let (number, passphrase) = match (who, practice.as_ref()) {
        (Who::Is(number, passphrase), _) => (number, passphrase),
        (Who::Practises, Some(practice)) => {
            let ring = house.read()?;
            let first = ring.people().first().filter(|_| ring.kind() == Kind::Practice);
            (first.ok_or(HouseFault::Locked)?.number, practice)
        }
        (Who::Practises, None) => return Err(HouseFault::Locked.into()),
    };
    let keys = house.unlock(register, number, passphrase)?;
    house.take(Some(std::sync::Arc::new(keys)));
    Ok(Some(house))
}

/// The book under the keys of its house.
fn under(book: DiskBook, house: Option<&House>) -> DiskBook {
    match house {
        Some(house) => book.under(Box::new(house.sealer())),
        None => book,
    }
}

/// The directory of a folder's book; `None`: it cannot be made here, and all is to be read.
fn directory<J: Journal>(
    folder: &Path,
    book: &mut Book<J>,
    keeps: Option<&mut dyn FnMut(u64)>,
) -> Result<Option<Directory>, ReadFault> {
    let shelf = || -> Box<dyn Shelf> { Box::new(DiskShelf::at(&folder.join(DIRECTORY))) };
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

/// A folder that is not there is not made by looking into it.
pub fn is_private(folder: &Path) -> Result<(), ReadFault> {
    if !is_there(folder) {
        return Err(Fault::Missing.into());
    }
    platform::private_folder(folder).map_err(Fault::from)?;
    Ok(())
}

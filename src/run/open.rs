//! The register of a folder: made whole, or opened, checked and folded.

use std::path::{Path, PathBuf};

use crate::book::keys::Fit;
use crate::book::{Book, DiskBook, ReadFault, WriteFault};
use crate::clock::Clock;
use crate::domain::ids::RegisterId;
use crate::journal::{Fault, Journal};
use crate::platform::{self, Folder};
use crate::run::house::{House, HouseFault, PRACTICE};
use crate::run::making;
pub use crate::run::opened::Opened;
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
    let mut opened = Opened { unclean, checked, ..Opened::new(book, house) };
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
pub(super) fn under(book: DiskBook, house: Option<&House>) -> DiskBook {
    match house {
        Some(house) => book.under(Box::new(house.sealer())),
        None => book,
    }
}

/// A folder that is not there is not made by looking into it.
pub fn is_private(folder: &Path) -> Result<(), ReadFault> {
    if !is_there(folder) {
        return Err(Fault::Missing.into());
    }
    platform::private_folder(folder).map_err(Fault::from)?;
    Ok(())
}

//! The register of a folder: made whole, or opened, checked and folded.

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use crate::book::{DiskBook, GivenUp, ReadFault, WriteFault};
use crate::clock::Clock;
use crate::domain::ids::RegisterId;
use crate::domain::register::Register;
use crate::journal::Fault;
use crate::platform::{self, Folder};
use crate::run::setup::{Families, practice_entries};

/// The name of a register in its folder.
const FILE: &str = "register.redb";

/// An open register.
#[derive(Debug)]
pub struct Opened {
    /// The book.
    pub book: DiskBook,
    /// All that it says, folded.
    pub register: Register,
    /// Whoever had it last did not close it: the engine has put it right, and checked it.
    pub unclean: bool,
}

/// Where a folder's register lies.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Is there a register in this folder?
pub fn is_there(folder: &Path) -> bool {
    file(folder).symlink_metadata().is_ok()
}

/// Makes a practice register, whole or not at all, and closes it; the answer is what became of the folder.
///
/// # Errors
/// [`WriteFault`], by what to do; none leaves a register.
pub fn make(folder: &Path, families: Families, clock: &Clock) -> Result<Folder, WriteFault> {
    if is_there(folder) {
        return Err(Fault::Exists.into());
    }
    let became = platform::private_folder(folder).map_err(Fault::from)?;
    let register = RegisterId(clock.ids().0);
    let entries = practice_entries(register, families, clock.now(), clock.ids());
    let mut all = entries.into_iter().map(Ok::<_, Infallible>);
    match DiskBook::create_at(&file(folder), register, &mut all) {
        Ok(_) => Ok(became),
        Err(GivenUp::Write(fault)) => Err(fault),
        Err(GivenUp::Entry(never)) => match never {},
    }
}

/// Opens it to read and to write, after the check of every page.
///
/// # Errors
/// [`ReadFault`], by what to do.
pub fn open(folder: &Path) -> Result<Opened, ReadFault> {
    is_private(folder)?;
    let path = file(folder);
    // The engine marks its file while it is open for writing: a reader is refused what a writer has not closed.
    let unclean = matches!(DiskBook::look_at(&path), Err(ReadFault::Journal(Fault::NotClosed)));
    folded(DiskBook::open_at(&path)?, unclean)
}

/// Opens it to be read; only one that was not closed is opened for writing, since it must be put right first.
///
/// # Errors
/// [`ReadFault`], by what to do.
pub fn look(folder: &Path) -> Result<Opened, ReadFault> {
    is_private(folder)?;
    match DiskBook::look_at(&file(folder)) {
        Err(ReadFault::Journal(Fault::NotClosed)) => folded(DiskBook::open_at(&file(folder))?, true),
        other => folded(other?, false),
    }
}

fn folded(mut book: DiskBook, unclean: bool) -> Result<Opened, ReadFault> {
    let mut register = Register::default();
    for placed in book.read_all()? {
        register.fold(&placed.entry);
    }
    Ok(Opened { book, register, unclean })
}

/// A folder that is not there is not made by looking into it.
pub fn is_private(folder: &Path) -> Result<(), ReadFault> {
    if !is_there(folder) {
        return Err(Fault::Missing.into());
    }
    platform::private_folder(folder).map_err(Fault::from)?;
    Ok(())
}

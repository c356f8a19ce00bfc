//! What can go wrong with a journal, by what to do about it.

use super::kept::Head;

/// Something went wrong; nothing that was kept before is changed by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another process has it open: close that one.
    #[error("Another copy of Doorbook has this register open. Nothing was touched. Use that one, or close it first.")]
    InUse,
    /// There is none here: make one, or look elsewhere.
    #[error("There is no register here. Nothing was touched. Make one, or name its folder with --data.")]
    Missing,
    /// There is one here already: open it.
    #[error("There is a register here already. Nothing was touched. Open it, or name another folder.")]
    Exists,
    /// The bytes are not what was written: restore a copy.
    #[error("The register is damaged: {0}. Nothing more is written to it. Keep the file as it is and restore a copy.")]
    Damaged(String),
    /// A read-only open of a register that was not closed: open it for writing once.
    #[error("The register was not closed. Nothing was touched. Open it once for writing; it then puts itself right.")]
    NotClosed,
    /// Written by a newer Doorbook: use that.
    #[error("The register has format {0}, which this Doorbook does not know. Nothing was touched. Use a newer one.")]
    TooNew(u8),
    /// The disk is full: make room.
    #[error("The disk is full: make room, then do it again. All that was saved before is kept.")]
    Full,
    /// Its name does not stand any more for the file that was opened: look into the folder.
    #[error(
        "The register is not where it was opened: write on paper, and look into its folder. It was moved or removed, \
         or another lies in its place; nothing more is written to it."
    )]
    Moved,
    /// Somebody else could read or change it: make it private.
    #[error("{0}")]
    NotPrivate(String),
    /// The disk or the system failed.
    #[error("The disk failed: do it again, or write on paper. All that was saved before is kept. ({0})")]
    Device(String),
    /// It was opened to be read only.
    #[error("The register is open for reading only. Nothing was written.")]
    ReadOnly,
}

/// Whoever made the rows gives up: nothing is written. The reason stays with the maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("given up by whoever wrote; nothing was written")]
pub struct Abandon;

/// Why an append did not go well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendFault {
    /// Somebody was first; this is where the journal ends now. Nothing was written.
    #[error("somebody else wrote first; nothing was written")]
    Behind(Head),
    /// The maker of the rows gave up. Nothing was written.
    #[error(transparent)]
    Abandoned(#[from] Abandon),
    /// A row has the id of one that is there already. Nothing was written.
    #[error("an entry with this id is there already; nothing was written")]
    Twice(super::kept::EntryId),
    /// It may be on disk or not: find it by id.
    #[error("it is not known whether this was saved: {0}")]
    Unknown(Fault),
    /// Nothing was written.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// An error of the file system, by what to do about it.
pub(super) fn of_io(error: std::io::Error) -> Fault {
    use std::io::ErrorKind as K;
    match error.kind() {
        K::NotFound => Fault::Missing,
        K::AlreadyExists => Fault::Exists,
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => Fault::Full,
        K::InvalidData | K::UnexpectedEof => Fault::Damaged(error.to_string()),
        _ => Fault::Device(error.to_string()),
    }
}

impl From<crate::platform::Fault> for Fault {
    fn from(fault: crate::platform::Fault) -> Self {
        match fault {
            crate::platform::Fault::NotPrivate(why) => Self::NotPrivate(why),
            crate::platform::Fault::Io(io) => of_io(io),
        }
    }
}

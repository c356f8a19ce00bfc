//! Why a book cannot be read or written, by what to do about it: what happened, what was kept, what to do.

use crate::{journal, vault};

/// Why a book cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// The journal says so.
    #[error(transparent)]
    Journal(#[from] journal::Fault),
    /// An entry is damaged.
    #[error(
        "The register is damaged at entry {seq}: {what}. Nothing more is written to it. Keep the file as it is and \
         restore a copy."
    )]
    Damaged {
        /// Its place.
        seq: u64,
        /// What is wrong with it.
        what: String,
    },
    /// An entry was written by a newer Doorbook.
    #[error(
        "Entry {seq} has format {format}, which this Doorbook does not know. Nothing was touched. Use a newer one."
    )]
    TooNew {
        /// Its place.
        seq: u64,
        /// The format's number.
        format: u8,
    },
    /// There is no key for it.
    #[error("The register is sealed, and there is no key for it here. Nothing was touched. Open it with a key.")]
    Locked,
}

impl ReadFault {
    pub(super) fn damaged(seq: journal::Seq, what: &str) -> Self {
        Self::Damaged { seq: seq.0, what: what.to_owned() }
    }

    pub(super) fn lost(seq: journal::Seq) -> Self {
        Self::damaged(seq, "it is not there")
    }
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteFault {
    /// Somebody was first: read the news, decide again.
    #[error("Somebody else wrote first. This was not saved. Look at what they wrote, then do it again.")]
    Behind,
    /// It may be on disk or not: open the book again, and look for the first entry by its id.
    #[error("It is not known whether this was saved: {0} Open Doorbook again and look before you write it again.")]
    Unknown(journal::Fault),
    /// An entry with this id is there already.
    #[error("This is in the register already. Nothing was written twice.")]
    Twice,
    /// An entry whose content is sealed or gone cannot be written.
    #[error("An entry without its content cannot be written. Nothing was saved.")]
    NoEvent,
    /// The journal says so; nothing was written.
    #[error("This was not saved. {0}")]
    Journal(journal::Fault),
    /// There is no key to write with.
    #[error("This was not saved: {0}.")]
    Sealing(#[from] vault::Fault),
    /// The book cannot be read.
    #[error(transparent)]
    Read(ReadFault),
}

impl From<journal::Fault> for WriteFault {
    fn from(fault: journal::Fault) -> Self {
        Self::Journal(fault)
    }
}

impl From<ReadFault> for WriteFault {
    fn from(fault: ReadFault) -> Self {
        match fault {
            ReadFault::Journal(fault) => Self::Journal(fault),
            other => Self::Read(other),
        }
    }
}

/// Why entries that came one by one were not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GivenUp<E> {
    /// Whoever gave them gave up.
    #[error("{0}")]
    Entry(E),
    /// They could not be written.
    #[error(transparent)]
    Write(WriteFault),
}

impl<E> From<WriteFault> for GivenUp<E> {
    fn from(fault: WriteFault) -> Self {
        Self::Write(fault)
    }
}

impl<E> From<journal::Fault> for GivenUp<E> {
    fn from(fault: journal::Fault) -> Self {
        Self::Write(fault.into())
    }
}

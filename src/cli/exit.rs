//! Exit codes, and the one sentence that goes with each that is not 0. They are documented in
//! docs/manual/command-line.md, and never change their meaning.

use std::process::ExitCode;

use crate::book::{GivenUp, ReadFault, WriteFault};
use crate::journal::Fault;
use crate::run::house::HouseFault;
use crate::run::open::OpenFault;
use crate::run::when::Refused;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Said wrongly: a word of the command line, a preference, no terminal.
    Usage = 2,
    /// The files to import have faults; nothing was written.
    Faults = 3,
    /// There is no register here.
    Missing = 4,
    /// Another copy has it open.
    InUse = 5,
    /// It is damaged, or cannot be read by this Doorbook.
    Damaged = 6,
    /// Refused: not a practice register, a time too early, one is there already, others could read it.
    Refused = 7,
    /// The disk failed or is full.
    Disk = 8,
    /// It is sealed, and nobody showed who they are: no passphrase was given, or a wrong one.
    Locked = 9,
    /// A fault of our own.
    Broken = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why it ended before it was done.
#[derive(Debug)]
pub(super) struct Stop {
    /// The exit code.
    pub exit: Exit,
    /// What happened, what was kept, what to do.
    pub says: String,
}

impl Stop {
    pub(super) fn new(exit: Exit, says: impl Into<String>) -> Self {
        Self { exit, says: says.into() }
    }
}

fn of_journal(fault: &Fault) -> Exit {
    match fault {
        Fault::Missing => Exit::Missing,
        Fault::InUse => Exit::InUse,
        Fault::Damaged(_) | Fault::TooNew(_) => Exit::Damaged,
        Fault::Exists | Fault::NotPrivate(_) => Exit::Refused,
        Fault::Full | Fault::Device(_) | Fault::ReadOnly | Fault::NotClosed | Fault::Moved => Exit::Disk,
    }
}

impl From<ReadFault> for Stop {
    fn from(fault: ReadFault) -> Self {
        let exit = match &fault {
            ReadFault::Journal(fault) => of_journal(fault),
            ReadFault::Damaged { .. } | ReadFault::TooNew { .. } => Exit::Damaged,
            ReadFault::Locked => Exit::Locked,
        };
        Self::new(exit, fault.to_string())
    }
}

impl From<HouseFault> for Stop {
    fn from(fault: HouseFault) -> Self {
        let exit = match &fault {
            HouseFault::NoBook => Exit::Missing,
            HouseFault::Lost
            | HouseFault::NotSealed
            | HouseFault::NeverSealed
            | HouseFault::Foreign
            | HouseFault::Older { .. }
            | HouseFault::Behind(_)
            | HouseFault::Other(_)
            | HouseFault::Forged
            | HouseFault::Slot
            | HouseFault::Unnamed
            | HouseFault::Meddled
            | HouseFault::Renumbered
            | HouseFault::Unsigned(_)
            | HouseFault::Damaged(_) => Exit::Damaged,
            HouseFault::Wrong
            | HouseFault::NotListed
            | HouseFault::OtherSheet
            | HouseFault::NoNumber(_)
            | HouseFault::Sheet(_)
            | HouseFault::Locked => Exit::Locked,
            HouseFault::NoMemory => Exit::Disk,
            HouseFault::Keys(_) | HouseFault::Clock(_) | HouseFault::NotTheirs => Exit::Refused,
            HouseFault::File(fault) | HouseFault::InDoubt(fault) => of_journal(fault),
        };
        Self::new(exit, fault.to_string())
    }
}

impl From<OpenFault> for Stop {
    fn from(fault: OpenFault) -> Self {
        match fault {
            OpenFault::Read(fault) => fault.into(),
            OpenFault::Write(fault) => fault.into(),
            OpenFault::House(fault) => fault.into(),
        }
    }
}

impl From<WriteFault> for Stop {
    fn from(fault: WriteFault) -> Self {
        match fault {
            WriteFault::Read(fault) => fault.into(),
            // What was to be written is named by whoever wrote; `This was not saved` in front would be of a desk.
            WriteFault::Journal(fault) => Self::new(of_journal(&fault), fault.to_string()),
            other => Self::new(Exit::Disk, other.to_string()),
        }
    }
}

impl<E: Into<Stop>> From<GivenUp<E>> for Stop {
    fn from(given: GivenUp<E>) -> Self {
        match given {
            GivenUp::Entry(why) => why.into(),
            GivenUp::Write(fault) => fault.into(),
        }
    }
}

impl From<std::convert::Infallible> for Stop {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::new(Exit::Refused, refused.to_string())
    }
}

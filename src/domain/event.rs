//! What did happen: the entry of the book, and the closed list of events. The form of an entry is final.
//!
//! An entry belongs to one file, and to a day if one is open for it. No name and no free text lies in
//! [`FileRef::Centre`]. Nothing is edited: a correction, an undo, an addendum is a further entry that names the one it
//! amends.

mod amend;
mod centre;
mod day;
mod door;
mod note;

pub use amend::{Amendment, Answer};
pub use centre::{
    Age, CaseEvent, CentreEvent, GroupKey, KeysSet, KeysSigned, Leaves, RegisterKind, StaffCard, UserCard, UserKeys,
};
pub use day::{Counted, DayEvent, Expected, Second, Signed};
pub use door::{Basis, Carer, DoorEvent, Leaving, OutFor, Told};
pub use note::{About, Account, NoteEvent, Readers};

use crate::domain::codes::{Moment, Rule};
use crate::domain::ids::{ActId, CaseId, DayId, DeskId, EntryId, FileId, StaffId};
use crate::domain::text::Text;

/// One entry of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its own id, by which an ambiguous append is found again.
    pub id: EntryId,
    /// Shared by all entries of one decision.
    pub act: ActId,
    /// When it happened.
    pub occurred_at: Moment,
    /// When it was written.
    pub recorded_at: Moment,
    /// Who wrote it.
    pub by: By,
    /// At which desk.
    pub desk: DeskId,
    /// From where.
    pub source: Source,
    /// The rules that a fact goes against; each is an open question at the close.
    pub against: Vec<Rule>,
    /// The day that it belongs to.
    pub day: Option<DayId>,
    /// The file that it belongs to.
    pub file: FileRef,
    /// What happened.
    pub event: Readable<Event>,
}

/// What `decide` returns; `run` stamps the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The day that it belongs to.
    pub day: Option<DayId>,
    /// The file that it belongs to.
    pub file: FileRef,
    /// When it happened.
    pub occurred_at: Moment,
    /// The rules that it goes against.
    pub against: Vec<Rule>,
    /// From where it comes.
    pub source: Source,
    /// What happened.
    pub event: Event,
}

/// A value that may be sealed to others, or disposed of. Counts do not need it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readable<T> {
    /// Here it is.
    Open(T),
    /// Sealed to others.
    Closed,
    /// Disposed of.
    Gone,
}

impl<T> Readable<T> {
    /// The value, if it can be read.
    pub fn open(&self) -> Option<&T> {
        if let Self::Open(value) = self { Some(value) } else { None }
    }
}

/// Who wrote an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// Someone of the team.
    Staff(StaffId),
    /// The program at its setting up and its imports, before anyone has said who they are.
    Program,
}

/// From where an entry came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Typed at the desk.
    Desk,
    /// From the paper sheet, afterwards.
    Paper {
        /// Number of the sheet.
        sheet: u32,
        /// Line on it.
        line: u32,
    },
    /// From a file.
    Import {
        /// Its name, without a folder.
        file: Text,
        /// Line in it; the header is line 1.
        line: u32,
    },
    /// Written while the link was down.
    Outbox {
        /// At this desk.
        desk: DeskId,
    },
}

/// The file that an entry belongs to. `Apart` is a file of its own for a note about nobody or about a worker, and for a
/// visitor to the building, so that no shell names whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileRef {
    /// The centre's own: no name, no free text.
    Centre,
    /// Someone of the team.
    Staff(StaffId),
    /// A case.
    Case(CaseId),
    /// Apart from all of these.
    Apart(FileId),
}

/// What happened, in the past tense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The centre: its register, policy, team.
    Centre(CentreEvent),
    /// A case file.
    Case(CaseEvent),
    /// The open day: opening, the expected, the team, counting, signing.
    Day(DayEvent),
    /// At the door: coming, walking over, leaving, not coming.
    Door(DoorEvent),
    /// Notes for the coordinator.
    Note(NoteEvent),
    /// A further entry about an earlier one.
    Amend(Amendment),
}

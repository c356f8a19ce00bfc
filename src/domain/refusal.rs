//! Why a permission is refused: a value; `app` makes it a sentence with the way out.

use crate::domain::codes::{Moment, Party};
use crate::domain::day::Clash;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::policy::Power;

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The day is not open yet.
    NotOpen,
    /// The day is open already.
    OpenAlready,
    /// The day is signed: addenda only.
    Signed,
    /// It is not on the list of the day: a session, a person, a note, an act.
    Unknown,
    /// Nobody is ticked.
    Nobody,
    /// This person is not on the list of those who may come in.
    NotListed(PersonId),
    /// They are here already.
    IsIn(PersonId),
    /// They are not here.
    NotIn(PersonId),
    /// They were here today, so it is not that they do not come.
    Came(PersonId),
    /// Something later is known of them: times of one person never run backwards.
    Backwards {
        /// Who.
        person: PersonId,
        /// Their last known time.
        last: Moment,
    },
    /// Somebody must not be met.
    Clash(Clash),
    /// Children came and no adult of theirs: a worker must have them.
    NoCarer,
    /// This adult has a child in their care.
    HasChild(PersonId),
    /// The last of the side that brings: may go out and be reached, not leave for good.
    GoesOutOnly(PersonId),
    /// This worker is not on shift.
    NotOnShift(StaffId),
    /// A worker must be named.
    NoWalker,
    /// The adult who is to have the child is not in that place.
    NotThere(PersonId),
    /// A permitted visitor, or the wrong side: may not be the one responsible.
    NotCarer(PersonId),
    /// This side stays until then.
    Holds {
        /// Which side.
        party: Party,
        /// Until when; `None`: as long as a child is in.
        until: Option<Moment>,
    },
    /// Not on the list of collectors.
    NotCollector,
    /// It takes a role.
    Needs(Power),
    /// A worker has a child in their care and stays.
    WorkerHasChild(StaffId),
    /// Nothing to take back.
    NothingToUndo,
    /// Something later rests on it.
    RestsOn,
    /// Heads have not been counted.
    NotCounted,
    /// So many questions are open.
    Questions(usize),
    /// The reason is not on the centre's list.
    NoReason,
    /// A time after now.
    Future,
    /// It is so already.
    AlreadySo,
}

//! Events of the open day: opening, who is expected, the team on shift, anyone else, counting and signing.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::case::{Instruction, Member};
use crate::domain::codes::{Alone, ContactKind, Legs, Offsite};
use crate::domain::ids::{CaseId, FileId, PatternId, PersonId, SessionId, StaffId};
use crate::domain::policy::{Code, Plan};
use crate::domain::text::Text;

/// The day as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayEvent {
    /// The centre opened. Lies in Centre.
    Opened {
        /// The calendar date that it opened on.
        date: NaiveDate,
        /// The policy that holds all day.
        policy: u32,
    },
    /// One case is expected: people, plan, instructions and collectors as they stand, frozen. Lies in its case.
    SessionExpected(Box<Expected>),
    /// Someone took the desk: entries of this desk are theirs from now on.
    DeskTaken {
        /// Who.
        staff: StaffId,
    },
    /// Someone of the team came on shift; of one who is on shift already: is in this place.
    StaffCame {
        /// Who.
        staff: StaffId,
        /// Where they are, if not moving about.
        place: Option<Code>,
    },
    /// Someone of the team left.
    StaffWent {
        /// Who.
        staff: StaffId,
    },
    /// Someone else came into the building (caretaker, social worker). Lies in a file of its own.
    VisitorCame {
        /// Their file.
        visitor: FileId,
        /// Name as given.
        name: Text,
        /// What they are.
        what: Text,
        /// Where they are.
        place: Code,
        /// The session that they come for, if one: an interpreter, a social worker.
        session: Option<SessionId>,
    },
    /// They left.
    VisitorWent {
        /// Their file.
        visitor: FileId,
    },
    /// The building was emptied, or a drill held.
    MusterHeld {
        /// How many were seen.
        seen: u16,
        /// Of how many on the roll.
        of: u16,
        /// How long it took, in seconds.
        seconds: u32,
    },
    /// The book was shut while people were in, and somebody says whether it is still so. Lies in Centre.
    Resumed {
        /// Minutes that it was shut.
        minutes: u32,
        /// How many were in by the book.
        inside: u16,
        /// It is still so; else it is gone through.
        so: bool,
    },
    /// Heads were counted before any figure of the register was shown.
    Counted(Counted),
    /// The day was signed. Read-only from here, addenda apart.
    Signed(Signed),
    /// A coordinator opened the day again.
    Reopened {
        /// Why.
        why: Text,
    },
}

/// Heads, counted by eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Children.
    pub children: u16,
    /// Adults of either side.
    pub adults: u16,
    /// The team.
    pub team: u16,
    /// Anyone else.
    pub others: u16,
}

/// A signature under the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who signed.
    pub by: StaffId,
    /// Which close of this day, from 1; the second names the first.
    pub close: u16,
    /// The heads that were counted.
    pub counted: Counted,
    /// Sessions held.
    pub held: u16,
    /// Sessions not held.
    pub not_held: u16,
    /// Entries of the day before this one.
    pub entries: u32,
    /// The second signature; `None`: where people have no passphrases, one signs (domain.md 4).
    pub second: Option<Second>,
}

/// The second signature under a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// Somebody else of the team who was there that day.
    By {
        /// Who.
        staff: StaffId,
    },
    /// There is none, and why.
    Alone {
        /// Why.
        why: Alone,
    },
}

/// One case on one day, frozen as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Its id.
    pub session: SessionId,
    /// Its number, for the day, on screen, on paper and in speech.
    pub no: u16,
    /// Which case.
    pub case: CaseId,
    /// The centre's reference.
    pub code: Text,
    /// Kind of contact.
    pub kind: ContactKind,
    /// Planned start, local time.
    pub start: NaiveTime,
    /// Planned end, local time.
    pub end: NaiveTime,
    /// Planned room.
    pub room: Code,
    /// The plan that holds.
    pub plan: Plan,
    /// Everyone on the file who may be met at the door.
    pub people: Vec<Member>,
    /// Instructions in force.
    pub instructions: Vec<Instruction>,
    /// Pairs who must not meet.
    pub apart: Vec<(PersonId, PersonId)>,
    /// The booking that it comes from; `None`: added by hand.
    pub pattern: Option<PatternId>,
    /// The worker who supervises, of one-to-one contact.
    pub supervisor: Option<StaffId>,
    /// Of a handover: which journeys; `None` is both.
    pub legs: Option<Legs>,
    /// What lets the children leave the building with the visiting party.
    pub offsite: Option<Offsite>,
}

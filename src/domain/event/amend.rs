//! Entries about earlier entries: undo, a corrected time, an answer at the close.

use crate::domain::codes::{LeftOpen, Moment};
use crate::domain::event::Counted;
use crate::domain::ids::{ActId, EntryId, NoteId, SessionId};

/// A further entry that names the one it amends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// All entries of an act are taken back.
    Undone {
        /// Which act.
        act: ActId,
    },
    /// An entry happened at another time; both times are kept.
    TimeSet {
        /// Which entry.
        entry: EntryId,
        /// When it happened.
        at: Moment,
    },
    /// An open question of the close was answered.
    Answered(Answer),
}

/// Answers that write no other fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Something that went against a rule: the coordinator knows.
    Known {
        /// The entry.
        entry: EntryId,
    },
    /// The count differs from the register, and stands: the coordinator is told.
    CountStands {
        /// What was counted.
        counted: Counted,
    },
    /// A note is left open with a reason: it goes on the coordinator's list.
    NoteStands {
        /// Which note.
        note: NoteId,
        /// Why; `None` in entries from before it was asked.
        why: Option<LeftOpen>,
    },
    /// What somebody was named as having allowed: they did.
    Confirmed {
        /// The entry that names them.
        entry: EntryId,
    },
    /// What somebody was named as having allowed: they did not.
    Denied {
        /// The entry that names them.
        entry: EntryId,
    },
    /// Something that wants a line has one, or needs none: by its own id of session, thing or message.
    Noted {
        /// What it is about.
        about: uuid::Uuid,
        /// Which check of domain.md 4 it is of.
        check: u8,
    },
    /// A session is settled as it stands.
    SessionStands {
        /// Which.
        session: SessionId,
    },
}

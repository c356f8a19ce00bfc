//! What else is known of a session or of the day: pauses, minutes owed, calls, things in keeping, what was allowed,
//! messages for the coordinator.

use chrono::NaiveDate;

use crate::domain::codes::{CallAnswer, How, Moment, Party, Rule};
use crate::domain::event::By;
use crate::domain::ids::{ActId, EntryId, NoteId, PersonId, SessionId, StaffId, ThingId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// One-to-one contact paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// From.
    pub at: Moment,
    /// Why, a code of the policy.
    pub why: Code,
    /// Who decided.
    pub decided: StaffId,
    /// Until; `None`: still.
    pub until: Option<Moment>,
}

/// Minutes owed to a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// When it was written down.
    pub at: Moment,
    /// How many.
    pub minutes: u16,
    /// To which side.
    pub party: Party,
    /// Who caused it, a code of the policy.
    pub why: Code,
}

/// Who writes the report, and by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Who.
    pub owner: StaffId,
    /// By when.
    pub due: NaiveDate,
}

/// Somebody was rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// When.
    pub at: Moment,
    /// Somebody of the case.
    pub person: Option<PersonId>,
    /// Or a number of the policy's list, by its name.
    pub number: Option<Text>,
    /// How it went.
    pub answer: CallAnswer,
}

/// A thing in keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Its id.
    pub id: ThingId,
    /// Since.
    pub at: Moment,
    /// What it is, a code of the policy.
    pub what: Code,
    /// Whose side it is of.
    pub party: Party,
    /// Where it lies.
    pub place: Text,
    /// When it was given back.
    pub back: Option<Moment>,
}

/// Somebody with the power allowed what the rules would not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The entry.
    pub entry: EntryId,
    /// Its act: what it allowed stands beside it.
    pub act: ActId,
    /// When.
    pub at: Moment,
    /// Who wrote it.
    pub written_by: By,
    /// In which session.
    pub session: SessionId,
    /// The rules that it goes past.
    pub rules: Vec<Rule>,
    /// Who allowed it.
    pub by: StaffId,
    /// Here, or by name only.
    pub how: How,
    /// Why, a code of the policy.
    pub why: Code,
    /// What they, or the coordinator, said to it since; `None`: open.
    pub confirmed: Option<bool>,
}

impl Override {
    /// Nobody has said yet that it was so. What somebody with the power allowed in person, and wrote, needs no word more.
    pub fn is_open(&self) -> bool {
        self.confirmed.is_none() && !self.is_in_person()
    }

    /// Who allowed it wrote it at the desk, or showed by their passphrase that it was they.
    pub fn is_in_person(&self) -> bool {
        self.how == How::Proved || (self.how == How::Here && self.written_by == By::Staff(self.by))
    }
}

/// A message of a fixed kind for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: NoteId,
    /// When it was left.
    pub at: Moment,
    /// By whom.
    pub by: By,
    /// About which session.
    pub session: Option<SessionId>,
    /// What kind, a code of the policy.
    pub kind: Code,
    /// A few words.
    pub words: Text,
    /// When the coordinator dealt with it.
    pub done: Option<Moment>,
}

/// The book was shut while people were in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shut {
    /// When somebody said so.
    pub at: Moment,
    /// Minutes that it was shut.
    pub minutes: u32,
    /// How many were in by the book.
    pub inside: u16,
    /// It was still so.
    pub so: bool,
}

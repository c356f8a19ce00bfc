//! What somebody asks of the register: leave for something (which rules may refuse), or to write what is so.

use chrono::NaiveDate;

use crate::domain::case::Instruction;
use crate::domain::codes::{How, Moment};
use crate::domain::decide::ask::{Fact, Permission, Record};
use crate::domain::event::{About, Answer, Counted, Second};
use crate::domain::ids::{ActId, CaseId, EntryId, FileId, InstructionId, NoteId, PersonId, SessionId, StaffId};
use crate::domain::policy::{Code, Policy};
use crate::domain::text::Text;

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// May I? Can be refused.
    May(Permission),
    /// It has happened: never refused by a rule of conduct.
    Happened(Fact),
    /// Writes what is so, or what is safe.
    Write(Record),
    /// The day as a whole.
    Day(DayAct),
    /// A note for the coordinator.
    Note(NoteAct),
    /// About an earlier entry.
    Amend(Amend),
    /// A permission that somebody with the power allows, past the rules.
    Allowed(Allowance),
    /// A line of the paper sheet, entered afterwards: every rule is run again, and what it goes against is written.
    Paper(PaperLine),
    /// About a case file.
    File(FileAct),
    /// A new version of the policy. Holds for days opened from now on.
    Policy(Box<Policy>),
}

/// A permission that somebody with the power allows, past the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// What is asked.
    pub permission: Permission,
    /// Who allows it.
    pub by: StaffId,
    /// Here, or by name only.
    pub how: How,
    /// Why, a code of the policy.
    pub why: Code,
}

/// A line of the paper sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Number of the sheet.
    pub sheet: u32,
    /// Line on it.
    pub line: u32,
    /// What it says.
    pub says: Box<Command>,
}

/// About a case file: what a coordinator changes at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAct {
    /// Two people must not meet.
    KeepApart {
        /// In which case.
        case: CaseId,
        /// One of them.
        one: PersonId,
        /// The other.
        other: PersonId,
        /// Why.
        why: Option<Text>,
    },
    /// Two people may meet again.
    CloseApart {
        /// In which case.
        case: CaseId,
        /// One of them.
        one: PersonId,
        /// The other.
        other: PersonId,
        /// Why.
        why: Text,
    },
    /// Two families must not meet.
    FamiliesApart {
        /// One.
        case: CaseId,
        /// The other.
        other: CaseId,
        /// Why.
        why: Option<Text>,
    },
    /// Two families may meet again.
    CloseFamilies {
        /// One.
        case: CaseId,
        /// The other.
        other: CaseId,
        /// Why.
        why: Text,
    },
    /// One person was listed twice.
    Merge {
        /// The id that is given up.
        gone: PersonId,
        /// The id that stays.
        into: PersonId,
    },
    /// An instruction is given or changed.
    Instruct {
        /// In which case.
        case: CaseId,
        /// The instruction.
        instruction: Box<Instruction>,
    },
    /// An instruction no longer holds.
    Withdraw {
        /// In which case.
        case: CaseId,
        /// Which.
        instruction: InstructionId,
    },
}

/// The day as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayAct {
    /// Open the day; who opens it has the desk.
    Open {
        /// Its date.
        date: NaiveDate,
    },
    /// Take the desk.
    TakeDesk {
        /// Who.
        staff: StaffId,
    },
    /// Someone of the team comes on shift.
    StaffIn {
        /// Who.
        staff: StaffId,
    },
    /// Someone of the team who is on shift is in this place.
    StaffAt {
        /// Who.
        staff: StaffId,
        /// Where.
        place: Code,
    },
    /// Somebody else comes into the building.
    VisitorIn {
        /// Name as given.
        name: Text,
        /// What they are.
        what: Text,
        /// Where they are.
        place: Code,
        /// The session that they come for, if one.
        session: Option<SessionId>,
    },
    /// They leave.
    VisitorOut {
        /// Their file.
        visitor: FileId,
    },
    /// A muster was held.
    Muster {
        /// How many were seen.
        seen: u16,
        /// Of how many.
        of: u16,
        /// How long it took, in seconds.
        seconds: u32,
    },
    /// The book was shut with people in; somebody says whether it is still so.
    Resume {
        /// Minutes that it was shut.
        minutes: u32,
        /// How many were in by the book.
        inside: u16,
        /// It is still so.
        so: bool,
    },
    /// Heads were counted.
    Count(Counted),
    /// Sign the day, alone: where people have no passphrases.
    Sign,
    /// Sign the day, with the second signature or why there is none.
    SignWith(Second),
    /// Open it again.
    Reopen {
        /// Why.
        why: Text,
    },
}

/// A note for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteAct {
    /// Raise one, at once.
    Raise {
        /// The session of the marked row.
        session: Option<SessionId>,
        /// Where.
        place: Option<Code>,
    },
    /// Say what it is about.
    Tell {
        /// Which note.
        note: NoteId,
        /// About whom.
        about: About,
        /// The kind.
        kind: Option<Code>,
        /// The words.
        words: Text,
        /// A paper form that says more.
        paper: Option<Text>,
    },
    /// Pressed by mistake.
    Mistake {
        /// Which note.
        note: NoteId,
    },
    /// Seen by the coordinator.
    See {
        /// Which note.
        note: NoteId,
    },
    /// Leave a message of a fixed kind.
    Leave {
        /// About which session.
        session: Option<SessionId>,
        /// What kind.
        kind: Code,
        /// A few words.
        words: Text,
    },
    /// The coordinator has dealt with a message.
    Deal {
        /// Which.
        message: NoteId,
    },
}

/// About an earlier entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amend {
    /// Take an act back.
    Undo {
        /// Which.
        act: ActId,
    },
    /// It happened at another time.
    SetTime {
        /// Which entry.
        entry: EntryId,
        /// When it happened.
        at: Moment,
    },
    /// Answer a question of the close.
    Answer(Answer),
}

//! Notes for the coordinator. That one was raised lies in Centre, ids only; its account lies in the file of whom it is
//! about when it is saved, so that a note begun on the wrong row harms no case file.

use crate::domain::codes::Role;
use crate::domain::event::Readable;
use crate::domain::ids::{CaseId, FileId, NoteId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// What happened to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteEvent {
    /// A note was raised: at once, with place and session.
    Raised {
        /// Its id.
        note: NoteId,
        /// Its number for the day.
        no: u16,
        /// The session of the marked row, if there was one.
        session: Option<SessionId>,
        /// Where, if it is known.
        place: Option<Code>,
    },
    /// What it is about, in kind and words; a later one takes its place.
    Told {
        /// Which note.
        note: NoteId,
        /// What was told: sealed by itself, to its readers only.
        account: Readable<Account>,
        /// For whom it is.
        to: Readers,
    },
    /// Pressed by mistake.
    Mistaken {
        /// Which note.
        note: NoteId,
    },
    /// The coordinator has seen it.
    Seen {
        /// Which note.
        note: NoteId,
    },
    /// A message of a fixed kind waits for the coordinator. Lies in the case of its session, else in a file of its own.
    MessageLeft {
        /// Its id.
        message: NoteId,
        /// About which session.
        session: Option<SessionId>,
        /// What kind, a code of the policy.
        kind: Code,
        /// A few words: the new number, the day asked for.
        words: Text,
    },
    /// The coordinator has dealt with it.
    MessageDone {
        /// Which.
        message: NoteId,
    },
}

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// About whom.
    pub about: About,
    /// The kind, a code of the policy; `None`: not chosen yet.
    pub kind: Option<Code>,
    /// What was seen and heard.
    pub words: Text,
    /// A paper form that says more, by its number.
    pub paper: Option<Text>,
}

/// For whom an account is. All but the first are about one of the team, and never for the one whom they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Readers {
    /// About a family or nobody: for whoever reads notes by the policy.
    Concern,
    /// About one of the team: for the safeguarding lead and the chair.
    Allegation,
    /// About the chair: for the safeguarding lead.
    Lead,
    /// About the safeguarding lead: for the chair.
    Chair,
}

impl Readers {
    /// Those of a note about somebody of the team who has this role.
    pub fn of_worker(role: Role) -> Self {
        match role {
            Role::SafeguardingLead => Self::Chair,
            Role::Chair => Self::Lead,
            _ => Self::Allegation,
        }
    }

    /// About one of the team: it stands on no other screen, in no count and in no log.
    pub fn is_of_the_team(self) -> bool {
        self != Self::Concern
    }

    /// What all may know of it, once it is sealed: that it is about one of the team, not for whom of those whom it is for.
    #[must_use]
    pub fn as_all_know(self) -> Self {
        if self.is_of_the_team() { Self::Allegation } else { self }
    }

    /// Of a note about one of the team: is it for this role?
    pub fn may_be(self, role: Role) -> bool {
        match self {
            Self::Concern => true,
            Self::Allegation => role.reads_of_workers(),
            Self::Lead => role == Role::SafeguardingLead,
            Self::Chair => role == Role::Chair,
        }
    }
}

/// About whom a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// One session, and its family.
    Session {
        /// Which.
        session: SessionId,
        /// Its case.
        case: CaseId,
    },
    /// Nobody, or something else: in a file of its own.
    Nobody(FileId),
    /// A worker: in a file of its own, never that person's.
    Worker {
        /// The file.
        file: FileId,
        /// Who.
        staff: StaffId,
    },
}

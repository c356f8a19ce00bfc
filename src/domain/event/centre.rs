//! Events of the centre itself and of its case files.

use chrono::NaiveDateTime;

use crate::domain::case::{CaseHead, Instruction, Member, Pattern};
use crate::domain::codes::Role;
use crate::domain::ids::{CaseId, InstructionId, PersonId, RegisterId, StaffId};
use crate::domain::policy::Policy;
use crate::domain::text::Text;

/// The register, its policy, its team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CentreEvent {
    /// The first entry of every book.
    RegisterMade {
        /// Its id.
        register: RegisterId,
        /// Real or practice.
        kind: RegisterKind,
    },
    /// A policy took effect; it holds for days opened from now on.
    PolicySet(Box<Policy>),
    /// Someone of the team was listed, or their card changed. Lies in the file of that person.
    StaffListed(StaffCard),
}

/// What a register is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterKind {
    /// A centre's own.
    Real,
    /// Invented people: the clock may be set.
    Practice {
        /// Where its clock starts, if it comes with a day to practise on.
        starts: Option<NaiveDateTime>,
    },
}

/// Someone of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffCard {
    /// Who.
    pub staff: StaffId,
    /// The digit or number that picks them on every screen.
    pub number: u8,
    /// First name.
    pub given: Text,
    /// Surname.
    pub family: Text,
    /// Role.
    pub role: Role,
    /// No longer of the team.
    pub left: bool,
}

/// A case file. Each lies in the file of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseEvent {
    /// Taken on, or its head changed.
    CaseOpened(CaseHead),
    /// A person was listed, or what is held about them changed.
    MemberListed {
        /// In which case.
        case: CaseId,
        /// Who, as they now stand.
        member: Box<Member>,
    },
    /// An instruction was given, or changed.
    InstructionGiven {
        /// In which case.
        case: CaseId,
        /// As it now stands.
        instruction: Box<Instruction>,
    },
    /// An instruction no longer holds.
    InstructionWithdrawn {
        /// In which case.
        case: CaseId,
        /// Which.
        instruction: InstructionId,
    },
    /// A booking was made, or changed.
    PatternSet {
        /// In which case.
        case: CaseId,
        /// As it now stands.
        pattern: Pattern,
    },
    /// Two people must not meet.
    KeptApart {
        /// In which case.
        case: CaseId,
        /// One of them.
        one: PersonId,
        /// The other.
        other: PersonId,
        /// Why, if it is known: for the coordinator and the safeguarding lead only.
        why: Option<Text>,
    },
    /// Two people may meet again.
    ApartClosed {
        /// In which case.
        case: CaseId,
        /// One of them.
        one: PersonId,
        /// The other.
        other: PersonId,
        /// Why.
        why: Option<Text>,
    },
    /// Two families must not meet: nobody of the one and nobody of the other.
    FamiliesApart {
        /// In which case.
        case: CaseId,
        /// The other case.
        other: CaseId,
        /// Why.
        why: Option<Text>,
    },
    /// Two families may meet again.
    FamiliesApartClosed {
        /// In which case.
        case: CaseId,
        /// The other case.
        other: CaseId,
        /// Why.
        why: Option<Text>,
    },
    /// One person had been listed twice: what is said of the one is said of the other from now on.
    PersonMerged {
        /// In which case.
        case: CaseId,
        /// The id that is given up.
        gone: PersonId,
        /// The id that stays.
        into: PersonId,
    },
}

//! Events of the centre itself and of its case files.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::case::{CaseHead, Instruction, Member, Pattern};
use crate::domain::codes::Role;
use crate::domain::event::Readers;
use crate::domain::ids::{CaseId, DayId, InstructionId, PersonId, RegisterId, StaffId};
use crate::domain::policy::Policy;
use crate::domain::text::Text;

/// The register, its policy, its team; who may open it, and what was opened.
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
    /// Someone was put on the list of authorised users, or their line changed. Lies in the file of that person.
    AuthorisedUser(UserCard),
    /// The keyring has a new version. Written so that it is read without a key: ids, public keys and sums only.
    KeysSet(KeysSet),
    /// A day was closed: the book's head then, as a signed note. Written so that it is read without a key.
    DayNote {
        /// Which day.
        day: DayId,
        /// The note as it was signed, byte by byte: the register, how many entries, the last link.
        note: String,
    },
    /// A case file was opened to be looked at. Lies in the file of that case.
    Viewed {
        /// Which.
        case: CaseId,
    },
    /// What names people was written outside the register.
    Exported {
        /// What.
        what: Leaves,
        /// Of which date, if of one.
        date: Option<NaiveDate>,
        /// Of which case, if of one.
        case: Option<CaseId>,
    },
    /// Passphrases of this person that were wrong, since they last got in.
    WrongTries {
        /// Whose.
        staff: StaffId,
        /// How many.
        count: u32,
    },
}

/// A line of the list of authorised users (notice 002, section 12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCard {
    /// Who.
    pub staff: StaffId,
    /// Title, as they use it.
    pub title: Text,
    /// First name.
    pub given: Text,
    /// Surname.
    pub family: Text,
    /// E-mail address.
    pub email: Text,
    /// What they do at the centre.
    pub job: Text,
    /// When they undertook to keep what they read to themselves.
    pub undertaking: Option<NaiveDate>,
    /// When they left.
    pub left: Option<NaiveDate>,
    /// How old they are, as far as it matters.
    pub age: Age,
}

/// How old somebody is, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Eighteen or over.
    Eighteen,
    /// Sixteen or seventeen: where the centre's policy lets them.
    Sixteen,
}

/// A version of the keyring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeysSet {
    /// Its version: one more at each change.
    pub version: u64,
    /// The number of the house key.
    pub epoch: u32,
    /// BLAKE3 of the keyring's file.
    pub sum: [u8; 32],
    /// Who was added or got new keys, with their public keys; the id of the recovery sheet is nil.
    pub added: Vec<UserKeys>,
    /// Who was taken away.
    pub removed: Vec<StaffId>,
    /// Generations of groups that were made, with their public keys.
    pub groups: Vec<GroupKey>,
    /// Who changed the public keys that count, signed by the key that they had before; `None`: they are as they were.
    pub act: Option<KeysSigned>,
    /// Who wrote the entry, signed in its place; `None`: it is not written yet.
    pub signed: Option<KeysSigned>,
}

/// One generation of a group: what is told to it is sealed to this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupKey {
    /// Which group.
    pub group: Readers,
    /// Which generation, from 1.
    pub generation: u32,
    /// X25519.
    pub seals: [u8; 32],
}

/// Somebody's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysSigned {
    /// Whose; nil is the recovery sheet's.
    pub by: StaffId,
    /// Ed25519.
    pub signature: [u8; 64],
}

/// Somebody's public keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserKeys {
    /// Whose.
    pub staff: StaffId,
    /// X25519: what is sealed to them is sealed to this.
    pub seals: [u8; 32],
    /// Ed25519: what they sign is checked by this.
    pub signs: [u8; 32],
}

/// What leaves the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// A day.
    Day,
    /// The entries of a day.
    Log,
    /// The fire roll.
    Roll,
    /// The sheets to write on.
    Sheets,
    /// A case file.
    CaseFile,
    /// What was salvaged.
    Salvage,
    /// The whole book, sealed as it is.
    Book,
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

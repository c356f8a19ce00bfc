//! Who may open the register: what is held of them, what can be done about it, and what comes of it.

use chrono::NaiveDate;

use crate::app::secret::Secret;
use crate::domain::codes::Role;
use crate::domain::ids::StaffId;
use crate::domain::text::Text;

/// Somebody who may open the register, as the list of authorised users holds them (notice 003; 002 section 12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The number that picks them on every screen.
    pub number: u8,
    /// Title, if they use one.
    pub title: Text,
    /// First name.
    pub given: Text,
    /// Surname.
    pub family: Text,
    /// E-mail, if they have one.
    pub email: Text,
    /// Job role, in the centre's own words.
    pub job: Text,
    /// Role in the register: what they may do and read.
    pub role: Role,
    /// When they signed the undertaking to keep what they read to themselves.
    pub undertaking: Option<NaiveDate>,
    /// They are as old as the policy asks.
    pub of_age: bool,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub staff: StaffId,
    /// What is held of them.
    pub card: Card,
    /// They have a passphrase.
    pub has_key: bool,
    /// When they left; `None`: they are of the team.
    pub left: Option<NaiveDate>,
    /// Earlier notes that their role may read and their key does not open.
    pub lacks_notes: bool,
}

/// What is asked of the keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleAct {
    /// The list.
    List,
    /// Somebody new.
    Add(Card),
    /// What is held of somebody, their number or role changes; a role that reads less is kept from what comes.
    Change(StaffId, Card),
    /// Somebody of the team who has no key gets one.
    GiveKey(StaffId),
    /// Somebody no longer opens the register: a new house key, and new keys of what they read.
    Remove(StaffId),
    /// Somebody gets a new passphrase; the old one no longer opens.
    Reset(StaffId),
    /// Earlier notes are opened to somebody whose role may read them.
    Give(StaffId),
    /// Who has the desk has another passphrase from now on.
    ChangeOwn {
        /// The one that they have.
        old: Secret,
        /// The one that they will have.
        new: Secret,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleDone {
    /// Somebody has a key now, or another one: their passphrase, to be shown once.
    Passphrase {
        /// Whose.
        staff: StaffId,
        /// The five words.
        passphrase: Secret,
    },
    /// What is held of them is changed.
    Changed(StaffId),
    /// They open the register no more.
    Removed(StaffId),
    /// They read earlier notes now.
    Given(StaffId),
    /// The passphrase of who has the desk is changed.
    ChangedOwn,
    /// It is so, and counts; the register could not be told yet, and why.
    NotTold(Box<PeopleDone>, String),
}

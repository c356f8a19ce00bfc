//! What one row of each table is, once it has been read.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::domain::codes::{ContactKind, Referral};
use crate::domain::ids::{CaseId, PatternId, PersonId};
use crate::domain::text::Text;

/// A row of `families.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyRow {
    /// Where it starts.
    pub line: u32,
    /// Its id in the register.
    pub case: CaseId,
    /// The centre's reference.
    pub code: Text,
    /// When the family was taken on.
    pub opened: NaiveDate,
    /// When the case was closed.
    pub closed: Option<NaiveDate>,
    /// Kind of contact.
    pub kind: ContactKind,
    /// Who referred them.
    pub referral: Referral,
}

/// A row of `people.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Where it starts.
    pub line: u32,
    /// The table's own id.
    pub id: String,
    /// Their id in the register.
    pub person: PersonId,
    /// What they are, with what only such a person has.
    pub who: Who,
    /// Given name.
    pub given: Text,
    /// Surname; may be empty.
    pub surname: Text,
    /// What they are called.
    pub known_as: Option<Text>,
    /// To the children.
    pub relation: Text,
    /// Number held on file.
    pub phone: Option<Text>,
    /// What to look out for.
    pub alert: Option<Alert>,
}

/// What a person is to the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A child, with the date of birth if it is known.
    Child(Option<NaiveDate>),
    /// One of the two parties.
    Party(Residence),
    /// Somebody who may come along, or may not.
    Visitor(Residence, Permitted),
}

/// On whose side an adult is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Residence {
    /// The children live with them.
    Resident,
    /// The children come to see them.
    NonResident,
}

/// May a visitor come in?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permitted {
    /// Yes.
    Yes,
    /// With a worker near.
    Supervised,
    /// No.
    No,
}

/// What a spreadsheet warns of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// `nut allergy`
    NutAllergy,
    /// `asthma inhaler`
    Asthma,
    /// `no photographs`
    NoPhotographs,
    /// `non-molestation order`
    NonMolestation,
    /// `stagger arrivals`
    Stagger,
}

impl Alert {
    /// Every alert with the words of the table.
    pub const ALL: [(&'static str, Self); 5] = [
        ("nut allergy", Self::NutAllergy),
        ("asthma inhaler", Self::Asthma),
        ("no photographs", Self::NoPhotographs),
        ("non-molestation order", Self::NonMolestation),
        ("stagger arrivals", Self::Stagger),
    ];

    /// The words of the table.
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(_, alert)| *alert == self).map_or("", |(words, _)| words)
    }
}

/// A row of `bookings.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRow {
    /// Where it starts.
    pub line: u32,
    /// Its id in the register.
    pub pattern: PatternId,
    /// The day of the week.
    pub weekday: Weekday,
    /// Start of the session.
    pub start: NaiveTime,
    /// End of the session.
    pub end: NaiveTime,
    /// The room, as the table names it.
    pub room: Text,
    /// Every so many weeks.
    pub every_weeks: u16,
    /// Counted from the first such weekday on or after this date.
    pub from: NaiveDate,
    /// This day included.
    pub to: Option<NaiveDate>,
}

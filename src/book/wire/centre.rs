//! Forms of the centre's events: the register, its policy, its team, its keys, what was opened.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::codes::Role;
use crate::domain::event::{
    Age, CentreEvent, GroupKey, KeysSet, KeysSigned, Leaves, Readers, RegisterKind, StaffCard, UserCard, UserKeys,
};
use crate::domain::ids::{CaseId, DayId, RegisterId, StaffId};
use crate::domain::policy::Policy;
use crate::domain::text::Text;

choice!(CentreForm of CentreEvent, tag = "is";
    {
        RegisterMade = "register_made" { register: RegisterId, kind: RegisterKind },
        DayNote = "day_note" { day: DayId, note: String },
        Viewed = "viewed" { case: CaseId },
        Exported = "exported" { what: Leaves, date: Option<NaiveDate>, case: Option<CaseId> },
        WrongTries = "wrong_tries" { staff: StaffId, count: u32 },
    }
    new {
        PolicySet = "policy_set"(Box<Policy>),
        StaffListed = "staff_listed"(StaffCard),
        AuthorisedUser = "authorised_user"(UserCard),
        KeysSet = "keys_set"(KeysSet),
    }
    unit {});

choice!(RegisterKindForm of RegisterKind, tag = "is";
    { Practice = "practice" { starts: Option<NaiveDateTime> } }
    new {}
    unit { Real = "real" });

record!(StaffCardForm of StaffCard {
    staff: StaffId,
    number: u8,
    given: Text,
    family: Text,
    role: Role,
    left: bool,
});

record!(UserCardForm of UserCard {
    staff: StaffId,
    title: Text,
    given: Text,
    family: Text,
    email: Text,
    job: Text,
    undertaking: Option<NaiveDate>,
    left: Option<NaiveDate>,
    age: Age,
});

words!(Age { Eighteen = "18", Sixteen = "16" });

record!(KeysSetForm of KeysSet {
    version: u64,
    epoch: u32,
    sum: [u8; 32],
    added: Vec<UserKeys>,
    removed: Vec<StaffId>,
    #[serde(default)]
    groups: Vec<GroupKey>,
    #[serde(default)]
    act: Option<KeysSigned>,
    #[serde(default)]
    signed: Option<KeysSigned>,
});

record!(GroupKeyForm of GroupKey { group: Readers, generation: u32, seals: [u8; 32] });

record!(KeysSignedForm of KeysSigned { by: StaffId, signature: [u8; 64] });

record!(UserKeysForm of UserKeys { staff: StaffId, seals: [u8; 32], signs: [u8; 32] });

words!(Leaves {
    Day = "day",
    Log = "log",
    Roll = "roll",
    Sheets = "sheets",
    CaseFile = "case_file",
    Salvage = "salvage",
    Book = "book",
});

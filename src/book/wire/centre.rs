//! Forms of the centre's events: the register, its policy, its team.

use chrono::NaiveDateTime;

use crate::domain::codes::Role;
use crate::domain::event::{CentreEvent, RegisterKind, StaffCard};
use crate::domain::ids::{RegisterId, StaffId};
use crate::domain::policy::Policy;
use crate::domain::text::Text;

choice!(CentreForm of CentreEvent, tag = "is";
    { RegisterMade = "register_made" { register: RegisterId, kind: RegisterKind } }
    new { PolicySet = "policy_set"(Box<Policy>), StaffListed = "staff_listed"(StaffCard) }
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

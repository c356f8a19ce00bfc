//! The team of the cast.

use crate::domain::codes::Role;
use crate::domain::event::StaffCard;
use crate::domain::ids::RegisterId;
use crate::domain::text::Text;
use crate::import::ids::imported;

/// Number, first name, surname, role. Jean is 78 and at the desk; Sam is 25 and takes it at 11:15.
const TEAM: [(u8, &str, &str, Role); 5] = [
    (1, "Ruth", "Pemberton", Role::Coordinator),
    (2, "Sam", "Okoro", Role::Volunteer),
    (3, "Walter", "Finch", Role::SessionLead),
    (4, "Priya", "Nair", Role::Supervisor),
    (5, "Jean", "Ashworth", Role::Volunteer),
];

/// The five of the team, by their digits.
pub fn team(register: RegisterId) -> Vec<StaffCard> {
    let card = |(number, given, family, role): (u8, &str, &str, Role)| StaffCard {
        staff: imported(register, "practice staff", &number.to_string()),
        number,
        given: Text::name(given),
        family: Text::name(family),
        role,
        left: false,
    };
    TEAM.into_iter().map(card).collect()
}

//! The number of each event, as a shell of format 2 has it: the one table. A number is given once, and never again.

use crate::domain::event::Event;

use super::family_and_name;

/// Family, name, number: the family's own number, then that of the event in it.
#[rustfmt::skip]
const CODES: &[(&str, &str, u16)] = &[
    // In order of family and name, so that a number is found at once.
    ("amend", "answered", 0x0603),
    ("amend", "time_set", 0x0602),
    ("amend", "undone", 0x0601),
    ("case", "apart_closed", 0x0207),
    ("case", "case_opened", 0x0201),
    ("case", "families_apart", 0x0208),
    ("case", "families_apart_closed", 0x0209),
    ("case", "instruction_given", 0x0203),
    ("case", "instruction_withdrawn", 0x0204),
    ("case", "kept_apart", 0x0206),
    ("case", "member_listed", 0x0202),
    ("case", "pattern_set", 0x0205),
    ("case", "person_merged", 0x020a),
    ("centre", "authorised_user", 0x0104),
    ("centre", "day_note", 0x0106),
    ("centre", "exported", 0x0108),
    ("centre", "keys_set", 0x0105),
    ("centre", "policy_set", 0x0102),
    ("centre", "register_made", 0x0101),
    ("centre", "staff_listed", 0x0103),
    ("centre", "viewed", 0x0107),
    ("centre", "wrong_tries", 0x0109),
    ("day", "counted", 0x0309),
    ("day", "desk_taken", 0x0303),
    ("day", "muster_held", 0x0308),
    ("day", "opened", 0x0301),
    ("day", "reopened", 0x030b),
    ("day", "resumed", 0x030c),
    ("day", "session_expected", 0x0302),
    ("day", "signed", 0x030a),
    ("day", "staff_came", 0x0304),
    ("day", "staff_went", 0x0305),
    ("day", "visitor_came", 0x0306),
    ("day", "visitor_went", 0x0307),
    ("door", "adult_left", 0x0408),
    ("door", "allowed", 0x041e),
    ("door", "apart_set", 0x041f),
    ("door", "arrived", 0x0401),
    ("door", "called", 0x041a),
    ("door", "came_back", 0x0406),
    ("door", "cancelled", 0x0422),
    ("door", "child_left", 0x0407),
    ("door", "ended_early", 0x040a),
    ("door", "given_to", 0x0404),
    ("door", "instruction_lifted", 0x0421),
    ("door", "instruction_set", 0x0420),
    ("door", "joined_on_line", 0x0418),
    ("door", "kept_here", 0x040b),
    ("door", "left_on_line", 0x0419),
    ("door", "minutes_owed", 0x0416),
    ("door", "moved", 0x0403),
    ("door", "not_admitted", 0x040f),
    ("door", "not_coming", 0x040c),
    ("door", "on_the_way", 0x040d),
    ("door", "other_side_told", 0x040e),
    ("door", "paused", 0x0413),
    ("door", "report_due", 0x0417),
    ("door", "resumed", 0x0414),
    ("door", "sides_met", 0x0409),
    ("door", "social_worker_told", 0x041b),
    ("door", "supervisor_named", 0x0412),
    ("door", "ten_minutes_called", 0x0415),
    ("door", "thing_given_back", 0x041d),
    ("door", "thing_kept", 0x041c),
    ("door", "took_no_part", 0x0411),
    ("door", "unlisted_came", 0x0410),
    ("door", "walked", 0x0402),
    ("door", "went_out", 0x0405),
    ("note", "message_done", 0x0505),
    ("note", "message_left", 0x0504),
    ("note", "mistaken", 0x0503),
    ("note", "raised", 0x0501),
    ("note", "seen", 0x0506),
    ("note", "told", 0x0502),
];

/// The keyring has a new version: lies open, so that what was signed is checked with no key.
const KEYS_SET: u16 = 0x0105;
/// A day was closed, as a signed note: lies open.
const DAY_NOTE: u16 = 0x0106;

/// Is this event written so that it is read without a key? It holds ids, public keys and sums only.
pub fn lies_open(code: u16) -> bool {
    matches!(code, KEYS_SET | DAY_NOTE)
}

/// The number of an event.
pub fn code(event: &Event) -> u16 {
    let (family, name) = family_and_name(event);
    let found = CODES.binary_search_by_key(&(family, name), |(family, name, _)| (*family, *name));
    // Each event has one: a test goes through them all.
    found.ok().and_then(|at| CODES.get(at)).map_or(0, |(.., code)| *code)
}

/// The name that a number stands for.
pub fn name_of(code: u16) -> Option<String> {
    CODES.iter().find(|(.., of)| *of == code).map(|(family, name, _)| format!("{family}.{name}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_event_has_one_number_and_every_number_one_event() {
        assert!(CODES.is_sorted_by_key(|(family, name, _)| (family, name)));
        let listed: BTreeSet<String> = CODES.iter().map(|(family, name, _)| format!("{family}.{name}")).collect();
        assert_eq!(listed, super::super::names().into_iter().collect());
        let numbers: BTreeSet<u16> = CODES.iter().map(|(.., code)| *code).collect();
        assert_eq!(numbers.len(), CODES.len());
        assert!(!numbers.contains(&0));
        assert_eq!(name_of(KEYS_SET).as_deref(), Some("centre.keys_set"));
        assert_eq!(name_of(DAY_NOTE).as_deref(), Some("centre.day_note"));
        assert_eq!(name_of(9), None);
    }
}

//! The policy that a register starts with: data in a file beside this one, read as any other policy is.

use super::wire;
use crate::domain::policy::Policy;

/// The policy of a new register, version 1. A new reason is a line in `policy_default.json`.
pub fn policy_default() -> Policy {
    wire::read_policy(include_bytes!("policy_default.json")).expect("a test reads the file that is built in")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::codes::{Party, Role};
    use crate::domain::policy::{Code, Power, Reason, Use};

    #[test]
    fn the_built_in_policy_reads_and_is_whole() {
        let policy = policy_default();
        assert_eq!(policy.version, 1);
        assert!(policy.zone.parse::<chrono_tz::Tz>().is_ok());
        assert_eq!(policy.places.iter().filter(|place| place.use_for == Use::Contact).count(), 3);
        assert!(policy.doors.iter().all(|door| policy.place(&door.leads_to).is_some()));
        assert!(policy.may(Role::Coordinator, Power::Correct) && !policy.may(Role::Volunteer, Power::Sign));
        for code in "C-ILL C-MED C-SCH C-HOL C-BER C-REF C-UPS R-ILL R-TRN R-WRK R-FAM R-DEC R-LAT R-NIL R-SAF R-NOW \
             N-ILL N-TRN N-WRK N-FAM N-HOL N-LAT N-NIL N-CUS N-HOS N-UNF N-BRC N-NID N-NOW X-CLO X-STF X-SUP X-PRE \
             X-WTH X-SAF O-ORD O-SUS O-BAI O-TRP O-END"
            .split_whitespace()
        {
            assert!(policy.reason(&Code::new(code)).is_some(), "{code}");
        }
        for code in "DISC PHYS EMOT NEGL SEXU BEHV DABU ABDU MISS RETN UNCO UNAU INTX AGGR WEAP ORDR COND METX REFU \
             ILLN ACCI STAF DATA CMPL FIRE NEAR"
            .split_whitespace()
        {
            assert!(policy.kind(&Code::new(code)).is_some(), "{code}");
        }
    }

    #[test]
    fn no_digit_stands_for_two_reasons() {
        let policy = policy_default();
        let fits = |reason: &&Reason, party| reason.party.is_none_or(|whose| whose == party);
        for list in [&policy.reasons, &policy.early] {
            for party in [Party::Brings, Party::Visits] {
                let digits: Vec<u8> = list.iter().filter(|r| fits(r, party)).filter_map(|r| r.digit).collect();
                assert_eq!(digits.len(), digits.iter().collect::<BTreeSet<_>>().len(), "{digits:?}");
            }
        }
        let kinds: Vec<u8> = policy.kinds.iter().filter_map(|kind| kind.digit).collect();
        assert_eq!(kinds, [1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn no_word_of_the_policy_is_one_that_a_lobby_must_not_read() {
        let policy = policy_default();
        let reasons = policy.reasons.iter().chain(&policy.no_part).chain(&policy.early);
        let words = reasons.flat_map(|r| [&r.words, &r.outside]).chain(policy.kinds.iter().map(|kind| &kind.words));
        let never = "address bail order risk flag incident safeguarding medical password no-show refused banned absent \
             resident apart";
        for text in words {
            let text = text.as_str().to_lowercase();
            let bad = text
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .find(|w| never.split_whitespace().any(|n| n == *w));
            assert_eq!(bad, None, "{text}");
            assert!(!text.contains("turned away") && !text.contains("do not meet"), "{text}");
        }
    }
}

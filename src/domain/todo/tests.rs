//! What waits, over days made by hand.

use std::sync::Arc;

use chrono::NaiveTime;
use uuid::Uuid;

use super::*;
use crate::domain::case::{Member, Standing};
use crate::domain::codes::{ContactKind, Origin, Side};
use crate::domain::day::Absence;
use crate::domain::event::{Expected, Told};
use crate::domain::policy::{Code, Policy, Reason};
use crate::domain::text::Text;

const CASE: CaseId = CaseId(Uuid::from_u128(1));
const DAN: PersonId = PersonId(Uuid::from_u128(2));
const MIA: PersonId = PersonId(Uuid::from_u128(3));

fn limits(register: &Register) -> Vec<Todo> {
    super::limits(register, &register.all_days())
}

fn moment(date: NaiveDate) -> Moment {
    date.and_hms_opt(10, 0, 0).unwrap().and_utc().fixed_offset()
}

fn reason(code: &str, told: bool, party: Option<Party>) -> Reason {
    Reason {
        code: Code::new(code),
        party,
        of_child: false,
        words: Text::name(code),
        digit: None,
        outside: Text::default(),
        told,
        provisional: false,
        retired: false,
    }
}

fn policy() -> Arc<Policy> {
    let reasons = vec![
        reason("N-NIL", false, Some(Party::Visits)),
        reason("N-ILL", true, Some(Party::Visits)),
        reason("X-CLO", false, None),
    ];
    Arc::new(Policy { version: 1, reasons, ..Policy::default() })
}

fn member(person: PersonId, side: Side) -> Member {
    Member {
        person,
        side,
        standing: Standing::Party,
        given: Text::name("A"),
        family: Text::name("B"),
        known_as: None,
        born: None,
        relation: Text::default(),
        phone: None,
        collects: false,
        origin: Origin::Session,
        dated: NaiveDate::MIN,
    }
}

/// What happened of the one session of a day.
#[derive(Clone, Copy)]
enum So {
    Missed(&'static str),
    TookNoPart,
    Contact,
}

/// A Saturday each, the first on 7 November.
fn register(days: &[So]) -> Register {
    let mut register = Register::default();
    register.policies.insert(1, policy());
    for (n, so) in (0..).zip(days) {
        let date = NaiveDate::from_ymd_opt(2026, 11, 7).unwrap() + chrono::Days::new(7 * n);
        let mut day = Day::new(register.day_id(date), date, policy());
        let at = moment(date);
        day.opened = Some(at);
        let plan = Expected {
            session: SessionId(Uuid::from_u128(100 + u128::from(n))),
            no: 1,
            case: CASE,
            code: Text::name("F"),
            kind: ContactKind::Supported,
            start: NaiveTime::MIN,
            end: NaiveTime::MIN,
            room: Code::new("oak"),
            plan: policy().plan.clone(),
            people: vec![member(DAN, Side::Visiting), member(MIA, Side::Child)],
            instructions: Vec::new(),
            apart: Vec::new(),
            pattern: None,
            supervisor: None,
            legs: None,
            offsite: None,
        };
        let mut session = Session::new(plan);
        let dan = session.people.get_mut(&DAN).unwrap();
        if let So::Missed(why) = so {
            let told = Told { at, by: None, to: StaffId(Uuid::nil()), channel: crate::domain::codes::Channel::Phone };
            dan.absence = Some(Absence { at, why: Code::new(why), told: Some(told) });
        }
        let mia = session.people.get_mut(&MIA).unwrap();
        match so {
            So::TookNoPart => {
                mia.no_part = Some(crate::domain::day::NoPart { at, tried_from: at, why: Code::new("C-REF") });
            }
            So::Contact => mia.contact.push((at, Some(at))),
            So::Missed(_) => {}
        }
        if let So::Contact | So::TookNoPart = so {
            let to = crate::domain::day::Whereabouts::In(Code::new("oak"));
            let entry = EntryId(Uuid::from_u128(5));
            let came = crate::domain::day::Move { at, recorded_at: at, entry, door: None, to };
            session.people.get_mut(&DAN).unwrap().moves.push(came);
        }
        day.sessions.push(session);
        register.days.insert(day.id, day);
    }
    register
}

fn limits_of(days: &[So]) -> Vec<What> {
    limits(&register(days)).into_iter().map(|t| t.what).collect()
}

#[test]
fn two_missed_one_after_the_other_without_a_reason_are_on_the_list() {
    let nil = So::Missed("N-NIL");
    let two = What::Missed { case: CASE, party: Party::Visits, times: 2 };
    assert_eq!(limits_of(&[nil]), []);
    assert_eq!(limits_of(&[nil, nil]), std::slice::from_ref(&two));
    assert_eq!(limits_of(&[nil, So::Contact, nil]), [], "one who came begins anew");
    assert_eq!(
        limits_of(&[nil, So::Missed("N-ILL"), nil]),
        std::slice::from_ref(&two),
        "a valid reason is passed over"
    );
    assert_eq!(limits_of(&[nil, So::Missed("X-CLO"), nil]), [two], "so is the centre's own");
}

#[test]
fn a_third_time_without_taking_part_is_on_the_list() {
    let no = So::TookNoPart;
    assert_eq!(limits_of(&[no, no]), []);
    assert_eq!(limits_of(&[no, no, no]), [What::TookNoPart { case: CASE, child: MIA, times: 3 }]);
    assert_eq!(limits_of(&[no, no, So::Contact, no]), []);
}

#[test]
fn what_was_looked_at_comes_again_only_with_the_next_one() {
    let nil = So::Missed("N-NIL");
    let mut register = register(&[nil, nil, nil]);
    let last = *register.days.values().max_by_key(|d| d.date).map(|d| &d.id).unwrap();
    register.days.get_mut(&last).unwrap().noted.insert((CASE.0, Check::Limit.number()));
    assert_eq!(limits(&register), []);
    // Of the day before it is not said.
    let before = register.days.values().map(|d| (d.date, d.id)).min().unwrap().1;
    register.days.get_mut(&last).unwrap().noted.clear();
    register.days.get_mut(&before).unwrap().noted.insert((CASE.0, Check::Limit.number()));
    assert_eq!(limits(&register).len(), 1);
}

#[test]
fn a_day_never_signed_waits_and_the_one_in_hand_does_not() {
    let register = register(&[So::Contact, So::Contact]);
    let in_hand = NaiveDate::from_ymd_opt(2026, 11, 14).unwrap();
    assert_eq!(unsigned(&register, in_hand), [NaiveDate::from_ymd_opt(2026, 11, 7).unwrap()]);
    assert_eq!(todo(&register, in_hand).iter().filter(|t| t.what == What::Unsigned).count(), 1);
}

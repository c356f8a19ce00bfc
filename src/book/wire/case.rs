//! Forms of the case file's events, and of what a day freezes of it.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::domain::case::{CaseHead, Instruction, Member, Pattern, Standing};
use crate::domain::codes::{Consent, ContactKind, Effect, Flag, Legs, Offsite, Origin, Party, Referral, Side};
use crate::domain::event::CaseEvent;
use crate::domain::ids::{CaseId, InstructionId, PatternId, PersonId, StaffId};
use crate::domain::policy::{Code, Plan};
use crate::domain::text::Text;

choice!(CaseForm of CaseEvent, tag = "is";
    {
        MemberListed = "member_listed" { case: CaseId, member: Box<Member> },
        InstructionGiven = "instruction_given" { case: CaseId, instruction: Box<Instruction> },
        InstructionWithdrawn = "instruction_withdrawn" { case: CaseId, instruction: InstructionId },
        PatternSet = "pattern_set" { case: CaseId, pattern: Pattern },
        KeptApart = "kept_apart" {
            case: CaseId,
            one: PersonId,
            other: PersonId,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            why: Option<Text>,
        },
        ApartClosed = "apart_closed" {
            case: CaseId,
            one: PersonId,
            other: PersonId,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            why: Option<Text>,
        },
        FamiliesApart = "families_apart" { case: CaseId, other: CaseId, why: Option<Text> },
        FamiliesApartClosed = "families_apart_closed" { case: CaseId, other: CaseId, why: Option<Text> },
        PersonMerged = "person_merged" { case: CaseId, gone: PersonId, into: PersonId },
    }
    new { CaseOpened = "case_opened"(CaseHead) }
    unit {});

record!(CaseHeadForm of CaseHead {
    case: CaseId,
    code: Text,
    kind: ContactKind,
    referral: Referral,
    opened: NaiveDate,
    closed: Option<NaiveDate>,
    plan: Option<Plan>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supervisor: Option<StaffId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offsite: Option<Offsite>,
});

record!(MemberForm of Member {
    person: PersonId,
    side: Side,
    standing: Standing,
    given: Text,
    family: Text,
    known_as: Option<Text>,
    born: Option<NaiveDate>,
    relation: Text,
    phone: Option<Text>,
    collects: bool,
    origin: Origin,
    dated: NaiveDate,
});

words!(Standing {
    Party = "party",
    Visitor = "visitor",
    VisitorSupervised = "visitor_supervised",
    NotPermitted = "not_permitted",
    Collector = "collector",
});

record!(InstructionForm of Instruction {
    id: InstructionId,
    flag: Flag,
    effect: Effect,
    about: Option<PersonId>,
    party: Option<Party>,
    words: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Text>,
    consent: Option<Consent>,
    origin: Origin,
    from: NaiveDate,
    to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit: Option<u16>,
});

record!(PatternForm of Pattern {
    id: PatternId,
    weekday: Weekday,
    start: NaiveTime,
    end: NaiveTime,
    room: Code,
    every_weeks: u16,
    from: NaiveDate,
    to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    legs: Option<Legs>,
});

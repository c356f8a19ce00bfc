//! Forms of the open day's events.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::case::{Instruction, Member};
use crate::domain::codes::{Alone, ContactKind, Legs, Offsite};
use crate::domain::event::{Counted, DayEvent, Expected, Second, Signed};
use crate::domain::ids::{CaseId, FileId, PatternId, PersonId, SessionId, StaffId};
use crate::domain::policy::{Code, Plan};
use crate::domain::text::Text;

choice!(DayForm of DayEvent, tag = "is";
    {
        Opened = "opened" { date: NaiveDate, policy: u32 },
        DeskTaken = "desk_taken" { staff: StaffId },
        StaffCame = "staff_came" { staff: StaffId, place: Option<Code> },
        StaffWent = "staff_went" { staff: StaffId },
        VisitorCame = "visitor_came" {
            visitor: FileId,
            name: Text,
            what: Text,
            place: Code,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            session: Option<SessionId>,
        },
        VisitorWent = "visitor_went" { visitor: FileId },
        MusterHeld = "muster_held" { seen: u16, of: u16, seconds: u32 },
        Reopened = "reopened" { why: Text },
        Resumed = "resumed" { minutes: u32, inside: u16, so: bool },
    }
    new {
        SessionExpected = "session_expected"(Box<Expected>),
        Counted = "counted"(Counted),
        Signed = "signed"(Signed),
    }
    unit {});

record!(CountedForm of Counted { children: u16, adults: u16, team: u16, others: u16 });

record!(SignedForm of Signed {
    by: StaffId,
    close: u16,
    counted: Counted,
    held: u16,
    not_held: u16,
    entries: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second: Option<Second>,
});

choice!(SecondForm of Second, tag = "is";
    {
        By = "by" { staff: StaffId },
        Alone = "alone" { why: Alone },
    }
    new {}
    unit {});

record!(ExpectedForm of Expected {
    session: SessionId,
    no: u16,
    case: CaseId,
    code: Text,
    kind: ContactKind,
    start: NaiveTime,
    end: NaiveTime,
    room: Code,
    plan: Plan,
    people: Vec<Member>,
    instructions: Vec<Instruction>,
    apart: Vec<(PersonId, PersonId)>,
    pattern: Option<PatternId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supervisor: Option<StaffId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    legs: Option<Legs>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offsite: Option<Offsite>,
});

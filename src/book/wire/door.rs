//! Forms of the door's events.

use chrono::NaiveDate;

use crate::domain::case::Instruction;
use crate::domain::codes::{CallAnswer, Channel, How, Moment, Party, Rule};
use crate::domain::event::{Basis, Carer, DoorEvent, Leaving, OutFor, Told};
use crate::domain::ids::{InstructionId, PersonId, SessionId, StaffId, ThingId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

choice!(DoorForm of DoorEvent, tag = "is";
    {
        Arrived = "arrived" {
            session: SessionId, person: PersonId, door: Code, place: Code, carer: Option<Carer>,
        },
        Walked = "walked" { session: SessionId, child: PersonId, walker: StaffId, place: Code, into: Carer },
        Moved = "moved" { session: SessionId, person: PersonId, place: Code },
        GivenTo = "given_to" { session: SessionId, child: PersonId, carer: Carer },
        WentOut = "went_out" { session: SessionId, person: PersonId, door: Code, out: OutFor },
        CameBack = "came_back" {
            session: SessionId, person: PersonId, door: Code, place: Code, carer: Option<Carer>,
        },
        ChildLeft = "child_left" { session: SessionId, child: PersonId, door: Code, basis: Basis, leaving: Leaving },
        AdultLeft = "adult_left" { session: SessionId, person: PersonId, door: Code, leaving: Leaving },
        SidesMet = "sides_met" { session: SessionId, place: Code },
        EndedEarly = "ended_early" { session: SessionId, party: Option<Party>, why: Code },
        KeptHere = "kept_here" { session: SessionId, child: PersonId, with: StaffId },
        NotComing = "not_coming" { session: SessionId, person: PersonId, why: Code, told: Option<Told> },
        OnTheWay = "on_the_way" { session: SessionId, party: Party, expected: Option<Moment> },
        OtherSideTold = "other_side_told" { session: SessionId, party: Party, channel: Channel },
        NotAdmitted = "not_admitted" { session: SessionId, person: PersonId, why: Code },
        UnlistedCame = "unlisted_came" { session: SessionId, party: Party, name: Text },
        TookNoPart = "took_no_part" { session: SessionId, child: PersonId, why: Code, tried_from: Moment },
        SupervisorNamed = "supervisor_named" { session: SessionId, staff: StaffId },
        Paused = "paused" { session: SessionId, why: Code, decided: StaffId },
        Resumed = "resumed" { session: SessionId },
        TenMinutesCalled = "ten_minutes_called" { session: SessionId },
        MinutesOwed = "minutes_owed" { session: SessionId, minutes: u16, party: Party, why: Code },
        ReportDue = "report_due" { session: SessionId, owner: StaffId, due: NaiveDate },
        JoinedOnLine = "joined_on_line" { session: SessionId, person: PersonId },
        LeftOnLine = "left_on_line" { session: SessionId, person: PersonId },
        Called = "called" {
            session: SessionId, person: Option<PersonId>, number: Option<Text>, answer: CallAnswer,
        },
        SocialWorkerTold = "social_worker_told" { session: SessionId, channel: Channel },
        ThingKept = "thing_kept" { session: SessionId, thing: ThingId, what: Code, party: Party, place: Text },
        ThingGivenBack = "thing_given_back" { session: SessionId, thing: ThingId },
        Allowed = "allowed" { session: SessionId, rules: Vec<Rule>, by: StaffId, how: How, why: Code },
        ApartSet = "apart_set" { session: SessionId, one: PersonId, other: PersonId, apart: bool },
        InstructionSet = "instruction_set" { session: SessionId, instruction: Box<Instruction> },
        InstructionLifted = "instruction_lifted" { session: SessionId, instruction: InstructionId },
        Cancelled = "cancelled" { session: SessionId, why: Code },
    }
    new {}
    unit {});

choice!(OutForm of OutFor;
    {
        WithVisiting = "with_visiting" {
            adult: PersonId,
            until: Option<Moment>,
            to: Text,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            number: Option<Text>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            worker: Option<StaffId>,
        },
    }
    new {}
    unit { Reachable = "reachable" });

choice!(BasisForm of Basis;
    {
        Verified = "verified" { name: Text, coordinator: StaffId, number: Text },
        Agency = "agency" { agency: Text, name: Text, number: Text, decided: Text },
        TakenWithoutUs = "taken_without_us" { by: Option<PersonId> },
        Home = "home" { said_by: PersonId },
    }
    new { Listed = "listed"(PersonId), Handover = "handover"(PersonId) }
    unit {});

words!(Leaving { LetGo = "let_go", WithChild = "with_child", Seen = "seen", SeenAbout = "seen_about", Unseen = "unseen" });

record!(ToldForm of Told { at: Moment, by: Option<PersonId>, to: StaffId, channel: Channel });

//! Forms of the door's events.

use crate::domain::codes::{Channel, Moment, Party};
use crate::domain::event::{Basis, Carer, DoorEvent, Leaving, OutFor, Told};
use crate::domain::ids::{PersonId, SessionId, StaffId};
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
    }
    new {}
    unit {});

choice!(OutForm of OutFor;
    { WithVisiting = "with_visiting" { adult: PersonId, until: Option<Moment>, to: Text } }
    new {}
    unit { Reachable = "reachable" });

choice!(BasisForm of Basis;
    {
        Verified = "verified" { name: Text, coordinator: StaffId, number: Text },
        Agency = "agency" { agency: Text, name: Text, number: Text, decided: Text },
        TakenWithoutUs = "taken_without_us" { by: Option<PersonId> },
    }
    new { Listed = "listed"(PersonId) }
    unit {});

words!(Leaving { LetGo = "let_go", WithChild = "with_child", Seen = "seen", Unseen = "unseen" });

record!(ToldForm of Told { at: Moment, by: Option<PersonId>, to: StaffId, channel: Channel });

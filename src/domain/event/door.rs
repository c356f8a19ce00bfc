//! Events at the door: coming, walking over, leaving, not coming. Each lies in the case of its session.

use crate::domain::codes::{Channel, Moment, Party};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// What happened to one person, or to one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoorEvent {
    /// Somebody came in, for the first time or again.
    Arrived {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door.
        door: Code,
        /// To which place.
        place: Code,
        /// Of a child: the adult who is responsible now.
        carer: Option<Carer>,
    },
    /// A worker walked a child from one adult to another: over to contact, or back.
    Walked {
        /// For which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// The worker, by name.
        walker: StaffId,
        /// To which place.
        place: Code,
        /// The adult who is responsible from now on.
        into: Carer,
    },
    /// Somebody went to another place in the building.
    Moved {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// To which place.
        place: Code,
    },
    /// Another adult became responsible for a child, in the same place.
    GivenTo {
        /// For which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// The adult who is responsible from now on.
        carer: Carer,
    },
    /// Somebody went out and is to come back.
    WentOut {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door.
        door: Code,
        /// What for.
        out: OutFor,
    },
    /// They came back.
    CameBack {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door.
        door: Code,
        /// To which place.
        place: Code,
        /// Of a child: the adult who is responsible now.
        carer: Option<Carer>,
    },
    /// A child left the centre's care.
    ChildLeft {
        /// For which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// By which door.
        door: Code,
        /// With whom, and on what ground.
        basis: Basis,
        /// How it is known.
        leaving: Leaving,
    },
    /// An adult left.
    AdultLeft {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door.
        door: Code,
        /// How it is known.
        leaving: Leaving,
    },
    /// The two sides met.
    SidesMet {
        /// For which session.
        session: SessionId,
        /// Where.
        place: Code,
    },
    /// Contact ended before its time.
    EndedEarly {
        /// For which session.
        session: SessionId,
        /// Whose decision: a side, or the centre (`None`).
        party: Option<Party>,
        /// Why, a code of the policy.
        why: Code,
    },
    /// A child stays: not handed over for now. Safe, so anyone may.
    KeptHere {
        /// For which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// The worker who has the child.
        with: StaffId,
    },
    /// Somebody does not come today. A later one takes its place.
    NotComing {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// Why, a code of the policy.
        why: Code,
        /// Who told whom, when and how; `None`: nobody has.
        told: Option<Told>,
    },
    /// A side rang: on the way.
    OnTheWay {
        /// For which session.
        session: SessionId,
        /// Which side.
        party: Party,
        /// When they expect to be here.
        expected: Option<Moment>,
    },
    /// The other side was told that there is no contact today.
    OtherSideTold {
        /// For which session.
        session: SessionId,
        /// Which side was told.
        party: Party,
        /// How.
        channel: Channel,
    },
    /// Somebody on the file came and was not let in.
    NotAdmitted {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// Why, a code of the policy.
        why: Code,
    },
    /// Somebody who is not on the list came, and was not let in.
    UnlistedCame {
        /// For which session.
        session: SessionId,
        /// With which side.
        party: Party,
        /// Name as given.
        name: Text,
    },
    /// A child came and took no part.
    TookNoPart {
        /// For which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// Why, a code of the policy.
        why: Code,
        /// From when it was tried.
        tried_from: Moment,
    },
}

/// The one adult who is responsible for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Carer {
    /// Somebody of the case.
    Adult(PersonId),
    /// Someone of the team.
    Worker(StaffId),
}

/// What somebody went out for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutFor {
    /// A carer who waits elsewhere and can be rung.
    Reachable,
    /// A child out with the visiting party (order or agreement on file).
    WithVisiting {
        /// With whom.
        adult: PersonId,
        /// When they are to be back.
        until: Option<Moment>,
        /// Where they go.
        to: Text,
    },
}

/// With whom a child left, and on what ground (domain.md 2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Somebody on the list of collectors.
    Listed(PersonId),
    /// A one-off adult, verified by a named coordinator on the number held on file.
    Verified {
        /// Name as given.
        name: Text,
        /// The coordinator.
        coordinator: StaffId,
        /// The number that was rung.
        number: Text,
    },
    /// Police, ambulance or the duty social worker.
    Agency {
        /// Which.
        agency: Text,
        /// Name as given.
        name: Text,
        /// Their number.
        number: Text,
        /// Who decided.
        decided: Text,
    },
    /// Taken, without us.
    TakenWithoutUs {
        /// By somebody of the case, if it was.
        by: Option<PersonId>,
    },
}

/// How a leaving is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Leaving {
    /// Let go at the desk.
    LetGo,
    /// Collected a child and left with them.
    WithChild,
    /// Left, and somebody saw it.
    Seen,
    /// Left, and nobody saw it: the time is an estimate, *not recorded* in any letter.
    Unseen,
}

/// Who told whom, when and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When word came.
    pub at: Moment,
    /// Somebody of the case, if it was.
    pub by: Option<PersonId>,
    /// Who took it.
    pub to: StaffId,
    /// How.
    pub channel: Channel,
}

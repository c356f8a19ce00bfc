//! Events at the door: coming, walking over, leaving, not coming. Each lies in the case of its session.

use chrono::NaiveDate;

use crate::domain::case::Instruction;
use crate::domain::codes::{CallAnswer, Channel, How, Moment, Party, Rule};
use crate::domain::ids::{InstructionId, PersonId, SessionId, StaffId, ThingId};
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
    /// A worker supervises this session from now on.
    SupervisorNamed {
        /// Which session.
        session: SessionId,
        /// Who.
        staff: StaffId,
    },
    /// One-to-one contact pauses; the supervisor has the children throughout.
    Paused {
        /// Which session.
        session: SessionId,
        /// Why, a code of the policy.
        why: Code,
        /// Who decided.
        decided: StaffId,
    },
    /// It goes on.
    Resumed {
        /// Which session.
        session: SessionId,
    },
    /// The call that ten minutes are left was made.
    TenMinutesCalled {
        /// In which session.
        session: SessionId,
    },
    /// Minutes are owed to a side.
    MinutesOwed {
        /// From which session.
        session: SessionId,
        /// How many.
        minutes: u16,
        /// To which side.
        party: Party,
        /// Who caused it, a code of the policy.
        why: Code,
    },
    /// Who writes the report, and by when.
    ReportDue {
        /// Of which session.
        session: SessionId,
        /// Who writes it.
        owner: StaffId,
        /// By when.
        due: NaiveDate,
    },
    /// Somebody joined by video: present, and not in the building.
    JoinedOnLine {
        /// Which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// They left the call.
    LeftOnLine {
        /// Which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// Somebody was rung because nobody came, or nobody is back.
    Called {
        /// For which session.
        session: SessionId,
        /// Who was rung: somebody of the case.
        person: Option<PersonId>,
        /// Or which number of the policy's list.
        number: Option<Text>,
        /// How it went.
        answer: CallAnswer,
    },
    /// The social worker of a looked-after child was told.
    SocialWorkerTold {
        /// Of which session.
        session: SessionId,
        /// How.
        channel: Channel,
    },
    /// A thing was taken into keeping.
    ThingKept {
        /// Of which session.
        session: SessionId,
        /// Its id.
        thing: ThingId,
        /// What it is, a code of the policy.
        what: Code,
        /// From which side.
        party: Party,
        /// Where it lies: `locker 4`.
        place: Text,
    },
    /// It was given back.
    ThingGivenBack {
        /// Of which session.
        session: SessionId,
        /// Which.
        thing: ThingId,
    },
    /// Somebody with the power allowed what the rules would not; the permission stands beside it, in the same act.
    Allowed {
        /// Of which session.
        session: SessionId,
        /// The rules that it goes past.
        rules: Vec<Rule>,
        /// Who allowed it.
        by: StaffId,
        /// Here, or by name only.
        how: How,
        /// Why, a code of the policy.
        why: Code,
    },
    /// From now on two people must not meet today, or may again: the file was changed while the day was open.
    ApartSet {
        /// Of which session.
        session: SessionId,
        /// One of them.
        one: PersonId,
        /// The other.
        other: PersonId,
        /// Kept apart, or no longer.
        apart: bool,
    },
    /// An instruction holds from now on: the file was changed while the day was open.
    InstructionSet {
        /// Of which session.
        session: SessionId,
        /// The instruction.
        instruction: Box<Instruction>,
    },
    /// An instruction no longer holds.
    InstructionLifted {
        /// Of which session.
        session: SessionId,
        /// Which.
        instruction: InstructionId,
    },
    /// The centre cancelled the session.
    Cancelled {
        /// Which session.
        session: SessionId,
        /// Why, a code of the policy.
        why: Code,
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
        /// Where they go, if it was said.
        to: Text,
        /// The number that reaches them, if not the one on file.
        number: Option<Text>,
        /// The worker who goes along and has the child throughout (escorted contact).
        worker: Option<StaffId>,
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
    /// The visiting party, as the order or agreement of a handover lets it be (only one journey: nothing is open).
    Handover(PersonId),
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
    /// Was out, did not come back here, and is at home by the word of somebody of the case.
    Home {
        /// Who said so.
        said_by: PersonId,
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
    /// Left, and somebody saw it; when is an estimate, *not recorded* in any letter.
    SeenAbout,
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

//! What is asked of the register at the door: permissions, facts, records.

use chrono::NaiveDate;

use crate::domain::codes::{CallAnswer, Channel, Moment, Party};
use crate::domain::event::{Basis, Carer, OutFor, Told};
use crate::domain::ids::{PersonId, SessionId, StaffId, ThingId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// May I? Refused by the rules, with what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Permission {
    /// Let people of one side in.
    LetIn {
        /// For which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// By which door.
        door: Code,
        /// To which place.
        place: Code,
        /// Who has the children, if it is not the adult who comes with them.
        carer: Option<Carer>,
    },
    /// A worker walks children to an adult.
    Walk {
        /// For which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// The worker.
        walker: StaffId,
        /// To which place.
        place: Code,
        /// Who has them there.
        into: Carer,
    },
    /// Go to another place. A child goes with the adult who has them.
    Move {
        /// For which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// To which place.
        place: Code,
    },
    /// Adults of the side that brings go out and can be rung.
    GoOut {
        /// For which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// By which door.
        door: Code,
    },
    /// Hand children over to who takes them home.
    HandOver {
        /// For which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// To whom, on what ground.
        basis: Basis,
        /// Who walks back those who are with the side that visits.
        walker: Option<StaffId>,
        /// By which door.
        door: Code,
    },
    /// Let adults of one side go.
    LetGo {
        /// For which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// By which door.
        door: Code,
    },
    /// Someone of the team goes off shift.
    StaffOut {
        /// Who.
        staff: StaffId,
    },
    /// Another adult has children from now on, in the same place: the worker who meets them, the carer again.
    Give {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// Who has them from now on.
        carer: Carer,
    },
    /// Children go out with the visiting party (handover, escorted contact, time out of the building).
    TakeOut {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// With whom.
        adult: PersonId,
        /// The journey.
        journey: Journey,
        /// By which door.
        door: Code,
    },
    /// Paused contact goes on: the supervisor takes the children back to the room.
    Resume {
        /// Of which session.
        session: SessionId,
    },
    /// Somebody joins by video.
    Connect {
        /// Which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// The centre cancels a session that nobody is here for.
    Cancel {
        /// Which session.
        session: SessionId,
        /// Why.
        why: Code,
    },
}

/// A journey out of the building.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Journey {
    /// When they are to be back; `None` where only one journey of a handover is made.
    pub until: Option<Moment>,
    /// Where they go, if it was said.
    pub to: Text,
    /// The number that reaches them, if not the one on file.
    pub number: Option<Text>,
    /// The worker who goes along and has the children.
    pub worker: Option<StaffId>,
}

/// It has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The two sides met.
    SidesMet {
        /// Of which session.
        session: SessionId,
        /// Where.
        place: Code,
    },
    /// Somebody walked in.
    WalkedIn {
        /// For which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door.
        door: Code,
        /// To which place.
        place: Code,
    },
    /// An adult left; somebody saw it, or nobody did and the time is an estimate.
    Left {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door, as far as is known.
        door: Code,
        /// Somebody saw it.
        seen: bool,
    },
    /// An adult left and somebody saw it; when is an estimate.
    LeftAbout {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// By which door, as far as is known.
        door: Code,
    },
    /// A child was collected, and it was not written at the time.
    Collected {
        /// Of which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// By whom, of the list.
        by: PersonId,
        /// By which door, as far as is known.
        door: Code,
    },
    /// A child was taken, without us.
    Taken {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// By whom, if it was somebody of the case.
        by: Option<PersonId>,
        /// By which door, as far as is known.
        door: Code,
    },
    /// A worker walked children to an adult, and it was not written at the time.
    Walked {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// The worker.
        walker: StaffId,
        /// To which place.
        place: Code,
        /// Who has them there.
        into: Carer,
    },
    /// Somebody went out, and it was not written at the time.
    WentOut {
        /// Of which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// By which door.
        door: Code,
        /// What for.
        out: OutFor,
    },
    /// A child went out with a family that is not theirs, or alone.
    WrongChild {
        /// Of which session.
        session: SessionId,
        /// Which child.
        child: PersonId,
        /// By which door, as far as is known.
        door: Code,
    },
    /// A child who was out is at home, by the word of somebody of the case; they did not come back here.
    Home {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// Who said so.
        said_by: PersonId,
    },
    /// Children were handed over on a ground that is not that of the list, and it was not written at the time.
    HandedOver {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// To whom, on what ground.
        basis: Basis,
        /// By which door.
        door: Code,
    },
    /// Somebody went to another place, and it was not written at the time.
    Moved {
        /// Of which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// To which place.
        place: Code,
    },
    /// Another adult had children from then on, and it was not written at the time.
    Given {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// Who had them from then on.
        carer: Carer,
    },
    /// Somebody joined by video, and it was not written at the time.
    Joined {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// Paused contact went on, and it was not written at the time.
    WentOn {
        /// Of which session.
        session: SessionId,
    },
}

/// Writes what is so, or what is safe: needs no role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// People of one side do not come.
    NotComing {
        /// To which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// Why.
        why: Code,
        /// Who told whom.
        told: Option<Told>,
    },
    /// A side rang: on the way.
    OnTheWay {
        /// To which session.
        session: SessionId,
        /// Which side.
        party: Party,
        /// When they expect to be here.
        expected: Option<Moment>,
    },
    /// The other side was told.
    ToldOther {
        /// Of which session.
        session: SessionId,
        /// Which side was told.
        party: Party,
        /// How.
        channel: Channel,
    },
    /// Somebody on the file is not let in.
    NotAdmit {
        /// To which session.
        session: SessionId,
        /// Who.
        people: Vec<PersonId>,
        /// Why.
        why: Code,
    },
    /// Somebody who is not on the list came.
    Unlisted {
        /// To which session.
        session: SessionId,
        /// With which side.
        party: Party,
        /// Name as given.
        name: Text,
    },
    /// Children took no part.
    NoPart {
        /// In which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// Why.
        why: Code,
        /// From when it was tried.
        tried_from: Moment,
    },
    /// Contact ends before its time; the children go back to their side first.
    EndEarly {
        /// Which session.
        session: SessionId,
        /// Whose decision; `None`: the centre's.
        party: Option<Party>,
        /// Why.
        why: Code,
        /// Who walks the children back, if they are together.
        walker: Option<StaffId>,
    },
    /// Children stay for now.
    Keep {
        /// Of which session.
        session: SessionId,
        /// Which children.
        children: Vec<PersonId>,
        /// The worker who has them.
        with: StaffId,
    },
    /// A worker supervises this session.
    Supervisor {
        /// Which session.
        session: SessionId,
        /// Who.
        staff: StaffId,
    },
    /// One-to-one contact pauses. The supervisor keeps the children, here or in another place.
    Pause {
        /// Of which session.
        session: SessionId,
        /// Why.
        why: Code,
        /// Where the children go, if they leave the room.
        place: Option<Code>,
    },
    /// It was said that ten minutes are left.
    TenMinutes {
        /// In which session.
        session: SessionId,
    },
    /// Minutes are owed.
    Owe {
        /// From which session.
        session: SessionId,
        /// How many.
        minutes: u16,
        /// To which side.
        party: Party,
        /// Who caused it.
        why: Code,
    },
    /// Who writes the report, and by when.
    Report {
        /// Of which session.
        session: SessionId,
        /// Who.
        owner: StaffId,
        /// By when.
        due: NaiveDate,
    },
    /// Somebody left the video call.
    Disconnect {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// Somebody was rung.
    Call {
        /// For which session.
        session: SessionId,
        /// Somebody of the case.
        person: Option<PersonId>,
        /// Or a number of the policy's list, by its name.
        number: Option<Text>,
        /// How it went.
        answer: CallAnswer,
    },
    /// The social worker was told.
    ToldWorker {
        /// Of which session.
        session: SessionId,
        /// How.
        channel: Channel,
    },
    /// A thing is taken into keeping.
    KeepThing {
        /// Of which session.
        session: SessionId,
        /// Of which side.
        party: Party,
        /// What.
        what: Code,
        /// Where it lies.
        place: Text,
    },
    /// It is given back.
    GiveBack {
        /// Of which session.
        session: SessionId,
        /// Which.
        thing: ThingId,
    },
}

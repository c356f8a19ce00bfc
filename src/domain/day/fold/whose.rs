//! Whose an event or an entry is.

use crate::domain::event::{Basis, By, Carer, DoorEvent, Entry, NoteEvent};
use crate::domain::ids::{DeskId, NoteId, PersonId, SessionId, StaffId};

impl DoorEvent {
    /// The session that it is of.
    pub fn session(&self) -> SessionId {
        match self {
            Self::Arrived { session, .. }
            | Self::Walked { session, .. }
            | Self::Moved { session, .. }
            | Self::GivenTo { session, .. }
            | Self::WentOut { session, .. }
            | Self::CameBack { session, .. }
            | Self::ChildLeft { session, .. }
            | Self::AdultLeft { session, .. }
            | Self::SidesMet { session, .. }
            | Self::EndedEarly { session, .. }
            | Self::KeptHere { session, .. }
            | Self::NotComing { session, .. }
            | Self::OnTheWay { session, .. }
            | Self::OtherSideTold { session, .. }
            | Self::NotAdmitted { session, .. }
            | Self::UnlistedCame { session, .. }
            | Self::TookNoPart { session, .. }
            | Self::SupervisorNamed { session, .. }
            | Self::Paused { session, .. }
            | Self::Resumed { session }
            | Self::TenMinutesCalled { session }
            | Self::MinutesOwed { session, .. }
            | Self::ReportDue { session, .. }
            | Self::JoinedOnLine { session, .. }
            | Self::LeftOnLine { session, .. }
            | Self::Called { session, .. }
            | Self::SocialWorkerTold { session, .. }
            | Self::ThingKept { session, .. }
            | Self::ThingGivenBack { session, .. }
            | Self::Allowed { session, .. }
            | Self::ApartSet { session, .. }
            | Self::InstructionSet { session, .. }
            | Self::InstructionLifted { session, .. }
            | Self::Cancelled { session, .. } => *session,
        }
    }

    /// The person whom it moves or marks.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Arrived { person, .. }
            | Self::Moved { person, .. }
            | Self::WentOut { person, .. }
            | Self::CameBack { person, .. }
            | Self::AdultLeft { person, .. }
            | Self::NotComing { person, .. }
            | Self::NotAdmitted { person, .. }
            | Self::JoinedOnLine { person, .. }
            | Self::LeftOnLine { person, .. } => Some(*person),
            Self::Walked { child, .. }
            | Self::GivenTo { child, .. }
            | Self::ChildLeft { child, .. }
            | Self::KeptHere { child, .. }
            | Self::TookNoPart { child, .. } => Some(*child),
            _ => None,
        }
    }

    /// The adult who has a child from then on, where it names one.
    pub(super) fn gives(&self) -> Option<Carer> {
        match self {
            Self::Arrived { carer, .. } | Self::CameBack { carer, .. } => *carer,
            Self::Walked { into: carer, .. } | Self::GivenTo { carer, .. } => Some(*carer),
            Self::KeptHere { with, .. } => Some(Carer::Worker(*with)),
            _ => None,
        }
    }

    /// The collector or taker named in a departure.
    pub fn basis(&self) -> Option<&Basis> {
        if let Self::ChildLeft { basis, .. } = self { Some(basis) } else { None }
    }
}

impl NoteEvent {
    /// The note that it is of; a message is none.
    pub fn note(&self) -> Option<NoteId> {
        match self {
            Self::Raised { note, .. } | Self::Told { note, .. } | Self::Mistaken { note } | Self::Seen { note } => {
                Some(*note)
            }
            Self::MessageLeft { .. } | Self::MessageDone { .. } => None,
        }
    }
}

impl Entry {
    /// Written by this person at this desk.
    pub fn is_by(&self, staff: StaffId, desk: DeskId) -> bool {
        self.by == By::Staff(staff) && self.desk == desk
    }
}

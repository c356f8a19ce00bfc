//! Why a permission is refused: a value; `app` makes it a sentence with the way out.

use crate::domain::codes::{Moment, Party, Rule};
use crate::domain::day::Clash;
use crate::domain::ids::{NoteId, PersonId, StaffId};
use crate::domain::policy::{PolicyFault, Power};

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The day is not open yet.
    NotOpen,
    /// The day is open already.
    OpenAlready,
    /// Who is expected is still being read.
    Reading,
    /// The day is signed: addenda only.
    Signed,
    /// It is not on the list of the day: a session, a person, a note, an act.
    Unknown,
    /// What was told before is sealed, and says about whom of the team it was: it is to be said again.
    WhomAgain,
    /// Nobody is ticked.
    Nobody,
    /// This person is not on the list of those who may come in.
    NotListed(PersonId),
    /// They are here already.
    IsIn(PersonId),
    /// They are not here.
    NotIn(PersonId),
    /// They were here today, so it is not that they do not come.
    Came(PersonId),
    /// Something later is known of them: times of one person never run backwards.
    Backwards {
        /// Who.
        person: PersonId,
        /// Their last known time.
        last: Moment,
    },
    /// Somebody must not be met.
    Clash(Clash),
    /// Children came and no adult of theirs: a worker must have them.
    NoCarer,
    /// This adult has a child in their care.
    HasChild(PersonId),
    /// The last of the side that brings: may go out and be reached, not leave for good.
    GoesOutOnly(PersonId),
    /// This worker is not on shift.
    NotOnShift(StaffId),
    /// A worker must be named.
    NoWalker,
    /// The adult who is to have the child is not in that place.
    NotThere(PersonId),
    /// A permitted visitor, or the wrong side: may not be the one responsible.
    NotCarer(PersonId),
    /// This side stays until then.
    Holds {
        /// Which side.
        party: Party,
        /// Until when; `None`: as long as a child is in.
        until: Option<Moment>,
    },
    /// Not on the list of collectors.
    NotCollector,
    /// It takes a role.
    Needs(Power),
    /// A worker has a child in their care and stays.
    WorkerHasChild(StaffId),
    /// Nothing to take back.
    NothingToUndo,
    /// Something later rests on it.
    RestsOn,
    /// Two signatures are of two people.
    SameHand,
    /// Heads have not been counted.
    NotCounted,
    /// So many questions are open.
    Questions(usize),
    /// The reason is not on the centre's list.
    NoReason,
    /// A time after now.
    Future,
    /// It is so already.
    AlreadySo,
    /// The session may not begin.
    Gate(Gate),
    /// The other side of a handover is here, or was until a few minutes ago.
    Gap {
        /// From when; `None`: as long as they are here.
        until: Option<Moment>,
    },
    /// No order or agreement on file lets the child leave the building, or an instruction forbids it.
    Offsite,
    /// When they are to be back is not said.
    NoReturn,
    /// In one-to-one contact this adult never has a child alone.
    NeverAlone(PersonId),
    /// Only the supervisor of this session has the children in contact.
    NotSupervisor(StaffId),
    /// This worker is out with a child.
    WorkerOut(StaffId),
    /// They come back without a child who is out with them.
    ChildOut(PersonId),
    /// This child was kept back although somebody had come for them.
    KeptBack(PersonId),
    /// Contact is not paused.
    NotPaused,
    /// Contact is paused: who visits does not go to where the children are.
    Paused,
    /// Nobody of this session comes by video.
    NotByVideo,
    /// Somebody of this session is here.
    SomebodyIn,
    /// Nothing that anyone could allow stands in the way, or nobody may allow it.
    NotToAllow,
    /// This person may not allow that.
    MayNotAllow(StaffId),
    /// A child is handed to a one-off adult only by the coordinator who rang, never by name alone.
    NeverByName,
    /// This pair is on file already, or is not.
    PairAsItIs,
    /// Two who must not meet are not one person until that is closed, with a reason.
    KeptApart,
    /// The policy has a fault.
    Policy(PolicyFault),
    /// No more named visitors than so many at once.
    TooMany(u16),
    /// The words of an instruction have a word that a lobby may never read.
    LobbyWord(&'static str),
    /// The words of an instruction name somebody of the other side, on a card that a lobby can see.
    NamesOther(PersonId),
    /// Nobody has seen consent to hold a medical fact.
    NoConsent,
    /// An instruction, or a change of the file, needs words.
    NoWords,
    /// They are on the two sides of one case: not one person who was listed twice.
    TwoSides,
}

/// Why a session may not begin (domain.md 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Suspended until the coordinator says so.
    Suspended,
    /// No supervisor is named.
    NoSupervisor,
    /// The supervisor is not on shift.
    SupervisorAway(StaffId),
    /// The centre cancelled the session.
    Cancelled,
    /// New papers were shown that the coordinator has not read.
    Papers(NoteId),
}

impl Refusal {
    /// The rule that it is of, and so what an entry goes against that is written all the same.
    pub fn rule(&self) -> Option<Rule> {
        Some(match self {
            Self::Clash(_) => Rule::KeepApart,
            Self::Holds { .. } => Rule::Hold,
            Self::Gate(_) | Self::KeptBack(_) => Rule::Gate,
            Self::Gap { .. } => Rule::Gap,
            Self::Offsite => Rule::Offsite,
            Self::NeverAlone(_) | Self::NotSupervisor(_) | Self::Paused => Rule::Supervisor,
            Self::NotListed(_) | Self::TooMany(_) => Rule::Listed,
            Self::NoCarer
            | Self::HasChild(_)
            | Self::WorkerHasChild(_)
            | Self::ChildOut(_)
            | Self::GoesOutOnly(_)
            | Self::NotThere(_)
            | Self::NotCarer(_) => Rule::OneResponsibleAdult,
            Self::NotOnShift(_) | Self::NoWalker | Self::WorkerOut(_) => Rule::NamedWorker,
            Self::NotCollector | Self::NeverByName => Rule::CheckedCollector,
            Self::IsIn(_) | Self::NotIn(_) | Self::Backwards { .. } | Self::RestsOn => Rule::TimesForward,
            _ => return None,
        })
    }

    /// The power that may go past it, if any: hold, place and gap; the gate and what is like it (domain.md 2.7).
    pub fn power(&self) -> Option<Power> {
        match self.rule()? {
            Rule::Hold | Rule::KeepApart | Rule::Gap => Some(Power::Loosen),
            Rule::Gate | Rule::Offsite => Some(Power::Gate),
            _ => None,
        }
    }
}

//! What somebody asks of the register: leave for something (which rules may refuse), or to write what is so.

use chrono::NaiveDate;

use crate::domain::codes::{Channel, Moment, Party};
use crate::domain::event::{About, Answer, Basis, Carer, Counted, Told};
use crate::domain::ids::{ActId, EntryId, FileId, NoteId, PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// May I? Can be refused.
    May(Permission),
    /// It has happened: never refused by a rule of conduct.
    Happened(Fact),
    /// Writes what is so, or what is safe.
    Write(Record),
    /// The day as a whole.
    Day(DayAct),
    /// A note for the coordinator.
    Note(NoteAct),
    /// About an earlier entry.
    Amend(Amend),
}

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
}

/// The day as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayAct {
    /// Open the day; who opens it has the desk.
    Open {
        /// Its date.
        date: NaiveDate,
    },
    /// Take the desk.
    TakeDesk {
        /// Who.
        staff: StaffId,
    },
    /// Someone of the team comes on shift.
    StaffIn {
        /// Who.
        staff: StaffId,
    },
    /// Somebody else comes into the building.
    VisitorIn {
        /// Name as given.
        name: Text,
        /// What they are.
        what: Text,
        /// Where they are.
        place: Code,
    },
    /// They leave.
    VisitorOut {
        /// Their file.
        visitor: FileId,
    },
    /// A muster was held.
    Muster {
        /// How many were seen.
        seen: u16,
        /// Of how many.
        of: u16,
        /// How long it took, in seconds.
        seconds: u32,
    },
    /// Heads were counted.
    Count(Counted),
    /// Sign the day.
    Sign,
    /// Open it again.
    Reopen {
        /// Why.
        why: Text,
    },
}

/// A note for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteAct {
    /// Raise one, at once.
    Raise {
        /// The session of the marked row.
        session: Option<SessionId>,
        /// Where.
        place: Option<Code>,
    },
    /// Say what it is about.
    Tell {
        /// Which note.
        note: NoteId,
        /// About whom.
        about: About,
        /// The kind.
        kind: Option<Code>,
        /// The words.
        words: Text,
        /// A paper form that says more.
        paper: Option<Text>,
    },
    /// Pressed by mistake.
    Mistake {
        /// Which note.
        note: NoteId,
    },
    /// Seen by the coordinator.
    See {
        /// Which note.
        note: NoteId,
    },
}

/// About an earlier entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amend {
    /// Take an act back.
    Undo {
        /// Which.
        act: ActId,
    },
    /// It happened at another time.
    SetTime {
        /// Which entry.
        entry: EntryId,
        /// When it happened.
        at: Moment,
    },
    /// Answer a question of the close.
    Answer(Answer),
}

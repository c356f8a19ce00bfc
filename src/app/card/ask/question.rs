//! The questions that the card can have open, each with what it is about.

use crate::app::card::ask::{Files, Outing};
use crate::domain::codes::How;
use crate::domain::decide::Permission;
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::policy::Code;

/// A question that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Who walks the children over?
    WhoWalks {
        /// The children.
        children: Vec<PersonId>,
        /// The adult who is to have them.
        into: PersonId,
        /// Where.
        place: Code,
    },
    /// Which worker has the children from here on?
    WhoMeets {
        /// The children.
        children: Vec<PersonId>,
        /// The supervisor of the session.
        supervisor: Option<StaffId>,
    },
    /// With whom do the children go out?
    WhoGoes(Outing),
    /// Where do they go, and how are they reached?
    WhereTo(Outing),
    /// When are they to be back, if not as planned?
    BackAt(Outing),
    /// The same, typed.
    BackTyped(Outing),
    /// They are brought back: which worker has the children?
    WhoHas {
        /// Everyone who comes in.
        people: Vec<PersonId>,
        /// The children among them.
        children: Vec<PersonId>,
    },
    /// Who takes the children home?
    WhoTakes {
        /// The children.
        children: Vec<PersonId>,
        /// Who walks them back, if they are together.
        walker: Option<StaffId>,
    },
    /// Who walks the children back, before somebody takes them?
    WhoWalksBack {
        /// The children.
        children: Vec<PersonId>,
    },
    /// Somebody who is not on the list takes them?
    TakesOther {
        /// The children.
        children: Vec<PersonId>,
        /// Who walks them back.
        walker: Option<StaffId>,
    },
    /// An agency takes them: its name, a name, a number, who decided.
    Agency {
        /// The children.
        children: Vec<PersonId>,
        /// Who walks them back.
        walker: Option<StaffId>,
        /// Which.
        agency: &'static str,
    },
    /// A one-off adult takes them, whom the coordinator rang the number on file about.
    OneOff {
        /// The children.
        children: Vec<PersonId>,
        /// Who walks them back.
        walker: Option<StaffId>,
    },
    /// By which way do they come in, or to which place do they go?
    Way,
    /// Who brought the children?
    BroughtBy,
    /// Who of the team has children whom nobody on the list brought?
    WorkerHas,
    /// When will they be here?
    Late,
    /// Why did they not take part, or were not let in?
    NoPart,
    /// Why does the centre cancel?
    Cancel,
    /// Why does contact end early?
    Early,
    /// Who walks the children back, since contact ends early?
    EarlyWalker {
        /// Why.
        why: Code,
    },
    /// What has happened?
    Happened,
    /// Who walked in?
    WhoWalkedIn,
    /// Who left?
    WhoLeft,
    /// Who took the children?
    WhoTook,
    /// Where did the two sides meet?
    WhereMet,
    /// Which child went out with a family that is not theirs?
    WrongChild,
    /// Who is rung, by their place in the list of numbers.
    Call(usize),
    /// What is kept?
    KeepWhat,
    /// Where does it lie?
    KeepWhere {
        /// What it is, a code of the policy.
        what: Code,
    },
    /// What is given back?
    GiveBack,
    /// Which kind of message for the coordinator?
    Message,
    /// Its words.
    MessageWords {
        /// Which kind, a code of the policy.
        kind: Code,
    },
    /// With whom do the children stay?
    Keep,
    /// Who goes out?
    GoesOut,
    /// Somebody who is not on the list: their name, as given.
    Another,
    /// How was this side told?
    Told,
    /// How was the social worker of a looked-after child told?
    ToldWorker,
    /// What is it about contact: a pause, minutes owed, who has the children throughout?
    Contact,
    /// Why does contact pause?
    Pause,
    /// Where do the children go meanwhile?
    PausePlace {
        /// Why.
        why: Code,
    },
    /// How many minutes are owed?
    Owed,
    /// Why are they owed?
    OwedWhy {
        /// How many.
        minutes: u16,
    },
    /// To which side are they owed?
    OwedTo {
        /// How many.
        minutes: u16,
        /// Why.
        why: Code,
    },
    /// Who has the children throughout?
    Supervises,
    /// Who writes the report?
    Report,
    /// By when?
    ReportBy {
        /// Who writes it.
        owner: StaffId,
    },
    /// What changes on file?
    Files(Files),
    /// Who allows what the rules do not let be?
    Allow {
        /// What.
        permission: Permission,
    },
    /// Why is it allowed?
    AllowWhy {
        /// What.
        permission: Permission,
        /// By whom.
        by: StaffId,
        /// Here, or by name only.
        how: How,
    },
}

//! A question of the close: what it is about, and its likely answers.

use chrono::NaiveDate;

use crate::domain::codes::{LeftOpen, Moment, Party, Rule};
use crate::domain::decide::{Command, Fact};
use crate::domain::ids::{EntryId, FileId, NoteId, PersonId, SessionId, StaffId, ThingId};

/// One open question, with its likely answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub about: Subject,
    /// Answers, in the order of their digits from 1.
    pub answers: Vec<Choice>,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// By the register this adult is here.
    AdultIn {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// By the register this child is here, or out.
    ChildIn {
        /// Of which session.
        session: SessionId,
        /// Who.
        person: PersonId,
    },
    /// By the register somebody else is here.
    OtherIn(FileId),
    /// The count differs from the register.
    Count,
    /// Why these people did not come is not known.
    WhyNot {
        /// To which session.
        session: SessionId,
        /// Of which side.
        party: Party,
        /// Who.
        people: Vec<PersonId>,
    },
    /// A session is neither held, nor not held, nor cancelled.
    Unsettled(SessionId),
    /// Of one-to-one contact: nobody is named who writes the report.
    Report(SessionId),
    /// The two sides met: wants a line.
    Met(SessionId),
    /// A thing is still in keeping: wants a line.
    Thing(SessionId, ThingId),
    /// Somebody with the power allowed this in person: wants a line.
    AllowedHere(Vec<EntryId>),
    /// Messages wait for the coordinator: wants a line.
    Messages(Vec<NoteId>),
    /// Sides were not told that there was no contact: wants a line.
    ToTell(Vec<(SessionId, Party)>),
    /// The social worker was not told: wants a line.
    ToTellWorker(SessionId),
    /// A note is not marked as seen.
    Note(NoteId),
    /// Somebody is named as having allowed something, and has not said yet that they did.
    Override {
        /// The entry that names them.
        entry: EntryId,
        /// Of which session.
        session: SessionId,
    },
    /// A fact went against rules.
    Against {
        /// The entry.
        entry: EntryId,
        /// Which session, if one.
        session: Option<SessionId>,
        /// Which rules.
        rules: Vec<Rule>,
    },
}

impl Subject {
    /// This person is asked about.
    pub fn is_about(&self, who: PersonId) -> bool {
        match self {
            Self::AdultIn { person, .. } | Self::ChildIn { person, .. } => *person == who,
            Self::WhyNot { people, .. } => people.contains(&who),
            _ => false,
        }
    }

    /// The session whose card it is about, and the side.
    pub fn card(&self) -> Option<(SessionId, Option<Party>)> {
        match self {
            Self::AdultIn { session, .. } | Self::Unsettled(session) | Self::Override { session, .. } => {
                Some((*session, None))
            }
            Self::ChildIn { session, .. } => Some((*session, Some(Party::Brings))),
            Self::WhyNot { session, party, .. } => Some((*session, Some(*party))),
            Self::Against { session, .. } => session.map(|s| (s, None)),
            Self::Report(session) | Self::Met(session) | Self::Thing(session, _) => Some((*session, None)),
            Self::ToTell(sides) => sides.first().map(|(session, party)| (*session, Some(*party))),
            Self::ToTellWorker(session) => Some((*session, Some(Party::Brings))),
            Self::OtherIn(_) | Self::Count | Self::Note(_) | Self::Messages(_) | Self::AllowedHere(_) => None,
        }
    }

    /// It wants a line, and then lets the day be signed.
    pub fn wants_a_line(&self) -> bool {
        matches!(
            self,
            Self::Met(_)
                | Self::Thing(..)
                | Self::Messages(_)
                | Self::AllowedHere(_)
                | Self::ToTell(_)
                | Self::ToTellWorker(_)
        )
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub says: Says,
    /// What it writes; `None`: it only goes somewhere (counting again).
    pub command: Option<Command>,
    /// The time that it is judged at; `None`: now.
    pub at: Option<Moment>,
}

impl Choice {
    /// What it writes where somebody has typed when it was: no estimate then.
    pub fn at_a_time(&self) -> Option<Command> {
        match self.command.clone() {
            Some(Command::Happened(Fact::LeftAbout { session, person, door })) => {
                Some(Command::Happened(Fact::Left { session, person, door, seen: true }))
            }
            other => other,
        }
    }
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Left, and somebody saw it.
    LeftSeen,
    /// Left, and nobody saw it: the time is an estimate.
    LeftUnseen(Moment),
    /// Went with this adult of the list.
    WentWith(PersonId),
    /// Is at home, by the word of this person; did not come back here.
    HomeBy(PersonId),
    /// Was not brought back by this person, as far as is known.
    NotBack(PersonId),
    /// Nobody saw who took the child.
    NobodySaw,
    /// Left the video call.
    LeftCall,
    /// This worker writes the report, by then.
    ReportBy(StaffId, NaiveDate),
    /// It is written who did what: nothing more to say.
    Written,
    /// It was given back.
    GivenBack,
    /// It stays in keeping.
    StaysKept,
    /// It is on the coordinator's list.
    OnTheList,
    /// They were told, or came and were told.
    AllTold,
    /// They have been told.
    Told,
    /// Is here: count again.
    CountAgain,
    /// The count stands; the coordinator is told.
    CountStands,
    /// No word came, and no reason.
    NoReason,
    /// Settled as it stands.
    Stands,
    /// Seen.
    Seen,
    /// Left open, and why: it stays on the coordinator's list.
    LeftOpen(LeftOpen),
    /// The coordinator knows.
    Known,
    /// Who was named did allow it.
    DidAllow,
    /// They did not.
    DidNotAllow,
}

//! What each kind of contact is at the door: the one list that a new kind of contact touches (domain.md 1 and 2.3-2.5).

use crate::domain::codes::{ContactKind, Party};

/// How contact of a kind goes, as far as the door is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Who is responsible for the children during contact.
    pub carer: During,
    /// How the side that visits takes part.
    pub visits: TakesPart,
    /// The children leave the building with the side that visits.
    pub goes_out: bool,
    /// The two sides come minutes apart, and no hold is kept (a handover).
    pub gap: bool,
    /// A report is written, by somebody, by a day.
    pub report: bool,
}

/// Who is responsible for a child during contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum During {
    /// The visiting party.
    Visiting,
    /// The named worker, throughout: the visiting party never alone.
    Supervisor,
    /// Whoever has the child anyway: the other side is not in the room.
    AsBefore,
}

/// How the side that visits takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakesPart {
    /// They come to the door.
    AtTheDoor,
    /// By video.
    OnLine,
    /// They do not: the child comes to a worker.
    Not,
}

impl Party {
    /// The other side.
    pub fn other(self) -> Self {
        if self == Self::Brings { Self::Visits } else { Self::Brings }
    }
}

impl ContactKind {
    /// How contact of this kind goes.
    pub fn manner(self) -> Manner {
        let supported = Manner {
            carer: During::Visiting,
            visits: TakesPart::AtTheDoor,
            goes_out: false,
            gap: false,
            report: false,
        };
        let supervised = Manner { carer: During::Supervisor, report: true, ..supported };
        match self {
            Self::Supported => supported,
            Self::Supervised | Self::Assessment => supervised,
            Self::Handover => Manner { goes_out: true, gap: true, ..supported },
            Self::Escorted => Manner { goes_out: true, ..supervised },
            Self::Video => Manner { carer: During::AsBefore, visits: TakesPart::OnLine, ..supported },
            Self::LifeStory => Manner { visits: TakesPart::Not, ..supervised },
            Self::Indirect => Manner { visits: TakesPart::Not, ..supported },
        }
    }

    /// One worker is named for it, who has the children throughout.
    pub fn is_supervised(self) -> bool {
        self.manner().carer == During::Supervisor
    }

    /// Nobody comes to the door: letters and gifts.
    pub fn is_by_post(self) -> bool {
        self == Self::Indirect
    }
}

//! One person: where they go, who has a child, why somebody does not come or takes no part.

use super::Line;
use crate::domain::codes::Moment;
use crate::domain::day::{Absence, Attendance, Move, NoPart, Presence, Whereabouts};
use crate::domain::event::{Carer, DoorEvent, Leaving};
use crate::domain::ids::EntryId;
use crate::domain::policy::Code;

/// Whether a child was in the building before an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IsIn {
    /// They were.
    Was,
    /// They were not.
    WasNot,
}

impl Attendance {
    pub(super) fn apply(&mut self, event: &DoorEvent, line: Line<'_>) {
        match event {
            DoorEvent::Arrived { door, place, .. } | DoorEvent::CameBack { door, place, .. } => {
                self.go(line, Some(door), Whereabouts::In(place.clone()));
            }
            DoorEvent::Walked { place, .. } | DoorEvent::Moved { place, .. } => {
                self.go(line, None, Whereabouts::In(place.clone()));
            }
            DoorEvent::WentOut { door, out, .. } => self.go(line, Some(door), Whereabouts::Out(out.clone())),
            DoorEvent::ChildLeft { door, basis, .. } => {
                self.go(line, self.way_out(door), Whereabouts::Left(None));
                self.went_with = Some(basis.clone());
                (self.kept, self.kept_back) = (None, None);
            }
            DoorEvent::AdultLeft { door, leaving, .. } => {
                self.go(line, self.way_out(door), Whereabouts::Left(Some(*leaving)));
            }
            DoorEvent::KeptHere { .. } => self.kept = Some(line.at),
            DoorEvent::NotComing { why, told, .. } => {
                self.absence = Some(Absence { at: line.at, why: why.clone(), told: told.clone() });
            }
            DoorEvent::NotAdmitted { why, .. } => self.not_admitted = Some((line.at, why.clone())),
            DoorEvent::TookNoPart { why, tried_from, .. } => {
                self.no_part = Some(NoPart { at: line.at, tried_from: *tried_from, why: why.clone() });
            }
            DoorEvent::JoinedOnLine { .. } => self.go(line, None, Whereabouts::OnLine),
            DoorEvent::LeftOnLine { .. } => self.go(line, None, Whereabouts::Left(Some(Leaving::LetGo))),
            _ => {}
        }
    }

    /// Who was out already passes no door by not coming back.
    fn way_out<'a>(&self, door: &'a Code) -> Option<&'a Code> {
        if matches!(self.presence(), Presence::Out(_)) { None } else { Some(door) }
    }

    fn go(&mut self, line: Line<'_>, door: Option<&Code>, to: Whereabouts) {
        let (entry, recorded_at): (EntryId, Moment) = (line.entry.id, line.entry.recorded_at);
        self.moves.push(Move { at: line.at, recorded_at, entry, door: door.cloned(), to });
    }

    /// Who has a child after an event that is theirs. In the building whoever has them goes on having them, where
    /// nothing else is said; from outside they come into nobody's care but the one that is named.
    pub(super) fn care_after(&mut self, event: &DoorEvent, is_in: IsIn, at: Moment) {
        let carer = match event {
            DoorEvent::Arrived { carer: None, .. } | DoorEvent::CameBack { carer: None, .. } if is_in == IsIn::Was => {
                return;
            }
            // Given to another in the building: out of it nobody is.
            DoorEvent::GivenTo { .. } | DoorEvent::KeptHere { .. } if is_in == IsIn::WasNot => return,
            DoorEvent::WentOut { .. } => self.carer(),
            DoorEvent::Arrived { .. } | DoorEvent::CameBack { .. } | DoorEvent::ChildLeft { .. } => event.gives(),
            _ if event.gives().is_some() => event.gives(),
            _ => return,
        };
        self.care.push((at, carer));
    }

    /// Goes where another case of today has them go, if they are here or out by this one too.
    pub(super) fn follows(&mut self, moved: Option<&Move>) -> bool {
        let was_in = match self.presence() {
            Presence::In(_) => true,
            Presence::Out(_) => false,
            _ => return false,
        };
        if let Some(own) = moved {
            let door = own.door.clone().filter(|_| !(was_in && matches!(own.to, Whereabouts::In(_))));
            self.moves.push(Move { door, ..own.clone() });
        }
        true
    }

    /// One adult has the child by every case.
    pub(super) fn goes_on_with(&mut self, carer: Option<Carer>, at: Moment) {
        if self.care.last().and_then(|(_, carer)| *carer) != carer {
            self.care.push((at, carer));
        }
    }
}

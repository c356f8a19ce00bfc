//! One person: where they go, who has a child, why somebody does not come or takes no part.

use super::Line;
use crate::domain::codes::Moment;
use crate::domain::day::{Absence, Attendance, Move, NoPart, Whereabouts};
use crate::domain::event::{Carer, DoorEvent, Leaving};
use crate::domain::ids::EntryId;
use crate::domain::policy::Code;

impl Attendance {
    pub(super) fn apply(&mut self, event: &DoorEvent, line: Line<'_>) {
        match event {
            DoorEvent::Arrived { door, place, carer, .. } | DoorEvent::CameBack { door, place, carer, .. } => {
                self.go(line, Some(door), Whereabouts::In(place.clone()));
                self.give(line.at, *carer);
            }
            DoorEvent::Walked { place, into, .. } => {
                self.go(line, None, Whereabouts::In(place.clone()));
                self.give(line.at, Some(*into));
            }
            DoorEvent::Moved { place, .. } => self.go(line, None, Whereabouts::In(place.clone())),
            DoorEvent::GivenTo { carer, .. } => self.give(line.at, Some(*carer)),
            DoorEvent::WentOut { door, out, .. } => self.go(line, Some(door), Whereabouts::Out(out.clone())),
            DoorEvent::ChildLeft { door, basis, .. } => {
                self.go(line, Some(door), Whereabouts::Left(None));
                self.went_with = Some(basis.clone());
                self.kept = None;
            }
            DoorEvent::AdultLeft { door, leaving, .. } => {
                self.go(line, Some(door), Whereabouts::Left(Some(*leaving)));
            }
            DoorEvent::KeptHere { with, .. } => {
                self.kept = Some(line.at);
                self.give(line.at, Some(Carer::Worker(*with)));
            }
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

    fn go(&mut self, line: Line<'_>, door: Option<&Code>, to: Whereabouts) {
        let (entry, recorded_at): (EntryId, Moment) = (line.entry.id, line.entry.recorded_at);
        self.moves.push(Move { at: line.at, recorded_at, entry, door: door.cloned(), to });
    }

    fn give(&mut self, at: Moment, carer: Option<Carer>) {
        if let Some(carer) = carer {
            self.care.push((at, carer));
        }
    }
}

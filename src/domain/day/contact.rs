//! When contact is: by the kind of the session, who has the child, and where the other side is.

use crate::domain::case::{Instruction, Member};
use crate::domain::codes::{Effect, Flag, Legs, Moment, Party, Side};
use crate::domain::day::{Attendance, Pause, Presence, Session};
use crate::domain::event::{Basis, Carer, OutFor};
use crate::domain::ids::{PersonId, StaffId};
use crate::domain::kind::{During, Manner, TakesPart};
use crate::domain::policy::Code;

impl Session {
    /// How contact of its kind goes.
    pub fn manner(&self) -> Manner {
        self.plan.kind.manner()
    }

    /// Which journeys of a handover the centre sees; `None`: it is none.
    pub fn legs(&self) -> Option<Legs> {
        self.manner().gap.then(|| self.plan.legs.unwrap_or(Legs::Both))
    }

    /// The side that a person comes to the door with: a child who is brought back comes with the side that visits.
    pub fn comes_with(&self, member: &Member, attendance: &Attendance) -> Party {
        let with_visiting = match attendance.presence() {
            Presence::Out(OutFor::WithVisiting { .. }) => true,
            _ => self.legs() == Some(Legs::Back) && !attendance.came(),
        };
        if member.is_child() && with_visiting { Party::Visits } else { member.party() }
    }

    /// One side stays for a while when the other has gone: not in a handover, which keeps a gap, nor by video.
    pub fn keeps_a_hold(&self) -> bool {
        let manner = self.manner();
        !manner.gap && manner.visits == TakesPart::AtTheDoor
    }

    /// The side that visits goes straight to the room; else it waits by itself first.
    pub fn contact_in_room_at_once(&self) -> bool {
        let manner = self.manner();
        !manner.gap && manner.carer == During::Visiting
    }

    /// Somebody of this side is to come to the door, or to join: not so of the side that visits in life-story work, nor of
    /// anybody where contact is by post.
    pub fn awaits(&self, party: Party) -> bool {
        let takes_part = party == Party::Brings || self.manner().visits != TakesPart::Not;
        takes_part && !self.plan.kind.is_by_post()
    }

    /// A child is with the side that visits.
    pub fn is_together(&self) -> bool {
        self.children().any(|(_, a)| self.with_visiting(a))
    }

    /// This child is with the side that visits, as contact of this kind is: in the care of one of them, who is there; or,
    /// with the supervisor, in the room that they are in; or in the room while they are on line.
    pub fn with_visiting(&self, child: &Attendance) -> bool {
        if let Presence::Out(OutFor::WithVisiting { .. }) = child.presence() {
            return true;
        }
        let Some(place) = child.place() else { return false };
        let is_there = |adult| self.of(adult).and_then(Attendance::place) == Some(place);
        let in_care = match child.carer() {
            Some(Carer::Adult(adult)) => {
                self.member(adult).is_some_and(|m| m.side == Side::Visiting) && is_there(adult)
            }
            _ => false,
        };
        if in_care {
            return true;
        }
        let manner = self.manner();
        let by_worker = matches!(child.carer(), Some(Carer::Worker(_)));
        match (manner.carer, manner.visits) {
            (During::Supervisor, _) => by_worker && self.is_for_contact(place),
            (During::AsBefore, _) => self.is_on_line() && *place == self.plan.room,
            _ => false,
        }
    }

    /// This child is walked back before going home: in contact, and not with an adult of their own side, as in a call.
    pub fn is_walked_back(&self, child: &Attendance) -> bool {
        let with_own = matches!(child.carer(), Some(Carer::Adult(adult))
            if self.member(adult).is_some_and(|m| m.party() == Party::Brings));
        self.with_visiting(child) && !with_own
    }

    /// Somebody of the side that visits, whom the children come to see, is in that place.
    fn visiting_in(&self, place: &Code) -> bool {
        self.adults(Party::Visits).any(|(m, a)| m.side == Side::Visiting && m.is_expected() && a.place() == Some(place))
    }

    /// One-to-one, a child who is there with a worker is in contact: with the side that visits, or, where none comes, in
    /// the room of the plan.
    pub fn is_for_contact(&self, place: &Code) -> bool {
        match self.manner().visits {
            TakesPart::Not => *place == self.plan.room,
            _ => self.visiting_in(place),
        }
    }

    /// Somebody of the side that visits is on line.
    pub fn is_on_line(&self) -> bool {
        self.adults(Party::Visits).any(|(_, a)| a.presence() == Presence::OnLine)
    }

    /// A child has been in contact, today.
    pub fn had_contact(&self) -> bool {
        let handed_over = |a: &Attendance| match self.legs() {
            Some(Legs::Out) => matches!(a.went_with, Some(Basis::Handover(_))),
            Some(Legs::Back) => a.came(),
            _ => false,
        };
        self.children().any(|(_, a)| !a.contact.is_empty() || handed_over(a))
    }

    /// When contact first was, today.
    pub fn contact_began(&self) -> Option<Moment> {
        self.children().filter_map(|(_, a)| a.contact.first().map(|(from, _)| *from)).min()
    }

    /// When contact was over, if it was and is.
    pub fn contact_ended(&self) -> Option<Moment> {
        if self.is_together() || self.is_paused() {
            return None;
        }
        self.children().filter_map(|(_, a)| a.contact.last().and_then(|(_, to)| *to)).max()
    }

    /// The pause that is not over.
    pub fn pause(&self) -> Option<&Pause> {
        self.pauses.last().filter(|p| p.until.is_none())
    }

    /// Contact is paused.
    pub fn is_paused(&self) -> bool {
        self.pause().is_some()
    }

    /// The worker who supervises, or who has the children in a pause.
    pub fn supervising(&self) -> Option<StaffId> {
        let has = self.children().find_map(|(_, a)| match a.carer() {
            Some(Carer::Worker(staff)) => Some(staff),
            _ => None,
        });
        self.supervisor.or(has)
    }

    /// Read the card first: an instruction that blocks or warns, or a pair who must not meet.
    pub fn must_read(&self) -> bool {
        self.keeps_apart() || self.instructions.iter().any(|i| i.effect != Effect::Show)
    }

    /// A looked-after child: the social worker is to be told.
    pub fn is_looked_after(&self) -> bool {
        self.instructions.iter().any(|i| i.flag == Flag::LookedAfter)
    }

    /// No contact until the coordinator has said so.
    pub fn is_suspended(&self) -> bool {
        self.instructions.iter().any(|i| i.blocks(Flag::Suspended))
    }

    /// An instruction that forbids to leave the building.
    pub fn stays_in(&self) -> bool {
        self.instructions.iter().any(|i| i.blocks(Flag::Premises))
    }

    /// Whoever takes the children home must be on the list: nobody is checked by the telephone instead.
    pub fn only_listed_collect(&self) -> bool {
        self.instructions.iter().any(|i| i.blocks(Flag::Collectors) && i.about.is_none())
    }

    /// An instruction names this person as one who may not do that: come in (`Visitors`), collect (`Collectors`).
    pub fn bars(&self, person: PersonId, flag: Flag) -> bool {
        self.instructions.iter().any(|i| i.blocks(flag) && i.about == Some(person))
    }

    /// How many named visitors may be here at once, beside those who are expected; the least that any instruction says.
    pub fn most_visitors(&self) -> Option<u16> {
        self.instructions.iter().filter(|i| i.blocks(Flag::Visitors)).filter_map(|i| i.limit).min()
    }

    /// An instruction of today.
    pub fn instruction(&self, flag: Flag) -> Option<&Instruction> {
        self.instructions.iter().find(|i| i.flag == flag)
    }

    /// In one-to-one contact: who has this child with the side that visits, if it is not a supervisor: one of that side,
    /// their own adult beside them, or another worker. A child whom a worker keeps from them there is safe.
    pub fn without_supervisor(&self, child: &Attendance) -> Option<Carer> {
        if !self.plan.kind.is_supervised() {
            return None;
        }
        let carer = child.carer()?;
        let alone = match carer {
            Carer::Adult(adult) => {
                self.member(adult).is_some_and(|m| m.side == Side::Visiting)
                    || child.place().is_some_and(|place| self.visiting_in(place))
            }
            Carer::Worker(staff) => {
                let together = match child.presence() {
                    Presence::In(place) => self.is_for_contact(place),
                    Presence::Out(_) => true,
                    _ => false,
                };
                together && !self.supervisors.contains(&staff) && !child.kept_from
            }
        };
        alone.then_some(carer)
    }

    /// Takes down, for each child, when contact began and when it was over, and when it was without the supervisor.
    pub(super) fn mark_contact(&mut self, at: Moment) {
        if self.is_paused() && !self.children().any(|(_, a)| a.is_in()) {
            self.resume(at);
        }
        let with_visiting = |(m, a): (&Member, &Attendance)| (m.person, self.with_visiting(a));
        let with: Vec<_> = self.children().map(with_visiting).collect();
        for (child, _) in with.into_iter().filter(|(_, with)| !with) {
            self.people.entry(child).and_modify(|a| a.kept_from = false);
        }
        // A pause is no contact, wherever the children are in the building; nor is it one to be kept from them.
        let no_contact = |a: &Attendance| a.is_in() && (a.kept_from || self.is_paused());
        let in_contact = |a: &Attendance| self.with_visiting(a) && !no_contact(a);
        let now = |(m, a): (&Member, &Attendance)| (m.person, in_contact(a), self.without_supervisor(a).is_some());
        let now: Vec<_> = self.children().map(now).collect();
        for (child, together, alone) in now {
            let Some(attendance) = self.people.get_mut(&child) else { continue };
            mark(&mut attendance.contact, together, at);
            mark(&mut attendance.alone, alone, at);
        }
    }
}

/// A spell begins, goes on, or is over.
fn mark(spells: &mut Vec<(Moment, Option<Moment>)>, is: bool, at: Moment) {
    match spells.last_mut() {
        Some((_, to @ None)) if !is => *to = Some(at),
        Some((_, None)) => {}
        _ if is => spells.push((at, None)),
        _ => {}
    }
}

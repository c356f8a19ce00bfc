//! Sessions: what an event of the door does to the session that it is of.

use super::Line;
use super::person::IsIn;
use crate::domain::case::Member;
use crate::domain::codes::{How, Moment, Party, Rule};
use crate::domain::day::{Call, Day, Early, OnWay, Override, Owed, Pause, Report, Session, Thing};
use crate::domain::event::{Carer, DoorEvent};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::Code;

impl Day {
    pub(super) fn apply_door(&mut self, event: &DoorEvent, line: Line<'_>) {
        if let DoorEvent::Allowed { session, rules, by, how, why } = event {
            self.allowed(*session, rules, (*by, *how, why), line);
            return;
        }
        let Some(session) = self.sessions.iter_mut().find(|s| s.plan.session == event.session()) else { return };
        if session.apply_course(event, line.at) || session.apply_file(event) {
            session.mark_contact(line.at);
            return;
        }
        match event {
            DoorEvent::SidesMet { place, .. } => session.met.push((line.at, place.clone())),
            DoorEvent::EndedEarly { party, why, .. } => {
                session.resume(line.at);
                session.early = Some(Early { at: line.at, party: *party, why: why.clone() });
                session.resume(line.at);
            }
            DoorEvent::OnTheWay { party, expected, .. } => {
                session.on_way.insert(*party, OnWay { at: line.at, expected: *expected });
            }
            DoorEvent::OtherSideTold { party, .. } => {
                session.told.insert(*party, line.at);
            }
            DoorEvent::UnlistedCame { party, name, .. } => session.unlisted.push((line.at, *party, name.clone())),
            _ => {
                session.apply_person(event, line);
                session.mark_contact(line.at);
                // A pause is over with the last child gone.
                if !session.children().any(|(_, a)| a.is_in()) {
                    session.resume(line.at);
                }
                self.follow(event, line);
            }
        }
    }

    fn allowed(&mut self, session: SessionId, rules: &[Rule], (by, how, why): (StaffId, How, &Code), line: Line<'_>) {
        self.overrides.push(Override {
            entry: line.entry.id,
            act: line.entry.act,
            at: line.at,
            written_by: line.entry.by,
            session,
            rules: rules.to_vec(),
            by,
            how,
            why: why.clone(),
            confirmed: None,
        });
    }

    /// Somebody of two cases has one body: where they are here in one, they go in the other too; and a child has one
    /// adult, whichever case it was written in.
    fn follow(&mut self, event: &DoorEvent, line: Line<'_>) {
        let Some(person) = event.person() else { return };
        let Some(own) = self.session(event.session()).and_then(|s| s.of(person)) else { return };
        // By video nobody goes anywhere: who is in the building for another session stays on the roll.
        let by_video = matches!(event, DoorEvent::JoinedOnLine { .. } | DoorEvent::LeftOnLine { .. });
        let moved = own.moves.last().filter(|m| m.entry == line.entry.id && !by_video).cloned();
        let mut carer = event.gives().or_else(|| own.carer());
        // Given to another in the building: out of it nobody is, by any case.
        let is_in = self.sessions.iter().filter_map(|s| s.of(person)).any(|a| a.is_in());
        if moved.is_none() && (event.gives().is_none() || !is_in) {
            return;
        }
        for session in self.sessions.iter_mut().filter(|s| s.plan.session != event.session()) {
            let is_child = session.member(person).is_some_and(Member::is_child);
            let Some(attendance) = session.people.get_mut(&person) else { continue };
            // Who has the child in the building goes on having them, where nothing else is said.
            carer = carer.or_else(|| attendance.carer().filter(|_| attendance.is_in()));
            if moved.is_none() && !attendance.is_in() {
                continue;
            }
            if attendance.follows(moved.as_ref()) {
                if is_child {
                    attendance.goes_on_with(carer, line.at);
                }
                session.mark_contact(line.at);
            }
        }
        if let Some(session) = self.sessions.iter_mut().find(|s| s.plan.session == event.session()) {
            let is_child = session.member(person).is_some_and(Member::is_child);
            if let Some(attendance) = session.people.get_mut(&person).filter(|_| is_child) {
                attendance.goes_on_with(carer, line.at);
            }
            session.mark_contact(line.at);
        }
    }
}

impl Session {
    fn apply_person(&mut self, event: &DoorEvent, line: Line<'_>) {
        let Some(person) = event.person() else { return };
        let is_child = self.member(person).is_some_and(Member::is_child);
        let Some(attendance) = self.people.get_mut(&person) else { return };
        let is_in = if attendance.is_in() { IsIn::Was } else { IsIn::WasNot };
        attendance.apply(event, line);
        if is_child {
            attendance.care_after(event, is_in, line.at);
        }
        self.kept_after(event, person);
        self.kept_back_after(event, person, line.at);
    }

    /// Kept while somebody who may collect was here for them; until they are given to an adult of theirs, or leave.
    fn kept_back_after(&mut self, event: &DoorEvent, child: PersonId, at: Moment) {
        let collector_here = self.adults(Party::Brings).any(|(m, a)| m.collects && a.is_in());
        let over = self.had_contact() || self.over() || self.early.is_some();
        let kept_back = match event {
            DoorEvent::KeptHere { .. } if collector_here && over => Some(at),
            DoorEvent::GivenTo { carer: Carer::Adult(_), .. } => None,
            _ => return,
        };
        self.people.entry(child).and_modify(|a| a.kept_back = kept_back);
    }

    /// Kept by somebody else than the supervisor, in the place where contact is: kept from it, until they leave the place.
    fn kept_after(&mut self, event: &DoorEvent, child: PersonId) {
        let kept_from = match event {
            DoorEvent::KeptHere { with, .. } => self.plan.kind.is_supervised() && !self.supervisors.contains(with),
            DoorEvent::GivenTo { .. }
            | DoorEvent::Walked { .. }
            | DoorEvent::Moved { .. }
            | DoorEvent::WentOut { .. } => false,
            _ => return,
        };
        self.people.entry(child).and_modify(|a| a.kept_from = kept_from);
    }

    /// How the contact goes, what is kept, who was rung. `false`: it is none of these.
    fn apply_course(&mut self, event: &DoorEvent, at: Moment) -> bool {
        match event {
            DoorEvent::SupervisorNamed { staff, .. } => {
                self.supervisor = Some(*staff);
                self.supervisors.push(*staff);
            }
            DoorEvent::Paused { why, decided, .. } => {
                self.resume(at);
                self.pauses.push(Pause { at, why: why.clone(), decided: *decided, until: None });
            }
            DoorEvent::Resumed { .. } => self.resume(at),
            DoorEvent::TenMinutesCalled { .. } => self.ten_minutes = Some(at),
            DoorEvent::MinutesOwed { minutes, party, why, .. } => {
                self.owed.push(Owed { at, minutes: *minutes, party: *party, why: why.clone() });
            }
            DoorEvent::ReportDue { owner, due, .. } => self.report = Some(Report { owner: *owner, due: *due }),
            DoorEvent::Called { person, number, answer, .. } => {
                self.calls.push(Call { at, person: *person, number: number.clone(), answer: *answer });
            }
            DoorEvent::SocialWorkerTold { .. } => self.social_worker_told = Some(at),
            DoorEvent::ThingKept { thing, what, party, place, .. } => {
                let (what, place) = (what.clone(), place.clone());
                self.things.push(Thing { id: *thing, at, what, party: *party, place, back: None });
            }
            DoorEvent::ThingGivenBack { thing, .. } => {
                if let Some(kept) = self.things.iter_mut().find(|t| t.id == *thing) {
                    kept.back.get_or_insert(at);
                }
            }
            DoorEvent::Cancelled { why, .. } => self.cancelled = Some((at, why.clone())),
            _ => return false,
        }
        true
    }

    /// What changed on file while the day was open. `false`: it is none of these.
    fn apply_file(&mut self, event: &DoorEvent) -> bool {
        match event {
            DoorEvent::ApartSet { one, other, apart, .. } => {
                self.apart.retain(|pair| *pair != (*one, *other) && *pair != (*other, *one));
                if *apart && one != other {
                    self.apart.push((*one, *other));
                }
            }
            DoorEvent::InstructionSet { instruction, .. } => {
                self.instructions.retain(|i| i.id != instruction.id);
                self.instructions.push((**instruction).clone());
            }
            DoorEvent::InstructionLifted { instruction, .. } => self.instructions.retain(|i| i.id != *instruction),
            _ => return false,
        }
        true
    }

    /// A pause is over when contact goes on, when it is ended, and when no child is here any more.
    pub(in crate::domain::day) fn resume(&mut self, at: Moment) {
        if let Some(pause) = self.pauses.last_mut() {
            pause.until.get_or_insert(at);
        }
    }
}

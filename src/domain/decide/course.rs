//! How contact goes: who meets the children, pauses, the ten-minute call, minutes owed, the report, the video call
//! (domain.md 2.4).

use crate::domain::case::Member;
use crate::domain::codes::{Moment, Party, Rule, Side};
use crate::domain::day::{Attendance, Day, Session, Stay};
use crate::domain::decide::{Desk, Record, contact, journey};
use crate::domain::event::{Carer, DoorEvent, Draft, Event};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::kind::TakesPart;
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

/// May another adult have these children from now on, in the same place?
pub(super) fn give(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    children: &[PersonId],
    carer: Carer,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    if children.is_empty() {
        return Err(Refusal::Nobody);
    }
    let at = desk.time_for(whole, children)?;
    let mut drafts = named_by_meeting(desk, session, carer, at);
    for child in children {
        let attendance = session.of(*child).filter(|a| a.is_in()).ok_or(Refusal::NotIn(*child))?;
        session.member(*child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
        let place = attendance.place().cloned().unwrap_or_else(|| session.plan.room.clone());
        super::walk::may_have(desk, session, carer, &place)?;
        one_to_one(desk, session, carer, session.with_visiting(attendance))?;
        // Of several children some may be with them already: the others are given.
        if attendance.carer() == Some(carer) {
            continue;
        }
        into_their_care(desk, session, carer)?;
        let event = DoorEvent::GivenTo { session: session.id(), child: *child, carer };
        drafts.push(desk.door(session, at, event));
    }
    let any = drafts.iter().any(|d| matches!(d.event, Event::Door(DoorEvent::GivenTo { .. })));
    if any { Ok(drafts) } else { Err(Refusal::AlreadySo) }
}

/// Where no supervisor is named, the worker who meets the children is.
pub(super) fn named_by_meeting(desk: Desk<'_>, session: &Session, carer: Carer, at: Moment) -> Vec<Draft> {
    let wants = session.plan.kind.is_supervised() && session.supervisor.is_none();
    match carer {
        Carer::Worker(staff) if wants => {
            let event = DoorEvent::SupervisorNamed { session: session.id(), staff };
            vec![desk.door_against(session, at, event, desk.named_to_supervise(session, staff))]
        }
        _ => Vec::new(),
    }
}

/// In one-to-one contact the side that visits never has a child alone, and in the room only the supervisor does.
fn one_to_one(desk: Desk<'_>, session: &Session, carer: Carer, in_contact: bool) -> Result<(), Refusal> {
    if !session.plan.kind.is_supervised() {
        return Ok(());
    }
    match carer {
        Carer::Adult(adult) if session.member(adult).is_some_and(|m| m.side == Side::Visiting) => {
            desk.pass(Err(Refusal::NeverAlone(adult)))
        }
        Carer::Worker(staff) if in_contact => desk.pass(journey::is_supervisor(session, staff)),
        _ => Ok(()),
    }
}

/// One-to-one, nobody may come into the room, or the children be taken to where they are, with another worker than the
/// supervisor: that would be contact without them.
pub(super) fn with_supervisor(
    desk: Desk<'_>,
    session: &Session,
    coming: &[PersonId],
    place: &Code,
    named: Option<Carer>,
) -> Result<(), Refusal> {
    if !session.plan.kind.is_supervised() {
        return Ok(());
    }
    let would_be = |person: PersonId, a: &Attendance| coming.contains(&person) || a.place() == Some(place);
    let is_party = |m: &Member| m.side == Side::Visiting && m.is_expected();
    let adults: Vec<PersonId> =
        session.all().filter(|(m, a)| is_party(m) && would_be(m.person, a)).map(|(m, _)| m.person).collect();
    let fresh_adult = adults.iter().any(|p| coming.contains(p));
    for (member, attendance) in session.children().filter(|(m, a)| would_be(m.person, a)) {
        let carer = if attendance.is_in() { attendance.carer() } else { named };
        let Some(Carer::Worker(staff)) = carer.filter(|_| !adults.is_empty()) else { continue };
        if fresh_adult || coming.contains(&member.person) {
            desk.gate(session)?;
            desk.pass(journey::is_supervisor(session, staff))?;
        }
    }
    Ok(())
}

/// To the side that visits, in the place where both are, is contact as much as walking over is. To a worker, or back to
/// the side that brings, is the safe direction.
fn into_their_care(desk: Desk<'_>, session: &Session, carer: Carer) -> Result<(), Refusal> {
    let Carer::Adult(adult) = carer else { return Ok(()) };
    if session.member(adult).is_none_or(|m| m.party() == Party::Brings) {
        return Ok(());
    }
    desk.gate(session)?;
    if session.plan.kind.is_supervised() { desk.pass(Err(Refusal::NeverAlone(adult))) } else { Ok(()) }
}

/// May paused contact go on? The supervisor takes the children back to where the other side is.
pub(super) fn resume(desk: Desk<'_>, whole: &Day, session: SessionId) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    let pause = session.pause().ok_or(Refusal::NotPaused)?;
    desk.gate(session)?;
    let children: Vec<PersonId> = session.children().filter(|(_, a)| a.is_in()).map(|(m, _)| m.person).collect();
    let at = desk.time_for(whole, &children)?.max(pause.at);
    let with_nobody = session.manner().visits == TakesPart::Not;
    let there = session.adults(Party::Visits).find_map(|(m, a)| a.place().filter(|_| m.is_expected()));
    let room = if with_nobody { Some(&session.plan.room) } else { there }.cloned();
    let mut drafts = vec![desk.door(session, at, DoorEvent::Resumed { session: session.id() })];
    let Some(room) = room else { return Ok(drafts) };
    for person in children {
        let attendance = session.of(person).filter(|a| a.place() != Some(&room));
        let Some(Carer::Worker(staff)) = attendance.and_then(|a| a.carer()) else { continue };
        desk.pass(journey::is_supervisor(session, staff))?;
        desk.all_free(whole, &[person], at, Some(&room), None)?;
        let event = DoorEvent::Moved { session: session.id(), person, place: room.clone() };
        drafts.push(desk.door(session, at, event));
    }
    Ok(drafts)
}

/// May they join by video?
pub(super) fn connect(
    desk: Desk<'_>,
    whole: &Day,
    session: SessionId,
    person: PersonId,
) -> Result<Vec<Draft>, Refusal> {
    let session = desk.session(session)?;
    let member = session.member(person).ok_or(Refusal::Unknown)?;
    if session.manner().visits != TakesPart::OnLine || member.party() != Party::Visits {
        return Err(Refusal::NotByVideo);
    }
    if !member.is_expected() {
        return Err(Refusal::NotListed(person));
    }
    if session.of(person).is_some_and(|a| a.is_in() || a.is_on_line()) {
        return Err(Refusal::IsIn(person));
    }
    desk.gate(session)?;
    let at = desk.time_for(whole, &[person])?;
    Ok(vec![desk.door(session, at, DoorEvent::JoinedOnLine { session: session.id(), person })])
}

impl Desk<'_> {
    /// Contact of this session may begin: nothing stands in the way but what somebody allows.
    pub(super) fn gate(self, session: &Session) -> Result<(), Refusal> {
        self.day.gates(session).into_iter().try_for_each(|gate| self.pass(Err(Refusal::Gate(gate))))
    }

    pub(super) fn course(self, record: &Record) -> Result<Vec<Draft>, Refusal> {
        match record {
            Record::Supervisor { session, staff } => {
                let session = self.session(*session)?;
                self.worker(*staff)?;
                self.supervises(session, *staff)
            }
            Record::Pause { session, why, place } => self.pause(*session, why, place.as_ref()),
            Record::TenMinutes { session } => {
                let session = self.session(*session)?;
                Ok(vec![self.door(session, self.stamp.at, DoorEvent::TenMinutesCalled { session: session.id() })])
            }
            Record::Owe { session, minutes, party, why } => {
                let session = self.session(*session)?;
                self.known_reason(why)?;
                let (minutes, party, why) = (*minutes, *party, why.clone());
                let event = DoorEvent::MinutesOwed { session: session.id(), minutes, party, why };
                Ok(vec![self.door(session, self.stamp.at, event)])
            }
            Record::Report { session, owner, due } => {
                let session = self.session(*session)?;
                if self.register.team.get(owner).is_none_or(|c| c.left) {
                    return Err(Refusal::Unknown);
                }
                let event = DoorEvent::ReportDue { session: session.id(), owner: *owner, due: *due };
                Ok(vec![self.door(session, self.stamp.at, event)])
            }
            Record::Disconnect { session, person } => {
                let session = self.session(*session)?;
                session.of(*person).filter(|a| a.is_on_line()).ok_or(Refusal::NotIn(*person))?;
                let at = self.not_before(self.day.last_seen(*person));
                Ok(vec![self.door(session, at, DoorEvent::LeftOnLine { session: session.id(), person: *person })])
            }
            _ => Err(Refusal::Unknown),
        }
    }

    /// Children whom the one named before has are with the one who is named now: they are never without.
    fn supervises(self, session: &Session, staff: StaffId) -> Result<Vec<Draft>, Refusal> {
        let before = session.supervisor.map(Carer::Worker);
        let theirs: Vec<PersonId> = session
            .children()
            .filter(|(_, a)| {
                a.is_in() && before.is_some() && a.carer() == before && before != Some(Carer::Worker(staff))
            })
            .map(|(m, _)| m.person)
            .collect();
        let at_hand = contact::places(self.day, staff);
        let place = |child: &PersonId| session.of(*child).and_then(|a| a.place());
        let elsewhere = |place| at_hand.iter().any(|(s, p)| *s != session.id() && p != place);
        if theirs.iter().filter_map(place).any(elsewhere) {
            return Err(Refusal::WorkerHasChild(staff));
        }
        let at = if theirs.is_empty() { self.stamp.at } else { self.time_for(self.day, &theirs)? };
        let event = DoorEvent::SupervisorNamed { session: session.id(), staff };
        let mut drafts = vec![self.door_against(session, at, event, self.named_to_supervise(session, staff))];
        for child in theirs {
            let event = DoorEvent::GivenTo { session: session.id(), child, carer: Carer::Worker(staff) };
            drafts.push(self.door(session, at, event));
        }
        Ok(drafts)
    }

    /// Anyone may pause. The supervisor keeps the children; where they go, nobody whom they must not meet should be.
    fn pause(self, session: SessionId, why: &Code, place: Option<&Code>) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        self.known_reason(why)?;
        if session.is_paused() {
            return Err(Refusal::AlreadySo);
        }
        let together = session.children().filter(|(_, a)| session.with_visiting(a) && a.is_in());
        let children: Vec<PersonId> = together.map(|(m, _)| m.person).collect();
        if children.is_empty() {
            return Err(Refusal::NotPaused);
        }
        let at = self.time_for(self.day, &children)?;
        let decided = session.supervising().unwrap_or(self.stamp.by);
        let event = DoorEvent::Paused { session: session.id(), why: why.clone(), decided };
        let mut drafts = vec![self.door(session, at, event)];
        drafts.extend(place.into_iter().flat_map(|place| self.leave_room(session, &children, place, at)));
        Ok(drafts)
    }

    /// The children leave the room with the worker who has them.
    fn leave_room(self, session: &Session, children: &[PersonId], place: &Code, at: Moment) -> Vec<Draft> {
        let draft = |child: &PersonId| {
            let stay = Stay { from: at, until: None, place: Some(place), door: None };
            let clash = self.day.free(*child, &stay).is_err();
            let against = if clash { vec![Rule::KeepApart] } else { Vec::new() };
            let event = DoorEvent::Moved { session: session.id(), person: *child, place: place.clone() };
            self.door_against(session, at, event, against)
        };
        let by_worker =
            |child: &&PersonId| matches!(session.of(**child).and_then(|a| a.carer()), Some(Carer::Worker(_)));
        children.iter().filter(by_worker).map(draft).collect()
    }

    /// Somebody of the team who is here, and not out with a child.
    pub(super) fn worker(self, staff: StaffId) -> Result<(), Refusal> {
        if !self.day.on_shift(staff) {
            return Err(Refusal::NotOnShift(staff));
        }
        if self.day.is_away(staff) { Err(Refusal::WorkerOut(staff)) } else { Ok(()) }
    }
}

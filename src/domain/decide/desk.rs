//! What is kept, said and rung at the desk: things, messages, calls, the social worker told, a session cancelled.

use crate::domain::codes::{Channel, Party};
use crate::domain::day::{Attendance, Presence, Session};
use crate::domain::decide::{Desk, Record, note};
use crate::domain::event::{DoorEvent, Draft, Entry, Event, FileRef, NoteEvent, OutFor};
use crate::domain::ids::{NoteId, PersonId, SessionId};
use crate::domain::policy::{Code, Power};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;

/// The kinds of note that a first call raises: not again for the next call.
fn is_of_call(kind: &Code) -> bool {
    matches!(kind.as_str(), "RETN" | "UNCO")
}

impl Desk<'_> {
    pub(super) fn desk_record(self, record: &Record) -> Result<Vec<Draft>, Refusal> {
        match record {
            Record::Call { session, person, number, answer } => {
                let session = self.session(*session)?;
                let known = person.is_some_and(|p| session.member(p).is_some());
                let listed = number.as_ref().is_some_and(|n| self.day.policy.numbers.iter().any(|l| l.name == *n));
                if !known && !listed {
                    return Err(Refusal::Unknown);
                }
                let (person, number, answer) = (*person, number.clone(), *answer);
                let event = DoorEvent::Called { session: session.id(), person, number, answer };
                let mut drafts = vec![self.door(session, self.stamp.at, event)];
                drafts.extend(self.first_call(session, person));
                Ok(drafts)
            }
            Record::ToldWorker { session, channel } => {
                let (session, channel): (&Session, Channel) = (self.session(*session)?, *channel);
                let event = DoorEvent::SocialWorkerTold { session: session.id(), channel };
                Ok(vec![self.door(session, self.stamp.at, event)])
            }
            Record::KeepThing { session, party, what, place } => {
                let session = self.session(*session)?;
                self.day.policy.thing(what).ok_or(Refusal::NoReason)?;
                let (thing, what, party, place) = (self.stamp.ids.nth(0), what.clone(), *party, place.clone());
                let event = DoorEvent::ThingKept { session: session.id(), thing, what, party, place };
                Ok(vec![self.door(session, self.stamp.at, event)])
            }
            Record::GiveBack { session, thing } => {
                let session = self.session(*session)?;
                let kept = session.things.iter().find(|t| t.id == *thing).ok_or(Refusal::Unknown)?;
                if kept.back.is_some() {
                    return Err(Refusal::AlreadySo);
                }
                let at = self.not_before(Some(kept.at));
                Ok(vec![self.door(session, at, DoorEvent::ThingGivenBack { session: session.id(), thing: *thing })])
            }
            _ => Err(Refusal::Unknown),
        }
    }

    /// The first call because a child is not collected, or not back, tells the coordinator.
    fn first_call(self, session: &Session, rung: Option<PersonId>) -> Vec<Draft> {
        let of = |party| rung.is_none_or(|p| session.member(p).is_some_and(|m| m.party() == party));
        let mut of_session = self.day.notes.iter().filter(|n| n.session == Some(session.id()));
        if of_session.any(|n| n.kind.as_ref().is_some_and(is_of_call) || (n.is_closed() && self.came_with_a_call(n.id)))
        {
            return Vec::new();
        }
        let over = self.stamp.at >= self.day.local(session.plan.end, self.stamp.at);
        let overdue = |a: &Attendance| match a.presence() {
            Presence::Out(OutFor::WithVisiting { until, .. }) => until.is_none_or(|until| self.stamp.at >= until),
            _ => false,
        };
        if of(Party::Visits) && session.children().any(|(_, a)| overdue(a)) {
            return note::raised_with_kind(self, session, None, "RETN");
        }
        if of(Party::Brings) && over && session.children().any(|(_, a)| a.is_in()) {
            return note::raised_with_kind(self, session, None, "UNCO");
        }
        Vec::new()
    }

    /// A note whose kind is sealed to others was raised by a call: it has its act.
    fn came_with_a_call(self, note: NoteId) -> bool {
        let is_raised =
            |e: &&Entry| matches!(e.event.open(), Some(Event::Note(NoteEvent::Raised { note: of, .. })) if *of == note);
        let act = self.day.entries.iter().find(is_raised).map(|e| e.act);
        let is_call = |e: &Entry| matches!(e.event.open(), Some(Event::Door(DoorEvent::Called { .. })));
        self.day.entries.iter().any(|e| Some(e.act) == act && is_call(e))
    }

    pub(super) fn leave_message(
        self,
        session: Option<SessionId>,
        kind: &Code,
        words: &Text,
    ) -> Result<Vec<Draft>, Refusal> {
        self.day.policy.message(kind).ok_or(Refusal::NoReason)?;
        let known = session.map(|s| self.session(s)).transpose()?;
        let message: NoteId = self.stamp.ids.nth(0);
        let file = known.map_or_else(|| FileRef::Apart(self.stamp.ids.nth(1)), |s| FileRef::Case(s.plan.case));
        let event = NoteEvent::MessageLeft { message, session, kind: kind.clone(), words: words.clone() };
        Ok(vec![self.draft(file, self.stamp.at, Event::Note(event))])
    }

    pub(super) fn deal_with(self, message: NoteId) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::SeeNotes)?;
        let left = self.day.messages.iter().find(|m| m.id == message).ok_or(Refusal::Unknown)?;
        if left.done.is_some() {
            return Err(Refusal::AlreadySo);
        }
        let event = Event::Note(NoteEvent::MessageDone { message });
        Ok(vec![self.draft(FileRef::Centre, self.not_before(Some(left.at)), event)])
    }

    /// May the centre cancel? Nobody of the session is here.
    pub(super) fn cancel(self, session: SessionId, why: &Code) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::Cancel)?;
        let session = self.session(session)?;
        self.known_reason(why)?;
        let here = |a: &Attendance| {
            !matches!(
                a.presence(),
                Presence::Expected | Presence::Left | Presence::NotComing(_) | Presence::NotAdmitted
            )
        };
        if session.all().any(|(_, a)| here(a)) {
            return Err(Refusal::SomebodyIn);
        }
        // Once somebody came it is held or not held, and no longer to be cancelled (domain.md 2.7).
        if let Some((member, _)) = session.all().find(|(_, a)| a.came()) {
            return Err(Refusal::Came(member.person));
        }
        Ok(vec![self.door(session, self.stamp.at, DoorEvent::Cancelled { session: session.id(), why: why.clone() })])
    }
}

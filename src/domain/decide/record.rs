//! Writes what is so, or what is safe: not coming, on the way, not admitted, took no part, ended early, stays. Needs no
//! role, and after the signing it is an addendum.

use crate::domain::codes::{Moment, Party, Rule};
use crate::domain::day::Session;
use crate::domain::decide::{Desk, Record, letin, note};
use crate::domain::event::{Carer, DoorEvent, Draft, Told};
use crate::domain::ids::{PersonId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn write(self, record: &Record) -> Result<Vec<Draft>, Refusal> {
        if self.day.is_signed() && record.is_of_the_moment() {
            return Err(Refusal::Signed);
        }
        let mut drafts = self.written(record)?;
        if let Some(first) = drafts.first_mut().filter(|_| self.day.is_signed() && record.is_of_who_was_here()) {
            first.against.push(Rule::Signed);
        }
        Ok(drafts)
    }

    fn written(self, record: &Record) -> Result<Vec<Draft>, Refusal> {
        match record {
            Record::NotComing { session, people, why, told } => self.not_coming(*session, people, why, told.as_ref()),
            Record::OnTheWay { session, party, expected } => {
                let session = self.session(*session)?;
                let at = self.not_before(session.on_way.get(party).map(|w| w.at));
                let (party, expected) = (*party, *expected);
                Ok(vec![self.door(session, at, DoorEvent::OnTheWay { session: session.id(), party, expected })])
            }
            Record::ToldOther { session, party, channel } => {
                let (session, at) = (self.session(*session)?, self.stamp.at);
                let (party, channel) = (*party, *channel);
                Ok(vec![self.door(session, at, DoorEvent::OtherSideTold { session: session.id(), party, channel })])
            }
            Record::NotAdmit { session, people, why } => self.not_admit(*session, people, why),
            Record::Unlisted { session, party, name } => {
                let (session, at) = (self.session(*session)?, self.stamp.at);
                if name.is_empty() {
                    return Err(Refusal::Nobody);
                }
                let (party, name) = (*party, name.clone());
                let event = DoorEvent::UnlistedCame { session: session.id(), party, name };
                let mut drafts = vec![self.door(session, at, event)];
                drafts.extend(note::raised_with_kind(self, session, None, "UNAU"));
                Ok(drafts)
            }
            Record::NoPart { session, children, why, tried_from } => self.no_part(*session, children, why, *tried_from),
            Record::EndEarly { session, party, why, walker } => self.end_early(*session, *party, why, *walker),
            Record::Keep { session, children, with } => self.keep(*session, children, *with),
            other if other.is_of_course() => self.course(other),
            other => self.desk_record(other),
        }
    }

    fn not_coming(
        self,
        session: SessionId,
        people: &[PersonId],
        why: &Code,
        told: Option<&Told>,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        self.known_reason(why)?;
        self.each(people, |person| {
            let attendance = session.of(person).ok_or(Refusal::Unknown)?;
            if attendance.came() {
                return Err(Refusal::Came(person));
            }
            let at = self.not_before(attendance.absence.as_ref().map(|a| a.at));
            let (why, told) = (why.clone(), told.cloned());
            Ok(self.door(session, at, DoorEvent::NotComing { session: session.id(), person, why, told }))
        })
    }

    fn not_admit(self, session: SessionId, people: &[PersonId], why: &Code) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        self.known_reason(why)?;
        let mut drafts = self.each(people, |person| {
            let attendance = session.of(person).ok_or(Refusal::Unknown)?;
            if attendance.is_in() {
                return Err(Refusal::IsIn(person));
            }
            let at = self.not_before(attendance.not_admitted.as_ref().map(|(at, _)| *at));
            let event = DoorEvent::NotAdmitted { session: session.id(), person, why: why.clone() };
            Ok(self.door(session, at, event))
        })?;
        // Who is not fit to be with a child, or broke a condition, is the coordinator's to know (domain.md 2.7).
        let kind = match why.as_str() {
            "N-UNF" => Some("INTX"),
            "N-BRC" => Some("COND"),
            _ => None,
        };
        drafts.extend(kind.into_iter().flat_map(|kind| note::raised_with_kind(self, session, None, kind)));
        Ok(drafts)
    }

    fn no_part(
        self,
        session: SessionId,
        children: &[PersonId],
        why: &Code,
        tried_from: Moment,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        self.known_reason(why)?;
        self.each(children, |child| {
            session.member(child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
            let attendance = session.of(child).filter(|a| a.came()).ok_or(Refusal::NotIn(child))?;
            let at = self.not_before(attendance.no_part.as_ref().map(|n| n.at));
            let why = why.clone();
            let event = DoorEvent::TookNoPart { session: session.id(), child, why, tried_from };
            Ok(self.door(session, at, event))
        })
    }

    fn end_early(
        self,
        session: SessionId,
        party: Option<Party>,
        why: &Code,
        walker: Option<StaffId>,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        self.known_reason(why)?;
        let together: Vec<PersonId> =
            session.children().filter(|(_, a)| a.is_in() && session.is_walked_back(a)).map(|(m, _)| m.person).collect();
        let at = self.time_for(self.day, &together)?;
        let event = DoorEvent::EndedEarly { session: session.id(), party, why: why.clone() };
        let mut drafts = vec![self.door(session, at, event)];
        if together.is_empty() {
            return Ok(drafts);
        }
        let walker = walker.ok_or(Refusal::NoWalker)?;
        self.worker(walker)?;
        let (into, place, against) = self.way_back(session, walker, &together, at);
        for child in together {
            let event = DoorEvent::Walked { session: session.id(), child, walker, place: place.clone(), into };
            drafts.push(self.door_against(session, at, event, against.clone()));
        }
        Ok(drafts)
    }

    /// To stop is safe, and never waits for a place to be clear: where their adult is, else with the worker in a waiting
    /// place that is clear, and not where the side that visits is; where there is none, it is asked about afterwards.
    fn way_back(
        self,
        session: &Session,
        walker: StaffId,
        children: &[PersonId],
        at: Moment,
    ) -> (Carer, Code, Vec<Rule>) {
        let (into, place) = self.back_to(session, walker);
        let visiting = |place: &Code| session.adults(Party::Visits).any(|(_, a)| a.place() == Some(place));
        let waiting = [self.day.waiting_place(), self.day.second_waiting_place()].into_iter().filter(|p| !visiting(p));
        let mut ways =
            std::iter::once((into, place.clone())).chain(waiting.map(|place| (Carer::Worker(walker), place)));
        let clear = ways.find(|(_, place)| letin::all_free(self.day, children, at, Some(place), None).is_ok());
        match clear {
            Some((into, place)) => (into, place, Vec::new()),
            None => (into, place, vec![Rule::KeepApart]),
        }
    }

    /// Where children go back to: an adult of theirs who is here, else the worker, in a waiting place.
    pub(super) fn back_to(self, session: &Session, walker: StaffId) -> (Carer, Code) {
        let adult = session
            .adults(Party::Brings)
            .filter(|(m, _)| m.may_have_children())
            .find_map(|(m, a)| a.place().map(|place| (Carer::Adult(m.person), place.clone())));
        adult.unwrap_or_else(|| (Carer::Worker(walker), self.day.waiting_place()))
    }

    fn keep(self, session: SessionId, children: &[PersonId], with: StaffId) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        self.worker(with)?;
        let at = self.time_for(self.day, children)?;
        let mut drafts = self.each(children, |child| {
            if session.of(child).is_none_or(|a| !a.is_in()) {
                return Err(Refusal::NotIn(child));
            }
            Ok(self.door(session, at, DoorEvent::KeptHere { session: session.id(), child, with }))
        })?;
        // That a child is not handed over is the coordinator's to decide on; why is told in the note.
        drafts.push(note::raised_about(self, session));
        Ok(drafts)
    }

    fn each(
        self,
        people: &[PersonId],
        draft: impl Fn(PersonId) -> Result<Draft, Refusal>,
    ) -> Result<Vec<Draft>, Refusal> {
        if people.is_empty() { Err(Refusal::Nobody) } else { people.iter().map(|p| draft(*p)).collect() }
    }

    pub(super) fn known_reason(self, why: &Code) -> Result<(), Refusal> {
        self.day.policy.reason(why).map(|_| ()).ok_or(Refusal::NoReason)
    }
}

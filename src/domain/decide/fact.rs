//! It has happened: never refused by a rule of conduct. The entry names the rules that it goes against, and the
//! coordinator gets a note.

use std::collections::BTreeSet;

use crate::domain::case::Member;
use crate::domain::codes::{Moment, Rule};
use crate::domain::day::{Attendance, Presence, Session, Stay};
use crate::domain::decide::{Desk, Fact, going, letin, note};
use crate::domain::event::{Basis, Carer, DoorEvent, Draft, Leaving};
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::policy::Code;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    /// After the signature a fact is an addendum, and says so.
    pub(super) fn happened(self, fact: &Fact) -> Result<Vec<Draft>, Refusal> {
        let mut drafts = self.as_it_happened(fact)?;
        let missing = self.not_named(fact, &drafts);
        if let Some(first) = drafts.first_mut() {
            first.against.extend(missing);
        }
        if let Some(first) = drafts.first_mut().filter(|_| self.day.is_signed()) {
            first.against.push(Rule::Signed);
        }
        Ok(drafts)
    }

    /// Whatever else the day would go against by a fact. Door and minute of a leaving are as far as is known: nobody is
    /// said to have met somebody by them.
    fn not_named(self, fact: &Fact, drafts: &[Draft]) -> BTreeSet<Rule> {
        let stays =
            matches!(fact, Fact::SidesMet { .. } | Fact::WalkedIn { .. } | Fact::Walked { .. } | Fact::Moved { .. });
        let mut rules: BTreeSet<Rule> = self.added(drafts).into_iter().map(|b| b.rule).collect();
        rules.retain(|r| (stays || *r != Rule::KeepApart) && drafts.iter().all(|d| !d.against.contains(r)));
        rules
    }

    fn as_it_happened(self, fact: &Fact) -> Result<Vec<Draft>, Refusal> {
        match fact {
            Fact::SidesMet { session, place } => self.sides_met(*session, place),
            Fact::WalkedIn { session, person, door, place } => self.walked_in(*session, *person, door, place),
            Fact::Left { session, person, door, seen: true } => self.left(*session, *person, door, Leaving::Seen),
            Fact::Left { session, person, door, seen: false } => self.left(*session, *person, door, Leaving::Unseen),
            Fact::LeftAbout { session, person, door } => self.left(*session, *person, door, Leaving::SeenAbout),
            Fact::Collected { session, child, by, door } => self.collected(*session, *child, *by, door),
            Fact::Taken { session, children, by, door } => self.taken(*session, children, *by, door),
            Fact::Walked { session, children, walker, place, into } => {
                self.walked(*session, children, *walker, place, *into)
            }
            Fact::WentOut { session, people, door, out } => self.went_out(*session, people, door, out),
            Fact::WrongChild { session, child, door } => self.wrong_child(*session, *child, door),
            Fact::Home { session, children, said_by } => self.home(*session, children, *said_by),
            Fact::HandedOver { session, children, basis, door } => self.handed_over(*session, children, basis, door),
            Fact::Moved { session, people, place } => self.went_to(*session, people, place),
            Fact::Given { session, children, carer } => self.given(*session, children, *carer),
            Fact::Joined { session, person } => self.joined(*session, *person),
            Fact::WentOn { session } => self.went_on(*session),
        }
    }

    fn sides_met(self, session: SessionId, place: &Code) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        let against = if session.keeps_apart() { vec![Rule::KeepApart] } else { Vec::new() };
        let event = DoorEvent::SidesMet { session: session.id(), place: place.clone() };
        let mut drafts = vec![self.door_against(session, self.stamp.at, event, against)];
        drafts.extend(note::raised_with_kind(self, session, Some(place.clone()), "METX"));
        Ok(drafts)
    }

    fn walked_in(self, session: SessionId, person: PersonId, door: &Code, place: &Code) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        let member = session.member(person).ok_or(Refusal::Unknown)?;
        let mut against = Vec::new();
        let at = self.fact_time(person);
        let stay = Stay { from: at, until: None, place: Some(place), door: Some(door) };
        if self.day.free(person, &stay).is_err() {
            against.push(Rule::KeepApart);
        }
        if super::journey::gap(self, session, &[person], at).is_err() {
            against.push(Rule::Gap);
        }
        if session.is_suspended() || session.cancelled.is_some() {
            against.push(Rule::Gate);
        }
        if member.standing == crate::domain::case::Standing::NotPermitted {
            against.push(Rule::Listed);
        }
        let carer = if member.is_child() { letin::carer_of(self, session, &[person], None) } else { None };
        if member.is_child() && carer.is_none() {
            against.push(Rule::OneResponsibleAdult);
        }
        if self.leaves_no_child_out(&[person]).is_err() {
            against.push(Rule::OneResponsibleAdult);
        }
        self.push_if_backwards(&mut against, person);
        if session.of(person).is_some_and(|a| a.is_in()) {
            against.push(Rule::TimesForward);
        }
        against.dedup();
        let event = letin::came(session, person, door, place, carer);
        let noted = !against.is_empty();
        let mut drafts = vec![self.door_against(session, at, event, against)];
        if noted {
            drafts.extend(note::raised_with_kind(self, session, Some(place.clone()), "UNAU"));
        }
        Ok(drafts)
    }

    fn left(self, session: SessionId, person: PersonId, door: &Code, leaving: Leaving) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        let member = session.member(person).ok_or(Refusal::Unknown)?;
        // A child does not leave as an adult does: somebody took them, or they are missing.
        if member.is_child() {
            return self.taken(session.id(), &[person], None, door);
        }
        let party = member.party();
        let at = self.fact_time(person);
        let mut against = Vec::new();
        if leaving != Leaving::Unseen && self.day.hold(session, party).holds_at(at) {
            against.push(Rule::Hold);
        }
        if !self.day.in_care_of(Carer::Adult(person)).is_empty() {
            against.push(Rule::OneResponsibleAdult);
        }
        self.push_if_backwards(&mut against, person);
        let here = |a: &Attendance| matches!(a.presence(), Presence::In(_) | Presence::Out(_));
        if !self.by_any_case(person, here) && !against.contains(&Rule::TimesForward) {
            against.push(Rule::TimesForward);
        }
        let noted = !against.is_empty();
        let event = DoorEvent::AdultLeft { session: session.id(), person, door: door.clone(), leaving };
        let mut drafts = vec![self.door_against(session, at, event, against)];
        if noted {
            drafts.extend(note::raised_with_kind(self, session, None, "COND"));
        }
        Ok(drafts)
    }

    fn collected(self, session: SessionId, child: PersonId, by: PersonId, door: &Code) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        session.member(child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
        if session.member(by).is_some_and(Member::is_child) {
            return Err(Refusal::Unknown);
        }
        let listed = session.member(by).is_some_and(|m| m.collects);
        let mut against = if listed { Vec::new() } else { vec![Rule::CheckedCollector] };
        self.push_if_backwards(&mut against, child);
        let basis = Basis::Listed(by);
        let event =
            DoorEvent::ChildLeft { session: session.id(), child, door: door.clone(), basis, leaving: Leaving::Unseen };
        let mut drafts = vec![self.door_against(session, self.fact_time(child), event, against)];
        if session.member(by).is_some() && self.by_any_case(by, Attendance::is_in) {
            let (session_id, door) = (session.id(), door.clone());
            let event = DoorEvent::AdultLeft { session: session_id, person: by, door, leaving: Leaving::WithChild };
            let against = self.left_behind(by, &[child]);
            drafts.push(self.door_against(session, self.fact_time(by), event, against));
        }
        Ok(drafts)
    }

    fn taken(
        self,
        session: SessionId,
        children: &[PersonId],
        by: Option<PersonId>,
        door: &Code,
    ) -> Result<Vec<Draft>, Refusal> {
        let session = self.session(session)?;
        if children.is_empty() {
            return Err(Refusal::Nobody);
        }
        if by.and_then(|by| session.member(by)).is_some_and(Member::is_child) {
            return Err(Refusal::Unknown);
        }
        let mut drafts = Vec::new();
        for child in children {
            session.member(*child).filter(|m| m.is_child()).ok_or(Refusal::Unknown)?;
            let mut against = vec![Rule::CheckedCollector];
            self.push_if_backwards(&mut against, *child);
            self.push_if_not_here(&mut against, session, *child);
            let (door, basis) = (door.clone(), Basis::TakenWithoutUs { by });
            let event =
                DoorEvent::ChildLeft { session: session.id(), child: *child, door, basis, leaving: Leaving::Seen };
            drafts.push(self.door_against(session, self.fact_time(*child), event, against));
        }
        if let Some(by) = by.filter(|by| session.member(*by).is_some() && self.by_any_case(*by, Attendance::is_in)) {
            let (session_id, door) = (session.id(), door.clone());
            let event = DoorEvent::AdultLeft { session: session_id, person: by, door, leaving: Leaving::Seen };
            let against = self.left_behind(by, children);
            drafts.push(self.door_against(session, self.fact_time(by), event, against));
        }
        drafts.extend(note::raised_with_kind(self, session, None, "ABDU"));
        Ok(drafts)
    }

    /// So it is of somebody, in this case or in another of today.
    fn by_any_case(self, person: PersonId, is: impl Fn(&Attendance) -> bool) -> bool {
        self.day.sessions.iter().filter_map(|s| s.of(person)).any(is)
    }

    /// Whoever went with these children had others, who are still here.
    fn left_behind(self, adult: PersonId, went: &[PersonId]) -> Vec<Rule> {
        let stay = going::has_another(self.day, Carer::Adult(adult), went);
        if stay { vec![Rule::OneResponsibleAdult] } else { Vec::new() }
    }

    /// A time that nobody set back is never before what is known of the person; one that was set back stands.
    pub(super) fn fact_time(self, person: PersonId) -> Moment {
        let last = self.day.last_seen(person).filter(|_| self.stamp.at == self.stamp.now);
        last.map_or(self.stamp.at, |last| last.max(self.stamp.at))
    }

    /// By the book the child was not here, nor out: the entry that is missing comes before this one.
    pub(super) fn push_if_not_here(self, against: &mut Vec<Rule>, session: &Session, child: PersonId) {
        let here = |a: &Attendance| matches!(a.presence(), Presence::In(_) | Presence::Out(_));
        if session.of(child).is_none_or(|a| !here(a)) && !against.contains(&Rule::TimesForward) {
            against.push(Rule::TimesForward);
        }
    }

    pub(super) fn push_if_backwards(self, against: &mut Vec<Rule>, person: PersonId) {
        if self.day.last_seen(person).is_some_and(|last| last > self.fact_time(person)) {
            against.push(Rule::TimesForward);
        }
    }
}

/// The place where a session's people most likely are: of its marked row.
pub(super) fn place_of(session: &Session) -> Option<Code> {
    let child = session.children().find_map(|(_, a)| a.place());
    child.or_else(|| session.all().find_map(|(_, a)| a.place())).cloned()
}

//! What a coordinator changes on file at the desk: who must not meet, families that must not, one person listed twice.
//! What changes while the day is open holds for today's sessions too, of every case that it touches.

use std::collections::BTreeSet;

use crate::domain::case::CaseFile;
use crate::domain::decide::{Desk, FileAct};
use crate::domain::event::{By, CaseEvent, CentreEvent, DoorEvent, Draft, Event, FileRef, Source};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::pairs::Mark;
use crate::domain::policy::{Policy, Power};
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;
use crate::domain::text::Text;

impl<'a> Desk<'a> {
    pub(super) fn file(self, act: &FileAct) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::Files)?;
        let why = |why: &Text| if why.is_empty() { Err(Refusal::NoWords) } else { Ok(why.clone()) };
        let events = match act {
            FileAct::KeepApart { case, one, other, why } => self.keep_apart(*case, (*one, *other), why.clone())?,
            FileAct::CloseApart { case, one, other, why: text } => {
                self.close_apart(*case, (*one, *other), why(text)?)?
            }
            FileAct::FamiliesApart { case, other, why } => self.families_apart(*case, *other, why.clone())?,
            FileAct::CloseFamilies { case, other, why: text } => self.close_families(*case, *other, why(text)?)?,
            FileAct::Merge { gone, into } => return self.merge(*gone, *into),
            FileAct::Instruct { case, instruction } => return self.instruct(*case, instruction),
            FileAct::Withdraw { case, instruction } => return self.withdraw(*case, *instruction),
        };
        Ok(self.with_today(events))
    }

    pub(super) fn case(self, case: CaseId) -> Result<&'a CaseFile, Refusal> {
        self.register.cases.get(&case).ok_or(Refusal::Unknown)
    }

    /// An entry of a case file, outside the day.
    pub(super) fn on_file(self, case: CaseId, event: CaseEvent) -> Draft {
        Draft { day: None, ..self.draft(FileRef::Case(case), self.stamp.now, Event::Case(event)) }
    }

    /// The entries on file, and what they change for whoever is on today's list: nothing else of a frozen day changes.
    fn with_today(self, events: Vec<(CaseId, CaseEvent)>) -> Vec<Draft> {
        let people = self.people_today();
        let before = self.register.apart_among(&people);
        let after = self.files_after(&events).apart_among(&people);
        let mut drafts: Vec<Draft> = events.into_iter().map(|(case, event)| self.on_file(case, event)).collect();
        for (one, other) in after.difference(&before) {
            drafts.extend(self.set_today(*one, *other, true));
        }
        for (one, other) in before.difference(&after) {
            drafts.extend(self.set_today(*one, *other, false));
        }
        drafts
    }

    /// What the files would say.
    fn files_after(self, events: &[(CaseId, CaseEvent)]) -> Register {
        let mut files = self.register.files_only();
        let mark = Mark { at: self.stamp.now, by: By::Staff(self.stamp.by), why: None };
        events.iter().for_each(|(_, event)| files.fold_file(event, &mark));
        files
    }

    fn people_today(self) -> BTreeSet<PersonId> {
        self.day.sessions.iter().flat_map(|s| &s.plan.people).map(|m| m.person).collect()
    }

    /// In each of today's sessions that has either; after the signature too, for the day may be reopened.
    fn set_today(self, one: PersonId, other: PersonId, apart: bool) -> Vec<Draft> {
        let theirs = self.day.sessions.iter().filter(|s| s.member(one).is_some() || s.member(other).is_some());
        let set = theirs.map(|session| {
            let event = DoorEvent::ApartSet { session: session.id(), one, other, apart };
            self.door(session, self.stamp.now, event)
        });
        set.collect()
    }

    /// The two ids that stay, of two people who are on some file, one of them on this one.
    fn pair(self, case: CaseId, (one, other): (PersonId, PersonId)) -> Result<(PersonId, PersonId), Refusal> {
        let file = self.case(case)?;
        let (one, other) = (self.register.pairs.stays(one), self.register.pairs.stays(other));
        let known = |person| self.register.cases_of(person).next().is_some();
        let of_this = file.people.iter().any(|m| m.person == one || m.person == other);
        if one == other || !known(one) || !known(other) || !of_this {
            return Err(Refusal::Unknown);
        }
        Ok((one, other))
    }

    /// Two people must not meet. Of two cases it is two entries, one in each file, each holding the other by id only.
    fn keep_apart(
        self,
        case: CaseId,
        pair: (PersonId, PersonId),
        why: Option<Text>,
    ) -> Result<Vec<(CaseId, CaseEvent)>, Refusal> {
        let (one, other) = self.pair(case, pair)?;
        if self.register.pairs.is_open(one, other) {
            return Err(Refusal::PairAsItIs);
        }
        let mut files = vec![case];
        for person in [one, other] {
            let in_one = |c: &CaseId| self.register.cases.get(c).is_some_and(|f| has(f, person));
            if !files.iter().any(in_one) {
                files.extend(self.register.cases_of(person).next().map(|f| f.head.case));
            }
        }
        let why = why.filter(|w| !w.is_empty());
        Ok(files.into_iter().map(|case| (case, CaseEvent::KeptApart { case, one, other, why: why.clone() })).collect())
    }

    /// They may meet again: in every file that says otherwise.
    fn close_apart(
        self,
        case: CaseId,
        pair: (PersonId, PersonId),
        why: Text,
    ) -> Result<Vec<(CaseId, CaseEvent)>, Refusal> {
        let (one, other) = self.pair(case, pair)?;
        let history = self.register.pairs.history(one, other);
        let open = history.iter().find(|s| s.is_open()).ok_or(Refusal::PairAsItIs)?;
        let closed = |case: &CaseId| {
            let (case, why) = (*case, Some(why.clone()));
            (case, CaseEvent::ApartClosed { case, one, other, why })
        };
        Ok(open.files.iter().map(closed).collect())
    }

    /// The two families, each by the other's id only.
    fn families_apart(
        self,
        case: CaseId,
        other: CaseId,
        why: Option<Text>,
    ) -> Result<Vec<(CaseId, CaseEvent)>, Refusal> {
        let (_, _) = (self.case(case)?, self.case(other)?);
        if case == other {
            return Err(Refusal::Unknown);
        }
        if self.register.families.is_open(case, other) {
            return Err(Refusal::PairAsItIs);
        }
        let why = why.filter(|w| !w.is_empty());
        let apart =
            |(case, other): (CaseId, CaseId)| (case, CaseEvent::FamiliesApart { case, other, why: why.clone() });
        Ok([(case, other), (other, case)].map(apart).to_vec())
    }

    fn close_families(self, case: CaseId, other: CaseId, why: Text) -> Result<Vec<(CaseId, CaseEvent)>, Refusal> {
        if !self.register.families.is_open(case, other) {
            return Err(Refusal::PairAsItIs);
        }
        let why = Some(why);
        let closed =
            |(case, other): (CaseId, CaseId)| (case, CaseEvent::FamiliesApartClosed { case, other, why: why.clone() });
        Ok([(case, other), (other, case)].map(closed).to_vec())
    }

    /// In each case that had the id which is given up. Today both ids stand on frozen lists: whoever must not meet the
    /// one must not meet the other either, until the day is over. Nothing that holds today is lifted.
    fn merge(self, gone: PersonId, into: PersonId) -> Result<Vec<Draft>, Refusal> {
        let stays = |person| self.register.pairs.stays(person);
        if stays(gone) != gone || stays(into) != into {
            return Err(Refusal::Unknown);
        }
        // That they may meet takes a reason of its own, given first.
        if self.register.pairs.is_open(gone, into) {
            return Err(Refusal::KeptApart);
        }
        let cases: Vec<&CaseFile> = self.register.cases_of(gone).collect();
        if gone == into || cases.is_empty() || self.register.cases_of(into).next().is_none() {
            return Err(Refusal::Unknown);
        }
        let side = |file: &CaseFile, person| file.people.iter().find(|m| m.person == person).map(|m| m.side);
        let on_two_sides = |f: &&CaseFile| side(f, gone).zip(side(f, into)).is_some_and(|(one, other)| one != other);
        if cases.iter().any(on_two_sides) {
            return Err(Refusal::TwoSides);
        }
        let merged = |f: &CaseFile| (f.head.case, CaseEvent::PersonMerged { case: f.head.case, gone, into });
        let events: Vec<(CaseId, CaseEvent)> = cases.into_iter().map(merged).collect();
        let others = self.apart_of_either(gone, into, &events);
        let mut drafts: Vec<Draft> = events.into_iter().map(|(case, event)| self.on_file(case, event)).collect();
        for other in others {
            for own in [gone, into].into_iter().filter(|own| !self.day.apart_from(*own).contains(&other)) {
                drafts.extend(self.set_today(own, other, true));
            }
        }
        Ok(drafts)
    }

    /// Whom either of two ids must not meet: by today's lists, by the files, and by the files once they are one.
    fn apart_of_either(self, gone: PersonId, into: PersonId, events: &[(CaseId, CaseEvent)]) -> BTreeSet<PersonId> {
        let mut people = self.people_today();
        people.extend([gone, into]);
        let files = self.files_after(events);
        let pairs = self.register.apart_among(&people).into_iter().chain(files.apart_among(&people));
        let own = |id: PersonId| id == gone || id == into;
        let mut all: BTreeSet<PersonId> =
            pairs.flat_map(|(a, b)| [own(a).then_some(b), own(b).then_some(a)]).flatten().collect();
        all.extend([gone, into].into_iter().flat_map(|id| self.day.apart_from(id)));
        all.retain(|id| !own(*id));
        all
    }

    /// A new version of the policy: it holds from the next day opened.
    pub(super) fn set_policy(self, policy: &Policy) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::SetPolicy)?;
        let held = self.register.policy();
        if let Some(fault) = policy.fault_after(&held) {
            return Err(Refusal::Policy(fault));
        }
        let next = Policy { version: held.version.saturating_add(1), ..policy.clone() };
        if (Policy { version: held.version, ..next.clone() }) == *held {
            return Err(Refusal::AlreadySo);
        }
        let event = Event::Centre(CentreEvent::PolicySet(Box::new(next)));
        Ok(vec![Draft { day: None, source: Source::Desk, ..self.draft(FileRef::Centre, self.stamp.now, event) }])
    }
}

fn has(file: &CaseFile, person: PersonId) -> bool {
    file.people.iter().any(|m| m.person == person)
}

//! What a coordinator changes at the desk: who must not meet, instructions, the policy. What changes while the day is
//! open holds for today's sessions too.

use crate::domain::case::{CaseFile, Instruction};
use crate::domain::decide::{Desk, FileAct};
use crate::domain::event::{CaseEvent, CentreEvent, DoorEvent, Draft, Event, FileRef, Source};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::policy::{Policy, Power};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;

impl<'a> Desk<'a> {
    pub(super) fn file(self, act: &FileAct) -> Result<Vec<Draft>, Refusal> {
        self.needs(Power::Files)?;
        match act {
            FileAct::KeepApart { case, one, other, why } => self.keep_apart(*case, *one, *other, why.clone()),
            FileAct::CloseApart { case, one, other, why } => self.close_apart(*case, *one, *other, why),
            FileAct::FamiliesApart { case, other, why } => self.families_apart(*case, *other, why.clone()),
            FileAct::CloseFamilies { case, other, why } => self.close_families(*case, *other, why),
            FileAct::Merge { gone, into } => self.merge(*gone, *into),
            FileAct::Instruct { case, instruction } => self.instruct(*case, instruction),
            FileAct::Withdraw { case, instruction } => {
                let file = self.case(*case)?;
                file.instructions.iter().find(|i| i.id == *instruction).ok_or(Refusal::Unknown)?;
                let (case, instruction) = (*case, *instruction);
                let event = CaseEvent::InstructionWithdrawn { case, instruction };
                let today = |session| DoorEvent::InstructionLifted { session, instruction };
                Ok(self.on_file(case, event).into_iter().chain(self.today(case, today)).collect())
            }
        }
    }

    fn case(self, case: CaseId) -> Result<&'a CaseFile, Refusal> {
        self.register.cases.get(&case).ok_or(Refusal::Unknown)
    }

    /// An entry of a case file, outside the day.
    fn on_file(self, case: CaseId, event: CaseEvent) -> Vec<Draft> {
        vec![Draft { day: None, ..self.draft(FileRef::Case(case), self.stamp.now, Event::Case(event)) }]
    }

    /// The same for each of today's sessions of the case.
    fn today(self, case: CaseId, event: impl Fn(crate::domain::ids::SessionId) -> DoorEvent) -> Vec<Draft> {
        let sessions = self.day.sessions.iter().filter(|s| s.plan.case == case && !self.day.is_signed());
        sessions.map(|s| self.door(s, self.stamp.now, event(s.id()))).collect()
    }

    fn keep_apart(
        self,
        case: CaseId,
        one: PersonId,
        other: PersonId,
        why: Option<Text>,
    ) -> Result<Vec<Draft>, Refusal> {
        let file = self.case(case)?;
        let known = |person| self.register.cases_of(person).next().is_some();
        if one == other || !known(one) || !known(other) {
            return Err(Refusal::Unknown);
        }
        if file.keeps_apart(one, other) {
            return Err(Refusal::PairAsItIs);
        }
        let mut drafts = self.on_file(case, CaseEvent::KeptApart { case, one, other, why });
        drafts.extend(self.today(case, |session| DoorEvent::ApartSet { session, one, other, apart: true }));
        Ok(drafts)
    }

    fn close_apart(self, case: CaseId, one: PersonId, other: PersonId, why: &Text) -> Result<Vec<Draft>, Refusal> {
        if !self.case(case)?.keeps_apart(one, other) {
            return Err(Refusal::PairAsItIs);
        }
        if why.is_empty() {
            return Err(Refusal::NoReason);
        }
        let mut drafts = self.on_file(case, CaseEvent::ApartClosed { case, one, other, why: Some(why.clone()) });
        drafts.extend(self.today(case, |session| DoorEvent::ApartSet { session, one, other, apart: false }));
        Ok(drafts)
    }

    fn families_apart(self, case: CaseId, other: CaseId, why: Option<Text>) -> Result<Vec<Draft>, Refusal> {
        let (_, _) = (self.case(case)?, self.case(other)?);
        Ok(self.on_file(case, CaseEvent::FamiliesApart { case, other, why }))
    }

    fn close_families(self, case: CaseId, other: CaseId, why: &Text) -> Result<Vec<Draft>, Refusal> {
        if why.is_empty() {
            return Err(Refusal::NoReason);
        }
        Ok(self.on_file(case, CaseEvent::FamiliesApartClosed { case, other, why: Some(why.clone()) }))
    }

    /// In each case that either is in.
    fn merge(self, gone: PersonId, into: PersonId) -> Result<Vec<Draft>, Refusal> {
        if gone == into || self.register.cases_of(into).next().is_none() {
            return Err(Refusal::Unknown);
        }
        let cases: Vec<CaseId> = self.register.cases_of(gone).map(|c| c.head.case).collect();
        if cases.is_empty() {
            return Err(Refusal::Unknown);
        }
        let merged = |case| self.on_file(case, CaseEvent::PersonMerged { case, gone, into });
        Ok(cases.into_iter().flat_map(merged).collect())
    }

    fn instruct(self, case: CaseId, instruction: &Instruction) -> Result<Vec<Draft>, Refusal> {
        self.case(case)?;
        if instruction.words.is_empty() {
            return Err(Refusal::NoReason);
        }
        let boxed = || Box::new(instruction.clone());
        let mut drafts = self.on_file(case, CaseEvent::InstructionGiven { case, instruction: boxed() });
        drafts.extend(self.today(case, |session| DoorEvent::InstructionSet { session, instruction: boxed() }));
        Ok(drafts)
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

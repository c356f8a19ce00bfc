//! What an import asks of the register: a case file at a time, read as it is asked for, so that an import of any size
//! needs little memory.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::book::ReadFault;
use crate::domain::case::CaseFile;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::past::Want;
use crate::domain::policy::Policy;
use crate::domain::register::Register;
use crate::import;
use crate::run::open::Opened;

/// What is on file, behind a book that is open to be read.
#[derive(Debug)]
pub struct OnFile {
    policy: Arc<Policy>,
    /// Who must not meet, and who was listed twice; no case file.
    register: Register,
    /// Which case files there are; `None`: the register holds them all.
    cases: Option<BTreeSet<CaseId>>,
    opened: RefCell<Opened>,
    fault: RefCell<Option<ReadFault>>,
}

impl OnFile {
    /// Of an open register.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(mut opened: Opened) -> Result<Self, ReadFault> {
        opened.apart()?;
        let cases = opened.cases()?;
        let register = opened.register.clone();
        let policy = register.policy();
        Ok(Self { policy, register, cases, opened: RefCell::new(opened), fault: RefCell::new(None) })
    }

    /// A file could not be read: nothing may be written by what was answered since.
    ///
    /// # Errors
    /// Why.
    pub fn is_sound(&self) -> Result<(), ReadFault> {
        self.fault.borrow().clone().map_or(Ok(()), Err)
    }

    fn read(&self, case: CaseId) -> Option<CaseFile> {
        let mut opened = self.opened.borrow_mut();
        if let Err(fault) = opened.bring(&Want::Case(case)) {
            *self.fault.borrow_mut() = Some(fault);
            return None;
        }
        opened.register.cases.remove(&case)
    }
}

impl import::Known for OnFile {
    fn policy(&self) -> &Policy {
        &self.policy
    }

    fn case(&self, id: CaseId) -> Option<Cow<'_, CaseFile>> {
        match &self.cases {
            None => self.register.cases.get(&id).map(Cow::Borrowed),
            Some(cases) => cases.contains(&id).then(|| self.read(id)).flatten().map(Cow::Owned),
        }
    }

    fn stays(&self, person: PersonId) -> PersonId {
        self.register.pairs.stays(person)
    }

    fn may_meet_again(&self, one: PersonId, other: PersonId) -> bool {
        self.register.pairs.may_again(one, other)
    }
}

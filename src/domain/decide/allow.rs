//! One act that somebody with the power allows past the rules, and a line of the paper sheet entered afterwards.
//!
//! Both run every rule again. An allowance waives the rules that its giver may waive, and no other; a paper line is a
//! fact where a rule would have refused it, and names what it goes against.

use std::collections::BTreeSet;

use crate::domain::codes::{How, Rule};
use crate::domain::decide::{Allowance, Command, Desk, Fact, Permission, Record};
use crate::domain::event::{Basis, DoorEvent, Draft, OutFor, Source};
use crate::domain::ids::SessionId;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn allowed(self, asked: &Allowance) -> Result<Vec<Draft>, Refusal> {
        let session = asked.permission.session().ok_or(Refusal::NotToAllow)?;
        self.known_reason(&asked.why)?;
        if let Permission::HandOver { basis: Basis::Verified { .. }, .. } = &asked.permission {
            return Err(Refusal::NeverByName);
        }
        let mut waived = BTreeSet::new();
        let drafts = loop {
            let desk = Desk { waived: &waived, ..self };
            match desk.may(&asked.permission) {
                Ok(drafts) => break drafts,
                Err(refusal) => {
                    let rule = self.may_waive(asked, &refusal)?;
                    if !waived.insert(rule) {
                        return Err(refusal);
                    }
                }
            }
        };
        if waived.is_empty() {
            return Err(Refusal::NotToAllow);
        }
        let session = self.session(session)?;
        let rules: Vec<Rule> = waived.iter().copied().collect();
        let (by, how, why) = (asked.by, asked.how, asked.why.clone());
        let at = drafts.iter().map(|d| d.occurred_at).min().unwrap_or(self.stamp.at);
        let mut all = vec![self.door(session, at, DoorEvent::Allowed { session: session.id(), rules, by, how, why })];
        all.extend(drafts);
        Ok(all)
    }

    /// The rule of a refusal, if this person may waive it.
    fn may_waive(self, asked: &Allowance, refusal: &Refusal) -> Result<Rule, Refusal> {
        let (Some(rule), Some(power)) = (refusal.rule(), refusal.power()) else { return Err(refusal.clone()) };
        let known = self.register.team.get(&asked.by).filter(|c| !c.left);
        if known.is_none_or(|c| !self.day.policy.may(c.role, power)) {
            return Err(Refusal::MayNotAllow(asked.by));
        }
        if asked.how == How::Here && !self.day.on_shift(asked.by) {
            return Err(Refusal::NotOnShift(asked.by));
        }
        Ok(rule)
    }

    /// A check that may have been waived.
    pub(super) fn pass(self, check: Result<(), Refusal>) -> Result<(), Refusal> {
        match check {
            Err(refusal) if refusal.rule().is_some_and(|rule| self.waived.contains(&rule)) => Ok(()),
            other => other,
        }
    }

    /// A line of the paper sheet: allowed by the rules as they were at the time, else a fact that names them.
    pub(super) fn paper(self, sheet: u32, line: u32, says: &Command) -> Result<Vec<Draft>, Refusal> {
        let drafts = match says {
            Command::May(permission) => match self.may(permission) {
                Ok(drafts) => drafts,
                Err(refusal) => self.as_facts(permission, &refusal)?,
            },
            Command::Happened(fact) => self.happened(fact)?,
            Command::Write(record) => self.write(record)?,
            _ => return Err(Refusal::Unknown),
        };
        Ok(drafts.into_iter().map(|draft| Draft { source: Source::Paper { sheet, line }, ..draft }).collect())
    }

    /// What a permission that is refused is, if it has happened.
    fn as_facts(self, permission: &Permission, refusal: &Refusal) -> Result<Vec<Draft>, Refusal> {
        let facts = permission.as_facts();
        if facts.is_empty() {
            return Err(refusal.clone());
        }
        let mut drafts = Vec::new();
        for fact in facts {
            drafts.extend(self.happened(&fact)?);
        }
        if let (Some(rule), Some(first)) = (refusal.rule(), drafts.first_mut())
            && !first.against.contains(&rule)
        {
            first.against.push(rule);
        }
        Ok(drafts)
    }
}

impl Permission {
    /// The session that it is about.
    pub fn session(&self) -> Option<SessionId> {
        match self {
            Self::LetIn { session, .. }
            | Self::Walk { session, .. }
            | Self::Move { session, .. }
            | Self::GoOut { session, .. }
            | Self::HandOver { session, .. }
            | Self::LetGo { session, .. }
            | Self::Give { session, .. }
            | Self::TakeOut { session, .. }
            | Self::Resume { session }
            | Self::Connect { session, .. }
            | Self::Cancel { session, .. } => Some(*session),
            Self::StaffOut { .. } => None,
        }
    }

    /// The same as facts: what it is if it has happened.
    pub fn as_facts(&self) -> Vec<Fact> {
        match self.clone() {
            Self::LetIn { session, people, door, place, .. } => {
                let came = |person| Fact::WalkedIn { session, person, door: door.clone(), place: place.clone() };
                people.into_iter().map(came).collect()
            }
            Self::Walk { session, children, walker, place, into } => {
                vec![Fact::Walked { session, children, walker, place, into }]
            }
            Self::GoOut { session, people, door } => {
                vec![Fact::WentOut { session, people, door, out: OutFor::Reachable }]
            }
            Self::HandOver { session, children, basis: Basis::Listed(by), door, .. } => {
                children.into_iter().map(|child| Fact::Collected { session, child, by, door: door.clone() }).collect()
            }
            Self::HandOver { session, children, door, .. } => vec![Fact::Taken { session, children, by: None, door }],
            Self::LetGo { session, people, door } => {
                let left = |person| Fact::Left { session, person, door: door.clone(), seen: true };
                people.into_iter().map(left).collect()
            }
            Self::TakeOut { session, children, adult, journey, door } => {
                let (until, to, number, worker) = (journey.until, journey.to, journey.number, journey.worker);
                let out = OutFor::WithVisiting { adult, until, to, number, worker };
                let people = children.into_iter().chain([adult]).collect();
                vec![Fact::WentOut { session, people, door, out }]
            }
            Self::Give { .. }
            | Self::Move { .. }
            | Self::Resume { .. }
            | Self::Connect { .. }
            | Self::Cancel { .. }
            | Self::StaffOut { .. } => Vec::new(),
        }
    }
}

impl Record {
    /// It can only be while people are here: not after the day was signed.
    pub(super) fn is_of_the_moment(&self) -> bool {
        matches!(
            self,
            Self::EndEarly { .. }
                | Self::Keep { .. }
                | Self::Pause { .. }
                | Self::TenMinutes { .. }
                | Self::Supervisor { .. }
                | Self::Disconnect { .. }
                | Self::KeepThing { .. }
        )
    }

    /// It is about how contact goes (`course`), or about the desk (`desk`); else about who comes and goes.
    pub(super) fn is_of_course(&self) -> bool {
        matches!(
            self,
            Self::Supervisor { .. }
                | Self::Pause { .. }
                | Self::TenMinutes { .. }
                | Self::Owe { .. }
                | Self::Report { .. }
                | Self::Disconnect { .. }
        )
    }
}

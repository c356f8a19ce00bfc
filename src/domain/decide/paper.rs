//! A line of the paper sheet, entered afterwards: every rule is run again as it was at the time. What a rule would have
//! refused has happened; the entry names what it goes against.

use std::collections::BTreeSet;

use crate::domain::codes::Rule;
use crate::domain::decide::{Command, Desk, Permission};
use crate::domain::event::{Draft, Event, Source};
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn paper(self, sheet: u32, line: u32, says: &Command) -> Result<Vec<Draft>, Refusal> {
        let drafts = match says {
            Command::May(permission) => self.as_written(permission)?,
            Command::Happened(fact) => self.happened(fact)?,
            Command::Write(record) => self.write(record)?,
            _ => return Err(Refusal::Unknown),
        };
        Ok(drafts.into_iter().map(|draft| Draft { source: Source::Paper { sheet, line }, ..draft }).collect())
    }

    /// What the paper says was done, with each rule that it goes against; where the rules have no words for it, the bare
    /// facts.
    fn as_written(self, permission: &Permission) -> Result<Vec<Draft>, Refusal> {
        if matches!(permission, Permission::Cancel { .. } | Permission::StaffOut { .. }) {
            return self.may(permission);
        }
        let then = self.day.as_at(self.stamp.at);
        let set_back = self.stamp.at < self.stamp.now;
        let mut against = BTreeSet::new();
        let drafts = loop {
            let waived = against.clone();
            let desk = Desk { day: if set_back { &then } else { self.day }, waived: &waived, ..self };
            let written = desk.permit(permission, self.day);
            match written.and_then(|drafts| desk.contact_may_be(&drafts).map(|()| drafts)) {
                Ok(drafts) => break drafts,
                Err(refusal) => match refusal.rule() {
                    Some(rule) if against.insert(rule) => {}
                    _ => return self.as_facts(permission, &refusal),
                },
            }
        };
        // Whatever else the day goes against by it that it did not before.
        against.extend(self.added(&drafts).into_iter().map(|breach| breach.rule));
        if self.day.is_signed() {
            against.insert(Rule::Signed);
        }
        Ok(against_all(drafts, &against))
    }

    /// What a permission that is refused is, if it has happened. Each rule that it goes against is a question of the
    /// close; a note beside each would ask the same again.
    fn as_facts(self, permission: &Permission, refusal: &Refusal) -> Result<Vec<Draft>, Refusal> {
        let facts = permission.as_facts();
        if facts.is_empty() {
            return Err(refusal.clone());
        }
        let mut drafts = Vec::new();
        for fact in facts {
            drafts.extend(self.happened(&fact)?);
        }
        drafts.retain(|draft| !matches!(draft.event, Event::Note(_)));
        let signed = self.day.is_signed().then_some(Rule::Signed);
        let rules: BTreeSet<Rule> = refusal.rule().into_iter().chain(signed).collect();
        Ok(against_all(drafts, &rules))
    }
}

/// The first entry of the act names the rules: one question of the close.
fn against_all(mut drafts: Vec<Draft>, rules: &BTreeSet<Rule>) -> Vec<Draft> {
    if let Some(first) = drafts.first_mut() {
        let fresh: Vec<Rule> = rules.iter().copied().filter(|r| !first.against.contains(r)).collect();
        first.against.extend(fresh);
    }
    drafts
}

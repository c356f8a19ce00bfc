//! Instructions at the door (domain.md 3.5): given, changed, withdrawn, on file and at once for today's sessions.

use crate::domain::case::{CaseFile, Instruction};
use crate::domain::codes::{Consent, Flag};
use crate::domain::decide::Desk;
use crate::domain::event::{CaseEvent, DoorEvent, Draft};
use crate::domain::ids::{CaseId, InstructionId, SessionId};
use crate::domain::lobby;
use crate::domain::refusal::Refusal;

impl Desk<'_> {
    /// Given or changed. One whose time has not come holds from its day on, not today.
    pub(super) fn instruct(self, case: CaseId, instruction: &Instruction) -> Result<Vec<Draft>, Refusal> {
        let file = self.case(case)?;
        fit_to_show(file, instruction)?;
        let boxed = || Box::new(instruction.clone());
        let mut drafts = vec![self.on_file(case, CaseEvent::InstructionGiven { case, instruction: boxed() })];
        if instruction.from <= self.day.date {
            drafts.extend(self.today(case, |session| DoorEvent::InstructionSet { session, instruction: boxed() }));
        }
        Ok(drafts)
    }

    pub(super) fn withdraw(self, case: CaseId, instruction: InstructionId) -> Result<Vec<Draft>, Refusal> {
        let file = self.case(case)?;
        file.instructions.iter().find(|i| i.id == instruction).ok_or(Refusal::Unknown)?;
        let lifted = |session| DoorEvent::InstructionLifted { session, instruction };
        let mut drafts = vec![self.on_file(case, CaseEvent::InstructionWithdrawn { case, instruction })];
        drafts.extend(self.today(case, lifted));
        Ok(drafts)
    }

    /// The same for each of today's sessions of the case; after the signature too, for the day may be reopened.
    fn today(self, case: CaseId, event: impl Fn(SessionId) -> DoorEvent) -> Vec<Draft> {
        let sessions = self.day.sessions.iter().filter(|s| s.plan.case == case);
        sessions.map(|s| self.door(s, self.stamp.now, event(s.id()))).collect()
    }
}

/// What to do, never why: no word that a lobby may never read, no surname, and nobody of the other side, where a lobby
/// can see it. A medical fact only with consent that somebody has seen.
fn fit_to_show(file: &CaseFile, instruction: &Instruction) -> Result<(), Refusal> {
    if instruction.words.is_empty() {
        return Err(Refusal::NoWords);
    }
    if instruction.flag == Flag::Medical && instruction.consent != Some(Consent::Seen) {
        return Err(Refusal::NoConsent);
    }
    if !lobby::shows(instruction.flag) {
        return Ok(());
    }
    let words = instruction.words.as_str();
    if let Some(word) = lobby::never(words) {
        return Err(Refusal::LobbyWord(word));
    }
    let named = file.people.iter().find(|m| {
        let other = !m.is_child() && instruction.party != Some(m.party());
        let called = m.known_as.iter().chain([&m.given]);
        lobby::has_name(words, m.family.as_str())
            || (other && called.into_iter().any(|name| lobby::has_name(words, name.as_str())))
    });
    named.map_or(Ok(()), |member| Err(Refusal::NamesOther(member.person)))
}

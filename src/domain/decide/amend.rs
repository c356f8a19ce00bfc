//! About an earlier entry: taking an act back, another time, an answer at the close.

use std::collections::BTreeSet;

use crate::domain::codes::{Moment, Rule};
use crate::domain::day::Day;
use crate::domain::decide::breach::begun_at_the_gate;
use crate::domain::decide::{Amend, Breach, Desk, breaches};
use crate::domain::event::{Amendment, Answer, DayEvent, DoorEvent, Draft, Entry, Event, FileRef};
use crate::domain::ids::{ActId, DeskId, EntryId, StaffId};
use crate::domain::policy::Power;
use crate::domain::refusal::Refusal;
use crate::domain::todo::Check;

/// The last act of this person at this desk that one key may take back: not the day's opening, an import, a note, a
/// sign-off, a change of person.
pub fn last_act(day: &Day, staff: StaffId, desk: DeskId) -> Option<ActId> {
    let mut acts = day.entries.iter().rev().filter(|e| e.is_by(staff, desk)).map(|e| e.act);
    acts.find(|act| !day.undone.contains(act) && can_be_undone(day, *act))
}

/// All entries of an act are of a kind that can be taken back. A note that came with it stays.
fn can_be_undone(day: &Day, act: ActId) -> bool {
    let is_note = |e: &&Entry| matches!(e.event.open(), Some(Event::Note(_)));
    let mut entries = day.entries.iter().filter(|e| e.act == act && !is_note(e)).peekable();
    entries.peek().is_some()
        && entries.all(|e| match e.event.open() {
            // What was changed on file stands there too: it is withdrawn, or closed with a reason, by another change.
            Some(Event::Door(
                DoorEvent::ApartSet { .. } | DoorEvent::InstructionSet { .. } | DoorEvent::InstructionLifted { .. },
            )) => false,
            Some(Event::Door(_)) => true,
            Some(Event::Day(event)) => matches!(
                event,
                DayEvent::StaffCame { .. }
                    | DayEvent::StaffWent { .. }
                    | DayEvent::VisitorCame { .. }
                    | DayEvent::VisitorWent { .. }
            ),
            _ => false,
        })
}

impl Desk<'_> {
    pub(super) fn amend(self, amend: &Amend) -> Result<Vec<Draft>, Refusal> {
        match amend {
            Amend::Undo { act } => self.undo(*act),
            Amend::SetTime { entry, at } => self.set_time(*entry, *at),
            Amend::Answer(answer) => self.answer(*answer),
        }
    }

    fn undo(self, act: ActId) -> Result<Vec<Draft>, Refusal> {
        if self.day.is_signed() {
            return Err(Refusal::Signed);
        }
        if last_act(self.day, self.stamp.by, self.stamp.desk) != Some(act) {
            return Err(Refusal::NothingToUndo);
        }
        let undone = self.drafted(Amendment::Undone { act });
        if !self.added(std::slice::from_ref(&undone)).is_empty() {
            return Err(Refusal::RestsOn);
        }
        Ok(vec![undone])
    }

    /// A correction is a fact: it names what it goes against.
    fn set_time(self, entry: EntryId, at: Moment) -> Result<Vec<Draft>, Refusal> {
        let amended = self.day.entries.iter().find(|e| e.id == entry).ok_or(Refusal::Unknown)?;
        if !amended.is_by(self.stamp.by, self.stamp.desk) {
            self.needs(Power::Correct)?;
        }
        if at > self.stamp.now {
            return Err(Refusal::Future);
        }
        if !matches!(amended.event.open(), Some(Event::Door(_))) {
            return Err(Refusal::Unknown);
        }
        let mut draft = self.drafted(Amendment::TimeSet { entry, at });
        draft.file = amended.file;
        let rules: BTreeSet<Rule> = self.added(std::slice::from_ref(&draft)).into_iter().map(|b| b.rule).collect();
        // After the signature it is a question, whoever may correct: the signed day says something else.
        let signed = self.day.is_signed().then_some(Rule::Signed);
        draft.against = rules.into_iter().chain(signed).collect();
        Ok(vec![draft])
    }

    fn answer(self, answer: Answer) -> Result<Vec<Draft>, Refusal> {
        match answer {
            Answer::Known { .. } => self.needs(Power::Confirm)?,
            Answer::Confirmed { entry } => return self.confirm(answer, entry),
            Answer::Denied { entry } => return self.confirm(answer, entry),
            // Whoever signs may close over a note with a reason: it stays on the coordinator's list.
            Answer::NoteStands { note, why: Some(_) } => {
                self.open_note(note)?;
                self.needs(Power::Sign)?;
            }
            Answer::NoteStands { why: None, .. } => return Err(Refusal::NoReason),
            Answer::Noted { check, .. } if check >= Check::FIRST => self.needs(Power::SeeNotes)?,
            Answer::Noted { .. } => {}
            Answer::CountStands { .. } | Answer::SessionStands { .. } => self.needs(Power::Sign)?,
        }
        Ok(vec![self.drafted(Amendment::Answered(answer))])
    }

    /// Who was named as having allowed it says whether they did; else whoever confirms what others allowed. Where they
    /// did not, what was done went against the rules, and that is a question of its own.
    fn confirm(self, answer: Answer, entry: EntryId) -> Result<Vec<Draft>, Refusal> {
        let allowed = self.day.overrides.iter().find(|o| o.entry == entry).ok_or(Refusal::Unknown)?;
        let said_already = allowed.is_in_person() && allowed.by == self.stamp.by;
        if allowed.confirmed.is_some() || said_already {
            return Err(Refusal::AlreadySo);
        }
        if allowed.by != self.stamp.by {
            self.needs(Power::Confirm)?;
        }
        let against = if matches!(answer, Answer::Denied { .. }) { allowed.rules.clone() } else { Vec::new() };
        Ok(vec![Draft { against, ..self.drafted(Amendment::Answered(answer)) }])
    }

    fn drafted(self, amendment: Amendment) -> Draft {
        self.draft(FileRef::Centre, self.stamp.now, Event::Amend(amendment))
    }

    /// What the day would go against that it does not now.
    pub(super) fn added(self, drafts: &[Draft]) -> Vec<Breach> {
        let before = breaches(self.day);
        let mut after = self.day.clone();
        self.as_entries(drafts).into_iter().for_each(|entry| after.fold(entry));
        let mut added: Vec<Breach> = breaches(&after).difference(&before).copied().collect();
        added.extend(begun_at_the_gate(self.day, &after));
        added
    }
}

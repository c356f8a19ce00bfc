//! What was done with the register, in words: a look into a case file, what was taken out. No name of a family.

use crate::domain::codes::Moment;
use crate::domain::day::Day;
use crate::domain::event::{CentreEvent, Entry, Event, Leaves};
use crate::domain::ids::CaseId;
use crate::domain::register::Register;

impl Entry {
    /// What was done with the register: nothing that happened at the centre.
    pub fn is_use(&self) -> bool {
        matches!(self.event.open(), Some(Event::Centre(_)))
    }
}

impl Day {
    /// When the last of what happened on it happened or was written, whichever is later: to look into a file at a time is
    /// not to be there then.
    pub fn last_entry(&self) -> Option<Moment> {
        let entries = self.entries.iter().filter(|entry| !entry.is_use());
        entries.map(|entry| entry.recorded_at.max(entry.occurred_at)).max()
    }
}

impl Register {
    /// What one of these says, on the day that it was written; `None`: it is none of them.
    pub fn used(&self, day: &Day, event: &CentreEvent) -> Option<String> {
        match event {
            CentreEvent::Viewed { case } => Some(format!("looked at the file of {}", self.family(day, *case))),
            CentreEvent::Exported { what, date, .. } => {
                let of = date.filter(|date| *date != day.date).map(|date| format!(" of {}", date.format("%-d %B %Y")));
                Some(format!("took out {}{}, on paper or as text", leaves(*what), of.unwrap_or_default()))
            }
            _ => None,
        }
    }

    /// `No 4`, or the reference of a family that is not on the day's list.
    fn family(&self, day: &Day, case: CaseId) -> String {
        let no = day.sessions.iter().find(|session| session.plan.case == case).map(|session| session.plan.no);
        match (no, self.cases.get(&case)) {
            (Some(no), _) => format!("No {no}"),
            (None, Some(file)) => file.head.code.to_string(),
            (None, None) => "a family that is not expected".to_owned(),
        }
    }
}

fn leaves(what: Leaves) -> &'static str {
    match what {
        Leaves::Day => "the day",
        Leaves::Log => "the day log",
        Leaves::Roll => "who is in",
        Leaves::Sheets => "the paper sheets",
        Leaves::CaseFile => "a case file",
        Leaves::Salvage => "what was salvaged",
        Leaves::Book => "the whole book, sealed",
    }
}

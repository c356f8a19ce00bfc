//! Entries into a day. Total: an entry that fits nothing changes nothing.
//!
//! Here the order in which entries count; what each does is in `frame` (the day as a whole), `door` (sessions), `person`
//! (one person), `note` (notes and messages).

mod door;
mod frame;
mod note;
mod person;
mod whose;

use crate::domain::codes::Moment;
use crate::domain::day::{Against, Day};
use crate::domain::event::{Amendment, Answer, DayEvent, Entry, Event};
use crate::domain::ids::{EntryId, SessionId};

/// One entry at the time that it happened.
#[derive(Clone, Copy)]
struct Line<'a> {
    entry: &'a Entry,
    at: Moment,
}

/// The part of the day that comes first: its opening, and the expected.
const FRAME: u8 = 0;

impl Day {
    /// Takes one more entry in: at its place in time, if it is a late one.
    pub fn fold(&mut self, entry: Entry) {
        match entry.event.open() {
            Some(Event::Amend(Amendment::Undone { act })) => {
                self.undone.insert(*act);
                self.entries.push(entry);
                self.refold(None);
            }
            Some(Event::Amend(Amendment::TimeSet { entry: amended, at })) => {
                self.times.insert(*amended, *at);
                self.entries.push(entry);
                self.refold(None);
            }
            _ if self.is_late(&entry) => {
                self.entries.push(entry);
                self.refold(None);
            }
            _ => {
                if self.counts(&entry) {
                    let at = self.happened(&entry);
                    self.apply(Line { entry: &entry, at });
                }
                self.entries.push(entry);
            }
        }
    }

    /// Something that it may bear on, already folded, comes after it: no note or answer does, and so a day with a note
    /// in it is not folded again at each arrival.
    fn is_late(&self, entry: &Entry) -> bool {
        match self.order(entry) {
            (FRAME, _) => self.entries.iter().any(|e| self.order(e).0 != FRAME),
            (_, Some(at)) => self.latest.is_some_and(|latest| latest > at),
            (_, None) => false,
        }
    }

    /// The frame of the day first (its opening, the expected), then what happened in order of time; notes and answers
    /// in order of writing, since a later one takes the place of an earlier one whatever the clock did in between. What was
    /// done with the register is nothing that happened at the door.
    fn order(&self, entry: &Entry) -> (u8, Option<Moment>) {
        match entry.event.open() {
            Some(Event::Day(DayEvent::Opened { .. } | DayEvent::SessionExpected(_))) => (FRAME, None),
            Some(Event::Note(_) | Event::Amend(_) | Event::Centre(_)) => (2, None),
            _ => (1, Some(self.happened(entry))),
        }
    }

    /// It was not taken back. A note never is, whatever it came with.
    fn counts(&self, entry: &Entry) -> bool {
        !self.undone.contains(&entry.act) || matches!(entry.event.open(), Some(Event::Note(_)))
    }

    /// The day as it stood at a time, by what is known now.
    pub fn as_at(&self, at: Moment) -> Self {
        let mut day = self.clone();
        day.refold(Some(at));
        day
    }

    /// The day with these entries after all others: sessions and team only, for judging what they would bring about.
    pub(in crate::domain) fn with(&self, entries: &[Entry]) -> Self {
        let mut day = Self::new(self.id, self.date, self.policy.clone());
        day.sessions.clone_from(&self.sessions);
        day.team.clone_from(&self.team);
        entries.iter().for_each(|entry| day.apply(Line { entry, at: entry.occurred_at }));
        day
    }

    /// Folds all entries again, in their order and then in that of writing.
    fn refold(&mut self, until: Option<Moment>) {
        let entries = std::mem::take(&mut self.entries);
        let mut fresh = Self::new(self.id, self.date, self.policy.clone());
        fresh.undone = std::mem::take(&mut self.undone);
        fresh.times = std::mem::take(&mut self.times);
        let mut lines: Vec<((u8, Option<Moment>), Line<'_>)> = entries
            .iter()
            .filter(|e| fresh.counts(e))
            .map(|entry| (fresh.order(entry), Line { entry, at: fresh.happened(entry) }))
            .filter(|((part, _), line)| *part == FRAME || until.is_none_or(|until| line.at <= until))
            .collect();
        lines.sort_by_key(|(order, _)| *order);
        for (_, line) in lines {
            fresh.apply(line);
        }
        fresh.entries = entries;
        *self = fresh;
    }

    fn apply(&mut self, line: Line<'_>) {
        if let (1, at) = self.order(line.entry) {
            self.latest = self.latest.max(at);
        }
        let session = match line.entry.event.open() {
            Some(Event::Day(event)) => {
                self.apply_day(event, line);
                None
            }
            Some(Event::Door(event)) => {
                let id = event.session();
                self.apply_door(event, line);
                Some(id)
            }
            Some(Event::Note(event)) => {
                self.apply_note(event, line);
                None
            }
            Some(Event::Amend(Amendment::Answered(answer))) => {
                self.apply_answer(*answer);
                None
            }
            _ => None,
        };
        if !line.entry.against.is_empty() {
            let rules = line.entry.against.clone();
            let (at, session) = self.denied(line.entry).unwrap_or((line.at, session));
            self.against.push(Against { entry: line.entry.id, at, session, rules });
            self.against.sort_by_key(|a| (a.at, a.entry));
        }
    }

    /// Where the entry says that something was not allowed: when that was, and of which session.
    fn denied(&self, entry: &Entry) -> Option<(Moment, Option<SessionId>)> {
        let Some(Event::Amend(Amendment::Answered(Answer::Denied { entry: of }))) = entry.event.open() else {
            return None;
        };
        self.overrides.iter().find(|o| o.entry == *of).map(|o| (o.at, Some(o.session)))
    }

    fn apply_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Known { entry } => {
                self.known.insert(entry);
            }
            Answer::CountStands { counted } => self.count_stands = Some(counted),
            Answer::NoteStands { note, .. } => {
                if let Some(n) = self.note_mut(note) {
                    n.stands = true;
                }
            }
            Answer::Confirmed { entry } => self.said_of(entry, true),
            Answer::Denied { entry } => self.said_of(entry, false),
            Answer::Noted { about, check } => {
                self.noted.insert((about, check));
            }
            Answer::SessionStands { session } => {
                if let Some(s) = self.sessions.iter_mut().find(|s| s.plan.session == session) {
                    s.stands = true;
                }
            }
        }
    }

    /// What was named as allowed was, or was not.
    fn said_of(&mut self, entry: EntryId, so: bool) {
        if let Some(allowed) = self.overrides.iter_mut().find(|o| o.entry == entry) {
            allowed.confirmed = Some(so);
        }
    }
}

//! Notes and messages for the coordinator.

use super::Line;
use crate::domain::day::{Day, Message, Note};
use crate::domain::event::{Account, NoteEvent, Readers};
use crate::domain::ids::{NoteId, SessionId};
use crate::domain::text::Text;

impl Day {
    pub(super) fn apply_note(&mut self, event: &NoteEvent, line: Line<'_>) {
        match event {
            NoteEvent::Raised { note, no, session, .. } => self.notes.push(raised((*note, *no), *session, line)),
            NoteEvent::Told { note, account, to } => {
                if let Some(n) = self.note_mut(*note) {
                    n.tell(account.open(), *to);
                }
            }
            NoteEvent::Mistaken { note } => {
                if let Some(n) = self.note_mut(*note) {
                    n.mistaken = true;
                }
            }
            NoteEvent::Seen { note } => {
                if let Some(n) = self.note_mut(*note) {
                    n.seen = true;
                }
            }
            NoteEvent::MessageLeft { message, session, kind, words } => self.messages.push(Message {
                id: *message,
                at: line.at,
                by: line.entry.by,
                session: *session,
                kind: kind.clone(),
                words: words.clone(),
                done: None,
            }),
            NoteEvent::MessageDone { message } => {
                if let Some(m) = self.messages.iter_mut().find(|m| m.id == *message) {
                    m.done.get_or_insert(line.at);
                }
            }
        }
    }

    pub(super) fn note_mut(&mut self, note: NoteId) -> Option<&mut Note> {
        self.notes.iter_mut().find(|n| n.id == note)
    }
}

impl Note {
    /// A later telling takes the place of an earlier one; of one that is sealed to others only its readers are known.
    fn tell(&mut self, account: Option<&Account>, to: Readers) {
        self.to = Some(to);
        self.about = account.map(|a| a.about);
        self.kind = account.and_then(|a| a.kind.clone());
        self.words = account.map(|a| a.words.clone()).unwrap_or_default();
        self.paper = account.and_then(|a| a.paper.clone());
        self.mistaken = false;
    }
}

fn raised((id, no): (NoteId, u16), session: Option<SessionId>, line: Line<'_>) -> Note {
    Note {
        id,
        no,
        at: line.at,
        by: line.entry.by,
        session,
        to: None,
        about: None,
        kind: None,
        words: Text::default(),
        paper: None,
        mistaken: false,
        seen: false,
        stands: false,
    }
}

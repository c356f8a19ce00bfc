//! Notes and messages for the coordinator.

use super::Line;
use crate::domain::day::{Day, Message, Note};
use crate::domain::event::NoteEvent;
use crate::domain::ids::{NoteId, SessionId};
use crate::domain::text::Text;

impl Day {
    pub(super) fn apply_note(&mut self, event: &NoteEvent, line: Line<'_>) {
        match event {
            NoteEvent::Raised { note, no, session, .. } => self.notes.push(raised((*note, *no), *session, line)),
            NoteEvent::Told { note, about, kind, words, paper } => {
                if let Some(n) = self.note_mut(*note) {
                    n.about = Some(*about);
                    n.kind.clone_from(kind);
                    n.words = words.clone();
                    n.paper.clone_from(paper);
                    n.mistaken = false;
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

fn raised((id, no): (NoteId, u16), session: Option<SessionId>, line: Line<'_>) -> Note {
    Note {
        id,
        no,
        at: line.at,
        by: line.entry.by,
        session,
        about: None,
        kind: None,
        words: Text::default(),
        paper: None,
        mistaken: false,
        seen: false,
        stands: false,
    }
}

//! Forms of the events of notes for the coordinator.

use crate::domain::event::{About, NoteEvent};
use crate::domain::ids::{CaseId, FileId, NoteId, SessionId, StaffId};
use crate::domain::policy::Code;
use crate::domain::text::Text;

choice!(NoteForm of NoteEvent, tag = "is";
    {
        Raised = "raised" { note: NoteId, no: u16, session: Option<SessionId>, place: Option<Code> },
        Told = "told" { note: NoteId, about: About, kind: Option<Code>, words: Text, paper: Option<Text> },
        Mistaken = "mistaken" { note: NoteId },
        MessageLeft = "message_left" { message: NoteId, session: Option<SessionId>, kind: Code, words: Text },
        MessageDone = "message_done" { message: NoteId },
        Seen = "seen" { note: NoteId },
    }
    new {}
    unit {});

choice!(AboutForm of About;
    {
        Session = "session" { session: SessionId, case: CaseId },
        Worker = "worker" { file: FileId, staff: StaffId },
    }
    new { Nobody = "nobody"(FileId) }
    unit {});

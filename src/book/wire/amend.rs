//! Forms of entries about earlier entries.

use crate::domain::codes::{LeftOpen, Moment};
use crate::domain::event::{Amendment, Answer, Counted};
use crate::domain::ids::{ActId, EntryId, NoteId, SessionId};
use uuid::Uuid;

choice!(AmendForm of Amendment, tag = "is";
    {
        Undone = "undone" { act: ActId },
        TimeSet = "time_set" { entry: EntryId, at: Moment },
    }
    new { Answered = "answered"(Answer) }
    unit {});

choice!(AnswerForm of Answer, tag = "answer";
    {
        Known = "known" { entry: EntryId },
        CountStands = "count_stands" { counted: Counted },
        NoteStands = "note_stands" {
            note: NoteId,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            why: Option<LeftOpen>,
        },
        Confirmed = "confirmed" { entry: EntryId },
        Denied = "denied" { entry: EntryId },
        Noted = "noted" { about: Uuid, check: u8 },
        SessionStands = "session_stands" { session: SessionId },
    }
    new {}
    unit {});

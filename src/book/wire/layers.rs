//! Forms of the two layers of an entry: the shell (who, when, in which file) and the body (what).
//!
//! The shell holds no kind of incident, no list of whom an entry is about, no file name of an import.

use serde::{Deserialize, Serialize};

use super::EventForm;
use super::forms::{Bad, Form, Wire};
use crate::domain::codes::{Moment, Rule};
use crate::domain::event::{By, Entry, Event, FileRef, Readable, Source};
use crate::domain::ids::{ActId, CaseId, DayId, DeskId, EntryId, FileId, StaffId};
use crate::domain::text::Text;

choice!(ByForm of By; {} new { Staff = "staff"(StaffId) } unit { Program = "program" });

choice!(FileForm of FileRef; {}
    new { Staff = "staff"(StaffId), Case = "case"(CaseId), Apart = "apart"(FileId) }
    unit { Centre = "centre" });

choice!(SourceForm of Source;
    {
        Paper = "paper" { sheet: u32, line: u32 },
        Import = "import" { file: Text, line: u32 },
        Outbox = "outbox" { desk: DeskId },
    }
    new {}
    unit { Desk = "desk" });

/// The shell.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShellForm {
    act: Form<ActId>,
    /// The name of the event, so that counts need no body.
    event: String,
    day: Form<Option<DayId>>,
    file: Form<FileRef>,
    occurred_at: Form<Moment>,
    recorded_at: Form<Moment>,
    by: Form<By>,
    desk: Form<DeskId>,
    /// BLAKE3 of the sealed body, in hexadecimal.
    body: String,
}

impl ShellForm {
    /// The shell of an entry whose body has this digest.
    pub fn of(entry: &Entry, event: String, body: String) -> Self {
        Self {
            act: entry.act.form(),
            event,
            day: entry.day.form(),
            file: entry.file.form(),
            occurred_at: entry.occurred_at.form(),
            recorded_at: entry.recorded_at.form(),
            by: entry.by.form(),
            desk: entry.desk.form(),
            body,
        }
    }

    /// The digest of the body that belongs to it.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The entry of both layers. Where the body cannot be read, neither can its source, nor what it goes against.
    ///
    /// # Errors
    /// [`Bad`] names what cannot be read.
    pub fn entry(self, id: EntryId, body: Readable<BodyForm>) -> Result<Entry, Bad> {
        let (source, against, event) = match body {
            Readable::Open(body) => {
                (Wire::read(body.source)?, Wire::read(body.against)?, Readable::Open(Event::read(body.event)?))
            }
            Readable::Closed => (Source::Desk, Vec::new(), Readable::Closed),
            Readable::Gone => (Source::Desk, Vec::new(), Readable::Gone),
        };
        Ok(Entry {
            id,
            act: Wire::read(self.act)?,
            occurred_at: Wire::read(self.occurred_at)?,
            recorded_at: Wire::read(self.recorded_at)?,
            by: Wire::read(self.by)?,
            desk: Wire::read(self.desk)?,
            source,
            against,
            day: Wire::read(self.day)?,
            file: Wire::read(self.file)?,
            event,
        })
    }
}

/// The body.
#[derive(Debug, Serialize, Deserialize)]
pub struct BodyForm {
    source: Form<Source>,
    against: Form<Vec<Rule>>,
    event: EventForm,
}

impl BodyForm {
    /// The body of an entry about an event.
    pub fn of(entry: &Entry, event: &Event) -> Self {
        Self { source: entry.source.form(), against: entry.against.form(), event: event.form() }
    }
}

/// A file as bytes, for its tag and its key: `kind 1 | id 16`.
pub fn file_bytes(file: FileRef) -> [u8; 17] {
    let (kind, id) = match file {
        FileRef::Centre => (0, uuid::Uuid::nil()),
        FileRef::Staff(id) => (1, id.0),
        FileRef::Case(id) => (2, id.0),
        FileRef::Apart(id) => (3, id.0),
    };
    let mut bytes = [kind; 17];
    if let Some(rest) = bytes.last_chunk_mut::<16>() {
        *rest = id.into_bytes();
    }
    bytes
}

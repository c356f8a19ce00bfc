//! The two layers of an entry, the shell (who, when, in which file) and the body (what), and their forms in format 1.
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

/// A shell as an entry has it, in whichever format it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// Shared by all entries of one decision.
    pub act: ActId,
    /// The number of the event; of format 1, which has its name instead, it is not looked up.
    pub event: Option<u16>,
    /// The day that it belongs to.
    pub day: Option<DayId>,
    /// The file that it belongs to.
    pub file: FileRef,
    /// When it happened.
    pub occurred_at: Moment,
    /// When it was written.
    pub recorded_at: Moment,
    /// By whom.
    pub by: By,
    /// At which desk.
    pub desk: DeskId,
    /// BLAKE3 of the stored body.
    pub body: [u8; 32],
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// From where it came.
    pub source: Source,
    /// What it goes against.
    pub against: Vec<Rule>,
    /// What happened.
    pub event: Event,
}

impl Shell {
    /// The entry of both layers. Where the body cannot be read, neither can its source, nor what it goes against.
    pub fn entry(self, id: EntryId, body: Readable<Content>) -> Entry {
        let (source, against, event) = match body {
            Readable::Open(body) => (body.source, body.against, Readable::Open(body.event)),
            Readable::Closed => (Source::Desk, Vec::new(), Readable::Closed),
            Readable::Gone => (Source::Desk, Vec::new(), Readable::Gone),
        };
        Entry {
            id,
            act: self.act,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            by: self.by,
            desk: self.desk,
            source,
            against,
            day: self.day,
            file: self.file,
            event,
        }
    }
}

/// The shell in format 1.
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
    /// BLAKE3 of the stored body, in hexadecimal.
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

    /// As an entry has it.
    ///
    /// # Errors
    /// [`Bad`] names what cannot be read.
    pub fn read(self) -> Result<Shell, Bad> {
        Ok(Shell {
            act: Wire::read(self.act)?,
            event: None,
            day: Wire::read(self.day)?,
            file: Wire::read(self.file)?,
            occurred_at: Wire::read(self.occurred_at)?,
            recorded_at: Wire::read(self.recorded_at)?,
            by: Wire::read(self.by)?,
            desk: Wire::read(self.desk)?,
            body: Wire::read(self.body)?,
        })
    }
}

/// The body in format 1.
#[derive(Debug, Serialize, Deserialize)]
pub struct BodyForm {
    source: Form<Source>,
    against: Form<Vec<Rule>>,
    event: EventForm,
}

impl BodyForm {
    /// The body of an entry about an event.
    pub fn of(entry: &Entry, event: EventForm) -> Self {
        Self { source: entry.source.form(), against: entry.against.form(), event }
    }

    /// Its parts.
    ///
    /// # Errors
    /// [`Bad`] names what cannot be read.
    pub fn parts(self) -> Result<(Source, Vec<Rule>, EventForm), Bad> {
        Ok((Wire::read(self.source)?, Wire::read(self.against)?, self.event))
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

/// The file of those bytes.
pub fn file_of(bytes: [u8; 17]) -> Result<FileRef, Bad> {
    let ([kind], id) = bytes.split_first_chunk().ok_or_else(|| Bad("a file is too short".to_owned()))?;
    let id = uuid::Uuid::from_slice(id).map_err(|fault| Bad(fault.to_string()))?;
    Ok(match kind {
        0 if id.is_nil() => FileRef::Centre,
        1 => FileRef::Staff(StaffId(id)),
        2 => FileRef::Case(CaseId(id)),
        3 => FileRef::Apart(FileId(id)),
        _ => return Err(Bad(format!("there is no kind {kind} of file"))),
    })
}

//! One entry and its row: both layers sealed, linked, tagged; opened, and held against its link.

use super::Placed;
use super::fault::{ReadFault, WriteFault};
use super::wire::{BodyForm, ShellForm, file_bytes, from_json_form, name, to_json};
use crate::domain::event::{Entry, Event, Readable};
use crate::domain::ids::EntryId;
use crate::journal::{self, Body, Digest, Head, Kept, RegisterId, Row, Tag, link};
use crate::vault::{BodyBound, Fault, Keep, Opened, Sealer, ShellBound, TagOf, Whose};

/// Makes rows of entries and entries of rows, for one register.
pub(super) struct Layers {
    register: RegisterId,
    sealer: Box<dyn Sealer>,
}

impl Layers {
    pub(super) fn new(register: RegisterId, sealer: Box<dyn Sealer>) -> Self {
        Self { register, sealer }
    }

    pub(super) fn tag(&self, of: TagOf) -> Tag {
        Tag(self.sealer.tag(of))
    }

    /// The tags of an entry: its day, or where it has none its own id; and its file.
    fn tags(&self, entry: &Entry) -> [Tag; 2] {
        let day = entry.day.map_or(TagOf::NoDay(entry.id.0.into_bytes()), |day| TagOf::Day(day.0.into_bytes()));
        [self.tag(day), self.tag(TagOf::File(file_bytes(entry.file)))]
    }

    /// The row of an entry after the head.
    pub(super) fn row(&self, head: &Head, entry: &Entry) -> Result<Row, WriteFault> {
        let Readable::Open(event) = &entry.event else { return Err(WriteFault::NoEvent) };
        let id = journal::EntryId(entry.id.0.into_bytes());
        let body = self.sealer.seal_body(
            &Whose { file: file_bytes(entry.file), keep: keep(event) },
            &self.body_bound(id),
            &to_json(&BodyForm::of(entry, event)),
        )?;
        // Made once: it stands in the shell, and the link is made over it.
        let digest = link::digest(&body);
        let seq = head.seq.next();
        let shell = self.sealer.seal_shell(
            &ShellBound { register: self.register.0, seq: seq.0, before: head.link.0 },
            &to_json(&ShellForm::of(entry, name(event), hex(digest))),
        )?;
        let tags = self.tags(entry);
        let link = link::join(self.register, seq, head.link, &link::cover(id, &tags, &shell), &digest);
        Ok(Row { id, link, tags, shell, body: Body::Here(body) })
    }

    fn body_bound(&self, id: journal::EntryId) -> BodyBound {
        BodyBound { register: self.register.0, entry: id.0 }
    }

    /// Is the row the next one after this head, and what its link was made over? The head that it makes.
    pub(super) fn follows(&self, head: &Head, kept: &Kept) -> Result<Head, ReadFault> {
        let next = head.seq.next();
        if kept.seq != next {
            return Err(ReadFault::lost(next));
        }
        if kept.before != head.link {
            return Err(ReadFault::damaged(kept.seq, "it does not follow the entry before it"));
        }
        if !kept.holds(self.register) {
            return Err(ReadFault::damaged(kept.seq, NOT_WRITTEN));
        }
        Ok(Head { seq: kept.seq, link: kept.row.link, ..*head })
    }

    /// The entry of a row, held against its own link, its shell, its tags.
    pub(super) fn entry(&self, kept: &Kept) -> Result<Placed, ReadFault> {
        let Kept { seq, before, row } = kept;
        if !kept.holds(self.register) {
            return Err(ReadFault::damaged(*seq, NOT_WRITTEN));
        }
        let told = |fault| ReadFault::of_vault(*seq, fault);
        let bad = |what: String| ReadFault::damaged(*seq, &what);
        let bound = ShellBound { register: self.register.0, seq: seq.0, before: before.0 };
        let Opened::Open(shell) = self.sealer.open_shell(&bound, &row.shell).map_err(told)? else {
            return Err(ReadFault::Locked);
        };
        let shell: ShellForm = from_json_form(&shell).map_err(|fault| bad(fault.0))?;
        if shell.body() != row.body.digest().to_string() {
            return Err(ReadFault::damaged(*seq, "its content is not its own"));
        }
        let body = match &row.body {
            Body::Gone(_) => Readable::Gone,
            Body::Here(sealed) => match self.sealer.open_body(&self.body_bound(row.id), sealed).map_err(told)? {
                Opened::Closed => Readable::Closed,
                Opened::Open(body) => Readable::Open(from_json_form::<BodyForm>(&body).map_err(|fault| bad(fault.0))?),
            },
        };
        let id = EntryId(uuid::Uuid::from_bytes(row.id.0));
        let entry = shell.entry(id, body).map_err(|fault| bad(fault.0))?;
        if self.tags(&entry) != row.tags {
            return Err(ReadFault::damaged(*seq, "it is filed where it does not belong"));
        }
        Ok(Placed { seq: seq.0, entry })
    }
}

/// A digest as a shell has it.
fn hex(digest: Digest) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or_default();
    digest.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

const NOT_WRITTEN: &str = "it is not what was written";

/// How long the key of an event's content is kept: an account of what happened outlives attendance.
fn keep(event: &Event) -> Keep {
    if matches!(event, Event::Note(_)) { Keep::Lasting } else { Keep::Ordinary }
}

impl ReadFault {
    fn of_vault(seq: journal::Seq, fault: Fault) -> Self {
        match fault {
            Fault::TooNew(format) => Self::TooNew { seq: seq.0, format },
            Fault::Damaged | Fault::NoKey | Fault::NoRandom => Self::damaged(seq, &fault.to_string()),
        }
    }
}

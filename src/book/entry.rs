//! One entry and its row: both layers sealed, linked, tagged; opened, and held against its link.
//!
//! In format 1 both layers are JSON; in format 2 they are frames, and what was told of a note is sealed once more, to its
//! readers. Both are read for ever.

use std::sync::Arc;

use super::Placed;
use super::fault::ReadFault;
use super::wire::{
    Bad, BodyForm, Content, EventForm, Shell, ShellForm, codes, file_bytes, frames, from_json_form, read_account,
    read_form,
};
use crate::domain::event::{Entry, Event, NoteEvent, Readable, Readers};
use crate::domain::ids::EntryId;
use crate::journal::{self, Body, Head, Kept, RegisterId, Tag, link};
use crate::vault::{BodyBound, Envelope, FORMAT, Fault, Group, Keep, KeyId, Opened, Sealer, ShellBound, TagOf, wipe};

/// For whom an account about one of the team may be: there is a copy for each, of which one opens.
pub(super) const OF_THE_TEAM: [Group; 3] = [Group::Allegation, Group::Lead, Group::Chair];
/// Rows that are work for two.
const MANY: usize = 256;
/// The key of what is not sealed.
const NOBODY: KeyId = KeyId([0; 16]);

/// Makes rows of entries and entries of rows, for one register.
pub(super) struct Layers {
    pub(super) register: RegisterId,
    pub(super) sealer: Arc<dyn Sealer>,
}

/// A layer, opened as far as it can be.
struct Layer {
    /// Both layers of an entry are frames, or neither.
    frames: bool,
    /// It was not sealed.
    plain: bool,
    opened: Opened,
}

impl Drop for Layer {
    fn drop(&mut self) {
        if let Opened::Open(bytes) = &mut self.opened {
            wipe(bytes);
        }
    }
}

impl Layers {
    pub(super) fn new(register: RegisterId, sealer: Box<dyn Sealer>) -> Self {
        Self { register, sealer: Arc::from(sealer) }
    }

    /// What seals and opens here.
    pub(super) fn sealer(&self) -> Arc<dyn Sealer> {
        Arc::clone(&self.sealer)
    }

    pub(super) fn tag(&self, of: TagOf) -> Tag {
        Tag(self.sealer.tag(of))
    }

    /// The tags of an entry: its day, or where it has none its own id; and its file.
    pub(super) fn tags(&self, entry: &Entry) -> [Tag; 2] {
        let day = entry.day.map_or(TagOf::NoDay(entry.id.0.into_bytes()), |day| TagOf::Day(day.0.into_bytes()));
        [self.tag(day), self.tag(TagOf::File(file_bytes(entry.file)))]
    }

    /// Are there keys for what is sealed? A sealer that was given none has no tags either.
    pub(super) fn has_keys(&self) -> bool {
        self.sealer.format() > FORMAT && self.sealer.tag(TagOf::NoDay([0; 16])) != [0; 16]
    }

    /// An entry as it reads here once it is written: what was told of a note is closed to whoever is no reader of it.
    pub(super) fn as_read(&self, entry: &mut Entry) -> Result<(), Fault> {
        if self.sealer.format() == FORMAT {
            return Ok(());
        }
        let bound = BodyBound { register: self.register.0, entry: entry.id.0.into_bytes() };
        if let Readable::Open(Event::Note(NoteEvent::Told { account, to, .. })) = &mut entry.event {
            let sealed = self.sealer.seal_account(group(*to), &bound, &[])?;
            if self.sealer.open_account(&bound, &sealed)? == Opened::Closed {
                *account = Readable::Closed;
            }
            *to = to.as_all_know();
        }
        Ok(())
    }

    pub(super) fn body_bound(&self, id: journal::EntryId) -> BodyBound {
        BodyBound { register: self.register.0, entry: id.0 }
    }

    /// Does the row stand directly after this head? The head that it makes, if it is what its link was made over.
    pub(super) fn follows(head: &Head, kept: &Kept) -> Result<Head, ReadFault> {
        let next = head.seq.next();
        if kept.seq != next {
            return Err(ReadFault::lost(next));
        }
        if kept.before != head.link {
            return Err(ReadFault::damaged(kept.seq, "it does not follow the entry before it"));
        }
        Ok(Head { seq: kept.seq, link: kept.row.link, ..*head })
    }

    /// The entries of some rows, each as by [`Layers::entry`]: of many, half in a thread of their own.
    pub(super) fn entries(&self, some: &[Kept]) -> Vec<Result<Placed, ReadFault>> {
        let all = |some: &[Kept]| some.iter().map(|kept| self.entry(kept)).collect::<Vec<_>>();
        if some.len() < MANY {
            return all(some);
        }
        let (one, other) = some.split_at(some.len() / 2);
        std::thread::scope(|scope| {
            let others = scope.spawn(|| all(other));
            let mut read = all(one);
            read.extend(others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            read
        })
    }

    /// The entry of a row, held against its own link, its shell, its tags.
    pub(super) fn entry(&self, kept: &Kept) -> Result<Placed, ReadFault> {
        let Kept { seq, before, row } = kept;
        let digest = row.body.digest();
        let cover = link::cover(row.id, &row.tags, &row.shell);
        if link::join(self.register, *seq, *before, &cover, &digest) != row.link {
            return Err(ReadFault::damaged(*seq, "it is not what was written"));
        }
        let bad = |what: Bad| ReadFault::damaged(*seq, &what.0);
        let (shell, layer) = self.open_shell(kept)?;
        if shell.body != digest.0 {
            return Err(ReadFault::damaged(*seq, "its content is not its own"));
        }
        let body = match &row.body {
            Body::Gone(_) => Readable::Gone,
            Body::Here(sealed) => self.open_body(kept, sealed, &layer)?,
        };
        let named = |event: &Event| shell.event.is_none_or(|code| code == codes::code(event));
        let body = match body {
            Readable::Open((source, against, form)) => {
                let event = self.event(row.id, form).map_err(|fault| fault.at(*seq))?;
                if !named(&event) {
                    return Err(bad(Bad("its content is of another event".to_owned())));
                }
                Readable::Open(Content { source, against, event })
            }
            Readable::Closed => Readable::Closed,
            Readable::Gone => Readable::Gone,
        };
        let entry = shell.entry(EntryId(uuid::Uuid::from_bytes(row.id.0)), body);
        if (!layer.frames || self.has_keys()) && self.tags(&entry) != row.tags {
            return Err(ReadFault::damaged(*seq, "it is filed where it does not belong"));
        }
        Ok(Placed { seq: seq.0, entry })
    }

    fn open_shell(&self, kept: &Kept) -> Result<(Shell, Layer), ReadFault> {
        let bound = ShellBound { register: self.register.0, seq: kept.seq.0, before: kept.before.0 };
        let layer = self.layer(&kept.row.shell, || self.sealer.open_shell(&bound, &kept.row.shell));
        let layer = layer.map_err(|fault| ReadFault::of_vault(kept.seq, fault))?;
        let Opened::Open(bytes) = &layer.opened else { return Err(ReadFault::Locked) };
        let shell = match layer.frames {
            true => frames::read_shell(bytes),
            false => from_json_form::<ShellForm>(bytes).and_then(ShellForm::read),
        };
        let shell = shell.map_err(|fault| ReadFault::damaged(kept.seq, &fault.0))?;
        // What anybody may read anybody may write: that much, and no more.
        if layer.frames && layer.plain != shell.event.is_some_and(codes::lies_open) {
            return Err(ReadFault::damaged(kept.seq, ASTRAY));
        }
        Ok((shell, layer))
    }

    fn open_body(&self, kept: &Kept, sealed: &[u8], shell: &Layer) -> Result<Readable<Parts>, ReadFault> {
        let bound = self.body_bound(kept.row.id);
        let layer = self.layer(sealed, || self.sealer.open_body(&bound, sealed));
        let layer = layer.map_err(|fault| ReadFault::of_vault(kept.seq, fault))?;
        if (layer.frames, layer.plain) != (shell.frames, shell.plain) {
            return Err(ReadFault::damaged(kept.seq, ASTRAY));
        }
        let Opened::Open(bytes) = &layer.opened else { return Ok(Readable::Closed) };
        let parts = match layer.frames {
            true => frames::read_body(bytes),
            false => from_json_form::<BodyForm>(bytes).and_then(BodyForm::parts),
        };
        parts.map(Readable::Open).map_err(|fault| ReadFault::damaged(kept.seq, &fault.0))
    }

    /// An envelope, opened; one that is not sealed needs no key.
    fn layer(&self, sealed: &[u8], open: impl FnOnce() -> Result<Opened, Fault>) -> Result<Layer, Fault> {
        let envelope = Envelope::read(sealed)?;
        let (frames, plain) = (envelope.format > FORMAT, envelope.is_open());
        // Whoever seals did not write this.
        if !frames && self.sealer.format() > FORMAT {
            return Err(Fault::Damaged);
        }
        let opened = match frames && plain {
            true if envelope.key != NOBODY => return Err(Fault::Damaged),
            true => Opened::Open(envelope.payload.to_vec()),
            false => open()?,
        };
        Ok(Layer { frames, plain, opened })
    }

    /// An event; what was told of a note is opened too, if it is for whoever reads.
    fn event(&self, id: journal::EntryId, form: EventForm) -> Result<Event, EventFault> {
        let accounts = form.accounts()?;
        let mut event = read_form(form)?;
        let Event::Note(NoteEvent::Told { account, to, .. }) = &mut event else { return Ok(event) };
        for sealed in &accounts {
            match self.sealer.open_account(&self.body_bound(id), sealed) {
                Ok(Opened::Open(mut plain)) => {
                    let read = read_account(&plain);
                    wipe(&mut plain);
                    *account = Readable::Open(read?);
                }
                // Of several all but one are sealed to nobody, and are no damage.
                Ok(Opened::Closed) => {}
                Err(Fault::Damaged) if accounts.len() > 1 && to.is_of_the_team() => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(event)
    }
}

/// The parts of a body.
type Parts = (crate::domain::event::Source, Vec<crate::domain::codes::Rule>, EventForm);

/// Why an event cannot be read.
enum EventFault {
    Bad(Bad),
    Vault(Fault),
}

impl EventFault {
    fn at(self, seq: journal::Seq) -> ReadFault {
        match self {
            Self::Bad(bad) => ReadFault::damaged(seq, &bad.0),
            Self::Vault(fault) => ReadFault::of_vault(seq, fault),
        }
    }
}

impl From<Bad> for EventFault {
    fn from(bad: Bad) -> Self {
        Self::Bad(bad)
    }
}

impl From<Fault> for EventFault {
    fn from(fault: Fault) -> Self {
        Self::Vault(fault)
    }
}

const ASTRAY: &str = "it lies open and should be sealed, or is sealed and should lie open";

/// For whom a group's key is.
pub(super) fn readers(group: Group) -> Readers {
    match group {
        Group::Concern => Readers::Concern,
        Group::Allegation => Readers::Allegation,
        Group::Lead => Readers::Lead,
        Group::Chair => Readers::Chair,
    }
}

/// Whose key an account is sealed to.
pub(super) fn group(readers: Readers) -> Group {
    match readers {
        Readers::Concern => Group::Concern,
        Readers::Allegation => Group::Allegation,
        Readers::Lead => Group::Lead,
        Readers::Chair => Group::Chair,
    }
}

/// How long the key of an event's content is kept: an account of what happened outlives attendance.
pub(super) fn keep(event: &Event) -> Keep {
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

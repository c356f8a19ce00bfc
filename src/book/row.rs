//! A row made of an entry: first what hangs on the entry alone, in any thread; then, in its place, its shell and its link.

use super::entry::{Layers, OF_THE_TEAM, group, keep};
use super::fault::WriteFault;
use super::keys;
use super::wire::{
    BodyForm, EventForm, ShellForm, codes, event_form, file_bytes, frames, hex, name, to_json, write_account,
};
use crate::domain::event::{CentreEvent, Entry, Event, KeysSet, KeysSigned, NoteEvent, Readable};
use crate::domain::ids::StaffId;
use crate::journal::{self, Body, Digest, Head, Row, Tag, link};
use crate::vault::{BodyBound, FORMAT, Fault, Group, ShellBound, Whose, wipe};

/// An entry whose body is sealed, if that does not hang on its place.
pub(super) struct Ready {
    entry: Entry,
    tags: [Tag; 2],
    body: Option<(Vec<u8>, Digest)>,
}

impl Layers {
    /// What of an entry's row does not hang on its place.
    pub(super) fn ready(&self, entry: Entry) -> Result<Ready, WriteFault> {
        let Readable::Open(event) = &entry.event else { return Err(WriteFault::NoEvent) };
        let tags = self.tags(&entry);
        let body = match self.signs_its_place(event) {
            true => None,
            false => Some(self.digested(&entry, event)?),
        };
        Ok(Ready { entry, tags, body })
    }

    /// The row of an entry after the head.
    pub(super) fn row(&self, head: &Head, ready: Ready) -> Result<Row, WriteFault> {
        let Ready { entry, tags, body } = ready;
        let Readable::Open(event) = &entry.event else { return Err(WriteFault::NoEvent) };
        let id = journal::EntryId(entry.id.0.into_bytes());
        let signed = self.signed(head, &entry, event)?;
        let event = signed.as_ref().unwrap_or(event);
        // The digest is made once: it stands in the shell, and the link is made over it.
        let (body, digest) = match body {
            Some(made) => made,
            None => self.digested(&entry, event)?,
        };
        let shell = self.shell(head, &entry, event, &digest, self.frames())?;
        let link = link::join(self.register, head.seq.next(), head.link, &link::cover(id, &tags, &shell), &digest);
        Ok(Row { id, link, tags, shell, body: Body::Here(body) })
    }

    fn frames(&self) -> bool {
        self.sealer.format() > FORMAT
    }

    fn digested(&self, entry: &Entry, event: &Event) -> Result<(Vec<u8>, Digest), WriteFault> {
        let body = self.body(journal::EntryId(entry.id.0.into_bytes()), entry, event, self.frames())?;
        let digest = link::digest(&body);
        Ok((body, digest))
    }

    /// What the book says of the keyring is signed for its place by whoever writes it.
    fn signs_its_place(&self, event: &Event) -> bool {
        let unsigned = matches!(event, Event::Centre(CentreEvent::KeysSet(set)) if set.signed.is_none());
        unsigned && self.frames()
    }

    fn signed(&self, head: &Head, entry: &Entry, event: &Event) -> Result<Option<Event>, WriteFault> {
        let Event::Centre(CentreEvent::KeysSet(set)) = event else { return Ok(None) };
        if !self.signs_its_place(event) {
            return Ok(None);
        }
        let shell = frames::shell(entry, event, &[0; 32]);
        let id = journal::EntryId(entry.id.0.into_bytes());
        let text = keys::text(self.register, head.seq.next(), head.link, (id, &shell), set);
        let (by, signature) = self.sealer.sign(&text).ok_or(Fault::NoKey)?;
        let signed = Some(KeysSigned { by: StaffId(uuid::Uuid::from_bytes(by)), signature });
        Ok(Some(Event::Centre(CentreEvent::KeysSet(KeysSet { signed, ..set.clone() }))))
    }

    fn body(&self, id: journal::EntryId, entry: &Entry, event: &Event, frames: bool) -> Result<Vec<u8>, WriteFault> {
        let bound = self.body_bound(id);
        let whose = Whose { file: file_bytes(entry.file), keep: keep(event) };
        let form = self.form(event, &bound, frames)?;
        if !frames {
            return Ok(self.sealer.seal_body(&whose, &bound, &to_json(&BodyForm::of(entry, form)))?);
        }
        let mut frame = frames::body(entry, &form);
        if codes::lies_open(codes::code(event)) {
            return Ok(self.sealer.seal_plain(&frame));
        }
        let sealed = self.sealer.seal_body(&whose, &bound, &frame);
        wipe(&mut frame);
        Ok(sealed?)
    }

    /// An event as it is written; in format 2 what was told of a note is sealed to its readers.
    fn form(&self, event: &Event, bound: &BodyBound, frames: bool) -> Result<EventForm, WriteFault> {
        let Event::Note(NoteEvent::Told { note, account, to }) = event else { return Ok(event_form(event)) };
        // What cannot be read here cannot be written again.
        let account = account.open().ok_or(WriteFault::NoEvent)?;
        if !frames {
            return Ok(event_form(event));
        }
        let mut plain = write_account(account);
        let copies: Result<Vec<Vec<u8>>, Fault> = if to.is_of_the_team() {
            // All of one shape: whoever reads the shape does not learn for whom it is, and so not about whom.
            OF_THE_TEAM.iter().map(|of| self.copy(*of, group(*to) == *of, bound, &plain)).collect()
        } else {
            self.sealer.seal_account(group(*to), bound, &plain).map(|sealed| vec![sealed])
        };
        wipe(&mut plain);
        Ok(EventForm::told(*note, *to, &copies?))
    }

    fn copy(&self, of: Group, real: bool, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        if real { self.sealer.seal_account(of, bound, plain) } else { self.sealer.seal_decoy(of, bound, plain) }
    }

    fn shell(
        &self,
        head: &Head,
        entry: &Entry,
        event: &Event,
        body: &Digest,
        frames: bool,
    ) -> Result<Vec<u8>, WriteFault> {
        let bound = ShellBound { register: self.register.0, seq: head.seq.next().0, before: head.link.0 };
        if !frames {
            let form = ShellForm::of(entry, name(event), hex(&body.0));
            return Ok(self.sealer.seal_shell(&bound, &to_json(&form))?);
        }
        let frame = frames::shell(entry, event, &body.0);
        if codes::lies_open(codes::code(event)) {
            return Ok(self.sealer.seal_plain(&frame));
        }
        Ok(self.sealer.seal_shell(&bound, &frame)?)
    }
}

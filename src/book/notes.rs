//! What a day's close signs: the book as far as it then went, as a note that others' tools can check
//! (c2sp.org/tlog-checkpoint, c2sp.org/signed-note); and holding such a note against the book.

use super::keys::Chain;
use super::{Book, Placed, ReadFault};
use crate::domain::event::{By, CentreEvent, Event};
use crate::domain::ids::{DayId, StaffId};
use crate::journal::{Head, Journal, Link, RegisterId, Seq, Which};
use crate::vault::{base64, sign};

/// What is signed of a head: which register, how many entries, the last link.
pub fn text(head: &Head) -> String {
    let register = crate::domain::ids::RegisterId(uuid::Uuid::from_bytes(head.register.0));
    format!("doorbook.register/{register}\n{}\n{}\n", head.seq, base64(&head.link.0))
}

/// By what name somebody signs: an id, since notes lie open.
pub fn name(staff: StaffId) -> String {
    staff.to_string()
}

/// The note of a close, as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedClose {
    /// The place of its entry.
    pub seq: u64,
    /// Which day was closed.
    pub day: DayId,
    /// Who signed.
    pub by: StaffId,
    /// How many entries there were.
    pub entries: u64,
    /// What stands on paper for it.
    pub fingerprint: String,
    /// Why it does not hold; `None`: it holds.
    pub fault: Option<String>,
}

/// An Ed25519 public key.
type SignsBy = [u8; 32];

/// Notes and public keys, as a walk along the book meets them. Both lie open.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) chain: Chain,
    met: Vec<(u64, DayId, By, String, Option<SignsBy>)>,
}

impl Notes {
    pub(super) fn new(register: RegisterId) -> Self {
        Self { chain: Chain::new(register, None), met: Vec::new() }
    }

    pub(super) fn meet(&mut self, placed: &Placed) {
        if let Some(Event::Centre(CentreEvent::DayNote { day, note })) = placed.entry.event.open() {
            let by = placed.entry.by;
            let key = if let By::Staff(staff) = by { self.chain.signs(staff) } else { None };
            self.met.push((placed.seq, *day, by, note.clone(), key));
        }
    }
}

impl<J: Journal> Book<J> {
    /// Holds each note against the key that its signer then had, and against the entry that it names.
    pub(super) fn closes(&mut self, notes: Notes) -> Result<Vec<SignedClose>, ReadFault> {
        let mut all = Vec::with_capacity(notes.met.len());
        for (seq, day, by, note, keys) in notes.met {
            let By::Staff(staff) = by else { continue };
            let entries = note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or_default();
            let fault = self.wrong(&note, (staff, keys), (seq, entries))?;
            all.push(SignedClose { seq, day, by: staff, entries, fingerprint: sign::fingerprint(&note), fault });
        }
        Ok(all)
    }

    /// Why a note does not hold.
    fn wrong(
        &mut self,
        note: &str,
        (staff, key): (StaffId, Option<[u8; 32]>),
        (seq, entries): (u64, u64),
    ) -> Result<Option<String>, ReadFault> {
        let Some(key) = key else { return Ok(Some("its signer had no key then".to_owned())) };
        let signed = match sign::verify(note, &name(staff), &key) {
            Ok(signed) => signed,
            Err(fault) => return Ok(Some(fault.to_string())),
        };
        if entries == 0 || entries >= seq {
            return Ok(Some("it names entries that were not there yet".to_owned()));
        }
        let last = self.journal.read(Which::All, Seq(entries - 1), 1)?;
        let link = last.first().map_or(Link::NONE, |kept| kept.row.link);
        let is = text(&Head { register: self.head.register, seq: Seq(entries), link });
        Ok((signed != is).then(|| "the book is not the one that was signed".to_owned()))
    }
}

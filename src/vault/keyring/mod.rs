//! The keyring file as anybody may read it: who has a key, to whom what is sealed, and whether it is whole.

mod bytes;
mod fault;
mod read;
mod roster;
mod unlock;
mod write;

use std::ops::{Deref, Range};

use super::person::{Public, Slot};
use super::wrap::Wrapped;
use super::{Group, Id};

pub use fault::{KeyringFault, KeysFault, UnlockFault};
pub(super) use read::LARGEST;
pub use roster::{Act, Roster, signed};
pub(super) use unlock::{group_bound, house_bound, older_bound, vault_bound};

/// The format of the file. A Doorbook refuses a greater one by its number.
pub const FORMAT: u8 = 2;
/// Who holds the recovery sheet, where a person's id stands.
pub const RECOVERY: Id = [0; 16];

/// What a register is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Families' own.
    Real,
    /// Made up, with a passphrase that its screen shows: a guess may be cheap.
    Practice,
}

/// Somebody with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Whose: the id of one of the team.
    pub id: Id,
    /// What they say before their passphrase.
    pub number: u8,
    /// What of their keys lies open.
    pub public: Public,
    pub(super) slot: Slot,
}

/// A key, sealed to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) to: Id,
    pub(super) key: Wrapped,
}

/// A key, sealed under the one that came after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Older {
    pub(super) nonce: [u8; 24],
    pub(super) key: [u8; 48],
}

/// One key pair of a group: made anew whenever somebody stops reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Generation {
    pub(super) group: Group,
    /// From 1.
    pub(super) number: u32,
    pub(super) public: [u8; 32],
    pub(super) slots: Vec<Sealed>,
}

/// A generation that one of a group's readers has not been given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Who waits.
    pub person: Id,
    /// For what.
    pub group: Group,
    /// For which of its generations.
    pub generation: u32,
}

/// All of a keyring that lies open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    pub(super) kind: Kind,
    pub(super) register: Id,
    pub(super) version: u64,
    pub(super) epoch: u32,
    pub(super) people: Vec<Person>,
    pub(super) recovery: Option<Public>,
    pub(super) house: Vec<Sealed>,
    pub(super) older: Vec<Older>,
    pub(super) groups: Vec<Generation>,
    pub(super) act: Act,
}

impl Ring {
    /// What the register is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whose it is.
    pub fn register(&self) -> &Id {
        &self.register
    }

    /// Counts up by one with every change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Counts up by one whenever somebody's key stops counting.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Who has a key.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The public keys of the recovery sheet.
    pub fn recovery(&self) -> Option<&Public> {
        self.recovery.as_ref()
    }

    /// Somebody by their id.
    pub fn person(&self, id: &Id) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// Somebody by their number.
    pub fn numbered(&self, number: u8) -> Option<&Person> {
        self.people.iter().find(|person| person.number == number)
    }

    /// Who reads what is sealed to a group from now on; the recovery sheet is not named, and always does. Whether they
    /// should is not known here: hold it against the roles on the register.
    pub fn readers(&self, group: Group) -> Vec<Id> {
        let slots = self.latest(group).map(|latest| latest.slots.as_slice()).unwrap_or_default();
        slots.iter().map(|slot| slot.to).filter(|to| *to != RECOVERY).collect()
    }

    /// The generations that readers of today have not been given, from before they read: whoever holds one can give it.
    /// Whether anything was ever sealed to it is not known here; to the first of a group often nothing was.
    pub fn waiting(&self) -> Vec<Waiting> {
        let mut found = Vec::new();
        for generation in &self.groups {
            let latest = self.latest(generation.group).map(|latest| latest.slots.as_slice()).unwrap_or_default();
            let lack = latest.iter().filter(|reader| generation.slots.iter().all(|slot| slot.to != reader.to));
            found.extend(lack.map(|reader| Waiting {
                person: reader.to,
                group: generation.group,
                generation: generation.number,
            }));
        }
        found
    }

    /// The generation that is sealed to now.
    pub(super) fn latest(&self, group: Group) -> Option<&Generation> {
        self.groups.iter().filter(|generation| generation.group == group).max_by_key(|generation| generation.number)
    }

    /// The public keys of a person, or of the recovery sheet.
    pub(super) fn public(&self, id: &Id) -> Option<&Public> {
        if *id == RECOVERY { self.recovery.as_ref() } else { self.person(id).map(|person| &person.public) }
    }

    /// Everybody, and the recovery sheet.
    pub(super) fn holders(&self) -> Vec<Id> {
        self.people.iter().map(|person| person.id).chain(self.recovery.map(|_| RECOVERY)).collect()
    }
}

/// A keyring file that has been read, and is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyring {
    ring: Ring,
    bytes: Vec<u8>,
    /// Where in it the sealed keys of the files lie.
    vault: Range<usize>,
    nonce: [u8; 24],
}

impl Keyring {
    /// The file.
    pub fn to_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its last 32 bytes, made over all before: what the book names it by.
    pub fn sum(&self) -> [u8; 32] {
        self.bytes.last_chunk().copied().unwrap_or_default()
    }
}

impl Deref for Keyring {
    type Target = Ring;

    fn deref(&self) -> &Ring {
        &self.ring
    }
}

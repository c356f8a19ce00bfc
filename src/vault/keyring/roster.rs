//! Who has keys, and which public keys are sealed to: what each change of people or groups is signed over, one after another.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::{RECOVERY, Ring};
use crate::person::Public;
use crate::{Group, Id};

/// What a roster's digest begins with.
const ROSTER: &[u8] = b"doorbook roster v1";
/// What is signed of it begins with this, so that no other signature counts as one.
const ACT: &[u8] = b"doorbook keys act v1";

/// The public keys that count: of everybody and of the recovery sheet, and of each generation of each group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// By person; [`RECOVERY`] is the sheet.
    pub people: BTreeMap<Id, Public>,
    /// By group and generation.
    pub groups: BTreeMap<(Group, u32), [u8; 32]>,
}

impl Roster {
    /// What it is named by, after the one before it: zeros before the first.
    pub fn digest(&self, register: &Id, before: &[u8; 32]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(ROSTER).update(register).update(before);
        hasher.update(&count(self.people.len()));
        for (id, public) in &self.people {
            hasher.update(id).update(&public.x).update(&public.ed);
        }
        hasher.update(&count(self.groups.len()));
        for ((group, generation), public) in &self.groups {
            hasher.update(&[group.code()]).update(&generation.to_le_bytes()).update(public);
        }
        *hasher.finalize().as_bytes()
    }
}

fn count(many: usize) -> [u8; 4] {
    u32::try_from(many).unwrap_or(u32::MAX).to_le_bytes()
}

/// Who made a roster what it is, and their signature: by the key that they had in the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Who; [`RECOVERY`] is whoever had the sheet.
    pub by: Id,
    /// The digest of the roster before; zeros: there was none.
    pub before: [u8; 32],
    /// Ed25519.
    pub signature: [u8; 64],
}

impl Act {
    /// Of nobody yet.
    pub(crate) const NONE: Self = Self { by: RECOVERY, before: [0; 32], signature: [0; 64] };

    pub(crate) fn sign(by: Id, key: &SigningKey, (register, roster): (&Id, &Roster), before: [u8; 32]) -> Self {
        let signature = key.sign(&text(&roster.digest(register, &before))).to_bytes();
        Self { by, before, signature }
    }

    /// The digest of the roster that it made.
    pub fn makes(&self, register: &Id, roster: &Roster) -> [u8; 32] {
        roster.digest(register, &self.before)
    }

    /// Has this key signed that this roster is what counts now?
    pub fn holds(&self, register: &Id, roster: &Roster, signs: &[u8; 32]) -> bool {
        signed(&text(&self.makes(register, roster)), &self.signature, signs)
    }
}

/// Has this key signed this?
pub fn signed(text: &[u8], signature: &[u8; 64], signs: &[u8; 32]) -> bool {
    let key = VerifyingKey::from_bytes(signs);
    key.is_ok_and(|key| key.verify_strict(text, &Signature::from_bytes(signature)).is_ok())
}

fn text(digest: &[u8; 32]) -> Vec<u8> {
    [ACT, digest].concat()
}

impl Ring {
    /// The public keys that it names.
    pub fn roster(&self) -> Roster {
        let people = self.people.iter().map(|one| (one.id, one.public));
        let groups = self.groups.iter().map(|one| ((one.group, one.number), one.public));
        Roster {
            people: people.chain(self.recovery.map(|public| (RECOVERY, public))).collect(),
            groups: groups.collect(),
        }
    }

    /// Who made them what they are.
    pub fn act(&self) -> &Act {
        &self.act
    }
}

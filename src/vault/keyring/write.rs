//! Writes a keyring file.

use super::read::MAGIC;
use super::{FORMAT, Kind, Ring, Sealed, vault_bound};
use crate::person::Public;
use crate::secret::Secret;
use crate::{Fault, Random, aead, random};

impl Ring {
    /// The whole file, with the keys of the files sealed under the house key's two children.
    pub(crate) fn write(
        &self,
        (vault, check): (&Secret, &Secret),
        files: &[u8],
        random: &dyn Random,
    ) -> Result<Vec<u8>, Fault> {
        let mut file = self.front(files.len());
        let nonce = random::open(random)?;
        file.extend_from_slice(&nonce);
        file.extend_from_slice(&((files.len() + aead::TAG) as u64).to_le_bytes());
        let bound = vault_bound(&self.register, self.version, self.epoch);
        aead::append(vault, &bound, &nonce, files, &mut file)?;
        let check = check.keyed(&[&file]);
        file.extend_from_slice(check.bytes());
        let sum = blake3::hash(&file);
        file.extend_from_slice(sum.as_bytes());
        Ok(file)
    }

    /// All before what is sealed, with room for all of the file.
    fn front(&self, files: usize) -> Vec<u8> {
        let mut file = Vec::with_capacity(self.length() + files + aead::NONCE + 8 + aead::TAG + 64);
        file.extend_from_slice(&MAGIC);
        file.extend_from_slice(&[FORMAT, u8::from(self.kind == Kind::Practice)]);
        file.extend_from_slice(&self.register);
        file.extend_from_slice(&self.version.to_le_bytes());
        file.extend_from_slice(&self.epoch.to_le_bytes());
        count(&mut file, self.people.len());
        for person in &self.people {
            file.extend_from_slice(&person.id);
            file.push(person.number);
            public(&mut file, &person.public);
            file.extend_from_slice(&person.slot.salt);
            file.extend_from_slice(&person.slot.kdf.m_kib.to_le_bytes());
            file.extend_from_slice(&person.slot.kdf.t.to_le_bytes());
            file.extend_from_slice(&person.slot.nonce);
            file.extend_from_slice(&person.slot.sealed);
        }
        public(&mut file, &self.recovery.unwrap_or(Public { x: [0; 32], ed: [0; 32] }));
        slots(&mut file, &self.house);
        file.extend_from_slice(&(self.older.len() as u32).to_le_bytes());
        for older in &self.older {
            file.extend_from_slice(&older.nonce);
            file.extend_from_slice(&older.key);
        }
        count(&mut file, self.groups.len());
        for generation in &self.groups {
            file.push(generation.group.code());
            file.extend_from_slice(&generation.number.to_le_bytes());
            file.extend_from_slice(&generation.public);
            slots(&mut file, &generation.slots);
        }
        file.extend_from_slice(&self.act.by);
        file.extend_from_slice(&self.act.before);
        file.extend_from_slice(&self.act.signature);
        file
    }

    /// Bytes of the front, so that room is made once.
    fn length(&self) -> usize {
        let slots = self.house.len() + self.groups.iter().map(|generation| generation.slots.len()).sum::<usize>();
        240 + self.people.len() * 177 + slots * 96 + self.older.len() * 72 + self.groups.len() * 39
    }
}

/// Never more than fit: `Keys` sees to that.
fn count(file: &mut Vec<u8>, count: usize) {
    file.extend_from_slice(&u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes());
}

fn public(file: &mut Vec<u8>, public: &Public) {
    file.extend_from_slice(&public.x);
    file.extend_from_slice(&public.ed);
}

fn slots(file: &mut Vec<u8>, slots: &[Sealed]) {
    count(file, slots.len());
    for slot in slots {
        file.extend_from_slice(&slot.to);
        file.extend_from_slice(&slot.key);
    }
}

//! Opens a keyring by somebody's passphrase, or by the recovery sheet.

use super::{Generation, Keyring, RECOVERY, Ring, Sealed, UnlockFault};
use crate::keys::{Files, Held, House, Keys};
use crate::person::{Passphrase, Seed, SlotFault};
use crate::recovery::RecoveryWords;
use crate::secret::Secret;
use crate::wrap::{self, Place, What};
use crate::{Group, Id, aead};

/// What an older house key is bound to, `k` being its own epoch.
pub(crate) fn older_bound(register: &Id, k: u32) -> Vec<u8> {
    [b"older", &register[..], &k.to_le_bytes()].concat()
}

/// What the house key is bound to, for one of those that have it.
pub(crate) fn house_bound(epoch: u32, to: &Id) -> Vec<u8> {
    [b"house", &epoch.to_le_bytes()[..], to].concat()
}

/// What a group's private key is bound to, for one of its readers.
pub(crate) fn group_bound(group: Group, generation: u32, to: &Id) -> Vec<u8> {
    [b"group", &[group.code()][..], &generation.to_le_bytes(), to].concat()
}

/// What the keys of the files are bound to.
pub(crate) fn vault_bound(register: &Id, version: u64, epoch: u32) -> Vec<u8> {
    [b"vault", &register[..], &version.to_le_bytes(), &epoch.to_le_bytes()].concat()
}

impl Ring {
    /// Whether somebody is who they say: their passphrase opens their seed, which goes again.
    ///
    /// # Errors
    /// [`UnlockFault`].
    pub fn confirm(&self, number: u8, passphrase: &Passphrase) -> Result<Id, UnlockFault> {
        self.seed(number, passphrase).map(|(id, _)| id)
    }

    fn seed(&self, number: u8, passphrase: &Passphrase) -> Result<(Id, Seed), UnlockFault> {
        let person = self.numbered(number).ok_or(UnlockFault::NoSuch)?;
        let seed = person.slot.open(&self.register, &person.id, passphrase).map_err(|fault| match fault {
            SlotFault::Wrong => UnlockFault::Wrong,
            SlotFault::Memory => UnlockFault::NoMemory,
        })?;
        Ok((person.id, seed))
    }
}

impl Keyring {
    /// Opens it by somebody's passphrase.
    ///
    /// # Errors
    /// [`UnlockFault`].
    pub fn unlock(&self, number: u8, passphrase: &Passphrase) -> Result<Keys, UnlockFault> {
        let (me, seed) = self.seed(number, passphrase)?;
        self.open(me, seed)
    }

    /// Opens it by the recovery sheet.
    ///
    /// # Errors
    /// [`UnlockFault`].
    pub fn unlock_recovery(&self, words: &RecoveryWords) -> Result<Keys, UnlockFault> {
        let seed = words.seed();
        if seed.public().ok() != self.recovery {
            return Err(UnlockFault::OtherSheet);
        }
        self.open(RECOVERY, seed)
    }

    fn open(&self, me: Id, seed: Seed) -> Result<Keys, UnlockFault> {
        let damaged = |what| move |_| UnlockFault::Damaged(what);
        let public = seed.public().map_err(damaged("a public key"))?;
        let opening = seed.opening();
        let house = self.house_key(&me, &opening).ok_or(UnlockFault::Slot)?;
        let before = self.bytes.get(..self.bytes.len() - 64).unwrap_or_default();
        let check = self.bytes.get(before.len()..before.len() + 32).unwrap_or_default();
        // In constant time: a guess at it learns nothing.
        if blake3::keyed_hash(House::check(&house).bytes(), before) != *check || self.public(&me) != Some(&public) {
            return Err(UnlockFault::Damaged("its check"));
        }
        let files = self.bytes.get(self.vault.clone()).unwrap_or_default();
        let bound = vault_bound(&self.register, self.version, self.epoch);
        let files = aead::open(&House::vault(&house), &bound, &self.nonce, files);
        let files = Files::read(files.map_err(damaged("the keys of the files"))?);
        let files = files.ok_or(UnlockFault::Damaged("the keys of the files"))?;
        let (mut ring, mut groups) = (self.ring.clone(), Vec::new());
        for generation in &mut ring.groups {
            match self.held(generation, &me, &opening) {
                Some(held) => groups.push(held),
                // What is no key of theirs was not given to them, whatever stands there.
                None => generation.slots.retain(|slot| slot.to != me),
            }
        }
        let house = self.older_keys(house)?;
        let spoilt = ring.groups != self.groups;
        Ok(Keys::opened(ring, self.sum(), (me, seed), house, files, (groups, spoilt)))
    }

    fn house_key(&self, me: &Id, opening: &Secret) -> Option<Secret> {
        let slot = self.house.iter().find(|slot| slot.to == *me)?;
        let bound = house_bound(self.epoch, me);
        wrap::open_key(opening, &self.place(What::House, &bound), &slot.key).ok()
    }

    /// Every house key from the first epoch on, the newest given.
    fn older_keys(&self, newest: Secret) -> Result<Vec<House>, UnlockFault> {
        let mut keys = vec![newest];
        for (k, older) in (1..self.epoch).zip(&self.older).rev() {
            let next = keys.last().ok_or(UnlockFault::Damaged("an older house key"))?;
            let key = aead::open_key(next, &older_bound(&self.register, k), &older.nonce, &older.key);
            keys.push(key.map_err(|_| UnlockFault::Damaged("an older house key"))?);
        }
        Ok(keys.into_iter().rev().map(House::new).collect())
    }

    /// The key that somebody was given of a generation: the one that its public key belongs to, and no other. Whoever has
    /// the house key can seal to them what they will, and nobody signs what is in a slot.
    fn held(&self, generation: &Generation, me: &Id, opening: &Secret) -> Option<Held> {
        let slot: &Sealed = generation.slots.iter().find(|slot| slot.to == *me)?;
        let bound = group_bound(generation.group, generation.number, me);
        let private = wrap::open_key(opening, &self.place(What::Group, &bound), &slot.key).ok()?;
        let own = wrap::public(&private).is_ok_and(|public| public == generation.public);
        own.then(|| Held { group: generation.group, number: generation.number, private })
    }

    fn place<'a>(&'a self, what: What, bound: &'a [u8]) -> Place<'a> {
        Place { what, register: &self.ring.register, bound }
    }
}

//! A person's keys: one random seed, sealed in a slot under a passphrase, and all that is derived of it.

use std::fmt;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use super::secret::Secret;
use super::{Fault, Id, KeysFault, Random, aead, random, words, wrap};

/// What all keys of a person are derived of.
#[derive(Debug, Clone)]
pub struct Seed(Secret);

/// What of a person's keys lies open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Public {
    /// X25519: what is sealed to them.
    pub x: [u8; 32],
    /// Ed25519: what they have signed.
    pub ed: [u8; 32],
}

impl Seed {
    pub(super) fn random(random: &dyn Random) -> Result<Self, Fault> {
        Secret::random(random).map(Self)
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.0
    }

    /// X25519: opens what is sealed to them.
    pub(super) fn opening(&self) -> Secret {
        Secret::derived("doorbook person x25519 v1", &self.0)
    }

    /// Ed25519: signs.
    pub(super) fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(Secret::derived("doorbook person ed25519 v1", &self.0).bytes())
    }

    /// Their own: what nobody else is meant to read, as a draft.
    pub(super) fn own(&self) -> Secret {
        Secret::derived("doorbook person own v1", &self.0)
    }

    pub(super) fn public(&self) -> Result<Public, Fault> {
        Ok(Public { x: wrap::public(&self.opening())?, ed: self.signing().verifying_key().to_bytes() })
    }
}

impl From<Secret> for Seed {
    fn from(secret: Secret) -> Self {
        Self(secret)
    }
}

/// A passphrase, as it counts. It is wiped when it goes.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Of what was typed. `None`: longer than [`words::LONGEST`] bytes.
    pub fn new(typed: &str) -> Option<Self> {
        words::normalise(typed).map(Self)
    }

    /// Whether nothing of it counts.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many letters of it count: what a rule about its length asks.
    pub fn letters(&self) -> usize {
        self.0.chars().filter(|c| *c != ' ').count()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// What a guess costs: Argon2id, version 1.3, one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kdf {
    /// Memory in KiB.
    pub m_kib: u32,
    /// Passes over it.
    pub t: u32,
}

impl Kdf {
    /// Whether a register of this kind may have it: less is guessed too fast, more stops a small machine.
    pub(super) fn fits(self, real: bool) -> bool {
        let floor = if real { Self::FLOOR } else { Self::PRACTICE };
        self.m_kib >= floor.m_kib && self.t >= floor.t && self.m_kib <= Self::CEILING.m_kib && self.t <= Self::PASSES
    }

    /// The least of a real register.
    pub const FLOOR: Self = Self { m_kib: 64 * 1024, t: 3 };
    /// The most of any: a laptop with 4 GB must bear it.
    pub const CEILING: Self = Self { m_kib: 256 * 1024, t: 3 };
    /// Of a practice register, whose passphrase its screen shows.
    pub const PRACTICE: Self = Self { m_kib: 64, t: 1 };
    /// Passes at most: what a strange keyring may cost.
    pub(super) const PASSES: u32 = 16;
    /// What one try may take here.
    const TARGET: Duration = Duration::from_millis(1000);

    /// The largest memory from [`Kdf::FLOOR`] to [`Kdf::CEILING`] that takes about a second on this machine.
    /// `elapsed` reads a clock that never goes back.
    pub fn calibrate(elapsed: &dyn Fn() -> Duration) -> Self {
        Self::settle(&|tried| {
            let before = elapsed();
            tried.derive(b"how fast is this machine", &[0; 16])?;
            Some(elapsed().saturating_sub(before))
        })
    }

    /// `takes`: how long a try takes, if there is so much memory to be had.
    fn settle(takes: &dyn Fn(Self) -> Option<Duration>) -> Self {
        let mut tried = Self::CEILING;
        while tried.m_kib > Self::FLOOR.m_kib {
            match takes(tried) {
                // A fifth more is still about a second.
                Some(took) if took * 5 <= Self::TARGET * 6 => return tried,
                Some(took) => {
                    return Self { m_kib: Self::scaled(tried.m_kib, took).max(Self::FLOOR.m_kib), ..tried };
                }
                None => tried.m_kib /= 2,
            }
        }
        Self::FLOOR
    }

    fn scaled(m_kib: u32, took: Duration) -> u32 {
        let fits = u128::from(m_kib) * Self::TARGET.as_micros() / took.as_micros().max(1);
        // Whole MiB.
        u32::try_from(fits / 1024 * 1024).unwrap_or(m_kib).min(m_kib)
    }

    /// `None`: there is not so much memory, or the numbers make no sense.
    fn derive(self, passphrase: &[u8], salt: &[u8; 16]) -> Option<Secret> {
        let params = Params::new(self.m_kib, self.t, 1, Some(32)).ok()?;
        let mut key = Secret::blank();
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password_into(passphrase, salt, &mut key.bytes_mut()[..]).ok()?;
        Some(key)
    }
}

/// A seed, sealed under a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub(super) salt: [u8; 16],
    pub(super) kdf: Kdf,
    pub(super) nonce: [u8; 24],
    pub(super) sealed: [u8; 48],
}

/// Why a slot gives no seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SlotFault {
    /// Another passphrase, or the slot is not as it was written.
    Wrong,
    /// Argon2id gets no memory.
    Memory,
}

impl Slot {
    /// Seals a seed for one person of one register.
    ///
    /// # Errors
    /// [`KeysFault::NoMemory`], [`KeysFault::Sealing`].
    pub(super) fn seal(
        seed: &Seed,
        register: &Id,
        person: &Id,
        (passphrase, kdf): (&Passphrase, Kdf),
        random: &dyn Random,
    ) -> Result<Self, KeysFault> {
        let salt = random::open(random)?;
        let key = kdf.derive(passphrase.0.as_bytes(), &salt).ok_or(KeysFault::NoMemory)?;
        let (nonce, sealed) = aead::seal_key(&key, &bound(register, person, kdf), &seed.0, random)?;
        Ok(Self { salt, kdf, nonce, sealed })
    }

    pub(super) fn open(&self, register: &Id, person: &Id, passphrase: &Passphrase) -> Result<Seed, SlotFault> {
        let key = self.kdf.derive(passphrase.0.as_bytes(), &self.salt).ok_or(SlotFault::Memory)?;
        let bound = bound(register, person, self.kdf);
        let seed = aead::open_key(&key, &bound, &self.nonce, &self.sealed);
        seed.map(Seed).map_err(|_| SlotFault::Wrong)
    }
}

fn bound(register: &Id, person: &Id, kdf: Kdf) -> Vec<u8> {
    let numbers = [kdf.m_kib.to_le_bytes(), kdf.t.to_le_bytes()];
    [b"doorbook slot v1", &register[..], &person[..], numbers.as_flattened()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9106 5.3 has a secret and associated data, which the slot does not use; so the crate is asked with them.
    #[test]
    fn rfc_9106_5_3() {
        let data = argon2::AssociatedData::new(&[4; 12]).unwrap();
        let params = argon2::ParamsBuilder::new().m_cost(32).t_cost(3).p_cost(4).data(data).build().unwrap();
        let argon = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let mut tag = [0; 32];
        argon.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
        let hex: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    #[test]
    fn a_slot_opens_for_its_passphrase_person_and_register_alone() {
        let seed = Seed::random(&super::super::System).unwrap();
        let passphrase = Passphrase::new("five words dealt by chance").unwrap();
        let slot = Slot::seal(&seed, &[1; 16], &[2; 16], (&passphrase, Kdf::PRACTICE), &super::super::System).unwrap();
        let opened = slot.open(&[1; 16], &[2; 16], &passphrase).unwrap();
        assert_eq!(opened.0.bytes(), seed.0.bytes());
        let other = Passphrase::new("five words dealt by hand").unwrap();
        assert_eq!(slot.open(&[1; 16], &[2; 16], &other).unwrap_err(), SlotFault::Wrong);
        assert_eq!(slot.open(&[1; 16], &[3; 16], &passphrase).unwrap_err(), SlotFault::Wrong);
        assert_eq!(slot.open(&[3; 16], &[2; 16], &passphrase).unwrap_err(), SlotFault::Wrong);
        let cheaper = Slot { kdf: Kdf { m_kib: 32, t: 1 }, ..slot };
        assert_eq!(cheaper.open(&[1; 16], &[2; 16], &passphrase).unwrap_err(), SlotFault::Wrong);
    }

    #[test]
    fn a_machine_is_asked_for_about_a_second() {
        let takes = |millis: u64| Kdf::settle(&|_| Some(Duration::from_millis(millis)));
        assert_eq!(takes(900), Kdf::CEILING);
        assert_eq!(takes(1200), Kdf::CEILING);
        assert_eq!(takes(2000), Kdf { m_kib: 128 * 1024, t: 3 });
        assert_eq!(takes(60_000), Kdf::FLOOR);
        let half = Kdf { m_kib: 128 * 1024, t: 3 };
        let fits = |tried: Kdf| (tried.m_kib <= half.m_kib).then_some(Duration::from_millis(500));
        assert_eq!(Kdf::settle(&fits), half);
        assert_eq!(Kdf::settle(&|_| None), Kdf::FLOOR);
    }
}

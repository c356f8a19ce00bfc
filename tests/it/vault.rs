//! People's keys and what they seal: the keyring, its changes, the envelopes, and the bytes that stay as they are.

mod frozen;
mod keyring;
mod people;
mod sealer;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use doorbook::vault::{
    BodyBound, Change, Fault, Group, Id, Kdf, Keep, KeyedSealer, Keyring, Keys, Kind, NewPerson, Opened, Passphrase,
    Random, RecoveryWords, ShellBound, Whose,
};

pub const REGISTER: Id = [7; 16];

/// The same bytes each time, by one seed.
#[derive(Debug)]
pub struct Seeded(u64, AtomicU64);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(seed, AtomicU64::new(0))
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0.to_le_bytes());
        hasher.update(&self.1.fetch_add(1, Ordering::Relaxed).to_le_bytes());
        hasher.finalize_xof().fill(bytes);
        Ok(())
    }
}

pub fn id(of: u8) -> Id {
    [of; 16]
}

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

pub fn new<'a>(of: u8, passphrase: &'a Passphrase, groups: &'a [Group]) -> NewPerson<'a> {
    NewPerson { id: id(of), number: of, passphrase, kdf: Kdf::PRACTICE, groups }
}

/// A practice register of one, number 1, who reads concerns; passphrase "one".
pub fn centre(random: &dyn Random) -> (Keys, RecoveryWords) {
    let one = passphrase("one");
    Keys::create(REGISTER, Kind::Practice, &new(1, &one, &[Group::Concern]), random).unwrap()
}

/// The file that a change wrote, as it is read again.
pub fn read(change: &Change) -> Keyring {
    let read = Keyring::read(&change.bytes).unwrap();
    assert_eq!((read.version(), read.epoch(), read.sum()), (change.version, change.epoch, change.sum));
    read
}

pub fn sealer(keys: &Keys) -> KeyedSealer {
    KeyedSealer::new(Some(Arc::new(keys.clone())))
}

pub fn case(of: u8) -> [u8; 17] {
    std::array::from_fn(|at| if at == 0 { 2 } else { of })
}

pub fn ordinary(of: u8) -> Whose {
    Whose { file: case(of), keep: Keep::Ordinary }
}

pub fn body(entry: u8) -> BodyBound {
    BodyBound { register: REGISTER, entry: id(entry) }
}

pub fn shell(seq: u64) -> ShellBound {
    ShellBound { register: REGISTER, seq, before: [3; 32] }
}

/// Whether it was opened, and is what was sealed.
pub fn opens(opened: Result<Opened, Fault>, plain: &[u8]) -> bool {
    match opened {
        Ok(Opened::Open(opened)) => {
            assert_eq!(opened, plain);
            true
        }
        _ => false,
    }
}

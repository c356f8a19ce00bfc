//! Reads a keyring file, and refuses whatever no Doorbook writes. It never panics, and no count in the file makes room.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::bytes::Bytes;
use super::{Act, FORMAT, Generation, Keyring, KeyringFault, Kind, Older, Person, RECOVERY, Ring, Sealed};
use crate::person::{Kdf, Public, Slot};
use crate::{Group, Id};

/// What the file begins with.
pub(super) const MAGIC: [u8; 8] = *b"DOORKEYS";
/// Bytes at most: some 600,000 families. No larger one is written either.
pub(crate) const LARGEST: usize = 64 << 20;
/// The tag key, the directory key and the tag of what is sealed.
const VAULT: u64 = 32 + 32 + 16;
/// A file's key with its id.
const ROW: u64 = 16 + 32;

impl Keyring {
    /// Reads the file. What needs no key is checked: its form, and its sum.
    ///
    /// # Errors
    /// [`KeyringFault`].
    pub fn read<'a>(file: impl Into<Cow<'a, [u8]>>) -> Result<Self, KeyringFault> {
        let file = file.into();
        let (magic, rest) = file.split_first_chunk::<8>().ok_or(KeyringFault::NotOne)?;
        if *magic != MAGIC {
            return Err(KeyringFault::NotOne);
        }
        match rest.first() {
            Some(&FORMAT) => {}
            Some(&newer) if newer > FORMAT => return Err(KeyringFault::TooNew(newer)),
            Some(_) => return Err(KeyringFault::Nonsense("its format")),
            None => return Err(KeyringFault::Cut),
        }
        if file.len() > LARGEST {
            return Err(KeyringFault::Nonsense("its length"));
        }
        let (before, sum) = file.split_last_chunk::<32>().ok_or(KeyringFault::Cut)?;
        let summed = blake3::hash(before) == *sum;
        let mut bytes = Bytes::new(before.get(MAGIC.len() + 1..).unwrap_or_default());
        // A file that is cut short has no sum at its end: told apart by what its own lengths ask for.
        let read = read(&mut bytes);
        match (read, summed) {
            (Err(KeyringFault::Cut), false) => Err(KeyringFault::Cut),
            (_, false) => Err(KeyringFault::Sum),
            (Err(fault), true) => Err(fault),
            (Ok((ring, nonce, vault)), true) => {
                sensible(&ring)?;
                let end = file.len() - 64;
                Ok(Self { ring, bytes: file.into_owned(), vault: end - vault..end, nonce })
            }
        }
    }
}

type Front = (Ring, [u8; 24], usize);

fn read(bytes: &mut Bytes<'_>) -> Result<Front, KeyringFault> {
    let kind = match bytes.u8()? {
        0 => Kind::Real,
        1 => Kind::Practice,
        _ => return Err(KeyringFault::Nonsense("its kind")),
    };
    let (register, version, epoch) = (bytes.take()?, bytes.u64()?, bytes.u32()?);
    let count = bytes.u16()?;
    let people = bytes.many(count, person)?;
    let recovery = Some(public(bytes)?).filter(|public| *public != Public { x: [0; 32], ed: [0; 32] });
    let count = bytes.u16()?;
    let house = bytes.many(count, sealed)?;
    let count = bytes.u32()?;
    let older = bytes.many(count, |bytes| Ok(Older { nonce: bytes.take()?, key: bytes.take()? }))?;
    let count = bytes.u16()?;
    let groups = bytes.many(count, generation)?;
    let act = Act { by: bytes.take()?, before: bytes.take()?, signature: bytes.take()? };
    let nonce = bytes.take()?;
    let length = bytes.u64()?;
    let left = bytes.left() as u64;
    if length.saturating_add(32) > left {
        return Err(KeyringFault::Cut);
    }
    if length + 32 < left || length < VAULT || !(length - VAULT).is_multiple_of(ROW) {
        return Err(KeyringFault::Nonsense("the length of what is sealed"));
    }
    let ring = Ring { kind, register, version, epoch, people, recovery, house, older, groups, act };
    Ok((ring, nonce, bytes.left() - 32))
}

fn public(bytes: &mut Bytes<'_>) -> Result<Public, KeyringFault> {
    Ok(Public { x: bytes.take()?, ed: bytes.take()? })
}

fn person(bytes: &mut Bytes<'_>) -> Result<Person, KeyringFault> {
    Ok(Person {
        id: bytes.take()?,
        number: bytes.u8()?,
        public: public(bytes)?,
        slot: Slot {
            salt: bytes.take()?,
            kdf: Kdf { m_kib: bytes.u32()?, t: bytes.u32()? },
            nonce: bytes.take()?,
            sealed: bytes.take()?,
        },
    })
}

fn sealed(bytes: &mut Bytes<'_>) -> Result<Sealed, KeyringFault> {
    Ok(Sealed { to: bytes.take()?, key: bytes.take()? })
}

fn generation(bytes: &mut Bytes<'_>) -> Result<Generation, KeyringFault> {
    let group = Group::of(bytes.u8()?).ok_or(KeyringFault::Nonsense("a group"))?;
    let (number, public, count) = (bytes.u32()?, bytes.take()?, bytes.u16()?);
    Ok(Generation { group, number, public, slots: bytes.many(count, sealed)? })
}

/// What agrees with itself.
fn sensible(ring: &Ring) -> Result<(), KeyringFault> {
    let ids: BTreeSet<Id> = ring.holders().into_iter().collect();
    let numbers: BTreeSet<u8> = ring.people.iter().map(|person| person.number).collect();
    let people = ring.people.len();
    let to = |slots: &[Sealed]| -> BTreeSet<Id> { slots.iter().map(|slot| slot.to).collect() };
    let house = to(&ring.house);
    let named = people == numbers.len() && ids.len() == people + usize::from(ring.recovery.is_some());
    let no_person = ring.people.iter().any(|person| person.id == RECOVERY);
    if people == 0 || !named || no_person {
        return Err(KeyringFault::Nonsense("whom it names"));
    }
    if house != ids || ring.house.len() != ids.len() {
        return Err(KeyringFault::Nonsense("to whom the house key is sealed"));
    }
    if ring.version == 0 || ring.epoch == 0 || ring.older.len() as u64 != u64::from(ring.epoch) - 1 {
        return Err(KeyringFault::Nonsense("its epochs"));
    }
    let held = |generation: &Generation| {
        let to = to(&generation.slots);
        to.len() == generation.slots.len() && to.is_subset(&ids)
    };
    let counted = Group::ALL.into_iter().flat_map(|group| {
        let count = ring.groups.iter().filter(|generation| generation.group == group).count().max(1);
        (1..=count as u64).map(move |number| (group, number))
    });
    let there = ring.groups.iter().map(|generation| (generation.group, u64::from(generation.number)));
    if !there.eq(counted) || !ring.groups.iter().all(held) {
        return Err(KeyringFault::Nonsense("its groups"));
    }
    let real = ring.kind == Kind::Real;
    if ring.people.iter().any(|person| !person.slot.kdf.fits(real)) {
        return Err(if real { KeyringFault::Weak } else { KeyringFault::Nonsense("how a passphrase is kept") });
    }
    Ok(())
}

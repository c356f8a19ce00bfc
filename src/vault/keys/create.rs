//! A new register's keys, and what a person needs to get theirs.

use super::super::keyring::{Act, KeysFault, Kind, RECOVERY, Ring};
use super::super::person::{Kdf, Passphrase, Seed, Slot};
use super::super::recovery::RecoveryWords;
use super::super::secret::Secret;
use super::super::{Group, Id, Random};
use super::{Files, House, Keys};

/// Somebody who gets a key.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// Whose: the id of one of the team.
    pub id: Id,
    /// What they say before their passphrase.
    pub number: u8,
    /// Their passphrase.
    pub passphrase: &'a Passphrase,
    /// What a guess at it costs.
    pub kdf: Kdf,
    /// What they read beside the ordinary.
    pub groups: &'a [Group],
}

impl Keys {
    /// The keys of a new register, with its first person; [`Keys::seal`] then gives the file. The words go on the
    /// recovery sheet and nowhere else.
    ///
    /// # Errors
    /// [`KeysFault`].
    pub fn create(
        register: Id,
        kind: Kind,
        first: &NewPerson<'_>,
        random: &dyn Random,
    ) -> Result<(Self, RecoveryWords), KeysFault> {
        let (sheet, house) = (Seed::random(random)?, Secret::random(random)?);
        let ring = Ring {
            kind,
            register,
            version: 0,
            epoch: 1,
            people: Vec::new(),
            recovery: Some(sheet.public()?),
            house: Vec::new(),
            older: Vec::new(),
            groups: Vec::new(),
            act: Act::NONE,
        };
        let files = Files::new(random)?;
        let mut keys = Self::opened(
            ring,
            [0; 32],
            (first.id, Seed::random(random)?),
            vec![House::new(house)],
            files,
            (Vec::new(), false),
        );
        keys.came.push((RECOVERY, sheet.public()?));
        let mine = keys.seed.clone();
        keys.seat(first, &mine, random)?;
        keys.seal_house(random)?;
        for group in Group::ALL {
            let reads = first.groups.contains(&group).then_some(first.id);
            keys.fresh(group, reads.as_slice(), random)?;
        }
        Ok((keys, RecoveryWords::of(&sheet)))
    }

    /// Puts somebody on the list, with their seed in their slot. What is sealed to them is not yet.
    pub(super) fn seat(&mut self, new: &NewPerson<'_>, seed: &Seed, random: &dyn Random) -> Result<(), KeysFault> {
        if new.id == RECOVERY || self.ring.person(&new.id).is_some() {
            return Err(KeysFault::Already);
        }
        if self.ring.numbered(new.number).is_some() {
            return Err(KeysFault::NumberTaken);
        }
        let (slot, public) = (self.slot(&new.id, seed, (new.passphrase, new.kdf), random)?, seed.public()?);
        self.ring.people.push(super::super::keyring::Person { id: new.id, number: new.number, public, slot });
        self.came.push((new.id, public));
        self.changed = true;
        Ok(())
    }

    /// A seed in a slot, under a passphrase that this register allows.
    pub(super) fn slot(
        &self,
        id: &Id,
        seed: &Seed,
        (passphrase, kdf): (&Passphrase, Kdf),
        random: &dyn Random,
    ) -> Result<Slot, KeysFault> {
        if passphrase.is_empty() {
            return Err(KeysFault::Empty);
        }
        if !kdf.fits(self.real()) {
            return Err(KeysFault::Kdf);
        }
        Slot::seal(seed, &self.ring.register, id, (passphrase, kdf), random)
    }
}

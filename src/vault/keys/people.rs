//! Who has a key: somebody comes, goes, forgets their passphrase, changes it.
//!
//! Whenever a seed stops counting there is a new epoch, and a new generation of each group that was read with it. So
//! what is written from then on opens neither with that seed nor with any older copy of the keyring.

use super::super::keyring::{KeysFault, Older, RECOVERY, Sealed, house_bound, older_bound};
use super::super::person::{Kdf, Passphrase, Seed};
use super::super::recovery::RecoveryWords;
use super::super::secret::Secret;
use super::super::wrap::{self, Place, What};
use super::super::{Fault, Group, Id, Random, aead};
use super::{House, Keys, NewPerson};

impl Keys {
    /// Gives somebody a key. Of what was sealed to their groups before, they get what these keys hold.
    ///
    /// # Errors
    /// [`KeysFault`].
    pub fn add(&mut self, new: &NewPerson<'_>, random: &dyn Random) -> Result<(), KeysFault> {
        // One stands for the recovery sheet, whose slots are counted with theirs.
        if self.ring.people.len() + 2 > usize::from(u16::MAX) {
            return Err(KeysFault::Full);
        }
        let seed = Seed::random(random)?;
        self.seat(new, &seed, random)?;
        let slot = self.house_slot(&new.id, random)?;
        self.ring.house.push(slot);
        for group in new.groups {
            self.join(*group, &new.id, random)?;
        }
        Ok(())
    }

    /// Takes somebody's key: nothing that is written from now on opens with it. Nobody else's passphrase is needed.
    ///
    /// # Errors
    /// [`KeysFault`].
    pub fn remove(&mut self, person: &Id, random: &dyn Random) -> Result<(), KeysFault> {
        let public = self.ring.person(person).ok_or(KeysFault::NoSuch)?.public;
        if *person == self.me {
            return Err(KeysFault::Yourself);
        }
        if self.ring.people.len() == 1 {
            return Err(KeysFault::Last);
        }
        let read = self.forget(person);
        self.ring.people.retain(|listed| listed.id != *person);
        self.went.push((*person, public));
        self.turn(random)?;
        for group in read {
            let readers = self.ring.readers(group);
            let readers: Vec<Id> = readers.into_iter().filter(|reader| reader != person).collect();
            self.fresh(group, &readers, random)?;
        }
        self.drop_slots(person);
        Ok(())
    }

    /// Gives somebody who has forgotten their passphrase another one, and with it keys of their own anew. Of what was
    /// sealed to their groups before, they get what these keys hold; the rest waits ([`Ring::waiting`]).
    ///
    /// [`Ring::waiting`]: super::super::keyring::Ring::waiting
    ///
    /// # Errors
    /// [`KeysFault`].
    pub fn reset(
        &mut self,
        person: &Id,
        passphrase: &Passphrase,
        kdf: Kdf,
        random: &dyn Random,
    ) -> Result<(), KeysFault> {
        if *person == self.me {
            return Err(KeysFault::Yourself);
        }
        let seed = Seed::random(random)?;
        self.reseat(person, &seed, (passphrase, kdf), random)?;
        self.renew(person, &Group::ALL, random)
    }

    /// Gives these keys' own person another passphrase, and with it another seed: whoever has seen the old passphrase,
    /// and has an old copy of the keyring, opens nothing that is written from now on. Confirm the old one first.
    /// [`Keys::own_key`] is another one afterwards. Only these groups are theirs to make anew: of another that they read,
    /// and should not, what they have stays theirs until somebody who may makes it anew.
    ///
    /// # Errors
    /// [`KeysFault`].
    pub fn change_passphrase(
        &mut self,
        passphrase: &Passphrase,
        kdf: Kdf,
        theirs: &[Group],
        random: &dyn Random,
    ) -> Result<(), KeysFault> {
        let (me, seed) = (self.me, Seed::random(random)?);
        self.reseat(&me, &seed, (passphrase, kdf), random)?;
        self.seed = seed;
        self.renew(&me, theirs, random)
    }

    /// Makes another recovery sheet; the words of the old one open nothing that is written from now on.
    ///
    /// # Errors
    /// [`KeysFault`]; [`KeysFault::Yourself`] if these keys were opened by the sheet.
    pub fn remake_recovery(&mut self, random: &dyn Random) -> Result<RecoveryWords, KeysFault> {
        if self.is_recovery() {
            return Err(KeysFault::Yourself);
        }
        let sheet = Seed::random(random)?;
        let public = sheet.public()?;
        self.went.extend(self.ring.recovery.map(|old| (RECOVERY, old)));
        self.came.push((RECOVERY, public));
        self.ring.recovery = Some(public);
        self.renew(&RECOVERY, &Group::ALL, random)?;
        Ok(RecoveryWords::of(&sheet))
    }

    /// Another seed in somebody's slot.
    fn reseat(&mut self, id: &Id, seed: &Seed, how: (&Passphrase, Kdf), random: &dyn Random) -> Result<(), KeysFault> {
        let before = self.ring.person(id).ok_or(KeysFault::NoSuch)?.public;
        let (slot, public) = (self.slot(id, seed, how, random)?, seed.public()?);
        let person = self.ring.people.iter_mut().find(|listed| listed.id == *id).ok_or(KeysFault::NoSuch)?;
        (person.slot, person.public) = (slot, public);
        self.went.push((*id, before));
        self.came.push((*id, public));
        Ok(())
    }

    /// After somebody's seed was made anew: all that was sealed to the old one is sealed to the new one, or made anew where
    /// that may be.
    fn renew(&mut self, id: &Id, may: &[Group], random: &dyn Random) -> Result<(), KeysFault> {
        // The sheet reads each group.
        let read = if *id == RECOVERY { Group::ALL.to_vec() } else { self.forget(id) };
        let readers: Vec<Vec<Id>> = read.iter().map(|group| self.ring.readers(*group)).collect();
        self.drop_slots(id);
        self.turn(random)?;
        for (group, readers) in read.into_iter().zip(readers) {
            if may.contains(&group) {
                self.fresh(group, &readers, random)?;
            }
            self.hand_over(group, id, random)?;
        }
        Ok(())
    }

    /// The groups that somebody reads now.
    fn forget(&self, person: &Id) -> Vec<Group> {
        Group::ALL.into_iter().filter(|group| self.ring.readers(*group).contains(person)).collect()
    }

    /// Nothing is sealed to them any more.
    pub(super) fn drop_slots(&mut self, person: &Id) {
        self.ring.house.retain(|slot| slot.to != *person);
        for generation in &mut self.ring.groups {
            generation.slots.retain(|slot| slot.to != *person);
        }
    }

    /// A new epoch: another house key for everybody on the list, and the last one under it; another key for the directory,
    /// which names everybody on file and is to be made anew.
    pub(super) fn turn(&mut self, random: &dyn Random) -> Result<(), KeysFault> {
        let next = Secret::random(random)?;
        let last = &self.newest()?.key;
        let bound = older_bound(&self.ring.register, self.ring.epoch);
        let (nonce, key) = aead::seal_key(&next, &bound, last, random)?;
        self.ring.older.push(Older { nonce, key });
        self.ring.epoch = self.ring.epoch.checked_add(1).ok_or(KeysFault::Full)?;
        self.house.push(House::new(next));
        self.files.new_directory(random)?;
        self.seal_house(random)
    }

    /// Seals the newest house key to everybody on the list, and to the sheet.
    pub(super) fn seal_house(&mut self, random: &dyn Random) -> Result<(), KeysFault> {
        let slots: Result<Vec<Sealed>, Fault> =
            self.ring.holders().iter().map(|holder| self.house_slot(holder, random)).collect();
        self.ring.house = slots?;
        self.changed = true;
        Ok(())
    }

    fn house_slot(&self, to: &Id, random: &dyn Random) -> Result<Sealed, Fault> {
        let bound = house_bound(self.ring.epoch, to);
        let place = Place { what: What::House, register: &self.ring.register, bound: &bound };
        let public = self.ring.public(to).ok_or(Fault::NoKey)?;
        Ok(Sealed { to: *to, key: wrap::seal_key(&public.x, &place, &self.newest()?.key, random)? })
    }
}

//! Who reads accounts: the groups, and the generations of their keys.

use super::super::keyring::{Generation, KeysFault, RECOVERY, Sealed, group_bound};
use super::super::secret::Secret;
use super::super::wrap::{self, Place, What};
use super::super::{Fault, Group, Id, Random};
use super::{Held, Keys};

impl Keys {
    /// What somebody reads from now on, beside the ordinary: exactly these groups. Where they stop reading, the group's
    /// key is made anew; where they begin, they get what these keys hold of what was sealed before.
    ///
    /// # Errors
    /// [`KeysFault`].
    pub fn set_readers(&mut self, person: &Id, groups: &[Group], random: &dyn Random) -> Result<(), KeysFault> {
        self.ring.person(person).ok_or(KeysFault::NoSuch)?;
        for group in Group::ALL {
            let (reads, shall) = (self.ring.readers(group).contains(person), groups.contains(&group));
            if shall && !reads {
                self.join(group, person, random)?;
            } else if reads && !shall {
                self.leave(group, person, random)?;
            }
        }
        Ok(())
    }

    /// Gives a reader of a group what they lack of what was sealed before they read, as far as these keys hold it: how
    /// many generations. Ask the register first whether they should read it: the keyring knows no roles, and anybody
    /// with a key could have put them there.
    ///
    /// # Errors
    /// [`KeysFault`]; [`KeysFault::NoSuch`] if they are no reader of it.
    pub fn give(&mut self, person: &Id, group: Group, random: &dyn Random) -> Result<usize, KeysFault> {
        let reads = *person == RECOVERY || self.ring.readers(group).contains(person);
        if !reads {
            return Err(KeysFault::NoSuch);
        }
        self.hand_over(group, person, random)
    }

    /// The recovery sheet reads every group: each whose last key it was not given, or another in its place, is made anew.
    ///
    /// # Errors
    /// [`KeysFault`]; [`KeysFault::NoSuch`] if these keys are not the sheet's.
    pub fn sheet_reads(&mut self, random: &dyn Random) -> Result<(), KeysFault> {
        if !self.is_recovery() {
            return Err(KeysFault::NoSuch);
        }
        Group::ALL.into_iter().try_for_each(|group| self.join(group, &RECOVERY, random))
    }

    /// Somebody begins to read.
    pub(super) fn join(&mut self, group: Group, person: &Id, random: &dyn Random) -> Result<(), KeysFault> {
        let mut readers = self.ring.readers(group);
        if readers.contains(person) || (*person == RECOVERY && self.reads(group)) {
            return Ok(());
        }
        // Whoever does not read themselves can give nobody the key, and makes another one for all.
        if !self.reads(group) {
            readers.extend(Some(*person).filter(|person| *person != RECOVERY));
            self.fresh(group, &readers, random)?;
        }
        self.hand_over(group, person, random).map(|_| ())
    }

    /// Somebody stops reading.
    fn leave(&mut self, group: Group, person: &Id, random: &dyn Random) -> Result<(), KeysFault> {
        let readers: Vec<Id> = self.ring.readers(group).into_iter().filter(|reader| reader != person).collect();
        for generation in self.ring.groups.iter_mut().filter(|generation| generation.group == group) {
            generation.slots.retain(|slot| slot.to != *person);
        }
        if *person == self.me {
            self.groups.retain(|held| held.group != group);
        }
        self.fresh(group, &readers, random)
    }

    /// A new generation, for these readers and the recovery sheet.
    pub(super) fn fresh(&mut self, group: Group, readers: &[Id], random: &dyn Random) -> Result<(), KeysFault> {
        if self.ring.groups.len() >= usize::from(u16::MAX) {
            return Err(KeysFault::Full);
        }
        let number = self.ring.latest(group).map_or(1, |latest| latest.number + 1);
        let private = Secret::random(random)?;
        let to: Vec<Id> = readers.iter().copied().chain(self.ring.recovery.map(|_| RECOVERY)).collect();
        let slots: Result<Vec<Sealed>, Fault> =
            to.iter().map(|to| self.group_slot(group, number, &private, to, random)).collect();
        let generation = Generation { group, number, public: wrap::public(&private)?, slots: slots? };
        // In the order of the file: by group, then by number.
        let at = self.ring.groups.partition_point(|other| other.group <= group);
        self.ring.groups.insert(at, generation);
        if to.contains(&self.me) {
            self.groups.push(Held { group, number, private });
        }
        self.changed = true;
        Ok(())
    }

    /// Seals every generation that these keys hold to somebody who lacks it.
    pub(super) fn hand_over(&mut self, group: Group, to: &Id, random: &dyn Random) -> Result<usize, KeysFault> {
        let lacks = |held: &&Held| {
            let generation = self.ring.groups.iter().find(|other| other.group == group && other.number == held.number);
            held.group == group
                && generation.is_some_and(|generation| generation.slots.iter().all(|slot| slot.to != *to))
        };
        let slots: Result<Vec<(u32, Sealed)>, Fault> = self
            .groups
            .iter()
            .filter(lacks)
            .map(|held| Ok((held.number, self.group_slot(group, held.number, &held.private, to, random)?)))
            .collect();
        let slots = slots?;
        let given = slots.len();
        for (number, slot) in slots {
            let mut all = self.ring.groups.iter_mut();
            if let Some(generation) = all.find(|other| other.group == group && other.number == number) {
                generation.slots.push(slot);
            }
        }
        self.changed |= given > 0;
        Ok(given)
    }

    fn group_slot(
        &self,
        group: Group,
        number: u32,
        private: &Secret,
        to: &Id,
        random: &dyn Random,
    ) -> Result<Sealed, Fault> {
        let bound = group_bound(group, number, to);
        let place = Place { what: What::Group, register: &self.ring.register, bound: &bound };
        let public = self.ring.public(to).ok_or(Fault::NoKey)?;
        Ok(Sealed { to: *to, key: wrap::seal_key(&public.x, &place, private, random)? })
    }
}

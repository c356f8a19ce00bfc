//! The keyring held against the book at each unlocking: what was cut off is named, and nobody has what the book gives them not.

use super::Hand;
use crate::domain::event::{KeysSet, UserKeys};
use crate::domain::ids::StaffId;
use crate::domain::register::Register;
use crate::journal::Journal;
use crate::run::house::House;
use crate::run::making::{self, groups};
use crate::run::open::OpenFault;
use crate::vault::{Group, Id, Keys, KeysFault, Ring, System};

impl<J: Journal> Hand<J> {
    /// A change of the keyring that was cut off before the book named it is named now.
    pub(super) fn told_of_keys(&mut self, house: &House) -> Result<(), OpenFault> {
        let keys = house.keys()?;
        match not_told(&keys, &self.opened.register) {
            Some(missing) => self.keys_told(missing),
            None => Ok(()),
        }
    }

    /// The team list says who has a key, and the roles who reads what. Where a change was cut off before the book had it,
    /// or somebody wrote a keyring of their own, the keys are brought back to what the book says, and the book names it.
    pub(super) fn in_step(&mut self, house: &House) -> Result<(), OpenFault> {
        let register = &self.opened.register;
        let keys = house.keys()?;
        let (strangers, others) = out_of_step(keys.ring(), register);
        if strangers.is_empty() && others.is_empty() {
            return Ok(());
        }
        let put_right = |keys: &mut Keys| -> Result<(), KeysFault> {
            for stranger in &strangers {
                keys.remove(stranger, &System)?;
            }
            others.iter().try_for_each(|(id, reads)| keys.set_readers(id, reads, &System))
        };
        let ((), set) = house.change(put_right)?;
        self.keys_told(set)
    }

    fn keys_told(&mut self, set: KeysSet) -> Result<(), OpenFault> {
        let Some(doors) = &self.doors else { return Ok(()) };
        let entries = making::told(set, &doors.clock);
        self.append(&entries)?;
        entries.iter().for_each(|entry| self.opened.register.fold(entry));
        Ok(())
    }
}

/// Those who have a key and are not of the team; those who do not read what their role reads, with what it does.
fn out_of_step(ring: &Ring, register: &Register) -> (Vec<Id>, Vec<(Id, &'static [Group])>) {
    let (team, strangers): (Vec<Id>, Vec<Id>) =
        ring.people().iter().map(|one| one.id).partition(|id| on_team(register, person(id)));
    let reads = |id: &Id| Group::ALL.into_iter().filter(|group| ring.readers(*group).contains(id)).collect::<Vec<_>>();
    let role = |id: Id| (id, groups(register.role(person(&id))));
    let others = team.into_iter().map(role).filter(|(id, shall)| reads(id) != *shall).collect();
    (strangers, others)
}

fn on_team(register: &Register, staff: StaffId) -> bool {
    register.team.get(&staff).is_some_and(|card| !card.left)
}

fn person(id: &Id) -> StaffId {
    StaffId(uuid::Uuid::from_bytes(*id))
}

/// What the keyring has and the book does not name: a change that was cut off between the two, or not saved.
fn not_told(keys: &Keys, register: &Register) -> Option<KeysSet> {
    let (ring, book) = (keys.ring(), register.keys.as_ref());
    let now: Vec<UserKeys> = ring
        .people()
        .iter()
        .map(|one| UserKeys { staff: person(&one.id), seals: one.public.x, signs: one.public.ed })
        .collect();
    let unnamed = |keys: &&UserKeys| register.public_keys.get(&keys.staff) != Some(*keys);
    let added: Vec<UserKeys> = now.iter().filter(unnamed).copied().collect();
    if added.is_empty() && book.is_some_and(|book| book.version == ring.version()) {
        return None;
    }
    let gone = |staff: &&StaffId| !staff.0.is_nil() && !now.iter().any(|keys| keys.staff == **staff);
    let removed = register.public_keys.keys().filter(gone).copied().collect();
    Some(KeysSet { version: ring.version(), epoch: ring.epoch(), sum: keys.sum(), added, removed })
}

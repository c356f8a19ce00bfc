//! The keyring held against the book at each unlocking: what was cut off is named, what nobody who may has put there is
//! taken out, and nobody has what the book gives them not.

use super::Hand;
use crate::book::WriteFault;
use crate::book::keys::Fit;
use crate::domain::event::KeysSet;
use crate::domain::ids::StaffId;
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::journal::Journal;
use crate::run::house::{House, HouseFault, whose};
use crate::run::making::{self, groups};
use crate::run::open::OpenFault;
use crate::vault::{Group, Id, Keys, KeysFault, Ring, System};

impl<J: Journal> Hand<J> {
    /// A change of the keyring that was cut off before the book named it is named now: whoever made it has signed it in the
    /// keyring. One that nobody who may has signed is taken back, and the book
    /// says whom it named: whether that was so. Where the book cannot be written it says so with the next entry.
    pub(super) fn keys_named(&mut self, house: &House, fit: Option<Fit>) -> Result<bool, OpenFault> {
        if fit == Some(Fit::Forged) {
            let set = house.put_right()?;
            return waits(self.keys_told(set)).map(|()| true);
        }
        house.not_told().map_or(Ok(()), |missing| waits(self.keys_told(missing))).map(|()| false)
    }

    /// The team list says who has a key, and the roles who reads what. Where a change was cut off before the book had it,
    /// or somebody handed on what they may not, the keys are brought back to what the book says, and the book names it. It
    /// waits for somebody who may: who has a key, and what is sealed to a group, is theirs to sign; and, since each change is
    /// signed after the last, until the book has named that.
    pub(super) fn in_step(&mut self, house: &House) -> Result<(), OpenFault> {
        let register = &self.opened.register;
        let keys = house.keys()?;
        let may = whose(&keys).is_some_and(|me| register.policy().may(register.role(me), Power::People));
        let (strangers, others) = out_of_step(keys.ring(), register);
        if !may || (strangers.is_empty() && others.is_empty()) || house.not_told().is_some() {
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

    pub(super) fn keys_told(&mut self, set: KeysSet) -> Result<(), OpenFault> {
        let Some(doors) = &self.doors else { return Ok(()) };
        let (entries, house) = (making::told(set, &doors.clock), doors.house.clone());
        self.append(&entries)?;
        house.is_told();
        entries.iter().for_each(|entry| self.opened.register.fold(entry));
        Ok(())
    }
}

/// A disk that is full keeps nobody out: the keyring that was not named is named with the next entry, what could not be
/// changed is changed at the next unlocking. Of what may be there or not, and of what cannot be read, it is said.
pub(super) fn waits(done: Result<(), OpenFault>) -> Result<(), OpenFault> {
    match done {
        Err(OpenFault::Write(WriteFault::Journal(_)) | OpenFault::House(HouseFault::File(_))) => Ok(()),
        other => other,
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

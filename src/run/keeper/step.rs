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
    /// or somebody handed on what they may not, the keys are brought back to what the book says, and the book names it, as
    /// far as whoever is in may sign it; since each change is signed after the last, not before the book has named that. Was there something in the place of a key of theirs?
    pub(super) fn in_step(&mut self, house: &House) -> Result<bool, OpenFault> {
        let register = &self.opened.register;
        let keys = house.keys()?;
        let Some(me) = whose(&keys) else { return Ok(false) };
        if house.not_told().is_some() {
            return Ok(keys.spoilt());
        }
        let all = register.policy().may(register.role(me), Power::People);
        let step = if all { Step::of_all(keys.ring(), register) } else { Step::of_own(keys.ring(), register, me) };
        let spoilt = keys.spoilt();
        if spoilt || !step.is_none() {
            let ((), set) = house.change(|keys| step.take(keys))?;
            self.keys_told(set)?;
        }
        Ok(spoilt)
    }

    pub(super) fn keys_told(&mut self, set: KeysSet) -> Result<(), OpenFault> {
        let Some(doors) = &self.doors else { return Ok(()) };
        doors.house.takes(&set)?;
        let (entries, house) = (making::told(set, &doors.clock), doors.house.clone());
        self.append(&entries)?;
        house.is_told();
        entries.iter().for_each(|entry| self.opened.register.fold(entry));
        Ok(())
    }
}

/// What of a keyring is not as the team list and the roles have it.
pub(super) struct Step {
    /// They have a key, and are not of the team.
    strangers: Vec<Id>,
    /// What somebody is to read from now on, of all groups.
    readers: Vec<(Id, Vec<Group>)>,
}

impl Step {
    /// All of it, for whoever may sign that.
    fn of_all(ring: &Ring, register: &Register) -> Self {
        Self::of(ring, register, true, |_, _, shall| shall)
    }

    /// What may be signed by whoever reads groups: nobody else reads these who should not, and they themselves do. Whether
    /// another who should gets what was told before is not theirs to say.
    fn of_own(ring: &Ring, register: &Register, me: StaffId) -> Self {
        let mine = groups(register.role(me));
        Self::of(ring, register, false, |id, group, shall| {
            let reads = is_reader(ring, group, &id);
            if mine.contains(&group) { shall && (reads || person(&id) == me) } else { reads }
        })
    }

    /// What is put right by the sheet, which is there for one person: of the others nobody begins to read by it, since it
    /// has all that was ever told.
    pub(super) fn of_sheet(ring: &Ring, register: &Register, whom: &Id) -> Self {
        Self::of(ring, register, true, |id, group, shall| shall && (id == *whom || is_reader(ring, group, &id)))
    }

    fn of(ring: &Ring, register: &Register, out: bool, reads: impl Fn(Id, Group, bool) -> bool) -> Self {
        let (mut strangers, mut readers) = (Vec::new(), Vec::new());
        for one in ring.people() {
            let on_team = on_team(register, person(&one.id));
            if out && !on_team {
                strangers.push(one.id);
                continue;
            }
            let role = if on_team { groups(register.role(person(&one.id))) } else { &[] };
            let now = |group: &Group| is_reader(ring, *group, &one.id);
            let next = |group: &Group| reads(one.id, *group, role.contains(group));
            if Group::ALL.iter().any(|group| now(group) != next(group)) {
                readers.push((one.id, Group::ALL.into_iter().filter(next).collect()));
            }
        }
        Self { strangers, readers }
    }

    fn is_none(&self) -> bool {
        self.strangers.is_empty() && self.readers.is_empty()
    }

    /// Is somebody in the keyring who is not of the team?
    pub(super) fn takes_out(&self) -> bool {
        !self.strangers.is_empty()
    }

    /// Takes it.
    pub(super) fn take(&self, keys: &mut Keys) -> Result<(), KeysFault> {
        self.strangers.iter().try_for_each(|stranger| keys.remove(stranger, &System))?;
        self.readers.iter().try_for_each(|(id, reads)| keys.set_readers(id, reads, &System))
    }
}

fn is_reader(ring: &Ring, group: Group, id: &Id) -> bool {
    ring.readers(group).contains(id)
}

/// A disk that is full keeps nobody out: the keyring that was not named is named with the next entry, what could not be
/// changed is changed at the next unlocking. Of what may be there or not, and of what cannot be read, it is said.
pub(super) fn waits<T: Default>(done: Result<T, OpenFault>) -> Result<T, OpenFault> {
    match done {
        Err(OpenFault::Write(WriteFault::Journal(_)) | OpenFault::House(HouseFault::File(_))) => Ok(T::default()),
        other => other,
    }
}

fn on_team(register: &Register, staff: StaffId) -> bool {
    register.team.get(&staff).is_some_and(|card| !card.left)
}

fn person(id: &Id) -> StaffId {
    StaffId(uuid::Uuid::from_bytes(*id))
}

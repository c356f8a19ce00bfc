//! A keyring that somebody changed who may not, brought back to the public keys that count.

use super::super::keyring::{Act, KeysFault, RECOVERY, Roster};
use super::super::{Id, Random};
use super::Keys;

impl Keys {
    /// Takes out whoever, and each generation of a group that, is not of this roster, and begins a new epoch: how many were
    /// taken out.
    ///
    /// # Errors
    /// [`KeysFault::Forged`]: something of the roster is no longer there, and cannot be made again. [`KeysFault::NoSuch`]:
    /// whose these keys are is not of it, and would take themselves out.
    pub fn put_right(&mut self, named: &Roster, act: &Act, random: &dyn Random) -> Result<Vec<Id>, KeysFault> {
        if !named.people.contains_key(&self.me) {
            return Err(KeysFault::NoSuch);
        }
        let there = self.ring.roster();
        let people = named.people.iter().all(|(id, public)| there.people.get(id) == Some(public));
        let groups = named.groups.iter().all(|(which, public)| there.groups.get(which) == Some(public));
        if !people || !groups {
            return Err(KeysFault::Forged);
        }
        let strangers: Vec<Id> = there.people.into_keys().filter(|id| !named.people.contains_key(id)).collect();
        self.ring.people.retain(|one| named.people.contains_key(&one.id));
        self.ring.recovery = self.ring.recovery.filter(|_| named.people.contains_key(&RECOVERY));
        let counts = |which| named.groups.contains_key(&which);
        self.ring.groups.retain(|one| counts((one.group, one.number)));
        self.groups.retain(|held| counts((held.group, held.number)));
        for stranger in &strangers {
            self.drop_slots(stranger);
        }
        self.turn(random)?;
        self.ring.act = *act;
        self.before = Some((self.ring.roster(), self.seed.clone()));
        Ok(strangers)
    }
}

//! Changes of the keyring, as the book names them: each signed in its place by whoever wrote it, and each change of the
//! public keys that count by somebody who might make it, with the key that they had before.

use std::collections::BTreeMap;

use super::entry::group;
use super::wire::frames::SIGNED;
use super::{Book, Placed, ReadFault};
use crate::domain::event::{CentreEvent, Event, KeysSet, KeysSigned};
use crate::domain::ids::StaffId;
use crate::domain::policy::Power;
use crate::domain::register::Register;
use crate::journal::{self, Head, Journal, Kept, Link, RegisterId, Seq};
use crate::vault::{Act, Envelope, Group, Id, Public, RECOVERY, Ring, Roster, can_seal_to, signed};

/// What a signature of an entry begins with, so that no other counts as one.
const KEYS_SET: &[u8] = b"doorbook keys_set v1";
const NOBODY: &str = "nobody who has a key has signed it where it stands";

/// By how many versions a keyring is at most ahead of the one that was named before it.
pub const AHEAD: u64 = 1000;

/// The first change of the keyring that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadKeys {
    /// Its place.
    pub seq: u64,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Whose key may change which public keys: the groups that a role reads are theirs to make anew.
pub type ReadBy = fn(crate::domain::codes::Role) -> &'static [Group];

/// How a keyring stands to the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Its public keys are those that the book names.
    Named,
    /// They are one change ahead, made by somebody who might: it was cut off before the book had it.
    Ahead,
    /// Nobody who might has made them what they are.
    Forged,
}

/// The public keys that count, as a walk along the book finds them.
#[derive(Debug, Clone)]
pub struct Chain {
    register: Id,
    /// With the team and the policy of the place; `None`: nobody here knows roles.
    roles: Option<(Box<Register>, ReadBy)>,
    version: u64,
    roster: Roster,
    /// What the next one is signed after.
    digest: [u8; 32],
    act: Option<Act>,
}

impl Chain {
    /// At the beginning of a book. Without roles signatures alone are checked.
    pub fn new(register: RegisterId, reads: Option<ReadBy>) -> Self {
        let roles = reads.map(|reads| (Box::default(), reads));
        Self { register: register.0, roles, version: 0, roster: Roster::default(), digest: [0; 32], act: None }
    }

    /// The public keys that count.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The last version that was named.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Who made them what they are; `None`: none was named.
    pub fn act(&self) -> Option<&Act> {
        self.act.as_ref()
    }

    /// The public keys that somebody signs by.
    pub(super) fn signs(&self, staff: StaffId) -> Option<[u8; 32]> {
        self.roster.people.get(staff.0.as_bytes()).map(|public| public.ed)
    }

    /// How a keyring stands to it.
    pub fn fit(&self, ring: &Ring) -> Fit {
        let (roster, act) = (ring.roster(), ring.act());
        if ring.version() > self.version.saturating_add(AHEAD) {
            Fit::Forged
        } else if act.makes(&self.register, &roster) == self.digest {
            Fit::Named
        } else if self.allowed(&roster, act).is_ok() {
            Fit::Ahead
        } else {
            Fit::Forged
        }
    }

    /// This keyring is what counts now: the book names it.
    pub fn named(&mut self, ring: &Ring) {
        (self.roster, self.version) = (ring.roster(), ring.version());
        self.digest = ring.act().makes(&self.register, &self.roster);
        self.act = Some(*ring.act());
    }

    /// What the book is to say of a keyring.
    pub fn told(&self, ring: &Ring, sum: [u8; 32]) -> KeysSet {
        let roster = ring.roster();
        let staff = |id: &Id| StaffId(uuid::Uuid::from_bytes(*id));
        let new = |(id, public): &(&Id, &Public)| self.roster.people.get(*id) != Some(*public);
        let keys = |(id, public): (&Id, &Public)| crate::domain::event::UserKeys {
            staff: staff(id),
            seals: public.x,
            signs: public.ed,
        };
        let made = |(which, public): &(&(Group, u32), &[u8; 32])| self.roster.groups.get(*which) != Some(*public);
        let generation = |((group, generation), seals): (&(Group, u32), &[u8; 32])| crate::domain::event::GroupKey {
            group: super::entry::readers(*group),
            generation: *generation,
            seals: *seals,
        };
        let act = ring.act();
        KeysSet {
            version: ring.version(),
            epoch: ring.epoch(),
            sum,
            added: roster.people.iter().filter(new).map(keys).collect(),
            removed: self.roster.people.keys().filter(|id| !roster.people.contains_key(*id)).map(staff).collect(),
            groups: roster.groups.iter().filter(made).map(generation).collect(),
            act: (roster != self.roster).then(|| KeysSigned { by: staff(&act.by), signature: act.signature }),
            signed: None,
        }
    }

    /// Takes one entry in.
    pub(super) fn meet(&mut self, kept: &Kept, placed: &Placed, check_writer: bool) -> Result<(), &'static str> {
        match placed.entry.event.open() {
            Some(Event::Centre(CentreEvent::KeysSet(set))) => self.set(set, check_writer.then_some(kept)),
            Some(Event::Centre(CentreEvent::StaffListed(_) | CentreEvent::PolicySet(_))) => {
                if let Some((register, _)) = &mut self.roles {
                    register.fold(&placed.entry);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Would whoever reads the book take this entry from somebody, as the next that names the keyring?
    pub fn takes(&self, set: &KeysSet, by: StaffId) -> Result<(), &'static str> {
        self.after(set)?.signs(by).map(|_| ()).ok_or(NOBODY)
    }

    fn set(&mut self, set: &KeysSet, place: Option<&Kept>) -> Result<(), &'static str> {
        let now = self.after(set)?;
        if let Some(kept) = place {
            now.written(set, kept)?;
        }
        (self.roster, self.digest, self.act, self.version) = (now.roster, now.digest, now.act, set.version);
        Ok(())
    }

    /// What counts after an entry, without roles.
    fn after(&self, set: &KeysSet) -> Result<Self, &'static str> {
        if set.version <= self.version {
            return Err("it names a version of the keyring that is no later than the one before it");
        }
        if set.version > self.version.saturating_add(AHEAD) {
            return Err("it names a version of the keyring that is far ahead of the one before it");
        }
        let mut roster = self.roster.clone();
        for gone in &set.removed {
            roster.people.remove(gone.0.as_bytes());
        }
        let came = set.added.iter().map(|one| (one.staff.0.into_bytes(), Public { x: one.seals, ed: one.signs }));
        roster.people.extend(came);
        roster.groups.extend(set.groups.iter().map(|one| ((group(one.group), one.generation), one.seals)));
        let mut now = self.clone_of(&roster);
        if roster != self.roster {
            let Some(signed) = &set.act else { return Err("nobody has signed who has a key") };
            let act = Act { by: signed.by.0.into_bytes(), before: self.digest, signature: signed.signature };
            self.allowed(&roster, &act)?;
            (now.digest, now.act) = (act.makes(&self.register, &roster), Some(act));
        }
        Ok(now)
    }

    /// The same with other keys, and without roles.
    fn clone_of(&self, roster: &Roster) -> Self {
        let (register, version, digest, act) = (self.register, self.version, self.digest, self.act);
        Self { register, roles: None, version, roster: roster.clone(), digest, act }
    }

    /// Whoever wrote the entry has a key, and has signed it where it stands.
    fn written(&self, set: &KeysSet, kept: &Kept) -> Result<(), &'static str> {
        let by = set.signed.as_ref().ok_or(NOBODY)?;
        let shell = Envelope::read(&kept.row.shell).map_err(|_| NOBODY)?.payload;
        let text = text(RegisterId(self.register), kept.seq, kept.before, (kept.row.id, shell), set);
        let holds = self.signs(by.by).is_some_and(|key| signed(&text, &by.signature, &key));
        if holds { Ok(()) } else { Err(NOBODY) }
    }

    /// May whoever signed this change have made it, directly after what counts now?
    fn allowed(&self, next: &Roster, act: &Act) -> Result<(), &'static str> {
        // The first of all is signed by the first who has a key.
        let before = if self.roster.people.is_empty() { next } else { &self.roster };
        let key = before.people.get(&act.by).ok_or("whoever signed it had no key")?;
        if act.before != self.digest || !act.holds(&self.register, next, &key.ed) {
            return Err("its signature does not agree with who has a key");
        }
        let (people, groups) = (next.people.iter(), next.groups.iter());
        let people = people.filter(|(id, public)| self.roster.people.get(*id) != Some(*public)).map(|(_, one)| &one.x);
        let groups =
            groups.filter(|(which, public)| self.roster.groups.get(*which) != Some(*public)).map(|(_, one)| one);
        if !people.chain(groups).all(can_seal_to) {
            return Err("nothing can be sealed to one of its public keys");
        }
        let Some((register, reads)) = &self.roles else { return Ok(()) };
        let role = register.role(StaffId(uuid::Uuid::from_bytes(act.by)));
        let sheet = act.by == RECOVERY && !self.roster.people.is_empty();
        if sheet || register.policy().may(role, Power::People) || self.own(next, act.by, reads(role)) {
            return Ok(());
        }
        Err("whoever signed it may not say who has a key")
    }

    /// Nothing is changed but somebody's own keys, and those of groups that they read.
    fn own(&self, next: &Roster, who: Id, reads: &[Group]) -> bool {
        let others = |people: &BTreeMap<Id, Public>| {
            people.iter().filter(|(id, _)| **id != who).map(|(id, public)| (*id, *public)).collect::<Vec<_>>()
        };
        let kept = self.roster.groups.iter().all(|(which, public)| next.groups.get(which) == Some(public));
        let made = next.groups.keys().filter(|which| !self.roster.groups.contains_key(which));
        others(&self.roster.people) == others(&next.people)
            && next.people.contains_key(&who)
            && kept
            && made.into_iter().all(|(group, _)| reads.contains(group))
    }
}

/// What whoever writes an entry about the keyring signs: which register, where it stands and after what, its id, its shell
/// as far as it does not hang on this, and all that it says.
pub(super) fn text(
    register: RegisterId,
    seq: Seq,
    before: Link,
    (id, shell): (journal::EntryId, &[u8]),
    set: &KeysSet,
) -> Vec<u8> {
    let mut text = [KEYS_SET, &register.0, &seq.0.to_le_bytes(), &before.0, &id.0].concat();
    text.extend_from_slice(shell.get(..SIGNED).unwrap_or_default());
    text.extend_from_slice(&set.version.to_le_bytes());
    text.extend_from_slice(&set.epoch.to_le_bytes());
    text.extend_from_slice(&set.sum);
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX).to_le_bytes();
    text.extend_from_slice(&count(set.added.len()));
    for one in &set.added {
        text.extend_from_slice(one.staff.0.as_bytes());
        text.extend_from_slice(&one.seals);
        text.extend_from_slice(&one.signs);
    }
    text.extend_from_slice(&count(set.removed.len()));
    set.removed.iter().for_each(|gone| text.extend_from_slice(gone.0.as_bytes()));
    text.extend_from_slice(&count(set.groups.len()));
    for one in &set.groups {
        text.push(group(one.group).code());
        text.extend_from_slice(&one.generation.to_le_bytes());
        text.extend_from_slice(&one.seals);
    }
    if let Some(act) = &set.act {
        text.extend_from_slice(act.by.0.as_bytes());
        text.extend_from_slice(&act.signature);
    }
    text
}

/// The walk that finds them, while the centre's entries are read for the register too.
#[derive(Debug)]
pub struct Walk {
    chain: Chain,
    last: Option<(KeysSet, Kept)>,
    bad: Option<BadKeys>,
}

impl Walk {
    /// From the beginning of a book.
    pub fn new(register: RegisterId, reads: ReadBy) -> Self {
        Self { chain: Chain::new(register, Some(reads)), last: None, bad: None }
    }

    /// Takes the next entry in.
    pub fn meet(&mut self, kept: &Kept, placed: &Placed) {
        if self.bad.is_some() {
            return;
        }
        if let Err(why) = self.chain.meet(kept, placed, false) {
            self.bad = Some(BadKeys { seq: placed.seq, why });
        } else if let Some(Event::Centre(CentreEvent::KeysSet(set))) = placed.entry.event.open() {
            self.last = Some((set.clone(), kept.clone()));
        }
    }

    /// What was found. Who wrote the last is checked too: whoever has no key can write at the end alone.
    ///
    /// # Errors
    /// The first that does not hold.
    pub fn end(self) -> Result<Chain, BadKeys> {
        let Self { chain, last, bad } = self;
        let bad = bad.or_else(|| {
            let (set, kept) = last?;
            Some(BadKeys { seq: kept.seq.0, why: chain.written(&set, &kept).err()? })
        });
        bad.map_or(Ok(chain), Err)
    }
}

impl<J: Journal> Book<J> {
    /// The public keys that count, by all entries.
    ///
    /// # Errors
    /// [`ReadFault`]; inside, the first that does not hold.
    pub fn chain(&mut self, reads: ReadBy) -> Result<Result<Chain, BadKeys>, ReadFault> {
        let mut walk = Walk::new(self.head.register, reads);
        self.each_row_after(Head::empty(self.head.register), &mut |kept, placed| walk.meet(kept, placed))?;
        Ok(walk.end())
    }
}

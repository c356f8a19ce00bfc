//! An unlocked keyring: every key that one person has, and what they change of the keyring.

mod create;
mod files;
mod groups;
mod people;
mod right;

use ed25519_dalek::Signer;

use super::keyring::{Act, KeysFault, Kind, LARGEST, RECOVERY, Ring, Roster};
use super::person::{Public, Seed};
use super::secret::Secret;
use super::sign::{self, NoteFault};
use super::{Fault, Group, Id, Random};

pub use create::NewPerson;
pub(super) use files::Files;

/// The keys of one epoch.
#[derive(Debug, Clone)]
pub(super) struct House {
    pub(super) key: Secret,
    pub(super) shell: Secret,
    pub(super) body: Secret,
}

impl House {
    pub(super) fn new(key: Secret) -> Self {
        let shell = Secret::derived("doorbook shell key v1", &key);
        let body = Secret::derived("doorbook body base v1", &key);
        Self { key, shell, body }
    }

    pub(super) fn vault(key: &Secret) -> Secret {
        Secret::derived("doorbook vault key v1", key)
    }

    pub(super) fn check(key: &Secret) -> Secret {
        Secret::derived("doorbook keyring check v1", key)
    }
}

/// The private key of one generation of a group.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) group: Group,
    pub(super) number: u32,
    pub(super) private: Secret,
}

/// What a change wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The whole file, to be durable before the first entry that uses it.
    pub bytes: Vec<u8>,
    /// Its version.
    pub version: u64,
    /// Its epoch.
    pub epoch: u32,
    /// Its sum, which the book names it by.
    pub sum: [u8; 32],
    /// Whose keys count from now on. The recovery sheet is [`RECOVERY`].
    pub came: Vec<(Id, Public)>,
    /// Whose keys count no longer. Somebody whose keys were made anew is in both.
    pub went: Vec<(Id, Public)>,
}

/// Every key that one person has.
///
/// What changes the keyring changes this value only, and nothing is given back that failed half way. So: clone it, change
/// the clone, [`Keys::seal`] it, write [`Change::bytes`] durably, then use the clone in the place of the old one.
#[derive(Debug, Clone)]
pub struct Keys {
    ring: Ring,
    sum: [u8; 32],
    me: Id,
    seed: Seed,
    /// As last read or sealed: what is changed after it is signed by the seed that then counted.
    before: Option<(Roster, Seed)>,
    house: Vec<House>,
    files: Files,
    groups: Vec<Held>,
    /// Something stood in a slot of this person that is no key of theirs.
    spoilt: bool,
    came: Vec<(Id, Public)>,
    went: Vec<(Id, Public)>,
    changed: bool,
}

impl Keys {
    pub(super) fn opened(
        ring: Ring,
        sum: [u8; 32],
        (me, seed): (Id, Seed),
        house: Vec<House>,
        files: Files,
        (groups, spoilt): (Vec<Held>, bool),
    ) -> Self {
        let before = (ring.version > 0).then(|| (ring.roster(), seed.clone()));
        let (came, went) = (Vec::new(), Vec::new());
        Self { ring, sum, me, seed, before, house, files, groups, spoilt, came, went, changed: spoilt }
    }

    /// Whose they are; [`RECOVERY`] of the recovery sheet.
    pub fn me(&self) -> &Id {
        &self.me
    }

    /// What of the keyring lies open, changes that are not sealed yet included.
    pub fn ring(&self) -> &Ring {
        &self.ring
    }

    /// The sum of the file as it was last sealed or read.
    pub fn sum(&self) -> [u8; 32] {
        self.sum
    }

    /// Whether something was changed since, so that [`Keys::seal`] has something to write.
    pub fn changed(&self) -> bool {
        self.changed
    }

    /// Whether the file as it was read has something in a slot of this person that is no key of theirs. It was not given to
    /// them: [`Keys::ring`] does not name it, and the next version of the file does not have it.
    pub fn spoilt(&self) -> bool {
        self.spoilt
    }

    /// Whether what is sealed to this group now can be read with these keys.
    pub fn reads(&self, group: Group) -> bool {
        self.ring.latest(group).is_some_and(|latest| self.held(group, latest.number).is_some())
    }

    /// The key of the directory.
    pub fn directory_key(&self) -> Secret {
        Secret::copy(self.files.directory())
    }

    /// The key of this person's own drafts. It goes when their seed is made anew: seal drafts again after
    /// [`Keys::change_passphrase`].
    pub fn own_key(&self) -> Secret {
        self.seed.own()
    }

    /// Signs a text as this person: a C2SP note. See [`sign::verify`].
    ///
    /// # Errors
    /// [`NoteFault`].
    pub fn sign(&self, text: &str, name: &str) -> Result<String, NoteFault> {
        sign::sign(text, name, &self.seed.signing())
    }

    /// Signs a note that has a signature already, as a witness.
    ///
    /// # Errors
    /// [`NoteFault`].
    pub fn cosign(&self, note: &str, name: &str) -> Result<String, NoteFault> {
        sign::cosign(note, name, &self.seed.signing())
    }

    /// The next version of the file, with all that was changed since the last.
    ///
    /// # Errors
    /// [`KeysFault::Sealing`], [`KeysFault::Full`].
    pub fn seal(&mut self, random: &dyn Random) -> Result<Change, KeysFault> {
        let version = self.ring.version.checked_add(1).ok_or(KeysFault::Full)?;
        self.ring.version = version;
        self.act();
        let newest = &self.newest()?.key;
        let bytes = self.ring.write((&House::vault(newest), &House::check(newest)), self.files.bytes(), random)?;
        if bytes.len() > LARGEST {
            return Err(KeysFault::Full);
        }
        self.sum = bytes.last_chunk().copied().unwrap_or_default();
        (self.changed, self.spoilt) = (false, false);
        self.before = Some((self.ring.roster(), self.seed.clone()));
        let (came, went) = (std::mem::take(&mut self.came), std::mem::take(&mut self.went));
        Ok(Change { bytes, version, epoch: self.ring.epoch, sum: self.sum, came, went })
    }

    /// Signs as this person what is no note.
    pub fn sign_bytes(&self, text: &[u8]) -> [u8; 64] {
        self.seed.signing().sign(text).to_bytes()
    }

    /// Where the public keys that count are others than before, says so by the key that counted before.
    fn act(&mut self) {
        let (roster, register) = (self.ring.roster(), self.ring.register);
        let (before, seed) = match &self.before {
            Some((before, _)) if *before == roster => return,
            Some((before, seed)) => (self.ring.act.makes(&register, before), seed),
            None => ([0; 32], &self.seed),
        };
        self.ring.act = Act::sign(self.me, &seed.signing(), (&register, &roster), before);
    }

    /// The keys of the epoch that is sealed under now.
    pub(super) fn newest(&self) -> Result<&House, Fault> {
        self.house.last().ok_or(Fault::NoKey)
    }

    /// The keys of an epoch, from 1.
    pub(super) fn house(&self, epoch: u32) -> Option<&House> {
        usize::try_from(epoch).ok()?.checked_sub(1).and_then(|at| self.house.get(at))
    }

    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    pub(super) fn held(&self, group: Group, number: u32) -> Option<&Secret> {
        let held = self.groups.iter().find(|held| held.group == group && held.number == number);
        held.map(|held| &held.private)
    }

    fn real(&self) -> bool {
        self.ring.kind == Kind::Real
    }

    /// Whether it stands for the recovery sheet.
    fn is_recovery(&self) -> bool {
        self.me == RECOVERY
    }
}

//! The keyring of a register: unlocked, changed, and durable before the first entry that needs it.

use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::book::Named;
use crate::book::keys::{AHEAD, BadKeys, Chain, Fit};
use crate::clock::Clock;
use crate::domain::event::KeysSet;
use crate::domain::ids::StaffId;
use crate::domain::register::Register;
use crate::journal::{Disk, RealDisk, Whole};
pub use crate::run::house_fault::HouseFault;
use crate::run::house_fault::capital;
use crate::vault::{Id, Kdf, Keep, KeyedSealer, Keyring, Keys, KeysFault, Kind, Passphrase, RECOVERY, System, Whose};

/// The name of a keyring in its folder.
pub const KEYRING: &str = "keyring";
/// Everybody's passphrase in a practice register: its screen shows it.
pub const PRACTICE: &str = "practice";

/// The keyring of a folder, and the keys in hand. A clone is the same one.
#[derive(Debug, Clone)]
pub struct House {
    disk: Arc<dyn Disk>,
    file: Whole,
    sealer: KeyedSealer,
    /// The public keys that the book says count; `None`: nobody has looked.
    chain: Arc<Mutex<Option<Chain>>>,
}

impl House {
    /// Of this folder, locked.
    pub fn of(folder: &Path) -> Self {
        Self::on(Arc::new(RealDisk), folder)
    }

    /// The same on any disk.
    pub fn on(disk: Arc<dyn Disk>, folder: &Path) -> Self {
        let file = Whole::on(Arc::clone(&disk), &folder.join(KEYRING));
        Self { disk, file, sealer: KeyedSealer::new(None), chain: Arc::default() }
    }

    /// Where it lies; its book lies there too.
    pub fn disk(&self) -> Arc<dyn Disk> {
        Arc::clone(&self.disk)
    }

    /// Is there a keyring in this folder?
    pub fn is_there(folder: &Path) -> bool {
        folder.join(KEYRING).symlink_metadata().is_ok()
    }

    /// What seals and opens with the keys in hand.
    pub fn sealer(&self) -> KeyedSealer {
        self.sealer.clone()
    }

    /// The keys in hand.
    ///
    /// # Errors
    /// [`HouseFault::Locked`].
    pub fn keys(&self) -> Result<Arc<Keys>, HouseFault> {
        self.sealer.keys().ok_or(HouseFault::Locked)
    }

    /// What of the keyring lies open.
    ///
    /// # Errors
    /// [`HouseFault::Lost`], [`HouseFault::Damaged`]; the disk failed.
    pub fn read(&self) -> Result<Keyring, HouseFault> {
        let bytes = self.file.read()?.ok_or(HouseFault::Lost)?;
        Keyring::read(bytes).map_err(|fault| HouseFault::Damaged(capital(&fault.to_string())))
    }

    /// What of it can be held against the book without a key: its form, whose it is, and that it is no earlier one than the
    /// book names, nor another one of that version. Its version.
    ///
    /// # Errors
    /// As [`House::read`] and [`House::fits`]; [`HouseFault::Foreign`].
    pub fn lies(&self, register: [u8; 16], named: Option<Named>) -> Result<u64, HouseFault> {
        let ring = self.read()?;
        if *ring.register() != register {
            return Err(HouseFault::Foreign);
        }
        stands((ring.version(), ring.sum()), named).map(|()| ring.version())
    }

    /// Sets a keyring aside for which there is no book here: a copy of its book may still be put back. It is named by its
    /// sum, so that no other is lost for it.
    ///
    /// # Errors
    /// [`HouseFault`]; it is where it was.
    pub fn set_aside(&self) -> Result<(), HouseFault> {
        let Some(bytes) = self.file.read()? else { return Ok(()) };
        let sum: String = blake3::hash(&bytes).as_bytes().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        Ok(self.file.set_aside(&format!("{KEYRING}.{sum}"))?)
    }

    /// Puts a keyring that was just made into its place.
    ///
    /// # Errors
    /// The disk failed, and what was there stands there still; [`HouseFault::InDoubt`].
    pub fn write(&self, bytes: &[u8]) -> Result<(), HouseFault> {
        let before = self.file.read()?;
        let Err(fault) = self.file.replace(bytes) else { return Ok(()) };
        // It may have its name already, and only not be sure to outlast a power cut: then a passphrase would count that
        // nobody was shown.
        let stands = |is: &Option<Vec<u8>>| self.file.read().is_ok_and(|now| now == *is);
        if !stands(&before)
            && let Some(before) = &before
        {
            let _ = self.file.replace(before);
        }
        if stands(&before) { Err(fault.into()) } else { Err(HouseFault::InDoubt(fault)) }
    }

    /// Somebody's keys, of this register; those in hand stay. It takes about a second.
    ///
    /// # Errors
    /// [`HouseFault::Wrong`] and the rest.
    pub fn unlock(&self, register: [u8; 16], number: u8, passphrase: &Passphrase) -> Result<Keys, HouseFault> {
        let ring = self.read()?;
        if *ring.register() != register {
            return Err(HouseFault::Foreign);
        }
        // Put back under a desk that has newer keys in hand: somebody may be in it who no longer is.
        if let Some(keys) = self.sealer.keys().filter(|keys| keys.ring().version() > ring.version()) {
            return Err(HouseFault::Older { has: ring.version(), needs: keys.ring().version() });
        }
        Ok(ring.unlock(number, passphrase)?)
    }

    /// Takes these keys in hand, in place of those before, which are given back.
    pub fn take(&self, keys: Option<Arc<Keys>>) -> Option<Arc<Keys>> {
        self.sealer.exchange(keys)
    }

    /// Is the keyring as late as the book, and where it is no later the very one? Told of the last that the book names.
    ///
    /// # Errors
    /// [`HouseFault::Older`], [`HouseFault::Other`]; [`HouseFault::Forged`]: it is far ahead.
    pub fn fits(&self, book: Option<&KeysSet>) -> Result<(), HouseFault> {
        let keys = self.keys()?;
        let named = book.map(|book| Named { version: book.version, sum: book.sum });
        stands((keys.ring().version(), keys.sum()), named)
    }

    /// From now on these public keys count: the book says so. How the keyring stands to them.
    ///
    /// # Errors
    /// [`HouseFault::Unsigned`]; there are no keys in hand.
    pub fn trusts(&self, chain: Result<Chain, BadKeys>) -> Result<Fit, HouseFault> {
        let (keys, chain) = (self.keys()?, chain.map_err(HouseFault::Unsigned)?);
        let fit = chain.fit(keys.ring());
        self.with_chain(|place| *place = Some(chain));
        Ok(fit)
    }

    /// What the keyring has and the book does not name: a change that was cut off between the two, or not saved.
    pub fn not_told(&self) -> Option<KeysSet> {
        let keys = self.keys().ok()?;
        let behind =
            self.with_chain(|chain| chain.as_ref().is_some_and(|chain| chain.version() < keys.ring().version()));
        behind.then(|| self.told(&keys))
    }

    /// The book names the keyring in hand now.
    pub fn is_told(&self) {
        if let Ok(keys) = self.keys() {
            self.with_chain(|chain| {
                if let Some(chain) = chain {
                    chain.named(keys.ring());
                }
            });
        }
    }

    /// Takes out of the keyring what nobody who may has put there. What the book is to say of it.
    ///
    /// # Errors
    /// [`HouseFault::Forged`], [`HouseFault::Unnamed`].
    pub fn put_right(&self) -> Result<KeysSet, HouseFault> {
        let counts =
            self.with_chain(|chain| chain.as_ref().and_then(|chain| Some((chain.roster().clone(), *chain.act()?))));
        let (roster, act) = counts.ok_or(HouseFault::Forged)?;
        let done = self.change(|keys| keys.put_right(&roster, &act, &System));
        let (strangers, mut set) = done.map_err(|fault| match fault {
            HouseFault::Keys(KeysFault::Forged) => HouseFault::Forged,
            HouseFault::Keys(KeysFault::NoSuch) => HouseFault::Unnamed,
            other => other,
        })?;
        set.removed.extend(strangers.iter().map(|id| StaffId(uuid::Uuid::from_bytes(*id))));
        Ok(set)
    }

    /// Would the book be opened with this in it, written with the keys in hand? Ask before it is.
    ///
    /// # Errors
    /// [`HouseFault::Unnamed`].
    pub fn takes(&self, set: &KeysSet) -> Result<(), HouseFault> {
        let by = StaffId(uuid::Uuid::from_bytes(*self.keys()?.me()));
        let refuses = |chain: &Chain| chain.takes(set, by).is_err();
        let refused = self.with_chain(|chain| chain.as_ref().is_some_and(refuses));
        if refused { Err(HouseFault::Unnamed) } else { Ok(()) }
    }

    fn with_chain<T>(&self, work: impl FnOnce(&mut Option<Chain>) -> T) -> T {
        work(&mut self.chain.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// A version of the keyring, as the book is to have it.
    pub fn told(&self, keys: &Keys) -> KeysSet {
        let of_new = || Chain::new(crate::journal::RegisterId(*keys.ring().register()), None);
        self.with_chain(|chain| chain.get_or_insert_with(of_new).told(keys.ring(), keys.sum()))
    }

    /// Are the keys in hand those of somebody on the team list? A keyring may name whom no coordinator ever listed.
    ///
    /// # Errors
    /// [`HouseFault::NotListed`], [`HouseFault::Renumbered`].
    pub fn is_of(&self, register: &Register) -> Result<StaffId, HouseFault> {
        let keys = self.keys()?;
        let staff = whose(&keys).ok_or(HouseFault::NotListed)?;
        let number = keys.ring().person(keys.me()).ok_or(HouseFault::NotListed)?.number;
        numbered(register, keys.me(), number).map(|()| staff)
    }

    /// Changes the keys, and writes the keyring: on `Ok` it is durable, and what is to be written into the book is given.
    ///
    /// # Errors
    /// [`HouseFault`]; the keys are as they were.
    pub fn change<T>(&self, work: impl FnOnce(&mut Keys) -> Result<T, KeysFault>) -> Result<(T, KeysSet), HouseFault> {
        let mut next = Keys::clone(&*self.keys()?);
        let done = work(&mut next)?;
        let change = next.seal(&System)?;
        // Nothing is written that the next who unlocks would refuse.
        let forged = |chain: &Chain| chain.fit(next.ring()) == Fit::Forged;
        if self.with_chain(|chain| chain.as_ref().is_some_and(forged)) {
            return Err(HouseFault::NotTheirs);
        }
        let set = self.told(&next);
        self.takes(&set)?;
        self.write(&change.bytes)?;
        self.sealer.exchange(Some(Arc::new(next)));
        Ok((done, set))
    }

    /// Makes the keys of these files, as far as there are none yet.
    ///
    /// # Errors
    /// As [`House::change`].
    pub fn ready_for(&self, files: &[[u8; 17]]) -> Result<Option<KeysSet>, HouseFault> {
        let keys = self.keys()?;
        let has = |file: &[u8; 17]| {
            [Keep::Ordinary, Keep::Lasting].iter().all(|keep| keys.has_file(&Whose { file: *file, keep: *keep }))
        };
        if files.iter().all(has) {
            return Ok(None);
        }
        let mut next = Keys::clone(&*keys);
        next.ensure_files(files, &System)?;
        let change = next.seal(&System)?;
        self.write(&change.bytes)?;
        let set = self.told(&next);
        self.sealer.exchange(Some(Arc::new(next)));
        Ok(Some(set))
    }
}

/// A keyring of this version and this sum, beside the last that the book names.
fn stands((has, sum): (u64, [u8; 32]), named: Option<Named>) -> Result<(), HouseFault> {
    match named {
        // Nobody makes so many: a program did, so that none is left.
        _ if has > named.map_or(0, |named| named.version).saturating_add(AHEAD) => Err(HouseFault::Forged),
        Some(named) if has < named.version => Err(HouseFault::Older { has, needs: named.version }),
        Some(named) if has == named.version && sum != named.sum => Err(HouseFault::Other(has)),
        _ => Ok(()),
    }
}

/// What a new passphrase costs whoever guesses at it, in a register of this kind. Of a real one the machine is tried, which
/// takes some seconds.
pub fn kdf(kind: Kind, clock: &Clock) -> Kdf {
    match kind {
        Kind::Practice => Kdf::PRACTICE,
        Kind::Real => Kdf::calibrate(&|| clock.since_start()),
    }
}

/// Is somebody with a key on the team list, by this number? Numbers are not signed: anybody with a key can write another
/// one into the keyring.
///
/// # Errors
/// [`HouseFault::NotListed`], [`HouseFault::Renumbered`].
pub fn numbered(register: &Register, who: &Id, number: u8) -> Result<(), HouseFault> {
    let card = register.team.get(&StaffId(uuid::Uuid::from_bytes(*who))).filter(|card| !card.left);
    let is = card.ok_or(HouseFault::NotListed)?.number;
    if is == number { Ok(()) } else { Err(HouseFault::Renumbered) }
}

/// Whose keys these are; `None`: the recovery sheet's.
pub fn whose(keys: &Keys) -> Option<StaffId> {
    (*keys.me() != RECOVERY).then(|| StaffId(uuid::Uuid::from_bytes(*keys.me())))
}

//! The keyring of a register: unlocked, changed, and durable before the first entry that needs it.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Clock;
use crate::domain::event::{KeysSet, UserKeys};
use crate::domain::ids::StaffId;
use crate::domain::register::Register;
use crate::journal::{Fault, Whole};
use crate::vault::{
    Change, Kdf, Keep, KeyedSealer, Keyring, Keys, KeysFault, Kind, Passphrase, RECOVERY, System, UnlockFault, Whose,
};

/// The name of a keyring in its folder.
pub const KEYRING: &str = "keyring";
/// Everybody's passphrase in a practice register: its screen shows it.
pub const PRACTICE: &str = "practice";

/// What goes wrong with keys, by what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HouseFault {
    /// There is none.
    #[error(
        "The register is sealed, and its keyring is not beside it. Nothing was changed. Put the file \"keyring\" back \
         from a copy: without it nobody can open the register."
    )]
    Lost,
    /// It is another register's.
    #[error("The keyring beside the register is of another register. Nothing was changed. Put its own one back.")]
    Foreign,
    /// Something was written with a later one.
    #[error(
        "The keyring is older than the register: it has version {has}, and the register was written with version \
         {needs}. Nothing was changed. Put the newest copy of the file \"keyring\" back."
    )]
    Older {
        /// The version of the file.
        has: u64,
        /// The last one that the book names.
        needs: u64,
    },
    /// Something was written in an epoch that it does not know.
    #[error(
        "The keyring is older than the register: it has version {0}, and something in the register was written with a \
         later one. Nothing was changed. Put the newest copy of the file \"keyring\" back."
    )]
    Behind(u64),
    /// It cannot be read, or not be trusted.
    #[error("{0}. Nothing was changed. Put a copy of the file \"keyring\" back.")]
    Damaged(String),
    /// As late as the book, and not the one that it names.
    #[error(
        "The keyring beside the register is not the one that the register names: it has the same version {0} and other \
         content. Nothing was changed. Put a copy of the file \"keyring\" back that was made with this register."
    )]
    Other(u64),
    /// Whoever has this key is not of the team.
    #[error("This key belongs to nobody on the team list. Nothing was changed. Ask the coordinator for a key.")]
    NotListed,
    /// Their role does not let them.
    #[error(
        "This is not for this person's role. Nothing was written. Ask the coordinator to do it, with --number and their \
         own passphrase."
    )]
    NotTheirs,
    /// Number and passphrase do not go together.
    #[error("This number and this passphrase do not go together. Nothing was changed. Type them again.")]
    Wrong,
    /// Of the recovery sheet: for whom it is to be.
    #[error("Nobody has number {0}. Nothing was changed. Look for the number on the team list.")]
    NoNumber(u8),
    /// The words are not those of this register's sheet.
    #[error(
        "These are not the words of this register's recovery sheet. Nothing was changed. Look for the sheet that was written down when it was made."
    )]
    OtherSheet,
    /// The words of the sheet are mistyped.
    #[error("{0}. Nothing was changed. Compare them with the sheet.")]
    Sheet(String),
    /// Its clock cannot be set so.
    #[error(transparent)]
    Clock(#[from] crate::run::when::Refused),
    /// Too little memory to try it.
    #[error(
        "There is not enough memory on this machine to try the passphrase. Close other programs. Nothing was changed."
    )]
    NoMemory,
    /// Nobody has unlocked it.
    #[error("The register is locked. Nothing was changed. Unlock it first.")]
    Locked,
    /// The keys cannot be changed so.
    #[error("This cannot be done: {0}. Nothing was changed.")]
    Keys(#[from] KeysFault),
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] Fault),
}

impl From<UnlockFault> for HouseFault {
    fn from(fault: UnlockFault) -> Self {
        match fault {
            UnlockFault::NoSuch | UnlockFault::Wrong => Self::Wrong,
            UnlockFault::OtherSheet => Self::OtherSheet,
            UnlockFault::NoMemory => Self::NoMemory,
            UnlockFault::Damaged(_) => Self::Damaged(capital(&fault.to_string())),
        }
    }
}

/// The keyring of a folder, and the keys in hand. A clone is the same one.
#[derive(Debug, Clone)]
pub struct House {
    file: Whole,
    sealer: KeyedSealer,
}

impl House {
    /// Of this folder, locked.
    pub fn of(folder: &Path) -> Self {
        Self { file: Whole::at(&folder.join(KEYRING)), sealer: KeyedSealer::new(None) }
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
        Keyring::read(&bytes).map_err(|fault| HouseFault::Damaged(capital(&fault.to_string())))
    }

    /// Puts a keyring that was just made into its place.
    ///
    /// # Errors
    /// The disk failed.
    pub fn write(&self, bytes: &[u8]) -> Result<(), HouseFault> {
        Ok(self.file.replace(bytes)?)
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
    /// [`HouseFault::Older`], [`HouseFault::Other`].
    pub fn fits(&self, book: Option<&KeysSet>) -> Result<(), HouseFault> {
        let keys = self.keys()?;
        let has = keys.ring().version();
        match book {
            Some(book) if has < book.version => Err(HouseFault::Older { has, needs: book.version }),
            Some(book) if has == book.version && keys.sum() != book.sum => Err(HouseFault::Other(has)),
            _ => Ok(()),
        }
    }

    /// Are the keys in hand those of somebody on the team list? A keyring may name whom no coordinator ever listed.
    ///
    /// # Errors
    /// [`HouseFault::NotListed`].
    pub fn is_of(&self, register: &Register) -> Result<StaffId, HouseFault> {
        let listed = |staff: &StaffId| register.team.get(staff).is_some_and(|card| !card.left);
        whose(&*self.keys()?).filter(listed).ok_or(HouseFault::NotListed)
    }

    /// Changes the keys, and writes the keyring: on `Ok` it is durable, and what is to be written into the book is given.
    ///
    /// # Errors
    /// [`HouseFault`]; the keys are as they were.
    pub fn change<T>(&self, work: impl FnOnce(&mut Keys) -> Result<T, KeysFault>) -> Result<(T, KeysSet), HouseFault> {
        let mut next = Keys::clone(&*self.keys()?);
        let done = work(&mut next)?;
        let change = next.seal(&System)?;
        self.write(&change.bytes)?;
        self.sealer.exchange(Some(Arc::new(next)));
        Ok((done, keys_set(&change)))
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
        self.sealer.exchange(Some(Arc::new(next)));
        Ok(Some(keys_set(&change)))
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

/// A version of the keyring, as the book has it.
pub fn keys_set(change: &Change) -> KeysSet {
    let staff = |id: &[u8; 16]| StaffId(uuid::Uuid::from_bytes(*id));
    let added: Vec<UserKeys> = change
        .came
        .iter()
        .map(|(id, public)| UserKeys { staff: staff(id), seals: public.x, signs: public.ed })
        .collect();
    let came = |id: &[u8; 16]| change.came.iter().any(|(other, _)| other == id);
    let removed = change.went.iter().filter(|(id, _)| !came(id)).map(|(id, _)| staff(id)).collect();
    KeysSet { version: change.version, epoch: change.epoch, sum: change.sum, added, removed }
}

/// Whose keys these are; `None`: the recovery sheet's.
pub fn whose(keys: &Keys) -> Option<StaffId> {
    (*keys.me() != RECOVERY).then(|| StaffId(uuid::Uuid::from_bytes(*keys.me())))
}

pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! Why a keyring is not read, not unlocked, not changed.

use super::super::Fault;

/// Why bytes are no keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringFault {
    /// It does not begin as one.
    #[error("this is not a keyring")]
    NotOne,
    /// Written by a newer Doorbook.
    #[error("the keyring has format {0}, which this Doorbook does not know")]
    TooNew(u8),
    /// It ends too early.
    #[error("the keyring is cut short")]
    Cut,
    /// Its sum is not that of its bytes.
    #[error("the keyring is damaged: its sum does not agree")]
    Sum,
    /// Its sum agrees, and it says what no Doorbook writes.
    #[error("the keyring makes no sense: {0}")]
    Nonsense(&'static str),
    /// Of a real register, with passphrases that are guessed too fast.
    #[error("the keyring's passphrases are kept more weakly than a real register allows")]
    Weak,
}

/// Why a keyring does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockFault {
    /// Nobody has this number.
    #[error("nobody with this number has a key")]
    NoSuch,
    /// Another passphrase. (Or: somebody has changed the slot, and the sum with it.)
    #[error("that is not the passphrase")]
    Wrong,
    /// These words are not of this keyring's recovery sheet.
    #[error("these are not the words of this register's recovery sheet")]
    OtherSheet,
    /// The passphrase is right, and the rest is not what somebody with a key wrote.
    #[error("the keyring is not as it was written: {0}")]
    Damaged(&'static str),
    /// The passphrase is right, and what is sealed to this person alone is not what anybody sealed: it may open for others.
    #[error("what the keyring keeps for this number is damaged")]
    Slot,
    /// Too little memory to try the passphrase.
    #[error("there is not enough memory to try the passphrase")]
    NoMemory,
}

/// Why the keys are not changed. What was asked for is then half done: go on with the keys as they were before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeysFault {
    /// They have a key already.
    #[error("they have a key already")]
    Already,
    /// Somebody else has that number.
    #[error("somebody else has that number")]
    NumberTaken,
    /// They have no key.
    #[error("they have no key")]
    NoSuch,
    /// Somebody else must do it.
    #[error("somebody else must do this")]
    Yourself,
    /// Nobody would be left.
    #[error("nobody would have a key")]
    Last,
    /// Nothing of the passphrase counts.
    #[error("the passphrase is empty")]
    Empty,
    /// Less than a real register allows, or more than any.
    #[error("a passphrase must not be kept like this")]
    Kdf,
    /// It is not what anybody made it who may.
    #[error("somebody has taken out what counts")]
    Forged,
    /// No more fit.
    #[error("the keyring is full")]
    Full,
    /// Too little memory for a passphrase.
    #[error("there is not enough memory to keep the passphrase")]
    NoMemory,
    /// It cannot be sealed.
    #[error(transparent)]
    Sealing(#[from] Fault),
}

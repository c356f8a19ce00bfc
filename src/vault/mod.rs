//! Sealing and opening the two layers of an entry, people's keys, and the keyed tags that rows are found by.
//!
//! [`Sealer`] is the shape: [`KeyedSealer`] seals with somebody's keys, [`NullSealer`] seals nothing (registers without
//! keys). A [`Keyring`] is the file that holds the keys; unlocked by a passphrase it gives [`Keys`]. Each layer is an
//! envelope: `format 1 | method 1 | key 16 | payload`. What it is bound to ([`BodyBound`], [`ShellBound`]) is not
//! in it: whoever opens must know where it belongs, so an envelope put in another's place does not open.
//!
//! An envelope that lies open carries no proof of who wrote it: [`Sealer::open_body`] gives what is in it all the same.
//! Whoever reads a register with keys asks [`Envelope::is_open`], and takes it for those entries alone that lie open.

mod aead;
mod envelope;
mod keyed;
mod keyring;
mod keys;
mod null;
mod pad;
pub mod person;
mod random;
mod recovery;
mod secret;
pub mod sign;
mod tags;
pub mod words;
mod wrap;

pub use envelope::{Envelope, FORMAT, SEALED, method};
pub use keyed::KeyedSealer;
pub use keyring::{
    Act, FORMAT as KEYRING_FORMAT, Keyring, KeyringFault, KeysFault, Kind, Person, RECOVERY, Ring, Roster, UnlockFault,
    Waiting, signed,
};
pub use keys::{Change, Keys, NewPerson};
pub use null::NullSealer;
pub use person::{Kdf, Passphrase, Public};
pub use random::{Random, System};
pub use recovery::{RecoveryFault, RecoveryWords};
pub use secret::{Secret, wipe};
pub use wrap::can_seal_to;

/// Bytes as base64, with its padding.
pub fn base64(bytes: &[u8]) -> String {
    use base64ct::{Base64, Encoding};
    Base64::encode_string(bytes)
}

/// Who or what, as bytes that say nothing here.
pub type Id = [u8; 16];

/// Who reads an account: beside the recovery sheet, those of the register that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// A concern: safeguarding lead and coordinators.
    Concern = 1,
    /// An allegation about a worker: safeguarding lead and chair.
    Allegation = 2,
    /// The safeguarding lead alone.
    Lead = 3,
    /// The chair alone.
    Chair = 4,
}

impl Group {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Concern, Self::Allegation, Self::Lead, Self::Chair];

    /// Its number in what is stored.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The group of a number.
    pub fn of(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }
}

/// Which key an envelope was sealed under. All zero: none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 16]);

/// How long the key of a content is kept: reports and accident entries outlive attendance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keep {
    /// As long as attendance.
    Ordinary,
    /// As long as reports and accidents.
    Lasting,
}

/// Whose key seals a body: the file that it lies in, as bytes that say nothing here, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Whose {
    /// The file: its kind and its id.
    pub file: [u8; 17],
    /// For how long.
    pub keep: Keep,
}

/// What a body is bound to, beside its key and the format, so that it can wait in an outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyBound {
    /// The register.
    pub register: [u8; 16],
    /// The entry.
    pub entry: [u8; 16],
}

/// What a shell is bound to: its place, so that it is sealed again at each try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShellBound {
    /// The register.
    pub register: [u8; 16],
    /// The place in the journal.
    pub seq: u64,
    /// The link before it.
    pub before: [u8; 32],
}

/// What a tag is made of. The kinds never meet, whatever their bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagOf {
    /// The open day.
    Day([u8; 16]),
    /// No day: the row's own id, so that nobody sees that there is none.
    NoDay([u8; 16]),
    /// The file: its kind and its id.
    File([u8; 17]),
}

/// An opened layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// What was sealed.
    Open(Vec<u8>),
    /// Sealed to others, or its key is gone.
    Closed,
}

/// Why a layer cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Written by a newer Doorbook.
    #[error("it has format {0}, which this Doorbook does not know")]
    TooNew(u8),
    /// Not what was sealed, or not in its place.
    #[error("it is not what was sealed")]
    Damaged,
    /// There is no key to seal it under.
    #[error("there is no key for it")]
    NoKey,
    /// The system has no randomness to give, so nothing can be sealed.
    #[error("the system gives no random numbers")]
    NoRandom,
}

/// Seals and opens, and makes tags.
pub trait Sealer: Send + Sync {
    /// In which format it seals: [`FORMAT`] (JSON, open) or [`SEALED`].
    fn format(&self) -> u8;

    /// Many are sealed in a row from here on, or no longer.
    fn many(&self, _on: bool) {}

    /// Signs as whoever has the keys; `None`: nobody has.
    fn sign(&self, _text: &[u8]) -> Option<(Id, [u8; 64])> {
        None
    }

    /// Seals a body once.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    fn seal_body(&self, whose: &Whose, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Opens a body.
    ///
    /// # Errors
    /// [`Fault::TooNew`], [`Fault::Damaged`].
    fn open_body(&self, bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault>;

    /// Seals a shell for one place.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    fn seal_shell(&self, bound: &ShellBound, plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Opens a shell.
    ///
    /// # Errors
    /// [`Fault::TooNew`], [`Fault::Damaged`].
    fn open_shell(&self, bound: &ShellBound, sealed: &[u8]) -> Result<Opened, Fault>;

    /// Puts what needs no key into an envelope, of either layer: ids and public keys only.
    fn seal_plain(&self, plain: &[u8]) -> Vec<u8>;

    /// Seals an account to the readers of a group, for the body of one entry. No key of theirs is needed.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    fn seal_account(&self, group: Group, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// What looks like an account for a group, as long as that of this text, and opens for nobody.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    fn seal_decoy(&self, group: Group, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Opens an account; [`Opened::Closed`] for whoever is no reader of it.
    ///
    /// # Errors
    /// [`Fault::TooNew`], [`Fault::Damaged`].
    fn open_account(&self, bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault>;

    /// Seals a value of the directory for its place there.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    fn seal_shelf(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Opens a value of the directory.
    ///
    /// # Errors
    /// [`Fault::Damaged`]: it is not what was sealed for this place under this key. [`Fault::NoKey`].
    fn open_shelf(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault>;

    /// The tag of a day or a file, under a key that outlives epochs: the same for ever.
    fn tag(&self, of: TagOf) -> [u8; 16];
}

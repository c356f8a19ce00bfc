//! Sealing and opening the two layers of an entry, and the keyed tags that rows are found by.
//!
//! [`Sealer`] is the shape; [`NullSealer`] seals nothing and is what a practice register has until keys land. Each layer
//! is an envelope: `format 1 | method 1 | key 16 | payload`. What it is bound to ([`BodyBound`], [`ShellBound`]) is not
//! in it: whoever opens must know where it belongs, so an envelope put in another's place does not open.

mod envelope;
mod null;

pub use envelope::{Envelope, FORMAT, NEWEST};
pub use null::NullSealer;

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
}

/// Seals and opens, and makes tags.
pub trait Sealer: Send + Sync {
    /// In which format entries are written: 1, open JSON; 2, frames.
    fn format(&self) -> u8;

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

    /// Seals an account to the readers of a group.
    ///
    /// # Errors
    /// [`Fault::NoKey`].
    fn seal_account(&self, group: u8, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Opens an account.
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
    /// [`Fault::Damaged`]: it is not what was sealed for this place under this key.
    fn open_shelf(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault>;

    /// The tag of a day or a file, under a key that outlives epochs: the same for ever.
    fn tag(&self, of: TagOf) -> [u8; 16];
}

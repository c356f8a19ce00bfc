//! The envelope of a layer: in which format, how and under which key it was sealed.

use super::{Fault, KeyId};

/// The format of what lies open as JSON: registers without keys.
pub const FORMAT: u8 = 1;
/// The format of what is sealed, and of what lies open beside it. It counts up when a Doorbook writes what an older one
/// could not understand; an older one then says so, by this number.
pub const SEALED: u8 = 2;

/// How a layer is kept: the second byte.
pub mod method {
    /// Not at all.
    pub const OPEN: u8 = 0;
    /// Under a key of the register.
    pub const SEALED: u8 = 1;
    /// To the readers of a group.
    pub const ACCOUNT: u8 = 2;
}

/// An envelope, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// In which form: [`FORMAT`] or [`SEALED`].
    pub format: u8,
    /// How: of [`method`].
    pub method: u8,
    /// Under which key.
    pub key: KeyId,
    /// What is in it.
    pub payload: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// Takes one apart.
    ///
    /// # Errors
    /// [`Fault::TooNew`], by the format's number; [`Fault::Damaged`] if it is too short.
    pub fn read(sealed: &'a [u8]) -> Result<Self, Fault> {
        let (&[format, method], rest) = sealed.split_first_chunk().ok_or(Fault::Damaged)?;
        if format > SEALED {
            return Err(Fault::TooNew(format));
        }
        let (key, payload) = rest.split_first_chunk().ok_or(Fault::Damaged)?;
        if format == 0 {
            return Err(Fault::Damaged);
        }
        Ok(Self { format, method, key: KeyId(*key), payload })
    }

    /// Puts one together.
    pub fn write(&self) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(18 + self.payload.len());
        self.front(&mut sealed);
        sealed.extend_from_slice(self.payload);
        sealed
    }

    /// All before the payload.
    pub(super) fn front(&self, sealed: &mut Vec<u8>) {
        sealed.extend_from_slice(&[self.format, self.method]);
        sealed.extend_from_slice(&self.key.0);
    }

    /// Whether it lies open, whichever its format.
    pub fn is_open(&self) -> bool {
        self.method == method::OPEN
    }
}

//! The envelope of a layer: in which format, how and under which key it was sealed.

use super::{Fault, KeyId};

/// The format of what is sealed now: the wire form of `book`. It counts up when a Doorbook writes what an older one
/// could not understand; an older one then says so, by this number.
pub const FORMAT: u8 = 1;
/// The newest format that is read.
pub const NEWEST: u8 = 2;

/// An envelope, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// How: 0 is not at all.
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
        if format > NEWEST {
            return Err(Fault::TooNew(format));
        }
        let (key, payload) = rest.split_first_chunk().ok_or(Fault::Damaged)?;
        if format == 0 {
            return Err(Fault::Damaged);
        }
        Ok(Self { method, key: KeyId(*key), payload })
    }

    /// Puts one together.
    pub fn write(&self) -> Vec<u8> {
        self.write_as(FORMAT)
    }

    /// Puts one together in a format.
    pub fn write_as(&self, format: u8) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(18 + self.payload.len());
        sealed.extend_from_slice(&[format, self.method]);
        sealed.extend_from_slice(&self.key.0);
        sealed.extend_from_slice(self.payload);
        sealed
    }
}

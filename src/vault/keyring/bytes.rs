//! Taking a file's bytes from the front, never past its end.

use super::KeyringFault;

/// What is still to be read.
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], KeyringFault> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(KeyringFault::Cut)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn u8(&mut self) -> Result<u8, KeyringFault> {
        self.take().map(u8::from_le_bytes)
    }

    pub(super) fn u16(&mut self) -> Result<u16, KeyringFault> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, KeyringFault> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, KeyringFault> {
        self.take().map(u64::from_le_bytes)
    }

    /// `count` of something. Room is made as they come, so that a count alone costs nothing.
    pub(super) fn many<T>(
        &mut self,
        count: impl Into<u64>,
        each: impl Fn(&mut Self) -> Result<T, KeyringFault>,
    ) -> Result<Vec<T>, KeyringFault> {
        (0..count.into()).map(|_| each(self)).collect()
    }
}

//! Keys that were given up: whoever left still has the house key of their time, and could seal entries under it. In a book no
//! shell is sealed under an older key than one before it.

use super::ReadFault;
use crate::journal::{Fault, Journal, Kept, Seq, Which};
use crate::vault::{Envelope, method};

/// Rows looked back at for the last that is sealed.
const BACK: u64 = 16;

/// The newest house key so far, by its number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Epochs(u32);

impl Epochs {
    /// As of a place.
    pub(super) fn at(journal: &mut impl Journal, seq: Seq) -> Result<Self, Fault> {
        let mut so_far = Self::default();
        if seq > Seq::START {
            let from = Seq(seq.0.saturating_sub(BACK));
            let many = usize::try_from(seq.0 - from.0).unwrap_or_default();
            for kept in journal.read(Which::All, from, many)? {
                so_far.0 = so_far.0.max(of(&kept).unwrap_or_default());
            }
        }
        Ok(so_far)
    }

    /// Takes the next row in.
    pub(super) fn follow(&mut self, kept: &Kept) -> Result<(), ReadFault> {
        let Some(epoch) = of(kept) else { return Ok(()) };
        if epoch < self.0 {
            return Err(ReadFault::damaged(kept.seq, "it is sealed under a key that had been given up"));
        }
        self.0 = epoch;
        Ok(())
    }
}

/// The number of the house key that a shell is sealed under; `None`: it is not sealed.
fn of(kept: &Kept) -> Option<u32> {
    let envelope = Envelope::read(&kept.row.shell).ok().filter(|envelope| envelope.method == method::SEALED)?;
    envelope.payload.first_chunk().map(|epoch| u32::from_le_bytes(*epoch))
}

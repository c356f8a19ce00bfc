//! Where randomness comes from: the system; in tests a source that can be repeated.

use super::Fault;

/// A source of bytes that nobody can foresee. Everything random in this room is drawn from one that is handed in, in a
/// fixed order, so that a test with a source of its own gets the same bytes each time.
pub trait Random: Send + Sync {
    /// Fills all of it.
    ///
    /// # Errors
    /// [`Fault::NoRandom`]: nothing may then be sealed.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault>;
}

/// The system's source.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Random for System {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|_| Fault::NoRandom)
    }
}

/// As many bytes as the place takes, of what is not secret: salts, nonces.
pub(super) fn open<const N: usize>(random: &dyn Random) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

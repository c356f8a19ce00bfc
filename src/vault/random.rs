//! Where randomness comes from: the system; in tests a source that can be repeated.

use std::sync::{Mutex, PoisonError};

use super::Fault;

/// A source of bytes that nobody can foresee. Everything random in this room is drawn from one that is handed in, in a
/// fixed order, so that a test with a source of its own gets the same bytes each time.
pub trait Random: Send + Sync {
    /// Fills all of it.
    ///
    /// # Errors
    /// [`Fault::NoRandom`]: nothing may then be sealed.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault>;

    /// The same for what is not secret, salts and nonces: it may have been drawn before, with others.
    ///
    /// # Errors
    /// As [`Random::fill`].
    fn fill_open(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.fill(bytes)
    }

    /// From now on many are wanted in a row, or no longer: what was drawn before and not given is thrown away. Nothing else may
    /// lie in stock: a machine that is put back to a snapshot would seal other words by a nonce that was used already.
    fn stock(&self, _on: bool) {}
}

/// The system's source.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Random for System {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|_| Fault::NoRandom)
    }
}

/// The system's source; while a stock is kept, many nonces are drawn at once: for one alone the way to it takes longer than
/// sealing.
#[derive(Default)]
pub(super) struct Pool(Mutex<Option<Vec<u8>>>);

/// Bytes that are drawn at once.
const AT_ONCE: usize = 4096;

impl Random for Pool {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        System.fill(bytes)
    }

    fn fill_open(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        let mut stock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stock) = &mut *stock else { return System.fill(bytes) };
        if stock.len() < bytes.len() {
            let mut more = vec![0; AT_ONCE.max(bytes.len())];
            System.fill(&mut more)?;
            *stock = more;
        }
        // What was given is gone from it.
        let rest = stock.len().saturating_sub(bytes.len());
        bytes.iter_mut().zip(stock.drain(rest..)).for_each(|(to, from)| *to = from);
        Ok(())
    }

    fn stock(&self, on: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = on.then(Vec::new);
    }
}

/// As many bytes as the place takes, of what is not secret: salts, nonces.
pub(super) fn open<const N: usize>(random: &dyn Random) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    random.fill_open(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_drawn_is_given_twice_and_nothing_stays() {
        let pool = Pool::default();
        for on in [true, false] {
            pool.stock(on);
            let drawn: Vec<[u8; 24]> = (0..1000).map(|_| open(&pool).unwrap()).collect();
            let once: std::collections::BTreeSet<_> = drawn.iter().collect();
            assert_eq!(once.len(), drawn.len());
            assert!(drawn.iter().all(|nonce| *nonce != [0; 24]));
            assert_eq!(pool.0.lock().unwrap().is_some(), on);
            // Also what is more than is drawn at once.
            let mut long = vec![0; 3 * AT_ONCE];
            pool.fill_open(&mut long).unwrap();
            assert!(long.chunks(64).all(|some| some.iter().any(|byte| *byte != 0)));
        }
        assert!(Pool::default().0.lock().unwrap().is_none(), "a desk keeps none");
    }
}

//! A hint that a journal's head has moved.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::kept::Seq;

/// Waits for the head to move. A hint only: it may be late or be lost, so whoever waits also looks now and then.
pub trait Watch: Send {
    /// Waits until the head has moved since the last call, at most this long. Has it?
    fn wait(&mut self, at_most: Duration) -> bool;
}

/// The bell that an append in this process rings.
#[derive(Debug, Clone, Default)]
pub(super) struct Bell(Arc<(Mutex<Seq>, Condvar)>);

impl Bell {
    /// The head is here now.
    pub(super) fn ring(&self, seq: Seq) {
        let (head, moved) = &*self.0;
        *head.lock().unwrap_or_else(PoisonError::into_inner) = seq;
        moved.notify_all();
    }

    /// Somebody who listens from now on.
    pub(super) fn listen(&self) -> Box<dyn Watch> {
        let seen = *self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        Box::new(Listener { bell: self.clone(), seen })
    }
}

struct Listener {
    bell: Bell,
    seen: Seq,
}

impl Watch for Listener {
    fn wait(&mut self, at_most: Duration) -> bool {
        let (head, moved) = &*self.bell.0;
        let guard = head.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = self.seen;
        let (guard, _) =
            moved.wait_timeout_while(guard, at_most, |now| *now == seen).unwrap_or_else(PoisonError::into_inner);
        self.seen = *guard;
        self.seen != seen
    }
}

//! The directory of a sealed register: opened with the keys in hand, taken along when whoever is in changes them, and where
//! it must be made anew the screen says how far that is.

use std::sync::Arc;

use super::{Doors, Hand};
use crate::app::action::Action;
use crate::journal::Journal;
use crate::run::house::HouseFault;
use crate::run::open::{OpenFault, of_keys};
use crate::vault::{KeyedSealer, Keys};

impl<J: Journal> Hand<J> {
    /// Reads what is needed before anything else.
    pub(super) fn begin(&mut self) -> Result<(), OpenFault> {
        let doors = self.doors.as_ref().ok_or(HouseFault::Lost)?;
        let mut told = tells(Some(doors), self.opened.book.head().seq.0);
        self.opened.begin(&doors.folder, Some(&mut told)).map_err(|fault| of_keys(Some(&doors.house), fault))
    }

    /// The keys in hand were these until now. Where the directory has another key since, it gets that one too, so that nobody
    /// waits with families in the lobby. It counts as long as this program runs: at the next start it is made anew, since
    /// whoever left may have written it; likewise where this fails, or the program ends first.
    pub(super) fn carried(&mut self, before: Option<Arc<Keys>>) {
        let now = self.doors.as_ref().and_then(|doors| doors.house.keys().ok());
        let (Some(before), Some(now), Some(directory)) = (before, now, &mut self.opened.directory) else { return };
        if before.ring().epoch() != now.ring().epoch() {
            self.opened.carries |= directory.reseal(Arc::new(KeyedSealer::new(Some(before)))).is_ok();
        }
    }
}

/// Tells the screen how many entries of so many were read.
pub(super) fn tells(doors: Option<&Doors>, of: u64) -> impl FnMut(u64) {
    move |read| {
        if let Some(doors) = doors {
            (doors.say)(Action::Making { read, of });
        }
    }
}

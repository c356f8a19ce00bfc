//! The directory taken along when its key changes: each value opened with the keys before and sealed with those in hand.
//! The book is not read.

use std::sync::Arc;

use super::building::Building;
use super::forms::{HeadForm, ListsForm, Sealed, Table};
use super::{Directory, Unusable};
use crate::journal::{Fault, Seq};
use crate::vault::Sealer;

impl Directory {
    /// Seals all of the shelf under the keys in hand: whole, in a file of its own, or it stays as it was. Only for who had
    /// it open under the keys before when they changed: who has left has those keys too, and could have written it.
    ///
    /// # Errors
    /// [`Unusable::Stale`]: it is not what was opened, or cannot be written. It is made anew when it is opened next.
    pub fn reseal(&mut self, before: Arc<dyn Sealer>) -> Result<(), Unusable> {
        // Values that wait to be put there are sealed under the key before: these cases are read when they are put.
        self.since.building = Building::default();
        if self.at.seq == Seq::START {
            return Ok(());
        }
        let before = Sealed::by(before);
        let Self { shelf, sealed, at, lists, .. } = self;
        let [head, places] = [Table::Head, Table::Lists].map(|table| table.key(&[]));
        let again = |key: &[u8], value: &[u8]| {
            if key == head {
                let form: HeadForm = before.read(key, value)?;
                let same = (form.seq, form.link) == (at.seq.0, at.link.0);
                return same.then(|| sealed.write(key, &HeadForm { carried: true, ..form })).flatten();
            }
            let same = key != places || before.read(key, value).is_some_and(|form| lists.goes_on_from(&form));
            same.then(|| sealed.again(&before, key, value)).flatten()
        };
        shelf.rewrite(&mut |key, value| {
            again(key, value).ok_or_else(|| Fault::Damaged("it is not what was opened".to_owned()))
        })?;
        self.carried = true;
        Ok(())
    }
}

impl ListsForm {
    /// Are these what was put on the shelf, and maybe more since?
    fn goes_on_from(&self, kept: &Self) -> bool {
        let needed = |at: &&u64| kept.plain.is_none_or(|(plain, _)| **at != plain);
        let here = self.centre.iter().filter(needed).take(kept.centre.iter().filter(needed).count());
        here.eq(kept.centre.iter().filter(needed))
            && self.apart.starts_with(&kept.apart)
            && self.merges.starts_with(&kept.merges)
            && (&self.open, self.counts) == (&kept.open, kept.counts)
    }
}

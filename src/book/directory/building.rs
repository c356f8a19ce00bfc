//! Values of new case files, made while their entries go by, so that none is read a second time for its directory.
//!
//! An import writes family by family. Of a few families at a time the file is folded; when others come, what the shelf is
//! to hold of it is made, and the file is let go. One that is written to again later is read then, as any other is.

use std::collections::HashMap;

use super::forms::{Sealed, Table, WeekForm, names};
use super::gather::week_of;
use crate::domain::case::CaseFile;
use crate::domain::event::{CaseEvent, Entry};
use crate::domain::ids::CaseId;
use crate::domain::pairs::Mark;
use crate::domain::register::Register;

/// Files that are folded at a time.
const AT_A_TIME: usize = 32;

/// What the shelf is to hold of a file.
#[derive(Debug)]
pub(super) struct Built {
    /// Of so many entries, from its first on.
    pub entries: usize,
    /// Its people's names, as they are put on the shelf.
    pub names: Vec<u8>,
    /// Its bookings, by the number of the weekday.
    pub week: Vec<(u8, WeekForm)>,
}

/// New files.
#[derive(Default)]
pub(super) struct Building {
    folding: Register,
    /// How many entries were folded.
    folded: HashMap<CaseId, usize>,
    built: HashMap<CaseId, Built>,
}

impl Building {
    /// Takes an entry of a case file in. `is_first`: none of this file came before.
    pub(super) fn note(&mut self, case: CaseId, event: &CaseEvent, entry: &Entry, is_first: bool, sealed: &Sealed) {
        if is_first && matches!(event, CaseEvent::CaseOpened(_)) {
            if self.folded.len() >= AT_A_TIME {
                self.finish(sealed);
            }
            self.folded.insert(case, 0);
        }
        if let Some(many) = self.folded.get_mut(&case) {
            *many += 1;
            self.folding.fold_file(event, &Mark { at: entry.occurred_at, by: entry.by, why: None });
        }
    }

    /// Makes the values of all files in hand, and lets them go.
    pub(super) fn finish(&mut self, sealed: &Sealed) {
        let files = std::mem::take(&mut self.folding).cases;
        for (case, file) in files {
            let Some(entries) = self.folded.get(&case).copied() else { continue };
            // What cannot be made here is made when it is read.
            if let Some(built) = build(&file, entries, sealed) {
                self.built.insert(case, built);
            }
        }
        self.folded.clear();
    }

    /// What was made of a file, if it was made of all of its entries.
    pub(super) fn take(&mut self, case: CaseId, entries: usize) -> Option<Built> {
        self.built.remove(&case).filter(|built| built.entries == entries)
    }
}

fn build(file: &CaseFile, entries: usize, sealed: &Sealed) -> Option<Built> {
    let names = sealed.write(&Table::Names.key(file.head.case.0.as_bytes()), &names(file))?;
    Some(Built { entries, names, week: week_of(file).collect() })
}

//! `verify`: checks every page and every entry, and says what is good.

use std::fmt::Write;

use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::{DiskBook, ReadFault, Report};
use crate::journal::Fault;
use crate::run::open::{file, is_private};

/// Checks the register. It needs no key, and writes nothing into it.
pub(super) fn verify(place: &Place) -> Result<Exit, Stop> {
    is_private(&place.folder).map_err(|fault| place.stop(fault))?;
    let path = file(&place.folder);
    let report = match DiskBook::open_at(&path) {
        Ok(mut book) => book.verify(),
        Err(fault @ (ReadFault::Damaged { .. } | ReadFault::Journal(Fault::Damaged(_)))) => {
            // The engine will not have it; what it still reads is worth knowing, entry by entry.
            out::print(&DiskBook::look_at(&path).map(|mut book| told(&book.verify())).unwrap_or_default())?;
            return Err(fault.into());
        }
        Err(other) => return Err(other.into()),
    };
    out::print(&told(&report))?;
    if report.is_good() { Ok(Exit::Done) } else { Err(Stop::new(Exit::Damaged, report.sentence())) }
}

fn told(report: &Report) -> String {
    let mut out = String::new();
    let mut row = |label: &str, value: String| writeln!(out, "{label:<22}{value}").expect("a String takes all");
    row("Entries", report.entries.to_string());
    row("Good, from the first", report.good.to_string());
    if report.gone > 0 {
        row("Content disposed of", report.gone.to_string());
    }
    row("Link of the last good", report.link.clone());
    match &report.spoilt {
        Some(spoilt) => row("First that is not good", spoilt.seq.to_string()),
        None if report.is_good() => row("Result", "all as they were written".to_owned()),
        None => {}
    }
    out
}

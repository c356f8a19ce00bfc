//! `verify`: checks every page and every entry, and says what is good.

use std::fmt::Write;
use std::path::Path;

use super::args::VerifyArgs;
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::keys::Fit;
use crate::book::{DiskBook, ReadFault, Report};
use crate::journal::Fault;
use crate::run::house::{House, HouseFault};
use crate::run::making;
use crate::run::open::{file, is_private, of_its_kind};
use crate::vault::sign;

pub(super) use crate::book::CURE;

/// What is said where a desk writes meanwhile.
const BESIDE: &str = "A desk has it open: every entry was checked, the pages of the file were not.";

/// Checks the register. It needs no key, and nothing is written, not even where it was not closed.
pub(super) fn verify(place: &Place, words: &VerifyArgs) -> Result<Exit, Stop> {
    is_private(&place.folder).map_err(|fault| place.stop(fault))?;
    place.has_its_book()?;
    let (mut report, fault) = checked(&file(&place.folder));
    if let Ok(mut book) = DiskBook::look_at(&file(&place.folder)) {
        // Whole by itself, it may be another that was put in the place of the one that was here.
        of_its_kind(&place.folder, &mut book)?;
    }
    if words.deep && report.as_ref().is_some_and(Report::is_good) {
        // Every entry again, opened: by the keys of whoever asks.
        report = Some(opened(place)?);
    }
    // After the book: a desk that writes meanwhile has the keyring there first.
    let keyring = report.as_ref().and_then(|report| keyring(&place.folder, report));
    if let Some(report) = &report {
        out::print(&told(report, keyring.as_ref()))?;
        if let Some(paper) = &words.paper {
            out::print(&on_paper(report, paper)?)?;
        }
    }
    match (report, fault) {
        // The engine will not have it; what it still reads was said entry by entry.
        (Some(report), Some(fault)) if report.spoilt.is_none() => {
            Err(Stop::new(Exit::Damaged, format!("{fault} {}", report.sentence())))
        }
        (Some(report), _) if !report.is_good() => Err(Stop::new(Exit::Damaged, report.sentence())),
        (Some(_), _) => match keyring {
            Some(Err(fault)) => Err(fault.into()),
            _ => Ok(Exit::Done),
        },
        (None, Some(fault @ (ReadFault::Damaged { .. } | ReadFault::Journal(Fault::Damaged(_))))) => {
            Err(Stop::new(Exit::Damaged, format!("{fault} {CURE}")))
        }
        (None, Some(fault)) => Err(fault.into()),
        (None, None) => Ok(Exit::Done),
    }
}

/// Every entry, opened by the keys of whoever asks; who has a key by all of them, whatever the directory says where they lie.
fn opened(place: &Place) -> Result<Report, Stop> {
    let mut opened = place.look()?;
    if let Some(house) = &opened.house
        && house.trusts(opened.book.chain(making::groups)?)? == Fit::Forged
    {
        return Err(HouseFault::Meddled.into());
    }
    Ok(opened.book.verify())
}

/// The keyring beside it, as far as it can be held against the book without a key: its version; `None`: there is none.
fn keyring(folder: &Path, report: &Report) -> Option<Result<u64, HouseFault>> {
    let register = report.register.0;
    House::is_there(folder).then(|| House::of(folder).lies(register, report.keyring))
}

/// What a check of every page and every entry finds, and why it could not be done whole.
pub(super) fn checked(path: &Path) -> (Option<Report>, Option<ReadFault>) {
    let fault = match DiskBook::aside_at(path) {
        Ok(mut book) => return (Some(book.verify()), None),
        Err(fault) => fault,
    };
    match fault {
        ReadFault::Journal(Fault::InUse) => match DiskBook::look_at(path) {
            Ok(mut book) => {
                out::say(BESIDE);
                (Some(book.verify()), None)
            }
            Err(fault) => (None, Some(fault)),
        },
        ReadFault::Damaged { .. } | ReadFault::Journal(Fault::Damaged(_)) => {
            let left = DiskBook::look_at(path).or_else(|_| DiskBook::what_is_left_at(path));
            (left.ok().map(|mut book| book.verify()), Some(fault))
        }
        other => (None, Some(other)),
    }
}

/// The close of a paper, as it stands in the book.
fn on_paper(report: &Report, typed: &str) -> Result<String, Stop> {
    let letters = sign::read_fingerprint(typed).ok_or_else(|| {
        Stop::new(
            Exit::Usage,
            "The paper of a close has 24 letters and digits on it, and these are not 24. Nothing was touched. Type them all.",
        )
    })?;
    match report.closes.iter().find(|close| close.fingerprint == letters) {
        Some(close) => Ok(format!("{:<22}entries 1 to {}, as they were signed\n", "This paper", close.entries)),
        None => Err(Stop::new(
            Exit::Damaged,
            "No close in this register has these letters: it was put back to an earlier day, or written anew, or the \
             paper is another register's. Nothing was touched. Keep the register and the paper as they are.",
        )),
    }
}

fn told(report: &Report, keyring: Option<&Result<u64, HouseFault>>) -> String {
    let mut out = String::new();
    let mut row = |label: &str, value: String| writeln!(out, "{label:<22}{value}").expect("a String takes all");
    row("Entries", report.entries.to_string());
    row("Good, from the first", report.good.to_string());
    if report.gone > 0 {
        row("Content disposed of", report.gone.to_string());
    }
    if report.sealed > 0 {
        row("Sealed", report.sealed.to_string());
    }
    row("Link of the last good", report.link.clone());
    if let Some(last) = report.closes.last() {
        row("Signed closes", report.closes.len().to_string());
        row("The last of them", format!("entries 1 to {}   {}", last.entries, last.fingerprint));
    }
    if let Some(spoilt) = &report.spoilt {
        row("First that is not good", spoilt.seq.to_string());
        row("Good after that one", report.after.to_string());
    }
    match (keyring, report.keyring.map_or(0, |named| named.version)) {
        (Some(Ok(version)), named) if *version > named => {
            row("Keyring", format!("version {version}, later than version {named} that is named last"));
        }
        (Some(Ok(version)), _) => row("Keyring", format!("version {version}, the one that is named last")),
        (Some(Err(_)), _) => row("Keyring", "not as it should be".to_owned()),
        (None, _) => {}
    }
    match report.sealed {
        _ if !report.is_good() || matches!(keyring, Some(Err(_))) => {}
        0 => row("Result", "all as they were written".to_owned()),
        _ => {
            row("Result", "places, links, digests and signatures hold".to_owned());
            row("Not opened", "what is sealed, and the keyring: verify --deep does".to_owned());
        }
    }
    out
}

//! The register: its size, its format, whether it is whole, closed, in use; its zone and its last time. It is not touched.

use std::path::Path;

use super::finding::Finding;
use crate::book::{DiskBook, ReadFault};
use crate::cli::exit::{Exit, Stop};
use crate::cli::verify;
use crate::clock::Clock;
use crate::domain::event::{FileRef, RegisterKind};
use crate::domain::register::Register;
use crate::journal::Fault;
use crate::platform::health;
use crate::run::open::file;

/// What is found.
pub(super) fn findings(folder: &Path) -> Vec<Finding> {
    let path = file(folder);
    let Ok(seen) = health::seen(&path) else { return Vec::new() };
    let mut found = vec![size(&path, seen.len)];
    let looked = DiskBook::look_at(&path);
    let aside = DiskBook::aside_at(&path);
    found.push(used(&looked, &aside));
    let (mut book, report) = match (aside, looked) {
        (Ok(mut book), _) | (Err(_), Ok(mut book)) => {
            let report = book.verify();
            (Some(book), Some(report))
        }
        (Err(_), Err(_)) => (None, None),
    };
    match &report {
        Some(report) if report.is_good() => found.push(
            Finding::good("entries", report.sentence()).with("entries", report.good).with("sealed", report.sealed),
        ),
        Some(report) => {
            found.push(Finding::wrong("entries", Exit::Damaged, report.sentence()).with("good", report.good))
        }
        None => {}
    }
    if let Some(book) = &mut book {
        found.extend(time(book));
    }
    found
}

fn size(path: &Path, len: u64) -> Finding {
    let format = file_format(path);
    let shown = format.map(|format| format!(", of file format {format}")).unwrap_or_default();
    Finding::good("size", format!("The register's file has {} KiB{shown}.", len.div_ceil(1024)))
        .with("bytes", len)
        .with("file_format", format)
}

/// As the store writes it into its header.
fn file_format(path: &Path) -> Option<u8> {
    use std::io::Read;
    let mut head = [0; 65];
    std::fs::File::open(path).ok()?.read_exact(&mut head).ok()?;
    head.starts_with(b"redb").then(|| head.last().copied()).flatten()
}

/// Closed, not closed, in use, or not to be opened at all.
fn used(looked: &Result<DiskBook, ReadFault>, aside: &Result<DiskBook, ReadFault>) -> Finding {
    const IN_USE: &str = "A desk has it open now";
    match (looked, aside) {
        (Err(ReadFault::Journal(Fault::InUse)), _) => Finding::note(
            "use",
            format!("{IN_USE}: what is in it was not looked at. Close the desk to have it checked."),
        ),
        (Ok(_), Err(ReadFault::Journal(Fault::InUse))) => {
            Finding::note("use", format!("{IN_USE}: its entries were checked, the pages of the file were not."))
        }
        (Ok(_), Ok(_)) => Finding::good("use", "It was closed, and no desk has it open."),
        (Err(ReadFault::Journal(Fault::NotClosed)), Ok(_)) => Finding::note(
            "use",
            "It was not closed last time: a kill or a power cut. The next start checks it and puts it right; nothing is to be done.",
        ),
        (_, Err(fault)) | (Err(fault), Ok(_)) => {
            let stop = Stop::from(fault.clone());
            let cure = if stop.exit == Exit::Damaged { format!(" {}", verify::CURE) } else { String::new() };
            Finding::wrong("register", stop.exit, format!("{}{cure}", stop.says))
        }
    }
}

/// Its zone, and whether the clock is right.
fn time(book: &mut DiskBook) -> Vec<Finding> {
    let mut register = Register::default();
    for placed in book.read_file(FileRef::Centre).unwrap_or_default() {
        register.fold(&placed.entry);
    }
    let zone = register.policy().zone.clone();
    let Ok(clock) = Clock::system(&zone) else {
        return vec![Finding::wrong(
            "zone",
            Exit::Refused,
            format!(
                "The register's time zone is {zone}, which is none: name one such as Europe/London on the policy screen."
            ),
        )];
    };
    vec![of_zone(&zone, &clock), of_clock(book, &register, &clock)]
}

fn of_zone(zone: &str, clock: &Clock) -> Finding {
    let machine = health::zone().unwrap_or_else(|| "a zone that it does not name".to_owned());
    let (here, there) = (Clock::machine_offset(), *clock.now().offset());
    let finding = if here == there {
        Finding::good(
            "zone",
            format!("The register keeps {zone}; this machine keeps {machine}, which now says the same."),
        )
    } else {
        Finding::note(
            "zone",
            format!(
                "The register keeps {zone} ({there}) and this machine {machine} ({here}): Doorbook shows and writes the register's."
            ),
        )
    };
    finding.with("register", zone).with("machine", machine)
}

fn of_clock(book: &mut DiskBook, register: &Register, clock: &Clock) -> Finding {
    let head = book.head().seq.0;
    let last = book.at(head).ok().flatten().map(|placed| placed.entry.recorded_at);
    let now = clock.now();
    let shown = now.format("%Y-%m-%d %H:%M");
    if matches!(register.made, Some((_, RegisterKind::Practice { .. }))) {
        return Finding::good(
            "clock",
            format!("This machine says {shown}. The register is for practice, and may have a clock of its own."),
        );
    }
    match last.filter(|last| *last > now) {
        Some(last) => {
            let last = last.format("%Y-%m-%d %H:%M");
            let says = format!(
                "This machine says {shown}, but the last entry was written at {last}: set the machine's clock before anything more is written."
            );
            Finding::wrong("clock", Exit::Refused, says)
        }
        None => Finding::good("clock", format!("This machine says {shown}, and no entry is later.")),
    }
}

//! `book`: the whole book into a flat file, and a new register of one. Needs no key: what is sealed stays so.

use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use super::args::BookCommand;
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::flat::{self, FlatFault};
use crate::domain::ids::RegisterId;
use crate::journal::{Fault, Head};
use crate::platform;
use crate::run::open::{file, is_private, is_there};

/// Bytes that are read or written at a time.
const AT_A_TIME: usize = 1 << 16;

/// Does it.
pub(super) fn book(place: &Place, words: &BookCommand) -> Result<Exit, Stop> {
    match words {
        BookCommand::Export { file } => export(place, file),
        BookCommand::Import { file } => import(place, file),
    }
}

fn export(place: &Place, to: &Path) -> Result<Exit, Stop> {
    is_private(&place.folder).map_err(|fault| place.stop(fault))?;
    let shown = to.display();
    if to.symlink_metadata().is_ok() {
        let says =
            format!("There is something at {shown} already. Nothing was written. Name a file that is not there yet.");
        return Err(Stop::new(Exit::Refused, says));
    }
    let half = half(to);
    let written = whole(&half, |new| flat::write_of(&file(&place.folder), new)).and_then(|head| {
        let named = platform::rename_new(&half, to).and_then(|()| platform::sync_folder(folder(to)));
        named.map(|()| head).map_err(|fault| FlatFault::File(fault.to_string()))
    });
    let head = written.map_err(|fault| {
        // It is of our making, and not whole.
        let _ = std::fs::remove_file(&half);
        stop(fault)
    })?;
    out::print(&told(&head))?;
    Ok(Exit::Done)
}

fn import(place: &Place, from: &Path) -> Result<Exit, Stop> {
    let folder = place.folder.display();
    if is_there(&place.folder) {
        let says = format!("There is a register in {folder} already. Nothing was written. Name another folder.");
        return Err(Stop::new(Exit::Refused, says));
    }
    let opened = File::open(from).map_err(|fault| {
        let says = format!("{} cannot be read ({fault}). Nothing was written. Name a flat file.", from.display());
        Stop::new(Exit::Faults, says)
    })?;
    platform::private_folder(&place.folder).map_err(|fault| stop(Fault::from(fault).into()))?;
    let from = BufReader::with_capacity(AT_A_TIME, opened);
    let head = flat::make_of(from, &file(&place.folder)).map_err(stop)?;
    out::print(&told(&head))?;
    Ok(Exit::Done)
}

/// A new private file, written and synced.
fn whole(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<Head, FlatFault>) -> Result<Head, FlatFault> {
    let of_io = |fault: io::Error| FlatFault::File(fault.to_string());
    let file = platform::create_private(path).map_err(|fault| FlatFault::File(fault.to_string()))?;
    let mut to = BufWriter::with_capacity(AT_A_TIME, file);
    let head = write(&mut to)?;
    to.into_inner().map_err(|fault| of_io(fault.into_error()))?.sync_all().map_err(of_io)?;
    Ok(head)
}

/// A name beside it, until it is whole.
fn half(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.half"))
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn told(head: &Head) -> String {
    let register = RegisterId(uuid::Uuid::from_bytes(head.register.0));
    format!("{:<22}{register}\n{:<22}{}\n{:<22}{}\n", "Register", "Entries", head.seq, "Link of the last", head.link)
}

fn stop(fault: FlatFault) -> Stop {
    let exit = match &fault {
        FlatFault::Journal(fault) => return crate::book::ReadFault::from(fault.clone()).into(),
        FlatFault::NotFlat | FlatFault::TooNew(_) => Exit::Faults,
        FlatFault::Cut(_) | FlatFault::Damaged { .. } | FlatFault::End(_) => Exit::Damaged,
        FlatFault::File(_) => Exit::Disk,
    };
    Stop::new(exit, fault.to_string())
}

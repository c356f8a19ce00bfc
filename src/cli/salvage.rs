//! `salvage`: every entry of a damaged register that is still good, as lines of JSON in a new private file.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::args::SalvageArgs;
use super::exit::{Exit, Stop};
use super::out;
use super::place::Place;
use crate::book::{self, Salvaged};
use crate::import::counted;
use crate::platform;
use crate::run::house::House;
use crate::run::open::{file, is_private};

/// How many gaps are named; the first line of the file has them all.
const GAPS: usize = 8;

/// Writes what is good. The register is read only.
pub(super) fn salvage(place: &Place, words: &SalvageArgs) -> Result<Exit, Stop> {
    is_private(&place.folder).map_err(|fault| place.stop(fault))?;
    let shown = words.to.display();
    if words.to.symlink_metadata().is_ok() {
        let says =
            format!("There is something at {shown} already. Nothing was written. Name a file that is not there yet.");
        return Err(Stop::new(Exit::Refused, says));
    }
    let salvaged = book::salvage(&file(&place.folder)).map_err(|fault| place.stop(fault))?;
    write(&words.to, &salvaged).map_err(|fault| {
        Stop::new(
            Exit::Disk,
            format!("{shown} could not be written ({fault}). The register was not touched. Name another file."),
        )
    })?;
    out::print(&told(&salvaged))?;
    let kept = "keep it where you keep the register, and erase it after use.";
    out::say(&match House::is_there(&place.folder) {
        true => format!("What was sealed is sealed in {shown} too: {kept}"),
        false => format!("{shown} holds names in plain text: {kept}"),
    });
    if salvaged.lost.is_empty() && salvaged.without_content() == 0 {
        return Ok(Exit::Done);
    }
    let (lost, empty) = (salvaged.lost_places(), salvaged.without_content());
    let are = |n: usize, of: &str, more: &str| counted(n, &format!("{of} is"), &format!("{more} are"));
    let says = format!(
        "{} in {shown}; {} lost, and {} there without the content. The register was not touched. Keep it as it is.",
        are(salvaged.entries.len(), "entry", "entries"),
        are(usize::try_from(lost).unwrap_or(usize::MAX), "place", "places"),
        are(empty, "entry", "entries"),
    );
    Err(Stop::new(Exit::Damaged, says))
}

/// Whole, or not there.
fn write(path: &Path, salvaged: &Salvaged) -> io::Result<()> {
    let mut to = BufWriter::new(platform::create_private(path).map_err(io::Error::other)?);
    let written = salvaged.lines().try_for_each(|line| writeln!(to, "{line}"));
    let synced = written.and_then(|()| to.flush()).and_then(|()| to.get_ref().sync_all());
    if synced.is_err() {
        // It is of our making, and not whole.
        let _ = std::fs::remove_file(path);
    }
    synced?;
    platform::sync_folder(path.parent().unwrap_or(Path::new("")))
}

fn told(salvaged: &Salvaged) -> String {
    let mut lines = vec![
        format!("{:<22}{}", "Places", salvaged.last),
        format!("{:<22}{}", "Entries written", salvaged.entries.len()),
        format!("{:<22}{}", "Content not found", salvaged.without_content()),
        format!("{:<22}{}", "Places lost", salvaged.lost_places()),
    ];
    let gap = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from} to {to}") };
    let gaps: Vec<String> = salvaged.lost.iter().take(GAPS).map(gap).collect();
    if !gaps.is_empty() {
        let more = if salvaged.lost.len() > GAPS { ", and more: the first line of the file has all" } else { "" };
        lines.push(format!("{:<22}{}{more}", "These", gaps.join(", ")));
    }
    lines.join("\n") + "\n"
}

//! The disk: free space, and how long it takes until it says that something is saved.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::finding::Finding;
use crate::cli::exit::Exit;
use crate::clock::Clock;
use crate::platform::{self, health};

/// The file that is written to; the name of one that is not finished.
const FILE: &str = ".doctor.half";
/// So many times, so many bytes.
const TIMES: u64 = 50;
const BYTES: usize = 4096;
/// Faster than any disk that waits until it is really saved, but for one with a battery of its own.
const SUSPICIOUS: Duration = Duration::from_micros(50);
/// Slower is felt at every key that saves.
const SLOW: Duration = Duration::from_millis(50);
/// Less than that, and the next day may not fit; less, and it is well to make room soon.
const FULL: u64 = 16 << 20;
const LITTLE: u64 = 512 << 20;

/// What is found.
pub(super) fn findings(folder: &Path) -> Vec<Finding> {
    if !folder.is_dir() {
        return Vec::new();
    }
    health::free_space(folder).map(space).into_iter().chain([flush(folder)]).collect()
}

fn space(free: u64) -> Finding {
    let shown = format!("{} MiB", free >> 20);
    let finding = match free {
        _ if free < FULL => Finding::wrong(
            "space",
            Exit::Disk,
            format!("Only {shown} are free on this disk: make room before the next session."),
        ),
        _ if free < LITTLE => Finding::note("space", format!("{shown} are free on this disk: make room soon.")),
        _ => Finding::good("space", format!("{shown} are free on this disk.")),
    };
    finding.with("free_bytes", free)
}

fn flush(folder: &Path) -> Finding {
    let times = match measure(folder) {
        Ok(times) => times,
        Err(fault) => {
            let says = format!(
                "Nothing can be written into the folder ({fault}): Doorbook can only show what is there. Look at the disk."
            );
            return Finding::wrong("disk", Exit::Disk, says);
        }
    };
    let at = |part: usize| {
        times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    let (middle, late) = (at(50), at(99));
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let shown = format!(
        "This disk says that 4 KiB are saved after {:.3} ms, and one time in a hundred after {:.3} ms",
        ms(middle),
        ms(late)
    );
    let finding = if middle < SUSPICIOUS {
        let says = "suspicious: unless it has a battery of its own, or is a virtual one, it may say saved before it is. Keep copies.";
        Finding::note("disk", format!("{shown}; {says}"))
    } else if middle > SLOW {
        Finding::note(
            "disk",
            format!(
                "{shown}: every act waits that long. A disk of the machine itself is quicker than a stick or a share."
            ),
        )
    } else {
        Finding::good("disk", format!("{shown}."))
    };
    finding.with("flush_p50_ms", ms(middle)).with("flush_p99_ms", ms(late)).with("flushes", TIMES)
}

/// A file that goes away, however it ends.
struct Own(PathBuf);

impl Drop for Own {
    fn drop(&mut self) {
        // One that stays is swept away by the next doctor.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// How long each write and its flush took, the quickest first.
fn measure(folder: &Path) -> io::Result<Vec<Duration>> {
    let own = Own(folder.join(FILE));
    if own.0.symlink_metadata().is_ok() {
        std::fs::remove_file(&own.0)?;
    }
    let mut file = platform::create_private(&own.0).map_err(io::Error::other)?;
    file.write_all(&[0; BYTES])?;
    file.sync_all()?;
    let clock = Clock::system("UTC").map_err(io::Error::other)?;
    let mut times = (0..TIMES).map(|n| once(&mut file, n, &clock)).collect::<io::Result<Vec<_>>>()?;
    times.sort_unstable();
    Ok(times)
}

fn once(file: &mut File, n: u64, clock: &Clock) -> io::Result<Duration> {
    let from = clock.since_start();
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&[n.to_le_bytes()[0]; BYTES])?;
    file.sync_data()?;
    Ok(clock.since_start().saturating_sub(from))
}

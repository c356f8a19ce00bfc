//! What a machine says of itself, for `doctor`: who may look at a file, free space, the limit of cores, swap, the size
//! of the terminal. Nothing is changed, and nothing is asked of the terminal that it could leave unanswered.

use std::io;
use std::path::Path;

/// What lies at a path; a link is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What it is.
    pub kind: Kind,
    /// It belongs to whoever runs Doorbook.
    pub mine: bool,
    /// Its mode, where the system has such a thing.
    pub mode: Option<u32>,
    /// In bytes.
    pub len: u64,
}

/// What lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A plain file.
    File,
    /// A link.
    Link,
    /// Anything else.
    Other,
}

impl Seen {
    /// May others look into it or change it?
    pub fn is_wide(&self) -> bool {
        self.mode.is_some_and(|mode| mode & 0o077 != 0)
    }
}

/// Looks at a path.
///
/// # Errors
/// There is nothing, or the system refused.
pub fn seen(path: &Path) -> io::Result<Seen> {
    let found = path.symlink_metadata()?;
    let kind = match found.file_type() {
        kind if kind.is_dir() => Kind::Folder,
        kind if kind.is_symlink() => Kind::Link,
        kind if kind.is_file() => Kind::File,
        _ => Kind::Other,
    };
    let (mine, mode) = system::owner(&found);
    Ok(Seen { kind, mine, mode, len: found.len() })
}

/// Bytes that are free for whoever runs Doorbook, where the system says so.
pub fn free_space(folder: &Path) -> Option<u64> {
    system::free_space(folder)
}

/// Does a crash of this program leave a copy of its memory? As it is set now.
pub fn leaves_core() -> bool {
    system::leaves_core()
}

/// Does this machine write memory to its disk? `None`: it does not say.
pub fn swaps() -> Option<bool> {
    let text = std::fs::read_to_string("/proc/swaps").ok()?;
    Some(text.lines().skip(1).any(|line| !line.trim().is_empty()))
}

/// Width and height of the terminal, in cells, where one is there.
pub fn terminal_size() -> Option<(u16, u16)> {
    system::terminal_size()
}

/// The name of the zone that this machine keeps, where it says so.
pub fn zone() -> Option<String> {
    let link = std::fs::read_link("/etc/localtime").ok()?;
    let text = link.to_str()?;
    Some(text.split_once("zoneinfo/").map_or(text, |(_, name)| name).to_owned())
}

#[cfg(unix)]
mod system {
    use std::fs::Metadata;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use rustix::process::Resource;

    pub(super) fn owner(found: &Metadata) -> (bool, Option<u32>) {
        (found.uid() == rustix::process::geteuid().as_raw(), Some(found.mode() & 0o7777))
    }

    pub(super) fn free_space(folder: &Path) -> Option<u64> {
        let found = rustix::fs::statvfs(folder).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }

    pub(super) fn leaves_core() -> bool {
        rustix::process::getrlimit(Resource::Core).current != Some(0)
    }

    pub(super) fn terminal_size() -> Option<(u16, u16)> {
        let size = rustix::termios::tcgetwinsize(std::io::stdout())
            .or_else(|_| rustix::termios::tcgetwinsize(std::io::stdin()))
            .or_else(|_| rustix::termios::tcgetwinsize(std::io::stderr()));
        size.ok().map(|size| (size.ws_col, size.ws_row)).filter(|(width, height)| *width > 0 && *height > 0)
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::Metadata;
    use std::path::Path;

    /// A file takes the access list of its folder: there is no mode to look at.
    pub(super) fn owner(_found: &Metadata) -> (bool, Option<u32>) {
        (true, None)
    }

    pub(super) fn free_space(_folder: &Path) -> Option<u64> {
        None
    }

    pub(super) fn leaves_core() -> bool {
        false
    }

    pub(super) fn terminal_size() -> Option<(u16, u16)> {
        None
    }
}

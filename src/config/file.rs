//! Where the preferences and the book lie on this machine, and reading the file.

use std::io;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use super::{Fault, Preferences, parse};

/// Why preferences could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The file could not be read.
    #[error("{}: could not be read: {fault}", path.display())]
    Unread {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
    /// The file has faults; none of it was taken.
    #[error("{}", listed(path, faults))]
    Faulty {
        /// Which file.
        path: PathBuf,
        /// By line.
        faults: Vec<Fault>,
    },
}

fn listed(path: &Path, faults: &[Fault]) -> String {
    let lines: Vec<String> =
        faults.iter().map(|fault| format!("{}:{}: {}", path.display(), fault.line, fault.what)).collect();
    lines.join("\n")
}

/// Reads the preferences: of the file that was named, which must be there, or of this machine, which need not.
///
/// # Errors
/// When the file cannot be read, or has faults.
pub fn load(named: Option<&Path>) -> Result<Preferences, Trouble> {
    let Some(path) = named.map(Path::to_owned).or_else(file) else {
        return Ok(Preferences::default());
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound && named.is_none() => return Ok(Preferences::default()),
        Err(fault) => return Err(Trouble::Unread { path, fault }),
    };
    let home = BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    parse(&text, home.as_deref()).map_err(|faults| Trouble::Faulty { path, faults })
}

/// This machine's preferences, whether the file is there or not; nothing where the system names no home.
pub fn file() -> Option<PathBuf> {
    dirs().map(|dirs| dirs.config_dir().join("config.toml"))
}

/// Where the book lies unless it is said otherwise; nothing where the system names no home.
pub fn data_folder() -> Option<PathBuf> {
    dirs().map(|dirs| dirs.data_local_dir().to_owned())
}

fn dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "doorbook")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_file_must_be_there_and_its_faults_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        assert!(matches!(load(Some(&path)), Err(Trouble::Unread { .. })));
        std::fs::write(&path, "ascii = true\n").unwrap();
        assert!(load(Some(&path)).unwrap().ascii);
        std::fs::write(&path, "x = 1\ny = 2\n").unwrap();
        let said = load(Some(&path)).unwrap_err().to_string();
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains("config.toml:2: `y` is not a preference"), "{said}");
    }
}

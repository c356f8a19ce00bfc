//! The three files of a folder, as bytes. The only place of import that touches a disk.

use std::io::ErrorKind;
use std::path::Path;

use crate::domain::text::Text;
use crate::import::faults::Table;

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    /// `families.csv`; `None`: it is not there.
    pub families: Option<Vec<u8>>,
    /// `people.csv`
    pub people: Option<Vec<u8>>,
    /// `bookings.csv`
    pub bookings: Option<Vec<u8>>,
    /// Names of what else lies there, which is not read.
    pub others: Vec<Text>,
}

/// A folder or a file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{name} cannot be read: {cause}. Nothing was written")]
pub struct Unreadable {
    /// Its name.
    pub name: Text,
    /// What the system says.
    pub cause: std::io::Error,
}

impl Files {
    /// Reads a folder. A file that is not there is no error here: the plan names it.
    ///
    /// # Errors
    /// The folder, or one of the three files, cannot be read.
    pub fn of_folder(folder: &Path) -> Result<Self, Unreadable> {
        let blame = |name: &str| {
            let name = Text::name(name);
            move |cause| Unreadable { name, cause }
        };
        let mut files = Self::default();
        let whole = folder.to_string_lossy();
        for item in folder.read_dir().map_err(blame(&whole))? {
            let name = item.map_err(blame(&whole))?.file_name().to_string_lossy().into_owned();
            if Table::ALL.iter().all(|table| table.file() != name) {
                files.others.push(Text::name(&name));
            }
        }
        files.others.sort();
        for table in Table::ALL {
            let bytes = match std::fs::read(folder.join(table.file())) {
                Ok(bytes) => Some(bytes),
                Err(cause) if cause.kind() == ErrorKind::NotFound => None,
                Err(cause) => return Err(blame(table.file())(cause)),
            };
            *files.slot(table) = bytes;
        }
        Ok(files)
    }

    /// The bytes of a table's file.
    pub fn bytes(&self, table: Table) -> Option<&[u8]> {
        match table {
            Table::Families => self.families.as_deref(),
            Table::People => self.people.as_deref(),
            Table::Bookings => self.bookings.as_deref(),
        }
    }

    fn slot(&mut self, table: Table) -> &mut Option<Vec<u8>> {
        match table {
            Table::Families => &mut self.families,
            Table::People => &mut self.people,
            Table::Bookings => &mut self.bookings,
        }
    }
}

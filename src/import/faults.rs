//! What is wrong with the files, and what is worth knowing: each with its file, its line, and the cure.

use crate::domain::text::Text;
use crate::import::report;

/// One of the three tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// `families.csv`
    Families,
    /// `people.csv`
    People,
    /// `bookings.csv`
    Bookings,
}

impl Table {
    /// Every table, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Families, Self::People, Self::Bookings];

    /// The name of its file, without a folder.
    pub fn file(self) -> &'static str {
        match self {
            Self::Families => "families.csv",
            Self::People => "people.csv",
            Self::Bookings => "bookings.csv",
        }
    }
}

/// Something that stops the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which file.
    pub table: Table,
    /// The physical line where the row starts; the header is line 1. `None`: the file as a whole.
    pub line: Option<u32>,
    /// What is wrong, as a sentence without its full stop.
    pub what: String,
    /// What to do about it, likewise.
    pub cure: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}. {}.", place(Some(self.table), self.line), self.what, self.cure)
    }
}

/// Something worth knowing that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// In which file, if it is about one.
    pub table: Option<Table>,
    /// On which line, if it is about one.
    pub line: Option<u32>,
    /// In plain words.
    pub words: String,
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", place(self.table, self.line), self.words)
    }
}

fn place(table: Option<Table>, line: Option<u32>) -> String {
    match (table, line) {
        (Some(table), Some(line)) => format!("{}:{line}: ", table.file()),
        (Some(table), None) => format!("{}: ", table.file()),
        (None, _) => String::new(),
    }
}

/// What is worth knowing. All of it is counted; the first [`Notices::KEPT`] are held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    /// In the order in which it was found.
    pub list: Vec<Notice>,
    /// How many more there are than are held.
    pub beyond: usize,
}

impl Notices {
    /// Most notices that are held.
    pub const KEPT: usize = 10_000;

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len() + self.beyond
    }

    pub(crate) fn push(&mut self, notice: Notice) {
        if self.list.len() < Self::KEPT {
            self.list.push(notice);
        } else {
            self.beyond += 1;
        }
    }

    pub(crate) fn extend(&mut self, notices: impl IntoIterator<Item = Notice>) {
        notices.into_iter().for_each(|notice| self.push(notice));
    }
}

/// Everything that stops an import. All faults are counted; the first [`Faults::KEPT`] are held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// The faults, by file and line.
    pub list: Vec<Fault>,
    /// How many more there are than are held.
    pub beyond: usize,
    /// What else is worth knowing.
    pub notices: Notices,
    /// Rows that were read, of each table.
    pub rows: [usize; 3],
}

impl Faults {
    /// Most faults that are held.
    pub const KEPT: usize = 10_000;

    /// No fault at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len() + self.beyond
    }

    /// For the terminal, in lines: rows read, notices, faults; nothing was written.
    pub fn report(&self) -> String {
        report::of_faults(self)
    }

    pub(crate) fn fault(&mut self, table: Table, line: Option<u32>, what: String, cure: impl Into<String>) {
        if self.list.len() < Self::KEPT {
            self.list.push(Fault { table, line, what, cure: cure.into() });
        } else {
            self.beyond += 1;
        }
    }

    /// What was found beside, as if it had been found after these.
    pub(crate) fn also(&mut self, other: Self) {
        let Self { list, beyond, notices, rows } = other;
        list.into_iter().for_each(|fault| self.fault(fault.table, fault.line, fault.what, fault.cure));
        self.notices.extend(notices.list);
        (self.beyond, self.notices.beyond) = (self.beyond + beyond, self.notices.beyond + notices.beyond);
        self.rows.iter_mut().zip(rows).filter(|(_, read)| *read > 0).for_each(|(rows, read)| *rows = read);
    }

    /// So many rows of a table were read.
    pub(crate) fn rows_of(&mut self, table: Table, many: usize) {
        if let Some(rows) = Table::ALL.iter().zip(&mut self.rows).find_map(|(t, rows)| (*t == table).then_some(rows)) {
            *rows = many;
        }
    }

    pub(crate) fn notice(&mut self, table: Table, line: Option<u32>, words: String) {
        self.notices.push(Notice { table: Some(table), line, words });
    }
}

/// A value of a file as a sentence shows it: cleaned, quoted, and not too long.
pub(crate) fn shown(raw: &str) -> String {
    const LONGEST: usize = 40;
    let text = Text::name(raw);
    if text.as_str().chars().count() > LONGEST {
        let head: String = text.as_str().chars().take(LONGEST).collect();
        format!("\"{head}…\"")
    } else {
        format!("\"{text}\"")
    }
}

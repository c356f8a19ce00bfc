//! One damaged image: looked at, checked, verified, opened, read, written to; and what came of it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Once;

use doorbook::book::{DiskBook, Placed, ReadFault, salvage};
use doorbook::domain::event::Entry;
use doorbook::journal::{self, Seq, Which};

use super::images::Image;
use super::worked::{Worked, lay};
use crate::chance::Chance;

/// What came of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The opening, with its check, told of it.
    AtOpening,
    /// Reading told of it.
    AtReading,
    /// Everything reads back as it was written, and the next append too; verifying told of it.
    AtVerifying,
    /// It lies in dead space.
    Dead,
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AtOpening => "told at opening",
            Self::AtReading => "told at reading",
            Self::AtVerifying => "told by verify alone",
            Self::Dead => "nothing is lost",
        })
    }
}

thread_local! {
    static LOUD: Cell<bool> = const { Cell::new(false) };
}

/// A panic inside the engine is caught there, and a hook that asks stays quiet; one outside of it is ours.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !journal::catching() {
                LOUD.set(true);
                before(info);
            }
        }));
    });
}

pub struct Tried<'a> {
    worked: &'a Worked,
    folder: tempfile::TempDir,
    path: PathBuf,
    next: Vec<Entry>,
    /// Images that read well so far: of single bits only each fifth is written to and read again.
    well: usize,
}

impl<'a> Tried<'a> {
    pub fn new(worked: &'a Worked) -> Self {
        listen();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.redb");
        Self { worked, folder, path, next: Chance::new(99).entries(2), well: 0 }
    }

    /// Tries one.
    pub fn image(&mut self, image: &Image) -> Outcome {
        let bytes = image.of(&self.worked.bytes);
        let tried = catch_unwind(AssertUnwindSafe(|| self.bytes(&bytes, image)));
        let outcome = tried.unwrap_or_else(|_| panic!("{}: seed {}", image.name, super::seed()));
        assert!(!LOUD.get(), "{}: a panic was printed", image.name);
        assert!(self.folder.path().read_dir().unwrap().count() == 1, "{}: something was left behind", image.name);
        outcome
    }

    fn bytes(&mut self, bytes: &[u8], image: &Image) -> Outcome {
        let name = image.name.as_str();
        lay(&self.path, bytes);
        self.look(name);
        let verified = self.verify(name);
        assert!(std::fs::read(&self.path).unwrap() == bytes, "{name}: reading changed the file");
        let (read, wrote) = self.open();
        match (read, wrote) {
            (Err(_), _) => {
                assert!(!verified, "{name}: verify finds nothing, and it cannot be read");
                Outcome::AtOpening
            }
            (Ok(Err(_)), wrote) => {
                assert!(!verified, "{name}: verify finds nothing, and it cannot be read");
                if wrote {
                    self.nothing_lost(bytes, name);
                }
                Outcome::AtReading
            }
            (Ok(Ok(read)), wrote) => {
                self.same(&read, name);
                self.well += 1;
                if wrote && (image.kind != "bit" || self.well.is_multiple_of(5)) {
                    self.written(name);
                }
                if verified { Outcome::Dead } else { Outcome::AtVerifying }
            }
        }
    }

    fn link(&self) -> String {
        self.worked.link.clone()
    }

    fn same(&self, read: &[Placed], name: &str) {
        assert!(read == self.worked.placed, "{name}: SILENT: {} of {} entries", read.len(), self.worked.placed.len());
    }

    /// A look, without the engine's check: the right entries, or it is told.
    fn look(&self, name: &str) {
        let Ok(mut book) = DiskBook::look_at(&self.path) else { return };
        if let Ok(read) = book.read_all() {
            self.same(&read, name);
        }
    }

    /// Is all as it was written, by the check aside? Then it is, by its order, by its day, and by its ids.
    fn verify(&self, name: &str) -> bool {
        let Ok(mut book) = DiskBook::aside_at(&self.path) else { return false };
        let report = book.verify();
        assert_eq!(
            report.is_good(),
            report.good as usize == self.worked.placed.len() && report.engine.is_none(),
            "{name}"
        );
        if !report.is_good() {
            assert!(report.sentence().contains("salvage"), "{name}: {}", report.sentence());
            return false;
        }
        assert_eq!(report.link, self.link(), "{name}: SILENT");
        assert!(book.read_day(self.worked.day).unwrap() == self.worked.of_day(), "{name}: SILENT: a day is not whole");
        true
    }

    /// Opens it, reads it in every way, and appends, as a desk does or not: whether it was read, and whether it took it.
    fn open(&mut self) -> (Result<Result<Vec<Placed>, ReadFault>, ReadFault>, bool) {
        let mut book = match DiskBook::open_at(&self.path) {
            Ok(book) => book,
            Err(fault) => return (Err(fault), false),
        };
        let read = book.read_all();
        let day = book.read_day(self.worked.day);
        if let (Ok(_), Ok(day)) = (&read, &day) {
            assert!(*day == self.worked.of_day(), "SILENT: a day is not whole after a checked opening");
        }
        let wrote = book.append(&self.next).is_ok();
        (Ok(read.and_then(|read| day.map(|_| read))), wrote)
    }

    /// What was written to a file that had read well is there, and everything before it.
    fn written(&self, name: &str) {
        let mut book = DiskBook::open_at(&self.path).unwrap_or_else(|fault| panic!("{name}: after an append: {fault}"));
        let report = book.verify();
        assert!(report.is_good(), "{name}: after an append: {}", report.sentence());
        // The link of a place is over everything before it.
        let many = self.worked.placed.len() as u64;
        assert_eq!(report.good, many + 2, "{name}: an append has hidden something");
        let at = |book: &mut DiskBook, n: u64| book.at(many + n).unwrap().unwrap();
        assert!(at(&mut book, 0) == *self.worked.placed.last().unwrap(), "{name}: an append has changed something");
        assert!([at(&mut book, 1).entry, at(&mut book, 2).entry] == self.next[..], "{name}: not what was appended");
        assert_eq!(book.into_journal().read(Which::All, Seq(many), 1).unwrap()[0].before.to_string(), self.link());
    }

    /// What was good before an append to a damaged file is good after it.
    fn nothing_lost(&self, bytes: &[u8], name: &str) {
        let places = |salvaged: doorbook::book::Salvaged| -> Vec<u64> {
            salvaged.entries.iter().map(|found| found.kept.seq.0).collect()
        };
        let after = places(salvage(&self.path).unwrap());
        lay(&self.path, bytes);
        let before = places(salvage(&self.path).unwrap());
        let lost: Vec<&u64> = before.iter().filter(|seq| !after.contains(seq)).collect();
        assert!(lost.is_empty(), "{name}: an append has destroyed {lost:?}");
    }
}

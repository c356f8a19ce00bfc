//! The small files beside the book: one draft a person, the papers for the printer, and when the book was last open.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::app::lock::Tries;
use crate::domain::codes::Moment;
use crate::domain::ids::{NoteId, StaffId};
use crate::domain::text::{self, NOTE, Text};
use crate::journal::Whole;
use crate::platform;
use crate::vault::KeyedSealer;

/// The roll as it was last printed.
const ROLL: &str = "roll.txt";
/// The close as it was last printed.
const CLOSE: &str = "close.txt";
/// The minute until which the book is known to have been open: a time and nothing else.
const OPEN: &str = "open.txt";
/// Wrong passphrases since somebody got in: how many, and when the last was.
const TRIES: &str = "tries.txt";
/// When F8 was pressed on the locked screen: times, a line each.
const RAISED: &str = "raised.txt";
/// Most of them that are kept.
const MOST: usize = 200;
/// Before the note's id, in the first line of a draft.
const NOTE_ID: &str = "note ";
/// Bytes of that line: the word, the id, the line's end.
const HEAD: usize = NOTE_ID.len() + 37;
/// Bytes that sealing adds, at most.
const OVER: usize = 64;
/// A draft's name: this, the person's id, and the ending.
const DRAFT: (&str, &str) = ("draft-", ".txt");
/// The ending of one that is sealed to that person.
const SEALED: &str = ".sealed";

/// The files of one register's folder.
#[derive(Debug, Clone)]
pub struct Papers {
    folder: PathBuf,
    /// Of a sealed register: drafts are sealed to whoever has the desk.
    sealer: Option<KeyedSealer>,
}

impl Papers {
    /// Of this folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), sealer: None }
    }

    /// Of a sealed register.
    pub fn sealed(folder: &Path, sealer: KeyedSealer) -> Self {
        Self { folder: folder.to_owned(), sealer: Some(sealer) }
    }

    /// Keeps what somebody is typing in place of what was kept of theirs; nothing typed leaves no file.
    ///
    /// # Errors
    /// The disk failed; what was kept before is still there.
    pub fn keep_draft(&self, staff: StaffId, note: Option<NoteId>, words: &Text) -> io::Result<()> {
        let ending = if self.sealer.is_some() { SEALED } else { DRAFT.1 };
        let path = self.folder.join(format!("{}{staff}{ending}", DRAFT.0));
        if !words.is_empty() {
            let head = note.map(|note| format!("{NOTE_ID}{note}\n")).unwrap_or_default();
            let text = format!("{head}{words}");
            return match &self.sealer {
                None => self.replace(&path, text.as_bytes()),
                Some(sealer) => {
                    let sealed = sealer.seal_own(staff.0.as_bytes(), text.as_bytes()).map_err(io::Error::other)?;
                    self.replace(&path, &sealed)
                }
            };
        }
        match std::fs::remove_file(path) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }

    /// Was something left in this folder that was sealed to whoever typed it?
    pub fn has_sealed(folder: &Path) -> bool {
        let names = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.filter_map(|name| name.into_string().ok()).any(|name| name.starts_with(DRAFT.0) && name.ends_with(SEALED))
    }

    /// The drafts that were left. A file that is not private, or cannot be read, is passed over and stays.
    pub fn drafts(&self) -> Vec<(StaffId, Option<NoteId>, Text)> {
        let Ok(entries) = self.folder.read_dir() else { return Vec::new() };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut found: Vec<(StaffId, Option<NoteId>, Text)> = names
            .filter_map(|name| {
                let ending = if self.sealer.is_some() { SEALED } else { DRAFT.1 };
                let id: uuid::Uuid = name.strip_prefix(DRAFT.0)?.strip_suffix(ending)?.parse().ok()?;
                let mut bytes = Vec::new();
                let file = platform::read_private(&self.folder.join(&name)).ok()?;
                file.take(u64::try_from(NOTE + HEAD + OVER).unwrap_or(u64::MAX)).read_to_end(&mut bytes).ok()?;
                if let Some(sealer) = &self.sealer {
                    // Another person's is closed to this one.
                    bytes = sealer.open_own(id.as_bytes(), &bytes).ok()?;
                }
                let (note, words) = headed(&String::from_utf8_lossy(&bytes));
                Some((StaffId(id), note, words))
            })
            .filter(|(_, _, words)| !words.is_empty())
            .collect();
        found.sort();
        found
    }

    /// Writes the roll as text, in place of the last one; the answer is where it lies.
    ///
    /// # Errors
    /// The disk failed.
    pub fn print_roll(&self, lines: &[String]) -> io::Result<PathBuf> {
        let path = self.folder.join(ROLL);
        self.replace(&path, printed(lines).as_bytes())?;
        Ok(path)
    }

    /// Writes the paper sheets, each in place of the last one of its name; the answer is the folder that they lie in.
    ///
    /// # Errors
    /// The disk failed.
    pub fn print_sheets(&self, sheets: &[(&str, String)]) -> io::Result<&Path> {
        for (name, text) in sheets {
            self.replace(&self.folder.join(name), text.as_bytes())?;
        }
        Ok(&self.folder)
    }

    /// Writes the close as text, in place of the last one; the answer is where it lies.
    ///
    /// # Errors
    /// The disk failed.
    pub fn print_close(&self, lines: &[String]) -> io::Result<PathBuf> {
        let path = self.folder.join(CLOSE);
        self.replace(&path, printed(lines).as_bytes())?;
        Ok(path)
    }

    /// The book is open now. That it could not be kept is no fault: the last entry says it too, less well.
    pub fn is_open(&self, now: Moment) {
        let _ = self.replace(&self.folder.join(OPEN), now.to_rfc3339().as_bytes());
    }

    /// Until when the book is known to have been open.
    pub fn was_open(&self) -> Option<Moment> {
        let mut text = String::new();
        platform::read_private(&self.folder.join(OPEN)).ok()?.take(64).read_to_string(&mut text).ok()?;
        Moment::parse_from_rfc3339(text.trim()).ok()
    }

    /// One more wrong passphrase. That it could not be kept is told by nobody: the wait on the screen stays.
    pub fn wrong_try(&self, now: Moment) {
        let count = self.tries().count.saturating_add(1);
        let _ = self.replace(&self.folder.join(TRIES), format!("{count} {}", now.to_rfc3339()).as_bytes());
    }

    /// Wrong passphrases since somebody got in.
    pub fn tries(&self) -> Tries {
        let text = self.small(TRIES).unwrap_or_default();
        let (count, last) = text.trim().split_once(' ').unwrap_or_default();
        Tries { count: count.parse().unwrap_or_default(), last: Moment::parse_from_rfc3339(last).ok() }
    }

    /// They are in the book: forgotten here.
    pub fn no_tries(&self) {
        let _ = std::fs::remove_file(self.folder.join(TRIES));
    }

    /// F8 was pressed on the locked screen: that time is kept, safe from a power cut.
    ///
    /// # Errors
    /// The disk failed.
    pub fn raise(&self, at: Moment) -> io::Result<()> {
        let mut all = self.raised();
        all.push(at);
        self.keep_raised(&all)
    }

    /// Of the times that were kept, these are left.
    ///
    /// # Errors
    /// The disk failed.
    pub fn keep_raised(&self, all: &[Moment]) -> io::Result<()> {
        if all.is_empty() {
            return match std::fs::remove_file(self.folder.join(RAISED)) {
                Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
                _ => Ok(()),
            };
        }
        let lines: String = all.iter().take(MOST).map(|at| at.to_rfc3339() + "\n").collect();
        Whole::at(&self.folder.join(RAISED)).replace(lines.as_bytes()).map_err(io::Error::other)
    }

    /// When F8 was pressed on the locked screen, as far as it is not in the book.
    pub fn raised(&self) -> Vec<Moment> {
        let text = self.small(RAISED).unwrap_or_default();
        text.lines().filter_map(|line| Moment::parse_from_rfc3339(line).ok()).take(MOST).collect()
    }

    fn small(&self, name: &str) -> Option<String> {
        let mut text = String::new();
        platform::read_private(&self.folder.join(name)).ok()?.take(8192).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// In one step: a cut leaves the old one or the new one.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = self.folder.join(format!(".{}.half", path.file_name().unwrap_or_default().to_string_lossy()));
        if half.symlink_metadata().is_ok() {
            std::fs::remove_file(&half)?;
        }
        platform::create_private(&half).map_err(io::Error::other)?.write_all(bytes)?;
        std::fs::rename(&half, path)
    }
}

/// Lines as a printer is given them: each is one, whatever somebody's name holds.
fn printed(lines: &[String]) -> String {
    lines.iter().map(|line| text::line(line) + "\n").collect()
}

/// The note of a draft, if its first line has one, and the words.
fn headed(text: &str) -> (Option<NoteId>, Text) {
    let head = text.strip_prefix(NOTE_ID).and_then(|rest| rest.split_once('\n'));
    match head.and_then(|(id, words)| Some((NoteId(id.parse().ok()?), words))) {
        Some((note, words)) => (Some(note), Text::note(words)),
        None => (None, Text::note(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jean() -> StaffId {
        StaffId(uuid::Uuid::from_u128(5))
    }

    #[test]
    fn a_draft_is_one_overwritten_private_file() {
        let folder = tempfile::tempdir().unwrap();
        let papers = Papers::new(folder.path());
        let note = Some(NoteId(uuid::Uuid::from_u128(7)));
        papers.keep_draft(jean(), None, &Text::note("one\ntwo")).unwrap();
        assert_eq!(papers.drafts(), [(jean(), None, Text::note("one\ntwo"))]);
        papers.keep_draft(jean(), note, &Text::note("one\nthree")).unwrap();
        assert_eq!(papers.drafts(), [(jean(), note, Text::note("one\nthree"))]);
        let names: Vec<_> = folder.path().read_dir().unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(names[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        papers.keep_draft(jean(), note, &Text::default()).unwrap();
        papers.keep_draft(jean(), None, &Text::default()).unwrap();
        assert!(papers.drafts().is_empty() && folder.path().read_dir().unwrap().next().is_none());
    }

    #[test]
    fn the_sheets_are_private_files_and_the_last_ones_only() {
        let folder = tempfile::tempdir().unwrap();
        let papers = Papers::new(folder.path());
        for text in ["old", "new"] {
            papers.print_sheets(&[("desk-sheet.txt", text.to_owned()), ("sealed-sheet.txt", text.to_owned())]).unwrap();
        }
        let files: Vec<_> = folder.path().read_dir().unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(files.len(), 2, "{files:?}");
        for file in files {
            assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
    }

    #[test]
    fn a_half_written_draft_and_strangers_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let papers = Papers::new(folder.path());
        std::fs::write(folder.path().join("draft-jean.txt"), "x").unwrap();
        std::fs::write(folder.path().join(format!(".draft-{}.txt.half", jean())), "x").unwrap();
        assert!(papers.drafts().is_empty());
        papers.keep_draft(jean(), None, &Text::note("y")).unwrap();
        assert_eq!(papers.drafts().len(), 1);
        assert_eq!(papers.was_open(), None);
        let now = Moment::parse_from_rfc3339("2026-11-21T10:41:00+00:00").unwrap();
        papers.is_open(now);
        assert_eq!(papers.was_open(), Some(now));
        let path = papers.print_roll(&["one".to_owned(), "two".to_owned()]).unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "one\ntwo\n");
    }
}

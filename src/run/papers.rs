//! The small files beside the book: one draft a person, the papers for the printer, and when the book was last open.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::domain::codes::Moment;
use crate::domain::ids::{NoteId, StaffId};
use crate::domain::text::{self, NOTE, Text};
use crate::platform;

/// The roll as it was last printed.
const ROLL: &str = "roll.txt";
/// The close as it was last printed.
const CLOSE: &str = "close.txt";
/// The minute until which the book is known to have been open: a time and nothing else.
const OPEN: &str = "open.txt";
/// Before the note's id, in the first line of a draft.
const NOTE_ID: &str = "note ";
/// Bytes of that line: the word, the id, the line's end.
const HEAD: usize = NOTE_ID.len() + 37;
/// A draft's name: this, the person's id, and the ending.
const DRAFT: (&str, &str) = ("draft-", ".txt");

/// The files of one register's folder.
#[derive(Debug, Clone)]
pub struct Papers {
    folder: PathBuf,
}

impl Papers {
    /// Of this folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Keeps what somebody is typing in place of what was kept of theirs; nothing typed leaves no file.
    ///
    /// # Errors
    /// The disk failed; what was kept before is still there.
    pub fn keep_draft(&self, staff: StaffId, note: Option<NoteId>, words: &Text) -> io::Result<()> {
        let path = self.folder.join(format!("{}{staff}{}", DRAFT.0, DRAFT.1));
        if !words.is_empty() {
            let head = note.map(|note| format!("{NOTE_ID}{note}\n")).unwrap_or_default();
            return self.replace(&path, &format!("{head}{words}"));
        }
        match std::fs::remove_file(path) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }

    /// The drafts that were left. A file that is not private, or cannot be read, is passed over and stays.
    pub fn drafts(&self) -> Vec<(StaffId, Option<NoteId>, Text)> {
        let Ok(entries) = self.folder.read_dir() else { return Vec::new() };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut found: Vec<(StaffId, Option<NoteId>, Text)> = names
            .filter_map(|name| {
                let id = name.strip_prefix(DRAFT.0)?.strip_suffix(DRAFT.1)?.parse().ok()?;
                let mut bytes = Vec::new();
                let file = platform::read_private(&self.folder.join(&name)).ok()?;
                file.take(u64::try_from(NOTE + HEAD).unwrap_or(u64::MAX)).read_to_end(&mut bytes).ok()?;
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
        self.replace(&path, &printed(lines))?;
        Ok(path)
    }

    /// Writes the paper sheets, each in place of the last one of its name; the answer is the folder that they lie in.
    ///
    /// # Errors
    /// The disk failed.
    pub fn print_sheets(&self, sheets: &[(&str, String)]) -> io::Result<&Path> {
        for (name, text) in sheets {
            self.replace(&self.folder.join(name), text)?;
        }
        Ok(&self.folder)
    }

    /// Writes the close as text, in place of the last one; the answer is where it lies.
    ///
    /// # Errors
    /// The disk failed.
    pub fn print_close(&self, lines: &[String]) -> io::Result<PathBuf> {
        let path = self.folder.join(CLOSE);
        self.replace(&path, &printed(lines))?;
        Ok(path)
    }

    /// The book is open now. That it could not be kept is no fault: the last entry says it too, less well.
    pub fn is_open(&self, now: Moment) {
        let _ = self.replace(&self.folder.join(OPEN), &now.to_rfc3339());
    }

    /// Until when the book is known to have been open.
    pub fn was_open(&self) -> Option<Moment> {
        let mut text = String::new();
        platform::read_private(&self.folder.join(OPEN)).ok()?.take(64).read_to_string(&mut text).ok()?;
        Moment::parse_from_rfc3339(text.trim()).ok()
    }

    /// In one step: a cut leaves the old one or the new one.
    fn replace(&self, path: &Path, text: &str) -> io::Result<()> {
        let half = self.folder.join(format!(".{}.half", path.file_name().unwrap_or_default().to_string_lossy()));
        if half.symlink_metadata().is_ok() {
            std::fs::remove_file(&half)?;
        }
        platform::create_private(&half).map_err(io::Error::other)?.write_all(text.as_bytes())?;
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

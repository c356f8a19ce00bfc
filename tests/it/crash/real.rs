//! Real disks: full, read-only, taken away; and the small files beside the book on them. Without the rights it says so.

use std::path::Path;
use std::process::Command;

use doorbook::book::{DiskBook, ReadFault};
use doorbook::domain::ids::StaffId;
use doorbook::domain::text::Text;
use doorbook::journal::{AppendFault, Fault, Head, Journal, Redb};
use doorbook::run::Papers;

use crate::chance::Chance;
use crate::journal::{REGISTER, append, on_disk, rows};

/// A file system in memory, mounted here; it goes with its folder.
struct Mount(tempfile::TempDir);

impl Mount {
    /// `None`, and a line why: only who may mount can have one.
    fn of(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size},mode=700"), "none"]).arg(folder.path());
        match mount.output() {
            Ok(out) if out.status.success() => Some(Self(folder)),
            Ok(out) => {
                println!("SKIPPED: {}", String::from_utf8_lossy(&out.stderr).trim());
                None
            }
            Err(fault) => {
                println!("SKIPPED: no mount here: {fault}");
                None
            }
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn set(&self, how: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(self.path()).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// Fills what is left, but for so many bytes.
fn fill(folder: &Path, but: usize) {
    let ballast = folder.join("ballast");
    let mut bytes = 64 << 20;
    while bytes > 0 {
        let old = std::fs::metadata(&ballast).map_or(0, |found| found.len());
        let file = std::fs::OpenOptions::new().create(true).append(true).open(&ballast).unwrap();
        if std::io::Write::write_all(&mut &file, &vec![1; bytes]).is_err() {
            file.set_len(old).unwrap();
            bytes /= 2;
        }
    }
    let file = std::fs::OpenOptions::new().write(true).open(&ballast).unwrap();
    file.set_len(file.metadata().unwrap().len().saturating_sub(but as u64)).unwrap();
}

#[test]
fn a_disk_that_is_really_full_is_told_and_writes_again_once_there_is_room() {
    let Some(mount) = Mount::of("6m") else { return };
    let path = mount.path().join("register.redb");
    let mut none = std::iter::empty::<Result<_, ()>>();
    let mut book = DiskBook::create_at(&path, Chance::new(1).id(), &mut none).unwrap();
    fill(mount.path(), 200_000);
    let mut chance = Chance::new(9);
    let mut saved = Vec::new();
    let fault = loop {
        let act = chance.entries(20);
        match book.append(&act) {
            Ok(_) => saved.extend(act),
            Err(fault) => break fault,
        }
    };
    assert!(fault.to_string().contains("The disk is full"), "{fault}");
    assert!(!saved.is_empty());
    let read = |book: &mut DiskBook| book.read_all().unwrap().into_iter().map(|p| p.entry).collect::<Vec<_>>();
    assert!(read(&mut book) == saved, "while it is full");
    assert!(book.append(&chance.entries(20)).is_err());
    // The small files too: told, and what was kept is kept.
    let papers = Papers::new(mount.path());
    assert!(papers.keep_draft(StaffId(uuid::Uuid::nil()), None, &Text::note(&"x".repeat(60_000))).is_err());
    std::fs::remove_file(mount.path().join("ballast")).unwrap();
    let act = chance.entries(1);
    book.append(&act).unwrap();
    saved.extend(act);
    drop(book);
    let mut book = DiskBook::open_at(&path).unwrap();
    assert!(book.verify().is_good() && read(&mut book) == saved);
}

#[test]
fn a_read_only_disk_is_told_and_can_be_looked_at() {
    let Some(mount) = Mount::of("6m") else { return };
    let path = mount.path().join("register.redb");
    drop(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap());
    let papers = Papers::new(mount.path());
    let staff = StaffId(uuid::Uuid::nil());
    papers.keep_draft(staff, None, &Text::note("before")).unwrap();
    mount.set("ro");
    let fault = DiskBook::open_at(&path).unwrap_err();
    assert!(matches!(&fault, ReadFault::Journal(Fault::Device(why)) if why.contains("Read-only")), "{fault}");
    assert_eq!(Redb::look(&path).unwrap().head().unwrap(), Head::empty(REGISTER));
    assert!(papers.keep_draft(staff, None, &Text::note("after")).is_err());
    assert!(
        papers.print_roll(&["roll".to_owned()]).is_err() && papers.print_sheets(&[("a.txt", String::new())]).is_err()
    );
    papers.is_open("2026-11-21T09:00:00+00:00".parse().unwrap());
    assert_eq!(papers.drafts().pop().unwrap().2, Text::note("before"));
    let made = Redb::create(&mount.path().join("other.redb"), REGISTER, |_| Ok::<_, Fault>(()));
    assert!(matches!(made, Err(Fault::Device(_))));
    mount.set("rw");
    drop(Redb::open(&path).unwrap());
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_taken_away_is_told_and_nothing_is_written() {
    let (folder, path, mut journal) = on_disk();
    let start = Head::empty(REGISTER);
    let (new, head) = rows(&start, 2);
    append(&mut journal, &start, &new).unwrap();
    let (more, _) = rows(&head, 1);
    let elsewhere = folder.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::rename(&path, elsewhere.join("register.redb")).unwrap();
    assert_eq!(append(&mut journal, &head, &more), Err(AppendFault::Fault(Fault::Moved)));
    assert_eq!(journal.forget(&[doorbook::journal::Seq(1)]), Err(Fault::Moved));
    assert_eq!(journal.head().unwrap(), head, "it can still be read");
    std::fs::rename(elsewhere.join("register.redb"), &path).unwrap();
    append(&mut journal, &head, &more).unwrap();
    let papers = Papers::new(folder.path());
    folder.close().unwrap();
    let (last, _) = rows(&journal.head().unwrap(), 1);
    let head = journal.head().unwrap();
    assert_eq!(append(&mut journal, &head, &last), Err(AppendFault::Fault(Fault::Moved)));
    assert!(papers.keep_draft(StaffId(uuid::Uuid::nil()), None, &Text::note("x")).is_err());
    assert!(papers.print_close(&[]).is_err() && papers.drafts().is_empty());
}

/// Each step of putting a small file in place of the last one fails: the last one stays.
#[test]
fn a_small_file_that_cannot_be_put_in_place_leaves_the_last_one() {
    let folder = tempfile::tempdir().unwrap();
    let (papers, staff) = (Papers::new(folder.path()), StaffId(uuid::Uuid::nil()));
    papers.keep_draft(staff, None, &Text::note("before")).unwrap();
    papers.print_roll(&["before".to_owned()]).unwrap();
    // What is left of the last time is a folder: it cannot be removed.
    for name in [format!(".draft-{staff}.txt.half"), ".roll.txt.half".to_owned(), ".open.txt.half".to_owned()] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    assert!(papers.keep_draft(staff, None, &Text::note("after")).is_err());
    assert!(papers.print_roll(&["after".to_owned()]).is_err());
    papers.is_open("2026-11-21T09:00:00+00:00".parse().unwrap());
    assert_eq!(papers.was_open(), None);
    assert_eq!(papers.drafts().pop().unwrap().2, Text::note("before"));
    assert_eq!(std::fs::read_to_string(folder.path().join("roll.txt")).unwrap(), "before\n");
    // Where the name itself is a folder, the renaming fails.
    std::fs::create_dir(folder.path().join("close.txt")).unwrap();
    assert!(papers.print_close(&["after".to_owned()]).is_err());
    // Room again: it goes on.
    std::fs::remove_dir(folder.path().join(format!(".draft-{staff}.txt.half"))).unwrap();
    papers.keep_draft(staff, None, &Text::note("after")).unwrap();
    assert_eq!(papers.drafts().pop().unwrap().2, Text::note("after"));
}

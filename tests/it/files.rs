//! The files of a register: private, made whole or not at all, opened by one, damage always told.

use std::path::Path;
#[cfg(unix)]
use std::process::Command;

use doorbook::book::{Book, DiskBook, GivenUp, ReadFault, WriteFault};
use doorbook::domain::ids::RegisterId as DomainRegister;
use doorbook::journal::{AppendFault, Fault, Head, Journal, Redb, Seq, Which};
use doorbook::platform::{self, Folder};

use crate::chance::Chance;
use crate::journal::{REGISTER, append, on_disk, row, rows};
use crate::others;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().unwrap().permissions().mode() & 0o7777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_register_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("a/b");
    assert_eq!(platform::private_folder(&home).unwrap(), Folder::Made);
    assert!(others::are_kept_out(&home));
    assert_eq!(platform::private_folder(&home).unwrap(), Folder::Private);
    let path = home.join("register.redb");
    drop(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap());
    assert!(others::are_kept_out(&path));
    assert_eq!(names(&home), ["register.redb"]);
    let before = std::fs::read(&path).unwrap();
    others::may_read(&path);
    assert!(!others::are_kept_out(&path));
    assert!(matches!(Redb::open(&path), Err(Fault::NotPrivate(why)) if why.contains(others::CURE)));
    assert!(matches!(Redb::look(&path), Err(Fault::NotPrivate(_))));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// Each bit for others counts, and the modes are these and no narrower.
#[cfg(unix)]
#[test]
fn the_modes_of_a_register() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("a/b");
    platform::private_folder(&home).unwrap();
    let path = home.join("register.redb");
    drop(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap());
    assert_eq!((mode(&home), mode(&path)), (0o700, 0o600));
    for wide in [0o640, 0o604, 0o666] {
        set_mode(&path, wide);
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(Redb::open(&path), Err(Fault::NotPrivate(why)) if why.contains("chmod 600")), "{wide:o}");
        assert!(matches!(Redb::look(&path), Err(Fault::NotPrivate(_))));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_folder_that_others_can_look_into_is_narrowed_if_empty_and_refused_if_not() {
    let folder = tempfile::tempdir().unwrap();
    others::may_read(folder.path());
    assert!(!others::are_kept_out(folder.path()));
    assert_eq!(platform::private_folder(folder.path()).unwrap(), Folder::Tightened);
    assert!(others::are_kept_out(folder.path()));
    others::may_read(folder.path());
    std::fs::write(folder.path().join("x"), b"").unwrap();
    let fault = platform::private_folder(folder.path()).unwrap_err();
    assert!(fault.to_string().contains(others::CURE), "{fault}");
    assert!(!others::are_kept_out(folder.path()), "it is as it was");
    assert!(platform::private_folder(&folder.path().join("x")).unwrap_err().to_string().contains("no folder"));
}

#[test]
fn a_file_is_renamed_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    lay(&from, b"new");
    lay(&to, b"old");
    assert_eq!(platform::rename_new(&from, &to).unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!((std::fs::read(&from).unwrap(), std::fs::read(&to).unwrap()), (b"new".to_vec(), b"old".to_vec()));
    std::fs::remove_file(&to).unwrap();
    platform::rename_new(&from, &to).unwrap();
    platform::sync_folder(folder.path()).unwrap();
    assert_eq!(names(folder.path()), ["to"]);
    assert_eq!(std::fs::read(&to).unwrap(), b"new");
    assert!(platform::sync_folder(&folder.path().join("gone")).is_err());
}

/// On Unix a name can always be taken away; there the lock is on the file, and the next append finds its own.
#[cfg(windows)]
#[test]
fn an_open_book_is_neither_moved_nor_removed() {
    let (folder, path, mut journal) = on_disk();
    assert!(std::fs::rename(&path, folder.path().join("elsewhere")).is_err());
    assert!(std::fs::remove_file(&path).is_err());
    journal.head().unwrap();
    drop(journal);
    std::fs::rename(&path, folder.path().join("elsewhere")).unwrap();
}

/// Needs the right to make links (developer mode, or an administrator).
#[cfg(windows)]
#[test]
fn no_link_is_followed() {
    let (folder, path, journal) = on_disk();
    drop(journal);
    let link = folder.path().join("link.redb");
    std::os::windows::fs::symlink_file(&path, &link).unwrap();
    assert!(matches!(Redb::open(&link), Err(Fault::NotPrivate(why)) if why.contains("is a link")));
    assert!(matches!(Redb::create(&link, REGISTER, |_| Ok::<_, Fault>(())), Err(Fault::Exists)));
    let elsewhere = folder.path().join("elsewhere");
    std::os::windows::fs::symlink_dir(folder.path(), &elsewhere).unwrap();
    assert!(platform::private_folder(&elsewhere).unwrap_err().to_string().contains("a link"));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_no_pipe_is_waited_for() {
    let (folder, path, journal) = on_disk();
    drop(journal);
    let link = folder.path().join("link.redb");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(matches!(Redb::open(&link), Err(Fault::NotPrivate(why)) if why.contains("is a link")));
    assert!(matches!(Redb::create(&link, REGISTER, |_| Ok::<_, Fault>(())), Err(Fault::Exists)));
    let dangling = folder.path().join("dangling");
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &dangling).unwrap();
    assert!(matches!(Redb::create(&dangling, REGISTER, |_| Ok::<_, Fault>(())), Err(Fault::Exists)));
    assert!(platform::private_folder(&dangling).is_err());
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").args(["-m", "600"]).arg(&pipe).status().unwrap().success());
    assert!(Redb::open(&pipe).is_err());
}

#[test]
fn a_second_opening_is_refused_and_touches_nothing() {
    let (_folder, path, mut journal) = on_disk();
    let (new, _) = rows(&Head::empty(REGISTER), 3);
    let head = append(&mut journal, &Head::empty(REGISTER), &new).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(Redb::open(&path).unwrap_err(), Fault::InUse);
    let fault = DiskBook::open_at(&path).unwrap_err();
    assert_eq!(fault, ReadFault::Journal(Fault::InUse));
    assert!(
        fault.to_string().contains("another copy of Doorbook")
            || fault.to_string().contains("Another copy of Doorbook")
    );
    assert!(matches!(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())), Err(Fault::Exists)));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(journal.head().unwrap(), head);
    drop(journal);
    Redb::open(&path).unwrap();
}

#[test]
fn two_may_look_and_neither_may_write() {
    let (_folder, path, journal) = on_disk();
    drop(journal);
    let (mut one, mut other) = (Redb::look(&path).unwrap(), Redb::look(&path).unwrap());
    assert_eq!(one.head().unwrap(), other.head().unwrap());
    let head = one.head().unwrap();
    let fault = append(&mut one, &head, &[row(&head, 1, b"s", b"b")]).unwrap_err();
    assert_eq!(fault, AppendFault::Fault(Fault::ReadOnly));
    // One who writes may come meanwhile, and they go on after what is written.
    let mut writer = Redb::open(&path).unwrap();
    append(&mut writer, &head, &[row(&head, 1, b"s", b"b")]).unwrap();
    assert_eq!(one.head().unwrap(), writer.head().unwrap());
    assert_eq!(other.head().unwrap(), writer.head().unwrap());
}

#[test]
fn a_creation_that_is_cut_off_leaves_no_register() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    assert_eq!(Redb::open(&path).unwrap_err(), Fault::Missing);
    assert_eq!(Redb::look(&path).unwrap_err(), Fault::Missing);
    let given_up = Redb::create(&path, REGISTER, |_| Err(Fault::Full));
    assert_eq!(given_up.unwrap_err(), Fault::Full);
    assert_eq!(names(folder.path()), [""; 0]);
    // Cut off at any byte, a half made file has a name that is never opened, and is cleaned up by the next making.
    drop(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap());
    let whole = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    for cut in [0, 1, 100, 4096, whole.len() / 2, whole.len()] {
        let half = folder.path().join(format!(".register.redb.half-1-{cut}"));
        std::io::Write::write_all(&mut platform::create_private(&half).unwrap(), &whole[..cut]).unwrap();
        assert_eq!(Redb::open(&path).unwrap_err(), Fault::Missing);
    }
    drop(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap());
    assert_eq!(names(folder.path()), ["register.redb"]);
}

#[test]
fn a_making_that_is_under_way_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    let made = Redb::create(&path, REGISTER, |_| {
        assert!(!path.exists());
        // Somebody else makes one meanwhile, and is first.
        drop(Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap());
        assert_eq!(names(folder.path()).len(), 2);
        Ok::<_, Fault>(())
    });
    assert_eq!(made.unwrap_err(), Fault::Exists);
    assert_eq!(names(folder.path()), ["register.redb"]);
    Redb::open(&path).unwrap();
}

#[test]
fn a_book_is_made_with_its_first_entries_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    let register: DomainRegister = Chance::new(5).id();
    let entries = Chance::new(6).entries(300);
    let mut stops = entries.iter().cloned().map(Ok).chain([Err("line 12")]);
    assert_eq!(DiskBook::create_at(&path, register, &mut stops).unwrap_err(), GivenUp::Entry("line 12"));
    assert_eq!(names(folder.path()), [""; 0]);
    let mut all = entries.iter().cloned().map(Ok::<_, ()>);
    let mut book = DiskBook::create_at(&path, register, &mut all).unwrap();
    let mut again = entries.iter().take(1).cloned().map(Ok::<_, ()>);
    let fault = DiskBook::create_at(&path, register, &mut again).unwrap_err();
    assert_eq!(fault, GivenUp::Write(WriteFault::Journal(Fault::Exists)));
    assert_eq!(book.register(), register);
    let read: Vec<_> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
    assert_eq!(read, entries);
    drop(book);
    let mut book = DiskBook::look_at(&path).unwrap();
    assert_eq!(book.read_all().unwrap().len(), 300);
    drop(book);
    assert!(DiskBook::open_at(&path).unwrap().verify().is_good());
}

#[test]
fn a_book_that_was_not_closed_is_looked_at_only_after_an_opening() {
    let (folder, path, mut journal) = on_disk();
    let (new, head) = rows(&Head::empty(REGISTER), 3);
    append(&mut journal, &Head::empty(REGISTER), &new).unwrap();
    // What a killed process leaves: the file as it lies while it is open.
    let killed = folder.path().join("killed.redb");
    std::io::Write::write_all(&mut platform::create_private(&killed).unwrap(), &std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(Redb::look(&killed).unwrap_err(), Fault::NotClosed);
    assert_eq!(Redb::open(&killed).unwrap().head().unwrap(), head);
    assert_eq!(Redb::look(&killed).unwrap().head().unwrap(), head);
}

/// A file with thirty entries, closed.
fn thirty() -> (tempfile::TempDir, std::path::PathBuf, Vec<u8>, Vec<doorbook::book::Placed>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    let mut entries = Chance::new(8).entries(30).into_iter().map(Ok::<_, ()>);
    let mut book = DiskBook::create_at(&path, Chance::new(5).id(), &mut entries).unwrap();
    book.append(&Chance::new(9).entries(3)).unwrap();
    let placed = book.read_all().unwrap();
    drop(book);
    let bytes = std::fs::read(&path).unwrap();
    (folder, path, bytes, placed)
}

fn lay(path: &Path, bytes: &[u8]) {
    let _ = std::fs::remove_file(path);
    std::io::Write::write_all(&mut platform::create_private(path).unwrap(), bytes).unwrap();
}

#[test]
fn a_flipped_bit_is_told_and_never_silent() {
    let (_folder, path, bytes, placed) = thirty();
    let mut chance = Chance::new(12);
    let (mut told, mut dead) = (0, 0);
    for _ in 0..300 {
        let mut damaged = bytes.clone();
        let bit = chance.below(bytes.len().min(200_000) * 8);
        damaged[bit / 8] ^= 1 << (bit % 8);
        lay(&path, &damaged);
        // At a look, without the engine's check: the right entries, or a fault.
        let looked = DiskBook::look_at(&path).and_then(|mut book| book.read_all());
        assert!(looked.as_ref().is_ok_and(|read| *read == placed) || looked.is_err(), "bit {bit}, looked at");
        match DiskBook::open_at(&path).and_then(|mut book| book.read_all()) {
            Ok(read) => {
                assert_eq!(read, placed, "bit {bit}");
                dead += 1;
            }
            Err(_) => told += 1,
        }
    }
    assert!(told > 20, "{told} told, {dead} in dead space");
}

#[test]
fn a_file_cut_short_is_told() {
    let (_folder, path, bytes, placed) = thirty();
    for cut in [0, 1, 63, 320, 4095, 4096, 8192, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1] {
        lay(&path, &bytes[..cut]);
        for read in [DiskBook::look_at(&path), DiskBook::open_at(&path)] {
            let read = read.and_then(|mut book| book.read_all());
            assert!(read.as_ref().is_ok_and(|read| *read == placed) || read.is_err(), "cut at {cut}");
        }
        assert!(cut > 0 || matches!(DiskBook::open_at(&path), Err(ReadFault::Journal(Fault::Damaged(_)))));
    }
    lay(&path, b"not a register, but somebody's letter");
    assert!(matches!(DiskBook::open_at(&path), Err(ReadFault::Journal(Fault::Damaged(_)))));
    assert_eq!(std::fs::read(&path).unwrap(), b"not a register, but somebody's letter");
}

#[test]
fn an_import_of_thousands_is_one_append() {
    let (_folder, _path, journal) = on_disk();
    let mut book = Book::open(journal).unwrap();
    let mut chance = Chance::new(77);
    let mut many = (0..5000).map(|n| if n == 4999 { Err(n) } else { Ok(chance.entry()) });
    assert_eq!(book.append_all(&mut many).unwrap_err(), GivenUp::Entry(4999));
    assert_eq!(book.read_all().unwrap(), []);
    let mut all = (0..5000).map(|_| Ok::<_, ()>(chance.entry()));
    assert_eq!(book.append_all(&mut all).unwrap().seq, Seq(5000));
    assert_eq!(book.read_all().unwrap().len(), 5000);
    assert_eq!(book.into_journal().read(Which::All, Seq(4998), 9).unwrap().len(), 2);
}

/// Not a test by itself: what a program is like once it is prepared. The mask and the limit are a whole process's.
#[cfg(unix)]
#[test]
fn prepared_child() {
    let Some(folder) = std::env::var_os("DOORBOOK_PREPARED_TEST") else { return };
    platform::prepare().unwrap();
    let file = Path::new(&folder).join("made");
    std::fs::write(&file, b"x").unwrap();
    assert_eq!(mode(&file), 0o600);
    if let Ok(limits) = std::fs::read_to_string("/proc/self/limits") {
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
    }
    #[cfg(target_os = "linux")]
    assert_eq!(rustix::process::dumpable_behavior().unwrap(), rustix::process::DumpableBehavior::NotDumpable);
    let stop = platform::Stop::listen().unwrap();
    assert!(!stop.asked());
    for signal in ["-TERM", "-HUP"] {
        assert!(Command::new("kill").args([signal, &std::process::id().to_string()]).status().unwrap().success());
    }
    let from = std::time::Instant::now();
    while !stop.asked() && from.elapsed().as_secs() < 10 {
        std::thread::yield_now();
    }
    assert!(stop.asked());
}

#[cfg(unix)]
#[test]
fn a_prepared_program_makes_private_files_leaves_no_core_and_hears_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "files::prepared_child"]).env("DOORBOOK_PREPARED_TEST", folder.path());
    let out = child.output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
    assert_eq!(names(folder.path()), ["made"]);
}

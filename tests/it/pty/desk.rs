//! The program itself in a terminal: it starts, refuses a second copy, bears storms, and gives the terminal back.

use std::path::{Path, PathBuf};

use doorbook::run::open;

use super::{Pty, Setup};

/// Practice, from its first frame on.
fn practice(home: &Path) -> Pty {
    let desk = Setup::new(&["practice"]).home(home).start();
    desk.wait_for("PRACTICE");
    desk
}

#[track_caller]
fn is_given_back(desk: &Pty) {
    desk.with_screen(|screen| {
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    });
}

pub(super) fn register(home: &Path) -> PathBuf {
    let mut found = Vec::new();
    let mut folders = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.retain(|path| path.ends_with("register.redb"));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn practice_opens_and_quits_and_gives_the_terminal_back() {
    let mut desk = Setup::new(&["practice"]).start();
    desk.wait_until("a first screen", |screen| screen.alternate_screen() && screen.contents().contains("PRACTICE"));
    desk.unlocks("1");
    desk.wait_for("Saturday 21 November 2026");
    desk.keys("Ctrl-Q");
    assert_eq!(desk.exit_code(), 0);
    is_given_back(&desk);
}

#[test]
fn the_first_start_says_what_there_is_and_writes_nothing_unasked() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Setup::new(&[]).home(home.path()).start();
    let screen = desk.wait_for("Write nothing about real families into a practice register.");
    assert!(screen.contains("practice") && screen.contains("Enter   makes the practice register"), "{screen}");
    desk.keys("x 5 F8 Esc");
    assert_eq!(desk.exit_code(), 0);
    is_given_back(&desk);
    assert!(home.path().read_dir().unwrap().next().is_none(), "nothing was asked for");

    let mut desk = Setup::new(&[]).home(home.path()).start();
    desk.wait_for("Write nothing about real families");
    desk.keys("Enter");
    desk.wait_for("PRACTICE");
    #[cfg(unix)]
    {
        desk.terminate();
        assert_eq!(desk.exit_code(), 0);
        is_given_back(&desk);
    }
    desk.kill();
    let desk = Setup::new(&[]).home(home.path()).start();
    desk.wait_for("PRACTICE");
}

#[test]
fn a_second_copy_is_refused_and_touches_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = practice(home.path());
    let file = register(home.path());
    // Who is at the desk is on disk: it has the book for itself.
    desk.comes_in("1");
    let before = (std::fs::read(&file).unwrap(), file.metadata().unwrap().modified().unwrap());
    for args in [vec![], vec!["practice"], vec!["practice", "--at", "2026-11-21T09:40"]] {
        let mut second = Setup::new(&args).home(home.path()).start();
        assert_eq!(second.exit_code(), 5, "{args:?}: {}", second.screen());
        let screen = second.screen().replace('\n', "");
        assert!(screen.contains("Another copy of Doorbook has this register open."), "{args:?}: {screen}");
        assert!(!second.with_screen(vt100::Screen::alternate_screen));
    }
    let mut look = Setup::new(&["verify"]).home(home.path()).start();
    assert_eq!(look.exit_code(), 0, "{}", look.screen());
    assert!(look.screen().contains("places, links, digests and signatures hold"), "{}", look.screen());
    assert!(before == (std::fs::read(&file).unwrap(), file.metadata().unwrap().modified().unwrap()));
    let known = ["register.redb", "keyring", "directory.redb", "open.txt"];
    for entry in file.parent().unwrap().read_dir().unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name.as_str()), "{name}");
    }
    desk.wait_for("PRACTICE");
}

#[cfg(unix)]
#[test]
fn a_system_that_shuts_down_finds_it_closed() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = practice(home.path());
    desk.terminate();
    assert_eq!(desk.exit_code(), 0);
    is_given_back(&desk);
    // Closed: it can be read without being put right first.
    assert!(doorbook::book::DiskBook::look_at(&register(home.path())).is_ok());
}

#[test]
fn a_killed_desk_is_known_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = practice(home.path());
    desk.comes_in("1");
    desk.kill();
    let data = register(home.path()).parent().unwrap().to_owned();
    assert!(open::open(&data, open::Who::Practises).unwrap().unclean);
    assert!(!open::open(&data, open::Who::Practises).unwrap().unclean);
}

#[test]
fn storms_of_sizes_and_pastes_leave_a_desk_that_answers() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = practice(home.path());
    for n in 0..60 {
        desk.resize(20 + (n * 37) % 120, 3 + (n * 13) % 50);
    }
    desk.resize(80, 24);
    let bomb = format!("\x1b[200~{}\x1b[201~", "\u{1b}]0;title\u{7} name\r\n1\t".repeat(20_000));
    desk.send(bomb.as_bytes());
    // A key on the heels of a paste is of the paste: a hand takes longer.
    std::thread::sleep(std::time::Duration::from_millis(600));
    desk.send(&[0x0c]);
    desk.wait_until("a whole screen", |screen| {
        let screen = screen.contents();
        ["PRACTICE", "Locked", "help"].iter().all(|part| screen.contains(part))
    });
    #[cfg(unix)]
    desk.terminate();
    #[cfg(not(unix))]
    desk.keys("Ctrl-Q");
    assert_eq!(desk.exit_code(), 0);
    is_given_back(&desk);
    // Nothing of it was written.
    let data = register(home.path()).parent().unwrap().to_owned();
    let mut opened = open::open(&data, open::Who::Practises).unwrap();
    opened.all().unwrap();
    assert!(opened.register.days.is_empty());
}

#[test]
fn a_practice_clock_stands_and_is_moved_by_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Setup::new(&["practice", "--at", "2026-11-21T09:30"]).home(home.path()).start();
    desk.comes_in("5");
    desk.wait_for("09:30");
    desk.keys("F2");
    desk.wait_for("Saved 09:30");
    desk.keys("Ctrl-T Ctrl-T");
    desk.wait_for("09:32");
    desk.keys("Ctrl-N F8");
    desk.wait_for("Written 09:45");
    desk.kill();
    // It goes on from its last entry.
    let mut again = Setup::new(&["practice"]).home(home.path()).start();
    again.unlocks("5");
    again.wait_for("09:45");
    let mut early = Setup::new(&["practice", "--at", "2026-11-21T09:44"]).home(home.path()).start();
    assert!([5, 7].contains(&early.exit_code()), "{}", early.screen());
}

#[test]
fn no_colour_and_ascii_are_kept_to() {
    let home = tempfile::tempdir().unwrap();
    let desk =
        Setup::new(&["practice", "--ascii"]).env("NO_COLOR", "1").env("COLORFGBG", "15;0").home(home.path()).start();
    let screen = desk.wait_for("PRACTICE");
    assert!(!screen.contains('─') && screen.contains("---"), "{screen}");
    let sent = String::from_utf8_lossy(&desk.sent()).into_owned();
    let coloured = (30..38).chain(90..98).any(|colour| sent.contains(&format!("\x1b[{colour}m")));
    assert!(!coloured && !sent.contains("38;5;"), "{sent:?}");
}

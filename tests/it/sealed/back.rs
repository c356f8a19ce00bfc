//! The whole folder put back to an earlier day (attack 13): right in itself; the letters on the paper of a later close tell.

use std::path::Path;
use std::process::{Command, Stdio};

use doorbook::run::open;
use doorbook::run::setup::Families;

use super::fields::{SIGNS, Typist};
use super::{clock, put};

/// Closes a day by the real program, which prints it; the letters on that paper.
fn closes(folder: &Path, home: &Path, at: &str) -> String {
    let mut typist = Typist::alone(folder, home, at);
    typist.plays(SIGNS);
    typist.plays("F7 p");
    let paper = folder.join("close.txt");
    typist.desk.wait_until("the paper of the close", |_| paper.exists());
    std::thread::sleep(std::time::Duration::from_millis(300));
    let text = std::fs::read_to_string(&paper).unwrap();
    std::fs::remove_file(&paper).unwrap();
    typist.plays("Esc");
    typist.desk.keys("Ctrl-Q");
    assert_eq!(typist.desk.exit_code(), 0);
    let line = text.lines().find(|line| line.contains("Entries 1 to")).unwrap_or_else(|| panic!("{text}"));
    line.split_whitespace().last().unwrap().to_owned()
}

/// What `verify` says of these letters.
fn verifies(folder: &Path, letters: &[&str]) -> (i32, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_doorbook"));
    program.arg("verify").args(letters).env("DOORBOOK_DATA", folder).env("HOME", folder.parent().unwrap());
    let out = program.stdin(Stdio::null()).output().unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap())
}

#[test]
fn a_folder_put_back_to_last_week_is_told_by_the_paper_of_a_later_close() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("register");
    open::make(&folder, Families::None, &clock()).unwrap();
    let earlier = closes(&folder, home.path(), "2026-11-21T12:52");
    assert_eq!(verifies(&folder, &[&earlier]).0, 0);
    let last_week: Vec<(String, Vec<u8>)> = ["register.redb", "keyring", "directory.redb"]
        .map(|name| (name.to_owned(), std::fs::read(folder.join(name)).unwrap()))
        .into();
    let later = closes(&folder, home.path(), "2026-11-28T12:52");
    assert!(later != earlier && verifies(&folder, &[&later]).0 == 0);
    for (name, bytes) in &last_week {
        put(&folder.join(name), bytes);
    }
    // By itself it is right, and so is the paper of that week.
    assert_eq!(verifies(&folder, &[]).0, 0);
    assert_eq!(verifies(&folder, &[&earlier]).0, 0);
    let (code, says) = verifies(&folder, &[&later]);
    assert!(code == 6 && says.contains("No close in this register has these letters"), "{code} {says}");
}

//! The whole folder put back to an earlier day (attack 13): right in itself; the letters on the paper of a later close tell.

use std::path::Path;
use std::process::{Command, Stdio};

use doorbook::app::people::PeopleAct;
use doorbook::domain::codes::Role;
use doorbook::run::house::PRACTICE;
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

/// Without a key: a keyring that is damaged, an older one, one that is of another register, and of the same version.
#[test]
fn verify_without_a_key_says_what_of_the_keyring_it_can_tell() {
    let centre = super::Centre::new();
    let folder = centre.folder();
    let first = centre.keyring();
    let by_ruth = |centre: &super::Centre| {
        let desk = centre.desk();
        desk.unlock(1, PRACTICE).unwrap();
        desk
    };
    let who = by_ruth(&centre).given(PeopleAct::Add(super::card(8, "Nora", Role::Volunteer))).0;
    let last = centre.keyring();
    let (code, says) = verifies(&folder, &[]);
    assert!(code == 0 && says.contains("the one that is named last") && says.contains("Not opened"), "{code} {says}");
    let other = super::Centre::new();
    let mut bad = last.clone();
    bad[200] ^= 1;
    let cut = last[..last.len() / 2].to_vec();
    let cases = [
        (bad, "damaged: its sum does not agree"),
        (cut, "cut short"),
        (first, "The keyring is older than the register"),
        (other.keyring(), "of another register"),
    ];
    for (bytes, why) in cases {
        centre.put_keyring(&bytes);
        let (code, says) = verifies(&folder, &[]);
        assert!(code == 6 && says.contains(why) && says.contains("not as it should be"), "{code} {says}");
        assert!(!says.contains("hold\n"), "{says}");
    }
    // One change ahead of the book is what a cut between the two leaves: told, and no fault.
    centre.put_keyring(&last);
    let ahead = centre.copy();
    by_ruth(&ahead).people(PeopleAct::Remove(who)).unwrap();
    put(&ahead.folder().join("register.redb"), &std::fs::read(folder.join("register.redb")).unwrap());
    let (code, says) = verifies(&ahead.folder(), &[]);
    assert!(code == 0 && says.contains("later than version"), "{code} {says}");
}

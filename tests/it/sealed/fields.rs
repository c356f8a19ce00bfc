//! Every field of free text that the program has: a mark is typed into each, through the real program in a terminal, until
//! it is in the book; then the program is killed in the midst of typing, and no mark is in any file.
//!
//! `DOORBOOK_SHOW_FIELDS=1 cargo test --test it sealed::fields -- --nocapture` shows every screen.
#![allow(clippy::print_stdout, reason = "screens that are asked for")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use doorbook::run::open::{self, Who};

use super::plaintext::holds;
use super::plaintext::typed::{files, mark, marked, types};
use crate::pty::{Pty, Setup};

/// As Ruth at 10:17: what is typed (`MARK` stands for the next mark), and what the fields are for. Tokens are keys; `"text`
/// is typed letter by letter, `?words_of_it` waits for the screen. Each begins and ends on the board.
const SCRIPTS: &[(&str, &[&str])] = &[
    ("F2 0 \"MARK Enter 5 \"MARK Enter 1 Enter Esc", &["VisitorName", "VisitorWhat"]),
    ("F8 F8 \"MARK Tab \"MARK Enter", &["NoteWords", "NotePaper"]),
    ("1 Enter Ctrl-P ?All_commands \"message Enter 1 \"MARK Enter Esc", &["MessageWords"]),
    ("1 Enter Enter 1 Enter Tab k 3 Enter \"MARK Enter Esc", &["KeptAt"]),
    ("4 Enter v \"MARK Enter 1 Esc Esc", &["NameAsGiven"]),
    (
        "2 Enter Enter 2 Enter Tab d 0 3 \"MARK Tab \"MARK Tab \"MARK Enter Esc Esc",
        &["NameAsGiven", "Number", "DecidedBy"],
    ),
    ("5 Enter Enter 5 Enter Tab d 0 4 \"MARK Tab \"07700900151 Enter Esc Esc", &["NameAsGiven"]),
    (
        "9 Enter Enter 9 Enter Enter 2 9 Enter Enter Ctrl-T Ctrl-T Ctrl-T Ctrl-T Ctrl-T Ctrl-T Ctrl-T Ctrl-T Ctrl-T \
         Ctrl-T Ctrl-T Ctrl-T Ctrl-T 9 Enter Enter 9 Enter o 7 \"MARK Tab \"MARK Enter 1 Esc",
        &["WhereTo", "Number"],
    ),
    ("F5 4 Enter i 1 9 \"MARK Tab Tab Tab \"MARK Enter Esc F5", &["InstructionWords", "InstructionWhy"]),
    ("F5 4 Enter i 2 1 3 \"MARK Enter Esc F5", &["ApartWhy"]),
    ("F5 4 Enter i 3 1 \"MARK Enter Esc F5", &["ApartWhy"]),
    ("F5 4 Enter i 4 6 Tab \"MARK Enter Esc F5", &["ApartWhy"]),
    (
        "Ctrl-P ?All_commands \"how Space \"the Enter 3 a \"MARK Tab 3 Tab 2 Enter Esc 9 Enter \"MARK Enter Down Enter \"MARK Enter \
         Down Down Enter Tab \"MARK Enter Esc Enter 1 Esc Esc",
        &["CentreWords", "CentreWords", "CentreWords", "CentreNumber"],
    ),
    (
        "Ctrl-P ?All_commands \"who Space \"may Space \"open Enter ?5_open_the_register a \"MARK Tab \"MARK Tab \"MARK Tab \"MARK \"@x.uk Tab \"MARK Tab Tab \
         Tab \"3.5.2026 Tab 2 Enter ?The_passphrase_of 1 ?open_the_register Esc Esc",
        &["PersonName", "PersonName", "PersonName", "PersonWords", "PersonWords"],
    ),
];

/// Those that are typed elsewhere in this file; those that hold no words of their own: digits, dates, one fixed word; and
/// letters that narrow a list, which `sealed::plaintext` types.
const OTHERS: &[&str] = &[
    "ReopenedWhy",
    "Time",
    "InstructionDate",
    "HowMany",
    "FamilyNo",
    "PersonNumber",
    "PersonDate",
    "Confirm",
    "Filter",
];

/// One person alone closes an empty day, counts one of the team, and signs; the board is there again.
pub(super) const SIGNS: &str = "F7 0 Tab 0 Tab 1 Tab 0 Enter Tab Enter Tab Tab 1 Enter";

/// Somebody at the keys, and the marks that they typed.
pub(super) struct Typist {
    pub desk: Pty,
    marks: Vec<(String, String)>,
}

impl Typist {
    /// Ruth in a register without families, which lies there; the day is open.
    pub fn alone(folder: &Path, home: &Path, at: &str) -> Self {
        let setup = Setup::new(&["--data", folder.to_str().unwrap(), "--at", at]).home(home);
        let mut desk = setup.size(120, 40).start();
        desk.unlocks("1");
        std::thread::sleep(Duration::from_millis(1200));
        desk.keys("Enter");
        desk.wait_for("at the desk");
        Self { desk, marks: Vec::new() }
    }

    pub fn plays(&mut self, script: &str) {
        for token in script.split_whitespace() {
            if let Some(text) = token.strip_prefix('?') {
                self.desk.wait_for(&text.replace('_', " "));
                continue;
            }
            match token.strip_prefix('"') {
                Some("MARK") => {
                    let mark = mark(600 + self.marks.len());
                    types(&mut self.desk, &mark);
                    self.desk.wait_for(&mark);
                    self.marks.push((script.to_owned(), mark));
                }
                Some(words) => types(&mut self.desk, words),
                None => self.desk.keys(token),
            }
            // Two Enters within a moment are one.
            std::thread::sleep(Duration::from_millis(if token == "Enter" { 320 } else { 130 }));
            if std::env::var_os("DOORBOOK_SHOW_FIELDS").is_some() {
                println!("== {token}\n{}", self.desk.screen());
            }
        }
        self.desk.wait_until("the board", |screen| screen.contents().contains("at the desk"));
    }
}

/// Every mark is in the book, as whoever may reads it.
fn all_written(folder: &Path, marks: &[(String, String)]) {
    let mut opened = open::look(folder, Who::Practises).unwrap();
    let book = format!("{:?}", opened.book.read_all().unwrap());
    let missing: Vec<_> = marks.iter().filter(|(_, mark)| !book.contains(mark)).collect();
    assert!(missing.is_empty(), "typed, and not in the book: {missing:#?}");
}

fn says_no_mark(folder: &Path, home: &Path) {
    for args in [&["verify"][..], &["doctor"], &["doctor", "--json"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_doorbook"));
        program.args(args).env("DOORBOOK_DATA", folder).env("HOME", home);
        let out = program.stdin(Stdio::null()).output().unwrap();
        assert!(out.stdout.len() > 20, "{args:?}");
        assert!(![out.stdout, out.stderr].iter().any(|bytes| holds(bytes, "zqxwvk")), "{args:?}");
    }
}

fn folder_of(home: &Path) -> PathBuf {
    let all = files(home);
    all.iter().find(|path| path.ends_with("register.redb")).unwrap().parent().unwrap().to_owned()
}

/// What was asked for on paper.
const ASKED: [&str; 4] = ["desk-sheet.txt", "sealed-sheet.txt", "roll.txt", "close.txt"];

fn in_files(home: &Path) -> Vec<String> {
    marked(home).into_iter().filter(|name| !ASKED.contains(&name.as_str())).collect()
}

#[test]
fn a_mark_typed_into_every_field_is_in_no_file_after_a_kill_in_the_midst_of_typing() {
    let home = tempfile::tempdir().unwrap();
    let temp = home.path().join("temp");
    std::fs::create_dir(&temp).unwrap();
    let setup = Setup::new(&["practice", "--at", "2026-11-21T10:17"]).home(home.path());
    let mut desk = setup.env("TMPDIR", temp.to_str().unwrap()).size(120, 40).start();
    desk.unlocks("1");
    std::thread::sleep(Duration::from_millis(1200));
    desk.keys("Enter");
    desk.wait_for("at the desk");
    let mut typist = Typist { desk, marks: Vec::new() };
    typist.plays("F2 2 3 4 5 Esc");
    for (script, fields) in SCRIPTS {
        assert_eq!(script.matches("MARK").count(), fields.len(), "{script}");
        typist.plays(script);
    }
    let Typist { mut desk, marks } = typist;
    // In the midst of a form: fields that are filled, one that is being typed.
    desk.keys("F2 0");
    std::thread::sleep(Duration::from_millis(300));
    types(&mut desk, &mark(700));
    let sent = String::from_utf8_lossy(&desk.sent()).into_owned();
    desk.kill();
    assert_eq!(in_files(home.path()), Vec::<String>::new(), "after the kill");
    assert!(!sent.contains("\x1b]0;") && !sent.contains("\x1b]2;"), "a title is set");
    let folder = folder_of(home.path());
    all_written(&folder, &marks);
    says_no_mark(&folder, home.path());
    assert_eq!(in_files(home.path()), Vec::<String>::new(), "after it was read again");
}

/// The list above is the program's own list of fields.
#[test]
fn every_field_of_the_program_is_typed_into() {
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/field.rs")).unwrap();
    let of_enum = source.split("pub enum Purpose {").nth(1).unwrap().split('}').next().unwrap();
    let is_name = |line: &&str| line.ends_with(',') && line.chars().next().is_some_and(char::is_uppercase);
    let all: Vec<&str> =
        of_enum.lines().map(str::trim).filter(is_name).map(|line| line.trim_end_matches(',')).collect();
    assert!(all.len() > 20, "{all:?}");
    let typed = |name: &&str| SCRIPTS.iter().any(|(_, fields)| fields.contains(name)) || OTHERS.contains(name);
    let missing: Vec<_> = all.iter().filter(|name| !typed(name)).collect();
    assert!(missing.is_empty(), "type a mark into: {missing:?}");
}

#[test]
fn why_a_signed_day_is_opened_again_is_in_no_file() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("register");
    open::make(&folder, doorbook::run::setup::Families::None, &super::clock()).unwrap();
    let mut typist = Typist::alone(&folder, home.path(), "2026-11-21T12:52");
    typist.plays(SIGNS);
    typist.plays("F7 r \"MARK Enter");
    let Typist { mut desk, marks } = typist;
    desk.kill();
    all_written(&folder, &marks);
    assert_eq!(in_files(home.path()), Vec::<String>::new());
}

/// Before there is a register nothing that was typed is anywhere.
#[test]
fn what_is_typed_to_set_a_centre_up_is_in_no_file_when_it_is_killed() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Setup::new(&[]).home(home.path()).size(120, 40).start();
    desk.wait_for("a centre's own");
    desk.keys("1");
    desk.wait_for("Name of the centre");
    // Four that hold no words lie before the name of the centre.
    for (n, on) in [(720, 1), (721, 1), (722, 1), (723, 1), (724, 5), (725, 0)] {
        types(&mut desk, &mark(n));
        desk.wait_for(&mark(n));
        (0..on).for_each(|_| desk.keys("Tab"));
        std::thread::sleep(Duration::from_millis(200));
    }
    desk.kill();
    for path in files(home.path()) {
        assert!(!holds(&std::fs::read(&path).unwrap(), "zqxwvk"), "{}", path.display());
    }
}

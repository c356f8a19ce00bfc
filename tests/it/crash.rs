//! A program that is killed, or whose disk is full, while it writes: what was acknowledged is there, and no half append.
#![allow(clippy::print_stdout, reason = "how much was tried is part of the answer")]

mod acts;
mod beside;
mod disk;
mod faults;
mod images;
mod keys;
mod program;
mod real;
mod shelf;
mod states;
mod whole;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use doorbook::book::{DiskBook, WriteFault};
use doorbook::journal::Fault;

use crate::chance::Chance;

const FOLDER: &str = "DOORBOOK_CRASH_TEST";

/// Entries of the `n`th append: one to five of them.
fn nth(n: u64) -> Vec<doorbook::domain::event::Entry> {
    let mut chance = Chance::new(n);
    let many = 1 + chance.below(5);
    chance.entries(many)
}

/// Not a test by itself: the program that is killed. It says each append once it is acknowledged.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut book = DiskBook::open_at(&Path::new(&folder).join("register.redb")).unwrap();
    let mut out = std::io::stdout();
    for n in 0.. {
        match book.append(&nth(n)) {
            Ok(_) => writeln!(out, "acked {n}").unwrap(),
            Err(fault) => {
                writeln!(out, "fault {}", if fault == WriteFault::Journal(Fault::Full) { "full" } else { "other" })
                    .unwrap();
                // Reading goes on, and the next append says the same, with nothing lost.
                assert!(book.find(nth(0)[0].id).unwrap().is_some(), "{fault}");
                assert!(book.append(&nth(n)).is_err());
                return;
            }
        }
    }
}

fn start(folder: &Path, through: &[&str]) -> Child {
    let me = std::env::current_exe().unwrap();
    let mut command = match through {
        [] => Command::new(&me),
        [shell, args @ ..] => {
            let mut command = Command::new(shell);
            command.args(args).arg(&me);
            command
        }
    };
    command.args(["--exact", "crash::child", "--nocapture"]).env(FOLDER, folder);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn new_register() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    let mut none = std::iter::empty::<Result<_, ()>>();
    drop(DiskBook::create_at(&path, Chance::new(1).id(), &mut none).unwrap());
    (folder, path)
}

/// All of the acknowledged appends are there, at most one more, and that one whole.
fn holds(path: &Path, acked: u64) {
    let mut book = DiskBook::open_at(path).unwrap();
    assert!(book.verify().is_good());
    let read: Vec<_> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
    let sure: Vec<_> = (0..acked).flat_map(nth).collect();
    let more: Vec<_> = (0..=acked).flat_map(nth).collect();
    assert!(read == sure || read == more, "{} entries, {acked} appends acknowledged", read.len());
    book.append(&Chance::new(u64::MAX).entries(1)).unwrap();
}

#[test]
fn whatever_was_acknowledged_outlasts_a_kill() {
    let mut chance = Chance::new(20);
    for _ in 0..12 {
        let (folder, path) = new_register();
        let mut child = start(folder.path(), &[]);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let enough = 1 + chance.below(60);
        let mut acked =
            lines.by_ref().map(Result::unwrap).filter(|line| line.starts_with("acked")).take(enough).count();
        std::thread::sleep(std::time::Duration::from_micros(chance.next() % 3000));
        child.kill().unwrap();
        child.wait().unwrap();
        acked += lines.map_while(Result::ok).filter(|line| line.starts_with("acked")).count();
        holds(&path, acked as u64);
    }
}

/// `RLIMIT_FSIZE` stands for the full disk; a shell sets it, and sees to it that it is an error and not a signal.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    for blocks in [2500, 4200] {
        let (folder, path) = new_register();
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let child = start(folder.path(), &["sh", "-c", &limit]);
        let out = child.wait_with_output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(out.status.success(), "{text}");
        assert!(text.contains("fault full"), "{text}");
        holds(&path, text.lines().filter(|line| line.starts_with("acked")).count() as u64);
    }
}

//! The whole program over a disk that fails: keeper, `update`, book. A sentence, what was typed kept, on or safely stopped.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use doorbook::app::action::{Action, Effect};
use doorbook::app::screen::Size;
use doorbook::app::{App, Setup, update, view};
use doorbook::book::Book;
use doorbook::domain::codes::Moment;
use doorbook::domain::event::{Entry, Source};
use doorbook::domain::ids::RegisterId;
use doorbook::domain::register::Register;
use doorbook::journal::{Disk, Fault, RealDisk, Redb};
use doorbook::run::setup::{DESK, Families, practice_entries};
use doorbook::run::stamp::{Hand, stamp, written_by};
use doorbook::run::{Keeper, Kept};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::disk::{Image, MemDisk, Plan};
use super::faults::{afterwards, every_plan};
use super::states::path;
use crate::desk::harness::{ids, key, moment};

const REGISTER: RegisterId = RegisterId(uuid::Uuid::from_u128(0xD00B));
/// What is said where it is not known, or is known too late.
const IN_DOUBT: [&str; 2] = ["It is not known whether this was saved", "was saved after all"];

/// The desk of `run`, without a window.
pub struct Program {
    pub app: App,
    keeper: Keeper,
    hear: Receiver<Kept>,
    now: Moment,
    since_start: Duration,
    next_id: u128,
    /// What the screen ever said was saved.
    pub saved: Vec<Entry>,
    /// What was said instead.
    pub says: Vec<String>,
    /// The last draft that was to be kept.
    pub draft: String,
}

impl Program {
    pub fn start(disk: Arc<dyn Disk>, path: &Path, app: App, next_id: u128) -> Self {
        let book = Book::open(Redb::open_on(disk, path).unwrap()).unwrap();
        let (tell, hear) = channel();
        let keeper = Keeper::start(move || Ok(book), None, move |kept| drop(tell.send(kept))).unwrap();
        let now = moment("2026-11-21T09:05");
        let (saved, says) = (Vec::new(), Vec::new());
        Self { app, keeper, hear, now, since_start: Duration::from_secs(9), next_id, saved, says, draft: String::new() }
    }

    pub fn keys(&mut self, script: &str) {
        for token in script.split_whitespace() {
            match token.strip_prefix('"').filter(|text| !text.is_empty()) {
                Some(text) => text.chars().for_each(|c| self.press(&c.to_string())),
                None => self.press(token),
            }
        }
    }

    fn press(&mut self, token: &str) {
        // Long enough for a sentence to have been read.
        self.since_start += Duration::from_secs(3);
        self.next_id += 1;
        self.take(Action::Key {
            key: key(token),
            now: self.now,
            since_start: self.since_start,
            ids: ids(self.next_id),
        });
    }

    fn take(&mut self, action: Action) {
        let mut actions = VecDeque::from([action]);
        while let Some(action) = actions.pop_front() {
            for effect in update(&mut self.app, action) {
                match effect {
                    Effect::Append(drafts) => actions.push_back(self.append(drafts)),
                    Effect::KeepDraft { words, .. } => words.as_str().clone_into(&mut self.draft),
                    _ => {}
                }
            }
        }
    }

    fn append(&mut self, drafts: Vec<doorbook::domain::event::Draft>) -> Action {
        self.next_id += 1;
        let by = written_by(self.app.who, &drafts);
        let hand = Hand { by, desk: DESK, now: self.now, source: Source::Desk };
        if let Err(sentence) = self.keeper.append(stamp(drafts, &hand, ids(self.next_id))) {
            return Action::NotStored(sentence);
        }
        match self.hear.recv_timeout(Duration::from_secs(60)).expect("the keeper answers") {
            Kept::Stored(entries) => {
                self.saved.extend(entries.iter().cloned());
                Action::Stored(entries)
            }
            Kept::NotStored(sentence) | Kept::Gone(sentence) => {
                self.says.push(sentence.clone());
                Action::NotStored(sentence)
            }
            other => panic!("an append is answered by nothing else: {other:?}"),
        }
    }

    pub fn screen(&self) -> String {
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        doorbook::tui::paint(&mut buffer, &view(&self.app), &doorbook::tui::Theme::default());
        let rows = buffer.content.chunks(usize::from(width));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
    }

    /// The last sentence can be read.
    #[track_caller]
    fn tells(&self, plan: Plan) {
        let says = self.says.last().unwrap();
        let screen = self.screen();
        let begins: Vec<&str> = says.split_whitespace().take(4).collect();
        assert!(screen.contains(&begins.join(" ")), "{plan:?}: {says}\n{screen}");
    }

    fn in_doubt(&self) -> bool {
        self.says.iter().any(|says| IN_DOUBT.iter().any(|doubt| says.contains(doubt)))
    }
}

/// A practice Saturday on some disk, Jean at the desk.
pub fn saturday(disk: &Arc<dyn Disk>, path: &Path) -> (App, Vec<Entry>) {
    let now = moment("2026-11-21T09:00");
    let mut entries = practice_entries(REGISTER, Families::Invented, now, ids(1));
    let register = doorbook::journal::RegisterId(REGISTER.0.into_bytes());
    drop(Redb::create_on(Arc::clone(disk), path, register, |_| Ok::<_, Fault>(())).unwrap());
    Book::open(Redb::open_on(Arc::clone(disk), path).unwrap()).unwrap().append(&entries).unwrap();
    let mut folded = Register::default();
    entries.iter().for_each(|entry| folded.fold(entry));
    let setup = Setup { desk: DESK, size: Size::default(), now, clock_moves: false, unclean: false };
    let mut program = Program::start(Arc::clone(disk), path, App::new(folded, setup), 5_000);
    program.keys("5 f2 1 2 3 4 esc");
    assert!(program.app.who.is_some() && program.says.is_empty());
    entries.extend(program.saved.clone());
    (program.app.clone(), entries)
}

/// After a restart: all that the screen showed as saved is there, in order; more only where it said so; each once.
fn holds(image: Image, before: &[Entry], program: &Program, plan: Plan) {
    let journal = Redb::open_on(MemDisk::of(image).arc(), path()).unwrap_or_else(|fault| panic!("{plan:?}: {fault}"));
    let mut book = Book::open(journal).unwrap();
    assert!(book.verify().is_good(), "{plan:?}");
    let read: Vec<Entry> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
    let sure: Vec<Entry> = before.iter().chain(&program.saved).cloned().collect();
    // Nothing is written after an act in doubt: it would be sent twice, or the screen would be behind the book.
    assert!(
        read.starts_with(&sure),
        "{plan:?}: what was shown as saved is not there, or not in order: {:?}",
        program.says
    );
    let more = &read[sure.len()..];
    assert!(more.is_empty() || program.in_doubt(), "{plan:?}: {} more than was shown: {:?}", more.len(), program.says);
    let acts: std::collections::BTreeSet<_> = more.iter().map(|entry| entry.act).collect();
    assert!(acts.len() <= 1, "{plan:?}: {} acts in doubt are there", acts.len());
}

/// Does one thing until it is done, or four times; what was typed must be on the screen each time that it failed, at
/// once or after the keys that open it again.
fn tried(program: &mut Program, plan: Plan, keys: [&str; 2], typed: &str, done: impl Fn(&App) -> bool) -> bool {
    for _ in 0..4 {
        let before = program.says.len();
        program.keys(keys[0]);
        if done(&program.app) {
            return true;
        }
        assert!(program.says.len() > before, "{plan:?}: not done, and nothing said\n{}", program.screen());
        program.tells(plan);
        program.keys(keys[1]);
        let screen = program.screen();
        assert!(screen.contains(typed), "{plan:?}: {typed} is gone\n{screen}");
    }
    false
}

fn fails(name: &str, work: impl Fn(&mut Program, Plan) -> bool) {
    let made = MemDisk::of(Image::default());
    let (app, before) = saturday(&made.arc(), path());
    let base = made.live();
    let runs = every_plan(|plan| {
        let disk = MemDisk::of(base.clone());
        let mut program = Program::start(disk.arc(), path(), app.clone(), 9_000);
        disk.arm(Some(plan));
        let done = work(&mut program, plan);
        let failed = disk.failed() > 0;
        disk.arm(None);
        assert!(
            done || plan.for_good() || program.in_doubt(),
            "{plan:?}: not done though it failed once: {:?}",
            program.says
        );
        let images: Vec<Image> = afterwards(&disk, plan.at as u64).into_iter().take(2).collect();
        images.into_iter().for_each(|image| holds(image, &before, &program, plan));
        failed
    });
    println!("{name}: {runs} runs");
}

#[test]
fn a_note_is_not_lost_whatever_fails() {
    fails("a_note_is_not_lost_whatever_fails", |program, plan| {
        let raised = |app: &App| app.day().is_some_and(|day| !day.notes.is_empty());
        if !tried(program, plan, ["f8", ""], "", raised) {
            return false;
        }
        program.keys("f8 \"crying");
        let words =
            |app: &App| app.day().is_some_and(|day| day.notes.iter().any(|note| note.words.as_str() == "crying"));
        let done = tried(program, plan, ["enter", ""], "crying", words);
        assert!(done || program.draft == "crying", "{plan:?}: the draft is {:?}", program.draft);
        let notes = program.app.day().unwrap().notes.len();
        assert_eq!(notes, 1, "{plan:?}: sent twice");
        done
    });
}

#[test]
fn a_name_in_a_form_is_not_lost_whatever_fails() {
    fails("a_name_in_a_form_is_not_lost_whatever_fails", |program, plan| {
        program.keys("f2 0 \"Mr space \"Webb enter 1 7");
        let came = |app: &App| app.day().is_some_and(|day| !day.visitors.is_empty());
        let done = tried(program, plan, ["enter", "0"], "Mr Webb", came);
        assert!(program.app.day().unwrap().visitors.len() <= 1, "{plan:?}: sent twice");
        done
    });
}

#[test]
fn a_register_that_is_swapped_or_gone_under_a_running_desk_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("register.redb"), folder.path().join("other.redb"));
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let (app, before) = saturday(&disk, &path);
    let mut program = Program::start(Arc::clone(&disk), &path, app, 9_000);
    drop(Redb::create(&other, doorbook::journal::RegisterId([9; 16]), |_| Ok::<_, Fault>(())).unwrap());
    let (aside, bytes) = (folder.path().join("aside.redb"), std::fs::read(&other).unwrap());
    std::fs::rename(&path, &aside).unwrap();
    let plan = Plan { at: 0, how: super::disk::How::Device, times: 1 };
    for swapped in [false, true] {
        if swapped {
            std::fs::rename(&other, &path).unwrap();
        }
        program.keys("f8");
        assert!(
            program.says.last().is_some_and(|says| says.contains("The register is not where it was opened")),
            "{:?}",
            program.says
        );
        program.tells(plan);
        assert!(program.app.day().unwrap().notes.is_empty());
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the other register was touched");
    // Put back: it goes on.
    std::fs::rename(&path, &other).unwrap();
    std::fs::rename(&aside, &path).unwrap();
    program.keys("f8");
    assert_eq!(program.app.day().unwrap().notes.len(), 1);
    let saved = program.saved.clone();
    drop(program);
    let mut book = Book::open(Redb::open(&path).unwrap()).unwrap();
    let read: Vec<Entry> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
    assert_eq!(read, [before, saved].concat());
}

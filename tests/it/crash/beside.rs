//! Two processes and one register: one writes, others read beside it; a second writer is refused.

use std::io::{BufRead, BufReader, Lines, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use doorbook::book::{Book, DiskBook};
use doorbook::journal::{
    Abandon, Access, AppendFault, Disk, EntryId, Fault, Head, Journal, Kept, Memory, RealDisk, Redb, Row, Seq, Watch,
    Which,
};
use doorbook::platform;

use super::states::all;
use crate::chance::Chance;
use crate::journal::{REGISTER, append, on_disk, rows};
use crate::nearly_real::NearlyReal;

const FILE: &str = "DOORBOOK_BESIDE_TEST";

/// Not a test by itself: a writer that writes one entry for each line that it hears.
#[test]
fn child() {
    let Some(file) = std::env::var_os(FILE) else { return };
    let mut book = DiskBook::open_at(Path::new(&file)).unwrap();
    let mut chance = Chance::new(8);
    println!("open");
    for _ in std::io::stdin().lines() {
        book.append(&chance.entries(1)).unwrap();
        println!("saved");
    }
}

struct Writer {
    child: Child,
    says: Lines<BufReader<ChildStdout>>,
}

impl Writer {
    fn start(file: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "crash::beside::child", "--nocapture"]).env(FILE, file);
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let says = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut writer = Self { child, says };
        writer.hears("open");
        writer
    }

    fn hears(&mut self, what: &str) {
        while !self.says.next().expect("the writer has ended").unwrap().ends_with(what) {}
    }

    fn writes(&mut self) {
        writeln!(self.child.stdin.as_mut().unwrap()).unwrap();
        self.hears("saved");
    }
}

fn register() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    let mut none = std::iter::empty::<Result<_, ()>>();
    drop(DiskBook::create_at(&path, Chance::new(1).id(), &mut none).unwrap());
    (folder, path)
}

#[test]
fn a_reader_follows_a_living_writer_and_a_second_writer_is_refused() {
    let (_folder, path) = register();
    let mut writer = Writer::start(&path);
    let mut early = DiskBook::look_at(&path).unwrap();
    for n in 1..=20 {
        writer.writes();
        assert_eq!(early.news().unwrap().len(), 1, "entry {n} is not read by who was there before");
        let mut late = DiskBook::look_at(&path).unwrap();
        assert_eq!(late.read_all().unwrap().len(), n);
        assert!(late.verify().is_good());
        assert_eq!(Redb::open(&path).unwrap_err(), Fault::InUse);
    }
    // Killed: whoever reads reads on, whoever comes is told, and who opens it for writing puts it right.
    writer.child.kill().unwrap();
    writer.child.wait().unwrap();
    assert_eq!(early.read_all().unwrap().len(), 20);
    assert_eq!(Redb::look(&path).unwrap_err(), Fault::NotClosed);
    let mut book = DiskBook::open_at(&path).unwrap();
    assert!(book.verify().is_good());
    assert_eq!(book.read_all().unwrap().len(), 20);
    assert_eq!(DiskBook::look_at(&path).unwrap().read_all().unwrap().len(), 20);
}

#[test]
fn readers_beside_a_writer_in_a_hurry_read_whole_acts_only() {
    let (_folder, path, mut journal) = on_disk();
    let (reads, end) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut reads, mut last) = (0, 0);
            let mut open = Redb::look(&path).unwrap();
            while last < 1200 {
                let kept = if reads % 3 == 0 { all(&mut Redb::look(&path).unwrap()) } else { all(&mut open) };
                assert!(kept.len() % 4 == 0 && kept.len() >= last, "{} rows, {last} before", kept.len());
                assert!(kept.iter().all(|kept| kept.holds(REGISTER)));
                (reads, last) = (reads + 1, kept.len());
            }
            reads
        });
        let mut head = Head::empty(REGISTER);
        for _ in 0..300 {
            let (new, _) = rows(&head, 4);
            head = append(&mut journal, &head, &new).unwrap();
        }
        (reader.join().unwrap(), head)
    });
    assert_eq!(end.seq.0, 1200);
    assert!(reads > 5, "{reads}");
    journal.check().unwrap();
}

/// A journal that somebody writes to between any two looks at it.
struct Grows {
    inner: Memory,
    chance: Chance,
    left: usize,
}

impl Grows {
    fn grown(&mut self) -> &mut Memory {
        if self.left > 0 {
            self.left -= 1;
            let mut book = Book::open(&mut self.inner).unwrap();
            book.append(&self.chance.entries(1)).unwrap();
        }
        &mut self.inner
    }
}

impl Journal for Grows {
    fn head(&mut self) -> Result<Head, Fault> {
        let head = self.inner.head();
        self.grown();
        head
    }
    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        self.inner.append(expected, rows)
    }
    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
        self.grown().read(which, after, limit)
    }
    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
        self.grown().find(id)
    }
    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.inner.forget(bodies)
    }
    fn tags(&mut self) -> Result<Option<u64>, Fault> {
        self.grown().tags()
    }
    fn check(&mut self) -> Result<(), Fault> {
        self.inner.check()
    }
    fn watcher(&mut self) -> Box<dyn Watch> {
        self.inner.watcher()
    }
}

#[test]
fn what_is_written_while_all_is_read_or_verified_is_no_damage() {
    let grows = || Grows { inner: Memory::new(REGISTER), chance: Chance::new(61), left: 200 };
    let report = Book::open(grows()).unwrap().verify();
    assert!(report.is_good(), "{}", report.sentence());
    assert_eq!(report.good, 200, "all that was written");
    let mut book = Book::open(grows()).unwrap();
    let mut last = 0;
    while last < 150 {
        let read = book.read_all().unwrap().len();
        assert!(read > last, "{read} entries after {last}");
        last = read;
    }
}

/// Somebody has it open for writing and has not put it right yet: that is no file that was left open.
#[test]
fn a_writer_at_work_is_told_from_a_file_that_was_not_closed() {
    let (folder, path, journal) = on_disk();
    let killed = folder.path().join("killed.redb");
    std::io::Write::write_all(&mut platform::create_private(&killed).unwrap(), &std::fs::read(&path).unwrap()).unwrap();
    drop(journal);
    assert_eq!(Redb::look(&killed).unwrap_err(), Fault::NotClosed);
    let file = RealDisk.open(&killed, Access::Write).unwrap();
    let writer = Bound::Included(1 << 62);
    assert!(file.bytes.try_lock_range(writer, writer).unwrap());
    assert_eq!(Redb::look(&killed).unwrap_err(), Fault::InUse);
    file.bytes.close().unwrap();
    assert_eq!(Redb::look(&killed).unwrap_err(), Fault::NotClosed);
}

#[test]
fn an_older_doorbook_and_this_one_keep_each_other_out() {
    // An older Doorbook locks its file as a whole.
    let (_folder, path, journal) = on_disk();
    assert_eq!(Redb::open_on(Arc::new(NearlyReal::unshared()), &path).unwrap_err(), Fault::InUse);
    assert_eq!(Redb::look_on(Arc::new(NearlyReal::unshared()), &path).unwrap_err(), Fault::InUse);
    drop(journal);
    let old = Redb::open_on(Arc::new(NearlyReal::unshared()), &path).unwrap();
    assert_eq!(Redb::open(&path).unwrap_err(), Fault::InUse);
    assert_eq!(Redb::look(&path).unwrap_err(), Fault::InUse);
    drop(old);
    Redb::open(&path).unwrap();
}

/// Not held to a figure, since machines differ; it prints how long an append takes, locked in parts and as a whole.
#[test]
fn an_append_takes_about_as_long_either_way() {
    let made = |disk: Arc<dyn Disk>| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.redb");
        (Redb::create_on(disk, &path, REGISTER, |_| Ok::<_, Fault>(())).unwrap(), folder)
    };
    let mut both = [made(Arc::new(RealDisk)), made(Arc::new(NearlyReal::unshared()))];
    let mut took: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    // By turns, so that whatever else the machine does falls on both.
    for n in 0..600 {
        let journal = &mut both[n % 2].0;
        let head = journal.head().unwrap();
        let (new, _) = rows(&head, 1);
        let from = Instant::now();
        append(journal, &head, &new).unwrap();
        took[n % 2].push(from.elapsed());
    }
    took.iter_mut().for_each(|took| took.sort_unstable());
    let [parts, whole] = took.map(|took| (took[150], took[297]));
    println!("an append: parts {:?} (p99 {:?}), whole {:?} (p99 {:?})", parts.0, parts.1, whole.0, whole.1);
    assert!(parts.0 < whole.0 * 10, "{parts:?} {whole:?}");
}

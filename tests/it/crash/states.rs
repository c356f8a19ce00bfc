//! Every state that a power cut can leave of what the store does: opened again, all that was acknowledged is there.
//!
//! Each test works a journal on a disk that writes down what it is asked, then builds what can be on it after a cut at
//! any point, opens that with the real code, and cuts the power once more while it puts itself right. About 40,000
//! states as a rule; `DOORBOOK_STATES=1000000 cargo test --test it crash::states` for a night. `DOORBOOK_SEED` repeats.

use std::fmt::Write as _;
use std::path::Path;

use doorbook::book::Book;
use doorbook::domain::event::Entry;
use doorbook::journal::{Fault, Journal, Kept, Redb, Seq, Which};

use super::disk::{Image, MemDisk, Op, Plan};
use super::images::{Crash, Walk};
use crate::chance::Chance;
use crate::journal::{REGISTER, append, row};

/// What the budgets below come to.
const TOTAL: usize = 40_000;
const NAME: &str = "/home/register.redb";

pub fn path() -> &'static Path {
    Path::new(NAME)
}

/// May readers look at a file while it is written? Both ways are tried: `DOORBOOK_LOCKS=whole` is the other one.
pub fn shares() -> bool {
    std::env::var_os("DOORBOOK_LOCKS").is_none_or(|locks| locks != "whole")
}

pub fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

pub fn seed() -> u64 {
    from_environment("DOORBOOK_SEED").unwrap_or(4)
}

/// What may be in a journal at one point: `None` is no journal at all.
type State = Option<Vec<Kept>>;

/// All states one after another, and which of them are allowed from a mark on: it, or up to the second one.
struct Course {
    states: Vec<State>,
    /// Of each mark, the first and the last state that are allowed until the next.
    allowed: Vec<(usize, usize)>,
    /// Its rows are entries, so that it can be read as a book.
    book: bool,
}

impl Course {
    fn allows(&self, mark: usize, found: &State) -> Option<usize> {
        let (first, last) = self.allowed[mark];
        (first..=last).find(|n| self.states[*n] == *found)
    }

    /// What is acknowledged as the `n`th leaves one of two: that one, or what comes next.
    fn of(states: Vec<State>) -> Self {
        let last = states.len() - 1;
        Self { states, allowed: (0..=last).map(|n| (n, last.min(n + 1))).collect(), book: true }
    }
}

pub fn all(journal: &mut dyn Journal) -> Vec<Kept> {
    journal.read(Which::All, Seq::START, usize::MAX).unwrap()
}

/// A journal of so many entries, all of it on the disk.
pub fn made(many: usize) -> Image {
    let disk = MemDisk::of(Image::default());
    drop(create(&disk, &Chance::new(many as u64).entries(many)).unwrap());
    disk.live()
}

pub fn create(disk: &MemDisk, entries: &[Entry]) -> Result<Redb, Fault> {
    Redb::create_on(disk.arc(), path(), REGISTER, |new| {
        let mut all = entries.iter().cloned().map(Ok::<_, Fault>);
        let told = |fault: &dyn std::fmt::Display| Fault::Device(fault.to_string());
        let mut book = Book::open(new).map_err(|fault| told(&fault))?;
        book.append_all(&mut all).map(|_| ()).map_err(|fault| told(&fault))
    })
}

pub fn write(journal: &mut Redb, entries: &[Entry]) {
    Book::open(journal).unwrap().append(entries).unwrap();
}

/// Opens what a power cut left, with the real code; what it was then, and the disk after one more append.
fn reopened(image: Image, course: &Course, mark: usize, deep: bool) -> Result<(usize, Vec<Kept>, MemDisk), String> {
    let disk = MemDisk::of(image);
    let told = |what: &str, fault: &dyn std::fmt::Display| format!("{what}: {fault}");
    let (mut journal, found) = match Redb::open_on(disk.arc(), path()) {
        Ok(mut journal) => {
            let kept =
                journal.read(Which::All, Seq::START, usize::MAX).map_err(|fault| told("cannot be read", &fault))?;
            (journal, Some(kept))
        }
        Err(Fault::Missing) => {
            (create(&disk, &[]).map_err(|fault| told("none is there, and none can be made", &fault))?, None)
        }
        Err(fault) => return Err(told("cannot be opened", &fault)),
    };
    let many =
        |state: &State| state.as_ref().map_or_else(|| "no journal".to_owned(), |rows| format!("{} rows", rows.len()));
    let Some(n) = course.allows(mark, &found) else {
        let (first, last) = course.allowed[mark];
        let allowed: Vec<String> = course.states[first..=last].iter().map(many).collect();
        return Err(format!("{} are there; allowed is {}", many(&found), allowed.join(" or ")));
    };
    disk.mark(1);
    journal.check().map_err(|fault| told("the check", &fault))?;
    if deep && course.book {
        let report = Book::open(&mut journal).map_err(|fault| told("as a book", &fault))?.verify();
        if !report.is_good() {
            return Err(report.sentence());
        }
    }
    let head = journal.head().map_err(|fault| told("its head", &fault))?;
    append(&mut journal, &head, &[row(&head, 9, b"shell", b"body")])
        .map_err(|fault| told("the next append", &fault))?;
    disk.mark(2);
    let mut kept = found.unwrap_or_default();
    let now = journal.read(Which::All, Seq::START, usize::MAX).map_err(|fault| told("read again", &fault))?;
    if now.len() != kept.len() + 1 || !now.starts_with(&kept) {
        return Err("the next append changed what was there".to_owned());
    }
    kept = now;
    drop(journal);
    let names = disk.names();
    // A half made one is swept away by the next making, and is never opened.
    let strange: Vec<_> = names.iter().filter(|name| *name != path() && !is_half(name)).collect();
    if !strange.is_empty() || (n == 0 && course.states[0].is_none() && names.len() != 1) {
        return Err(format!("left behind: {names:?}"));
    }
    Ok((n, kept, disk))
}

fn is_half(name: &Path) -> bool {
    name.file_name().unwrap().to_string_lossy().starts_with(".register.redb.half-")
}

/// So many ways in which the power can be cut along a log: all that can be listed, or as many of them, and any others.
pub(super) fn crashes(base: &Image, log: &[Op], many: usize, chance: &mut Chance) -> (Vec<Crash>, usize) {
    let mut walk = Walk::new(base, log);
    let mut upto = Vec::new();
    let mut ways = 0;
    for at in 0..=log.len() {
        walk.to(at);
        ways += walk.ways();
        upto.push(ways);
    }
    let listed = ways.min(many * 3 / 4);
    let mut chosen: Vec<usize> =
        if listed == ways { (0..ways).collect() } else { (0..listed).map(|_| chance.below(ways)).collect() };
    chosen.sort_unstable();
    let any = many.saturating_sub(listed);
    let mut any: Vec<usize> = (0..any).map(|_| chance.below(log.len() + 1)).collect();
    any.sort_unstable();
    let (mut chosen, mut any) = (chosen.into_iter().peekable(), any.into_iter().peekable());
    let (mut walk, mut all) = (Walk::new(base, log), Vec::new());
    for (at, upto) in upto.iter().enumerate() {
        walk.to(at);
        let before = upto - walk.ways();
        while let Some(n) = chosen.next_if(|n| n < upto) {
            all.push(walk.way(n - before, chance.next()));
        }
        while any.next_if(|n| *n == at).is_some() {
            all.push(walk.any(chance));
        }
    }
    (all, ways)
}

/// Cuts the power in so many ways, and again while each `of`th puts itself right; `Err` says which way was not good.
fn enumerate(name: &str, disk: &MemDisk, course: &Course, (single, double): (usize, usize)) {
    let scale = |budget: usize| {
        let wanted = from_environment("DOORBOOK_STATES").unwrap_or(TOTAL as u64);
        (budget as u64 * wanted / TOTAL as u64).max(8) as usize
    };
    let (single, double) = (scale(single), scale(double));
    let from = std::time::Instant::now();
    let (base, log) = disk.log();
    let mut chance = Chance::new(seed());
    let (crashes, ways) = crashes(&base, &log, single, &mut chance);
    // Every so many of them are cut off a second time, in so many ways.
    let every = (crashes.len() * 8 / double).max(1);
    let each = (double * every).div_ceil(crashes.len());
    let (mut walk, mut bad, mut twice, mut wrong) = (Walk::new(&base, &log), String::new(), 0, 0);
    for (n, crash) in crashes.iter().enumerate() {
        walk.to(crash.at);
        match reopened(walk.image(crash), course, walk.mark, n % 16 == 0) {
            Ok((found, kept, disk)) => {
                if n % every == 0 {
                    let (done, faults) = again(&disk, course, (walk.mark, found, kept), each, &mut chance);
                    twice += done;
                    for fault in faults {
                        wrong += 1;
                        let _ = writeln!(bad, "{crash:?}, then {fault}");
                    }
                }
            }
            Err(fault) => {
                wrong += 1;
                let _ = writeln!(bad, "{crash:?}: {fault}");
            }
        }
    }
    println!(
        "{name}: {} operations, {ways} ways listed, {} states, {twice} of a second crash, {wrong} bad, {:.1} s",
        log.len(),
        crashes.len(),
        from.elapsed().as_secs_f32()
    );
    let first: String = bad.lines().take(5).fold(String::new(), |all, line| all + line + "\n");
    assert!(
        wrong == 0,
        "SEED={} {name}: {wrong} of {} states are not good\n{first}again: DOORBOOK_SEED={} DOORBOOK_STATES={} cargo test --test it crash::states::{name}",
        seed(),
        crashes.len() + twice,
        seed(),
        from_environment("DOORBOOK_STATES").unwrap_or(TOTAL as u64),
    );
}

/// Cuts the power while a journal is put right that was cut off before.
fn again(
    disk: &MemDisk,
    before: &Course,
    (mark, found, kept): (usize, usize, Vec<Kept>),
    many: usize,
    chance: &mut Chance,
) -> (usize, Vec<String>) {
    let (base, log) = disk.log();
    let (first, last) = before.allowed[mark];
    // Until it was opened it may still be what it might have been; once it was seen it stays what it was.
    let mut states = before.states[first..=last].to_vec();
    states.push(before.states[found].clone());
    let seen = states.len() - 1;
    if states[seen].is_none() {
        // Made anew, empty.
        states.push(Some(Vec::new()));
    }
    states.push(Some(kept));
    let end = states.len() - 1;
    // A making acknowledges nothing before the mark, so that it may also be there already.
    let early = if before.states[found].is_none() { end } else { seen };
    let course = Course { states, allowed: vec![(0, early), (seen, end), (end, end)], book: false };
    let (mut walk, mut faults) = (Walk::new(&base, &log), Vec::new());
    let mut at: Vec<usize> = (0..many).map(|_| chance.below(log.len() + 1)).collect();
    at.sort_unstable();
    for at in at {
        walk.to(at);
        let crash =
            if chance.below(3) == 0 { walk.any(chance) } else { walk.way(chance.below(walk.ways()), chance.next()) };
        if let Err(fault) = reopened(walk.image(&crash), &course, walk.mark, false) {
            faults.push(format!("{crash:?}: {fault}"));
        }
    }
    (many, faults)
}

/// Works a journal that is on the disk already; each act is acknowledged by a mark.
fn worked(many: usize, acts: impl IntoIterator<Item = Act>) -> (MemDisk, Course) {
    let disk = MemDisk::of(made(many));
    let mut journal = Some(Redb::open_on(disk.arc(), path()).unwrap());
    let mut states = vec![Some(all(journal.as_mut().unwrap()))];
    for act in acts {
        let open = journal.as_mut().unwrap();
        match act {
            Act::Append(entries) => write(open, &entries),
            Act::Forget(bodies) => open.forget(&bodies).unwrap(),
            Act::Reopen => {
                drop(journal.take());
                journal = Some(Redb::open_on(disk.arc(), path()).unwrap());
            }
        }
        states.push(Some(all(journal.as_mut().unwrap())));
        disk.mark(states.len() - 1);
    }
    drop(journal);
    (disk, Course::of(states))
}

enum Act {
    Append(Vec<Entry>),
    Forget(Vec<Seq>),
    Reopen,
}

fn entries(seed: u64, many: usize) -> Act {
    Act::Append(Chance::new(1000 + seed).entries(many))
}

#[test]
fn create_with_first_entries() {
    let disk = MemDisk::of(Image::default());
    let mut journal = create(&disk, &Chance::new(2).entries(6)).unwrap();
    let mut states = vec![None, Some(all(&mut journal))];
    disk.mark(1);
    write(&mut journal, &Chance::new(3).entries(1));
    states.push(Some(all(&mut journal)));
    disk.mark(2);
    drop(journal);
    enumerate("create_with_first_entries", &disk, &Course::of(states), (4_000, 1_500));
}

#[test]
fn append_one_by_one() {
    let (disk, course) = worked(3, (0..30).map(|n| entries(n, 1)));
    enumerate("append_one_by_one", &disk, &course, (8_000, 2_500));
}

#[test]
fn append_a_party() {
    let (disk, course) = worked(2, (0..6).map(|n| entries(n, 12)));
    enumerate("append_a_party", &disk, &course, (4_500, 1_500));
}

#[test]
fn append_until_the_file_grows() {
    let disk = MemDisk::of(made(1));
    let before = disk.live().files[0].len();
    let mut journal = Redb::open_on(disk.arc(), path()).unwrap();
    let mut states = vec![Some(all(&mut journal))];
    for n in 0..5_u8 {
        let head = journal.head().unwrap();
        let big = vec![n; 250_000 + usize::from(n) * 100_000];
        append(&mut journal, &head, &[row(&head, n, b"shell", &big)]).unwrap();
        states.push(Some(all(&mut journal)));
        disk.mark(states.len() - 1);
    }
    assert!(disk.live().files[0].len() > before, "the file did not grow");
    drop(journal);
    let course = Course { book: false, ..Course::of(states) };
    enumerate("append_until_the_file_grows", &disk, &course, (900, 300));
}

#[test]
fn import_thousands() {
    let (disk, course) = worked(0, [entries(70, 2_000)]);
    enumerate("import_thousands", &disk, &course, (1_100, 300));
}

#[test]
fn forget_bodies() {
    let forgets = [vec![Seq(2)], vec![Seq(4), Seq(5), Seq(6)], vec![Seq(1), Seq(2), Seq(9)]];
    let (disk, course) = worked(10, forgets.into_iter().map(Act::Forget).chain([entries(5, 1)]));
    enumerate("forget_bodies", &disk, &course, (4_500, 1_500));
}

#[test]
fn close_and_open_again() {
    let acts = [Act::Reopen, entries(1, 1), Act::Reopen, Act::Reopen, entries(2, 2), Act::Reopen];
    let (disk, course) = worked(8, acts);
    enumerate("close_and_open_again", &disk, &course, (5_500, 2_000));
}

/// A making is killed, not cut off: what it did is still seen, though not all of it is safe. What is opened then and
/// written to must be safe all the same.
#[test]
fn killed_while_it_is_made_and_then_opened() {
    let (first, second) = (Chance::new(2).entries(3), Chance::new(3).entries(1));
    let (mut opened, mut before) = (0, usize::MAX);
    for at in 0.. {
        let disk = MemDisk::of(Image::default());
        disk.arm(Some(Plan { at, how: super::disk::How::Device, times: usize::MAX }));
        let made = create(&disk, &first);
        let whole = disk.failed() == 0;
        drop(made);
        disk.arm(None);
        // What only could not be read leaves the same as what was killed before it.
        let same = std::mem::replace(&mut before, disk.log().1.len()) == before;
        if same && !whole {
            continue;
        }
        if let Ok(mut journal) = Redb::open_on(disk.arc(), path()) {
            opened += 1;
            let mut states = vec![None, Some(all(&mut journal))];
            assert_eq!(states[1].as_ref().unwrap().len(), 3, "half made, killed at {at}");
            // Opened: from here on it is there.
            disk.mark(1);
            write(&mut journal, &second);
            states.push(Some(all(&mut journal)));
            disk.mark(2);
            drop(journal);
            enumerate("killed_while_it_is_made_and_then_opened", &disk, &Course::of(states), (250, 80));
        }
        if whole {
            break;
        }
    }
    assert!(opened > 1, "only {opened} were there");
}

//! The directory beside a book: what a desk reads by it is what the whole book says, however old or damaged it is.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Days, NaiveDate};
use doorbook::book::Book;
use doorbook::book::directory::{Directory, Unusable};
use doorbook::domain::case::CaseFile;
use doorbook::domain::decide::{Command, DayAct, Stamp, decide};
use doorbook::domain::event::Entry;
use doorbook::domain::find::{Hits, Names};
use doorbook::domain::ids::Ids;
use doorbook::domain::past::Want;
use doorbook::domain::refusal::Refusal;
use doorbook::domain::register::Register;
use doorbook::domain::todo::{Todo, What, todo, unsigned};
use doorbook::journal::{self, DiskShelf, Memory, MemoryShelf, Put, Shelf};
use doorbook::run::setup::DESK;

use crate::chance::Chance;
use crate::filled::{self, Order};

/// A book of some Saturdays, in the pieces in which it was written.
fn pieces(seed: u64) -> Vec<Vec<Entry>> {
    let order = Order { families: 14, people: 0, years: 1, entries: 900, sessions: 7, daily: false, clashes: 8, seed };
    let mut all = Vec::new();
    filled::make(&order, |entries| {
        all.push(entries.to_vec());
        Ok::<_, ()>(())
    })
    .unwrap();
    all
}

fn whole(pieces: &[Vec<Entry>]) -> Register {
    let mut register = Register::default();
    pieces.iter().flatten().for_each(|entry| register.fold(entry));
    register
}

fn register_of(pieces: &[Vec<Entry>]) -> journal::RegisterId {
    journal::RegisterId(whole(&pieces[..1]).made.unwrap().0.0.into_bytes())
}

struct Desk {
    book: Book<Memory>,
    directory: Directory,
    register: Register,
}

impl Desk {
    fn open(mut book: Book<Memory>, shelf: &Path) -> Result<Self, Unusable> {
        let mut directory = Directory::open(&mut book, Box::new(DiskShelf::at(shelf)))?;
        let mut register = directory.centre(&mut book, &mut |_, _| {})?;
        directory.apart(&mut book, &mut register)?;
        Ok(Self { book, directory, register })
    }

    fn bring(&mut self, want: Want) -> Result<(), Unusable> {
        if self.register.lacks(&want) {
            let brought = self.directory.bring(&mut self.book, &want)?;
            self.register.bring(&want, brought);
        }
        Ok(())
    }

    /// As the coordinator's list asks: what is left of every day, the days that wait, the days of its lines.
    fn todo(&mut self, today: NaiveDate) -> Result<Vec<Todo>, Unusable> {
        self.bring(Want::Date(today))?;
        self.bring(Want::Past)?;
        loop {
            let waiting = self.register.past.days.values().filter(|d| d.waits).map(|d| d.date);
            let lines = todo(&self.register, today);
            let of_lines = lines.iter().filter(|t| !matches!(t.what, What::Ends { .. })).map(|t| t.date);
            let lacking: BTreeSet<NaiveDate> =
                waiting.chain(of_lines).filter(|date| self.register.lacks(&Want::Date(*date))).collect();
            if lacking.is_empty() {
                return Ok(lines);
            }
            for date in lacking {
                self.bring(Want::Date(date))?;
            }
        }
    }

    /// Everything that a desk asks, against the whole book.
    fn says_what_is_so(mut self, all: &Register) -> Result<(), Unusable> {
        let last = all.days.values().map(|d| d.date).max().unwrap();
        assert_eq!(self.register.made, all.made);
        assert_eq!(format!("{:?}", self.register.team), format!("{:?}", all.team));
        assert_eq!(self.register.policy(), all.policy());
        assert_eq!(self.register.last_entry(), all.last_entry());
        assert_eq!(self.register.pairs, all.pairs);
        assert_eq!(self.register.families, all.families);
        assert_eq!(unsigned(&self.register, last + Days::new(1)), unsigned(all, last + Days::new(1)));
        for ahead in 0..15 {
            let date = last + Days::new(ahead);
            self.bring(Want::Date(date))?;
            assert_eq!(self.register.expected_on(date), all.expected_on(date), "{date}");
            // A family that must not meet one of these is at hand too, and what its file says.
            for ((one, other), _) in all.families.open() {
                let here = |case| self.register.cases.contains_key(case);
                assert_eq!(here(&one), here(&other), "{date}: one of two that must not meet");
            }
            for (id, file) in &self.register.cases {
                assert_eq!(as_said(file), as_said(&all.cases[id]), "{date}");
            }
            let id = all.day_id(date);
            assert_eq!(format!("{:?}", self.register.days.get(&id)), format!("{:?}", all.days.get(&id)));
        }
        let after = last + Days::new(7);
        assert_eq!(self.todo(after)?, todo(all, after));
        for case in all.cases.values().take(5) {
            self.bring(Want::Case(case.head.case))?;
            assert_eq!(as_said(&self.register.cases[&case.head.case]), as_said(case));
        }
        let names = self.directory.names(&mut self.book)?;
        assert_eq!(names.len(), all.cases.values().map(|c| c.people.len()).sum::<usize>());
        for typed in ["s", "an", "sia", "nguyen", "o"] {
            assert_eq!(
                people(&names.find(typed, 999)),
                people(&Names::of_files(all.cases.values()).find(typed, 999)),
                "{typed}"
            );
        }
        Ok(())
    }
}

/// A file, whichever of two who must not meet was named first.
fn as_said(file: &CaseFile) -> CaseFile {
    let mut file = file.clone();
    for pair in &mut file.apart {
        *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
    }
    file.apart.sort();
    file
}

fn people(hits: &Hits) -> BTreeSet<(doorbook::domain::ids::CaseId, doorbook::domain::ids::PersonId)> {
    hits.first.iter().map(|hit| (hit.case, hit.person)).collect()
}

/// A book of some pieces, and its directory as it was put away after fewer of them.
fn kept(pieces: &[Vec<Entry>], put_away: usize, shelf: &Path) -> Book<Memory> {
    let mut book = Book::open(Memory::new(register_of(pieces))).unwrap();
    for (n, entries) in pieces.iter().enumerate() {
        if n == put_away {
            Directory::make(&mut book, Box::new(DiskShelf::at(shelf)), &mut |_| {}).unwrap();
        }
        book.append(entries).unwrap();
    }
    book
}

fn written(pieces: &[Vec<Entry>]) -> Book<Memory> {
    let mut book = Book::open(Memory::new(register_of(pieces))).unwrap();
    for entries in pieces {
        book.append(entries).unwrap();
    }
    book
}

#[test]
fn a_desk_reads_by_the_directory_what_the_whole_book_says() {
    for seed in 1..=4 {
        let all = pieces(seed);
        let kept_apart = whole(&all);
        assert!(kept_apart.families.open().count() > 1 && kept_apart.families.all().count() > 2);
        assert!(kept_apart.pairs.open().count() > 1 && kept_apart.pairs.all().count() > 2);
        let mut chance = Chance::new(seed);
        for _ in 0..3 {
            let upto = 4 + chance.below(all.len() - 4);
            let some = &all[..upto];
            let folder = tempfile::tempdir().unwrap();
            let shelf = folder.path().join("directory.redb");
            let book = kept(some, 1 + chance.below(upto - 1), &shelf);
            Desk::open(book, &shelf).unwrap().says_what_is_so(&whole(some)).unwrap();
        }
    }
}

#[test]
fn it_goes_on_as_the_book_does() {
    let all = pieces(9);
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("directory.redb");
    let mut book = Book::open(Memory::new(register_of(&all))).unwrap();
    book.append(&all[0]).unwrap();
    let mut directory = Directory::make(&mut book, Box::new(DiskShelf::at(&shelf)), &mut |_| {}).unwrap();
    for (n, entries) in all.iter().enumerate().skip(1) {
        let head = book.append(entries).unwrap();
        directory.wrote(entries, head);
        assert_eq!(directory.head(), head);
        if n % 3 == 0 {
            directory.put_away(&mut book).unwrap();
        }
    }
    drop(directory);
    Desk::open(book, &shelf).unwrap().says_what_is_so(&whole(&all)).unwrap();
}

#[test]
fn one_that_is_of_another_book_or_ahead_of_it_is_not_used() {
    let (all, others) = (pieces(2), pieces(3));
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("directory.redb");
    drop(kept(&others, others.len() - 1, &shelf));
    let book = written(&all);
    assert_eq!(Desk::open(book, &shelf).err(), Some(Unusable::Stale), "the same places, other links");
    std::fs::remove_file(&shelf).unwrap();
    let back = written(&all[..3]);
    drop(kept(&all, all.len() - 1, &shelf));
    assert_eq!(Desk::open(back, &shelf).err(), Some(Unusable::Stale), "the book was put back to an earlier day");
}

/// Where in the file of a shelf each of its values lies.
fn places_of_values(shelf: &Path, file: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut all = Vec::new();
    for table in 1..=6 {
        let each = &mut |_: &[u8], value: &[u8]| {
            let places = file.windows(value.len()).enumerate().filter(|(_, bytes)| *bytes == value).map(|(at, _)| at);
            // One that a page of before holds too may be read from either.
            if let [at] = places.collect::<Vec<_>>()[..] {
                all.push(at..at + value.len());
            }
            Ok(())
        };
        DiskShelf::at(shelf).scan(table, each).unwrap();
    }
    all
}

/// Single bits of its file: it says what is so, or is not used. What its own check cannot see it does not say.
#[test]
fn a_damaged_one_is_made_anew_and_never_believed() {
    let all = pieces(5);
    let truth = whole(&all);
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("directory.redb");
    drop(kept(&all, all.len() - 1, &shelf));
    let good = std::fs::read(&shelf).unwrap();
    let used: Vec<usize> = (0..good.len()).filter(|at| good[*at] != 0).collect();
    let values = places_of_values(&shelf, &good);
    let mut chance = Chance::new(5);
    // Anywhere, which is mostly where nothing lies any more; and in each value that is there.
    let anywhere: Vec<usize> = (0..150).map(|_| used[chance.below(used.len())]).collect();
    let within: Vec<usize> = values.iter().map(|value| value.start + chance.below(value.len())).collect();
    assert!(within.len() > 40, "{}", within.len());
    for at in anywhere.into_iter().chain(within) {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << chance.below(8);
        std::fs::write(&shelf, &bytes).unwrap();
        match Desk::open(written(&all), &shelf).and_then(|desk| desk.says_what_is_so(&truth)) {
            Ok(()) => assert!(values.iter().all(|value| !value.contains(&at)), "byte {at} was believed"),
            Err(Unusable::Stale) => {}
            Err(other) => panic!("byte {at}: {other:?}"),
        }
    }
    // Then it is made anew, over what is left of the old one.
    let mut book = kept(&all, all.len(), &shelf);
    let mut directory = Directory::make(&mut book, Box::new(DiskShelf::at(&shelf)), &mut |_| {}).unwrap();
    directory.remake(&mut book, &mut |_| {}).unwrap();
    drop(directory);
    Desk::open(book, &shelf).unwrap().says_what_is_so(&truth).unwrap();
}

/// A value of each table taken away, as damage of the engine's pages hides one.
#[test]
fn a_value_that_is_hidden_is_missed() {
    let all = pieces(8);
    let truth = whole(&all);
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("directory.redb");
    drop(kept(&all, all.len() - 1, &shelf));
    let good = std::fs::read(&shelf).unwrap();
    for table in 1..=6 {
        std::fs::write(&shelf, &good).unwrap();
        let (mut disk, mut keys) = (DiskShelf::at(&shelf), Vec::new());
        disk.scan(table, &mut |key, _| {
            keys.push(key.to_vec());
            Ok(())
        })
        .unwrap();
        let key = keys.pop().unwrap_or_else(|| panic!("nothing in table {table}"));
        disk.put(&mut std::iter::once(Put { key, value: None })).unwrap();
        let said = Desk::open(written(&all), &shelf).and_then(|desk| desk.says_what_is_so(&truth));
        assert_eq!(said.err(), Some(Unusable::Stale), "table {table}");
    }
}

#[test]
fn a_day_is_not_opened_before_who_is_expected_is_read() {
    let all = pieces(6);
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("directory.redb");
    let mut desk = Desk::open(kept(&all, all.len() - 1, &shelf), &shelf).unwrap();
    let date = whole(&all).days.values().map(|d| d.date).max().unwrap() + Days::new(7);
    let now = date.and_hms_opt(9, 0, 0).unwrap().and_utc().fixed_offset();
    let by = *desk.register.team.keys().next().unwrap();
    let stamp = Stamp { at: now, now, by, desk: DESK, ids: Ids(uuid::Uuid::from_u128(1 << 64)) };
    let open = Command::Day(DayAct::Open { date });
    let day = desk.register.day_id(date);
    assert_eq!(decide(&desk.register, day, &open, &stamp), Err(Refusal::Reading));
    desk.bring(Want::Date(date)).unwrap();
    let drafts = decide(&desk.register, day, &open, &stamp).unwrap();
    assert_eq!(drafts, decide(&whole(&all), day, &open, &stamp).unwrap());
}

/// What a desk lets go of when the next day comes is what it did not need.
#[test]
fn a_desk_lets_the_days_go_that_are_over() {
    let all = pieces(7);
    let truth = whole(&all);
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("directory.redb");
    let mut desk = Desk::open(kept(&all, all.len() - 1, &shelf), &shelf).unwrap();
    let last = truth.days.values().map(|d| d.date).max().unwrap();
    desk.bring(Want::Date(last)).unwrap();
    let lines = desk.todo(last).unwrap();
    let next = last + Days::new(7);
    desk.register.let_go_but(&[next]);
    assert!(desk.register.days.is_empty() && desk.register.cases.is_empty());
    assert_eq!(unsigned(&desk.register, next), unsigned(&truth, next));
    assert_eq!(desk.register.last_entry(), truth.last_entry());
    assert_eq!(desk.todo(last).unwrap(), lines);
    desk.says_what_is_so(&truth).unwrap();
}

/// The coordinator's list brings what is left of every day. The day in hand is held whole, and what is written to it
/// afterwards counts: it once did not, and the board stood still.
#[test]
fn what_is_left_of_every_day_takes_no_day_that_is_held() {
    let all = pieces(5);
    let last = whole(&all).days.values().map(|day| day.date).max().unwrap();
    let id = whole(&all).day_id(last);
    // The directory knows the day; half of it is written after the list was looked at.
    let of_the_day: Vec<Entry> = all.iter().flatten().filter(|entry| entry.day == Some(id)).cloned().collect();
    let (early, late) = of_the_day.split_at(of_the_day.len() / 2);
    let mut before: Vec<Entry> = all.iter().flatten().filter(|entry| entry.day != Some(id)).cloned().collect();
    before.extend_from_slice(early);
    let memory = Memory::new(register_of(&all));
    let mut book = Book::open(memory).unwrap();
    book.append(&before).unwrap();
    let mut directory = Directory::make(&mut book, Box::new(MemoryShelf::default()), &mut |_| {}).unwrap();
    let register = directory.centre(&mut book, &mut |_, _| {}).unwrap();
    let mut desk = Desk { book, directory, register };
    desk.bring(Want::Date(last)).unwrap();
    desk.bring(Want::Past).unwrap();
    late.iter().for_each(|entry| desk.register.fold(entry));
    let so = before.iter().chain(late).fold(Register::default(), |mut register, entry| {
        register.fold(entry);
        register
    });
    assert!(early.len() > 5 && late.len() > 5);
    assert_eq!(format!("{:?}", desk.register.days.get(&id)), format!("{:?}", so.days.get(&id)));
    assert_eq!(desk.register.all_days().len(), so.all_days().len());
}

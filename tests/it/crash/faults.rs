//! Every operation of the disk fails once, and for good: nothing acknowledged is lost, and what was refused is not there.

use doorbook::book::{Book, WriteFault};
use doorbook::domain::event::Entry;
use doorbook::journal::{Fault, Kept, Redb};

use super::disk::{How, Image, MemDisk, Plan};
use super::images::{Crash, Data, Walk};
use super::states::{all, create, made, path};
use crate::chance::Chance;

/// What a run came to: the acts in order, and whether each was acknowledged; `None`: it is not known.
type Told = Vec<(Vec<Entry>, Option<bool>)>;

/// What is on the disk now, and what would be if the power were cut now, four ways.
pub fn afterwards(disk: &MemDisk, seed: u64) -> Vec<Image> {
    let (base, log) = disk.log();
    let mut walk = Walk::new(&base, &log);
    walk.to(log.len());
    let way = |data, names| walk.image(&Crash { at: log.len(), data, names, seed });
    vec![disk.live(), way(Data::None, 0), way(Data::None, 9), way(Data::Mixed, 9), way(Data::All, 9)]
}

/// Every plan, one after the other, until its place is past the last operation; how many runs that is.
pub fn every_plan(mut run: impl FnMut(Plan) -> bool) -> usize {
    let mut runs = 0;
    for how in How::ALL {
        for times in [1, 3, usize::MAX] {
            for at in 0.. {
                runs += 1;
                if !run(Plan { at, how, times }) {
                    break;
                }
            }
        }
    }
    runs
}

/// The book holds all that was acknowledged, in order, and nothing that was refused.
fn holds(image: Image, before: &[Kept], told: &Told, plan: Plan) {
    let disk = MemDisk::of(image);
    let mut journal =
        Redb::open_on(disk.arc(), path()).unwrap_or_else(|fault| panic!("{plan:?}: it cannot be opened: {fault}"));
    assert!(all(&mut journal).starts_with(before), "{plan:?}: what was there before is not");
    let mut book = Book::open(journal).unwrap();
    assert!(book.verify().is_good(), "{plan:?}");
    let mut found = book.read_all().unwrap().into_iter().skip(before.len()).map(|placed| placed.entry).peekable();
    for (n, (entries, acknowledged)) in told.iter().enumerate() {
        if *acknowledged == Some(false) || (acknowledged.is_none() && found.peek() != entries.first()) {
            continue;
        }
        for entry in entries {
            assert_eq!(found.next().as_ref(), Some(entry), "{plan:?}: act {n}, {acknowledged:?}");
        }
    }
    assert_eq!(found.next(), None, "{plan:?}: there is more than was acknowledged");
    book.append(&Chance::new(991).entries(1)).unwrap_or_else(|fault| panic!("{plan:?}: the next append: {fault}"));
}

#[test]
fn every_operation_of_an_append_fails() {
    let base = made(4);
    let runs = every_plan(|plan| {
        let disk = MemDisk::of(base.clone());
        let mut journal = Redb::open_on(disk.arc(), path()).unwrap();
        let before = all(&mut journal);
        let mut book = Book::open(journal).unwrap();
        disk.arm(Some(plan));
        let mut told = Told::new();
        for n in 0..4 {
            let entries = Chance::new(500 + n).entries(1 + n as usize % 3);
            let acknowledged = match book.append(&entries) {
                Ok(_) => Some(true),
                Err(WriteFault::Unknown(_)) => None,
                Err(fault) => {
                    assert!(fault.to_string().contains("not saved"), "{plan:?}: {fault}");
                    Some(false)
                }
            };
            let failed_before = told.last().is_some_and(|(_, last)| *last == Some(false));
            let goes_on = plan.times > 1 || !failed_before || acknowledged == Some(true);
            assert!(goes_on, "{plan:?}: not the act after it either");
            told.push((entries, acknowledged));
            // What the desk does with an act in doubt: nothing is written before it is known.
            if acknowledged.is_none() {
                break;
            }
        }
        let failed = disk.failed() > 0;
        disk.arm(None);
        let images = afterwards(&disk, plan.at as u64);
        drop(book);
        images.into_iter().chain([disk.live()]).for_each(|image| holds(image, &before, &told, plan));
        failed
    });
    println!("every_operation_of_an_append_fails: {runs} runs");
}

#[test]
fn every_operation_of_an_import_fails() {
    let base = made(2);
    let (short, long) = (Chance::new(600).entries(150), Chance::new(601).entries(530));
    let runs = every_plan(|plan| {
        // Now and then so many that they are made in one thread and put away in another.
        let two_threads = plan.at % 11 == 0;
        let (entries, images) = if two_threads { (&long, 1) } else { (&short, 2) };
        let disk = MemDisk::of(base.clone());
        let mut journal = Redb::open_on(disk.arc(), path()).unwrap();
        let before = all(&mut journal);
        let mut book = Book::open(journal).unwrap();
        disk.arm(Some(plan));
        let mut lines = entries.iter().cloned().map(Ok::<_, ()>);
        let acknowledged = match book.append_all(&mut lines) {
            Ok(_) => Some(true),
            Err(doorbook::book::GivenUp::Write(WriteFault::Unknown(_))) => None,
            Err(_) => Some(false),
        };
        let failed = disk.failed() > 0;
        disk.arm(None);
        let told = vec![(entries.clone(), acknowledged)];
        let after = afterwards(&disk, plan.at as u64);
        drop(book);
        after.into_iter().take(images).chain([disk.live()]).for_each(|image| holds(image, &before, &told, plan));
        failed
    });
    println!("every_operation_of_an_import_fails: {runs} runs");
}

#[test]
fn every_operation_of_an_opening_fails() {
    let clean = made(5);
    // One that was cut off while it was open: opening it puts it right.
    let cut = {
        let disk = MemDisk::of(clean.clone());
        let journal = Redb::open_on(disk.arc(), path()).unwrap();
        let live = disk.live();
        drop(journal);
        live
    };
    let mut runs = 0;
    for base in [clean, cut] {
        let before = all(&mut Redb::open_on(MemDisk::of(base.clone()).arc(), path()).unwrap());
        runs += every_plan(|plan| {
            let disk = MemDisk::of(base.clone());
            disk.arm(Some(plan));
            let opened = Redb::open_on(disk.arc(), path());
            if let Err(fault) = &opened {
                assert!(!matches!(fault, Fault::Missing | Fault::Exists), "{plan:?}: {fault}");
            }
            let failed = disk.failed() > 0;
            drop(opened);
            disk.arm(None);
            afterwards(&disk, plan.at as u64).into_iter().for_each(|image| holds(image, &before, &Told::new(), plan));
            failed
        });
    }
    println!("every_operation_of_an_opening_fails: {runs} runs");
}

#[test]
fn every_operation_of_a_making_fails() {
    let entries = Chance::new(700).entries(5);
    let runs = every_plan(|plan| {
        let disk = MemDisk::of(Image::default());
        disk.arm(Some(plan));
        let made = create(&disk, &entries).map(drop);
        let failed = disk.failed() > 0;
        disk.arm(None);
        for (n, image) in afterwards(&disk, plan.at as u64).into_iter().enumerate() {
            let disk = MemDisk::of(image);
            // Not there at all, or whole; and then one can be made, or opened.
            let there = match Redb::open_on(disk.arc(), path()) {
                Err(Fault::Missing) => false,
                Err(fault) => panic!("{plan:?}, image {n}: {fault}"),
                Ok(journal) => {
                    let mut book = Book::open(journal).unwrap();
                    let read: Vec<_> = book.read_all().unwrap().into_iter().map(|placed| placed.entry).collect();
                    assert!(read == entries, "{plan:?}, image {n}: {} entries", read.len());
                    true
                }
            };
            assert!(there || made.is_err(), "{plan:?}, image {n}: acknowledged, and not there");
            if !there {
                drop(
                    create(&disk, &entries).unwrap_or_else(|fault| panic!("{plan:?}, image {n}: made again: {fault}")),
                );
                assert_eq!(disk.names(), [path()], "{plan:?}, image {n}");
            }
        }
        failed
    });
    println!("every_operation_of_a_making_fails: {runs} runs");
}

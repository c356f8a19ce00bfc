//! A shelf whose every value is written anew, as the directory's are under another key: after a cut at any point it is the
//! old one or the new one, after a fault too; and nothing of the old values is in the new one.

use std::path::{Path, PathBuf};

use doorbook::journal::{DiskShelf, Fault, Put, Shelf};

use super::disk::{How, Image, MemDisk, Plan};
use super::images::each_cut;

const MANY: u32 = 400;

fn path() -> PathBuf {
    Path::new("/home").join("directory.redb")
}

fn shelf(disk: &MemDisk) -> DiskShelf {
    DiskShelf::on(disk.arc(), &path())
}

fn key(n: u32) -> Vec<u8> {
    [&[1 + (n % 6) as u8], &n.to_be_bytes()[..]].concat()
}

/// What stands at a key after so many rewritings: it is found in no other value.
fn value(n: u32, times: u8) -> Vec<u8> {
    let hash = blake3::hash(&[&n.to_be_bytes()[..], &[times]].concat());
    hash.as_bytes().repeat(1 + n as usize % 5)
}

fn filled(disk: &MemDisk) -> DiskShelf {
    let mut shelf = shelf(disk);
    let mut all: Vec<Put> = (0..MANY).map(|n| Put { key: key(n), value: Some(value(n, 0)) }).collect();
    all.sort_by(|one, other| one.key.cmp(&other.key));
    shelf.put(&mut all.into_iter()).unwrap();
    shelf
}

fn no_of(key: &[u8]) -> u32 {
    u32::from_be_bytes(key[1..].try_into().unwrap())
}

fn rewritten(shelf: &mut DiskShelf, times: u8) -> Result<(), Fault> {
    shelf.rewrite(&mut |key, now| {
        assert_eq!(now, value(no_of(key), times - 1));
        Ok(value(no_of(key), times))
    })
}

/// How often it was rewritten, if that is the same for all; `None`: there are not all.
fn times(shelf: &mut DiskShelf) -> Result<Option<u8>, Fault> {
    let (mut times, mut many) = (Vec::new(), 0);
    for table in 1..=6 {
        shelf.scan(table, &mut |key, now| {
            many += 1;
            times.extend((0..9).filter(|times| value(no_of(key), *times) == now));
            Ok(())
        })?;
    }
    times.dedup();
    Ok(if many == MANY && times.len() == 1 { times.pop() } else { None })
}

#[test]
fn a_cut_leaves_the_old_one_or_the_new_one() {
    let disk = MemDisk::of(Image::default());
    drop(filled(&disk));
    let disk = MemDisk::of(disk.live());
    let mut one = shelf(&disk);
    for n in 1..=2 {
        rewritten(&mut one, n).unwrap();
        disk.mark(n.into());
    }
    drop(one);
    let states = each_cut(&disk, (6, 3), |mark, cut, crash| {
        let mut found = shelf(cut);
        let now = times(&mut found).unwrap_or_else(|fault| panic!("{crash:?}: {fault}"));
        // The folder is not synced: what has its name may lose it again, which costs time.
        assert!(now.is_some_and(|now| usize::from(now) <= mark + 1), "{crash:?}: {now:?} after {mark}");
        rewritten(&mut found, now.unwrap() + 1).unwrap();
        assert_eq!(times(&mut found), Ok(now.map(|now| now + 1)), "{crash:?}");
        assert_eq!(cut.names(), [path()], "{crash:?}");
    });
    assert!(states > 100, "{states}");
}

#[test]
fn a_fault_at_any_operation_leaves_the_old_one_or_the_new_one() {
    let mut tried = 0;
    for how in How::ALL {
        for at in 0.. {
            let disk = MemDisk::of(Image::default());
            let mut one = filled(&disk);
            disk.arm(Some(Plan { at, how, times: 1 }));
            let done = rewritten(&mut one, 1);
            let failed = disk.failed();
            disk.arm(None);
            let found = times(&mut one).unwrap();
            if failed == 0 {
                assert_eq!((done, found), (Ok(()), Some(1)));
                break;
            }
            tried += 1;
            let is = found.unwrap_or_else(|| panic!("{how:?} {at}: a mixture"));
            assert!(is <= 1 && (done.is_err() || is == 1), "{how:?} {at}");
            rewritten(&mut one, is + 1).unwrap();
            assert_eq!((times(&mut one), disk.names()), (Ok(Some(is + 1)), vec![path()]), "{how:?} {at}");
        }
    }
    println!("{tried} faults");
    assert!(tried > 20, "{tried}");
}

#[test]
fn what_ends_it_leaves_the_old_one_and_what_is_through_has_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.redb");
    let mut one = DiskShelf::at(&path);
    let mut all: Vec<Put> = (0..4 * MANY).map(|n| Put { key: key(n), value: Some(value(n, 0)) }).collect();
    all.sort_by(|one, other| one.key.cmp(&other.key));
    one.put(&mut all.into_iter()).unwrap();
    let mut left = 3 * MANY;
    let ended = one.rewrite(&mut |key, _| {
        left = left.checked_sub(1).ok_or(Fault::Full)?;
        Ok(value(no_of(key), 1))
    });
    assert_eq!(ended, Err(Fault::Full));
    let in_file = |times| {
        let file = std::fs::read(&path).unwrap();
        let is = |n: &u32| {
            let value = value(*n, times);
            file.windows(32).any(|bytes| bytes == &value[..32])
        };
        (0..4 * MANY).step_by(16).filter(is).count()
    };
    assert_eq!((in_file(0), in_file(1)), (100, 0));
    one.rewrite(&mut |key, _| Ok(value(no_of(key), 1))).unwrap();
    assert_eq!((in_file(0), in_file(1)), (0, 100));
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

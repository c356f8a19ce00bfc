//! One suite over every journal: in memory, on disk. Whatever one does, the other does.

use std::path::PathBuf;
use std::time::Duration;

use doorbook::journal::{
    Abandon, AppendFault, Body, EntryId, Fault, Head, Journal, Kept, Link, Memory, Redb, RegisterId, Row, Seq, Tag,
    Which, link,
};
use proptest::prelude::*;

use crate::chance::Chance;

pub const REGISTER: RegisterId = RegisterId([7; 16]);

/// A new journal on disk, in a folder of its own.
pub fn on_disk() -> (tempfile::TempDir, PathBuf, Redb) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.redb");
    let journal = Redb::create(&path, REGISTER, |_| Ok::<_, Fault>(())).unwrap();
    (folder, path, journal)
}

fn tag(n: u8) -> Tag {
    Tag([n; 16])
}

/// A row after a head, linked as `book` links it.
pub fn row(head: &Head, n: u8, shell: &[u8], body: &[u8]) -> Row {
    let mut id = [n; 16];
    id[..8].copy_from_slice(&head.seq.0.to_be_bytes());
    let body = Body::Here(body.to_vec());
    let mut row = Row { id: EntryId(id), link: Link::NONE, tags: [tag(n % 3), tag(100)], shell: shell.to_vec(), body };
    row.link = link::of(head.register, head.seq.next(), head.link, &row);
    row
}

/// So many rows after a head, and the head that they make.
pub fn rows(head: &Head, many: u8) -> (Vec<Row>, Head) {
    let mut at = *head;
    let made = (0..many).map(|n| {
        let row = row(&at, n, &[n; 5], &vec![n; usize::from(n) * 9]);
        at = Head { seq: at.seq.next(), link: row.link, ..at };
        row
    });
    (made.collect(), at)
}

pub fn append(journal: &mut dyn Journal, head: &Head, rows: &[Row]) -> Result<Head, AppendFault> {
    journal.append(head, &mut rows.iter().cloned().map(Ok))
}

fn all(journal: &mut dyn Journal) -> Vec<Kept> {
    journal.read(Which::All, Seq::START, usize::MAX).unwrap()
}

macro_rules! suite {
    ($($test:ident),+ $(,)?) => {
        mod memory {
            $(#[test] fn $test() { super::$test(&mut super::Memory::new(super::REGISTER)); })+
        }
        mod redb {
            $(#[test] fn $test() {
                let (_folder, path, mut journal) = super::on_disk();
                super::$test(&mut journal);
                let kept = super::all(&mut journal);
                drop(journal);
                assert_eq!(super::all(&mut super::Redb::look(&path).unwrap()), kept);
                let mut again = super::Redb::open(&path).unwrap();
                assert_eq!(super::all(&mut again), kept);
                super::Journal::check(&mut again).unwrap();
            })+
        }
    };
}

suite!(
    a_new_journal_is_empty,
    rows_are_read_as_they_were_appended,
    rows_are_read_by_tag_in_order_and_by_pages,
    whoever_is_behind_is_told_and_writes_nothing,
    an_abandoned_append_leaves_nothing,
    a_panic_of_the_maker_goes_on_and_leaves_nothing,
    an_id_is_never_there_twice,
    a_row_is_found_by_its_id,
    a_forgotten_body_leaves_its_digest_and_the_chain,
    an_append_of_nothing_changes_nothing,
    a_watcher_is_told,
    bytes_of_any_size_are_kept,
);

fn a_new_journal_is_empty(journal: &mut dyn Journal) {
    assert_eq!(journal.head().unwrap(), Head::empty(REGISTER));
    assert!(all(journal).is_empty());
    assert_eq!(journal.find(EntryId([1; 16])).unwrap(), None);
    journal.check().unwrap();
}

fn rows_are_read_as_they_were_appended(journal: &mut dyn Journal) {
    let (first, head) = rows(&Head::empty(REGISTER), 7);
    assert_eq!(append(journal, &Head::empty(REGISTER), &first).unwrap(), head);
    let (second, end) = rows(&head, 4);
    assert_eq!(append(journal, &head, &second).unwrap(), end);
    assert_eq!(journal.head().unwrap(), end);
    let kept = all(journal);
    assert_eq!(kept.iter().map(|kept| kept.row.clone()).collect::<Vec<_>>(), [first, second].concat());
    let mut before = Link::NONE;
    for (kept, seq) in kept.iter().zip(1..) {
        assert_eq!((kept.seq, kept.before), (Seq(seq), before));
        assert!(kept.holds(REGISTER) && !kept.holds(RegisterId([8; 16])));
        before = kept.row.link;
    }
    journal.check().unwrap();
}

fn rows_are_read_by_tag_in_order_and_by_pages(journal: &mut dyn Journal) {
    let (new, head) = rows(&Head::empty(REGISTER), 20);
    append(journal, &Head::empty(REGISTER), &new).unwrap();
    let seqs = |kept: Vec<Kept>| kept.iter().map(|kept| kept.seq.0).collect::<Vec<_>>();
    let by = |journal: &mut dyn Journal, which, after, limit| seqs(journal.read(which, Seq(after), limit).unwrap());
    assert_eq!(by(journal, Which::Tag(tag(1)), 0, 99), [2, 5, 8, 11, 14, 17, 20]);
    assert_eq!(by(journal, Which::Tag(tag(1)), 5, 2), [8, 11]);
    assert_eq!(by(journal, Which::Tag(tag(100)), 0, 99).len(), 20);
    assert_eq!(by(journal, Which::Tag(tag(9)), 0, 99), [0; 0]);
    assert_eq!(by(journal, Which::All, 18, 99), [19, 20]);
    assert_eq!(by(journal, Which::All, 3, 2), [4, 5]);
    assert_eq!(by(journal, Which::All, 20, 9), [0; 0]);
    assert_eq!(by(journal, Which::All, u64::MAX, 9), [0; 0]);
    assert_eq!(by(journal, Which::Tag(tag(1)), u64::MAX, 9), [0; 0]);
    assert_eq!(by(journal, Which::All, 0, 0), [0; 0]);
    assert_eq!(head.seq, Seq(20));
}

fn whoever_is_behind_is_told_and_writes_nothing(journal: &mut dyn Journal) {
    let start = Head::empty(REGISTER);
    let (new, head) = rows(&start, 2);
    append(journal, &start, &new).unwrap();
    let other = Head { link: Link([1; 32]), ..head };
    for behind in [start, other, Head { seq: Seq(3), ..head }, Head { register: RegisterId([9; 16]), ..head }] {
        let late = row(&head, 50, b"late", b"late");
        assert_eq!(append(journal, &behind, &[late]), Err(AppendFault::Behind(head)));
    }
    assert_eq!(all(journal).len(), 2);
}

fn an_abandoned_append_leaves_nothing(journal: &mut dyn Journal) {
    let start = Head::empty(REGISTER);
    let (new, _) = rows(&start, 9);
    let mut stopped = new.iter().cloned().map(Ok).chain([Err(Abandon)]);
    assert_eq!(journal.append(&start, &mut stopped), Err(AppendFault::Abandoned(Abandon)));
    assert_eq!(journal.head().unwrap(), start);
    assert!(all(journal).is_empty());
    assert_eq!(journal.find(new[0].id).unwrap(), None);
    append(journal, &start, &new).unwrap();
}

fn a_panic_of_the_maker_goes_on_and_leaves_nothing(journal: &mut dyn Journal) {
    let start = Head::empty(REGISTER);
    let (new, _) = rows(&start, 3);
    let thrown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut rows = new.iter().cloned().map(|row| if row.id == new[2].id { panic!("theirs") } else { Ok(row) });
        let _ = journal.append(&start, &mut rows);
    }));
    assert_eq!(*thrown.unwrap_err().downcast::<&str>().unwrap(), "theirs");
    assert_eq!(journal.head().unwrap(), start);
    append(journal, &start, &new).unwrap();
}

fn an_id_is_never_there_twice(journal: &mut dyn Journal) {
    let start = Head::empty(REGISTER);
    let (new, head) = rows(&start, 2);
    append(journal, &start, &new).unwrap();
    assert_eq!(append(journal, &head, &new[..1]), Err(AppendFault::Twice(new[0].id)));
    let twin = row(&head, 5, b"a", b"b");
    assert_eq!(append(journal, &head, &[twin.clone(), twin.clone()]), Err(AppendFault::Twice(twin.id)));
    assert_eq!(journal.head().unwrap(), head);
}

fn a_row_is_found_by_its_id(journal: &mut dyn Journal) {
    let (new, _) = rows(&Head::empty(REGISTER), 5);
    append(journal, &Head::empty(REGISTER), &new).unwrap();
    for (row, seq) in new.iter().zip(1..) {
        assert_eq!(journal.find(row.id).unwrap(), Some(Seq(seq)));
    }
}

fn a_forgotten_body_leaves_its_digest_and_the_chain(journal: &mut dyn Journal) {
    let (new, head) = rows(&Head::empty(REGISTER), 5);
    append(journal, &Head::empty(REGISTER), &new).unwrap();
    journal.forget(&[Seq(2), Seq(4)]).unwrap();
    journal.forget(&[Seq(4)]).unwrap();
    for (kept, new) in all(journal).iter().zip(&new) {
        let gone = [2, 4].contains(&kept.seq.0);
        assert_eq!(kept.row.body, if gone { Body::Gone(new.body.digest()) } else { new.body.clone() });
        assert!(kept.holds(REGISTER));
    }
    assert!(matches!(journal.forget(&[Seq(3), Seq(99)]), Err(Fault::Damaged(_))));
    assert!(matches!(all(journal)[2].row.body, Body::Here(_)));
    assert_eq!(journal.head().unwrap(), head);
    journal.check().unwrap();
}

fn an_append_of_nothing_changes_nothing(journal: &mut dyn Journal) {
    let start = Head::empty(REGISTER);
    assert_eq!(append(journal, &start, &[]).unwrap(), start);
    assert_eq!(journal.head().unwrap(), start);
}

fn a_watcher_is_told(journal: &mut dyn Journal) {
    let mut watch = journal.watcher();
    assert!(!watch.wait(Duration::ZERO));
    let (new, _) = rows(&Head::empty(REGISTER), 1);
    let waits = std::thread::spawn(move || (watch.wait(Duration::from_secs(20)), watch.wait(Duration::ZERO)));
    append(journal, &Head::empty(REGISTER), &new).unwrap();
    assert_eq!(waits.join().unwrap(), (true, false));
}

fn bytes_of_any_size_are_kept(journal: &mut dyn Journal) {
    let mut head = Head::empty(REGISTER);
    for size in [0, 1, 4095, 4096, 70_000, 1 << 20] {
        let new = row(&head, 3, &vec![1; size / 2], &vec![2; size]);
        head = append(journal, &head, std::slice::from_ref(&new)).unwrap();
        assert_eq!(all(journal).pop().unwrap().row, new);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random operations: what is on disk is what the model has, also after every reopening.
    #[test]
    fn the_disk_does_as_the_model_does(seed: u64) {
        let mut chance = Chance::new(seed);
        let mut model = Memory::new(REGISTER);
        let (_folder, path, disk) = on_disk();
        let mut disk = Some(disk);
        for _ in 0..20 {
            let mut head = model.head().unwrap();
            let real = disk.as_mut().unwrap();
            match chance.below(6) {
                0 => {
                    drop(disk.take());
                    disk = Some(Redb::open(&path).unwrap());
                }
                1 => {
                    let seqs = [Seq(chance.next() % 12), Seq(chance.next() % 12)];
                    prop_assert_eq!(model.forget(&seqs), real.forget(&seqs));
                }
                2 => {
                    let which = [Which::All, Which::Tag(tag(1)), Which::Tag(tag(100))][chance.below(3)];
                    let (after, limit) = (Seq(chance.next() % 20), chance.below(9));
                    prop_assert_eq!(model.read(which, after, limit), real.read(which, after, limit));
                }
                _ => {
                    let (mut new, _) = rows(&head, chance.below(4) as u8);
                    new.iter_mut().filter(|_| chance.below(12) == 0).for_each(|row| row.id = EntryId([1; 16]));
                    if chance.below(5) == 0 {
                        head.seq = Seq(chance.next() % 9);
                    }
                    prop_assert_eq!(append(&mut model, &head, &new), append(real, &head, &new));
                }
            }
            prop_assert_eq!(all(&mut model), all(disk.as_mut().unwrap()));
            prop_assert_eq!(model.head(), disk.as_mut().unwrap().head());
        }
    }
}

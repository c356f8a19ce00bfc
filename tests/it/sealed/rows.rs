//! Rows changed by somebody who can link them anew, with no key or with a volunteer's.

use std::sync::Arc;

use doorbook::book::{Book, ReadFault};
use doorbook::journal::{self, Body, EntryId, Head, Journal, Kept, Link, Memory, RegisterId, Row, Seq, Which, link};
use doorbook::run::house::PRACTICE;
use doorbook::run::setup::Families;
use doorbook::vault::{KeyedSealer, Opened, Sealer, ShellBound};

use super::Centre;

/// All rows of a register, and what opens them.
struct Rows {
    register: RegisterId,
    rows: Vec<Row>,
    kept: Vec<Kept>,
    sealer: KeyedSealer,
}

impl Rows {
    fn of(centre: &Centre) -> Self {
        let mut journal = journal::look_at_file(&centre.folder().join("register.redb")).unwrap();
        let register = journal.head().unwrap().register;
        let kept = journal.read(Which::All, Seq::START, usize::MAX).unwrap();
        let sealer = KeyedSealer::new(Some(Arc::new(centre.keys(1, PRACTICE))));
        Self { register, rows: kept.iter().map(|kept| kept.row.clone()).collect(), kept, sealer }
    }

    fn new() -> Self {
        Self::of(&Centre::new())
    }

    /// Linked anew from the first, read by somebody with keys.
    fn read(&self, mut rows: Vec<Row>) -> Result<usize, ReadFault> {
        let mut before = Link::NONE;
        for (row, seq) in rows.iter_mut().zip(1..) {
            row.link = link::of(self.register, Seq(seq), before, row);
            before = row.link;
        }
        let mut memory = Memory::new(self.register);
        memory.append(&Head::empty(self.register), &mut rows.into_iter().map(Ok)).unwrap();
        let mut book = Book::sealed(memory, Box::new(self.sealer.clone())).unwrap();
        assert!(book.verify().entries > 0);
        Ok(book.read_all()?.len())
    }

    /// Refused at this place.
    #[track_caller]
    fn refused(&self, rows: Vec<Row>, at: u64) {
        match self.read(rows) {
            Err(ReadFault::Damaged { seq, .. }) => assert_eq!(seq, at),
            other => panic!("{other:?}"),
        }
    }

    /// What anybody makes of a layer that they can open: the same, not sealed.
    fn open_shell(&self, at: usize) -> Vec<u8> {
        let kept = &self.kept[at];
        let bound = ShellBound { register: self.register.0, seq: kept.seq.0, before: kept.before.0 };
        let Ok(Opened::Open(frame)) = self.sealer.open_shell(&bound, &kept.row.shell) else { panic!("closed") };
        frame
    }
}

fn bytes(body: &mut Body) -> &mut Vec<u8> {
    match body {
        Body::Here(bytes) => bytes,
        Body::Gone(_) => panic!("gone"),
    }
}

/// An entry that is sealed, neither the first nor the last.
const AT: usize = 4;

#[test]
fn every_byte_of_a_shell_and_of_a_body_flipped_and_linked_anew_is_told_at_its_place() {
    let all = Rows::new();
    assert_eq!(all.read(all.rows.clone()).unwrap(), all.rows.len());
    let upto = || all.rows[..=AT].to_vec();
    for at in 0..all.rows[AT].shell.len() {
        let mut rows = upto();
        rows[AT].shell[at] ^= 0x20;
        assert!(all.read(rows).is_err(), "byte {at} of the shell");
    }
    let Body::Here(body) = &all.rows[AT].body else { panic!() };
    for at in 0..body.len() {
        let mut rows = upto();
        bytes(&mut rows[AT].body)[at] ^= 0x20;
        assert!(all.read(rows).is_err(), "byte {at} of the body");
    }
}

#[test]
fn the_body_of_another_entry_is_told() {
    let all = Rows::new();
    let mut rows = all.rows[..=AT].to_vec();
    rows[AT].body = rows[AT - 1].body.clone();
    all.refused(rows, AT as u64 + 1);
    // With the id of that entry too, and with its shell.
    let mut rows = all.rows[..=AT].to_vec();
    rows[AT] = Row { id: EntryId([7; 16]), ..rows[AT - 1].clone() };
    all.refused(rows, AT as u64 + 1);
}

#[test]
fn the_shell_of_another_place_two_swapped_and_one_left_out_are_told() {
    let all = Rows::new();
    let mut shell = all.rows.clone();
    shell[AT].shell = shell[AT - 1].shell.clone();
    all.refused(shell, AT as u64 + 1);
    let mut swapped = all.rows.clone();
    swapped.swap(AT, AT + 1);
    all.refused(swapped, AT as u64 + 1);
    let mut without = all.rows.clone();
    without.remove(AT);
    all.refused(without, AT as u64 + 1);
}

#[test]
fn tags_of_another_file_are_told() {
    let all = Rows::new();
    let mut rows = all.rows[..=AT].to_vec();
    rows[AT].tags = rows[AT - 1].tags;
    all.refused(rows, AT as u64 + 1);
}

#[test]
fn what_should_be_sealed_and_lies_open_is_told_whoever_wrote_it() {
    let all = Rows::new();
    let Body::Here(body) = &all.rows[AT].body else { panic!() };
    let bound = doorbook::vault::BodyBound { register: all.register.0, entry: all.rows[AT].id.0 };
    let Ok(Opened::Open(frame)) = all.sealer.open_body(&bound, body) else { panic!("closed") };
    let open_body = all.sealer.seal_plain(&frame);
    let mut shell = all.open_shell(AT);
    let digest = journal::link::digest(&open_body).0;
    let end = shell.len() - 32;
    shell[end..].copy_from_slice(&digest);
    let mut rows = all.rows[..=AT].to_vec();
    rows[AT].shell = all.sealer.seal_plain(&shell);
    rows[AT].body = Body::Here(open_body);
    all.refused(rows, AT as u64 + 1);
}

#[test]
fn the_last_entries_cut_off_are_a_right_chain_and_no_row_tells() {
    let all = Rows::new();
    for cut in 1..all.rows.len() {
        assert_eq!(all.read(all.rows[..cut].to_vec()).unwrap(), cut);
    }
}

#[test]
fn lengths_say_little() {
    let centre = Centre::with(Families::Invented);
    let all = Rows::of(&centre);
    let mut lengths = std::collections::BTreeMap::new();
    for row in &all.rows {
        let Body::Here(body) = &row.body else { panic!() };
        if doorbook::vault::Envelope::read(body).unwrap().is_open() {
            continue;
        }
        let padded = body.len() - 18 - 4 - 24 - 16;
        assert_eq!(padded % 128, 0, "{}", body.len());
        *lengths.entry(padded).or_insert(0) += 1;
        assert_eq!(row.shell.len(), all.rows[AT].shell.len());
    }
    assert!(lengths.len() < 12, "{lengths:?}");
}

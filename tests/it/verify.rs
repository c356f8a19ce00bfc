//! A book verifies while it is as it was written, and says where it is not.

use doorbook::book::{Book, ReadFault, WriteFault};
use doorbook::domain::event::{Entry, Readable};
use doorbook::journal::{Body, Fault, Head, Journal, Kept, Link, Memory, RegisterId, Row, Seq, Which, link};
use doorbook::vault::{BodyBound, Group, NullSealer, Opened, Sealer, ShellBound, TagOf, Whose};

use crate::chance::Chance;

const REGISTER: RegisterId = RegisterId([7; 16]);

/// A book of so many entries.
fn book(many: usize) -> (Book<Memory>, Memory, Vec<Entry>) {
    let memory = Memory::new(REGISTER);
    let mut book = Book::open(memory.clone()).unwrap();
    let entries = Chance::new(4).entries(many);
    book.append(&entries).unwrap();
    (book, memory, entries)
}

fn kept(memory: &mut Memory) -> Vec<Kept> {
    memory.read(Which::All, Seq::START, usize::MAX).unwrap()
}

/// A journal of these rows as they are, whatever they are.
fn of_rows(rows: Vec<Row>) -> Book<Memory> {
    let mut memory = Memory::new(REGISTER);
    memory.append(&Head::empty(REGISTER), &mut rows.into_iter().map(Ok)).unwrap();
    Book::open(memory).unwrap()
}

/// Links rows anew, as somebody would who rewrites history.
fn link_anew(rows: &mut [Row]) {
    let mut before = Link::NONE;
    for (row, seq) in rows.iter_mut().zip(1..) {
        row.link = link::of(REGISTER, Seq(seq), before, row);
        before = row.link;
    }
}

#[test]
fn what_was_written_is_read_in_order_by_day_by_file_and_by_id() {
    let (mut book, memory, entries) = book(200);
    let read = book.read_all().unwrap();
    assert_eq!(read.iter().map(|placed| placed.entry.clone()).collect::<Vec<_>>(), entries);
    let (day, file) = (Chance::new(1).id(), entries[0].file);
    let mut more = Chance::new(2).entries(6);
    more.iter_mut().for_each(|entry| entry.file = file);
    more[1].day = Some(day);
    more[4].day = Some(day);
    book.append(&more).unwrap();
    let days: Vec<u64> = book.read_day(day).unwrap().iter().map(|placed| placed.seq).collect();
    assert_eq!(days, [202, 205]);
    assert!(book.read_file(file).unwrap().len() >= 7);
    assert_eq!(book.find(more[3].id).unwrap(), Some(204));
    assert_eq!(book.at(204).unwrap().unwrap().entry, more[3]);
    assert_eq!((book.at(0).unwrap(), book.at(207).unwrap()), (None, None));
    assert_eq!(book.find(Chance::new(3).id()).unwrap(), None);
    let report = book.verify();
    assert!(report.is_good(), "{}", report.sentence());
    assert_eq!((report.entries, report.good), (206, 206));
    drop(memory);
}

#[test]
fn whoever_is_behind_reads_the_news_and_writes_after_them() {
    let (mut one, memory, _) = book(3);
    let mut other = Book::open(memory).unwrap();
    let entries = Chance::new(30).entries(2);
    one.append(&entries[..1]).unwrap();
    assert_eq!(other.append(&entries[1..]), Err(WriteFault::Behind));
    assert_eq!(other.news().unwrap()[0].entry, entries[0]);
    other.append(&entries[1..]).unwrap();
    assert_eq!(one.append(&entries[1..]), Err(WriteFault::Behind));
    one.news().unwrap();
    assert_eq!(one.append(&entries[1..]), Err(WriteFault::Twice));
}

#[test]
fn a_content_that_was_disposed_of_is_gone_and_the_rest_verifies() {
    let (mut book, mut memory, entries) = book(9);
    memory.forget(&[Seq(2), Seq(9)]).unwrap();
    let read = book.read_all().unwrap();
    for (placed, entry) in read.iter().zip(&entries) {
        let gone = [2, 9].contains(&placed.seq);
        assert_eq!(placed.entry.event == Readable::Gone, gone);
        assert_eq!((placed.entry.id, placed.entry.act, placed.entry.file), (entry.id, entry.act, entry.file));
    }
    let report = book.verify();
    assert!(report.is_good() && report.gone == 2, "{}", report.sentence());
    let fault = book.append(&[read[1].entry.clone()]).unwrap_err();
    assert_eq!(fault, WriteFault::NoEvent);
}

type Change = fn(&mut Vec<Row>);

#[test]
fn every_change_of_a_row_is_found_at_its_place() {
    let (_, mut memory, _) = book(8);
    let kept = kept(&mut memory);
    let rows: Vec<Row> = kept.iter().map(|kept| kept.row.clone()).collect();
    let changes: [(&str, Change); 9] = [
        ("a bit of a shell", |rows| rows[3].shell[30] ^= 1),
        ("a bit of a body", |rows| {
            let Body::Here(body) = &mut rows[3].body else { unreachable!() };
            body[30] ^= 1;
        }),
        ("a tag", |rows| rows[3].tags[1].0[0] ^= 1),
        ("an id", |rows| rows[3].id.0[5] ^= 1),
        ("a link", |rows| rows[3].link.0[0] ^= 1),
        ("a row left out", |rows| drop(rows.remove(3))),
        ("two rows in each other's place", |rows| rows.swap(3, 4)),
        ("another's content, linked anew", |rows| {
            rows[3].body = rows[4].body.clone();
            link_anew(rows);
        }),
        ("filed elsewhere, linked anew", |rows| {
            rows[3].tags = rows[4].tags;
            link_anew(rows);
        }),
    ];
    for (what, change) in changes {
        let mut changed = rows.clone();
        change(&mut changed);
        let mut book = of_rows(changed);
        let report = book.verify();
        assert_eq!(report.spoilt.as_ref().map(|spoilt| spoilt.seq), Some(4), "{what}: {}", report.sentence());
        assert_eq!(report.good, 3, "{what}");
        assert!(report.sentence().starts_with("Entry 4 is not good; 3 before it are."), "{}", report.sentence());
        assert!(matches!(book.read_all(), Err(ReadFault::Damaged { seq: 4, .. })), "{what}");
    }
}

#[test]
fn an_entry_with_no_day_has_a_tag_of_its_own() {
    let (_, mut memory, _) = book(200);
    let mut tags: Vec<_> = kept(&mut memory).iter().map(|kept| kept.row.tags[0]).collect();
    let many = tags.len();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), many);
}

/// A sealer that has no key for bodies.
struct Outsider(NullSealer);

impl Sealer for Outsider {
    fn seal_body(&self, whose: &Whose, bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, doorbook::vault::Fault> {
        self.0.seal_body(whose, bound, plain)
    }
    fn open_body(&self, _: &BodyBound, _: &[u8]) -> Result<Opened, doorbook::vault::Fault> {
        Ok(Opened::Closed)
    }
    fn seal_shell(&self, bound: &ShellBound, plain: &[u8]) -> Result<Vec<u8>, doorbook::vault::Fault> {
        self.0.seal_shell(bound, plain)
    }
    fn open_shell(&self, bound: &ShellBound, sealed: &[u8]) -> Result<Opened, doorbook::vault::Fault> {
        self.0.open_shell(bound, sealed)
    }
    fn format(&self) -> u8 {
        self.0.format()
    }
    fn seal_plain(&self, plain: &[u8]) -> Vec<u8> {
        self.0.seal_plain(plain)
    }
    fn seal_account(&self, _: Group, _: &BodyBound, _: &[u8]) -> Result<Vec<u8>, doorbook::vault::Fault> {
        Err(doorbook::vault::Fault::NoKey)
    }
    fn seal_decoy(&self, _: Group, _: &BodyBound, _: &[u8]) -> Result<Vec<u8>, doorbook::vault::Fault> {
        Err(doorbook::vault::Fault::NoKey)
    }
    fn open_account(&self, _: &BodyBound, _: &[u8]) -> Result<Opened, doorbook::vault::Fault> {
        Ok(Opened::Closed)
    }
    fn seal_shelf(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, doorbook::vault::Fault> {
        self.0.seal_shelf(place, plain)
    }
    fn open_shelf(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, doorbook::vault::Fault> {
        self.0.open_shelf(place, sealed)
    }
    fn tag(&self, of: TagOf) -> [u8; 16] {
        self.0.tag(of)
    }
}

#[test]
fn a_content_that_is_sealed_to_others_is_closed_and_counts_without_it() {
    let (_, memory, entries) = book(5);
    let mut book = Book::sealed(memory, Box::new(Outsider(NullSealer::new(REGISTER.0)))).unwrap();
    let read = book.read_all().unwrap();
    assert!(read.iter().all(|placed| placed.entry.event == Readable::Closed));
    assert!(read.iter().zip(&entries).all(|(placed, entry)| placed.entry.occurred_at == entry.occurred_at));
    assert!(book.verify().is_good());
}

/// A journal whose append is done, or not, and nobody is told which.
struct Doubtful {
    memory: Memory,
    writes: bool,
    dead: bool,
}

impl Journal for Doubtful {
    fn head(&mut self) -> Result<Head, Fault> {
        self.memory.head()
    }
    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, doorbook::journal::Abandon>>,
    ) -> Result<Head, doorbook::journal::AppendFault> {
        if self.writes {
            self.memory.append(expected, rows)?;
        } else {
            rows.for_each(drop);
        }
        Err(doorbook::journal::AppendFault::Unknown(Fault::Full))
    }
    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
        self.memory.read(which, after, limit)
    }
    fn find(&mut self, id: doorbook::journal::EntryId) -> Result<Option<Seq>, Fault> {
        if self.dead { Err(Fault::Device("gone".into())) } else { self.memory.find(id) }
    }
    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.memory.forget(bodies)
    }
    fn check(&mut self) -> Result<(), Fault> {
        Ok(())
    }
    fn watcher(&mut self) -> Box<dyn doorbook::journal::Watch> {
        self.memory.watcher()
    }
}

#[test]
fn an_append_whose_end_is_not_known_is_looked_for_by_its_id() {
    for (writes, dead) in [(true, false), (false, false), (true, true)] {
        let memory = Memory::new(REGISTER);
        let mut book = Book::open(Doubtful { memory, writes, dead }).unwrap();
        let done = book.append(&Chance::new(1).entries(2));
        match (writes, dead) {
            (true, false) => assert_eq!(done.unwrap().seq, Seq(2)),
            (false, _) => assert_eq!(done, Err(WriteFault::Journal(Fault::Full))),
            (true, true) => assert_eq!(done, Err(WriteFault::Unknown(Fault::Full))),
        }
    }
}

#[test]
fn a_book_can_be_given_to_the_keepers_thread() {
    fn given<T: Send + 'static>() {}
    given::<doorbook::book::DiskBook>();
}

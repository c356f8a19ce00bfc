//! The tables that rows are found by: verifying finds a row that is not in them, and one that does not belong there.

use doorbook::book::Book;
use doorbook::journal::{
    Abandon, AppendFault, Body, EntryId, Fault, Head, Journal, Kept, Link, Memory, RegisterId, Row, Seq, Tag, Watch,
    Which,
};

use crate::chance::Chance;

#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    /// A row that its day does not give.
    Hidden(Seq),
    /// An id that leads elsewhere.
    Elsewhere(Seq),
    /// One more in the table of tags.
    More,
    /// Nothing after this place is there any more.
    Short(Seq),
    Nothing,
}

/// A journal with its rows as they were written, and its index not.
struct Astray(Memory, Wrong);

impl Journal for Astray {
    fn head(&mut self) -> Result<Head, Fault> {
        self.0.head()
    }
    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        self.0.append(expected, rows)
    }
    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
        let mut rows = self.0.read(which, after, limit)?;
        if let (Which::Tag(_), Wrong::Hidden(seq)) = (which, self.1) {
            rows.retain(|kept| kept.seq != seq);
        }
        if let Wrong::Short(last) = self.1 {
            rows.retain(|kept| kept.seq <= last);
        }
        Ok(rows)
    }
    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
        let found = self.0.find(id)?;
        Ok(if matches!(self.1, Wrong::Elsewhere(seq) if Some(seq) == found) { Some(Seq(1)) } else { found })
    }
    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        self.0.forget(bodies)
    }
    fn check(&mut self) -> Result<(), Fault> {
        self.0.check()
    }
    fn tags(&mut self) -> Result<Option<u64>, Fault> {
        let rows = self.0.read(Which::All, Seq::START, usize::MAX)?;
        let many: u64 = rows.iter().map(|kept| 1 + u64::from(kept.row.tags[0] != kept.row.tags[1])).sum();
        Ok(Some(many + u64::from(self.1 == Wrong::More)))
    }
    fn watcher(&mut self) -> Box<dyn Watch> {
        self.0.watcher()
    }
}

#[test]
fn a_row_that_its_day_does_not_give_is_found_by_verifying() {
    let memory = Memory::new(RegisterId([7; 16]));
    Book::open(memory.clone()).unwrap().append(&Chance::new(4).entries(20)).unwrap();
    let verify = |wrong| Book::open(Astray(memory.clone(), wrong)).unwrap().verify();
    assert!(verify(Wrong::Nothing).is_good());
    for wrong in [Wrong::Hidden(Seq(7)), Wrong::Elsewhere(Seq(7))] {
        let report = verify(wrong);
        assert_eq!(report.spoilt.as_ref().map(|spoilt| spoilt.seq), Some(7), "{}", report.sentence());
        assert_eq!((report.good, report.after), (6, 13));
        assert!(report.sentence().contains("is not found by its id, its day or its file"), "{}", report.sentence());
    }
    let report = verify(Wrong::More);
    assert!(!report.is_good() && report.sentence().contains("does not belong to"), "{}", report.sentence());
}

#[test]
fn what_is_missing_at_the_end_is_seen() {
    let memory = Memory::new(RegisterId([7; 16]));
    Book::open(memory.clone()).unwrap().append(&Chance::new(4).entries(20)).unwrap();
    let mut book = Book::open(Astray(memory, Wrong::Short(Seq(15)))).unwrap();
    let report = book.verify();
    assert_eq!(report.spoilt.as_ref().map(|spoilt| spoilt.seq), Some(16), "{}", report.sentence());
    assert!(book.read_all().is_err());
}

/// What the index costs a verifying, on disk: `cargo test --test it what_the_index_costs -- --ignored --nocapture`.
#[test]
#[ignore = "a figure, not a check"]
fn what_the_index_costs() {
    let (_folder, _path, mut journal) = crate::journal::on_disk();
    let empty = journal.head().unwrap();
    let mut chance = Chance::new(4);
    let mut id = || std::array::from_fn(|_| chance.next() as u8);
    let rows = (0..100_000).map(|_| Row {
        id: EntryId(id()),
        link: Link::NONE,
        tags: [Tag(id()), Tag([3; 16])],
        shell: vec![b's'; 400],
        body: Body::Here(vec![b'b'; 300]),
    });
    journal.append(&empty, &mut rows.map(Ok)).unwrap();
    let (mut read, mut index, mut after) = (std::time::Duration::ZERO, std::time::Duration::ZERO, Seq::START);
    loop {
        let from = std::time::Instant::now();
        let page = journal.read(Which::All, after, 4096).unwrap();
        read += from.elapsed();
        let Some(last) = page.last() else { break };
        after = last.seq;
        let from = std::time::Instant::now();
        assert_eq!(journal.astray(&page).unwrap(), None);
        index += from.elapsed();
    }
    println!("100,000 rows: read {read:?}, found by id and tags {index:?}");
}

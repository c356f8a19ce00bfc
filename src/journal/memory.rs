//! A journal in memory: the model that the others are held to, and the journal of tests.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Journal;
use super::fault::{Abandon, AppendFault, Fault};
use super::kept::{Body, EntryId, Head, Kept, RegisterId, Row, Seq, Tag, Which};
use super::watch::{Bell, Watch};

/// In memory. A clone is another hand on the same rows, as a second opening of one file would be.
#[derive(Debug, Clone)]
pub struct Memory {
    rows: Arc<Mutex<Rows>>,
    bell: Bell,
}

#[derive(Debug)]
struct Rows {
    head: Head,
    kept: Vec<Kept>,
    ids: HashMap<EntryId, Seq>,
    tags: BTreeSet<(Tag, Seq)>,
}

impl Memory {
    /// An empty journal of a register.
    pub fn new(register: RegisterId) -> Self {
        let rows = Rows { head: Head::empty(register), kept: Vec::new(), ids: HashMap::new(), tags: BTreeSet::new() };
        Self { rows: Arc::new(Mutex::new(rows)), bell: Bell::default() }
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows {
    fn at(&self, seq: Seq) -> Option<&Kept> {
        usize::try_from(seq.0).ok()?.checked_sub(1).and_then(|at| self.kept.get(at))
    }

    fn at_mut(&mut self, seq: Seq) -> Option<&mut Kept> {
        usize::try_from(seq.0).ok()?.checked_sub(1).and_then(|at| self.kept.get_mut(at))
    }
}

impl Journal for Memory {
    fn head(&mut self) -> Result<Head, Fault> {
        Ok(self.rows().head)
    }

    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault> {
        let mut all = self.rows();
        if all.head != *expected {
            return Err(AppendFault::Behind(all.head));
        }
        let (mut head, mut new, mut ids) = (all.head, Vec::new(), HashMap::new());
        for row in rows {
            let row = row?;
            let (seq, before) = (head.seq.next(), head.link);
            if all.ids.contains_key(&row.id) || ids.insert(row.id, seq).is_some() {
                return Err(AppendFault::Twice(row.id));
            }
            head = Head { seq, link: row.link, ..head };
            new.push(Kept { seq, before, row });
        }
        all.ids.extend(ids);
        all.tags.extend(new.iter().flat_map(|kept| kept.row.tags.map(|tag| (tag, kept.seq))));
        all.kept.extend(new);
        all.head = head;
        drop(all);
        self.bell.ring(head.seq);
        Ok(head)
    }

    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
        let all = self.rows();
        Ok(match which {
            Which::All => {
                let from = usize::try_from(after.0).unwrap_or(usize::MAX);
                all.kept.iter().skip(from).take(limit).cloned().collect()
            }
            Which::Tag(tag) => {
                let range = (tag, after.next())..=(tag, Seq(u64::MAX));
                all.tags.range(range).filter_map(|&(_, seq)| all.at(seq)).take(limit).cloned().collect()
            }
        })
    }

    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
        Ok(self.rows().ids.get(&id).copied())
    }

    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
        let mut all = self.rows();
        if let Some(seq) = bodies.iter().find(|seq| all.at(**seq).is_none()) {
            return Err(Fault::Damaged(format!("entry {seq} is not there")));
        }
        for seq in bodies {
            if let Some(kept) = all.at_mut(*seq) {
                kept.row.body = Body::Gone(kept.row.body.digest());
            }
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn watcher(&mut self) -> Box<dyn Watch> {
        self.bell.listen()
    }
}

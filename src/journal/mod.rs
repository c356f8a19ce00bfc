//! Append, read and watch rows of bytes. Knows nothing of what a row means.
//!
//! [`Journal`] is the whole of it; [`Memory`] is its model, [`Redb`] keeps it on disk. Sealing, linking and tagging sit
//! above, in `book`; the link's rule is in [`link`], since whoever holds a file may check it with no key.

mod fault;
mod kept;
pub mod link;
mod memory;
mod redb;
mod shelf;
mod watch;
mod whole;

pub use self::redb::{
    Access, Aside, Disk, LooseRow, OpenFile, Pages, RealDisk, Redb, Scan, VERSION, catching, scan, scan_file,
};
pub use fault::{Abandon, AppendFault, Fault};
pub use kept::{Body, Digest, EntryId, Head, Kept, Link, RegisterId, Row, Seq, Tag, Which};
pub use memory::Memory;
pub use shelf::{Anew, DiskShelf, Each, MemoryShelf, Put, Shelf};
pub use watch::Watch;
pub use whole::Whole;

/// Makes a journal in a file, with all that `fill` puts into it, or nothing at all.
///
/// # Errors
/// As [`Redb::create`].
pub fn create_file<F: From<Fault>>(
    path: &std::path::Path,
    register: RegisterId,
    fill: impl FnOnce(&mut dyn Journal) -> Result<(), F>,
) -> Result<Box<dyn Journal>, F> {
    create_file_on(std::sync::Arc::new(RealDisk), path, register, fill)
}

/// The same on any disk.
///
/// # Errors
/// As [`Redb::create_on`].
pub fn create_file_on<F: From<Fault>>(
    disk: std::sync::Arc<dyn Disk>,
    path: &std::path::Path,
    register: RegisterId,
    fill: impl FnOnce(&mut dyn Journal) -> Result<(), F>,
) -> Result<Box<dyn Journal>, F> {
    Ok(Box::new(Redb::create_on(disk, path, register, |new| fill(new))?))
}

/// Opens the journal in a file, after its engine's check of every page.
///
/// # Errors
/// As [`Redb::open`].
pub fn open_file(path: &std::path::Path) -> Result<Box<dyn Journal>, Fault> {
    Ok(Box::new(Redb::open(path)?))
}

/// The same for an import, which may keep more in memory.
///
/// # Errors
/// As [`Redb::open`].
pub fn open_file_for_import(path: &std::path::Path) -> Result<Box<dyn Journal>, Fault> {
    Ok(Box::new(Redb::open_for_import(path)?))
}

/// Opens the journal in a file to be read only, at once.
///
/// # Errors
/// As [`Redb::look`].
pub fn look_at_file(path: &std::path::Path) -> Result<Box<dyn Journal>, Fault> {
    Ok(Box::new(Redb::look(path)?))
}

/// Opens the journal in a file to be read, whatever state it is in; what its engine puts right stays in memory.
///
/// # Errors
/// As [`Aside::open`].
pub fn aside_file(path: &std::path::Path, pages: Pages) -> Result<Box<dyn Journal>, Fault> {
    Ok(Box::new(Aside::open(path, pages)?))
}

/// Rows of bytes, one after another, for ever. See `docs/JOURNAL.md`.
pub trait Journal: Send {
    /// Where the journal ends.
    ///
    /// # Errors
    /// [`Fault`], by what to do about it.
    fn head(&mut self) -> Result<Head, Fault>;

    /// All or nothing, directly after `expected`; on `Ok` it is durable. An `Err` item rolls all back. No rows at all
    /// change nothing. Whoever makes the rows must not use this journal meanwhile.
    ///
    /// # Errors
    /// [`AppendFault::Behind`]: somebody was first. [`AppendFault::Unknown`]: it may be on disk; find it by id.
    fn append(
        &mut self,
        expected: &Head,
        rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
    ) -> Result<Head, AppendFault>;

    /// At most `limit` rows after `after`, oldest first.
    ///
    /// # Errors
    /// [`Fault`]; a row that cannot be read is damage, never left out.
    fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault>;

    /// The rows at these places, in the order in which they are named.
    ///
    /// # Errors
    /// [`Fault`]; a place that does not exist is damage.
    fn pick(&mut self, places: &[Seq]) -> Result<Vec<Kept>, Fault> {
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            let row = self.read(Which::All, Seq(place.0.saturating_sub(1)), 1)?;
            let row = row.into_iter().find(|kept| kept.seq == *place);
            found.push(row.ok_or_else(|| Fault::Damaged(format!("entry {place} is not there")))?);
        }
        Ok(found)
    }

    /// The place of the row with this id.
    ///
    /// # Errors
    /// [`Fault`].
    fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault>;

    /// Drops bodies already named by a stored `Disposed`; their digests stay. One that is gone already stays gone.
    ///
    /// # Errors
    /// [`Fault`]; a place that does not exist is damage.
    fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault>;

    /// The first of these rows that is not found by its own id and by both of its tags.
    ///
    /// # Errors
    /// [`Fault`].
    fn astray(&mut self, rows: &[Kept]) -> Result<Option<Seq>, Fault> {
        for kept in rows {
            let mut good = self.find(kept.row.id)? == Some(kept.seq);
            for tag in kept.row.tags {
                let found = self.read(Which::Tag(tag), Seq(kept.seq.0.saturating_sub(1)), 1)?;
                good &= found.first().is_some_and(|found| found.seq == kept.seq);
            }
            if !good {
                return Ok(Some(kept.seq));
            }
        }
        Ok(None)
    }

    /// How many rows the table has that tags are found in, one for each tag of a row; `None`: there is no such table.
    ///
    /// # Errors
    /// [`Fault`].
    fn tags(&mut self) -> Result<Option<u64>, Fault> {
        Ok(None)
    }

    /// The engine's own deep check.
    ///
    /// # Errors
    /// [`Fault::Damaged`] says what was found.
    fn check(&mut self) -> Result<(), Fault>;

    /// A hint that the head has moved; its own connection.
    fn watcher(&mut self) -> Box<dyn Watch>;
}

macro_rules! forward {
    ($($who:ty),+) => {$(
        impl<J: Journal + ?Sized> Journal for $who {
            fn head(&mut self) -> Result<Head, Fault> {
                (**self).head()
            }
            fn append(
                &mut self,
                expected: &Head,
                rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
            ) -> Result<Head, AppendFault> {
                (**self).append(expected, rows)
            }
            fn read(&mut self, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
                (**self).read(which, after, limit)
            }
            fn pick(&mut self, places: &[Seq]) -> Result<Vec<Kept>, Fault> {
                (**self).pick(places)
            }
            fn find(&mut self, id: EntryId) -> Result<Option<Seq>, Fault> {
                (**self).find(id)
            }
            fn forget(&mut self, bodies: &[Seq]) -> Result<(), Fault> {
                (**self).forget(bodies)
            }
            fn check(&mut self) -> Result<(), Fault> {
                (**self).check()
            }
            fn astray(&mut self, rows: &[Kept]) -> Result<Option<Seq>, Fault> {
                (**self).astray(rows)
            }
            fn tags(&mut self) -> Result<Option<u64>, Fault> {
                (**self).tags()
            }
            fn watcher(&mut self) -> Box<dyn Watch> {
                (**self).watcher()
            }
        }
    )+};
}

forward!(&mut J, Box<J>);

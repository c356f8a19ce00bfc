//! The tables, and what is done with them in one transaction each.

use std::ops::Bound;

use redb::{
    CursorError, Database, ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, Table,
    TableDefinition, WriteTransaction,
};

use super::super::fault::{Abandon, AppendFault, Fault};
use super::super::kept::{Body, EntryId, Head, Kept, RegisterId, Row, Seq, Which};
use super::engine::{stored, told};
use super::rows;

type Bytes = &'static [u8];

const META: TableDefinition<&str, Bytes> = TableDefinition::new("meta");
const ROWS: TableDefinition<u64, Bytes> = TableDefinition::new("rows");
const BODIES: TableDefinition<u64, Bytes> = TableDefinition::new("bodies");
const IDS: TableDefinition<Bytes, Bytes> = TableDefinition::new("ids");
const TAGS: TableDefinition<Bytes, Bytes> = TableDefinition::new("tags");

/// How many tags an append holds back to put them in sorted: 72 MB of them.
const HELD: usize = 3_000_000;

/// Fewer places than this are no work for two threads.
const MANY: usize = 128;

const REGISTER: &str = "register";
const HEAD: &str = "head";

/// All tables, empty, and the head: the first commit of a file.
pub(super) fn make(database: &Database, register: RegisterId) -> Result<(), Fault> {
    let tx = begin(database)?;
    {
        let mut meta = tx.open_table(META).map_err(told)?;
        meta.insert(REGISTER, &rows::register(register)[..]).map_err(stored)?;
        meta.insert(HEAD, &rows::head(&Head::empty(register))[..]).map_err(stored)?;
        tx.open_table(ROWS).map_err(told)?;
        tx.open_table(BODIES).map_err(told)?;
        tx.open_table(IDS).map_err(told)?;
        tx.open_table(TAGS).map_err(told)?;
    }
    tx.commit().map_err(told)
}

/// A transaction that commits in two phases: one phase has silently rolled back an acknowledged commit after a flipped
/// bit, two never have (storage.md 1.1).
fn begin(database: &Database) -> Result<WriteTransaction, Fault> {
    let mut tx = database.begin_write().map_err(told)?;
    tx.set_two_phase_commit(true);
    Ok(tx)
}

/// Where the journal ends.
pub(super) fn head(tx: &ReadTransaction) -> Result<Head, Fault> {
    read_head(&tx.open_table(META).map_err(told)?)
}

fn read_head(meta: &impl ReadableTable<&'static str, Bytes>) -> Result<Head, Fault> {
    let lost = || Fault::Damaged("its head is not there".to_owned());
    let register = meta.get(REGISTER).map_err(stored)?.ok_or_else(lost)?;
    let head = meta.get(HEAD).map_err(stored)?.ok_or_else(lost)?;
    rows::read_head(register.value(), head.value())
}

/// Appends in one transaction, which is rolled back unless it is committed.
pub(super) fn append(
    database: &Database,
    expected: &Head,
    rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
) -> Result<Head, AppendFault> {
    let tx = begin(database)?;
    let put = put_all(&tx, expected, rows);
    match put {
        Ok(head) if head.seq == expected.seq => {
            tx.abort().map_err(stored)?;
            Ok(head)
        }
        Ok(head) => tx.commit().map(|()| head).map_err(|fault| AppendFault::Unknown(told(fault))),
        Err(fault) => {
            // It is told why; that the roll back went wrong as well would be told at the next call.
            let _ = tx.abort();
            Err(fault)
        }
    }
}

fn put_all(
    tx: &WriteTransaction,
    expected: &Head,
    rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
) -> Result<Head, AppendFault> {
    let mut meta = tx.open_table(META).map_err(told)?;
    let head = read_head(&meta)?;
    if head != *expected {
        return Err(AppendFault::Behind(head));
    }
    let head = put_rows(tx, head, rows)?;
    meta.insert(HEAD, &rows::head(&head)[..]).map_err(stored)?;
    Ok(head)
}

/// Puts rows after the head; the head that they make. Places and, as a rule, ids ascend, so that each goes in at a
/// cursor; tags come in any order, so many are held back and go in sorted: a large import would else turn over the whole
/// cache for every row.
fn put_rows(
    tx: &WriteTransaction,
    mut head: Head,
    rows: &mut dyn Iterator<Item = Result<Row, Abandon>>,
) -> Result<Head, AppendFault> {
    let (mut heads, mut bodies) = (tx.open_table(ROWS).map_err(told)?, tx.open_table(BODIES).map_err(told)?);
    let (mut ids, mut tags) = (tx.open_table(IDS).map_err(told)?, tx.open_table(TAGS).map_err(told)?);
    let mut at_rows = heads.upper_bound_mut(Bound::<u64>::Unbounded).map_err(stored)?;
    let mut at_bodies = bodies.upper_bound_mut(Bound::<u64>::Unbounded).map_err(stored)?;
    let mut at_ids = ids.upper_bound_mut(Bound::<&[u8]>::Unbounded).map_err(stored)?;
    let mut held: Vec<[u8; 24]> = Vec::new();
    for row in rows {
        let row = row?;
        let seq = head.seq.next();
        let (id, place) = (&row.id.0[..], rows::seq(seq));
        if !ordered(at_ids.insert_before(id, &place[..]))? {
            at_ids.close().map_err(stored)?;
            at_ids = ids.upper_bound_mut(Bound::Included(id)).map_err(stored)?;
            if !ordered(at_ids.insert_before(id, &place[..]))? {
                return Err(AppendFault::Twice(row.id));
            }
        }
        let in_rows = ordered(at_rows.insert_before(seq.0, &rows::row(head.link, &row)[..]))?;
        let in_bodies = ordered(at_bodies.insert_before(seq.0, &rows::body(&row.body)[..]))?;
        if !(in_rows && in_bodies) {
            return Err(Fault::Damaged(format!("entry {seq} lies beyond its head")).into());
        }
        held.extend(row.tags.map(|tag| rows::tag_key(tag, seq)));
        if held.len() >= HELD {
            put_tags(&mut tags, &mut held)?;
        }
        head = Head { seq, link: row.link, ..head };
    }
    at_ids.close().map_err(stored)?;
    at_rows.close().map_err(stored)?;
    at_bodies.close().map_err(stored)?;
    put_tags(&mut tags, &mut held)?;
    Ok(head)
}

/// Puts keys in, sorted. More than stand there already lie in long runs between them: each goes in at a cursor, which is
/// set anew where a run ends. Fewer go in one by one.
fn put_tags(tags: &mut Table<Bytes, Bytes>, held: &mut Vec<[u8; 24]>) -> Result<(), Fault> {
    const VALUE: &[u8] = &[rows::VERSION];
    held.sort_unstable();
    held.dedup();
    if tags.len().map_err(stored)? >= held.len() as u64 {
        return held.drain(..).try_for_each(|key| tags.insert(&key[..], VALUE).map(|_| ()).map_err(stored));
    }
    let mut at = tags.upper_bound_mut(Bound::<&[u8]>::Unbounded).map_err(stored)?;
    for key in held.drain(..) {
        if !ordered(at.insert_before(&key[..], VALUE))? {
            at.close().map_err(stored)?;
            at = tags.upper_bound_mut(Bound::Included(&key[..])).map_err(stored)?;
            // What does not go in where it belongs stands there already.
            ordered(at.insert_before(&key[..], VALUE))?;
        }
    }
    at.close().map_err(stored)
}

/// Did it go in at the cursor? If not, it does not belong there.
fn ordered(put: Result<(), CursorError>) -> Result<bool, Fault> {
    match put {
        Ok(()) => Ok(true),
        Err(CursorError::UnorderedKey) => Ok(false),
        Err(fault) => Err(told(fault)),
    }
}

/// At most so many rows after a place.
pub(super) fn read(tx: &ReadTransaction, which: Which, after: Seq, limit: usize) -> Result<Vec<Kept>, Fault> {
    let table = tx.open_table(ROWS).map_err(told)?;
    let bodies = tx.open_table(BODIES).map_err(told)?;
    let Some(from) = after.0.checked_add(1) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    match which {
        Which::All => {
            for item in table.range(from..).map_err(stored)?.take(limit) {
                let (seq, row) = item.map_err(stored)?;
                found.push(join(Seq(seq.value()), row.value(), &bodies)?);
            }
        }
        Which::Tag(tag) => {
            let tags = tx.open_table(TAGS).map_err(told)?;
            let (first, last) = (rows::tag_key(tag, Seq(from)), rows::tag_key(tag, Seq(u64::MAX)));
            for item in tags.range::<&[u8]>(&first[..]..=&last[..]).map_err(stored)?.take(limit) {
                let seq = rows::key_seq(item.map_err(stored)?.0.value())?;
                let row = table.get(seq.0).map_err(stored)?.ok_or_else(|| gone(seq))?;
                found.push(join(seq, row.value(), &bodies)?);
            }
        }
    }
    Ok(found)
}

/// The rows at these places: of many, half in a thread of its own.
pub(super) fn pick(tx: &ReadTransaction, places: &[Seq]) -> Result<Vec<Kept>, Fault> {
    if places.len() < MANY {
        return pick_all(tx, places);
    }
    let (one, other) = places.split_at(places.len() / 2);
    std::thread::scope(|scope| {
        let others = scope.spawn(|| pick_all(tx, other));
        let found = pick_all(tx, one);
        let others = others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let mut found = found?;
        found.extend(others?);
        Ok(found)
    })
}

fn pick_all(tx: &ReadTransaction, places: &[Seq]) -> Result<Vec<Kept>, Fault> {
    let table = tx.open_table(ROWS).map_err(told)?;
    let bodies = tx.open_table(BODIES).map_err(told)?;
    let mut found = Vec::with_capacity(places.len());
    for seq in places {
        let row = table.get(seq.0).map_err(stored)?.ok_or_else(|| gone(*seq))?;
        found.push(join(*seq, row.value(), &bodies)?);
    }
    Ok(found)
}

fn join(seq: Seq, row: &[u8], bodies: &ReadOnlyTable<u64, Bytes>) -> Result<Kept, Fault> {
    let body = bodies.get(seq.0).map_err(stored)?.ok_or_else(|| gone(seq))?;
    rows::kept(seq, row, body.value())
}

fn gone(seq: Seq) -> Fault {
    Fault::Damaged(format!("entry {seq} is not there"))
}

/// The place of an id.
pub(super) fn find(tx: &ReadTransaction, id: EntryId) -> Result<Option<Seq>, Fault> {
    let ids = tx.open_table(IDS).map_err(told)?;
    ids.get(&id.0[..]).map_err(stored)?.map(|seq| rows::read_seq(seq.value())).transpose()
}

/// Puts digests in the place of bodies, in one transaction.
pub(super) fn forget(database: &Database, seqs: &[Seq]) -> Result<(), Fault> {
    let tx = begin(database)?;
    {
        let mut bodies = tx.open_table(BODIES).map_err(told)?;
        for seq in seqs {
            let body = {
                let value = bodies.get(seq.0).map_err(stored)?.ok_or_else(|| gone(*seq))?;
                rows::read_body(value.value())?
            };
            bodies.insert(seq.0, &rows::body(&Body::Gone(body.digest()))[..]).map_err(stored)?;
        }
    }
    tx.commit().map_err(told)
}

/// Do the tables agree with the head?
pub(super) fn counts(tx: &ReadTransaction) -> Result<(), Fault> {
    let head = head(tx)?;
    let table = tx.open_table(ROWS).map_err(told)?;
    let many = table.len().map_err(stored)?;
    let bodies = tx.open_table(BODIES).map_err(told)?.len().map_err(stored)?;
    let ids = tx.open_table(IDS).map_err(told)?.len().map_err(stored)?;
    if [many, bodies, ids].iter().any(|count| *count != head.seq.0) {
        let counts = format!("{many} rows, {bodies} bodies, {ids} ids, and a head at {}", head.seq);
        return Err(Fault::Damaged(counts));
    }
    let last = read(tx, Which::All, Seq(head.seq.0.saturating_sub(1)), 1)?;
    if last.first().is_some_and(|kept| kept.row.link != head.link) {
        return Err(Fault::Damaged("its head is not its last entry".to_owned()));
    }
    Ok(())
}

/// The first of these rows that is not found by its own id and by both of its tags.
pub(super) fn astray(tx: &ReadTransaction, kept: &[Kept]) -> Result<Option<Seq>, Fault> {
    let ids = tx.open_table(IDS).map_err(told)?;
    let tags = tx.open_table(TAGS).map_err(told)?;
    for Kept { seq, row, .. } in kept {
        let found = ids.get(&row.id.0[..]).map_err(stored)?;
        let mut good = found.map(|place| rows::read_seq(place.value())).transpose()? == Some(*seq);
        for tag in row.tags {
            let value = tags.get(&rows::tag_key(tag, *seq)[..]).map_err(stored)?;
            good &= value.is_some_and(|value| value.value() == [rows::VERSION]);
        }
        if !good {
            return Ok(Some(*seq));
        }
    }
    Ok(None)
}

/// How many rows the table of tags has.
pub(super) fn tags(tx: &ReadTransaction) -> Result<u64, Fault> {
    tx.open_table(TAGS).map_err(told)?.len().map_err(stored)
}

//! The bytes of each table's values. Every value opens with a version byte of our own.

use super::super::fault::Fault;
use super::super::kept::{Body, Digest, EntryId, Head, Kept, Link, RegisterId, Row, Seq, Tag};

/// The version of every value so far.
pub const VERSION: u8 = 1;
const HERE: u8 = 0;
const GONE: u8 = 1;

/// Takes a value apart from its front.
struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    /// After the version byte.
    fn of(value: &'a [u8]) -> Result<Self, Fault> {
        match value.split_first() {
            Some((&VERSION, rest)) => Ok(Self(rest)),
            Some((&newer, _)) => Err(Fault::TooNew(newer)),
            None => Err(short()),
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (part, rest) = self.0.split_first_chunk::<N>().ok_or_else(short)?;
        self.0 = rest;
        Ok(*part)
    }

    fn end(self) -> Result<(), Fault> {
        if self.0.is_empty() { Ok(()) } else { Err(Fault::Damaged("a value is too long".to_owned())) }
    }
}

fn short() -> Fault {
    Fault::Damaged("a value is too short".to_owned())
}

/// `1 | id 16 | before 32 | link 32 | tag 16 | tag 16 | shell`
pub(super) fn row(before: Link, row: &Row) -> Vec<u8> {
    let [one, other] = row.tags;
    let mut value = Vec::with_capacity(113 + row.shell.len());
    value.push(VERSION);
    for part in [&row.id.0[..], &before.0, &row.link.0, &one.0, &other.0, &row.shell] {
        value.extend_from_slice(part);
    }
    value
}

/// A row from both of its values.
pub(super) fn kept(seq: Seq, row: &[u8], body: &[u8]) -> Result<Kept, Fault> {
    let mut parts = Parts::of(row)?;
    let (id, before, link) = (EntryId(parts.take()?), Link(parts.take()?), Link(parts.take()?));
    let tags = [Tag(parts.take()?), Tag(parts.take()?)];
    let row = Row { id, link, tags, shell: parts.0.to_vec(), body: self::read_body(body)? };
    Ok(Kept { seq, before, row })
}

/// `1 | 0 | body`, or `1 | 1 | digest 32`
pub(super) fn body(body: &Body) -> Vec<u8> {
    let (kind, bytes) = match body {
        Body::Here(bytes) => (HERE, &bytes[..]),
        Body::Gone(digest) => (GONE, &digest.0[..]),
    };
    let mut value = Vec::with_capacity(2 + bytes.len());
    value.extend_from_slice(&[VERSION, kind]);
    value.extend_from_slice(bytes);
    value
}

/// The body of a value.
pub(super) fn read_body(value: &[u8]) -> Result<Body, Fault> {
    let mut parts = Parts::of(value)?;
    match parts.take()? {
        [HERE] => Ok(Body::Here(parts.0.to_vec())),
        [GONE] => {
            let digest = Digest(parts.take()?);
            parts.end().map(|()| Body::Gone(digest))
        }
        _ => Err(Fault::Damaged("a body is of no known kind".to_owned())),
    }
}

/// `1 | place 8, little-endian`
pub(super) fn seq(seq: Seq) -> Vec<u8> {
    let mut value = vec![VERSION];
    value.extend_from_slice(&seq.0.to_le_bytes());
    value
}

/// The place of a value.
pub(super) fn read_seq(value: &[u8]) -> Result<Seq, Fault> {
    let mut parts = Parts::of(value)?;
    let seq = Seq(u64::from_le_bytes(parts.take()?));
    parts.end().map(|()| seq)
}

/// `tag 16 | place 8, big-endian`: a key, so that the rows of a tag lie in order.
pub(super) fn tag_key(tag: Tag, seq: Seq) -> [u8; 24] {
    let mut key = [0; 24];
    let (front, back) = key.split_at_mut(16);
    front.copy_from_slice(&tag.0);
    back.copy_from_slice(&seq.0.to_be_bytes());
    key
}

/// The place in such a key.
pub(super) fn key_seq(key: &[u8]) -> Result<Seq, Fault> {
    let at = key.split_at_checked(16).and_then(|(_, at)| at.try_into().ok()).ok_or_else(short)?;
    Ok(Seq(u64::from_be_bytes(at)))
}

/// `1 | register 16`
pub(super) fn register(register: RegisterId) -> Vec<u8> {
    let mut value = vec![VERSION];
    value.extend_from_slice(&register.0);
    value
}

/// `1 | place 8, little-endian | link 32`
pub(super) fn head(head: &Head) -> Vec<u8> {
    let mut value = seq(head.seq);
    value.extend_from_slice(&head.link.0);
    value
}

/// The head of both values.
pub(super) fn read_head(register: &[u8], head: &[u8]) -> Result<Head, Fault> {
    let mut of = Parts::of(register)?;
    let mut at = Parts::of(head)?;
    let read =
        Head { register: RegisterId(of.take()?), seq: Seq(u64::from_le_bytes(at.take()?)), link: Link(at.take()?) };
    of.end()?;
    at.end().map(|()| read)
}

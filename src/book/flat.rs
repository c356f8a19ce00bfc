//! The flat file: a whole book as one run of bytes that no engine is needed for. docs/FORMAT.md has its places.
//!
//! What is sealed stays sealed: no key is needed to write one, to check one, or to make a register of one.

use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use super::{PAGE, up_to};
use crate::journal::{
    self, Abandon, AppendFault, Body, Digest, EntryId, Fault, Head, Journal, Kept, Link, RegisterId, Row, Seq, Tag,
};

/// The first bytes of a flat file.
pub const MAGIC: [u8; 8] = *b"DOORFLAT";
/// The version that is written.
pub const VERSION: u8 = 1;
/// Bytes of an entry without its shell and its body.
const FIXED: usize = 8 + 16 + 32 + 32 + 16 + 16 + 4 + 1;
/// Most bytes of an entry: a length beyond it is damage, and nobody makes room for it.
const MOST: usize = 16 << 20;
const HERE: u8 = 0;
const GONE: u8 = 1;

/// Why there is no flat file, or no register of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlatFault {
    /// It is something else.
    #[error("It is no flat file of a register. Nothing was written. Name one that doorbook book export wrote.")]
    NotFlat,
    /// Written by a newer Doorbook.
    #[error("The flat file has version {0}, which this Doorbook does not know. Nothing was written. Use a newer one.")]
    TooNew(u8),
    /// It ends before its end.
    #[error("The flat file is cut off after entry {0}. Nothing was written. Use another copy of it.")]
    Cut(u64),
    /// An entry is not what was written.
    #[error("The flat file is damaged at entry {seq}: {what}. Nothing was written. Use another copy of it.")]
    Damaged {
        /// Its place.
        seq: u64,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Its end does not fit what stands before it.
    #[error("The flat file is damaged: {0}. Nothing was written. Use another copy of it.")]
    End(&'static str),
    /// The file cannot be read or written.
    #[error(
        "The flat file could not be read or written ({0}). Nothing is left of it. Look at its folder and its disk, then do it again."
    )]
    File(String),
    /// The register cannot be read or written.
    #[error(transparent)]
    Journal(#[from] Fault),
}

fn of_io(fault: &std::io::Error) -> FlatFault {
    FlatFault::File(fault.to_string())
}

/// Writes bytes, and keeps their hash.
struct Hashing<W> {
    to: W,
    hash: blake3::Hasher,
}

impl<W: Write> Hashing<W> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), FlatFault> {
        self.hash.update(bytes);
        self.to.write_all(bytes).map_err(|fault| of_io(&fault))
    }
}

/// Writes a whole journal, each row held against its link; the head that it ends with. Whoever gives the file syncs it.
///
/// # Errors
/// [`FlatFault`]; the file is then not whole.
pub fn write<J: Journal>(journal: &mut J, to: impl Write) -> Result<Head, FlatFault> {
    let end = journal.head()?;
    let mut out = Hashing { to, hash: blake3::Hasher::new() };
    out.put(&MAGIC)?;
    out.put(&[VERSION])?;
    out.put(&end.register.0)?;
    let (mut at, mut bytes) = (Head::empty(end.register), Vec::new());
    while at.seq < end.seq {
        let page = up_to(&end, journal, at.seq, PAGE)?;
        if page.is_empty() {
            return Err(damaged(at.seq.next(), "it is not there"));
        }
        for kept in &page {
            at = follows(&at, kept)?;
            bytes.clear();
            row(kept, &mut bytes)?;
            out.put(&bytes)?;
        }
    }
    if at != end {
        return Err(FlatFault::End("its last entry is not its head"));
    }
    out.put(&0_u32.to_le_bytes())?;
    out.put(&end.seq.0.to_le_bytes())?;
    out.put(&end.link.0)?;
    let hash = *out.hash.finalize().as_bytes();
    out.put(&hash)?;
    out.to.flush().map_err(|fault| of_io(&fault))?;
    Ok(end)
}

fn damaged(seq: Seq, what: &'static str) -> FlatFault {
    FlatFault::Damaged { seq: seq.0, what }
}

/// Is the row the next one after this head, and what its link was made over?
fn follows(at: &Head, kept: &Kept) -> Result<Head, FlatFault> {
    let next = at.seq.next();
    if kept.seq != next {
        return Err(damaged(next, "another place is on it"));
    }
    if kept.before != at.link {
        return Err(damaged(next, "it does not follow the entry before it"));
    }
    if !kept.holds(at.register) {
        return Err(damaged(next, "it is not what was written"));
    }
    Ok(Head { seq: next, link: kept.row.link, ..*at })
}

/// One row, its length before it.
fn row(kept: &Kept, out: &mut Vec<u8>) -> Result<(), FlatFault> {
    let Kept { seq, before, row } = kept;
    let (kind, body) = match &row.body {
        Body::Here(bytes) => (HERE, &bytes[..]),
        Body::Gone(digest) => (GONE, &digest.0[..]),
    };
    let long = FIXED + row.shell.len() + body.len();
    let [long, shell] = [long, row.shell.len()].map(|long| u32::try_from(long).unwrap_or(u32::MAX));
    if usize::try_from(long).is_ok_and(|long| long > MOST) {
        return Err(damaged(*seq, "it is longer than any entry"));
    }
    let [one, other] = row.tags;
    for part in [
        &long.to_le_bytes()[..],
        &seq.0.to_le_bytes(),
        &row.id.0,
        &before.0,
        &row.link.0,
        &one.0,
        &other.0,
        &shell.to_le_bytes(),
        &row.shell,
        &[kind],
        body,
    ] {
        out.extend_from_slice(part);
    }
    Ok(())
}

/// A flat file that is read from its front, each row held against its link.
pub struct Flat<R> {
    from: R,
    hash: blake3::Hasher,
    at: Head,
    tags: u64,
    ended: bool,
}

impl<R: Read> Flat<R> {
    /// Reads what stands before the entries.
    ///
    /// # Errors
    /// [`FlatFault::NotFlat`], [`FlatFault::TooNew`], [`FlatFault::Cut`].
    pub fn open(from: R) -> Result<Self, FlatFault> {
        let at = Head::empty(RegisterId([0; 16]));
        let mut flat = Self { from, hash: blake3::Hasher::new(), at, tags: 0, ended: false };
        let magic = match flat.take() {
            Err(FlatFault::Cut(_)) => return Err(FlatFault::NotFlat),
            other => other?,
        };
        if magic != MAGIC {
            return Err(FlatFault::NotFlat);
        }
        match flat.take()? {
            [VERSION] => {}
            [0] => return Err(FlatFault::NotFlat),
            [newer] => return Err(FlatFault::TooNew(newer)),
        }
        flat.at = Head::empty(RegisterId(flat.take()?));
        Ok(flat)
    }

    /// Which register it is of.
    pub fn register(&self) -> RegisterId {
        self.at.register
    }

    /// As far as it was read.
    pub fn head(&self) -> Head {
        self.at
    }

    /// The next row; `None` after the last one, where the end of the file fits all that stands before it.
    ///
    /// # Errors
    /// [`FlatFault`].
    pub fn next_row(&mut self) -> Result<Option<Row>, FlatFault> {
        if self.ended {
            return Ok(None);
        }
        let next = self.at.seq.next();
        let long = usize::try_from(u32::from_le_bytes(self.take()?)).unwrap_or(usize::MAX);
        if long == 0 {
            return self.end().map(|()| None);
        }
        if !(FIXED..=MOST).contains(&long) {
            return Err(damaged(next, "its length is not that of an entry"));
        }
        let mut bytes = vec![0; long];
        self.fill(&mut bytes)?;
        let kept = kept(&bytes).ok_or_else(|| damaged(next, "it cannot be taken apart"))?;
        self.at = follows(&self.at, &kept)?;
        let [one, other] = kept.row.tags;
        self.tags += 1 + u64::from(one != other);
        Ok(Some(kept.row))
    }

    /// The end: how many, the last link, the hash of all, and then nothing.
    fn end(&mut self) -> Result<(), FlatFault> {
        let (many, link) = (u64::from_le_bytes(self.take()?), Link(self.take()?));
        if many != self.at.seq.0 {
            return Err(FlatFault::End("it does not hold as many entries as its end says"));
        }
        if link != self.at.link {
            return Err(FlatFault::End("its last entry is not the one that its end names"));
        }
        let hash = *self.hash.finalize().as_bytes();
        if self.take::<32>()? != hash {
            return Err(FlatFault::End("it is not what was written"));
        }
        match self.from.read(&mut [0]) {
            Ok(0) => {}
            Ok(_) => return Err(FlatFault::End("something stands after its end")),
            Err(fault) => return Err(of_io(&fault)),
        }
        self.ended = true;
        Ok(())
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], FlatFault> {
        let mut bytes = [0; N];
        self.fill(&mut bytes).map(|()| bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), FlatFault> {
        match self.from.read_exact(bytes) {
            Ok(()) => {
                self.hash.update(bytes);
                Ok(())
            }
            Err(fault) if fault.kind() == ErrorKind::UnexpectedEof => Err(FlatFault::Cut(self.at.seq.0)),
            Err(fault) => Err(of_io(&fault)),
        }
    }

    /// Writes every row into an empty journal of the same register, all or nothing.
    ///
    /// # Errors
    /// [`FlatFault`].
    pub fn read_into<J: Journal>(&mut self, journal: &mut J) -> Result<Head, FlatFault> {
        let mut why = None;
        let empty = Head::empty(self.register());
        let mut rows = std::iter::from_fn(|| match self.next_row() {
            Ok(row) => row.map(Ok),
            Err(fault) => {
                why = Some(fault);
                Some(Err(Abandon))
            }
        });
        let done = journal.append(&empty, &mut rows);
        if let Some(why) = why {
            return Err(why);
        }
        let head = done.map_err(|fault| match fault {
            AppendFault::Fault(fault) | AppendFault::Unknown(fault) => FlatFault::Journal(fault),
            AppendFault::Twice(_) => damaged(self.at.seq, "its id is that of an entry before it"),
            AppendFault::Behind(_) => FlatFault::Journal(Fault::Exists),
            AppendFault::Abandoned(_) => FlatFault::End("it was given up"),
        })?;
        if journal.tags()?.is_some_and(|tags| tags != self.tags) {
            return Err(FlatFault::Journal(Fault::Damaged(
                "not every entry is found by its day and its file".to_owned(),
            )));
        }
        Ok(head)
    }
}

/// A row of its bytes, its length apart.
fn kept(bytes: &[u8]) -> Option<Kept> {
    let mut parts = Parts(bytes);
    let (seq, id) = (Seq(u64::from_le_bytes(parts.take()?)), EntryId(parts.take()?));
    let (before, link) = (Link(parts.take()?), Link(parts.take()?));
    let tags = [Tag(parts.take()?), Tag(parts.take()?)];
    let long = usize::try_from(u32::from_le_bytes(parts.take()?)).ok()?;
    let shell = parts.bytes(long)?.to_vec();
    let [kind] = parts.take()?;
    let body = match kind {
        HERE => Body::Here(parts.0.to_vec()),
        GONE => Body::Gone(Digest(parts.0.try_into().ok()?)),
        _ => return None,
    };
    Some(Kept { seq, before, row: Row { id, link, tags, shell, body } })
}

/// Takes bytes apart from their front.
struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (part, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*part)
    }

    fn bytes(&mut self, long: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(long)?;
        self.0 = rest;
        Some(part)
    }
}

/// Writes the book in a file of this machine; what was not closed is put right in memory only.
///
/// # Errors
/// [`FlatFault`].
pub fn write_of(path: &Path, to: impl Write) -> Result<Head, FlatFault> {
    let mut journal = match journal::look_at_file(path) {
        Err(Fault::NotClosed) => journal::aside_file(path, journal::Pages::Checked)?,
        other => other?,
    };
    write(&mut journal, to)
}

/// Makes a register in a new file, with every entry of a flat file, or nothing at all.
///
/// # Errors
/// [`FlatFault`]; none leaves half a register.
pub fn make_of(from: impl Read, path: &Path) -> Result<Head, FlatFault> {
    let mut flat = Flat::open(from)?;
    journal::create_file(path, flat.register(), |mut new| flat.read_into(&mut new).map(drop))?;
    Ok(flat.head())
}

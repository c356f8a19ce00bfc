//! The last resort: rows and bodies found in the raw bytes of a file, whatever its engine says of it.
//!
//! Nothing found here is known to be good: whoever asks holds each row against its own link. Dead pages hold rows too,
//! some of them of an append that never ended. Places are known where a row still lies in a page of the engine.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use super::super::fault::{Fault, of_io};
use super::super::kept::{Body, Digest, EntryId, Head, Link, RegisterId, Seq, Tag};
use super::rows;
use crate::platform;

/// A page of the engine, and what stands at the front of one with values in it.
const PAGE: usize = 4096;
const LEAF: u8 = 1;
/// Most values of one page: each has at least a place and an end.
const MOST: usize = PAGE / 12;
/// The keys of the table with the head, as they lie together before its values.
const META: &[u8] = b"headregister";
/// Bytes of a row before its shell, and of its values of the head and of the register.
const ROW: usize = 113;
const HEAD: usize = 41;
const REGISTER: usize = 17;

/// A row without its body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LooseRow {
    /// Its place, where that is known.
    pub seq: Option<Seq>,
    /// Its own id.
    pub id: EntryId,
    /// The link before it.
    pub before: Link,
    /// Its link.
    pub link: Link,
    /// Its tags.
    pub tags: [Tag; 2],
    /// Its shell as it is stored.
    pub shell: Vec<u8>,
}

/// What was found, each once.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    /// Heads that were written at one time or another.
    pub heads: Vec<Head>,
    /// Rows.
    pub rows: Vec<LooseRow>,
    /// Bodies, with their place where that is known.
    pub bodies: Vec<(Option<Seq>, Body)>,
}

/// Scans the bytes of a file; `ends` says where a layer that begins here ends, if one does.
///
/// # Errors
/// [`Fault`]: the file cannot be read at all.
pub fn scan_file(path: &Path, ends: &dyn Fn(&[u8]) -> Option<usize>) -> Result<Scan, Fault> {
    let mut bytes = Vec::new();
    platform::read_private(path)?.read_to_end(&mut bytes).map_err(of_io)?;
    Ok(scan(&bytes, ends))
}

/// Scans bytes; `ends` says where a layer that begins here ends, if one does.
pub fn scan(bytes: &[u8], ends: &dyn Fn(&[u8]) -> Option<usize>) -> Scan {
    let mut found = Finds::default();
    for (n, _) in bytes.chunks(PAGE).enumerate() {
        bytes.get(n * PAGE..).into_iter().for_each(|page| found.leaf(page));
    }
    for at in 0..bytes.len() {
        found.loose(bytes.get(at..).unwrap_or_default(), ends);
    }
    found.scan
}

#[derive(Default)]
struct Finds {
    scan: Scan,
    rows: HashSet<(Option<Seq>, Link, Digest)>,
    bodies: HashSet<(Option<Seq>, bool, Digest)>,
}

impl Finds {
    /// Every value of a page that stands where its page says, each by itself: one end that is wrong spoils two values.
    fn leaf(&mut self, page: &[u8]) {
        let Some((&[LEAF, _, low, high], _)) = page.split_first_chunk() else { return };
        let many = usize::from(u16::from_le_bytes([low, high]));
        if many == 0 || many > MOST {
            return;
        }
        let keys = 4 + 4 * many;
        let end = |n: usize| word(page, 4 + 4 * n).and_then(|end| usize::try_from(end).ok());
        for n in 0..many {
            let from = if n == 0 { Some(keys + 8 * many) } else { end(n - 1) };
            let (Some(from), Some(to)) = (from, end(n)) else { return };
            let (Some(key), Some(value)) = (long(page, keys + 8 * n), page.get(from..to)) else { continue };
            self.row(Some(Seq(key)), value);
            if let Ok(body) = rows::read_body(value) {
                self.body(Some(Seq(key)), body);
            }
        }
    }

    /// Whatever begins with this byte.
    fn loose(&mut self, bytes: &[u8], ends: &dyn Fn(&[u8]) -> Option<usize>) {
        if bytes.first() == Some(&rows::VERSION) {
            if let Some(end) = bytes.get(ROW..).and_then(ends) {
                self.row(None, bytes.get(..ROW + end).unwrap_or_default());
            }
            if bytes.get(1) == Some(&0)
                && let Some(body) = bytes.get(2..).and_then(|body| body.get(..ends(body)?))
            {
                self.body(None, Body::Here(body.to_vec()));
            }
        }
        if bytes.starts_with(META) {
            let values = bytes.get(META.len()..).and_then(|rest| rest.split_at_checked(HEAD));
            let head = values.and_then(|(head, rest)| rows::read_head(rest.get(..REGISTER)?, head).ok());
            self.scan.heads.extend(head.filter(|head| !self.scan.heads.contains(head)));
        }
    }

    fn row(&mut self, seq: Option<Seq>, value: &[u8]) {
        // The body is not known here: any will do to take the row apart.
        let Ok(kept) = rows::kept(Seq::START, value, &rows::body(&Body::Here(Vec::new()))) else { return };
        let (before, row) = (kept.before, kept.row);
        if self.rows.insert((seq, row.link, super::super::link::digest(value))) {
            self.scan.rows.push(LooseRow { seq, id: row.id, before, link: row.link, tags: row.tags, shell: row.shell });
        }
    }

    fn body(&mut self, seq: Option<Seq>, body: Body) {
        if self.bodies.insert((seq, matches!(body, Body::Here(_)), body.digest())) {
            self.scan.bodies.push((seq, body));
        }
    }
}

impl Scan {
    /// The registers whose heads were found, the one of the latest head first.
    pub fn registers(&self) -> Vec<RegisterId> {
        let mut heads: Vec<&Head> = self.heads.iter().collect();
        heads.sort_by_key(|head| std::cmp::Reverse(head.seq));
        let mut all: Vec<RegisterId> = Vec::new();
        for head in heads {
            if !all.contains(&head.register) {
                all.push(head.register);
            }
        }
        all
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

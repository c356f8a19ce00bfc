//! What is still good of a damaged book: every entry that holds against its own link, wherever in the file it lies.
//!
//! The engine is asked first, entry by entry. What it does not give is looked for in the raw bytes. Every row has its
//! link: one that holds is good, whatever page it lay on. The file is not written to.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde_json::value::RawValue;

use super::wire::frames::SHELL;
use super::{DiskBook, ReadFault};
use crate::journal::{
    self, Body, Digest, EntryId, Fault, Head, Journal, Kept, Link, LooseRow, RegisterId, Row, Scan, Seq, Which, link,
};
use crate::vault::Envelope;

/// Most tries at the place of a row that stands alone: places times rows.
const TRIES: usize = 4_000_000;
/// What an envelope has before what is in it, and an envelope that is not sealed.
const FRONT: [u8; 18] = [crate::vault::FORMAT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// What a sealed shell has more than its frame, after the front: the number of its key, a nonce, a tag.
const SEALED: usize = 4 + 24 + 16;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvaged {
    /// Which register it is of.
    pub register: uuid::Uuid,
    /// The good entries, in order; of two that may be the one that was written, both.
    pub entries: Vec<Found>,
    /// The last place that there is known to have been.
    pub last: u64,
    /// Places of which nothing good was found: from, to.
    pub lost: Vec<(u64, u64)>,
    /// The engine read none of it: all was found in the raw bytes.
    pub raw: bool,
}

/// A good entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In its place.
    pub kept: Kept,
    /// Its content was not found: what is known of it is its digest.
    pub content_lost: bool,
    /// Another entry claims the same place, and nothing says which of them was written.
    pub in_doubt: bool,
}

/// Finds what is still good in a file.
///
/// # Errors
/// [`ReadFault`]: it cannot be read at all, or nothing in it is an entry.
pub fn salvage(path: &Path) -> Result<Salvaged, ReadFault> {
    let opened = match DiskBook::aside_at(path) {
        Err(ReadFault::Journal(Fault::Damaged(_) | Fault::TooNew(_) | Fault::Device(_))) => {
            DiskBook::what_is_left_at(path)
        }
        other => other,
    };
    let (mut good, head) = match opened {
        Ok(mut book) => (book.good(), Some(*book.head())),
        Err(ReadFault::Journal(Fault::Damaged(_) | Fault::TooNew(_) | Fault::Device(_))) => (BTreeMap::new(), None),
        Err(other) => return Err(other),
    };
    // A head of which the last entry does not hold may be wrong itself.
    let sure = head.filter(|head| good.get(&head.seq.0).is_some_and(|kept| kept.row.link == head.link));
    let raw = good.is_empty();
    if let Some(head) = sure.filter(|head| u64::try_from(good.len()) == Ok(head.seq.0)) {
        let entries = good.into_values().map(Found::sure).collect();
        return Ok(Salvaged { entries, ..Salvaged::of(head.register, head.seq.0) });
    }
    let found = journal::scan_file(path, &layer_ends)?;
    let registers = head.map(|head| vec![head.register]).unwrap_or_default();
    let registers = registers.into_iter().chain(found.registers()).chain(named(&found));
    let best = registers.map(|register| Sifted::of(register, &found)).max_by_key(|sifted| sifted.rows.len());
    let Some(sifted) = best.filter(|sifted| !sifted.rows.is_empty() || !good.is_empty()) else {
        return Err(Fault::Damaged("nothing in it is an entry of a register".to_owned()).into());
    };
    good.retain(|_, kept| kept.holds(sifted.register));
    Ok(sifted.join(good, sure, raw))
}

impl<J: Journal> super::Book<J> {
    /// Every row that the engine still gives and that holds against its own link, by place.
    fn good(&mut self) -> BTreeMap<u64, Kept> {
        let mut good = BTreeMap::new();
        self.good_after(Seq::START, |kept| drop(good.insert(kept.seq.0, kept)));
        good
    }

    /// Gives every row after a place that holds against its own link. A page that cannot be read is stepped over.
    pub(super) fn good_after(&mut self, after: Seq, mut give: impl FnMut(Kept)) {
        let (mut at, end, mut page) = (after, self.head.seq, super::PAGE);
        while at < end {
            match self.journal.read(Which::All, at, page) {
                Ok(rows) if rows.is_empty() => return,
                Ok(rows) => {
                    for kept in rows {
                        at = at.max(kept.seq);
                        if kept.seq <= end && kept.holds(self.head.register) {
                            give(kept);
                        }
                    }
                }
                Err(_) if page > 1 => page = 1,
                Err(_) => at = at.next(),
            }
        }
    }
}

/// Where a layer ends: one that is not sealed with its JSON object; a shell of format 2 is always of one length. Where
/// a sealed body ends only its page says.
fn layer_ends(bytes: &[u8]) -> Option<usize> {
    if let Some(json) = bytes.strip_prefix(&FRONT) {
        return Some(FRONT.len() + object_ends(json)?);
    }
    let (front, rest) = bytes.split_first_chunk::<18>()?;
    let [2, method, key @ ..] = front else { return None };
    let shell = match method {
        _ if key.iter().any(|byte| *byte != 0) => return None,
        // From the desk, against nothing, and the event.
        0 if rest.starts_with(&[0, 0, 0, b'{']) => return Some(front.len() + 3 + object_ends(rest.get(3..)?)?),
        0 => SHELL,
        1 => SEALED + SHELL,
        _ => return None,
    };
    (rest.len() >= shell).then_some(front.len() + shell)
}

/// Where a JSON object ends that begins here.
fn object_ends(json: &[u8]) -> Option<usize> {
    let (mut depth, mut text, mut escaped) = (0_usize, false, false);
    for (at, byte) in json.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            _ if text => {}
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 && !text {
            return (*byte == b'}').then_some(at + 1);
        }
    }
    None
}

/// The digest of the body that a shell names, where the shell is not sealed.
fn digest_in(shell: &[u8]) -> Option<Digest> {
    let payload = Envelope::read(shell).ok()?.payload;
    let shell = match shell.first() {
        Some(2) => super::wire::frames::read_shell(payload).ok()?,
        _ => super::wire::from_json_form::<super::wire::ShellForm>(payload)
            .and_then(super::wire::ShellForm::read)
            .ok()?,
    };
    Some(Digest(shell.body))
}

/// The registers that first entries name, where no head was found.
fn named(found: &Scan) -> Vec<RegisterId> {
    const NAME: &[u8] = b"\"register\":\"";
    let bodies =
        found.bodies.iter().filter_map(|(_, body)| if let Body::Here(bytes) = body { Some(bytes) } else { None });
    let ids = bodies.filter_map(|bytes| {
        let at = bytes.windows(NAME.len()).position(|window| window == NAME)? + NAME.len();
        let id: uuid::Uuid = std::str::from_utf8(bytes.get(at..at + 36)?).ok()?.parse().ok()?;
        Some(RegisterId(id.into_bytes()))
    });
    let mut all: Vec<RegisterId> = ids.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Rows of one register that hold against their links, by place.
struct Sifted {
    register: RegisterId,
    rows: BTreeMap<u64, Vec<Found>>,
}

/// What is known of bodies.
struct Bodies<'a> {
    by_digest: HashMap<Digest, &'a Body>,
    at: HashMap<Seq, Vec<Digest>>,
}

impl<'a> Bodies<'a> {
    fn of(found: &'a Scan) -> Self {
        let (mut by_digest, mut at): (HashMap<Digest, &Body>, HashMap<Seq, Vec<Digest>>) = Default::default();
        for (seq, body) in &found.bodies {
            let digest = body.digest();
            seq.iter().for_each(|seq| at.entry(*seq).or_default().push(digest));
            // What was disposed of stays so, though a dead page may hold it still.
            if matches!(body, Body::Gone(_)) || !by_digest.contains_key(&digest) {
                by_digest.insert(digest, body);
            }
        }
        Self { by_digest, at }
    }

    /// The row with its body in its place, if it is what its link was made over.
    fn holds(&self, register: RegisterId, seq: Seq, row: &LooseRow, named: Option<Digest>) -> Option<Found> {
        let beside = self.at.get(&seq).into_iter().flatten().copied();
        let cover = link::cover(row.id, &row.tags, &row.shell);
        let digest =
            named.into_iter().chain(beside).find(|d| link::join(register, seq, row.before, &cover, d) == row.link)?;
        let body = self.by_digest.get(&digest).map_or(Body::Gone(digest), |body| (*body).clone());
        let content_lost = !self.by_digest.contains_key(&digest);
        let row_ = Row { id: row.id, link: row.link, tags: row.tags, shell: row.shell.clone(), body };
        let kept = Kept { seq, before: row.before, row: row_ };
        kept.holds(register).then_some(Found { kept, content_lost, in_doubt: false })
    }
}

impl Sifted {
    fn of(register: RegisterId, found: &Scan) -> Self {
        let bodies = Bodies::of(found);
        let mut sifted = Self { register, rows: BTreeMap::new() };
        let mut alone: Vec<(&LooseRow, Option<Digest>)> = Vec::new();
        for row in &found.rows {
            let named = digest_in(&row.shell);
            match row.seq.and_then(|seq| bodies.holds(register, seq, row, named)) {
                Some(good) => sifted.put(good),
                None => alone.push((row, named)),
            }
        }
        sifted.place(&bodies, alone);
        sifted
    }

    /// Rows whose place is not known stand after the row with the link before theirs, or before the one that follows.
    fn place(&mut self, bodies: &Bodies<'_>, mut alone: Vec<(&LooseRow, Option<Digest>)>) {
        loop {
            let mut next: HashMap<Link, Seq> = HashMap::from([(Link::NONE, Seq(1))]);
            let mut this: HashMap<Link, Seq> = HashMap::new();
            for kept in self.rows.values().flatten().map(|found| &found.kept) {
                next.insert(kept.row.link, kept.seq.next());
                this.insert(kept.before, Seq(kept.seq.0.saturating_sub(1)));
            }
            let before = alone.len();
            alone.retain(|(row, named)| {
                let seqs = [next.get(&row.before), this.get(&row.link)];
                let good = seqs.into_iter().flatten().find_map(|seq| bodies.holds(self.register, *seq, row, *named));
                let stays = good.is_none();
                good.into_iter().for_each(|good| self.put(good));
                stays
            });
            if alone.len() == before {
                break;
            }
        }
        let last = self.rows.keys().next_back().copied().unwrap_or(0) + u64::try_from(alone.len()).unwrap_or(0);
        let lost: Vec<u64> = (1..=last).filter(|seq| !self.rows.contains_key(seq)).collect();
        if lost.len().saturating_mul(alone.len()) > TRIES {
            return;
        }
        for (row, named) in alone {
            let good = lost.iter().find_map(|seq| bodies.holds(self.register, Seq(*seq), row, named));
            good.into_iter().for_each(|good| self.put(good));
        }
    }

    fn put(&mut self, good: Found) {
        let here = self.rows.entry(good.kept.seq.0).or_default();
        match here.iter_mut().find(|found| found.kept.row.link == good.kept.row.link) {
            // The same row twice: the one with its content.
            Some(same) if same.content_lost => *same = good,
            Some(_) => {}
            None => here.push(good),
        }
    }

    /// With what the engine gave, which comes first; nothing after a head that is sure.
    fn join(mut self, good: BTreeMap<u64, Kept>, sure: Option<Head>, raw: bool) -> Salvaged {
        for (seq, kept) in good {
            self.rows.insert(seq, vec![Found::sure(kept)]);
        }
        if let Some(head) = sure {
            self.rows.retain(|seq, _| *seq <= head.seq.0);
        }
        let last = sure.map_or_else(|| self.rows.keys().next_back().copied().unwrap_or(0), |head| head.seq.0);
        let mut entries: Vec<Found> = Vec::new();
        let mut after: Option<Link> = None;
        for (_, mut here) in std::mem::take(&mut self.rows).into_iter().rev() {
            if here.len() > 1 && here.iter().any(|found| Some(found.kept.row.link) == after) {
                here.retain(|found| Some(found.kept.row.link) == after);
            }
            let in_doubt = here.len() > 1;
            after = here.first().filter(|_| !in_doubt).map(|found| found.kept.before);
            entries.extend(here.into_iter().map(|found| Found { in_doubt, ..found }));
        }
        entries.reverse();
        let mut salvaged = Salvaged { entries, raw, ..Salvaged::of(self.register, last) };
        salvaged.lost = salvaged.gaps();
        salvaged
    }
}

impl Found {
    fn sure(kept: Kept) -> Self {
        Self { kept, content_lost: false, in_doubt: false }
    }

    /// As one line of JSON: what was stored, byte by byte.
    fn line(&self) -> String {
        let Kept { seq, before, row } = &self.kept;
        let hex = ToString::to_string;
        let [one, other] = row.tags;
        let (shell, shell_sealed) = layer(&row.shell);
        let (body, body_sealed, digest) = match &row.body {
            Body::Here(bytes) => {
                let (body, sealed) = layer(bytes);
                (body, sealed, None)
            }
            Body::Gone(digest) => (None, None, Some(digest.to_string())),
        };
        let line = Line {
            place: seq.0,
            id: uuid(row.id).to_string(),
            before: hex(&before),
            link: row.link.to_string(),
            tags: [one.to_string(), other.to_string()],
            shell,
            shell_sealed,
            body,
            body_sealed,
            body_lost: digest.clone().filter(|_| self.content_lost),
            body_disposed: digest.filter(|_| !self.content_lost),
            in_doubt: self.in_doubt,
        };
        serde_json::to_string(&line).unwrap_or_default()
    }
}

fn uuid(id: EntryId) -> uuid::Uuid {
    uuid::Uuid::from_bytes(id.0)
}

/// A layer as the JSON that it was stored as, or sealed, in hexadecimal.
fn layer(stored: &[u8]) -> (Option<Box<RawValue>>, Option<String>) {
    let plain =
        stored.strip_prefix(&FRONT).and_then(|json| RawValue::from_string(String::from_utf8(json.to_vec()).ok()?).ok());
    match plain {
        Some(json) => (Some(json), None),
        None => (None, Some(stored.iter().map(|byte| format!("{byte:02x}")).collect())),
    }
}

#[derive(serde::Serialize)]
struct Line {
    place: u64,
    id: String,
    before: String,
    link: String,
    tags: [String; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    shell: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shell_sealed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_sealed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_lost: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_disposed: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    in_doubt: bool,
}

#[derive(serde::Serialize)]
struct FirstLine<'a> {
    salvaged: u32,
    register: String,
    last: u64,
    entries: usize,
    lost: &'a [(u64, u64)],
}

impl Salvaged {
    fn of(register: RegisterId, last: u64) -> Self {
        let register = uuid::Uuid::from_bytes(register.0);
        Self { register, entries: Vec::new(), last, lost: Vec::new(), raw: false }
    }

    fn gaps(&self) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let mut at = 1;
        for seq in self.entries.iter().map(|found| found.kept.seq.0).chain([self.last + 1]) {
            if seq > at {
                gaps.push((at, seq - 1));
            }
            at = at.max(seq + 1);
        }
        gaps
    }

    /// How many places nothing good was found of.
    pub fn lost_places(&self) -> u64 {
        self.lost.iter().map(|(from, to)| to - from + 1).sum()
    }

    /// The entries whose content was not found.
    pub fn without_content(&self) -> usize {
        self.entries.iter().filter(|found| found.content_lost).count()
    }

    /// As lines of JSON: what it is, then an entry a line. docs/JOURNAL.md has the form of each layer.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let first = FirstLine {
            salvaged: 1,
            register: self.register.to_string(),
            last: self.last,
            entries: self.entries.len(),
            lost: &self.lost,
        };
        let first = serde_json::to_string(&first).unwrap_or_default();
        std::iter::once(first).chain(self.entries.iter().map(Found::line))
    }
}

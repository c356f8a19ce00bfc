//! What can be on a disk after the power was cut: what was synced, and of what waited, anything.

use super::disk::{Content, Image, MemDisk, Op};
use super::states::seed;
use crate::chance::Chance;

/// At what sizes a write can be torn.
const TEARS: [usize; 3] = [4096, 512, 8];

/// What became of that which waited to be written.
#[derive(Debug, Clone, Copy)]
pub enum Data {
    None,
    All,
    Alone(usize),
    Without(usize),
    /// All before it, and of this one some pieces of that size.
    Torn(usize, usize),
    /// Any of it; of each write, perhaps some pieces only.
    Mixed,
}

/// One way in which the power can be cut.
#[derive(Debug, Clone, Copy)]
pub struct Crash {
    /// After so many operations.
    pub at: usize,
    pub data: Data,
    /// So many of the makings, renames and removals that wait have come about, the first ones.
    pub names: usize,
    pub seed: u64,
}

/// A walk along what was asked of a disk: what is safe by then, and what waits.
pub struct Walk<'a> {
    log: &'a [Op],
    at: usize,
    safe: Image,
    waiting: Vec<usize>,
    /// Makings, renames, removals; and the number of the file that a making made.
    names: Vec<(usize, usize)>,
    /// The last mark.
    pub mark: usize,
}

impl<'a> Walk<'a> {
    pub fn new(base: &Image, log: &'a [Op]) -> Self {
        Self { log, at: 0, safe: base.clone(), waiting: Vec::new(), names: Vec::new(), mark: 0 }
    }

    /// Goes on until after so many operations.
    pub fn to(&mut self, at: usize) {
        for n in self.at..at {
            match &self.log[n] {
                Op::Write { .. } | Op::SetLen { .. } => self.waiting.push(n),
                Op::Sync { file } => self.settle(*file, |_| true),
                Op::SyncFailed { file, kept } => self.settle(*file, |op| kept.contains(&op)),
                Op::Create { .. } => {
                    self.names.push((n, self.safe.files.len()));
                    self.safe.files.push(Content::default());
                }
                Op::Rename { .. } | Op::Remove { .. } => self.names.push((n, 0)),
                Op::SyncFolder => {
                    for (op, file) in std::mem::take(&mut self.names) {
                        named(&mut self.safe, &self.log[op], file);
                    }
                }
                Op::Mark(mark) => self.mark = *mark,
            }
        }
        self.at = at;
    }

    fn settle(&mut self, file: usize, kept: impl Fn(usize) -> bool) {
        let of = self.waiting(file);
        self.waiting.retain(|op| !of.contains(op));
        for op in of.into_iter().filter(|op| kept(*op)) {
            apply(&mut self.safe.files[file], &self.log[op]);
        }
    }

    /// What waits to be written to a file.
    pub fn waiting(&self, file: usize) -> Vec<usize> {
        self.waiting.iter().copied().filter(|op| of(&self.log[*op]) == Some(file)).collect()
    }

    pub fn with_all_that_waits(&self, file: usize) -> Content {
        let mut content = self.safe.files[file].clone();
        self.waiting(file).into_iter().for_each(|op| apply(&mut content, &self.log[op]));
        content
    }

    /// In how many ways that are listed one by one the power can be cut here.
    pub fn ways(&self) -> usize {
        let many = self.waiting.len();
        let data = if many == 0 { 1 } else { 2 + 2 * many + TEARS.len() * many };
        data * (self.names.len() + 1)
    }

    /// The `n`th of them.
    pub fn way(&self, n: usize, seed: u64) -> Crash {
        let (many, n, names) = (self.waiting.len(), n / (self.names.len() + 1), n % (self.names.len() + 1));
        let data = match n {
            0 => Data::None,
            1 => Data::All,
            n if n < 2 + many => Data::Alone(n - 2),
            n if n < 2 + 2 * many => Data::Without(n - 2 - many),
            n => Data::Torn((n - 2 - 2 * many) / TEARS.len(), TEARS[(n - 2 - 2 * many) % TEARS.len()]),
        };
        Crash { at: self.at, data, names, seed }
    }

    /// Any way at all.
    pub fn any(&self, chance: &mut Chance) -> Crash {
        Crash { at: self.at, data: Data::Mixed, names: chance.below(self.names.len() + 1), seed: chance.next() }
    }

    /// What is on the disk then.
    pub fn image(&self, crash: &Crash) -> Image {
        let mut image = self.safe.clone();
        let mut chance = Chance::new(crash.seed);
        for (n, op) in self.waiting.iter().enumerate() {
            let op = &self.log[*op];
            let Some(file) = of(op) else { continue };
            let content = &mut image.files[file];
            match crash.data {
                Data::None => {}
                Data::All => apply(content, op),
                Data::Alone(one) if one == n => apply(content, op),
                Data::Without(one) if one != n => apply(content, op),
                Data::Torn(one, size) if n == one => tear(content, op, size, &mut chance),
                Data::Torn(one, _) if n < one => apply(content, op),
                Data::Mixed => match chance.below(4) {
                    0 => {}
                    1 => {
                        let size = TEARS[chance.below(3)];
                        tear(content, op, size, &mut chance);
                    }
                    _ => apply(content, op),
                },
                _ => {}
            }
        }
        for (op, file) in self.names.iter().take(crash.names) {
            named(&mut image, &self.log[*op], *file);
        }
        image
    }
}

fn of(op: &Op) -> Option<usize> {
    match op {
        Op::Write { file, .. } | Op::SetLen { file, .. } => Some(*file),
        _ => None,
    }
}

fn apply(content: &mut Content, op: &Op) {
    match op {
        Op::Write { at, data, .. } => content.write(*at, data),
        Op::SetLen { len, .. } => content.set_len(*len),
        _ => {}
    }
}

/// Some pieces of a write, cut where the disk would cut them.
fn tear(content: &mut Content, op: &Op, size: usize, chance: &mut Chance) {
    let Op::Write { at, data, .. } = op else { return };
    // Either each piece by itself, or only up to some point.
    let until = chance.flip().then(|| chance.below(data.len() / size + 1) * size);
    let (mut from, mut at) = (0, *at);
    while from < data.len() {
        let piece = (data.len() - from).min(size - at as usize % size);
        if until.map_or_else(|| chance.flip(), |until| from < until) {
            content.write(at, &data[from..from + piece]);
        }
        (from, at) = (from + piece, at + piece as u64);
    }
}

fn named(image: &mut Image, op: &Op, file: usize) {
    match op {
        Op::Create { name } => {
            image.names.insert(name.clone(), file);
        }
        Op::Rename { from, to } => {
            if let Some(file) = image.names.remove(from) {
                image.names.insert(to.clone(), file);
            }
        }
        Op::Remove { name } => {
            image.names.remove(name);
        }
        _ => {}
    }
}

/// Disks as a cut may leave them after each operation of this one's log: some of the ways that are listed there and so many
/// by chance, each with the last mark before it. How many were shown.
pub fn each_cut(disk: &MemDisk, (listed, any): (usize, usize), mut each: impl FnMut(usize, &MemDisk, &Crash)) -> usize {
    let (base, log) = disk.log();
    let (mut walk, mut chance, mut states) = (Walk::new(&base, &log), Chance::new(seed()), 0);
    for at in 0..=log.len() {
        walk.to(at);
        let many = walk.ways();
        let listed = (0..many).step_by(1 + many / listed).map(|n| walk.way(n, 7 * n as u64 + 1));
        let any = (0..any).map(|_| walk.any(&mut chance));
        for crash in listed.chain(any).collect::<Vec<_>>() {
            states += 1;
            each(walk.mark, &MemDisk::of(walk.image(&crash)), &crash);
        }
    }
    println!("{} operations, {states} states", log.len());
    states
}

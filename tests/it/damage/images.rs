//! Damaged images of a file, each made by a seed.

use super::worked::Worked;
use crate::chance::Chance;

/// One image.
pub struct Image {
    pub kind: &'static str,
    /// Which it is, for whoever reads of a failure.
    pub name: String,
    change: Change,
}

/// Bytes, and where they are put.
type Parts = Vec<(usize, Vec<u8>)>;

enum Change {
    Put(Parts),
    Cut(usize),
    More(Vec<u8>),
}

impl Image {
    pub fn of(&self, bytes: &[u8]) -> Vec<u8> {
        let mut image = bytes.to_vec();
        match &self.change {
            Change::Put(parts) => parts.iter().for_each(|(at, part)| image[*at..at + part.len()].copy_from_slice(part)),
            Change::Cut(len) => image.truncate(*len),
            Change::More(more) => image.extend(more),
        }
        image
    }
}

pub struct Images<'a> {
    worked: &'a Worked,
    chance: Chance,
    /// Pages with something in them.
    used: Vec<usize>,
}

const PAGE: usize = 4096;

impl<'a> Images<'a> {
    pub fn new(worked: &'a Worked, seed: u64) -> Self {
        let pages = worked.bytes.chunks(PAGE).enumerate();
        let used = pages.filter(|(_, page)| page.iter().any(|byte| *byte != 0)).map(|(n, _)| n * PAGE).collect();
        Self { worked, chance: Chance::new(seed), used }
    }

    /// Where something is: in a used page, one time in eight in the header, one time in eight anywhere.
    fn somewhere(&mut self, size: usize) -> usize {
        let at = match self.chance.below(8) {
            0 => self.chance.below(320),
            1 => self.chance.below(self.worked.bytes.len()),
            _ => self.chance.pick(&self.used) + self.chance.below(PAGE),
        };
        at / size * size
    }

    pub fn bits(mut self, many: usize) -> Vec<Image> {
        (0..many)
            .map(|_| {
                let (at, bit) = (self.somewhere(1), self.chance.below(8));
                let byte = self.worked.bytes[at] ^ (1 << bit);
                Image {
                    kind: "bit",
                    name: format!("bit {bit} of byte {at}"),
                    change: Change::Put(vec![(at, vec![byte])]),
                }
            })
            .collect()
    }

    /// Zeroed, set, written to the wrong place, swapped; of every kind so many.
    pub fn sectors(&mut self, size: usize, many: usize) -> Vec<Image> {
        let mut images = Vec::new();
        let of = |at: usize, bytes: &[u8]| bytes[at..at + size].to_vec();
        for _ in 0..many {
            let (at, from) = (self.somewhere(size), self.somewhere(size));
            let bytes = &self.worked.bytes;
            let kinds: [(&'static str, &'static str, Parts); 4] = [
                ("512 zeroed", "4096 zeroed", vec![(at, vec![0; size])]),
                ("512 set", "4096 set", vec![(at, vec![0xFF; size])]),
                ("512 misdirected", "4096 misdirected", vec![(at, of(from, bytes))]),
                ("512 swapped", "4096 swapped", vec![(at, of(from, bytes)), (from, of(at, bytes))]),
            ];
            for (small, large, parts) in kinds {
                let kind = if size == 512 { small } else { large };
                images.push(Image { kind, name: format!("{kind} at {at} from {from}"), change: Change::Put(parts) });
            }
        }
        images
    }

    /// A write that was lost: a page, or a sector of it, as it was some acts before.
    pub fn stale(&mut self, many: usize) -> Vec<Image> {
        let mut images = Vec::new();
        while images.len() < many {
            let size = if self.chance.flip() { 512 } else { PAGE };
            let old = self.chance.below(self.worked.earlier.len());
            let at = self.somewhere(size);
            let (now, then) = (&self.worked.bytes, &self.worked.earlier[old]);
            let Some(then) = then.get(at..at + size).filter(|then| *then != &now[at..at + size]) else { continue };
            let name = format!("{size} stale at {at} of {old}");
            images.push(Image { kind: "stale", name, change: Change::Put(vec![(at, then.to_vec())]) });
        }
        images
    }

    /// Cut at pages, at sectors, anywhere; and with something after it.
    pub fn lengths(mut self, many: usize) -> Vec<Image> {
        let len = self.worked.bytes.len();
        let mut images: Vec<Image> = [0, 1, 9, 63, 64, 191, 192, 319, 320, 4095, 4096, 8192, len - 4096, len - 1]
            .into_iter()
            .chain((0..many).map(|n| self.somewhere([1, 512, PAGE][n % 3])))
            .map(|to| Image { kind: "cut", name: format!("cut at {to}"), change: Change::Cut(to) })
            .collect();
        for n in [1, 512, PAGE, 10 * PAGE, len] {
            let mut chance = Chance::new(n as u64);
            let garbage: Vec<u8> = (0..n).map(|_| chance.next() as u8).collect();
            let more = [
                ("zeros after it", vec![0; n]),
                ("garbage after it", garbage),
                ("itself after it", self.worked.bytes[..n].to_vec()),
            ];
            for (kind, more) in more {
                images.push(Image { kind, name: format!("{n} {kind}"), change: Change::More(more) });
            }
        }
        images
    }
}

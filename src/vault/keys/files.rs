//! The keys of the files: one flat sorted list, in one place that never grows, found by halving.

use std::fmt;
use std::ops::{Deref, DerefMut};

use zeroize::Zeroizing;

use super::super::keyring::KeysFault;
use super::super::tags;
use super::super::{Fault, Keep, KeyId, Random, Whose};
use super::Keys;

/// The tag key and the directory key.
const FRONT: usize = 64;
/// `key id 16 | key 32`.
const ROW: usize = 48;

/// `tag key 32 | directory key 32 | rows in the order of their ids`, as it is sealed.
#[derive(Clone)]
pub(crate) struct Files(Wiped);

/// Bytes that are wiped when they go. Whole, not byte by byte as `Zeroizing` does it: that takes longer than opening
/// them. What follows the wiping looks at the bytes, so that no compiler leaves it out.
#[derive(Clone)]
struct Wiped(Vec<u8>);

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.fill(0);
        std::hint::black_box(self.0.as_mut_slice());
    }
}

impl Deref for Wiped {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Files {
    /// Of a new register.
    pub(super) fn new(random: &dyn Random) -> Result<Self, Fault> {
        let mut bytes = Wiped(vec![0; FRONT]);
        random.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// As it was sealed, if it is in order.
    pub(crate) fn read(bytes: Vec<u8>) -> Option<Self> {
        let files = Self(Wiped(bytes));
        let (rows, rest) = files.0.get(FRONT..)?.as_chunks::<ROW>();
        let sorted = rows.is_sorted_by(|one, next| id(one) < id(next));
        (rest.is_empty() && sorted).then_some(files)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key of the tags, the same for ever.
    pub(crate) fn tag(&self) -> &[u8; 32] {
        self.0.first_chunk().unwrap_or(&[0; 32])
    }

    pub(super) fn directory(&self) -> &[u8; 32] {
        self.0.get(32..).and_then(<[u8]>::first_chunk).unwrap_or(&[0; 32])
    }

    /// Another key for the directory.
    pub(super) fn new_directory(&mut self, random: &dyn Random) -> Result<(), Fault> {
        self.0.get_mut(32..FRONT).map_or(Ok(()), |key| random.fill(key))
    }

    fn rows(&self) -> &[[u8; ROW]] {
        self.0.get(FRONT..).unwrap_or_default().as_chunks().0
    }

    /// The id of a file's key.
    pub(crate) fn id(&self, whose: &Whose) -> KeyId {
        let keep = match whose.keep {
            Keep::Ordinary => 0,
            Keep::Lasting => 1,
        };
        KeyId(tags::keyed(self.tag(), &[4, keep], &whose.file))
    }

    /// The key of an id, if it is there.
    pub(crate) fn find(&self, key: &KeyId) -> Option<&[u8; 32]> {
        let rows = self.rows();
        let at = rows.binary_search_by(|row| id(row).cmp(&key.0)).ok()?;
        rows.get(at)?.last_chunk()
    }

    /// Puts rows in, in one new place; the old one is wiped.
    fn insert(&mut self, mut new: Zeroizing<Vec<[u8; ROW]>>) {
        new.sort_unstable();
        let mut place = Wiped(Vec::with_capacity(self.0.len() + new.len() * ROW));
        place.extend_from_slice(self.0.get(..FRONT).unwrap_or_default());
        let mut old = self.rows();
        for row in new.iter() {
            let (before, after) = old.split_at(old.partition_point(|other| id(other) < id(row)));
            place.extend_from_slice(before.as_flattened());
            place.extend_from_slice(row);
            old = after;
        }
        place.extend_from_slice(old.as_flattened());
        self.0 = place;
    }

    /// Takes a row out; its bytes are wiped.
    fn remove(&mut self, key: &KeyId) -> bool {
        let Ok(at) = self.rows().binary_search_by(|row| id(row).cmp(&key.0)) else { return false };
        let mut place = Wiped(Vec::with_capacity(self.0.len()));
        let (before, after) = self.0.split_at((FRONT + at * ROW).min(self.0.len()));
        place.extend_from_slice(before);
        place.extend_from_slice(after.get(ROW..).unwrap_or_default());
        self.0 = place;
        true
    }
}

/// Which key it is.
fn id(row: &[u8; ROW]) -> [u8; 16] {
    row.first_chunk().copied().unwrap_or_default()
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.rows().len())
    }
}

impl Keys {
    /// Whether this file has the key that its content is sealed under.
    pub fn has_file(&self, whose: &Whose) -> bool {
        self.files.find(&self.files.id(whose)).is_some()
    }

    /// How many keys of files there are.
    pub fn file_keys(&self) -> usize {
        self.files.rows().len()
    }

    /// Makes both keys of a file that has none yet: whether any was made.
    ///
    /// # Errors
    /// [`KeysFault::Sealing`].
    pub fn ensure_file(&mut self, file: &[u8; 17], random: &dyn Random) -> Result<bool, KeysFault> {
        Ok(self.ensure_files(&[*file], random)? > 0)
    }

    /// Makes both keys of each of these files that has none yet, in one go: how many keys were made.
    ///
    /// # Errors
    /// [`KeysFault::Sealing`].
    pub fn ensure_files(&mut self, files: &[[u8; 17]], random: &dyn Random) -> Result<usize, KeysFault> {
        let whose =
            files.iter().flat_map(|file| [Keep::Ordinary, Keep::Lasting].map(|keep| Whose { file: *file, keep }));
        let mut lack: Vec<KeyId> = whose.map(|whose| self.files.id(&whose)).collect();
        lack.sort_unstable();
        lack.dedup();
        lack.retain(|key| self.files.find(key).is_none());
        let mut rows = Zeroizing::new(vec![[0; ROW]; lack.len()]);
        for (row, key) in rows.iter_mut().zip(&lack) {
            let (id, rest) = row.split_at_mut(16);
            id.copy_from_slice(&key.0);
            random.fill(rest)?;
        }
        let made = lack.len();
        if made > 0 {
            self.files.insert(rows);
            self.changed = true;
        }
        Ok(made)
    }

    /// Destroys one key of a file: what was sealed under it opens no more, once no older keyring is left anywhere.
    /// Whether it was there.
    pub fn drop_file(&mut self, whose: &Whose) -> bool {
        let dropped = self.files.remove(&self.files.id(whose));
        self.changed |= dropped;
        dropped
    }
}

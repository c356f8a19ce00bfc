//! The tags that rows are found by: sixteen bytes of a keyed hash.

use super::TagOf;

/// The tag of a day or a file under a register's key.
pub(super) fn tag(key: &[u8; 32], of: TagOf) -> [u8; 16] {
    match &of {
        TagOf::Day(day) => keyed(key, &[1], day),
        TagOf::NoDay(id) => keyed(key, &[2], id),
        TagOf::File(file) => keyed(key, &[3], file),
    }
}

/// The first sixteen bytes. `kind`: 1 day, 2 no day, 3 file, 4 with its keep: the id of a file's key.
pub(super) fn keyed(key: &[u8; 32], kind: &[u8], of: &[u8]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(kind);
    hasher.update(of);
    hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default()
}

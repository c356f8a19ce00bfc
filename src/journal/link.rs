//! The rule of the link: over bytes as they are stored, so that anyone may check it, with no key.
//!
//! `link[n] = H(register, n, link[n-1], H(id, tags, shell), H(body))`, where the outer `H` is BLAKE3's key derivation
//! under [`CONTEXT`] and the inner ones are plain BLAKE3. Every part but the shell, which is last in its hash, is of
//! one length, so that no two rows read as the same bytes.

use std::sync::LazyLock;

use blake3::hazmat::{ContextKey, HasherExt, hash_derive_key_context};

use super::kept::{Digest, EntryId, Link, RegisterId, Row, Seq, Tag};

/// The context of the outer hash: for ever.
pub const CONTEXT: &str = "doorbook journal link v1";

/// BLAKE3 of a body.
pub fn digest(body: &[u8]) -> Digest {
    Digest(*blake3::hash(body).as_bytes())
}

/// The link of a row in its place.
pub fn of(register: RegisterId, seq: Seq, before: Link, row: &Row) -> Link {
    join(register, seq, before, &cover(row.id, &row.tags, &row.shell), &row.body.digest())
}

/// BLAKE3 of all that stays when a body is disposed of: 16 bytes of id, 2 tags of 16, the shell.
pub fn cover(id: EntryId, tags: &[Tag; 2], shell: &[u8]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&id.0);
    for tag in tags {
        hasher.update(&tag.0);
    }
    hasher.update(shell);
    Digest(*hasher.finalize().as_bytes())
}

/// What BLAKE3 makes of [`CONTEXT`], once: its own way of deriving many keys in one context.
fn context() -> &'static ContextKey {
    static KEY: LazyLock<ContextKey> = LazyLock::new(|| hash_derive_key_context(CONTEXT));
    &KEY
}

/// The link from its parts.
pub fn join(register: RegisterId, seq: Seq, before: Link, cover: &Digest, body: &Digest) -> Link {
    let mut hasher = blake3::Hasher::new_from_context_key(context());
    hasher.update(&register.0);
    hasher.update(&seq.0.to_le_bytes());
    hasher.update(&before.0);
    hasher.update(&cover.0);
    hasher.update(&body.0);
    Link(*hasher.finalize().as_bytes())
}

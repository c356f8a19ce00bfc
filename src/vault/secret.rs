//! Thirty-two secret bytes: in a box of their own that never moves or grows, wiped when it goes.

use std::fmt;

use zeroize::Zeroize;

use super::{Fault, Random};

/// A key, or what keys are made of.
#[derive(Clone)]
pub struct Secret(Box<[u8; 32]>);

impl Secret {
    /// An empty place, for [`Secret::bytes_mut`].
    pub(super) fn blank() -> Self {
        Self(Box::new([0; 32]))
    }

    /// A new random one.
    pub(super) fn random(random: &dyn Random) -> Result<Self, Fault> {
        let mut secret = Self::blank();
        random.fill(&mut secret.0[..])?;
        Ok(secret)
    }

    /// Takes a copy; the caller wipes the original.
    pub(super) fn copy(bytes: &[u8; 32]) -> Self {
        let mut secret = Self::blank();
        secret.0.copy_from_slice(bytes);
        secret
    }

    /// Of what was opened, if it has the length.
    pub(super) fn of(opened: &[u8]) -> Option<Self> {
        opened.try_into().ok().map(Self::copy)
    }

    /// BLAKE3's key derivation, for one purpose.
    pub(super) fn derived(context: &str, material: &Self) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        hasher.update(material.bytes());
        Self::end(&hasher)
    }

    /// BLAKE3 keyed with this, over these parts one after the other.
    pub(super) fn keyed(&self, parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in parts {
            hasher.update(part);
        }
        Self::end(&hasher)
    }

    fn end(hasher: &blake3::Hasher) -> Self {
        let mut secret = Self::blank();
        hasher.finalize_xof().fill(&mut secret.0[..]);
        secret
    }

    /// The bytes, for a cipher.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

/// Wipes what was opened and is done with. Whole, not byte by byte as `zeroize` does it, which takes longer than opening it;
/// what follows looks at the bytes, so that no compiler leaves it out.
pub fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    std::hint::black_box(bytes);
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BLAKE3's own `test_vectors.json`, of no input and of one zero byte.
    #[test]
    fn blake3_as_its_makers_have_it() {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let key = Secret::copy(b"whats the Elvish word for friend");
        let keyed = "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26";
        assert_eq!(hex(key.keyed(&[]).bytes()), keyed);
        let derived = "2cc39783c223154fea8dfb7c1b1660f2ac2dcbd1c1de8277b0b0dd39b7e50d7d";
        let context = "BLAKE3 2019-12-27 16:29:52 test vectors context";
        assert_eq!(hex(&blake3::derive_key(context, &[])), derived);
        assert_eq!(Secret::derived(context, &key).bytes(), &blake3::derive_key(context, key.bytes()));
        assert_eq!(key.keyed(&[&[1], &[2, 3]]).bytes(), blake3::keyed_hash(key.bytes(), &[1, 2, 3]).as_bytes());
        let one = "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213";
        assert_eq!(hex(blake3::hash(&[0]).as_bytes()), one);
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret::copy(&[65; 32])), "Secret");
    }
}

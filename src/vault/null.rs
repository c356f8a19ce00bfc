//! Seals nothing, in the shape of what will: for practice registers, until people have keys.

use super::{BodyBound, Envelope, Fault, KeyId, Opened, Sealer, ShellBound, TagOf, Whose};

/// The method's number in an envelope.
const METHOD: u8 = 0;
/// The context of the tag key of a register without keys: for ever.
const CONTEXT: &str = "doorbook null sealer tag key v1";

/// Everything lies open. Tags are still keyed, by the register's id, so that two registers share none.
#[derive(Debug, Clone)]
pub struct NullSealer {
    tags: [u8; 32],
}

impl NullSealer {
    /// For one register.
    pub fn new(register: [u8; 16]) -> Self {
        Self { tags: blake3::derive_key(CONTEXT, &register) }
    }
}

fn seal(plain: &[u8]) -> Vec<u8> {
    Envelope { method: METHOD, key: KeyId([0; 16]), payload: plain }.write()
}

fn open(sealed: &[u8]) -> Result<Opened, Fault> {
    let envelope = Envelope::read(sealed)?;
    // Sealed by a later method: this sealer has no key for it.
    Ok(if envelope.method == METHOD { Opened::Open(envelope.payload.to_vec()) } else { Opened::Closed })
}

impl Sealer for NullSealer {
    fn seal_body(&self, _whose: &Whose, _bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(seal(plain))
    }

    fn open_body(&self, _bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        open(sealed)
    }

    fn seal_shell(&self, _bound: &ShellBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(seal(plain))
    }

    fn open_shell(&self, _bound: &ShellBound, sealed: &[u8]) -> Result<Opened, Fault> {
        open(sealed)
    }

    fn tag(&self, of: TagOf) -> [u8; 16] {
        let (kind, of): (u8, &[u8]) = match &of {
            TagOf::Day(day) => (1, day),
            TagOf::NoDay(id) => (2, id),
            TagOf::File(file) => (3, file),
        };
        let mut material = [kind; 18];
        for (byte, of) in material.iter_mut().skip(1).zip(of) {
            *byte = *of;
        }
        let whole = material.get(..=of.len()).unwrap_or(&material);
        blake3::keyed_hash(&self.tags, whole).as_bytes().first_chunk().copied().unwrap_or_default()
    }
}

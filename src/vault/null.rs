//! Seals nothing, in the shape of what does: for registers whose people have no keys.

use super::envelope::method;
use super::tags;
use super::{BodyBound, Envelope, FORMAT, Fault, Group, KeyId, Opened, Sealer, ShellBound, TagOf, Whose};

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
    Envelope { format: FORMAT, method: method::OPEN, key: KeyId([0; 16]), payload: plain }.write()
}

fn open(sealed: &[u8]) -> Result<Opened, Fault> {
    let envelope = Envelope::read(sealed)?;
    // Sealed by a later method: this sealer has no key for it.
    Ok(if envelope.is_open() { Opened::Open(envelope.payload.to_vec()) } else { Opened::Closed })
}

impl Sealer for NullSealer {
    fn format(&self) -> u8 {
        FORMAT
    }

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

    fn seal_plain(&self, plain: &[u8]) -> Vec<u8> {
        seal(plain)
    }

    fn seal_account(&self, _group: Group, _bound: &BodyBound, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(seal(plain))
    }

    fn open_account(&self, _bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        open(sealed)
    }

    fn tag(&self, of: TagOf) -> [u8; 16] {
        tags::tag(&self.tags, of)
    }
}

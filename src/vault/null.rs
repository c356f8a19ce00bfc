//! Seals nothing, in the shape of what does: for registers whose people have no keys.

use super::envelope::method;
use super::tags;
use super::{BodyBound, Envelope, FORMAT, Fault, Group, KeyId, Opened, Sealer, ShellBound, TagOf, Whose};

/// The context of the tag key of a register without keys: for ever.
const CONTEXT: &str = "doorbook null sealer tag key v1";

/// The context of the key that values of the directory are checked by.
const SHELF: &str = "doorbook directory check v1";
/// Bytes of such a check.
const CHECK: usize = 16;

/// Everything lies open. Tags are still keyed, by the register's id, so that two registers share none.
#[derive(Debug, Clone)]
pub struct NullSealer {
    tags: [u8; 32],
    shelf: [u8; 32],
}

impl NullSealer {
    /// For one register.
    pub fn new(register: [u8; 16]) -> Self {
        Self { tags: blake3::derive_key(CONTEXT, &register), shelf: blake3::derive_key(SHELF, &register) }
    }

    /// A check of a value of the directory: against damage, not against anybody.
    fn check(&self, place: &[u8], plain: &[u8]) -> [u8; CHECK] {
        let mut hasher = blake3::Hasher::new_keyed(&self.shelf);
        hasher.update(&u64::try_from(place.len()).unwrap_or(u64::MAX).to_le_bytes()).update(place).update(plain);
        let mut check = [0; CHECK];
        hasher.finalize_xof().fill(&mut check);
        check
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

    fn seal_decoy(&self, _group: Group, _bound: &BodyBound, _plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Err(Fault::NoKey)
    }

    fn open_account(&self, _bound: &BodyBound, sealed: &[u8]) -> Result<Opened, Fault> {
        open(sealed)
    }

    /// A check over the place and the value, and the value.
    fn seal_shelf(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut value = Vec::with_capacity(CHECK + plain.len());
        value.extend_from_slice(&self.check(place, plain));
        value.extend_from_slice(plain);
        Ok(value)
    }

    fn open_shelf(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let (check, plain) = sealed.split_first_chunk::<CHECK>().ok_or(Fault::Damaged)?;
        if *check == self.check(place, plain) { Ok(plain.to_vec()) } else { Err(Fault::Damaged) }
    }

    fn tag(&self, of: TagOf) -> [u8; 16] {
        tags::tag(&self.tags, of)
    }
}

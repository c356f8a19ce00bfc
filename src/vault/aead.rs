//! XChaCha20-Poly1305 over bytes in place; the nonce is drawn anew each time.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Key, Tag, XChaCha20Poly1305, XNonce};

use super::secret::Secret;
use super::{Fault, Random, random};

/// Bytes of a nonce.
pub(super) const NONCE: usize = 24;
/// Bytes by which what is sealed is longer.
pub(super) const TAG: usize = 16;

/// Seals, and puts it behind what is there already: `... | what is sealed | tag 16`.
pub(super) fn append(
    key: &Secret,
    bound: &[u8],
    nonce: &[u8; NONCE],
    plain: &[u8],
    sealed: &mut Vec<u8>,
) -> Result<(), Fault> {
    sealed.reserve_exact(plain.len() + TAG);
    let from = sealed.len();
    sealed.extend_from_slice(plain);
    let body = sealed.get_mut(from..).unwrap_or_default();
    let tag = cipher(key).encrypt_inout_detached(&XNonce::from(*nonce), bound, body.into());
    sealed.extend_from_slice(&tag.map_err(|_| Fault::Damaged)?);
    Ok(())
}

/// Seals thirty-two bytes: a new nonce, and what is sealed.
pub(super) fn seal_key(
    key: &Secret,
    bound: &[u8],
    plain: &Secret,
    random: &dyn Random,
) -> Result<([u8; NONCE], [u8; 48]), Fault> {
    let nonce = random::open(random)?;
    let mut sealed = Vec::new();
    append(key, bound, &nonce, plain.bytes(), &mut sealed)?;
    Ok((nonce, sealed.try_into().map_err(|_| Fault::Damaged)?))
}

/// Opens thirty-two bytes.
pub(super) fn open_key(key: &Secret, bound: &[u8], nonce: &[u8; NONCE], sealed: &[u8; 48]) -> Result<Secret, Fault> {
    let (body, tag) = sealed.split_last_chunk::<TAG>().ok_or(Fault::Damaged)?;
    let mut opened = Secret::of(body).ok_or(Fault::Damaged)?;
    decrypt(key, bound, nonce, &mut opened.bytes_mut()[..], tag)?;
    Ok(opened)
}

/// Opens `sealed | tag 16`; what it gives never had room for more.
pub(super) fn open(key: &Secret, bound: &[u8], nonce: &[u8; NONCE], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let (body, tag) = sealed.split_last_chunk::<TAG>().ok_or(Fault::Damaged)?;
    let mut opened = body.to_vec();
    decrypt(key, bound, nonce, &mut opened, tag)?;
    Ok(opened)
}

fn decrypt(key: &Secret, bound: &[u8], nonce: &[u8; NONCE], body: &mut [u8], tag: &[u8; TAG]) -> Result<(), Fault> {
    let opened = cipher(key).decrypt_inout_detached(&XNonce::from(*nonce), bound, body.into(), &Tag::from(*tag));
    opened.map_err(|_| Fault::Damaged)
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    let key: &Key = key.bytes().into();
    XChaCha20Poly1305::new(key)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// draft-irtf-cfrg-xchacha-03, A.3.1.
    #[test]
    fn xchacha_a_3_1() {
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                      sunscreen would be it.";
        let said = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39\
                    ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
                    21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";
        let key = Secret::of(&(0x80..0xa0).collect::<Vec<u8>>()).unwrap();
        let nonce: [u8; 24] = std::array::from_fn(|at| 0x40 + at as u8);
        let bound = bytes("50515253c0c1c2c3c4c5c6c7");
        let mut sealed = vec![9];
        append(&key, &bound, &nonce, plain, &mut sealed).unwrap();
        assert_eq!(sealed[0], 9);
        assert_eq!(sealed[1..], bytes(said));
        assert_eq!(open(&key, &bound, &nonce, &sealed[1..]).unwrap(), plain);
        for at in 1..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 1;
            assert_eq!(open(&key, &bound, &nonce, &bad[1..]), Err(Fault::Damaged));
        }
        assert_eq!(open(&key, &bound[1..], &nonce, &sealed[1..]), Err(Fault::Damaged));
        assert_eq!(open(&key, &bound, &nonce, &sealed[1..16]), Err(Fault::Damaged));
    }
}

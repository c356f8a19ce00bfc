//! Sealing to somebody's public key: HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.

use curve25519_dalek::MontgomeryPoint;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};

use zeroize::Zeroizing;

use super::secret::Secret;
use super::{Fault, Id, Random};

type X25519 = X25519HkdfSha256;
type PrivateKey = <X25519 as Kem>::PrivateKey;
type PublicKey = <X25519 as Kem>::PublicKey;
type Encapped = <X25519 as Kem>::EncappedKey;

/// A key that is sealed to somebody: `its own public key 32 | the key 32 | tag 16`.
pub(super) type Wrapped = [u8; 80];

/// Bytes by which what is sealed is longer, beside the 32 of its own public key.
const TAG: usize = 16;

/// What is sealed: one purpose never opens as another.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    House = 1,
    Group = 2,
    Account = 3,
}

/// Where a sealed thing belongs.
pub(super) struct Place<'a> {
    pub(super) what: What,
    pub(super) register: &'a Id,
    pub(super) bound: &'a [u8],
}

impl Place<'_> {
    fn info(&self) -> [u8; 33] {
        let mut info = [0; 33];
        let parts = b"doorbook hpke v1".iter().copied().chain([self.what as u8]).chain(*self.register);
        info.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
        info
    }
}

/// The public key of a private one.
pub(super) fn public(private: &Secret) -> Result<[u8; 32], Fault> {
    Ok(X25519::sk_to_pk(&read_private(private)?).to_bytes().into())
}

/// Seals to a public key: `its own public key 32 | what is sealed | tag 16`.
pub(super) fn seal(to: &[u8; 32], place: &Place<'_>, plain: &[u8], random: &dyn Random) -> Result<Vec<u8>, Fault> {
    let to = PublicKey::from_bytes(to).map_err(|_| Fault::NoKey)?;
    let mut drawn = Drawn(Secret::random(random)?);
    let sealed = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &OpModeS::Base,
        &to,
        &place.info(),
        plain,
        place.bound,
        &mut drawn,
    );
    // A public key that no secret belongs to, which somebody has put in the place of a real one.
    let (own, sealed) = sealed.map_err(|_| Fault::NoKey)?;
    let mut whole = Vec::with_capacity(32 + plain.len() + TAG);
    whole.extend_from_slice(&own.to_bytes());
    whole.extend_from_slice(&sealed);
    Ok(whole)
}

/// Can anything be sealed to this public key? One of low order is nobody's, and HPKE refuses it: eight times such a point
/// is nothing (RFC 7748, section 5: the cofactors of the curve and of its twist are 8 and 4).
pub fn can_seal_to(public: &[u8; 32]) -> bool {
    let eight = [true, false, false, false];
    MontgomeryPoint(*public).mul_bits_be(eight.into_iter()) != MontgomeryPoint([0; 32])
}

/// Opens what was sealed to this private key.
pub(super) fn open(private: &Secret, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let (own, sealed) = sealed.split_first_chunk::<32>().ok_or(Fault::Damaged)?;
    let own = Encapped::from_bytes(own).map_err(|_| Fault::Damaged)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &OpModeR::Base,
        &read_private(private)?,
        &own,
        &place.info(),
        sealed,
        place.bound,
    )
    .map_err(|_| Fault::Damaged)
}

/// Seals a key.
pub(super) fn seal_key(to: &[u8; 32], place: &Place<'_>, key: &Secret, random: &dyn Random) -> Result<Wrapped, Fault> {
    let sealed = seal(to, place, key.bytes(), random)?;
    sealed.try_into().map_err(|_| Fault::Damaged)
}

/// Opens a key.
pub(super) fn open_key(private: &Secret, place: &Place<'_>, sealed: &Wrapped) -> Result<Secret, Fault> {
    let opened = Zeroizing::new(open(private, place, sealed)?);
    Secret::of(&opened).ok_or(Fault::Damaged)
}

fn read_private(private: &Secret) -> Result<PrivateKey, Fault> {
    PrivateKey::from_bytes(private.bytes()).map_err(|_| Fault::NoKey)
}

/// What was drawn before, handed to HPKE: the material of its own key pair (RFC 9180 7.1.3). It asks once, for 32 bytes.
struct Drawn(Secret);

impl Drawn {
    fn next(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            chunk.iter_mut().zip(self.0.bytes()).for_each(|(byte, drawn)| *byte = *drawn);
            self.0 = Secret::derived("doorbook hpke drawn again v1", &self.0);
        }
    }
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.next(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.next(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.next(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// What cannot be sealed to is what HPKE refuses: the points of low order, in each of their forms, and no other.
    #[test]
    fn nothing_is_sealed_to_a_point_of_low_order() {
        struct Same;
        impl Random for Same {
            fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
                bytes.fill(1);
                Ok(())
            }
        }
        let seals = |public: &[u8; 32]| {
            seal(public, &Place { what: What::House, register: &[0; 16], bound: &[] }, &[], &Same).is_ok()
        };
        let low = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        for mut point in low.map(|hex| bytes(hex).try_into().unwrap()) {
            assert_eq!((seals(&point), can_seal_to(&point)), (false, false), "{point:?}");
            // The highest bit does not count.
            point[31] ^= 0x80;
            assert_eq!((seals(&point), can_seal_to(&point)), (false, false), "{point:?}");
        }
        // Half of these are of the curve, half of its twist.
        for of in 0..100u8 {
            let point = *blake3::hash(&[of]).as_bytes();
            assert_eq!((seals(&point), can_seal_to(&point)), (true, true), "{point:?}");
        }
    }

    /// RFC 9180 A.2.1: key pairs, and what the crate makes of them with the RFC's info, text and aad.
    #[test]
    fn rfc_9180_a_2() {
        let material = bytes("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
        let secret = bytes("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
        let public = bytes("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
        let info = bytes("4f6465206f6e2061204772656369616e2055726e");
        let plain = bytes("4265617574792069732074727574682c20747275746820626561757479");
        let aad = bytes("436f756e742d30");
        let mut drawn = Drawn(Secret::of(&material).unwrap());
        let (own, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeS::Base,
            &PublicKey::from_bytes(&public).unwrap(),
            &info,
            &plain,
            &aad,
            &mut drawn,
        )
        .unwrap();
        assert_eq!(own.to_bytes()[..], bytes("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"));
        let said = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
        assert_eq!(sealed, bytes(said));
        let private = Secret::of(&secret).unwrap();
        assert_eq!(super::public(&private).unwrap()[..], public);
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeR::Base,
            &read_private(&private).unwrap(),
            &own,
            &info,
            &sealed,
            &aad,
        );
        assert_eq!(opened.unwrap(), plain);
    }
}

//! Signed notes as C2SP has them (c2sp.org/signed-note): a text, and lines below it with who signed.
//!
//! `text\n` · an empty line · a line for each signature: `— NAME BASE64(key id 4 | signature 64)`. The key id is the
//! first four bytes of SHA-256 over `name | 0x0a | 0x01 | public key 32`; what is signed is the text with its last
//! line end.

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// What a signature's line begins with.
const DASH: &str = "\u{2014} ";
/// Ed25519, in a key id.
const ALGORITHM: u8 = 1;
/// Letters and digits that nobody takes for another.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a note is not signed, or its signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// A text ends with a line end, and holds no other control characters.
    #[error("this text cannot be signed")]
    Text,
    /// A name has letters, and neither white space nor a plus sign.
    #[error("nobody can sign by this name")]
    Name,
    /// Not the form of a signed note.
    #[error("this is no signed note")]
    Form,
    /// No line has this name with this key.
    #[error("this note is not signed by that key")]
    NotTheirs,
    /// The signature is not of this text.
    #[error("the note's signature does not agree with its text")]
    Forged,
}

/// Signs a text.
pub(super) fn sign(text: &str, name: &str, key: &SigningKey) -> Result<String, NoteFault> {
    if !text.ends_with('\n') || text.chars().any(|c| c != '\n' && c.is_control()) {
        return Err(NoteFault::Text);
    }
    Ok(format!("{text}\n{}", line(text, name, key)?))
}

/// Puts another signature below.
pub(super) fn cosign(note: &str, name: &str, key: &SigningKey) -> Result<String, NoteFault> {
    let (text, _) = parts(note)?;
    Ok(format!("{note}{}", line(text, name, key)?))
}

/// The text of a note that this key has signed by this name.
///
/// # Errors
/// [`NoteFault`].
pub fn verify<'a>(note: &'a str, name: &str, public: &[u8; 32]) -> Result<&'a str, NoteFault> {
    let (text, lines) = parts(note)?;
    let id = key_id(name, public);
    let key = VerifyingKey::from_bytes(public).map_err(|_| NoteFault::NotTheirs)?;
    let mut theirs = Err(NoteFault::NotTheirs);
    for line in lines.lines() {
        let (signer, signed) = line.strip_prefix(DASH).and_then(|line| line.split_once(' ')).ok_or(NoteFault::Form)?;
        let mut bytes = [0; 68];
        let signed = Base64::decode(signed, &mut bytes).map_err(|_| NoteFault::Form)?;
        let (line_id, signature) = signed.split_first_chunk::<4>().ok_or(NoteFault::Form)?;
        if signer != name || *line_id != id {
            continue;
        }
        let signature = Signature::from_slice(signature).map_err(|_| NoteFault::Form)?;
        key.verify_strict(text.as_bytes(), &signature).map_err(|_| NoteFault::Forged)?;
        theirs = Ok(text);
    }
    theirs
}

/// The key as others' tools take it: `NAME+ID+BASE64`.
///
/// # Errors
/// [`NoteFault::Name`].
pub fn verifier(name: &str, public: &[u8; 32]) -> Result<String, NoteFault> {
    named(name)?;
    let mut key = [ALGORITHM; 33];
    key.iter_mut().skip(1).zip(public).for_each(|(byte, public)| *byte = *public);
    let id: String = key_id(name, public).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{name}+{id}+{}", Base64::encode_string(&key)))
}

/// What stands on paper for a note: the first 120 bits of its BLAKE3, as 24 letters and digits in groups of four.
pub fn fingerprint(note: &str) -> String {
    let hash = blake3::hash(note.as_bytes());
    let bits = hash.as_bytes().iter().take(15).fold((0u128, 0), |(bits, _), byte| (bits << 8 | u128::from(*byte), 0)).0;
    let mut text = String::with_capacity(29);
    for at in 0..24 {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        let five = usize::try_from(bits >> (115 - 5 * at) & 31).unwrap_or_default();
        text.push(CROCKFORD.get(five).copied().map_or('0', char::from));
    }
    text
}

/// A fingerprint as [`fingerprint`] writes it, from one that was copied by hand: O is 0, I and L are 1, and how it is
/// parted does not count. `None`: it is none.
pub fn read_fingerprint(typed: &str) -> Option<String> {
    let mut text = String::with_capacity(29);
    let mut count = 0;
    for c in typed.chars().filter(|c| !super::words::parts(*c)) {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        if count == 24 || !u8::try_from(c).is_ok_and(|c| CROCKFORD.contains(&c)) {
            return None;
        }
        if count > 0 && count % 4 == 0 {
            text.push('-');
        }
        text.push(c);
        count += 1;
    }
    (count == 24).then_some(text)
}

fn line(text: &str, name: &str, key: &SigningKey) -> Result<String, NoteFault> {
    named(name)?;
    let id = key_id(name, &key.verifying_key().to_bytes());
    let signed = [&id[..], &key.sign(text.as_bytes()).to_bytes()].concat();
    Ok(format!("{DASH}{name} {}\n", Base64::encode_string(&signed)))
}

fn named(name: &str) -> Result<(), NoteFault> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.chars().any(odd) { Err(NoteFault::Name) } else { Ok(()) }
}

/// The text with its last line end, and the lines of who signed.
fn parts(note: &str) -> Result<(&str, &str), NoteFault> {
    let at = note.rfind("\n\n").ok_or(NoteFault::Form)?;
    let (text, lines) = (note.get(..=at), note.get(at + 2..));
    match (text, lines) {
        (Some(text), Some(lines)) if lines.ends_with('\n') => Ok((text, lines)),
        _ => Err(NoteFault::Form),
    }
}

fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([b'\n', ALGORITHM]);
    hash.update(public);
    let hash: [u8; 32] = hash.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> [u8; 32] {
        std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
    }

    /// RFC 8032 7.1, test 3.
    #[test]
    fn rfc_8032() {
        let key = SigningKey::from_bytes(&bytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
        let public = bytes("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        assert_eq!(key.verifying_key().to_bytes(), public);
        let said = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c\
                    15e9716ed28dc027beceea1ec40a";
        let hex: String = key.sign(&[0xaf, 0x82]).to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, said);
    }

    /// The example of c2sp.org/signed-note and of Go's `sumdb/note`.
    #[test]
    fn the_standards_own_note() {
        let note = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n\n\
                    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let mut key = [0; 33];
        Base64::decode(vkey.rsplit('+').next().unwrap(), &mut key).unwrap();
        let public: [u8; 32] = key[1..].try_into().unwrap();
        assert_eq!(verifier("PeterNeumann", &public).unwrap(), vkey);
        assert!(verify(note, "PeterNeumann", &public).unwrap().ends_with("problem is.\n"));
        assert_eq!(verify(&note.replace("answer", "anwser"), "PeterNeumann", &public), Err(NoteFault::Forged));
        assert_eq!(verify(note, "Peter", &public), Err(NoteFault::NotTheirs));
        let signer = SigningKey::from_bytes(&[7; 32]);
        let twice = cosign(note, "witness", &signer).unwrap();
        assert!(verify(&twice, "PeterNeumann", &public).is_ok());
        assert!(verify(&twice, "witness", &signer.verifying_key().to_bytes()).is_ok());
    }

    #[test]
    fn what_cannot_be_signed_is_refused() {
        let key = SigningKey::from_bytes(&[7; 32]);
        for (text, name, fault) in [
            ("no line end", "desk", NoteFault::Text),
            ("a\ttab\n", "desk", NoteFault::Text),
            ("text\n", "", NoteFault::Name),
            ("text\n", "two words", NoteFault::Name),
            ("text\n", "a+b", NoteFault::Name),
        ] {
            assert_eq!(sign(text, name, &key), Err(fault));
        }
        let public = key.verifying_key().to_bytes();
        for bad in [
            "",
            "text\n",
            "text\n\n",
            "text\n\nnobody\n",
            "text\n\n\u{2014} desk !!!!\n",
            "text\n\n\u{2014} desk AAAA\n",
        ] {
            assert!(verify(bad, "desk", &public).is_err(), "{bad:?}");
        }
        let note = sign("a\n\nb\n", "desk", &key).unwrap();
        assert_eq!(verify(&note, "desk", &public), Ok("a\n\nb\n"));
    }

    #[test]
    fn a_fingerprint_is_120_bits_and_is_read_as_it_was_copied() {
        // BLAKE3 of nothing begins af1349b9f5f9a1a6a0404dea36dcc9.
        assert_eq!(fingerprint(""), "NW9M-KEFN-Z6GT-D820-9QN3-DQ69");
        assert_eq!(read_fingerprint(&fingerprint("").to_lowercase().replace('-', " ")), Some(fingerprint("")));
        assert_eq!(read_fingerprint("nw9mkefnz6gtd82o9qn3dq69"), Some(fingerprint("")));
        assert_eq!(read_fingerprint("NW9M-KEFN-Z6GT-D82O-9QN3-DQ69"), Some(fingerprint("")));
        assert_eq!(read_fingerprint(&"iL".repeat(12)), Some(["1111"; 6].join("-")));
        for bad in ["", "NW9M", "NW9M-KEFN-Z6GT-D820-9QN3-DQ6U", "NW9M-KEFN-Z6GT-D820-9QN3-DQ690"] {
            assert_eq!(read_fingerprint(bad), None, "{bad}");
        }
    }
}

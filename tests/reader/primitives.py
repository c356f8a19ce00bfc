"""What docs/FORMAT.md is made of, by other hands than Doorbook's: hashes, ciphers, HPKE, passphrases, words."""

import hashlib
import hmac
import pathlib
import struct
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from blake3 import blake3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_sign_seed_keypair,
)
from nacl.exceptions import CryptoError

RAW = (Encoding.Raw, PublicFormat.Raw)
WORDS = (pathlib.Path(__file__).parents[2] / "src/vault/words.txt").read_text().split()


class Refused(Exception):
    """What was read is not what Doorbook writes. `name` is fixed, so that a test can ask for it."""

    def __init__(self, name, says):
        super().__init__(f"{name}: {says}")
        self.name = name


class Closed(Exception):
    """There is no key for it here: it is not damage."""


def u8(number):
    return bytes([number])


def u32(number):
    return struct.pack("<I", number)


def u64(number):
    return struct.pack("<Q", number)


class Bytes:
    """Takes bytes from their front, never past their end."""

    def __init__(self, data, name):
        self.data, self.at, self.name = data, 0, name

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Refused(f"{self.name}-cut", f"ends at byte {len(self.data)}, where {count} are wanted at {self.at}")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, count):
        return int.from_bytes(self.take(count), "little")

    def rest(self):
        return self.take(len(self.data) - self.at)


# ---- hashes ----------------------------------------------------------------------------------------------------------


def hashed(data):
    return blake3(data).digest()


def derived(context, key):
    return blake3(key, derive_key_context=context).digest()


def keyed(key, data):
    return blake3(data, key=key).digest()


# ---- XChaCha20-Poly1305 ----------------------------------------------------------------------------------------------


def unseal(key, bound, nonce, sealed):
    """None: not what was sealed, not under this key, or not for this place."""
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, key)
    except (CryptoError, ValueError):
        return None


def seal(key, bound, nonce, plain):
    return crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound, nonce, key)


# ---- HPKE: RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20Poly1305 0x0003 ---------

KEM = b"KEM" + struct.pack(">H", 0x20)
SUITE = b"HPKE" + struct.pack(">HHH", 0x20, 1, 3)


def extract(suite, salt, label, material):
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + material, hashlib.sha256).digest()


def expand(suite, key, label, info, length):
    # Never more than 32 bytes are asked for: one round.
    text = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info + b"\x01"
    return hmac.new(key, text, hashlib.sha256).digest()[:length]


def hpke_context(shared, own, public, info):
    secret = expand(KEM, extract(KEM, b"", b"eae_prk", shared), b"shared_secret", own + public, 32)
    schedule = b"\0" + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", info)
    secret = extract(SUITE, secret, b"secret", b"")
    return ChaCha20Poly1305(expand(SUITE, secret, b"key", schedule, 32)), expand(SUITE, secret, b"base_nonce", schedule, 12)


def hpke_open(private, info, bound, sealed):
    """Opens `own public key 32 | sealed`. None: not for this key, not for this place, or changed."""
    mine, own = X25519PrivateKey.from_private_bytes(private), sealed[:32]
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(own))
        cipher, nonce = hpke_context(shared, own, mine.public_key().public_bytes(*RAW), info)
        return cipher.decrypt(nonce, sealed[32:], bound)
    except (InvalidTag, ValueError):
        return None


def hpke_seal(public, info, bound, plain):
    mine = X25519PrivateKey.generate()
    own = mine.public_key().public_bytes(*RAW)
    shared = mine.exchange(X25519PublicKey.from_public_bytes(public))
    cipher, nonce = hpke_context(shared, own, public, info)
    return own + cipher.encrypt(nonce, plain, bound)


def x25519_public(private):
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes(*RAW)


def ed25519_public(seed):
    return crypto_sign_seed_keypair(seed)[0]


# ---- padding ---------------------------------------------------------------------------------------------------------


def unpadded(plain):
    cut = plain.rstrip(b"\0")
    if cut[-1:] != b"\x80":
        raise Refused("padding", "there is no mark before the zeros")
    return cut[:-1]


def padded(plain, to):
    plain += b"\x80"
    return plain + bytes(-len(plain) % to)


# ---- passphrases and words -------------------------------------------------------------------------------------------

# White space as Unicode has it (not as Python's `\s`, which takes 0x1c to 0x1f too), hyphens, dashes, minus.
PARTS = set("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000-\u2212")
PARTS |= {chr(code) for code in (*range(0x2000, 0x200B), *range(0x2010, 0x2016))}
FOUR = {word[:4] for word in WORDS if len(word) >= 4}


def plain_words(typed):
    """In small letters, compatibility forms undone, parted."""
    small = "".join(letter.lower() for letter in unicodedata.normalize("NFKC", typed))
    return "".join(" " if letter in PARTS else letter for letter in small).split(" ")


def normalised(typed):
    words = [word for word in plain_words(typed) if word]
    return " ".join(word[:4] if len(word) > 4 and word[:4] in FOUR else word for word in words)


def argon2(passphrase, salt, kib, passes):
    text = normalised(passphrase).encode()
    return hash_secret_raw(text, salt, passes, kib, 1, 32, Type.ID, version=0x13)


def recovery_seed(typed):
    """The seed of the 26 words of a recovery sheet."""
    by_four = {word[:4]: number for number, word in enumerate(WORDS)}
    words = [word for word in plain_words(typed) if word]
    if len(words) != 26:
        raise Refused("recovery-words", f"there are {len(words)} words; the sheet has 26")
    numbers = [WORDS.index(word) if word in WORDS else by_four.get(word[:4]) for word in words]
    if None in numbers:
        raise Refused("recovery-words", f"word {numbers.index(None) + 1} is none of the list")
    bits = "".join(f"{number:011b}" for number in numbers)
    seed = int(bits[:256], 2).to_bytes(32, "big")
    if bits[256:] != f"{int.from_bytes(hashed(b'doorbook recovery check v1' + seed)[:4], 'big'):032b}"[:30]:
        raise Refused("recovery-words", "their check does not hold: one is not as on the sheet")
    return seed

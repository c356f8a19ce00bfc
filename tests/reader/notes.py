"""Day-close notes: signed notes of C2SP (c2sp.org/signed-note) over a checkpoint of the book."""

import base64
import binascii
import hashlib
import uuid

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from primitives import Refused, hashed

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def key_id(name, public):
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def signers(note, keys):
    """The text, and the names of `keys` (name to public key) that have signed it; another's line is passed over."""
    text, gap, lines = note.rpartition("\n\n")
    text += "\n"
    if not gap or not lines.endswith("\n"):
        raise Refused("note-form", "it is no signed note")
    found = []
    for line in lines[:-1].split("\n"):
        dash, name, signed = (line.split(" ") + ["", ""])[:3]
        try:
            signed = base64.b64decode(signed, validate=True)
        except binascii.Error:
            signed = b""
        if dash != "\u2014" or not name or len(signed) != 68:
            raise Refused("note-form", "it is no signed note")
        if name not in keys or signed[:4] != key_id(name, keys[name]):
            continue
        try:
            VerifyKey(keys[name]).verify(text.encode(), signed[4:])
        except BadSignatureError:
            raise Refused("note-forged", f"{name} has not signed this text") from None
        found.append(name)
    if not found:
        raise Refused("note-unknown", "nobody whose key is known has signed it")
    return text, found


def checked(note, place, book, keys):
    """A note that stands at this place in the book: what it says, held against the book."""
    text, names = signers(note, keys)
    lines = text.split("\n")
    if lines[0] != f"doorbook.register/{uuid.UUID(bytes=book.register)}":
        raise Refused("note-foreign", "it is of another register")
    if len(lines) != 4 or not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise Refused("note-form", "it names no entry")
    entries = int(lines[1])
    if entries >= place:
        raise Refused("note-book", f"it is of {entries} entries, and stands at {place}")
    if base64.b64encode(book.link(entries)).decode() != lines[2]:
        raise Refused("note-book", f"the first {entries} entries are not those that were signed")
    return {"place": place, "entries": entries, "signed_by": names, "fingerprint": fingerprint(note)}


def fingerprint(note):
    """What stands on paper for a note: 120 bits."""
    bits = int.from_bytes(hashed(note.encode())[:15], "big")
    letters = "".join(CROCKFORD[bits >> (115 - 5 * at) & 31] for at in range(24))
    return "-".join(letters[at : at + 4] for at in range(0, 24, 4))

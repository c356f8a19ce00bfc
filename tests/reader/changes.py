"""Changes of the keyring as the book names them: who has a key, each change signed by somebody who might make it."""

import uuid

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

import entries
import keyring
from primitives import Refused, hashed, u8, u32, u64

NUMBERS = {name: number for number, name in keyring.GROUPS.items()}
# Who reads what (notice 002, section 12): the groups of a role.
GROUPS_OF = {
    "coordinator": {"concern"},
    "safeguarding_lead": {"concern", "allegation", "lead"},
    "chair": {"allegation", "chair"},
}


# By how many versions a keyring is at most ahead of the one named before it.
AHEAD = 1000


def sealable(public):
    """Whether HPKE seals to it: one of low order gives zeros with any secret."""
    try:
        return any(X25519PrivateKey.from_private_bytes(hashed(b"any")).exchange(X25519PublicKey.from_public_bytes(public)))
    except ValueError:
        return False


def holds(public, signature, text):
    try:
        VerifyKey(public).verify(text, signature)
        return True
    except (BadSignatureError, ValueError):
        return False


def digest(register, before, people, groups):
    """What a roster is named by, after the one before."""
    out = b"doorbook roster v1" + register + before + u32(len(people))
    out += b"".join(one + x + ed for one, (x, ed) in sorted(people.items()))
    out += u32(len(groups)) + b"".join(u8(g) + u32(n) + public for (g, n), public in sorted(groups.items()))
    return hashed(out)


def roster(ring):
    """People and groups of a keyring, with their public keys."""
    people = {one.id: (one.x, one.ed) for one in ring.people}
    if any(map(any, ring.recovery)):
        people[keyring.RECOVERY] = ring.recovery
    return people, {(one.group, one.number): one.public for one in ring.groups}


def staff(text):
    return uuid.UUID(text).bytes


class Chain:
    """The public keys that count, so far."""

    def __init__(self, register):
        self.register = register
        self.version, self.sum = 0, None
        self.people, self.groups, self.digest = {}, {}, bytes(32)
        # As far as they are known, which takes a key.
        self.roles, self.may = {}, None

    def signs(self):
        return {entries.text_id(one): ed for one, (_, ed) in self.people.items()}

    def meet(self, row, inner):
        if inner["version"] <= self.version:
            raise Refused("keys-version", f"keyring {inner['version']} is named after {self.version}")
        if inner["version"] > self.version + AHEAD:
            raise Refused("keys-version", f"keyring {inner['version']} is named after {self.version}, far ahead")
        people, groups = dict(self.people), dict(self.groups)
        for gone in inner["removed"]:
            people.pop(staff(gone), None)
        people.update({staff(one["staff"]): (bytes.fromhex(one["seals"]), bytes.fromhex(one["signs"])) for one in inner["added"]})
        made = {(NUMBERS[one["group"]], one["generation"]): bytes.fromhex(one["seals"]) for one in inner["groups"]}
        groups.update(made)
        now = self.digest
        if (people, groups) != (self.people, self.groups):
            if not inner["act"]:
                raise Refused("keys-unsigned", "nobody has signed who has a key")
            now = self.allowed(people, groups, staff(inner["act"]["by"]), bytes.fromhex(inner["act"]["signature"]))
        self.written(row, inner, people)
        self.people, self.groups, self.digest = people, groups, now
        self.version, self.sum = inner["version"], bytes.fromhex(inner["sum"])

    def allowed(self, people, groups, by, signature):
        """The digest of what somebody who might has made of it."""
        before = self.people or people
        made = digest(self.register, self.digest, people, groups)
        if by not in before or not holds(before[by][1], signature, b"doorbook keys act v1" + made):
            raise Refused("keys-act", "whoever signed it had no key, or has signed something else")
        new = [x for one, (x, ed) in people.items() if self.people.get(one) != (x, ed)]
        new += [public for which, public in groups.items() if self.groups.get(which) != public]
        if not all(map(sealable, new)):
            raise Refused("keys-sealable", "nothing can be sealed to one of its public keys")
        if self.may is None or (by == keyring.RECOVERY and self.people):
            return made
        role = self.roles.get(entries.text_id(by))
        if role not in self.may and not self.own(people, groups, by, GROUPS_OF.get(role, ())):
            raise Refused("keys-act", f"{entries.text_id(by)} is {role}, and may not say who has a key")
        return made

    def own(self, people, groups, who, reads):
        others = lambda all: {one: keys for one, keys in all.items() if one != who}
        kept = all(groups.get(which) == public for which, public in self.groups.items())
        new = {keyring.GROUPS[group] for group, _ in groups.keys() - self.groups.keys()}
        return others(people) == others(self.people) and who in people and kept and new <= set(reads)

    def written(self, row, inner, people):
        """Whoever wrote the entry has a key, and signed it where it stands."""
        text = b"doorbook keys_set v1" + self.register + u64(row.place) + row.before + row.id
        text += entries.envelope(row.shell)[3][:109]
        text += u64(inner["version"]) + u32(inner["epoch"]) + bytes.fromhex(inner["sum"]) + u32(len(inner["added"]))
        text += b"".join(staff(one["staff"]) + bytes.fromhex(one["seals"] + one["signs"]) for one in inner["added"])
        text += u32(len(inner["removed"])) + b"".join(map(staff, inner["removed"])) + u32(len(inner["groups"]))
        for one in inner["groups"]:
            text += u8(NUMBERS[one["group"]]) + u32(one["generation"]) + bytes.fromhex(one["seals"])
        if inner["act"]:
            text += staff(inner["act"]["by"]) + bytes.fromhex(inner["act"]["signature"])
        signed = inner["signed"] or {"by": entries.text_id(keyring.RECOVERY), "signature": "00" * 64}
        key = people.get(staff(signed["by"]), (b"", bytes(32)))[1]
        if not holds(key, bytes.fromhex(signed["signature"]), text):
            raise Refused("keys-writer", "nobody who has a key has signed it where it stands")

    def fits(self, ring):
        """Its public keys are those that the book names; or one change ahead, by somebody who might make it."""
        people, groups = roster(ring)
        if digest(self.register, ring.before, people, groups) == self.digest:
            return
        if ring.before != self.digest:
            raise Refused("keys-roster", "the book names other public keys than the keyring")
        self.allowed(people, groups, ring.by, ring.signature)

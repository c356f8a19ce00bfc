"""The file `keyring`: read, checked, and opened by somebody's passphrase or by the recovery sheet."""

from dataclasses import dataclass, field

from primitives import (
    Bytes, Closed, Refused, argon2, derived, ed25519_public, hashed, hpke_open, keyed, recovery_seed, u8, u32, u64, unseal,
    x25519_public,
)

RECOVERY = bytes(16)
GROUPS = {1: "concern", 2: "allegation", 3: "lead", 4: "chair"}
HOUSE, GROUP, ACCOUNT = 1, 2, 3
LARGEST = 64 << 20


@dataclass
class Person:
    id: bytes
    number: int
    x: bytes
    ed: bytes
    salt: bytes
    kib: int
    passes: int
    nonce: bytes
    sealed: bytes


@dataclass
class Generation:
    group: int
    number: int
    public: bytes
    slots: dict


@dataclass
class Keyring:
    """What of a keyring lies open."""

    kind: int
    register: bytes
    version: int
    epoch: int
    people: list
    recovery: tuple
    house: dict
    older: list
    groups: list
    by: bytes
    before: bytes
    signature: bytes
    nonce: bytes
    vault: bytes
    before_check: bytes
    check: bytes
    sum: bytes

    def info(self, what):
        return b"doorbook hpke v1" + u8(what) + self.register

    def latest(self, group):
        return max((one for one in self.groups if one.group == group), key=lambda one: one.number)

    def readers(self, group):
        return [person for person in self.latest(group).slots if person != RECOVERY]


def slots(data):
    count, found = data.number(2), {}
    for _ in range(count):
        to, sealed = data.take(16), data.take(80)
        if to in found:
            raise Refused("keyring-nonsense", "something is sealed to one person twice")
        found[to] = sealed
    return found


def front(data):
    kind, register, version, epoch = data.number(1), data.take(16), data.number(8), data.number(4)
    take, number = data.take, data.number
    people = [
        Person(take(16), number(1), take(32), take(32), take(16), number(4), number(4), take(24), take(48))
        for _ in range(number(2))
    ]
    recovery = (take(32), take(32))
    house = slots(data)
    older = [(take(24), take(48)) for _ in range(number(4))]
    groups = [Generation(number(1), number(4), take(32), slots(data)) for _ in range(number(2))]
    by, before, signature = take(16), take(32), take(64)
    nonce, length = take(24), number(8)
    vault = take(length)
    return kind, register, version, epoch, people, recovery, house, older, groups, by, before, signature, nonce, vault


def read(file):
    """Reads it. What needs no key is checked: its form, and its sum."""
    if file[:8] != b"DOORKEYS":
        raise Refused("keyring-not-one", "it does not begin as a keyring")
    if file[8:9] != b"\x02":
        raise Refused("keyring-format", f"it has format {file[8:9].hex() or 'none'}, and 2 is known")
    if len(file) > LARGEST:
        raise Refused("keyring-nonsense", "it is longer than any")
    summed = len(file) >= 32 and hashed(file[:-32]) == file[-32:]
    data = Bytes(file[9:-32], "keyring")
    try:
        parts = front(data)
        end = 9 + data.at
        check = data.take(32)
        whole = data.at == len(data.data)
    except Refused as fault:
        # Told apart from damage by what its own lengths ask for.
        if summed or fault.name == "keyring-cut":
            raise
        raise Refused("keyring-sum", "its sum does not agree") from None
    if not summed:
        raise Refused("keyring-sum", "its sum does not agree")
    if not whole:
        raise Refused("keyring-nonsense", "something stands behind what is sealed")
    ring = Keyring(*parts, file[:end], check, file[-32:])
    sensible(ring)
    return ring


def sensible(ring):
    """What agrees with itself."""
    def must(holds, what):
        if not holds:
            raise Refused("keyring-nonsense", what)

    ids = {person.id for person in ring.people}
    holders = ids | ({RECOVERY} if any(map(any, ring.recovery)) else set())
    must(ring.kind in (0, 1), "its kind")
    must(ring.people and RECOVERY not in ids and len(ids) == len(ring.people), "whom it names")
    must(len({person.number for person in ring.people}) == len(ids), "whom it names")
    must(set(ring.house) == holders, "to whom the house key is sealed")
    must(ring.version > 0 and ring.epoch > 0 and len(ring.older) == ring.epoch - 1, "its epochs")
    expected = [(group, n) for group in GROUPS for n in range(1, max(1, sum(g.group == group for g in ring.groups)) + 1)]
    must([(g.group, g.number) for g in ring.groups] == expected, "its groups")
    must(all(set(g.slots) <= holders for g in ring.groups), "its groups")
    must(len(ring.vault) >= 80 and (len(ring.vault) - 80) % 48 == 0, "the length of what is sealed")
    least = (64 * 1024, 3) if ring.kind == 0 else (64, 1)
    for person in ring.people:
        fits = least[0] <= person.kib <= 256 * 1024 and least[1] <= person.passes <= 16
        if not fits:
            raise Refused("keyring-weak", "a passphrase is kept more weakly, or at a greater cost, than any register allows")


@dataclass
class Keys:
    """Every key that one person has."""

    ring: Keyring
    me: bytes
    seed: bytes
    house: dict = field(default_factory=dict)
    tag: bytes = b""
    directory: bytes = b""
    files: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)

    def shell_key(self, epoch):
        return derived("doorbook shell key v1", self.of_epoch(epoch))

    def body_key(self, epoch, key_id):
        if key_id not in self.files:
            raise Closed("the key of its file is gone")
        return keyed(derived("doorbook body base v1", self.of_epoch(epoch)), b"body" + key_id + self.files[key_id])

    def of_epoch(self, epoch):
        if epoch not in self.house:
            raise Closed(f"there is no house key of epoch {epoch}")
        return self.house[epoch]

    def key_id(self, keep, file):
        return keyed(self.tag, b"\x04" + u8(keep) + file)[:16]

    def tag_of(self, kind, what):
        return keyed(self.tag, u8(kind) + what)[:16]

    def own(self):
        return derived("doorbook person own v1", self.seed)

    def draft(self, staff, sealed):
        """A draft of this person: `draft-STAFF.sealed`."""
        bound = b"doorbook draft v2" + self.ring.register + staff
        return unseal(self.own(), bound, sealed[:24], sealed[24:])


def by_passphrase(ring, number, passphrase):
    person = next((one for one in ring.people if one.number == number), None)
    if person is None:
        raise Refused("no-such-number", f"nobody has the number {number}")
    key = argon2(passphrase, person.salt, person.kib, person.passes)
    bound = b"doorbook slot v1" + ring.register + person.id + u32(person.kib) + u32(person.passes)
    seed = unseal(key, bound, person.nonce, person.sealed)
    if seed is None:
        raise Refused("passphrase", "that is not the passphrase")
    return opened(ring, person.id, seed, (person.x, person.ed))


def by_recovery(ring, words):
    seed = recovery_seed(words)
    if public(seed) != ring.recovery:
        raise Refused("other-sheet", "these are not the words of this register's sheet")
    return opened(ring, RECOVERY, seed, ring.recovery)


def public(seed):
    x = x25519_public(derived("doorbook person x25519 v1", seed))
    return x, ed25519_public(derived("doorbook person ed25519 v1", seed))


def opened(ring, me, seed, named):
    """All keys of whoever has this seed, each step checked."""
    def must(value, what):
        if not value:
            raise Refused("keyring-damaged", f"what somebody with a key wrote is not here: {what}")
        return value

    private = derived("doorbook person x25519 v1", seed)
    bound = b"house" + u32(ring.epoch) + me
    newest = must(hpke_open(private, ring.info(HOUSE), bound, ring.house[me]), "the house key")
    must(keyed(derived("doorbook keyring check v1", newest), ring.before_check) == ring.check, "its check")
    must(public(seed) == named, "the public keys")
    keys = Keys(ring, me, seed, {ring.epoch: newest})
    for epoch in range(ring.epoch - 1, 0, -1):
        nonce, sealed = ring.older[epoch - 1]
        bound = b"older" + ring.register + u32(epoch)
        keys.house[epoch] = must(unseal(keys.house[epoch + 1], bound, nonce, sealed), f"the house key of epoch {epoch}")
    bound = b"vault" + ring.register + u64(ring.version) + u32(ring.epoch)
    vault = must(unseal(derived("doorbook vault key v1", newest), bound, ring.nonce, ring.vault), "the keys of the files")
    keys.tag, keys.directory = vault[:32], vault[32:64]
    rows = [(vault[at : at + 16], vault[at + 16 : at + 48]) for at in range(64, len(vault), 48)]
    must(all(one[0] < other[0] for one, other in zip(rows, rows[1:])), "the order of the keys of the files")
    keys.files = dict(rows)
    for one in ring.groups:
        if me in one.slots:
            bound = b"group" + u8(one.group) + u32(one.number) + me
            held = hpke_open(private, ring.info(GROUP), bound, one.slots[me])
            # Nobody signs what is in a slot: another key than the one that counts was not given.
            if held is not None and x25519_public(held) == one.public:
                keys.groups[one.group, one.number] = held
    return keys

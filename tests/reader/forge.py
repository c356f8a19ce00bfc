"""What an attacker writes who has keys, or had them: entries under an old epoch, a keyring with one reader too many."""

import dataclasses
import json
import shutil
import uuid

import flat
import keyring
import primitives as p
from codes import NUMBERS


def private(keys):
    return p.derived("doorbook person x25519 v1", keys.seed)


def group_bound(generation, to):
    return b"group" + p.u8(generation.group) + p.u32(generation.number) + to


def row_after(book, row_id, tags, shell, body):
    """The book with one entry more; `shell` is told its place and the link before it."""
    place, before = len(book.rows) + 1, book.link(len(book.rows))
    row = flat.Row(place, row_id, before, b"", tags, shell(place, before), body, p.hashed(body))
    row.link = flat.link_of(book.register, row)
    return flat.Book(book.register, [*book.rows, row])


def frames(keys, event, inner, digest):
    family, name = event.split(".")
    body = b"\0\0\0" + json.dumps({family: {"is": name, **inner}}).encode()
    file = b"\x01" + keys.me
    moment = (1795255200 * 10**6).to_bytes(8, "little") + bytes(4)
    shell = uuid.uuid4().bytes + NUMBERS[event].to_bytes(2, "little") + bytes(17) + file + moment + moment
    return shell + b"\x01" + keys.me + uuid.UUID(int=1).bytes, body, file


def entry(book, keys, event, inner):
    """An entry by these keys, under the newest epoch that they have."""
    shell, frame, file = frames(keys, event, inner, None)
    epoch, row_id, nonce = keys.ring.epoch, uuid.uuid4().bytes, bytes(24)
    key_id = keys.key_id(0, file)
    bound = b"doorbook body v2" + book.register + row_id + key_id + p.u32(epoch)
    body = b"\2\1" + key_id + p.u32(epoch) + nonce + p.seal(keys.body_key(epoch, key_id), bound, nonce, p.padded(frame, 128))

    def sealed(place, before):
        bound = b"doorbook shell v2" + book.register + p.u64(place) + before + p.u32(epoch)
        plain = shell + p.hashed(body)
        return b"\2\1" + bytes(16) + p.u32(epoch) + nonce + p.seal(keys.shell_key(epoch), bound, nonce, plain)

    return row_after(book, row_id, (keys.tag_of(2, row_id), keys.tag_of(3, file)), sealed, body)


def opened(book, keys):
    """An entry that lies open, and should not."""
    inner = {"staff": str(uuid.UUID(bytes=keys.me)), "number": 2, "given": "", "family": "", "role": "chair", "left": False}
    shell, frame, file = frames(keys, "centre.staff_listed", inner, None)
    body, row_id = b"\2\0" + bytes(16) + frame, uuid.uuid4().bytes
    tags = keys.tag_of(2, row_id), keys.tag_of(3, file)
    return row_after(book, row_id, tags, lambda *_: b"\2\0" + bytes(16) + shell + p.hashed(body), body)


def slots(found):
    return len(found).to_bytes(2, "little") + b"".join(to + sealed for to, sealed in found.items())


def written(ring, keys):
    """A keyring file, by somebody who has the house key."""
    house, out = keys.house[ring.epoch], b"DOORKEYS\x02" + p.u8(ring.kind) + ring.register + p.u64(ring.version)
    out += p.u32(ring.epoch) + len(ring.people).to_bytes(2, "little")
    for one in ring.people:
        out += one.id + p.u8(one.number) + one.x + one.ed + one.salt + p.u32(one.kib) + p.u32(one.passes) + one.nonce + one.sealed
    out += b"".join(ring.recovery) + slots(ring.house) + p.u32(len(ring.older)) + b"".join(a + b for a, b in ring.older)
    out += len(ring.groups).to_bytes(2, "little")
    for one in ring.groups:
        out += p.u8(one.group) + p.u32(one.number) + one.public + slots(one.slots)
    out += ring.by + ring.before + ring.signature
    vault = keys.tag + keys.directory + b"".join(one + key for one, key in sorted(keys.files.items()))
    bound, nonce = b"vault" + ring.register + p.u64(ring.version) + p.u32(ring.epoch), bytes(24)
    sealed = p.seal(p.derived("doorbook vault key v1", house), bound, nonce, vault)
    out += nonce + p.u64(len(sealed)) + sealed
    out += p.keyed(p.derived("doorbook keyring check v1", house), out)
    return out + p.hashed(out)


def reader(keys, name, version=None):
    """The next keyring, by which the holder of these keys reads a group from now on."""
    ring, group = keys.ring, next(number for number, other in keyring.GROUPS.items() if other == name)
    latest, secret = ring.latest(group), p.hashed(b"of the insider's own choosing")
    new = keyring.Generation(group, latest.number + 1, p.x25519_public(secret), {})
    publics = {one.id: one.x for one in ring.people} | {keyring.RECOVERY: ring.recovery[0]}
    for to in {**latest.slots, keys.me: b""}:
        new.slots[to] = p.hpke_seal(publics[to], ring.info(keyring.GROUP), group_bound(new, to), secret)
    groups = sorted([*ring.groups, new], key=lambda one: (one.group, one.number))
    return written(dataclasses.replace(ring, groups=groups, version=version or ring.version + 1), keys)


def tried(program, file, folder, ring):
    """What the program makes of a flat file."""
    shutil.rmtree(folder, ignore_errors=True)
    said = program.run(folder, "book", "import", file, code=None)
    (folder / "keyring").write_bytes(ring)
    (folder / "keyring").chmod(0o600)
    said = program.run(folder, "day", "2026-11-21", code=None)
    return "refused: " + said.strip()[:160] if "damaged" in said else "GAP: taken"

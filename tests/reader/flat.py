"""The flat file: every entry of a book as it is stored, checked with no key."""

from dataclasses import dataclass

from primitives import Bytes, Refused, blake3, hashed, u64

LEAST, MOST = 125, 16 << 20


@dataclass
class Row:
    place: int
    id: bytes
    before: bytes
    link: bytes
    tags: tuple
    shell: bytes
    # None: it was disposed of, and its digest is left.
    body: bytes
    digest: bytes


@dataclass
class Book:
    register: bytes
    rows: list

    def link(self, place):
        """The link of a place; of 0 it is zero."""
        return self.rows[place - 1].link if place else bytes(32)


def link_of(register, row):
    cover = hashed(row.id + row.tags[0] + row.tags[1] + row.shell)
    parts = register + u64(row.place) + row.before + cover + row.digest
    return blake3(parts, derive_key_context="doorbook journal link v1").digest()


def row_of(data):
    row = Bytes(data, "entry")
    place, name, before, link = row.number(8), row.take(16), row.take(32), row.take(32)
    tags, shell = (row.take(16), row.take(16)), row.take(row.number(4))
    kind, rest = row.number(1), row.rest()
    if kind == 0:
        return Row(place, name, before, link, tags, shell, rest, hashed(rest))
    if kind == 1 and len(rest) == 32:
        return Row(place, name, before, link, tags, shell, None, rest)
    raise Refused("entry-form", f"entry {place} has a content of kind {kind}")


def read(data):
    """Reads all of it; the first thing that does not hold ends it, by name."""
    flat = Bytes(data, "flat")
    if flat.take(8) != b"DOORFLAT":
        raise Refused("flat-not-one", "it does not begin as a flat file")
    if (version := flat.number(1)) != 1:
        raise Refused("flat-version", f"it has version {version}, and 1 is known")
    book, ids = Book(flat.take(16), []), set()
    while length := flat.number(4):
        place = len(book.rows) + 1
        if not LEAST <= length <= MOST:
            raise Refused("entry-length", f"entry {place} has {length} bytes")
        row = row_of(flat.take(length))
        if row.place != place:
            raise Refused("place", f"entry {place} has the place {row.place} on it")
        if row.before != book.link(place - 1):
            raise Refused("chain", f"entry {place} does not follow the entry before it")
        if row.link != link_of(book.register, row):
            raise Refused("link", f"entry {place} is not what its link was made over")
        if row.id in ids:
            raise Refused("twice", f"the id of entry {place} is that of an entry before it")
        ids.add(row.id)
        book.rows.append(row)
    if flat.number(8) != len(book.rows):
        raise Refused("trailer-count", "its end says another number of entries")
    if flat.take(32) != book.link(len(book.rows)):
        raise Refused("trailer-link", "its end names another last entry")
    if hashed(data[: flat.at]) != flat.take(32):
        raise Refused("trailer-hash", "its bytes are not those that its end was made over")
    if flat.rest():
        raise Refused("trailer-more", "something stands after its end")
    return book


def write(book):
    """The file of a book: for copies that somebody has tampered with."""
    out = bytearray(b"DOORFLAT\x01" + book.register)
    for row in book.rows:
        here, body = (b"\0", row.body) if row.body is not None else (b"\1", row.digest)
        entry = u64(row.place) + row.id + row.before + row.link + row.tags[0] + row.tags[1]
        entry += len(row.shell).to_bytes(4, "little") + row.shell + here + body
        out += len(entry).to_bytes(4, "little") + entry
    out += bytes(4) + u64(len(book.rows)) + book.link(len(book.rows))
    return bytes(out) + hashed(bytes(out))


def relinked(register, rows):
    """The rows in this order, linked anew, as anybody can who can write the file."""
    book = Book(register, [])
    for row in rows:
        digest = hashed(row.body) if row.body is not None else row.digest
        new = Row(len(book.rows) + 1, row.id, book.link(len(book.rows)), b"", row.tags, row.shell, row.body, digest)
        new.link = link_of(register, new)
        book.rows.append(new)
    return book

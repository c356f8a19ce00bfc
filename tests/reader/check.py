"""Works a practice register with the built program, then shows by the second reader who opens what, and what is refused.

    check.py PROGRAM FOLDER     FOLDER: an empty one, for registers; ends 0 if all holds
"""

import base64
import collections
import dataclasses
import json
import pathlib
import sys

import changes
import entries
import flat
import forge
import keyring
import known
import read
import work
from primitives import Closed, Refused, hashed, hpke_open, u32

MARKS = (work.CONCERN, work.ALLEGATION, work.LATER, work.DRAFT)


def says(text):
    print(text, flush=True)


def must(holds, what):
    assert holds, what


def refused(call, *names):
    """The name by which it is refused; one of these, where some are given."""
    try:
        call()
    except Refused as fault:
        must(not names or fault.name in names, f"refused as {fault.name}, not {names}: {fault}")
        return fault.name
    raise AssertionError(f"it was taken, and not refused as {names}")


def keys_of(file, number, passphrase=work.PRACTICE):
    return keyring.by_passphrase(keyring.read(file), number, passphrase)


def whole(book, keys):
    """Everything that these keys open, every rule kept to."""
    return read.Reading(book, keys.ring, keys).all()


def text(reading):
    return json.dumps(reading.json(), ensure_ascii=False)


def marks(reading):
    return {mark for mark in MARKS if mark in text(reading)}


# ---- who opens what ---------------------------------------------------------------------------------------------------


def everybody(day):
    """Every entry opens for everybody with a key; what was told opens for its readers and for nobody else."""
    book = flat.read(day.flat)
    lead = keys_of(day.keyring, 6, day.lead)
    expected = {1: {work.CONCERN, work.LATER}, 5: set(), 6: {work.CONCERN, work.ALLEGATION, work.LATER}}
    for number, own in expected.items():
        keys = lead if number == 6 else keys_of(day.keyring, number)
        reading = whole(book, keys)
        must(reading.opened == len(book.rows) and not reading.closed, f"{number} opens {reading.opened}")
        must(marks(reading) == own, f"number {number} reads {marks(reading)}")
        must(reading.accounts == {"opened": len(own), "closed": 3 - len(own)}, reading.accounts)
        says(f"number {number}: {reading.opened} entries open, accounts {reading.accounts}")
    before = flat.read(day.before)
    sam = keys_of(day.before_keyring, 2)
    reading = whole(before, sam)
    must(reading.opened == len(before.rows) and not marks(reading), "a volunteer reads what was told")
    told = [line for line in reading.log if line.get("event") == "note.told"]
    must(len(told) == 2 and all(line["by"] == {"staff": entries.text_id(sam.me)} for line in told), "not their own")
    says(f"number 2, a volunteer: {reading.opened} entries open, and neither of the two accounts, though both are their own")
    # Without the source's own care: no private key of theirs opens any account by force.
    private = forge.private(sam)
    for line in told:
        row = before.rows[line["place"] - 1]
        for stored in sealed_in(row, sam, before.register):
            for one in (private, *sam.groups.values(), *sam.house.values()):
                bound = b"doorbook account v2" + before.register + row.id
                must(hpke_open(one, sam.ring.info(keyring.ACCOUNT), bound, stored[22:]) is None, "an account opens by force")


def sealed_in(row, keys, register):
    shell = entries.open_shell(row, keys, register)
    inner = entries.open_body(row, keys, register, shell)[3]
    return [base64.b64decode(one) for one in inner.get("copies") or [inner["sealed"]]]


def removed(day):
    """Whoever was removed opens nothing that was written from then on: not with the new keyring, not with their old one."""
    book, before = flat.read(day.flat), flat.read(day.before)
    refused(lambda: keys_of(day.keyring, 2), "no-such-number")
    sam, ring = keys_of(day.before_keyring, 2), keyring.read(day.keyring)
    places = [(ring.info(keyring.HOUSE), b"house" + u32(ring.epoch) + to, sealed) for to, sealed in ring.house.items()]
    for one in ring.groups:
        places += [(ring.info(keyring.GROUP), forge.group_bound(one, to), sealed) for to, sealed in one.slots.items()]
    for info, bound, sealed in places:
        must(hpke_open(forge.private(sam), info, bound, sealed) is None, "something in the new keyring is sealed to them")
    refused(lambda: whole(book, sam), "keyring-older")
    later = {line["place"] for line in whole(book, keys_of(day.keyring, 1)).log if line.get("epoch", 0) > sam.ring.epoch}
    must(len(later) >= 5 and min(later) > len(before.rows), f"later entries: {later}")
    opened = {row.place for row in book.rows if opens(row, sam, book.register)}
    must(not opened & later, f"opens {opened & later}")
    must(opened >= set(range(1, len(before.rows) + 1)), "and what was written before still opens with the old copy")
    says(f"removed: the new keyring has nothing for them ({len(places)} slots tried); with their old one none of the "
         f"{len(later)} entries of the next epoch opens")


def opens(row, keys, register):
    """Either layer."""
    got = False
    for layer in ("shell", "body"):
        try:
            if layer == "shell":
                shell = entries.open_shell(row, keys, register)
            else:
                entries.open_body(row, keys, register, shell)
            got = True
        except (Closed, Refused):
            return got
    return got


def drafts(day):
    """What was being typed when the program was killed opens for who typed it."""
    (name, sealed), = day.drafts.items()
    ruth, jean = keys_of(day.keyring, 1), keys_of(day.keyring, 5)
    must(name == f"draft-{entries.text_id(ruth.me)}.sealed", name)
    must(work.DRAFT.encode() in (ruth.draft(ruth.me, sealed) or b""), "a draft does not open for who typed it")
    must(jean.draft(ruth.me, sealed) is None and jean.draft(jean.me, sealed) is None, "it opens for another")
    says("a draft left by a kill: opens for who typed it, and for nobody else")


def nothing_plain(day):
    for file in sorted(day.folder.iterdir()):
        found = [mark for mark in MARKS if mark.encode() in file.read_bytes()]
        must(not found, f"{file.name} holds {found} in clear")
    says("no file of the folder holds a mark in clear")


def closes(closed):
    """The signed note of a close holds, and is what the paper says."""
    data, ring, paper = closed
    book = flat.read(data)
    reading = whole(book, keys_of(ring, 1))
    (note,) = reading.notes
    must(len(read.Reading(book).all().notes) == 1, "its note is not checked without a key")
    must(note["fingerprint"] in paper and f"Entries 1 to {note['entries']} " in paper, f"the paper says otherwise: {paper}")
    at = note["place"] - 1
    stored = book.rows[at].body
    # Their own book, written anew before the note: the note is of another one.
    fewer = flat.relinked(book.register, book.rows[: at - 1] + book.rows[at:])
    refused(lambda: read.Reading(fewer).all(), "note-book", "note-form")
    for old, new, names in ((b"register/", b"registeR/", ["note-forged"]), (b"\\n\\n", b"\\n.", ["note-form"])):
        row = dataclasses.replace(book.rows[at], body=stored.replace(old, new))
        shell = bytearray(row.shell)
        shell[-32:] = hashed(row.body)
        rows = [*book.rows[:at], dataclasses.replace(row, shell=bytes(shell)), *book.rows[at + 1 :]]
        refused(lambda rows=rows: read.Reading(flat.relinked(book.register, rows)).all(), *names)
    says(f"a day's close: {note['signed_by']} signed entries 1 to {note['entries']}, {note['fingerprint']}, as on paper")


# ---- what is refused --------------------------------------------------------------------------------------------------


def bytes_of_an_entry(day):
    """Every byte of one entry: its row changed and the end made anew, and the chain made anew from there on."""
    book, keys = flat.read(day.flat), keys_of(day.keyring, 1)
    whole(book, keys)
    # The last one that was told: nothing after it gives it away.
    at = max(row.place for row in book.rows if is_told(row, keys, book.register)) - 1
    row = book.rows[at]
    start = day.flat.index(flat_row(row))
    names, count = collections.Counter(), len(flat_row(row))
    for byte in range(count):
        data = bytearray(day.flat)
        data[start + byte] ^= 1
        data[-32:] = hashed(bytes(data[:-32]))
        names[refused(lambda: whole(flat.read(bytes(data)), keys))] += 1
        try:
            new = flat.row_of(bytes(data[start + 4 : start + count]))
        except Refused:
            continue
        if (new.id, new.tags, new.shell, new.body) == (row.id, row.tags, row.shell, row.body):
            continue
        forged = flat.relinked(book.register, [*book.rows[:at], new, *book.rows[at + 1 :]])
        names["relinked: " + refused(lambda: whole(flat.read(flat.write(forged)), keys))] += 1
    says(f"each of the {count} bytes of entry {row.place} changed: {dict(names)}")


def is_told(row, keys, register):
    return entries.open_shell(row, keys, register).event == "note.told"


def flat_row(row):
    one = flat.write(flat.Book(bytes(16), [row]))
    return one[25:-76]


def bytes_of_a_keyring(day):
    """Every byte of the keyring, and its sum made anew."""
    names = collections.Counter()
    for at in range(len(day.keyring)):
        data = bytearray(day.keyring)
        data[at] ^= 1
        names[refused(lambda: keys_of(bytes(data), 1))] += 1
        data[-32:] = hashed(bytes(data[:-32]))
        if bytes(data) != day.keyring:
            names["summed: " + refused(lambda: keys_of(bytes(data), 1))] += 1
    for length in range(0, len(day.keyring), 7):
        names["cut: " + refused(lambda: keyring.read(day.keyring[:length]))] += 1
    says(f"each of the {len(day.keyring)} bytes of the keyring changed: {dict(names)}")


def rows_astray(day, closed):
    """Rows exchanged, moved, taken out, put in twice, of another register; as they are, and linked anew."""
    book, keys = flat.read(day.flat), keys_of(day.keyring, 1)
    other, names = flat.read(closed[0]), collections.Counter()
    last, sealed = len(book.rows), [row for row in other.rows if row.shell[1] == 1]
    ways = {f"exchanged {n}": [*book.rows[:n], book.rows[n + 1], book.rows[n], *book.rows[n + 2 :]] for n in range(last - 1)}
    ways |= {f"taken out {n}": [*book.rows[:n], *book.rows[n + 1 :]] for n in range(last - 1)}
    ways |= {f"twice {n}": [*book.rows[:n], book.rows[0], *book.rows[n:]] for n in range(1, last, 9)}
    ways |= {f"another's {n}": [*book.rows[:n], sealed[3], *book.rows[n:]] for n in range(1, last, 9)}
    ways["last first"] = [book.rows[-1], *book.rows[:-1]]
    for way, rows in ways.items():
        names[refused(lambda: flat.read(flat.write(flat.Book(book.register, rows))))] += 1
        # Each with its new place on it, linked by itself, and still after the one that was before it.
        alone = [dataclasses.replace(row, place=n) for n, row in enumerate(rows, 1)]
        alone = [dataclasses.replace(row, link=flat.link_of(book.register, row)) for row in alone]
        refused(lambda: flat.read(flat.write(flat.Book(book.register, alone))), "chain")
        names["relinked: " + refused(lambda: whole(flat.read(flat.write(flat.relinked(book.register, rows))), keys))] += 1
    lengths = {*range(0, len(day.flat), 97), *range(len(day.flat) - 80, len(day.flat))}
    for length in lengths:
        names["cut: " + refused(lambda: flat.read(day.flat[:length]))] += 1
    refused(lambda: flat.read(day.flat + b"\0"), "trailer-more")
    says(f"rows astray, {len(ways)} ways and {len(lengths)} lengths: {dict(names)}")


def put_back(day, closed):
    """Files put back whole, one without the other."""
    book, ruth = flat.read(day.flat), keys_of(day.keyring, 1)
    refused(lambda: whole(book, keys_of(day.before_keyring, 1)), "keyring-older")
    refused(lambda: whole(book, keys_of(closed[1], 1)), "foreign")
    ahead = read.Reading(flat.read(day.before), ruth.ring, ruth).all().json()["keyring"]["ahead_of_the_book"]
    must(ahead > 0, "a book that was put back to before a removal is not behind its keyring")
    says(f"put back: an older keyring and another's are refused; of an older book it is told that the keyring is {ahead} ahead")


def forged(day):
    """What somebody writes who has, or had, keys."""
    book, ruth, sam = flat.read(day.flat), keys_of(day.keyring, 1), keys_of(day.before_keyring, 2)
    made = forge.entry(book, sam, "centre.staff_listed", {"staff": entries.text_id(sam.me), "number": 2, "given": "Sam",
                       "family": "Okoro", "role": "coordinator", "left": False})
    refused(lambda: whole(flat.read(flat.write(made)), ruth), "epoch")
    refused(lambda: whole(flat.read(flat.write(forge.opened(book, ruth))), ruth), "astray")
    jean = keys_of(day.keyring, 5)
    reads = forge.reader(jean, "concern")
    refused(lambda: whole(book, keys_of(reads, 1)), "keys-roster")
    same = forge.reader(jean, "concern", version=jean.ring.version)
    refused(lambda: whole(book, keys_of(same, 1)), "keyring-other")
    ahead = forge.reader(jean, "concern", version=jean.ring.version + changes.AHEAD + 1)
    refused(lambda: whole(book, keys_of(ahead, 1)), "keyring-ahead")
    told = signed(book, jean)
    says("forged: an entry under the epoch before a removal, an entry that lies open, a keyring by which a volunteer reads "
         f"concerns: refused; changes of the keyring that nobody who may has signed: {told}")
    return made, reads


def signed(book, jean):
    """The last change of the keyring once more, changed, and linked anew."""
    names, at = collections.Counter(), max(row.place for row in book.rows if b'"keys_set"' in (row.body or b"")) - 1
    row = book.rows[at]
    inner = json.loads(entries.envelope(row.body)[3][3:])["centre"]
    later = json.loads(json.dumps(inner)) | {"version": inner["version"] + 1}
    unsigned, other = later | {"signed": None}, later | {"epoch": later["epoch"] + 1}
    group = {"group": "concern", "generation": 99, "seals": "07" * 32}
    far = later | {"version": inner["version"] + changes.AHEAD + 1}
    for forged in (inner, later, far, unsigned, other, later | {"groups": [group]}, later | {"act": None, "groups": [group]}):
        body = row.body[:18] + bytes(3) + json.dumps({"centre": forged}).encode()
        shell = row.shell[:-32] + hashed(body)
        new = dataclasses.replace(row, id=b"\7" * 16, tags=(jean.tag_of(2, b"\7" * 16), row.tags[1]), body=body, shell=shell)
        made = flat.relinked(book.register, [*book.rows, new])
        names[refused(lambda made=made: read.Reading(made).all(), "keys-version", "keys-writer", "keys-act", "keys-unsigned")] += 1
        refused(lambda made=made: whole(made, jean), "keys-version", "keys-writer", "keys-act", "keys-unsigned")
    return dict(names)


def program_too(program, day, made, reads):
    """Whether the program itself refuses what was forged. It is told, and is no fault of the reader."""
    file, folder = day.home / "forged.flat", day.home / "forged"
    file.write_bytes(flat.write(made))
    says("the program on an entry under an old epoch: " + forge.tried(program, file, folder, day.keyring))
    folder = work.copied(day, "insider")
    (folder / "keyring").write_bytes(reads)
    with program.desk(folder) as desk:
        try:
            work.comes_in(desk, 1, "Ruth")
            work.tells(desk, "MARKinsider")
            work.saves(desk)
            work.quits(desk)
        except AssertionError as fault:
            return says(f"the program on a keyring by which a volunteer reads concerns: not let in: {str(fault)[:300]}")
    ring = (folder / "keyring").read_bytes()
    reading = read.Reading(flat.read(program.export(folder)), keyring.read(ring), keys_of(ring, 5))
    for row in reading.book.rows:
        reading.row(row)
    if "MARKinsider" in text(reading):
        raise AssertionError("the program took a keyring by which a volunteer reads concerns: the next one opens")
    return says("the program on a keyring by which a volunteer reads concerns: the next concern does not open")


def main():
    path, home = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    for check in (known.hpke, known.frames, known.vault, known.words):
        check()
    says("known answers: RFC 9180, every frame, two keyrings and what was sealed under them")
    program = work.Program(path, home)
    day = work.saturday(program, home / "saturday")
    closed = work.closed_day(program, home / "closed")
    for check in (everybody, removed, drafts, nothing_plain):
        check(day)
    closes(closed)
    bytes_of_an_entry(day)
    bytes_of_a_keyring(day)
    rows_astray(day, closed)
    put_back(day, closed)
    made, reads = forged(day)
    program_too(program, day, made, reads)
    says("The second reader agrees.")


if __name__ == "__main__":
    main()

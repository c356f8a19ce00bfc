"""Reads a register with Doorbook's own code nowhere near: a flat file, its keyring, somebody's passphrase. Prints JSON.

    read.py FLAT                                      links and what lies open
    read.py FLAT --keyring KEYRING                    and the keyring as anybody may read it
    read.py FLAT --keyring KEYRING --number N         and all that number N may read; the passphrase is the first line of
                                                      standard input, or with --recovery the 26 words of the sheet
Ends 0 if all holds, 1 with the name of the first thing that does not.
"""

import argparse
import json
import pathlib
import sys

import changes
import entries
import flat
import keyring
import notes
from primitives import Closed, Refused


class Reading:
    """A book, read once from its first entry to its last."""

    def __init__(self, book, ring=None, keys=None):
        self.book, self.ring, self.keys = book, ring, keys
        self.log, self.notes, self.chain = [], [], changes.Chain(book.register)
        self.accounts = {"opened": 0, "closed": 0}
        self.opened = self.closed = self.gone = 0
        self.epoch = 0
        if keys:
            self.chain.may = set()

    def all(self):
        if self.ring and self.ring.register != self.book.register:
            raise Refused("foreign", "the keyring is of another register")
        for row in self.book.rows:
            try:
                self.row(row)
            except Refused as fault:
                raise Refused(fault.name, f"entry {row.place}: {fault}") from fault
        if self.ring:
            self.fits()
        if self.keys:
            self.reads_what_it_should()
        return self

    def row(self, row):
        line = {"place": row.place, "id": entries.text_id(row.id)}
        try:
            shell = self.shell(row, line)
            if row.body is None:
                self.gone += 1
                line["gone"] = True
            else:
                self.body(row, shell, line)
        except Closed as why:
            self.closed += 1
            line["closed"] = str(why)
        self.log.append(line)

    def shell(self, row, line):
        if entries.envelope(row.shell)[0] == 1 and self.ring is None:
            return self.json_shell(row, line)
        shell = entries.open_shell(row, self.keys, self.book.register)
        line.update(event=shell.event, file=entries.file_text(shell.file), by=shell.by, act=shell.act, desk=shell.desk,
                    day=entries.text_id(shell.day) if shell.day else None,
                    occurred_at=shell.occurred_at, recorded_at=shell.recorded_at)
        if self.keys:
            entries.tags(row, shell, self.keys)
        if shell.epoch is not None:
            line["epoch"] = shell.epoch
            # Somebody who was removed has the house keys of the epochs before, and no others.
            if shell.epoch < self.epoch:
                raise Refused("epoch", f"it is sealed under epoch {shell.epoch}, after one of epoch {self.epoch}")
            self.epoch = shell.epoch
        return shell

    def body(self, row, shell, line):
        if shell is None:
            return
        source, against, event, inner = entries.open_body(row, self.keys, self.book.register, shell)
        if event != shell.event:
            raise Refused("event", f"its shell says {shell.event}, and its content {event}")
        if event == "note.told":
            inner = entries.told(inner, row, self.keys, self.book.register)
            if "account" in inner:
                self.accounts["closed" if inner["account"] is None else "opened"] += 1
        self.opened += 1
        line.update(source=source, against=against, content=inner)
        self.fold(row, event, inner)

    def fold(self, row, event, inner):
        """What later entries are held against."""
        if event == "centre.keys_set":
            self.chain.meet(row, inner)
        elif event == "centre.day_note":
            self.notes.append(notes.checked(inner["note"], row.place, self.book, self.chain.signs()))
        elif event == "centre.staff_listed":
            self.chain.roles[inner["staff"]] = None if inner["left"] else inner["role"]
        elif event == "centre.policy_set":
            self.chain.may = next(set(one["roles"]) for one in inner["powers"] if one["power"] == "people")

    def json_shell(self, row, line):
        """Format 1: open JSON, of a register without keys."""
        shell = json.loads(entries.envelope(row.shell)[3])
        if bytes.fromhex(shell["body"]) != row.digest:
            raise Refused("digest", "its content is not its own")
        line.update(shell)
        if row.body is not None:
            body = json.loads(entries.envelope(row.body)[3])
            ((family, inner),) = body["event"].items()
            if f"{family}.{inner['is']}" != shell["event"]:
                raise Refused("event", "its content is of another event")
            line["content"] = inner
            self.opened += 1

    def fits(self):
        """The keyring is the one that the book names last, or later."""
        has, names = self.ring.version, self.chain.version
        if has < names:
            raise Refused("keyring-older", f"it has version {has}, and the book names {names}: put back")
        if has > names + changes.AHEAD:
            raise Refused("keyring-ahead", f"it has version {has}, and the book names {names}: forged")
        if has == names and self.ring.sum != self.chain.sum:
            raise Refused("keyring-other", f"it has version {has}, and is not the one that the book names")
        self.chain.fits(self.ring)

    def reads_what_it_should(self):
        """Nobody reads a group whose role does not: anybody with a key could have put them there."""
        for number, group in keyring.GROUPS.items():
            for person in self.ring.readers(number):
                role = self.chain.roles.get(entries.text_id(person))
                if group not in changes.GROUPS_OF.get(role, ()):
                    says = f"{entries.text_id(person)} is given {group}, and is {role or 'not of the team'}"
                    raise Refused("readers", says)

    def json(self):
        book, ring = self.book, self.ring
        out = {"register": entries.text_id(book.register), "entries": len(book.rows), "opened": self.opened,
               "closed": self.closed, "gone": self.gone, "accounts": self.accounts, "notes": self.notes,
               "link": book.link(len(book.rows)).hex()}
        if ring:
            ahead = ring.version - self.chain.version
            people = [{"staff": entries.text_id(one.id), "number": one.number} for one in ring.people]
            out["keyring"] = {"kind": ["real", "practice"][ring.kind], "version": ring.version, "epoch": ring.epoch,
                              "ahead_of_the_book": ahead, "people": people}
        if self.keys:
            held = [[keyring.GROUPS[group], number] for group, number in self.keys.groups]
            out["me"] = {"staff": entries.text_id(self.keys.me), "groups": held}
        return {**out, "log": self.log}


def read(flat_bytes, keyring_bytes=None, number=None, secret=None, recovery=False):
    """The whole reading, or `Refused`."""
    ring = keyring.read(keyring_bytes) if keyring_bytes is not None else None
    keys = None
    if ring and recovery:
        keys = keyring.by_recovery(ring, secret)
    elif ring and number is not None:
        keys = keyring.by_passphrase(ring, number, secret)
    return Reading(flat.read(flat_bytes), ring, keys).all()


def main():
    says = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    says.add_argument("flat", type=pathlib.Path)
    says.add_argument("--keyring", type=pathlib.Path)
    says.add_argument("--number", type=int)
    says.add_argument("--recovery", action="store_true")
    args = says.parse_args()
    secret = sys.stdin.readline().rstrip("\r\n") if args.recovery or args.number is not None else None
    ring = args.keyring.read_bytes() if args.keyring else None
    try:
        reading = read(args.flat.read_bytes(), ring, args.number, secret, args.recovery)
    except Refused as fault:
        print(json.dumps({"refused": fault.name, "says": str(fault)}, ensure_ascii=False))
        return 1
    print(json.dumps(reading.json(), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

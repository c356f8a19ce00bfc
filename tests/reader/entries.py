"""The two layers of an entry: opened, taken apart, and held against each other and against their place."""

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from codes import NAMES, OPEN
from keyring import ACCOUNT, GROUPS
from primitives import Bytes, Closed, Refused, hpke_open, u32, u64, unpadded, unseal

ORDINARY, LASTING = 0, 1
FILES = {0: "centre", 1: "staff", 2: "case", 3: "apart"}


@dataclass
class Shell:
    act: str
    code: int
    day: bytes
    file: bytes
    occurred_at: str
    recorded_at: str
    by: str
    desk: str
    digest: bytes
    # None: it lies open.
    epoch: int = None

    @property
    def event(self):
        return NAMES[self.code]


def text_id(data):
    return str(uuid.UUID(bytes=data))


def file_text(file):
    return "centre" if file[0] == 0 else {FILES[file[0]]: text_id(file[1:])}


def moment(data):
    micros, ahead = int.from_bytes(data.take(8), "little", signed=True), int.from_bytes(data.take(4), "little", signed=True)
    try:
        zone = timezone(timedelta(seconds=ahead))
        return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=micros)).astimezone(zone).isoformat()
    except (OverflowError, ValueError) as fault:
        raise Refused("shell-form", f"{micros} microseconds, {ahead} seconds ahead, are no time") from fault


def shell_of(frame):
    if len(frame) != 141:
        raise Refused("shell-form", f"it has {len(frame)} bytes")
    data = Bytes(frame, "shell")
    act, code, has, day, file = data.take(16), data.number(2), data.number(1), data.take(16), data.take(17)
    occurred, recorded = moment(data), moment(data)
    kind, who, desk, digest = data.number(1), data.take(16), data.take(16), data.take(32)
    good = code in NAMES and (has == 1 or (has == 0 and not any(day))) and file[0] in FILES
    good = good and (file[0] or not any(file)) and (kind == 1 or (kind == 0 and not any(who)))
    if not good:
        raise Refused("shell-form", "it says what no shell says")
    by = {"staff": text_id(who)} if kind else "program"
    return Shell(text_id(act), code, day if has else None, file, occurred, recorded, by, text_id(desk), digest)


def source_of(data):
    kind = data.number(1)
    if kind == 0:
        return "desk"
    if kind == 1:
        return {"paper": {"sheet": data.number(4), "line": data.number(4)}}
    if kind == 2:
        return {"import": {"file": data.take(data.number(2)).decode(), "line": data.number(8)}}
    if kind == 3:
        return {"outbox": {"desk": text_id(data.take(16))}}
    raise Refused("body-form", f"there is no source of kind {kind}")


def body_of(frame):
    """Source, rules that it goes against, event."""
    data = Bytes(frame, "body")
    try:
        source = source_of(data)
        against = [data.take(data.number(1)).decode() for _ in range(data.number(2))]
        event = json.loads(data.rest())
        ((family, inner),) = event.items()
        return source, against, f"{family}.{inner['is']}", inner
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused("body-form", f"it cannot be read: {fault}") from fault


def envelope(stored):
    """Format, method, key id, the rest."""
    if len(stored) < 18:
        raise Refused("envelope", "it is too short")
    if stored[0] not in (1, 2):
        raise Refused("envelope", f"it has format {stored[0]}, and 1 and 2 are known")
    return stored[0], stored[1], stored[2:18], stored[18:]


def layer(stored, keys):
    """An envelope of a register with keys: method 0 or 1, format 2."""
    form, method, key_id, rest = envelope(stored)
    if form != 2:
        raise Refused("open-json", "it lies open as JSON, in a register that has keys")
    if method not in (0, 1) or (method == 0 and any(key_id)):
        raise Refused("envelope", f"method {method} is none of a layer")
    if method == 1 and keys is None:
        raise Closed("there are no keys")
    return method, key_id, rest


def open_shell(row, keys, register):
    method, key_id, rest = layer(row.shell, keys)
    if method == 0:
        shell = shell_of(rest)
    else:
        data = Bytes(rest, "shell")
        epoch, nonce = data.number(4), data.take(24)
        if any(key_id):
            raise Refused("envelope", "a shell has a key id")
        bound = b"doorbook shell v2" + register + u64(row.place) + row.before + u32(epoch)
        frame = unseal(keys.shell_key(epoch), bound, nonce, data.rest())
        if frame is None:
            raise Refused("shell-sealed", "its shell is not what was sealed for this place")
        shell = shell_of(frame)
        shell.epoch = epoch
    if (method == 0) != (shell.code in OPEN):
        raise Refused("astray", "it lies open and should be sealed, or is sealed and should lie open")
    if shell.digest != row.digest:
        raise Refused("digest", "its content is not its own")
    return shell


def open_body(row, keys, register, shell):
    method, key_id, rest = layer(row.body, keys)
    if (method == 0) != (shell.epoch is None):
        raise Refused("astray", "one of its layers lies open and the other does not")
    if method == 0:
        return body_of(rest)
    data = Bytes(rest, "body")
    epoch, nonce = data.number(4), data.take(24)
    # Doorbook itself does not look: who has the keys could put a body under the key of another file.
    keep = LASTING if shell.code >> 8 == 5 else ORDINARY
    if key_id != keys.key_id(keep, shell.file) or epoch != shell.epoch:
        raise Refused("body-key", "its content is sealed under another key than that of its file")
    bound = b"doorbook body v2" + register + row.id + key_id + u32(epoch)
    padded = unseal(keys.body_key(epoch, key_id), bound, nonce, data.rest())
    if padded is None:
        raise Refused("body-sealed", "its content is not what was sealed for this entry")
    return body_of(unpadded(padded))


def open_account(stored, row, keys, register, several=False):
    """What was told of a note: group, generation, the account; None: it is for others."""
    form, method, key_id, rest = envelope(stored)
    if form != 2 or method != 2 or any(key_id[:15]) or key_id[15] not in GROUPS:
        raise Refused("account-form", "it is no account")
    data = Bytes(rest, "account")
    group, generation = key_id[15], data.number(4)
    if (group, generation) not in keys.groups:
        return group, generation, None
    bound = b"doorbook account v2" + register + row.id
    padded = hpke_open(keys.groups[group, generation], keys.ring.info(ACCOUNT), bound, data.rest())
    if padded is None and several:
        # Sealed to nobody: all but one of them are.
        return group, generation, None
    if padded is None:
        raise Refused("account-sealed", "an account is not what was sealed for this entry")
    return group, generation, json.loads(unpadded(padded))


def told(inner, row, keys, register):
    """Whether an account opens, and what is in it, in the place of what is sealed."""
    of_the_team = inner.get("to") != "concern"
    try:
        stored = [base64.b64decode(one, validate=True) for one in (inner["copies"] if of_the_team else [inner["sealed"]])]
    except (binascii.Error, TypeError, KeyError) as fault:
        raise Refused("account-form", f"it is no base64: {fault}") from fault
    opened = [open_account(one, row, keys, register, of_the_team) for one in stored]
    expected = ["allegation", "lead", "chair"] if of_the_team else ["concern"]
    uniform = len({len(one) for one in stored}) == 1 and not ("sealed" in inner and of_the_team)
    if [GROUPS[group] for group, _, _ in opened] != expected or inner["to"] not in ("concern", "allegation") or not uniform:
        raise Refused("account-form", f"it says {inner.get('to')}, and is sealed otherwise")
    found = [account for _, _, account in opened if account is not None]
    if len(found) > 1:
        raise Refused("account-form", "it opens twice")
    said = {name: value for name, value in inner.items() if name not in ("sealed", "copies")}
    return {**said, "copies": [[GROUPS[group], number] for group, number, _ in opened], "account": (found or [None])[0]}


def tags(row, shell, keys):
    """The tags are those of its day and its file."""
    day = keys.tag_of(1, shell.day) if shell.day else keys.tag_of(2, row.id)
    if row.tags != (day, keys.tag_of(3, shell.file)):
        raise Refused("tags", "it is filed where it does not belong")

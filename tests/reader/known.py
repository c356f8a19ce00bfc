"""Known answers: RFC 9180, and the bytes in tests/corpus/v2 that no Doorbook may ever read otherwise."""

import json
import pathlib

import entries
import keyring
import notes
import primitives as p
from codes import NAMES

CORPUS = pathlib.Path(__file__).parents[1] / "corpus/v2"


def hpke():
    """RFC 9180, A.2.1."""
    private = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    own = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    sealed = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    info, bound = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"), b"Count-0"
    assert p.hpke_open(private, info, bound, own + bytes.fromhex(sealed)) == b"Beauty is truth, truth beauty"
    assert p.hpke_open(private, info, b"Count-1", own + bytes.fromhex(sealed)) is None


def frames():
    """Both frames of every event."""
    found = json.loads((CORPUS / "frames.json").read_text())
    assert set(found) == set(NAMES.values()), set(found) ^ set(NAMES.values())
    for name, one in found.items():
        shell, says = entries.shell_of(bytes.fromhex(one["shell"])), one["says"]
        assert shell.event == name, name
        assert (shell.act, shell.desk, entries.file_text(shell.file)) == (says["act"], says["desk"], says["file"]), name
        assert (entries.text_id(shell.day) if shell.day else None) == says["day"], name
        assert entries.body_of(bytes.fromhex(one["body"]))[2] == name


def vault():
    """Two versions of a keyring, what was sealed under each, a signed note."""
    read = lambda name: (CORPUS / "vault" / name).read_bytes()
    told = dict(line.split(": ", 1) for line in read("told.txt").decode().splitlines())
    one, two = keyring.read(read("keyring-1.bin")), keyring.read(read("keyring-2.bin"))
    first = keyring.by_passphrase(two, 1, told["1"])
    people = [(first, "111110"), (keyring.by_passphrase(two, 2, told["2"]), "111111"),
              (keyring.by_recovery(two, told["sheet"]), "111111"), (keyring.by_passphrase(one, 3, told["left"]), "111000")]
    for keys, expected in people:
        got = ""
        for n in (1, 2):
            layers = (body_of, shell_of, account_of)
            got += "".join(opens(layer, keys, n, read(f"{name}-{n}.bin")) for name, layer in
                           zip(("body", "shell", "account"), layers))
        assert got == expected, (keys.me.hex(), got, expected)
    case = b"\x02" + bytes([1]) * 16
    tags = [first.tag_of(1, bytes([1]) * 16), first.tag_of(2, bytes([2]) * 16), first.tag_of(3, case)]
    assert [tag.hex() for tag in tags] == told["tags"].split()
    assert {first.key_id(keep, case) for keep in (0, 1)} == set(first.files)
    note = read("note.txt").decode()
    name = note.rpartition("\n\n")[2].split(" ")[1]
    assert notes.signers(note, {name: two.people[0].ed})[1] == [name]
    assert notes.fingerprint(note) == told["fingerprint"]


BODY = b'{"door":{"is":"arrived"}}'


def opens(layer, keys, n, stored):
    try:
        return "1" if layer(keys, n, stored) else "0"
    except p.Closed:
        return "0"


def body_of(keys, n, stored):
    key_id, epoch, nonce, sealed = stored[2:18], stored[18:22], stored[22:46], stored[46:]
    bound = b"doorbook body v2" + keys.ring.register + bytes([n]) * 16 + key_id + epoch
    plain = p.unseal(keys.body_key(int.from_bytes(epoch, "little"), key_id), bound, nonce, sealed)
    assert plain is not None and p.unpadded(plain) == BODY
    return True


def shell_of(keys, n, stored):
    epoch, nonce, sealed = stored[18:22], stored[22:46], stored[46:]
    bound = b"doorbook shell v2" + keys.ring.register + p.u64(n) + bytes([3]) * 32 + epoch
    assert p.unseal(keys.shell_key(int.from_bytes(epoch, "little")), bound, nonce, sealed) is not None
    return True


def account_of(keys, n, stored):
    generation = int.from_bytes(stored[18:22], "little")
    if (stored[17], generation) not in keys.groups:
        return False
    bound = b"doorbook account v2" + keys.ring.register + bytes([n]) * 16
    plain = p.hpke_open(keys.groups[stored[17], generation], keys.ring.info(keyring.ACCOUNT), bound, stored[22:])
    assert plain is not None and p.unpadded(plain) == BODY
    return True


def words():
    """A passphrase counts however it is typed."""
    same = ["abandon act zoo ladder crystal", "  ABANDON-act\u2014zoo \t ladder\xa0CRYS ", "\uff41\uff42\uff41\uff4e act zoo ladd crys"]
    assert {p.normalised(typed) for typed in same} == {"aban act zoo ladd crys"}
    assert p.normalised("wxyzw d\xeda") == "wxyzw d\xeda"
    assert notes.fingerprint("") == "NW9M-KEFN-Z6GT-D820-9QN3-DQ69"


if __name__ == "__main__":
    for known in (hpke, frames, vault, words):
        known()
        print(f"known answers: {known.__name__}")

"""A practice register, worked at its screen as a Saturday would: somebody new, notes, somebody removed, a kill, a close."""

import shutil
import subprocess
from dataclasses import dataclass, field

from desk import Desk

PRACTICE = "practice"
# What was told, and what nobody but its readers may find anywhere.
CONCERN, ALLEGATION, LATER, DRAFT = "MARKconcern", "MARKallegation", "MARKlater", "MARKdraft"
# Between two keys that must not count as one held down.
PAUSE = 0.7


@dataclass
class Saturday:
    """The register's files as they were, before somebody was removed and at the end."""

    folder: object
    home: object
    lead: str = ""
    before: bytes = b""
    before_keyring: bytes = b""
    flat: bytes = b""
    keyring: bytes = b""
    drafts: dict = field(default_factory=dict)


class Program:
    def __init__(self, path, home):
        self.path, self.home = path, home

    def run(self, folder, *words, code=0):
        """A command without a screen; what it says."""
        args = [self.path, "--data", folder, *words]
        done = subprocess.run(args, env={"HOME": str(self.home)}, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert code is None or done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def desk(self, folder, *words):
        return Desk(self.path, "--data", folder, *words, home=self.home)

    def export(self, folder):
        file = self.home / "book.flat"
        file.unlink(missing_ok=True)
        self.run(folder, "book", "export", file)
        return file.read_bytes()


def comes_in(desk, number, name, passphrase=None):
    """Number, passphrase, and the Enter that says what it writes."""
    desk.wait("Your number")
    desk.keys(f"{number} Tab").send(passphrase or PRACTICE).keys("Enter")
    desk.wait(f"You are {name}")
    desk.settled(PAUSE)
    desk.keys("Enter").wait(f"{name} at the desk")
    desk.settled(PAUSE)


def tells(desk, words, about=""):
    """F8 writes that there is something to tell; F8 again opens its form."""
    desk.keys("F8").wait("F8 again")
    desk.settled(PAUSE)
    desk.keys("F8").wait("What was it?")
    desk.settled(PAUSE)
    desk.send(words).wait(words)
    desk.keys(about)


def saves(desk):
    desk.settled(PAUSE)
    desk.keys("Enter").wait("Saved")
    desk.wait("F8 tell")
    desk.settled(PAUSE)


def people(desk):
    desk.keys("Ctrl-P").send("people")
    desk.settled()
    desk.keys("Enter").wait("a add")
    desk.settled()


def quits(desk):
    desk.keys("Ctrl-Q")
    assert desk.ends() == 0


def adds_a_lead(desk):
    """Lena, safeguarding lead, number 6; her passphrase is shown once."""
    people(desk)
    desk.keys("a").send("Lena").keys("Enter").send("Lead").keys("Tab Tab Tab").send("Lead").keys("Tab Tab 5 Tab")
    desk.send("3.5.2026").keys("Tab 2").wait("Lena Lead, safeguarding lead, number 6")
    desk.settled(PAUSE)
    desk.keys("Enter").wait("The passphrase of Lena Lead", "6 open the register")
    rows = [line.split() for line in desk.settled().split("\n")]
    words = {row[0]: "".join(row[1:]) for row in rows if len(row) > 3 and row[0] in "12345" and all(len(l) == 1 for l in row)}
    desk.keys("1").wait("The passphrase of", gone=True)
    desk.keys("Esc")
    desk.settled()
    assert len(words) == 5, words
    return " ".join(words[n] for n in "12345")


def saturday(program, folder):
    """Ruth is coordinator (1), Sam and Jean are volunteers (2, 5), Lena is safeguarding lead (6)."""
    day = Saturday(folder, program.home)
    with program.desk(folder, "practice", "--at", "2026-11-21T09:30") as desk:
        comes_in(desk, 1, "Ruth")
        day.lead = adds_a_lead(desk)
        desk.keys("F4")
        comes_in(desk, 2, "Sam")
        tells(desk, CONCERN)
        saves(desk)
        # About one of the team: Ruth.
        tells(desk, ALLEGATION, "Tab Tab Right Right 1")
        desk.wait("Ruth, of the team", "for the lead and the chair only")
        saves(desk)
        quits(desk)
    day.before, day.before_keyring = program.export(folder), (folder / "keyring").read_bytes()
    with program.desk(folder) as desk:
        comes_in(desk, 1, "Ruth")
        people(desk)
        desk.keys("Down r").send("remove")
        desk.settled(PAUSE)
        desk.keys("Enter").wait("opens nothing that is written from now on")
        desk.keys("Esc")
        desk.settled(PAUSE)
        tells(desk, LATER)
        saves(desk)
        tells(desk, DRAFT)
        desk.settled(PAUSE)
        desk.kill()
    assert "places, links, digests and signatures hold" in program.run(folder, "verify")
    day.drafts = {file.name: file.read_bytes() for file in folder.glob("draft-*")}
    day.flat, day.keyring = program.export(folder), (folder / "keyring").read_bytes()
    return day


def closed_day(program, folder):
    """A day with nobody in it, closed and signed; the flat file and the keyring, and what the paper of the close says."""
    program.run(folder, "practice", "--empty")
    with program.desk(folder) as desk:
        comes_in(desk, 1, "Ruth")
        desk.keys("F7").wait("Count heads")
        desk.keys("0 Tab 0 Tab 1 Tab 0").wait("0 children, 0 adults, 1 team")
        desk.settled(PAUSE)
        desk.keys("Enter").wait("heads are counted")
        desk.settled(PAUSE)
        desk.keys("Tab").wait("Enter")
        desk.settled(PAUSE)
        desk.keys("Enter").wait("The second signature")
        desk.settled(PAUSE)
        desk.keys("Tab Tab 1")
        desk.settled(PAUSE)
        desk.keys("Enter")
        desk.wait("the day is signed by Ruth")
        desk.settled(PAUSE)
        desk.keys("F7")
        desk.settled(PAUSE)
        desk.keys("p")
        desk.settled(PAUSE)
        desk.settled(PAUSE)
        desk.keys("Esc")
        desk.settled(PAUSE)
        quits(desk)
    paper = folder / "close.txt"
    return program.export(folder), (folder / "keyring").read_bytes(), paper.read_text() if paper.exists() else ""


def copied(day, name):
    """The folder of a Saturday once more, to try something on."""
    folder = day.home / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(day.folder, folder, ignore=shutil.ignore_patterns("draft-*"))
    return folder

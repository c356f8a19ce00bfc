"""Works the program at its screen: types, waits for what the screen says."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte

PATIENCE = 20
KEYS = {"Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Space": " ", "Backspace": "\x7f", "Up": "\x1b[A", "Down": "\x1b[B",
        "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "End": "\x1b[F", "F2": "\x1bOQ", "F4": "\x1bOS", "F6": "\x1b[17~",
        "F7": "\x1b[18~", "F8": "\x1b[19~", "F9": "\x1b[20~"}


class Desk:
    """A running program, and its screen of 80 by 24."""

    def __init__(self, program, *args, home):
        self.screen = pyte.Screen(80, 24)
        self.stream = pyte.ByteStream(self.screen)
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            env = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            os.execve(program, [str(program), *map(str, args)], env)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.kill(self.child, signal.SIGWINCH)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.terminal)

    def text(self):
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    def read(self, seconds):
        """Takes what the program sends; False: it has ended."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            sent = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.stream.feed(sent)
        return bool(sent)

    def wait(self, *texts, gone=False):
        """Until the screen says all of these; the screen."""
        until = time.monotonic() + PATIENCE
        while gone == all(text in self.text() for text in texts):
            if not self.read(0.1) or time.monotonic() > until:
                raise AssertionError(f"waited in vain for {texts}, gone {gone}; the screen:\n{self.text()}")
        return self.text()

    def keys(self, keys):
        """By name; what is no name is typed as it is."""
        for key in keys.split():
            letter = key.removeprefix("Ctrl-")
            self.send(chr(ord(letter.lower()) & 31) if letter != key else KEYS.get(key, key))
        return self

    def send(self, text):
        # A key a time, as a hand does: a burst is taken for a paste.
        for key in [text] if text.startswith("\x1b") else text:
            os.write(self.terminal, key.encode())
            self.read(0.005)
        return self

    def settled(self, seconds=0.25):
        """Until nothing comes any more."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if select.select([self.terminal], [], [], 0.05)[0]:
                if not self.read(0):
                    break
                until = time.monotonic() + seconds
        return self.text()

    def ends(self):
        """Waits for its end; its exit code."""
        until = time.monotonic() + PATIENCE
        while self.read(0.1):
            if time.monotonic() > until:
                raise AssertionError(f"it did not end; the screen:\n{self.text()}")
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])

    def kill(self):
        """At this instant; it learns nothing of it."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)

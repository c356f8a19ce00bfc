"""The scenarios that `.ci/bench` runs through ptybench, as JSON: this program on its books, the floor, and the peers."""
import argparse
import json
import os
import random
import shutil
import sys

# Screen, keys that open it from the board, what stands on it, [(label, keys)], keys back to the board.
SCREENS = [
    ("board", "", "In the building", [("cursor", "{Down}{Up}"), ("digit", "1{BS}")], ""),
    ("board, staff view", "{F5}", "Brings", [("cursor", "{Down}{Up}")], "{F5}"),
    ("find", "", "In the building", [("first letter", "a{Esc}")], ""),
    ("find", "a", "Find", [("list changes", "n{BS}"), ("cursor", "{Down}{Up}")], "{Esc}{Esc}{Esc}"),
    ("card", "1{Enter}", "the other side", [("digit", "11"), ("other side", "{Tab}{Tab}")], "{Esc}"),
    ("question", "1{Enter}", "the other side", [("opens", "x{Esc}")], "{Esc}"),
    ("not coming", "{End}{Enter}a", "Not coming", [("digit", "12")], "{Esc}{Esc}{Home}"),
    ("not coming, another", "{End}{Enter}a9", "Not coming", [("list changes", "s{BS}")], "{Esc}{Esc}{Esc}{Home}"),
    ("note form", "{F5}{F8}", "For Ruth", [("typed", "s{BS}")], "{Esc}{F5}"),
    ("who is in", "{F9}", "Who is in", [("cursor", "{Down}{Up}")], "{Esc}"),
    ("staff", "{F2}", "on shift", [("cursor", "{Down}{Up}")], "{Esc}"),
    ("staff form", "{F2}0", "name", [("typed", "s{BS}")], "{Esc}{Esc}"),
    ("day log", "{F3}", "log", [("cursor", "{Down}{Up}")], "{Esc}"),
    ("paper", "{C-p}paper{Enter}", "sheet", [("typed", "3{BS}")], "{Esc}"),
    ("policy", "{C-p}how the{Enter}", "How the centre works", [("cursor", "{Down}{Up}")], "{Esc}"),
    ("for the coordinator", "!", "wait", [("cursor", "{Down}{Up}")], "{Esc}"),
    ("help", "?", "Help", [("scroll", "{Down}{Up}")], "{Esc}"),
    ("all commands", "{C-p}", "All commands", [("cursor", "{Down}{Up}"), ("list changes", "s{BS}")], "{Esc}"),
    ("take back", "", "In the building", [("opens", "{C-z}{Esc}")], ""),
    ("hidden", "", "In the building", [("hides", " {Esc}")], ""),
    ("close, count", "{F7}", "Close", [("typed", "3{BS}")], "{Esc}"),
    ("close, questions", "{F7}0{Tab}0{Tab}5{Tab}0{Enter}", "stop the close", [("cursor", "{Down}{Up}")], "{Esc}"),
]
# Enter within 120 ms of the last is the same Enter; a person does not press that fast.
SLOW = 140


def desk(args, name, folder, size, series=None, x=None, screens=True, repeat=50, sealed=False):
    """The desk on a book: to the board, every screen, acts to the disk, find. One that is sealed is unlocked first, when its
    deep check is over; its passphrase is that of practice, which costs less than a millisecond, and stands there."""
    steps = [{"send": "1", "quiet_ms": SLOW}, {"send": "{Enter}", "label": "to the board", "wait": "In the building", "quiet_ms": SLOW}]
    if sealed:
        steps = [{"send": "", "quiet_ms": 3000}, {"send": "1", "quiet_ms": SLOW},
                 {"send": "{Enter}", "label": "unlocked", "wait": "You are", "quiet_ms": SLOW}] + steps[1:]
    for screen, opens, shows, keys, back in SCREENS if screens else SCREENS[:1]:
        if opens:
            steps.append({"send": opens, "quiet_ms": SLOW, "wait": shows})
        for what, send in keys:
            steps.append({"send": send, "repeat": repeat, "label": f"{screen}: {what}", "warmup": 2, "quiet_ms": 12, "silent_ms": 60})
        if back:
            steps.append({"send": back, "quiet_ms": SLOW})
    steps.append({"send": "{Esc}{Esc}", "quiet_ms": SLOW, "wait": "Children"})
    steps += [{"send": "{F7}", "label": "close opens", "quiet_ms": SLOW}, {"send": "{Esc}", "quiet_ms": SLOW}] * 5
    for _ in range(20):
        steps += [{"send": "{F8}", "label": "F8 to the disk", "quiet_ms": 60}, {"send": "{Down}", "quiet_ms": SLOW}]
    for no in range(26, 41):
        steps += [{"send": f"{no}{{Enter}}", "quiet_ms": SLOW}, {"send": "{Enter}", "label": "Enter to the disk", "quiet_ms": 60},
                  {"send": "{Esc}{Esc}", "quiet_ms": SLOW}]
    out = {
        "name": name, "cmd": [args.doorbook, "--data", f"{folder}.now"], "size": size, "ready": "Your number" if sealed else "Who are you?",
        # What the desk writes is not there in the next round.
        "before": f"rm -rf {folder}.now; cp -r --sparse=always {folder} {folder}.now; {args.before.format(folder=folder + '.now')}",
        "timeout_s": 120, "quiet_ms": 15, "steps": steps, "quit": "{Esc}{Esc}{C-q}", "idle_s": args.idle,
    }
    if series:
        out.update(series=series, x=x)
    return out


def raw(args):
    cell = {"send": "x", "repeat": 300, "label": "cell", "warmup": 5}
    yield {"name": "raw pty echo", "cmd": [args.raw, "cell"], "size": [80, 24], "quiet_ms": 12, "steps": [cell], "quit": "q", "baseline": True}
    sync = {"send": "x", "repeat": 100, "label": "cell after fdatasync", "warmup": 5}
    yield {"name": "raw echo after fdatasync", "cmd": [args.raw, "sync", f"{args.work}/raw.dat"], "size": [80, 24], "quiet_ms": 30, "steps": [sync], "quit": "q"}


def peers(args):
    """Other programs that hold rows of people, on the same number of rows."""
    for count, rows in ((1_000, f"{args.work}/rows-1000.csv"), (1_000_000, f"{args.work}/rows-1000000.csv")):
        some = {"repeat": 60, "label": "cursor", "warmup": 4, "quiet_ms": 15, "silent_ms": 100}
        last = f"row {count - 1:07d}"
        for name, cmd, keys, quit_ in (
            ("nano", ["nano", "-I", rows], "{Down}{Up}", "{C-x}"),
            ("vim", ["vim", "-u", "NONE", "-N", rows], "{Down}{Up}", ":q!{Enter}"),
            ("VisiData", ["vd", rows], "{Down}{Up}", "gq"),
        ):
            if shutil.which(cmd[0]):
                yield {"name": f"{name}, {count} rows", "cmd": cmd, "size": [80, 24], "ready": "row 0000003", "timeout_s": 60,
                       "steps": [{**some, "send": keys, "quiet_ms": 60 if name == "VisiData" else 15}], "quit": quit_,
                       "series": name, "x": count, "last": last, "strace": False}
    if shutil.which("fzf"):
        keys = {"send": "sian{BS}{BS}{BS}{BS}nguy{BS}{BS}{BS}{BS}", "repeat": 4, "label": "find", "quiet_ms": 60, "silent_ms": 300}
        yield {"name": "fzf, 100000 people", "cmd": ["sh", "-c", f"fzf --exact < {args.work}/people.txt"], "size": [80, 24],
               "ready": "100000/100000", "steps": [keys], "quit": "{Esc}", "strace": False}
    if shutil.which("sqlite3"):
        base = f"{args.work}/people.db"
        ask = [{"send": f"select count(*) from people where name like '%{w}%';{{Enter}}", "paste": True, "label": "find", "quiet_ms": 40}
               for w in ("sian", "nguyen", "oneill", "lukasz")] * 5
        put = [{"send": f"insert into people values('row {n}');{{Enter}}", "paste": True, "label": "to the disk", "quiet_ms": 40} for n in range(30)]
        yield {"name": "sqlite3, 100000 people", "cmd": ["sqlite3", "-init", f"{args.work}/full.sql", base], "size": [80, 24], "ready": "sqlite>",
               "before": f"cp {args.work}/people-0.db {base}", "steps": ask + put, "quit": ".quit{Enter}", "strace": False}
    if shutil.which("task"):
        env = {"TASKDATA": f"{args.work}/task", "TASKRC": f"{args.work}/taskrc"}
        yield {"name": "task add (a process)", "kind": "exec", "cmd": ["task", "rc.confirmation=off", "add", "call {i}"], "n": 10, "env": env,
               "before": f"mkdir -p {args.work}/task && : > {args.work}/taskrc"}


def material(args):
    """Rows and names for the peers; invented, by a seed."""
    import sqlite3
    rnd = random.Random(1)
    given = "Mia Leo Noah Ivy Siân Sian Łukasz Aoife Zoë 小明 王芳 محمد Олена Nguyệt Thị Oscar Grace Ruby Beth Mark Rhys".split()
    family = "Hughes Rees Bell O’Neill O'Neill Nguyễn Nowak Wiśniewska Stone Frost Malik Kaur Mensah Llŵyd 王 Шевченко Dunne".split()
    names = [f"{rnd.choice(given)} {rnd.choice(family)} {n:06d}" for n in range(100_000)]
    with open(f"{args.work}/people.txt", "w") as out:
        out.write("\n".join(names) + "\n")
    for count in (1_000, 1_000_000):
        path = f"{args.work}/rows-{count}.csv"
        if not os.path.exists(path):
            with open(path, "w") as out:
                out.write("row,name,time,state\n")
                for n in range(count):
                    out.write(f"row {n:07d},{names[n % len(names)]},10:{n % 60:02d},here\n")
    base = f"{args.work}/people-0.db"
    if not os.path.exists(base):
        book = sqlite3.connect(base)
        book.execute("create table people(name text)")
        book.execute("pragma journal_mode=wal")
        book.executemany("insert into people values(?)", ((name,) for name in names))
        book.commit()
        book.close()
    with open(f"{args.work}/full.sql", "w") as out:
        out.write("pragma synchronous=full;\n")


def starts(args, small, large):
    """To the first screen, again and again: the floor and both books."""
    bare = [next(raw(args))]
    bare[0] = {**bare[0], "steps": [], "baseline": False}
    for name, folder in (("doorbook, 1000 entries", small), ("doorbook, 1000000 entries", large)):
        if os.path.exists(f"{folder}.now/register.redb"):
            bare.append({"name": name, "cmd": [args.doorbook, "--data", f"{folder}.now"], "size": [80, 24], "ready": "Who are you?",
                         "timeout_s": 60, "quiet_ms": 15, "steps": [], "quit": "{Esc}{Esc}{C-q}"})
    return bare


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--doorbook", required=True)
    ap.add_argument("--raw", required=True)
    ap.add_argument("--work", required=True, help="where the books and the peers' files lie")
    ap.add_argument("--idle", type=float, default=60)
    ap.add_argument("--repeat", type=int, default=50)
    ap.add_argument("--before", default="true", help="a command before each start of the desk; {folder} is its book")
    ap.add_argument("--quick", action="store_true")
    ap.add_argument("--starts", action="store_true", help="nothing but starts, to be run in many rounds")
    args = ap.parse_args()
    small, large, ten = (f"{args.work}/{name}" for name in ("small", "large", "ten-years"))
    if args.starts:
        json.dump({"scenarios": starts(args, small, large)}, sys.stdout, ensure_ascii=False, indent=1)
        return
    material(args)
    all_ = list(raw(args))
    all_.append(desk(args, "doorbook, 1000 entries", small, [80, 24], "doorbook", 1_000, repeat=args.repeat))
    all_.append({**desk(args, "doorbook, 1000 entries, 120x40", small, [120, 40], repeat=args.repeat), "idle_s": 0})
    if os.path.exists(f"{ten}/register.redb"):
        all_.append({**desk(args, "doorbook, 600 families, 10 years", ten, [80, 24], screens=False, repeat=args.repeat), "idle_s": 0})
    if os.path.exists(f"{large}/register.redb"):
        all_.append(desk(args, "doorbook, 1000000 entries", large, [80, 24], "doorbook", 1_000_000, repeat=args.repeat))
    for name, folder in (("1000 entries", small), ("600 families, 10 years", ten), ("1000000 entries", large)):
        if os.path.exists(f"{folder}-sealed/register.redb"):
            sealed = desk(args, f"doorbook sealed, {name}", f"{folder}-sealed", [80, 24], screens=False, repeat=args.repeat, sealed=True)
            all_.append({**sealed, "idle_s": 0})
    if not args.quick:
        all_ += peers(args)
    json.dump({"scenarios": all_}, sys.stdout, ensure_ascii=False, indent=1)


main()

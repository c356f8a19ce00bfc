"""docs/PERFORMANCE.md and its charts from what ptybench measured. `report.py WORK --print` or `report.py WORK --write docs`."""
import json
import math
import os
import sys

WHAT = {"raw pty echo", "raw echo after fdatasync"}


def ms(x):
    return "-" if x is None else f"{x:.2f}"


def load(work):
    """What was measured; starts and calls to the system come from runs of their own."""
    data = read(f"{work}/figures.json")
    recs = by_name(data)
    for name, field in (("starts", "start_ms"), ("traced", "strace")):
        for record in read(f"{work}/{name}.json").get("results", []):
            if record.get(field) and record["name"] in recs:
                recs[record["name"]][field] = record[field]
    return data


def read(path):
    if not os.path.exists(path):
        return {}
    with open(path) as f:
        return json.load(f)


def by_name(data):
    return {r["name"]: r for r in data["results"]}


def kib(record, key):
    value = record.get(key)
    return "-" if not value else f"{value / 1024:.1f}"


def spread(key):
    rounds = [r for r in key.get("round_p50_ms", []) if r is not None]
    return "-" if not rounds else f"{min(rounds):.2f} to {max(rounds):.2f}"


def keys_table(record, base, limit):
    """Every key of one run of the desk: time, ratio to the floor, spread of the rounds, bytes."""
    floor = base["keys"]["cell"]["latency_ms"]
    lines = ["| screen: key | n | p50 ms | x raw | p99 ms | rounds p50 | bytes p50 | bytes max | bar |", "|---|---|---|---|---|---|---|---|---|"]
    for label, key in record["keys"].items():
        t, b = key["latency_ms"], key["bytes"]
        if not t.get("n") or t.get("p50") is None:
            lines.append(f"| {label} | {t.get('n', 0)} | silent | | | | | | |")
            continue
        misses = []
        if "to the disk" not in label and "to the board" not in label:
            if t["p50"] > floor["p50"] + 1:
                misses.append("p50")
            if t["p99"] > floor["p99"] + 2:
                misses.append("p99")
            most = limit(label)
            if most and b["p50"] > most:
                misses.append(f"bytes > {most}")
        lines.append(f"| {label} | {t['n']} | {ms(t['p50'])} | {t['p50'] / floor['p50']:.1f} | {ms(t['p99'])} | {spread(key)} | "
                     f"{b['p50']:.0f} | {b['max']:.0f} | {'misses ' + ', '.join(misses) if misses else 'holds'} |")
    return lines


def limit(label):
    """Bytes that a key may cost at 80x24."""
    what = label.split(": ")[-1]
    if what in ("typed", "digit"):
        return 64
    if what in ("cursor", "scroll"):
        return 300
    return 4096 if what in ("list changes", "first letter") else None


def summary_table(data):
    recs = by_name(data)
    base = recs["raw pty echo"]
    lines = ["| program | start p50 ms | p99 | x raw start | resident when ready MiB | idle wake-ups/s | idle bytes/s | threads |", "|---|---|---|---|---|---|---|---|"]
    for r in data["results"]:
        if "start_ms" not in r:
            continue
        idle = r.get("idle") or {}
        s = r["start_ms"]
        lines.append(f"| {r['name']} | {ms(s['p50'])} | {ms(s['p99'])} | {s['p50'] / base['start_ms']['p50']:.1f} | {kib(r, 'rss_ready_kib')} | "
                     f"{idle.get('wakeups_per_s', '-')} | {idle.get('bytes_per_s', '-')} | {r.get('threads', '-')} |")
    return lines


def peers_table(data):
    lines = ["| program | what | n | p50 ms | p99 ms | bytes p50 |", "|---|---|---|---|---|---|"]
    for r in data["results"]:
        if r["name"].startswith("doorbook") or "keys" not in r and "wall_ms" not in r:
            continue
        if "wall_ms" in r:
            w = r["wall_ms"]
            lines.append(f"| {r['name']} | a process | {w['n']} | {ms(w['p50'])} | {ms(w['p99'])} | - |")
        for label, key in r.get("keys", {}).items():
            t = key["latency_ms"]
            if t.get("n"):
                lines.append(f"| {r['name']} | {label} | {t['n']} | {ms(t['p50'])} | {ms(t['p99'])} | {key['bytes'].get('p50', 0):.0f} |")
    return lines


def strace_table(data):
    lines = ["| scenario | action | keys | writes to the terminal a key | syncs a key | what |", "|---|---|---|---|---|---|"]
    for r in data["results"]:
        for label, counts in (r.get("strace") or {}).items():
            if label == "total" or not counts or not counts.get("keys"):
                continue
            n = counts["keys"]
            syncs = sum(counts.get(c, 0) for c in ("fsync", "fdatasync", "msync"))
            rest = ", ".join(f"{k} {v}" for k, v in sorted(counts.items()) if k not in ("keys", "tty_writes") and v)
            lines.append(f"| {r['name']} | {label} | {n} | {counts.get('tty_writes', 0) / n:.2f} | {syncs / n:.2f} | {rest} |")
    return lines


def bars(lines):
    """The bars of the issue that are one number."""
    recs = by_name(lines)
    out = []
    base, sync = recs.get("raw pty echo"), recs.get("raw echo after fdatasync")
    one, many, ten = (recs.get(f"doorbook, {n}") for n in ("1000 entries", "1000000 entries", "600 families, 10 years"))

    def bar(what, value, most, unit=""):
        out.append(f"| {what} | {value:.2f}{unit} | <= {most:.2f}{unit} | {'holds' if value <= most else 'MISSED'} |")

    for name, r in (("1,000", one), ("1,000,000", many)):
        if not r or "start_ms" not in r:
            continue
        start, floor = r["start_ms"]["p50"], base["start_ms"]["p50"]
        bar(f"{name} entries: start to the first screen", start, floor + 15, " ms")
        keys = r["keys"]
        board = keys.get("to the board", {}).get("latency_ms", {}).get("p50")
        if board:
            bar(f"{name} entries: start and Enter to the board", start + board, floor + 15, " ms")
        if sync:
            most = 4 * sync["keys"]["cell after fdatasync"]["latency_ms"]["p50"]
            for label in ("Enter to the disk", "F8 to the disk"):
                if label in keys and keys[label]["latency_ms"].get("n"):
                    bar(f"{name} entries: {label}, and shown", keys[label]["latency_ms"]["p50"], most, " ms")
        if "close opens" in keys and "board: cursor" in keys:
            bar(f"{name} entries: close opens, by the board's key", keys["close opens"]["latency_ms"]["p50"],
                2 * keys["board: cursor"]["latency_ms"]["p50"], " ms")
    if one and many and "start_ms" in many:
        bar("start, 1,000,000 entries by 1,000", many["start_ms"]["p50"] / one["start_ms"]["p50"], 1.3)
        bar("1,000,000 entries: resident with the board up", many["rss_ready_kib"] / 1024, 40, " MiB")
    if ten and "rss_ready_kib" in ten:
        bar("600 families, 10 years: resident with the board up", ten["rss_ready_kib"] / 1024, 12, " MiB")
    return ["| figure | measured | bar | |", "|---|---|---|---|"] + out


def chart(title, rows, unit, path):
    """Bars on a logarithmic scale: (name, value, is ours)."""
    rows = [r for r in rows if r[1]]
    if not rows:
        return False
    low, high = min(v for _, v, _ in rows) / 1.5, max(v for _, v, _ in rows) * 1.2
    left, wide, step = 260, 420, 22
    height = 50 + step * len(rows)
    x = lambda v: left + wide * (math.log(v / low) / math.log(high / low))
    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + wide + 90}" height="{height}" font-family="sans-serif" font-size="12">',
           '<rect width="100%" height="100%" fill="white"/>', f'<text x="10" y="20" font-weight="bold">{title} ({unit}, logarithmic)</text>']
    for n, (name, value, ours) in enumerate(rows):
        y = 36 + step * n
        svg.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{name.replace("&", "and").replace("<", "")}</text>')
        svg.append(f'<rect x="{left}" y="{y}" width="{max(2, x(value) - left):.1f}" height="{step - 6}" fill="{"#2b6cb0" if ours else "#a0aec0"}"/>')
        svg.append(f'<text x="{x(value) + 6:.1f}" y="{y + 13}">{value:.2f}</text>')
    svg.append("</svg>")
    with open(path, "w") as f:
        f.write("\n".join(svg) + "\n")
    return True


def charts(data, folder):
    os.makedirs(folder, exist_ok=True)
    recs = by_name(data)
    p50 = lambda key: key["latency_ms"].get("p50")
    base = recs["raw pty echo"]
    desk = recs.get("doorbook, 1000 entries", {"keys": {}})
    screens = [("raw pty echo", p50(base["keys"]["cell"]), False)]
    screens += [(label, p50(key), True) for label, key in desk["keys"].items() if "disk" not in label and "board" != label]
    chart("A key on each screen, 40 sessions, 80x24", screens, "ms p50", f"{folder}/keys.svg")
    starts = [(r["name"], r["start_ms"]["p50"], r["name"].startswith("doorbook")) for r in data["results"] if "start_ms" in r]
    chart("From the start to the first useful screen", starts, "ms p50", f"{folder}/start.svg")
    memory = [(r["name"], (r.get("rss_ready_kib") or 0) / 1024, r["name"].startswith("doorbook")) for r in data["results"] if "start_ms" in r]
    chart("Resident when ready", memory, "MiB", f"{folder}/memory.svg")
    cursor = [(r["name"], p50(r["keys"].get("cursor") or r["keys"].get("board: cursor") or r["keys"].get("cell") or {"latency_ms": {}}),
               r["name"].startswith("doorbook")) for r in data["results"] if r.get("keys")]
    chart("A cursor key", cursor, "ms p50", f"{folder}/cursor.svg")


def page(data, work):
    m = data["machine"]
    recs = by_name(data)
    base = recs["raw pty echo"]
    out = ["# Performance", "",
           "Made by `.ci/bench`; not written by hand. Every program was driven through a pseudo-terminal, one after the other in each round,",
           "so that noise falls on all alike: the ratios hold from machine to machine, the milliseconds do not. Today has 40 sessions.", "",
           f"Machine: {m['cpu']}, {m['cores']} cores, Linux {m['kernel']}; load {', '.join(f'{x:.1f}' for x in m['loadavg'])} at the end; "
           f"{m['when']}; {data['rounds']} rounds; pyte {'yes' if m['pyte'] else 'no'}.", "",
           "```", "cargo run --release --example fill -- --data FOLDER --entries 1000",
           "cargo run --release --example fill -- --data FOLDER --entries 1000000 --people 100000",
           "cargo run --release --example fill -- --data FOLDER --families 600 --years 10",
           "target/release/doorbook --data FOLDER", ".ci/bench", "cargo bench", ".ci/counts", ".ci/soak", "```", "",
           "## The bars", "", *bars(data), "",
           f"A key: p50 <= raw + 1 ms ({ms(base['keys']['cell']['latency_ms']['p50'] + 1)} in this run), p99 <= raw p99 + 2 ms "
           f"({ms(base['keys']['cell']['latency_ms']['p99'] + 2)}); at 80x24 a cursor key <= 300 bytes, a typed key <= 64, a key that changes a list <= 4 kB.", ""]
    for name in [n for n in recs if n.startswith("doorbook")]:
        r = recs[name]
        if r.get("errors"):
            out += [f"**{name}**: {r['errors'][0].splitlines()[0]}", ""]
        if r.get("keys"):
            most = limit if "120x40" not in name else (lambda label: None)
            out += [f"## {name}", "", *keys_table(r, base, most), ""]
    out += ["## Starts, memory, idle", "", *summary_table(data), "",
            "Idle: no key for a minute; the desk wakes when the minute changes.", "",
            "## The floor and the peers", "", *peers_table(data), "",
            "## Calls to the system, from a run of its own under strace", "", *strace_table(data), ""]
    for title, name in (("Import", "import"), ("Whom find finds among 100,000 people", "recall")):
        if os.path.exists(f"{work}/{name}.json"):
            with open(f"{work}/{name}.json") as f:
                out += [f"## {title}", "", *json.load(f).get("lines", []), ""]
    out += ["![A key on each screen](performance/keys.svg)", "![Start](performance/start.svg)", "![Memory](performance/memory.svg)",
            "![A cursor key](performance/cursor.svg)"]
    return "\n".join(out) + "\n"


def main():
    work, how = sys.argv[1], sys.argv[2]
    data = load(work)
    if "raw pty echo" not in by_name(data):
        print("The floor was not in this run: only what ptybench printed above.")
        return
    text = page(data, work)
    if how == "--print":
        print(text)
        return
    folder = sys.argv[3]
    charts(data, f"{folder}/performance")
    with open(f"{folder}/PERFORMANCE.md", "w") as f:
        f.write(text)
    print(f"Written: {folder}/PERFORMANCE.md")


main()

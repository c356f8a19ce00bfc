"""Whom find finds among a hundred thousand people, beside a look at each of them, grep and fzf, as `recall.json`."""
import json
import shutil
import subprocess
import sys

WORDS = ["sian", "nguyen", "lukasz", "oneill", "王"]


def counted(command, text):
    if not shutil.which(command[0]):
        return "-"
    ran = subprocess.run(command, input=text, capture_output=True, check=False)
    return str(ran.stdout.count(b"\n"))


def main():
    recall, work = sys.argv[1:]
    people = f"{work}/people.txt"
    ours = subprocess.run([recall, people, *WORDS], capture_output=True, text=True, check=True).stdout
    with open(people, "rb") as f:
        text = f.read()
    lines = ["| typed | find | a look at each | grep -i | fzf --exact | fzf |", "|---|---|---|---|---|---|"]
    for word, found, each in (line.split("\t") for line in ours.splitlines()):
        if found != each:
            sys.exit(f"{word}: find has {found}, a look at each {each}")
        others = [["grep", "-i", word], ["fzf", "--exact", "--filter", word], ["fzf", "--filter", word]]
        lines.append("| " + " | ".join([word, found, each, *(counted(command, text) for command in others)]) + " |")
    with open(f"{work}/recall.json", "w") as out:
        json.dump({"lines": lines}, out)
    print("\n".join(lines))


main()

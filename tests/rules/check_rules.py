#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges every case of tests/rules with `clerkctl scan` and compares.

usage: check_rules.py CLERKCTL [--record] [RULE...]

A folder holds the cases of one rule: yes-*.eml must be flagged for it, no-*.eml must not, either-*.eml may. In the folder
`enquiry` the question is whether it is an enquiry, in `reply` what kind of reply (labels.tsv). Cases that are judged wrongly today stand in
known-broken.tsv; a wrong case that is not there fails, and so does a listed one that is right now: take it out (--record writes the list anew).
"""
import csv
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KNOWN = os.path.join(HERE, "known-broken.tsv")


def replies(folder):
    with open(os.path.join(folder, "labels.tsv"), newline="", encoding="utf-8") as f:
        return {row["file"]: row["verdict"] for row in csv.DictReader(f, delimiter="\t") if row["rule"] == "reply"}


def scan(clerkctl, folder):
    run = subprocess.run([clerkctl, "scan", "-c", os.path.join(folder, "clerkd.conf"), folder], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit("%s: scan ended with %d: %s" % (folder, run.returncode, run.stderr.strip()[-400:]))
    return [json.loads(line) for line in run.stdout.splitlines()]


def wrong_cases(clerkctl, rule):
    """-> (how many cases were judged, those judged wrongly)"""
    folder = os.path.join(HERE, rule)
    want_reply = replies(folder) if rule == "reply" else {}
    wrong, judged = [], 0
    for message in scan(clerkctl, folder):
        name = os.path.basename(message["file"])
        verdict = name.split("-")[0]
        if verdict == "either":
            continue
        judged += 1
        if rule == "reply":
            right = message["reply"] == want_reply[name]
        elif rule == "enquiry":
            right = message["enquiry"] == (verdict == "yes")
        else:
            right = any(f["rule"] == rule for f in message["findings"]) == (verdict == "yes")
        if not right:
            wrong.append(name)
    return judged, wrong


def known_broken():
    if not os.path.exists(KNOWN):
        return set()
    with open(KNOWN, newline="", encoding="utf-8") as f:
        return {(row["rule"], row["file"]) for row in csv.DictReader(f, delimiter="\t")}


def main():
    args = [a for a in sys.argv[1:] if a != "--record"]
    record = len(args) != len(sys.argv) - 1
    if not args:
        sys.exit(__doc__.strip())
    clerkctl = os.path.abspath(args[0])
    rules = args[1:] or sorted(d for d in os.listdir(HERE) if os.path.exists(os.path.join(HERE, d, "clerkd.conf")))
    known, broken, total = known_broken(), set(), 0
    for rule in rules:
        judged, wrong = wrong_cases(clerkctl, rule)
        missed = sum(name.startswith("yes-") for name in wrong)
        print("%-32s %3d of %3d right, %2d missed, %2d raised wrongly"
              % (rule, judged - len(wrong), judged, missed, len(wrong) - missed))
        broken |= {(rule, name) for name in wrong}
        total += judged
    if record:
        with open(KNOWN, "w", encoding="utf-8") as f:
            f.write("rule\tfile\n" + "".join("%s\t%s\n" % row for row in sorted(broken)))
    known = {row for row in known if row[0] in rules}
    new, mended = sorted(broken - known), sorted(known - broken)
    for rule, name in new if not record else []:
        print("judged wrongly: %s/%s" % (rule, name))
    for rule, name in mended if not record else []:
        print("right now, take it out of known-broken.tsv: %s/%s" % (rule, name))
    print("%d of %d cases right" % (total - len(broken), total))
    sys.exit(0 if record or not (new or mended) else 1)


if __name__ == "__main__":
    main()

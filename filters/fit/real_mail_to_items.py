#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a folder of real mail that is no council's into items to fit on: nothing in them is a finding.

usage: real_mail_to_items.py CLERKCTL FOLDER OUT.jsonl [SEED]

Senders and recipients get roles at random (the same person the same role), bodies are the authored text that `clerkctl text` prints. Items have
no labels, so that every rule learns what ordinary office and list mail looks like; what they say of enquiries and replies is left open.
The items are other people's words: write them outside the project and ship only the weights.
"""
import datetime
import email
import email.policy
import email.utils
import json
import os
import random
import subprocess
import sys

ROLES = ["member"] * 10 + ["officer"] * 8 + ["team", "political-assistant", "party-worker", "media", "outside", "outside"]
POSTS = ["", "", "head-of-service", "director", "communications", "legal"]
GROUPS = ["Labour", "Conservative", "Liberal Democrats", "Green"]
WORDS_MAX = 400


def person(address, display, seed):
    rng = random.Random("%s %s" % (address.lower(), seed))
    role = rng.choice(ROLES)
    made = {"role": role, "name": display or address.split("@")[0], "posts": []}
    if role == "officer":
        made["posts"] = [p for p in [rng.choice(POSTS)] if p]
    if role in ("member", "political-assistant", "party-worker"):
        made["group"] = rng.choice(GROUPS)
    if role == "member":
        made["wards"] = ["Ward %d" % rng.randrange(8)]
    return made


def people(message, header, seed, most):
    found = email.utils.getaddresses([str(x) for x in message.get_all(header, [])])
    return [person(a, d, seed) for d, a in found if "@" in a][:most]


def main():
    clerkctl, folder, out = sys.argv[1:4]
    seed = sys.argv[4] if len(sys.argv) > 4 else "1"
    paths = sorted(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)
    rng, written = random.Random(seed), 0
    with open(out, "w", encoding="utf-8") as f:
        for start in range(0, len(paths), 500):
            run = subprocess.run([clerkctl, "text", "--json", *paths[start:start + 500]], capture_output=True, text=True)
            for line in run.stdout.splitlines():
                text = json.loads(line)
                if "error" in text:
                    continue
                with open(text["file"], "rb") as raw:
                    message = email.message_from_binary_file(raw, policy=email.policy.compat32)
                sender = people(message, "From", seed, 1)
                if not sender or not text["body"].strip():
                    continue
                in_period = rng.random() < 0.4
                day = datetime.date(2026, 4, 1) + datetime.timedelta(days=rng.randrange(30)) if in_period \
                    else datetime.date(2025, 9, 1) + datetime.timedelta(days=rng.randrange(90))
                item = {"id": "real-%05d" % written, "from": sender[0], "to": people(message, "To", seed, 6) or [person("x@y", "", written)],
                        "cc": people(message, "Cc", seed, 6), "hidden": [], "date": "%sT10:%02d" % (day, rng.randrange(60)),
                        "in_period": in_period, "subject": text["subject"][:200], "body": " ".join(text["body"].split(" ")[:WORDS_MAX]),
                        "quoted": text["quoted"][:1000], "signature": "", "attachment": {"name": "", "text": ""}, "labels": {},
                        "enquiry": "either", "reply": "", "promise": "", "aim": "", "kind": "ordinary", "why": "no council's mail", "key": ""}
                f.write(json.dumps(item, ensure_ascii=False) + "\n")
                written += 1
    print(written, "items")


if __name__ == "__main__":
    main()

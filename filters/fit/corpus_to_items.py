#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a labelled corpus of whole mails (as score_scan.py reads it) into items to fit on, one batch of one council.

usage: corpus_to_items.py CLERKCTL CORPUS OUT.jsonl

Bodies are the authored text that `clerkctl text` prints, roles come from people.csv and groups.csv, pre-election periods from `clerkctl elections`.
What only whole mail has, journal reports and threads, is lost; kinds of reply are left open. The words are the corpus's: write them outside the
project. A corpus that has been fitted to tells nothing any more: score it first.
"""
import csv
import email
import email.policy
import email.utils
import json
import os
import re
import subprocess
import sys


def rows(corpus, name):
    with open(os.path.join(corpus, name), newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def several(text):
    return [x.strip() for x in (text or "").split(";") if x.strip()]


class Directory:
    def __init__(self, corpus):
        self.people, self.groups = {}, {}
        with open(os.path.join(corpus, "clerkd.conf"), encoding="utf-8") as f:
            inside = re.search(r"domains\s*=\s*[\[(]([^\])]*)[\])]", f.read())
        self.domains = re.findall(r'"([^"]+)"', inside.group(1)) if inside else []
        for row in rows(corpus, "people.csv"):
            for address in [row["email"], *several(row["aliases"])]:
                self.people[address.lower()] = row
        for row in rows(corpus, "groups.csv"):
            for address in several(row["addresses"]):
                self.groups[address.lower()] = row["name"]

    def person(self, name, address):
        row = self.people.get(address.lower())
        if row is not None:
            made = {"role": row["role"], "name": row["name"], "posts": several(row["posts"]), "wards": several(row["wards"]),
                    "directorate": row["directorate"]}
            if row["group"]:
                made["group"] = row["group"]
            return made
        group = self.groups.get(address.lower())
        if group is not None:
            return {"role": "group", "name": name or group, "group": group, "posts": []}
        inside = address.lower().split("@")[-1] in self.domains
        return {"role": "" if inside else "outside", "name": name or address.split("@")[0], "posts": []}


def labels_of(corpus):
    labels = {}
    with open(os.path.join(corpus, "labels.tsv"), newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            one = labels.setdefault(row["file"], {"target": row["target"], "rules": {}})
            one["rules"][row["rule"]] = row["verdict"]
    return labels


def periods_of(clerkctl, corpus):
    run = subprocess.run([clerkctl, "elections", "-c", os.path.join(corpus, "clerkd.conf")], capture_output=True, text=True, check=True)
    polls = [json.loads(line) for line in run.stdout.splitlines()]
    return [(poll["starts"], poll["polling_date"]) for poll in polls]


def addresses(message, header):
    found = email.utils.getaddresses([str(x) for x in message.get_all(header, [])])
    return [(name, address) for name, address in found if "@" in address]


def item_of(text, message, label, directory, periods):
    sender = addresses(message, "From")
    if not sender or message["Date"] is None:
        return None
    visible = addresses(message, "To") + addresses(message, "Cc")
    seen = {address.lower() for _, address in visible}
    hidden = [(n, a) for n, a in addresses(message, "X-Envelope-To") + addresses(message, "Bcc") if a.lower() not in seen]
    day = message["Date"].datetime.strftime("%Y-%m-%dT%H:%M")
    attached = text.get("attachments") or []
    everybody = {key: [directory.person(*x) for x in found] for key, found in
                 (("to", addresses(message, "To")), ("cc", addresses(message, "Cc")), ("hidden", hidden))}
    return {"id": os.path.basename(text["file"]), "from": directory.person(*sender[0]), **everybody, "date": day,
            "in_period": any(first <= day[:10] <= last for first, last in periods), "subject": text["subject"], "body": text["body"],
            "quoted": text["quoted"], "signature": "",
            "attachment": {"name": attached[0]["name"] or "attached.txt" if attached else "",
                           "text": "\n".join(a.get("text") or "" for a in attached)},
            "labels": {rule: verdict for rule, verdict in label["rules"].items() if rule != "enquiry" and verdict != "no"},
            "enquiry": label["rules"].get("enquiry", "no"), "reply": "", "promise": "", "aim": "", "kind": label["target"], "why": "", "key": ""}


def main():
    clerkctl, corpus, out = sys.argv[1:4]
    directory, labels, periods = Directory(corpus), labels_of(corpus), periods_of(clerkctl, corpus)
    paths = [os.path.join(corpus, name) for name in sorted(labels)]
    run = subprocess.run([clerkctl, "text", "--json", *paths], capture_output=True, text=True)
    written = 0
    with open(out, "w", encoding="utf-8") as f:
        for line in run.stdout.splitlines():
            text = json.loads(line)
            if "error" in text:
                continue
            with open(text["file"], "rb") as raw:
                message = email.message_from_binary_file(raw, policy=email.policy.default)
            item = item_of(text, message, labels[os.path.basename(text["file"])], directory, periods)
            if item is not None:
                f.write(json.dumps(item, ensure_ascii=False) + "\n")
                written += 1
    print(written, "of", len(paths), "mails")


if __name__ == "__main__":
    main()

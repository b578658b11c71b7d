#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""False flags on mail that is no council's: gives the people of a folder of real mail roles at random and scans it, all rules on.

usage: random_roles.py CLERKCTL FOLDER [SEED [WEIGHTS]]

Half of the addresses become members (of four groups and eight wards), a third officers, the rest teams, assistants, party workers and
media; a poll is always near, so that the rules for pre-election periods apply. Nearly nothing may be flagged. Prints each finding and the rate.
"""
import csv
import email
import email.policy
import email.utils
import json
import os
import random
import subprocess
import sys
import tempfile

ROLES = ["member"] * 10 + ["officer"] * 7 + ["team", "political-assistant", "party-worker", "media"]
POSTS = ["", "", "", "head-of-service", "director", "communications", "chief-executive", "legal"]
GROUPS = ["Labour", "Conservative", "Liberal Democrats", "Green"]


def addresses(folder):
    found, years = {}, set()
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as f:
                message = email.message_from_binary_file(f, policy=email.policy.compat32)
            when = email.utils.parsedate(str(message.get("Date", "")))
            if when:
                years.add(when[0])
            for header in ("From", "To", "Cc"):
                for display, address in email.utils.getaddresses([str(x) for x in message.get_all(header, [])]):
                    if address.count("@") == 1 and address[0] != "@" and address[-1] != "@" and address.isascii() and not set(address) & set(" <>,;\"()"):
                        found.setdefault(address.lower(), display)
    return found, sorted(y for y in years if 1990 < y < 2040)


def main():
    clerkctl, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    found, years = addresses(folder)
    with tempfile.TemporaryDirectory() as place:
        with open(os.path.join(place, "people.csv"), "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f)
            out.writerow("email name role posts group wards".split())
            for address, display in sorted(found.items()):
                role = rng.choice(ROLES)
                partisan = role in ("member", "political-assistant", "party-worker")
                out.writerow([address, display or address.split("@")[0], role, rng.choice(POSTS) if role == "officer" else "",
                              rng.choice(GROUPS) if partisan else "", "Ward %d" % rng.randrange(8) if role == "member" else ""])
        with open(os.path.join(place, "groups.csv"), "w", encoding="utf-8") as f:
            f.write("name\n" + "\n".join(GROUPS) + "\n")
        with open(os.path.join(place, "elections.csv"), "w", encoding="utf-8") as f:
            f.write("id,kind,polling_date,notice_date\n")
            for year in years:
                for month in range(1, 13):
                    f.write("p%d-%d,local,%d-%02d-28,%d-%02d-01\n" % (year, month, year, month, year, month))
        with open(os.path.join(place, "clerkd.conf"), "w", encoding="utf-8") as f:
            f.write('council: { name = "Nowhere"; domains = ["nowhere.example"]; protocol = "sheffield"; };\n'
                    'directory: { people = "people.csv"; groups = "groups.csv"; elections = "elections.csv"; };\n'
                    'rules: { enable = ["all"]; %s};\n' % ('weights = "%s"; ' % os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 else ""))
        run = subprocess.run([clerkctl, "scan", "-c", os.path.join(place, "clerkd.conf"), folder], capture_output=True, text=True)
    if run.returncode == 2:
        sys.exit(run.stderr[-2000:])
    messages = findings = 0
    for line in run.stdout.splitlines():
        message = json.loads(line)
        messages += 1
        for finding in message.get("findings", []):
            findings += 1
            print(message["file"], finding["rule"], finding["score"], "|".join(e["text"][:160] for e in finding["evidence"]))
    print("%d findings in %d messages, %.2f in a thousand" % (findings, messages, 1000 * findings / max(1, messages)))


if __name__ == "__main__":
    main()

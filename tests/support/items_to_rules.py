#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns labelled items (one JSON object a line) into cases below tests/rules.

usage: items_to_rules.py OUT COUNCIL ITEMS.jsonl

Writes OUT/<rule>/<yes|no|either>-<id>.eml for every item, OUT/councils/COUNCIL/{people,groups,elections}.csv for its people and
OUT/<rule>/clerkd.conf. Each case has labels for all rules in OUT/<rule>/labels.tsv (`file`, `rule`, `verdict`).
Quoted text comes in the shapes that mail programs give it, attachments as text or Word documents, chosen by the item's id.
"""
import csv
import datetime
import email.message
import email.utils
import hashlib
import html
import io
import json
import os
import re
import sys
import zipfile

OUTSIDE = ("outside", "media", "party-worker", "solicitor")
PERIOD = (datetime.date(2026, 3, 30), datetime.date(2026, 5, 7))
STAMP = (2026, 1, 1, 0, 0, 0)


def slug(text):
    return re.sub(r"[^a-z0-9]+", ".", text.lower()).strip(".") or "someone"


class Council:
    def __init__(self, name):
        self.name, self.domain, self.people = name, name + ".example", {}

    def address(self, person):
        role = person.get("role", "outside")
        domain = role + ".example" if role in OUTSIDE else self.domain
        return slug(person.get("name", "")) + "@" + domain

    def add(self, person):
        if person.get("role", "outside") == "outside":
            return
        known = self.people.setdefault(self.address(person), dict(person, posts=[], wards=[]))
        for field in ("posts", "wards"):
            known[field] += [x for x in person.get(field) or [] if x not in known[field]]
        for field in ("group", "directorate"):
            known[field] = known.get(field) or person.get(field) or ""

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "people.csv"), "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow("email name role posts group wards directorate manager aliases candidate".split())
            for address, p in sorted(self.people.items()):
                out.writerow([address, p.get("name", ""), p["role"], ";".join(p["posts"]), p["group"], ";".join(p["wards"]), p["directorate"],
                              "", "", ""])
        with open(os.path.join(folder, "groups.csv"), "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(["name", "aliases", "addresses"])
            for group in sorted({p["group"] for p in self.people.values() if p["group"]}):
                out.writerow([group, "", ""])
        with open(os.path.join(folder, "elections.csv"), "w", encoding="utf-8") as f:
            f.write("id,kind,polling_date,wards,notice_date,candidates\nlocal-2026,local,%s,,%s,\n" % (PERIOD[1], PERIOD[0]))

    def config(self):
        return ('council: { name = "%s"; domains = ["%s"]; protocol = "sheffield"; };\n'
                'directory: { people = "../councils/%s/people.csv"; groups = "../councils/%s/groups.csv";\n'
                '  elections = "../councils/%s/elections.csv"; };\n'
                'envelope: { trusted_headers = ["X-Envelope-To"]; };\nrules: { enable = ["all"]; };\n'
                % (self.name, self.domain, self.name, self.name, self.name))


def docx(text):
    body = "".join("<w:p><w:r><w:t xml:space=\"preserve\">%s</w:t></w:r></w:p>" % html.escape(line) for line in text.splitlines())
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in (
                ("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                 '<Default Extension="xml" ContentType="application/xml"/></Types>'),
                ("word/document.xml", '<?xml version="1.0"?><w:document xmlns:w='
                 '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>' % body)):
            z.writestr(zipfile.ZipInfo(name, STAMP), content)
    return data.getvalue()


def quoted(item, shape):
    text = item.get("quoted") or ""
    if not text:
        return ""
    if shape == 0:
        return "\n-----Original Message-----\n" + text + "\n"
    if shape == 1:
        return "\n________________________________\n" + text + "\n"
    return "\n" + "\n".join("> " + line for line in text.splitlines()) + "\n"


def message(item, council):
    shape = hashlib.sha1(item["id"].encode()).digest()[0]
    m = email.message.EmailMessage()
    when = datetime.datetime.fromisoformat(item["date"]).replace(tzinfo=datetime.timezone.utc)
    stamp = email.utils.format_datetime(when)
    everyone = [*item.get("to", []), *item.get("cc", []), *item.get("hidden", [])]
    m["Received"] = "from relay.%s by mx.%s with ESMTPS; %s" % (council.domain, council.domain, stamp)
    if item.get("hidden"):
        m["X-Envelope-To"] = ", ".join(council.address(p) for p in everyone)
    m["From"] = email.utils.formataddr((item["from"].get("name", ""), council.address(item["from"])))
    for header in ("to", "cc"):
        if item.get(header):
            m[header.capitalize()] = ", ".join(email.utils.formataddr((p.get("name", ""), council.address(p))) for p in item[header])
    m["Date"], m["Message-ID"] = stamp, "<%s@%s>" % (item["id"], council.domain)
    m["Subject"] = re.sub(r"[\r\n]+", " ", item.get("subject", ""))
    if item.get("reply") == "automatic":
        m["Auto-Submitted"] = "auto-replied"
    body = item["body"].rstrip("\n") + "\n"
    if item.get("signature"):
        body += "\n" + item["signature"].rstrip("\n") + "\n"
    body += quoted(item, shape % 3)
    m.set_content(body, cte="8bit")
    if shape % 5 == 0:
        m.add_alternative("<html><body>%s</body></html>" % "".join("<p>%s</p>" % html.escape(line) for line in body.splitlines()),
                          subtype="html", cte="quoted-printable")
    attachment = item.get("attachment") or {}
    if attachment.get("name") and attachment.get("text"):
        stem = os.path.splitext(attachment["name"])[0]
        if shape % 2:
            m.add_attachment(docx(attachment["text"]), maintype="application", filename=stem + ".docx",
                             subtype="vnd.openxmlformats-officedocument.wordprocessingml.document")
        else:
            m.add_attachment(attachment["text"], filename=stem + ".txt")
        m.set_boundary("=_" + hashlib.sha1(item["id"].encode()).hexdigest()[:20])
    for number, part in enumerate(m.walk()):
        if part.is_multipart():
            part.set_boundary("=_%d_%s" % (number, hashlib.sha1(item["id"].encode()).hexdigest()[:20]))
    return m.as_bytes()


def main():
    out, council = sys.argv[1], Council(sys.argv[2])
    labels = {}
    with open(sys.argv[3], encoding="utf-8") as f:
        items = [json.loads(line) for line in f if line.strip()]
    for item in items:
        for person in [item["from"], *item.get("to", []), *item.get("cc", []), *item.get("hidden", [])]:
            council.add(person)
    for item in items:
        folder = os.path.join(out, item["rule"])
        os.makedirs(folder, exist_ok=True)
        name = "%s-%s.eml" % (item["verdict"], item["id"])
        with open(os.path.join(folder, name), "wb") as f:
            f.write(message(item, council))
        rows = [(rule, verdict) for rule, verdict in item.get("labels", {}).items() if verdict in ("yes", "either")]
        if item["from"].get("role") == "member":
            rows.append(("enquiry", item.get("enquiry", "no")))
        if item.get("reply") and item["from"].get("role") in ("officer", "team"):
            rows.append(("reply", item["reply"]))
        labels.setdefault(item["rule"], []).extend((name, *row) for row in rows or [("", "")])
    for rule, rows in labels.items():
        with open(os.path.join(out, rule, "labels.tsv"), "w", encoding="utf-8") as f:
            f.write("file\trule\tverdict\n" + "".join("\t".join(row) + "\n" for row in rows))
        with open(os.path.join(out, rule, "clerkd.conf"), "w", encoding="utf-8") as f:
            f.write(council.config())
    council.write(os.path.join(out, "councils", council.name))


if __name__ == "__main__":
    main()

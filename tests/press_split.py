"""Which of the annotated press releases may be looked at while rules are made, and which are only ever scored.

``python -m tests.press_split`` prints the table that ``tests/gold/press/split.csv`` holds. The rule knows issuers,
not texts: issuers that write about the same town, club or game share a group, a group lies in one half, and a
group that the development gold also knows lies in the development half. A hash of the name decides of the others.
"""

import csv
import hashlib
import re
import sys
from pathlib import Path

GOLD = Path(__file__).parent / "gold" / "press"
SPLIT = GOLD / "split.csv"
HALVES = ("development", "untouched")
# issuers that name the same people and places
GROUPS = {
    "goettingen": ("bi-leinebuerger", "bund-goettingen", "fff-goettingen", "goettingen-bfns", "goettingen-zero",
                   "goettinger-klimabuendnis", "health4future-goettingen", "klimabeirat-goettingen",
                   "naturschutz-goettingen"),
    "ccc": ("ccc-schweiz", "ccc-stuttgart"),
    "handball": ("hbl", "hvw", "rhein-neckar-loewen"),
    "piratenpartei": ("piratenpartei-hessen",),
}  # fmt: skip
# groups of which the development gold holds releases, too
KNOWN = {"ccc", "fossgis", "freifunk-wiesbaden", "goettingen", "osb-alliance-scs", "piratenpartei",
         "polizei-berlin", "polizei-frankfurt"}  # fmt: skip


def issuer(release):
    """The id of a release without its date."""
    return re.sub(r"-(?:\d{4}-\d\d-\d\d(?:-\d)?|undated)$", "", release)


def group(release):
    """The group of its issuer, by default the issuer alone."""
    name = issuer(release)
    return next((key for key, members in GROUPS.items() if name in members), name)


def half(name):
    """The half of a group: the third hexadecimal digit of its name's SHA-256 says it."""
    digit = int(hashlib.sha256(name.encode()).hexdigest()[2], 16)
    return HALVES[0] if name in KNOWN or digit < 8 else HALVES[1]


def table(gold=GOLD):
    """(release, group, half) of every annotation."""
    return [(path.stem, group(path.stem), half(group(path.stem))) for path in sorted(gold.glob("*.json"))]


def stored(path=SPLIT):
    """The same as it is written down."""
    with path.open(encoding="utf-8", newline="") as rows:
        return [(row["release"], row["group"], row["half"]) for row in csv.DictReader(rows)]


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows([("release", "group", "half"), *table()])

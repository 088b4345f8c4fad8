"""The annotations of ``tests/gold/press`` and the texts they belong to -> gold in the full form.

The annotations hold offsets only, since the texts belong to others. Where the texts lie beside the checkout,
``python -m tests.gold_press ../shared FOLDER`` writes them as ``<id>.txt`` and ``<id>.json`` for any scorer.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

GOLD = Path(__file__).parent / "gold" / "press"
INDEX = Path("press", "index.csv")


def joined(shared, gold=GOLD):
    """Every annotation whose text is present below ``shared`` and unchanged, in the full gold form, by id."""
    index = _index(shared / INDEX)
    pairs = [(json.loads(path.read_text(encoding="utf-8")), path.stem) for path in sorted(gold.glob("*.json"))]
    texts = [(entry, _text(shared, entry), index.get(name, {})) for entry, name in pairs]
    return [_full(entry, text, listed) for entry, text, listed in texts if text is not None]


def write(shared, target, gold=GOLD):
    """The joined gold as files in ``target``, texts byte for byte; how many releases that were."""
    target.mkdir(parents=True, exist_ok=True)
    releases = joined(shared, gold)
    for release in releases:
        offsets = json.loads((gold / f"{release['id']}.json").read_text(encoding="utf-8"))
        (target / release["text_file"]).write_bytes((shared / offsets["source"]).read_bytes())
        body = json.dumps(release, ensure_ascii=False, indent=1)
        (target / f"{release['id']}.json").write_text(body + "\n", encoding="utf-8")
    return len(releases)


def pieces(where):
    """Offsets as they are stored, one pair or several -> pairs."""
    return [where] if isinstance(where[0], int) else where


def _index(path):
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row for row in csv.DictReader(rows)}


def _text(shared, entry):
    """The text with its line breaks as stored; None where it is missing or another one than was annotated."""
    path = shared / entry["source"]
    raw = path.read_bytes() if path.exists() else b""
    return raw.decode("utf-8") if hashlib.sha256(raw).hexdigest() == entry["text_sha256"] else None


def _full(entry, text, listed):
    people = [_person(person, text) for person in entry["people"]]
    return {
        "id": entry["id"],
        "text_file": f"{entry['id']}.txt",
        "published": entry["published"],
        "published_basis": entry["published_basis"],
        "issuer": _words(text, entry.get("issuer")) or listed.get("issuer"),
        "title": _words(text, entry.get("title")) or listed.get("title"),
        "zones": entry["zones"],
        "spans": [_quoted(span, text) for span in entry["spans"]],
        "dates": [_quoted(date, text) for date in entry["dates"]],
        "people": people,
        "initiatives": [{**item, "name": _name(item, text)} for item in entry["initiatives"]],
        "quotes": [{**_quoted(q, text), "speaker": _speaker(q["speaker"], people, text)} for q in entry["quotes"]],
        "themes": entry["themes"],
    }


def _person(entry, text):
    return {
        "name": _name(entry, text),
        "title": _words(text, entry.get("title")),
        "role": _words(text, entry.get("role")),
        "spans": entry["spans"],
    }


def _name(entry, text):
    """The name as the annotators gave it, else the longest mention, of equals the first."""
    return _words(text, entry.get("name") or max(entry["spans"], key=lambda span: span[1] - span[0]))


def _quoted(item, text):
    return {**item, "text": text[item["start"] : item["end"]]}


def _words(text, where):
    """The words at the offsets, on one line: in a text from a PDF a name may run over the end of a line."""
    return where and " ".join("".join(text[start:end] for start, end in pieces(where)).split())


def _speaker(where, people, text):
    """The person of whom the offsets are a mention; of an organisation its words."""
    return next((person["name"] for person in people if where in person["spans"]), _words(text, where))


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), Path(sys.argv[2])), "releases joined with their texts")  # noqa: T201 -- its answer

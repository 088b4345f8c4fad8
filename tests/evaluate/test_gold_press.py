"""The annotations of real releases are sound, hold no text, and join with the texts where these are present."""

import hashlib
import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.evaluate.annotation import load_folder
from tests.gold_press import GOLD, joined, pieces, write

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FILES = sorted(GOLD.glob("*.json"))
FLAT = {"PER", "LOC", "ORG"}
LABELS = FLAT | {"INITIATIVE"}
ZONES = {"letterhead", "headline", "body", "boilerplate", "contact", "caption"}
TYPES = {"DATE", "TIME", "SET", "DURATION"}
KINDS = {"programme", "project", "campaign", "network", "event", "prize", "funding", "strategy", "theme_year",
         "publication", "service"}  # fmt: skip
SCHEME = tomllib.loads((ROOT / "pipeline" / "themes" / "scheme.toml").read_text(encoding="utf-8"))
THEMES = {theme["id"] for theme in SCHEME["theme"]}
BASES = {"index", "header", "dateline", "text"}
VALUE = re.compile(r"[0-9XPWDMYTH:/-]+|[0-9]{4}-(SP|SU|FA|WI|Q[1-4])")

per_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def strings(value, key=None):
    """Every string of a JSON value with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    items = (
        value.items() if isinstance(value, dict) else ((key, v) for v in value) if isinstance(value, list) else ()
    )
    for name, part in items:
        yield from strings(part, name)


def stretches(value, key=None):
    """Every stretch of text that an annotation names, wherever it stands, as its pieces."""
    if isinstance(value, dict):
        if "start" in value:
            yield [[value["start"], value["end"]]]
        for name, part in value.items():
            yield from stretches(part, name)
    elif isinstance(value, list) and value and (isinstance(value[0], int) or key in ("name", "role", "issuer")):
        yield pieces(value)
    elif isinstance(value, list):
        for part in value:
            yield from stretches(part, key)


def places(spans, labels):
    return {(span["start"], span["end"]) for span in spans if span["label"] in labels}


def mentions(items):
    return {tuple(span) for item in items for span in item["spans"]}


def test_there_are_annotations():
    assert FILES


@per_file
def test_no_text_of_a_release_is_stored(path):
    """Every string is a file name, a hash, a date or a word of a closed list: there is no field for text."""
    allowed = {
        "id": {path.stem},
        "label": LABELS,
        "zone": ZONES,
        "type": TYPES,
        "kind": KINDS,
        "published_basis": BASES,
        "themes": THEMES,
    }
    shapes = {
        "source": r"press/text/[a-z0-9-]+/[a-z0-9-]+\.txt",
        "text_sha256": r"[0-9a-f]{64}",
        "published": r"\d{4}(-\d\d){0,2}",
        "value": VALUE.pattern,
    }
    wrong = [
        (key, text)
        for key, text in strings(read(path))
        if text not in allowed.get(key, ()) and not re.fullmatch(shapes.get(key, "(?!)"), text)
    ]
    assert not wrong


@per_file
def test_people_places_and_organisations_never_overlap(path):
    flat = sorted(places(read(path)["spans"], FLAT))
    assert all(before[1] <= after[0] for before, after in pairwise(flat))


@per_file
def test_no_mention_is_marked_twice(path):
    spans = [(s["start"], s["end"], s["label"]) for s in read(path)["spans"]]
    assert len(spans) == len(set(spans))


@per_file
def test_people_and_initiatives_own_every_mention_of_their_label(path):
    entry = read(path)
    assert mentions(entry["people"]) == places(entry["spans"], {"PER"})
    assert mentions(entry["initiatives"]) == places(entry["spans"], {"INITIATIVE"})


@per_file
def test_a_speaker_is_a_person_or_an_organisation_of_the_text(path):
    entry = read(path)
    known = places(entry["spans"], FLAT) | mentions(entry["people"])
    assert {tuple(quote["speaker"]) for quote in entry["quotes"] if quote["speaker"]} <= known


@per_file
def test_at_most_three_themes(path):
    themes = read(path)["themes"]
    assert 1 <= len(themes) <= 3
    assert len(themes) == len(set(themes))


@per_file
@pytest.mark.skipif(not SHARED.exists(), reason="the texts are not beside this checkout")
def test_every_offset_marks_words_of_the_text_that_was_annotated(path):
    entry = read(path)
    raw = (SHARED / entry["source"]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == entry["text_sha256"]
    text = raw.decode("utf-8")
    for parts in stretches(entry):
        assert all(0 <= start < end <= len(text) for start, end in parts)
        words = "".join(text[start:end] for start, end in parts)
        assert words == words.strip()


@pytest.mark.skipif(not SHARED.exists(), reason="the texts are not beside this checkout")
def test_every_annotation_joins_with_its_text_and_fits_it(tmp_path):
    """The evaluation's own reader refuses spans and dates that do not say what the text says."""
    assert write(SHARED, tmp_path) == len(FILES)
    assert len(load_folder(tmp_path)) == len(FILES)
    for release in joined(SHARED):
        assert release["title"]
        assert release["issuer"]
        assert all(person["name"] for person in release["people"])


@pytest.fixture
def invented(tmp_path):
    """A release that we wrote, its annotation in offsets, and the place of both."""
    text = "Amt\r\nfür Auen: Erna Muster, die\nLeiterin, lobt. „Gut so“, sagt Muster."
    source = tmp_path / "press" / "text" / "a" / "a-1.txt"
    source.parent.mkdir(parents=True)
    source.write_bytes(text.encode())
    at = lambda words: [text.index(words), text.index(words) + len(words)]  # noqa: E731
    span = lambda words, **more: {"start": at(words)[0], "end": at(words)[1], **more}  # noqa: E731
    short = [text.rindex("Muster"), text.rindex("Muster") + 6]
    entry = {
        "id": "a-1", "source": "press/text/a/a-1.txt", "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published": "2020-01-02", "published_basis": "index", "issuer": at("Amt\r\nfür Auen"), "title": None,
        "zones": [], "dates": [], "initiatives": [], "themes": ["environment"],
        "spans": [span("Erna Muster", label="PER"), {"start": short[0], "end": short[1], "label": "PER"}],
        "people": [{"title": None, "role": [at("die\nLeiter"), [at("in, lobt")[0], at("in, lobt")[0] + 2]],
                    "spans": [at("Erna Muster"), short]}],
        "quotes": [span("Gut so", speaker=short)],
    }  # fmt: skip
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a-1.json").write_text(json.dumps(entry), encoding="utf-8")
    return tmp_path


def test_names_come_from_the_longest_mention_and_words_stand_on_one_line(invented):
    [release] = joined(invented, invented / "gold")
    assert release["people"][0]["name"] == "Erna Muster"
    assert release["people"][0]["role"] == "die Leiterin"
    assert release["quotes"][0] | {"speaker": "Erna Muster", "text": "Gut so"} == release["quotes"][0]
    assert release["issuer"] == "Amt für Auen"
    assert release["title"] is None


def test_what_the_text_does_not_name_comes_from_the_list(invented):
    (invented / "press" / "index.csv").write_text("id,issuer,title\na-1,X,Lob\n", encoding="utf-8")
    [release] = joined(invented, invented / "gold")
    assert (release["issuer"], release["title"]) == ("Amt für Auen", "Lob")


def test_a_text_is_written_byte_for_byte(invented):
    assert write(invented, invented / "out", invented / "gold") == 1
    texts = [invented / "out" / "a-1.txt", invented / "press" / "text" / "a" / "a-1.txt"]
    assert texts[0].read_bytes() == texts[1].read_bytes()


@pytest.mark.parametrize("change", ["missing", "changed"])
def test_annotations_of_a_missing_or_changed_text_are_left_out(invented, change):
    source = invented / "press" / "text" / "a" / "a-1.txt"
    source.unlink() if change == "missing" else source.write_bytes(source.read_bytes() + b" ")
    assert joined(invented, invented / "gold") == []

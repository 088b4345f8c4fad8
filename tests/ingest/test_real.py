"""Real releases beside the project, where they are: measured, never copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.ingest import raw, take
from tests.ingest import made

_GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev"
pytestmark = pytest.mark.skipif(not _GOLD.is_dir(), reason="needs the annotated real releases beside the project")


@pytest.fixture(scope="module")
def pairs():
    """Gold and what ingest makes of its text, release by release."""
    golds = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(_GOLD.glob("*.json"))]
    files = [raw.read(gold["text_file"], made.SETTINGS, _GOLD) for gold in golds]
    return [(gold, next(take.take(file, made.SETTINGS))) for gold, file in zip(golds, files, strict=True)]


def _words(text: str | None) -> set[str]:
    return set("".join(c.lower() if c.isalnum() else " " for c in text or "").split())


def _alike(a: str | None, b: str | None) -> float:
    return len(_words(a) & _words(b)) / max(len(_words(a) | _words(b)), 1)


def test_every_release_is_taken_in_with_its_date(pairs):
    assert all(outcome.release for _, outcome in pairs)
    right = sum(gold["published"] == outcome.release.published for gold, outcome in pairs)
    assert right >= 0.95 * len(pairs)


def test_titles_are_found(pairs):
    right = [_alike(gold["title"], outcome.release.title) >= 0.8 for gold, outcome in pairs if gold["title"]]
    assert sum(right) >= 0.95 * len(right)


def test_contact_zones_are_found_and_body_is_not_taken_for_contact(pairs):
    wanted = found = both = 0
    for gold, outcome in pairs:
        text = (_GOLD / gold["text_file"]).read_bytes().decode()
        want = _tokens(text, [(z["start"], z["end"]) for z in gold["zones"] if z["zone"] == "contact"])
        have = _tokens(outcome.release.text, [(z.start, z.end) for z in outcome.zones if z.zone == "contact"])
        wanted, found, both = wanted + len(want), found + len(have), both + len(want & have)
    assert both >= 0.9 * wanted
    assert both >= 0.9 * found


def _tokens(text: str, spans: list[tuple[int, int]]) -> set[str]:
    return {word for start, end in spans for word in text[start:end].split()}

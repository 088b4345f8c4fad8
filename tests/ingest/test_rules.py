"""Every rule of a pattern table does what its example says."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from pipeline.ingest import cues
from pipeline.ingest.rejections import reasons, reject

_FOLDER = resources.files("pipeline.ingest").joinpath("patterns")
_TABLES = sorted(
    file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if "[[cue]]" in file.read_text(encoding="utf-8")
)
_RULES = [(table, cue) for table in _TABLES for cue in cues.table(table)]

_CODES = {
    "empty", "binary", "unreadable_encoding", "wrong_language", "encrypted", "no_text_layer", "truncated", "bomb",
    "too_large", "no_date", "no_words", "unknown_format", "identical_copy", "corrupt",
    "no_text_field", "bad_row", "no_feed", "no_office", "office_failed", "nested_too_deep",
    "link", "special", "unreadable", "changed", "timeout", "crash", "internal", "erased",
}  # fmt: skip


@pytest.mark.parametrize(("table", "cue"), _RULES, ids=[cue.id for _, cue in _RULES])
def test_a_rule_matches_its_example(table, cue):
    assert cue.matches(cue.example)
    assert cues.match(table, cue.example) is not None


def test_no_two_rules_share_an_id():
    ids = [cue.id for _, cue in _RULES]
    assert len(ids) > 40
    assert len(ids) == len(set(ids))


def test_a_headline_is_no_letterhead_and_no_contact():
    for headline in ("Neue Brücke eröffnet", "Kreis gibt 3 Millionen für Schulen", "Foto des Jahres gesucht"):
        for table in ("letterhead", "contact", "boilerplate", "caption", "embargo", "correction"):
            assert cues.match(table, headline) is None, (headline, table)


def test_every_rejection_has_reasons_in_whole_sentences():
    assert set(reasons()) == _CODES
    for reason in reasons().values():
        for language in ("de", "en"):
            assert reason[language].endswith(".")
            assert reason[language].count(". ") >= 1, "the remedy is a sentence of its own"


def test_a_rejection_fills_its_slots():
    why = reject("too_large", size_mb=80.5, limit_mb=50)
    assert "80.5 MB" in why.reason_de
    assert "50 MB" in why.reason_en


def test_magic_bytes_are_hex_with_a_name():
    rows = tomllib.loads(_FOLDER.joinpath("magic.toml").read_text(encoding="utf-8"))["magic"]
    assert all(bytes.fromhex(row["hex"]) and row["name"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)

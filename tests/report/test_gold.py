"""The site of the sample corpus is the one that a person accepted with ``python -m tests.report.accept``."""

from __future__ import annotations

from tests.report.accept import GOLD, kept


def test_pages_are_what_was_accepted(files):
    """On purpose changed? Look at the site, then run ``python -m tests.report.accept``."""
    accepted = {path.name: path.read_text(encoding="utf-8") for path in GOLD.iterdir()}
    assert accepted
    assert kept(files) == accepted


def test_accepted_pages_stay_small():
    assert all(path.stat().st_size < 20_000 for path in GOLD.iterdir())

"""Pages for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pipeline.core.records import Zone
from pipeline.extract import authority
from pipeline.extract.components.page import Page
from pipeline.extract.nlp import Reader
from tests.builders import release
from tests.extract.stand_in import pipeline

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def gazetteers() -> authority.Authority:
    """The tables of data/authority."""
    return authority.load(ROOT)


@pytest.fixture(scope="session")
def read() -> Callable[..., Page]:
    """Text -> page, read by the stand-in; ``names`` are what the model sees."""
    reader = cache(lambda *names: Reader(pipeline(*names)))

    def read(text: str, *names: tuple[str, str], zones: tuple[Zone, ...] = (), **values: object) -> Page:
        return reader(*names).read(release(text=text, **values), zones)

    return read

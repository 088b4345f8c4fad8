"""The site of the sample corpus, made once."""

from __future__ import annotations

import pytest

from tests.report import sample


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    root = tmp_path_factory.mktemp("report")
    sample.write_tables(root)
    return root


@pytest.fixture(scope="session")
def files(tables):
    return sample.build(tables)

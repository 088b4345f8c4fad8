"""Tests of blocks of neighbours."""

import pyarrow as pa
import pytest

from pipeline.core import blocks

IDS = [f"{number:012x}" for number in range(2_000)]
ROWS = pa.table(
    {
        "release_id": pa.array(IDS),
        "start": pa.array(range(len(IDS)), pa.int64()),
        "name": pa.array([None if number % 7 else f"Straße {number}" for number in range(len(IDS))]),
        "sure": pa.array([number % 3 == 0 for number in range(len(IDS))]),
        "aliases": pa.array([[f"a{number}"] * (number % 4) for number in range(len(IDS))]),
    }
)


def test_blocks_are_as_long_as_is_said_and_lose_nothing_but_what_is_not_whole():
    found = list(blocks.sizes(IDS, 64, 128))
    assert max(found) <= 128
    assert len(IDS) - 128 < sum(found) <= len(IDS)
    assert len(IDS) / len(found) == pytest.approx(64, rel=0.5)


def test_an_id_more_changes_its_block_and_no_other():
    ends = {IDS[sum(list(blocks.sizes(IDS, 64, 512))[: number + 1]) - 1] for number in range(20)}
    more = sorted([*IDS, IDS[500] + "0"])
    counts = list(blocks.sizes(more, 64, 512))
    assert len(ends - {more[sum(counts[: number + 1]) - 1] for number in range(22)}) <= 1


@pytest.mark.parametrize(("first", "count"), [(0, 1), (10, 9), (13, 300), (64, 64), (0, 2_000), (5, 0)])
def test_equal_rows_are_equal_bytes_wherever_they_stood(first, count):
    own = ROWS.slice(first, count)
    alone = pa.table({name: pa.array(own[name].to_pylist(), own[name].type) for name in own.column_names})
    cut = pa.concat_tables([own.slice(at, 3) for at in range(0, count, 3)] or [own])
    assert blocks.packed(own) == blocks.packed(alone) == blocks.packed(cut)
    assert pa.ipc.open_stream(blocks.packed(own, "zstd")).read_all() == alone


def test_other_rows_are_other_bytes():
    assert blocks.packed(ROWS.slice(3, 4)) != blocks.packed(ROWS.slice(4, 4))

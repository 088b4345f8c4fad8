"""Blocks of releases -> the rows of their assignments: from memory or worked out, in the order of releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, compress

from pipeline.core import store
from pipeline.core.execute import map_batches
from pipeline.core.theme_records import ThemeAssignment
from pipeline.themes import packed
from pipeline.themes.blocks import USUAL
from pipeline.themes.memory import Memory
from pipeline.themes.settings import ThemesParams

Block = tuple[int, Sequence[str]]  # its number, and the sorted ids of its releases
Worker = Callable[[list[Block]], list[bytes]]


@dataclass(frozen=True)
class Assigning:
    """What the assignments of a run are made from."""

    memory: Memory
    gauge: bytes
    themes: tuple[str, ...]  # ids of the discovered ones
    settings: ThemesParams

    def rows(self, blocks: Sequence[Sequence[str]], digests: Sequence[bytes]) -> Iterator[ThemeAssignment]:
        """The rows of all blocks; no more than a few blocks of them are in memory."""
        stamp = self.memory.stamp_of(self.gauge, self.themes)
        keys = [store.key(stamp, digest) for digest in digests]
        new = [not self.memory.has(key) for key in keys]
        made = self._made(list(compress(enumerate(blocks), new)))
        for number, key in enumerate(keys):
            if new[number]:
                data = next(made)
                self.memory.put(key, data)
            else:
                # damaged, or thrown away in between by a second run on the same cache
                data = self.memory.get(key) or self._worker([(number, blocks[number])])[0]
            yield from packed.unpack(data)

    def _made(self, blocks: Sequence[Block]) -> Iterator[bytes]:
        if not blocks:
            return iter(())
        size = max(1, self.settings.batch_size // USUAL)
        others = sum(len(ids) for _, ids in blocks) - len(blocks)
        return chain.from_iterable(map_batches(self._make, blocks, size, "themes", heavy=others))

    @cached_property
    def _make(self) -> Callable[[], Worker]:
        return partial(make_worker, self.gauge, self.themes, self.settings.min_share)

    @cached_property
    def _worker(self) -> Worker:
        return self._make()


def make_worker(gauge: bytes, themes: tuple[str, ...], min_share: float) -> Worker:
    """A function from blocks to the packed rows of each; called once a process."""
    from pipeline.themes import worker  # noqa: PLC0415  sparse matrices take a while to import, and all may be known

    return worker.make(gauge, themes, min_share)

"""Extraction beside the published configuration: words a second, everything against ``nlp.pipe``, in one process.

The peer is a pipeline of the published ``de_core_news_sm`` configuration with initial weights (weights change no
time); ours is all that the stage does with a release: names, dates, initiatives, quotes, lemmas, rows, packing.
Both read the same texts, in turns, by processor time; words are the peer's tokens for both. Before the first round
each has read the same few texts: words seen for the first time are in it for both.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks import press
from benchmarks.timing import summed
from pipeline.core.records import Release
from pipeline.core.text import normalise
from pipeline.extract import authority, work
from pipeline.extract.cache import Item

ROUNDS, TEXTS = 5, 200
_WARM = 5  # texts that each has read before


def measure(texts: int = TEXTS, rounds: int = ROUNDS) -> dict[str, Any]:
    """For each installed model the ratio to the peer, of every round."""
    sample = list(map(normalise, press.spread(texts)))
    peer = _peer(sample)
    list(peer.pipe(sample[:_WARM], batch_size=64))
    runners: dict[str, Callable[[], object]] = {"peer": lambda: list(peer.pipe(sample, batch_size=64))}
    gazetteers = authority.load(press.ROOT)
    for model in ("de_presse_sm", "de_presse_md"):
        version = importlib.metadata.version(model)
        reader = work.make_reader(model, version, gazetteers)
        reader([_item(number, text) for number, text in enumerate(sample[:_WARM])])
        runners[model] = partial(reader, [_item(number, text) for number, text in enumerate(sample)])
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, runner in runners.items():
            seconds[name].append(_cpu(runner))
    peers, words = seconds.pop("peer"), sum(len(peer.make_doc(text)) for text in sample)
    return {
        "words": words,
        "peer_words_per_second": summed([words / value for value in peers]),
        **{
            model: {
                "words_per_second": summed([words / value for value in values]),
                "ratio": summed([theirs / ours for theirs, ours in zip(peers, values, strict=True)]),
            }
            for model, values in seconds.items()
        },
    }


def _cpu(runner: Callable[[], object]) -> float:
    start = time.process_time()
    runner()
    return time.process_time() - start


def _peer(sample: list[str]) -> Any:
    sys.path.insert(0, str(press.ROOT / "models"))
    speed = importlib.import_module("training.speed")
    return speed.published(press.PEER, sample[:8])


def _item(number: int, text: str) -> Item:
    title = text.split("\n", 1)[0][:200] or "Titel"
    names = (f"{number:012x}", "", "0" * 64, "txt", None, None, title, None, None)
    return Release(*names, "2021-05-04", "header", None, None, "de", text, 0), ()

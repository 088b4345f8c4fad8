"""The events that releases announce, in order of time, each with its release."""

from __future__ import annotations

from pipeline.core.records import Event
from pipeline.report import german
from pipeline.report.corpus import Corpus, Head

Dated = tuple[Event, Head]


def entries(corpus: Corpus) -> list[Dated]:
    """Every announced event once, by its begin; of two versions of a release only the one to be read speaks."""
    replaced = {row.other_id for row in corpus.duplicates}
    found = [
        (event, head)
        for head in corpus.heads
        if head.release_id not in replaced
        for event in corpus.events.at(head.position)
    ]
    return sorted(found, key=lambda entry: (entry[0].begin, entry[0].title, entry[0].release_id, entry[0].start))


def when(event: Event) -> str:
    """Begin and end in words, with the day of the week."""
    value = f"{event.begin}/{event.finish}" if event.finish else event.begin
    return f"{german.weekday(event.begin)}, {german.date(value)}"

"""Words that the model may take for a name of no person, place or body, though it says none."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.components.page import Page, Word

_LEANS = 0.2  # how likely a word is part of a name of no other type, to be looked at


def find(page: Page) -> Iterator[tuple[int, int]]:
    """Where runs of such words begin and end; the first has a capital."""
    leaning = {start for start, scores in page.leanings.items() if scores[-1] >= _LEANS}
    run: list[Word] = []
    last = -1
    for at, word in enumerate(page.words):
        if word.start not in leaning:
            continue
        if run and (at > last + 1 or page.text[run[-1].end : word.start] not in {" ", "-", ""}):
            yield run[0].start, run[-1].end
            run = []
        if run or page.text[word.start].isupper():
            run.append(word)
        last = at
    if run:
        yield run[0].start, run[-1].end

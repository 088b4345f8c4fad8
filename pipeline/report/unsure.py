"""Names that the program is not sure of: for a person to look at, with the sentence of each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.report import german, paths, words
from pipeline.report.corpus import TYPES, Corpus
from pipeline.report.parts import Attention, Cell, Column, Section, Table
from pipeline.report.quoting import Quoting

ANCHOR = "unsicher"
_TITLE = "Unsichere Namen"
# names found by a rule that guesses have 0.5 or 0.6; gazetteer and careful rules 0.8 and more
_SURE = 0.7


def unsure(corpus: Corpus) -> list[tuple[float, int]]:
    """(confidence, entity) of entries whose best mention is not sure, the least sure and commonest first."""
    best = _surest(corpus)
    found = [(best[n], n) for n in range(len(corpus.entities)) if 0 < best[n] < _SURE]
    return sorted(found, key=lambda x: (x[0], -corpus.mentions_counted[x[1]], x[1]))


def _surest(corpus: Corpus) -> list[float]:
    """Number of an entity -> how sure its surest mention is; 0 where none is known."""
    release, entity, start, end, label = corpus.named
    best = np.zeros(len(corpus.entities))
    np.maximum.at(best, entity, corpus.finders.sureness(release, start, end, label))
    found: list[float] = best.tolist()
    return found


def attention(corpus: Corpus) -> Iterator[Attention]:
    """The unsure names, counted, for the first page."""
    if total := len(unsure(corpus)):
        title = german.count(total, "unsicherer Name", "unsichere Namen")
        yield Attention(title, "Ein Blick in den Satz entscheidet.", f"{paths.QUALITY}#{ANCHOR}")


def section(corpus: Corpus, quoting: Quoting) -> Section:
    """The unsure names, each with a sentence."""
    found = unsure(corpus)
    if not found:
        return Section(ANCHOR, _TITLE, "Bei keinem Namen war sich das Programm unsicher.")
    text = (
        f"Bei {german.count(len(found), 'Eintrag', 'Einträgen')} ist keine einzige Nennung sicher. Ist es keiner, "
        "hilft eine Zeile „reject“ in data/curation/corrections.csv; ist er von anderer Art, hilft „relabel“."
    )
    rows = tuple(_rows(corpus, quoting, found))
    columns = (
        Column("Name"),
        Column("Art"),
        Column("Sicherheit", number=True, means=paths.SURENESS),
        Column("Satz"),
    )
    return Section(ANCHOR, _TITLE, text, Table(_TITLE, columns, rows))


def _rows(corpus: Corpus, quoting: Quoting, found: list[tuple[float, int]]) -> Iterator[tuple[Cell, ...]]:
    for confidence, number in found:
        head, start, _ = corpus.mentions_of(number)[0]
        quoted = quoting.quote(head, start)
        yield (
            Cell(corpus.titled[number], corpus.path_of(number), german.sort_key(corpus.names[number])),
            Cell(words.TYPES[TYPES[corpus.kinds[number]]][0]),
            Cell(german.percent(confidence), sort=f"{confidence:.6f}"),
            Cell("".join(bit.text for bit in quoted.bits), quoted.path, note=quoted.source),
        )

"""Titles, names, themes and words -> scripts that search and filter without a server.

Browsers do not let a page read a file beside it, but they let it run one: so the indexes are scripts. What a word
leads to is cut into small files by the word's first two letters, and only the one that is asked for is loaded.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.core.text import fold
from pipeline.report import german, lists, paths, words
from pipeline.report.corpus import Corpus
from pipeline.report.memory import Memory
from pipeline.report.news import news
from pipeline.report.store import coded, grouped

Script = tuple[str, Iterator[str]]
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def scripts(corpus: Corpus, memory: Memory) -> Iterator[Script]:
    """All indexes: (path, lines of the script)."""
    found = sorted(occurrences(corpus).items())
    starts = sorted({word[:2] for word, _ in found})
    yield paths.NAMES_INDEX, _names_script(corpus, starts)
    yield paths.RELEASES_INDEX, _releases(corpus, memory)
    for start, numbers in groupby(_by_key(corpus), key=lambda item: item[0][:2]):
        yield paths.names_index(start), _named(corpus, start, [number for _, number in numbers])
    for start, group in groupby(found, key=lambda item: item[0][:2]):
        yield paths.words_index(start), _words(start, group)


def _names_script(corpus: Corpus, starts: list[str]) -> Iterator[str]:
    yield f"window.presseleseStarts = {_json(starts)};\n"
    yield from _array("presseleseIndex", _names(corpus))


def _array(name: str, entries: Iterator[Any]) -> Iterator[str]:
    yield f"window.{name} = [\n"
    for entry in entries:
        yield _json(entry) + ",\n"
    yield "];\n"


# one for all: json.dumps makes a new one for each of a hundred thousand lines
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _names(corpus: Corpus) -> Iterator[list[str]]:
    """Themes, entities and issuers as [kind, text, path, note]; releases stand in an index of their own."""
    for theme in corpus.themes_by_weight:
        found = len(corpus.by_theme.get(theme.theme_id, ()))
        note = german.count(found, "Mitteilung", "Mitteilungen")
        yield ["Thema", theme.label, paths.theme(theme), note]
    for number, entity in enumerate(corpus.entities):
        others = [v for v in entity.variants if v != entity.name]
        note = " · ".join(filter(None, [lists.about(entity), *others[:3]]))
        yield [words.TYPES[entity.type][0], lists.title(entity), corpus.path_of(number), note]
    for issuer in corpus.by_issuer:
        yield ["Herausgeber", issuer, paths.issuer(issuer), ""]


def _by_key(corpus: Corpus) -> list[tuple[str, int]]:
    """(key, number) of the entities that several releases name."""
    known = zip(corpus.entity_at, corpus.spread.tolist(), strict=True)
    return sorted((paths.key(name), number) for number, (name, spread) in enumerate(known) if spread > 1)


def _named(corpus: Corpus, start: str, numbers: list[int]) -> Iterator[str]:
    """Keys of one beginning, each with the name, its page, and the places of its releases in the list."""
    yield f"(window.presseleseNames ??= {{}})[{_json(start)}] = {{\n"
    for number in numbers:
        found = [corpus.titled[number], corpus.path_of(number), corpus.places_of(number)]
        yield f"{_json(corpus.key_of(number))}:{_json(found)},\n"
    yield "};\n"


def _releases(corpus: Corpus, memory: Memory) -> Iterator[str]:
    """Releases, newest first: [title, path, date, date in words, issuer, themes]; names once, then by number."""
    issuers, themes = list(corpus.by_issuer), [theme.theme_id for theme in corpus.themes_by_weight]
    issuer_at, theme_at = ({name: n for n, name in enumerate(names)} for names in (issuers, themes))
    yield f"window.presseleseIssuers = {_json([[name, paths.issuer(name)] for name in issuers])};\n"
    yield f"window.presseleseThemes = {_json(themes)};\n"
    fresh = {head.release_id for head in news(corpus, memory).releases}
    yield f"window.presseleseNew = {_json([n for n, h in enumerate(corpus.newest) if h.release_id in fresh])};\n"
    yield from _array(
        "presseleseReleases",
        (
            [
                head.title,
                head.path,
                head.published,
                german.date(head.published),
                issuer_at[head.issuer],
                [theme_at[theme.theme_id] for theme in corpus.themes_of(head)],
            ]
            for head in corpus.newest
        ),
    )


def _words(start: str, found: Iterable[tuple[str, list[int]]]) -> Iterator[str]:
    """Words of one beginning, each with the places in the list of releases where it occurs."""
    yield f"(window.presseleseWords ??= {{}})[{_json(start)}] = {{\n"
    for word, places in found:
        yield f"{_json(word)}:{_json(places)},\n"
    yield "};\n"


def occurrences(corpus: Corpus) -> dict[str, list[int]]:
    """Word of a text, as it is looked up -> places of its releases in the list of the newest."""
    position = corpus.at_position.codes(corpus.terms["release_id"])
    releases = corpus.place_in_list[position] if len(corpus.heads) else position
    terms: list[str] = corpus.terms["term"].unique().to_pylist()
    order, bounds = grouped(coded(corpus.terms["term"], {term: n for n, term in enumerate(terms)}), len(terms))
    found: dict[str, set[int]] = defaultdict(set)
    for code, text in enumerate(terms):
        rows = releases[order[bounds[code] : bounds[code + 1]]].tolist()
        for word in spelled(text):
            found[word].update(rows)
    return {word: sorted(rows) for word, rows in found.items()}


def spelled(term: str) -> list[str]:
    """A term -> the words by which it is looked up: no case, no umlaut, letters only."""
    return [plain for word in _WORD.findall(fold(term)) if (plain := word.translate(_PLAIN)).isascii()]

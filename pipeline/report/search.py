"""Titles, names and themes -> the search index as a script, so that search works without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.report import german, lists, paths, words
from pipeline.report.corpus import Corpus


def index_script(corpus: Corpus) -> Iterator[str]:
    """The script's lines: one entry [kind, text, path, note] a line."""
    yield "window.presseleseIndex = [\n"
    for entry in _entries(corpus):
        yield json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + ",\n"
    yield "];\n"


def _entries(corpus: Corpus) -> Iterator[list[str]]:
    for theme in corpus.themes_by_weight:
        found = len(corpus.by_theme.get(theme.theme_id, ()))
        note = german.count(found, "Mitteilung", "Mitteilungen")
        yield ["Thema", theme.label, paths.theme(theme), note]
    for number, entity in enumerate(corpus.entities):
        others = [v for v in entity.variants if v != entity.name]
        note = " · ".join(filter(None, [lists.about(entity), *others[:3]]))
        yield [words.TYPES[entity.type][0], lists.title(entity), corpus.entity_paths[number], note]
    for issuer in corpus.by_issuer:
        yield ["Herausgeber", issuer, paths.issuer(issuer), ""]
    for head in corpus.newest:
        yield ["Mitteilung", head.title, head.path, f"{head.issuer}, {german.date(head.published)}"]

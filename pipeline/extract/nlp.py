"""The German pipeline: load it, check that it is the one params.yaml names, read releases with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from pipeline.core.errors import ModelError
from pipeline.core.records import Release, Zone
from pipeline.extract import provenance
from pipeline.extract.components import units
from pipeline.extract.components.page import Page, Span, Unit, Word
from pipeline.extract.spacy_only import import_spacy

spacy = import_spacy()

from spacy.attrs import IDX, IS_SPACE, LEMMA, LENGTH, ORTH, POS, SENT_START  # noqa: E402  of what was imported
from spacy.parts_of_speech import NAMES  # noqa: E402

LABELS = {"PER", "LOC", "ORG"}  # MISC is read, too, where the model has it
_REMEDY = "or correct params.yaml: extract → model, model_version"
# a name by the model alone; surer where the package states that at least so many of its names are right
_MODEL_CONFIDENCE, _TRUSTED_CONFIDENCE, _TRUSTED_PRECISION = 0.8, 0.9, 0.9
# a full stop that ends no sentence: titles, abbreviations, ordinals before a month or a small letter
_NO_END = re.compile(
    r"(?:\b(?:Dr|Prof|Dipl|Ing|Hr|Fr|St|Nr|Str|Abs|Art|Tel|ca|bzw|evtl|ggf|inkl|sog|vgl|usw|e|z|u|d|i|o|h|c)"
    r"|\b[A-ZÄÖÜ]|(?<!\d)\d{1,2})\.$"
)
_LEANS = 0.02  # a word less likely a name than this leans nowhere
_MONTH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*\b|\d|[a-zäöüß]")
_ORDINAL = re.compile(r"\d\.$")

_ROUND = 0.001  # more than rounding to three digits changes
_COLUMNS = [IDX, LENGTH, IS_SPACE, LEMMA, ORTH, POS, SENT_START]
_word = partial(tuple.__new__, Word)  # a third of what Word(...) takes, for each word of a corpus


class Reader:
    """A loaded pipeline; ``read`` makes pages of releases."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._confidence = confidences(pipeline.meta)
        self._ner: Any = pipeline.get_pipe("ner") if pipeline.has_pipe("ner") else None

    def read(self, release: Release, zones: Sequence[Zone]) -> Page:
        """Release -> page. One release at a time, so that no other release changes what is read."""
        bare = units.page(release, zones)
        flat, pieces = bare.flat, bare.units
        docs = list(self._pipeline.pipe(flat[unit.start : unit.end] for unit in pieces))
        columns = [doc.to_array(_COLUMNS).T.astype("int64") for doc in docs]
        read = list(zip(pieces, docs, columns, strict=True))
        return replace(
            bare,
            sentences=[s for unit, _, table in read for s in _sentences(flat, unit, table)],
            words=[w for unit, doc, table in read for w in _words(unit, doc.vocab.strings, table)],
            names=[n for unit, doc, _ in read for n in _names(unit, doc, self._confidence)],
            leanings=dict(w for unit, doc, table in read for w in self._leanings(unit, doc, table[0])),
        )

    def _leanings(self, unit: Unit, doc: Any, starts: Any) -> Iterator[tuple[int, tuple[float, ...]]]:
        """Start of a word -> how likely it is part of each kind of name, where the model tells its scores."""
        if not hasattr(self._ner, "rows") or not len(doc):
            return
        scores = self._ner.rows(doc).astype("float64")
        likely = np.exp(scores - scores.max(-1, keepdims=True))
        likely /= likely.sum(-1, keepdims=True)
        # two letters a kind, begin and inside, behind "no name"
        rows = likely[:, 1::2] + likely[:, 2::2]
        places = np.flatnonzero(rows.max(-1) >= _LEANS - _ROUND)
        for start, row in zip((starts[places] + unit.start).tolist(), rows[places].tolist(), strict=True):
            kinds = tuple([round(kind, 3) for kind in row])
            if max(kinds) >= _LEANS:
                yield start, kinds


def load(model: str, version: str) -> Reader:
    """The pipeline by package name or path, checked: version, labels, sentences, parts of speech, lemmas.

    Raises ModelError saying what is wrong and what to run.
    """
    provenance.check(model)
    try:
        pipeline = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"language model {model}: {_first_line(error)}; {_remedy(model)}") from None
    found = str(pipeline.meta.get("version"))
    if found != version:
        raise ModelError(
            f"language model {model}: is version {found}, params.yaml names {version}; {_remedy(model)}"
        )
    _check_contract(model, pipeline)
    return Reader(pipeline)


def _remedy(model: str) -> str:
    return f"{provenance.remedy(model)}, {_REMEDY}"


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].removeprefix("[E050] ")


def _check_contract(model: str, pipeline: Any) -> None:
    """German, names by our labels, and a sentence, tag and lemma for every word of a trial sentence."""
    lacking = []
    if pipeline.lang != "de":
        lacking.append("German (its language is " + pipeline.lang + ")")
    labels = {label for name in pipeline.pipe_names for label in pipeline.pipe_labels.get(name, [])}
    if missing := LABELS - labels:
        lacking.append("names of type " + ", ".join(sorted(missing)))
    doc = pipeline("Die Stadt baut ein neues Haus.")
    lacking += [
        what
        for what, there in (
            ("sentence boundaries", doc.has_annotation("SENT_START")),
            ("parts of speech", doc.has_annotation("POS")),
            ("lemmas", doc.has_annotation("LEMMA")),
        )
        if not there
    ]
    if lacking:
        raise ModelError(f"language model {model}: gives no {', no '.join(lacking)}; {_remedy(model)}")


def _sentences(flat: str, unit: Unit, table: Any) -> Iterator[tuple[int, int]]:
    """Sentences of a unit, without white space at their ends; boundaries after abbreviations undone."""
    start = None
    for first, last in _bounds(unit.start, table):
        start = first if start is None else start
        piece = flat[start:last].rstrip()
        if last < unit.end and _goes_on(piece, flat[last : unit.end].lstrip()):
            continue
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece)
        start = None
    if start is not None and flat[start : unit.end].strip():
        yield start, unit.end


def _bounds(offset: int, table: Any) -> list[tuple[int, int]]:
    """Where the model's sentences begin and end; the first word begins one whatever it says."""
    starts, lengths, begins = table[0], table[1], table[6] == 1
    begins[:1] = True
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(starts))[: len(firsts)] - 1
    return list(
        zip((starts[firsts] + offset).tolist(), (starts[lasts] + lengths[lasts] + offset).tolist(), strict=True)
    )


def _goes_on(piece: str, rest: str) -> bool:
    if not _NO_END.search(piece):
        return False
    return _MONTH.match(rest) is not None if _ORDINAL.search(piece) else True


def _words(unit: Unit, strings: Any, table: Any) -> Iterator[Word]:
    starts, lengths, _, lemmas, forms, pos, _ = table[:, table[2] == 0]
    starts = starts + unit.start
    return map(
        _word,
        zip(
            starts.tolist(),
            (starts + lengths).tolist(),
            map(strings.__getitem__, np.where(lemmas == 0, forms, lemmas).astype("uint64").tolist()),
            map(NAMES.__getitem__, pos.tolist()),
            strict=True,
        ),
    )


def confidences(meta: Mapping[str, Any]) -> dict[str, float]:
    """Label -> how far the model's word is enough, by the precision that its package states.

    >>> confidences({"performance": {"ents_per_type": {"PER": {"p": 0.95}, "LOC": {"p": 0.6}}}})
    {'PER': 0.9, 'LOC': 0.8}
    """
    stated = meta.get("performance", {}).get("ents_per_type") or {}
    return {
        label: _TRUSTED_CONFIDENCE if (scores.get("p") or 0.0) >= _TRUSTED_PRECISION else _MODEL_CONFIDENCE
        for label, scores in stated.items()
    }


def _names(unit: Unit, doc: Any, confidence: Mapping[str, float]) -> Iterator[Span]:
    for entity in doc.ents:
        yield Span(
            unit.start + entity.start_char,
            unit.start + entity.end_char,
            entity.label_,
            "model",
            confidence.get(entity.label_, _MODEL_CONFIDENCE),
        )

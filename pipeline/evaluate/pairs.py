"""Which gold annotation belongs to which release of the corpus."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pipeline.evaluate.annotation import Annotation, from_dict
from pipeline.evaluate.found import Found, to_gold_form


def pair(
    gold: Sequence[Annotation], found: Iterable[Found], rejected: Collection[str] = ()
) -> list[tuple[Annotation, Annotation]]:
    """Gold and found of the same raw file, side by side.

    Gold whose file was rejected counts as nothing found. Gold whose file is not in this corpus at all is left
    out: a second corpus simply has no gold.
    """
    by_source = {f.release.source_path: f for f in found}
    pairs = []
    for annotation in gold:
        match = by_source.get(annotation.source or "")
        if match is not None:
            pairs.append((annotation, from_dict(annotation.name, to_gold_form(match), match.release.text)))
        elif annotation.source in rejected:
            pairs.append((annotation, from_dict(annotation.name, {})))
    return pairs

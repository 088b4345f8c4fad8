"""What was learnt -> what is kept of it: the outcome of discovery, and what releases are held against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.core.theme_records import ThemePassport
from pipeline.themes.accepted import MAX_TERMS, AcceptedTheme
from pipeline.themes.coded import NAME
from pipeline.themes.discovered import Discovery
from pipeline.themes.labels import Word, label, unique
from pipeline.themes.outcome import Fresh, Outcome
from pipeline.themes.passport import Today, likeness, passports

# texts that are read for the name of a theme
TYPICAL = 40


def typical(found: Discovery) -> list[list[str]]:
    """The releases that lean most on each discovered theme, the most typical first."""
    orders = np.argsort(-np.round(found.shares, 6), axis=0, kind="stable")[:TYPICAL].T
    ids = found.terms.releases
    return [[ids[r] for r in order if found.shares[r, theme] > 0] for theme, order in enumerate(orders)]


def conclude(
    found: Discovery, texts: Mapping[str, str], barred: Collection[str], accepted: Sequence[AcceptedTheme]
) -> Outcome:
    """Discovered themes as numbers -> with names, and with what they have to do with the accepted themes."""
    new = fresh(found, texts, barred)
    surface = dict(zip(found.terms.terms, found.terms.surfaces, strict=True))
    shown = (tuple(surface[term] for term in theme.terms) for theme in new)
    now, lost = _compared(found, new, accepted) if new else ([], [])
    return Outcome(
        tuple(new), tuple(shown), found.coherence, found.numbers, found.summary, tuple(now), tuple(lost)
    )


def fresh(found: Discovery, texts: Mapping[str, str], barred: Collection[str]) -> list[Fresh]:
    """Discovered themes with the names that their words give; no word of ``barred`` (places, people) is shown."""
    surface = dict(zip(found.terms.terms, found.terms.surfaces, strict=True))
    names = []
    for theme, releases in enumerate(typical(found)):
        words = [
            Word(term, surface[term], weight)
            for term, weight in top_terms(found, theme).items()
            if not any(word in barred for word in (*term.split(), surface[term].lower()))
        ]
        names.append(label(words, [texts[release] for release in releases if release in texts]))
    return [Fresh(name, top_terms(found, theme)) for theme, name in enumerate(unique(names))]


def top_terms(found: Discovery, theme: int) -> dict[str, float]:
    """The strongest terms of a discovered theme with their weights, strongest first."""
    weights = found.weights[theme]
    ranked = sorted((i for i in weights.nonzero()[0]), key=lambda i: (-weights[i], found.terms.terms[i]))
    return {found.terms.terms[i]: float(weights[i]) for i in ranked[:MAX_TERMS]}


def _compared(
    found: Discovery, new: Sequence[Fresh], accepted: Sequence[AcceptedTheme]
) -> tuple[list[ThemePassport], list[ThemePassport]]:
    """Passports of the themes of this run, and of accepted themes that vanished."""
    content = [i for i, kind in enumerate(found.terms.kinds) if kind != NAME]
    place = {found.terms.terms[i]: n for n, i in enumerate(content)}
    presence = (found.terms.counts[:, content] > 0).astype(float)
    now = np.where(found.shares.any(axis=1), found.shares.argmax(axis=1), -1)
    kept, lost = passports(accepted, new, likeness(accepted, new, Today(presence, place, now)))
    return _apart(kept), lost


def _apart(rows: Sequence[ThemePassport]) -> list[ThemePassport]:
    """Passports -> the same, no two labels alike; a theme that already had its label keeps it."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i].previous_label is None, i))
    labels = dict(zip(order, unique([rows[i].label for i in order]), strict=True))
    return [replace(row, label=labels[i]) for i, row in enumerate(rows)]

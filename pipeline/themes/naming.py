"""Discovered themes as numbers -> with ids and names: from their own words, the accepted run, and people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.core.records import CorrectionResult
from pipeline.core.theme_records import ThemePassport
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.coded import NAME
from pipeline.themes.curation import Decision, Named, decide
from pipeline.themes.discovered import Discovery
from pipeline.themes.labels import Word, label, unique
from pipeline.themes.passport import Fresh, Today, likeness, passports
from pipeline.themes.rows import top_terms
from pipeline.themes.scheme import GuidedTheme

# texts that are read for the name of a theme
TYPICAL = 40


@dataclass(frozen=True, slots=True)
class Naming:
    """All themes with their names, guided first; passports; what became of people's decisions."""

    guided: tuple[Named, ...]
    discovered: tuple[Named, ...]
    passports: tuple[ThemePassport, ...]
    results: tuple[CorrectionResult, ...]


def typical(found: Discovery) -> list[list[str]]:
    """The releases that lean most on each discovered theme, the most typical first."""
    orders = np.argsort(-np.round(found.shares, 6), axis=0, kind="stable")[:TYPICAL].T
    ids = found.terms.releases
    return [[ids[r] for r in order if found.shares[r, theme] > 0] for theme, order in enumerate(orders)]


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


def name_themes(
    found: Discovery,
    new: Sequence[Fresh],
    scheme: Iterable[GuidedTheme],
    accepted: Sequence[AcceptedTheme],
    decisions: Sequence[Decision],
) -> Naming:
    """Ids and labels: of the accepted run where a theme is the same, and of people wherever they say so."""
    given = [Named(theme.theme_id, "guided", theme.label, "scheme") for theme in scheme]
    if not found.number:
        # a corpus too small for discovery says nothing about the themes of a larger one
        guided, results = decide(decisions, given)
        return Naming(tuple(guided), (), (), tuple(results))
    content = [i for i, kind in enumerate(found.terms.kinds) if kind != NAME]
    place = {found.terms.terms[i]: n for n, i in enumerate(content)}
    presence = (found.terms.counts[:, content] > 0).astype(float)
    now = np.where(found.shares.any(axis=1), found.shares.argmax(axis=1), -1)
    kept, lost = passports(accepted, new, likeness(accepted, new, Today(presence, place, now)))
    kept = _apart(kept)
    discovered = [
        Named(p.theme_id, "discovered", p.label, "accepted" if p.previous_label else "rule", (one.label,))
        for p, one in zip(kept, new, strict=True)
    ]
    named, results = decide(decisions, [*given, *discovered])
    guided, mine = named[: len(given)], named[len(given) :]
    decided = [
        replace(passport, theme_id=name.theme_id, label=name.label)
        for passport, name in zip(kept, mine, strict=True)
    ]
    return Naming(tuple(guided), tuple(mine), (*decided, *lost), tuple(results))


def _apart(rows: Sequence[ThemePassport]) -> list[ThemePassport]:
    """Passports -> the same, no two labels alike; a theme that already had its label keeps it."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i].previous_label is None, i))
    labels = dict(zip(order, unique([rows[i].label for i in order]), strict=True))
    return [replace(row, label=labels[i]) for i, row in enumerate(rows)]

"""Discovered themes -> with ids and names: from their own words, the accepted run, and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.core.records import CorrectionResult
from pipeline.core.theme_records import ThemePassport
from pipeline.themes.curation import Decision, Named, decide
from pipeline.themes.outcome import Outcome
from pipeline.themes.scheme import GuidedTheme


@dataclass(frozen=True, slots=True)
class Naming:
    """All themes with their names, guided first; passports; what became of people's decisions."""

    guided: tuple[Named, ...]
    discovered: tuple[Named, ...]
    passports: tuple[ThemePassport, ...]
    results: tuple[CorrectionResult, ...]


def name_themes(outcome: Outcome, scheme: Iterable[GuidedTheme], decisions: Sequence[Decision]) -> Naming:
    """Ids and labels: of the accepted run where a theme is the same, and of people wherever they say so."""
    given = [Named(theme.theme_id, "guided", theme.label, "scheme") for theme in scheme]
    if not outcome.number:
        # a corpus too small for discovery says nothing about the themes of a larger one
        guided, results = decide(decisions, given)
        return Naming(tuple(guided), (), (), tuple(results))
    discovered = [
        Named(p.theme_id, "discovered", p.label, "accepted" if p.previous_label else "rule", (one.label,))
        for p, one in zip(outcome.passports, outcome.themes, strict=True)
    ]
    named, results = decide(decisions, [*given, *discovered])
    guided, mine = named[: len(given)], named[len(given) :]
    decided = [
        replace(passport, theme_id=name.theme_id, label=name.label)
        for passport, name in zip(outcome.passports, mine, strict=True)
    ]
    return Naming(tuple(guided), tuple(mine), (*decided, *outcome.lost), tuple(results))

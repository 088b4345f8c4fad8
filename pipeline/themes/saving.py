"""The tables and the model that the stage writes, assignments apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.core import tables
from pipeline.themes.accepted import AcceptedTheme, dump
from pipeline.themes.rows import model
from pipeline.themes.tally import Tally
from pipeline.themes.work import Known, Tables

MODEL = Path("data/themes/model.json")


def save(known: Known, found: Tables, accepted: Sequence[AcceptedTheme]) -> None:
    """Write every table of the stage but the assignments, and the themes as a person may accept them."""
    outcome, naming = known.outcome, known.naming
    tables.THEMES.write(found.themes)
    tables.THEME_PERIODS.write(found.periods)
    tables.THEME_TRENDS.write(found.trends)
    tables.THEME_GROUPS.write(found.groups)
    tables.THEME_PASSPORT.write(naming.passports)
    tables.THEME_NUMBERS.write(outcome.numbers)
    tables.THEME_DISCOVERY.write([outcome.summary])
    tables.THEME_CORRECTIONS.write(naming.results)
    themes = model(outcome, naming.discovered, naming.passports, accepted)
    MODEL.write_text(dump(themes), encoding="utf-8", newline="\n")


def count_sentence(known: Known, tally: Tally, assigned: int) -> str:
    """How many themes and assignments there are, and how many releases have no guided theme."""
    guided = {theme.theme_id for theme in known.scheme}
    total, found = len(tally.ids), known.outcome.number
    return (
        f"{len(guided & set(tally.numbers)):,} guided and {found:,} discovered themes, {assigned:,} assignments, "
        f"{total - tally.guided:,} of {total:,} releases without a guided theme"
    )

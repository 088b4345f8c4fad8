"""What the themes stage knows of themes beyond their releases; a run that lacks one of the tables shows less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

import pyarrow as pa

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.core.table import Table
from pipeline.report import german
from pipeline.report.store import records

# two stages have a table called corrections, so these go by names of their own
TABLES: dict[str, Table[Any]] = {
    "theme_periods": t.THEME_PERIODS,
    "theme_trends": t.THEME_TRENDS,
    "theme_groups": t.THEME_GROUPS,
    "theme_passport": t.THEME_PASSPORT,
    "theme_numbers": t.THEME_NUMBERS,
    "theme_discovery": t.THEME_DISCOVERY,
    "theme_corrections": t.THEME_CORRECTIONS,
}
DIRECTIONS = {
    "rising": "nimmt zu",
    "fading": "nimmt ab",
    "steady": "gleichbleibend",
    "open": "noch nicht zu sagen",
}
EVENTS = {
    "first": "zum ersten Mal",
    "kept": "wie zuvor",
    "born": "neu",
    "merged": "zusammengewachsen",
    "split": "geteilt",
    "returned": "wieder da",
    "vanished": "verschwunden",
}
LABEL_BY = {"scheme": "", "rule": "vom Programm benannt", "accepted": "Name aus dem angenommenen Stand"}


class ThemeFacts:
    """The tables of themes, ready to be looked up by theme."""

    def __init__(self, arrow: dict[str, pa.Table]) -> None:
        def rows(name: str) -> list[Any]:
            return records(TABLES[name], arrow[name]) if name in arrow else []

        self.trends: dict[str, tr.ThemeTrend] = {row.theme_id: row for row in rows("theme_trends")}
        self.passport: list[tr.ThemePassport] = rows("theme_passport")
        self.numbers: list[tr.ThemeNumber] = rows("theme_numbers")
        self.discovery: list[tr.ThemeDiscovery] = rows("theme_discovery")
        self.corrections: list[r.CorrectionResult] = rows("theme_corrections")
        self._rows = rows

    @cached_property
    def _periods(self) -> Mapping[tuple[str, str], list[tr.ThemePeriod]]:
        return _grouped(self._rows("theme_periods"), attrgetter("theme_id", "grain"))

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], list[tr.ThemeGroup]]:
        return _grouped(self._rows("theme_groups"), attrgetter("theme_id", "by"))

    def direction(self, theme_id: str) -> str:
        """Whether a theme rises or fades, in words; nothing where it was not looked at."""
        trend = self.trends.get(theme_id)
        return DIRECTIONS.get(trend.direction, "") if trend else ""

    def moving(self, direction: str) -> list[str]:
        """The themes that rise, or those that fade, the surest first."""
        found = [row for row in self.trends.values() if row.direction == direction]
        return [row.theme_id for row in sorted(found, key=lambda row: (row.p is None, row.p or 0.0, row.theme_id))]

    def periods(self, theme_id: str, grain: str) -> list[tr.ThemePeriod]:
        """How much of a theme there was in each month, quarter or year, in order of time."""
        return self._periods.get((theme_id, grain), [])

    def groups(self, theme_id: str, by: str) -> list[tr.ThemeGroup]:
        """Issuers or places of a theme, those with most of its releases first."""
        found = self._groups.get((theme_id, by), [])
        return sorted(found, key=lambda row: (-row.n_releases, -row.share, german.sort_key(row.name)))

    def event(self, theme_id: str) -> tr.ThemePassport | None:
        """What became of a theme since the accepted run."""
        return next((row for row in self.passport if row.theme_id == theme_id), None)


def _grouped(rows: Iterable[Any], key: Callable[[Any], tuple[str, str]]) -> dict[tuple[str, str], list[Any]]:
    """Rows -> lists of those that have the same key, in their order."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups

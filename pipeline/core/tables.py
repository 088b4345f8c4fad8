"""Every stored table: where it lies, what a row is, its key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.core import records as r
from pipeline.core import theme_records as t
from pipeline.core.table import Table

_LABELS = tuple(r.ENTITY_TYPES)
_INGEST, _EXTRACT = Path("data/ingest"), Path("data/extract")
_REGISTER, _THEMES = Path("data/register"), Path("data/themes")

RELEASES = Table(_INGEST / "releases.parquet", r.Release, ("release_id",))
ZONES = Table(_INGEST / "zones.parquet", r.Zone, ("release_id", "start"), {"zone": r.ZONES})
REJECTED = Table(_INGEST / "rejected.parquet", r.Rejected, ("source_path",))
DUPLICATES = Table(
    _INGEST / "duplicates.parquet",
    r.Duplicate,
    ("release_id", "other_id", "kind"),
    {"kind": ("identical", "near", "correction")},
)
SENTENCES = Table(_EXTRACT / "sentences.parquet", r.Sentence, ("release_id", "start"), {"zone": r.ZONES})
MENTIONS = Table(
    _EXTRACT / "mentions.parquet",
    r.Mention,
    ("release_id", "start", "end", "label"),
    {"zone": r.ZONES, "label": _LABELS},
)
DATES = Table(
    _EXTRACT / "dates.parquet",
    r.DateMention,
    ("release_id", "start", "end"),
    {"zone": r.ZONES, "type": ("DATE", "TIME", "DURATION", "SET"), "role": r.DATE_ROLES},
)
EVENTS = Table(_EXTRACT / "events.parquet", r.Event, ("release_id", "start", "end", "begin"))
FINDINGS = Table(
    _EXTRACT / "findings.parquet",
    r.Finding,
    ("release_id", "start", "end", "code"),
    {"code": ("weekday", "no_such_day", "end_before_begin", "already_past")},
)
QUOTES = Table(
    _EXTRACT / "quotes.parquet", r.Quote, ("release_id", "start", "end"), {"kind": ("direct", "indirect")}
)
TERMS = Table(_EXTRACT / "terms.parquet", r.Term, ("release_id", "term"))
ENTITIES = Table(
    _REGISTER / "entities.parquet", r.Entity, ("entity_id",), {"type": tuple(r.ENTITY_TYPES.values())}
)
ENTITY_MENTIONS = Table(
    _REGISTER / "entity_mentions.parquet", r.EntityMention, ("release_id", "start", "end", "label")
)
INITIATIVES = Table(
    _REGISTER / "initiatives.parquet",
    r.InitiativeFact,
    ("entity_id", "fact", "value"),
    {"fact": ("year", "partner", "voice", "silence")},
)
CORRECTION_RESULTS = Table(_REGISTER / "corrections.parquet", r.CorrectionResult, ("row",))
THEMES = Table(_THEMES / "themes.parquet", t.Theme, ("theme_id",), {"scheme": ("guided", "discovered")})
ASSIGNMENTS = Table(_THEMES / "assignments.parquet", t.ThemeAssignment, ("release_id", "theme_id"))
THEME_PERIODS = Table(
    _THEMES / "periods.parquet", t.ThemePeriod, ("theme_id", "grain", "period"), {"grain": t.GRAINS}
)
THEME_TRENDS = Table(_THEMES / "trends.parquet", t.ThemeTrend, ("theme_id",), {"direction": t.DIRECTIONS})
THEME_GROUPS = Table(
    _THEMES / "groups.parquet", t.ThemeGroup, ("theme_id", "by", "group"), {"by": ("issuer", "place")}
)
THEME_PASSPORT = Table(_THEMES / "passport.parquet", t.ThemePassport, ("theme_id",), {"event": t.EVENTS})
THEME_NUMBERS = Table(_THEMES / "numbers.parquet", t.ThemeNumber, ("number",))
THEME_DISCOVERY = Table(_THEMES / "discovery.parquet", t.ThemeDiscovery, ("status",), {"status": t.DISCOVERY})
THEME_CORRECTIONS = Table(_THEMES / "corrections.parquet", r.CorrectionResult, ("row",))

ALL: Sequence[Table[Any]] = (
    RELEASES, ZONES, REJECTED, DUPLICATES, SENTENCES, MENTIONS, DATES, EVENTS, FINDINGS, QUOTES, TERMS,
    ENTITIES, ENTITY_MENTIONS, INITIATIVES, CORRECTION_RESULTS, THEMES, ASSIGNMENTS,
)  # fmt: skip

"""What lists say of a release, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from pipeline.report import paths

NO_ISSUER = "Ohne Herausgeber"


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What lists need to know of a release; there is one of each, so that lists can be grouped by it quickly."""

    position: int  # in the order of the table
    release_id: str
    title: str
    published: str
    issuer: str
    estimated: bool
    path: str

    @property
    def year(self) -> str:
        """The year of publication."""
        return self.published[:4]

    def period(self, grain: str) -> str:
        """The year or the quarter of publication: 2024, 2024-Q3; a date without a month has no quarter."""
        if grain == "year":
            return self.year
        return f"{self.year}-Q{(int(self.published[5:7]) + 2) // 3}" if len(self.published) >= 7 else ""


def newest_first(heads: list[Head]) -> list[Head]:
    """Releases by publication date, the newest first; the same day by title."""
    by_title = sorted(heads, key=lambda h: (h.title, h.release_id))
    return sorted(by_title, key=lambda h: h.published, reverse=True)


def heads_of(columns: pa.Table) -> list[Head]:
    """The table of releases -> their heads, in the order of the table."""
    wanted = ("release_id", "title", "published", "issuer", "published_basis")
    found = [columns[name].to_pylist() for name in wanted]
    rows = zip(*found, paths.releases(found[1], found[0]), strict=True)
    return [
        Head(n, rid, title, day, issuer or NO_ISSUER, basis == "text", path)
        for n, (rid, title, day, issuer, basis, path) in enumerate(rows)
    ]

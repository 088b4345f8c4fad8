"""Themes by issuer and by place: who writes about what, and which places stand with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.core.theme_records import ThemeGroup

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Releases that belong together: an issuer's, or those that name a place."""

    by: str  # issuer, place
    key: str
    name: str
    releases: frozenset[str]


def issuer_groups(issuers: Mapping[str, str | None]) -> list[Group]:
    """Issuer by release -> the group of each issuer; releases without one are in none."""
    releases: defaultdict[str, set[str]] = defaultdict(set)
    for release, issuer in issuers.items():
        if issuer:
            releases[issuer].add(release)
    return [Group("issuer", name, name, frozenset(found)) for name, found in sorted(releases.items())]


def place_groups(names: Mapping[str, str], mentioned: Iterable[tuple[str, str]]) -> list[Group]:
    """Places by id, and pairs of release and entity id -> the group of each place; other entities are left out."""
    releases: defaultdict[str, set[str]] = defaultdict(set)
    for release, entity in mentioned:
        if entity in names:
            releases[entity].add(release)
    return [Group("place", key, names[key], frozenset(found)) for key, found in sorted(releases.items())]


def theme_groups(themes: Mapping[str, Iterable[str]], groups: Iterable[Group]) -> Iterator[ThemeGroup]:
    """Releases by theme -> a row for each theme and group that have a release in common."""
    themes_of: defaultdict[str, list[str]] = defaultdict(list)
    for theme, releases in themes.items():
        for release in releases:
            themes_of[release].append(theme)
    for group in groups:
        counts = Counter(theme for release in group.releases for theme in themes_of[release])
        for theme, count in sorted(counts.items()):
            total = len(group.releases)
            yield ThemeGroup(theme, group.by, group.key, group.name, count, total, round(count / total, DIGITS))

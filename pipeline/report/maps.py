"""Places with a known position -> a map of Germany as inline SVG; the table beside it says the same in words."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from pipeline.report import german, lists, paths
from pipeline.report.corpus import Corpus
from pipeline.report.parts import Cell, Chart, Column, Table

_DOTS, _NAMES, _ROWS = 400, 14, 25  # places drawn, places named on the map, rows of the table beside it
_LEAST, _MOST = 4.0, 22.0  # radius of the rarest and the commonest place
_CLOSE, _CLOSEST = 0.7, 0.2  # share of the map's width below which it is cut to the places; the smallest cut
_LINE, _CHAR = 17, 8.2  # height of a name and width of a letter, for names that must not cover each other


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    number: int  # of the entity
    name: str
    releases: int
    x: float
    y: float


@cache
def outline() -> dict[str, Any]:
    """The outlines of the Länder, with the projection that they were drawn in, their origin and licence."""
    text = (files("pipeline.report") / "assets" / "germany.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def places_map(corpus: Corpus) -> Chart | None:
    """The places of the register in Germany -> map and table; nothing where no position is known."""
    spots = list(_spots(corpus))
    if not spots:
        return None
    shown = spots[:_DOTS]
    commonest = german.listing([f"{s.name} ({german.number(s.releases)})" for s in shown[:3]])
    drawn = german.count(len(shown), "Ort", "Orten")
    description = (
        f"Karte der Länder mit {drawn}; je größer der Punkt, desto mehr Mitteilungen nennen ihn. "
        f"Am häufigsten: {commonest}."
    )
    return Chart(_svg(shown, corpus, description), _table(corpus, spots), outline()["credit"])


def _spots(corpus: Corpus) -> Iterator[Spot]:
    """Places in Germany whose position is certain, the commonest first; Länder and regions are no spots."""
    land = outline()
    places = corpus.of_type("place")
    found = [(n, e) for n, e in zip(places, corpus.entities.pick(places), strict=True) if e.latitude is not None]
    found.sort(key=lambda x: (-x[1].n_releases, german.sort_key(x[1].name), x[0]))
    for number, e in found:
        if e.latitude is not None and e.longitude is not None and e.region in land["paths"]:
            x = (e.longitude - land["longitude"]) * land["scale_x"]
            y = (land["latitude"] - e.latitude) * land["scale_y"]
            yield Spot(number, e.name, e.n_releases, round(x, 1), round(y, 1))


def _window(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """The part of Germany to be drawn: all of it, or around the places where they lie close together."""
    width, height = float(outline()["width"]), float(outline()["height"])
    left, right = min(s.x for s in spots), max(s.x for s in spots)
    top, bottom = min(s.y for s in spots), max(s.y for s in spots)
    part = max((right - left) / width, (bottom - top) / height, _CLOSEST) * 1.25
    if part > _CLOSE:
        return 0.0, 0.0, width, height
    x = min(max((left + right - part * width) / 2, 0.0), width * (1 - part))
    y = min(max((top + bottom - part * height) / 2, 0.0), height * (1 - part))
    return round(x, 1), round(y, 1), round(part * width, 1), round(part * height, 1)


def _svg(spots: Sequence[Spot], corpus: Corpus, description: str) -> Markup:
    land, window = outline(), _window(spots)
    scale = window[2] / land["width"]
    size = (
        f'viewBox="{" ".join(f"{value:g}" for value in window)}" width="{land["width"]}" height="{land["height"]}"'
    )
    shapes = "".join(f'<path d="{d}"><title>{escape(name)}</title></path>' for name, d in land["paths"].items())
    dots = "".join(_dot(spot, spots[0].releases, corpus, scale) for spot in spots)
    names = "".join(_named(spots[: 3 * _NAMES], window[0] + window[2], scale))
    ids = 'aria-labelledby="karte-titel karte-text"'
    words = f'<title id="karte-titel">Orte auf der Karte</title><desc id="karte-text">{escape(description)}</desc>'
    return Markup(  # noqa: S704  every name went through escape
        f'<svg class="map" role="group" {ids} {size}>{words}<g class="land">{shapes}</g>'
        f'<g class="dots">{dots}</g>'
        f'<g class="names" aria-hidden="true" style="font-size:{15 * scale:.1f}px">{names}</g></svg>'
    )


def _radius(releases: int, top: int) -> float:
    """The area of a dot grows with the number of releases."""
    return round(max(_LEAST, _MOST * math.sqrt(releases / top)), 1)


def _dot(spot: Spot, top: int, corpus: Corpus, scale: float) -> str:
    """A dot that leads to the page of its place; the keyboard finds the same links in the table."""
    tip = f"{spot.name}: {german.count(spot.releases, 'Mitteilung', 'Mitteilungen')}"
    path = escape(f"../{corpus.path_of(spot.number)}")
    circle = f'<circle cx="{spot.x}" cy="{spot.y}" r="{_radius(spot.releases, top) * scale:.1f}"/>'
    return f'<a href="{path}" tabindex="-1"><title>{escape(tip)}</title>{circle}</a>'


def _named(spots: Sequence[Spot], edge: float, scale: float) -> Iterator[str]:
    """Names beside the largest dots, as far as they do not cover each other."""
    taken: list[tuple[float, float, float, float]] = []
    for spot in spots:
        if len(taken) == _NAMES:
            return
        gap = (_radius(spot.releases, spots[0].releases) + 4) * scale
        long, line = len(spot.name) * _CHAR * scale, _LINE * scale
        x = spot.x + gap if spot.x + gap + long < edge else spot.x - gap - long
        box = (x, spot.y - line, x + long, spot.y + line / 4)
        if not any(a < box[2] and box[0] < c and b < box[3] and box[1] < d for a, b, c, d in taken):
            taken.append(box)
            yield f'<text x="{x:.1f}" y="{spot.y + line / 4:.1f}">{escape(spot.name)}</text>'


def _table(corpus: Corpus, spots: Sequence[Spot]) -> Table:
    rows = tuple(
        (
            Cell(s.name, corpus.path_of(s.number), german.sort_key(s.name)),
            Cell(corpus.entities[s.number].region or ""),
            Cell(german.number(s.releases), lists.releases_with(corpus, s.number), str(s.releases)),
        )
        for s in spots[:_ROWS]
    )
    left = len(spots) - len(rows)
    more = f"und {german.count(left, 'weiterer Ort', 'weitere Orte')} in der Liste darunter" if left else ""
    columns = Column("Ort"), Column("Land"), Column("Mitteilungen", number=True)
    return Table(
        "Orte auf der Karte", columns, rows, more, more_path=f"{paths.index('orte')}#liste" if left else ""
    )


def elsewhere(corpus: Corpus) -> str:
    """A sentence on the places that the map cannot show."""
    places = corpus.per_type["place"]
    left = places - sum(1 for _ in _spots(corpus))
    if not left:
        return ""
    count = german.count(left, "weiterer Ort steht", "weitere Orte stehen")
    return f"{count} nicht auf der Karte: Länder, Regionen, Orte im Ausland und Orte ohne sichere Lage."

"""All names of a page: people, places and organisations flat, initiatives beside them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.authority import Authority
from pipeline.extract.components import (
    choose,
    doubt,
    doubt_bodies,
    doubt_places,
    initiatives,
    organisations,
    people,
    persons,
    places,
    roles,
    witness,
)
from pipeline.extract.components.page import Page, Span


def find(page: Page, authority: Authority) -> list[Span]:
    """The names of a page, in order; PER, LOC and ORG do not overlap, neither do initiatives among themselves."""
    return look(page, authority)[0]


def look(page: Page, authority: Authority) -> tuple[list[Span], list[Span]]:
    """The names of a page; and the initiatives that it cannot prove alone."""
    if not page.units:
        return [], []
    page, flat = named(page, authority)
    judged = initiatives.judge(page, authority, flat)
    found = initiatives.resolve(page, initiatives.find(page, judged))
    kept = initiatives.unclaimed(flat, found)
    names = sorted([*kept, *found], key=lambda span: (span.start, span.end, span.label))
    return names, initiatives.doubted(page, judged, found)


def named(page: Page, authority: Authority) -> tuple[Page, list[Span]]:
    """The page without what the model surely took for a name wrongly, and its people, places and organisations."""
    page = witness.sift(page, authority)
    who = doubt.people(page, persons.find(page, authority), authority)
    where = doubt_places.find(page, places.find(page, authority), authority)
    orgs = doubt_bodies.organisations(page, organisations.find(page), authority)
    orgs = witness.without_seats(page, witness.without_people(page, orgs, who), who)
    orgs += organisations.whole(page, orgs)
    for _ in range(2):  # a part of a part: working group of the local group of the society
        orgs += organisations.joined(page, orgs, where)
    orgs = witness.overlong(page, orgs)
    candidates = [*who, *witness.without_people(page, where, who), *orgs, *organisations.acronyms(page, orgs)]
    flat = choose.flat(choose.spread(page, candidates))
    flat = choose.repeat(page, choose.one_label(page, people.surnames(page, flat)))
    flat = people.resolve(page, roles.attach(page, flat))
    return page, [_with_name(page, span, authority) for span in flat]


def _with_name(page: Page, span: Span, authority: Authority) -> Span:
    text = page.flat[span.start : span.end]
    if span.name:
        return span
    return replace(span, name=places.nominative(text, authority) if span.label == "LOC" else text)

"""Identifiers -> addresses (URI): of releases and of entities in vocabularies."""

from __future__ import annotations

import re
from urllib.parse import quote

from pipeline.archive.description import Named

VOCABULARIES = {
    "gnd": "http://d-nb.info/gnd/",
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "http://sws.geonames.org/",
}
MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def of_entity(named: Named) -> tuple[str, str] | None:
    """(vocabulary, address) of an entity's first identifier; GND before Wikidata before GeoNames."""
    return next(iter(all_of_entity(named)), None)


def all_of_entity(named: Named) -> list[tuple[str, str]]:
    """(vocabulary, address) of every identifier of an entity."""
    if not named.authority:
        return []
    return [(s, a + quote(value)) for s, a in VOCABULARIES.items() if (value := named.authority_in(s))]


def of_release(identifier: str) -> str:
    """The identifier of a release as a URI: as it is when it is one, else below ``urn:presselese:``."""
    return identifier if _SCHEME.fullmatch(identifier) else f"urn:presselese:{quote(identifier, safe='')}"

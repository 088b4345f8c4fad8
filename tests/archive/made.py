"""Releases, registers and settings for the tests of the archive; every name and text is invented."""

from __future__ import annotations

import dataclasses
from typing import Any

import pyarrow as pa

from pipeline.archive.describe import Describer
from pipeline.archive.description import Description, Statement
from pipeline.archive.rows import Corpus, Rows
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from tests import builders as b

FIRST, SECOND = "a" * 12, "b" * 12
TEXT = """Stadt Falkenrode, Markt 1

Bürgermeisterin eröffnet Schule

Falkenrode, 3. Mai 2021. Die Stadt Falkenrode baut in diesem Jahr drei neue Schulen & einen Kindergarten. \
„Wir bauen für alle“, sagte Bürgermeisterin Anna Beispiel. Die Schülerin Mia Muster freut sich auf das Projekt \
Schulen ans Netz. Rückfragen unter Tel. 03641 12345-67 oder presse@falkenrode.example.

Kontakt: Uwe Sprecher, Telefon 03641 998877"""
_SETTINGS: dict[str, Any] = {
    "publisher": "Pressestelle", "isil": "DE-0000", "institution_type": "Kommunale Archive", "website": "",
    "holding": "Pressemitteilungen", "holding_id": "PM", "rights": "Alle Rechte vorbehalten", "rights_uri": "",
    "metadata_licence": "http://creativecommons.org/publicdomain/zero/1.0/", "identifier_prefix": "test:",
    "oai_email": "archiv@falkenrode.example", "oai_page": 2,
    "as_of": "", "include_originals": False, "include_persons": True, "include_contacts": False,
    "include_private": False, "schemas": "",
}  # fmt: skip


def settings(**values: Any) -> ArchiveParams:
    """The defaults of the tests."""
    known = {name: value for name, value in _SETTINGS.items() if name in ArchiveParams.model_fields}
    return ArchiveParams(**{**known, **values})


def entity(name: str, of_type: str, **values: Any) -> r.Entity:
    """An entry of the register with one mention."""
    defaults = dict.fromkeys(f.name for f in dataclasses.fields(r.Entity)) | {
        "entity_id": f"{of_type}-{name.lower().replace(' ', '-')}", "type": of_type, "name": name, "variants": [],
        "n_mentions": 1, "n_releases": 1, "first": "2021-05-03", "last": "2021-05-03", "authority": [],
        "privacy": "office_holder" if of_type == "person" else None,
    }  # fmt: skip
    return r.Entity(**{**defaults, **values})


ENTITIES = [
    entity("Anna Beispiel", "person", role="Bürgermeisterin", authority=["gnd:123456789", "wikidata:Q42"]),
    entity("Falkenrode", "place", geonames_id=2812482, latitude=50.9, longitude=11.3, ags="16056000",
           region="Thüringen"),
    entity("Stadt Falkenrode", "organisation"),
    entity("Schulen ans Netz", "initiative", kind="project"),
]  # fmt: skip


def mention(text: str, label: str, phrase: str, release_id: str = FIRST, **values: Any) -> r.Mention:
    """A mention where it first stands in a text."""
    return b.mention(phrase, label, text.index(phrase), release_id=release_id, **values)


def rows(release_id: str = FIRST, text: str = TEXT, **values: Any) -> Rows:
    """The sample release with everything the tables say about it."""
    mentions = [
        mention(text, "ORG", "Stadt Falkenrode", release_id, zone="letterhead"),
        mention(text, "LOC", "Falkenrode, 3.", release_id),
        mention(text, "PER", "Anna Beispiel", release_id, role="Bürgermeisterin"),
        mention(text, "PER", "Mia Muster", release_id),
        mention(text, "INITIATIVE", "Schulen ans Netz", release_id, kind="project"),
        mention(text, "PER", "Uwe Sprecher", release_id, zone="contact"),
    ]
    mentions[1] = dataclasses.replace(
        mentions[1], end=mentions[1].start + 10, text="Falkenrode", name="Falkenrode"
    )
    ids = {e.name: e.entity_id for e in ENTITIES}
    contact, day = text.index("Kontakt:"), text.index("3. Mai 2021")
    quote = text.index("Wir bauen für alle")
    return Rows(
        release=b.release(release_id, text, **{"title": "Bürgermeisterin eröffnet Schule", **values}),
        zones=[
            b.zone("letterhead", 0, 25, release_id), b.zone("headline", 27, 58, release_id),
            b.zone("contact", contact, len(text), release_id),
        ],
        mentions=mentions,
        entity_mentions=[
            r.EntityMention(release_id, m.start, m.end, m.label, ids[m.name], "same_name")
            for m in mentions if m.name in ids
        ],
        dates=[b.date("3. Mai 2021", "2021-05-03", day, release_id=release_id, role="publication")],
        quotes=[
            r.Quote(release_id, quote, quote + 18, "Wir bauen für alle", "Anna Beispiel", "sagte", "direct", "x")
        ],
        events=[
            r.Event(release_id, day, day + 11, "Eröffnung", "2021-05-03T18:00", "2021-05-03T20:00", None, "x")
        ],
        assignments=[tr.ThemeAssignment(release_id, "education", 0.5, 1, [], None)],
    )  # fmt: skip


def corpus(**values: Any) -> Corpus:
    """The register and the themes of the sample."""
    theme = tr.Theme("education", "guided", "Bildung", [], 1, 0.5, iptc="05000000")
    arrow = pa.Table.from_pylist([dataclasses.asdict(e) for e in ENTITIES], t.ENTITIES.arrow_schema())
    return Corpus(**{"themes": {"education": theme}, "entities": arrow, **values})


def described(*batch: Rows, **values: Any) -> list[Description]:
    """Descriptions of releases, of the sample release when none are given."""
    return Describer(values.pop("settings", settings()), corpus(**values)).describe(batch or (rows(),))


def correction() -> list[Description]:
    """Two releases, the second corrects the first, was under embargo, and has a counter-statement."""
    said = Statement("Gegendarstellung", "2021-05-10", "Bauverein Falkenrode", "Es sind vier Schulen, nicht drei.")
    pair = [r.Duplicate(SECOND, FIRST, "correction", 1.0, "Korrektur")]
    second = rows(SECOND, title="=1+1", embargo="2021-05-04T11:00")
    return Describer(settings(), corpus(duplicates=pair), {SECOND: [said]}).describe([rows(), second])

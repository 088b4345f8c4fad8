"""Description -> schema.org in JSON-LD, for search engines; the mapping stands in docs/archive.md."""

from __future__ import annotations

from typing import Any

from pipeline.archive import addresses
from pipeline.archive.days import instant
from pipeline.archive.description import Description, Named, Subject
from pipeline.archive.ninjs import dump
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r

_TYPES = {"person": "Person", "place": "Place", "organisation": "Organization", "initiative": "Project"}
Thing = dict[str, Any]


def to_json(d: Description, settings: ArchiveParams) -> bytes:
    """One release -> one JSON-LD document."""
    return dump(article(d, settings))


def article(d: Description, settings: ArchiveParams) -> Thing:
    """One release -> a NewsArticle of the genre Pressemitteilung."""
    release = d.release
    issuer = {"@type": "Organization", "name": release.issuer} if release.issuer else None
    archive = {"@type": "ArchiveOrganization", "name": settings.publisher, "identifier": settings.isil}
    holding = {"@type": "ArchiveComponent", "name": settings.holding, "identifier": settings.holding_id}
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": addresses.of_release(d.identifier),
        "identifier": d.identifier,
        "genre": "Pressemitteilung",
        "headline": release.title or d.identifier,
        "alternativeHeadline": release.subtitle,
        "datePublished": release.published,
        "dateline": release.dateline_place,
        "inLanguage": release.language,
        "author": issuer,
        "publisher": issuer,
        "provider": archive,
        "isPartOf": {**holding, "holdingArchive": archive},
        "abstract": d.lead,
        "articleBody": release.text,
        "about": [_theme(s) for s in d.subjects] + [_event(e) for e in d.events],
        "mentions": [_named(n) for n in d.named],
        "hasPart": _quotations(d),
        "encoding": {
            "@type": "MediaObject", "encodingFormat": d.media_type, "sha256": release.source_sha256,
            "name": release.source_path,
        },
        "license": settings.rights_uri,
        "copyrightNotice": settings.rights,
        "conditionsOfAccess": " ".join(d.restrictions),
        "comment": _statements(d),
        "correction": [{"@type": "CorrectionComment", "url": addresses.of_release(i)} for i in d.replaced_by],
        "isBasedOn": [addresses.of_release(i) for i in (*d.replaces, *d.repeats)],
    }  # fmt: skip


def _theme(subject: Subject) -> Thing:
    theme = {"@type": "DefinedTerm", "name": subject.label}
    if not subject.media_topic:
        return theme
    vocabulary = {"termCode": subject.media_topic, "inDefinedTermSet": addresses.MEDIA_TOPICS}
    return {**theme, "@id": addresses.MEDIA_TOPICS + subject.media_topic, **vocabulary}


def _event(event: r.Event) -> Thing:
    finish = {"endDate": _when(event.finish)} if event.finish else {}
    place = {"location": {"@type": "Place", "name": event.place}} if event.place else {}
    return {"@type": "Event", "name": event.title, "startDate": _when(event.begin), **finish, **place}


def _when(value: str) -> str:
    """A day stays a day; a time gets its offset."""
    return instant(value) if "T" in value else value


def _named(named: Named) -> Thing:
    thing: Thing = {"@type": _TYPES[named.type], "name": named.name, "identifier": named.entity_id}
    if same := [uri for _, uri in addresses.all_of_entity(named)]:
        thing["sameAs"] = same
    if named.type == "person" and named.role:
        thing["jobTitle"] = named.role
    if named.latitude is not None and named.longitude is not None:
        thing["geo"] = {"@type": "GeoCoordinates", "latitude": named.latitude, "longitude": named.longitude}
    return thing


def _quotations(d: Description) -> list[Thing]:
    speakers = {n.entity_id: n.name for n in d.named}
    return [
        {"@type": "Quotation", "text": d.release.text[q.start : q.end],
         "creator": {"@type": "Person", "name": speakers[q.speaker_id], "identifier": q.speaker_id}}
        for q in d.quotes
        if q.kind == "direct" and q.speaker_id in speakers
    ]  # fmt: skip


def _statements(d: Description) -> list[Thing]:
    return [
        {"@type": "Comment", "name": s.kind, "text": s.text, "dateCreated": s.date,
         **({"author": {"@type": "Organization", "name": s.author}} if s.author else {})}
        for s in d.statements
    ]  # fmt: skip

"""Description -> IPTC ninjs 3.0 (news in JSON) with Media Topics; the mapping stands in docs/archive.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.archive import addresses, calendar, json_text
from pipeline.archive.days import instant
from pipeline.archive.description import Description, Named, Statement
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r

_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
_RELATIONS = {"replaces": "replaces", "replaced_by": "replacedBy", "repeats": "repeats"}


def to_json(d: Description, settings: ArchiveParams) -> bytes:
    """One release -> one ninjs document."""
    return dump(item(d, settings))


def dump(content: Mapping[str, Any]) -> bytes:
    """A JSON document of ours: what is empty is left out, keys in the order of their making."""
    kept = {key: value for key, value in content.items() if value not in (None, "", [], {})}
    return json_text.indented(kept).encode("utf-8", "replace") + b"\n"


def item(d: Description, settings: ArchiveParams) -> dict[str, Any]:
    """One release -> the ninjs object."""
    release = d.release
    return {
        "standard": _STANDARD,
        "uri": addresses.of_release(d.identifier),
        "type": "text",
        "representationType": "full",
        "version": "1",
        "versionCreated": instant(release.published),
        "contentCreated": instant(release.published),
        "embargoedUntil": instant(release.embargo) if release.embargo else None,
        "pubStatus": "canceled" if d.replaced_by else "usable",
        "copyrightHolder": release.issuer,
        "usageTerms": "\n".join((settings.rights, *d.restrictions)),
        "language": release.language,
        "headlines": _headlines(d),
        "descriptions": [_text("lead", d.lead)] if d.lead else [],
        "bodies": [{**_text("text", release.text), "charCount": len(release.text)}],
        "people": [_named(n) for n in d.of_type("person")],
        "organisations": _organisations(d),
        "places": [_place(n) for n in d.of_type("place")],
        "objects": [_named(n) for n in d.of_type("initiative")],
        "subjects": _subjects(d),
        "events": [_event(e, d) for e in d.events],
        "infoSources": [{"name": release.issuer, "role": "originator"}] if release.issuer else [],
        "by": release.issuer,
        "located": release.dateline_place,
        "altIds": _ids(d),
        "genres": [{"name": "Pressemitteilung"}],
        "rightsInfo": {"linkedRights": settings.rights_uri} if settings.rights_uri else None,
        "associations": [_statement(d, number, s) for number, s in enumerate(d.statements, 1)],
    }


def _text(role: str, value: str) -> dict[str, str]:
    return {"role": role, "contentType": "text/plain", "value": value}


def _headlines(d: Description) -> list[dict[str, str]]:
    words = [("main", d.release.title or d.identifier), ("sub", d.release.subtitle or "")]
    return [_text(role, value) for role, value in words if value]


def _subjects(d: Description) -> list[dict[str, Any]]:
    """Media Topics first, each once with the largest share; a theme without one keeps its own name."""
    found: dict[str, dict[str, Any]] = {}
    for theme in d.subjects:
        share = {"relevance": max(0, min(100, round(100 * theme.share)))}
        if theme.media_topic:
            names = {"name": theme.media_topic_label or theme.label, "literal": theme.label}
            uri = addresses.MEDIA_TOPICS + theme.media_topic
            found.setdefault(theme.media_topic, {**names, "rel": "about", "uri": uri, **share})
        else:
            found.setdefault(theme.theme_id, {"name": theme.label, "rel": "about", **share})
    return list(found.values())


def _named(named: Named) -> dict[str, Any]:
    found = addresses.of_entity(named)
    uri = {"uri": found[1]} if found else {}
    return {"name": named.name, "rel": named.role or named.kind or "mentioned", "literal": named.entity_id, **uri}


def _event(event: r.Event, d: Description) -> dict[str, str]:
    """An announced event; ninjs has no place for its time, which stands in the calendar under the same id."""
    return {"name": event.title, "rel": "announced", "literal": calendar.uid(event, d)}


def _organisations(d: Description) -> list[dict[str, Any]]:
    return [_named(n) for n in d.of_type("organisation")]


def _place(named: Named) -> dict[str, Any]:
    place = _named(named)
    if named.latitude is not None and named.longitude is not None:
        place["geoJSON"] = {"type": "Point", "coordinates": [named.longitude, named.latitude]}
    return place


def _ids(d: Description) -> list[dict[str, str]]:
    """The sum of the original, the number of the release, and the releases it belongs with."""
    ids = [("sha256", d.release.source_sha256), ("number", d.release.number or "")]
    for field, role in _RELATIONS.items():
        ids += [(role, addresses.of_release(identifier)) for identifier in getattr(d, field)]
    return [{"role": role, "value": value} for role, value in ids if value]


def _statement(d: Description, number: int, statement: Statement) -> dict[str, Any]:
    by = {"by": statement.author} if statement.author else {}
    return {
        "name": statement.kind,
        "uri": f"{addresses.of_release(d.identifier)}#statement-{number}",
        "type": "text",
        "versionCreated": instant(statement.date),
        "headlines": [_text("main", statement.kind)],
        "bodies": [_text("text", statement.text)],
        **by,
    }

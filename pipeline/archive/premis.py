"""Description -> PREMIS 3.0: what the release was made from, and what was done to it on the way into the package.

Mapping in docs/archive.md; event types are those of the Library of Congress (id.loc.gov/vocabulary/preservation).
No clock: an event is dated with an interval in EDTF, open at its end, that begins on the day of publication.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.archive.description import Description
from pipeline.archive.markup import legal
from pipeline.archive.oai_records import day
from pipeline.archive.settings import ArchiveParams
from pipeline.core import words

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES = "http://id.loc.gov/vocabulary/preservation/eventType/"
_ROLE = "http://id.loc.gov/vocabulary/preservation/eventRelatedAgentRole/exe"
_SOFTWARE = "software:presselese"
_MASKED = {"contact": "Kontaktblöcke", "phone": "Telefonnummern", "mail": "E-Mail-Adressen", "name": "Namen"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a release."""

    code: str  # of the vocabulary of event types
    name: str
    detail: str
    outcome: str


def to_xml(d: Description, settings: ArchiveParams) -> bytes:
    """One release -> one UTF-8 XML document."""
    root = etree.Element(f"{{{PREMIS}}}premis", nsmap={None: PREMIS, "xsi": XSI}, version="3.0")
    root.set(f"{{{XSI}}}schemaLocation", f"{PREMIS} http://www.loc.gov/standards/premis/premis.xsd")
    _original(root, d)
    _intellectual(root, d)
    for number, event in enumerate(_events(d), 1):
        _event(root, event, number, d)
    _agent(root, _SOFTWARE, "Presselese", "software")
    _agent(root, f"organisation:{settings.isil}", settings.publisher, "organization")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _original(root: etree._Element, d: Description) -> None:
    """The file as it was put in, or its part: format and digest."""
    release = d.release
    made = _add(root, "object")
    made.set(f"{{{XSI}}}type", "file")
    _identified(made, "object", f"sha256:{release.source_sha256}", "hash")
    traits = _add(made, "objectCharacteristics")
    fixity = _add(traits, "fixity")
    _add(fixity, "messageDigestAlgorithm", "SHA-256")
    _add(fixity, "messageDigest", release.source_sha256)
    _add(_add(_add(traits, "format"), "formatDesignation"), "formatName", d.media_type)
    _add(made, "originalName", release.source_path)
    _related(made, "is source of", "derivation", d.identifier)


def _intellectual(root: etree._Element, d: Description) -> None:
    """The release as the package describes it."""
    made = _add(root, "object")
    made.set(f"{{{XSI}}}type", "intellectualEntity")
    _identified(made, "object", d.identifier, "local")
    _add(made, "originalName", d.release.title)
    _related(made, "has source", "derivation", f"sha256:{d.release.source_sha256}")
    for relation, others in (("replaces", d.replaces), ("is replaced by", d.replaced_by)):
        for other in others:
            _related(made, relation, "replacement", other)


def _events(d: Description) -> Iterator[Event]:
    release = d.release
    when = words.PUBLISHED.get(release.published_basis, release.published_basis)
    by = words.ISSUER.get(release.issuer_basis or "", release.issuer_basis or "unbekannt")
    yield Event(
        "ing", "ingestion", f"Aufgenommen als {release.format}; Datum: {when}; Herausgeber: {by}", "success"
    )
    if release.repairs:
        yield Event("nor", "normalization", f"{release.repairs} Reparaturen an Zeichen und Umbrüchen", "success")
    found = Counter(mark.found_by or "unbekannt" for mark in d.marks)
    said = ", ".join(f"{name}: {count}" for name, count in sorted(found.items())) or "keine"
    yield Event("mee", "metadata extraction", f"Nennungen nach dem, was sie fand: {said}", "success")
    if d.masked:
        taken = ", ".join(f"{_MASKED.get(kind, kind)}: {count}" for kind, count in sorted(d.masked.items()))
        yield Event("red", "redaction", f"Aus dem Text genommen: {taken}", "success")
    for statement in d.statements:
        yield Event("mem", "metadata modification", f"{statement.kind} vom {statement.date} beigefügt", "success")
    yield Event("mdc", "message digest calculation", "SHA-256 des Originals, SHA-512 aller Dateien", "success")


def _event(root: etree._Element, event: Event, number: int, d: Description) -> None:
    made = _add(root, "event")
    _identified(made, "event", f"{d.identifier}-event-{number}", "local")
    kind = _add(made, "eventType", event.name)
    kind.set("authority", "eventType")
    kind.set("authorityURI", _TYPES.rstrip("/"))
    kind.set("valueURI", _TYPES + event.code)
    _add(made, "eventDateTime", f"{day(d.release.published)}/..")
    _add(_add(made, "eventDetailInformation"), "eventDetail", event.detail)
    _add(_add(made, "eventOutcomeInformation"), "eventOutcome", event.outcome)
    agent = _add(made, "linkingAgentIdentifier")
    _add(agent, "linkingAgentIdentifierType", "local")
    _add(agent, "linkingAgentIdentifierValue", _SOFTWARE)
    _add(agent, "linkingAgentRole", "executing program").set("valueURI", _ROLE)
    target = _add(made, "linkingObjectIdentifier")
    _add(target, "linkingObjectIdentifierType", "local")
    _add(target, "linkingObjectIdentifierValue", d.identifier)


def _agent(root: etree._Element, identifier: str, name: str, kind: str) -> None:
    made = _add(root, "agent")
    _identified(made, "agent", identifier, "local")
    _add(made, "agentName", name)
    _add(made, "agentType", kind)


def _identified(parent: etree._Element, what: str, value: str, kind: str) -> None:
    made = _add(parent, f"{what}Identifier")
    _add(made, f"{what}IdentifierType", kind)
    _add(made, f"{what}IdentifierValue", value)


def _related(parent: etree._Element, words: str, kind: str, other: str) -> None:
    made = _add(parent, "relationship")
    _add(made, "relationshipType", kind)
    _add(made, "relationshipSubType", words)
    target = _add(made, "relatedObjectIdentifier")
    _add(target, "relatedObjectIdentifierType", "hash" if other.startswith("sha256:") else "local")
    _add(target, "relatedObjectIdentifierValue", other)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{PREMIS}}}{name}")
    if text is not None:
        made.text = legal(text)
    return made

"""Description -> TEI P5: header, register of the names, text; the mapping stands in docs/archive.md.

The text is kept whole: the strings of all ``p`` in ``body``, one after the other, are ``release.text`` with its
empty lines. Names are annotated stand-off by offsets, since they may overlap; dates and quotes stand in the
text. :func:`pipeline.archive.tei_read.from_tree` reads all of it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from pipeline.archive import tei_text
from pipeline.archive.days import w3c
from pipeline.archive.description import Description, Mark, Named
from pipeline.archive.markup import XML, add, legal, name, one_line, to_bytes
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r

NS = "http://www.tei-c.org/ns/1.0"
T = f"{{{NS}}}"
_ITEMS = {
    "person": ("listPerson", "person", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "organisation": ("listOrg", "org", "orgName"),
    "initiative": ("listOrg", "org", "orgName"),
}


def to_xml(d: Description, settings: ArchiveParams) -> bytes:
    """One release -> one TEI document."""
    return to_bytes(to_tree(d, settings), pretty=False)


def to_tree(d: Description, settings: ArchiveParams) -> etree._Element:
    """One release -> the root of its TEI document."""
    root = etree.Element(f"{T}TEI", nsmap={None: NS})
    root.set(f"{XML}lang", d.release.language)
    header = add(root, f"{T}teiHeader")
    _file(add(header, f"{T}fileDesc"), d, settings)
    _profile(add(header, f"{T}profileDesc"), d)
    _stand_off(root, d)
    text = add(root, f"{T}text", None, {f"{XML}id": "text"})
    tei_text.body(add(text, f"{T}body", None, {f"{XML}space": "preserve"}), d)
    if d.statements:
        _statements(add(text, f"{T}back"), d)
    return root


def _file(file: etree._Element, d: Description, settings: ArchiveParams) -> None:
    release = d.release
    titles = add(file, f"{T}titleStmt")
    add(titles, f"{T}title", one_line(release.title) or d.identifier, {"type": "main"})
    if release.subtitle:
        add(titles, f"{T}title", one_line(release.subtitle), {"type": "sub"})
    if release.issuer:
        add(titles, f"{T}author", one_line(release.issuer))
    publication = add(file, f"{T}publicationStmt")
    add(publication, f"{T}publisher", settings.publisher)
    add(publication, f"{T}date", release.published, {"when": release.published})
    add(publication, f"{T}idno", d.identifier, {"type": "archive"})
    terms = add(publication, f"{T}availability", None, {"status": "restricted" if d.restriction else "unknown"})
    add(terms, f"{T}p", settings.rights)
    for restriction in d.restrictions:
        add(terms, f"{T}p", restriction)
    _relations(file, d)
    source = add(add(file, f"{T}sourceDesc"), f"{T}bibl")
    add(source, f"{T}title", one_line(release.title) or d.identifier)
    if release.number:
        add(source, f"{T}biblScope", release.number, {"unit": "issue"})
    if release.dateline_place:
        add(source, f"{T}pubPlace", release.dateline_place)
    add(source, f"{T}idno", release.source_path, {"type": "file"})
    add(source, f"{T}idno", release.source_sha256, {"type": "SHA-256"})


def _relations(file: etree._Element, d: Description) -> None:
    related = [("replaces", d.replaces), ("replacedBy", d.replaced_by), ("repeats", d.repeats)]
    if any(ids for _, ids in related):
        notes = add(file, f"{T}notesStmt")
        for kind, ids in related:
            for identifier in ids:
                item = add(notes, f"{T}relatedItem", None, {"type": kind})
                add(add(item, f"{T}bibl"), f"{T}idno", identifier)


def _profile(profile: etree._Element, d: Description) -> None:
    if d.lead:
        add(add(profile, f"{T}abstract"), f"{T}p", d.lead)
    add(add(profile, f"{T}langUsage"), f"{T}language", None, {"ident": d.release.language})
    if d.subjects:
        classes = add(profile, f"{T}textClass")
        keywords = add(classes, f"{T}keywords", None, {"scheme": "urn:presselese:themen"})
        for subject in d.subjects:
            add(keywords, f"{T}term", subject.label, {"n": f"{subject.share:.3f}"})
        for code in dict.fromkeys(s.media_topic for s in d.subjects if s.media_topic):
            add(classes, f"{T}classCode", code, {"scheme": "http://cv.iptc.org/newscodes/mediatopic/"})


def _stand_off(root: etree._Element, d: Description) -> None:
    if not (d.named or d.marks or d.events):
        return
    stand_off = add(root, f"{T}standOff")
    for kind in r.ENTITY_TYPES.values():
        if entries := d.of_type(kind):
            table = add(stand_off, f"{T}{_ITEMS[kind][0]}", None, {"type": kind})
            for entry in entries:
                _entry(table, entry)
    _events(stand_off, d.events)
    for label in r.ENTITY_TYPES:
        if marks := [mark for mark in d.marks if mark.label == label]:
            group = add(stand_off, f"{T}spanGrp", None, {"type": label})
            for mark in marks:
                _span(group, mark)


def _entry(table: etree._Element, entry: Named) -> None:
    _, item, named = _ITEMS[entry.type]
    element = add(table, f"{T}{item}", None, {f"{XML}id": name(entry.entity_id)})
    add(element, f"{T}{named}", one_line(entry.name))
    if entry.type == "person" and entry.role:
        add(element, f"{T}occupation", one_line(entry.role))
    if entry.latitude is not None and entry.longitude is not None:
        add(add(element, f"{T}location"), f"{T}geo", f"{entry.latitude} {entry.longitude}")
    for scheme, value in _identifiers(entry):
        add(element, f"{T}idno", value, {"type": scheme})


def _identifiers(entry: Named) -> Iterable[tuple[str, str]]:
    yield "register", entry.entity_id
    yield from ((scheme, value) for scheme, _, value in (a.partition(":") for a in entry.authority))
    if entry.ags:
        yield "ags", entry.ags


def _events(stand_off: etree._Element, events: Iterable[r.Event]) -> None:
    table = None
    for event in events:
        when = w3c(f"{event.begin}/{event.finish}" if event.finish else event.begin)
        if when and event.title:
            table = add(stand_off, f"{T}listEvent") if table is None else table
            element = add(table, f"{T}event", None, when)
            add(element, f"{T}label", one_line(event.title) or "–")


def _span(group: etree._Element, mark: Mark) -> None:
    attributes: Mapping[str, str | None] = {
        "target": f"#string-range(text,{mark.start},{mark.end - mark.start})",
        "ana": f"#{name(mark.entity_id)}" if mark.entity_id else None,
    }
    tei_text.write(add(group, f"{T}span", None, attributes), mark.name)


def _statements(back: etree._Element, d: Description) -> None:
    for statement in d.statements:
        division = add(back, f"{T}div", None, {"type": "statement"})
        by = f" von {statement.author}" if statement.author else ""
        add(division, f"{T}head", f"{statement.kind}{by}")
        for paragraph in legal(statement.text).split("\n\n"):
            add(division, f"{T}p", paragraph)
        add(division, f"{T}closer").append(_dated(statement.date))


def _dated(day: str) -> etree._Element:
    element = etree.Element(f"{T}date", {"when": day})
    element.text = day
    return element

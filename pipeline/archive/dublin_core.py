"""Description -> Dublin Core record (oai_dc). The mapping, element by element, stands in docs/archive.md.

Source of the element set: DCMI Metadata Terms, /elements/1.1/; container and schema of OAI-PMH 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.archive import markup
from pipeline.archive.description import Description
from pipeline.archive.settings import ArchiveParams

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def to_xml(description: Description, settings: ArchiveParams) -> bytes:
    """One release -> one UTF-8 XML document; elements without a value are left out."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {OAI_DC[:-1]}.xsd")
    for name, value in _elements(description, settings):
        etree.SubElement(root, f"{{{DC}}}{name}").text = markup.legal(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _elements(d: Description, settings: ArchiveParams) -> Iterator[tuple[str, str]]:
    release = d.release
    single = (
        ("identifier", d.identifier),
        ("title", release.title),
        ("creator", release.issuer),
        ("publisher", settings.publisher),
        ("date", release.published),
        ("type", "Text"),
        ("format", d.media_type),
        ("language", release.language),
        ("description", d.lead),
        ("source", release.source_path),
        ("rights", settings.rights),
        ("rights", f"Sperrfrist bis {release.embargo}" if release.embargo else None),
        ("rights", d.restriction),
    )
    yield from ((name, value) for name, value in single if value)
    yield from _repeated(d)


def _repeated(d: Description) -> Iterator[tuple[str, str]]:
    yield from (("subject", subject.label) for subject in d.subjects)
    yield from (("subject", name) for name in d.names("initiative"))
    yield from (("subject", name) for name in d.names("organisation"))
    yield from (("contributor", name) for name in d.names("person"))
    yield from (("coverage", name) for name in d.names("place"))
    yield from (("description", s.summary) for s in d.statements)
    for words, ids in (("Ersetzt", d.replaces), ("Ersetzt durch", d.replaced_by), ("Wie", d.repeats)):
        yield from (("relation", f"{words} {i}") for i in ids)

"""Description -> METS 1.12 in the profile of the DFG-Viewer, around MODS; the mapping stands in docs/archive.md.

A release is one born-digital text of one "page": the TEI document is its view (``DEFAULT``), the file that it was
made from is its ``ORIGINAL``, with the checksum that ingest took.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from lxml import etree

from pipeline.archive import mods
from pipeline.archive.description import Description
from pipeline.archive.markup import XLINK, XSI, add, to_bytes
from pipeline.archive.settings import ArchiveParams

NS = "http://www.loc.gov/METS/"
DV = "http://dfg-viewer.de/"
X, V = f"{{{NS}}}", f"{{{DV}}}"
_LOCATIONS = (
    f"{NS} http://www.loc.gov/standards/mets/mets.xsd {mods.NS} http://www.loc.gov/standards/mods/v3/mods-3-7.xsd"
)


def to_xml(d: Description, settings: ArchiveParams) -> bytes:
    """One release -> one METS document."""
    return to_bytes(to_tree(d, settings))


def to_tree(d: Description, settings: ArchiveParams) -> etree._Element:
    """One release -> the root of its METS document."""
    names = {"mets": NS, "mods": mods.NS, "dv": DV, "xlink": XLINK[1:-1], "xsi": XSI[1:-1]}
    root = etree.Element(f"{X}mets", nsmap=names)
    root.set(f"{XSI}schemaLocation", _LOCATIONS)
    root.set("OBJID", d.identifier)
    agent = add(add(root, f"{X}metsHdr"), f"{X}agent", None, {"ROLE": "CREATOR", "TYPE": "ORGANIZATION"})
    add(agent, f"{X}name", settings.publisher)
    data = add(add(root, f"{X}dmdSec", None, {"ID": "DMD1"}), f"{X}mdWrap", None, {"MDTYPE": "MODS"})
    add(data, f"{X}xmlData").append(mods.to_tree(d, settings))
    _rights(root, settings)
    _files(root, d, settings)
    _structure(root, d)
    return root


def _rights(root: etree._Element, settings: ArchiveParams) -> None:
    section = add(add(root, f"{X}amdSec", None, {"ID": "AMD1"}), f"{X}rightsMD", None, {"ID": "RIGHTS1"})
    kind = {"MIMETYPE": "text/xml", "MDTYPE": "OTHER", "OTHERMDTYPE": "DVRIGHTS"}
    rights = add(add(add(section, f"{X}mdWrap", None, kind), f"{X}xmlData"), f"{V}rights")
    add(rights, f"{V}owner", settings.publisher)
    if settings.website:
        add(rights, f"{V}ownerSiteURL", settings.website)
    if settings.rights_uri:
        add(rights, f"{V}license", settings.rights_uri)


def _files(root: etree._Element, d: Description, settings: ArchiveParams) -> None:
    section = add(root, f"{X}fileSec")
    view = add(section, f"{X}fileGrp", None, {"USE": "DEFAULT"})
    text = add(view, f"{X}file", None, {"ID": "FILE_TEI", "MIMETYPE": "application/tei+xml"})
    href = f"../tei/{d.release.release_id}.xml"
    add(text, f"{X}FLocat", None, {"LOCTYPE": "URL", f"{XLINK}href": href})
    original = add(section, f"{X}fileGrp", None, {"USE": "ORIGINAL"})
    sums = {"CHECKSUM": d.release.source_sha256, "CHECKSUMTYPE": "SHA-256"}
    file = add(original, f"{X}file", None, {"ID": "FILE_ORIGINAL", "MIMETYPE": d.media_type, **sums})
    kind = {"LOCTYPE": "URL"} if settings.include_originals else _ELSEWHERE
    add(
        file,
        f"{X}FLocat",
        None,
        {**kind, f"{XLINK}href": f"../original/{quote(_PART.sub('', d.release.source_path))}"},
    )


_PART = re.compile(r"#\d+$")  # "mails.mbox#3" is a part of mails.mbox
_ELSEWHERE = {"LOCTYPE": "OTHER", "OTHERLOCTYPE": "below the data/raw of the institution, not in this package"}


def _structure(root: etree._Element, d: Description) -> None:
    physical = add(root, f"{X}structMap", None, {"TYPE": "PHYSICAL"})
    sequence = add(physical, f"{X}div", None, {"ID": "PHYS0", "TYPE": "physSequence"})
    page = add(sequence, f"{X}div", None, {"ID": "PHYS1", "TYPE": "page", "ORDER": "1"})
    for file in ("FILE_TEI", "FILE_ORIGINAL"):
        add(page, f"{X}fptr", None, {"FILEID": file})
    logical = add(root, f"{X}structMap", None, {"TYPE": "LOGICAL"})
    ids = {"ID": "LOG0", "TYPE": "text", "DMDID": "DMD1", "ADMID": "AMD1"}
    add(logical, f"{X}div", None, {**ids, "LABEL": " ".join(d.release.title.split()) or d.identifier})
    link = add(root, f"{X}structLink")
    for target in ("PHYS0", "PHYS1"):
        add(link, f"{X}smLink", None, {f"{XLINK}from": "LOG0", f"{XLINK}to": target})

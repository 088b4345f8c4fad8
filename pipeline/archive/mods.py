"""Description -> MODS 3.7, the description inside METS; the mapping stands in docs/archive.md.

Sources: MODS User Guidelines (Library of Congress), MODS profile of the DFG-Viewer, METS/MODS profile of the DDB.
"""

from __future__ import annotations

from lxml import etree

from pipeline.archive import addresses
from pipeline.archive.description import Description, Named
from pipeline.archive.markup import XLINK, add, one_line
from pipeline.archive.settings import ArchiveParams

NS = "http://www.loc.gov/mods/v3"
M = f"{{{NS}}}"
_RELATIONS = (("preceding", "replaces"), ("succeeding", "replaced_by"), ("otherVersion", "repeats"))
ISO_639_2B = {
    "de": "ger",
    "en": "eng",
    "fr": "fre",
    "nl": "dut",
    "pl": "pol",
    "cs": "cze",
    "da": "dan",
    "it": "ita",
}


def to_tree(d: Description, settings: ArchiveParams) -> etree._Element:
    """One release -> the root of its MODS record."""
    root = etree.Element(f"{M}mods", nsmap={"mods": NS, "xlink": XLINK[1:-1]})
    root.set("version", "3.7")
    _title(root, d)
    _origin(root, d, settings)
    _subjects(root, d)
    _notes(root, d)
    _relations(root, d, settings)
    _access(root, d, settings)
    record = add(root, f"{M}recordInfo")
    add(record, f"{M}recordIdentifier", d.identifier, {"source": settings.isil})
    add(add(record, f"{M}languageOfCataloging"), f"{M}languageTerm", "ger", _LANGUAGE)
    return root


_LANGUAGE = {"type": "code", "authority": "iso639-2b"}


def _title(root: etree._Element, d: Description) -> None:
    release = d.release
    title = add(root, f"{M}titleInfo")
    add(title, f"{M}title", one_line(release.title) or d.identifier)
    if release.subtitle:
        add(title, f"{M}subTitle", one_line(release.subtitle))
    if release.issuer:
        name = add(root, f"{M}name", None, {"type": "corporate"})
        add(name, f"{M}namePart", one_line(release.issuer))
        add(name, f"{M}displayForm", one_line(release.issuer))
        role = add(name, f"{M}role")
        add(role, f"{M}roleTerm", "isb", {"type": "code", "authority": "marcrelator"})
    add(root, f"{M}typeOfResource", "text")
    add(root, f"{M}genre", "Pressemitteilung")


def _origin(root: etree._Element, d: Description, settings: ArchiveParams) -> None:
    release = d.release
    origin = add(root, f"{M}originInfo", None, {"eventType": "publication"})
    if release.dateline_place:
        place = add(origin, f"{M}place")
        add(place, f"{M}placeTerm", one_line(release.dateline_place), {"type": "text"})
    add(origin, f"{M}publisher", one_line(release.issuer or settings.publisher))
    add(origin, f"{M}dateIssued", release.published, {"encoding": "w3cdtf", "keyDate": "yes"})
    language = add(root, f"{M}language")
    add(language, f"{M}languageTerm", ISO_639_2B.get(release.language, "und"), _LANGUAGE)
    described = add(root, f"{M}physicalDescription")
    add(described, f"{M}internetMediaType", d.media_type)
    add(described, f"{M}digitalOrigin", "born digital")
    if d.lead:
        add(root, f"{M}abstract", d.lead)


def _subjects(root: etree._Element, d: Description) -> None:
    for theme in d.subjects:
        topic = {"authority": "iptc", "valueURI": f"{addresses.MEDIA_TOPICS}{theme.media_topic}"}
        add(add(root, f"{M}subject"), f"{M}topic", one_line(theme.label), topic if theme.media_topic else None)
    for named in d.named:
        found = addresses.of_entity(named)
        authority = {"authority": found[0], "valueURI": found[1]} if found else {}
        subject = add(root, f"{M}subject")
        if named.type == "place":
            add(subject, f"{M}geographic", one_line(named.name), authority)
            _coordinates(subject, named)
        elif named.type == "initiative":
            add(subject, f"{M}topic", one_line(named.name), authority)
        else:
            _name(subject, named, authority)


def _name(subject: etree._Element, named: Named, authority: dict[str, str]) -> None:
    kind = "personal" if named.type == "person" else "corporate"
    name = add(subject, f"{M}name", None, {"type": kind, **authority})
    if kind == "corporate":  # of persons the profile wants family and given name apart, which nobody told us
        add(name, f"{M}namePart", one_line(named.name))
    add(name, f"{M}displayForm", one_line(named.name))
    if named.role:
        add(name, f"{M}description", one_line(named.role))


def _coordinates(subject: etree._Element, named: Named) -> None:
    if named.latitude is not None and named.longitude is not None:
        cartographic = add(subject, f"{M}cartographics")
        add(cartographic, f"{M}coordinates", f"{named.latitude}, {named.longitude}")


def _notes(root: etree._Element, d: Description) -> None:
    if d.release.number:
        add(root, f"{M}note", f"Pressemitteilung Nr. {one_line(d.release.number)}", {"type": "numbering"})
    for statement in d.statements:
        add(root, f"{M}note", statement.summary, {"type": "content", "displayLabel": statement.kind})


def _relations(root: etree._Element, d: Description, settings: ArchiveParams) -> None:
    for kind, field in _RELATIONS:
        for identifier in getattr(d, field):
            item = add(root, f"{M}relatedItem", None, {"type": kind})
            record = add(item, f"{M}recordInfo")
            add(record, f"{M}recordIdentifier", identifier, {"source": settings.isil})
    series = add(root, f"{M}relatedItem", None, {"type": "series"})
    add(add(series, f"{M}titleInfo"), f"{M}title", settings.holding)


def _access(root: etree._Element, d: Description, settings: ArchiveParams) -> None:
    location = add(root, f"{M}location")
    add(location, f"{M}physicalLocation", settings.publisher, {"displayLabel": settings.isil})
    add(location, f"{M}shelfLocator", d.release.source_path)
    href = {f"{XLINK}href": settings.rights_uri or None}
    add(root, f"{M}accessCondition", settings.rights, {"type": "use and reproduction", **href})
    for restriction in d.restrictions:
        add(root, f"{M}accessCondition", restriction, {"type": "restriction on access"})

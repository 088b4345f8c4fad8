"""Descriptions -> one finding aid in EAD(DDB) 1.2; the mapping stands in docs/archive.md.

One holding, in it a class an issuer, in it a class a year, in it an entry a release. Source: EAD(DDB) 1.2,
profile of the Deutsche Digitale Bibliothek and Archivportal-D.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from pipeline.archive import addresses
from pipeline.archive.days import german, period
from pipeline.archive.description import Description, Named
from pipeline.archive.markup import XLINK, add, legal, one_line
from pipeline.archive.mods import ISO_639_2B
from pipeline.archive.parts import Facts, Part
from pipeline.archive.settings import ArchiveParams
from pipeline.core.text import slug

NS = "urn:isbn:1-931666-22-9"
E = f"{{{NS}}}"
_NAMES: dict[str | None, str] = {None: NS, "xlink": XLINK[1:-1]}
_SOURCES = {"gnd": "GND", "wikidata": "Wikidata", "geonames": "GeoNames"}
_INDEX = {"person": "persname", "place": "geogname", "organisation": "corpname", "initiative": "subject"}
_NO_ISSUER = "Ohne Herausgeber"


def part(d: Description, settings: ArchiveParams) -> Part:
    """One release -> its entry, sorted by issuer, year and day."""
    issuer = one_line(d.release.issuer) or _NO_ISSUER
    order = "~" if issuer == _NO_ISSUER else slug(issuer)
    key = (order, issuer, d.year, d.release.published, d.release.release_id)
    return Part(key, etree.tostring(item(d, settings), encoding="UTF-8"))


def item(d: Description, settings: ArchiveParams) -> etree._Element:
    """One release -> ``c`` of level ``file``."""
    entry = etree.Element(f"{E}c", nsmap=_NAMES)
    entry.set("level", "file")
    entry.set("id", _id(d.identifier))
    _identification(add(entry, f"{E}did"), d)
    for restriction in d.restrictions:
        add(add(entry, f"{E}accessrestrict"), f"{E}p", restriction)
    _remarks(entry, d)
    _text_file(entry, d)
    _index(entry, d)
    if settings.rights:
        add(add(entry, f"{E}userestrict"), f"{E}p", settings.rights)
    return entry


def join(parts: Iterator[Part], facts: Facts, settings: ArchiveParams) -> Iterator[bytes]:
    """Entries in order -> the finding aid, piece by piece."""
    sink = _Sink()
    with etree.xmlfile(sink, encoding="UTF-8", buffered=False) as file:
        file.write_declaration()
        with _open(file, "ead", {"audience": "external"}, _NAMES):
            file.write(_header(facts, settings))
            with _open(file, "archdesc", {"level": "collection", "type": "Findbuch"}):
                for element in _holder(settings):
                    file.write(element)
                with _open(file, "dsc"), _open(file, "c", {"level": "collection", "id": _id(settings.holding_id)}):
                    file.write(_holding(facts, settings))
                    for key, group in groupby(parts, key=lambda p: p.key[:2]):
                        yield from _issuer(file, sink, key[1], group)
    yield sink.take()


def _issuer(file: Any, sink: _Sink, issuer: str, parts: Iterable[Part]) -> Iterator[bytes]:
    key = hashlib.sha256(issuer.encode()).hexdigest()[:12]
    with _open(file, "c", {"level": "class", "id": f"K-{key}"}):
        file.write(_titled(issuer))
        for year, group in groupby(parts, key=lambda p: p.key[2]):
            with _open(file, "c", {"level": "class", "id": f"K-{key}-{year}"}):
                file.write(_titled(year))
                file.flush()
                yield sink.take()
                for entry in group:
                    yield b"\n" + entry.content


class _Sink:
    """What lxml writes to; hands over what came since the last time."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._pieces.append(data)
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _open(file: Any, tag: str, attributes: dict[str, str] | None = None, names: Any = None) -> Any:
    return file.element(f"{E}{tag}", {k: legal(v) for k, v in (attributes or {}).items()}, nsmap=names or {})


def _id(text: str) -> str:
    """An identifier as an XML name: the archive's own with what a name may not hold replaced."""
    plain = re.sub(r"[^A-Za-z0-9_.-]", "-", text)
    return plain if plain[:1].isalpha() else f"R-{plain}"


def _header(facts: Facts, settings: ArchiveParams) -> etree._Element:
    codes = {"countryencoding": "iso3166-1", "dateencoding": "iso8601", "langencoding": "iso639-2b",
             "repositoryencoding": "iso15511", "scriptencoding": "iso15924"}  # fmt: skip
    header = etree.Element(f"{E}eadheader", codes, nsmap=_NAMES)
    url = {"url": settings.website or None}
    add(header, f"{E}eadid", settings.holding_id, {"mainagencycode": settings.isil, **url})
    add(add(add(header, f"{E}filedesc"), f"{E}titlestmt"), f"{E}titleproper", settings.holding)
    creation = add(add(header, f"{E}profiledesc"), f"{E}creation")
    if facts.as_of:
        add(creation, f"{E}date", german(facts.as_of[:10]), {"normal": facts.as_of[:10]})
    return header


def _holder(settings: ArchiveParams) -> Iterator[etree._Element]:
    did = etree.Element(f"{E}did", nsmap=_NAMES)
    add(did, f"{E}unitid", settings.holding_id)
    repository = add(did, f"{E}repository")
    add(repository, f"{E}corpname", settings.publisher, {"role": settings.institution_type, "id": settings.isil})
    if settings.website:
        link = {f"{XLINK}role": "url_archive", f"{XLINK}href": settings.website}
        add(repository, f"{E}extref", settings.publisher, link)
    yield did
    yield _terms(None, settings.rights, "")
    if settings.metadata_licence:
        yield _terms("ead", "", settings.metadata_licence)
    if settings.rights_uri:
        yield _terms("dao", settings.rights, settings.rights_uri)


def _terms(kind: str | None, words: str, address: str) -> etree._Element:
    """``userestrict``: without a kind in words, else of metadata (ead) or of files (dao) with an address."""
    element = etree.Element(f"{E}userestrict", nsmap=_NAMES)
    if kind:
        element.set("type", kind)
    paragraph = add(element, f"{E}p", None if address else words)
    if address:
        add(paragraph, f"{E}extref", words or address, {f"{XLINK}href": address})
    return element


def _holding(facts: Facts, settings: ArchiveParams) -> etree._Element:
    did = etree.Element(f"{E}did", nsmap=_NAMES)
    add(did, f"{E}unitid", settings.holding_id)
    add(did, f"{E}unittitle", settings.holding)
    if facts.first:
        normal = f"{period(facts.first).split('/')[0]}/{period(facts.last).split('/')[-1]}"
        add(did, f"{E}unitdate", f"{facts.first[:4]}–{facts.last[:4]}", {"normal": normal})
    physical = add(did, f"{E}physdesc")
    add(physical, f"{E}genreform", "Pressemitteilungen", {"normal": "Drucksachen"})
    add(physical, f"{E}extent", f"{facts.releases} Pressemitteilungen")
    return did


def _titled(title: str) -> etree._Element:
    did = etree.Element(f"{E}did", nsmap=_NAMES)
    add(did, f"{E}unittitle", title)
    return did


def _identification(did: etree._Element, d: Description) -> None:
    release = d.release
    add(did, f"{E}unitid", d.identifier)
    if release.number:
        add(did, f"{E}unitid", one_line(release.number), {"type": "Nummer der Pressemitteilung"})
    add(did, f"{E}unittitle", one_line(release.title) or d.identifier)
    add(did, f"{E}unitdate", german(release.published), {"normal": period(release.published)})
    if d.lead:
        add(did, f"{E}abstract", d.lead, {"type": "Vorspann"})
    if release.issuer:
        origin = add(did, f"{E}origination", None, {"label": "Herausgeber"})
        add(origin, f"{E}name", one_line(release.issuer))
    physical = add(did, f"{E}physdesc")
    add(physical, f"{E}genreform", "Pressemitteilung", {"normal": "Drucksachen"})
    add(physical, f"{E}extent", f"1 Datei ({d.media_type})")
    if code := ISO_639_2B.get(release.language):
        add(
            add(did, f"{E}langmaterial"),
            f"{E}language",
            release.language,
            {"langcode": code, "scriptcode": "Latn"},
        )


def _remarks(entry: etree._Element, d: Description) -> None:
    release = d.release
    words = [
        ("Untertitel", release.subtitle), ("Ort der Datumszeile", release.dateline_place),
        ("Ersetzt", ", ".join(d.replaces)), ("Ersetzt durch", ", ".join(d.replaced_by)),
        ("Text wie in", ", ".join(d.repeats)), ("Datei", release.source_path), ("SHA-256", release.source_sha256),
        *((s.kind, s.summary) for s in d.statements),
    ]  # fmt: skip
    for head, text in words:
        if value := one_line(text):
            remark = add(entry, f"{E}odd")
            add(remark, f"{E}head", head)
            add(remark, f"{E}p", value)


def _text_file(entry: etree._Element, d: Description) -> None:
    group = add(entry, f"{E}daogrp", None, {"id": f"{_id(d.identifier)}-dao"})
    about = add(add(add(group, f"{E}daodesc"), f"{E}list"), f"{E}item")
    add(about, f"{E}name", "Text mit Auszeichnungen (TEI P5)")
    add(about, f"{E}genreform", "VOLLTEXT")
    link = f"{d.year}/data/mets/{d.release.release_id}.xml"
    add(group, f"{E}daoloc", None, {f"{XLINK}role": "METS", f"{XLINK}href": link})


def _index(entry: etree._Element, d: Description) -> None:
    if not (d.subjects or d.named):
        return
    index = add(entry, f"{E}index")
    for theme in d.subjects:
        topic = theme.media_topic
        source = {"source": "IPTC-MediaTopics" if topic else None, "authfilenumber": topic, "role": "Thema"}
        add(add(index, f"{E}indexentry"), f"{E}subject", one_line(theme.label), source)
    for named in d.named:
        add(add(index, f"{E}indexentry"), f"{E}{_INDEX[named.type]}", one_line(named.name), _source(named))


def _source(named: Named) -> dict[str, str | None]:
    found = addresses.of_entity(named)
    source = {"source": _SOURCES[found[0]], "authfilenumber": found[1]} if found else {}
    if not found and named.ags:
        source = {"source": "AGS", "authfilenumber": named.ags}
    role = named.role if named.type == "person" else "Initiative" if named.type == "initiative" else None
    return {**source, "role": one_line(role) or None}

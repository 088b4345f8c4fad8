"""A folder of official schemas -> functions that say what a document breaks. Nothing is ever fetched.

Addresses in ``xs:import`` are resolved by the catalogue below; any other address counts as missing. Which file
belongs to which schema stands in ``SCHEMAS``; docs/archive.md says where the files come from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs
from lxml import etree

from pipeline.archive import schematron, xsd11

_CATALOGUE = {
    "http://www.loc.gov/standards/xlink/xlink.xsd": "xlink-xml/xlink.xsd",
    "http://www.w3.org/1999/xlink.xsd": "xlink-xml/xlink-w3c.xsd",
    "http://www.w3.org/2001/xml.xsd": "xlink-xml/xml.xsd",
    "http://www.w3.org/2001/03/xml.xsd": "xlink-xml/xml.xsd",
    "http://www.loc.gov/mods/xml.xsd": "xlink-xml/xml-loc.xsd",
    "http://dublincore.org/schemas/xmls/simpledc20021212.xsd": "oai/simpledc20021212.xsd",
}
_NETWORK = ("http:", "https:", "ftp:")
_EAD = "ead-ddb/ead_ddb/1.2/schema/EAD_DDB_1.2_Findbuch_XSD1."
_METS, _MODS = "mets/version1121/mets.xsd", "mods/mods-3-7.xsd"
_DDB = "ddb-mets-mods-schematron/mets-mods-ap-digitalisierte-medien/"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a document breaks: where, which rule, why; a warning does not stop the delivery."""

    line: int | None
    rule: str
    message: str
    warning: bool = False


class Document:
    """A finished file as it was written; it is parsed once for all its checks."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @cached_property
    def tree(self) -> etree._Element:
        """The root of an XML document."""
        return etree.fromstring(self.content, parser())

    @cached_property
    def value(self) -> Any:
        """What a JSON document holds."""
        return json.loads(self.content)


Check = Callable[[Document], list[Fault]]


@dataclass(frozen=True, slots=True)
class Schema:
    """An official schema: its name for people, its files, how they become a check."""

    title: str
    files: tuple[str, ...]
    make: Callable[[Path, tuple[str, ...]], Check]


class _Local(etree.Resolver):
    """Finds imported schemas by the catalogue; everything else on the net is answered with nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        del public_id
        if system_url is None:
            return None
        if system_url in _CATALOGUE:
            return self.resolve_filename(str(self._folder / _CATALOGUE[system_url]), context)
        return self.resolve_empty(context) if system_url.startswith(_NETWORK) else None


def parser(folder: Path | None = None) -> etree.XMLParser:
    """A parser that reads no network, no DTD and no entity, and resolves schemas below a folder."""
    made = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False, huge_tree=True)
    if folder:
        made.resolvers.add(_Local(folder))
    return made


def xsd(folder: Path, files: tuple[str, ...]) -> etree.XMLSchema:
    """One or more XSD 1.0 files -> one schema; several are imported side by side."""
    if len(files) == 1:
        return etree.XMLSchema(etree.parse(folder / files[0], parser(folder)))
    driver = etree.Element("{http://www.w3.org/2001/XMLSchema}schema")
    for name in files:
        target = etree.parse(folder / name, parser(folder)).getroot().get("targetNamespace", "")
        location = (folder / name).resolve().as_uri()
        etree.SubElement(
            driver, "{http://www.w3.org/2001/XMLSchema}import", namespace=target, schemaLocation=location
        )
    return etree.XMLSchema(etree.fromstring(etree.tostring(driver), parser(folder.resolve())))


def _xsd(folder: Path, files: tuple[str, ...]) -> Check:
    return _libxml(xsd(folder, files))


def _rng(folder: Path, files: tuple[str, ...]) -> Check:
    return _libxml(etree.RelaxNG(etree.parse(folder / files[0], parser(folder))))


def _libxml(schema: etree.XMLSchema | etree.RelaxNG) -> Check:
    def check(document: Document) -> list[Fault]:
        if schema.validate(document.tree):
            return []
        said = [Fault(e.line, e.type_name, e.message) for e in schema.error_log]
        return said or [Fault(None, "schema", "is not valid")]

    return check


def places(folder: Path) -> dict[str, str]:
    """Addresses in schemas -> where they lie in a folder."""
    return {address: str(folder / place) for address, place in _CATALOGUE.items()}


def _ead_entry(folder: Path, files: tuple[str, ...]) -> Check:
    """Entries of the finding aid: each against the type of ``c`` of level ``file``."""
    errors = xsd11.entries(folder / files[0], places(folder), "c.file", parser(folder))
    return lambda document: _reasons(errors(document.tree))


def _ead_frame(folder: Path, files: tuple[str, ...]) -> Check:
    """The finding aid without its entries."""
    schema: Any = xsd11.schema(folder / files[0], places(folder))
    return lambda document: _reasons(schema.iter_errors(document.tree))


def _reasons(errors: Iterable[Any]) -> list[Fault]:
    return [Fault(getattr(e.elem, "sourceline", None), "XSD 1.1", f"{e.path}: {e.reason}") for e in errors]


def stream(path: Path, folder: Path, files: tuple[str, ...]) -> list[Fault]:
    """What a document of any size breaks, read as a stream: what is read is forgotten."""
    try:
        events = etree.iterparse(
            str(path), events=("end",), tag="{*}c", schema=xsd(folder, files), no_network=True, load_dtd=False
        )
        for _, element in events:
            element.clear()
            parent, before = element.getparent(), element.getprevious()
            if parent is not None and before is not None:
                parent.remove(before)
    except etree.XMLSyntaxError as error:
        return [Fault(error.lineno, "XSD 1.0", error.msg or "")]
    return []


def _json(folder: Path, files: tuple[str, ...]) -> Check:
    contents = [json.loads((folder / name).read_text(encoding="utf-8")) for name in files]
    known = {address: c for c in contents for address in (c["$id"], c["$id"].rstrip("#"))}
    validator = jsonschema_rs.Draft202012Validator(contents[0], retriever=known.__getitem__)

    def check(document: Document) -> list[Fault]:
        errors = validator.iter_errors(document.value)
        return [Fault(None, str(e.schema_path[-1]), f"{_path(e.instance_path)}: {e.message}") for e in errors]

    return check


def _path(steps: Iterable[str | int]) -> str:
    """Where in a JSON document, as JSONPath writes it."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _terms(folder: Path, files: tuple[str, ...]) -> Check:
    """JSON-LD has no schema; every key and every type must be a word of the vocabulary."""
    context = json.loads((folder / files[0]).read_text(encoding="utf-8"))["@context"]

    def check(document: Document) -> list[Fault]:
        unknown = sorted(word for word in set(_words(document.value)) if word not in context)
        return [Fault(None, "vocabulary", f"{word}: no word of schema.org") for word in unknown]

    return check


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "@type":
                yield one
            elif not key.startswith("@"):
                yield key
            yield from _words(one)


def _schematron(folder: Path, files: tuple[str, ...]) -> Check:
    rules = schematron.checker(folder / files[0])

    def check(document: Document) -> list[Fault]:
        return [
            Fault(None, broken.rule, broken.message, warning=broken.role not in {"fatal", "error"})
            for broken in rules(document.content)
            if broken.role != "info"
        ]

    return check


def available(schema: Schema, folder: Path | None) -> str | None:
    """Why a schema cannot be checked, in German; None when it can."""
    if folder is None:
        return "kein Schemaordner angegeben (params.yaml: archive → schemas)"
    if missing := [name for name in schema.files if not (folder / name).is_file()]:
        return f"im Schemaordner fehlt {missing[0]}"
    if schema.make is _schematron and not schematron.available():
        return "das Paket saxonche ist nicht installiert (Extra schematron)"
    return None


SCHEMAS: dict[str, Schema] = {
    "oai_dc": Schema("OAI Dublin Core (XSD)", ("oai/oai_dc.xsd",), _xsd),
    "mets": Schema("METS 1.12.1 mit MODS 3.7 (XSD)", (_METS, _MODS), _xsd),
    "mets_ddb": Schema(
        "Regeln der DDB für METS/MODS (Schematron)",
        (f"{_DDB}ddb_validierung_mets-mods-ap-digitalisierte-medien.sch",),
        _schematron,
    ),
    "premis": Schema("PREMIS 3.0 (XSD)", ("premis/premis-v3-0.xsd",), _xsd),
    "tei": Schema("TEI P5, tei_all (RELAX NG)", ("tei/tei_all.rng",), _rng),
    "ninjs": Schema(
        "IPTC ninjs 3.0 (JSON Schema)",
        ("ninjs/specification/ninjs-schema_3.0.json", "ninjs/geojson/GeoJSON.json"),
        _json,
    ),
    "schema_org": Schema("schema.org (Wörter des Vokabulars)", ("schemaorg/schemaorgcontext.jsonld",), _terms),
    "ead_entry": Schema("EAD(DDB) 1.2, Einträge (XSD 1.1)", (f"{_EAD}1.xsd",), _ead_entry),
    "ead_frame": Schema("EAD(DDB) 1.2, Bestand und Klassen (XSD 1.1)", (f"{_EAD}1.xsd",), _ead_frame),
    "ead_whole": Schema("EAD(DDB) 1.2, ganzes Findbuch (XSD 1.0)", (f"{_EAD}0.xsd",), _xsd),
}

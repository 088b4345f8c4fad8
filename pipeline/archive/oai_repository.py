"""The package on disk -> a repository: which records there are, and the metadata of one in a format."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.archive import oai_records
from pipeline.archive.oai_records import Record
from pipeline.archive.oai_request import ProtocolError, Query
from pipeline.archive.settings import ArchiveParams
from pipeline.core.errors import InputError

_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*")
_MODS = "http://www.loc.gov/mods/v3"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format: what the protocol says of it."""

    prefix: str
    schema: str
    namespace: str
    of_holding: bool = False  # whether the finding aid, or a release, is disseminated in it


FORMATS = {
    form.prefix: form
    for form in (
        Format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
        Format("mods", "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd", _MODS),
        Format("ead", "http://www.loc.gov/ead/ead.xsd", "urn:isbn:1-931666-22-9", of_holding=True),
    )
}  # fmt: skip


class Repository:
    """A package that is open for harvesting. It is read once; a new package wants a new server."""

    def __init__(self, package: Path, settings: ArchiveParams) -> None:
        self._years, self._holding = package, package / "bestand" / "data"
        self.settings = settings
        try:
            listed = (self._holding / oai_records.RECORDS).read_bytes()
            named = (self._holding / oai_records.SETS).read_text("utf-8")
        except FileNotFoundError:
            raise InputError(f"{package}: holds no package; run `make report` first") from None
        self.stamp = hashlib.sha256(listed).hexdigest()[:12]
        self.records = tuple(oai_records.from_csv(listed.decode().split("\n")))
        self.sets = {row["spec"]: row["name"] for row in csv.DictReader(named.split("\n"))}
        self._by_name = {record.name: record for record in self.records}

    def identifier(self, record: Record) -> str:
        """The identifier of a record."""
        return self.settings.identifier_prefix + (record.name or self.settings.holding_id)

    def record(self, identifier: str) -> Record:
        """The record of an identifier; raises idDoesNotExist."""
        name = identifier.removeprefix(self.settings.identifier_prefix)
        known = self._by_name.get("" if name == self.settings.holding_id else name or " ")
        if known is None or self.identifier(known) != identifier:
            raise ProtocolError("idDoesNotExist", "There is no record of this identifier.")
        return known

    def formats(self, record: Record | None = None) -> list[Format]:
        """The formats of a record, or of all."""
        return [form for form in FORMATS.values() if record is None or _has(record, form)]

    def form(self, prefix: str, record: Record | None = None) -> Format:
        """A format by its prefix; raises cannotDisseminateFormat."""
        if prefix not in FORMATS or (record is not None and not _has(record, FORMATS[prefix])):
            raise ProtocolError("cannotDisseminateFormat", "There is no metadata in this format.")
        return FORMATS[prefix]

    def select(self, query: Query) -> Sequence[Record]:
        """The records of a query, by datestamp; raises cannotDisseminateFormat or noRecordsMatch."""
        form = self.form(query.prefix)
        found = [record for record in self.records if _has(record, form) and _matches(record, query)]
        if not found:
            raise ProtocolError("noRecordsMatch", "No record matches from, until and set in this format.")
        return found

    @property
    def earliest(self) -> str:
        """The first datestamp."""
        return self.records[0].datestamp

    def metadata(self, record: Record, form: Format) -> Iterator[bytes]:
        """The metadata of a record in pieces, without the XML declaration; every format names its namespaces."""
        folder = self._years / record.year / "data"
        if form.of_holding:
            with (self._holding / "ead/findbuch.xml").open("rb") as stream:
                yield _DECLARATION.sub(b"", stream.read(_CHUNK), count=1)
                yield from iter(lambda: stream.read(_CHUNK), b"")
        elif form.prefix == "mods":
            yield _mods((folder / "mets" / f"{record.name}.xml").read_bytes())
        else:
            yield _DECLARATION.sub(b"", (folder / "dc" / f"{record.name}.xml").read_bytes(), count=1)


def _has(record: Record, form: Format) -> bool:
    return form.of_holding == (record.name == "")


def _matches(record: Record, query: Query) -> bool:
    if record.datestamp < query.first or (query.last and record.datestamp > query.last):
        return False
    return not query.set or any(name == query.set or name.startswith(f"{query.set}:") for name in record.sets)


def _mods(mets: bytes) -> bytes:
    """A METS document -> the MODS in it, with the namespaces it needs."""
    tree = etree.fromstring(mets, etree.XMLParser(resolve_entities=False, no_network=True))
    found = tree.find(f".//{{{_MODS}}}mods")
    assert found is not None, "mets.py writes one"
    alone = etree.fromstring(etree.tostring(found, with_tail=False))
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone)

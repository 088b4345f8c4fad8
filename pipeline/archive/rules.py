"""Business rules: what an archive expects beyond the schemas, each with an id and a German sentence.

A rule looks at a description and says what is wrong, or nothing; further functions look at documents and at
params.yaml. Rules need no schema folder, so they are always checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.archive import gate
from pipeline.archive.days import is_date
from pipeline.archive.describe import MEDIA_TOPICS
from pipeline.archive.description import Description
from pipeline.archive.mods import ISO_639_2B
from pipeline.archive.settings import ArchiveParams

_AUTHORITIES = {
    "gnd": re.compile(r"\d{1,10}-?[\dX]"),
    "wikidata": re.compile(r"Q\d+"),
    "geonames": re.compile(r"\d+"),
}
# an element without attributes, and nothing in it that is seen; what is no ASCII may be some kind of space
_EMPTY = re.compile(rb'<[^\s>/]+(?: xmlns[^ ="]*="[^"]*")*(?:/>|>(?:[^!-~]|&#\d+;)*</)')
_IDENTIFIER = re.compile(r"[^\s/]+")
BRANCHES = (
    "Staatliche Archive", "Kommunale Archive", "Kirchliche Archive", "Herrschafts- und Familienarchive",
    "Wirtschaftsarchive", "Archive der Parlamente, politischen Parteien, Stiftungen und Verbände", "Medienarchive",
    "Archive der Hochschulen sowie wissenschaftlicher Institutionen", "Sonstige",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about descriptions; ``finds`` yields what is wrong."""

    id: str
    says: str
    finds: Callable[[Description, ArchiveParams], Iterator[str]]
    warning: bool = False


def _identifier(d: Description, _: ArchiveParams) -> Iterator[str]:
    if not _IDENTIFIER.fullmatch(d.identifier):
        yield f"{d.identifier!r}"


def _title(d: Description, _: ArchiveParams) -> Iterator[str]:
    if not d.release.title.strip():
        yield "kein Titel; die Kennung steht an seiner Stelle"


def _issuer(d: Description, _: ArchiveParams) -> Iterator[str]:
    if not (d.release.issuer or "").strip():
        yield "kein Herausgeber"


def _text(d: Description, _: ArchiveParams) -> Iterator[str]:
    if not d.release.text.strip():
        yield "kein Text"


def _day(d: Description, _: ArchiveParams) -> Iterator[str]:
    days = [d.release.published, *(s.date for s in d.statements), *((d.release.embargo or "")[:10],)]
    yield from (f"{day} ist kein Tag des Kalenders" for day in days if day and not is_date(day))


def _language(d: Description, _: ArchiveParams) -> Iterator[str]:
    if d.release.language not in ISO_639_2B:
        yield f"Sprache {d.release.language}"


def _access_points(d: Description, _: ArchiveParams) -> Iterator[str]:
    yield from (f"{n.type} {n.entity_id} ohne Namen" for n in d.named if not n.name.strip())
    yield from (f"Thema {s.theme_id} ohne Namen" for s in d.subjects if not s.label.strip())


def _authorities(d: Description, _: ArchiveParams) -> Iterator[str]:
    for named in d.named:
        for identifier in named.authority:
            scheme, _colon, value = identifier.partition(":")
            pattern = _AUTHORITIES.get(scheme)
            if pattern and not pattern.fullmatch(value):
                yield f"{named.name}: {identifier}"


def _topics(d: Description, _: ArchiveParams) -> Iterator[str]:
    yield from (
        f"{s.label}: {s.media_topic}" for s in d.subjects if s.media_topic and s.media_topic not in MEDIA_TOPICS
    )


def _marks(d: Description, _: ArchiveParams) -> Iterator[str]:
    end = len(d.release.text)
    spans = [(x.start, x.end) for x in d.zones] + [(x.start, x.end) for x in d.marks]
    spans += [(x.start, x.end) for x in d.dates] + [(x.start, x.end) for x in d.quotes]
    yield from (f"{a}–{b} von {end} Zeichen" for a, b in spans if not 0 <= a < b <= end)


def _gate(d: Description, settings: ArchiveParams) -> Iterator[str]:
    if settings.include_contacts:
        return
    for cut in gate.numbers_and_mails(" \n ".join((d.release.text, d.release.title, d.release.subtitle or ""))):
        yield f"{cut.end - cut.start} Zeichen ({cut.kind})"


def _private(d: Description, settings: ArchiveParams) -> Iterator[str]:
    if not settings.include_private:
        yield from (named.entity_id for named in d.named if named.privacy == "private")


DESCRIPTION: tuple[Rule, ...] = (
    Rule("kennung", "Die Kennung ist ein Wort ohne Leerzeichen und Schrägstrich.", _identifier),
    Rule("titel", "Jede Mitteilung hat einen Titel.", _title, warning=True),
    Rule("herausgeber", "Jede Mitteilung hat einen Herausgeber.", _issuer, warning=True),
    Rule("text", "Jede Mitteilung hat einen Text.", _text),
    Rule("datum", "Alle Datumsangaben sind Tage, Monate oder Jahre des Kalenders.", _day),
    Rule("sprache", "Die Sprache hat einen Code nach ISO 639-2.", _language),
    Rule("einstieg", "Kein Registereintrag und kein Thema ist ohne Namen.", _access_points),
    Rule("normdaten", "Kennungen aus GND, Wikidata und GeoNames haben die Form ihrer Normdatei.", _authorities),
    Rule("media-topic", "Media Topics stehen in der Liste des IPTC.", _topics),
    Rule("stellen", "Alle Auszeichnungen liegen im Text.", _marks),
    Rule("kontakt", "Telefonnummern und Mailadressen sind ausgelassen, wenn sie es sein sollen.", _gate),
    Rule("privat", "Privatpersonen stehen in keinem Register, wenn sie es nicht sollen.", _private),
)


def may_be_empty(document: bytes) -> bool:
    """Whether a document as we write it may hold an empty element; a look that costs less than half of parsing."""
    return _EMPTY.search(document) is not None


def empty_elements(root: etree._Element) -> Iterator[tuple[int, str]]:
    """(line, element) of every element that holds neither text nor children nor speaks by its attributes."""
    for element in root.iter(etree.Element):
        if not (element.text or "").strip() and len(element) == 0 and not element.attrib:
            yield element.sourceline or 0, etree.QName(element).localname


def of_settings(settings: ArchiveParams) -> Iterator[tuple[str, bool]]:
    """(what is wrong in params.yaml, whether it is only a warning)."""
    if settings.isil == "DE-0000":
        yield "archive → isil ist noch der Platzhalter DE-0000", True
    elif not re.fullmatch(r"[A-Z]{1,4}-[A-Za-z0-9:/-]{1,11}", settings.isil):
        yield f"archive → isil: {settings.isil} ist kein ISIL (Beispiel: DE-1811)", False
    if settings.institution_type not in BRANCHES:
        yield f"archive → institution_type: möglich sind {'; '.join(BRANCHES)}", False
    for name in ("publisher", "holding", "holding_id", "rights"):
        if not getattr(settings, name).strip():
            yield f"archive → {name} ist leer", False
    for name in ("rights_uri", "metadata_licence", "website"):
        if not re.fullmatch(r"(https?://\S+)?", getattr(settings, name)):
            yield f"archive → {name} ist keine Adresse (http…)", False

"""Where a release names its issuer: metadata, letterhead, contact, boilerplate, title, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.ingest.anatomy import names
from pipeline.ingest.anatomy.heading import parts
from pipeline.ingest.anatomy.zones import Layout
from pipeline.ingest.sources.source import Source

_KIND_OF = re.compile(
    r"^(?:Gemeinsame )?(?:Presse|Medien)-?(?:mitteilung|information|erklärung|meldung|info|dienst) "
    r"(?P<article>der |des |vom |von )?(?P<name>[A-ZÄÖÜ].{2,100}?)(?: vom \d.*)?$"
)
_ROLE = r"(?:(?:Leiter(?:in)?|Leitung|Pressesprecher(?:in)?)? ?"
_OFFICE_WORD = (
    r"Pressestelle|Presseamt|Pressereferat|Geschäftsstelle|Medienstelle|Pressedienst|Pressebüro|Stabsstelle \w+"
)
_OFFICE = re.compile(
    r"^(?:Herausgeber(?:in)?|Absender(?:in)?|V\. ?i\. ?S\. ?d\. ?P\.?)?:? ?(?:Die |Der )?"
    rf"{_ROLE}(?:{_OFFICE_WORD}))(?: (?:der|des))? (?P<name>[A-ZÄÖÜ][^,|·•()]{{2,80}}?)(?= [-–] |[,|·•]|$)"
)
_PUBLISHER = re.compile(r"^(?:Herausgeber(?:in)?|Absender(?:in)?):? (?P<name>[A-ZÄÖÜ][^,|·•]{3,90})")
_ABOUT = re.compile(r"^Über (?:den |die |das )?(?P<name>[A-ZÄÖÜ„»\"][^.!?:]{1,90}?)[“«\"]?:?(?=$|: )")
_NO_NAME = re.compile(r"^(?:Nr|Nummer|vom|zum|\d)", re.IGNORECASE)
_IS_A = re.compile(
    r"^(?:Der |Die |Das )?[„»\"]?(?P<name>[A-ZÄÖÜ][^.!?,]{2,90}?)[“«\"]?(?: \([^)]{2,30}\))? "
    r"(?:ist|sind|bildet|versteht|vertritt|vereint|wurde)\b"
)
_LOWER = re.compile(r"\b(?!(?:für|der|des|und|im|in|am|an|von|zur|zum|e)\b)[a-zäöüß]{2,}")
_BEFORE_COLON = re.compile(r"^(?P<name>[A-ZÄÖÜ][^:„»\"?!.]{2,50}): ")
_PERSON = re.compile(
    r"^(?:Dr\. |Prof\. )*[A-ZÄÖÜ][a-zäöüß]+(?: [A-Z]\.)?(?: (?:von|van|de))? [A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]\w+)?$"
)
_PEOPLE = re.compile(r"^[A-ZÄÖÜ][a-zäöüß]+$|(?:,| und ) ?[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ]|\b[tT]eam\b|\bzum? ")
# an issuer that the first paragraphs do not name is named nowhere in the text
_LINES, _REACH = 12, 1_200
_SPEAKS = r"-?\s?\w*(?:[Pp]räsident|[Ss]precher|[Vv]orsitzend|[Gg]eschäftsführ|[Ee]xpert|[Cc]hef)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name, where it stands, and how much a name at that place says."""

    name: str
    basis: str
    weight: float


def candidates(text: str, layout: Layout, source: Source, title: str) -> Iterator[Candidate]:
    """Every name that a release offers for its issuer, with where it stands and how much that says."""
    yield from _from_metadata(source)
    yield from _from_head(layout)
    yield from _from_contact(layout)
    yield from _from_boilerplate(layout)
    yield from _from_title(title, text)
    yield from _from_text(text, layout)


def _from_metadata(source: Source) -> Iterator[Candidate]:
    if source.publisher and not _PERSON.match(source.publisher):
        yield Candidate(source.publisher, "metadata", 7.0)
    if source.author and names.is_name(source.author):
        yield Candidate(source.author, "metadata", 6.0)
    elif source.author and not _PERSON.match(source.author) and not _PEOPLE.search(source.author):
        yield Candidate(source.author, "metadata", 4.5 if source.format in ("md", "html") else 2.0)


def _from_head(layout: Layout) -> Iterator[Candidate]:
    for line in (part for whole in layout.letterhead() for part in parts(whole)):
        if found := _PUBLISHER.match(line):
            yield Candidate(_office(found["name"]), "letterhead", 9.0)
        elif found := _OFFICE.match(line):
            yield Candidate(_office(line), "letterhead", 8.0)
        elif (found := _KIND_OF.match(line)) and not _NO_NAME.match(found["name"]):
            full = next(names.find(f"{found['article'] or ''}{found['name']}"), None)
            yield Candidate(full.text if full else found["name"], "letterhead", 7.0 if found["article"] else 5.5)
        elif names.is_name(line.title() if line.isupper() else line):
            yield Candidate(line.title() if line.isupper() else line, "letterhead", 8.0)
        else:
            yield from (Candidate(name.text, "letterhead", 6.0) for name in names.find(line))


def _office(name: str) -> str:
    found = _OFFICE.match(name)
    if found is None:
        return name
    article = re.search(r" (der|des) ", found[0][: found.start("name") - found.start()])
    full = next(names.find(f"{article[1]} {found['name']}" if article else found["name"]), None)
    return full.text if full else found["name"]


def _from_contact(layout: Layout) -> Iterator[Candidate]:
    for line in layout.of("contact"):
        if found := _PUBLISHER.match(line):
            yield Candidate(_office(found["name"]), "contact", 7.0)
        elif found := _OFFICE.match(line):
            yield Candidate(_office(line), "contact", 6.5)
        elif names.is_name(line):
            yield Candidate(line, "contact", 6.0)
        else:
            yield from (Candidate(name.text, "contact", 4.5) for name in names.find(line[:300]))


def _from_boilerplate(layout: Layout) -> Iterator[Candidate]:
    for line in layout.of("boilerplate"):
        if found := _ABOUT.match(line):
            yield Candidate(found["name"], "boilerplate", 6.5)
        elif (found := _IS_A.match(line)) and not _LOWER.search(found["name"]):
            yield Candidate(found["name"], "boilerplate", 4.0)


def _from_title(title: str, text: str) -> Iterator[Candidate]:
    found = _BEFORE_COLON.match(title)
    name = found["name"] if found else ""
    if " " in name and not _PERSON.match(name) and text.count(name) > 1:
        yield Candidate(name, "text", 3.0)
    yield from (Candidate(name.text, "text", 3.2) for name in names.find(title))


def _from_text(text: str, layout: Layout) -> Iterator[Candidate]:
    for number, line in enumerate(islice(layout.of("body"), _LINES)):
        for name in names.find(line[:_REACH]):
            first = 0.8 if number == 0 else 0.0
            yield Candidate(
                name.text, "text", 2.0 + first + (_by_short_form(name.short, text) if name.short else 0.0)
            )


def _by_short_form(short: str, text: str) -> float:
    """How much a short form in brackets says: it is used further on, and its speaker speaks."""
    uses = min(len(re.findall(rf"\b{re.escape(short)}\b", text)), 5)
    return 1.0 + 0.4 * uses + (2.0 if re.search(rf"\b{re.escape(short)}{_SPEAKS}", text) else 0.0)

"""Where a release names its issuer: metadata, letterhead, contact, boilerplate, title, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.ingest import cues
from pipeline.ingest.anatomy import carriers, names, offices
from pipeline.ingest.anatomy.letterhead import parts
from pipeline.ingest.anatomy.wording import Wording, hosts
from pipeline.ingest.anatomy.zones import Layout
from pipeline.ingest.sources.source import Source

_KIND_OF = re.compile(
    r"^(?:Gemeinsame )?(?:Presse|Medien)-?(?:mitteilung|information|erklärung|meldung|info|dienst|text|notiz) "
    r"(?P<article>der |des |vom |von )?(?P<name>[A-ZÄÖÜ].{2,100}?)"
    r"(?= (?:zu|zum|zur|über|vom|anlässlich|betreffend|[–|-]) |, | ?\(?\d|$)"
)
_ROLE = r"(?:(?:Leiter(?:in)?|Leitung|Pressesprecher(?:in)?)? ?"
_OFFICE_WORD = (
    r"Pressestelle|Presseamt|Pressereferat|Geschäftsstelle|Medienstelle|Pressedienst|Pressebüro|Stabsstelle \w+"
)
_OFFICE = re.compile(
    r"^(?:Herausgeber(?:in)?|Absender(?:in)?|V\. ?i\. ?S\. ?d\. ?P\.?)?:? ?(?:Die |Der )?"
    rf"{_ROLE}(?:{_OFFICE_WORD}))(?: (?:der|des))? (?P<name>[A-ZÄÖÜ][^,|·•()]{{2,80}}?)(?= [-–] |[,|·•]|$)"
)
_PUBLISHER = re.compile(
    r"^(?:Herausgeber(?:in)?|Herausgegeben von|Absender(?:in)?|Original-Content von|(?:ots )?Originaltext):? "
    r"(?P<name>[A-ZÄÖÜ][^,|·•]{3,90})"
)
_ABOUT = re.compile(r"^Über (?:den |die |das )?(?P<name>[A-ZÄÖÜ„»\"][^.!?:]{1,90}?)[“«\"]?:?(?=$|: )")
_NO_NAME = re.compile(r"^(?:Nr|Nummer|vom|zum|\d)", re.IGNORECASE)
_IS_A = re.compile(
    r"^(?P<article>Der |Die |Das )?[„»\"]?(?P<name>[A-ZÄÖÜ][^.!?,]{2,90}?)[“«\"]?(?: \([^)]{2,30}\))? "
    r"(?:ist|sind|bildet|versteht|vertritt|vereint|wurde)\b"
)
_LOWER = re.compile(r"\b(?!(?:für|der|des|und|im|in|am|an|von|zur|zum|e)\b)[a-zäöüß]{2,}")
_BEFORE_COLON = re.compile(r"^(?P<name>[A-ZÄÖÜ][^:„»\"?!.]{2,50}): ")
_PERSON = re.compile(
    r"^(?:Dr\. |Prof\. )*[A-ZÄÖÜ][a-zäöüß]+(?: [A-Z]\.)?(?: (?:von|van|de))? [A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]\w+)?$"
)
_PEOPLE = re.compile(r"^[A-ZÄÖÜ][a-zäöüß]+$|(?:,| und ) ?[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ]|\b[tT]eam\b|\bzum? ")
# "sagte Ida Thorwald, Sprecherin von Funkfreunde Ilmtal": a name that no noun gives away
_SPEAKER_OF = re.compile(
    r"(?:[Ss]precher|[Vv]orsitzende|[Pp]räsident|[Gg]eschäftsführer|[Ss]precherin|[Aa]ktivist|[Vv]orstand)\w{0,4} "
    r"(?P<article>von|vom|bei|beim|der|des) (?P<name>[A-ZÄÖÜ][\w&’'-]*(?: (?:& )?[A-ZÄÖÜ][\w&’'-]*){0,4})"
)
_MAIL = re.compile(r"(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+){1,4}")
# an issuer that the first paragraphs do not name is named nowhere in the text
_LINES, _REACH = 12, 1_200
_AROUND = 60
_SPEAKS = (
    r"-?\s?\w{0,20}(?:[Pp]räsident|[Ss]precher|[Vv]orsitzend|[Gg]eschäftsführ|[Ee]xpert|[Cc]hef|[Vv]orst[aä]nd)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name, where it stands, and how much a name at that place says."""

    name: str
    basis: str
    weight: float
    acts: bool = False
    by_host: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head: the headline, and the place of the dateline."""

    title: str
    place: str | None


def candidates(layout: Layout, source: Source, head: Heading, words: Wording) -> Iterator[Candidate]:
    """Every name that a release offers for its issuer, with where it stands and how much that says."""
    yield from _from_metadata(source)
    yield from _from_head(layout)
    yield from _from_contact(layout, words)
    yield from _from_boilerplate(layout, words.text)
    yield from _from_title(head, words.text)
    yield from _from_text(layout, words.text)


def _from_metadata(source: Source) -> Iterator[Candidate]:
    if source.publisher:
        yield Candidate(source.publisher, "metadata", 7.0)
    for site in source.site:
        yield Candidate(site, "metadata", 4.8 if names.is_name(site) else 3.0)
    author = (source.author or "").strip(" \"'")
    if names.is_name(author):
        yield Candidate(author, "metadata", 6.0)
    elif author and not _PERSON.match(author) and not _PEOPLE.search(author):
        yield Candidate(author, "metadata", 4.5 if source.format in ("md", "html", "eml") else 2.0)


def _from_head(layout: Layout) -> Iterator[Candidate]:
    for line in (part for whole in layout.letterhead() for part in parts(whole)):
        if found := _PUBLISHER.match(line):
            yield Candidate(_office(found["name"]), "letterhead", 9.0)
        elif found := _OFFICE.match(line):
            yield Candidate(_office(line), "letterhead", 8.0)
        elif (found := _KIND_OF.match(line)) and not _NO_NAME.match(found["name"]):
            full = next(names.find(f"{found['article'] or ''}{found['name']}"), None)
            whole_name = full is not None and full.end >= len(found["name"])
            name = full.text if full and (whole_name or found["article"]) else found["name"]
            yield Candidate(name, "letterhead", 7.0 if found["article"] else 5.5)
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


def _from_contact(layout: Layout, words: Wording) -> Iterator[Candidate]:
    for line in layout.of("contact"):
        if found := _PUBLISHER.match(line):
            yield Candidate(_office(found["name"]), "contact", 7.0)
        elif found := _OFFICE.match(line):
            yield Candidate(_office(line), "contact", 6.5)
        elif names.is_name(line):
            yield Candidate(line, "contact", 6.0)
        else:
            yield from (Candidate(name.text, "contact", 4.5) for name in names.find(line[:300]))
        for address in _MAIL.findall(line):
            yield from _from_hosts(hosts("@" + address.lstrip("@(at)[] ")), words)


def _from_hosts(found: list[str], words: Wording) -> Iterator[Candidate]:
    """What the text itself writes of the domain of its press contact's mail."""
    for host in found:
        for label in carriers.labels(host):
            if len(label) > 4 and (name := words.spelled(label)) and not names.is_place_word(name):
                yield Candidate(name, "contact", 4.2, by_host=True)


def _from_boilerplate(layout: Layout, text: str) -> Iterator[Candidate]:
    for line in layout.of("boilerplate"):
        if found := _ABOUT.match(line):
            yield Candidate(found["name"], "boilerplate", 6.5)
        elif (found := _IS_A.match(line)) and not _LOWER.search(found["name"]):
            known = found["article"] or text.count(found["name"]) > 1
            yield Candidate(found["name"], "boilerplate", 4.0 if known else 2.0)


def _from_title(head: Heading, text: str) -> Iterator[Candidate]:
    title = head.title
    if office := offices.by_sign(title, head.place):
        name, in_table = office
        yield Candidate(name, "letterhead", 7.5 if in_table else 4.5)
    # "Novatherm AG / Novatherm baut Werk": what companies must publish
    company = title.partition(" / ")[0]
    if company != title and names.is_name(company):
        yield Candidate(company, "letterhead", 6.0)
    found = _BEFORE_COLON.match(title)
    name = found["name"] if found else ""
    if " " in name and not _PERSON.match(name) and text.count(name) > 1:
        yield Candidate(name, "text", 3.0)
    for known in names.find(title):
        acts = cues.match("acting", title[known.end : known.end + _AROUND]) is not None
        yield Candidate(known.text, "text", 3.7 if acts else 3.0, acts=acts)


def _from_text(layout: Layout, text: str) -> Iterator[Candidate]:
    for number, whole in enumerate(islice(layout.of("body"), _LINES)):
        line = whole[:_REACH]
        first = 0.5 if number == 0 else 0.0
        for name in names.find(line):
            acts = _acts(line, name) + (name.short is not None and _speaks(name.short, text))
            known = _by_short_form(name.short, text) if name.short else 0.0
            yield Candidate(name.text, "text", 2.0 + first + 1.5 * acts + known, acts=bool(acts))
        for found in _SPEAKER_OF.finditer(line):
            other = next(names.find(f"{found['article']} {found['name']}"), None)
            if other is None and not names.is_noun(found["name"]):
                yield Candidate(found["name"], "text", 3.2, acts=True)


def _acts(line: str, name: names.Name) -> int:
    """How many signs say that the body of a name speaks in this line."""
    before = cues.match("acting_before", line[max(0, name.start - _AROUND) : name.start])
    after = cues.match("acting", line[name.end : name.end + _AROUND])
    return (before is not None) + (after is not None)


def _by_short_form(short: str, text: str) -> float:
    """How much a short form in brackets says: it is used further on."""
    return 0.5 + 0.3 * min(text.count(short), 5)


def _speaks(short: str, text: str) -> bool:
    """Whether somebody speaks for a short form: ``BOW-Sprecherin``."""
    return re.search(rf"\b{re.escape(short)}{_SPEAKS}", text) is not None

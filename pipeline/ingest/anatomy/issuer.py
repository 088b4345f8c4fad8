"""Who speaks in a release, and what says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.text import fold, slug
from pipeline.ingest.anatomy import names
from pipeline.ingest.anatomy.heading import parts
from pipeline.ingest.anatomy.zones import Layout
from pipeline.ingest.sources.source import Source

_KIND_OF = re.compile(
    r"^(?:Gemeinsame )?(?:Presse|Medien)-?(?:mitteilung|information|erklärung|meldung|info|dienst) "
    r"(?P<article>der |des |vom |von )?(?P<name>[A-ZÄÖÜ].{2,100}?)(?: vom \d.*)?$"
)
_OFFICE = re.compile(
    r"^(?:Herausgeber(?:in)?|Absender(?:in)?|V\. ?i\. ?S\. ?d\. ?P\.?)?:? ?(?:Die |Der )?"
    r"(?:(?:Leiter(?:in)?|Leitung|Pressesprecher(?:in)?)? ?"
    r"(?:Pressestelle|Presseamt|Pressereferat|Geschäftsstelle|Medienstelle|Pressedienst|Pressebüro|Stabsstelle \w+))"
    r"(?: (?:der|des))? (?P<name>[A-ZÄÖÜ][^,|·•()]{2,80}?)(?= [-–] |[,|·•]|$)"
)
_PUBLISHER = re.compile(r"^(?:Herausgeber(?:in)?|Absender(?:in)?):? (?P<name>[A-ZÄÖÜ][^,|·•]{3,90})")
_ABOUT = re.compile(r"^Über (?:den |die |das )?(?P<name>[A-ZÄÖÜ„»\"][^.!?:]{1,90}?)[“«\"]?:?(?=$|: )")
_NO_NAME = re.compile(r"^(?:Nr|Nummer|vom|zum|\d)", re.IGNORECASE)
_PRESS_OFFICE = re.compile(
    r"^(?:Pressestelle|Presse|Redaktion|Medienstelle|Geschäftsstelle)(?: (?:der|des))? (?=[A-ZÄÖÜ])|[, –|-]+(?:Pressestelle|Presse|Redaktion|Kommunikation|Pressereferat|Der (?:Ober)?[Bb]ürgermeister)$"
)
_IS_A = re.compile(
    r"^(?:Der |Die |Das )?[„»\"]?(?P<name>[A-ZÄÖÜ][^.!?,]{2,90}?)[“«\"]?(?: \([^)]{2,30}\))? (?:ist|sind|bildet|versteht|vertritt|vereint|wurde)\b"
)
_LOWER = re.compile(r"\b(?!(?:für|der|des|und|im|in|am|an|von|zur|zum|e)\b)[a-zäöüß]{2,}")
_BEFORE_COLON = re.compile(r"^(?P<name>[A-ZÄÖÜ][^:„»\"?!.]{2,50}): ")
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_PERSON = re.compile(
    r"^(?:Dr\. |Prof\. )*[A-ZÄÖÜ][a-zäöüß]+(?: [A-Z]\.)?(?: (?:von|van|de))? [A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]\w+)?$"
)
_PEOPLE = re.compile(r"^[A-ZÄÖÜ][a-zäöüß]+$|(?:,| und ) ?[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ]|\b[tT]eam\b|\bzum? ")
_EXPLAINED = 20_000
_GENERIC = re.compile(
    r"^(?:Presseteam|Redaktion|Admin|Webmaster|Pressestelle|Presse|Team|Vorstand|uns|Autor|Benutzer|User|root|python-docx|Unknown|defekt|originals?|raw|txt|md|html?|docx|odt|pdf|eml|rtf|\W*\d[\d\W]*)$",
    re.IGNORECASE,
)


# support below this is no better than what the folder is called
_NAMED = 4.0
# from this weight on a place is one where issuers are named on purpose
_SURE = 4.0
_LEGAL_WORDS = frozenset("e v e.v e.v. v. ev ag se gmbh ggmbh kg eg mbh".split())


@dataclass(frozen=True, slots=True)
class Issuer:
    """A name and its basis: letterhead, metadata, contact, boilerplate, text, folder, filename."""

    name: str
    basis: str
    weight: float
    sure: bool = False


def issuer(text: str, layout: Layout, source: Source, title: str, path: str) -> Issuer | None:
    """The best supported name among all that a release offers; else what its folder or file is called."""
    places = set(re.findall(r"[^\W\d_]+", fold(path.rpartition(".")[0])))
    body = fold(text)
    full = _full_forms(text)
    found = []
    for candidate in _candidates(text, layout, source, title, path):
        if (name := _clean(candidate.name)) is not None:
            name = full.get(name, name)
            weight = candidate.weight + _support(name, body, places)
            found.append(Issuer(name, candidate.basis, weight, sure=candidate.weight >= _SURE))
    best = max(found, key=lambda one: one.weight, default=None)
    guess = _by_path(path, text)
    if best is None or (best.weight < _NAMED and guess is not None):
        return guess
    return _fuller(best, found)


def _fuller(best: Issuer, found: list[Issuer]) -> Issuer:
    """The same name with more to it, where a place that names the issuer (or a legal form) says so."""
    have = set(fold(best.name).split())
    longer = [
        one
        for one in found
        if have < (words := set(fold(one.name).split())) and (one.sure or words - have <= _LEGAL_WORDS)
    ]
    return max(longer, key=lambda one: one.weight, default=best)


def _full_forms(text: str) -> dict[str, str]:
    """Short forms that a text explains -> the full names: ``BfN`` -> ``Bundesamt für Naturschutz``."""
    return {name.short: name.text for name in names.find(text[:_EXPLAINED]) if name.short}


def _support(name: str, body: str, places: set[str]) -> float:
    """How much a text and a path speak for a name: each mention a little, a shared word of the path more."""
    words = [word for word in fold(name).replace("-", " ").split() if len(word) > 2]
    long = tuple(place for place in places if len(place) > 5)
    shared = sum(slug(word) in places or slug(word).startswith(long) for word in words) / max(len(words), 1)
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()).lower()
    every = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).lower()
    by_initials = any(len(part) > 2 and part in places for part in (initials, every))
    return 0.4 * min(body.count(fold(name)), 8) + 2.5 * max(shared, by_initials)


def _clean(name: str) -> str | None:
    name = _PRESS_OFFICE.sub("", name.strip(" ,;:–-|„“»«\"'")).strip()
    name = re.split(r" [–|] | • | · ", name)[0].strip()
    if (
        len(name) < 3
        or len(name) > 110
        or _GENERIC.match(name)
        or _DOMAIN.match(name)
        or "@" in name
        or "://" in name
    ):
        return None
    return name


def _candidates(text: str, layout: Layout, source: Source, title: str, path: str) -> Iterator[Issuer]:
    yield from _from_metadata(source)
    guess = _by_path(path, text)
    if guess and f" {fold(guess.name)} " in f" {fold(text)} ":
        yield Issuer(guess.name, guess.basis, 1.5)
    yield from _from_head(layout)
    yield from _from_contact(layout)
    yield from _from_boilerplate(layout)
    yield from _from_title(title, text)
    yield from _from_text(text, layout)


def _from_metadata(source: Source) -> Iterator[Issuer]:
    if source.publisher and not _PERSON.match(source.publisher):
        yield Issuer(source.publisher, "metadata", 7.0)
    if source.author and names.is_name(source.author):
        yield Issuer(source.author, "metadata", 6.0)
    elif source.author and not _PERSON.match(source.author) and not _PEOPLE.search(source.author):
        yield Issuer(source.author, "metadata", 4.5 if source.format in ("md", "html") else 2.0)


def _from_head(layout: Layout) -> Iterator[Issuer]:
    for line in (part for whole in layout.letterhead() for part in parts(whole)):
        if found := _PUBLISHER.match(line):
            yield Issuer(_office(found["name"]), "letterhead", 9.0)
        elif found := _OFFICE.match(line):
            yield Issuer(_office(line), "letterhead", 8.0)
        elif (found := _KIND_OF.match(line)) and not _NO_NAME.match(found["name"]):
            full = next(names.find(f"{found['article'] or ''}{found['name']}"), None)
            yield Issuer(full.text if full else found["name"], "letterhead", 7.0 if found["article"] else 5.5)
        elif names.is_name(line.title() if line.isupper() else line):
            yield Issuer(line.title() if line.isupper() else line, "letterhead", 8.0)
        else:
            yield from (Issuer(name.text, "letterhead", 6.0) for name in names.find(line))


def _office(name: str) -> str:
    found = _OFFICE.match(name)
    if found is None:
        return name
    article = re.search(r" (der|des) ", found[0][: found.start("name") - found.start()])
    full = next(names.find(f"{article[1]} {found['name']}" if article else found["name"]), None)
    return full.text if full else found["name"]


def _from_contact(layout: Layout) -> Iterator[Issuer]:
    for line in layout.of("contact"):
        if found := _PUBLISHER.match(line):
            yield Issuer(_office(found["name"]), "contact", 7.0)
        elif found := _OFFICE.match(line):
            yield Issuer(_office(line), "contact", 6.5)
        elif names.is_name(line):
            yield Issuer(line, "contact", 6.0)
        else:
            yield from (Issuer(name.text, "contact", 4.5) for name in names.find(line[:300]))


def _from_boilerplate(layout: Layout) -> Iterator[Issuer]:
    for line in layout.of("boilerplate"):
        if found := _ABOUT.match(line):
            yield Issuer(found["name"], "boilerplate", 6.5)
        elif (found := _IS_A.match(line)) and not _LOWER.search(found["name"]):
            yield Issuer(found["name"], "boilerplate", 4.0)


def _from_title(title: str, text: str) -> Iterator[Issuer]:
    found = _BEFORE_COLON.match(title)
    if (
        found
        and not _PERSON.match(found["name"])
        and text.count(found["name"]) > 1
        and len(found["name"].split()) > 1
    ):
        yield Issuer(found["name"], "text", 3.0)
    yield from (Issuer(name.text, "text", 3.2) for name in names.find(title))


def _from_text(text: str, layout: Layout) -> Iterator[Issuer]:
    for number, line in enumerate(layout.of("body")):
        for name in names.find(line[:3000]):
            weight = 2.0 + (0.8 if number == 0 else 0.0)
            if name.short:
                weight += 1.0 + 0.4 * min(len(re.findall(rf"\b{re.escape(name.short)}\b", text)), 5)
                speaks = re.search(
                    rf"\b{re.escape(name.short)}-?\s?(?:\w*[Pp]räsident|\w*[Ss]precher|\w*[Vv]orsitzend|\w*[Gg]eschäftsführ|\w*[Ee]xpert|\w*[Cc]hef)",
                    text,
                )
                weight += 2.0 if speaks else 0.0
            yield Issuer(name.text, "text", weight)


def _by_path(path: str, text: str) -> Issuer | None:
    """A folder or file name turned readable: ``stadt-falkenrode/`` -> ``Stadt Falkenrode``."""
    *folders, file = path.split("/")
    for folder in reversed(folders):
        if name := _readable(folder, text):
            return Issuer(name, "folder", 0.0)
    name = _readable(re.sub(r"[-_. ]*\d.*$", "", file.rpartition(".")[0]), text)
    return Issuer(name, "filename", 0.0) if name else None


def _readable(part: str, text: str) -> str | None:
    """A part of a path -> words, written as the text writes them where it has them (``bka`` -> ``BKA``)."""
    words = [word for word in re.split(r"[-_. ]+", part) if word]
    if not words or _GENERIC.match(part):
        return None
    return " ".join(_as_in(text, word) for word in words)


def _as_in(text: str, word: str) -> str:
    found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return found[0] if found else word.upper() if len(word) <= 3 else word[:1].upper() + word[1:]

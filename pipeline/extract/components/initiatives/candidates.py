"""What in a release may be the name of an initiative: what a rule, a shape, a quotation or the model shows.

Nothing is decided here. A candidate knows where it stands and what pointed at it; ``features`` and ``scorer``
judge.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.components import bodies, examples
from pipeline.extract.components.initiatives import known, leanings
from pipeline.extract.components.initiatives.heads import is_compound, kind_of, shape_words
from pipeline.extract.components.page import Page, Span, Unit
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import Patterns, Rule, load

_MAX_WORDS = 12  # a longer quotation is speech, not a name
_QUOTATION = re.compile(r"[„“\"»«‚›‹'](?P<name>[^„“”\"»«‚‘’›‹\n]{2,90}?)[“”\"«»‘’›‹']")
_QUOTES = frozenset("„“\"»«‚›‹'")
_SENTENCE = re.compile(r"[.?;]$|[.!?] |, (?:dass|weil|wenn|und|der|die|das|wie|was)\b|:$")
_GENERIC = re.compile(
    r"(?:\d[\d.]*|20\d\d|[IVX]+)$|\d[\d.,:]* (?:Uhr|Euro|Prozent|Cent|Millionen|Milliarden|Menschen|Personen"
    r"|Kilometer|Meter|Grad|Tonnen|Minuten|Stunden|Tagen?|Wochen|Monaten?|Jahren?)\b"
)
# how laws are written short: "MustBauG", "MustNutzV"
_LAW = re.compile(r"(?=\w*[a-zäöü])[A-ZÄÖÜ]\w*[a-zäöü](?:G|V|VO|GB|O)")
_TAIL = re.compile(r" (?:und|sowie) (?P<office>[A-ZÄÖÜ][\w*:]+)$| (?:Tel|Telefon|Fax|Mail|E-Mail)$")
_LETTERS, _SIGN = re.compile(r"[^\W\d_]{2}"), re.compile(r"[„“\"»«()]")
Pointer = tuple[int, int, str, str | None]  # start, end, what points there, the kind it says
# what found an organisation -> what that says about an initiative of the same name
_BODIES = {
    "model": "body-model",
    "rule:repeat": "body-model",
    "rule:org-issuer": "body-issuer",
    "rule:org-acronym": "body-acronym",
    "rule:org-single": "body-known",
    "rule:org-fraction": "body-known",
    "rule:org-legal-form": "body-legal",
    "rule:org-legal-form-head": "body-legal",
    "rule:org-quoted-inner": "body-legal",
}
QUOTED = frozenset({"initiative-quoted", "initiative-quoted-before", "initiative-motto"})


@dataclass(slots=True)
class Candidate:
    """A name, every place where something pointed at it, and what did."""

    text: str
    places: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[str, str] = field(default_factory=dict)  # what pointed -> the kind that it says

    @property
    def by(self) -> set[str]:
        """Everything that pointed at one of its places."""
        return set().union(*self.places.values())


def gather(page: Page, authority: Authority, others: Sequence[Span]) -> list[Candidate]:
    """The candidates of a page by name, in order of their first place."""
    found: dict[str, Candidate] = {}
    people = [(s.start, s.end) for s in others if s.label == "PER"]
    for start, end, by, kind in _pointers(page, authority, others):
        if (trimmed := _trim(page, start, end)) is None or _is_inside(trimmed, people) or _is_cut(page, trimmed):
            continue
        text = page.flat[trimmed[0] : trimmed[1]]
        if not _may_be_name(text) or (by != "known" and bodies.is_established(text)):
            continue
        candidate = found.setdefault(text, Candidate(text))
        candidate.places[trimmed].add(by)
        if kind:
            candidate.kinds.setdefault(by, kind)
    named = (c for c in found.values() if not _is_place(c, authority))
    return sorted(named, key=lambda c: min(c.places))


def _is_place(candidate: Candidate, authority: Authority) -> bool:
    """Whether a name is that of a large place, and no quotation marks make another thing of it."""
    large = authority.known_places
    named = candidate.text in large or candidate.text.removesuffix("s") in large
    return named and not candidate.by & (QUOTED | {"quotation", "known"})


def _pointers(page: Page, authority: Authority, others: Sequence[Span]) -> Iterator[Pointer]:
    """Start, end, what points there, the kind it says."""
    for rule, unit in page.chances("initiatives"):
        yield from _by_rule(page, rule, unit)
    for rule, unit in page.chances("initiative_shapes"):
        yield from _by_shape(page, rule, unit, authority)
    for unit, words in zip(page.units, page.tokens, strict=True):
        if not _QUOTES.isdisjoint(words):
            yield from _quotations(page, unit)
    yield from known.find(page)
    for span in examples.find(page, kind_of):
        yield span.start, span.end, span.found_by.removeprefix("rule:"), span.kind
    yield from _named(page, others)


def _quotations(page: Page, unit: Unit) -> Iterator[Pointer]:
    for match in _QUOTATION.finditer(page.flat, unit.start, unit.end):
        if not _SENTENCE.search(match["name"]) and len(match["name"].split()) <= _MAX_WORDS:
            yield match.start("name"), match.end("name"), "quotation", None


def _named(page: Page, others: Sequence[Span]) -> Iterator[Pointer]:
    """What the model takes for a name of no person, and the organisations."""
    for span in page.names:
        if span.label != "PER":
            yield span.start, span.end, f"model-{span.label.lower()}", None
    for start, end in leanings.find(page):
        yield start, end, "model-leaning", None
    for span in others:
        if span.label == "ORG":
            yield span.start, span.end, _BODIES.get(span.found_by, "body-other"), None


def _by_rule(page: Page, rule: Rule, unit: Unit) -> Iterator[Pointer]:
    """A rule's places; rules whose head says no kind give nothing."""
    for match in rule.pattern.finditer(page.flat, unit.start, unit.end):
        parts = match.groupdict()
        kind = rule.kind or _kind_before(page.flat[match.start() : match.start("name")], parts.get("head"))
        if kind is None or _is_common(rule, parts):
            continue
        name = match["name"].rstrip() if rule.id in QUOTED else _without_tail(match["name"].rstrip())
        yield match.start("name"), match.start("name") + len(name), rule.id, kind


def _by_shape(page: Page, rule: Rule, unit: Unit, authority: Authority) -> Iterator[Pointer]:
    """A shape's places; a run also without the head noun that begins it."""
    heads = "head" in rule.pattern.groupindex
    for match in rule.pattern.finditer(page.flat, unit.start, unit.end):
        head = match["head"] if heads else None
        kind = kind_of(head) if head else None
        if head and (kind is None or (rule.id != "shape-hyphen-head" and not is_compound(head))):
            continue
        if head and match["name"].endswith(load("initiative_shapes").words["common"]):
            continue
        if rule.id == "shape-er-compound" and not _is_of_place(re.split("[ -]", match["name"])[0], authority):
            continue
        start = match.start("name")
        if rule.id == "shape-run":
            start = _without_lead(page.flat, start, match.end("name"))
            if " " not in page.flat[start : match.end("name")]:
                continue
            first = page.flat[start : match.end("name")].split(maxsplit=1)
            if kind_of(first[0]) and len(first) > 1:
                yield match.end("name") - len(first[1]), match.end("name"), "shape-after-head", kind_of(first[0])
                if first[0].rpartition("-")[2] in _patterns().words["plain_heads"]:
                    continue
        yield start, match.end("name"), rule.id, kind


def _is_of_place(word: str, authority: Authority) -> bool:
    """Whether an adjective in -er is made of a place: "Erfurter", "Göttinger", "Bremer"."""
    base = word.removesuffix("er")
    return any(base + ending in authority.places for ending in ("", "e", "en", "n", "er"))


def _without_lead(flat: str, start: int, end: int) -> int:
    """The start of a run behind words that begin no name: articles, offices."""
    words = flat[start:end].split(" ")
    while len(words) > 1 and (is_no_name(words[0]) or is_office(words[0])):
        start += len(words.pop(0)) + 1
    return start


def _without_tail(name: str) -> str:
    """A name without what the sentence goes on with: an office ("Muster und Vorsitzende"), a telephone number."""
    tail = _TAIL.search(name)
    return name[: tail.start()] if tail and (not tail["office"] or is_office(tail["office"])) else name


def _kind_before(lead: str, head: str | None) -> str | None:
    """The kind that the first telling noun before a name says, or the head inside or behind it."""
    nouns = [*re.findall(r"[A-ZÄÖÜ][\w-]*", lead), *([head] if head else [])]
    return next((kind for noun in nouns if (kind := kind_of(noun))), None)


def _is_common(rule: Rule, parts: dict[str, str | None]) -> bool:
    """Whether a shape is that of an everyday word: "EU-Projekt", "Schuljahr", "Bebauungsplan"."""
    words, first = _patterns().words, parts.get("first")
    if first is None:
        return False
    if rule.id == "initiative-hyphen":
        return first in words["common_firsts"] or first.endswith("Tage")
    if rule.id == "initiative-theme-year":
        return any(first == c or (len(c) > 3 and first.lower().endswith(c.lower())) for c in words["common_years"])
    return first in words["common_plans"]


_LEAD = re.compile(r"(?:[Dd](?:er|ie|as|es|em|en)|[Uu]nd|[Bb]eim?|[Zz]um|[Zz]ur|[Vv]om|[Ii]m|[Aa]m) ")


def _trim(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Without quotation marks, articles and signs at the ends."""
    while start < end and (page.flat[start] in " „“”\"»«‚‘›‹'(,.–-"):
        start += 1
    while end > start and page.flat[end - 1] in " „“”\"»«‚‘›‹'(,;:–-.":
        end -= 1
    lead = _LEAD.match(page.flat, start, end)
    if lead and not page.flat[start].isupper():
        start = lead.end()
    return (start, end) if end - start > 1 else None


def _is_cut(page: Page, place: tuple[int, int]) -> bool:
    """Whether a name goes on behind "&" or stands behind it: the half of one."""
    return page.flat.startswith(" & ", place[1]) or page.flat.endswith("& ", 0, place[0])


def _is_inside(place: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in taken)


def _may_be_name(text: str) -> bool:
    """What no name of an initiative can be: a number, a law, a sentence."""
    if not _LETTERS.search(text) or len(text.split()) > _MAX_WORDS or _GENERIC.match(text):
        return False
    if _LAW.fullmatch(text) or text in shape_words("english_terms"):
        return False
    if text.lower().rstrip(" !").endswith(_patterns().words["law_ends"]) or _SIGN.search(text):
        return False
    return not is_no_name(text) and text not in _camel_never() and not is_office(text)


@cache
def _camel_never() -> frozenset[str]:
    return frozenset(_patterns().words["camel_never"])


def _patterns() -> Patterns:
    return load("initiatives")

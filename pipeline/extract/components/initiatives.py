"""Initiatives: what is undertaken under a name of its own.

By quotation marks and a head noun ("die Kampagne „Muster bewegt“"), head noun and name ("Projekt
Mustertourismus"), the shape of the name ("Robotik-Festival", "KulturMuster", "Burgenjahr"), and lists of examples
after a generic head.
Laws, permanent organisations and ordinary nouns are kept out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.core.text import slug
from pipeline.extract.authority import Authority
from pipeline.extract.components import examples
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import Patterns, Rule, load

_SENTENCE = re.compile(r"[.?;]$|[.!?] |, (?:dass|weil|wenn|und|der|die|das|wie|was)\b|:$")
_QUOTED_IDS = frozenset({"initiative-quoted", "initiative-quoted-before", "initiative-motto"})
_QUOTED_RULES = frozenset(f"rule:{rule}" for rule in _QUOTED_IDS)
_TAIL = re.compile(r" (?:und|sowie) (?P<office>[A-ZÄÖÜ][\w*:]+)$| (?:Tel|Telefon|Fax|Mail|E-Mail)$")
# what these rules call an organisation is permanent
_BODY_RULES = frozenset(
    {"rule:org-issuer", "rule:org-legal-form", "rule:org-legal-form-head", "rule:org-quoted-inner"}
)
_EARLY = 12  # words: a longer quotation is speech, not a name
_GENERIC_NAME = re.compile(r"(?:\d[\d.]*|20\d\d|[IVX]+)$")
_ADJECTIVE_HEAD = re.compile(
    r"(?P<adjective>(?P<stem>International|Europäisch|National|Bundesweit|Deutsch|Interkulturell|Bayerisch|Hessisch"
    r"|Sächsisch|Lang|Digital|Grün|Global)e[nms]) "
    r"(?P<head>(?=[A-ZÄÖÜ])\w*(?i:tag|monat|preis|cup|kongress|woche|nacht|konferenz|messe|jahr|festival|forum|agenda"
    r"|strategie|allianz|initiative|cloud))\b"
)
_GENDERS = (("tag$|monat$|preis$|cup$|kongress$", "er"), ("jahr$|festival$|forum$", "es"), ("", "e"))
_GENITIVE_HEAD = re.compile(r"(?:es|s)$")


def find(page: Page, authority: Authority, others: Sequence[Span]) -> list[Span]:
    """The initiatives of a page; ``others`` are its people, places and organisations."""
    names = {page.flat[s.start : s.end]: s.label for s in others}
    bodies = {page.flat[s.start : s.end] for s in others if s.found_by in _BODY_RULES}
    found = [
        span
        for unit in page.units
        for rule in _patterns().rules
        for span in _matches(page, rule, unit.start, unit.end)
        if _is_name(page, span, names, authority)
    ]
    found += [span for span in examples.find(page, kind_of) if _is_name(page, span, names, authority)]
    return _flat([s for s in found if page.flat[s.start : s.end] not in bodies], others)


def _matches(page: Page, rule: Rule, start: int, end: int) -> Iterator[Span]:
    """A rule's spans with their kinds; rules whose head says no kind give nothing."""
    for match in rule.pattern.finditer(page.flat, start, end):
        parts = match.groupdict()
        kind = rule.kind or _kind_before(page.flat[match.start() : match.start("name")], parts.get("head"))
        if kind is None or _is_common(rule, parts):
            continue
        name = match["name"].rstrip() if rule.id in _QUOTED_IDS else _without_tail(match["name"].rstrip())
        first, last = match.start("name"), match.start("name") + len(name)
        yield Span(first, last, "INITIATIVE", f"rule:{rule.id}", rule.confidence, kind=kind)


def _without_tail(name: str) -> str:
    """A name without what the sentence goes on with: an office ("Muster und Vorsitzende"), a telephone number."""
    tail = _TAIL.search(name)
    return name[: tail.start()] if tail and (not tail["office"] or is_office(tail["office"])) else name


def _kind_before(lead: str, head: str | None) -> str | None:
    """The kind that the first telling noun before a name says, or the head inside or behind it."""
    nouns = [*re.findall(r"[A-ZÄÖÜ][\w-]*", lead), *([head] if head else [])]
    return next((kind for noun in nouns if (kind := kind_of(noun))), None)


def kind_of(head: str) -> str | None:
    """The kind that a head noun says; None if it is no head of an initiative.

    >>> kind_of("Zukunftsinitiative"), kind_of("Förderprogramms"), kind_of("Bürgermeister")
    ('campaign', 'funding', None)
    """
    for word in (head.lower(), _GENITIVE_HEAD.sub("", head.lower())):
        best = max((e for e in _endings() if word.endswith(e)), key=len, default=None)
        if best:
            return _endings()[best]
    return None


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


def _is_name(page: Page, span: Span, names: dict[str, str], authority: Authority) -> bool:
    """Whether what stands there can be the name of an initiative."""
    text = page.flat[span.start : span.end]
    if not text or len(text.split()) > _EARLY or text[0] in " ,." or _GENERIC_NAME.match(text):
        return False
    if text.lower().rstrip(" !").endswith(_patterns().words["law_ends"]):
        return False
    if span.found_by in _QUOTED_RULES:
        return _is_title(text, motto=span.found_by == "rule:initiative-motto")
    if (
        text in _patterns().words["camel_never"]
        or text in authority.first_names
        or is_no_name(text.split(maxsplit=1)[0])
    ):
        return False
    return _is_shape_name(page, span.found_by, text, names, authority)


def _is_title(text: str, *, motto: bool) -> bool:
    """Whether a quotation is a title and no speech."""
    if _SENTENCE.search(text):
        return False
    speech = text.startswith(("Wir ", "Ich ")) or (text.islower() and " " not in text)
    return motto or not speech


def _is_shape_name(page: Page, rule: str, text: str, names: dict[str, str], authority: Authority) -> bool:
    """Whether a name without quotation marks is one's own, by what the rule that found it leaves open."""
    if rule == "rule:initiative-domain":
        own = page.issuer is not None and slug(page.issuer)[:8] in slug(text)
        return not own and text.split(".", 1)[0].capitalize() not in authority.places
    if rule == "rule:initiative-camel":
        return re.split(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", text)[0] not in authority.first_names
    if rule == "rule:initiative-hyphen":
        return not _is_self_standing(page, text)
    return rule != "rule:initiative-head" or _is_head_name(text, names, authority)


def _is_self_standing(page: Page, text: str) -> bool:
    """Whether the first part is a name of its own: "OSM" in "OSM-Projekt"."""
    first, _, _ = text.rpartition("-")
    return len(re.findall(rf"(?<![\w-]){re.escape(first)}(?![\w-])", page.flat)) > 1


def _is_head_name(text: str, names: dict[str, str], authority: Authority) -> bool:
    """Yes to "Projekt Mustertourismus", no to "Projekt Deutschlands", "Initiative Frau Muster"."""
    first = text.split(maxsplit=1)[0]
    if names.get(text) in {"PER", "LOC"} or first in authority.places or is_office(first):
        return False
    return not (first.endswith("s") and first[:-1] in authority.places) and len(text) > 2


def _flat(found: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """No two initiatives overlap; a weak shape that is surely something else is dropped."""
    sure = {(s.start, s.end) for s in others if s.confidence >= 0.9 and s.label != "LOC" and s.found_by != "model"}
    inside = [s for s in others if s.label == "ORG" and s.found_by.startswith("rule:org-quoted")]
    found = [f for f in found if not any(s.start < f.start and f.end < s.end for s in inside)]
    found = [f for f in found if not _belongs_to_body(f, others)]
    taken: list[Span] = []
    for span in sorted(
        found, key=lambda s: (s.confidence < 0.8, -s.confidence, s.start - s.end, s.start, s.found_by)
    ):
        weak = span.confidence < 0.9 and (span.start, span.end) in sure
        if not weak and not any(span.start < o.end and o.start < span.end for o in taken):
            taken.append(span)
    return sorted(taken, key=lambda s: s.start)


def _belongs_to_body(span: Span, others: Sequence[Span]) -> bool:
    """Whether a weak shape is part of an organisation's name, or the issuer itself."""
    if span.found_by in {"rule:initiative-camel", "rule:initiative-hyphen", "rule:initiative-open-compound"}:
        return any(
            o.label == "ORG"
            and o.start <= span.start
            and span.end <= o.end
            and o.end - o.start > span.end - span.start
            for o in others
        )
    return span.found_by == "rule:initiative-proud-head" and any(
        o.found_by == "rule:org-issuer" and span.start <= o.start and o.start < span.end for o in others
    )


def unclaimed(others: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """People, places and organisations without those that only the model saw inside an initiative's name."""
    return [s for s in others if not any(_is_claimed(s, initiative) for initiative in found)]


def _is_claimed(span: Span, initiative: Span) -> bool:
    same = (span.start, span.end) == (initiative.start, initiative.end)
    inside = initiative.start <= span.start and span.end <= initiative.end
    doubtful = span.found_by in {"model", "rule:repeat"}
    return (same and not span.found_by.startswith("rule:org-")) or (inside and doubtful)


def resolve(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Names in the nominative where the release has it, short forms under the long one.

    "Grünplans" is "Grünplan"; "Muster" is "Muster Beispielstadt" if that is an initiative of the release.
    """
    every = {page.flat[s.start : s.end] for s in spans}
    names = {text: _nominative(text, every) for text in every}
    full = {text: _longer(name, sorted(names.values())) for text, name in names.items()}
    return [replace(s, name=full[page.flat[s.start : s.end]]) for s in spans]


def _longer(name: str, names: Sequence[str]) -> str:
    """The one name that begins with this one and goes on; itself if there is none or a choice."""
    longer = sorted({other for other in names if other.startswith(name + " ")})
    return longer[0] if len(longer) == 1 else name


def _nominative(text: str, every: set[str]) -> str:
    if match := _ADJECTIVE_HEAD.match(text):
        ending = next(e for gender, e in _GENDERS if re.search(gender, match["head"].lower()))
        return match["stem"] + ending + text[match.end("adjective") :]
    for ending in () if " des " in text else ("es", "s"):
        bare = text.removesuffix(ending)
        if bare != text and (
            bare in every
            or re.search(
                r"(?:konzept|projekt|programm|plan|dialog|festival|preis|netzwerk|jahr)$", bare, re.IGNORECASE
            )
        ):
            return bare
    return text


@cache
def _endings() -> dict[str, str]:
    return {ending: kind for kind, endings in _patterns().tables["kinds"].items() for ending in endings}


def _patterns() -> Patterns:
    return load("initiatives")

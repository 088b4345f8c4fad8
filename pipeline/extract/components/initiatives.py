"""Initiatives: what is undertaken under a name of its own.

By quotation marks and a head noun ("die Kampagne „Muster bewegt“"), head noun and name ("Projekt Mustertourismus"),
the shape of the name ("MINT-Festival", "KulturMuster", "Bauhausjahr"), and lists of examples after a generic head.
Laws, permanent organisations and ordinary nouns are kept out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.core.text import slug
from pipeline.extract.authority import Authority
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import Patterns, Rule, load

_SENTENCE = re.compile(r"[.?;]$|[.!?] |, (?:dass|weil|wenn|und|der|die|das|wie|was)\b|:$")
# what these rules call an organisation is permanent
_BODY_RULES = frozenset(
    {"rule:org-issuer", "rule:org-legal-form", "rule:org-legal-form-head", "rule:org-quoted-inner"}
)
_EARLY = 12  # words: a longer quotation is speech, not a name
_GENERIC_NAME = re.compile(r"(?:\d[\d.]*|20\d\d|[IVX]+)$")
_ADJECTIVE_HEAD = re.compile(
    r"(?P<adjective>(?P<stem>International|Europäisch|National|Bundesweit|Deutsch|Interkulturell|Bayerisch|Hessisch|Sächsisch|Lang|Digital|Grün|Global)e[nms])"
    r" (?P<head>(?=[A-ZÄÖÜ])\w*(?i:tag|monat|preis|cup|kongress|woche|nacht|konferenz|messe|jahr|festival|forum|agenda|strategie|allianz|initiative|cloud))\b"
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
    found += [span for span in _lists(page) if _is_name(page, span, names, authority)]
    return _flat([s for s in found if page.flat[s.start : s.end] not in bodies], others)


def _matches(page: Page, rule: Rule, start: int, end: int) -> Iterator[Span]:
    """A rule's spans with their kinds; rules whose head says no kind give nothing."""
    for match in rule.pattern.finditer(page.flat, start, end):
        parts = match.groupdict()
        kind = rule.kind or _kind_before(page.flat[match.start() : match.start("name")], parts.get("head"))
        if kind is None or _is_common(rule, parts):
            continue
        first, last = match.span("name")
        yield Span(first, last, "INITIATIVE", f"rule:{rule.id}", rule.confidence, kind=kind)


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
        return first in words["common_firsts"]
    if rule.id == "initiative-theme-year":
        return any(first == c or (len(c) > 3 and first.lower().endswith(c.lower())) for c in words["common_years"])
    return first in words["common_plans"]


def _is_name(page: Page, span: Span, names: dict[str, str], authority: Authority) -> bool:
    """Whether what stands there can be the name of an initiative."""
    text = page.flat[span.start : span.end]
    words = text.split()
    quoted = span.found_by.startswith("rule:initiative-quoted")
    if not words or len(words) > _EARLY or text[0] in " ,." or _GENERIC_NAME.match(text):
        return False
    if text.lower().rstrip(" !").endswith(_patterns().words["law_ends"]):
        return False
    if span.found_by == "rule:initiative-motto":
        return _SENTENCE.search(text) is None
    if quoted:
        return (
            _SENTENCE.search(text) is None
            and not (len(words) == 1 and text.islower())
            and words[0] not in {"Wir", "Ich"}
        )
    if span.found_by == "rule:initiative-domain" and page.issuer and slug(page.issuer)[:8] in slug(text):
        return False
    if span.found_by == "rule:initiative-domain" and text.split(".")[0].capitalize() in authority.places:
        return False
    if span.found_by == "rule:initiative-hyphen" and _is_self_standing(page, text):
        return False
    if text in _patterns().words["camel_never"] or text in authority.first_names or is_no_name(words[0]):
        return False
    if span.found_by == "rule:initiative-head":
        return _is_head_name(page, span, text, names, authority)
    return True


def _is_self_standing(page: Page, text: str) -> bool:
    """Whether the first part is a name of its own: "OSM" in "OSM-Projekt"."""
    first, _, _ = text.rpartition("-")
    return len(re.findall(rf"(?<![\w-]){re.escape(first)}(?![\w-])", page.flat)) > 1


def _is_head_name(page: Page, span: Span, text: str, names: dict[str, str], authority: Authority) -> bool:
    """ "Projekt Mustertourismus", but not "Projekt Deutschlands", "Initiative Frau Muster", "Programm Ende Mai"."""
    first = text.split(maxsplit=1)[0]
    if names.get(text) in {"PER", "LOC"} or first in authority.places or is_office(first):
        return False
    return not (first.endswith("s") and first[:-1] in authority.places) and len(text) > 2


_HEADS = r"(?:Projekte|Initiativen|Veranstaltungen|Formate|Angebote|Vorhaben|Maßnahmen|Programme|Aktionen|Kampagnen|Wettbewerbe|Festivals|Events)n?"
_CUE = r"(?:etwa|wie etwa|wie|zum Beispiel|z\. ?B\.|beispielsweise|darunter|unter anderem|u\. ?a\.)"
_LIST = re.compile(rf"\b{_HEADS}\b[^.!?;:„“\"()]*?,? {_CUE} (?P<list>(?:der|die|das|den|dem) [^.!?;:„“\"]+)")
_TAIL = re.compile(
    r"(?:^|[.!?] )(?P<list>[A-ZÄÖÜ][^.!?;:„“\"]{5,160}?) (?:seien|sind|wären|werden|sei|ist|wäre) (?:hier |an dieser Stelle |nur |stellvertretend |lediglich )*(?:beispielhaft|als Beispiele?|exemplarisch|stellvertretend)(?: hier| nur)? ?(?:genannt|erwähnt|angeführt)"
)
_ITEM = re.compile(r"(?:^|, | und | oder | sowie )(?=(?:der|die|das|den|dem|des|[A-ZÄÖÜ]))(?<!- und )")
_ITEM_NAME = re.compile(
    r"(?:(?:der|die|das|den|dem) )?(?P<name>(?:[A-ZÄÖÜ][\w’'-]*- und )?[A-ZÄÖÜ][\w’'-]+(?: (?:im|in|am|für|der|des|mit) [A-ZÄÖÜ][\w-]+| [A-ZÄÖÜ][\w-]+)*)(?= ?(?:\([^)]*\))?$)"
)
_ABSTRACT = re.compile(r"(?:ung|ungen|heit|keit|schaft|tion|nahme|bau|messen|maßnahmen|kräfte|kräften)$")


def _lists(page: Page) -> Iterator[Span]:
    """Items of "Projekte …, etwa der A, die B und das C" and of "A, der B oder das C seien beispielhaft genannt"."""
    for unit in page.units:
        for pattern, rule_id in ((_LIST, "initiative-list"), (_TAIL, "initiative-examples")):
            for match in pattern.finditer(page.flat, unit.start, unit.end):
                yield from _items(page, *match.span("list"), rule_id)


def _items(page: Page, start: int, end: int, rule_id: str) -> Iterator[Span]:
    for first, last in _pieces(page.flat, start, end):
        match = _ITEM_NAME.match(page.flat[first:last].rstrip())
        if match and not _ABSTRACT.search(match["name"]):
            begin = first + match.start("name")
            kind = kind_of(match["name"].split()[0]) or "project"
            yield Span(begin, begin + len(match["name"]), "INITIATIVE", f"rule:{rule_id}", 0.8, kind=kind)


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A list cut at its commas and its "und", "oder"; "Museums- und Theaternacht" stays whole."""
    begin = start
    for cut in re.finditer(r", |(?<!-) (?:und|oder|sowie) ", flat[start:end]):
        yield begin, start + cut.start()
        begin = start + cut.end()
    yield begin, end


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
    """People, places and organisations without those that only the model saw where an initiative's name stands."""
    claimed = {(s.start, s.end) for s in found}
    return [s for s in others if (s.start, s.end) not in claimed or s.found_by.startswith("rule:org-")]


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
    for ending in ("es", "s"):
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

"""Organisations: by the model, by shape (legal form, head and name), the issuer, acronyms tied to long forms.

Generic nouns without a name ("das Ministerium", "der Verein") are no organisations; articles stay outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.components import bodies, issuer
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import Patterns, load

_SURE = 0.9
_NOUNS = {"NOUN", "PROPN"}
_OPEN = {"rule:org-head-for", "rule:org-issuer"}  # may run into the next noun
_ADJECTIVE = re.compile(r"(?:al|ig|ich|isch|ar|iv|ell|ös|ant|ent|nd|t|er|neu|frei|hoh|eigen)e[rnsm]?$")
_STREET = re.compile(r"(?:str|straße|strasse|allee|gasse|weg|platz)\.?(?: \d.*)?$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:[Dd](?:er|ie|as|es|em|en)|[Bb]eim?|[Vv]om|[Zz]um|[Zz]ur|[Ii]m|[Ee]ine[rsmn]?|[Uu]nd|[Ff]ür|[Vv]on|[Aa]m"
    r"|[Uu]nsere?[rsmn]?|[Ss]owie|[Mm]it) "
)
_TAIL = re.compile(
    r"(?: (?:der|die|das|des|dem|den|und|für|von|vom|in|im|am|an|auf|zu|zur|zum|bei|mit|sowie|e)| ?[„“»«‚‘])+$"
)
_ACRONYM = re.compile(r" ?\(([A-ZÄÖÜ][\w&./-]{1,11})\)")


def find(page: Page) -> list[Span]:
    """All organisations of a page that anything speaks for; they may overlap, the caller chooses."""
    return [
        *bodies.find(page),
        *_shapes(page),
        *(_without_noun(page, span) for span in issuer.find(page)),
        *_repaired(page),
    ]


def joined(page: Page, organisations: Sequence[Span], places: Sequence[Span]) -> list[Span]:
    """Longer names made of what stands side by side.

    "Chaos Muster Club" + "Südland"; "Institut für Muster" + "der" + "Universität Beispielstadt".
    """
    town = {p.start: p for p in places if p.confidence >= 0.8}
    body = {o.start: o for o in sorted(organisations, key=lambda o: o.end)}
    found = []
    for span in organisations:
        text = page.flat[span.start : span.end]
        if (place := town.get(span.end + 1)) and page.flat[span.end] == " " and _takes_place(page, text, place):
            found.append(replace(span, end=place.end, found_by="rule:org-place", name=None))
        link = re.match(r" (?:der|des|von|an der|im|beim) (?:Stadt )?", page.flat[span.end : span.end + 14])
        if link and text.startswith(_patterns().words["part_heads"]):
            whole = body.get(span.end + link.end()) or (
                town.get(span.end + link.end()) if "Stadt" in link[0] else None
            )
            if whole:
                found.append(replace(span, end=whole.end, found_by="rule:org-part", confidence=0.9, name=None))
    return found


def _takes_place(page: Page, text: str, place: Span) -> bool:
    """Whether a place after a name belongs to it: a name of several words, an acronym, a head, a party."""
    if place.found_by.startswith("rule:place-street") or _STREET.search(page.flat[place.start : place.end]):
        return False
    if _ends_legally().search(text) or text in _patterns().words["seats"]:
        return False
    return (
        text in _patterns().words["parties"]
        or " " in text
        or sum(c.isupper() for c in text) > 1
        or kind_of_head(text)
    )


def whole(page: Page, organisations: Sequence[Span]) -> list[Span]:
    """Names in two parts, and names without the legal form that they carry elsewhere.

    "Muster Alliance" + "–" + "Bundesverband für Muster e. V."; "Musterwerk Süd" of "Musterwerk Süd e. V.".
    """
    first = {o.end: o for o in sorted(organisations, key=lambda o: -o.start)}
    legal = [o for o in organisations if _ends_legally().search(page.flat[o.start : o.end])]
    found = [
        replace(span, start=before.start, found_by="rule:org-dash", name=None)
        for span in legal
        if page.flat[max(0, span.start - 3) : span.start] == " – " and (before := first.get(span.start - 3))
        and before not in legal
    ]  # fmt: skip
    for name in dict.fromkeys(_ends_legally().sub("", page.flat[o.start : o.end]) for o in legal):
        if " " in name:
            found += [
                Span(hit.start(), hit.end(), "ORG", "rule:org-bare", 0.85)
                for hit in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page.flat)
            ]
    return found


def kind_of_head(text: str) -> bool:
    """Whether the last word is a head of organisations' names."""
    return _head().search(text) is not None


def acronyms(page: Page, organisations: Sequence[Span]) -> list[Span]:
    """Short forms in brackets after a long form, and wherever they stand again; ``name`` is the long form."""
    found: dict[str, str] = {}
    for span in organisations:
        match = _ACRONYM.match(page.flat, span.end) if span.label == "ORG" else None
        if match and _is_short_form(page.flat[span.start : span.end], match[1]):
            found.setdefault(match[1], span.name or page.flat[span.start : span.end])
    return [
        Span(hit.start(), hit.end(), "ORG", "rule:org-acronym", 0.9, name=long)
        for short, long in found.items()
        for hit in re.finditer(rf"(?<![\w-]){re.escape(short)}s?(?!\w)", page.flat)
    ]


def _is_short_form(long: str, short: str) -> bool:
    """Whether a bracket holds an acronym: several capitals, or the initials of the long form."""
    initials = [word[0] for word in long.split() if word[0].isupper()]
    return sum(c.isupper() for c in short) > 1 or initials == list(short.upper())


def _shapes(page: Page) -> Iterator[Span]:
    for rule, unit in page.chances("organisations"):
        for span in rule.find(page.flat, unit.start, unit.end):
            if (fixed := _trim(page, span)) and fixed.end - fixed.start > 1 and not _is_no_body(page, fixed):
                yield _without_noun(page, fixed)


def _is_no_body(page: Page, span: Span) -> bool:
    """Whether a shape stands for many or for people ("Erfurter Stadtgesellschaft", "Freiwillige Feuerwehr")."""
    text = page.flat[span.start : span.end]
    return text in _generic() or (span.confidence < _SURE and _no_body().search(text) is not None)


def _without_noun(page: Page, span: Span) -> Span:
    """Without a noun that only stands behind the name: "beim [Amt für Muster und Beispiel] Daten anfordern"."""
    before, _, last = page.flat[span.start : span.end].rpartition(" ")
    word = before[before.rfind(" ") + 1 :]
    bare = span.found_by in _OPEN and " " in before and word[:1].isupper() and _ADJECTIVE.search(word) is None
    nouns = page.pos_at.get(span.start + len(before) - len(word)) in _NOUNS
    nouns = nouns and page.pos_at.get(span.end - len(last)) == "NOUN"
    return span.moved(span.start, span.start + len(before)) if bare and nouns else span


def _repaired(page: Page) -> Iterator[Span]:
    """The model's organisations, with boundaries as the guidelines draw them, generic nouns dropped."""
    for span in page.names:
        if span.label == "ORG" and (fixed := _trim(page, span)) and not _is_generic(page, fixed):
            yield fixed


def _trim(page: Page, span: Span) -> Span | None:
    start, end = span.start, span.end
    while lead := _LEAD.match(page.flat, start, end):
        start = lead.end()
    text = page.flat[start:end]
    text = text.rstrip(
        " ,;:–-" + ("" if re.search(r"(?:e\. ?V|Inc|Co|Ltd)\.$", text) else ".") + ("" if "(" in text else ")")
    )
    if (opened := text.count("(") - text.count(")")) > 0:
        text = text[: text.rfind("(")].rstrip()
    elif opened < 0:
        text = text.rstrip(")")
    if span.found_by == "model":
        text = _without_tail(page, text)
    if not text or not (text[0].isupper() or text[0].isdigit() or "." in text):
        return None
    return span.moved(start, start + len(text))


def _without_tail(page: Page, text: str) -> str:
    """The model's name without what follows it: a list, a function word, an opening quotation mark, an organ."""
    if ", " in text:
        text = text[: text.index(", ")]
    text = _TAIL.sub("", text)
    head, hyphen, organ = text.rpartition("-")
    cut = hyphen and organ in _patterns().words["organs"] and (bodies.is_known(head) or _is_seen(page, head))
    return head if cut else text


def _is_seen(page: Page, name: str) -> bool:
    """Whether the model sees an organisation of this name elsewhere in the release."""
    return any(s.label == "ORG" and page.flat[s.start : s.end] == name for s in page.names)


def _is_generic(page: Page, span: Span) -> bool:
    """A single common noun is no name; nor is an office, a month, a piece of a quotation."""
    text = page.flat[span.start : span.end]
    if is_no_name(text) or text in _generic() or len(text) < 2 or _no_body().search(text):
        return True
    if any(sign in text for sign in '„“"') or text.isdigit():
        return text[0] in '„“"' or text.count("„") != text.count("“")
    if " " not in text and is_office(text):
        return True
    return (
        " " not in text
        and page.pos_at.get(span.start) == "NOUN"
        and text.lower() == text.capitalize().lower()
        and text[1:].islower()
        and text in _generic()
    )


@cache
def _ends_legally() -> re.Pattern[str]:
    return _patterns().compile(" {legal}$")


@cache
def _head() -> re.Pattern[str]:
    return _patterns().compile("(?i:{heads})$")


@cache
def _no_body() -> re.Pattern[str]:
    return _patterns().compile("(?i:(?<!\\w-)(?:{no_body_ends}))$")


@cache
def _generic() -> frozenset[str]:
    return frozenset(_patterns().words["generic"])


def _patterns() -> Patterns:
    return load("organisations")

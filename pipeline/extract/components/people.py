"""Which person a mention means: "Thomas Muster", "Musters" and "Frau Muster" under one name in the nominative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_no_name, is_office

_GENITIVE = re.compile(r"(?:s|’s|'s|’|')$")
# an article or an adjective before a word makes it a common noun: "der Koch", "gute Köche"
_ARTICLE = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine[nmrs]?|kein\w*|im|am|zum|zur|vom|beim|\d+|\w{3,}e[nmrs]?) $",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"(?:Frau|Herrn?|Familie|Dr\.|Prof\.) $")


def surnames(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Further mentions of people by their surname alone, where nothing else was found."""
    full = {surname for name in _full_names(page, spans) for surname in _surnames(name)}
    full |= {surname.title() for surname in full if surname.isupper()}  # "Anna MUSTER", later "Muster"
    found = list(spans)
    for surname in sorted(full, key=lambda name: (-len(name), name)):
        if len(surname) < 3 or is_no_name(surname):
            continue
        for hit in re.finditer(rf"(?<![\w-]){_any_case(surname)}s?(?![\w-])", page.flat):
            if any(hit.start() < s.end and s.start < hit.end() for s in found) or not _is_name_here(page, hit):
                continue
            found.append(Span(hit.start(), hit.end(), "PER", "rule:person-surname", 0.8))
    return [_as_person(page, span, full) for span in sorted(found, key=lambda span: span.start)]


def _as_person(page: Page, span: Span, surnames: set[str]) -> Span:
    """What only the model took for something else is a person if it is a surname of the release."""
    text = page.flat[span.start : span.end]
    doubtful = span.label in {"LOC", "ORG"} and span.found_by in {"model", "rule:repeat"}
    if doubtful and {text, text.removesuffix("s")} & surnames:
        lead = re.search(
            r"\b(?:[Vv]on|[Vv]an|[Zz]u|[Dd]e)(?: de[rnm])? $", page.flat[max(0, span.start - 10) : span.start]
        )
        start = (
            span.start - len(lead[0])
            if lead and any(" " in s and s.endswith(text) for s in surnames)
            else span.start
        )
        return replace(span, start=start, label="PER", found_by="rule:person-surname")
    return span


def _surnames(name: str) -> list[str]:
    """What a person is called by surname: "von Muster" and "Muster" for "Antje von Muster"."""
    match = re.search(r" ((?:[a-z]+ )+)([^ ]+)$", name)
    return [match[1] + match[2], match[2]] if match else [name.rsplit(maxsplit=1)[-1]]


def _any_case(surname: str) -> str:
    """A pattern that takes "Von Muster" at the start of a sentence for "von Muster"."""
    first = surname[0]
    return f"[{first}{first.upper()}]{re.escape(surname[1:])}" if first.islower() else re.escape(surname)


def resolve(page: Page, spans: Sequence[Span]) -> list[Span]:
    """People with ``name`` filled in: the fullest form in the release, nominative, the one used last before."""
    names = _full_names(page, spans)
    known = frozenset(names) | {name.split()[-1] for name in names}
    latest: dict[str, str] = {}
    for name in names:  # a surname may be used before its full form is
        latest.setdefault(name.split()[-1], name)
    resolved = []
    for each in spans:
        span = each
        if span.label == "PER":
            name = _nominative(page, span, known)
            if not _is_short(name):
                latest[name.split()[-1]] = name
            name = latest.get(name.split()[-1], name) if _is_short(name) else name
            span = span if span.name == name else replace(span, name=name)
        resolved.append(span)
    return resolved


def _is_short(name: str) -> bool:
    """A surname alone, with its particles or without."""
    return " " not in name or re.match(r"(?:[Vv]on|[Vv]an|[Zz]u|[Dd]e|[Dd]er) ", name) is not None


def _full_names(page: Page, spans: Sequence[Span]) -> list[str]:
    """Names of two words or more, in the nominative where the text shows it."""
    every = {page.flat[s.start : s.end] for s in spans if s.label == "PER"}
    known = frozenset(every | {text.split()[-1] for text in every})
    people = [s for s in spans if s.label == "PER" and " " in page.flat[s.start : s.end]]
    return list(dict.fromkeys(_nominative(page, s, known) for s in people))


def _nominative(page: Page, span: Span, known: frozenset[str]) -> str:
    """Without the genitive s, if the text knows the bare form or the name owns what follows."""
    text = page.flat[span.start : span.end]
    bare = _GENITIVE.sub("", text)
    if bare == text or (" " not in text and text in known and bare not in known):
        return text
    if bare in known or bare.split()[-1] in known:
        return bare
    once = page.flat.count(text) == 1
    owns = once and page.pos_at.get(span.end + 1) in {"NOUN", "ADJ"} and page.flat[span.end : span.end + 1] == " "
    return (
        bare
        if text.endswith(("’", "'", "’s", "'s"))
        or (owns and not text.endswith(("ss", "rs", "ns", "us", "is", "as")))
        else text
    )


def _is_name_here(page: Page, hit: re.Match[str]) -> bool:
    """Whether a surname is meant, and not the everyday word that many surnames are."""
    before = page.flat[max(0, hit.start() - 40) : hit.start()]
    if _SALUTATION.search(before):
        return True
    words = before.split()
    if words and is_office(words[-1].strip(",")) and before.endswith(" "):
        return True
    if page.pos_at.get(hit.start()) == "PROPN" or "-" in hit[0] or " " in hit[0]:
        return True
    return (
        page.pos_at.get(hit.start()) == "NOUN"
        and _ARTICLE.search(before) is None
        and hit.start() not in page.sentence_starts
    )

"""Which initiative a mention means: the nominative where the release has it, short forms under the long one.

"Grünplans" is "Grünplan"; "Muster" is "Muster Beispielstadt" if that is an initiative of the release; "MTF" is
"Muster Tech Fund" if "Muster Tech Fund (MTF)" stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.components.initiatives.heads import kind_of
from pipeline.extract.components.page import Page, Span
from pipeline.extract.patterns import load

_ADJECTIVE_HEAD = re.compile(
    r"(?P<adjective>(?P<stem>International|Europäisch|National|Bundesweit|Deutsch|Interkulturell|Bayerisch|Hessisch"
    r"|Sächsisch|Lang|Digital|Grün|Global)e[nms]) "
    r"(?P<head>(?=[A-ZÄÖÜ])\w*(?i:tag|monat|preis|cup|kongress|woche|nacht|konferenz|messe|jahr|festival|forum|agenda"
    r"|strategie|allianz|initiative|cloud))\b"
)
_GENDERS = (("tag$|monat$|preis$|cup$|kongress$", "er"), ("jahr$|festival$|forum$", "es"), ("", "e"))
_OWNED = re.compile(r"\b(?:[Dd]es|[Ee]ines|[Uu]nseres|[Dd]ieses)(?: \w+en)? [„“\"»«]?$")
_ACRONYM = re.compile(r"[“”\"«»]? ?\((?:kurz:? )?([A-ZÄÖÜ][\w&-]{1,11})\)")


def resolve(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Initiatives with ``name`` filled in."""
    short = _short_forms(page, spans)
    long = [span for span in spans if _text(page, span) not in short]
    every = {_text(page, s) for s in long}
    owned = {_text(page, s) for s in long if _OWNED.search(page.flat[max(0, s.start - 40) : s.start])}
    names = {text: _nominative(text, every, owned=text in owned) for text in every}
    full = {text: _longer(name, sorted(names.values())) for text, name in names.items()}
    named = [replace(span, name=full[_text(page, span)]) for span in long]
    named += [replace(span, name=full[_text(page, whole)]) for span, whole in _short(page, long, short)]
    return sorted(named, key=lambda span: span.start)


def _short_forms(page: Page, spans: Sequence[Span]) -> dict[str, Span]:
    """Short forms in brackets right behind a name -> that name."""
    found: dict[str, Span] = {}
    for span in spans:
        match = _ACRONYM.match(page.flat, span.end)
        if (
            match
            and sum(c.isupper() for c in match[1]) > 1
            and match[1] not in {*load("initiatives").words["no_short_forms"], _text(page, span)}
        ):
            found.setdefault(match[1], span)
    return {short: span for short, span in found.items() if _text(page, span) not in found}


def _short(page: Page, long: Sequence[Span], short: dict[str, Span]) -> list[tuple[Span, Span]]:
    """Wherever a short form stands alone, with the name that it is short for."""
    return [
        (replace(whole, start=hit.start(), end=hit.end(), found_by="rule:initiative-acronym"), whole)
        for form, whole in short.items()
        for hit in re.finditer(rf"(?<![\w-]){re.escape(form)}(?!\w)", page.flat)
        if not any(hit.start() < span.end and span.start < hit.end() for span in long)
    ]


def _text(page: Page, span: Span) -> str:
    return page.flat[span.start : span.end]


def _longer(name: str, names: Sequence[str]) -> str:
    """The one name that begins with this one and goes on; itself if there is none or a choice."""
    longer = sorted({other for other in names if other.startswith(name + " ")})
    return longer[0] if len(longer) == 1 else name


def _nominative(text: str, every: set[str], *, owned: bool) -> str:
    if match := _ADJECTIVE_HEAD.match(text):
        ending = next(e for gender, e in _GENDERS if re.search(gender, match["head"].lower()))
        return match["stem"] + ending + text[match.end("adjective") :]
    for ending in () if " des " in text else ("es", "s"):
        bare = text.removesuffix(ending)
        if bare != text and (bare in every or (owned and _is_head(bare))):
            return bare
    return text


def _is_head(text: str) -> bool:
    """Whether a text ends in a head noun as the table has it: then an "s" behind it is the genitive's."""
    word = re.split("[ -]", text)[-1]
    return kind_of(word) is not None and not word.endswith("s")

"""The issuer under its own name, wherever it stands.

The letterhead is read by other rules (``ingest``), which may take a line too much or another body's name; so an
issuer counts only where it looks like the name of one body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_office
from pipeline.extract.patterns import load

TOWN = re.compile(r"(?:Stadt|Gemeinde|Landkreis|Kreis|Landeshauptstadt|Hansestadt|Markt|Samtgemeinde) ")
_BRACKET = re.compile(r" \(([^)]*)\)$")
_LEGAL_TAIL = re.compile(r" (?:e\. ?V\.?|gGmbH|GmbH|AG|KG|SE|eG|mbH)$")
# "Muster Club Land MCL": the short form behind the long one
_SHORT_TAIL = re.compile(r"^(\S+ \S.*) ([A-ZÄÖÜ]{2,}[A-ZÄÖÜ-]*)$")
# "Musterverein und der Stadt Beispielheim": two bodies
_SECOND = re.compile(r" und (?:der|die|das|dem) .*$")


def find(page: Page) -> Iterator[Span]:
    """The issuer's name with and without legal form, its short form; towns are places, not organisations."""
    for name, whole in names(page.issuer or ""):
        for hit in re.finditer(rf"(?<![\w-]){re.escape(name)}(?:s|es)?(?!\w)", page.flat):
            yield Span(hit.start(), hit.end(), "ORG", "rule:org-issuer", 1.0, name=whole)


def names(issuer: str) -> list[tuple[str, str]]:
    """The forms of an issuer's name, each with the name it stands for; none if it is no name of one body.

    >>> names("Musterbund (MB)")
    [('Musterbund', 'Musterbund'), ('MB', 'Musterbund')]
    """
    issuer = _SECOND.sub("", issuer)
    if TOWN.match(issuer) or len(issuer) < 3 or not _is_body(issuer):
        return []
    bracket, tail = _BRACKET.search(issuer), _SHORT_TAIL.match(issuer)
    main = issuer[: bracket.start()] if bracket else tail[1] if tail else issuer
    short = bracket[1] if bracket else tail[2] if tail else ""
    forms = [main, _LEGAL_TAIL.sub("", main), *([short] if sum(c.isupper() for c in short) > 1 else [])]
    return [(form, main) for form in dict.fromkeys(forms)]


def _is_body(issuer: str) -> bool:
    """Whether it is the name of one body: no office in it, no organ of a body, no kind of text."""
    words = issuer.split()
    parts = [part for word in words for part in word.split("-")]
    table = load("organisations").words
    return not (
        any(is_office(part) for part in parts)
        or parts[-1] in table["organs"]
        or any(word in table["no_issuer"] for word in words)
    )

"""A pattern -> the letters that what it reads can begin with.

Most words begin no expression of time, and one that does concerns a handful of some hundred rules. So each pattern
is followed, once a process, through the first letters of all that it may match: rules are then looked up by the
signs that stand there. What is not followed (what stands around, a class of letters) counts as possible: a rule
may be looked up in vain, but none is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]  # nothing public tells what a pattern begins with
from typing import Any

LETTERS = 5  # by which rules are told apart: "18. Mai" is no "18.30 Uhr"; six cost more to make than they save
_MANY = 12  # signs of a class; a larger one counts as any sign
_AROUND = frozenset({"AT", "ASSERT", "ASSERT_NOT"})
_CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " "}
_BLANK = str(_parser.parse(r"[^\S\n]")[0][1])
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def key(text: str) -> str:
    """The signs of a text by which rules are looked up: small letters, digits as 0, any blank as a space.

    >>> key("21. Mai"), key("Einsatz")
    ('00. m', 'einsa')
    """
    return "".join(map(_sign, text[:LETTERS]))


def beginnings(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> frozenset[str]:
    r"""What the keys of all that a pattern may match begin with.

    >>> sorted(beginnings(r"(?:zum )?(?:Mai|\d\d?\.)"))
    ['0.', '00.', 'mai', 'zum 0', 'zum m']
    """
    done: set[str] = set()
    return frozenset(done | _follow(_parser.parse(pattern, flags), {""}, done))


def _follow(items: Iterable[Any], heads: set[str], done: set[str]) -> set[str]:
    """Heads with what a sequence adds; those that are long enough are done."""
    for operation, value in items:
        heads = _step(str(operation), value, heads, done)
        whole = {head for head in heads if len(head) == LETTERS}
        done |= whole
        heads -= whole
        if not heads:
            break
    return heads


def _step(name: str, value: Any, heads: set[str], done: set[str]) -> set[str]:
    if name in _AROUND:
        return heads
    if name == "SUBPATTERN":
        return _follow(value[-1], heads, done)
    if name == "BRANCH":
        return set().union(*(_follow(way, heads, done) for way in value[1]))
    if name in _REPEATS:
        return _repeat(value, heads, done)
    signs = {_sign(chr(value))} if name == "LITERAL" else _signs(value) if name == "IN" else set()
    if not signs:
        done |= heads
    return {head if sign == " " and head.endswith(" ") else head + sign for head in heads for sign in signs}


def _repeat(value: Any, heads: set[str], done: set[str]) -> set[str]:
    least, most, inner = value
    found = set() if least else set(heads)
    for times in range(1, min(int(most), max(int(least), LETTERS)) + 1):
        heads = _follow(inner, heads, done)
        if times >= least:
            found |= heads
        if not heads:
            break
    return found


def _signs(members: list[Any]) -> set[str]:
    """The signs of a class; none where they are too many."""
    if str(members) == _BLANK:
        return {" "}
    signs: set[str] = set()
    for operation, value in members:
        name = str(operation)
        if name == "LITERAL":
            signs.add(_sign(chr(value)))
        elif name == "RANGE" and value[1] - value[0] < _MANY:
            signs |= {_sign(chr(code)) for code in range(value[0], value[1] + 1)}
        elif name == "CATEGORY" and str(value) in _CATEGORIES:
            signs.add(_CATEGORIES[str(value)])
        else:
            return set()
    return signs


def _sign(sign: str) -> str:
    if sign.isdigit():
        return "0"
    return " " if sign.isspace() else sign.lower()

"""Where a release's letterhead ends and its headline stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.core.text import fold
from pipeline.ingest import cues
from pipeline.ingest.anatomy import letterhead
from pipeline.ingest.anatomy.lines import Line, is_prose

_REACH = 40
_WORD_AT_END = re.compile(
    r"(?:\b(?:für|und|oder|der|die|das|des|dem|den|im|in|mit|von|vom|zur|zum|zu|bei|auf|am|an|aus|ein|eine|einen"
    r"|einer|über|unter|durch|gegen|nach|vor|als)|[,–—-]"
    # an adjective waits for its noun
    r"|(?<= )[a-zäöüß]{3,}(?:ig|isch|lich|bar|sam|al|iv)e[nrs]?)$",
)
_DATELINE_LIKE = re.compile(r"^[A-ZÄÖÜ][\w /.-]{2,50}(?:, | \()(?:den |am )?\d{1,2}\. ?[\dA-Z]")
# "03.05.2021 • Presse, Allgemein": what a site's program writes below a headline, inside the same heading
_BYLINE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} ?[•|·–-] ?\w")
_MAX_SUBTITLE = 300
_MAX_KICKER = 24
_KICKER = re.compile(r"\S+(?: (?:und|&) \S+)?")
_SENTENCE_MARK = re.compile(r"[.!?:,–-]$|\d")
# a line with this many lower-case words that are no links of a name says something: it is a headline
_LOWER = re.compile(
    r"(?<![\w-])(?!(?:für|der|des|und|im|in|am|an|von|zur|zum|e|die|das|den|dem|mit|bei)\b)[a-zäöüß]{2,}"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Line numbers: of the title, of the subtitle, of letterhead lines, and where the body begins.

    ``skip`` is how many characters of the first title line are letterhead ("Pressemitteilung: ").
    """

    title: tuple[int, ...]
    subtitle: tuple[int, ...]
    letterhead: frozenset[int]
    body: int
    skip: int = 0


def holds(lines: list[Line], part: str) -> bool:
    """Whether a title or subtitle of the metadata stands in a text as a line (or wrapped lines) of its own."""
    return _given(lines[:_REACH], part) is not None


def find(lines: list[Line], title: str | None, hint: str | None) -> Heading:
    """Lines of a release, its title by metadata, a hint at its title -> where its heading is."""
    top = lines[:_REACH]
    first = _given(top, title) if title else None
    if first is None and hint:
        first = _hinted(top, hint)
    stop = _first_prose(top, (first[-1] + 1) if first else 0)
    marks = letterhead.marks(top[:stop])
    if first is None:
        first = _by_look(top[:stop], marks)
    if not first:
        head = frozenset(number for number, mark in enumerate(marks) if mark)
        return Heading((), (), head, max(head, default=-1) + 1)
    return _heading(lines, first, marks, stop)


def _given(top: list[Line], title: str) -> list[int] | None:
    """The lines that a title given by metadata stands on; it may be wrapped over several."""
    wanted = fold(title)
    for number, line in enumerate(top):
        have, used = fold(line.text), [number]
        while have and wanted.startswith(have) and have != wanted and used[-1] + 1 < len(top):
            used.append(used[-1] + 1)
            have = fold(have + " " + top[used[-1]].text)
        if have == wanted:
            return [one for one in used if one == number or not _BYLINE.match(top[one].text)]
    for number, line in enumerate(top[:15]):
        if len(wanted) > 12 and not is_prose(line.text) and _same_title(line.text, fold(line.text), wanted):
            return [number]
    return None


def _same_title(line: str, have: str, wanted: str) -> bool:
    """Whether a line is a title but for the word Pressemitteilung, a number behind it, or what a site adds."""
    if fold(line[letterhead.prefix(line) :]) == wanted or (len(have) > 12 and wanted.endswith(have)):
        return True
    return have.startswith(wanted) and not re.match(r"\s*[\w]", have[len(wanted) :])


def _hinted(top: list[Line], hint: str) -> list[int] | None:
    """The line that shares most of its words with a hint."""
    words = set(re.findall(r"\w+", fold(hint[letterhead.prefix(hint) :])))
    for number, line in enumerate(top[:15]):
        have = set(re.findall(r"\w+", fold(line.text)))
        if len(have) > 2 and len(have & words) >= 0.7 * len(have | words):
            return _wrapped(top, [False] * len(top), number)
    return None


def _first_prose(top: list[Line], start: int) -> int:
    for number in range(start, len(top)):
        line = top[number].text
        if is_prose(line) or (len(line) > 100 and _DATELINE_LIKE.match(line)):
            return number
    return len(top)


def _by_look(top: list[Line], marks: list[bool]) -> list[int]:
    """The first line that is neither sender nor date; below the word Pressemitteilung where that stands above."""
    strong = [number for number, line in enumerate(top) if letterhead.is_strong(line.text)]
    free = [number for number, mark in enumerate(marks) if not mark and not _is_caption(top[number].text)]
    if strong:
        above = [number for number in free if number < strong[0] and _says_something(top[number].text)]
        free = above[:1] or [number for number in free if number > strong[0]] or free[-1:]
    if not free:
        return _weak(top, strong)
    return _wrapped(top, marks, _below_kicker(top, marks, free))


def _below_kicker(top: list[Line], marks: list[bool], free: list[int]) -> int:
    """The headline's line: a single word (or two with "und") above a line that says something is a kicker."""
    first, text = free[0], top[free[0]].text
    if len(free) < 2 or len(text) > _MAX_KICKER or not _KICKER.fullmatch(text) or _SENTENCE_MARK.search(text):
        return first
    second = top[free[1]]
    if free[1] != first + 1 or marks[free[1]] or second.text[:1].islower():
        return first
    says = second.text.count(" ") > 2 and len(second.text) < letterhead.MAX_CHARS and _LOWER.search(second.text)
    return free[1] if says and not _DATELINE_LIKE.match(second.text) else first


def _weak(top: list[Line], strong: list[int]) -> list[int]:
    """All lines look like letterhead: the longest that is no date or address is the headline."""
    after = [
        n
        for n, line in enumerate(top)
        if n not in strong and len(line.text) > 20 and letterhead.could_be_title(line.text)
    ]
    return [max(after, key=lambda number: len(top[number].text))] if after else []


def _says_something(line: str) -> bool:
    return len(_LOWER.findall(line)) >= 2 and len(line.split()) >= 4


def _is_caption(line: str) -> bool:
    return cues.match("caption", line) is not None


def _wrapped(top: list[Line], marks: list[bool], number: int) -> list[int]:
    """A title and the lines of its block in which it goes on."""
    used = [number]
    while used[-1] + 1 < len(top) and len(used) < 4:
        before, line = top[used[-1]], top[used[-1] + 1]
        if marks[used[-1] + 1]:
            break
        goes_on = bool(_WORD_AT_END.search(before.text))
        if not goes_on and not (line.block == before.block and line.text[:1].islower()):
            break
        used.append(used[-1] + 1)
    return used


def _heading(lines: list[Line], title: list[int], marks: list[bool], stop: int) -> Heading:
    head = {number for number in range(title[0]) if number < len(marks)}
    subtitle: list[int] = []
    number = title[-1] + 1
    while number < stop and len(subtitle) < 3:
        line = lines[number].text
        if _ends_heading(line) or _is_wrapped(lines, number):
            break
        if marks[number] or _is_between(lines, marks, number):
            head.add(number)
        else:
            subtitle.append(number)
        number += 1
    while number < stop and marks[number]:
        head.add(number)
        number += 1
    if number == stop and not subtitle and _is_lead_subtitle(lines, stop):
        subtitle.append(stop)
        number += 1
    if len(subtitle) > 1 and number < stop:
        # many short lines: no subtitle but a body of short lines
        subtitle = subtitle[:1]
        number = subtitle[0] + 1
        head = {mark for mark in head if mark < number}
    return Heading(tuple(title), tuple(subtitle), frozenset(head), number, letterhead.prefix(lines[title[0]].text))


def _is_between(lines: list[Line], marks: list[bool], number: int) -> bool:
    """Whether a word or two (a district) stand between two lines of letterhead."""
    inside = 0 < number < len(marks) - 1 and marks[number - 1] and marks[number + 1]
    return inside and lines[number].text.count(" ") < 2


def _is_wrapped(lines: list[Line], number: int) -> bool:
    """Whether a line goes on in the next one, as only running text does."""
    if number + 1 >= len(lines):
        return False
    following = lines[number + 1]
    return following.block == lines[number].block and following.text[:1].islower()


def _ends_heading(line: str) -> bool:
    starts_body = line.endswith(":") or line.startswith(("- ", "• ", "„", "»", '"', "Liebe", "Sehr geehrte"))
    return starts_body or len(line) > _MAX_SUBTITLE or _is_caption(line)


def _is_lead_subtitle(lines: list[Line], number: int) -> bool:
    """A sentence of its own before a paragraph that begins with a dateline is the subtitle."""
    if number + 1 >= len(lines) or len(lines[number].text) > _MAX_SUBTITLE:
        return False
    return bool(_DATELINE_LIKE.match(lines[number + 1].text)) and not _DATELINE_LIKE.match(lines[number].text)

"""Words and digits of a hit -> numbers."""

from __future__ import annotations

import re

from pipeline.extract.components.dates.lexicon import WORDS

_ENDING = re.compile(r"(?:e[nmrs]?|n)$")
_MONTHS: dict[str, int] = {**WORDS["month_en"], **WORDS["month"], **WORDS["month_abbr"]}

_THOUSANDS = {"zweitausend": 2000, "neunzehnhundert": 1900, "achtzehnhundert": 1800}


def lookup(name: str, word: str) -> int | str | None:
    """A word of a table, with or without its inflection."""
    table = WORDS[name]
    key = " ".join(word.lower().split())
    stem = _ENDING.sub("", key)
    return table[key] if key in table else table.get(stem)


def month(word: str) -> int:
    """A month's name, abbreviation or number."""
    key = word.strip(". ").lower()
    return int(key) if key.isdigit() else _MONTHS[key]


def weekday(word: str) -> int | None:
    """1 (Monday) to 7; None for a holiday's name."""
    key = word.strip(". ")
    found = WORDS["weekday"].get(key.lower()) or WORDS["weekday_short"].get(key)
    return int(found) if found else None


def number(word: str) -> float | None:
    """Digits or a number word: "12", "3,5", "zwei", "fünfundzwanzig", "anderthalb"."""
    key = word.strip(". ").lower()
    if key in WORDS["portion"]:
        return float(WORDS["portion"][key])
    if key[-1:] == "½":
        return float(key[:-1]) + 0.5
    if re.fullmatch(r"[\d.,]+", key):
        return float(key.replace(",", "."))
    for start, base in _THOUSANDS.items():
        if key.startswith(start):
            rest = key.removeprefix(start).removeprefix("und")
            more = number(rest) if rest else 0.0
            return base + more if more is not None and more < 100 else None
    ones, und, tens = key.partition("und")
    if und and ones and tens:
        parts = lookup("number", ones), lookup("number", tens)
        return float(parts[0]) + float(parts[1]) if parts[0] and parts[1] else None
    found = lookup("number", key)
    return float(found) if found is not None else None


def shift(words: str) -> int:
    """How many units on: "des vergangenen Jahres" -> -1; 0 where no word says otherwise."""
    for word in words.split():
        key = re.sub(r"e[nmrs]?$", "", word.lower())
        if key in WORDS["shift"]:
            return int(WORDS["shift"][key])
        if key in ("morgig", "gestrig"):
            return 1 if key == "morgig" else -1
    return 0


def full_year(digits: str, around: int) -> int:
    """Two digits -> the year within ten years ahead of `around`; four digits as they are."""
    if len(digits) > 2:
        return int(digits)
    century = around // 100 * 100
    year = century + int(digits)
    return year if year <= around + 10 else year - 100

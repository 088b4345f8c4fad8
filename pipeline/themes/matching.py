"""Which guided themes a term speaks for, and how strongly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.core.text import fold
from pipeline.themes.scheme import GuidedTheme, Seed

Hit = tuple[str, float]  # theme id, weight


class SeedIndex:
    """All seeds of a scheme, looked up by hash: a term costs the same however many seeds there are."""

    def __init__(self, themes: Iterable[GuidedTheme]) -> None:
        themes = tuple(themes)
        self.means = frozenset(theme.theme_id for theme in themes if theme.means)
        self._words: dict[str, dict[str, list[Hit]]] = {m: {} for m in ("exact", "prefix", "suffix", "part")}
        self._phrases: list[tuple[re.Pattern[str], Hit]] = []
        for theme in themes:
            for seed in theme.seeds:
                self._add(theme.theme_id, seed)
        self._part_lengths = sorted({len(stem) for stem in self._words["part"]})
        self.find = cache(self._find)

    def _add(self, theme_id: str, seed: Seed) -> None:
        hit = (theme_id, seed.weight)
        if seed.mode == "phrase":
            self._phrases.append((_phrase_pattern(seed.stem), hit))
        else:
            self._words[seed.mode].setdefault(seed.stem, []).append(hit)

    def _find(self, term: str) -> dict[str, float]:
        """A term -> the weight it has for each theme; a term that says much is shared among its themes.

        >>> from pipeline.themes.scheme import parse_seed
        >>> school = GuidedTheme("education", "Bildung", "", "", "", (parse_seed("*schule", 3.0, ""),))
        >>> SeedIndex([school]).find("Grundschule")
        {'education': 3.0}
        """
        best: dict[str, float] = {}
        barred: set[str] = set()
        for theme_id, weight in self._hits(fold(term)):
            if weight:
                best[theme_id] = max(weight, best.get(theme_id, 0.0))
            else:
                barred.add(theme_id)
        left = {theme_id: weight for theme_id, weight in best.items() if theme_id not in barred}
        # a word of three themes decides for none of them: its weight is damped, not split
        return {theme_id: weight / len(left) ** 0.5 for theme_id, weight in sorted(left.items())}

    def _hits(self, term: str) -> Iterator[Hit]:
        if " " in term:
            yield from (hit for pattern, hit in self._phrases if pattern.fullmatch(term))
            # the noun of a phrase is a term of its own and counted there; its adjective is not
            term = term.split(maxsplit=1)[0]
        for mode, parts in (("exact", [term]), ("prefix", _beginnings(term)), ("suffix", _ends(term))):
            for part in parts:
                yield from self._words[mode].get(part, ())
        for part in self._parts(term):
            yield from self._words["part"].get(part, ())

    def _parts(self, term: str) -> set[str]:
        return {term[i : i + n] for n in self._part_lengths for i in range(len(term) - n + 1)}


def _beginnings(term: str) -> list[str]:
    return [term[:n] for n in range(1, len(term) + 1)]


def _ends(term: str) -> list[str]:
    return [term[n:] for n in range(len(term))]


def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word).replace(r"\*", r"\S*") for word in phrase.split()]
    return re.compile(" ".join(words))

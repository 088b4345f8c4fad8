"""Themes of this run and of the accepted run -> which are the same, and what happened to each.

Two themes are the same as far as they hold the same releases of today's corpus and as far as they are known by the
same terms. The accepted run is read as a set of terms by theme, so that no release is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from pipeline.core.text import slug
from pipeline.core.theme_records import ThemePassport
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.outcome import Fresh

Array = np.ndarray[Any, np.dtype[np.float64]]

# half of the releases or of the terms must be the same before a theme bears an old name
SAME = 0.35
# a theme came from another when at least half of its releases were there
CAME = 0.5
DIGITS = 6
ID_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Likeness:
    """Accepted themes x themes of this run, 0 to 1."""

    same: Array  # how far they are the same
    inside: Array  # how much of the accepted theme is in the new one
    came: Array  # how much of the new theme was in the accepted one


@dataclass(frozen=True, slots=True)
class Today:
    """The releases of this run: which has which term, where each term stands, the theme of each (-1: none)."""

    presence: sparse.csr_matrix
    place: Mapping[str, int]
    themes: Array


def likeness(accepted: Sequence[AcceptedTheme], fresh: Sequence[Fresh], today: Today) -> Likeness:
    """Compare by terms and by the releases that both runs would put there."""
    now = today.themes
    cosine = _cosine([theme.terms for theme in accepted], [theme.terms for theme in fresh])
    then = _apply([theme.terms for theme in accepted], today.presence, today.place)
    both = np.zeros((len(accepted), len(fresh)))
    known = (then >= 0) & (now >= 0)
    np.add.at(both, (then[known], now[known]), 1)
    before = np.bincount(then[known], minlength=len(accepted))[:, None]
    after = np.bincount(now[known], minlength=len(fresh))[None, :]
    overlap = both / np.maximum(before + after - both, 1)
    return Likeness(
        np.round((cosine + overlap) / 2, DIGITS),
        np.round(both / np.maximum(before, 1), DIGITS),
        np.round(both / np.maximum(after, 1), DIGITS),
    )


def _cosine(these: Sequence[Mapping[str, float]], those: Sequence[Mapping[str, float]]) -> Array:
    terms = {term: i for i, term in enumerate(sorted({t for side in (*these, *those) for t in side}))}
    sides = []
    for side in (these, those):
        rows = np.zeros((len(side), len(terms)))
        for i, weights in enumerate(side):
            rows[i, [terms[t] for t in weights]] = list(weights.values())
        sides.append(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
    return np.asarray(sides[0] @ sides[1].T)


def _apply(themes: Sequence[Mapping[str, float]], presence: sparse.csr_matrix, place: Mapping[str, int]) -> Any:
    """The theme of each release by the terms of ``themes``; -1 where it has none of them."""
    rows = np.zeros((presence.shape[1], len(themes)))
    for i, weights in enumerate(themes):
        known = [term for term in weights if term in place]
        rows[[place[term] for term in known], i] = [weights[term] for term in known]
    if not themes:
        return np.full(presence.shape[0], -1)
    scores = np.round(presence @ rows, DIGITS)
    return np.where(scores.any(axis=1), np.argmax(scores, axis=1), -1)


def match(like: Likeness) -> dict[int, int]:
    """Likeness -> which new theme is which accepted one, each at most once, the best pairing of all."""
    old, new = linear_sum_assignment(-like.same)
    return {int(j): int(i) for i, j in zip(old, new, strict=True) if like.same[i, j] >= SAME}


@dataclass(frozen=True, slots=True)
class _Compared:
    """The accepted run beside this one."""

    accepted: Sequence[AcceptedTheme]
    like: Likeness
    pairs: Mapping[int, int]  # new theme -> the accepted one that it is

    def left(self) -> list[int]:
        """Accepted themes that are no theme of this run."""
        taken = set(self.pairs.values())
        return [i for i, old in enumerate(self.accepted) if i not in taken and not old.gone]


def passports(
    accepted: Sequence[AcceptedTheme], fresh: Sequence[Fresh], like: Likeness
) -> tuple[list[ThemePassport], list[ThemePassport]]:
    """(a passport for each new theme in its order, passports of the accepted themes that vanished)."""
    compared = _Compared(accepted, like, match(like) if accepted else {})
    taken = {theme.theme_id for theme in accepted}
    rows = [
        _known(j, compared) if j in compared.pairs else _newcomer(j, theme, compared, _new_id(theme, taken))
        for j, theme in enumerate(fresh)
    ]
    return rows, [_vanished(i, accepted[i], rows, like) for i in compared.left()]


def _known(j: int, compared: _Compared) -> ThemePassport:
    like, i = compared.like, compared.pairs[j]
    old = compared.accepted[i]
    others = [compared.accepted[o] for o in compared.left() if like.inside[o, j] >= CAME]
    previous = [old.theme_id, *sorted(one.theme_id for one in others)]
    event, because = "kept", f"Das Thema „{old.label}“ besteht fort."
    if others:
        names = " und ".join(f"„{one.label}“" for one in others)
        event, because = "merged", f"„{old.label}“ hat {names} aufgenommen."
    elif old.gone:
        event, because = "returned", f"Das Thema „{old.label}“ gab es schon einmal; es ist zurück."
    drift = round(1 - float(like.same[i, j]), DIGITS)
    return ThemePassport(old.theme_id, event, old.label, old.label, previous, drift, because)


def _newcomer(j: int, theme: Fresh, compared: _Compared, theme_id: str) -> ThemePassport:
    if not compared.accepted:
        because = "Es gibt noch keinen angenommenen Lauf, mit dem sich vergleichen ließe."
        return ThemePassport(theme_id, "first", theme.label, None, [], None, because)
    like = compared.like
    i = int(np.argmax(like.came[:, j]))
    old = compared.accepted[i]
    if like.came[i, j] >= CAME and not old.gone:
        because = f"Das Thema hat sich von „{old.label}“ abgespalten."
        drift = round(1 - float(like.same[i, j]), DIGITS)
        return ThemePassport(theme_id, "split", theme.label, None, [old.theme_id], drift, because)
    because = "Das Thema ist seit dem angenommenen Lauf neu."
    return ThemePassport(theme_id, "born", theme.label, None, [], None, because)


def _vanished(i: int, old: AcceptedTheme, rows: Sequence[ThemePassport], like: Likeness) -> ThemePassport:
    heirs = [row.label for j, row in enumerate(rows) if like.inside[i, j] >= CAME]
    because = f"Das Thema ist in „{heirs[0]}“ aufgegangen." if heirs else "Das Thema kommt nicht mehr vor."
    return ThemePassport(old.theme_id, "vanished", old.label, old.label, [old.theme_id], None, because)


def _new_id(theme: Fresh, taken: set[str]) -> str:
    """An id that says something and that no theme ever had; remembered in ``taken``."""
    stem = "neu-" + slug(theme.label, ID_LETTERS)
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    theme_id = next(name for name in names if name not in taken)
    taken.add(theme_id)
    return theme_id

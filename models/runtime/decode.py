"""Scores of names become spans: the likeliest sequence that obeys B before I (Viterbi)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

NAMES = ("PER", "LOC", "ORG", "MISC")
LABELS = ("O", *(f"{side}-{name}" for name in NAMES for side in "BI"))
SLASHES = frozenset(["/", "|"])  # between two people: "Anna Muster/Peter Beispiel"
NEVER_LAST = frozenset(
    "am an auf aus bei das dem den der des die ein eine einem einen einer für im in mit nach oder sowie und vom von zu zum zur".split()
)
SURE = 0.995  # a word that is no name with this probability parts the sequence


def allowed() -> np.ndarray:
    """Nothing becomes the table of steps: 0 where a label may follow another, a large minus where not."""
    table = np.zeros((len(LABELS), len(LABELS)), "f4")
    for j, after in enumerate(LABELS):
        if after[0] == "I":
            table[[i for i, before in enumerate(LABELS) if before[1:] != after[1:]], j] = -1e4
    return table


STEPS = allowed()
START = np.array([-1e4 if label[0] == "I" else 0.0 for label in LABELS], "f4")


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Scores become log probabilities, row by row."""
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def best_path(log: np.ndarray) -> list[int]:
    """Log probabilities of a run of words become label numbers."""
    total = log[0] + START
    back = np.zeros((len(log), len(LABELS)), "i4")
    for i in range(1, len(log)):
        options = total[:, None] + STEPS
        back[i] = options.argmax(0)
        total = options.max(0) + log[i]
    path = [int(total.argmax())]
    for i in range(len(log) - 1, 0, -1):
        path.append(int(back[i][path[-1]]))
    return path[::-1]


def spans(scores: np.ndarray) -> list[tuple[int, int, str]]:
    """Scores of a text's words become (start, end, label) spans."""
    log = log_softmax(scores.astype("f4"))
    open_words = np.flatnonzero(log[:, 0] < np.log(SURE))
    out: list[tuple[int, int, str]] = []
    for run in np.split(open_words, np.flatnonzero(np.diff(open_words) > 1) + 1):
        if len(run):
            out += in_run(best_path(log[run[0] : run[-1] + 1]), int(run[0]))
    return out


def tidied(words: Sequence[str], found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans become spans that can be names: no e-mail address, no article or preposition at the end, one person each.

    >>> tidied(["Muster", "/", "Kern", "vom", "Amt", "für"], [(0, 3, "PER"), (4, 6, "ORG")])
    [(0, 1, 'PER'), (2, 3, 'PER'), (4, 5, 'ORG')]
    """
    out = []
    for start, end, label in found:
        cuts = [i for i in range(start, end) if words[i] in SLASHES] if label == "PER" else []
        for a, b in zip([start, *(i + 1 for i in cuts)], [*cuts, end]):
            while b > a and words[b - 1] in NEVER_LAST:
                b -= 1
            if b > a and not any("@" in word[1:] for word in words[a:b]):
                out.append((a, b, label))
    return out


def in_run(path: list[int], offset: int) -> list[tuple[int, int, str]]:
    """Label numbers of a run become spans, counted from offset."""
    out: list[tuple[int, int, str]] = []
    for i, number in enumerate(path):
        if number and number % 2:
            out.append((offset + i, offset + i + 1, LABELS[number][2:]))
        elif number:
            out[-1] = (out[-1][0], offset + i + 1, out[-1][2])
    return out

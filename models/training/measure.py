"""Scores against gold while training: strict span F1 a corpus and label, tag accuracy, F1 of sentence starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from runtime.decode import spans as decode
from training.flat import IGNORE, Flat
from training.labels import NER, spans
from training.sources import Sentence

Counts = dict[tuple[str, str], list[int]]


def f1(counts: list[int]) -> float:
    """[right, found, gold] becomes F1."""
    right, found, gold = counts
    return 2 * right / (found + gold) if found + gold else 0.0


def names(flat: Flat, sentences: list[Sentence], scores: np.ndarray) -> Counts:
    """Scores of every word become counts by (corpus, label) and (corpus, all)."""
    counts: Counts = defaultdict(lambda: [0, 0, 0])
    at = 0
    for sentence in sentences:
        end = at + len(sentence.tokens)
        if sentence.ner:
            misc = sentence.corpus in {"germeval", "wikiner"}
            found = {s for s in decode(scores[at:end, : len(NER)]) if misc or s[2] != "MISC"}
            gold = set(spans([t if t in NER else "O" for t in sentence.ner]))
            for label in {s[2] for s in found | gold} | {"all"}:
                pick = lambda rows: {s for s in rows if label in ("all", s[2])}  # noqa: B023, E731
                row = counts[sentence.corpus, label]
                row[0] += len(pick(found) & pick(gold))
                row[1] += len(pick(found))
                row[2] += len(pick(gold))
        at = end
    assert at == len(scores), "a word got lost between the windows"
    return counts


def tags(flat: Flat, scores: Tensor, sizes: list[int]) -> dict[str, float]:
    """Scores of every word become accuracies of UPOS and STTS and the F1 of sentence starts."""
    out = {}
    _, upos, xpos, sent = scores.split(sizes, -1)
    labels = flat.labels.cpu()
    for name, head, gold in [("upos", upos, labels[:, 1]), ("xpos", xpos, labels[:, 2])]:
        use = gold != IGNORE
        out[name] = float((head.argmax(-1)[use] == gold[use]).float().mean()) if bool(use.any()) else 0.0
    use = labels[:, 3] != IGNORE
    found, gold = sent.argmax(-1)[use] == 1, labels[use, 3] == 1
    out["sent"] = f1([int((found & gold).sum()), int(found.sum()), int(gold.sum())])
    return out


@torch.no_grad()
def report(run: Callable[[Flat], Tensor], dev: Flat, sentences: list[Sentence], grouped: Flat, sizes: list[int]) -> dict[str, float]:
    """A way to score a Flat becomes the figures by which settings are chosen."""
    counts = names(dev, sentences, run(dev).numpy())
    out = {f"{corpus}": round(f1(row), 4) for (corpus, label), row in sorted(counts.items()) if label == "all"}
    out |= {f"germeval_{label}": round(f1(row), 4) for (corpus, label), row in counts.items() if corpus == "germeval" and label != "all"}
    out |= {name: round(value, 4) for name, value in tags(grouped, run(grouped), sizes).items()}
    out["mean"] = round(float(np.mean([out[c] for c in ("germeval", "smartdata", "stazh") if c in out])), 4)
    return out

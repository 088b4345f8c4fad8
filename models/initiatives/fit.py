"""Examples -> weights; and what the weights are worth on groups of issuers that they were not fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.initiatives.meanings import meaning
from models.initiatives.texts import Example

STRENGTH = 1.0  # of the data against the wish for small weights
THRESHOLD = 0.3  # best in cross-validation: initiatives are rare, so half is too much to ask
WEIGHT = {"sentences": 0.5}  # made up and many: together they may say about as much as the releases
RARE = 3  # a feature seen less often gets no weight
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Weights:
    """What is written to ``weights.toml``."""

    bias: float
    of: dict[str, float]


def fit(examples: Sequence[Example]) -> Weights:
    """Logistic regression over the features that are not rare; the order of the examples changes nothing."""
    seen = Counter(f for example in examples for features in example.features for f in features)
    names = sorted(name for name, count in seen.items() if count >= RARE)
    column = {name: index for index, name in enumerate(names)}
    rows = [features for example in examples for features in example.features]
    matrix = np.zeros((len(rows), len(names)))
    for index, features in enumerate(rows):
        matrix[index, [column[f] for f in features if f in column]] = 1
    labels = [label for example in examples for label in example.labels]
    weight = [WEIGHT.get(example.source, 1.0) for example in examples for _ in example.labels]
    model = LogisticRegression(C=STRENGTH, max_iter=5_000, tol=1e-6).fit(matrix, labels, sample_weight=weight)
    of = {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}
    return Weights(round(float(model.intercept_[0]), 2), {name: w for name, w in of.items() if w})


def cross_validate(examples: Sequence[Example]) -> str:
    """F1 of names by source of gold, each group of issuers judged by weights that were fitted without it."""
    groups = sorted({example.group for example in examples})
    counts: dict[str, list[tuple[int, int, int]]] = {}
    for fold in range(FOLDS):
        held = set(groups[fold::FOLDS])
        weights = fit([e for e in examples if e.group not in held])
        for example in examples:
            if example.group in held and example.source in {"gold", "press", "own"}:
                counts.setdefault(example.source, []).append(_hits(example, weights))
    return ", ".join(f"{source} {_f1(hits):.3f}" for source, hits in sorted(counts.items()))


def _hits(example: Example, weights: Weights) -> tuple[int, int, int]:
    """Initiatives found, wanted, names found; forms of one initiative count once."""
    said = {name for name, features in zip(example.names, example.features, strict=True)
            if _probability(weights, features) >= THRESHOLD}  # fmt: skip
    found = {index for index, forms in enumerate(example.wanted) if forms & said}
    extra = {name for name in said if not any(name in forms for forms in example.wanted)}
    return len(found), len(example.wanted), len(found) + len(_longest(extra))


def _longest(names: set[str]) -> set[str]:
    """Names that are no part of another: of overlapping candidates one is taken."""
    return {name for name in names if not any(name != other and name in other for other in names)}


def _probability(weights: Weights, features: frozenset[str]) -> float:
    return float(1 / (1 + np.exp(-weights.bias - sum(weights.of.get(f, 0.0) for f in sorted(features)))))


def _f1(hits: Sequence[tuple[int, int, int]]) -> float:
    right, wanted, found = (sum(h[i] for h in hits) for i in range(3))
    return 2 * right / (wanted + found) if wanted + found else 0.0


def as_toml(weights: Weights, table: str) -> str:
    """The file that ``extract`` reads, each weight with its meaning, the heaviest first."""
    lines = [
        "# How much each feature of a candidate speaks for an initiative (+) or against it (-). Written by",
        "#     python -m models.initiatives ../shared",
        "# and not edited by hand. features.py makes the features; docs/decisions/0012-initiatives.md says why.",
        f"# F1 of names in ten-fold cross-validation by groups of issuers: {table}.",
        "",
        f"bias = {weights.bias}",
        "# a candidate at least this likely is taken",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
    ]
    ordered = sorted(weights.of.items(), key=lambda pair: (-pair[1], pair[0]))
    width = max(len(name) for name in weights.of) + 2
    quoted = [(f'"{name}"', weight, meaning(name)) for name, weight in ordered]
    lines += [f"{name:<{width}} = {weight:>5}  # {said}" for name, weight, said in quoted]
    return "\n".join(lines) + "\n"

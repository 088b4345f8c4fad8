"""The features of a candidate -> how likely it is an initiative: weights added up, through the logistic function.

``weights.toml`` holds the weights, what each feature means and the command that fitted them. Nothing is hidden in
the sum: ``explain`` lists what spoke for a name and what against it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """What ``weights.toml`` says."""

    bias: float
    threshold: float
    of: dict[str, float]


def probability(features: Collection[str]) -> float:
    """How likely a candidate with these features is an initiative, between 0 and 1.

    >>> probability({"by:initiative-quoted", "quoted", "lead:head"}) > probability({"place", "body:word"})
    True
    """
    weights = load()
    # in one order, so that the sum is the same to the last bit
    known = sorted([feature for feature in features if feature in weights.of])
    return 1 / (1 + math.exp(-weights.bias - sum([weights.of[feature] for feature in known])))


def explain(features: Collection[str]) -> list[tuple[str, float]]:
    """The features that have a weight, the heaviest first."""
    weights = load().of
    return sorted(((f, weights[f]) for f in features if f in weights), key=lambda pair: (-abs(pair[1]), pair[0]))


@cache
def load() -> Weights:
    """The weights, read once a process."""
    table = tomllib.loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    return Weights(table["bias"], table["threshold"], dict(table["weights"]))

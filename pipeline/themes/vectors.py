"""What words have to do with each other beyond this corpus: ``vectors.npz`` (``benchmarks/themes_vectors.py``).

A corpus of fifty releases cannot learn that "Glasfaser" and "Breitband" belong together. The vectors have: they
are the leading directions of which nouns stand together in Wikipedia, Klexikon and parliament (decision 0013).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("vectors.npz")
Array = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Stems with a row of length 1 each."""

    place: Mapping[str, int]
    rows: Array


@cache
def load() -> Vectors:
    """The vectors that come with the project."""
    with np.load(FILE, allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        rows = stored["rows"].astype(np.float32)
    return Vectors({word: i for i, word in enumerate(words)}, rows / np.linalg.norm(rows, axis=1, keepdims=True))

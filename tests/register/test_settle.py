"""Words are counted as one expression over all texts would count them."""

from __future__ import annotations

import random
import re
from collections import Counter

from pipeline.register.settle import _TEXTS, _occurrences

PARTS = [
    "Aue", "Weißbach", "ÄRZTE", "aue", "Aue-Bad", "„Aue“", "2024", "Aue3Aue", "x_Aue", "Straße,",
    "é\u0301", "\u00a0", "Aue\u2028Aue", "Aue\x1fAue", "😀Aue", "µ", "ǅ", "", ".",
]  # fmt: skip


def test_words_between_and_inside_of_pieces_are_counted():
    rng = random.Random(3)
    texts = [
        "".join(rng.choice(PARTS) + rng.choice(" \n\t-/ ") for _ in range(rng.randrange(9))) for _ in range(9_000)
    ]
    assert len(texts) > 3 * _TEXTS
    words = {"Aue", "Weißbach", "ÄRZTE", "Straße", "x", "Bad", "µ", "ǅ", "nirgends"}
    every = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word in words)
    assert _occurrences(words, texts) == every
    assert set(every) == words - {"nirgends"}


def test_no_text_has_no_word():
    assert _occurrences({"Aue"}, []) == Counter()

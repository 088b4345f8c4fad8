"""Words are counted as one expression over all texts would count them."""

from __future__ import annotations

import random
import re
from collections import Counter

from pipeline.register.looks import _BLOCK, look_at
from tests.builders import release

PARTS = [
    "Aue", "Weißbach", "ÄRZTE", "aue", "Aue-Bad", "„Aue“", "2024", "Aue3Aue", "x_Aue", "Straße,",
    "é\u0301", "\u00a0", "Aue\u2028Aue", "Aue\x1fAue", "😀Aue", "µ", "ǅ", "", ".",
]  # fmt: skip


def test_words_between_and_inside_of_pieces_are_counted():
    rng = random.Random(3)
    texts = [
        "".join(rng.choice(PARTS) + rng.choice(" \n\t-/ ") for _ in range(rng.randrange(9))) for _ in range(9_000)
    ]
    assert len(texts) > 3 * _BLOCK
    words = {"Aue", "Weißbach", "ÄRZTE", "Straße", "x", "Bad", "µ", "ǅ", "nirgends"}
    every = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word in words)
    assert (
        look_at((), {str(n): release(str(n), text) for n, text in enumerate(texts)}, ()).occurrences(words)
        == every
    )
    assert set(every) == words - {"nirgends"}


def test_no_text_has_no_word():
    assert look_at((), {}, ()).occurrences({"Aue"}) == Counter()
    assert look_at((), {"r1": release("r1", "")}, ()).occurrences({"Aue"}) == Counter()

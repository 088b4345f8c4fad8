"""Quick looks at what stands before a name see what the plain expressions see."""

from __future__ import annotations

import random
import re

from pipeline.register.beside import acronyms, word_before

LETTERS = "aÄß-Z9_ \n.("


def test_the_last_word_before_a_name_is_found_from_its_beginning():
    rng = random.Random(5)
    texts = ["".join(rng.choices(LETTERS, k=rng.randrange(12))) for _ in range(20_000)]
    found = [word_before(text) for text in texts]
    assert found == [match[1] if (match := re.search(r"([\w-]+)\s$", text)) else None for text in texts]
    assert len(set(found)) > 20


def test_an_acronym_before_a_name_in_brackets_is_seen_on_its_line_and_the_one_before():
    for text, expected in (
        ("Der FKV (Kulturverein", ["FKV"]),
        ("Der FKV (\nKulturverein", ["FKV"]),
        ("Der FKV \nKulturverein", []),
        ("Der FKV, Kulturverein", []),
        ("Kulturverein", []),
    ):
        assert list(acronyms(text, text.index("Kultur"), len(text))) == expected

"""Places of a name, letter by letter, are those that a regular expression finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.components import literal

PATTERNS = {"ends": r"(?!\w)", "parts": r"(?![\w-])", "joins": r"(?![\w]|-\w)"}
LETTERS = "ab s-ßÄ_1²,"


@given(
    name=st.text(alphabet=LETTERS, min_size=1, max_size=4),
    text=st.text(alphabet=LETTERS, max_size=40),
    hyphen=st.sampled_from(sorted(PATTERNS)),
    genitive=st.booleans(),
)
def test_as_a_pattern_finds_them(name: str, text: str, hyphen: literal.Hyphen, *, genitive: bool) -> None:
    """Whatever letters, signs and hyphens stand around, a pattern of the same meaning finds the same places."""
    ending = r"(?:s(?!\w))?" if genitive else ""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}{ending}{PATTERNS[hyphen]}")
    assert list(literal.places(name, text, hyphen, genitive=genitive)) == [
        hit.span() for hit in pattern.finditer(text)
    ]


@pytest.mark.parametrize("sign", ["a", "ß", "_", "7", "²", "Ä"])
def test_letters(sign: str) -> None:
    """Letters, figures and the low line belong to words, as in patterns."""
    assert literal.is_letter(sign)
    assert re.fullmatch(r"\w", sign)

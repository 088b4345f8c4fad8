"""Our own labelled press texts: what the marks become, and that every line of every file can be read."""

import pytest
from training.press import TEXTS, held_back, read, sentence, unmarked
from training.tokens import make_language

NLP = make_language()


def test_marks_become_names_of_the_plain_text() -> None:
    """Brackets go, offsets count in what is left."""
    text, spans = unmarked("Die [ORG Stadtwerke Musterau] in [LOC Musterau].", "a:1")
    assert text == "Die Stadtwerke Musterau in Musterau."
    assert [(text[start:end], label) for start, end, label in spans] == [
        ("Stadtwerke Musterau", "ORG"), ("Musterau", "LOC")
    ]  # fmt: skip


def test_the_stop_of_an_abbreviation_also_ends_its_sentence() -> None:
    """German writes one full stop after "e. V." at the end of a sentence."""
    found = sentence(NLP, "Träger ist der [ORG Bachverein e. V.].", "a:1", "a:1:1")
    assert found.tokens == ["Träger", "ist", "der", "Bachverein", "e.", "V."]
    assert found.ner == ["O", "O", "O", "B-ORG", "I-ORG", "I-ORG"]


@pytest.mark.parametrize(
    "line", ["Die [ORG Stadtwerke", "Die [FIRMA Stadtwerke]", "Die [ORG VBH]-freundliche Bahn"]
)
def test_a_wrong_mark_is_named_with_its_place(line: str) -> None:
    """File, line and remedy stand in the error."""
    with pytest.raises(ValueError, match=r"texts\.txt:7: .*bracket"):
        sentence(NLP, line, "texts.txt:7", "a:1:1")


def test_every_line_of_every_text_can_be_read_and_one_release_in_eight_is_kept_back() -> None:
    """The texts name all four kinds, organisations most often, and no release is on both sides."""
    rows = [one for path in sorted(TEXTS.glob("*.txt")) for one in read(path, NLP)]
    counts = {
        label: sum(tag == f"B-{label}" for one in rows for tag in one.ner)
        for label in ("PER", "LOC", "ORG", "MISC")
    }
    assert min(counts.values()) > 200
    assert max(counts, key=counts.__getitem__) == "ORG"
    sides: dict[str, set[bool]] = {}
    for one in rows:
        assert len(one.tokens) == len(one.ner) == len(one.spaces)
        sides.setdefault(one.document.rpartition(":")[0], set()).add(held_back(one, 8))
    assert all(len(side) == 1 for side in sides.values())

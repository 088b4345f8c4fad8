"""Gold sentences get other names: what stays, what changes, and that chance is fixed by the seed."""

from training.labels import spans
from training.renamed import with_renamed
from training.sources import Sentence

TEXT = "Der Verein Bachfreunde und die Musterwerke AG laden Anna Beispiel nach Jena ein ."
TOKENS = TEXT.split()
NER = ["O", "O", "B-ORG", "O", "O", "B-ORG", "I-ORG", "O", "B-PER", "I-PER", "O", "B-LOC", "O", "O"]
SENTENCE = Sentence("germeval", TOKENS, NER)
WITHOUT = Sentence("germeval", ["Es", "regnet", "."], ["O", "O", "O"])


def test_only_organisations_and_places_change_and_labels_stay_in_step() -> None:
    """Every word that is no ORG or LOC stands where it stood, and the kinds follow each other as before."""
    for seed in range(40):
        _, _, found = with_renamed([SENTENCE, WITHOUT], {"germeval": 1}, seed)
        assert len(found.tokens) == len(found.ner)
        assert [label for *_, label in spans(found.ner)] == ["ORG", "ORG", "PER", "LOC"]
        kept = [token for token, tag in zip(found.tokens, found.ner, strict=True) if tag[2:] not in ("ORG", "LOC")]
        assert kept == [token for token, tag in zip(TOKENS, NER, strict=True) if tag[2:] not in ("ORG", "LOC")]


def test_the_same_seed_gives_the_same_names_and_another_seed_others() -> None:
    """Training can be repeated, and its epochs differ."""
    first, again, other = (with_renamed([SENTENCE], {"germeval": 1}, seed)[1].tokens for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_corpora_without_a_share_stay_as_they_are() -> None:
    """What is not named is not touched, and nothing is lost."""
    assert with_renamed([SENTENCE, WITHOUT], {"wikiner": 1}, 1) == [SENTENCE, WITHOUT]

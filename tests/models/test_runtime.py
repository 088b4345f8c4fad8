"""Component code of the models: windows, sub-words, names, lemmas."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime.decode import LABELS, NEVER_LAST, best_path, spans, tidied
from runtime.features import LETTER_ROWS, MOST, letters, shape
from runtime.lemmas import by_ending, cased, change, rule_of
from runtime.scorer import grouped, neighbours, sums
from runtime.unigram import MARK, Unigram, marked
from runtime.windows import cut
from runtime.words import lines_of
from spacy.tokens import Doc
from spacy.vocab import Vocab

WORDS = st.lists(st.sampled_from(["Die", "Stadt", ".", ",", "“", "Jena", "plant"]), min_size=1, max_size=60)


@given(WORDS, st.integers(min_value=1, max_value=20), st.sets(st.integers(min_value=0, max_value=59)))
def test_windows_cover_every_word_once(words: list[str], limit: int, breaks: set[int]) -> None:
    """Windows follow each other without gap or overlap, stay within the limit and never cross a break."""
    windows = cut(words, [1] * len(words), breaks, limit)
    assert [i for start, end in windows for i in range(start, end)] == list(range(len(words)))
    assert all(end - start <= limit for start, end in windows)
    assert all(not (start < at < end) for start, end in windows for at in breaks)


def test_windows_end_with_a_sentence_where_they_can() -> None:
    """A text that is too long is cut after its last full stop, the closing quote included."""
    words = ["„", "Ja", ".", "“", "Dann", "kam", "Jena"]
    assert cut(words, [1] * 7, set(), 6) == [(0, 4), (4, 7)]


def test_pieces_are_the_likeliest() -> None:
    """The cut with the best sum of scores wins, and one unknown number stands for a run of strange letters."""
    pieces = [MARK + "Bau", "haus", MARK + "B", "a", "u", "h", "s", MARK]
    unigram = Unigram(pieces, [-1, -1, -3, -3, -3, -3, -3, -3], 6, 3)
    assert unigram.word("Bauhaus") == (6, 7)
    assert unigram.word("☃☃") == (13, 3)


def test_closing_marks_follow_without_space() -> None:
    """A full stop continues the word before it; an opening quote begins anew."""
    assert not marked(".")
    assert marked("„")


def row(label: str, sure: float = 8.0) -> list[float]:
    """A label becomes scores that say so."""
    return [sure if name == label else 0.0 for name in LABELS]


def test_names_begin_before_they_continue() -> None:
    """An I- without its B- is impossible, however sure the network is."""
    path = best_path(np.array([row("O", 1.0), row("I-ORG", 4.0), row("I-ORG", 4.0)], "f4"))
    assert LABELS[path[1]] != "I-ORG" or LABELS[path[0]] == "B-ORG"


def test_scores_become_spans() -> None:
    """Two names side by side stay two."""
    rows = [row(x) for x in ("B-PER", "I-PER", "O", "B-LOC", "B-ORG", "O")]
    assert spans(np.array(rows, "f4")) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "ORG")]


LETTERS = st.text(alphabet="abcdefghiklmnoprstuzäöü", min_size=1, max_size=14)


@given(LETTERS, LETTERS)
def test_rules_lead_from_form_to_lemma(form: str, lemma: str) -> None:
    """The rule of a pair, applied to its form, gives its lemma."""
    assert change(form, rule_of(form, lemma)) == lemma


VERBS = [
    ("vorgestellt", "ge:1|en", "vorstellen"),
    ("gesagt", "ge:1|en", "sagen"),
    ("vorzustellen", "zu:0|", "vorstellen"),
]


@pytest.mark.parametrize(("form", "rule", "lemma"), VERBS)
def test_verbs_lose_their_inner_syllable(form: str, rule: str, lemma: str) -> None:
    """Participles and infinitives with zu go back to the verb with its first part."""
    assert change(form, rule) == lemma


def test_longest_ending_wins() -> None:
    """Rathäuser follows the longer ending."""
    assert by_ending({"er": "2|", "äuser": "5|aus"}, "Rathäuser") == "Rathaus"


def test_sentence_starts_are_looked_up_small() -> None:
    """Heute at the start of a sentence is heute; a noun keeps its capital; shouting is calmed."""
    words = [("Heute", "ADV"), ("Stadt", "NOUN"), ("STADT", "NOUN"), ("Erfurter", "ADJ")]
    assert [cased(word, pos, first=True) for word, pos in words] == ["heute", "Stadt", "Stadt", "erfurter"]
    assert cased("Erfurter", "ADJ", first=False) == "Erfurter"


@given(st.text(max_size=60))
def test_any_word_has_features(word: str) -> None:
    """Whatever stands in a text has rows in the tables."""
    rows = letters(word)
    assert len(rows) <= MOST
    assert all(0 <= r < LETTER_ROWS for r in rows)
    assert len(shape(word)) <= 12


def test_two_people_with_a_slash_between_them_are_two() -> None:
    """A slash parts people, and no other kind of name."""
    words = ["Anna", "Kern", "/", "Ole", "Bach"]
    assert tidied(words, [(0, 5, "PER")]) == [(0, 2, "PER"), (3, 5, "PER")]
    assert tidied(words, [(0, 5, "ORG")]) == [(0, 5, "ORG")]


def test_no_name_is_an_address_or_ends_with_an_article() -> None:
    """Addresses go, a handle stays; what follows the last word of a name that can end one is cut off."""
    assert tidied(["a.kern@bach.example"], [(0, 1, "PER")]) == []
    assert tidied(["@Bachverein"], [(0, 1, "ORG")]) == [(0, 1, "ORG")]
    assert tidied(["Amt", "für", "die"], [(0, 3, "ORG")]) == [(0, 1, "ORG")]
    assert tidied(["für"], [(0, 1, "ORG")]) == []


@given(
    st.lists(st.sampled_from(["Amt", "/", "für", "a@b", "Kern", "|"]), min_size=1, max_size=12),
    st.sampled_from(["PER", "ORG"]),
)
def test_tidied_names_lie_inside_what_was_found(words: list[str], label: str) -> None:
    """Names only shrink, stay in order and apart, and end with a word that can end a name."""
    found = tidied(words, [(0, len(words), label)])
    assert all(0 <= start < end <= len(words) and words[end - 1] not in NEVER_LAST for start, end, _ in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


SIZES = st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=6).filter(any)


@given(SIZES, st.sampled_from([1, 2, 4, 8]))
def test_neighbours_stay_in_their_window(sizes: list[int], step: int) -> None:
    """A word sees the words of its own window at that distance, and the row after all beyond its ends."""
    rows = neighbours(sizes, step).tolist()
    ends = np.cumsum(sizes).tolist()
    window = [i for i, size in enumerate(sizes) for _ in range(size)]
    for at, (left, own, right) in enumerate(rows):
        assert own == at
        for seen, place in ((left, at - step), (right, at + step)):
            inside = 0 <= place < ends[-1] and window[place] == window[at]
            assert seen == (place if inside else ends[-1])


@given(st.lists(st.integers(min_value=0, max_value=9), max_size=30), st.integers(min_value=1, max_value=12))
def test_runs_hold_every_window_once(sizes: list[int], most: int) -> None:
    """Windows go into runs in order; only a single large one passes the limit."""
    runs = list(grouped(sizes, most))
    assert [size for run in runs for size in run] == sizes
    assert all(sum(run) <= most or len(run) == 1 for run in runs)


@given(st.lists(st.lists(st.integers(min_value=0, max_value=19), min_size=1, max_size=8), min_size=1, max_size=6))
def test_no_word_changes_the_sum_of_another(numbers: list[list[int]]) -> None:
    """The vector of a word is the same to the last bit, whatever words are made with it."""
    random = np.random.default_rng(0)
    table, scale = random.integers(-127, 127, (20, 5)).astype("i1"), random.random((20, 1)).astype("f4")
    found = sums(table, scale, numbers)
    assert all((row == sums(table, scale, [rows])[0]).all() for row, rows in zip(found, numbers, strict=True))


def plain(unigram: Unigram, text: str) -> tuple[int, ...]:
    """The likeliest cut, by trying every stretch."""
    best, back = [0.0] + [-1e9] * len(text), [(0, 0)] * (len(text) + 1)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            number, score = unigram.entry.get(text[start:end], (-1, 0.0))
            if number < 0 and end > start + 1:
                continue
            number, score = (number, score) if number >= 0 else unigram.unknown
            if best[start] + score > best[end]:
                best[end], back[end] = best[start] + score, (start, number)
    return unigram.trace(back, len(text))


@given(st.text(alphabet="abcx", min_size=1, max_size=12))
def test_stopping_early_loses_no_piece(text: str) -> None:
    """A search that ends where no piece goes on finds the same pieces as one that tries everything."""
    unigram = Unigram(["a", "b", "abc", "bca", "cab", "aab", "bcab"], [-2, -3, -2, -1.5, -4, -3, -1], 6, 3)
    assert unigram.cut(text) == plain(unigram, text)


@given(st.lists(st.sampled_from(["Die", ".", "\n", "\n\n", " ", "3.", "“", "Stadt"]), max_size=12))
def test_lines_before_words(tokens: list[str]) -> None:
    """White space is no word; its line breaks, two at most, belong to the next word."""
    doc = Doc(Vocab(), tokens, [False] * len(tokens))
    places, texts, lines = lines_of(doc)
    assert texts == [t for t in tokens if not t.isspace()]
    assert [tokens[place] for place in places] == texts
    starts = [0, *(place + 1 for place in places)]
    gaps = ["".join(tokens[a:b]).count("\n") for a, b in zip(starts, places, strict=False)]
    assert lines == [min(gap, 2) for gap in gaps]

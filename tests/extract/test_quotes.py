"""Direct speech: every style of marks, every place of the speaker, and nothing that is only a title."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.components.quotes import NameSpan, QuoteSpan, find
from pipeline.extract.components.quotes.lexicon import CUES, MAX_CHARS, TABLE
from pipeline.extract.components.quotes.marks import stretches

PEOPLE = ("Jana Musterfeld", "Otto Beispiel", "Ada Probst")
ORGS = ("Stadtwerke Falkenrode",)


def sentences(text: str) -> list[tuple[int, int]]:
    ends = [m.end() for m in re.finditer(r"[.!?][“”\"«»]?\s+(?=[A-ZÄÖÜ„»«\"])|\n\n", text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def names(text: str) -> list[NameSpan]:
    found = []
    for label, known in (("PER", PEOPLE), ("ORG", ORGS)):
        for name in known:
            short = name.split()[-1] if label == "PER" else name
            found += [NameSpan(m.start(), m.end(), name, label) for m in re.finditer(f"(?:{name}|{short})", text)]
    return found


def quotes(text: str) -> list[QuoteSpan]:
    return find(text, sentences(text), names(text))


def said(text: str, kind: str = "direct") -> list[tuple[str, str | None]]:
    return [(text[q.start : q.end], q.speaker) for q in quotes(text) if q.kind == kind]


@pytest.mark.parametrize(
    ("left", "right"),
    [("„", "“"), ("„", "”"), ("“", "”"), ("»", "«"), ("«", "»"), ('"', '"'), ("‚", "‘"), ("„", '"')],
)
def test_every_style_of_marks(left, right):
    """Marks are no part of the quote, whatever their style."""
    text = f"{left}Der Park wird im Sommer schöner{right}, sagt Jana Musterfeld."
    assert said(text) == [("Der Park wird im Sommer schöner", "Jana Musterfeld")]


@pytest.mark.parametrize("row", TABLE["verb"], ids=lambda r: r["id"])
def test_verb_example(row):
    """Each family of reporting verbs finds the speaker of its example."""
    (quote,) = quotes(row["example"])
    assert quote.speaker == row["speaker"]
    assert quote.cue in row["forms"]


def test_weak_verbs_are_verbs():
    assert set(TABLE["weak"]["forms"]) <= set(CUES)


@pytest.mark.parametrize(
    "text",
    [
        "Jana Musterfeld sagte: „Wir bauen den Park im Sommer um.“",
        "Jana Musterfeld, Landrätin des Kreises: „Wir bauen den Park im Sommer um.“",
        "Weiter führt Jana Musterfeld aus: „Wir bauen den Park im Sommer um.“",
        "Zum Streit um den Park mit Otto Beispiel sagt Jana Musterfeld: „Wir bauen den Park im Sommer um.“",
        "„Wir bauen den Park im Sommer um“, betont die Landrätin Jana Musterfeld.",
        "„Wir bauen den Park im Sommer um“, so Dr. Jana Musterfeld vom Bauamt. Otto Beispiel schwieg.",
        "„Wir bauen den Park im Sommer um“, erklärt Projektleiterin Prof. Dr.-Ing. Jana Musterfeld.",
        "„Wir bauen den Park im Sommer um!“, freut sich Jana Musterfeld.",
        "„Wir bauen den Park im Sommer um.“ Das sagte Jana Musterfeld am Montag.",
        "Jana Musterfeld ist stolz. „Wir bauen den Park im nächsten Sommer für alle Kinder um.“",
    ],
)
def test_the_speaker_stands_before_or_behind(text):
    assert [speaker for _, speaker in said(text)] == ["Jana Musterfeld"]


def test_a_cue_in_the_middle_gives_both_parts_to_one_speaker():
    text = "„Der Park ist fertig“, erklärt Otto Beispiel, „und wir sind alle sehr froh darüber.“"
    assert said(text) == [
        ("Der Park ist fertig", "Otto Beispiel"),
        ("und wir sind alle sehr froh darüber.", "Otto Beispiel"),
    ]


def test_speech_goes_on_in_the_next_sentence_and_paragraph():
    text = (
        "„Der Park ist fertig“, erklärt Otto Beispiel. „Er bleibt im Winter offen.“\n\n"
        "„Wir danken allen Helferinnen und Helfern für ihre Zeit.“"
    )
    assert [speaker for _, speaker in said(text)] == ["Otto Beispiel"] * 3


def test_another_speaker_ends_the_continuation():
    text = "„Der Park ist fertig“, erklärt Otto Beispiel. „Er bleibt im Winter offen“, ergänzt Ada Probst."
    assert [speaker for _, speaker in said(text)] == ["Otto Beispiel", "Ada Probst"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Landrätin Jana Musterfeld kam mit Otto Beispiel. „Wir sind fertig“, so die Landrätin.",
            "Jana Musterfeld",
        ),
        ("Jana Musterfeld kam mit Otto Beispiel. „Wir sind heute fertig“, so die Landrätin.", None),
        ("Otto Beispiel kam. „Wir sind heute fertig“, sagte er.", "Otto Beispiel"),
        ("Otto Beispiel traf Ada Probst. „Wir sind heute fertig“, sagte sie.", None),
        ("„Wir sind heute fertig“, teilten die Stadtwerke Falkenrode mit.", "Stadtwerke Falkenrode"),
    ],
)
def test_offices_and_pronouns_only_where_they_are_clear(text, speaker):
    assert [s for _, s in said(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Das Projekt „Starke Wege“ beginnt, sagte Jana Musterfeld.",
        "Unter dem Motto „Wir bauen den Park um“ lädt die Stadt ein.",
        "Der sogenannte „Bürgerhaushalt“, so Jana Musterfeld, ist beschlossen.",
        "Die Schau „Menschen am Fluss“ zeigt Bilder.",
        "„Park für alle“\n\nDie Stadt baut um.",
        "Es gebe eine „große Zahl von Wünschen“, sagte Otto Beispiel.",
        '"Helle Wege - Sichere Wege" heißt das Programm.',
    ],
)
def test_titles_and_words_are_no_speech(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Die Stadt solle „endlich prüfen, wie der Weg am Bach bleiben kann“, sagte Jana Musterfeld.",
            [("endlich prüfen, wie der Weg am Bach bleiben kann", "Jana Musterfeld")],
        ),
        (
            "Jana Musterfeld kündigte an, „bis zum Sommer weitere Wege am Bach zu bauen“.",
            [("bis zum Sommer weitere Wege am Bach zu bauen", "Jana Musterfeld")],
        ),
        ("Die Reihe steht unter dem Motto „gemeinsam neue Wege am Bach zu gehen“.", []),
        ("Jana Musterfeld nannte den Park „schön und grün“.", []),
    ],
)
def test_a_part_of_a_sentence_is_speech_only_with_a_verb_and_a_speaker(text, expected):
    assert said(text) == expected


def test_a_pronoun_behind_the_verb_comes_before_later_names():
    text = "Jana Musterfeld kam. „Der Park wird im Sommer schöner“, sagte sie und dankte der Leiterin Ada Probst."
    assert said(text) == [("Der Park wird im Sommer schöner", "Jana Musterfeld")]


def test_one_who_is_spoken_to_is_not_the_speaker():
    text = "Ada Probst kam. An Otto Beispiel wandte sie sich mit einer Bitte: „Bauen Sie den Park im Sommer aus!“"
    assert said(text) == [("Bauen Sie den Park im Sommer aus!", "Ada Probst")]


def test_nested_marks_belong_to_the_outer_quote():
    text = 'Otto Beispiel: "Unser Ziel heißt "Park für alle" und wir erreichen es."'
    assert said(text) == [('Unser Ziel heißt "Park für alle" und wir erreichen es.', "Otto Beispiel")]


def test_speech_over_paragraphs_that_each_open_anew():
    text = "Otto Beispiel sagte: „Der Park ist nun fertig.\n\n„Er bleibt auch im Winter offen.“"
    assert said(text) == [
        ("Der Park ist nun fertig.", "Otto Beispiel"),
        ("Er bleibt auch im Winter offen.", "Otto Beispiel"),
    ]


def test_a_mark_that_never_closes_swallows_nothing():
    text = "Ein „Fehler im Text. " + "Der Park ist groß. " * 400 + "„Er ist schön“, sagt Otto Beispiel."
    assert said(text) == [("Er ist schön", "Otto Beispiel")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jana Musterfeld betont, dass der Park im Sommer fertig wird.",
            [("der Park im Sommer fertig wird", "Jana Musterfeld")],
        ),
        (
            "Der Park werde im Sommer fertig sein, so Bürgermeisterin Jana Musterfeld.",
            [("Der Park werde im Sommer fertig sein", "Jana Musterfeld")],
        ),
        ("Jana Musterfeld sorgt dafür, dass der Park im Sommer fertig wird.", []),
        ("Jana Musterfeld sagte Otto Beispiel, dass der Park im Sommer fertig wird.", []),
        ("Der Park ist schön, sagt man im Ort.", []),
    ],
)
def test_indirect_speech_needs_one_person_and_one_verb(text, expected):
    assert said(text, "indirect") == expected


MARKS = [
    "„",
    "“",
    "”",
    "»",
    "«",
    '"',
    "‚",
    "‘",
    ":",
    ",",
    ".",
    "\n\n",
    "\n",
    "sagt",
    "so",
    "Jana Musterfeld",
    "er",
]
TEXTS = st.lists(st.sampled_from([*MARKS, "Der Park ist schön", "die Landrätin", "wir bauen um"]), max_size=40)


@given(TEXTS.map(" ".join) | TEXTS.map("".join) | st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_yields_sound_quotes(text):
    """No quote is empty, overlaps another, begins or ends with white space or is longer than a quote may be."""
    end, known = 0, {n.name for n in names(text)}
    for quote in quotes(text):
        assert end <= quote.start < quote.end <= len(text)
        assert quote.end - quote.start <= MAX_CHARS
        assert text[quote.start : quote.end].strip() == text[quote.start : quote.end]
        assert quote.speaker is None or quote.speaker in known
        end = quote.end


@given(TEXTS.map(" ".join))
@settings(max_examples=200, deadline=None)
def test_stretches_do_not_overlap(text):
    end = 0
    for stretch in stretches(text):
        assert end <= stretch.open < stretch.start < stretch.end <= stretch.close <= len(text)
        end = stretch.close


@pytest.mark.parametrize(
    "piece", ["„", '"a ', "„Der Park ist schön. ", "„A“, sagt er. ", " " * 9 + "„", "Otto Beispiel „"]
)
def test_time_grows_with_the_text_only(piece):
    """Ten times the text takes about ten times as long, however the marks are unbalanced."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        find(text, [(0, len(text))], names(text))
        return time.process_time() - begin

    seconds(1_000)  # the first call in a process also compiles the rules
    assert seconds(10_000) < 60 * seconds(1_000) + 0.5


def test_a_pronoun_means_nobody_of_the_other_gender():
    text = "Anna Beispiel gewann, Anna Beispiel war froh.\n\nOtto Muster gratulierte: „Das ist gut für uns.“"
    text += "\n\n„Ich habe vor allem zugehört“, erklärte sie im Saal."
    names = [
        NameSpan(m.start(), m.end(), m[0], "PER", "f" if m[0].startswith("Anna") else "m")
        for m in re.finditer("Anna Beispiel|Otto Muster", text)
    ]
    assert [q.speaker for q in find(text, [(0, len(text))], names)] == ["Otto Muster", "Anna Beispiel"]

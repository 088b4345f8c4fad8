"""German dates: each rule does what its row says, the policy for incomplete dates holds, nothing breaks it."""

from __future__ import annotations

import random
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.components.dates import find
from pipeline.extract.components.dates.begin import beginnings
from pipeline.extract.components.dates.calendar import easter, holiday, is_value
from pipeline.extract.components.dates.lexicon import ALL_RULES, BASE, BLOCKED, blocked, compiled, rules
from pipeline.extract.components.dates.scan import longest, scan

GOLD = sorted((Path(__file__).parents[2] / "data/gold").glob("*.txt"))
MONDAY = "2022-05-16"


def read(text: str, published: str = MONDAY) -> list[tuple[str, str | None]]:
    return [(text[s.start : s.end], s.value) for s in find(text, published)]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda r: r.id)
def test_rule_example(rule):
    """Each rule reads its own example as its row says, and its id stands in what it found."""
    row = rule.row
    spans = find(row["example"], MONDAY, row.get("style", "press"))
    found = [(row["example"][s.start : s.end], s.value, s.type) for s in spans]
    assert (row["found"], row.get("value"), row["type"]) in found
    assert any(rule.id in re.split(r"\+|\.\.", s.rule) for s in spans)


@pytest.mark.parametrize("style", ["press", "timeml"])
def test_the_first_character_may_choose_the_rules(style):
    """Rules kept for words or for digits read no example that begins otherwise: the shortcut changes nothing."""
    held = rules(style)
    for rule in held.all:
        text = rule.row["example"]
        for word in re.finditer(r"(?<!\w)\w+", text):
            chosen = held.digit if word[0][0].isdigit() else held.word
            assert longest(text, word.start(), chosen) == longest(text, word.start(), held.all)


@pytest.mark.parametrize("style", ["press", "timeml"])
def test_the_first_letters_may_choose_the_rules(style):
    """Of the rules that may read something at a word, none is left out by what it can begin with."""
    held = rules(style)
    texts = [rule.row["example"] for rule in held.all] + [path.read_text(encoding="utf-8") for path in GOLD]
    read, tried, every = 0, 0, 0
    for text in texts:
        for word in re.finditer(r"\w+", text):
            if held.may_begin(word[0]):
                chosen = held.digit if word[0][0].isdigit() else held.word
                may = held.at(text, word.start())
                assert longest(text, word.start(), may) == longest(text, word.start(), chosen)
                tried, every = tried + len(may), every + len(chosen)
                read += longest(text, word.start(), may) is not None
    assert read > len(held.all)
    assert tried < every / 5


@pytest.mark.parametrize("text", ["3.  Mai", "3.\u00a0Mai", "3.\nMai", "am 3.  5. 2022"])
def test_blanks_do_not_keep_a_rule_from_being_tried(text):
    assert scan(text)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(?:im )?Mai(?!s)", {"mai", "im ma"}),
        (r"\d\d?\. (?i:MAI|juni)", {"0. ma", "0. ju", "00. m", "00. j"}),
        (r"[^a]bc", {""}),
        (r"ab[a-z]c|d[12]+", {"ab", "d0", "d00", "d000", "d0000"}),
        (r"(a|b)\1", {"a", "b"}),
        (r"x(?:\s*)y", {"xy", "x y"}),
    ],
)
def test_what_a_pattern_begins_with(pattern, found):
    assert beginnings(pattern) == found


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_all_patterns_of_a_row_are_patterns(rule):
    """A row is compiled when a text asks for it, so that a slip in it would come up late."""
    for name in ("pattern", "before", "not_before", "after", "not_after"):
        if name in rule.row:
            assert compiled(rule.row[name]).groups >= 0


def test_rule_ids_are_unique():
    assert len({rule.id for rule in ALL_RULES}) == len(ALL_RULES)


@pytest.mark.parametrize("row", BASE["blocks_out"]["patterns"], ids=lambda r: r["id"])
def test_block_example(row):
    """Each row of what is no date stops its example from being read."""
    assert BLOCKED.search(row["example"])
    pattern = blocked(row["example"])
    assert pattern
    assert pattern.search(row["example"])
    assert read(f"Siehe {row['example']} im Anhang") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vom 02. – 03.09.2019 tagt der Rat.", [("02. – 03.09.2019", "2019-09-02/2019-09-03")]),
        ("Am 2. & 3. September 2019", [("2. & 3. September 2019", "2019-09-02/2019-09-03")]),
        ("vom 3. bis 5. Mai 2024", [("3. bis 5. Mai 2024", "2024-05-03/2024-05-05")]),
        ("vom 3.–5. Mai 2024", [("3.–5. Mai 2024", "2024-05-03/2024-05-05")]),
        ("von Mai bis Juli 2024", [("Mai bis Juli 2024", "2024-05/2024-07")]),
        ("vom 28. April bis 2. Mai 2024", [("28. April bis 2. Mai 2024", "2024-04-28/2024-05-02")]),
        ("vom 15. Dezember bis 10. Januar 2022", [("15. Dezember bis 10. Januar 2022", "2021-12-15/2022-01-10")]),
        ("von Dezember 2021 bis Mai 2022", [("Dezember 2021 bis Mai 2022", "2021-12/2022-05")]),
        ("zwischen 2010 und 2015", [("2010 und 2015", "2010/2015")]),
        ("in der Saison 2019/20", [("Saison 2019/20", "2019/2020")]),
        ("in den 1990er Jahren", [("1990er Jahren", "199X")]),
        ("am 3., 10. und 17. Juni", [("3.", "2022-06-03"), ("10.", "2022-06-10"), ("17. Juni", "2022-06-17")]),
        ("am 3. Mai und 5. Juni 2021", [("3. Mai", "2021-05-03"), ("5. Juni 2021", "2021-06-05")]),
        ("Samstag, 4., und Sonntag, 5. Juni", [("Samstag, 4., und Sonntag, 5. Juni", "2022-06-04/2022-06-05")]),
        ("ab 2.Oktober 2022", [("2.Oktober 2022", "2022-10-02")]),
        ("am 3.9. 2019", [("3.9. 2019", "2019-09-03")]),
        ("am 3. 9. 19", [("3. 9. 19", "2019-09-03")]),
        ("am 7. Jänner 2022", [("7. Jänner 2022", "2022-01-07")]),
        ("Mai/Juni 2022", [("Mai/Juni 2022", "2022-05/2022-06")]),
        ("seit 3. Mai dieses Jahres", [("3. Mai dieses Jahres", "2022-05-03")]),
        ("Dezember des vergangenen Jahres", [("Dezember des vergangenen Jahres", "2021-12")]),
        ("im Sommer des Jahres 2005", [("Sommer des Jahres 2005", "2005-SU")]),
        ("Anfang nächsten Jahres", [("Anfang nächsten Jahres", "2023")]),
        ("in dieser Woche", [("dieser Woche", "2022-W20")]),
        ("bis zum 31.02.2022", []),
    ],
)
def test_ranges_lists_and_spellings(text, expected):
    """Elliptic ranges are one date, lists are several, spacing does not matter, impossible days are none."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am Freitag, 3. Juni, 18.30 Uhr, beginnt es.", ("Freitag, 3. Juni, 18.30 Uhr", "2022-06-03T18:30")),
        (
            "am 3. Juni 2022 (15.30 bis 19 Uhr)",
            ("3. Juni 2022 (15.30 bis 19 Uhr)", "2022-06-03T15:30/2022-06-03T19:00"),
        ),
        ("um 18 Uhr am 3. Juni im Park", ("18 Uhr am 3. Juni", "2022-06-03T18:00")),
        ("am Abend des 3. Juni", ("Abend des 3. Juni", "2022-06-03TEV")),
        ("am 3. Juni ab 19 Uhr", ("3. Juni ab 19 Uhr", "2022-06-03T19:00")),
        ("am 3. Juni von 22 bis 2 Uhr", ("3. Juni von 22 bis 2 Uhr", "2022-06-03T22:00/2022-06-04T02:00")),
        ("Am 3. Juni wird gefeiert. Einlass ist um 18 Uhr.", ("18 Uhr", "2022-06-03T18:00")),
        ("Die Bücherei ist täglich von 9 bis 17 Uhr offen.", ("9 bis 17 Uhr", "T09:00/T17:00")),
    ],
)
def test_clock_times(text, expected):
    """A time joins the day beside it, takes the day named before, or repeats on any day."""
    assert expected in read(text)


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Seit Juni wird gebaut.", "2024-07", "2024-06"),
        ("Seit Juni wird gebaut.", "2024-03-15", "2023-06"),
        ("Im Juni wurde gebaut.", "2024-03-15", "2023-06"),
        ("Im Juni wird gebaut.", "2024-03-15", "2024-06"),
        ("Ab Februar gilt das neue Recht.", "2024-11-15", "2025-02"),
        ("Am 14. Januar beginnt der Kurs.", "2021-12-14", "2022-01-14"),
        ("Am 2. Mai findet das Fest statt.", "2022-05-04", "2022-05-02"),
        ("Am Freitag wurde gefeiert.", MONDAY, "2022-05-13"),
        ("Am Freitag wird gefeiert.", MONDAY, "2022-05-20"),
        ("Am Montag wurde gefeiert.", MONDAY, "2022-05-16"),
        ("Das Fest ist im kommenden Jahr.", "2024", "2025"),
        ("Dienstag, 3. September", "2020-03-01", "2019-09-03"),
    ],
)
def test_incomplete_dates_follow_the_policy(text, published, value):
    """Prepositions, tense, the weekday and the distance to the publication date place a date without a year."""
    assert [v for _, v in read(text, published)] == [value]


def test_the_text_names_the_year_before_the_publication_date_does():
    text = "Am 2. September 2019 kam die Gruppe an. Am 2. & 3. September besuchte sie den Hafen."
    assert read(text, "2021-01-10")[1] == ("2. & 3. September", "2019-09-02/2019-09-03")


def test_a_weekday_repeats_the_day_named_before():
    text = "Das Fest begann am Freitag, dem 6. Mai 2022.\n\nBühne am Freitag, Foto: Archiv"
    assert read(text, MONDAY)[1] == ("Freitag", "2022-05-06")


def test_a_month_precise_publication_date_leaves_days_open():
    assert read("Gestern war Markt, heute ist Ruhe.", "2024-07") == [("Gestern", None), ("heute", "2024-07")]


@pytest.mark.parametrize(
    "text",
    [
        "nach § 3.9 der Satzung",
        "Tel. 03643 2019",
        "Telefon: 0361/2019-20",
        "auf der A 4 bei Weimar",
        "Sie gewannen 17:3 nach Verlängerung",
        "Der Preis ist mit 2000 Euro dotiert",
        "mehr als 2000 Menschen kamen",
        "Hauptstraße 12, 2010 Musterstadt",
        "Version 2.10.3 der Software",
        "www.beispiel.test/2019/09/03",
        "Frau Mai spricht",
        "Herr August kommt",
        "ein guter Morgen",
        "wie man dieser Tage hört",
        "Pressemitteilung Nr. 45/2021",
        "ISO 2019",
    ],
)
def test_false_friends_are_no_dates(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("nach fünf Jahren", "DURATION", "P5Y"),
        ("ein dreitägiges Fest", "DURATION", "P3D"),
        ("nach fünfundzwanzig Jahren", "DURATION", "P25Y"),
        ("seit Jahren", "DURATION", None),
        ("in den vergangenen Monaten", "DURATION", None),
        ("jeden Montag", "SET", "XXXX-WXX-1"),
        ("mittwochs um 14 Uhr", "SET", "XXXX-WXX-3T14:00"),
        ("pro Jahr", "SET", "P1Y"),
        ("täglich", "SET", "P1D"),
        ("alle zwei Wochen", "SET", "P2W"),
    ],
)
def test_durations_and_sets(text, type_, value):
    assert [(s.type, s.value) for s in find(text, MONDAY)] == [(type_, value)]


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1818, 3, 22), (2000, 4, 23), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25)]
)
def test_easter(year, month, day):
    assert (easter(year).month, easter(year).day) == (month, day)


def test_movable_days():
    """The Sunday before Advent, and the second Sunday in May."""
    assert holiday("A-28", 2021).isoformat() == "2021-11-21"
    assert holiday("N05-2-7", 2022).isoformat() == "2022-05-08"


PIECES = [
    *"0123456789./-–:,()&+§ \n",
    *(
        "\n\n",
        "3.",
        "12.",
        "2019",
        "30.4.",
        "Mai",
        "September",
        "Montag",
        "Fr.",
        "bis",
        "und",
        "vom",
        "Uhr",
        "heute",
    ),
    *(
        "Jahr",
        "vor",
        "drei",
        "Wochen",
        "Ende",
        "kommenden",
        "Ostern",
        "KW",
        "1990er",
        "Quartal",
        "Nacht zum",
        "jeden",
    ),
    *("24:00", "halb", "neun", "des Jahres", "Sommer", "2019/20", "in", "zwei", "Abend", "seit", "ß", "Ä"),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.text(max_size=80),
)
PUBLISHED = st.sampled_from(["2019-09-03", "2024-02-29", "2024-07", "2024", "2021-12-31"])


@given(TEXTS, PUBLISHED, st.sampled_from(["press", "timeml"]))
@settings(max_examples=300, deadline=None)
def test_any_text_yields_sound_spans(text, published, style):
    """No span is empty, crosses a paragraph or overlaps another; every value parses and ends after it begins."""
    end = 0
    for span in find(text, published, style):
        assert end <= span.start < span.end <= len(text)
        assert not re.search(r"\n[^\S\n]*\n", text[span.start : span.end])
        assert span.value is None or is_value(span.value)
        assert span.type in {"DATE", "TIME", "DURATION", "SET"}
        assert all(span.start <= p.start < p.end <= span.end and is_value(p.value or "") for p in span.parts)
        end = span.end


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_finding_is_a_function_of_its_input(text):
    assert find(text, MONDAY) == find(text, MONDAY)


PIECES_OF_TIME = ["1.", "12 ", "1 . ", "3. und ", "3., ", "1/", "20", "9:", "9-", "1.1.-", "am ", " ", "a@", "§ "]
PIECES_OF_TIME += [
    "Mai ",
    "Ende ",
    "Montag, ",
    "Sa./So., ",
    "war ",
    "ersten ",
    "zwei",
    "zweitausend",
    "Nacht vom ",
]


@pytest.mark.parametrize("style", ["press", "timeml"])
@pytest.mark.parametrize("piece", PIECES_OF_TIME)
def test_time_grows_with_the_text_only(piece, style):
    """Four times the text takes about four times as long: no pattern backtracks without bound."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        find(text, MONDAY, style)
        return time.process_time() - begin

    seconds(1_000)  # the first call in a process also compiles the rules
    assert seconds(4_000) < 10 * seconds(1_000) + 0.3


@pytest.mark.parametrize("seed", range(4))
def test_random_digits_and_signs_never_raise_and_take_linear_time(seed):
    chance = random.Random(seed)
    text = "".join(chance.choice("0123456789 .,:;-/–()§&\n") for _ in range(20_000))
    find(text[:5_000], MONDAY)  # the first call in a process also compiles the rules
    begin = time.process_time()
    found = find(text, MONDAY)
    long = time.process_time() - begin
    assert all(span.value is None or is_value(span.value) for span in found)
    begin = time.process_time()
    find(text[:5_000], MONDAY)
    assert long < 10 * (time.process_time() - begin) + 0.3


def test_hits_do_not_overlap():
    hits = scan("vom 3. bis 5. Mai 2024 und am 6. Mai 2024 um 18 Uhr")
    assert all(one.end <= two.start for one, two in pairwise(hits))

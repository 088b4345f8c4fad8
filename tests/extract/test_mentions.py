"""People, places, organisations: what is a name, where it begins and ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.components import mentions


@pytest.fixture
def names(read, gazetteers):
    """Text -> the names of a label in it."""

    def names(text: str, label: str, *model: tuple[str, str], **values: object) -> list[str]:
        page = read(text, *model, **values)
        return [text[s.start : s.end] for s in mentions.find(page, gazetteers) if s.label == label]

    return names


@pytest.fixture
def people(read, gazetteers):
    """Text -> (name, title, role) of each person in it."""

    def people(text: str, *model: tuple[str, str]) -> list[tuple[str | None, str | None, str | None]]:
        return [
            (s.name, s.title, s.role) for s in mentions.find(read(text, *model), gazetteers) if s.label == "PER"
        ]

    return people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Das sagt Peter Grasmann am Abend.", "Peter Grasmann"),
        ("Das sagt Dr. Anne von Moosfeld.", "Anne von Moosfeld"),
        ("Frau Grasmann kommt.", "Grasmann"),
        ("Das betont Prof. Dr. Xaveria Moosfeld-Lindmann.", "Xaveria Moosfeld-Lindmann"),
        ("Landrätin Birgit Moosfeld kommt.", "Birgit Moosfeld"),
        ("Der Plan von Hans J. Grasmann gefällt.", "Hans J. Grasmann"),
    ],
)
def test_a_persons_name_stands_without_salutation_title_and_office(names, text, name):
    assert names(text, "PER") == [name]


def test_the_models_span_loses_office_and_tail(names):
    assert names("Oberbürgermeister Xylo Moosfeld kommt.", "PER", ("PER", "Oberbürgermeister Xylo Moosfeld")) == [
        "Xylo Moosfeld"
    ]


def test_weekdays_months_and_places_are_no_people(names):
    text = "Am Montag kommt Erfurt im Mai."
    assert names(text, "PER", ("PER", "Montag"), ("PER", "Erfurt"), ("PER", "Mai")) == []


def test_a_surname_means_the_person_named_before(people):
    found = people("Anne Moosfeld kommt. Moosfeld lädt ein. Das Haus Moosfelds ist offen.")
    assert [name for name, _, _ in found] == ["Anne Moosfeld"] * 3


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Der Oberbürgermeister der Stadt Jena, Dr. Peter Grasmann, kommt.", "Oberbürgermeister der Stadt Jena"),
        ("Das betont Erfurts Oberbürgermeister Peter Grasmann.", "Erfurts Oberbürgermeister"),
        ("Das sagt die Landrätin Birgit Moosfeld.", "Landrätin"),
        ("Peter Grasmann, Vorsitzender des Vereins, kommt.", "Vorsitzender des Vereins"),
        ("Verfasserin: Birgit Moosfeld, Leiterin Presse, Am Anger 5", "Leiterin Presse"),
        ("Birgit Moosfeld\nLeitung Geschäftsstelle Werratal", "Leitung Geschäftsstelle Werratal"),
        ("Sie dankte dem Präsidenten Peter Grasmann.", "Präsident"),
        ("Das sagt der stellvertretende Landrat Peter Grasmann.", "stellvertretender Landrat"),
        ("Das sagt Peter Grasmann am Montag.", None),
    ],
)
def test_the_office_is_read_before_after_and_below_the_name(people, text, role):
    assert people(text)[0][2] == role


def test_academic_titles_are_kept_apart(people):
    assert people("Das sagt Prof. Dr. Anne Moosfeld.")[0][:2] == ("Anne Moosfeld", "Prof. Dr.")


def test_an_office_in_the_plural_is_shared(people):
    found = people("Die Vizepräsidentinnen Anne Moosfeld und Birgit Grasmann kommen.")
    assert [role for _, _, role in found] == ["Vizepräsidentin", "Vizepräsidentin"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Die Stadt Weimar baut.", ["Weimar"]),
        ("Der Zug aus Erfurt kommt.", ["Erfurt"]),
        ("Erfurts Wege sind lang.", ["Erfurts"]),
        ("Der Erfurter Dom ist alt.", []),
        ("Wir treffen uns Lindenstraße 4 am Abend.", ["Lindenstraße 4"]),
        ("Am Anger 5, 99084 Erfurt", ["Am Anger 5", "Erfurt"]),
        ("Das Essen schmeckt.", []),
        ("In Rheinland-Pfalz und Thüringen ist das so.", ["Rheinland-Pfalz", "Thüringen"]),
    ],
)
def test_places_by_gazetteer_and_shape(names, text, place):
    assert names(text, "LOC") == place


def test_a_common_noun_that_only_the_model_calls_a_place_is_none(names):
    assert names("Die Fristen wachsen.", "LOC", ("LOC", "Fristen")) == []


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Die Moosfeld & Söhne GmbH baut.", "Moosfeld & Söhne GmbH"),
        ("Der Förderverein Moosfeld e. V. lädt ein.", "Förderverein Moosfeld e. V."),
        ("Das Bundesministerium für Wald und Wiese fördert.", "Bundesministerium für Wald und Wiese"),
        ("Die Universität Jena feiert.", "Universität Jena"),
    ],
)
def test_organisations_by_shape(names, text, body):
    assert names(text, "ORG") == [body]


def test_a_generic_noun_is_no_organisation(names):
    assert names("Das Ministerium und der Verein kommen.", "ORG", ("ORG", "Ministerium"), ("ORG", "Verein")) == []


def test_an_acronym_is_tied_to_its_long_form(read, gazetteers):
    page = read("Das Institut für Wald und Wiese (IWW) baut. Das IWW feiert.")
    assert [s.name for s in mentions.find(page, gazetteers) if s.label == "ORG"] == [
        "Institut für Wald und Wiese",
        "Institut für Wald und Wiese",
        "Institut für Wald und Wiese",
    ]


def test_the_issuer_is_an_organisation_wherever_it_stands(names):
    text = "Die Werraregion feiert. Das Fest der Werraregion ist groß."
    assert names(text, "ORG", issuer="Werraregion") == ["Werraregion", "Werraregion"]


_PIECES = [
    *(
        "Dr. ",
        "Anne ",
        "Moosfeld",
        ", ",
        "Landrätin ",
        "der Stadt ",
        "Erfurt",
        " GmbH",
        " (IWW) ",
        "\n\n",
        "„",
        "“ ",
    ),
    *("Projekt ", "Am Anger 5", ". ", "von ", "Institut für ", "und ", "Verein ", "Jahr-", "2021 ", "Die "),
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_names_lie_in_the_text_and_people_places_organisations_never_overlap(read, gazetteers, text):
    found = mentions.find(read(text, ("ORG", "Verein Moosfeld"), ("PER", "Landrätin Moosfeld")), gazetteers)
    flat = [s for s in found if s.label != "INITIATIVE"]
    assert all(
        0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() == text[s.start : s.end] for s in found
    )
    assert all(a.end <= b.start for a, b in pairwise(flat))
    assert all(s.name for s in found)

"""Names in releases of issuers never seen: classes of errors, each as a claim with invented names."""

from __future__ import annotations

import time

import pytest

from pipeline.extract.components import bodies, issuer
from pipeline.extract.components.place_words import is_demonym, is_landscape
from pipeline.extract.patterns import load


@pytest.fixture
def names(read, gazetteers):
    """Text -> the names of a label in it."""
    from pipeline.extract.components import mentions  # noqa: PLC0415 -- as late as the fixtures of this folder

    def names(text: str, label: str, *model: tuple[str, str], **values: object) -> list[str]:
        page = read(text, *model, **values)
        return [text[s.start : s.end] for s in mentions.find(page, gazetteers) if s.label == label]

    return names


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Der Beschluss des Deutschen Bundestages gilt.", "Deutschen Bundestages"),
        ("Die EU-Kommission prüft.", "EU-Kommission"),
        ("Das sagt NABU-Präsident Grasmann.", "NABU"),
    ],
)
def test_known_bodies_are_found_in_every_case_and_before_a_hyphen(names, written, found):
    assert found in names(written, "ORG")


@pytest.mark.parametrize("written", ["Das ist EUropäisch.", "Wir sind UN-weit bekannt.", "Anti-EU ist kein Wort."])
def test_a_known_body_is_no_part_of_another_word(names, written):
    assert names(written, "ORG") == []


def test_adjectives_of_known_bodies_are_inflected():
    assert bodies.forms("Deutsch~ Bahn")[:2] == ["Deutsche Bahn", "Deutschen Bahn"]
    assert len(bodies.forms("Deutsch~ Olympisch~ Sportbund")) == 25
    assert bodies.is_known("NABUs")
    assert not bodies.is_known("Moosfeld")


def test_no_known_body_stands_in_the_table_twice():
    every = [name for group in load("bodies").tables["names"].values() for name in group]
    assert sorted({name for name in every if every.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Musterbund (MB)", ["Musterbund", "MB"]),
        ("Muster Club Werraland MCW", ["Muster Club Werraland", "MCW"]),
        ("Musterbund und der Stadt Musterrode", ["Musterbund"]),
        ("Stadt Musterrode", []),
        ("UN-Generalsekretär Peter Muster", []),
        ("ABC-Geschäftsführung", []),
        ("Gemeinsame Meldung Polizei und Zoll", []),
    ],
)
def test_an_issuer_counts_only_where_it_looks_like_one_body(line, found):
    assert [name for name, _ in issuer.names(line)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das Grünamt der Stadt Musterrode pflanzt.", "Grünamt der Stadt Musterrode"),
        ("Die Abteilung Musterkunde hilft.", "Abteilung Musterkunde"),
        ("Die NABU Kreisgruppe pflanzt.", "NABU Kreisgruppe"),
        (
            "Der Bundesverband Holzbau, Steinkunde und neue Stoffe klagt.",
            "Bundesverband Holzbau, Steinkunde und neue Stoffe",
        ),
        (
            "Das Werra Büro – Bundesverband für Moosfeld e. V. tagt.",
            "Werra Büro – Bundesverband für Moosfeld e. V.",
        ),
    ],
)
def test_the_longest_name_of_a_body_wins(names, text, found):
    assert names(text, "ORG", ("ORG", "Werra Büro"), ("ORG", "Bundesverband für Moosfeld e. V.")) == [found]


def test_a_body_with_legal_form_is_found_without_it_elsewhere(names):
    text = "Anne Grasmann (Werkraum Moosfeld) kommt. Der Werkraum Moosfeld e. V. lädt ein."
    assert names(text, "ORG") == ["Werkraum Moosfeld", "Werkraum Moosfeld e. V."]


@pytest.mark.parametrize(
    "word",
    ["Umweltausschuss", "Kriminalpolizei", "Biotopverbundes", "Erfurter Vereine", "Erfurter Stadtgesellschaft"],
)
def test_kinds_of_bodies_are_no_names_though_the_model_says_so(names, word):
    assert names(f"Dazu hat sich {word} gemeldet.", "ORG", ("ORG", word)) == []


def test_words_in_capitals_are_no_organisations_unless_in_brackets(names):
    assert names("Wir danken ALLEN, die helfen.", "ORG", ("ORG", "ALLEN")) == []
    assert names("Der Moosring (ALLEN) hilft.", "ORG", ("ORG", "ALLEN")) == ["ALLEN"]


def test_the_models_name_ends_before_function_words_and_organs(names):
    assert names("Das hat Xylogrün und gesagt.", "ORG", ("ORG", "Xylogrün und")) == ["Xylogrün"]
    assert names("Es meldet sich die NABU-Pressestelle.", "ORG", ("ORG", "NABU-Pressestelle")) == ["NABU"]


def test_a_seat_before_a_person_is_an_office(names):
    assert names("Das sagt Bundesrat Peter Grasmann.", "ORG") == []
    assert names("Der Bundesrat tagt.", "ORG") == ["Bundesrat"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Der Markt ist am Moosplatz offen.", "Moosplatz"),
        ("Gebaut wird in der Anna-Moosfeld-Straße heute.", "Anna-Moosfeld-Straße"),
        ("Der Bus kommt aus Erfurt-Moosfeld heute.", "Erfurt-Moosfeld"),
        ("Gelb blüht es an der Werraniederung.", "Werraniederung"),
        ("Im Globalen Süden ist es anders.", "Globalen Süden"),
    ],
)
def test_streets_squares_and_parts_of_towns_are_places_in_spite_of_an_article(names, text, place):
    assert names(text, "LOC", ("LOC", place)) == [place]


@pytest.mark.parametrize("word", ["Arbeitsplatz", "Radweg", "Spielplatz", "Bundesstraße"])
def test_compounds_of_everyday_life_are_no_places(names, word):
    assert names(f"Es fehlt am {word} noch viel.", "LOC", ("LOC", word)) == []
    assert not is_landscape(word)


def test_people_of_a_town_are_no_place(names, gazetteers):
    assert is_demonym("Erfurterinnen", gazetteers)
    assert not is_demonym("Hannover", gazetteers)
    assert names("Den Erfurtern gefällt das.", "LOC", ("LOC", "Erfurtern")) == []


def test_a_place_of_the_dateline_with_an_office_in_it_is_none(names):
    assert names("Ministerin Moosfeld kommt.", "LOC", dateline_place="Ministerin Moosfeld") == []


def test_a_surname_in_capitals_belongs_to_the_name_and_to_later_mentions(names):
    text = "Gesucht wird Anne GRASMANN. Hinweise zu Grasmann nimmt die Wache an."
    assert names(text, "PER", ("PER", "Anne")) == ["Anne GRASMANN", "Grasmann"]


def test_looking_bodies_up_takes_time_in_proportion_to_the_text(read):
    """Ten times the text, not more than about twenty times the time."""
    line = "Deutsche Deutscher Europäische Union für Muster-und-Beispiel CDU/CSU "

    def seconds(count: int) -> float:
        page = read(line * count)
        begin = time.process_time()
        assert len(list(bodies.find(page))) > 0
        return time.process_time() - begin

    seconds(100)  # the first call in a process also reads the table
    assert seconds(1000) < 20 * max(seconds(100), 0.002)

"""German is taken in however it is written; everything else is told what it is."""

from __future__ import annotations

import pytest

from pipeline.core.errors import Rejection
from pipeline.ingest import language
from tests.ingest import made

_LOW_GERMAN = (
    "De Stadt hett an'n Maandag de niege Brüch över de Lohe open maakt. Se is veertig Meter lang un verbinnt"
    " den Bahnhoff mit de ole Stadt. Dor hebbt veel Lüüd lang op töövt, sä de Börgermeestersche."
)
_SWISS_GERMAN = (
    "D Stadt het am Mäntig di neui Brugg über d Lohe uftaa. Si isch vierzg Meter läng und verbindet dr Bahnhof"
    " mit dr Altstadt. Viu Lüt hei lang druf gwartet, het d Stadtpräsidäntin gseit."
)
_ENGLISH = (
    "The town opened its new bridge over the river on Monday. It is forty metres long and connects the station"
    " with the old town. Many people have been waiting for it, said the mayor."
)
_DUTCH = (
    "Het college heeft besloten om de parkeerplaats op het plein te sluiten. In de zomer komt er een nieuwe"
    " speeltuin, zei de wethouder. De kosten zijn nog niet bekend en worden later door de raad vastgesteld."
)


@pytest.mark.parametrize(
    "text",
    [
        made.PROSE,
        (
            "Die Gemeinde eröffnet im Jänner die neue Brücke. Heuer kommt auch eine Rodelbahn dazu, hieß es am "
            "Montag."
        ),
        "Die Gemeinde eröffnet Ende Monat die Strassenbrücke. Velofahrende dürfen sie ab sofort benützen.",
        "DIE STADT ERÖFFNET AM MONTAG DIE NEUE BRÜCKE ÜBER DIE LOHE. ALLE SIND HERZLICH EINGELADEN.",
        (
            "Gesperrt: Lindenstraße, Große Gasse, Am Anger, Schloßplatz, Uferstraße, Mühlstraße, Neue Straße. "
            "Am Montag."
        ),
        f"{_ENGLISH}\n\n{made.PROSE}",
        f"{made.PROSE}\n\n{_DUTCH}",
    ],
    ids=["prose", "austria", "switzerland", "capitals", "list", "english-first", "dutch-last"],
)
def test_german_is_taken_in(text):
    assert language.check(text, ["de"]) == "de"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (_ENGLISH, "Englisch"),
        (_DUTCH, "Niederländisch"),
        (_LOW_GERMAN, "Niederdeutsch (Plattdeutsch)"),
        (_SWISS_GERMAN, "Schweizerdeutsch (Mundart)"),
    ],
)
def test_another_language_is_rejected_with_its_name(text, name):
    with pytest.raises(Rejection) as why:
        language.check(text, ["de"])
    assert name in why.value.reason_de


def test_params_open_the_door_to_other_languages():
    assert language.check(_LOW_GERMAN, ["de", "nds"]) == "nds"
    assert language.check(_ENGLISH, ["en"]) == "en"


def test_a_few_german_words_make_no_german_text():
    with pytest.raises(Rejection):
        language.check(f"{_ENGLISH * 3}\n\nDie Stadt im Internet: falkenrode.example", ["de"])

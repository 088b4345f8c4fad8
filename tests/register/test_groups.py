"""Mentions of places, organisations and initiatives -> entities."""

from __future__ import annotations

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Mention, Release
from pipeline.register import gazetteer, initiatives, organisations, places
from pipeline.register.clusters import Cluster, nominative
from pipeline.register.settle import settle
from tests.builders import mention, release

HEAD = "name,kind,geonames_id,ags,region,latitude,longitude,population\n"
PLACES = gazetteer.parse(
    HEAD
    + "Falkenrode,municipality,11,16000001,Thüringen,50.9,11.3,60000\n"
    + "Auenheim,municipality,12,09000001,Bayern,49.1,11.1,4000\n"
    + "Auenheim,municipality,13,16000002,Thüringen,50.8,11.2,3000\n"
    + "Hohenstadt,municipality,14,07000001,Rheinland-Pfalz,49.9,8.2,200000\n"
    + "Hohenstadt,municipality,15,09000002,Bayern,48.9,12.2,900\n"
    + "Winzig,municipality,16,01000001,Schleswig-Holstein,54.1,9.9,120\n"
    + "Thüringen,land,,16,Deutschland,50.9,11.0,2100000\n"
    + "Lautern am Main,municipality,17,06000001,Hessen,50.1,8.6,700000\n",
    "places.csv",
)


def located(name: str, where: str = "r1", start: int = 0) -> Mention:
    return mention(name, "LOC", start, release_id=where)


def group(*mentions: Mention, **releases: Release) -> dict[str, Cluster]:
    known = {m.release_id: release(m.release_id, issuer=None) for m in mentions} | releases
    return {cluster.name: cluster for cluster in places.group(mentions, known, PLACES)}


def link(cluster: Cluster) -> int | None:
    return cluster.link.geonames_id if cluster.link else None


@pytest.mark.parametrize(
    ("name", "geonames"),
    [
        ("Falkenrode", 11),
        ("Hohenstadt", 14),
        ("Auenheim", None),
        ("Winzig", None),
        ("Lautern", 17),
        ("Nirgends", None),
    ],
)
def test_a_place_is_linked_only_where_its_name_settles_it(name: str, geonames: int | None):
    assert link(group(located(name))[name]) == geonames


def test_an_ambiguous_place_is_settled_by_the_land_of_its_company():
    assert link(group(located("Auenheim"), located("Thüringen", start=20))["Auenheim"]) == 13


def test_an_ambiguous_place_is_settled_by_the_dateline():
    assert link(group(located("Auenheim"), r1=release("r1", dateline_place="Falkenrode"))["Auenheim"]) == 13


def test_company_of_two_lands_settles_nothing():
    found = group(located("Auenheim"), located("Thüringen", start=20), located("Hohenstadt", start=40))
    assert link(found["Auenheim"]) is None


def test_a_place_in_the_neighbourhood_is_meant_where_the_lands_do_not_decide():
    found = group(located("Auenheim"), located("Falkenrode", start=20), located("Hohenstadt", start=40))
    assert link(found["Auenheim"]) == 13


def test_an_ambiguous_place_is_settled_by_the_home_of_its_issuer():
    assert link(group(located("Auenheim"), r1=release("r1", issuer="Stadt Falkenrode"))["Auenheim"]) == 13


def test_one_sense_of_an_ambiguous_name_does_not_carry_to_another_issuer():
    found = places.group(
        [located("Auenheim"), located("Auenheim", "r2"), located("Auenheim", "r3")],
        {
            "r1": release("r1", issuer="Stadt Falkenrode"),
            "r2": release("r2", issuer="Verein A"),
            "r3": release("r3", text="Auenheim in Bayern", issuer="Verein B"),
        },
        PLACES,
    )
    assert sorted((m.mention.release_id, link(c) or 0) for c in found for m in c.members) == [
        ("r1", 13), ("r2", 0), ("r3", 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "geonames"),
    [
        ("in Auenheim (Bayern) tagt", "Auenheim", 12),
        ("in Auenheim in Bayern tagt", "Auenheim", 12),
        ("nach Auenheim, Thüringen und", "Auenheim", 13),
        ("im bayerischen Auenheim tagt", "Auenheim", 12),
        ("in Auenheim tagt", "Auenheim", None),
        ("in Hohenstadt in Bayern tagt", "Hohenstadt", 15),
        ("in Auenheim in Hessen tagt", "Auenheim", None),
    ],
)
def test_what_stands_beside_a_name_says_which_place_it_is(text: str, name: str, geonames: int | None):
    mentions = [located(name, start=text.index(name))]
    (found,) = places.group(mentions, {"r1": release("r1", text, issuer=None)}, PLACES)
    assert link(found) == geonames


def test_a_well_known_place_gives_way_to_a_near_one_of_its_name_when_all_else_is_far_from_it():
    table = gazetteer.parse(
        HEAD
        + "Lauterstadt,municipality,21,16000009,Thüringen,50.98,11.33,65000\n"
        + "Lauterstadt (Lohe),municipality,22,06000009,Hessen,50.76,8.73,5000\n"
        + "Marbrück,municipality,23,06000008,Hessen,50.8,8.77,70000\n",
        "places.csv",
    )
    near = [located("Lauterstadt"), located("Marbrück", start=30)]
    known = {m.release_id: release(m.release_id, issuer=None) for m in near}
    assert {c.name: link(c) for c in places.group(near, known, table)} == {"Lauterstadt": 22, "Marbrück": 23}
    assert {c.name: link(c) for c in places.group(near[:1], known, table)} == {"Lauterstadt": 21}


def test_the_genitive_of_a_known_place_is_that_place_under_its_own_name():
    found = group(located("Falkenrodes"), located("Stadt Falkenrode", start=30))
    assert [len(c.members) for c in found.values()] == [2]
    assert list(group(located("Falkenrodes"))) == ["Falkenrode"]


def test_all_names_of_one_certain_place_meet():
    assert len(group(located("Lautern am Main"), located("Lautern", "r2"))) == 1


def test_addresses_are_no_places():
    assert not group(located("Lindenstraße 12"))


@pytest.mark.parametrize(
    ("text", "message"),
    [("name,kind\n", "line 1: column geonames_id"), (HEAD + "A,land,,,,x,,\n", "line 2: could not convert")],
)
def test_a_broken_gazetteer_is_named_by_line(text: str, message: str):
    with pytest.raises(InputError, match=f"^places.csv: {message}"):
        gazetteer.parse(text, "places.csv")


def organisation(name: str, text: str, where: str = "r1") -> Mention:
    return mention(name, "ORG", text.index(name), release_id=where)


def named_organisations(texts: dict[str, tuple[str, list[str]]]) -> dict[str, set[str]]:
    """Release -> (text, names in it), grouped: shown name -> reasons."""
    mentions = [organisation(name, text, where) for where, (text, names) in texts.items() for name in names]
    releases = {where: release(where, text) for where, (text, _) in texts.items()}
    return {c.name: {m.because for m in c.members} for c in organisations.group(mentions, releases)}


def test_an_acronym_explained_in_brackets_is_its_long_form_there_and_elsewhere():
    found = named_organisations(
        {
            "r1": ("Der Falkenroder Kulturverein (FKV) lädt ein.", ["Falkenroder Kulturverein", "FKV"]),
            "r2": ("Der FKV tagt.", ["FKV"]),
        }
    )
    assert found == {
        "Falkenroder Kulturverein": {"same_name", "acronym+defined_here", "acronym+defined_elsewhere"}
    }


def test_an_acronym_with_two_long_forms_stays_alone():
    found = named_organisations(
        {
            "r1": ("Der Falkenroder Kulturverein (FKV)", ["Falkenroder Kulturverein"]),
            "r2": ("Der Freie Kanuverband (FKV)", ["Freie Kanuverband"]),
            "r3": ("Der FKV tagt.", ["FKV"]),
        }
    )
    assert set(found) == {"Falkenroder Kulturverein", "Freier Kanuverband", "FKV"}


def test_a_name_without_legal_form_joins_the_only_one_that_has_it_but_never_chooses_between_two():
    one = named_organisations({"r1": ("Novatherm und Novatherm GmbH", ["Novatherm", "Novatherm GmbH"])})
    two = named_organisations(
        {"r1": ("Brücke, Brücke e. V., Brücke GmbH", ["Brücke", "Brücke e. V.", "Brücke GmbH"])}
    )
    assert len(one) == 1
    assert len(two) == 3


def test_spellings_of_an_initiative_meet_and_its_kind_is_that_of_the_majority():
    forms = ["Sommer-Lese-Club", "Sommerleseclub", "„Sommer-Lese-Club“", "Sommer-Lese-Clubs"]
    mentions = [mention(f, "INITIATIVE", i * 30) for i, f in enumerate(forms)]
    found = initiatives.group(mentions, {"aaaaaaaaaaaa": release()})
    assert [len(c.members) for c in found] == [4]


def short_forms(*where: tuple[str, str]) -> set[str]:
    """(name, release) pairs -> the initiatives found; releases with the same first letter have the same issuer."""
    mentions = [mention(name, "INITIATIVE", i * 30, release_id=at) for i, (name, at) in enumerate(where)]
    releases = {at: release(at, issuer=f"Stadt {at[0]}") for _, at in where}
    return {cluster.name for cluster in initiatives.group(mentions, releases)}


def test_a_short_form_joins_the_only_longer_name_of_its_issuer():
    twice = [("DorfFunk Lauter", "a1"), ("DorfFunk Lauter", "a2")]
    assert short_forms(*twice, ("DorfFunk", "a3")) == {"DorfFunk Lauter"}
    assert short_forms(twice[0], ("DorfFunk", "a3")) == {"DorfFunk Lauter", "DorfFunk"}


@pytest.mark.parametrize(
    "where",
    [
        [("DorfFunk Lauter", "a1"), ("DorfFunk Lauter", "a2"), ("DorfFunk", "b1")],
        [("DorfFunk Lauter", "a1"), ("DorfFunk Lauter", "a2"), ("DorfFunk", "a1")],
        [("DorfFunk Lauter", "a1"), ("DorfFunk Aue", "a2"), ("DorfFunk", "a3")],
    ],
)
def test_a_short_form_stays_alone_for_another_issuer_beside_the_long_one_or_with_two_of_them(
    where: list[tuple[str, str]],
):
    assert "DorfFunk" in short_forms(*where)


def settled(*mentions: Mention, issuer: str | None = None) -> dict[str, list[str]]:
    found = settle(mentions, {"aaaaaaaaaaaa": release(issuer=issuer)}, PLACES)
    return {label: [m.text for m in group] for label, group in found.items()}


def test_a_surname_taken_for_a_place_is_the_person_of_its_release_unless_a_town_bears_it():
    whole = [mention("Jana Weißbach", "PER"), mention("Ulf Auenheim", "PER", 20)]
    found = settled(*whole, mention("Weißbachs", "LOC", 40), mention("Auenheim", "LOC", 60))
    assert found == {"PER": ["Jana Weißbach", "Ulf Auenheim", "Weißbachs"], "LOC": ["Auenheim"]}


def test_a_whole_name_is_a_person_wherever_it_is_taken_for_something_else():
    assert settled(mention("Jana Weißbach", "PER"), mention("Jana Weißbach", "ORG", 40)).keys() == {"PER"}


def test_a_company_is_no_initiative_of_its_own_but_an_association_may_be():
    named = mention("Lautertherm", "INITIATIVE")
    assert settled(named, issuer="Lautertherm AG") == {}
    assert settled(named, issuer="Lautertherm e. V.") == {"INITIATIVE": ["Lautertherm"]}


@pytest.mark.parametrize(
    ("forms", "plain"),
    [
        (["Instituts für Rad", "Institut für Rad"], "Institut für Rad"),
        (["Deutschen Radbund", "Deutscher Radbund"], "Deutscher Radbund"),
        (["Alten Mühle", "Alte Mühle"], "Alte Mühle"),
        (["Haus der Kunst"], "Haus der Kunst"),
    ],
)
def test_the_least_inflected_form_stands_for_all(forms: list[str], plain: str):
    assert nominative(forms) == [plain]


def test_a_word_that_is_seldom_a_name_is_none():
    """A model that once takes a common noun for a place puts nothing into the register."""
    text = "Der Fahrplan gilt. " * 8
    there = {"r1": release("r1", text=text)}
    assert settle([located("Fahrplan", start=4)], there, PLACES)["LOC"] == []
    often = [located("Fahrplan", start=4 + 19 * i) for i in range(4)]
    assert len(settle(often, there, PLACES)["LOC"]) == 4


def test_most_releases_decide_what_a_doubtful_name_is():
    sure = [located("Xylowald", f"r{i}") for i in range(3)]
    odd = mention("Xylowald", "ORG", release_id="r9")
    there = {m.release_id: release(m.release_id) for m in [*sure, odd]}
    assert len(settle([*sure, odd], there, PLACES)["LOC"]) == 4
    by_rule = mention("Xylowald", "ORG", release_id="r9", found_by="rule:org-issuer")
    assert len(settle([*sure, by_rule], there, PLACES)["ORG"]) == 1


def test_a_certain_place_is_no_organisation_by_the_models_word_alone():
    settled = settle([mention("Falkenrode", "ORG", release_id="r1")], {"r1": release("r1")}, PLACES)
    assert [m.name for m in settled["LOC"]] == ["Falkenrode"]


def test_initiatives_meet_in_all_cases():
    names = ("Nationalen Musterplan", "Nationale Musterplan", "Nationaler Musterplan")
    found = [mention(name, "INITIATIVE", release_id=f"r{i}") for i, name in enumerate(names)]
    known = {m.release_id: release(m.release_id) for m in found}
    assert [(c.name, len(c.members)) for c in initiatives.group(found, known)] == [("Nationaler Musterplan", 3)]


def shortened(*named: tuple[str, str], issuers: dict[str, str] | None = None) -> list[set[str]]:
    """(release, organisation) pairs -> the organisations, each as the set of its reasons."""
    mentions = [mention(name, "ORG", i * 80, release_id=where) for i, (where, name) in enumerate(named)]
    there = {where: release(where, issuer=(issuers or {}).get(where)) for where, _ in named}
    return [{m.because for m in c.members} for c in organisations.group(mentions, there)]


def test_an_institute_is_the_one_of_the_university_that_stands_beside_it():
    long = "Institut für Waldbau der Universität Lautertal"
    apart = shortened(("r1", long), ("r2", "Institut für Waldbau"))
    beside = shortened(("r1", long), ("r2", "Institut für Waldbau"), ("r2", "Universität Lautertal"))
    assert len(apart) == 2
    assert {"same_name", "short_form+only_one+owner_here"} in beside
    assert len(beside) == 2


def test_an_institute_that_two_universities_have_joins_neither():
    long = "Institut für Waldbau der Universität "
    assert len(shortened(("r1", long + "Lautertal"), ("r1", long + "Aue"), ("r1", "Institut für Waldbau"))) == 3


def test_the_core_in_quotation_marks_is_the_whole_name_for_one_issuer_only():
    named = ("r1", "Verbund „Drei-Täler-Region“ e. V."), ("r2", "Drei-Täler-Region")
    assert len(shortened(*named, issuers={"r1": "Verein", "r2": "Verein"})) == 1
    assert len(shortened(*named, issuers={"r1": "Verein", "r2": "Stadt"})) == 2


def test_a_name_with_an_article_is_a_river_not_the_village_of_that_name():
    text = "an der Auenheim"
    there = {"r1": release("r1", text, issuer="Stadt Falkenrode"), "r2": release("r2", issuer="Stadt Falkenrode")}
    (found,) = places.group([located("Auenheim", start=7), located("Auenheim", "r2")], there, PLACES)
    assert link(found) is None

"""Offices and surnames that stand alone -> the person who held the office then."""

from __future__ import annotations

import pytest

from pipeline.core.records import Mention, Release, Sentence
from pipeline.register import offices, people
from pipeline.register.beside import OFFICES, may_name_an_office
from pipeline.register.looks import look_at
from pipeline.register.tenure import attested
from pipeline.register.work import Found, Given, build
from tests.builders import mention, release
from tests.register.settings import STRICT


def sentence(text: str, release_id: str, zone: str = "body") -> Sentence:
    return Sentence(release_id, 0, len(text), zone)


def found(*texts: tuple[str, str, str, str], zone: str = "body") -> dict[str, list[tuple[str, str]]]:
    """(release, day, bearer "Name: office" or "", text) -> name -> (release, reason) of offices alone."""
    releases: dict[str, Release] = {}
    mentions: list[Mention] = []
    for release_id, day, bearer, text in texts:
        releases[release_id] = release(release_id, text, published=day)
        if bearer:
            name, _, role = bearer.partition(": ")
            mentions.append(mention(name, "PER", 500, release_id=release_id, role=role or None))
    sentences = [sentence(text, release_id, zone) for release_id, _, _, text in texts]
    joined = offices.join(people.group(mentions, releases), releases, sentences)
    return {
        c.name: [(m.mention.release_id, m.because) for m in c.members if m.mention.found_by == "rule:office"]
        for c in joined
    }


HERE = "office+only_holder"
ACROSS = "office+in_office+same_issuer"


def test_an_office_means_the_one_who_has_it_in_the_release():
    text = "Nun sprach die Oberbürgermeisterin zum Rat."
    assert found(("r1", "2021", "Eva Lauten: Oberbürgermeisterin", text)) == {"Eva Lauten": [("r1", HERE)]}


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister von Auenbrück kam.",
        "Der Bürgermeister Otto Aue kam.",
        "Der Bürgermeister, Herr Aue, kam.",
        "Der Bürgermeister, Otto Aue, kam.",
        "Das Amt der Oberbürgermeisterin ist schön.",
        "Die Bürgermeister tagten.",
        "Die Oberbürgermeisterin-Wahl ist vorbei.",
        "Der Geschäftsführer kam.",
    ],
)
def test_another_ones_office_the_office_itself_and_common_offices_mean_nobody(text: str):
    bearers = "Eva Lauten: Oberbürgermeisterin", "Otto Aue: Bürgermeister", "Uwe Tal: Geschäftsführer"
    for bearer in bearers:
        assert not any(found(("r1", "2021", bearer, text)).values())


def test_the_contact_zone_and_letterheads_name_nobody_by_office():
    text = "Die Landrätin spricht."
    assert not any(found(("r1", "2021", "Eva Lauten: Landrätin", text), zone="contact").values())


ALONE = "Die Landrätin eröffnet die Schule."


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2020-03-01", "Eva Lauten"), ("2016-01-01", None), ("2021-06-01", None), ("2024-01-01", "Uta Brömme")],
)
def test_across_releases_the_day_decides_and_a_change_of_office_leaves_it_open(day: str, holder: str | None):
    result = found(
        ("r1", "2019-02-01", "Eva Lauten: Landrätin", "Text."),
        ("r2", "2021-02-01", "Eva Lauten: Landrätin", "Text."),
        ("r3", "2022-02-01", "Uta Brömme: Landrätin", "Text."),
        ("r4", "2023-02-01", "Uta Brömme: Landrätin", "Text."),
        ("r9", day, "", ALONE),
    )
    assert {name for name, spots in result.items() if ("r9", ACROSS) in spots} == ({holder} if holder else set())


def test_another_issuers_office_is_another_office():
    tenures = attested([("Kreis A", "Landrätin", "2020-01-01", "eva")])
    assert tenures.holder("Kreis A", "die Landrätin des Kreises", "2020-05-01") == "eva"
    assert tenures.holder("Kreis B", "Landrätin", "2020-05-01") is None
    assert tenures.holder("Kreis A", "Imkerin", "2020-05-01") is None


def test_a_bare_surname_with_the_office_joins_the_holder_of_that_time_only():
    def at(day: str) -> int:
        releases = {"a": release("a", published="2012-01-01"), "b": release("b", published=day)}
        mentions = [
            mention("Eva Lauten", "PER", release_id="a", role="Landrätin"),
            mention("Lauten", "PER", release_id="b", role="Landrätin"),
        ]
        return len(people.group(mentions, releases))

    assert at("2013-01-01") == 1
    assert at("2022-01-01") == 2


def test_an_office_alone_is_a_mention_of_the_register_but_no_name_of_the_person():
    text = "Jana Weißbach kam. Nun sprach die Rektorin."
    person = mention("Jana Weißbach", "PER", 0, role="Rektorin")
    parts = [Sentence(person.release_id, 0, 18, "body"), Sentence(person.release_id, 19, len(text), "body")]
    register = build(Found([person], [release(text=text)], parts), Given(), STRICT)
    (entity,) = register.entities
    assert (entity.n_mentions, entity.variants) == (2, [])
    assert [text[m.start : m.end] for m in register.mentions] == ["Jana Weißbach", "Rektorin"]


def test_coordinated_first_names_are_whole_names_where_the_corpus_has_them():
    text = "Anna und Peter Lauten"
    mentions = [
        mention("Anna", "PER", 0),
        mention("Peter Lauten", "PER", 9),
        mention("Anna Lauten", "PER", 100, release_id="b"),
    ]
    releases = {"aaaaaaaaaaaa": release(text=text), "b": release("b")}
    reasons = {c.name: [m.because for m in c.members] for c in people.group(mentions, releases)}
    assert reasons == {"Anna Lauten": ["same_name", "coordinated+same_issuer"], "Peter Lauten": ["same_name"]}


ARTICLES = ["der", "Der", "dem", "Dem", "den", "Den", "die", "Die"]
WORDS = [*OFFICES["once"], *OFFICES["once_feminine"]]


def test_what_is_no_office_at_first_sight_is_none_at_the_second():
    texts = [
        f"Nun sah man {article} {word}{end}"
        for article in ARTICLES
        for word in WORDS
        for end in ("", "s.", " kam")
    ]
    named = [text for text in texts if offices._NAMED.search(text)]
    assert len(named) > len(WORDS)
    assert all(may_name_an_office(text) for text in named)


def test_only_texts_that_may_name_a_known_office_are_asked_for():
    releases = {
        "r1": release("r1", "Die Landrätin kam.", issuer="Kreis Aue"),
        "r2": release("r2", "Die Landrätin kam.", issuer="Kreis Tal"),
        "r3": release("r3", "Niemand kam.", issuer="Kreis Aue"),
        "r4": release("r4", "Die Landrätin kam.", issuer=None),
    }
    tenures = attested([("Kreis Aue", "Landrätin", "2021-05-03", "eva lauten")])
    looks = look_at((), releases, ())
    assert offices._asked({}, tenures, releases, looks) == {"r1"}
    assert offices._asked({("r4", "landrätin"): {0}}, tenures, releases, looks) == {"r1", "r4"}

"""Terms of a release -> guided themes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Term
from pipeline.themes import guided
from pipeline.themes.emphasis import LEAD, REST, TITLE, best_passage, emphasis, layout, needles
from pipeline.themes.guided import Shared, assign, rarity, soft_shares
from pipeline.themes.matching import SeedIndex
from pipeline.themes.scheme import parse_scheme
from pipeline.themes.shown import readable
from pipeline.themes.wording import INSIDE, inside_names, spoken
from tests.builders import mention, release, term
from tests.themes.parts import sentence

SCHEME = """
[[theme]]
id = "education"
label = "Bildung"
definition = "Schule."
iptc = "05000000"
iptc_label = "Bildung"
strong = ["*schule", "schul*"]
hint = ["kind"]
never = ["schulden*"]

[[theme]]
id = "transport"
label = "Verkehr"
definition = "Bus."
iptc = "20000337"
iptc_label = "Transport"
strong = ["bus", "radweg*", "öffentlich* verkehr"]
hint = ["kind"]
"""
INDEX = SeedIndex(parse_scheme(SCHEME, "scheme.toml"))
TEXT = "Neue Grundschule öffnet\n\nDie Grundschule öffnet im Mai. Der Bus hält davor. Alle Kinder freuen sich."


def layout_of(text: str = TEXT):
    title, body = text.split("\n\n")
    rows, start = [], len(title) + 2
    for part in body.split(". "):
        rows.append(sentence(start, start + len(part)))
        start += len(part) + 2
    return layout(release(text=text, title=title), rows)


def themes_of(*terms: Term, min_share: float = 0.15, text: str = TEXT) -> list[Shared]:
    return assign(terms, layout_of(text), INDEX, {}, min_share)


def test_a_release_has_the_themes_its_terms_speak_for_strongest_first():
    found = themes_of(term("grundschule", 2), term("schulhof", 2), term("bus", 3), term("radweg", 2))
    assert [s.theme_id for s in found] == ["education", "transport"]
    assert [t.term for t in found[0].terms] == ["grundschule", "schulhof"]


def test_no_theme_is_forced_on_a_release():
    assert themes_of(term("löwenzahn", 5)) == []
    assert themes_of(term("schulden", 9)) == []
    assert themes_of(term("kind", 1)) == []


def test_at_most_three_themes_are_assigned():
    many = "".join(
        f'[[theme]]\nid = "t{i}"\nstrong = ["wort{i}"]\n'
        'label = "T"\ndefinition = "D."\niptc = "1"\niptc_label = "I"\n'
        for i in range(6)
    )
    terms = [term(f"wort{i}", 9) for i in range(6)]
    assert len(assign(terms, layout_of(), SeedIndex(parse_scheme(many, "")), {}, 0.01)) == guided.MAX_ASSIGNED


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1e6, allow_nan=False)))
def test_shares_are_positive_and_together_below_one(sums: dict[str, float]):
    shares = soft_shares(sums)
    assert all(0 <= share < 1 for share in shares.values())
    assert sum(shares.values()) < 1 + 1e-9


@given(st.permutations([term("grundschule", 2), term("bus", 3), term("radweg"), term("kind")]))
def test_the_order_of_terms_changes_nothing(terms: list[Term]):
    assert themes_of(*terms) == themes_of(*sorted(terms, key=lambda t: t.term))


@pytest.mark.parametrize(("word", "weight"), [("grundschule", TITLE), ("bus", LEAD), ("freude", REST)])
def test_title_and_lead_count_more_than_the_rest(word: str, weight: float):
    assert emphasis(term(word), layout_of()) == weight


def test_the_best_sentence_is_the_one_that_holds_most_of_the_evidence():
    where = layout_of()
    assert best_passage({needles(term("bus")): 1.0}, where) == TEXT.index("Der Bus")
    assert best_passage({needles(term("löwenzahn")): 1.0}, where) is None


def test_a_term_of_every_release_counts_less_but_never_less_than_half_and_one_release_changes_nothing():
    alone = rarity({"schule": 1}, 1)
    many = rarity({"schule": 500, "bus": 1}, 500)
    assert alone == {"schule": 1.0}
    assert many["bus"] == 1.0
    assert 0.5 <= many["schule"] < 0.7


def test_a_phrase_is_found_inflected_and_its_adjective_speaks_alone():
    assert INDEX.find("öffentlich verkehr")["transport"] == 3.0
    assert INDEX.find("schulisch leistung") == {"education": 3.0}


def test_a_lemma_cut_too_short_is_shown_as_the_word_of_the_text():
    text = release(text="Die Klimakrise und die Schulen. Grundschulneubau.")
    found = readable(text, [term("klimakris"), term("schulen"), term("grundschul"), term("bus")])
    assert [t.surface for t in found] == ["Klimakrise", "Schulen", "Grundschul", "Bus"]


def test_names_in_title_and_issuer_speak_for_a_theme_unless_they_only_say_what_kind_of_issuer_speaks():
    text = release(title="Radwegbündnis wächst", issuer="Schulverein Auenheim")
    found = spoken(text, [], INDEX, lambda word: word == "Auenheim")
    assert [t.surface for t in found] == ["Schulverein", "Radwegbündnis"]
    assert spoken(text, [], INDEX, lambda word: word.startswith("Schul"))[0].surface == "Radwegbündnis"
    assert spoken(text, [term("schulverein"), term("radwegbündnis")], INDEX, lambda _: False) == []


def test_a_theme_of_means_stands_behind_a_subject_that_is_half_as_strong():
    means = SCHEME.replace('id = "transport"', 'id = "transport"\nmeans = true')
    terms = [term("grundschule", 1), term("bus", 2), term("radweg", 1)]
    plain, turned = (
        [s.theme_id for s in assign(terms, layout_of(), SeedIndex(parse_scheme(text, "")), {}, 0.15)]
        for text in (SCHEME, means)
    )
    assert (plain, turned) == (["transport", "education"], ["education", "transport"])


def test_words_inside_names_of_organisations_speak_a_little_and_those_of_people_and_places_never():
    names = [
        ("Radwegbündnis Auental", "ORG"),
        ("Schulz", "PER"),
        ("Schulweg", "LOC"),
        ("Offene Schule", "INITIATIVE"),
    ]
    mentions = [mention(text, label, 0) for text, label in [*names, names[0]]]
    found = inside_names(mentions, [term("schule")], INDEX, lambda _: False)
    assert [(t.surface, t.pos, t.count) for t in found] == [("Radwegbündnis", INSIDE, 2)]
    (outside,) = assign([term("radweg", 2)] * 3, layout_of(), INDEX, {}, 0.15)
    (inside,) = assign([replace(term("radweg", 2), pos=INSIDE)] * 3, layout_of(), INDEX, {}, 0.15)
    assert inside.weights[0] == pytest.approx(guided.IN_NAME * outside.weights[0])

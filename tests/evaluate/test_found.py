"""Tables -> the gold form."""

import pytest

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.evaluate.annotation import from_dict
from pipeline.evaluate.found import Found, assigned_themes, initiatives, load, people, to_gold_form
from pipeline.evaluate.pairs import pair
from tests import builders as b


def found(**values):
    parts = {"zones": [], "mentions": [], "dates": [], "quotes": [], "themes": []}
    return Found(b.release(source_path="x/a.txt"), **{**parts, **values})


def test_mentions_of_one_name_are_one_person_with_the_first_office_given():
    mentions = [
        b.mention("Muster", "PER", 40, name="Anna Muster"),
        b.mention("Anna Muster", "PER", 5, title="Dr."),
        b.mention("Anna Muster", "PER", 60, role="Landrätin"),
    ]
    assert people(mentions) == [
        {"name": "Anna Muster", "title": "Dr.", "role": "Landrätin", "spans": [[5, 16], [40, 46], [60, 71]]}
    ]


def test_the_most_frequent_kind_of_an_initiative_wins():
    mentions = [
        b.mention("Sommerlauf", "INITIATIVE", i * 20, kind=k) for i, k in enumerate(["event", "prize", "event"])
    ]
    assert initiatives(mentions)[0]["kind"] == "event"


def test_at_most_three_guided_themes_in_their_order():
    themes = [tr.Theme(t, "guided", t, [], 1, 0.1) for t in "abcd"]
    themes.append(tr.Theme("n", "discovered", "n", [], 1, 1.0))
    rows = [tr.ThemeAssignment("x", t, 0.2, rank, [], None) for rank, t in enumerate("dcba", 1)]
    rows.append(tr.ThemeAssignment("x", "n", 1.0, 1, [], None))
    assert assigned_themes(themes, rows)["x"] == ["d", "c", "b"]


def test_the_gold_form_carries_the_text_of_spans_and_quotes():
    quote = r.Quote("aaaaaaaaaaaa", 0, 3, "Die", None, None, "direct", "rule:x")
    form = to_gold_form(found(mentions=[b.mention("Stadt", "ORG", 4)], quotes=[quote], themes=["sport"]))
    assert form["spans"][0]["text"] == "Stadt"
    assert form["quotes"][0]["text"] == "Die"
    assert form["themes"] == ["sport"]


def test_gold_of_a_rejected_file_counts_as_nothing_found_and_foreign_gold_is_left_out():
    gold = [from_dict("a", {"source": "x/a.txt"}), from_dict("b", {"source": "b.txt"}), from_dict("c", {})]
    pairs = pair(gold, [found()], rejected={"b.txt"})
    assert [(g.name, bool(f.data)) for g, f in pairs] == [("a", True), ("b", False)]


def tables_of(numbers):
    ids = [f"{n:012x}" for n in numbers]
    t.RELEASES.write([b.release(key, source_path=f"{key}.txt") for key in ids])
    t.ZONES.write([r.Zone(key, n, n + 1, "body") for key in ids for n in range(3)])
    t.MENTIONS.write([b.mention("Stadt", "ORG", 4, release_id=key) for key in ids])
    t.DATES.write([])
    t.QUOTES.write([r.Quote(key, 0, 3, "Die", None, None, "direct", "rule:x") for key in ids])
    t.THEMES.write([tr.Theme("sport", "guided", "Sport", [], 1, 0.1)])
    t.ASSIGNMENTS.write([tr.ThemeAssignment(key, "sport", 0.5, 1, [], None) for key in ids])


@pytest.mark.parametrize("wanted", [(), (0,), (1, 8_500, 9_999), (20_000,)])
def test_of_some_files_all_is_found_that_is_found_of_them_among_all(wanted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tables_of(range(10_000))
    sources = {f"{n:012x}.txt" for n in wanted}
    some = load(sources=sources)
    assert some == [release for release in load() if release.release.source_path in sources]
    assert len(some) == sum(n < 10_000 for n in wanted)
    assert all(found.themes == ["sport"] and len(found.zones) == 3 for found in some)

"""Themes that stay the same next year: ids, labels, what happened, and what people decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.themes import accept
from pipeline.themes.accepted import AcceptedTheme, dump, parse
from pipeline.themes.curation import Decision, Named, decide
from pipeline.themes.curation import parse as parse_decisions
from pipeline.themes.outcome import Fresh
from pipeline.themes.passport import Likeness, passports
from pipeline.themes.rows import model
from tests.themes.parts import FIELDS, Corpus, Result, corpus, run


def model_of(result: Result, accepted=()):
    return tuple(model(result.outcome, result.naming.discovered, result.naming.passports, accepted))


def joined(*parts: Corpus) -> Corpus:
    names = Corpus.__dataclass_fields__
    return Corpus(*([row for part in parts for row in getattr(part, name)] for name in names))


def events(result: Result) -> dict[str, str]:
    return {passport.theme_id: passport.event for passport in result.naming.passports}


def test_without_an_accepted_run_every_theme_is_there_for_the_first_time():
    assert set(events(run(corpus())).values()) == {"first"}


def test_the_same_corpus_keeps_every_id_and_label_and_does_not_drift():
    first = run(corpus())
    again = run(corpus(), accepted=model_of(first))
    assert [(t.theme_id, t.label) for t in again.discovered] == [(t.theme_id, t.label) for t in first.discovered]
    assert set(events(again).values()) == {"kept"}
    assert all(passport.drift < 0.05 for passport in again.naming.passports)
    assert model_of(again, model_of(first)) == model_of(first)


def test_a_tenth_more_releases_keep_the_ids():
    first = run(corpus(60))
    more = run(joined(corpus(60), corpus(6, seed=9, start=60)), accepted=model_of(first))
    kept = {t.theme_id for t in first.discovered} & {t.theme_id for t in more.discovered}
    assert len(kept) >= 0.9 * len(first.discovered)


def test_a_theme_that_comes_up_is_born_and_one_that_goes_vanishes_and_may_return():
    two, three = corpus(40, fields=2), corpus(42)
    first = run(two)
    grown = run(three, accepted=model_of(first))
    assert sorted(events(grown).values()) == ["born", "kept", "kept"]
    shrunk = run(two, accepted=model_of(grown, model_of(first)))
    assert sorted(events(shrunk).values()) == ["kept", "kept", "vanished"]
    remembered = model_of(shrunk, model_of(grown))
    assert sum(theme.gone for theme in remembered) == 1
    back = run(three, accepted=remembered)
    assert sorted(events(back).values()) == ["kept", "kept", "returned"]
    assert {t.theme_id for t in back.discovered} == {t.theme_id for t in grown.discovered}


def test_merging_and_splitting_are_told_apart_from_birth():
    old = [AcceptedTheme("a", "A", {"x": 1.0}), AcceptedTheme("b", "B", {"y": 1.0})]
    merged = Likeness(*(np.array([[v], [w]]) for v, w in ((0.7, 0.3), (1.0, 0.9), (0.6, 0.4))))
    rows, lost = passports(old, [Fresh("Neu", {"x": 1.0})], merged)
    assert [(r.event, r.previous) for r in rows] == [("merged", ["a", "b"])]
    assert [(r.theme_id, r.event, r.because) for r in lost] == [
        ("b", "vanished", "Das Thema ist in „A“ aufgegangen.")
    ]
    halves = Likeness(*(np.array([[v, w]]) for v, w in ((0.7, 0.3), (0.5, 0.5), (1.0, 0.9))))
    rows, _ = passports(old[:1], [Fresh("Eins", {"x": 1.0}), Fresh("Zwei", {"x": 0.5})], halves)
    assert [(r.theme_id, r.event, r.previous) for r in rows] == [
        ("a", "kept", ["a"]),
        ("neu-zwei", "split", ["a"]),
    ]


def test_an_id_that_was_ever_given_is_never_given_again():
    old = [AcceptedTheme("neu-schule", "Schule", {"x": 1.0}, gone=True)]
    nothing = Likeness(*(np.zeros((1, 1)) for _ in range(3)))
    rows, _ = passports(old, [Fresh("Schule", {"z": 1.0})], nothing)
    assert rows[0].theme_id == "neu-schule-2"


def test_a_persons_name_and_id_win_and_stay_after_they_are_accepted():
    first = run(corpus())
    target = first.discovered[0]
    decision = Decision(2, target.label, "Digitale Netze", "netze")
    named = run(corpus(), decisions=[decision])
    theme = next(t for t in named.discovered if t.theme_id == "netze")
    assert (theme.label, theme.label_by) == ("Digitale Netze", "correction:2")
    assert {row.theme_id for row in named.rows} >= {"netze"}
    later = run(corpus(), accepted=model_of(named))
    assert next(t for t in later.discovered if t.theme_id == "netze").label == "Digitale Netze"


def test_a_guided_theme_may_be_renamed_and_keeps_its_id():
    decisions = [Decision(2, "education", "Schule und Bildung", ""), Decision(3, "culture", "", "kunst")]
    result = run(corpus(3), decisions=decisions)
    assert "Schule und Bildung" in {theme.label for theme in result.guided}
    assert [row.status for row in result.naming.results] == ["applied", "faulty"]


THEMES = [
    Named("education", "guided", "Bildung", "scheme"),
    Named("neu-a", "discovered", "A", "rule"),
    Named("neu-b", "discovered", "B", "rule", ("Bb",)),
]


@pytest.mark.parametrize(
    ("rows", "statuses"),
    [
        ([Decision(2, "A", "Neu", "")], ["applied"]),
        ([Decision(2, "bb", "Neu", "")], ["applied"]),
        ([Decision(2, "Z", "Neu", "")], ["unused"]),
        ([Decision(2, "", "Neu", "")], ["faulty"]),
        ([Decision(2, "A", "", "")], ["faulty"]),
        ([Decision(2, "A", "", "Ä!")], ["faulty"]),
        ([Decision(2, "A", "", "neu-b")], ["contradicted"]),
        ([Decision(2, "A", "X", ""), Decision(3, "neu-a", "Y", "")], ["contradicted", "applied"]),
    ],
)
def test_every_row_of_a_person_is_answered(rows: list[Decision], statuses: list[str]):
    named, results = decide(rows, THEMES)
    assert [result.status for result in results] == statuses
    assert all(
        result.message_de.startswith(f"Zeile {row.line}: ") for row, result in zip(rows, results, strict=True)
    )
    assert len({theme.theme_id for theme in named}) == len(THEMES)


def test_the_file_is_read_as_spreadsheets_save_it():
    data = "\ufeffThema;Name;Kennung;Grund\r\nA;Über uns;;x\r\n;;;\r\n".encode()
    assert parse_decisions(data, "themes.csv") == [Decision(2, "A", "Über uns", "")]
    assert parse_decisions(data.decode("utf-8-sig").encode("cp1252"), "themes.csv")[0].label == "Über uns"
    with pytest.raises(InputError, match=r"^themes\.csv: column label is missing"):
        parse_decisions(b"theme,id\n", "themes.csv")


@given(
    st.lists(
        st.builds(
            AcceptedTheme,
            st.text("abc-", min_size=1),
            st.text(max_size=9),
            st.dictionaries(st.text("xyzäß", min_size=1), st.floats(0, 1)),
            st.booleans(),
        ),
        unique_by=lambda theme: theme.theme_id,
    )
)
def test_accepted_themes_return_as_they_were_written(themes: list[AcceptedTheme]):
    assert parse(dump(themes), "x") == tuple(sorted(themes, key=lambda theme: theme.theme_id))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2, "themes": []}', '{"format": 1, "themes": [{"theme_id": 1}]}']
)
def test_a_broken_file_of_accepted_themes_is_one_clear_line(text: str):
    with pytest.raises(InputError, match=r"^x\.json: .*restore it from git"):
        parse(text, "x.json")


def test_accepting_copies_the_themes_of_the_last_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="run `dvc repro` first"):
        accept.main()
    text = dump([AcceptedTheme("neu-a", "A", dict.fromkeys(FIELDS[0], 1.0))])
    (tmp_path / "data" / "themes").mkdir(parents=True)
    (tmp_path / "data" / "curation").mkdir()
    (tmp_path / accept.FITTED).write_text(text, encoding="utf-8")
    assert accept.main() == "accept: 1 themes keep their ids and names from now on"
    assert (tmp_path / accept.ACCEPTED).read_text(encoding="utf-8") == text

"""The scheme that is shipped, and schemes that people break."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.themes import scheme as module
from pipeline.themes.matching import SeedIndex
from pipeline.themes.scheme import GuidedTheme, Seed, parse_scheme, parse_seed

SHIPPED = parse_scheme(
    (Path(module.__file__).parent / "scheme.toml").read_text(encoding="utf-8"), "pipeline/themes/scheme.toml"
)
SHARED = Path(__file__).parents[2].parent / "shared"
IDS = [
    "demography", "digitalisation", "economy", "labour", "education", "research", "culture", "tourism",
    "transport", "climate_energy", "environment", "health", "social", "family_youth", "migration",
    "housing_planning",
    "safety_justice", "administration", "democracy", "finance", "europe_international", "sport", "agriculture",
    "law", "media",
]  # fmt: skip


def test_the_themes_are_those_of_the_guidelines_in_their_order():
    assert [theme.theme_id for theme in SHIPPED] == IDS


@pytest.mark.parametrize("theme", SHIPPED, ids=lambda theme: theme.theme_id)
def test_every_theme_is_described_in_one_sentence_and_has_many_different_seeds(theme: GuidedTheme):
    assert theme.definition.endswith(".")
    assert re.fullmatch(r"\d{8}", theme.iptc)
    positive = [seed for seed in theme.seeds if seed.weight]
    assert len(positive) >= 40
    assert len({(s.stem, s.mode) for s in theme.seeds}) == len(theme.seeds)


@pytest.mark.skipif(not SHARED.exists(), reason="the IPTC vocabulary lies outside the project")
def test_iptc_codes_exist_are_not_retired_and_carry_their_german_name():
    with (SHARED / "schemas/iptc-mediatopics/mediatopics_de_en.csv").open(encoding="utf-8") as file:
        known = {row["code"]: row["label_de"] for row in csv.DictReader(file) if not row["retired"]}
    assert {theme.iptc: theme.iptc_label for theme in SHIPPED}.items() <= known.items()


@pytest.mark.parametrize(
    ("word", "theme", "expected"),
    [
        ("Grundschule", "education", True),
        ("Grundschulneubau", "housing_planning", True),
        ("Schuldenbremse", "education", False),
        ("Automatisierung", "transport", False),
        ("Brandenburg", "safety_justice", False),
        ("Bauernhof", "housing_planning", False),
        ("Kommunikation", "administration", False),
        ("Radioaktivität", "media", False),
        ("Bildungspolitik", "media", False),
        ("demografisch wandel", "demography", True),
        ("Demographiewoche", "demography", True),
        ("Parkhaus", "environment", False),
        ("Datum", "digitalisation", False),
        ("Steuerungsgruppe", "finance", False),
        ("Viehtransport", "sport", False),
        ("Beschimpfung", "health", False),
        ("Notarzt", "law", False),
        ("Datenbank", "finance", False),
        ("Genossenschaftsbank", "finance", True),
        ("Autorität", "culture", False),
        ("Stadtbibliothek", "culture", True),
        ("Wiking", "digitalisation", False),
        ("Funktion", "digitalisation", False),
        ("Kriminalbeamter", "culture", False),
        ("Bruttolohn", "environment", False),
        ("Schachtel", "sport", False),
        ("Blindgänger", "social", False),
        ("Blindgänger", "safety_justice", True),
        ("Messergebnis", "safety_justice", False),
        ("Kranich", "housing_planning", False),
        ("Medienmitteilung", "media", False),
        ("Betriebsausschuss", "economy", False),
        ("Straßenbeleuchtung", "transport", False),
        ("Radentscheid", "transport", True),
        ("Weltgesundheitsorganisation", "europe_international", True),
        ("Stolperstein", "culture", True),
    ],
)
def test_a_word_speaks_for_a_theme_only_where_it_means_it(word: str, theme: str, *, expected: bool):
    assert (theme in SeedIndex(SHIPPED).find(word)) is expected


@pytest.mark.parametrize(
    ("written", "seed"),
    [
        ("Schule", Seed("schule", "exact", 3.0)),
        ("schul*", Seed("schul", "prefix", 3.0)),
        ("*schule", Seed("schule", "suffix", 3.0)),
        ("*schul*", Seed("schul", "part", 3.0)),
        ("ländlich* Raum", Seed("ländlich* raum", "phrase", 3.0)),
    ],
)
def test_stars_say_how_a_word_is_matched(written: str, seed: Seed):
    assert parse_seed(written, 3.0, "") == seed


@pytest.mark.parametrize("written", ["ba*", "*au", "*bau*", "*", "", "schu*le"])
def test_a_seed_that_would_match_by_chance_is_refused_with_its_place(written: str):
    with pytest.raises(InputError, match=r"^scheme\.toml: theme 1"):
        parse_seed(written, 3.0, "scheme.toml: theme 1")


@given(st.text("abcdeäöüß", min_size=4, max_size=12), st.text("abcdeäöüß", max_size=6), st.text("abc", max_size=6))
def test_a_part_is_found_wherever_it_stands(stem: str, before: str, after: str):
    theme = GuidedTheme("t", "T", "", "", "", (parse_seed(f"*{stem}*", 2.0, ""),))
    assert SeedIndex([theme]).find(before + stem + after) == {"t": 2.0}


VALID = '[[theme]]\nid = "t"\nlabel = "T"\ndefinition = "D."\niptc = "1"\niptc_label = "I"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[theme]", "is not valid TOML"),
        (VALID.replace('"T"', '""'), "label is missing"),
        (VALID + 'stong = ["x"]\n', "unknown key stong"),
        (VALID + VALID, "stands there twice"),
        (VALID.replace('"t"', '"Ein Thema"'), "id must be"),
    ],
)
def test_a_broken_scheme_is_one_clear_line(text: str, message: str):
    with pytest.raises(InputError, match=f"^scheme.toml: .*{message}"):
        parse_scheme(text, "scheme.toml")

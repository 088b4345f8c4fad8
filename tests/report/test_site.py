"""The site as a whole: it is complete, opens from disk, loads nothing, and a text in it stays a text."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import records as r
from pipeline.report.__main__ import main
from pipeline.report.folder import LIST
from pipeline.report.paging import portions
from pipeline.report.parts import Cell
from tests import builders as b
from tests.report import sample
from tests.report.html import Page, target

PARAMS = """\
execution: {processes: 1, small: 200}
report: {title: Bericht, list_limit: 9, index_rows: 9}
"""


def _pages(files):
    return {path: Page(content) for path, content in files.items() if path.endswith(".html")}


def _check_links(files):
    pages = _pages(files)
    for path, page in pages.items():
        for href in page.hrefs:
            to, anchor = target(path, href)
            assert to in files, f"{path}: {href} leads nowhere"
            assert not anchor or anchor in pages[to].ids, f"{path}: {href}: no such place"
        for resource in page.loaded:
            assert target(path, resource)[0] in files, f"{path}: {resource} is not shipped"


def test_every_link_leads_to_a_page_and_a_place_on_it(files):
    _check_links(files)
    links = sum(len(page.hrefs) for page in _pages(files).values())
    assert links > 300


def test_pages_are_well_formed(files):
    for path, page in _pages(files).items():
        assert page.faults == [], path
        assert len(set(page.ids)) == len(page.ids), f"{path}: an id stands twice"


def test_nothing_is_loaded_from_elsewhere(files):
    """No address with a host is in any page, script or style, except the name of the SVG standard."""
    for path, content in files.items():
        hosts = re.findall(r"(?:https?:)?//[a-z0-9][\w.]*", content.replace("http://www.w3.org/2000/svg", ""))
        assert hosts == [], path
        assert "@import" not in content
        assert "url(" not in content


def test_headings_go_down_by_one_step_and_start_with_one_h1(files):
    for path, page in _pages(files).items():
        assert page.headings.count(1) == 1, path
        steps = zip([0, *page.headings], page.headings, strict=False)
        assert all(after - before <= 1 for before, after in steps), f"{path}: {page.headings}"


def test_every_page_has_language_landmarks_and_a_way_past_the_menu(files):
    for path, page in _pages(files).items():
        tags = [tag for tag, _ in page.tags]
        assert ("html", {"lang": "de"}) in page.tags, path
        assert {"header", "nav", "main", "footer"} <= set(tags), path
        assert tags.count("main") == 1
        assert "#inhalt" in page.hrefs


def test_table_heads_say_what_they_head(files):
    heads = [values for page in _pages(files).values() for tag, values in page.tags if tag == "th"]
    assert len(heads) > 100
    assert all(values.get("scope") in ("col", "row") for values in heads)


def test_every_drawing_has_a_title_and_a_description(files):
    drawings = 0
    for path, page in _pages(files).items():
        for tag, values in page.tags:
            if tag == "svg" and values.get("role") in ("img", "group"):
                drawings += 1
                assert all(name in page.ids for name in values["aria-labelledby"].split()), path
            elif tag == "svg":
                assert values.get("aria-hidden") == "true", path
    assert drawings > 5


def test_a_script_in_a_release_is_shown_and_never_run(files):
    for path, page in _pages(files).items():
        scripts = [values.get("src") for tag, values in page.tags if tag == "script"]
        assert all(src and src.endswith(".js") for src in scripts), path
        assert not any(name.startswith("on") for _, values in page.tags for name in values), path
        assert not any(tag in ("b", "img", "iframe") for tag, _ in page.tags), path
    release = next(page for path, page in _pages(files).items() if "neue-schule" in path)
    assert '<script>alert("x")</script>' in "".join(release.text)


def test_a_hostile_link_in_a_release_is_no_link(tmp_path):
    text = "Bitte klicken\n\nMehr unter javascript:alert(1) oder <a href='https://boese.example'>hier</a>."
    releases = [row for row in sample.RELEASES if row.release_id != sample.D]
    hostile = sample.b.release(sample.D, text, issuer="javascript:alert(1)", published="2022-03-01")
    sample.write_tables(
        tmp_path,
        releases=[*releases, hostile],
        zones=[],
        sentences=[],
        mentions=[],
        entities=[],
        entity_mentions=[],
    )
    for path, page in _pages(sample.build(tmp_path)).items():
        assert not any(href.startswith(("javascript:", "http")) for href in page.hrefs), path


def test_the_contact_zone_is_folded_and_nobody_in_it_is_in_a_register(files):
    release = next(content for path, content in files.items() if "falkenrode-baut-radwege" in path)
    assert '<details class="zone contact">' in release
    found = [path for path, content in files.items() if "Ina Muster" in content]
    assert len(found) == 1


def _script(text, name):
    """The list that a script gives a name to."""
    start = text.index(f"window.{name} = ") + len(f"window.{name} = ")
    return json.loads(text[start : text.index(";\n", start)].replace(",\n]", "\n]"))


def test_the_search_indexes_are_lists_that_lead_to_pages(files):
    entries = _script(files["assets/search-index.js"], "presseleseIndex")
    assert {kind for kind, *_ in entries} == {
        "Thema", "Person", "Ort", "Organisation", "Initiative", "Herausgeber",
    }  # fmt: skip
    assert all(path.partition("#")[0] in files for _, _, path, _ in entries)
    releases = _script(files["assets/releases.js"], "presseleseReleases")
    assert [row[2] for row in releases] == ["2022-02-11", "2022-02-01", "2021-05-03", "2020-09-14"]
    assert all(row[1] in files for row in releases)


def test_words_of_texts_lead_to_their_releases_without_umlauts_and_case(files):
    assert '"radwege":' not in files["assets/words/ra.js"]
    assert '"radweg":[2],' in files["assets/words/ra.js"]
    assert '"stadtischer":[2],' in files["assets/words/st.js"]
    assert _script(files["assets/search-index.js"], "presseleseStarts") == ["ra", "sc", "st"]


def test_an_empty_corpus_makes_a_site_that_says_so(tmp_path):
    sample.empty_tables(tmp_path)
    files = sample.build(tmp_path, quality={})
    _check_links(files)
    assert "Noch keine Pressemitteilung ist eingelesen" in files["index.html"]
    assert "Es wurde nichts gemessen" in files["qualitaet.html"]


def test_long_registers_are_paged_and_long_lists_say_what_is_left_out(tables):
    settings = sample.ReportParams(title="Bericht", list_limit=1, index_rows=2)
    files = sample.build(tables, settings)
    _check_links(files)
    assert "mitteilungen/index-2.html" in files
    theme = next(content for path, content in files.items() if "verkehr" in path)
    assert "und 2 weitere Mitteilungen" in theme


@given(st.lists(st.integers(0, 5000), max_size=200), st.integers(1, 60))
def test_long_rows_make_short_pages_and_no_row_is_lost(lengths, rows):
    found = [(Cell("x" * length),) for length in lengths]
    parts = list(portions(found, rows, lambda row: row))
    assert [row for part in parts for row in part] == found
    assert all(len(part) <= rows and sum(len(row[0].text) for row in part) < 185_000 for part in parts)


def test_a_page_with_the_longest_titles_stays_below_300_kilobytes(tmp_path):
    """500 releases and 500 events with titles of 200 characters each."""
    title = "Donaudampfschifffahrtsgesellschaft " * 6
    releases = [b.release(f"{n:012x}", f"{title}{n}\n\nText.") for n in range(500)]
    events = [r.Event(row.release_id, 0, 4, title, "2022-05-01", None, None, "rule:x") for row in releases]
    empty = {
        name: [] for name in ("zones", "sentences", "mentions", "entities", "entity_mentions", "dates", "quotes")
    }
    gone = {name: [] for name in ("duplicates", "findings", "assignments", "terms")}
    sample.write_tables(tmp_path, releases=releases, events=events, **empty, **gone)
    files = sample.build(tmp_path)
    sizes = {path: len(text.encode()) for path, text in files.items() if path.endswith(".html")}
    assert "termine/index-2.html" in sizes
    assert max(sizes.values()) < 300_000


def test_same_tables_give_the_same_bytes(tables, files):
    assert sample.build(tables) == files


def test_the_stage_writes_the_site_and_counts_it(tmp_path, monkeypatch):
    """A second run removes pages that are no longer made."""
    sample.write_tables(tmp_path)
    (tmp_path / "params.yaml").write_text(PARAMS)
    stale = tmp_path / "reports/site/alt.html"
    stale.parent.mkdir(parents=True)
    stale.write_text("alt")
    monkeypatch.chdir(tmp_path)
    sentence = main()
    written = list(Path("reports/site").rglob("*.html"))
    assert sentence.startswith(f"report: {len(written)} pages, 4 releases, ")
    assert not stale.exists()


def _listed():
    lines = Path("reports/site/pruefsummen.sha256").read_text().splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def _there():
    root = Path("reports/site")
    found = {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items() if path.name != LIST
    }


def test_the_list_of_sums_holds_every_file_of_the_site_in_order(tmp_path, monkeypatch):
    """Also in a run that makes only some pages, and after one that was killed while it wrote the list."""
    sample.write_tables(tmp_path)
    (tmp_path / "params.yaml").write_text(PARAMS)
    monkeypatch.chdir(tmp_path)
    main()
    assert _listed() == _there()
    assert list(_listed()) == sorted(_listed())
    assert len(_listed()) > 20
    Path("reports/site", f"{LIST}.part").write_text("halb")
    sample.write_tables(tmp_path, releases=[replace(row, title="Anders") for row in sample.RELEASES[:1]])
    main()
    assert _listed() == _there()
    assert any("anders-" in path for path in _listed())


def test_a_run_that_ends_early_leaves_no_list(tmp_path, monkeypatch):
    """Else DVC would take the folder for a whole site."""
    sample.write_tables(tmp_path)
    (tmp_path / "params.yaml").write_text(PARAMS)
    monkeypatch.chdir(tmp_path)
    main()
    monkeypatch.setattr("pipeline.report.pages.render", None)
    sample.write_tables(tmp_path, releases=[replace(row, title="Anders") for row in sample.RELEASES])
    with pytest.raises(TypeError):
        main()
    assert not Path("reports/site", LIST).exists()


def test_a_changed_release_rewrites_its_own_pages_and_the_aggregates_only(tmp_path, monkeypatch):
    """Pages of other releases, and of names that it does not hold, keep their bytes and their time of writing."""
    sample.write_tables(tmp_path)
    (tmp_path / "params.yaml").write_text(PARAMS)
    monkeypatch.chdir(tmp_path)
    main()
    pages = list(Path("reports/site").rglob("*.html"))
    for path in pages:
        os.utime(path, (1, 1))
    changed = [replace(row, title="Anders", published="2022-03-30") if row.release_id == sample.C else row
               for row in sample.RELEASES]  # fmt: skip
    sample.write_tables(tmp_path, releases=changed)
    main()
    rewritten = {path.as_posix() for path in pages if path.exists() and path.stat().st_mtime > 1}
    own = [path for path in rewritten if re.search("mitteilungen/|personen/|initiativen/|organisationen/", path)]
    assert [path for path in own if "index" not in path] == []
    assert "reports/site/mitteilungen/index.html" in rewritten
    assert any("ilmtal" in path for path in rewritten)
    assert "reports/site/hinweise.html" not in rewritten
    assert len(list(Path("reports/site/mitteilungen").glob("anders-*.html"))) == 1


def test_the_number_of_processes_changes_no_byte(tmp_path, monkeypatch):
    sample.write_tables(tmp_path)
    monkeypatch.chdir(tmp_path)
    made = []
    for processes in (1, 2):
        (tmp_path / "params.yaml").write_text(PARAMS.replace("processes: 1", f"processes: {processes}"))
        main()
        made.append({p: p.read_bytes() for p in sorted(Path("reports/site").rglob("*")) if p.is_file()})
        shutil.rmtree("reports/site")
    assert len(made[0]) > 20
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "name", ["index.html", "hinweise.html", "suche.html", "zeitleiste.html", "qualitaet.html"]
)
def test_the_main_pages_keep_their_addresses(files, name):
    assert name in files

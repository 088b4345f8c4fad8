"""Pages that are not made again: what is left alone is what would be made, whatever changed in the tables."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core.errors import TableError
from pipeline.report import pages
from pipeline.report.__main__ import main
from pipeline.report.corpus import USED, Corpus
from pipeline.report.folder import Made, digest_of
from pipeline.report.kept import Kept
from pipeline.report.keys import keys
from pipeline.report.laid_out import laid_out
from pipeline.report.pages import Job, Maker
from tests.report import sample

PARAMS = """\
execution: {processes: 1, small: 200}
report: {title: Bericht, list_limit: 9, index_rows: 9}
"""
FACTS = [
    r.InitiativeFact("initiative:Radplan 2030", "partner", "organisation:Radbund e. V.", 2),
    r.InitiativeFact("initiative:Radplan 2030", "voice", "person:Jana Holzapfel", 1),
    r.InitiativeFact("initiative:Radplan 2030", "silence", "2022-02-01", 3),
    r.InitiativeFact("initiative:Radplan 2030", "year", "2021", 1),
]


def _pages(root):
    """Every release and every name that has pages -> (its key, its files)."""
    arrow = {table.path.stem: table.read_arrow(root) for table in USED}
    corpus = Corpus(arrow)
    maker = Maker(corpus, {}, sample.MEMORY, sample.SETTINGS)
    found = keys(corpus, arrow, sample.SETTINGS)
    jobs = {Job("release", n): key for n, key in enumerate(found.releases)}
    jobs |= {Job("entity", n): key for n, key in enumerate(found.entities) if key}
    jobs |= {Job("names", n): key for n, key in enumerate(found.names)}
    jobs |= {Job("issuer", n): key for n, key in enumerate(found.issuers)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.report.names._FOLDED", -99)  # pages with all names, however few there are
        found = {key: {path: "".join(content) for path, content in maker.files(job)} for job, key in jobs.items()}
    # the date of the report is put into lists of names anew, see the test of that below
    return {key: {path: re.sub("Stand: [^<]*", "", text) for path, text in x.items()} for key, x in found.items()}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    root = tmp_path_factory.mktemp("base")
    sample.write_tables(root, initiatives=FACTS)
    return root, _pages(root)


def _other(values, at, kind):
    """A value of a column -> another one that could stand there as well; ``kind``: its type as it is written."""
    value = values[at]
    if value is None and kind.startswith(("int", "float")):
        return 7
    others = [other for other in values if other not in (None, value)]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return type(value)(value + 1) if value >= 1 else value / 2 + 0.1
    if isinstance(value, list):
        return [*value, "neu"]
    return others[0] if others else f"{value}x" if value else "neu"


_COLUMNS = [
    (table, field.name) for table in USED if table not in (t.REJECTED, t.CORRECTION_RESULTS, t.TERMS)
    for field in fields(table.row)
]  # fmt: skip


# columns in which few words can stand
_CODES = ("release_id", "other_id", "entity_id", "theme_id", "type", "kind", "code", "zone", "role", "scheme")


@pytest.mark.parametrize(("table", "column"), _COLUMNS, ids=[f"{x.path.stem}-{y}" for x, y in _COLUMNS])
def test_a_page_whose_key_is_known_is_the_same_whatever_changed(base, tmp_path, table, column):
    """Some values of every column; what can then not be stored, or not be shown, is passed over."""
    root, before = base
    rows = table.read(root)
    values, kind = [getattr(row, column) for row in rows], table.row.__annotations__[column]
    tried = 0
    for at in sorted({0, len(rows) // 2, len(rows) - 1}) if rows else ():
        row = rows[at]
        changed = [*rows[:at], replace(row, **{column: _other(values, at, kind)}), *rows[at + 1 :]]
        if len({tuple(getattr(x, part) for part in table.key) for x in changed}) < len(rows):
            continue
        shutil.copytree(root, tmp_path, dirs_exist_ok=True)
        try:
            table.write(changed, tmp_path)
            after = _pages(tmp_path)
        except (KeyError, IndexError, ValueError, TableError):
            continue
        tried += 1
        known = before.keys() & after.keys()
        assert all(before[key] == after[key] for key in known), (column, at)
    assert tried or column in _CODES


def test_a_key_of_a_changed_page_is_never_known(base, tmp_path):
    """The other way round, for a few changes that must show: else the test above could pass by luck."""
    root, before = base
    texts = [replace(m, role="Amtsleiterin") if m.role else m for m in sample.MENTIONS]
    sample.write_tables(tmp_path, initiatives=FACTS, mentions=texts)
    after = _pages(tmp_path)
    new = {path for key in after.keys() - before.keys() for path in after[key]}
    assert any("falkenrode-baut" in path for path in new)
    assert any("neue-schule" in path for key in after.keys() & before.keys() for path in after[key])
    assert root != tmp_path


def test_a_name_shows_partners_that_stand_in_none_of_its_releases(tmp_path):
    """The register may tie names together that no release names together."""
    entities, links = sample._entity_rows()
    start = sample._find(sample.C, "Schule")
    mention = sample.b.mention("Schule", "ORG", start, release_id=sample.C)
    link = r.EntityMention(sample.C, start, start + 6, "ORG", "organisation:Schule", "same_name")
    twin = next(x for x in entities if x.entity_id == "organisation:Radbund e. V.")
    partner = r.InitiativeFact("initiative:Radplan 2030", "partner", "organisation:Schule", 1)
    made = []
    for number, name in enumerate(("Schule", "Oberschule")):
        root = tmp_path / str(number)
        entity = replace(twin, entity_id="organisation:Schule", name=name)
        sample.write_tables(root, initiatives=[partner], mentions=[*sample.MENTIONS, mention],
                            entities=[*entities, entity], entity_mentions=[*links, link])  # fmt: skip
        made.append(_pages(root))
    before, after = made
    assert all(before[key] == after[key] for key in before.keys() & after.keys())
    assert any("Oberschule" in text for key in after.keys() - before.keys() for path, text in after[key].items()
               if path.startswith("initiativen/radplan"))  # fmt: skip


def _site():
    return {p.as_posix(): p.read_bytes() for p in sorted(Path("reports/site").rglob("*")) if p.is_file()}


@pytest.fixture
def rendered(tmp_path, monkeypatch):
    """A report that was made once; then the releases and names that a run renders."""
    monkeypatch.chdir(tmp_path)
    Path("params.yaml").write_text(PARAMS)
    sample.write_tables(tmp_path, initiatives=FACTS)
    main()
    seen: list[str] = []
    files = Maker.files

    def spied(maker, job):
        if job.kind in ("release", "entity"):
            seen.append(job.kind)
        return files(maker, job)

    monkeypatch.setattr(pages.Maker, "files", spied)
    return seen


def _as_from_nothing():
    """Whether the site is what a run without any memory makes; that run's memory stays."""
    warm = _site()
    shutil.rmtree("reports/site")
    shutil.rmtree(".cache")
    main()
    return warm == _site() and len(warm) > 20


def test_a_run_with_nothing_changed_renders_no_release_and_no_name(rendered):
    assert "0 files changed" in main()
    assert rendered == []
    assert _as_from_nothing()
    assert len(rendered) > 6


@pytest.mark.usefixtures("rendered")
def test_a_release_taken_out_and_put_back(tmp_path):
    """With it Ilmtal stands in two releases and has a page, to which the other one then leads."""
    kept = {
        "releases": sample.RELEASES, "zones": sample._zones(), "sentences": sample._sentences(),
        "mentions": sample.MENTIONS, "entity_mentions": sample._entity_rows()[1],
        "assignments": sample.ASSIGNMENTS, "events": sample.EVENTS,
    }  # fmt: skip
    left = {name: [row for row in rows if row.release_id != sample.C] for name, rows in kept.items()}
    sample.write_tables(tmp_path, initiatives=FACTS, **left)
    main()
    assert not list(Path("reports/site/mitteilungen").glob("neue-schule*"))
    assert not list(Path("reports/site/orte").glob("ilmtal*"))
    assert _as_from_nothing()
    sample.write_tables(tmp_path, initiatives=FACTS)
    main()
    assert list(Path("reports/site/orte").glob("ilmtal*"))
    assert _as_from_nothing()


def test_a_changed_release_renders_itself_and_the_names_in_it(rendered, tmp_path):
    releases = [replace(x, title="Anders") if x.release_id == sample.C else x for x in sample.RELEASES]
    sample.write_tables(tmp_path, initiatives=FACTS, releases=releases)
    main()
    assert sorted(rendered) == ["entity", "release"]  # Ilmtal is the only name of that release that has a page
    assert _as_from_nothing()


def test_a_newer_release_of_others_renders_no_page_again(rendered, tmp_path):
    """Pages of names do not bear the date of the report, also those on which their lists go on."""
    newer = sample.b.release("e" * 12, "Etwas anderes\n\nText.", published="2024-05-05")
    sample.write_tables(tmp_path, initiatives=FACTS, releases=[*sample.RELEASES, newer])
    main()
    assert rendered == ["release"]
    assert _as_from_nothing()


@pytest.mark.parametrize("few", [400, 0], ids=["little is done here", "much is shared out"])
@pytest.mark.usefixtures("rendered")
def test_a_later_run_over_processes_makes_what_one_from_nothing_makes(tmp_path, monkeypatch, few):
    monkeypatch.setattr("pipeline.report.making._FEW", few)
    Path("params.yaml").write_text(PARAMS.replace("processes: 1", "processes: 2"))
    releases = [replace(x, title="Anders") if x.release_id == sample.C else x for x in sample.RELEASES]
    sample.write_tables(tmp_path, initiatives=FACTS, releases=releases)
    main()
    book = Path("reports/presselese.xlsx").read_bytes()
    assert _as_from_nothing()
    assert book == Path("reports/presselese.xlsx").read_bytes()


@pytest.mark.usefixtures("rendered")
def test_what_a_killed_process_had_taken_is_made_all_the_same(tmp_path, monkeypatch):
    @contextmanager
    def taken(tables, folder):
        with laid_out(tables, folder):
            (folder / "overview-0.taken").touch()
            yield

    monkeypatch.setattr("pipeline.report.__main__.laid_out", taken)
    Path("params.yaml").write_text(PARAMS.replace("processes: 1", "processes: 2"))
    releases = [replace(x, title="Anders") if x.release_id == sample.C else x for x in sample.RELEASES]
    sample.write_tables(tmp_path, initiatives=FACTS, releases=releases)
    main()
    assert _as_from_nothing()


def test_two_names_that_become_one(rendered, tmp_path):
    """A correction merges an organisation into the initiative of its name."""
    entities, links = sample._entity_rows()
    gone, kept = "organisation:Radplan 2030", "initiative:Radplan 2030"
    links = [replace(x, entity_id=kept, because="correction:2") if x.entity_id == gone else x for x in links]
    entities = [replace(x, n_mentions=4) if x.entity_id == kept else x for x in entities if x.entity_id != gone]
    sample.write_tables(tmp_path, initiatives=FACTS, entities=entities, entity_mentions=links)
    main()
    assert 0 < rendered.count("release") < 4
    assert _as_from_nothing()


def test_other_params_render_everything(rendered):
    Path("params.yaml").write_text(PARAMS.replace("Bericht", "Anderer Titel"))
    main()
    assert rendered.count("release") == 4
    assert _as_from_nothing()


def test_a_page_that_was_changed_or_deleted_by_hand_is_made_again(rendered):
    found = sorted(Path("reports/site/mitteilungen").glob("*-????????????.html"))
    before = _site()
    found[0].write_text(found[0].read_text().replace("Falkenrode", "Falkenrodo"))
    found[1].unlink()
    main()
    assert rendered == ["release", "release"]
    assert _site() == before


def test_a_page_changed_by_hand_is_made_again_even_with_its_size_and_time_put_back(rendered):
    path = next(Path("reports/site/mitteilungen").glob("falkenrode-baut*"))
    before, at = path.read_text(), path.stat()
    path.write_text(before.replace("Falkenrode", "Falkenrodo"))
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    main()
    assert rendered == ["release"]
    assert path.read_text() == before


def test_a_copy_of_the_folder_with_other_times_is_read_and_left_as_it_is(rendered):
    Path("reports/site").rename("reports/alt")
    shutil.copytree("reports/alt", "reports/site", copy_function=shutil.copyfile)
    assert "0 files changed" in main()
    assert rendered == []
    assert _as_from_nothing()


def test_lists_of_names_bear_the_new_date_and_are_not_made_again(tmp_path, monkeypatch):
    """Those of themes bear it; the key does not hold it, because then each newer release would change them all."""
    monkeypatch.setattr("pipeline.report.names._FOLDED", -99)
    monkeypatch.chdir(tmp_path)
    Path("params.yaml").write_text(PARAMS)
    sample.write_tables(tmp_path, initiatives=FACTS)
    main()
    asked = []
    names_pages = pages.names_pages
    monkeypatch.setattr(pages, "names_pages", lambda *what: asked.append(what) or names_pages(*what))
    newer = sample.b.release("e" * 12, "Etwas anderes\n\nText.", published="2024-05-05")
    sample.write_tables(tmp_path, initiatives=FACTS, releases=[*sample.RELEASES, newer])
    main()
    assert asked == []
    found = list(Path("reports/site/themen").glob("*-namen.html"))
    assert found
    assert all("Stand: 5. Mai 2024" in path.read_text() for path in found)
    assert _as_from_nothing()


def test_a_killed_run_keeps_what_it_made(tmp_path, monkeypatch):
    """Some jobs together are one value; what came before the kill needs not be made again."""
    monkeypatch.setattr("pipeline.report.kept._TOGETHER", 2)
    made = [Made(f"{n}.html", changed=True, digest="", seen="") for n in range(5)]
    for file in made:
        (tmp_path / file.path).write_bytes(b"")
    made = [file._replace(digest=digest_of(b"")) for file in made]
    with suppress(KeyboardInterrupt), Kept(tmp_path, tmp_path / "store") as kept:
        for n, file in enumerate(made[:3]):
            kept.add(bytes([n]), [file])
        raise KeyboardInterrupt
    with Kept(tmp_path, tmp_path / "store") as kept:
        assert [kept.there(bytes([n])) is not None for n in range(4)] == [True, True, True, False]
        kept.add(b"x", [made[4]])
    with Kept(tmp_path, tmp_path / "store") as kept:
        (tmp_path / "4.html").write_text("von Hand")
        assert kept.there(b"x") is None
    with Kept(tmp_path, tmp_path / "store") as kept:
        assert kept.nothing()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 4000])
def test_a_damaged_memory_costs_time_and_nothing_else(rendered, content):
    before = _site()
    Path(".cache/presselese/report.sqlite").write_bytes(content)
    main()
    assert rendered.count("release") == 4
    assert _site() == before


@pytest.mark.usefixtures("rendered")
def test_the_memory_forgets_what_the_last_run_did_not_use():
    size = Path(".cache/presselese/report.sqlite").stat().st_size
    for number in range(5):
        Path("params.yaml").write_text(PARAMS.replace("Bericht", f"Bericht {number}"))
        main()
    assert Path(".cache/presselese/report.sqlite").stat().st_size <= size

"""A run that remembers an earlier one makes only what is new, and leaves the bytes of one that knows nothing."""

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.archive import __main__ as stage
from pipeline.archive import bag, known, release_files, statements, sums, work
from pipeline.core import records as r
from pipeline.core import tables as t
from tests.archive import made, package

ROOT = Path(__file__).parents[2]
IDS = [f"{number:012x}" for number in range(1, 9)]
FIELDS = ("zones", "mentions", "entity_mentions", "dates", "quotes", "events", "assignments")
EMPTY = "release,kind,date,author,text\n"


def releases(ids):
    """The sample release under several ids, years and titles."""
    for key in ids:
        year, path = 2015 + int(key, 16) % 3, f"{key}.txt"
        yield made.rows(key, title=f"Nr. {key}", published=f"{year}-05-03", source_path=path)


def write(batch, root=Path(), **tables):
    """Write all tables that the stage reads."""
    batch = sorted(batch, key=lambda rows: rows.release.release_id)
    for field in FIELDS:
        getattr(t, field.upper()).write([row for rows in batch for row in getattr(rows, field)], root)
    t.RELEASES.write([rows.release for rows in batch], root)
    t.ENTITIES.write(tables.get("entities", made.ENTITIES), root)
    t.THEMES.write(tables.get("themes", made.corpus().themes.values()), root)
    t.DUPLICATES.write(tables.get("duplicates", []), root)
    t.REJECTED.write([], root)


def params(root=Path(), **values):
    settings = made.settings(isil="DE-1811", **values).model_dump(exclude={"max_cache_mb"})
    (root / "params.yaml").write_text(
        json.dumps({"execution": {"processes": 1, "small": 200}, "archive": settings}), encoding="utf-8"
    )


def say(text, root=Path()):
    (root / statements.FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / statements.FILE).write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project that is the working folder, after its first run."""
    monkeypatch.chdir(tmp_path)
    write(releases(IDS))
    params()
    say(EMPTY)
    stage.main()
    return tmp_path


@pytest.fixture
def rendered(monkeypatch):
    """The ids of releases whose files are made, as they are made."""
    found, plain = [], release_files.write

    def write_and_note(d, *rest):
        found.append(d.release.release_id)
        return plain(d, *rest)

    monkeypatch.setattr(release_files, "write", write_and_note)
    return found


def cold(project, monkeypatch):
    """What a run makes of the same inputs that finds and remembers nothing."""
    other = project.with_name(project.name + "-cold")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".cache", "archive"), symlinks=True)
    with monkeypatch.context() as patch:
        patch.chdir(other)
        stage.main()
    return package.tree(other / "data/archive")


def check(project, rendered, monkeypatch, expected):
    """Run again; only the expected releases are made, and all bytes are those of a cold run."""
    rendered.clear()
    stage.main()
    assert rendered == sorted(expected)
    assert package.tree(project / "data/archive") == cold(project, monkeypatch)
    assert not [
        path for path in (project / "data/archive").rglob("*") if path.is_dir() and not any(path.iterdir())
    ]
    assert {*bag.check(project / "data/archive")} >= {"bestand"}


def test_where_nothing_changed_nothing_is_made(project, rendered, monkeypatch):
    check(project, rendered, monkeypatch, [])


def test_an_added_release_is_the_only_one_that_is_made(project, rendered, monkeypatch):
    write(releases([*IDS, "000000000000", "00000000004f"]))
    check(project, rendered, monkeypatch, ["000000000000", "00000000004f"])


def test_files_of_a_release_that_is_gone_are_removed(project, rendered, monkeypatch):
    write(releases(IDS[:4] + IDS[5:]))
    check(project, rendered, monkeypatch, [])
    assert not list((project / "data/archive").rglob(f"*{IDS[4]}*"))
    # its year was empty from then on
    write(releases([key for key in IDS[:4] if int(key, 16) % 3]))
    check(project, rendered, monkeypatch, [])
    assert not (project / "data/archive/2015").exists()


@pytest.fixture
def small_blocks(monkeypatch):
    """Of the first eight ids the second, the fourth and the fifth end a block."""
    ends = {int(key).to_bytes(6).hex().encode() for key in (2, 4, 5)}
    monkeypatch.setattr("pipeline.core.blocks.crc32", lambda key: int(key not in ends))


@pytest.mark.usefixtures("small_blocks")
def test_a_release_more_or_less_changes_its_block_only(project, rendered, monkeypatch):
    write([*releases([*IDS, "000000000000"])])
    check(project, rendered, monkeypatch, ["000000000000"])
    for gone in (IDS[0], IDS[2], IDS[7]):
        write(releases([key for key in IDS if key != gone]))
        check(project, rendered, monkeypatch, [])
        write(releases(IDS))
        check(project, rendered, monkeypatch, [gone])
    # without its end a block is part of the next; it has to be made again, and only that
    write(releases([*IDS[:3], *IDS[4:]]))
    check(project, rendered, monkeypatch, [IDS[2]])
    # a block that is cut in two is known
    write(releases(IDS))
    check(project, rendered, monkeypatch, [IDS[3]])
    write(changed(IDS[2], zones=lambda x: x[:-1]))
    check(project, rendered, monkeypatch, [IDS[2]])
    check(project, rendered, monkeypatch, [])


@pytest.mark.usefixtures("small_blocks")
def test_a_release_that_is_made_again_leaves_its_neighbours(project, rendered, monkeypatch):
    (file,) = files(project, f"*/data/dc/{IDS[6]}.xml")
    file.unlink()
    check(project, rendered, monkeypatch, [IDS[6]])
    check(project, rendered, monkeypatch, [])


@pytest.mark.usefixtures("small_blocks", "project")
def test_keys_of_releases_are_made_of_blocks_that_changed_only(monkeypatch):
    asked, plain = [], known.Keys

    def keys(ids, sources):
        asked.extend(ids)
        return plain(ids, sources)

    monkeypatch.setattr(known, "Keys", keys)
    stage.main()
    assert not asked
    write(releases([*IDS, "000000000000"]))
    stage.main()
    assert asked == ["000000000000", *IDS[:2]]
    # one release more moves the bounds of all row groups behind it
    asked.clear()
    monkeypatch.setattr("pipeline.core.table_writer.GROUP", 3)
    write(releases(["000000000000", *IDS]))
    stage.main()
    assert not asked


def test_where_the_cache_is_full_it_keeps_nothing_of_a_release_that_is_gone(project, rendered, monkeypatch):
    write([*releases(IDS[1:]), made.rows(IDS[0], title="Ein Titel wie Quastenflosser")])
    check(project, rendered, monkeypatch, [IDS[0]])
    write(releases(IDS[1:]))
    values = json.loads(Path("params.yaml").read_text("utf-8"))
    values["archive"]["max_cache_mb"] = 0
    Path("params.yaml").write_text(json.dumps(values), encoding="utf-8")
    stage.main()
    assert b"Quastenflosser" not in everything(work.MEMORY)


def test_a_block_comes_back():
    digest, keys, records = bytes(16), [b"1" * 16, b"2" * 16], [b"eins", b""]
    data = known.pack(digest, b"".join(keys), records)
    assert known.unpack(data, digest) == known.unpack(data) == (keys, records)
    assert known.unpack(data, b"x" * 16) == known.unpack(b"") == known.unpack(None) == ([], [])


def changed(key, **fields):
    return [
        dataclasses.replace(rows, **{name: change(getattr(rows, name)) for name, change in fields.items()})
        if rows.release.release_id == key else rows
        for rows in releases(IDS)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"release": lambda x: dataclasses.replace(x, title="Anderer Titel")},
        {"release": lambda x: dataclasses.replace(x, published="2021-05-03")},
        {"release": lambda x: dataclasses.replace(x, subtitle="")},
        {"release": lambda x: dataclasses.replace(x, repairs=7)},
        {"zones": lambda x: x[:-1]},
        {"mentions": lambda x: [dataclasses.replace(x[0], found_by="rule:neu"), *x[1:]]},
        {"entity_mentions": lambda x: x[1:]},
        {"dates": lambda x: [dataclasses.replace(x[0], value=None)]},
        {"quotes": lambda x: [dataclasses.replace(x[0], kind="indirect")]},
        {"events": lambda _: []},
        {"assignments": lambda x: [dataclasses.replace(x[0], share=0.5000000000000001)]},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_changed_release_is_made_anew(fields, project, rendered, monkeypatch):
    write(changed(IDS[3], **fields))
    check(project, rendered, monkeypatch, [IDS[3]])


def test_what_is_looked_up_for_a_release_counts_too(project, rendered, monkeypatch):
    tables = {}
    tables["duplicates"] = [r.Duplicate(IDS[5], IDS[2], "correction", 1.0, "Korrektur")]
    write(releases(IDS), **tables)
    check(project, rendered, monkeypatch, [IDS[2], IDS[5]])
    say(EMPTY + f"{IDS[6]},Gegendarstellung,2021-05-10,Verein,Falsch.\n")
    check(project, rendered, monkeypatch, [IDS[6]])
    say(EMPTY)
    check(project, rendered, monkeypatch, [IDS[6]])
    # a new reading of an office changes every release that names the person; a new count of mentions none
    first, *rest = made.ENTITIES
    tables["entities"] = [dataclasses.replace(first, n_mentions=99, last="2022-01-01"), *rest]
    write(releases(IDS), **tables)
    check(project, rendered, monkeypatch, [])
    tables["entities"] = [dataclasses.replace(first, role="Ministerin"), *rest]
    write(releases(IDS), **tables)
    check(project, rendered, monkeypatch, IDS)
    # of two persons in boilerplate one comes into the register: the release may name her from then on
    tables["entities"] += [made.entity("Mia Muster", "person")]
    write(releases(IDS), **tables)
    check(project, rendered, monkeypatch, IDS)
    tables["themes"] = [dataclasses.replace(made.corpus().themes["education"], label="Schule")]
    write(releases(IDS), **tables)
    check(project, rendered, monkeypatch, IDS)


def test_themes_that_descriptions_do_not_show_change_nothing(project, rendered, monkeypatch):
    guided = made.corpus().themes["education"]
    extra = [dataclasses.replace(rows, assignments=[*rows.assignments, dataclasses.replace(
        rows.assignments[0], theme_id="neu-x")]) for rows in releases(IDS)]  # fmt: skip
    write(extra, themes=[guided, dataclasses.replace(guided, theme_id="neu-x", scheme="discovered")])
    check(project, rendered, monkeypatch, [])


def test_releases_that_come_under_embargo_and_back(project, rendered, monkeypatch):
    pair = [r.Duplicate(IDS[5], IDS[2], "near", 0.9, "fast gleich")]
    batch = changed(IDS[2], release=lambda x: dataclasses.replace(x, embargo="2020-01-01"))
    write(batch, duplicates=pair)
    check(project, rendered, monkeypatch, [])
    params(as_of="2021-01-01")
    check(project, rendered, monkeypatch, IDS)


def test_other_params_make_everything_anew(project, rendered, monkeypatch):
    for values in ({"publisher": "Andere"}, {"include_persons": False}, {"identifier_prefix": "x:"}):
        params(**values)
        check(project, rendered, monkeypatch, IDS)


def files(project, pattern):
    found = sorted((project / "data/archive").glob(pattern))
    assert found, pattern
    return found


def spoil_and_restore_times(file):
    """Another content of the same size, and the same times: what no look at the times would notice."""
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def as_folder(file):
    file.unlink()
    file.mkdir()
    (file / "fremd").write_text("x", encoding="utf-8")


def as_link(file):
    other = file.parent.parent / "woanders"
    other.write_text("x", encoding="utf-8")
    file.unlink()
    file.symlink_to(other)


@pytest.mark.parametrize("damage", [spoil_and_restore_times, Path.unlink, as_folder, as_link])
@pytest.mark.parametrize("suffix", ["dc/*{}.xml", "ninjs/*{}.json"])
def test_a_file_that_somebody_changed_is_made_anew(damage, suffix, project, rendered, monkeypatch):
    (file,) = files(project, f"*/data/{suffix.format(IDS[4])}")
    damage(file)
    check(project, rendered, monkeypatch, [IDS[4]])


@pytest.mark.parametrize("damage", [spoil_and_restore_times, Path.unlink, as_folder, as_link])
@pytest.mark.parametrize(
    "name",
    ["bestand/data/ead/findbuch.xml", "bestand/data/csv/register.csv", "2016/manifest-sha512.txt",
     "2016/bagit.txt", "validation.html", sums.NAME],
)  # fmt: skip
def test_every_other_file_is_made_anew_each_time(damage, name, project, rendered, monkeypatch):
    damage(project / "data/archive" / name)
    check(project, rendered, monkeypatch, [])


def test_what_nobody_made_is_removed(project, rendered, monkeypatch):
    archive = project / "data/archive"
    for name in ("fremd.txt", "2016/fremd.txt", "2016/data/dc/fremd.xml", "1999/data/dc/000000000001.xml",
                 f"2016/data/dc/{IDS[0]}.json", f"2017/data/dc/{IDS[0]}.xml", "bestand/data/x/z.txt"):  # fmt: skip
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_bytes(b"x")
    (archive / "leer").mkdir()
    check(project, rendered, monkeypatch, [])


def test_a_folder_that_became_a_file_or_a_link_is_one_again(project, rendered, monkeypatch):
    dc, bestand = project / "data/archive/2016/data/dc", project / "data/archive/bestand"
    there = [file.stem for file in dc.iterdir()]
    shutil.rmtree(dc)
    dc.write_text("x", encoding="utf-8")
    shutil.move(bestand, project / "woanders")
    bestand.symlink_to(project / "woanders")
    before = package.tree(project / "woanders")
    check(project, rendered, monkeypatch, there)
    assert package.tree(project / "woanders") == before


def test_a_copy_of_the_same_files_is_not_made_again(project, rendered, monkeypatch):
    """As after `dvc checkout`: other inodes, other times, the same bytes."""
    shutil.copytree(project / "data/archive", project / "kopie")
    shutil.rmtree(project / "data/archive")
    shutil.move(project / "kopie", project / "data/archive")
    check(project, rendered, monkeypatch, [])


def test_without_the_folder_or_the_memory_all_is_made(project, rendered, monkeypatch):
    shutil.rmtree(project / "data/archive")
    check(project, rendered, monkeypatch, IDS)
    work.MEMORY.unlink()
    check(project, rendered, monkeypatch, IDS)
    work.MEMORY.write_bytes(b"kein SQLite" * 1000)
    check(project, rendered, monkeypatch, IDS)
    check(project, rendered, monkeypatch, [])


def test_a_file_linked_into_a_cache_keeps_its_bytes_there(project, rendered, monkeypatch):
    (file,) = files(project, f"*/data/tei/{IDS[4]}.xml")
    before = file.read_bytes()
    os.link(file, project / "cache")
    write(changed(IDS[4], release=lambda x: dataclasses.replace(x, title="Anderer Titel")))
    check(project, rendered, monkeypatch, [IDS[4]])
    assert (project / "cache").read_bytes() == before


def test_the_memory_keeps_nothing_of_a_release_that_is_gone(project, rendered, monkeypatch):
    write([*releases(IDS[1:]), made.rows(IDS[0], title="Ein Titel wie Quastenflosser")])
    check(project, rendered, monkeypatch, [IDS[0]])
    assert b"Quastenflosser" in everything(work.MEMORY)
    write(releases(IDS[1:]))
    check(project, rendered, monkeypatch, [])
    assert b"Quastenflosser" not in everything(work.MEMORY)


def everything(file):
    """All that can be read in the memory, and its bytes as they stand."""
    from tests.erase.test_erase import cells, unpacked  # noqa: PLC0415

    data = file.read_bytes()
    return data + b"".join(piece for cell in cells(data) if isinstance(cell, bytes) for piece in unpacked(cell))


def test_keys_do_not_tell_how_tables_are_cut(project, rendered, monkeypatch):
    """One release more moves the bounds of all row groups behind it."""
    monkeypatch.setattr("pipeline.core.table_writer.GROUP", 3)
    write(releases(IDS))
    check(project, rendered, monkeypatch, [])
    write(releases(["000000000000", *IDS]))
    check(project, rendered, monkeypatch, ["000000000000"])


def test_pandas_is_not_imported(project):
    """Pyarrow does it as soon as it is given a text; it would be a tenth of a run in which little is new."""
    write(releases([*IDS, "000000000000"]))
    code = "import sys; from pipeline.archive.__main__ import main; main(); assert 'pandas' not in sys.modules"
    subprocess.run(
        [sys.executable, "-c", code], cwd=project, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )


def written(project):
    return list((project / "data/archive").glob("*/data/jsonld/*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("moment", [0.02, 0.3, 0.6, 0.9])
def test_after_a_kill_in_the_middle_the_next_run_leaves_what_a_cold_one_does(
    moment, project, rendered, monkeypatch
):
    ids = [f"{number:012x}" for number in range(1, 301)]
    write(releases(ids))
    params(publisher="Andere")
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.archive"], cwd=project, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as run:
        # eight were there before
        while run.poll() is None and len(written(project)) < 8 + moment * 292:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert not list((project / "data/archive").glob("*/bagit.txt"))
    assert not (project / "data/archive" / sums.NAME).exists()
    rendered.clear()
    stage.main()
    assert len(rendered) <= 300
    assert package.tree(project / "data/archive") == cold(project, monkeypatch)

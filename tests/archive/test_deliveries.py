"""What an archive is told between one delivery and the next, and the bags it gets."""

import csv
import shutil

import bagit
import pytest

from pipeline.archive import bag, deliver, delivery, delta_log
from pipeline.archive.package import Package
from pipeline.core.errors import InputError
from tests.archive import package

_FIRST, _SECOND, *_ = package.IDS


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project that is the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path


def changes(project):
    text = (project / "data/archive/bestand/data" / delivery.CHANGES).read_text("utf-8-sig")
    return {
        row["Kennung"].removeprefix("test:"): (row["Was"], row["Warum"])
        for row in csv.DictReader(text.split("\n"), delimiter=";")
    }


def again(project, ids=package.IDS, **values):
    shutil.rmtree(project / "data/archive", ignore_errors=True)
    package.build(project, ids, **values)
    return changes(project)


def test_the_first_delivery_is_all_new_and_after_it_nothing_is(project):
    assert again(project) == dict.fromkeys(package.IDS, ("neu", "Erste Lieferung"))
    deliver.deliver("2026-01-02", None)
    assert again(project) == {}


def test_a_second_delivery_names_what_is_new_changed_and_withdrawn_and_why(project):
    again(project, package.IDS[:4])
    deliver.deliver("2026-01-02", None)
    gone = package.IDS[2]
    (project / delivery.ERASED).write_text(
        f"id,sha256,reason,when\n{gone},{'0' * 64},Antrag,2026-02-03\n", "utf-8"
    )
    found = again(
        project, (_FIRST, package.IDS[4]), held={_SECOND: "2030-01-01"}, **{_FIRST: {"title": "Neuer Titel"}}
    )
    assert found == {
        _FIRST: ("geändert", "Geändert: Titel, Datum, Herausgeber oder Sperrfrist"),
        package.IDS[4]: ("neu", "Neu seit der Lieferung vom 2026-01-02"),
        _SECOND: ("zurückgezogen", "Sperrfrist bis 2030-01-01"),
        gone: ("zurückgezogen", "Gelöscht am 2026-02-03: Antrag"),
        package.IDS[3]: ("zurückgezogen", "Die Datei liegt nicht mehr in data/raw"),
    }


def test_a_file_with_another_content_is_a_new_release_in_place_of_the_old(project):
    again(project, package.IDS[:1])
    deliver.deliver("2026-01-02", None)
    found = again(project, package.IDS[1:2], **{_SECOND: {"source_path": f"{_FIRST}.txt"}})
    assert found[_FIRST] == ("zurückgezogen", f"Ersetzt durch {_SECOND}: Die Datei hat jetzt einen anderen Inhalt")


def test_what_was_withdrawn_and_comes_back_is_said_to(project):
    again(project, package.IDS[:2])
    deliver.deliver("2026-01-02", None)
    again(project, package.IDS[:1])
    deliver.deliver("2026-02-03", None)
    assert again(project, package.IDS[:2])[_SECOND][1].startswith("Wieder aufgenommen")


def test_deliveries_of_one_day_are_told_apart_and_none_goes_back_in_time(project):
    again(project)
    deliver.deliver("2026-02-03", None)
    again(project, package.IDS[:1])
    deliver.deliver("2026-02-03", None)
    assert sorted(file.name for file in delta_log.FOLDER.iterdir()) == ["2026-02-03-2.csv", "2026-02-03.csv"]
    told = [(entry.release_id, entry.status) for _, entry in delta_log.load().entries()]
    assert told == [(_FIRST, "neu"), *((key, "zurückgezogen") for key in package.IDS[1:])]
    with pytest.raises(InputError, match="forward in time"):
        deliver.deliver("2026-02-02", None)


def test_the_record_of_a_delivery_holds_no_text_and_no_name(project):
    again(project)
    deliver.deliver("2026-01-02", None)
    written = "".join(file.read_text("utf-8") for file in delta_log.FOLDER.iterdir())
    assert _FIRST in written
    assert not [word for word in ("Beispiel", "Schule", "eröffnet", f"{_FIRST}.txt") if word in written]


def test_the_same_releases_make_the_same_valid_bags(project):
    again(project)
    first = package.tree(project / "data/archive")
    again(project)
    assert package.tree(project / "data/archive") == first
    assert sorted(bag.check(project / "data/archive")) == ["2021", "bestand"]
    lines = (project / "data/archive/2021/bag-info.txt").read_text("utf-8")
    assert "Bagging-Date: 2021-05-03" in lines
    assert "Bag-Count: 1 of 2" in lines
    assert (project / "data/archive/2021/manifest-sha512.txt").exists()


def test_a_delivered_copy_is_verified_and_one_flipped_byte_fails_it(project, tmp_path):
    again(project)
    copy = tmp_path / "stick"
    assert "verified there" in deliver.deliver("2026-01-02", copy)
    assert package.tree(copy) == package.tree(project / "data/archive")
    file = copy / "2021/data/dc" / f"{_FIRST}.xml"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(bagit.BagValidationError):
        list(bag.check(copy))


def test_a_damaged_package_is_not_delivered_and_not_written_down(project):
    again(project)
    (project / "data/archive/2021/data/mets" / f"{_FIRST}.xml").unlink()
    with pytest.raises(InputError, match="damaged"):
        deliver.deliver("2026-01-02", None)
    assert not delta_log.FOLDER.exists()


def test_originals_lie_with_their_year_and_files_of_several_years_with_the_holding(tmp_path):
    for name in ("mails.mbox", "a#1.txt", "alt.mbox"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    sources = [("2020", "mails.mbox#1"), ("2021", "mails.mbox#2"), ("2021", "a#1.txt"), ("2021", "nicht-da.txt"),
               ("2019", "alt.mbox#1/Anhang.docx")]  # fmt: skip
    assert [name for name, _ in bag.originals(tmp_path, sources)] == [
        "2021/data/original/a#1.txt", "2019/data/original/alt.mbox", "bestand/data/original/mails.mbox",
    ]  # fmt: skip


def test_a_path_that_would_leave_the_package_is_refused(tmp_path):
    with pytest.raises(AssertionError):
        bag.copy(Package(tmp_path / "archive", *[None] * 3), [("../outside.txt", tmp_path / "x")])


@pytest.mark.usefixtures("project")
def test_a_file_among_the_deliveries_that_is_none_is_named():
    delta_log.FOLDER.mkdir(parents=True)
    (delta_log.FOLDER / "liste.csv").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"liste\.csv"):
        delta_log.load()

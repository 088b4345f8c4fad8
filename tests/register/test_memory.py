"""What is kept from run to run changes no byte, is asked for where nothing changed, and goes with its release."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.core import tables as t
from pipeline.core.records import Mention, Release
from pipeline.register import corpus as reading
from pipeline.register import memory, names
from pipeline.register.__main__ import main
from tests.builders import mention, release
from tests.register.test_groups import HEAD
from tests.register.test_speed import corpus

PARAMS = Path(__file__).parents[2] / "params.yaml"
CORRECTIONS = Path("data/curation/corrections.csv")
PLACES = "Auenheim,municipality,12,,Bayern,49.1,11.1,4000\nAuenheim,municipality,13,,Thüringen,50.8,11.2,3000\n"
TEXT = "Der Verein Lese (VL) kommt nach Auenheim in Thüringen. Im bayerischen Auenheim war man schon."


def rare(text: str = TEXT, release_id: str = "000000000fff") -> tuple[Release, list[Mention]]:
    spots = [("Verein Lese", "ORG", 4), ("Auenheim", "LOC", text.index("Auenheim")), ("VL", "ORG", 17)]
    spots.append(("Auenheim", "LOC", text.rindex("Auenheim")))
    found = [mention(name, label, start, release_id=release_id) for name, label, start in spots]
    return release(release_id, text), sorted(found, key=lambda m: m.start)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading, "_USUAL", 8)
    shutil.copy(PARAMS, tmp_path)
    for folder in ("data/authority", "data/curation"):
        Path(folder).mkdir(parents=True)
    Path("data/authority/places.csv").write_text(HEAD + PLACES, encoding="utf-8")
    found = corpus(1_200)
    t.SENTENCES.write(found.sentences)
    t.QUOTES.write([])
    store(list(found.releases), list(found.mentions))
    return tmp_path


def store(releases: list[Release], mentions: list[Mention]) -> None:
    t.RELEASES.write(releases)
    t.MENTIONS.write(mentions)


def run() -> dict[str, bytes]:
    for table in (names.FOLDED, names.PLACES, names.ORGANISATIONS, names.PERSONS):
        table.clear()  # as in a process of its own
    main()
    return {path.name: path.read_bytes() for path in Path("data/register").iterdir()}


def kept() -> dict[bytes, bytes]:
    base = sqlite3.connect(memory.FILE)
    try:
        return dict(base.execute("SELECT key, value FROM part"))
    finally:
        base.close()


def add() -> None:
    more = rare()
    store([*t.RELEASES.read(), more[0]], [*t.MENTIONS.read(), *more[1]])


def take_out() -> None:
    store(t.RELEASES.read()[1:], [m for m in t.MENTIONS.read() if m.release_id != t.RELEASES.read()[0].release_id])


def change() -> None:
    """The same places in the text; only what is beside a name is another Land."""
    other = rare(TEXT.replace("in Thüringen.", "in Bayernland."))
    rest = [r for r in t.RELEASES.read() if r.release_id != other[0].release_id]
    store([*rest, other[0]], t.MENTIONS.read())


def correct() -> None:
    CORRECTIONS.write_text(
        "action,type,target,value\nrename,organisation,Verein Lese,Leseverein\n", encoding="utf-8"
    )


def move() -> None:
    table = (HEAD + PLACES).replace("Thüringen", "Hessen")
    Path("data/authority/places.csv").write_text(table, encoding="utf-8")


@pytest.mark.usefixtures("project")
def test_warm_runs_give_the_bytes_of_cold_ones_and_keep_what_those_keep():
    outputs = [run()]
    steps: tuple[Callable[[], None], ...] = (add, change, correct, move, take_out)
    for step in steps:
        step()
        warm, left = run(), kept()
        memory.FILE.unlink()
        assert warm == run(), step.__name__
        assert left == kept(), step.__name__
        outputs.append(warm)
    assert all(one != other for one, other in pairwise(outputs))


@pytest.mark.usefixtures("project")
def test_only_blocks_with_something_new_are_looked_at(monkeypatch: pytest.MonkeyPatch):
    looked: list[int] = []

    def look(ids: list[str], *rest: object) -> object:
        looked.append(len(ids))
        return seen(ids, *rest)

    seen: Callable[..., object] = memory.look
    monkeypatch.setattr(memory, "look", look)
    run()
    assert len(looked) > 5
    assert sum(looked) == 100
    looked.clear()
    run()
    assert looked == []
    add()
    run()
    assert len(looked) == 1


@pytest.mark.usefixtures("project")
def test_a_name_goes_with_the_last_release_that_has_it():
    add()
    run()
    assert b"Verein Lese" in b"".join(kept().values())
    gone = rare()[0].release_id
    store(t.RELEASES.read()[:-1], [m for m in t.MENTIONS.read() if m.release_id != gone])
    run()
    assert b"Verein Lese" not in b"".join(kept().values())


@pytest.mark.usefixtures("project")
def test_a_run_that_keeps_nothing_gives_the_same_bytes():
    found = run()
    params = Path("params.yaml").read_text("utf-8").replace("register:\n", "register:\n  max_cache_mb: 0\n")
    Path("params.yaml").write_text(params, encoding="utf-8")
    memory.FILE.unlink()
    assert run() == found
    assert kept() == {}


def test_what_is_known_of_names_comes_back_as_it_was():
    said = ["Dr. Eva von Aue-Tal", "Aue", "Förderverein Aue e. V."]
    made = [(names.fold(n), names.person(n), names.place(n), names.organisation(n)) for n in said]
    known = json.loads(json.dumps(names.known(said)))
    for table in (names.FOLDED, names.PLACES, names.ORGANISATIONS, names.PERSONS):
        table.clear()
    names.know(known)
    assert set(names.PERSONS) == set(said)
    assert [(names.fold(n), names.person(n), names.place(n), names.organisation(n)) for n in said] == made


def test_a_release_that_changed_its_issuer_alone_is_the_same_text(project: Path):
    run()
    first, *rest = t.RELEASES.read()
    t.RELEASES.write([replace(first, issuer="Stadt Neu"), *rest])
    warm = run()
    memory.FILE.unlink()
    assert warm == run()
    assert (project / memory.FILE).exists()

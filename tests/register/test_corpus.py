"""The register reads its tables as streams, and makes of them what it makes of lists."""

from itertools import pairwise

from pipeline.core import tables as t
from pipeline.register.corpus import Bare, Shelf, read
from pipeline.register.memory import Memory
from pipeline.register.work import Found, Given, build
from tests.register.settings import STRICT
from tests.register.test_speed import corpus


def bare(release_id: str, text: str) -> Bare:
    return release_id, "a.txt", "Stadt Falkenrode", "2024-05-03", None, text.encode()


def test_texts_come_back_from_the_shelf_in_any_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = ["Größe\n\n„eins“", "", "drei 😀 vier", "ß" * 9000]
    with Shelf() as shelf:
        shelved = list(shelf.fill(bare(f"{n:012x}", text) for n, text in enumerate(texts)))
        for number in (3, 0, 2, 2, 1, 0, 3):
            assert shelved[number].text == texts[number]
            assert shelved[number].release_id == f"{number:012x}"


def test_streams_give_the_register_of_lists(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = corpus(3_000)
    t.MENTIONS.write(found.mentions)
    t.RELEASES.write(found.releases)
    t.SENTENCES.write(found.sentences)
    t.QUOTES.write([])
    lists = build(Found(t.MENTIONS.read(), t.RELEASES.read(), t.SENTENCES.read()), Given(), STRICT)
    for _ in ("cold", "warm"):
        with Shelf() as shelf, Memory(10) as memory:
            streamed = build(read(shelf, memory.eyes(()), STRICT.zones), Given(), STRICT)
        assert streamed == lists
        assert len(streamed.entities) > 100


def test_rows_of_mentions_come_in_the_order_of_their_table_as_often_as_wanted():
    rows = build(corpus(600), Given(), STRICT).mentions
    keys = [(m.release_id, m.start, m.end, m.label) for m in rows]
    assert len(keys) > 300
    assert all(one < other for one, other in pairwise(keys))
    assert keys == [(m.release_id, m.start, m.end, m.label) for m in rows]


def test_nothing_of_a_text_stays_when_the_shelf_is_closed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Shelf() as shelf:
        assert len(list(shelf.fill([bare("a1", "Geheim")]))) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

"""What a release can be found by, and what it shares with others."""

from pipeline.erase import leftovers, needles
from pipeline.erase.needles import Known, Needle
from pipeline.erase.search import Find, search
from tests import builders as b

_MINE, _OTHER = "a" * 12, "b" * 12
_TEXT = (
    "Die Stadt Falkenrode ehrt Ute Lautental für ihren Mut auf der Brücke am Markt. Bürgermeisterin Anna Beispiel "
    "dankte ihr am Montag. Rückfragen: ute@lautental.example, Telefon 03641 12345-67."
)


def traced(other="Bürgermeisterin Anna Beispiel eröffnet die Messe."):
    known = Known(
        [b.release(_MINE, _TEXT, source_path="2021/mut.txt"), b.release(_OTHER, other)],
        [b.mention("Ute Lautental", "PER"), b.mention("Anna Beispiel", "PER"), b.mention("Falkenrode", "LOC")],
        [],
    )
    return needles.trace(known, [_MINE])


def values(kind, **given):
    return [needle.value for needle in traced(**given).needles if needle.kind == kind]


def test_words_names_addresses_numbers_id_and_path_are_looked_for():
    assert values("name") == ["falkenrode", "ute lautental"]
    assert values("mail") == ["ute@lautental.example"]
    assert values("phone") == ["03641 12345-67"]
    assert (values("id"), values("path")) == ([_MINE], ["2021/mut.txt"])
    assert "die stadt falkenrode ehrt ute lautental" in values("text")


def test_a_name_that_another_release_says_too_is_no_trace():
    assert "anna beispiel" not in values("name")
    assert "anna beispiel" in values("name", other="Eine andere Mitteilung")


def test_words_that_another_release_says_too_are_told_with_its_id():
    found = traced(other=_TEXT)
    assert found.shared == {_OTHER: len(_TEXT.split()) // 6}
    assert [needle.kind for needle in found.needles] == ["id", "path"]


def test_a_name_is_found_as_a_word_and_not_within_one(tmp_path):
    for name, text in (("a.txt", "von Ute Lautental, hier"), ("b.txt", "Ute Lautentaler Straße")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = list(search(tmp_path, sorted(tmp_path.iterdir()), [Needle("name", "ute lautental")]))
    assert found == [Find("a.txt", (Needle("name", "ute lautental"),))]


def test_a_file_name_is_searched_too(tmp_path):
    (tmp_path / "Ute Lautental.txt").write_text("x", encoding="utf-8")
    assert [find.path for find in search(tmp_path, tmp_path.iterdir(), [Needle("name", "ute lautental")])] == [
        "Ute Lautental.txt"
    ]


def test_rows_about_an_erased_person_leave_a_list_and_the_rest_keeps_its_bytes(tmp_path):
    head = "\ufeffaction;type;target;value;reason;who;when\r\n"
    kept = 'rename;person;Anna Beispel;Anna Beispiel;"Tipp;\r\nfehler";;\r\n'
    file = tmp_path / "corrections.csv"
    gone = 'private;person;"Ute Lautental";;;;\r\nsplit;person;X;Y | Ute Lautental = Z;;;\r\n'
    file.write_bytes((head + gone + kept).encode())
    assert leftovers.rows(file, traced()) == (head + kept, [2, 3])


def test_gold_goes_as_a_pair(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    leftovers.GOLD.mkdir(parents=True)
    for name in ("a.txt", "a.json", "b.txt", "README.md"):
        (leftovers.GOLD / name).write_text("x", encoding="utf-8")
    found = leftovers.gold(
        [Find("data/gold/a.txt", (Needle("text", "x"),)), Find("data/raw/b.txt", (Needle("text", "x"),))]
    )
    assert [path.name for path in found] == ["a.json", "a.txt"]

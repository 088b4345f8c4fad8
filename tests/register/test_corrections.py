"""The correction ledger: read, applied, reported."""

from __future__ import annotations

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import CorrectionResult, Mention
from pipeline.register import ledger
from pipeline.register.work import Found, Given, Register, build
from tests.builders import mention, release
from tests.register.settings import SETTINGS

HEAD = "action,type,target,value,reason,who,when\n"
MENTIONS = [
    mention("Jana Weißbach", "PER", 0, role="Oberbürgermeisterin", title="Dr."),
    mention("Janna Weißbach", "PER", 30),
    mention("Falkenrode", "LOC", 60),
    mention("Sommer im Park", "INITIATIVE", 90, kind="event"),
    mention("Sommer im Park", "ORG", 90),
    mention("Uwe Geheim", "PER", 120, zone="contact"),
]


def corrected(lines: str, mentions: list[Mention] = MENTIONS) -> Register:
    rows = ledger.parse((HEAD + lines).encode(), "corrections.csv")
    return build(Found(mentions, [release()]), Given(ledger=rows), SETTINGS)


def names(register: Register) -> set[str]:
    return {f"{entity.type}: {entity.name}" for entity in register.entities}


def test_nothing_of_the_contact_zone_enters_the_register():
    assert names(corrected("")) == {
        "person: Jana Weißbach",
        "person: Janna Weißbach",
        "place: Falkenrode",
        "initiative: Sommer im Park",
        "organisation: Sommer im Park",
    }


@pytest.mark.parametrize(
    ("line", "gone", "new"),
    [
        ("merge,person,Janna Weißbach,Jana Weißbach", {"person: Janna Weißbach"}, set()),
        ("rename,place,Falkenrode,Falkenrode am See", {"place: Falkenrode"}, {"place: Falkenrode am See"}),
        ("reject,Organisation,Sommer im Park,", {"organisation: Sommer im Park"}, set()),
        ("relabel,organisation,Sommer im Park,initiative", {"organisation: Sommer im Park"}, set()),
        ("relabel,Ort,falkenrode,organisation", {"place: Falkenrode"}, {"organisation: Falkenrode"}),
        ("private,person,Jana Weißbach,", {"person: Jana Weißbach"}, set()),
        ("reject,person,person-jana-weissbach,", {"person: Jana Weißbach"}, set()),
    ],
)
def test_each_action_does_what_the_ledger_says(line: str, gone: set[str], new: set[str]):
    register = corrected(line)
    assert names(register) == names(corrected("")) - gone | new
    assert [result.status for result in register.corrections] == ["applied"]


def test_a_merged_or_relabelled_mention_names_the_line_that_did_it():
    register = corrected("merge,person,Janna Weißbach,Jana Weißbach")
    reasons = {m.start: m.because for m in register.mentions}
    assert reasons[30] == "correction:2"
    assert reasons[0] == "same_name"


@pytest.mark.parametrize(("value", "role"), [("Landrätin", "Landrätin"), ("", None)])
def test_set_role_wins_over_the_text_and_an_empty_value_takes_the_office_away(value: str, role: str | None):
    (entity,) = [
        e for e in corrected(f"set_role,person,Jana Weißbach,{value}").entities if e.name == "Jana Weißbach"
    ]
    assert entity.role == role
    assert entity.title == "Dr."


def test_a_private_person_stands_neither_in_the_register_nor_in_what_is_said_of_the_line():
    register = corrected("private,person,Jana Weißbach,")
    assert "Weißbach" not in str(register.corrections)
    assert all(m.start != 0 for m in register.mentions)


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        ("merge,person,Niemand Da,Jana Weißbach", ["unused"]),
        ("reject,place,Falkenrode,\nrename,place,Falkenrode,Falkenau", ["applied", "contradicted"]),
        ("reject,place,Falkenau,\nrename,place,Falkenrode,Falkenau", ["applied", "applied"]),
        ("set_role,person,Jana Weißbach,Rätin\nset_role,person,Jana Weißbach,Chefin", ["contradicted", "applied"]),
        ("rename,person,Janna Weißbach,Jana Weißbach", ["contradicted"]),
        ("relabel,place,Falkenrode,organisation\nreject,place,Falkenrode,", ["contradicted", "applied"]),
        ("reject,place,Falkenrode,\nrelabel,place,Falkenrode,organisation", ["contradicted", "applied"]),
        ("rename,place,Falkenrode,Falkenau\nreject,place,Falkenau,", ["applied", "applied"]),
        ("rename,place,Falkenrode,Falkenau\nreject,place,Falkenrode,", ["contradicted", "applied"]),
        ("verbinde,person,A,B", ["faulty"]),
        ("merge,tier,A,B", ["faulty"]),
        ("merge,person,,B", ["faulty"]),
        ("merge,person,A,", ["faulty"]),
        ("set_role,place,Falkenrode,Hauptstadt", ["faulty"]),
        ("relabel,place,Falkenrode,Fluss", ["faulty"]),
        ("unsinn\nreject,place,Falkenrode,", ["faulty", "applied"]),
    ],
)
def test_every_line_says_what_became_of_it_and_none_stops_the_run(lines: str, statuses: list[str]):
    results = corrected(lines).corrections
    assert [result.status for result in results] == statuses
    assert all(result.message_de.startswith(f"Zeile {result.row}: ") for result in results)


def test_a_name_that_two_entries_bear_is_asked_for_by_id():
    mentions = [mention("Aue", "PER", 0, release_id="a"), mention("Aue", "PER", 0, release_id="b")]
    rows = ledger.parse((HEAD + "reject,person,Aue,").encode(), "")
    register = build(Found(mentions, [release("a"), release("b")]), Given(ledger=rows), SETTINGS)
    ids = {entity.entity_id for entity in register.entities}
    assert len(ids) == 2
    (result,) = register.corrections
    assert result.status == "faulty"
    assert all(entity_id in result.message_de for entity_id in ids)


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + "reject,place,Falkenröde,\n").encode(),
        (HEAD + "reject,place,Falkenröde,\n").encode("utf-8-sig"),
        (HEAD + "reject,place,Falkenröde,\n").replace(",", ";").encode("cp1252"),
        (HEAD + "\n\nreject\tplace\tFalkenröde\t\n").replace(",", "\t").encode(),
    ],
)
def test_the_ledger_is_read_however_a_spreadsheet_saves_it(data: bytes):
    (row,) = ledger.parse(data, "corrections.csv")
    assert isinstance(row, ledger.Correction)
    assert row.target == "Falkenröde"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: column action is missing"),
        (b"eins,zwei\n", "line 1: column action is missing"),
        ((HEAD + 'a,b,"c').encode(), "line 2: is not CSV"),
        ((HEAD + "\n\0").encode(), "line 3: is not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_by_line(data: bytes, message: str):
    with pytest.raises(InputError, match=f"^corrections.csv: {message}"):
        ledger.parse(data, "corrections.csv")


def test_the_register_does_not_depend_on_the_order_of_mentions():
    assert sorted(map(repr, corrected("").entities)) == sorted(map(repr, corrected("", MENTIONS[::-1]).entities))


def test_results_are_rows_of_the_table():
    (result,) = corrected("reject,place,Falkenrode,").corrections
    assert result == CorrectionResult(
        2, "reject", "Falkenrode", "applied", "Zeile 2: „Falkenrode“ steht nicht mehr im Register."
    )

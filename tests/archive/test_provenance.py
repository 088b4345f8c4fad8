"""Where a file comes from: PREMIS, PROV and the calendar."""

import dataclasses
import hashlib
import json
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest
from lxml import etree

from pipeline.archive import calendar, premis, prov
from pipeline.archive.parts import Facts
from pipeline.core import records as r
from tests.archive import made

SHARED = Path(__file__).parents[2].parent / "shared"
FACTS = Facts(1, "2021-05-03", "2021-05-03", "")
NS = {"p": premis.PREMIS}


def premis_of(description):
    return etree.fromstring(premis.to_xml(description, made.settings()))


def texts(tree, path):
    return [element.text for element in tree.xpath(path, namespaces=NS)]


def test_premis_says_what_was_done_and_what_was_taken_out():
    (description,) = made.described()
    tree = premis_of(description)
    assert texts(tree, "//p:eventType") == [
        "ingestion", "metadata extraction", "redaction", "message digest calculation",
    ]  # fmt: skip
    (redaction,) = (text for text in texts(tree, "//p:eventDetail") if text.startswith("Aus dem Text"))
    assert "Telefonnummern: 1" in redaction
    assert set(texts(tree, "//p:eventDateTime")) == {"2021-05-03/.."}
    assert texts(tree, "//p:messageDigest") == [description.release.source_sha256]


def test_premis_names_counter_statements_and_what_replaces_what():
    first, second = map(premis_of, made.correction())
    assert "metadata modification" in texts(second, "//p:eventType")
    assert f"test:{made.FIRST}" in texts(
        second, "//p:relationship[p:relationshipSubType='replaces']//p:relatedObjectIdentifierValue"
    )
    assert f"test:{made.SECOND}" in texts(first, "//p:relatedObjectIdentifierValue")


def test_premis_is_valid_against_the_official_schema():
    folder = SHARED / "schemas"
    if not (folder / "premis").exists():
        pytest.skip("official schemas are not shipped with the project")
    schemas = pytest.importorskip("pipeline.archive.schemas")
    schema = schemas.xsd(folder, ("premis/premis-v3-0.xsd",))
    (sample,) = made.described()
    odd = dataclasses.replace(sample, release=dataclasses.replace(sample.release, title="]]> <b>\x01\ud800 &"))
    for description in (*made.correction(), odd):
        schema.assertValid(premis_of(description))


def _lock(root, text="Inhalt"):
    table = root / "data/ingest/releases.parquet"
    table.parent.mkdir(parents=True)
    table.write_text(text, encoding="utf-8")
    md5 = hashlib.md5(b"Inhalt").hexdigest()
    (root / "dvc.lock").write_text(
        f"""schema: '2.0'
stages:
  archive:
    cmd: python -m pipeline.archive
    outs: [{{path: data/archive/pruefsummen.sha512, md5: abc}}]
  ingest:
    cmd: python -m pipeline.ingest
    deps:
    - {{path: data/raw, md5: eee.dir}}
    - {{path: pipeline/ingest, md5: fff.dir}}
    params: {{params.yaml: {{ingest: {{min_letters: 80}}}}}}
    outs:
    - {{path: data/ingest/releases.parquet, md5: {md5}}}
""",
        encoding="utf-8",
    )
    return prov.read(root / "dvc.lock")


def graph(stages):
    content = prov.to_json(stages, {"2021/data/dc": 3}, made.settings(schemas="/irgendwo"))
    assert b"irgendwo" not in content
    return {node["@id"]: node for node in json.loads(content)["@graph"]}


def test_prov_says_which_code_params_and_inputs_made_a_table(tmp_path):
    nodes = graph(_lock(tmp_path))
    table = nodes["presselese:file:data/ingest/releases.parquet"]
    assert table["wasGeneratedBy"] == "presselese:stage:ingest"
    assert table["wasDerivedFrom"] == ["presselese:file:data/raw"]
    stage = nodes["presselese:stage:ingest"]
    assert stage["qualifiedAssociation"]["hadPlan"] == "presselese:file:pipeline/ingest"
    assert nodes["presselese:file:pipeline/ingest"]["md5"] == "fff.dir"
    assert nodes["presselese:params:ingest"]["params"] == {"ingest": {"min_letters": 80}}
    package = nodes["presselese:package:2021/data/dc"]
    assert package["wasGeneratedBy"] == "presselese:stage:archive"
    assert "presselese:file:data/ingest/releases.parquet" in nodes["presselese:stage:archive"]["used"]


def test_everything_that_prov_refers_to_is_described(tmp_path):
    nodes = graph(_lock(tmp_path))
    for node in nodes.values():
        for name in ("used", "wasDerivedFrom", "wasGeneratedBy", "wasAssociatedWith", "wasAttributedTo"):
            value = node.get(name, [])
            for target in [value] if isinstance(value, str) else value:
                assert target in nodes, (node["@id"], name)


def test_a_table_that_dvc_lock_does_not_speak_of_is_not_claimed(tmp_path):
    nodes = graph(_lock(tmp_path, text="von Hand geändert"))
    assert "presselese:stage:ingest" not in nodes
    assert graph(prov.read(tmp_path / "fehlt.lock")).keys() == nodes.keys()


def _calendar(*events):
    (sample,) = made.described()
    description = dataclasses.replace(sample, events=events)
    part = calendar.part(description, made.settings())
    content = b"".join(calendar.join(iter([part] if part else []), FACTS, made.settings()))
    return icalendar.Calendar.from_ical(content)


def _event(begin, finish=None, title="Eröffnung", place=None):
    return r.Event(made.FIRST, 5, 9, title, begin, finish, place, "rule:x")


def test_events_become_days_and_times_in_berlin():
    days, hours = _calendar(
        _event("2021-05-03", "2021-05-05"), _event("2021-07-03T18:00", place="Markt; Haus 1")
    ).events
    assert (days["DTSTART"].dt, days["DTEND"].dt) == (date(2021, 5, 3), date(2021, 5, 6))
    assert hours["DTSTART"].dt.replace(tzinfo=None) == datetime(2021, 7, 3, 18)  # noqa: DTZ001  taken off on purpose
    assert hours["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert hours["LOCATION"] == "Markt; Haus 1"
    assert str(hours["RELATED-TO"]) == f"test:{made.FIRST}"
    assert days["UID"] != hours["UID"]


def test_no_title_breaks_out_of_its_line():
    (event,) = _calendar(_event("2021-05-03", title="A\r\nEND:VEVENT\nBEGIN:VALARM \\N ü" * 9)).events
    assert len(event.subcomponents) == 0
    assert "ü" in event["SUMMARY"]


def test_a_release_without_events_adds_nothing():
    (sample,) = made.described()
    assert calendar.part(dataclasses.replace(sample, events=()), made.settings()) is None
    assert _calendar().events == []

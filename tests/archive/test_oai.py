"""The package over OAI-PMH 2.0: every verb, every error, schema-valid, harvested whole by strangers' clients."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.archive import deliver, delivery, oai, oai_repository, oai_request
from pipeline.core.errors import InputError
from tests.archive import made, package

SHARED = Path(__file__).parents[2].parent / "shared"
NS = {"o": "http://www.openarchives.org/OAI/2.0/"}
GONE = "f" * 12
NOW = "2026-03-04T05:06:07Z"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Five releases, one of an earlier delivery was erased since."""
    root = tmp_path_factory.mktemp("oai")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        (root / "data/raw").mkdir(parents=True)
        package.build(root, (*package.IDS[:2], GONE))
        deliver.deliver("2026-01-02", None)
        (root / delivery.ERASED).write_text(
            f"id,sha256,reason,when\n{GONE},{'0' * 64},Antrag,2026-02-03\n", "utf-8"
        )
        shutil.rmtree(root / "data/archive")
        package.build(root, package.IDS)
    return root


@pytest.fixture(scope="module")
def app(project):
    return oai.application(project / "data/archive", made.settings(), lambda: NOW)


def ask(app, method="GET", **arguments):
    """One request -> the document; the module's own schema check is in a test below."""
    query = urlencode(arguments, doseq=True)
    status = []
    environ = {
        "REQUEST_METHOD": method, "QUERY_STRING": query if method == "GET" else "", "PATH_INFO": "/",
        "SCRIPT_NAME": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(query.encode()), "CONTENT_LENGTH": str(len(query)),
    }  # fmt: skip
    content = b"".join(app(environ, lambda line, _: status.append(line)))
    assert status == ["200 OK"]
    return etree.fromstring(content)


def texts(tree, path):
    return [node if isinstance(node, str) else node.text for node in tree.xpath(path, namespaces=NS)]


def code(app, **arguments):
    return texts(ask(app, **arguments), "o:error/@code")


def harvested(app, verb, **arguments):
    """All pages of a list."""
    found, pages = [], 0
    tree = ask(app, verb=verb, **arguments)
    while True:
        pages += 1
        found += tree.xpath("//o:header", namespaces=NS)
        token = "".join(texts(tree, "//o:resumptionToken/text()"))
        if not token:
            return found, pages
        tree = ask(app, verb=verb, resumptionToken=token)


def test_identify_says_who_and_how(app):
    tree = ask(app, verb="Identify")
    assert texts(tree, "//o:repositoryName") == ["Pressestelle: Pressemitteilungen"]
    assert texts(tree, "//o:granularity | //o:deletedRecord") == ["transient", "YYYY-MM-DD"]
    assert texts(tree, "//o:earliestDatestamp") == ["2026-01-02"]
    assert texts(tree, "o:responseDate") == [NOW]


def test_formats_of_all_and_of_one_record(app):
    assert texts(ask(app, verb="ListMetadataFormats"), "//o:metadataPrefix") == ["oai_dc", "mods", "ead"]
    one = ask(app, verb="ListMetadataFormats", identifier=f"test:{package.IDS[0]}")
    assert texts(one, "//o:metadataPrefix") == ["oai_dc", "mods"]
    assert texts(ask(app, verb="ListMetadataFormats", identifier="test:PM"), "//o:metadataPrefix") == ["ead"]


def test_sets_are_themes_and_issuers(app):
    sets = texts(ask(app, verb="ListSets"), "//o:setSpec")
    assert sets == ["findbuch", "herausgeber", "herausgeber:stadt-falkenrode", "thema", "thema:education"]
    assert len(harvested(app, "ListIdentifiers", metadataPrefix="oai_dc", set="thema")[0]) == 6
    assert code(app, verb="ListRecords", metadataPrefix="mods", set="thema:nichts") == ["noRecordsMatch"]


def test_a_list_comes_in_pages_whole_and_each_record_once(app):
    found, pages = harvested(app, "ListRecords", metadataPrefix="oai_dc")
    names = [texts(header, "o:identifier")[0] for header in found]
    assert sorted(names) == [f"test:{key}" for key in (*package.IDS, GONE)]
    assert pages == 3


def test_what_was_erased_is_a_deleted_record_without_metadata(app):
    tree = ask(app, verb="GetRecord", identifier=f"test:{GONE}", metadataPrefix="oai_dc")
    assert texts(tree, "//o:header/@status") == ["deleted"]
    assert texts(tree, "//o:datestamp") == ["2026-02-03"]
    assert not tree.xpath("//o:metadata", namespaces=NS)


def test_a_datestamp_is_the_day_of_the_delivery(app):
    stamps = {texts(h, "o:identifier")[0]: texts(h, "o:datestamp")[0]
              for h in harvested(app, "ListIdentifiers", metadataPrefix="mods")[0]}  # fmt: skip
    assert stamps[f"test:{package.IDS[0]}"] == "2026-01-02"
    assert stamps[f"test:{package.IDS[3]}"] == "2026-01-02"  # not yet delivered: the package's day, never earlier
    later = harvested(app, "ListIdentifiers", metadataPrefix="mods", **{"from": "2026-01-03"})[0]
    assert [texts(h, "o:identifier")[0] for h in later] == [f"test:{GONE}"]


def test_mods_and_the_finding_aid_travel_as_they_lie_in_the_package(app):
    tree = ask(app, verb="GetRecord", identifier=f"test:{package.IDS[1]}", metadataPrefix="mods")
    assert tree.xpath("//*[local-name() = 'mods']/*[local-name() = 'titleInfo']")
    tree = ask(app, verb="GetRecord", identifier="test:PM", metadataPrefix="ead")
    assert tree.xpath("//o:metadata/*", namespaces=NS)[0].tag.endswith("}ead")


_NAMES = ["verb", "identifier", "set", "from", "x", "metadataPrefix", "resumptionToken"]
_ERRORS = [
    ({}, "badVerb"),
    ({"verb": "ListRecord"}, "badVerb"),
    ({"verb": ["Identify", "ListSets"]}, "badVerb"),
    ({"verb": "Identify", "set": "x"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": ["mods", "mods"]}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "mods", "from": "gestern"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "mods", "from": "2026-02-30"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "mods", "from": "2026-01-02T00:00:00Z"}, "badArgument"),
    (
        {"verb": "ListRecords", "metadataPrefix": "mods", "from": "2026-02-02", "until": "2026-02-01"},
        "badArgument",
    ),
    ({"verb": "ListRecords", "metadataPrefix": "mods", "set": "<x>"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x", "set": "thema"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "identifier": "test:PM", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "identifier": "test:", "metadataPrefix": "ead"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "identifier": package.IDS[0], "metadataPrefix": "mods"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "x"}, "idDoesNotExist"),
    ({"verb": "ListRecords", "metadataPrefix": "mods", "until": "1999-01-01"}, "noRecordsMatch"),
]


@pytest.mark.parametrize(("arguments", "expected"), _ERRORS, ids=lambda value: str(value)[:60])
def test_every_fault_has_the_protocols_code(app, arguments, expected):
    tree = ask(app, **arguments)
    assert texts(tree, "o:error/@code") == [expected]
    assert bool(tree.xpath("o:request/@verb", namespaces=NS)) == (expected not in ("badVerb", "badArgument"))


def test_a_question_may_be_posted(app):
    assert texts(ask(app, "POST", verb="ListSets"), "//o:setSpec") == texts(
        ask(app, verb="ListSets"), "//o:setSpec"
    )


@given(st.text(max_size=60))
def test_no_text_is_a_token_unless_the_repository_made_it(text):
    with pytest.raises(oai_request.ProtocolError) as error:
        oai_request.resumed(text, "package")
    assert error.value.code == "badResumptionToken"


@given(st.sampled_from(["oai_dc", "mods"]), st.dates(), st.sampled_from(["", "thema", "herausgeber:a-b"]),
       st.integers(1, 10**9))  # fmt: skip
def test_a_token_says_the_whole_query(prefix, first, name, cursor):
    asked = oai_request.Query(prefix, first.isoformat(), "", name)
    resumed = oai_request.resumed(asked.token("package", cursor), "package")
    assert resumed == oai_request.Query(prefix, first.isoformat(), "", name, cursor)
    with pytest.raises(oai_request.ProtocolError):
        oai_request.resumed(asked.token("another", cursor), "package")


@given(st.dictionaries(st.sampled_from(_NAMES), st.text(max_size=20), max_size=4))
def test_any_request_gets_a_well_formed_answer(app, arguments):
    tree = ask(app, **{name: value.encode("utf-8", "replace") for name, value in arguments.items()})
    assert tree.tag == f"{{{NS['o']}}}OAI-PMH"


def test_answers_are_valid_against_the_official_schema(app):
    folder = SHARED / "schemas"
    if not (folder / "oai").exists():
        pytest.skip("official schemas are not shipped with the project")
    schemas = pytest.importorskip("pipeline.archive.schemas")
    schema = schemas.xsd(folder, ("oai/OAI-PMH.xsd", "oai/oai_dc.xsd", "mods/mods-3-7.xsd"))
    asked = [
        {"verb": "Identify"}, {"verb": "ListSets"}, {"verb": "ListMetadataFormats"},
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"}, {"verb": "ListRecords", "metadataPrefix": "mods"},
        {"verb": "ListIdentifiers", "metadataPrefix": "ead"},
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"test:{GONE}"},
        *(arguments for arguments, _ in _ERRORS),
    ]  # fmt: skip
    for arguments in asked:
        schema.assertValid(ask(app, **arguments))


def test_without_a_package_the_remedy_is_named(tmp_path):
    with pytest.raises(InputError, match="make report"):
        oai_repository.Repository(tmp_path, made.settings())


_HARVEST = """
import json, sys, threading
from pathlib import Path
from wsgiref.simple_server import make_server
from pipeline.archive import oai
from tests.archive import made
serve = oai.application(Path("data/archive"), made.settings())
server = make_server("127.0.0.1", 0, serve, handler_class=oai._Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/"
found = {}
if sys.argv[1] == "sickle":
    from sickle import Sickle
    client = Sickle(address)
    names = {"oai_dc": None, "mods": None, "ead": None}
    for prefix in names:
        found[prefix] = [[r.header.identifier, r.deleted] for r in client.ListRecords(metadataPrefix=prefix)]
    found["identifiers"] = [h.identifier for h in client.ListIdentifiers(metadataPrefix="oai_dc")]
    found["sets"] = [s.setSpec for s in client.ListSets()]
    found["formats"] = [f.metadataPrefix for f in client.ListMetadataFormats()]
    found["identify"] = client.Identify().repositoryName
    found["one"] = client.GetRecord(identifier=found["mods"][0][0], metadataPrefix="mods").header.identifier
else:
    from oaipmh_scythe import Scythe
    with Scythe(address) as client:
        for prefix in ("oai_dc", "mods", "ead"):
            found[prefix] = [[r.header.identifier, r.deleted] for r in client.list_records(metadata_prefix=prefix)]
        found["identifiers"] = [h.identifier for h in client.list_identifiers(metadata_prefix="oai_dc")]
        found["sets"] = [s.setSpec for s in client.list_sets()]
        found["formats"] = [f.metadataPrefix for f in client.list_metadata_formats()]
        found["identify"] = client.identify().repositoryName
        one = client.get_record(identifier=found["mods"][0][0], metadata_prefix="mods")
        found["one"] = one.header.identifier
print(json.dumps(found))
"""


@pytest.mark.parametrize(("client", "module"), [("sickle", "sickle"), ("scythe", "oaipmh_scythe")])
def test_an_independent_client_harvests_everything(project, client, module):
    """In a process of its own: the clients need a real connection, and to this computer only."""
    pytest.importorskip(module, reason="a harvester for the test; comes with the extra dev")
    root = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-c", _HARVEST, client], cwd=project, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(root), "NO_PROXY": "127.0.0.1"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    everything = sorted(f"test:{key}" for key in (*package.IDS, GONE))
    for prefix in ("oai_dc", "mods"):
        assert sorted(name for name, _ in found[prefix]) == everything
        assert [name for name, deleted in found[prefix] if deleted] == [f"test:{GONE}"]
    assert found["ead"] == [["test:PM", False]]
    assert sorted(found["identifiers"]) == everything
    assert found["formats"] == ["oai_dc", "mods", "ead"]
    assert "thema:education" in found["sets"]
    assert found["identify"] == "Pressestelle: Pressemitteilungen"
    assert found["one"] == found["mods"][0][0]

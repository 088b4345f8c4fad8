"""The quick way through XSD 1.1 never lets pass what XSD 1.1 forbids."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.archive import ead, schemas, xsd11
from tests.archive import made

SHARED = Path(__file__).parents[2].parent / "shared" / "schemas"
FILE = SHARED / schemas.SCHEMAS["ead_entry"].files[0]
needs_schemas = pytest.mark.skipif(not SHARED.exists(), reason="official schemas are not shipped with the project")
_VALUES = [
    "",
    "x",
    "file",
    "item",
    "class",
    "ead",
    "dao",
    "2021-05-03",
    "2021-13",
    "test-aaaaaaaaaaaa",
    "Drucksachen",
]
_NAMES = ["level", "id", "type", "normal", "role", "langcode", "audience", "nonsense"]
_TAGS = ["c", "did", "unitid", "unittitle", "langmaterial", "userestrict", "index", "p", "nonsense"]


@pytest.fixture(scope="module")
def ways():
    """Whether an entry is valid, the quick way and by XSD 1.1."""
    made_of = xsd11.strict(etree.parse(FILE, schemas.parser(SHARED)).getroot(), "c.file")
    text = etree.tostring(made_of)
    quick = etree.XMLSchema(etree.fromstring(text, schemas.parser(SHARED), base_url=str(FILE)))
    exact = xsd11.schema(FILE, schemas.places(SHARED)).types["c.file"]
    return quick.validate, lambda element: not any(True for _ in exact.iter_errors(element))


def entry(number=1):
    return etree.fromstring(etree.tostring(ead.item(made.correction()[number], made.settings())))


@needs_schemas
@pytest.mark.parametrize("number", [0, 1])
def test_entries_as_they_are_written_take_the_quick_way(ways, number):
    quick, exact = ways
    assert quick(entry(number))
    assert exact(entry(number))


def change(element, what, name, value, tag):
    """Spoil an element, or not."""
    parent = element.getparent()
    if what == "attribute":
        element.set(name, value)
    elif what == "bare":
        element.attrib.clear()
    elif what == "tag":
        element.tag = ead.E + tag
    elif what == "child":
        etree.SubElement(element, ead.E + tag, type=value).text = "x"
    elif what == "text":
        element.text = value
    elif parent is not None and what == "out":
        parent.remove(element)
    elif parent is not None and what == "twice":
        parent.append(etree.fromstring(etree.tostring(element)))
    elif parent is not None:
        parent.insert(0, element)


_CHANGES = st.tuples(
    st.integers(0, 200),
    st.sampled_from(["attribute", "bare", "tag", "child", "text", "out", "twice", "first"]),
    st.sampled_from(_NAMES), st.sampled_from(_VALUES), st.sampled_from(_TAGS),
)  # fmt: skip


@needs_schemas
@settings(max_examples=150, deadline=None)
@given(changes=st.lists(_CHANGES, min_size=1, max_size=3))
def test_whatever_the_quick_way_lets_pass_is_valid_by_xsd_1_1(ways, changes):
    quick, exact = ways
    root = entry()
    for at, *rest in changes:
        elements = list(root.iter())
        change(elements[at % len(elements)], *rest)
    assert exact(root) or not quick(root)


_SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:complexType name="t"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence>{}</xs:complexType>
</xs:schema>"""


def test_a_schema_with_conditions_that_xsd_1_0_does_not_know_has_no_quick_way(tmp_path):
    file = tmp_path / "t.xsd"
    for condition in ("", "<xs:assert test=\"a != 'x'\"/>"):
        text = _SCHEMA.format(condition)
        file.write_text(text, encoding="utf-8")
        assert (xsd11.strict(etree.fromstring(text), "t") is None) == bool(condition)
        errors = xsd11.entries(file, {}, "t", schemas.parser(tmp_path))
        found = list(errors(etree.fromstring("<c><a>x</a></c>")))
        assert bool(found) == bool(condition)

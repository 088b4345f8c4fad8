"""XSD 1.1, which libxml2 does not know -> checks: of any document, and of the many entries of a finding aid.

A pure Python library reads XSD 1.1, but takes milliseconds an entry. So libxml2 looks first, with an XSD 1.0
schema made of the same file, which allows less: whatever it finds valid is valid by XSD 1.1 too (``strict`` says
why). Only what it does not find valid goes to the library, whose word counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    # half a second of processor time, and needed with a folder of schemas only
    import xmlschema

X = "{http://www.w3.org/2001/XMLSchema}"
_NEW = (
    "assert",
    "assertion",
    "openContent",
    "defaultOpenContent",
    "override",
)  # words of XSD 1.1 that forbid more
# the order in which ead.py writes the children of did
_ORDER = ("unitid", "unittitle", "unitdate", "abstract", "origination", "physdesc", "langmaterial")
Errors = Callable[[Any], Iterator[Any]]  # of an element


def schema(file: Path, places: dict[str, str]) -> xmlschema.XMLSchema11:
    """An XSD 1.1 schema; addresses in it are looked up in ``places``, never on the net."""
    import xmlschema  # noqa: PLC0415  see above

    return xmlschema.XMLSchema11(str(file), allow="local", uri_mapper=lambda address: places.get(address, address))


def entries(file: Path, places: dict[str, str], name: str, parser: etree.XMLParser) -> Errors:
    """Elements of a named type -> what they break; ``parser`` finds imported schemas."""
    exact: Any = schema(file, places).types[name]
    made = strict(etree.parse(file, parser).getroot(), name)
    quick = (
        etree.XMLSchema(etree.fromstring(etree.tostring(made), parser, base_url=str(file)))
        if made is not None
        else None
    )

    def errors(element: etree._Element) -> Iterator[Any]:
        if quick is None or not quick.validate(element):
            yield from exact.iter_errors(element)

    return errors


def strict(root: etree._Element, name: str, order: Sequence[str] = _ORDER) -> etree._Element | None:
    """A schema in XSD 1.1 -> one in XSD 1.0 whose element ``c`` of a named type is valid only if it was before.

    Of what XSD 1.1 adds, ``all`` with repeated members becomes one order of them, an element of several types by
    attribute has only the type that it has without the attribute, or is left out. Anything else that could forbid
    more: None, and there is no quick way.
    """
    if any(True for _ in root.iter(*(X + word for word in _NEW))):
        return None
    for every in list(root.iter(f"{X}all")):
        every.tag = f"{X}sequence"
        every[:] = sorted(every.iterchildren(f"{X}element"), key=lambda e: _rank(e, order))
    for element in [e for e in root.iter(f"{X}element") if e.find(f"{X}alternative") is not None]:
        _plain(element, root)
    etree.SubElement(root, f"{X}element", name="c", type=name)
    return root


def _rank(element: etree._Element, order: Sequence[str]) -> int:
    known = element.get("name", "")
    return order.index(known) if known in order else len(order)


def _plain(element: etree._Element, root: etree._Element) -> None:
    """Give an element the type of its first alternative ``not(@x)``, without the attribute x; else take it out."""
    first = element.find(f"{X}alternative")
    parent = element.getparent()
    assert first is not None
    assert parent is not None
    kind = deepcopy(root.find(f"{X}complexType[@name='{first.get('type')}']"))
    without = re.fullmatch(r"not\(@(\w+)\)", first.get("test", ""))
    declared = kind.findall(f"{X}attribute[@name='{without[1]}']") if kind is not None and without else []
    if kind is None or not declared or any(True for _ in kind.iter(f"{X}attributeGroup", f"{X}anyAttribute")):
        parent.remove(element)
        return
    del kind.attrib["name"]
    for attribute in declared:
        kind.remove(attribute)
    element.attrib.pop("type", None)
    element[:] = [kind]

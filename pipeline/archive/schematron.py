"""Schematron rules -> an XSLT stylesheet -> what a document breaks, with rule, role and message.

ISO/IEC 19757-3: in every pattern the first rule whose context fits a node counts. The rules of the Deutsche
Digitale Bibliothek use the XSLT 2 binding (keys, variables); Saxon runs them (extra ``schematron``).
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.archive.markup import add

S = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a document breaks."""

    rule: str
    role: str  # fatal, error, warn, caution, info
    where: str
    message: str


def available() -> bool:
    """Whether Saxon is installed."""
    return importlib.util.find_spec("saxonche") is not None


def checker(path: Path) -> Callable[[bytes], list[Broken]]:
    """A Schematron file -> a function from a document to the rules it breaks."""
    saxon = importlib.import_module("saxonche")
    processor = saxon.PySaxonProcessor(license=False)
    sheet = etree.tostring(to_xslt(etree.parse(path).getroot()), encoding="unicode")
    compiled = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=sheet)

    def check(document: bytes) -> list[Broken]:
        node = processor.parse_xml(xml_text=document.decode())
        result = etree.fromstring(compiled.transform_to_string(xdm_node=node).encode())
        return [Broken(e.get("rule", ""), e.get("role", ""), e.get("where", ""), e.text or "") for e in result]

    return check


def to_xslt(schema: etree._Element) -> etree._Element:
    """A Schematron schema in the XSLT 2 binding -> the stylesheet that lists what is broken."""
    namespaces = {ns.get("prefix", ""): ns.get("uri", "") for ns in schema.iter(f"{S}ns")}
    sheet = etree.Element(f"{XSL}stylesheet", nsmap={"xsl": XSL[1:-1], **namespaces}, version="3.0")
    for child in schema:
        if child.tag == f"{S}let":
            _variable(sheet, child)
        elif isinstance(child.tag, str) and child.tag.startswith(XSL):
            sheet.append(deepcopy(child))
    start = add(sheet, f"{XSL}template", None, {"match": "/"})
    report = add(start, "report")
    patterns = [list(pattern.iterchildren(f"{S}rule")) for pattern in schema.iter(f"{S}pattern")]
    alone = [rules[0] for rules in patterns if len(rules) == 1]
    _walk(sheet, report, "alone", alone, together=True)
    for number, rules in enumerate(rules for rules in patterns if len(rules) > 1):
        _walk(sheet, report, f"p{number}", rules, together=False)
    return sheet


def _walk(
    sheet: etree._Element, report: etree._Element, mode: str, rules: list[etree._Element], *, together: bool
) -> None:
    """One walk through the document: rules of one pattern exclude each other, rules that stand alone do not.

    All lone rules share a walk, since a walk costs more than a rule.
    """
    add(report, f"{XSL}apply-templates", None, {"select": "/", "mode": mode})
    for number, rule in enumerate(rules):
        attributes = {"match": rule.get("context"), "mode": mode, "priority": str(len(rules) - number)}
        template = add(sheet, f"{XSL}template", None, attributes)
        for step in rule:
            if step.tag == f"{S}let":
                _variable(template, step)
            elif step.tag in {f"{S}assert", f"{S}report"}:
                _test(template, step)
        if together:
            add(template, f"{XSL}next-match")
        else:
            _go_on(template, mode)
    _go_on(add(sheet, f"{XSL}template", None, {"match": "node() | @* | /", "mode": mode, "priority": "-1"}), mode)


def _go_on(template: etree._Element, mode: str) -> None:
    add(template, f"{XSL}apply-templates", None, {"select": "@* | node()", "mode": mode})


def _variable(parent: etree._Element, let: etree._Element) -> None:
    variable = add(parent, f"{XSL}variable", None, {"name": let.get("name"), "select": let.get("value")})
    for child in let:
        variable.append(deepcopy(child))


def _test(template: etree._Element, step: etree._Element) -> None:
    test = step.get("test", "")
    condition = f"not({test})" if step.tag == f"{S}assert" else test
    found = add(add(template, f"{XSL}if", None, {"test": condition}), "broken")
    found.set("rule", step.get("id", ""))
    found.set("role", step.get("role", "error"))
    found.set("where", "{path(.)}")
    add(found, f"{XSL}text", " ".join("".join(step.itertext()).split()))

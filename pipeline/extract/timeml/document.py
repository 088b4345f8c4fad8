"""One TimeML file -> its running text and publication date, and back with TIMEX3 tags in it.

Nothing is rebuilt: tags are put between the characters of the file as they stand. So entities, comments, other
markup, encoding and line ends stay what they were.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from lxml import etree

from pipeline.core.errors import InputError
from pipeline.extract.components import dates

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>|<!DOCTYPE(?:[^\[>]|\[.*?\])*>"
    r"|<(?P<close>/?)(?P<name>[^\s/>!?]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|&(?P<entity>[^;\s<&]+);|(?P<break>\r\n?)|(?P<text>[^<&\r]+)",
    re.DOTALL,
)
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_VALUE = re.compile(r"\bvalue\s*=\s*[\"']([^\"']*)")
_TID = re.compile(r"\btid\s*=\s*[\"']t(\d+)[\"']")
_DAY = re.compile(r"([12]\d{3})(?:-?(\d\d)(?:-?(\d\d))?)?(?![\d-])")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# markup within a sentence; any other element ends a paragraph
_INLINE = {"TIMEX3", "TIMEX2", "EVENT", "SIGNAL", "ENAMEX", "NUMEX", "CARDINAL", "b", "em", "i", "w"}
_NO_DATE = 'no publication date; needed is <DCT><TIMEX3 tid="t0" type="DATE" value="2020-01-31">…</TIMEX3></DCT>'
_NO_TEXT = "no <TEXT> element; what is to be annotated must stand inside <TEXT>…</TEXT>"
Place = tuple[int, int, int]  # begin and end of a character in the file, and the element it stands in


@dataclass(frozen=True, slots=True)
class Timex:
    """One TIMEX3 tag: offsets into a document's text, type, value and modifier."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None = None


@dataclass(slots=True)
class Document:
    """A file taken apart: its characters without old TIMEX3 tags in <TEXT>, and the text that a reader sees."""

    encoding: str
    published: str = ""
    pieces: list[str] = field(default_factory=list)  # the file, without old tags
    size: int = 0
    chars: list[str] = field(default_factory=list)  # the text, character by character
    places: list[Place | None] = field(default_factory=list)  # of each; None where no tag can stand
    taken: set[int] = field(default_factory=set)  # numbers of tids outside <TEXT>
    creation: str = ""  # what stands in <DCT>
    has_text: bool = False

    @property
    def text(self) -> str:
        """What stands inside <TEXT>, entities resolved, line ends as one character."""
        return "".join(self.chars)


def read(raw: bytes) -> Document:
    """The bytes of a file -> document; InputError names what is wrong and where."""
    try:
        etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
        document = Document(_encoding(raw))
        source = raw.decode(document.encoding)
    except etree.XMLSyntaxError as error:
        raise InputError(f"line {error.lineno or 1}: no well-formed XML: {error.msg}") from None
    except (LookupError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be decoded ({error}); store it as UTF-8") from None
    _take_apart(source, document)
    document.published = _published(document.creation)
    if not document.published or not document.has_text:
        raise InputError(_NO_TEXT if document.published else _NO_DATE)
    return document


def _encoding(raw: bytes) -> str:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    declared = _DECLARED.match(raw)
    return declared[1].decode("ascii") if declared else "utf-8"


def _take_apart(source: str, document: Document) -> None:
    """Fill the document from the characters of its file."""
    path: list[tuple[str, int]] = []  # the open elements, each with the number of its tag
    for number, token in enumerate(_TOKEN.finditer(source)):
        name = token["name"] or ""
        names = {one for one, _ in path}
        if "DCT" in names:
            document.creation += token[0]
        if "TEXT" in names and name == "TIMEX3":
            continue
        if "TEXT" in names:
            _add_text(token, document, path[-1][1])
        document.taken |= {int(tid) for tid in _TID.findall(token["attributes"] or "")}
        document.pieces.append(token[0])
        document.size += len(token[0])
        if token["close"]:
            path.pop()
        elif name and not token["attributes"].endswith("/"):
            path.append((name, number))
            document.has_text |= name == "TEXT"


def _add_text(token: re.Match[str], document: Document, element: int) -> None:
    """What a reader sees of a token, each character with its place in the file."""
    here = document.size
    places: list[Place | None]
    if token["text"] is not None:
        seen, places = token["text"], [(here + i, here + i + 1, element) for i in range(len(token["text"]))]
    elif token["cdata"] is not None:
        seen, places = token["cdata"], [None] * len(token["cdata"])
    elif token["entity"] or token["break"]:
        seen = _character(token["entity"]) if token["entity"] else "\n"
        places = [(here, here + len(token[0]), element)]
    elif token["name"] and token["name"] not in _INLINE:
        seen, places = "\n\n", [None, None]
    else:
        return
    document.chars += seen
    document.places += places


def _character(entity: str) -> str:
    if entity.startswith("#"):
        return chr(int("0" + entity[1:], 16) if entity[1] in "xX" else int(entity[1:]))
    return _NAMED.get(entity, "\ufffc")


def _published(creation: str) -> str:
    """The day (or month, or year) that <DCT> states, in its tag or in its words."""
    tag, words = _VALUE.search(creation), re.sub(r"<[^>]*>", "", creation).strip()
    for stated in (tag[1] if tag else "", words):
        found = _DAY.match(stated)
        value = "-".join(part for part in found.groups() if part) if found else ""
        if value and dates.is_value(value):
            return value
    spans = [span for span in dates.find(words, "2000-01-01") if span.type == "DATE" and span.value]
    return (spans[0].value or "")[:10] if spans and re.search(r"\d{4}", words) else ""


def write(document: Document, timexes: Iterable[Timex]) -> tuple[bytes, int, int]:
    """The file with a tag for each expression; how many were put in, and how many other markup kept out."""
    bare, number, left_out = "".join(document.pieces), 0, 0
    pieces, done = [], 0
    for timex in timexes:
        first, last = document.places[timex.start], document.places[timex.end - 1]
        if first is None or last is None or first[2] != last[2]:
            left_out += 1
            continue
        number = next(n for n in range(number + 1, number + 2 + len(document.taken)) if n not in document.taken)
        pieces += [bare[done : first[0]], _tag(timex, number), bare[first[0] : last[1]], "</TIMEX3>"]
        done = last[1]
    return "".join([*pieces, bare[done:]]).encode(document.encoding), len(pieces) // 4, left_out


def _tag(timex: Timex, number: int) -> str:
    mod = f" mod={quoteattr(timex.mod)}" if timex.mod else ""
    return f'<TIMEX3 tid="t{number}" type="{timex.type}" value={quoteattr(timex.value)}{mod}>'

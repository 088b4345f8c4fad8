"""OpenDocument text (odt) -> Source, by odfdo."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import BadZipFile

import odfdo
from lxml.etree import LxmlError
from odfdo.security import SecurityError, security

from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source

# guard has unpacked the file under our own limit; text that packs well is no bomb but is judged by its words
security.max_compression_ratio = 10**9
_FAULTS = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, LxmlError)
_BLOCKS = "//text:h | //text:p"
_IN_LIST, _IN_NOTE = "text:list-item", ("office:annotation", "text:note", "text:tracked-changes")


def read(data: bytes) -> Source:
    """The bytes of an .odt file -> its paragraphs."""
    try:
        document = odfdo.Document(io.BytesIO(data))
        paragraphs = tuple(_blocks(document))
        meta = document.meta
        created = meta.creation_date
        title, author = meta.title, meta.creator
    except SecurityError as error:
        raise reject("bomb", what=str(error)) from None
    except _FAULTS as error:
        raise reject("corrupt", format="ODT", what=type(error).__name__) from None
    return Source(
        "odt",
        paragraphs,
        hint=title or None,
        file_date=created.date().isoformat() if created else None,
        author=author or None,
    )


def _blocks(document: odfdo.Document) -> Iterator[str]:
    items: list[str] = []
    for element in document.body.xpath(_BLOCKS):
        assert isinstance(element, odfdo.Element)
        if any(_inside(element, tag) for tag in _IN_NOTE):
            continue
        text = element.inner_text.strip()
        if _inside(element, _IN_LIST):
            items.append(f"- {text}")
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield text
    if items:
        yield "\n".join(items)


def _inside(element: odfdo.Element, tag: str) -> bool:
    parent = element.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False

"""E-mail -> its releases: the text of the message where it is one, and every document attached to it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from pipeline.core.errors import Rejection
from pipeline.ingest import cues, encoding, layout
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources import forwarded, page_blocks, parts
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.parts import Inside
from pipeline.ingest.sources.source import Source

_PREFIX = re.compile(r"^(?:(?:Re|AW|WG|Fwd?|Antwort|Weitergeleitet)\s*:\s*)+", re.IGNORECASE)
# a covering letter says so and is short; one shorter than this need not say so
_COVER, _NOTE = 1_200, 250
# a plain part that is this much shorter than the HTML beside it only says that there is HTML
_STUB = 0.3
# how types of attachments without a name are called
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/plain": ".txt",
    "text/html": ".html",
    "message/rfc822": ".eml",
}
# attachments that are no documents: pictures, cards, signatures, what mail programs add
_PASSED_OVER = (
    "image/", "audio/", "video/", "font/", "text/calendar", "text/vcard", "text/x-vcard", "application/pgp",
)  # fmt: skip
_PASSED_ENDINGS = (
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".mp3", ".mp4", ".mov",
    ".vcf", ".ics", ".p7s", ".p7m", ".asc", ".sig", ".css",
)  # fmt: skip


def read(data: bytes, inside: Inside) -> Iterator[Item]:
    """The bytes of a message -> its own text (without a member), then its attachments by their names.

    A text that only hands over what is attached is passed over: the attachment is the release.
    """
    message = _parsed(data)
    body = _body(message)
    attached = [item for name, payload in _attachments(message) for item in parts.read(name, payload, inside)]
    found = [item for item in attached if isinstance(item.content, Source)]
    if not (found and is_covering(body.paragraphs)) and (body.paragraphs or not attached):
        yield Item(body)
    for item in attached:
        yield replace(item, content=_with_message(item.content, body, alone=len(found) == 1))


def is_covering(paragraphs: tuple[str, ...]) -> bool:
    """Whether the text of a mail with documents only accompanies them."""
    text = "\n".join(paragraphs)
    letters = sum(map(str.isalpha, text))
    return letters < _NOTE or (letters < _COVER and any(cues.match("covering", line) for line in text.split("\n")))


def _with_message(content: Source | Rejection, body: Source, *, alone: bool) -> Source | Rejection:
    """What the message says of its attachment: the day it was sent, who sent it, and, of only one, its subject."""
    if isinstance(content, Rejection):
        return content
    return replace(
        content,
        hint=content.hint or (body.hint if alone else None),
        date=content.date or body.date,
        publisher=content.publisher or body.publisher,
    )


def _parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise reject("corrupt", format="EML", what="ohne Kopfzeilen")
    return message


def _body(message: EmailMessage) -> Source:
    paragraphs: list[str] = []
    repairs = 0
    for part in _texts(message):
        found, repaired = _paragraphs(part)
        paragraphs += found
        repairs += repaired
    inner = forwarded.split(paragraphs)
    subject = inner.subject or _header(message, "Subject")
    return Source(
        "eml",
        tuple(inner.paragraphs),
        hint=_PREFIX.sub("", subject).strip() or None,
        date=inner.date or _date(_header(message, "Date")),
        publisher=parseaddr(inner.sender or _header(message, "From"))[0] or None,
        repairs=repairs,
    )


def _header(message: Message, name: str) -> str:
    """A header as text; one that the library cannot parse as it stands."""
    try:
        return str(message.get(name, ""))
    except Exception:  # noqa: BLE001  # headers of strangers break the parser in ways of their own
        return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError):
        return None


def _texts(part: Message) -> Iterator[Message]:
    """The parts of a message that make up its text: of alternatives the plain one, unless it is a stub."""
    if part.get_content_type() == "multipart/alternative":
        options = [list(_texts(option)) for option in _children(part)]
        plain = [leaf for leaves in options for leaf in leaves if leaf.get_content_type() == "text/plain"]
        rich = [leaf for leaves in options for leaf in leaves if leaf.get_content_type() == "text/html"]
        yield from rich if _letters(plain) < _STUB * _letters(rich) else plain
    elif part.get_content_maintype() == "multipart":
        for child in _children(part):
            yield from _texts(child)
    elif part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part):
        yield part


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _letters(leaves: list[Message]) -> int:
    return sum(sum(map(str.isalpha, "".join(_paragraphs(leaf)[0]))) for leaf in leaves)


def _paragraphs(part: Message) -> tuple[list[str], int]:
    text, repairs = encoding.repair(_text(part))
    if part.get_content_type() == "text/html":
        return page_blocks.paragraphs(text), repairs
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    found, hyphens = layout.paragraphs(layout.unflow(text) if flowed else text)
    return found, repairs + hyphens


def _text(part: Message) -> str:
    payload = _payload(part)
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "ascii"):
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return encoding.decode(payload)[0]


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_filename(part))


def _filename(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except Exception:  # noqa: BLE001  # as with headers
        return ""


def _attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of everything attached that may be a document, names made harmless and unique."""
    taken: set[str] = set()
    for number, part in enumerate(_leaves(message), 1):
        kind = part.get_content_type()
        name = _filename(part)
        if kind.startswith(_PASSED_OVER) or name.lower().endswith(_PASSED_ENDINGS):
            continue
        name = parts.safe_name(name or f"Anhang {number}")
        if kind == "message/rfc822" and not name.lower().endswith(".eml"):
            name += ".eml"
        elif "." not in name[1:]:
            name += _ENDINGS.get(kind, "")
        yield parts.unique(name, taken), _bytes(part)


def _bytes(part: Message) -> bytes:
    if part.get_content_type() != "message/rfc822":
        return _payload(part)
    inner = _children(part)
    return inner[0].as_bytes() if inner else b""


def _leaves(part: Message) -> Iterator[Message]:
    """Every part that is attached; a message within the message is one, and is not looked into here."""
    for child in _children(part):
        if child.get_content_maintype() == "multipart":
            yield from _leaves(child)
        elif child.get_content_type() == "message/rfc822" or _is_attached(child) or _is_document(child):
            yield child


def _is_document(part: Message) -> bool:
    """Whether a part shown in the message is a document all the same."""
    return part.get_content_type() in _ENDINGS and part.get_content_maintype() != "text"

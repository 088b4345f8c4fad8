"""E-mail -> Source: text/plain preferred, HTML otherwise; Subject, Date and From as metadata."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from pipeline.ingest import encoding, layout
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources import webpage
from pipeline.ingest.sources.source import Source

_PREFIX = re.compile(r"^(?:(?:Re|AW|WG|Fwd?|Antwort|Weitergeleitet)\s*:\s*)+", re.IGNORECASE)


def read(data: bytes) -> Source:
    """The bytes of an .eml file -> the text of its message."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise reject("corrupt", format="EML", what="ohne Kopfzeilen")
    paragraphs, repairs = _body(message)
    return Source(
        "eml",
        paragraphs,
        hint=_PREFIX.sub("", str(message.get("Subject", ""))).strip() or None,
        date=_date(message),
        publisher=parseaddr(str(message.get("From", "")))[0] or None,
        repairs=repairs,
    )


def _body(message: EmailMessage) -> tuple[tuple[str, ...], int]:
    part = message.get_body(preferencelist=("plain",))
    if part is not None and (text := _text(part)).strip():
        fixed, mojibake = encoding.repair(text)
        paragraphs, hyphens = layout.paragraphs(fixed)
        return tuple(paragraphs), mojibake + hyphens
    part = message.get_body(preferencelist=("html",))
    if part is None:
        return (), 0
    fixed, mojibake = encoding.repair(_text(part))
    return tuple(webpage.blocks_of(fixed)), mojibake


def _text(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "ascii"):
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return encoding.decode(payload)[0]


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError):
        return None

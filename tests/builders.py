"""Records with sensible defaults, so that a test names only what it is about."""

from __future__ import annotations

from typing import Any

from pipeline.core import records as r


def release(release_id: str = "aaaaaaaaaaaa", text: str = "Die Stadt baut.", **values: Any) -> r.Release:
    """A release of an invented town."""
    defaults: dict[str, Any] = {
        "source_path": f"{release_id}.txt",
        "source_sha256": release_id.ljust(64, "0"),
        "format": "txt",
        "issuer": "Stadt Falkenrode",
        "issuer_basis": "letterhead",
        "title": text.splitlines()[0] if text else "",
        "subtitle": None,
        "number": None,
        "published": "2021-05-03",
        "published_basis": "dateline",
        "dateline_place": None,
        "embargo": None,
        "language": "de",
        "repairs": 0,
    }
    return r.Release(release_id=release_id, text=text, **{**defaults, **values})


def mention(text: str, label: str, start: int = 0, **values: Any) -> r.Mention:
    """A mention found by the model in the body."""
    defaults: dict[str, Any] = {
        "release_id": "aaaaaaaaaaaa",
        "end": start + len(text),
        "name": text,
        "title": None,
        "role": None,
        "kind": None,
        "zone": "body",
        "found_by": "model",
        "confidence": 1.0,
    }
    return r.Mention(start=start, label=label, text=text, **{**defaults, **values})


def date(text: str, value: str | None, start: int = 0, **values: Any) -> r.DateMention:
    """A date found in the body."""
    defaults: dict[str, Any] = {
        "release_id": "aaaaaaaaaaaa",
        "end": start + len(text),
        "type": "DATE",
        "zone": "body",
        "found_by": "rule:point",
        "role": "other",
        "role_by": "rule:rest",
    }
    return r.DateMention(start=start, text=text, value=value, **{**defaults, **values})


def zone(name: str, start: int, end: int, release_id: str = "aaaaaaaaaaaa") -> r.Zone:
    """A zone of the default release."""
    return r.Zone(release_id=release_id, start=start, end=end, zone=name)


def term(term: str, count: int = 1, release_id: str = "aaaaaaaaaaaa", pos: str = "NOUN") -> r.Term:
    """A content word of the default release."""
    return r.Term(release_id=release_id, term=term, surface=term.capitalize(), pos=pos, count=count)

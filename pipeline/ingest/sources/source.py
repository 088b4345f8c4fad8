"""What every reader yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A raw file as read: its text in paragraphs (lines within them kept), and what its metadata say.

    ``title`` and ``subtitle`` belong to the text and are put on top where it lacks them (front matter, web
    pages). ``hint`` only helps to recognise the headline (document properties, the subject of a mail).
    ``date`` was set by the issuer for publication, ``file_date`` by a program when the file was saved.
    ``name`` is the path of the part's own file where it has one: a mail's attachment, a member of an archive.
    ``site`` is what a web page calls the site it is from.
    """

    format: str
    paragraphs: tuple[str, ...]
    title: str | None = None
    subtitle: str | None = None
    hint: str | None = None
    date: str | None = None
    file_date: str | None = None
    author: str | None = None
    publisher: str | None = None
    number: str | None = None
    place: str | None = None
    url: str | None = None
    site: tuple[str, ...] = ()
    name: str | None = None
    repairs: int = 0

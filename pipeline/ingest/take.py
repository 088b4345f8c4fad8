"""One raw file -> one release with its zones, or one rejection; of a file that holds many, so many."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from pipeline.core.errors import Rejection
from pipeline.core.records import Release, Zone
from pipeline.core.text import normalise
from pipeline.ingest import anatomy, guard, language, raw, sources, tombstones
from pipeline.ingest.packed import Outcome, rejection
from pipeline.ingest.rejections import reject
from pipeline.ingest.repairs import repairs
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source


def take(file: raw.RawFile, settings: IngestParams) -> Iterator[Outcome]:
    """A raw file -> what became of each release in it; a bad file or part is a row, never an exception."""
    empty = True
    try:
        for item in items(file, settings):
            empty = False
            yield take_item(file, item, settings)
        if empty:
            raise reject("empty", letters=0, needed=settings.min_letters)
    except Rejection as why:
        yield rejection(file.path, file.sha256, why)


def items(file: raw.RawFile, settings: IngestParams) -> Iterator[Item]:
    """A raw file -> what its reader makes of it; raises Rejection for the file as a whole."""
    bulk = sources.is_bulk(file.path)
    guard.check_size(file.size, settings.max_bulk_mb if bulk else settings.max_file_mb)
    try:
        if bulk:
            with file.open() as stream:
                yield from sources.read_bulk(file.path, stream, settings)
        else:
            yield from sources.read(file.path, raw.load(file), settings)
    except OSError:
        raise reject("unreadable") from None
    except Exception as error:
        if isinstance(error, Rejection):
            raise
        raise _internal(file.path, error) from error


def take_item(file: raw.RawFile, item: Item, settings: IngestParams) -> Outcome:
    """One release of a raw file as read -> what became of it."""
    path = file.path if item.member is None else f"{file.path}#{raw.printable(item.member)}"
    sha256 = digest_of(file, item)
    try:
        tombstones.check(sha256)
        if isinstance(item.content, Rejection):
            return rejection(path, sha256, item.content)
        return _take(file.path, path, sha256, item.content, settings)
    except Rejection as why:
        return rejection(path, sha256, why)
    except Exception as error:  # noqa: BLE001  one release must not stop the other thousands
        return rejection(path, sha256, _internal(path, error))


def digest_of(file: raw.RawFile, item: Item) -> str:
    """The digest by which a release is known: of its own bytes, or of its place in the file."""
    return item.sha256 or (file.sha256 if item.member is None else raw.digest(f"{file.sha256}#{item.member}"))


def _internal(path: str, error: Exception) -> Rejection:
    """A fault of ours: told in full to whoever can mend it."""
    logging.getLogger("presselese").error("ingest: %s", path, exc_info=error)
    return reject("internal", what=type(error).__name__)


def _take(file: str, path: str, sha256: str, source: Source, settings: IngestParams) -> Outcome:
    raw_text = "\n\n".join(source.paragraphs)
    guard.check_words(raw_text, settings.max_word_chars)
    guard.check_letters(raw_text, settings.min_letters)
    repaired = source.repairs + sum(repairs(raw_text).values())
    text = whole_text(source)
    tongue = language.check(text, settings.languages)
    # an attachment or a member of an archive has a name of its own, which may hold its date
    name = f"{file.rpartition('/')[0]}/{source.name}".lstrip("/") if source.name else file
    found = anatomy.dissect(text, source, name)
    if found.published is None:
        raise reject("no_date")
    release_id = sha256[:12]
    release = Release(
        release_id=release_id,
        source_path=path,
        source_sha256=sha256,
        format=source.format,
        issuer=found.issuer.name if found.issuer else None,
        issuer_basis=found.issuer.basis if found.issuer else None,
        title=found.title,
        subtitle=found.subtitle,
        number=found.number,
        published=found.published.value,
        published_basis=found.published.basis,
        dateline_place=found.place,
        embargo=found.embargo,
        language=tongue,
        text=text,
        repairs=repaired,
    )
    return Outcome(release, tuple(Zone(release_id, z.start, z.end, z.zone) for z in found.zones))


def whole_text(source: Source) -> str:
    """A source -> the final text of its release, title and subtitle on top where only the metadata have them."""
    body = normalise("\n\n".join(source.paragraphs))
    head = anatomy.missing_heading(body, source)
    return normalise("\n\n".join([*head, body])) if head else body

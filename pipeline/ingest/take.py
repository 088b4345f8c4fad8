"""One raw file -> one release with its zones, or one rejection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.core.errors import Rejection
from pipeline.core.records import Rejected, Release, Zone
from pipeline.core.text import count_repairs, fold, normalise
from pipeline.ingest import anatomy, guard, language, raw, sources
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source

# how far down a title from the metadata may stand in the text and still be its headline
_TOP = 1_500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one raw file: a release and its zones, or a rejection."""

    release: Release | None = None
    zones: tuple[Zone, ...] = ()
    rejected: Rejected | None = None


def make_worker(settings: IngestParams) -> Callable[[list[str]], list[Outcome]]:
    """The function that takes in a batch of paths below data/raw."""

    def work(paths: list[str]) -> list[Outcome]:
        return [outcome for path in paths for outcome in take(raw.read(path, settings), settings)]

    return work


def take(file: raw.RawFile, settings: IngestParams) -> Iterator[Outcome]:
    """A raw file -> what became of each release in it; a bad file or part is a row, never an exception."""
    empty = True
    try:
        for item in _items(file, settings):
            empty = False
            yield take_item(file, item, settings)
        if empty:
            raise reject("empty", letters=0, needed=settings.min_letters)
    except Rejection as why:
        yield Outcome(rejected=_row(file.path, file.sha256, why))


def _items(file: raw.RawFile, settings: IngestParams) -> Iterator[Item]:
    if sources.is_bulk(file.path):
        guard.check_size(file.size, settings.max_bulk_mb)
        with file.open() as stream:
            yield from sources.read_bulk(file.path, stream, settings)
        return
    guard.check_size(file.size, settings.max_file_mb)
    assert file.data is not None
    yield from sources.read(file.path, file.data, settings)


def take_item(file: raw.RawFile, item: Item, settings: IngestParams) -> Outcome:
    """One release of a raw file as read -> what became of it."""
    path = file.path if item.member is None else f"{file.path}#{item.member}"
    sha256 = item.sha256 or (file.sha256 if item.member is None else raw.digest(f"{file.sha256}#{item.member}"))
    try:
        if isinstance(item.content, Rejection):
            raise item.content
        return _take(file.path, path, sha256, item.content, settings)
    except Rejection as why:
        return Outcome(rejected=_row(path, sha256, why))


def _take(file: str, path: str, sha256: str, source: Source, settings: IngestParams) -> Outcome:
    raw_text = "\n\n".join(source.paragraphs)
    guard.check_words(raw_text, settings.max_word_chars)
    guard.check_letters(raw_text, settings.min_letters)
    repairs = source.repairs + count_repairs(raw_text)
    text = whole_text(source)
    tongue = language.check(text, settings.languages)
    found = anatomy.dissect(text, source, file)
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
        repairs=repairs,
    )
    return Outcome(release, tuple(Zone(release_id, z.start, z.end, z.zone) for z in found.zones))


def whole_text(source: Source) -> str:
    """A source -> the final text of its release, title and subtitle on top where only the metadata have them."""
    body = normalise("\n\n".join(source.paragraphs))
    top = fold(body[:_TOP])
    head = [part for part in (source.title, source.subtitle) if part and fold(part) not in top]
    return normalise("\n\n".join([*head, body]))


def without_copies(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Outcomes in path order -> the same, where a release whose bytes came before is rejected as a copy."""
    first: dict[str, str] = {}
    for outcome in outcomes:
        release = outcome.release
        if release is None:
            yield outcome
            continue
        before = first.setdefault(release.source_sha256, release.source_path)
        if before == release.source_path:
            yield outcome
        else:
            why = reject("identical_copy", first=before)
            yield Outcome(rejected=_row(release.source_path, release.source_sha256, why))


def _row(path: str, sha256: str, why: Rejection) -> Rejected:
    return Rejected(path, sha256, why.code, why.reason_de, why.reason_en)

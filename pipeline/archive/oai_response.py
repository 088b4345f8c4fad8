"""What is asked for -> the response of the protocol, in pieces, so that a large finding aid is never in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from pipeline.archive.markup import legal
from pipeline.archive.oai_records import Record
from pipeline.archive.oai_repository import Format, Repository
from pipeline.archive.oai_request import ProtocolError, Query, arguments, query

_OAI = "http://www.openarchives.org/OAI/2.0/"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{_OAI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_OAI} {_OAI}OAI-PMH.xsd">\n'
)
# errors after which the request is said back without its arguments, because they were no arguments
_BARE = ("badVerb", "badArgument")


def respond(repository: Repository, given: Mapping[str, Sequence[str]], address: str, now: str) -> Iterator[bytes]:
    """The arguments of a request, the address it came to and the time -> the response."""
    try:
        verb, values = arguments(given)
        content = _VERBS[verb](repository, values, address)
        first = next(content)  # whatever is wrong shows before the first piece
    except ProtocolError as error:
        said = {} if error.code in _BARE else {name: values[0] for name, values in given.items()}
        yield from _frame(address, now, said, [_element("error", str(error), code=error.code)])
        return
    named = chain([f"<{verb}>\n".encode(), first], content, [f"</{verb}>\n".encode()])
    yield from _frame(address, now, {"verb": verb, **values}, named)


def _frame(
    address: str, now: str, said: Mapping[str, str], content: Iterator[bytes] | list[bytes]
) -> Iterator[bytes]:
    yield _HEAD.encode() + _element("responseDate", now) + _element("request", address, **said)
    yield from content
    yield b"</OAI-PMH>\n"


def _identify(repository: Repository, _values: Mapping[str, str], address: str) -> Iterator[bytes]:
    settings = repository.settings
    yield b"".join((
        _element("repositoryName", f"{settings.publisher}: {settings.holding}"),
        _element("baseURL", address),
        _element("protocolVersion", "2.0"),
        _element("adminEmail", settings.oai_email),
        _element("earliestDatestamp", repository.earliest),
        _element("deletedRecord", "transient"),
        _element("granularity", "YYYY-MM-DD"),
    ))  # fmt: skip


def _formats(repository: Repository, values: Mapping[str, str], _address: str) -> Iterator[bytes]:
    record = repository.record(values["identifier"]) if "identifier" in values else None
    for form in repository.formats(record):
        inner = (("metadataPrefix", form.prefix), ("schema", form.schema), ("metadataNamespace", form.namespace))
        yield _wrapped("metadataFormat", b"".join(_element(name, text) for name, text in inner))


def _sets(repository: Repository, values: Mapping[str, str], _address: str) -> Iterator[bytes]:
    if values:
        raise ProtocolError("badResumptionToken", "The list of sets comes whole.")
    for spec, name in repository.sets.items():
        yield _wrapped("set", _element("setSpec", spec) + _element("setName", name))


def _get(repository: Repository, values: Mapping[str, str], _address: str) -> Iterator[bytes]:
    record = repository.record(values["identifier"])
    form = repository.form(values["metadataPrefix"], record)
    yield from _record(repository, record, form)


def _identifiers(repository: Repository, values: Mapping[str, str], _address: str) -> Iterator[bytes]:
    asked, found = _page(repository, values)
    for record in _cut(repository, asked, found):
        yield _header(repository, record)
    yield _token(repository, asked, len(found))


def _records(repository: Repository, values: Mapping[str, str], _address: str) -> Iterator[bytes]:
    asked, found = _page(repository, values)
    form = repository.form(asked.prefix)
    for record in _cut(repository, asked, found):
        yield from _record(repository, record, form)
    yield _token(repository, asked, len(found))


def _page(repository: Repository, values: Mapping[str, str]) -> tuple[Query, Sequence[Record]]:
    asked = query(values, repository.stamp)
    found = repository.select(asked)
    if asked.cursor and asked.cursor >= len(found):
        raise ProtocolError("badResumptionToken", "The token leads behind the end of the list.")
    return asked, found


def _cut(repository: Repository, asked: Query, found: Sequence[Record]) -> Sequence[Record]:
    return found[asked.cursor : asked.cursor + repository.settings.oai_page]


def _token(repository: Repository, asked: Query, total: int) -> bytes:
    """The token of the next page; empty on the last of several pages, none where one page is all."""
    following = asked.cursor + repository.settings.oai_page
    if following >= total and not asked.cursor:
        return b""
    text = asked.token(repository.stamp, following) if following < total else ""
    return _element("resumptionToken", text, completeListSize=str(total), cursor=str(asked.cursor))


def _record(repository: Repository, record: Record, form: Format) -> Iterator[bytes]:
    yield b"<record>\n" + _header(repository, record)
    if not record.deleted:
        yield b"<metadata>\n"
        yield from repository.metadata(record, form)
        yield b"\n</metadata>\n"
    yield b"</record>\n"


def _header(repository: Repository, record: Record) -> bytes:
    inner = [_element("identifier", repository.identifier(record)), _element("datestamp", record.datestamp)]
    inner += [_element("setSpec", name) for name in record.sets]
    opening = '<header status="deleted">' if record.deleted else "<header>"
    return b"".join([opening.encode(), *inner, b"</header>\n"])


def _wrapped(tag: str, content: bytes) -> bytes:
    return b"<%s>%s</%s>\n" % (tag.encode(), content, tag.encode())


def _element(tag: str, text: str, **attributes: str) -> bytes:
    """An element with text; characters that XML cannot hold, which only a broken request brings, become a mark."""
    said = "".join(f" {name}={quoteattr(legal(value))}" for name, value in attributes.items())
    return f"<{tag}{said}>{escape(legal(text))}</{tag}>\n".encode()


_VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get,
    "ListIdentifiers": _identifiers,
    "ListRecords": _records,
}

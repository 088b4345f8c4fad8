"""The arguments of a request -> what is asked for, or the errors of OAI-PMH 2.0 (its sections 3.6 and 4)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# verb -> arguments that must be there, that may be, and whether a resumption token may stand alone
_VERBS: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    "Identify": ((), (), False),
    "ListMetadataFormats": ((), ("identifier",), False),
    "ListSets": ((), (), True),
    "GetRecord": (("identifier", "metadataPrefix"), (), False),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set"), True),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set"), True),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"[\w.!~*'():-]+", re.ASCII)
_TOKEN = "resumptionToken"  # noqa: S105  the protocol's name of an argument
_LONGEST = 500


class ProtocolError(Exception):
    """An error that the protocol has a code for."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Query:
    """What a list is to hold; the token of its next page is the same with another ``cursor``."""

    prefix: str
    first: str = ""  # days; empty: no limit
    last: str = ""
    set: str = ""
    cursor: int = 0

    def token(self, package: str, cursor: int) -> str:
        """Everything that the next page needs to know; nothing is kept on the server."""
        values = [package, self.prefix, self.first, self.last, self.set, cursor]
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def arguments(given: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
    """The query of a request -> its verb and its arguments; raises badVerb or badArgument."""
    verbs = given.get("verb", ())
    if len(verbs) != 1 or verbs[0] not in _VERBS:
        raise ProtocolError("badVerb", f"The verb must be one of {', '.join(_VERBS)}, given once.")
    verb = verbs[0]
    needed, allowed, resumable = _VERBS[verb]
    rest = {name: values for name, values in given.items() if name != "verb"}
    if repeated := [name for name, values in rest.items() if len(values) != 1]:
        raise ProtocolError("badArgument", f"Given more than once: {', '.join(sorted(map(_shown, repeated)))}.")
    if _TOKEN in rest and resumable:
        if len(rest) > 1:
            raise ProtocolError("badArgument", "resumptionToken is an exclusive argument.")
        return verb, {_TOKEN: rest[_TOKEN][0]}
    if strange := sorted(set(rest) - set(needed) - set(allowed)):
        raise ProtocolError("badArgument", f"{verb} knows no argument {', '.join(map(_shown, strange))}.")
    if missing := [name for name in needed if not rest.get(name, [""])[0]]:
        raise ProtocolError("badArgument", f"{verb} needs {', '.join(missing)}.")
    return verb, {name: values[0] for name, values in rest.items()}


def query(given: Mapping[str, str], package: str) -> Query:
    """The arguments of a list -> what it is to hold; raises badArgument or badResumptionToken."""
    if _TOKEN in given:
        return resumed(given[_TOKEN], package)
    found = Query(given["metadataPrefix"], given.get("from", ""), given.get("until", ""), given.get("set", ""))
    for name, value in (("from", found.first), ("until", found.last)):
        if name in given and not _is_day(value):
            raise ProtocolError(
                "badArgument", f"{name} must be a day like 2024-05-03: the granularity here is a day."
            )
    if found.first and found.last and found.first > found.last:
        raise ProtocolError("badArgument", "from is later than until.")
    if "set" in given and not _WORD.fullmatch(found.set):
        raise ProtocolError("badArgument", "set is no name of a set.")
    return found


def resumed(token: str, package: str) -> Query:
    """A resumption token -> the query that goes on; raises badResumptionToken for any other text."""
    wrong = ProtocolError(
        "badResumptionToken", "The token is none of this repository, or the package has changed."
    )
    if len(token) > _LONGEST:
        raise wrong
    try:
        values = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise wrong from None
    if not isinstance(values, list) or [type(value) for value in values] != [str, str, str, str, str, int]:
        raise wrong
    of, prefix, first, last, name, cursor = values
    limits_are_days = all(not limit or _is_day(limit) for limit in (first, last))
    if of != package or cursor < 1 or not limits_are_days or (name and not _WORD.fullmatch(name)):
        raise wrong
    return Query(prefix, first, last, name, cursor)


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _shown(name: str) -> str:
    return name[:40]
